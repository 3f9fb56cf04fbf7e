"""The preview: a course's site from memory, as of any day, with what its author needs to see beside it.

This room is the only door to livereload, and to tornado below it.
"""
