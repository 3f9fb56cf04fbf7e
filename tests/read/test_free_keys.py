"""Mappings whose keys the author chooses drop nothing, and each remedy makes of the file what was meant."""

from __future__ import annotations

from pathlib import Path
from textwrap import indent

import pytest

from tests.mini import Mini, date_mini
from tests.test_remedies import fix

TERM = """\
course: Knots
term: {starts: 2027-01-25, ends: 2027-02-08, timezone: America/Los_Angeles, meets: {day: Monday}}
"""
TOPICS = "schedule: [{topic: A, id: a}, {topic: B, id: b}, {topic: C, id: c}]\n"


def reported(mini: Mini) -> list[str]:
    return [f"{each.name} {each.span.line}:{each.span.column}" for each in mini.diagnostics]


def topic(lines: str) -> str:
    return f"{TERM}schedule:\n  - topic: A\n    id: a\n{indent(lines, '    ')}\n  - {{topic: B, times: 2}}\n"


# What is written at a topic, what is told of it, and what it becomes.
AT_A_TOPIC = {
    "presenters: {Lead: Ada Lovelace, Grace Hopper, Scribe: Alan Turing}": (
        "comma 6:36",
        "presenters: {Lead: [Ada Lovelace, Grace Hopper], Scribe: Alan Turing}",
    ),
    "presenters: {Ada Lovelace, Grace Hopper}": ("wrong-shape 6:18", "presenters: [Ada Lovelace, Grace Hopper]"),
    "presenters: {Lead: [Ada, Bo], Cy}": ("comma 6:33", "presenters: {Lead: [Ada, Bo, Cy]}"),
    "presenters: {Lead: Ada, 'Bo'}": ("comma 6:27", "presenters: {Lead: [Ada, Bo]}"),
    "presenters: {Lead: Ada, Bo, Cy, Scribe: }": ("comma 6:27", "presenters: {Lead: [Ada, Bo, Cy], Scribe: }"),
    "presenters: {Lead: {Ada, Grace}}": ("wrong-shape 6:24", "presenters: {Lead: [Ada, Grace]}"),
    "presenters: {Lead: Zoë, Émile Durkheim}": ("comma 6:27", "presenters: {Lead: [Zoë, Émile Durkheim]}"),
    "presenters: {Lead:Ada}": ("missing-space 6:22", "presenters: {Lead: Ada}"),
    "presenters: {Lead:Ada Lovelace, Scribe:Alan}": (
        "missing-space 6:22",
        "presenters: {Lead: Ada Lovelace, Scribe: Alan}",
    ),
    "presenters: {Lead:Ada, Grace, Scribe: Alan}": (
        "missing-space 6:22",
        "presenters: {Lead: [Ada, Grace], Scribe: Alan}",
    ),
    "presenters: Lead:Ada": ("missing-space 6:21", "presenters: {Lead: Ada}"),
    "presenters: Lead:Ada, Scribe:Bo": ("missing-space 6:21", "presenters: {Lead: Ada, Scribe: Bo}"),
    "presenters: Lead: Ada": ("unquoted-colon 6:21", "presenters: {Lead: Ada}"),
    "presenters: Lead: Ada, Bo, Scribe: Cy": ("unquoted-colon 6:21", "presenters: {Lead: [Ada, Bo], Scribe: Cy}"),
    "presenters: 'Lead: Ada'": ("wrong-shape 6:22", "presenters: {Lead: Ada}"),
    "presenters:\n  Lead:Ada\n  Scribe:Alan": ("missing-space 7:11", "presenters:\n  {Lead: Ada, Scribe: Alan}"),
    "presenters:\n  Lead: Ada\n  Scribe:Alan": ("missing-space 8:13", "presenters:\n  Lead: Ada\n  Scribe: Alan"),
    "presenters:\n  Lead:Ada\n  Scribe: Alan": ("missing-space 7:11", "presenters:\n  Lead: Ada\n  Scribe: Alan"),
    "presenters:\n  - Lead: Ada": ("wrong-shape 7:9", "presenters:\n  {Lead: Ada}"),
    "presenters:\n  - Lead: Ada\n  - Lead: Bo\n  - Scribe: Cy": (
        "wrong-shape 7:9",
        "presenters:\n  {Lead: [Ada, Bo], Scribe: Cy}",
    ),
    "presenters:\n  - Lead:Ada\n  - Scribe:Cy": ("missing-space 7:13", "presenters:\n  {Lead: Ada, Scribe: Cy}"),
    "presenters: [Lead: Ada, Grace]": ("wrong-shape 6:18", "presenters: {Lead: [Ada, Grace]}"),
    "presenters: [Lead:Ada]": ("missing-space 6:22", "presenters: {Lead: Ada}"),
    "materials: {Slides:https://example.org/a.pdf}": (
        "missing-space 6:23",
        "materials: {Slides: https://example.org/a.pdf}",
    ),
    "materials: {Slides: https://example.org/a, Video:https://example.org/b}": (
        "missing-space 6:53",
        "materials: {Slides: https://example.org/a, Video: https://example.org/b}",
    ),
    "materials: Slides:https://example.org/a": ("missing-space 6:22", "materials: {Slides: https://example.org/a}"),
    "materials: Slides: https://example.org/a": ("unquoted-colon 6:22", "materials: {Slides: https://example.org/a}"),
    "materials:\n  Slides:https://example.org/a": (
        "missing-space 7:13",
        "materials:\n  Slides: https://example.org/a",
    ),
    "materials:\n  Slides:https://example.org/a\n  Video:https://example.org/b": (
        "missing-space 7:13",
        "materials:\n  Slides: https://example.org/a\n  Video: https://example.org/b",
    ),
    "materials:\n  - Slides:https://example.org/a\n  - Video:https://example.org/b": (
        "missing-space 7:15, missing-space 8:14",
        "materials:\n  - Slides: https://example.org/a\n  - Video: https://example.org/b",
    ),
    "materials: [Slides:https://example.org/a]": ("missing-space 6:23", "materials: [Slides: https://example.org/a]"),
    "materials: {Slides https://example.org/a}": ("missing-colon 6:17", "materials: {Slides: https://example.org/a}"),
    "materials: [Slides https://example.org/a]": ("wrong-shape 6:17", "materials: [{Slides: https://example.org/a}]"),
    "materials: {Slides: https://example.org/a, https://example.org/b}": (
        "comma 6:46",
        "materials: {Slides: [https://example.org/a, https://example.org/b]}",
    ),
    "materials: {Slides: https://example.org/a,b.pdf}": (
        "comma 6:46",
        'materials: {Slides: "https://example.org/a,b.pdf"}',
    ),
    "materials: {label:Slides, url:https://example.org/a}": (
        "missing-space 6:22, missing-space 6:34",
        "materials: {label: Slides, url: https://example.org/a}",
    ),
    "materials: {Slides: {url:https://example.org/a}}": (
        "missing-space 6:29",
        "materials: {Slides: {url: https://example.org/a}}",
    ),
    "guests: {name:Ada}": ("missing-space 6:18", "guests: {name: Ada}"),
    "guests: name:Ada": ("missing-space 6:17", "guests: {name: Ada}"),
}


