"""Weeks that begin on another day, or are counted from 0: dates, ids, moments, and sessions of groups."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from courseweek.schedule.calendar import make_calendar
from tests.mini import date_mini, lines, term

TUE_SUN = "starts: 2027-01-26\nends: 2027-02-14\nmeets: {days: [Tue, Sun], time: 9:30-10:45}"

CASES = {
    "weeks from Monday on": (
        TUE_SUN,
        """
        1 Tue 2027-01-26 A
        1 Sun 2027-01-31 A
        2 Tue 2027-02-02 A
        2 Sun 2027-02-07 A
        3 Tue 2027-02-09 A
        3 Sun 2027-02-14 A
        """,
    ),
    "weeks from Sunday on": (
        f"{TUE_SUN}\nweek_starts: Sunday",
        """
        1 Tue 2027-01-26 A
        2 Sun 2027-01-31 A
        2 Tue 2027-02-02 A
        3 Sun 2027-02-07 A
        3 Tue 2027-02-09 A
        4 Sun 2027-02-14 A
        """,
    ),
    "weeks from Saturday on, counted from 0": (
        f"{TUE_SUN}\nweek_starts: sat.\nfirst_week: 0",
        """
        0 Tue 2027-01-26 A
        1 Sun 2027-01-31 A
        1 Tue 2027-02-02 A
        2 Sun 2027-02-07 A
        2 Tue 2027-02-09 A
        3 Sun 2027-02-14 A
        """,
    ),
    "a week that is not counted": (
        f"{TUE_SUN}\nweek_starts: Sunday\nfirst_week: 0\n"
        "breaks: {from: 2027-01-31, to: 2027-02-06, name: Recess, numbered: no}",
        """
        0 Tue 2027-01-26 A
        - Sun 2027-01-31..02 [Recess]
        1 Sun 2027-02-07 A
        1 Tue 2027-02-09 A
        2 Sun 2027-02-14 A
        """,
    ),
    "only some weeks": (
        "starts: 2027-01-26\nends: 2027-02-14\nweek_starts: Sunday\nfirst_week: 0\n"
        "meets: [{day: Tue, weeks: 0-1}, {day: Sun, weeks: even}]",
        """
        0 Tue 2027-01-26 A
        1 Tue 2027-02-02 A
        2 Sun 2027-02-07 A
        """,
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_weeks(case: str, tmp_path: Path) -> None:
    of_term, rows = CASES[case]
    mini = date_mini(tmp_path, term(of_term, f"- {{topic: A, times: {sum('[' not in row for row in lines(rows))}}}"))
    assert mini.found == []
    assert mini.rows() == [row.strip() for row in lines(rows)]


MOMENTS = {
    # moment: with weeks from Sunday on, counted from 0; as always
    "week 1": ("2027-02-02 23:59", "2027-01-31 23:59"),
    "start of week 1": ("2027-01-31 00:00", "2027-01-25 00:00"),
    "end of week 1": ("2027-02-06 23:59", "2027-01-31 23:59"),
    "week 1 Sunday": ("2027-01-31 23:59", "2027-01-31 23:59"),
    "week 1 Friday at 9:00": ("2027-02-05 09:00", "2027-01-29 09:00"),
}


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("other", [True, False])
def test_moments_of_weeks(moment: str, other: bool, tmp_path: Path) -> None:
    of_term = f"{TUE_SUN}\nweek_starts: Sunday\nfirst_week: 0" if other else TUE_SUN
    work = f"assignments: [{{title: Essay, due: {moment}}}]"
    mini = date_mini(tmp_path, term(of_term, "- {topic: A, times: 6}") + work)
    assert [f"{each.at:%Y-%m-%d %H:%M}" for each in mini.dated.deadlines] == [MOMENTS[moment][0 if other else 1]]


def test_the_first_week_can_be_a_moment(tmp_path: Path) -> None:
    work = "assignments: [{title: Essay, due: week 0}, {title: Draft, due: end of week 0}]"
    mini = date_mini(tmp_path, term(f"{TUE_SUN}\nfirst_week: 0", "- {topic: A, times: 6}") + work)
    assert [f"{each.at:%m-%d}" for each in mini.dated.deadlines] == ["01-31", "01-31"]


def test_ids_of_weeks(tmp_path: Path) -> None:
    topics = "- {topic: A, times: 6}\n- {topic: Before, date: 2027-01-20}"
    mini = date_mini(tmp_path, term(f"{TUE_SUN}\nweek_starts: Sunday\nfirst_week: 0", topics))
    weeks = [(week.id, week.number, week.first_day) for week in mini.dated.weeks]
    assert weeks[:3] == [
        ("week-of-2027-01-17", None, date(2027, 1, 17)),
        ("week-0", 0, date(2027, 1, 24)),
        ("week-1", 1, date(2027, 1, 31)),
    ]


def test_a_session_of_groups_has_a_day_of_each_in_such_a_week(tmp_path: Path) -> None:
    groups = "groups: [{name: A, day: Sun}, {name: B, day: Thu}]"
    for starts, sessions in {
        "Monday": ["A 01-31 B 01-28", "A 02-07 B 02-04"],
        "Sunday": ["B 01-28", "A 01-31 B 02-04", "A 02-07"],
    }.items():
        of_term = f"starts: 2027-01-26\nends: 2027-02-07\nweek_starts: {starts}\nmeets: {{{groups}}}"
        mini = date_mini(tmp_path, term(of_term, f"- {{topic: A, times: {len(sessions)}}}"))
        shown = [" ".join(f"{each.name} {each.on:%m-%d}" for each in row.groups) for row in mini.dated.meetings]
        assert (starts, mini.found, shown) == (starts, [], sessions)


def test_a_group_that_meets_twice_begins_with_the_first_day_of_its_week(tmp_path: Path) -> None:
    groups = "groups: [{name: A, days: [Sun, Tue]}, {name: B, days: [Mon, Wed]}]"
    of_term = f"starts: 2027-01-31\nends: 2027-02-06\nweek_starts: Sunday\nmeets: {{{groups}}}"
    mini = date_mini(tmp_path, term(of_term, "- One\n- Two"))
    shown = [" ".join(f"{each.name} {each.on:%a}" for each in row.groups) for row in mini.dated.meetings]
    assert shown == ["A Sun B Mon", "A Tue B Wed"]


LAST = {
    "the term ends in a week that has a number": ("2027-02-14", "", 3),
    "weeks from Sunday on": ("2027-02-14", "week_starts: Sunday", 4),
    "a longer term": ("2027-03-01", "", 6),
    "the last week is not counted": (
        "2027-02-14",
        "breaks: {from: 2027-02-08, to: 2027-02-14, name: X, numbered: no}",
        2,
    ),
}


@pytest.mark.parametrize("case", LAST)
def test_the_last_week_is_that_of_the_last_day(case: str, tmp_path: Path) -> None:
    ends, more, last = LAST[case]
    of_term = f"starts: 2027-01-26\nends: {ends}\nmeets: {{days: [Tue, Sun], weeks: 1-2}}\n{more}"
    mini = date_mini(tmp_path, term(of_term, "- A\n- {topic: Late, date: 2027-03-01}"))
    assert mini.dated.last_week == last


def test_the_first_day_of_a_week_leads_to_its_number_and_back(tmp_path: Path) -> None:
    breaks = "breaks: {from: 2027-02-07, to: 2027-02-13, name: X, numbered: no}"
    mini = date_mini(
        tmp_path, term(f"{TUE_SUN}\nweek_starts: Sunday\nfirst_week: 0\n{breaks}", "- {topic: A, times: 5}")
    )
    assert mini.course is not None
    weeks = make_calendar(mini.course.syllabus.term, ()).weeks
    for number in range(6):
        assert weeks.number(weeks.first_day(number)) == number
    assert [weeks.number(date(2027, 2, day)) for day in (6, 7, 13, 14)] == [1, None, None, 2]
    assert weeks.last(date(2027, 1, 23)) is None
