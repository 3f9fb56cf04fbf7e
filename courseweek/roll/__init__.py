"""The next term of a course: edits of its files' text, and a list of what a person has to decide."""
