"""Broken courses, each with the very text that is told about it.

Each folder of `tests/broken/` is a small course with a fault (`fix-me/` has many) and `expected.txt`, all that reading
and dating it tell. After a message was changed on purpose, write the texts anew and read what git shows:

    COURSEWEEK_REFRESH=1 python -m pytest tests/test_broken.py
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from courseweek.diagnostics import Diagnostics
from courseweek.files.project import Project
from courseweek.read.course import read_course
from courseweek.report.text import report_text
from courseweek.schedule.schedule import schedule_course
from tests.names import PACKAGE, names_in

BROKEN = Path(__file__).parent / "broken"
FOLDERS = sorted(path for path in BROKEN.iterdir() if path.is_dir())
# Told of files that git can't hold as they are, or of a machine in trouble: tests/files/test_project.py makes them.
ELSEWHERE = {"bad-name", "not-a-file", "past-term", "same-path", "too-large", "too-many", "unreadable"}
# What the C loader takes and the one in Python does not: tests/yamltext/test_loaders.py.
PURE_ONLY = {"unquoted-question"}


def report(folder: Path) -> str:
    """Return what is told about a course: all of reading, and of dating it where that can be done."""
    found = Diagnostics()
    course = read_course(Project(folder, folder / "_site"), found)
    if course is not None:
        schedule_course(course, found)
    return report_text(found)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.name)
def test_what_is_reported(folder: Path) -> None:
    expected = folder / "expected.txt"
    reported = report(folder)
    if os.environ.get("COURSEWEEK_REFRESH"):
        expected.write_text(reported, encoding="utf-8", newline="\n")
    assert reported == expected.read_text(encoding="utf-8")
    assert reported, "nothing is wrong with this course"


def names_of_reading() -> set[str]:
    """Return the names of all diagnostics that reading and dating can give."""
    rooms = ("files", "yamltext", "read", "schedule")
    return set(names_in([path for room in rooms for path in (PACKAGE / room).rglob("*.py")]))


def test_every_name_has_a_broken_course() -> None:
    reported = "\n".join((folder / "expected.txt").read_text(encoding="utf-8") for folder in FOLDERS)
    shown = set(re.findall(r": (?:error|warning)\[([a-z-]+)\]: ", reported))
    assert names_of_reading() - shown == ELSEWHERE | PURE_ONLY
    assert shown <= names_of_reading()
