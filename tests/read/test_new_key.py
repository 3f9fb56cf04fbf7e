"""A new key is a field in one table, and the value that it fills: everything else goes by the tables."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from courseweek.frozen import names_of
from courseweek.model.assignment import Assignment, Milestone
from courseweek.model.course import SiteOptions, Syllabus
from courseweek.model.meeting import Topic
from courseweek.model.people import Guest, Staff
from courseweek.model.reading import Reading
from courseweek.read.assignments import ASSIGNMENT, MILESTONE
from courseweek.read.people import GUEST, STAFF
from courseweek.read.readings import READING
from courseweek.read.syllabus import COURSE, SITE
from courseweek.read.tables.fields import Table
from courseweek.read.tables.foreign_words import FOREIGN_WORDS
from courseweek.read.tables.synonyms import SYNONYMS, find_synonym, fold_key
from courseweek.read.topics import TOPIC
from tests.sites import ROOT, write_course

SYLLABUS = """
course: Knots
term: {starts: 2027-01-25, ends: 2027-02-22, timezone: Europe/Berlin, meets: {day: Mon}}
schedule: [Knots]
"""
GOOD = "knots:\n- title: On knots\n  isbn: 0-262-03384-4\n"
# What is wrong with the new key, and what is reported of it.
WRONG = {
    "knots:\n- title: On knots\n  ibsn: 0-262\n": ("unknown-key", "did you mean `isbn`?"),
    "knots:\n- title: On knots\nisbn: 0-262\n": ("wrong-shape", "indent it as much as the key of its reading above"),
    "knots: |\n  - title: On knots isbn: 0-262\n": ("wrong-shape", "write - On knots"),
    "knots:\n- title: On knots\n   isbn: 0-262\n": ("indent", "column 3"),
    "knots:\n- title: On knots\n  isbn:0-262\n": ("missing-space", "write isbn: 0-262"),
}
SCRIPT = """
import json, sys
from pathlib import Path
from courseweek.diagnostics import Diagnostics
from courseweek.files.project import Project
from courseweek.read.course import read_course
from courseweek.schema.json_schemas import make_schemas

courses = []
for folder in map(Path, sys.argv[1:]):
    found = Diagnostics()
    course = read_course(Project(folder, folder / "_site"), found)
    lists = course.reading_lists.values() if course is not None else ()
    readings = [each for list in lists for entries in list.required for each in entries.entries]
    courses.append([[each.isbn for each in readings], [[each.name, each.help] for each in found]])
print(json.dumps([courses, make_schemas()["readings.schema.json"]]))
"""


def with_a_key(folder: Path) -> Path:
    """Return a copy of the program whose readings have the key `isbn`: one line in the table, one in the value."""
    shutil.copytree(ROOT / "courseweek", folder / "courseweek", ignore=shutil.ignore_patterns("__pycache__"))
    for name, before, line in (
        ("read/readings.py", "    READING_TITLE,\n", '    Field("isbn", TEXT, "its ISBN"),\n'),
        ("model/reading.py", "    doi: str | None = None\n", "    isbn: str | None = None\n"),
    ):
        path = folder / "courseweek" / name
        text = path.read_text(encoding="utf-8")
        assert text.count(before) == 1
        path.write_text(text.replace(before, before + line), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Any], dict[str, Any]]:
    """Return what the changed program makes of the good course and of the wrong ones, and its schema."""
    program = with_a_key(tmp_path_factory.mktemp("program"))
    texts = [GOOD, *WRONG]
    folders = [
        write_course(tmp_path_factory.mktemp("course"), {"syllabus.yaml": SYLLABUS, "readings.yaml": text})
        for text in texts
    ]
    ran = subprocess.run(
        [sys.executable, "-c", SCRIPT, *map(str, folders)],
        cwd=program,
        env={**os.environ, "PYTHONPATH": str(program)},
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    courses, schema = json.loads(ran.stdout)
    return courses, json.loads(schema)


def test_it_is_read(answers: tuple[list[Any], dict[str, Any]]) -> None:
    assert answers[0][0] == [["0-262-03384-4"], []]


@pytest.mark.parametrize("text", WRONG)
def test_it_is_known_where_something_is_wrong(text: str, answers: tuple[list[Any], dict[str, Any]]) -> None:
    ((name, help),) = answers[0][1 + list(WRONG).index(text)][1]
    expected, words = WRONG[text]
    assert name == expected
    assert words in help


def test_it_is_in_the_schema(answers: tuple[list[Any], dict[str, Any]]) -> None:
    reading = answers[1]["definitions"]["reading"]["properties"]
    assert reading["isbn"]["description"] == "its ISBN"


# Keys of other words than the attributes that they fill.
RENAMED = {"in": "book", "lecturer": "lecturers", "topic": "title", "except": "skipped", "for": "owed_by"}


@pytest.mark.parametrize(
    ("table", "kind"),
    [
        (READING, Reading),
        (TOPIC, Topic),
        (ASSIGNMENT, Assignment),
        (MILESTONE, Milestone),
        (STAFF, Staff),
        (GUEST, Guest),
        (COURSE, Syllabus),
        (SITE, SiteOptions),
    ],
    ids=lambda each: each.what if isinstance(each, Table) else "",
)
def test_each_key_fills_a_value(table: Table, kind: type[Any]) -> None:
    assert {RENAMED.get(key, key) for key in table.by_key} <= set(names_of(kind))


def test_each_synonym_means_a_key() -> None:
    keys = {key for table in Table.all for key in table.by_key}
    for words in (SYNONYMS, FOREIGN_WORDS):
        assert {each for meant in words.values() for each in meant.split()} <= keys


def test_each_foreign_word_is_here_once() -> None:
    assert not FOREIGN_WORDS.keys() & (SYNONYMS.keys() | {key for table in Table.all for key in table.by_key})
    assert [fold_key(each) for each in FOREIGN_WORDS] == list(FOREIGN_WORDS)


# Keys of other languages, in a topic and in an assignment, and the keys that are meant.
FOREIGN = {
    "titel": ("topic", "title"),
    "Titre": ("topic", "title"),
    "título": ("topic", "title"),
    "datum": ("date", "due"),
    "fecha": ("date", "due"),
    "Gruppe": ("groups", "group"),
}


@pytest.mark.parametrize("word", FOREIGN)
def test_a_key_in_another_language_is_understood(word: str) -> None:
    assert tuple(find_synonym(word, each.by_key) for each in (TOPIC, ASSIGNMENT)) == FOREIGN[word]
