"""The JSON Schemas that editors use: as committed, and to one verdict with the reader."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from courseweek.diagnostics import Diagnostics, Source
from courseweek.files.project import Project
from courseweek.language.language import Language
from courseweek.read.carryover import CARRYOVER_FILE
from courseweek.read.course import READINGS_FILE, SYLLABUS_FILE, read_course
from courseweek.read.front_matter import ANNOUNCEMENT, NOTE, PAGE
from courseweek.read.reading_lists import read_readings
from courseweek.read.syllabus import SYLLABUS, read_syllabus
from courseweek.read.tables.fields import Shape
from courseweek.read.tables.forms import name_of
from courseweek.read.tables.reader import Reader
from courseweek.read.tables.shapes import REFERENCE
from courseweek.read.topics import SAME_DAY
from courseweek.read.values.dates import Window, read_day
from courseweek.read.values.zones import read_zone
from courseweek.schedule.schedule import schedule_course
from courseweek.schema.json_schemas import make_schemas
from courseweek.yamltext.document import Mapping, Node, Scalar, Sequence, is_whole, read_yaml
from tests.docs.examples import complete, courses, documents
from tests.docs.test_format import known_tables
from tests.sites import ROOT, write_course

FILES = (SYLLABUS_FILE, READINGS_FILE, CARRYOVER_FILE)
SCHEMAS = {file: json.loads(make_schemas()[file.replace(".yaml", ".schema.json")]) for file in FILES}
VALIDATORS = {file: Draft7Validator(schema) for file, schema in SCHEMAS.items()}

# What a schema can see. All else is out of its sight: other files, other places of this one, sums, the calendar, and
# how the YAML was written, of which an editor's own parser speaks.
SEEN = {
    "unknown-key": "a mapping has the keys of its table alone",
    "missing-key": "some must be there",
    "wrong-shape": "a list, a mapping or a text stands where another is meant",
    "split-entry": "each field as an item of its own lacks what a whole item must have",
    "unquoted-colon": "a text with a colon is a mapping, and its key is no key",
    "empty": "nothing stands where an item does",
    "bad-value": "one of a few words, a number, a colour",
    "bad-weight": "a number with a percent sign",
    "bad-day": "a day of the week",
    "bad-scheme": "an address begins with one of a few schemes",
    "bad-id": "the characters of an id",
}
# Where the reader has one of these names for what a schema can't see after all, and why.
UNSEEN = {
    ("bullets", READINGS_FILE, "empty"): "the bullets of a text are the reader's own",
    ("field-at-the-margin", READINGS_FILE, "wrong-shape"): "a meeting may have any id, to an editor",
    ("readings-at-the-margin", READINGS_FILE, "wrong-shape"): "a meeting may have any id, to an editor",
    ("keys-in-pasted-markdown", READINGS_FILE, "wrong-shape"): "the bullets of a text are the reader's own",
    ("list-in-a-list", READINGS_FILE, "wrong-shape"): "a heading may have any words, to an editor",
    ("addresses", SYLLABUS_FILE, "bad-scheme"): "a material may also be a file of `assets/`, whatever its name",
    ("schedule-by-date", SYLLABUS_FILE, "wrong-shape"): "a kind may have any name, to an editor",
}
EMPTY = re.compile(r"~|null|Null|NULL|")
BOOLEAN = re.compile(r"true|True|TRUE|false|False|FALSE")
INTEGER = re.compile(r"[-+]?[0-9]+")
OTHER_BASE = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")
FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")


def type_plain(text: str) -> Any:
    """Return what an editor's parser makes of an unquoted text (YAML 1.2.2, section 10.3.2)."""
    if EMPTY.fullmatch(text):
        return None
    if BOOLEAN.fullmatch(text):
        return text.lower() == "true"
    if INTEGER.fullmatch(text):
        return int(text)
    if OTHER_BASE.fullmatch(text):
        return int(text, 0)
    return float(text) if FLOAT.fullmatch(text) else text


