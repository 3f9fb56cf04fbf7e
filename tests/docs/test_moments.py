"""What the reference says of each form of a moment is what it comes to in the course that it shows."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from courseweek.language.locale import EN
from tests.docs.examples import ROOT, build, complete, courses, tables

FORMAT = ROOT / "docs" / "format.md"
HEADING = "Moments"
SERIES = "After `each`"


def rows() -> tuple[list[list[str]], list[list[str]]]:
    """Return the rows of the two tables: the forms of any moment, and those after `each`."""
    listed = tables(FORMAT)[HEADING]
    at = next(place for place, row in enumerate(listed) if row[0] == SERIES)
    return listed[:at], listed[at + 1 :]


ALONE, EACH = rows()


@pytest.fixture(scope="module")
def deadlines(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """Return the deadlines of the course shown, with an assignment for each form of a moment, by their ids."""
    shown = next(course for course in courses(FORMAT) if course.heading == HEADING)
    text = shown.files["syllabus.yaml"]
    for place, row in enumerate(ALONE):
        text += f"  - {{title: A, id: alone-{place}, due: {row[0].strip('`')}}}\n"
    for place, row in enumerate(EACH):
        text += f"  - {{title: B, id: each-{place}, each: big-data, due: {row[0].strip('`')}}}\n"
    built = build(complete({"syllabus.yaml": text}), Path(tmp_path_factory.mktemp("moments")))
    assert built.code == 0, built.said
    return {each["id"]: each for each in json.loads(built.files["course.json"])["deadlines"]}


def words(at: str | None) -> str:
    if at is None:
        return "TBD"
    moment = datetime.fromisoformat(at)
    return f"{EN.short_day(moment.date())}, {EN.clock(moment.time())}"


@pytest.mark.parametrize("place", range(len(ALONE)), ids=lambda place: ALONE[place][0])
def test_moment(place: int, deadlines: dict[str, dict[str, Any]]) -> None:
    assert ALONE[place][2] == words(deadlines[f"alone-{place}-due"]["at"])


@pytest.mark.parametrize("place", range(len(EACH)), ids=lambda place: EACH[place][0])
def test_moment_after_each(place: int, deadlines: dict[str, dict[str, Any]]) -> None:
    assert EACH[place][2] == words(deadlines[f"each-{place}-big-data"]["at"])
