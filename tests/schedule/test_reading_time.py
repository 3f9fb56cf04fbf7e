"""How long the readings of a week take, and the warning of weeks with more than `weekly_hours`."""

from __future__ import annotations

from pathlib import Path

import pytest

from courseweek.model.page_ranges import count_pages
from courseweek.model.workload import ReadingTime
from tests.mini import date_mini, term

TERM = "starts: 2027-01-25\nends: 2027-02-07\nmeets: {days: [Tue, Thu], time: 9:30-10:45}"
TOPICS = "- A\n- B\n- C\n- D"

PAGES = {
    "1-52": 52,
    "pp. 1–52": 52,
    "pages 10 to 12": 3,
    "5": 1,
    "p. 5": 1,
    "123-45": 23,
    "12, 15-20": 7,
    "1-3; 7 and 9": 5,
    "274b–279c": 6,
    "xi-xiv": 4,
    "xi–xiv": 4,
    "xi to xiv": 4,
    "1,001–1,010": None,
    "11023": None,
    "1023": 1,
    "p. iv": 1,
    "10452-10467": 16,
    "1-3000": 3000,
    "1-3001": None,
    "104532": None,
    "20-10": None,
    "x-20": None,
    "ch. 3": None,
    "book 6": None,
    "e0123": None,
    "": None,
}


@pytest.mark.parametrize("text", PAGES)
def test_pages_are_counted(text: str) -> None:
    assert count_pages(text) == PAGES[text]


# The readings, and of each week what is required and what is optional: minutes, readings that say it, all readings.
WEEKS = {
    "minutes": ("a: [{title: One, minutes: 30}, {title: Two, minutes: 45}]", [(75, 2, 2, 0, 0, 0), None]),
    "pages": ("a: [{title: One, pages: 1-52}]", [(130, 1, 1, 0, 0, 0), None]),
    "minutes before pages": ("a: [{title: One, pages: 1-52, minutes: 90}]", [(90, 1, 1, 0, 0, 0), None]),
    "not all say it": (
        "a: [{title: One, minutes: 30}, Two, {title: Three, pages: ch. 3}]",
        [(30, 1, 3, 0, 0, 0), None],
    ),
    "none says it": ("a: [One, {title: Two, pages: ch. 3}]", [None, None]),
    "optional apart": (
        "a: {required: [{title: One, minutes: 30}], optional: [Two, {title: Three, minutes: 20}]}",
        [(30, 1, 1, 20, 1, 2), None],
    ),
    "only optional": ("a: {optional: [{title: One, minutes: 30}]}", [(0, 0, 0, 30, 1, 1), None]),
    "two meetings of a week": (
        "a: [{title: One, minutes: 30}]\nb: [{title: Two, minutes: 40}]",
        [(70, 2, 2, 0, 0, 0), None],
    ),
    "once in a week, again in the next": (
        "a: [{title: One, id: one, minutes: 30}]\nb: [{reuse: one}]\nc: [{reuse: one}]",
        [(30, 1, 1, 0, 0, 0), (30, 1, 1, 0, 0, 0)],
    ),
    "required and optional in a week": (
        "a: {optional: [{title: One, id: one, minutes: 30}]}\nb: [{reuse: one}]",
        [(30, 1, 1, 0, 0, 0), None],
    ),
    "other pages of the same": (
        "a: [{title: One, id: one, pages: 1-10, minutes: 60}]\nb: [{reuse: one, pages: 11-20}]",
        [(85, 2, 2, 0, 0, 0), None],
    ),
    "the same pages again": (
        "a: [{title: One, id: one, pages: 1-10}]\nb: [{reuse: one, pages: 1-10}]\nc: [{reuse: one, pages: ch. 3}]",
        [(25, 1, 1, 0, 0, 0), None],
    ),
}


