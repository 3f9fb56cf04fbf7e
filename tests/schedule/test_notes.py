"""Notes find their readings and meetings."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.mini import Mini, date_mini, term

SYLLABUS = term(
    "starts: 2027-01-25\nends: 2027-02-01\nmeets: {day: Monday}\nbreaks: {date: 2027-02-08, name: Carnival}",
    "- {topic: Big data systems, id: big-data}\n- {topic: Übung, id: practice}",
)
READINGS = "big-data: [{title: 'Lakehouse: A New Generation', id: lakehouse}, {title: Delta Lake}]\n"


def note(folder: Path, front: str, syllabus: str = SYLLABUS) -> Mini:
    return date_mini(folder, syllabus, READINGS, {"content/notes/n.md": f"---\n{front}\n---\nText.\n"})


@pytest.mark.parametrize(
    "front", ["reading: lakehouse", "reading: delta-lake", "meeting: practice", "meeting: big-data"]
)
def test_an_id(front: str, tmp_path: Path) -> None:
    mini = note(tmp_path, f"{front}\nauthor: Ada")
    assert mini.found == []


WRONG = {
    "reading: lakehous": ("there is no reading with the id `lakehous`", "did you mean `lakehouse`?"),
    # The title's slug, where the reading has an id of its own.
    "reading: lakehouse-a-new-generation": (
        "there is no reading with the id `lakehouse-a-new-generation`",
        "write lakehouse (“Lakehouse: A New Generation”)",
    ),
    "reading: zzz": ("there is no reading with the id `zzz`", "write the id of a reading; course.json lists them"),
    "reading: big-data": (
        "`big-data` is a meeting (Mon, Jan 25, week 1), not a reading",
        "write meeting: big-data, or the id of one of its readings",
    ),
    "meeting: lakehouse": (
        "`lakehouse` is a reading, not a meeting",
        "write reading: lakehouse, or the id of its meeting",
    ),
    "meeting: übung": ("there is no meeting with the id `übung`", "write practice (Mon, Feb 1, week 2)"),
    "meeting: bigdata": ("there is no meeting with the id `bigdata`", "did you mean `big-data`?"),
    "meeting: break-2027-02-08": (
        "there is no meeting with the id `break-2027-02-08`",
        "write the id of a meeting; course.json lists them",
    ),
}


@pytest.mark.parametrize("front", WRONG)
def test_no_such_id(front: str, tmp_path: Path) -> None:
    mini = note(tmp_path, front)
    (found,) = mini.diagnostics
    assert (found.severity, found.message, found.help) == ("error", *WRONG[front])
    assert (found.span.file, found.span.line, found.span.text) == ("content/notes/n.md", 2, front.partition(": ")[2])


def test_a_meeting_for_which_there_was_no_day_is_reported_once(tmp_path: Path) -> None:
    mini = note(tmp_path, "meeting: lost", SYLLABUS.rstrip() + "\n  - {topic: Lost, id: lost}\n")
    assert [each.name for each in mini.diagnostics] == ["too-many-topics"]
