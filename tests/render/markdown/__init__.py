"""Markdown, formulas and code as pages show them."""