def as_edited(node: Node, *, typed: bool) -> Any:
    """Return what a schema is held against: unquoted texts `typed`, or all of them as texts but for empty ones."""
    match node:
        case Scalar(style=""):
            return type_plain(node.text) if typed else node.text or None
        case Scalar():
            return node.text
        case Sequence():
            return [as_edited(each, typed=typed) for each in node.items]
        case Mapping():
            return {key.text: as_edited(value, typed=typed) for key, value in node.entries}


# What is wrong with the YAML and leaves it YAML, for an editor too.
READ_ON = {"control-character", "duplicate-key", "escape", "indent"}


def refusals(file: str, text: str, *, typed: bool) -> list[str] | None:
    """Return what the schema has against a file, or None for one of whose YAML an editor's own parser speaks."""
    found = Diagnostics()
    node = read_yaml(Source(file, text), found)
    faults = {each.name for each in found if each.severity == "error"} - READ_ON
    if found.has_errors() and (node is None or not is_whole(node) or faults):
        return None
    edited = None if node is None else as_edited(node, typed=typed)
    return [f"{error.json_path}: {error.message}" for error in VALIDATORS[file].iter_errors(edited)]


@dataclass(frozen=True)
class Case:
    """A course whose files are read both ways: a folder, or the texts of its files."""

    name: str
    folder: Path | None = None
    files: tuple[tuple[str, str], ...] = ()


def cases() -> Iterator[Case]:
    yield Case(".", ROOT)
    for pattern in ("examples/*/syllabus.yaml", "tests/courses/*/syllabus.yaml", "tests/broken/*/expected.txt"):
        for path in sorted(ROOT.glob(pattern)):
            yield Case(path.parent.name, path.parent)
    for document in documents():
        for course in courses(document):
            yield Case(course.name, files=tuple(complete(course.files).items()))


CASES = list(cases())


def read_names(folder: Path) -> dict[str, set[str]]:
    """Return the names of the errors that reading finds, by file."""
    found = Diagnostics()
    read_course(Project(folder, folder / "_site"), found)
    names: dict[str, set[str]] = {}
    for each in found:
        if each.severity == "error":
            names.setdefault(each.span.file, set()).add(each.name)
    return names


def find_unknown_ids(folder: Path) -> set[str]:
    """Return the files with an id of something else that the schedule does not know."""
    found = Diagnostics()
    course = read_course(Project(folder, folder / "_site"), found)
    if course is not None:
        schedule_course(course, found)
    return {each.span.file for each in found if each.name in ("unknown-meeting", "unknown-reading")}


def test_what_is_committed_is_what_the_tables_say() -> None:
    """After a key has changed: `python scripts/schema.py`."""
    committed = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "schema").iterdir()}
    assert committed == make_schemas()


@pytest.mark.parametrize("fault", ["", "assignments:\n- titel: a\n  due Feb 3\n"])
def test_no_build_makes_one(tmp_path: Path, fault: str) -> None:
    """Nor does one with mistakes: what repairs them goes by the tables."""
    folder = write_course(tmp_path, {"syllabus.yaml": f"course: Knots\n{TERM}{fault}"})
    command = [sys.executable, "-X", "importtime", "-m", "courseweek", "build", "--source", str(folder)]
    ran = subprocess.run(command, capture_output=True, check=False, encoding="utf-8")
    imported = set(re.findall(r"\| +(courseweek\S*)$", ran.stderr, re.MULTILINE))
    assert ran.returncode == bool(fault)
    assert "courseweek.read.course" in imported
    assert "courseweek.schema" not in imported
    assert ("courseweek.read.tables.wrong_keys" in imported) is bool(fault)


@pytest.mark.parametrize("file", FILES)
def test_each_is_a_schema(file: str) -> None:
    Draft7Validator.check_schema(SCHEMAS[file])


def test_each_table_is_described() -> None:
    """Those of front matter are not: it stands in Markdown, which no editor checks by a schema."""
    described = {name for schema in SCHEMAS.values() for name in schema["definitions"]} | {SYLLABUS.what}
    front_matter = {table.what for table in (PAGE, NOTE, ANNOUNCEMENT)}
    assert {name_of(table.what) for table in known_tables() if table.what not in front_matter} <= described


