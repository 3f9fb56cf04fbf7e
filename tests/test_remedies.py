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


def fix(text: str, name: str, found: Diagnostics) -> str:
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
    "{title: X, url: 'https ://example.org/x'}": "{title: X, url: 'https://example.org/x'}",
    "{title: X, url: https:// example.org/x}": "{title: X, url: https://example.org/x}",
    "{title: X, url: 'view-source:https://example.org/x'}": "{title: X, url: 'https://example.org/x'}",
    "{title: X, url: chrome-extension://efaid/https://example.org/x.pdf}": "{title: X, url: https://example.org/x.pdf}",
    "{title: X, url: 'arXiv:2205.14136'}": "{title: X, url: 'https://arxiv.org/abs/2205.14136'}",
    "{title: X, url: 2205.14137}": "{title: X, url: https://arxiv.org/abs/2205.14137}",
    "{title: X, url: arxiv 2205.14137v2}": "{title: X, url: https://arxiv.org/abs/2205.14137v2}",
    "{title: X, url: 'arXiv:2205.14137v2 [cs.LG]'}": "{title: X, url: 'https://arxiv.org/abs/2205.14137v2'}",
    "{title: X, arxiv: 'arXiv:2205.14137v2 [cs.LG]'}": "{title: X, arxiv: '2205.14137v2'}",
    "{title: X, arxiv: 2205.14141 (cs)}": "{title: X, arxiv: 2205.14141}",
    "{title: X, arxiv: abs/2205.14141}": "{title: X, arxiv: 2205.14141}",
    "{title: X, arxiv: arxiv.org/abs/2205.14141}": "{title: X, arxiv: 2205.14141}",
    "{title: X, arxiv: https://ar5iv.labs.arxiv.org/html/2205.14141}": "{title: X, arxiv: 2205.14141}",
    "{title: X, arxiv: https://huggingface.co/papers/2205.14141}": "{title: X, arxiv: 2205.14141}",
    "{title: X, arxiv: 10.48550/arXiv.2205.14135}": "{title: X, arxiv: 2205.14135}",
    "{title: X, arxiv: https://doi.org/10.48550/arXiv.2205.14135}": "{title: X, arxiv: 2205.14135}",
    "{title: X, arxiv: math.GT/0309136 (math)}": "{title: X, arxiv: math.GT/0309136}",
    "{title: X, doi: DOI 10.1145/3458817.3476209}": "{title: X, doi: 10.1145/3458817.3476209}",
    "{title: X, doi: dx.doi.org/10.1145/3458817.3476209}": "{title: X, doi: 10.1145/3458817.3476209}",
    "{title: X, doi: https://dl.acm.org/doi/10.1145/3458817.3476209}": "{title: X, doi: 10.1145/3458817.3476209}",
    "{title: X, doi: https://dl.acm.org/doi/pdf/10.1145/3458817.3476209}": "{title: X, doi: 10.1145/3458817.3476209}",
    "{title: X, year: (2022)}": "{title: X, year: 2022}",
    "{title: X, year: 2022.}": "{title: X, year: 2022}",
    "X: https://example.org/x": '"[X](https://example.org/x)"',
    "<li><a href='https://example.org/x'>X</a></li>": "title: X\n    url: https://example.org/x",
    "title: X\n    year: {2022}": "title: X\n    year: 2022",
}


@pytest.mark.parametrize("reading", READINGS)
def test_a_reading_is_fixed(reading: str, tmp_path: Path) -> None:
    before = f"a:\n  - {reading}\n"
    after = fix(before, "readings.yaml", date_mini(tmp_path, TERM + TOPICS, before).diagnostics)
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
    "schedule:\n  2027-01-25: A\n  Feb 1: 'B: 1'\n  Mon, Feb 8: C": (
        'schedule:\n  - {date: 2027-01-25, topic: A}\n  - {date: Feb 1, topic: "B: 1"}\n'
        '  - {date: "Mon, Feb 8", topic: C}'
    ),
}


@pytest.mark.parametrize("lines", SYLLABUS)
def test_a_syllabus_is_fixed(lines: str, tmp_path: Path) -> None:
    before = f"{TERM}{lines}\n"
    after = fix(before, "syllabus.yaml", date_mini(tmp_path, before).diagnostics)
    assert after == f"{TERM}{SYLLABUS[lines]}\n"
    assert date_mini(tmp_path, after).found == []


# Here more than one thing can be meant, or the mended text would be no plain one.
UNFIXED = [
    "schedule: [{topic: A, time: 10:00-9:00}, B, C]",
    "schedule: [{topic: A, date: Tue 25 Jan}, B, C]",
    "schedule: [{topic: A, id: my a}, B, C]",
    TOPICS + "assignments: {title: X, due: day after b}",
    TOPICS + "staff: {name: Ada, url: example.org/ada}",
    TOPICS + "staff: {nam: Ada}",
]


@pytest.mark.parametrize("lines", UNFIXED)
def test_what_is_not_safe_is_not_fixed(lines: str, tmp_path: Path) -> None:
    mini = date_mini(tmp_path, f"{TERM}{lines}\n")
    assert mini.found
    assert all(not each.fix for each in mini.diagnostics)


