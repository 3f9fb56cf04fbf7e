"""What is on at an instant: this week, and the rows that are today's or next."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from courseweek.model.meeting import Meeting, Schedule
from courseweek.schedule.focus import Focus, focus_on
from tests.mini import date_mini, term

COURSES = Path(__file__).parents[1] / "courses"

FALL = """
    starts: 2026-08-25
    ends: 2026-12-08
    meets: {days: [Tue, Thu], time: 9:30-10:45}
    breaks: {date: 2026-11-26, name: Thanksgiving}
"""
# A week without rows, one with a break of two days and a meeting inside it, a day with three meetings.
SPRING = """
    starts: 2027-02-01
    ends: 2027-03-03
    meets: {days: [Mon, Wed], time: 9:30-10:45, weeks: '1, 2, 4, 5'}
    breaks: {from: 2027-02-22, to: 2027-02-28, name: Recess}
"""
SPRING_TOPICS = """
    - {topic: A, times: 4}
    - {topic: Retreat, date: 2027-02-24}
    - {topic: Picnic, date: 2027-02-26}
    - {topic: B, days: 2}
    - {topic: C, same_day: yes}
    - {topic: Night, date: 2027-03-03, time: 20:00-21:00}
"""


@pytest.fixture
def fall(tmp_path: Path) -> Schedule:
    return date_mini(tmp_path, term(FALL, "- {topic: A, times: 30}")).dated


@pytest.fixture
def spring(tmp_path: Path) -> Schedule:
    mini = date_mini(tmp_path, term(SPRING, SPRING_TOPICS))
    assert mini.found == []
    return mini.dated


def reported(focus: Focus) -> str:
    """Return the focus as `STATE WEEK MARK ROWS`."""
    week = focus.week.id if focus.week is not None else "-"
    rows = " ".join(row.id if row.pause or row.id[0] != "a" else str(row.on) for row in focus.marked)
    return f"{focus.state} {week} {focus.mark or '-'} {rows}".strip()


FALL_CASES = {
    "2026-08-20T19:00:00Z": "before - Next 2026-08-25",
    "2026-08-24T06:59:59Z": "before - Next 2026-08-25",
    "2026-08-24T07:00:00Z": "on week-1 Next 2026-08-25",
    "2026-08-25T06:59:59Z": "on week-1 Next 2026-08-25",
    "2026-08-25T07:00:00Z": "on week-1 Today 2026-08-25",
    "2026-08-25T21:30:00Z": "on week-1 Today 2026-08-25",
    "2026-08-26T05:30:00Z": "on week-1 Today 2026-08-25",
    "2026-08-26T07:00:00Z": "on week-1 Next 2026-08-27",
    "2026-08-28T18:00:00Z": "on week-1 Next 2026-09-01",
    "2026-08-30T12:00:00Z": "on week-1 Next 2026-09-01",
    "2026-08-31T08:00:00Z": "on week-2 Next 2026-09-01",
    "2026-11-02T07:59:59Z": "on week-10 Next 2026-11-03",
    "2026-11-02T08:00:00Z": "on week-11 Next 2026-11-03",
    "2026-11-25T20:00:00Z": "on week-14 Next break-2026-11-26",
    "2026-11-26T20:00:00Z": "on week-14 Today break-2026-11-26",
    "2026-11-27T20:00:00Z": "on week-14 Next 2026-12-01",
    "2026-12-08T20:00:00Z": "on week-16 Today 2026-12-08",
    "2026-12-09T08:00:00Z": "last week-16 -",
    "2026-12-14T07:59:59Z": "last week-16 -",
    "2026-12-14T08:00:00Z": "over - -",
}

SPRING_CASES = {
    "2027-02-11T12:00:00-08:00": "on week-2 Next break-2027-02-22",
    "2027-02-17T12:00:00-08:00": "pause - Next break-2027-02-22",
    "2027-02-22T12:00:00-08:00": "on week-4 Today break-2027-02-22",
    "2027-02-23T12:00:00-08:00": "on week-4 Today break-2027-02-22",
    "2027-02-24T12:00:00-08:00": "on week-4 Today retreat",
    "2027-02-25T12:00:00-08:00": "on week-4 Today break-2027-02-22",
    "2027-02-27T12:00:00-08:00": "on week-4 Today break-2027-02-22",
    "2027-03-03T23:59:59-08:00": "on week-5 Today b-2 c night",
    "2027-03-04T00:00:00-08:00": "last week-5 -",
}


@pytest.mark.parametrize("now", FALL_CASES)
def test_a_term(now: str, fall: Schedule) -> None:
    assert reported(focus_on(fall, datetime.fromisoformat(now))) == FALL_CASES[now]


@pytest.mark.parametrize("now", SPRING_CASES)
def test_breaks_and_gaps(now: str, spring: Schedule) -> None:
    assert reported(focus_on(spring, datetime.fromisoformat(now))) == SPRING_CASES[now]


def test_what_follows(spring: Schedule) -> None:
    def following(now: str) -> list[str]:
        return [row.id for row in focus_on(spring, datetime.fromisoformat(now)).following]

    assert following("2027-02-22T12:00:00-08:00") == ["retreat"]
    assert following("2027-02-24T12:00:00-08:00") == ["picnic"]
    assert following("2027-02-27T12:00:00-08:00") == ["b"]
    assert following("2027-03-03T12:00:00-08:00") == []


CURRENT = {
    "2026-08-20T19:00:00Z": "a",  # the next row
    "2026-08-26T19:00:00Z": "a",  # this week's first row
    "2026-08-27T19:00:00Z": "a-2",  # today's row
    "2026-11-26T20:00:00Z": "break-2026-11-26",
    "2026-12-10T20:00:00Z": "a-30",  # this week's first row, though it is past
    "2026-12-20T20:00:00Z": None,  # the notice
}


@pytest.mark.parametrize("now", CURRENT)
def test_the_place_of_today(now: str, fall: Schedule) -> None:
    current = focus_on(fall, datetime.fromisoformat(now)).current
    assert (current.id if isinstance(current, Meeting) else None) == CURRENT[now]


FOLLOWED = {
    # The marks are the same, the week is that of the marked rows and #today stands in the first of these.
    "2026-08-20T19:00:00Z": ("before week-1 Next 2026-08-25", "a"),
    "2026-08-25T19:00:00Z": ("on week-1 Today 2026-08-25", "a"),
    "2026-08-26T19:00:00Z": ("on week-1 Next 2026-08-27", "a-2"),
    "2026-08-28T19:00:00Z": ("on week-2 Next 2026-09-01", "a-3"),
    "2026-12-10T20:00:00Z": ("last week-16 -", "a-30"),
    "2026-12-20T20:00:00Z": ("over - -", None),
}


@pytest.mark.parametrize("now", FOLLOWED)
def test_the_highlight_may_follow_the_next_meeting(now: str, fall: Schedule) -> None:
    focus = focus_on(fall, datetime.fromisoformat(now), follow_next=True)
    assert (reported(focus), focus.current.id if isinstance(focus.current, Meeting) else None) == FOLLOWED[now]


def test_a_pause_followed(spring: Schedule) -> None:
    focus = focus_on(spring, datetime.fromisoformat("2027-02-17T12:00:00-08:00"), follow_next=True)
    assert reported(focus) == "pause week-4 Next break-2027-02-22"


def test_without_rows() -> None:
    focus = focus_on(Schedule((), ()), datetime.fromisoformat("2027-02-17T12:00:00-08:00"))
    assert reported(focus) == "empty - -"
    assert focus.current is None


def test_one_instant_in_two_zones_is_one_answer(fall: Schedule) -> None:
    here = focus_on(fall, datetime.fromisoformat("2026-08-26T05:30:00+00:00"))
    there = focus_on(fall, datetime.fromisoformat("2026-08-26T11:15:00+05:45"))
    assert reported(here) == reported(there)


def test_a_day_of_the_weekend_course_begins_when_midnight_is_skipped(tmp_path: Path) -> None:
    lines = "starts: 2022-09-10\nends: 2022-09-11\nmeets: {days: [Sat, Sun]}"
    schedule = date_mini(tmp_path, term(lines, "- A\n- B", "America/Santiago")).dated
    for now, expected in (("2022-09-11T03:59:59Z", "a"), ("2022-09-11T04:00:00Z", "b")):
        focus = focus_on(schedule, datetime.fromisoformat(now))
        assert [row.id for row in focus.marked] == [expected]
        assert focus.mark == "Today"
