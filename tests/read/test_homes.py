"""A key in the wrong place: the remedy says whose it is, and the label of a link gets its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from courseweek.fixes import apply_fixes
from tests.mini import date_mini

SYLLABUS = """\
course: {title: Knots}
term: {starts: 2027-01-25, ends: 2027-02-08, timezone: America/Los_Angeles, meets: {day: Monday}}
schedule: [{topic: Knots, id: knots}, {topic: Links, id: links}, {topic: Braids, id: braids}]
"""
TOP = {
    "breaks: [{date: 2027-02-01, name: X}]": "`breaks` is a key of the term; write it under `term:`",
    "timezone: Europe/Berlin": "`timezone` is a key of the term; write it under `term:`",
    "title: Knots": "`title` is a key of the course; write it under `course:`",
    "accent: blue": "`accent` is a key of site; write it under `site:`",
    "roles: [Lead]": "`roles` is a key of presentations; write it under `presentations:`",
    "photo: a.png": "`photo` is a key of a member of the staff; write it under `staff:`",
}
TOPIC = {
    "breaks: [X]": "`breaks` is a key of the term; write it under `term:`",
    "due: week 2": "`due` is a key of an assignment; write it under `assignments:`",
    "required: [X]": "readings are in readings.yaml, under the id of the topic",
    "paper: X": "readings are in readings.yaml, under the id of the topic",
    "homework: HW1": (
        "what is handed in is under assignments: of syllabus.yaml, as in - {title: HW1, due: 2027-02-15}"
    ),
    "readings: [X]": "readings are in readings.yaml, under the id of the topic",
    "cancelled: yes": (
        "a day without class is a break: write it under term:, as breaks: {date: 2027-02-15, name: Canceled}"
    ),
}


@pytest.mark.parametrize("line", TOP)
def test_at_the_top_of_the_syllabus(line: str, tmp_path: Path) -> None:
    (found,) = date_mini(tmp_path, f"{SYLLABUS}{line}\n").diagnostics
    assert (found.name, found.help, found.fix) == ("unknown-key", TOP[line], ())


@pytest.mark.parametrize("keys", TOPIC)
def test_in_a_topic(keys: str, tmp_path: Path) -> None:
    (found,) = date_mini(tmp_path, SYLLABUS.replace("topic: Links,", f"topic: Links, {keys},")).diagnostics
    assert (found.name, found.help, found.fix) == ("unknown-key", TOPIC[keys], ())


# Lines of a reading, the remedy, and what they become.
LABELS = {
    "slides: https://example.org/s.pdf": "links: {Slides: https://example.org/s.pdf}",
    "video: https://example.org/watch?v=1": "links: {Video: https://example.org/watch?v=1}",
    "code: https://github.com/example/knots": "links: {Code: https://github.com/example/knots}",
    "links: [Slides](https://example.org/s.pdf)": "links: {Slides: https://example.org/s.pdf}",
    "links: [S](https://example.org/s), [T](https://example.org/t)": (
        "links: {S: https://example.org/s, T: https://example.org/t}"
    ),
    "links: - Video https://example.org/v": "links: {Video: https://example.org/v}",
}


@pytest.mark.parametrize("line", LABELS)
def test_the_label_of_a_link(line: str, tmp_path: Path) -> None:
    lists = f"knots:\n  - title: Knots\n    {line}\n"
    mini = date_mini(tmp_path, SYLLABUS, lists)
    (found,) = mini.diagnostics
    assert found.help == f"write {LABELS[line]}"
    after = apply_fixes(mini.diagnostics)["readings.yaml"]
    assert after == lists.replace(line, LABELS[line])
    assert date_mini(tmp_path, SYLLABUS, after).found == []


def test_links_that_are_there_get_one_more(tmp_path: Path) -> None:
    lists = "knots:\n  - title: Knots\n    links: {PDF: https://example.org/p}\n    video: https://example.org/v\n"
    (found,) = date_mini(tmp_path, SYLLABUS, lists).diagnostics
    assert (found.help, found.fix) == ("add Video: https://example.org/v to links:", ())


QUOTED = {
    '"[Slides](https://example.org/s)"': "{Slides: https://example.org/s}",
    '["[Slides](https://example.org/s)"]': "[{Slides: https://example.org/s}]",
}


@pytest.mark.parametrize("links", QUOTED)
def test_a_link_of_markdown_in_quotes(links: str, tmp_path: Path) -> None:
    lists = f"knots:\n  - title: Knots\n    links: {links}\n"
    mini = date_mini(tmp_path, SYLLABUS, lists)
    assert [each.help for each in mini.diagnostics] == ["write {Slides: https://example.org/s}"]
    assert apply_fixes(mini.diagnostics)["readings.yaml"] == lists.replace(links, QUOTED[links])