def patterns(fragment: Any) -> Iterator[str]:
    values = fragment.items() if isinstance(fragment, dict) else enumerate(fragment)
    for key, value in values:
        if key == "pattern" and isinstance(value, str):
            yield value
        elif isinstance(value, dict | list):
            yield from patterns(value)


@pytest.mark.parametrize("file", FILES)
def test_patterns_are_no_more_than_javascript_knows(file: str) -> None:
    """Groups have no names or flags, and nothing is escaped that need not be (ECMA-262, the flag `u`)."""
    wrong = [
        each
        for each in patterns(SCHEMAS[file])
        if re.search(r"\(\?[^:=!]|\\[AZ]", each) or re.search(r"\\[^bdsSwx/\\.\[\]]", each)
    ]
    assert wrong == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_one_verdict(case: Case, tmp_path: Path) -> None:
    folder = case.folder or write_course(tmp_path, dict(case.files))
    names = read_names(folder)
    for file in FILES:
        path = folder / file
        if not path.exists():
            continue
        text = path.read_bytes().decode("utf-8", "replace")
        typed, texts = refusals(file, text, typed=True), refusals(file, text, typed=False)
        if typed is None or texts is None:
            assert names.get(file), f"{file} is no YAML, and the reader takes it"
            continue
        if file not in names and not (typed and file in find_unknown_ids(folder)):
            assert (typed, texts) == ([], []), file
        seen = names.get(file, set()) & SEEN.keys()
        unseen = {each for each in seen if (case.name, file, each) in UNSEEN}
        if seen:
            assert bool(typed) is bool(seen - unseen), f"{file}: {seen}"


