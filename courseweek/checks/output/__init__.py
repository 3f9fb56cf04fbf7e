"""The self-check: each page is read back from its bytes before it is published."""
