"""The description of `course.json` names what is in it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from courseweek.cli import main
from courseweek.outputs.data import VERSION
from tests.docs.examples import ROOT, blocks, build, tables

COURSE_JSON = ROOT / "docs" / "course-json.md"
GUESTS = """course: A
term: {starts: 2027-01-25, ends: 2027-01-25, timezone: UTC, meets: {day: Monday}}
schedule: [{topic: B, guests: [{name: C, affiliation: D}], lecturer: E, status: tentative}]
"""

SHAPES = {
    "text": str,
    "number": int,
    "true or false": bool,
    "null": type(None),
    "object": dict,
    "list": list,
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """Return the file of the top-level course, and that of one with a guest."""
    output = tmp_path_factory.mktemp("site")
    assert main(["--today", "2027-03-10", "--output", str(output)], source=ROOT) == 0
    guests = build({"syllabus.yaml": GUESTS}, tmp_path_factory.mktemp("guests"))
    return [json.loads((output / "course.json").read_bytes()), json.loads(guests.files["course.json"])]


def objects(made: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the objects of a file with the heading under which each is described."""
    yield "The whole", made
    yield "`course`", made["course"]
    yield "`term`", made["term"]
    for person in made["staff"]:
        yield "A member of the staff", person
    for meeting in made["meetings"]:
        yield "A meeting", meeting
        yield "The readings of a meeting", meeting["readings"]
        for guest in meeting["guests"]:
            yield "A guest", guest
    for reading in made["readings"]:
        yield "A reading", reading


def test_keys_and_shapes(made: list[dict[str, Any]]) -> None:
    described = {heading: {row[0].strip("`"): row[1] for row in rows} for heading, rows in tables(COURSE_JSON).items()}
    seen = set()
    for each in made:
        for heading, found in objects(each):
            seen.add(heading)
            assert list(found) == list(described[heading]), heading
            for key, value in found.items():
                words = re.split(r", or | or (?!false)", described[heading][key])
                allowed = tuple(SHAPES[word.split(" of ")[0]] for word in words)
                assert type(value) in allowed, f"{key} of {heading}: {value!r} is not {described[heading][key]}"
    assert seen == set(described)


def test_version() -> None:
    assert f"`version` is {VERSION}" in COURSE_JSON.read_text(encoding="utf-8")


def test_the_meeting_shown_is_one_of_the_course(made: list[dict[str, Any]]) -> None:
    (shown,) = [block.text for block in blocks(COURSE_JSON) if block.info == "json"]
    assert json.loads(shown) in made[0]["meetings"]