TERM = "term: {starts: 2027-01-25, ends: 2027-02-22, timezone: Europe/Berlin, meets: {day: Mon}}\n"
# One fault each, with the only name that the reader has for it.
FAULTS = [
    ("unknown-key", "syllabus.yaml", "schedul: []"),
    ("unknown-key", "syllabus.yaml", "schedule: [{topic: A, kin: Lab}]"),
    ("unknown-key", "syllabus.yaml", "schedule: [{unit: A, meetings: [B], notes: C}]"),
    (
        "unknown-key",
        "syllabus.yaml",
        "schedule: [{topic: A, materials: {Slides: {url: 'https://a.org', acess: open}}}]",
    ),
    ("unknown-key", "syllabus.yaml", "staff: {name: A, affilation: B}"),
    ("unknown-key", "syllabus.yaml", "staff: {name: A, office_hours: {day: Mon, room: 5}}"),
    ("unknown-key", "syllabus.yaml", "assignments: {title: A, milestones: [{title: B, date: 2027-02-01}]}"),
    ("unknown-key", "syllabus.yaml", "presentations: {each_student: {atleast: 2}}"),
    ("unknown-key", "syllabus.yaml", "grading: {A: {weight: 100%, notes: B}}"),
    ("unknown-key", "readings.yaml", "a: [{title: A, autor: B}]"),
    ("unknown-key", "readings.yaml", "a: {optional: [{reuse: b, notes: C}]}"),
    ("unknown-key", "readings.yaml", "a: {recommended: [B]}"),
    ("missing-key", "syllabus.yaml", "schedule: [{id: a}]"),
    ("missing-key", "syllabus.yaml", "schedule: [{topic: }]"),
    ("missing-key", "syllabus.yaml", "schedule: [{unit: A}]"),
    ("missing-key", "syllabus.yaml", "staff: [{role: Instructor}]"),
    ("missing-key", "syllabus.yaml", "grading: [{parts: {A: 100%}}]"),
    ("missing-key", "syllabus.yaml", "assignments: [{due: week 2}]"),
    ("missing-key", "syllabus.yaml", "schedule: [{topic: A, materials: [{url: 'https://a.org'}]}]"),
    ("missing-key", "readings.yaml", "a: [{url: 'https://a.org'}]"),
    ("wrong-shape", "syllabus.yaml", "schedule: A"),
    ("wrong-shape", "syllabus.yaml", "schedule: {Lecture: A}"),
    ("wrong-shape", "syllabus.yaml", "schedule: [[A]]"),
    ("wrong-shape", "syllabus.yaml", "schedule: [{topic: [A]}]"),
    ("wrong-shape", "syllabus.yaml", "schedule: [{topic: ''}]"),
    ("wrong-shape", "syllabus.yaml", "schedule: [{unit: A, meetings: [{unit: B, meetings: [C]}]}]"),
    ("wrong-shape", "syllabus.yaml", "schedule: [{topic: A, forms: 'https://a.org'}]"),
    ("wrong-shape", "syllabus.yaml", "schedule: [{topic: A, forms: {b: }}]"),
    ("wrong-shape", "syllabus.yaml", "schedule: [{topic: A, presenters: {Lead: {name: B}}}]"),
    ("wrong-shape", "syllabus.yaml", "schedule: [{topic: A, materials: [slides.pdf]}]"),
    ("wrong-shape", "syllabus.yaml", "assignments: [{title: A, due: [week 2]}]"),
    ("wrong-shape", "syllabus.yaml", "assignments: [{title: A, each: {kind: Lab}, due: start}]"),
    ("wrong-shape", "syllabus.yaml", "presentations: [Lead]"),
    ("wrong-shape", "syllabus.yaml", "grading: 100%"),
    ("wrong-shape", "syllabus.yaml", "grading: {A: {weight: 100%, parts: 5}}"),
    ("wrong-shape", "syllabus.yaml", "site: [nav]"),
    ("wrong-shape", "readings.yaml", "- A"),
    ("wrong-shape", "readings.yaml", "a: {title: A}"),
    ("wrong-shape", "readings.yaml", "a: {required: {title: A, url: 'https://a.org'}}"),
    ("wrong-shape", "readings.yaml", "a: {required: {One of these: {title: A}}}"),
    ("wrong-shape", "readings.yaml", "a: [[A]]"),
    ("split-entry", "syllabus.yaml", "schedule:\n  - topic: A\n  - id: a"),
    ("split-entry", "readings.yaml", "a:\n  - title: A\n  - url: https://a.org"),
    ("unquoted-colon", "syllabus.yaml", "schedule:\n  - Overview: goals"),
    ("unquoted-colon", "readings.yaml", "a:\n  - Roofline: a model"),
    ("empty", "syllabus.yaml", "schedule:\n  - A\n  -"),
    ("empty", "syllabus.yaml", "staff:\n  -"),
    ("empty", "readings.yaml", "a:\n  -"),
    ("bad-value", "syllabus.yaml", "schedule: [{topic: A, exam: maybe}]"),
    ("bad-value", "syllabus.yaml", "schedule: [{topic: A, days: 61}]"),
    ("bad-value", "syllabus.yaml", "schedule: [{topic: A, times: 0}]"),
    ("bad-value", "syllabus.yaml", "schedule: [{topic: A, status: final}]"),
    ("bad-value", "syllabus.yaml", "site: {accent: blue}"),
    ("bad-value", "syllabus.yaml", "site: {highlight: today}"),
    ("bad-value", "syllabus.yaml", "presentations: {group: two}"),
    ("bad-value", "readings.yaml", "a: [{title: A, year: 21}]"),
    ("bad-value", "readings.yaml", "a: [{title: A, access: closed}]"),
    ("bad-weight", "syllabus.yaml", "grading: {A: 100}"),
    ("bad-weight", "syllabus.yaml", "grading: {A: {weight: half}}"),
    ("bad-day", "syllabus.yaml", "staff: {name: A, office_hours: {day: Mondy}}"),
    ("bad-day", "syllabus.yaml", "staff: {name: A, office_hours: {day: [Mon, M/W]}}"),
    ("bad-scheme", "readings.yaml", "a: [{title: A, url: 'javascript:b'}]"),
    ("bad-address", "syllabus.yaml", "schedule: [{topic: A, guests: {name: B, url: a.org}}]"),
    ("bad-address", "readings.yaml", "a: [{title: A, url: 'https:///a'}]"),
    ("bad-address", "readings.yaml", "a: [{title: A, doi: 10}]"),
    ("bad-address", "readings.yaml", "a: [{title: A, arxiv: attention}]"),
    ("bad-address", "syllabus.yaml", "staff: {name: A, email: a.org}"),
    ("bad-id", "syllabus.yaml", "schedule: [{topic: A, id: an id}]"),
    ("bad-date", "syllabus.yaml", "schedule: [{topic: A, date: soon}]"),
    ("ambiguous-date", "syllabus.yaml", "schedule: [{topic: A, date: 2/3/27}]"),
    ("bad-time", "syllabus.yaml", "schedule: [{topic: A, time: 9:00}]"),
    ("unknown-key", "syllabus.yaml", "events: {name: A, date: 2027-02-01, kind: B}"),
    ("unknown-key", "syllabus.yaml", "staff: {name: A, gender: B}"),
    ("unknown-key", "syllabus.yaml", "staff: A\noffice_hours: {day: Mon, who: A, room: 5}"),
    ("unknown-key", "syllabus.yaml", "schedule: [{topic: A, groups: {B: {leader: C}}}]"),
    ("unknown-key", "syllabus.yaml", "assignments: {title: A, due: week 2, late_until: week 3}"),
    ("unknown-key", "syllabus.yaml", "assignments: {title: A, milestones: [{title: B, instead: {c: TBD}}]}"),
    ("missing-key", "syllabus.yaml", "events: [{date: 2027-02-01}]"),
    ("missing-key", "syllabus.yaml", "events: [{name: A}]"),
    ("missing-key", "syllabus.yaml", "events: [{name: A, from: 2027-02-01}]"),
    ("missing-key", "syllabus.yaml", "office_hours: [{day: Mon}]"),
    ("wrong-shape", "syllabus.yaml", "events: [A]"),
    ("wrong-shape", "syllabus.yaml", "events: [{name: [A], date: 2027-02-01}]"),
    ("wrong-shape", "syllabus.yaml", "events: [{name: A, date: [2027-02-01]}]"),
    ("wrong-shape", "syllabus.yaml", "office_hours: by appointment"),
    ("wrong-shape", "syllabus.yaml", "schedule: [{topic: A, groups: [B]}]"),
    ("wrong-shape", "syllabus.yaml", "schedule: [{topic: A, groups: {B: L500}}]"),
    ("wrong-shape", "syllabus.yaml", "schedule: [{topic: A, date: 2027-02-01, until: [2027-02-01]}]"),
    ("wrong-shape", "syllabus.yaml", "schedule: [{topic: A, exam: {kind: B}}]"),
    ("wrong-shape", "syllabus.yaml", "schedule: [{topic: A, lecturer: [[B]]}]"),
    ("wrong-shape", "syllabus.yaml", "assignments: [{title: A, each: meeting, due: start, instead: [b]}]"),
    ("wrong-shape", "syllabus.yaml", "assignments: [{title: A, each: meeting, due: start, instead: {b: [TBD]}}]"),
    ("wrong-shape", "syllabus.yaml", "assignments: [{title: A, due: week 2, was: [week 1]}]"),
    ("wrong-shape", "syllabus.yaml", "assignments: [{title: A, due: week 2, accepted_until: {b: week 3}}]"),
    ("wrong-shape", "readings.yaml", "a: [{title: A, in: [B]}]"),
    ("wrong-shape", "readings.yaml", "a: [{title: A, editors: {B: C}}]"),
    ("bad-value", "syllabus.yaml", "schedule: [{topic: A, exam: maybe}]"),
    ("bad-value", "readings.yaml", "a: [{title: A, minutes: an hour}]"),
    ("bad-day", "syllabus.yaml", "staff: A\noffice_hours: [{day: Mondy, who: A}]"),
    ("bad-address", "syllabus.yaml", "events: [{name: A, date: 2027-02-01, url: a.org}]"),
    ("bad-id", "syllabus.yaml", "events: [{name: A, id: an id, date: 2027-02-01}]"),
    ("bad-date", "syllabus.yaml", "events: [{name: A, date: TBD}]"),
    ("bad-date", "syllabus.yaml", "schedule: [{topic: A, date: 2027-02-01, until: 17:00}]"),
    ("bad-date", "syllabus.yaml", "schedule: [{topic: A, groups: {B: {date: TBD}}}]"),
    ("bad-time", "syllabus.yaml", "events: [{name: A, date: 2027-02-01, time: 9:00}]"),
]
GROUPS = [
    "groups: A",
    "groups: []",
    "groups: [A, B]",
    "groups: [{day: Mon}]",
    "groups: {A: {day: Mon}}",
    "groups: [{name: A, day: Mondy}]",
    "groups: [{name: A, room: 5}]",
    "groups: [{name: A, time: 9:00}]",
    "groups: [{name: [A]}]",
    "groups: [{name: A, weeks: often}]",
]


