"""The edits that come with a diagnostic: they make of the file what the help says, and then nothing is wrong there."""

from __future__ import annotations

from pathlib import Path

import pytest

from courseweek.diagnostics import Diagnostics
from tests.mini import date_mini

TERM = """\
course: Knots
term: {starts: 2027-01-25, ends: 2027-02-08, timezone: America/Los_Angeles, meets: {day: Monday}}
"""
TOPICS = "schedule: [{topic: A, id: a}, {topic: B, id: b}, {topic: C, id: c}]\n"


def mend(text: str, name: str, found: Diagnostics) -> str:
    """Return the text of a file after all edits of its diagnostics, the last one first."""
    edits = [edit for each in found for edit in each.fix if edit.span.file == name]
    for edit in sorted(edits, key=lambda each: each.span.start, reverse=True):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text


# What is written in a reading, and what it becomes.
READINGS = {
    "{title: X, url: http//example.org/x}": "{title: X, url: http://example.org/x}",
    "{title: X, url: https:/example.org/x}": "{title: X, url: https://example.org/x}",
    "{title: X, url: 'htps://example.org/x'}": "{title: X, url: 'https://example.org/x'}",
    "{title: X, url: https://https://example.org/x}": "{title: X, url: https://example.org/x}",
    "{title: X, url: arxiv.org/abs/2005.14165}": "{title: X, url: https://arxiv.org/abs/2005.14165}",
    '{title: X, url: "arxiv.org/abs/2005.14165"}': '{title: X, url: "https://arxiv.org/abs/2005.14165"}',
    "{title: X, url: https://arxiv.org/1810.09028}": "{title: X, url: https://arxiv.org/abs/1810.09028}",
    "{title: X, url: https://example.org/x).}": "{title: X, url: https://example.org/x}",
    "{title: X, doi: 10.1145/2723372.2742797.}": "{title: X, doi: 10.1145/2723372.2742797}",
    "'[X](https//example.org/x) and more'": "'[X](https://example.org/x) and more'",
    "'[X](https://arxiv.org/1810.09028)'": "'[X](https://arxiv.org/abs/1810.09028)'",
    "{title: X, links: {PDF: https:/example.org/x}}": "{title: X, links: {PDF: https://example.org/x}}",
}


@pytest.mark.parametrize("reading", READINGS)
def test_a_reading_is_mended(reading: str, tmp_path: Path) -> None:
    before = f"a:\n  - {reading}\n"
    after = mend(before, "readings.yaml", date_mini(tmp_path, TERM + TOPICS, before).diagnostics)
    assert after == f"a:\n  - {READINGS[reading]}\n"
    assert date_mini(tmp_path, TERM + TOPICS, after).found == []


SYLLABUS = {
    TOPICS + "Late-policy: None.": TOPICS + "late_policy: None.",
    "schedule: [{Topic: A}, B, C]": "schedule: [{topic: A}, B, C]",
    "schedule: [A, {topic: B, same-day: yes}, C, D]": "schedule: [A, {topic: B, same_day: yes}, C, D]",
    "schedule: [{topic: A, time: 13.00-16.00}, B, C]": "schedule: [{topic: A, time: 13:00-16:00}, B, C]",
    "schedule: [{topic: A, date: 2027/1/25}, B, C]": "schedule: [{topic: A, date: 2027-01-25}, B, C]",
    TOPICS + "assignments: {title: X, due: tba}": TOPICS + "assignments: {title: X, due: TBD}",
    TOPICS + "assignments: {title: X, due: '20 Feb, 5 pm'}": TOPICS + "assignments: {title: X, due: '20 Feb at 5 pm'}",
}


@pytest.mark.parametrize("lines", SYLLABUS)
def test_a_syllabus_is_mended(lines: str, tmp_path: Path) -> None:
    before = f"{TERM}{lines}\n"
    after = mend(before, "syllabus.yaml", date_mini(tmp_path, before).diagnostics)
    assert after == f"{TERM}{SYLLABUS[lines]}\n"
    assert date_mini(tmp_path, after).found == []


# Here more than one thing can be meant, or the mended text would be no plain one.
UNMENDED = [
    "schedule: [{topic: A, time: 10:00-9:00}, B, C]",
    "schedule: [{topic: A, date: Tue 25 Jan}, B, C]",
    "schedule: [{topic: A, id: my a}, B, C]",
    TOPICS + "assignments: {title: X, due: day after b}",
    TOPICS + "staff: {name: Ada, url: example.org/ada}",
    TOPICS + "staff: {nam: Ada}",
]


@pytest.mark.parametrize("lines", UNMENDED)
def test_what_is_not_safe_is_not_mended(lines: str, tmp_path: Path) -> None:
    mini = date_mini(tmp_path, f"{TERM}{lines}\n")
    assert mini.found
    assert all(not each.fix for each in mini.diagnostics)
