"""A small course and the site that it becomes, file by file."""
