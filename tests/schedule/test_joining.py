"""Joined classes: topics with the day of any meeting by its id, and topics that fill the days left over."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.mini import Mini, date_mini, term

# Lectures on Monday and Wednesday, labs on Wednesday: six and three class days.
KINDS = """
starts: 2027-01-25
ends: 2027-02-10
meets:
  - {days: [Mon, Wed], time: 9:00-10:00, place: Hall, kind: Lecture, numbered: yes}
  - {day: Wed, time: 14:00-16:00, place: Room 4, kind: Lab}
"""
GROUPS = """
starts: 2027-01-25
ends: 2027-02-10
meets:
  - {days: [Mon, Wed], time: 9:00-10:00, kind: Lecture}
  - {kind: Lab, time: 14:00-16:00, groups: [{name: A, day: Wed, place: L1}, {name: B, day: Thu, place: L2}]}
"""
TWICE = "starts: 2027-01-25\nends: 2027-02-08\nmeets: [{day: Mon, time: 9:00-10:00}, {day: Mon, time: 14:00-15:00}]"
LABS = "Lab: [L1, L2, L3]"
REST = "{topic: TBD, times: rest}"


def show_joined(mini: Mini) -> list[str]:
    """Return each row that shares a day: its id, day, times, place, whether it is extra, and whose day it shares."""
    return [
        f"{row.id} {row.on:%b %d} {f'{row.time.start:%H:%M}-{row.time.end:%H:%M}' if row.time else '-'} "
        f"{row.place or '-'}{' extra' if row.extra else ''} = {row.same_day}"
        for row in mini.dated.meetings
        if row.same_day
    ]


JOINED = {
    "a free class of its own kind": (
        KINDS,
        f"Lecture: [A, {{topic: X, same_day: l2}}, B, C, D, E]\n{LABS}",
        ["x Feb 03 09:00-10:00 Hall = l2"],
    ),
    "one before the topics in front of it": (
        KINDS,
        f"Lecture: [A, B, C, D, E, {{topic: X, same_day: l1}}]\n{LABS}",
        ["x Jan 27 09:00-10:00 Hall = l1"],
    ),
    "none on that day": (
        KINDS,
        "Lecture: [A, B, C, D, E, F]\nLab: [L1, {topic: X, same_day: c}, L2, L3]",
        ["x Feb 01 09:00-10:00 Hall extra = c"],
    ),
    "none at its own time": (
        KINDS,
        f"Lecture: [A, B, {{topic: X, same_day: l2, time: 13:00-14:00, place: Roof}}, C, D, E, F]\n{LABS}",
        ["x Feb 03 13:00-14:00 Roof extra = l2"],
    ),
    "a dated meeting": (
        KINDS,
        "Lecture: [A, B, {topic: X, date: Feb 3}, C, D, E]\nLab: [L1, {topic: Y, same_day: x}, L2]",
        ["y Feb 03 14:00-16:00 Room 4 = x"],
    ),
    "a dated meeting that comes later": (
        KINDS,
        "Lab: [L1, {topic: Y, same_day: talk}, L2, L3]\nLecture: [A, B, C, D, E, F, "
        "{topic: Talk, date: Feb 5, time: 12:00-13:00, place: Attic}]",
        ["y Feb 05 12:00-13:00 Attic extra = talk"],
    ),
    "the class of a topic of its kind": (
        KINDS,
        f"Lecture: [A, {{topic: X, same_day: c}}, B, C, D, E, F]\n{LABS}",
        ["x Feb 01 09:00-10:00 Hall = c"],
    ),
    "the other class of that day": (
        TWICE,
        "- A\n- {topic: X, same_day: a}\n- B\n- C\n- D\n- E",
        ["x Jan 25 14:00-15:00 - = a"],
    ),
    "the first of several days": (
        KINDS,
        "Lecture: [A, B, {topic: C, days: 2}, D, E]\nLab: [L1, L2, {topic: X, same_day: c}, L3]",
        ["x Feb 01 09:00-10:00 Hall extra = c"],
    ),
    "the second of several days": (
        KINDS,
        "Lecture: [A, B, {topic: C, days: 2}, D, E]\nLab: [L1, {topic: X, same_day: c-2}, L2]",
        ["x Feb 03 14:00-16:00 Room 4 = c-2"],
    ),
    "the first of a dated topic over several days": (
        KINDS,
        "Lecture: [A, B, {topic: C, date: Feb 3, days: 2}, D, E]\nLab: [L1, {topic: X, same_day: c}, L2]",
        ["x Feb 03 14:00-16:00 Room 4 = c"],
    ),
    "one of several rows": (
        KINDS,
        "Lecture: [{topic: A, times: 6}]\nLab: [L1, {topic: X, same_day: a-4}, L2]",
        ["x Feb 03 14:00-16:00 Room 4 = a-4"],
    ),
    "one of the rows that are left": (
        KINDS,
        f"Lecture: [{REST}, A]\nLab: [L1, {{topic: X, same_day: tbd-4}}, L2]",
        ["x Feb 03 14:00-16:00 Room 4 = tbd-4"],
    ),
    "the second topic of a title": (
        KINDS,
        "Lecture: [A, B, C, B, D, E]\nLab: [L1, {topic: X, same_day: b-2}, L2]",
        ["x Feb 03 14:00-16:00 Room 4 = b-2"],
    ),
    "a chain, from its end": (
        KINDS,
        "Lecture: [{topic: Z, same_day: x}, {topic: X, same_day: l2}, A, B, C, D, E]\nLab: [L1, L2, L3]",
        ["z Feb 03 09:00-10:00 Hall = x", "x Feb 03 09:00-10:00 Hall = l2"],
    ),
    "a chain by way of the topic before": (
        KINDS,
        "Lecture: [A, B, C, D, E, F]\nLab: [L1, L2, {topic: X, same_day: yes}, L3, {topic: Z, same_day: x}]",
        ["x Feb 03 14:00-16:00 Room 4 = l2", "z Feb 03 14:00-16:00 Room 4 = x"],
    ),
    "kinds that wait for each other": (
        KINDS,
        "Lecture: [A, B, C, D, {topic: X, same_day: l1}, E]\nLab: [L1, {topic: Y, same_day: e}, L2]",
        ["x Jan 27 09:00-10:00 Hall = l1", "y Feb 10 14:00-16:00 Room 4 = e"],
    ),
    "a session of groups": (
        GROUPS,
        f"Lecture: [A, B, C, D, E, {{topic: X, same_day: l2, place: Hall}}]\n{LABS}",
        ["x Feb 03 09:00-10:00 Hall = l2"],
    ),
    "groups on the day of a class": (
        GROUPS,
        "Lecture: [A, B, C, D, E, F]\nLab: [L1, {topic: X, same_day: d}, L2]",
        ["x Feb 03 - - = d"],
    ),
    "a session by its kind": (
        GROUPS,
        "Lecture: [A, B, C, D, E, F]\nLab: [L1, {topic: X, same_day: l2}, L2, L3]",
        ["x Feb 03 - - = l2"],
    ),
}


@pytest.mark.parametrize("case", JOINED)
def test_a_topic_has_the_day_of_another(case: str, tmp_path: Path) -> None:
    lines, schedule, expected = JOINED[case]
    mini = date_mini(tmp_path, term(lines, schedule))
    assert show_joined(mini) == expected
    assert mini.found == []


def test_joined_classes_are_not_at_one_time(tmp_path: Path) -> None:
    talk = "{topic: T, date: Feb 3, time: 15:00-17:00}"
    schedule = f"Lecture: [A, B, {{topic: X, same_day: l2, time: 14:00-15:30}}, C, D, E, F, {talk}]\n{LABS}"
    assert date_mini(tmp_path, term(KINDS, schedule)).found == [
        "warning[same-time]: `T` and `X` are at the same time on 2027-02-03",
        "warning[same-time]: `L2` and `T` are at the same time on 2027-02-03",
    ]


def test_a_shared_class_has_one_number_and_a_class_of_its_own_the_next(tmp_path: Path) -> None:
    schedule = f"Lecture: [A, {{topic: X, same_day: a}}, B, C, {{topic: Y, same_day: l2}}, D, E]\n{LABS}"
    numbers = [(row.id, row.number) for row in date_mini(tmp_path, term(KINDS, schedule)).dated.meetings if row.number]
    assert numbers == [("a", 1), ("x", 1), ("b", 2), ("c", 3), ("y", 4), ("d", 5), ("e", 6)]


def test_lecturers_and_presenters_are_those_of_each_topic(tmp_path: Path) -> None:
    one = "{topic: A, lecturer: [Ada, Bo], presenters: [Cy]}"
    other = "{topic: X, same_day: a, lecturer: Di, presenters: [Ed]}"
    schedule = f"Lecture: [{one}, B, C, D, E, F]\nLab: [{other}, L2, L3, L4]"
    mini = date_mini(tmp_path, term(KINDS, schedule))
    found = {row.id: row.written.lecturers for row in mini.dated.meetings if row.written and row.written.lecturers}
    assert found == {"a": ("Ada", "Bo"), "x": ("Di",)}
    assert [(row.id, [each.name for each in row.presenters]) for row in mini.dated.meetings if row.presenters] == [
        ("a", ["Cy"]),
        ("x", ["Ed"]),
    ]


REPORTS = {
    "Lecture: [A, {topic: X, same_day: nope}]": "there is no meeting with the id `nope`; "
    "write the id of a meeting; course.json lists them",
    "Lecture: [Big data systems, {topic: X, same_day: big-data-sistems}]": "there is no meeting with the id "
    "`big-data-sistems`; did you mean `big-data-systems`?",
    "Lecture: [A, {topic: X, same_day: Big data}]\nLab: [Big data]": "there is no meeting with the id `Big data`; "
    "write big-data (Wed, Jan 27, week 1)",
    "Lab: [L1, {topic: X, same_day: week 1}]": "there is no meeting with the id `week 1`; "
    "write l1 (Wed, Jan 27, week 1)",
    "Lab: [L1, {topic: X, same_day: 2027-01-27}]": "there is no meeting with the id `2027-01-27`; "
    "write l1 (Wed, Jan 27, week 1)",
    "Lab: [L1, {topic: X, same_day: x}]": "`X` can't share its own day; write the id of another meeting",
    "Lab: [{topic: P, same_day: q}, {topic: Q, same_day: r}, {topic: R, same_day: p}]": (
        "circular same_day: p → q → r → p; give one of them a date"
    ),
    "Lab: [L1, {topic: P, same_day: q}, {topic: Q, same_day: yes}]": (
        "circular same_day: p → q → p; give one of them a date"
    ),
    "Lab: [L1, {topic: N, id: open-lab, date: TBD}, {topic: X, same_day: open-lab}]": (
        "`X` shares the day of `N`, whose date is to be decided; "
        "write date: TBD in place of same_day, or the id of another meeting"
    ),
    "Lab: [L1, {topic: X, same_day: hw}]": "`hw` is an assignment, not a meeting; "
    "write the id of a meeting, or date: and the day",
    "Lab: [L1, {topic: X, same_day: fair}]": "`fair` is an event, not a meeting; "
    "write the id of a meeting, or date: and the day",
    "Lab: [L1, {topic: X, same_day: Snow day}]": "`Snow day` is a break, not a meeting; "
    "write the id of a meeting, or date: and the day",
    "Lab: [L1, {topic: X, same_day: snow-day}]": "`snow-day` is a break, not a meeting; "
    "write the id of a meeting, or date: and the day",
    "Lab: [L1, {topic: X, same_day: l1, date: 2027-01-27}]": "a topic that shares a day has no date of its own; "
    "delete `same_day` or `date`",
    "Lab: [L1, {topic: X, same_day: l1, days: 2}]": "a topic that shares a day can't run over several; "
    "delete `same_day` or `days`",
    "Lab: [L1, {topic: X, same_day: l1, times: rest}]": "a topic that shares a day can't make several rows; "
    "delete `same_day` or `times`",
    "Lab: [L1, {topic: X, same_day: [l1]}]": "this must be yes, no or the id of a meeting, not a list; "
    "write l1, without brackets or `-`",
    "Lab: [L1, {topic: X, same_day: no, date: 2027-01-27}]": None,
    "Lab: [L1, {topic: X, times: rest, days: 2}]": "a topic has either `days` or `times`; delete `times` or `days`",
    "Lab: [L1, {topic: X, times: rest, date: 2027-01-27}]": "a topic with a date can't make several rows; "
    "delete `times` or `date`",
    "Lab: [L1, {topic: X, times: 2, date: 2027-01-27, until: 2027-01-28}]": (
        "a topic with a date can't make several rows; delete `times`"
    ),
    "Lab: [L1, {topic: X, date: [TBD]}]": "this must be a date such as 2027-02-15, or TBD, not a list; "
    "write TBD, without brackets or `-`",
    "Lab: [L1, Midterm exam: yes]": "a topic has no key `Midterm exam`; "
    "write topic: Midterm exam, and exam: yes below it",
    "Lab: [L1, {topic: X, times: all}]": "`all` is not a number from 1 to 60 or rest; write rest",
    "Lab: [L1, {topic: X, times: many}]": "`many` is not a number from 1 to 60; write a number such as 2",
    "Lab: [{topic: X, times: rest}, L1, {topic: Y, times: rest}]": (
        "only one topic of the kind Lab can have `times: rest`; write a number in one of the two, or delete one"
    ),
    "Lab: [{topic: X, times: rest}, L1, L2, L3, {topic: Y, same_day: x}]": (
        "`Y` shares the day of `X`, but no class day is left for times: rest; "
        "write date: and its day in place of same_day"
    ),
    "Lab: [{topic: X, times: rest}, L1, {topic: Y, same_day: x-9}]": "there is no meeting with the id `x-9`; "
    "did you mean `x-2`?",
}
MORE = """
assignments: [{title: Sheet, id: hw, due: 2027-02-01}]
events: [{name: Fair, date: 2027-02-01}]
"""


@pytest.mark.parametrize("schedule", REPORTS)
def test_what_can_not_be_joined(schedule: str, tmp_path: Path) -> None:
    lines = f"{KINDS}breaks: [{{date: 2027-02-09, name: Snow day}}]"
    mini = date_mini(tmp_path, term(lines, schedule) + MORE)
    found = [f"{each.message}; {each.help}" for each in mini.diagnostics if each.severity == "error"]
    assert found == ([] if REPORTS[schedule] is None else [REPORTS[schedule]])


# What `times: rest` makes of the days left, on six class days.
RESTS = {
    f"[A, {REST}]": "A TBD TBD TBD TBD TBD",
    f"[{REST}, A, B]": "TBD TBD TBD TBD A B",
    f"[A, {REST}, {{topic: B, days: 2}}, {{topic: C, times: 2}}]": "A TBD B B C C",
    f"[A, B, C, {REST}, D, E, F]": "A B C D E F",
    f"[A, {REST}, {{topic: X, date: Feb 3}}, Last]": "A TBD TBD X TBD Last",
    f"[A, {REST}, {{topic: X, same_day: yes}}, Last]": "A TBD TBD TBD TBD X Last",
    f"[A, {REST}, {{topic: X, date: TBD}}]": "A TBD TBD TBD TBD TBD",
    f"[A, {REST}, {{topic: X, same_day: a}}]": "A X TBD TBD TBD TBD TBD",
}


@pytest.mark.parametrize("topics", RESTS)
def test_the_days_left_are_filled(topics: str, tmp_path: Path) -> None:
    lines = "starts: 2027-01-25\nends: 2027-02-10\nmeets: {days: [Mon, Wed], time: 9:00-10:00}"
    mini = date_mini(tmp_path, term(lines).rstrip() + f"\nschedule: {topics}\n")
    assert " ".join(row.topic for row in mini.dated.meetings) == RESTS[topics]
    assert mini.found == []


def test_each_kind_has_days_left(tmp_path: Path) -> None:
    mini = date_mini(tmp_path, term(KINDS, f"Lecture: [A, {REST}]\nLab: [{REST}, Demo]"))
    assert [row.id for row in mini.dated.meetings if row.kind == "Lab"] == ["tbd-6", "tbd-7", "demo"]
    assert mini.found == []


def test_groups_have_days_left(tmp_path: Path) -> None:
    mini = date_mini(
        tmp_path, term(GROUPS, f"Lecture: [{REST}]\nLab: [A, {{topic: Open lab, id: open-lab, times: rest}}]")
    )
    assert [(row.id, len(row.groups)) for row in mini.dated.meetings if row.groups] == [
        ("a", 2),
        ("open-lab", 2),
        ("open-lab-2", 1),
    ]
    assert mini.found == []


def test_days_left_are_too_few(tmp_path: Path) -> None:
    found = date_mini(tmp_path, term(KINDS, f"Lab: [A, {REST}, B, C, D]")).found
    assert found == ["error[too-many-topics]: no class day is left for `D`: the term has 3 class days of kind Lab"]


def test_a_meeting_without_a_time_is_after_the_others_of_its_day(tmp_path: Path) -> None:
    meets = "[{day: Mon, kind: Talk}, {day: Mon, time: 9:00-10:00, kind: Lab}]"
    lines = f"starts: 2027-01-25\nends: 2027-01-27\nmeets: {meets}"
    schedule = "Talk: [A]\nLab: [B, {topic: C, date: Jan 25, time: 20:00-21:00}]"
    assert [row.topic for row in date_mini(tmp_path, term(lines, schedule)).dated.meetings] == ["B", "C", "A"]
