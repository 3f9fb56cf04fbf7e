"""Courseweek: two YAML files and a folder of Markdown become a dated course website."""

__version__ = "0.1.0"
