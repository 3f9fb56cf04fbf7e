"""Layouts: Jinja in its sandbox, and what is wrong with a layout in the words of its author."""