@pytest.mark.parametrize("case", WEEKS)
def test_a_week_takes_as_long_as_its_readings(case: str, tmp_path: Path) -> None:
    readings, expected = WEEKS[case]
    mini = date_mini(tmp_path, term(TERM, TOPICS), readings)
    assert mini.found == []
    assert [
        None if work is None else (*show(work.required), *show(work.optional))
        for work in (week.workload for week in mini.dated.weeks)
    ] == expected


def show(time: ReadingTime) -> tuple[int, int, int]:
    return time.minutes, time.counted, time.readings


ABOUT = {1: 15, 15: 15, 22: 15, 23: 30, 50: 45, 53: 60, 60: 60, 61: 60, 74: 60, 75: 90, 104: 90, 105: 120, 181: 180}


@pytest.mark.parametrize("minutes", ABOUT)
def test_times_are_rounded_to_quarters_and_above_an_hour_to_halves(minutes: int) -> None:
    assert ReadingTime(minutes, 1, 1).about == ABOUT[minutes]


# The limit and the readings, and the warnings: each with its place, its other place and its help.
FULL = {
    "as much as the limit": ("2", "a: [{title: One, minutes: 120}]", []),
    "no limit": ("", "a: [{title: One, minutes: 6000}]", []),
    "optional": ("2", "a: {optional: [{title: One, minutes: 300}]}", []),
    "one minute more": (
        "2",
        "a: [{title: One, minutes: 50}, {title: Two, minutes: 71}]",
        [
            "readings.yaml:1:54 week 1 has 2 h 1 min of required reading; the limit is 2 h",
            "`Two` takes longest, 1 h 11 min; make a reading optional, or move one to another week",
        ],
    ),
    "pages, in half an hour": (
        "1.5",
        "a:\n  - {title: One, pages: 1-40}\nc:\n  - {title: Two, minutes: 20}",
        [
            "readings.yaml:2:25 week 1 has 1 h 40 min of required reading; the limit is 1 h 30 min",
            "`One` takes longest, 1 h 40 min; make a reading optional, or move one to another week",
        ],
    ),
    "again, without pages of its own": (
        "1",
        "a: {optional: [{title: One, id: one, minutes: 90}]}\nc: [{reuse: one}]",
        [
            "readings.yaml:2:6 week 2 has 1 h 30 min of required reading; the limit is 1 h",
            "`One` takes longest, 1 h 30 min; make a reading optional, or move one to another week",
        ],
    ),
}


@pytest.mark.parametrize("case", FULL)
def test_a_week_with_more_than_the_limit_gets_a_warning(case: str, tmp_path: Path) -> None:
    hours, readings, expected = FULL[case]
    limit = f"\nweekly_hours: {hours}" if hours else ""
    mini = date_mini(tmp_path, term(TERM + limit, TOPICS), readings)
    assert [
        text
        for each in mini.diagnostics
        for text in (f"{each.span.file}:{each.span.line}:{each.span.column} {each.message}", each.help)
    ] == expected
    for each in mini.diagnostics:
        assert (each.severity, each.name) == ("warning", "full-week")
        assert each.other is not None
        assert (each.other[0].text, each.other[1]) == (hours, "the limit is here")


HOURS = {
    "9": None,
    "7.5": None,
    "80": None,
    "0": "write one such as 9",
    "-3": "write one such as 9",
    "81": "write one such as 9",
    "400": "write one such as 9",
    "much": "write one such as 9",
    "٩": "write one such as 9",
    "9 h": "write 9",
    "7,5": "write 7.5",
    "about 9 hours a week": "write 9",
}


@pytest.mark.parametrize("hours", HOURS)
def test_weekly_hours_are_a_number(hours: str, tmp_path: Path) -> None:
    mini = date_mini(tmp_path, term(f"{TERM}\nweekly_hours: {hours}", TOPICS))
    if HOURS[hours] is None:
        assert mini.found == []
        assert mini.course is not None
        assert mini.course.syllabus.term.weekly_hours == float(hours)
    else:
        assert [(each.message, each.help) for each in mini.diagnostics] == [
            (f"`{hours}` is not a number of hours from 1 to 80", HOURS[hours])
        ]
