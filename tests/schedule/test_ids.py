"""Ids of meetings and readings: written ones first, then slugs, each once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.mini import Mini, date_mini, term

TEN = "starts: 2027-01-25\nends: 2027-04-05\nmeets: {day: Mon}"
LONG = "A comparison of " + "many different knots and " * 4 + "links"

CASES = {
    "slugs": (
        "[Big Data Systems, 'Presidents’ Day: Don''t panic!', C++ & Rust, snake_case]",
        ["big-data-systems", "presidents-day-dont-panic", "c-rust", "snake_case"],
    ),
    "other scripts": (
        "[Τοπολογία κόμβων, 紐の理論, Ångström, हिन्दी]",
        ["τοπολογία-κόμβων", "紐の理論", "ångström", "हिन्दी"],
    ),
    "taken ones": ("[Knots, Knots, KNOTS!]", ["knots", "knots-2", "knots-3"]),
    "empty ones go by their place": ("[A, '???', B, '!!!']", ["a", "meeting-2", "b", "meeting-4"]),
    "written ones come first": ("[Knots, {topic: Other, id: knots}]", ["knots-2", "knots"]),
    "written ones keep their case": ("[{topic: A, id: Big_Data-2}]", ["Big_Data-2"]),
    "several days and rows": (
        "[{topic: Flow, id: x, days: 2}, {topic: TBD, times: 3}]",
        ["x", "x-2", "tbd", "tbd-2", "tbd-3"],
    ),
    "a further day avoids what is written": (
        "[{topic: Flow, days: 2}, {topic: Other, id: flow-2}]",
        ["flow", "flow-3", "flow-2"],
    ),
    "kept ones": (
        "[Today, Week 3, Open 2027-01-25, Break 2027-02-01, Week of 2027-02-01, Weekly]",
        ["today-2", "week-3-2", "open-2027-01-25-2", "break-2027-02-01-2", "week-of-2027-02-01-2", "weekly"],
    ),
    "cut at a word": (
        f"[{LONG}, {'x' * 90}]",
        ["a-comparison-of-many-different-knots-and-many-different-knots-and-many-different", "x" * 80],
    ),
    "cut again for a number": (f"[{'x' * 90}, {'x' * 90}]", ["x" * 80, "x" * 78 + "-2"]),
}


@pytest.mark.parametrize("case", CASES)
def test_ids_of_meetings(case: str, tmp_path: Path) -> None:
    topics, expected = CASES[case]
    mini = date_mini(tmp_path, term(TEN) + f"schedule: {topics}\n")
    assert [row.id for row in mini.dated.meetings if row.written] == expected
    assert [each for each in mini.found if "open-days" not in each] == []


def test_the_longest_slug_is_not_cut(tmp_path: Path) -> None:
    title = "x" * 75 + " abcd"
    mini = date_mini(tmp_path, term(TEN, f"- {title}\n- {title}e"))
    assert [row.id for row in mini.dated.meetings][:2] == ["x" * 75 + "-abcd", "x" * 75]


WRONG = {
    "[{topic: A, id: a}, {topic: B, id: a}]": "error[duplicate-id]: the id `a` is used twice",
    "[{topic: A, id: today}]": "error[reserved-id]: the id `today` is reserved for the schedule's own rows",
    "[{topic: A, id: break-2027-02-15}]": (
        "error[reserved-id]: the id `break-2027-02-15` is reserved for the schedule's own rows"
    ),
    "[{topic: A, id: x, days: 2}, {topic: B, id: x-2}]": "error[duplicate-id]: the id `x-2` is used twice",
}


@pytest.mark.parametrize("topics", WRONG)
def test_ids_that_are_refused(topics: str, tmp_path: Path) -> None:
    mini = date_mini(tmp_path, term(TEN) + f"schedule: {topics}\n")
    assert [each for each in mini.found if "open-days" not in each] == [WRONG[topics]]


def readings(folder: Path, text: str, schedule: str = "[{topic: A, id: a, times: 11}]") -> Mini:
    return date_mini(folder, term(TEN) + f"schedule: {schedule}\n", text)


def test_ids_of_readings(tmp_path: Path) -> None:
    mini = readings(
        tmp_path,
        """
        a:
          required: [{title: Knots}, {title: Knots, id: two}, {title: '???'}]
          optional: ['See [Knots](https://example.org/k) again', {title: Links, id: knots}]
        """,
    )
    assert [(each.id, each.title) for each in mini.dated.readings] == [
        ("knots-2", "Knots"),
        ("two", "Knots"),
        ("reading-3", "???"),
        ("knots-3", "Knots"),
        ("knots", "Links"),
    ]
    assert mini.found == []


def test_an_id_of_a_reading_is_not_that_of_a_meeting_on_the_page(tmp_path: Path) -> None:
    schedule = "[Reading week, Reading list, {topic: A, id: a, times: 9}]"
    mini = readings(tmp_path, "a: [{title: Week}, {title: L, id: list}]", schedule)
    assert [each.id for each in mini.dated.readings] == ["week-2", "l"]
    assert mini.found == [
        "error[reserved-id]: the id `list` is reserved for the meeting whose id is `reading-` followed by this id"
    ]


def test_meetings_and_readings_have_ids_of_their_own(tmp_path: Path) -> None:
    mini = readings(tmp_path, "a: [{title: A}]")
    assert [each.id for each in mini.dated.readings] == ["a"]
    assert mini.found == []


def test_lists_find_their_meetings(tmp_path: Path) -> None:
    mini = readings(
        tmp_path,
        """
        b:
          optional:
            Again:
              - {reuse: paper, note: The rest., pages: 5-9}
        a-2: [{title: Paper, id: paper, note: The start., pages: 1-4}]
        """,
        "[{topic: A, id: a, days: 2}, B]",
    )
    assert [each for each in mini.found if "open-days" not in each] == []
    (group,) = mini.row("b").optional
    (assigned,) = group.assigned
    assert (group.heading, assigned.reading.id, assigned.again) == ("Again", "paper", True)
    assert (assigned.note, assigned.pages) == ("The rest.", "5-9")
    (group,) = mini.row("a-2").required
    (assigned,) = group.assigned
    assert (group.heading, assigned.again, assigned.note) == (None, False, "The start.")
    assert mini.row("a").required == ()


UNKNOWN = {
    "aa: []": ("no meeting has the id `aa`", "did you mean `a`?"),
    "zebra: []": ("no meeting has the id `zebra`", "the meetings are `a`, `big-data`"),
    "bigdata: []": ("no meeting has the id `bigdata`", "did you mean `big-data`?"),
    "big-data-systems: []": ("no meeting has the id `big-data-systems`", "write big-data (Mon, Feb 8, week 3)"),
    "storm-day: []": (
        "no meeting has the id `storm-day`; `Storm day` is a break and has no readings",
        "write the id of the meeting before or after the break",
    ),
    "break-2027-02-01: []": (
        "no meeting has the id `break-2027-02-01`; `Storm day` is a break and has no readings",
        "write the id of the meeting before or after the break",
    ),
}


@pytest.mark.parametrize("text", UNKNOWN)
def test_a_list_under_an_unknown_id(text: str, tmp_path: Path) -> None:
    syllabus = term(
        "starts: 2027-01-25\nends: 2027-02-08\nmeets: {day: Mon}\nbreaks: {date: 2027-02-01, name: Storm day}",
        "- {topic: A, id: a}\n- {topic: Big data systems, id: big-data}",
    )
    mini = date_mini(tmp_path, syllabus, text)
    assert [(each.name, each.message, each.help) for each in mini.diagnostics] == [("unknown-meeting", *UNKNOWN[text])]


def test_a_list_of_a_topic_without_a_day_is_not_reported_twice(tmp_path: Path) -> None:
    syllabus = term("starts: 2027-01-25\nends: 2027-01-25\nmeets: {day: Mon}", "- A\n- {topic: Flow, days: 2}\n- C")
    mini = date_mini(tmp_path, syllabus, "flow: [{title: X}]\nflow-2: []\nc: []\n")
    assert mini.found == ["error[too-many-topics]: no class day is left for `Flow`: the term has 1 class day"]


def test_a_reuse_of_a_reading_that_does_not_exist(tmp_path: Path) -> None:
    mini = readings(tmp_path, "a: [{title: Paper}, {reuse: papers}, {reuse: zebra}]\nb: [{reuse: x}]\n")
    reports = [(each.message, each.help) for each in mini.diagnostics if each.name == "unknown-reading"]
    assert reports == [
        ("no reading has the id `papers`", "did you mean `paper`?"),
        ("no reading has the id `zebra`", "write the id of a reading in this file"),
        ("no reading has the id `x`", "write the id of a reading in this file"),
    ]