@pytest.mark.parametrize("lines", AT_A_TOPIC)
def test_what_is_mistyped_at_a_topic_is_reported_once_and_fixed(lines: str, tmp_path: Path) -> None:
    expected, fixed = AT_A_TOPIC[lines]
    before = topic(lines)
    mini = date_mini(tmp_path, before)
    assert ", ".join(reported(mini)) == expected
    assert fix(before, "syllabus.yaml", mini.diagnostics) == topic(fixed)
    assert date_mini(tmp_path, topic(fixed)).found == []


# What only a person can decide: it is told, and no edit is offered.
UNSURE = {
    "presenters: {Ada, Lead: Bo}": "wrong-shape 6:18",
    "presenters: {Lead: Ada Lovelace, Scribe}": "comma 6:36",
    "presenters: {Lead: Ada Lovelace, Grace Hopper}  # both of them": "",
    "materials: {https://example.org/a}": "wrong-shape 6:17",
    "materials: [https://example.org/a]": "wrong-shape 6:17",
}


@pytest.mark.parametrize("lines", UNSURE)
def test_what_is_not_sure_has_no_edit(lines: str, tmp_path: Path) -> None:
    mini = date_mini(tmp_path, topic(lines))
    if UNSURE[lines]:
        assert reported(mini) == [UNSURE[lines]]
        assert [each.fix for each in mini.diagnostics] == [()]
        assert all(each.help for each in mini.diagnostics)
    else:
        assert reported(mini) == ["comma 6:36"]


