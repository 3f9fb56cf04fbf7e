"""Layouts, and what is said of their mistakes."""
