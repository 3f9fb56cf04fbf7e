"""Rules about pages, texts and files."""
