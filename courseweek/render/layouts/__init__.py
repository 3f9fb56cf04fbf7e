"""Layouts: Jinja in its sandbox, and what is wrong with a layout in the words of whoever writes it."""
