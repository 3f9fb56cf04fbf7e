"""How a command ends."""

BUILT, WRONG_FILES, WRONG_USAGE, FAILED = 0, 1, 2, 3
"""Exit codes: built or clean; the course's files have errors; wrong usage; the builder or the machine failed."""
