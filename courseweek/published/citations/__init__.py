"""The readings of a course for reference managers: as works with names and kinds, and in the formats of their files."""