# What is meant as it is written.
RIGHT = (
    "presenters: {Lead: [Ada, Bo], Scribe: }",
    "presenters:\n  Lead: Ada\n  Scribe:",
    "presenters: [Ada, Bo]",
    "presenters: Ada Lovelace",
    "materials: {Slides: https://example.org/a, Recording, Notes: }",
    "materials:\n  Slides:\n  Notes:",
    "materials: {Recording 16:9}",
    "materials: {'Slides:1': https://example.org/a}",
    "materials: {Slides (part 1, part 2): https://example.org/a}",
)


@pytest.mark.parametrize("lines", RIGHT)
def test_a_place_that_is_open_and_what_is_to_come_are_no_mistake(lines: str, tmp_path: Path) -> None:
    assert date_mini(tmp_path, topic(lines)).found == []


def test_a_role_without_a_colon_is_not_a_name(tmp_path: Path) -> None:
    rules = "presentations: {roles: [Lead, Scribe]}\n"
    mini = date_mini(tmp_path, topic("presenters: {Lead: Ada, scribe}") + rules)
    assert mini.found == ["error[empty]: `scribe` has no name"]
    assert date_mini(tmp_path, topic("presenters: {Lead: Ada, scribe: }") + rules).found == []


# What is written in the list of a meeting, what is told, and what it becomes.
READINGS = {
    "  - title:X": ("missing-space 2:10", "  - title: X"),
    "  - title:X\n    url:https://example.org/x": (
        "missing-space 2:10",
        "  - title: X\n    url: https://example.org/x",
    ),
    "  - title:X\n      url:https://example.org/x": (
        "missing-space 2:10",
        "  - title: X\n    url: https://example.org/x",
    ),
    "  - title:[Re] X\n    authors:Ada\n    url:https://example.org/x": (
        "missing-space 2:10",
        '  - title: "[Re] X"\n    authors: Ada\n    url: https://example.org/x',
    ),
    "  - title: X\n    url:https://example.org/x": (
        "missing-space 3:8",
        "  - title: X\n    url: https://example.org/x",
    ),
    "  - title:X\n    url: https://example.org/x": (
        "missing-space 2:10",
        "  - title: X\n    url: https://example.org/x",
    ),
    "  - title: X\n      url:https://example.org/x": (
        "missing-space 3:10",
        "  - title: X\n    url: https://example.org/x",
    ),
    "  - title: X\n    note: more\n      and more\n      url:https://example.org/x": (
        "missing-space 5:10",
        "  - title: X\n    note: more\n      and more\n    url: https://example.org/x",
    ),
    "  - title:X, url:https://example.org/x": (
        "missing-space 2:10",
        "  - {title: X, url: https://example.org/x}",
    ),
    "  - {title:X}": ("missing-space 2:11", "  - {title: X}"),
    "  - {title: X, url:https://example.org/x}": (
        "missing-space 2:19",
        "  - {title: X, url: https://example.org/x}",
    ),
    "  - {title: X, links: {PDF:https://example.org/x, Code: https://example.org/y}}": (
        "missing-space 2:27",
        "  - {title: X, links: {PDF: https://example.org/x, Code: https://example.org/y}}",
    ),
    "  - {title: X, links: PDF:https://example.org/x}": (
        "missing-space 2:26",
        "  - {title: X, links: {PDF: https://example.org/x}}",
    ),
    "  optional: {X, Y}": ("wrong-shape 2:13", "  optional: [X, Y]"),
    "  optional: {Background:X}": ("missing-space 2:24", "  optional: {Background: X}"),
}


