"""The guide to a first course is short. Its examples build: `test_examples.py` holds them."""

from __future__ import annotations

from tests.docs.examples import ROOT, courses

FIRST_COURSE = ROOT / "docs" / "first-course.md"
MOST_WORDS = 900
"""A longer guide takes more than fifteen minutes; examples count too."""


def test_the_guide_is_short() -> None:
    assert len(FIRST_COURSE.read_text(encoding="utf-8").split()) <= MOST_WORDS


def test_the_guide_has_examples() -> None:
    files = {file for course in courses(FIRST_COURSE) for file in course.files}
    assert {"syllabus.yaml", "readings.yaml", "content/projects.md"} <= files
