"""The files of a course and of its site on this computer: it knows bytes, text and paths, and no courses."""
