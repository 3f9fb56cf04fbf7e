"""The office hours of today, or of the next day of the term that has any."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path

import pytest

from courseweek.model.people import WeeklyHour
from courseweek.model.term import TimeRange
from courseweek.schedule.coming_hours import find_coming_hours
from tests.mini import date_mini, term

LINES = """
    starts: 2027-03-01
    ends: 2027-04-01
    meets: {days: [Tue, Thu], time: 9:30-10:45, kind: Lecture}
    breaks:
      - {from: 2027-03-13, to: 2027-03-21, name: Recess}
      - {date: 2027-03-25, name: No lecture, kind: Lecture}
"""


def hour(day: int, begins: str | None = None, ends: str = "") -> WeeklyHour:
    span = TimeRange(time.fromisoformat(begins), time.fromisoformat(ends)) if begins else None
    return WeeklyHour(day, span, None, ("Ada",), None)


TUESDAY = (hour(1, "13:00", "15:00"), hour(1, "16:00", "18:00"))
THURSDAY = hour(3)
# The time in Los Angeles, the day that is shown, and how many of its hours are over.
CASES = {
    "2027-01-10T12:00": ("2027-03-02", 0),
    "2027-03-02T12:59": ("2027-03-02", 0),
    "2027-03-02T15:00": ("2027-03-02", 1),
    "2027-03-02T18:00": ("2027-03-04", 0),
    # One without a time lasts all day.
    "2027-03-04T23:59": ("2027-03-04", 0),
    "2027-03-05T00:00": ("2027-03-09", 0),
    # In a break of the whole course there are none, in one of a kind there are.
    "2027-03-12T12:00": ("2027-03-23", 0),
    "2027-03-24T12:00": ("2027-03-25", 0),
    "2027-04-01T12:00": ("2027-04-01", 0),
    "2027-04-02T12:00": None,
}


@pytest.mark.parametrize("now", CASES)
def test_the_next_day_with_office_hours(now: str, tmp_path: Path) -> None:
    course = date_mini(tmp_path, term(LINES, "- {topic: A, times: rest}")).course
    assert course is not None
    offset = "-08:00" if now < "2027-03-14" else "-07:00"
    found = find_coming_hours((*TUESDAY, THURSDAY), course.syllabus.term, datetime.fromisoformat(now + offset))
    expected = CASES[now]
    if expected is None:
        assert found is None
    else:
        assert found is not None
        assert (found.on, found.over) == (date.fromisoformat(expected[0]), TUESDAY[: expected[1]])


def test_a_course_without_office_hours(tmp_path: Path) -> None:
    course = date_mini(tmp_path, term(LINES, "- {topic: A, times: rest}")).course
    assert course is not None
    assert find_coming_hours((), course.syllabus.term, datetime.fromisoformat("2027-03-02T12:00-08:00")) is None