@pytest.mark.parametrize("groups", GROUPS)
def test_a_fault_of_groups_is_seen_by_both(groups: str, tmp_path: Path) -> None:
    syllabus = f"course: K\n{TERM.replace('day: Mon', f'day: Mon, kind: Lab, {groups}')}"
    assert read_names(write_course(tmp_path, {SYLLABUS_FILE: syllabus})).keys() == {SYLLABUS_FILE}
    assert refusals(SYLLABUS_FILE, syllabus, typed=True)


def test_an_id_of_something_else_is_refused_by_both(tmp_path: Path) -> None:
    folder = write_course(
        tmp_path, {"syllabus.yaml": f"course: K\n{TERM}schedule: [A]\n", "readings.yaml": "an id: [A]\n"}
    )
    assert refusals("readings.yaml", "an id: [A]\n", typed=True)
    assert find_unknown_ids(folder) == {"readings.yaml"}


COURSES = [
    "course: [K]",
    "course: {titel: K}",
    "course: {title: K, links: [Slack]}",
    "course: {title: K, language: English please}",
    "course: {title: K, url: 'mailto:a@example.org'}",
    "course: {title: K, repository: 'http://example.org/k'}",
    "course: {title: K, repository: {branch: main}}",
    "course: {title: K, repository: {url: 'https://github.com/a/b', host: gitea}}",
]


