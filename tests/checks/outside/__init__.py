"""Links to other hosts."""
