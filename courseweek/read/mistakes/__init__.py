"""What is written in the wrong place or form, recognized as a whole: lost names, bare addresses, misplaced files."""
