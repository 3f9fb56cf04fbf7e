"""What layouts are given."""
