"""Starting a course: the program that builds it, and the files for GitHub."""