# What is written, and the help where no edit is safe.
HELPS = {
    "url: paper.pdf": "add the file, or fix the path; leave it empty while there is no file yet",
    "url: /a/b.pptx": "write the path as it is inside `assets/`",
    "url: TBD": "delete the line, and write it when there is an address",
    "url: https://example.org/a https://example.org/b": (
        "write https://example.org/a, and the others under links: as in {Slides: https://…}"
    ),
    "doi: 10.1145/3458817.3476209, 2021": "write 10.1145/3458817.3476209",
    "doi: knots": "write one such as 10.1145/2723372.2742797",
    "doi: [10.1145/1, 10.1145/2]": "write one of them, such as 10.1145/1",
    "arxiv: 2205.14141 or 2205.14142": "write one such as 2005.14165",
    "arxiv: '2205,14141'": "write 2205.14141",
    "year: 22": "write 2022",
    "year: '98'": "write 1998",
    "year: May 2022": "write 2022",
    "year: 2021-2022": "write four digits, such as 2021",
    "kind: {paper}": "write paper, without braces",
    "links: [www.example.org/v]": (
        "write {Slides: https://www.example.org/v}, with the words of the link before the colon"
    ),
    "links: {www.example.org/v}": (
        "write Slides: https://www.example.org/v, with the words of the link before the colon"
    ),
    "links: [noon]": "write {Slides: https://…}, with the words of the link before the colon",
    "year: [2022]": "write 2022, without brackets or `-`",
    "year: [2021, 2022]": "write one of them, such as 2021",
    "venue: [CIDR, SIGMOD]": 'write "CIDR, SIGMOD", without brackets or `-`',
    "note: [Sections 1, 2]": 'write "Sections 1, 2", without brackets or `-`',
    "authors: [{family: Dao, given: Tri}]": "write one text, without keys",
}


@pytest.mark.parametrize("line", HELPS)
def test_what_help_is_given(line: str, tmp_path: Path) -> None:
    mini = date_mini(tmp_path, TERM + TOPICS, f"a:\n  - title: X\n    {line}\n")
    assert [(each.help, each.fix) for each in mini.diagnostics] == [(HELPS[line], ())]


SYLLABUS_HELPS = {
    "term: Spring 2027": "its keys are `name`, `starts`, `ends` …; "
    "write {name: Spring 2027, starts: …, ends: …, timezone: …}",
    f"{TERM}schedule:\n  week 1: A\n  week 2: B": "begin each line with `- ` in place of its number, as in - A",
    f"{TERM}{TOPICS}assignments: {{title: X, due: day after a at 5 pm}}": "write 1 day after a at 5 pm",
    f"{TERM}{TOPICS}assignments: {{title: X, due: [week 1, week 2]}}": "write one of them, such as week 1",
    f"{TERM}{TOPICS}assignments: {{title: X, id: hw3, due: 1 day after hw4}}": (
        "write the id of a meeting or assignment, or the name of a break"
    ),
    f"{TERM}{TOPICS}grading: Exam": "write the parts with their weights, such as {Homework: 40%, Project: 60%}",
}


@pytest.mark.parametrize("lines", SYLLABUS_HELPS)
def test_what_help_is_given_in_a_syllabus(lines: str, tmp_path: Path) -> None:
    text = lines if lines.startswith("course:") else f"course: Knots\n{lines}"
    assert [each.help for each in date_mini(tmp_path, f"{text}\n").diagnostics] == [SYLLABUS_HELPS[lines]]


def test_what_the_term_lacks_has_no_other_courses_values(tmp_path: Path) -> None:
    mini = date_mini(tmp_path, "course: Knots\nterm: {meets: {day: Monday}}\n")
    assert [each.help for each in mini.diagnostics] == [
        "write starts: and the first day on which the weekly pattern can fall, such as 2027-01-25",
        "write ends: and the last day on which the weekly pattern can fall, such as 2027-05-07",
        "write timezone: and the course's time zone, such as America/Los_Angeles",
    ]


# Two meetings at one time, and how they could share a class without moving what comes after it.
OVERLAPS = {
    "schedule: [A, {topic: B, date: 2027-02-01}, {topic: C, date: 2027-02-01}]": "write same_day: b in place of date:",
    "schedule: {A: [{topic: A, date: Feb 1, time: 9:00-10:00}], B: [{topic: B, date: Feb 1, time: 9:00-10:00}]}": (
        "write same_day: a in place of date:"
    ),
    "schedule: [{topic: B, date: 2027-02-01}, A, {topic: C, date: 2027-02-01}]": "write same_day: b in place of date:",
    "schedule: [{topic: B, date: Feb 2, time: 9:00-10:00}, {topic: C, date: Feb 2, time: 9:00-9:30, until: Feb 3}]": (
        "write same_day: c in place of the date of `B`"
    ),
    "schedule: [{topic: B, date: Feb 2, time: 9:00-10:00, until: Feb 4}, "
    "{topic: C, date: Feb 2, time: 9:00-10:00, until: Feb 4}, D]": None,
    "schedule: [{topic: Y, date: 2027-02-01}, {topic: N, date: 2027-02-01}]": None,
}


@pytest.mark.parametrize("lines", OVERLAPS)
def test_a_day_is_shared_only_where_nothing_moves(lines: str, tmp_path: Path) -> None:
    remedy = OVERLAPS[lines]
    apart = "give one of the two another day or time"
    reported = [each.help for each in date_mini(tmp_path, f"{TERM}{lines}\n").diagnostics if each.name == "same-time"]
    assert reported == [apart if remedy is None else f"if they share a class, {remedy}; otherwise {apart}"]
