"""Markdown to HTML that is safe to publish. It knows no layouts, no views and no course."""