@pytest.mark.parametrize("lines", READINGS)
def test_a_reading_without_spaces_is_reported_and_fixed(lines: str, tmp_path: Path) -> None:
    expected, fixed = READINGS[lines]
    before = f"a:\n{lines}\n"
    mini = date_mini(tmp_path, TERM + TOPICS, before)
    assert ", ".join(reported(mini)) == expected
    after = fix(before, "readings.yaml", mini.diagnostics)
    assert after == f"a:\n{fixed}\n"
    assert date_mini(tmp_path, TERM + TOPICS, after).found == []


PLAIN_READINGS = ("note:worthy", "Code::Blocks", "doi:nothing", "X at 10:30", "std::vector", "A note:taking app")


@pytest.mark.parametrize("line", PLAIN_READINGS)
def test_a_word_with_a_colon_is_a_text(line: str, tmp_path: Path) -> None:
    assert date_mini(tmp_path, TERM + TOPICS, f"a:\n  - {line}\n").found == []


SYLLABUS = {
    "grading: {Homework:40%, Project: 60%}": ("missing-space 4:19", "grading: {Homework: 40%, Project: 60%}"),
    "grading: {Homework: 40%, Project:60%}": ("missing-space 4:33", "grading: {Homework: 40%, Project: 60%}"),
    "grading: Homework:100%": ("missing-space 4:18", "grading: {Homework: 100%}"),
    "grading: Homework: 100%": ("unquoted-colon 4:18", "grading: {Homework: 100%}"),
    "grading:\n  Homework:40%\n  Project:60%": ("missing-space 5:11", "grading:\n  Homework: 40%\n  Project: 60%"),
    "grading: {A: 40%, B: {any_of: [x:60%, y]}}": (
        "missing-space 4:33",
        "grading: {A: 40%, B: {any_of: {x: 60%, y}}}",
    ),
    "grading: {A: 40%, B: {any_of: {x:60%, y}}}": (
        "missing-space 4:33",
        "grading: {A: 40%, B: {any_of: {x: 60%, y}}}",
    ),
    "grading: {A: 40%, B: {parts: [x:50%, y:50%]}}": (
        "missing-space 4:32",
        "grading: {A: 40%, B: {parts: {x: 50%, y: 50%}}}",
    ),
    "staff: name:Ada": ("missing-space 4:12", "staff: {name: Ada}"),
    "staff:\n  - name:Ada\n    role:TA": ("missing-space 5:9", "staff:\n  - name: Ada\n    role: TA"),
    "staff: [name:Ada, Bo]": ("missing-space 4:13", "staff: [name: Ada, Bo]"),
    "assignments:\n  - title:HW\n    due:2027-02-01": (
        "missing-space 5:10",
        "assignments:\n  - title: HW\n    due: 2027-02-01",
    ),
}


@pytest.mark.parametrize("lines", SYLLABUS)
def test_a_syllabus_without_spaces_is_reported_and_fixed(lines: str, tmp_path: Path) -> None:
    expected, fixed = SYLLABUS[lines]
    before = f"{TERM}{TOPICS}{lines}\n"
    mini = date_mini(tmp_path, before)
    assert ", ".join(reported(mini)) == expected
    after = fix(before, "syllabus.yaml", mini.diagnostics)
    assert after == f"{TERM}{TOPICS}{fixed}\n"
    assert date_mini(tmp_path, after).found == []


def test_alternatives_without_a_weight_stay(tmp_path: Path) -> None:
    assert date_mini(tmp_path, f"{TERM}{TOPICS}grading: {{A: 40%, B: {{any_of: {{x, y}}}}}}\n").found == []


def test_topics_without_spaces_are_reported(tmp_path: Path) -> None:
    before = f"{TERM}schedule:\n  - topic:A\n  - topic:B\n    date:2027-02-01\n  - C\n"
    mini = date_mini(tmp_path, before)
    assert reported(mini) == ["missing-space 4:10", "missing-space 5:10"]
    assert date_mini(tmp_path, fix(before, "syllabus.yaml", mini.diagnostics)).found == []
