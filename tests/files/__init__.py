"""Files of a course and of its site on the disk."""