@pytest.mark.parametrize("text", COURSES)
def test_a_fault_of_the_course_is_seen_by_both(text: str, tmp_path: Path) -> None:
    syllabus = f"{text}\n{TERM}"
    assert read_names(write_course(tmp_path, {SYLLABUS_FILE: syllabus})).keys() == {SYLLABUS_FILE}
    assert refusals(SYLLABUS_FILE, syllabus, typed=True)


@pytest.mark.parametrize(("name", "file", "text"), FAULTS, ids=lambda each: each if "-" in each else None)
def test_a_fault_is_seen_by_both(name: str, file: str, text: str, tmp_path: Path) -> None:
    syllabus = f"course: K\n{TERM}"
    files = {SYLLABUS_FILE: f"{syllabus}{text}\n"} if file == SYLLABUS_FILE else {SYLLABUS_FILE: syllabus, file: text}
    assert read_names(write_course(tmp_path, files)) == {file: {name}}
    assert refusals(file, files[file], typed=True)


def test_there_is_a_fault_of_each_name() -> None:
    assert {name for name, _, _ in FAULTS} >= SEEN.keys()


TYPED = """\
course: {title: 3.10, code: 0123, language: no, description: true}
term: {starts: 2027-01-25, ends: 2027-05-10, timezone: UTC, name: , status: Tentative, due_time: Noon,
  meets: [{days: TUE/thu, time: 9:30 - 10:45 am, weeks: 3, place: 405, numbered: yes},
    {day: [Mon, Friday], weeks: [1, 3-5], numbered: False}, {day: Mondays and wed, weeks: ODD, numbered: N}],
  breaks: {date: 15 Feb, name: 1984}, swaps: {date: Feb. 18, follows: mon.}}
staff: [007, {name: 1e3, url: HTTPS://a.org, email: 'mailto:ä@a.org', office_hours: 5}]
schedule:
  2: [{topic: 2, id: 2, days: '02'}, {topic: False, presenters: [1, B], guests: true, materials: {1: , 2: [3.pdf]}}]
  Lab:
assignments:
  -
  - {title: 1, each: 2, except: 2, due: same day, group: 2}
presentations: {group: 2, roles: 1, each: , each_student: }
grading: {A: 40 %, B: 2×10%, C: [1, 2], D: {any_of: {F: , G: }, weight: '20%'}}
site: {accent: 003262, nav: [1, schedule], highlight: This Week}
late_policy: 0
"""
TYPED_READINGS = """\
名-1: 5
2: [1984, {title: 1984, year: 1949, authors: [1, ], arxiv: 2005.14165, pages: 5, award: , access: Open}]
3: {required: {1: [2], More: , '3': '- A'}, optional: 7}
4:
"""
TYPED_CARRYOVER = "3.10: {guests: 12345678, forms: 1234e567, 2: }\ntrue:\n"


