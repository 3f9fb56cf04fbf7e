"""What is held against the drawn pages."""
