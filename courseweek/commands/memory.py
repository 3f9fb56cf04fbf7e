"""What a command remembers of earlier commands, on this person's disk."""

from __future__ import annotations

import os
from pathlib import Path

from courseweek.cache import FOLDER, Memory
from courseweek.commands.program import identify_program


def open_memory(course: Path, home: Path | None, secret: bytes | None) -> Memory:
    """Return the memory of a course; `home` is the folder of this person's caches, and `secret` seals what is kept.

    Without one of them nothing is kept, and nothing in a folder that is not a course.
    """
    if home is None or not secret or not os.path.lexists(course / "syllabus.yaml"):
        return Memory()
    program = identify_program()
    return Memory(program, course / FOLDER, secret, Memory(program, home, secret))
