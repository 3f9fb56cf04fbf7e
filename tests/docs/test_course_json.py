"""The description of `course.json` names what is in it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

import pytest

from courseweek.cli import main
from courseweek.published.course_data import VERSION
from tests.docs.examples import ROOT, TODAY, blocks, build, tables
from tests.sites import POLICY

COURSE_JSON = ROOT / "docs" / "course-json.md"
FULL = """course: A
term:
  starts: 2027-01-25
  ends: 2027-01-25
  timezone: UTC
  meets: [{day: Monday}, {kind: Lab, day: Monday, groups: [{name: A, time: 9-10, leader: D, place: C 2}, {name: B}]}]
staff:
  - name: A
    pronouns: she/her
    email: a@example.edu
    office_hours: [{day: Monday, time: 10:00-11:00, place: C 1}, by appointment]
office_hours: {day: Tuesday, time: 9:00-10:00, place: C 2, who: A, note: Knock.}
events:
  - {name: U, date: 2027-01-25, time: 10:00-11:00, place: C 1, url: https://example.edu/u}
schedule:
  - {topic: V, date: 2027-01-26, until: 2027-01-27}
  - {topic: W, date: TBD}
  - {topic: B, guests: [{name: C, affiliation: D}], lecturer: [E], status: tentative,
     presenters: {Lead: [F], Scribe: G}, materials: {Slides: https://example.edu/b.pdf}}
  - {topic: U, kind: Lab}
assignments:
  - {title: H, out: 2027-01-25, due: 2027-01-26, group: 2-3, form: https://example.edu/h, for: I, status: tentative}
  - {title: J, each: meeting, due: 1 day before, counts: best 1}
  - {title: K, milestones: [{title: L, weight: 12.5%, status: tentative}]}
presentations: {roles: [Lead, Scribe], group: 2-3, each_student: {at_least: 1}, sign_up: https://example.edu/s}
grading:
  - scheme: I
    parts: {M: 12.5%, N: {weight: 50%, any_of: [O, P]}, Q: [R, S]}
"""
READINGS = "b: [{title: U, in: V, editors: [W], publisher: X, edition: 2, minutes: 40, language: de}]\n"
ANNOUNCEMENT = "---\nmeeting: b\nuntil: 2027-01-26\n---\n\nText.\n"
NOTE = "---\nmeeting: b\nauthor: T\n---\n\nText.\n"

LISTS = {
    "staff": "A member of the staff",
    "office_hours": "An office hour",
    "meetings": "A meeting",
    "events": "An event",
    "assignments": "An assignment",
    "deadlines": "A deadline",
    "grading": "A grading scheme",
    "readings": "A reading",
    "notes": "A note",
    "announcements": "An announcement",
    "past_terms": "A past term",
    "changes": "A change",
}
INNER = {
    "staff": {"office_hours": "Office hours"},
    "meetings": {
        "readings": "The readings of a meeting",
        "guests": "A guest",
        "materials": "A material",
        "groups": "A group",
    },
    "assignments": {"milestones": "A milestone"},
}

SHAPES: dict[str, tuple[type, ...]] = {
    "text": (str,),
    "number": (int, float),
    "true or false": (bool,),
    "null": (type(None),),
    "object": (dict,),
    "list": (list,),
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """Return the file of the top-level course, and that of one that has everything."""
    output = tmp_path_factory.mktemp("site")
    assert main(["--today", "2027-03-10", "--output", str(output)], source=ROOT) == 0
    sums = f"# Fall 2026 (2026-08-26 to 2026-12-11)\n{sha256(POLICY.encode()).hexdigest()}  index.html\n"
    files = {"archive/fa26.sums": sums, "archive/fa26/index.html": POLICY}
    files |= {"content/announcements/2027-01-25-z.md": ANNOUNCEMENT, "content/notes/n.md": NOTE}
    folder = tmp_path_factory.mktemp("full")
    full = build({"syllabus.yaml": FULL, "readings.yaml": READINGS, **files}, folder)
    assert full.code == 0, full.said
    public = folder / "public.json"
    public.write_bytes(full.files["course.json"].replace(b'"place": "C 1"', b'"place": "C 2"'))
    again = folder / "again"
    options = ["--today", TODAY, "--since", str(public)]
    assert main(["--source", str(folder / "course"), "--output", str(again), *options]) == 0
    return [json.loads((each / "course.json").read_bytes()) for each in (output, again)]


def objects(made: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the objects of a file with the heading under which each is described."""
    yield "The whole", made
    yield "`course`", made["course"]
    yield "`term`", made["term"]
    yield "The memory", made["memory"]
    yield from (("A remembered event", each) for each in made["memory"]["events"].values())
    if made["presentations"] is not None:
        yield "Presentations", made["presentations"]
    for name, heading in LISTS.items():
        for each in made[name]:
            yield heading, each
            for inner, of_inner in INNER.get(name, {}).items():
                found = each[inner]
                yield from ((of_inner, every) for every in (found if isinstance(found, list) else [found]))
    for scheme in made["grading"]:
        yield from (("A part of a grade", part) for part in parts_of(scheme))


def parts_of(whole: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the parts of a scheme or a part, and theirs."""
    for part in (*whole["parts"], *whole.get("any_of", ())):
        yield part
        yield from parts_of(part)


def test_keys_and_shapes(made: list[dict[str, Any]]) -> None:
    described = {heading: {row[0].strip("`"): row[1] for row in rows} for heading, rows in tables(COURSE_JSON).items()}
    seen = set()
    for each in made:
        for heading, found in objects(each):
            seen.add(heading)
            assert list(found) == list(described[heading]), heading
            for key, value in found.items():
                words = re.split(r", or | or (?!false)", described[heading][key])
                allowed = [each for word in words for each in SHAPES[word.split(" of ")[0]]]
                assert type(value) in allowed, f"{key} of {heading}: {value!r} is not {described[heading][key]}"
    assert seen == set(described)


def test_version() -> None:
    assert f"`version` is {VERSION}" in COURSE_JSON.read_text(encoding="utf-8")


def test_the_meeting_shown_is_one_of_the_course(made: list[dict[str, Any]]) -> None:
    (shown,) = [block.text for block in blocks(COURSE_JSON) if block.info == "json"]
    assert json.loads(shown) in made[0]["meetings"]
