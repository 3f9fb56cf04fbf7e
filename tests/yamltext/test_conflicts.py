"""Marks of a merge are reported once, at the first of them, and are no conflict where they are quoted or a heading."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.mini import date_mini

TERM = """\
course: Knots
term: {starts: 2027-01-25, ends: 2027-02-08, timezone: America/Los_Angeles, meets: {day: Monday}}
schedule: [{topic: A, id: a}, {topic: B, id: b}, {topic: C, id: c}]
"""
BOTH = "<<<<<<< HEAD\n- one\n=======\n- two\n>>>>>>> main\n"
DIFF3 = "<<<<<<< HEAD\n- one\n||||||| 0a1b2c3\n- none\n=======\n- two\n>>>>>>> main\n"
NOTE = "---\nmeeting: a\n---\n"
FRONT = "---\nmeeting: a\n<<<<<<< HEAD\nauthor: Ada\n=======\nauthor: Bo\n>>>>>>> main\n---\nText.\n"
ROUND = "<<<<<<< HEAD\n---\nmeeting: a\n---\nOne.\n=======\n---\nmeeting: b\n---\nTwo.\n>>>>>>> main\n"

# The text of a file, and the line of the only error, or 0 for none.
NOTES = {
    "both": (NOTE + "# A\n\nText.\n\n" + BOTH, 8),
    "diff3": (NOTE + "Text.\n" + DIFF3, 5),
    "CRLF": ((NOTE + "Text.\n" + BOTH).replace("\n", "\r\n"), 5),
    "open at the end": (NOTE + "Text.\n<<<<<<< HEAD\n- one\n", 5),
    "no name": (NOTE + "<<<<<<<\none\n=======\ntwo\n>>>>>>>\n", 4),
    "a conflict around a fence": (NOTE + "<<<<<<< HEAD\n```python\n=======\n```sh\n>>>>>>> main\nx\n```\n", 4),
    "the first mark deleted": (NOTE + "- one\n=======\n- two\n>>>>>>> main\n", 5),
    "two conflicts": (NOTE + BOTH + "\n" + BOTH, 4),
    "in front matter": (FRONT, 3),
    "around the front matter": (ROUND, 1),
    "in front matter and the text": (FRONT + BOTH, 3),
    "fenced": (NOTE + "```\n" + BOTH + "```\n", 0),
    "fenced by tildes, in a list": (NOTE + "- a\n\n  ~~~text\n" + BOTH + "  ~~~\n", 0),
    "indented": (NOTE + "Text:\n\n" + "".join(f"    {line}\n" for line in BOTH.splitlines()), 0),
    "a heading": (NOTE + "Title\n=======\n\nText.\n", 0),
    "two headings": (NOTE + "Title\n=======\n\nText.\n\nMore\n=======\n", 0),
    "a quotation of a quotation": (NOTE + ">>>>>>> deep\n", 0),
    "a heading above a table": (NOTE + "Title\n=======\n\n| a | b |\n| - | - |\n", 0),
    "a mark in a line": (NOTE + "Delete the line `<<<<<<< HEAD`.\n", 0),
    "nothing but a sign": (NOTE + "<<<<<<<\n", 0),
    "eight of them": (NOTE + "<<<<<<<< HEAD\n", 0),
}


@pytest.mark.parametrize("case", NOTES)
def test_a_note_with_marks(case: str, tmp_path: Path) -> None:
    text, line = NOTES[case]
    path = tmp_path / "content/notes/x.md"
    path.parent.mkdir(parents=True)
    path.write_bytes(text.encode())
    mini = date_mini(tmp_path, TERM)
    reported = [f"{each.span.file}:{each.span.line} {each.name}" for each in mini.diagnostics]
    assert reported == ([f"content/notes/x.md:{line} merge-conflict"] if line else [])


@pytest.mark.parametrize("name", ["content/about.md", "content/announcements/2027-01-26-x.md", "content/index.md"])
def test_other_pages_with_marks(name: str, tmp_path: Path) -> None:
    mini = date_mini(tmp_path, TERM, files={name: f"# About\n\n{BOTH}"})
    assert [(each.span.file, each.span.line, each.name) for each in mini.diagnostics] == [(name, 3, "merge-conflict")]


ROWS = "name,meeting,role\nAda,a,Lead\n<<<<<<< HEAD\nBo,b,Lead\n=======\nCy,b,Lead\n>>>>>>> main\nDi,c,Lead\n"
TABLES = {
    "both": (ROWS, 3, ["Ada", "Bo", "Di"]),
    "CRLF": (ROWS.replace("\n", "\r\n"), 3, ["Ada", "Bo", "Di"]),
    "diff3": (ROWS.replace("=======", "||||||| 0a1b\nEd,b,Lead\n======="), 3, ["Ada", "Bo", "Di"]),
    "the header": ("<<<<<<< HEAD\nname,meeting,role\n=======\nname,role,meeting\n>>>>>>> x\nDi,c,Lead\n", 1, ["Di"]),
    "semicolons": (ROWS.replace(",", ";"), 3, ["Ada", "Bo", "Di"]),
}


@pytest.mark.parametrize("case", TABLES)
def test_a_table_of_presenters_with_marks(case: str, tmp_path: Path) -> None:
    text, line, names = TABLES[case]
    (tmp_path / "p.csv").write_bytes(text.encode())
    mini = date_mini(tmp_path, TERM + "presentations: {roles: [Lead], presenters: p.csv}\n")
    assert [(each.span.file, each.span.line, each.name) for each in mini.diagnostics] == [
        ("p.csv", line, "merge-conflict")
    ]
    assert mini.course is not None
    assert mini.course.syllabus.presentations is not None
    assert [each.name for each in mini.course.syllabus.presentations.listed] == names
