"""The preview: its parts alone, and whole as a person starts it."""