def test_what_unquoted_texts_are_to_an_editor(tmp_path: Path) -> None:
    files = {SYLLABUS_FILE: TYPED, READINGS_FILE: TYPED_READINGS, CARRYOVER_FILE: TYPED_CARRYOVER, "assets/3.pdf": ""}
    assert read_names(write_course(tmp_path, files)) == {}
    for file in FILES:
        for typed in (True, False):
            assert refusals(file, files[file], typed=typed) == [], file


# Each shape that reads by itself, by what it says.
# An id of something else is any text to the reader: the schedule says which id is meant.
ANYTHING = {"anything", REFERENCE.what, SAME_DAY.shape.what}
SHAPES = {
    each.shape.what: each.shape for table in known_tables() for each in table.fields if each.shape.what not in ANYTHING
}


def scalars(node: Node | None) -> Iterator[str]:
    match node:
        case Scalar():
            yield node.text
        case Sequence():
            for each in node.items:
                yield from scalars(each)
        case Mapping():
            for key, value in node.entries:
                yield from scalars(key)
                yield from scalars(value)


@cache
def read_texts() -> frozenset[str]:
    """Return the texts and keys of the courses that are built; those of prose are of no shape but text."""
    paths = [*ROOT.glob("*.yaml"), *ROOT.glob("examples/*/*.yaml"), *ROOT.glob("tests/courses/*/*.yaml")]
    nodes = [read_yaml(Source(path.name, path.read_text(encoding="utf-8")), Diagnostics()) for path in paths]
    return frozenset(text for node in nodes for text in scalars(node) if len(text) <= 60)


WRITTEN = [
    "noon", "NOON", "1 PM", "1:30p.m.", " 13:00 ", "9-10 am", "9:30–10:45", "1 pm to 2 pm", "-9:00 - 10:00",
    "Mon 15 February 2027", "15th Feb. 2027", "SEPT 5, 2027", "Sunday, 1 Jan 2040", "Feb  15", "29 Feb",
    "2027-02-20T17:00", "20 Feb at 5 pm", "TUES", "Thur.", "mondays", "Mon,Wed & Fri", "sat/SUN", "Tue and Thu",
    "odd", " EVEN ", "2-6, 8–14", "007", "60", "99", "0060", "Tentative", "Different", "CAMPUS", "Next Meeting",
    "mailto:", "TEL:+1", "HTTP://a.org", "https://ä.org?q", "https://a.org.git", "mailto:a@b-c.de", "ä@b.de",
    "名-1_é", "-", "#FFF", "003262", "Y", "oFF", "de-CH", "UTC", "Etc/UTC", "US/Pacific", "2-3 pm", "9-12",
    "11 am-1", "noon – 1", "2 pm until 3:15", "10−11 am", "Mon-Fri", "Monday to Friday", "weekdays", "Mon–Wed, and Fri",
    "Sun thru Thu", "8.5.2027", "8. 5. 2027", "8.5.", "8.5.2027 17:00", "0000", "1e-3", "+5", "0x1F",
]  # fmt: skip


def make_reader() -> Reader:
    window = Window(read_day("2027-01-25", None), read_day("2027-05-10", None))
    return Reader(Diagnostics(), window, read_zone("UTC"), language=Language("de"))


def takes(shape: Shape[Any], text: str, reader: Reader) -> bool:
    reader.found = Diagnostics()
    node = Scalar(text, Source("a.yaml", text).whole(), "")
    return shape.read(node, reader) is not None and not reader.found.has_errors()


