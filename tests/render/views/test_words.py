"""Dates, times and counts in words."""

from __future__ import annotations

from datetime import date, time

import pytest

from courseweek.diagnostics import Source
from courseweek.language.locale import EN
from courseweek.model.origin import Origin
from courseweek.model.term import Pattern, TimeRange, WeekFilter
from courseweek.render.views import words

NOWHERE = Origin(Source("syllabus.yaml", "").whole())


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("2027-01-25", "2027-01-25", "Mon 25 Jan"),
        ("2027-03-22", "2027-03-24", "Mon 22 – Wed 24 Mar"),
        ("2027-03-29", "2027-04-02", "Mon 29 Mar – Fri 2 Apr"),
        ("2026-12-28", "2027-01-01", "Mon 28 Dec – Fri 1 Jan"),
    ],
)
def test_day_range(first: str, last: str, expected: str) -> None:
    assert EN.day_range(date.fromisoformat(first), date.fromisoformat(last)) == expected


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("2027-01-25", "2027-05-10", "25 Jan – 10 May 2027"),
        ("2026-12-14", "2027-01-18", "14 Dec 2026 – 18 Jan 2027"),
    ],
)
def test_long_range(first: str, last: str, expected: str) -> None:
    assert EN.long_range(date.fromisoformat(first), date.fromisoformat(last)) == expected


def test_dated_day() -> None:
    assert EN.dated_day(date(2026, 11, 20)) == "Fri 20 Nov 2026"


def test_hours() -> None:
    assert words.hours(TimeRange(time(9, 30), time(10, 5)), EN) == "9:30–10:05"
    assert words.hours(TimeRange(time(0, 0), time(13, 0)), EN) == "0:00–13:00"


@pytest.mark.parametrize(
    ("days", "hours", "weeks", "expected"),
    [
        ((0,), None, None, "Mondays"),
        ((1, 3), TimeRange(time(9, 30), time(10, 45)), None, "Tuesdays and Thursdays, 9:30–10:45"),
        ((0, 2, 4), None, WeekFilter(parity=1), "Mondays, Wednesdays and Fridays, odd weeks"),
        ((5, 6), None, WeekFilter(parity=0), "Saturdays and Sundays, even weeks"),
        ((0, 1, 2, 3, 4), None, None, "Mondays to Fridays"),
        ((0, 1, 2, 4), None, None, "Mondays, Tuesdays, Wednesdays and Fridays"),
        ((4,), None, WeekFilter(numbers=frozenset({3})), "Fridays, week 3"),
        ((4,), None, WeekFilter(numbers=frozenset({8, 2, 3, 4, 1, 10})), "Fridays, weeks 1–4, 8, 10"),
    ],
)
def test_pattern_days(days: tuple[int, ...], hours: TimeRange | None, weeks: WeekFilter | None, expected: str) -> None:
    assert words.pattern_days(Pattern(days, hours, None, None, False, weeks, NOWHERE), EN) == expected


@pytest.mark.parametrize(
    ("several", "expected"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_join_words(several: list[str], expected: str) -> None:
    assert EN.join_list(several) == expected


@pytest.mark.parametrize(
    ("place", "held"),
    [
        ("Siebel 1404", "Siebel_1404"),
        ("Foundry Hall 120", "Foundry_Hall_120"),
        ("Main Library", "Main_Library"),
        ("Thomas M. Siebel Center for Computer Science 1404", "Thomas M. Siebel Center for Computer Science_1404"),
    ],
)
def test_a_short_place_is_on_one_line(place: str, held: str) -> None:
    assert words.hold_place(place).replace("\N{NO-BREAK SPACE}", "_") == held
