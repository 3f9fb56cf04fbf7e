"""Deadlines that moved, late work, and other due moments for single meetings of a series."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.mini import date_mini

COURSE = """
course: Knots
term:
  starts: 2027-01-25
  ends: 2027-05-10
  timezone: America/Los_Angeles
  due_time: 18:00
  meets: {day: Monday, time: 13:00-16:00, kind: Lecture}
  breaks: [{from: 2027-03-22, to: 2027-03-26, name: Recess}]
schedule:
  - {topic: Intro, id: intro}
  - {topic: Ropes, id: ropes}
  - {topic: Open, id: open, times: 13}
assignments:
  - {title: Other, id: other, due: 2027-02-01 12:00}
"""

# What is written, and `was` and `accepted_until` of the deadline.
ONCE = {
    "due: 2027-02-22": (None, None),
    "due: 2027-02-22, was: 2027-02-20": ("2027-02-20T18:00:00-08:00", None),
    "due: 2027-02-22 9:00, was: 2027-02-20": ("2027-02-20T09:00:00-08:00", None),
    "due: 2027-02-22 9:00, was: 2027-02-22 8:00": ("2027-02-22T08:00:00-08:00", None),
    "due: 2027-03-15 9:00, was: week 7": ("2027-03-08T09:00:00-08:00", None),
    "due: 2027-02-22, was: 1 week after other": ("2027-02-08T12:00:00-08:00", None),
    "due: TBD, was: 2027-02-20": ("2027-02-20T18:00:00-08:00", None),
    "was: 2027-02-20": ("2027-02-20T18:00:00-08:00", None),
    "due: 2027-02-22, accepted_until: 2027-02-24": (None, "2027-02-24T18:00:00-08:00"),
    "due: 2027-02-22 9:00, accepted_until: 2 days after it": (None, "2027-02-24T09:00:00-08:00"),
    "due: 2027-02-22, accepted_until: 24 hours after it": (None, "2027-02-23T18:00:00-08:00"),
    "due: 2027-02-22, accepted_until: end of week 5": (None, "2027-02-28T23:59:00-08:00"),
    "due: 2027-02-22, accepted_until: start of Recess": (None, "2027-03-22T00:00:00-07:00"),
    "due: 2027-02-22, accepted_until: 2027-03-24": (None, "2027-03-24T18:00:00-07:00"),
    "due: 2027-02-22, accepted_until: 2027-02-22": (None, "2027-02-22T18:00:00-08:00"),
    "due: 2027-02-22, accepted_until: TBD": (None, None),
}


@pytest.mark.parametrize("written", ONCE)
@pytest.mark.parametrize("form", ["{{title: A, id: it, {}}}", "{{title: B, milestones: [{{title: A, {}}}]}}"])
def test_what_is_due_once(form: str, written: str, tmp_path: Path) -> None:
    text = form.format(written if "it, " in form else written.replace("after it", "after b-a"))
    mini = date_mini(tmp_path, f"{COURSE}  - {text}\n")
    assert mini.found == []
    deadline = next(each for each in mini.dated.deadlines if each.title == "A")
    found = (deadline.was, deadline.accepted_until)
    assert tuple(each.isoformat() if each else None for each in found) == ONCE[written]


# What is written, and `at` and `accepted_until` of the deadlines of the first two meetings.
SERIES = {
    "due: start": [("2027-01-25T13:00", None), ("2027-02-01T13:00", None)],
    "due: start, accepted_until: 2 days after": [
        ("2027-01-25T13:00", "2027-01-27T18:00"),
        ("2027-02-01T13:00", "2027-02-03T18:00"),
    ],
    "due: start, instead: {ropes: 2027-02-20}": [("2027-01-25T13:00", None), ("2027-02-20T18:00", None)],
    "due: start, instead: {ropes: 1 day after}": [("2027-01-25T13:00", None), ("2027-02-02T18:00", None)],
    "due: start, instead: {ropes: 2 days after other}": [("2027-01-25T13:00", None), ("2027-02-03T12:00", None)],
    "due: start, instead: {ropes: TBD, intro: end}": [("2027-01-25T16:00", None), (None, None)],
    "due: start, instead: {ropes: }": [("2027-01-25T13:00", None), (None, None)],
    "instead: {ropes: start}": [(None, None), ("2027-02-01T13:00", None)],
    # Late work has as many days as at other meetings, or until the same date.
    "due: start, accepted_until: 2 days after, instead: {ropes: 2027-02-20}": [
        ("2027-01-25T13:00", "2027-01-27T18:00"),
        ("2027-02-20T18:00", "2027-02-22T18:00"),
    ],
    "due: start, accepted_until: 2 days after, instead: {ropes: TBD}": [
        ("2027-01-25T13:00", "2027-01-27T18:00"),
        (None, None),
    ],
    "due: start, accepted_until: 2027-05-10, instead: {ropes: 2027-02-20}": [
        ("2027-01-25T13:00", "2027-05-10T18:00"),
        ("2027-02-20T18:00", "2027-05-10T18:00"),
    ],
}


@pytest.mark.parametrize("written", SERIES)
def test_a_series(written: str, tmp_path: Path) -> None:
    mini = date_mini(tmp_path, f"{COURSE}  - {{title: A, each: [intro, ropes], {written}}}\n")
    assert mini.found == []
    by_meeting = {each.meeting: each for each in mini.dated.deadlines}
    found = [(by_meeting[id].at, by_meeting[id].accepted_until) for id in ("intro", "ropes")]
    assert [tuple(f"{each:%Y-%m-%dT%H:%M}" if each else None for each in both) for both in found] == SERIES[written]


def test_a_relative_deadline_in_a_break_is_a_warning_as_a_written_one_is(tmp_path: Path) -> None:
    series = "{title: B, each: ropes, due: start, instead: {ropes: 7 weeks after}}"
    moments = ("2027-03-22", "7 weeks after other", "8 weeks after intro")
    lines = "".join(f"  - {{title: {moment}, due: {moment}}}\n" for moment in moments)
    mini = date_mini(tmp_path, f"{COURSE}{lines}  - {series}\n")
    assert mini.found == [
        "warning[due-in-break]: 2027-03-22 is in the break `Recess`",
        "warning[due-in-break]: `7 weeks after other` is 2027-03-22, in the break `Recess`",
        "warning[due-in-break]: `8 weeks after intro` is 2027-03-22, in the break `Recess`",
        "warning[due-in-break]: `7 weeks after` for `ropes` is 2027-03-22, in the break `Recess`",
    ]


def test_of_many_wrong_ids_some_are_reported(tmp_path: Path) -> None:
    wrong = ", ".join(f"nothing-{number}: 2027-02-20" for number in range(1_000))
    mini = date_mini(tmp_path, f"{COURSE}  - {{title: A, each: ropes, due: start, instead: {{{wrong}}}}}\n")
    assert mini.found[0] == (
        "error[too-many]: 1,000 of these are not the ids of meetings of this series; the first 20 are shown"
    )
    assert len(mini.found) == 21