# Some shapes name others: all definitions are at hand.
DEFINITIONS = {name: each for schema in SCHEMAS.values() for name, each in schema["definitions"].items()}
BY_SHAPE = {what: Draft7Validator({**shape.schema, "definitions": DEFINITIONS}) for what, shape in SHAPES.items()}


def agree(what: str, text: str, reader: Reader) -> bool:
    """Tell whether the schema takes a text if the reader does, whatever its type is to an editor."""
    if not text.strip() or not takes(SHAPES[what], text, reader):
        return True
    typed = type_plain(text)
    return BY_SHAPE[what].is_valid(text) and (typed is None or BY_SHAPE[what].is_valid(typed))


@pytest.mark.parametrize("what", SHAPES)
def test_no_shape_takes_what_its_schema_refuses(what: str) -> None:
    assert [text for text in sorted({*WRITTEN, *read_texts()}) if not agree(what, text, make_reader())] == []


class Dumper(yaml.SafeDumper):
    """Writes nothing where there is nothing."""


Dumper.add_representer(type(None), lambda dumper, _: dumper.represent_scalar("tag:yaml.org,2002:null", ""))
SMALL: list[Any] = [
    None, "", "A", "5", "yes", "20%", "https://a.org", "2027-02-01", "week 2", [], {}, [None], [""], ["A"], ["A", "B"],
    {"A": None}, {"A": "20%"}, {"A": ["B"]}, {"A": {"B": None}}, {"title": "A"}, {"topic": "A"}, {"name": "A"}, [[]],
]  # fmt: skip


def places(edited: Any) -> Iterator[tuple[Any, Any]]:
    """Yield each list and mapping in a file with each index or key of it."""
    entries = edited.items() if isinstance(edited, dict) else enumerate(edited) if isinstance(edited, list) else ()
    for key, value in entries:
        yield edited, key
        yield from places(value)


@cache
def read_small_files() -> list[tuple[str, Any]]:
    """Return the files of the courses of `tests/courses/` and of the documentation, as an editor has them."""
    texts = [(path.name, path.read_text(encoding="utf-8")) for path in sorted(ROOT.glob("tests/courses/*/*.yaml"))]
    texts += [(name, text) for case in CASES for name, text in case.files if name in FILES]
    nodes = [(name, read_yaml(Source(name, text), Diagnostics())) for name, text in texts]
    return [(name, as_edited(node, typed=False)) for name, node in nodes if node is not None]


NAMING = ("reuse", "same_day", "meeting", "reading")
"""Keys whose value is the id of something else."""


@given(data=st.data())
@settings(max_examples=200)
def test_nor_of_files_that_nobody_thought_of(data: st.DataObject) -> None:
    file, edited = data.draw(st.sampled_from(read_small_files()))
    edited = deepcopy(edited)
    for _ in range(data.draw(st.integers(1, 2))):
        inside, key = data.draw(st.sampled_from(list(places(edited)) or [({}, "a")]))
        value = data.draw(st.sampled_from(SMALL))
        # What can't be an id is refused by the schedule, which knows all ids.
        assume(not (key in NAMING and isinstance(value, str)))
        inside[key] = deepcopy(value)
    text = yaml.dump(edited, Dumper=Dumper, allow_unicode=True, sort_keys=False)
    found = Diagnostics()
    if file == SYLLABUS_FILE:
        read_syllabus(Source(file, text), found, frozenset())
    else:
        read_readings(Source(file, text), replace(make_reader(), found=found))
    if not found.has_errors():
        assert refusals(file, text, typed=True) == [], text


PIECES = st.sampled_from(
    [
        *"0123456789:-–/,.# ",
        "Mon",
        "tues",
        "Feb",
        "September",
        "am",
        "pm",
        " to ",
        " and ",
        "st",
        "2027",
        "https://",
        "@",
    ]
)


@given(what=st.sampled_from(sorted(SHAPES)), text=st.lists(PIECES, min_size=1, max_size=8).map("".join))
def test_nor_of_texts_that_nobody_thought_of(what: str, text: str) -> None:
    assert agree(what, text, make_reader())
