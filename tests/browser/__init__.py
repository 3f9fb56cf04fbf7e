"""The published pages, driven in a real browser."""
