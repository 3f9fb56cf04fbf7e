"""Two meetings at once: which are warned about, and which were meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.mini import date_mini, term

PATTERN = "starts: 2027-01-25\nends: 2027-02-08\nmeets: {day: Monday, time: 13:00-16:00}"

WARNED = {
    "two dates on one class day": (
        "- {topic: A, date: 2027-01-25}\n- {topic: B, date: 2027-01-25}\n- C\n- D",
        "`B` and `A` both take the only class on 2027-01-25",
    ),
    "an extra meeting in the time of a class": (
        "- {topic: A, date: 2027-01-25}\n- {topic: B, date: 2027-01-25, time: 15:00-17:00}\n- C\n- D",
        "`B` and `A` are at the same time on 2027-01-25",
    ),
    "two extra meetings": (
        "- {topic: A, date: 2027-01-26, time: 9:00-10:00}\n- {topic: B, date: 2027-01-26, time: 9:30-11:00}\n"
        "- C\n- D\n- E",
        "`B` and `A` are at the same time on 2027-01-26",
    ),
}
MEANT = {
    "one class shared": "- {topic: A, date: 2027-01-25}\n- {topic: B, same_day: yes}\n- C\n- D",
    "one class shared with times of their own": "- {topic: A, time: 13:00-14:30}\n"
    "- {topic: B, same_day: yes, time: 14:30-16:00}\n- C\n- D",
    "one after the other": "- {topic: A, date: 2027-01-26, time: 9:00-10:00}\n"
    "- {topic: B, date: 2027-01-26, time: 10:00-11:00}\n- C\n- D\n- E",
    "an extra meeting before class": "- A\n- {topic: B, date: 2027-01-25, time: 10:00-11:00}\n- C\n- D",
    "two days without times": "- {topic: A, date: 2027-01-26}\n- {topic: B, date: 2027-01-26}\n- C\n- D\n- E",
}


@pytest.mark.parametrize("case", WARNED)
def test_two_at_once_are_warned_about(case: str, tmp_path: Path) -> None:
    schedule, message = WARNED[case]
    assert date_mini(tmp_path, term(PATTERN, schedule)).found == [f"warning[same-time]: {message}"]


@pytest.mark.parametrize("case", MEANT)
def test_what_was_meant_is_not(case: str, tmp_path: Path) -> None:
    assert date_mini(tmp_path, term(PATTERN, MEANT[case])).found == []


ENTRIES = {
    "{day: Mon, time: 14:00-15:00}": True,
    "{day: Mon, time: 16:00-17:00}": False,
    "{day: Tue, time: 14:00-15:00}": False,
    "{day: Mon, time: 14:00-15:00, kind: Lab}": False,
    "{day: Mon, time: 14:00-15:00, weeks: 2-3}": True,
}


@pytest.mark.parametrize("entry", ENTRIES)
def test_two_entries_of_the_pattern(entry: str, tmp_path: Path) -> None:
    lines = f"starts: 2027-01-25\nends: 2027-02-08\nmeets: [{{day: Mon, time: 13:00-16:00}}, {entry}]"
    found = [each for each in date_mini(tmp_path, term(lines)).found if "same-time" in each]
    message = "warning[same-time]: two entries of the weekly pattern have the same kind and overlap"
    assert found == ([message] if ENTRIES[entry] else [])


# How deadlines of an assignment stand to each other, and what is told.
ORDERS = {
    "out: 2027-02-01, due: 2027-02-01": [],
    "out: 2027-02-02, due: 2027-02-01": [
        "error[due-before-out]: `X` is due (2027-02-01 23:59) before it comes out (2027-02-02 00:00)"
    ],
    "out: 2027-02-02, due: TBD": [],
    "out: 2027-02-02, milestones: [{title: Y, due: 2027-02-01}, {title: Z, due: 2027-02-03}]": [
        "error[due-before-out]: `Y` is due (2027-02-01 23:59) before it comes out (2027-02-02 00:00)"
    ],
    "due: 2027-02-01, milestones: [{title: Y, due: 2027-02-05}]": [],
    "milestones: [{title: Y, due: 2027-02-05}, {title: Z, due: 2027-02-05}]": [],
    "milestones: [{title: Y, due: 2027-02-05}, {title: T, due: TBD}, {title: Z, due: 2027-02-04}]": [
        "warning[milestone-order]: `Z` is due (2027-02-04 23:59) before `Y` (2027-02-05 23:59)"
    ],
    "each: meeting, out: 3 days before, due: start": [],
    "each: meeting, out: end, due: start": [
        "error[due-before-out]: `X` is due (2027-01-25 13:00) before it comes out (2027-01-25 16:00)"
    ],
}


@pytest.mark.parametrize("moments", ORDERS)
def test_the_order_of_deadlines(moments: str, tmp_path: Path) -> None:
    syllabus = term(PATTERN, "- A\n- B\n- C") + f"assignments: [{{title: X, {moments}}}]\n"
    assert date_mini(tmp_path, syllabus).found == ORDERS[moments]
