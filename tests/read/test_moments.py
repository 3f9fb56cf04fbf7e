"""Dates, times, days of the week, weeks and zones: what is read, and what is refused in which words."""

from __future__ import annotations

from datetime import date, time
from zoneinfo import ZoneInfo

import pytest

from courseweek.model.term import WeekFilter
from courseweek.read.moments import (
    Misread,
    Window,
    read_day,
    read_instant,
    read_time,
    read_time_range,
    read_weekday,
    read_weeks,
)
from courseweek.read.zones import read_zone, zone_names

SPRING = Window(date(2027, 1, 25), date(2027, 5, 10))
WINTER = Window(date(2026, 12, 1), date(2027, 2, 20))
LONG = Window(date(2026, 9, 1), date(2027, 10, 1))


def refusal(misread: pytest.ExceptionInfo[Misread]) -> tuple[str, str, str | None]:
    return misread.value.name, misread.value.message, misread.value.help


DAYS = [
    "2027-02-15", "15 Feb 2027", "15 February 2027", "15 feb. 2027", "15th February 2027", "Feb 15, 2027",
    "February 15 2027", "Feb 15th, 2027", "Mon 15 Feb 2027", "Monday, 15 February 2027", "Mon. Feb 15, 2027",
    "Monday 2027-02-15", "  15   Feb\t2027 ", "15 Feb", "Feb 15", "Mon 15 Feb", "Monday, Feb. 15", "1" + "5 Feb",
]  # fmt: skip


@pytest.mark.parametrize("text", DAYS)
def test_days(text: str) -> None:
    assert read_day(text, SPRING) == date(2027, 2, 15)


YEARS = [
    ("Jan 11", SPRING, date(2027, 1, 11)),
    ("14 Jun", SPRING, date(2027, 6, 14)),
    ("Dec 1", WINTER, date(2026, 12, 1)),
    ("20 Jan", WINTER, date(2027, 1, 20)),
    ("1 Dec", SPRING, date(2026, 12, 1)),  # outside, and the nearest
    ("Wed Sep 16", LONG, date(2026, 9, 16)),
    ("29 Feb", Window(date(2028, 1, 10), date(2028, 5, 1)), date(2028, 2, 29)),
]


@pytest.mark.parametrize(("text", "window", "expected"), YEARS)
def test_the_term_gives_the_year(text: str, window: Window, expected: date) -> None:
    assert read_day(text, window) == expected


ISO_HELP = "write a date such as 2027-02-15 or 15 Feb 2027"
REFUSED_DAYS = {
    "": ("bad-date", "`` is not a date", ISO_HELP),
    "soon": ("bad-date", "`soon` is not a date", ISO_HELP),
    "20270215": ("bad-date", "`20270215` is not a date", ISO_HELP),
    "2027-02-15T10:00": ("bad-date", "`2027-02-15T10:00` is not a date", ISO_HELP),
    "2027-02-30": ("bad-date", "there is no 30 February 2027", "February 2027 has 28 days"),
    "2027-13-01": ("bad-date", "there is no month 13", "write year-month-day, such as 2027-02-15"),
    "2027-00-01": ("bad-date", "there is no month 0", "write year-month-day, such as 2027-02-15"),
    "0000-01-01": ("bad-date", "the year 0 is out of range", "years go from 1950 to 2199"),
    "31 Apr": ("bad-date", "there is no 31 April", "April has at most 30 days"),
    "29 Feb": ("bad-date", "there is no 29 February in 2027", "February 2027 has 28 days"),
    "week 3": ("bad-date", "`week 3` is not a date", ISO_HELP),
    "15 Fbe": ("bad-date", "`Fbe` is no month", "did you mean Feb?"),
    "Tue 15 Feb": (
        "wrong-weekday",
        "2027-02-15 is a Monday, not a Tuesday",
        "write Monday 15 Feb 2027, or Tuesday 16 Feb 2027",
    ),
    "Friday, April 30 2027 at 5": ("bad-date", "`Friday, April 30 2027 at 5` is not a date", ISO_HELP),
    "2027-2-5": ("bad-date", "`2027-2-5` is not written as a date", "write 2027-02-05"),
    "2027/02/15": ("bad-date", "`2027/02/15` is not written as a date", "write 2027-02-15"),
    "2/15/27": ("bad-date", "`2/15/27` is not written as a date", "write 2027-02-15"),
    "15.2.": ("bad-date", "`15.2.` is not written as a date", "write 15 Feb"),
    "3/3/27": ("bad-date", "`3/3/27` is not written as a date", "write 2027-03-03"),
    "2/3/27": (
        "ambiguous-date",
        "`2/3/27` could mean two days: month first 2027-02-03, day first 2027-03-02",
        "write 2027-02-03 or 2027-03-02",
    ),
    "12.09.2026": (
        "ambiguous-date",
        "`12.09.2026` could mean two days: month first 2026-12-09, day first 2026-09-12",
        "write 2026-12-09 or 2026-09-12",
    ),
    "3/4": (
        "ambiguous-date",
        "`3/4` could mean two days: month first 4 Mar, day first 3 Apr",
        "write 4 Mar or 3 Apr",
    ),
    "2/30/27": (
        "bad-date",
        "`2/30/27` is no date, whichever of the two is the month",
        "write the date as 2027-02-15 or 15 Feb",
    ),
}


@pytest.mark.parametrize("text", REFUSED_DAYS)
def test_refused_days(text: str) -> None:
    with pytest.raises(Misread) as misread:
        read_day(text, SPRING)
    assert refusal(misread) == REFUSED_DAYS[text]


def test_a_year_is_needed_where_no_term_gives_it() -> None:
    with pytest.raises(Misread) as misread:
        read_day("Feb 15", None)
    assert refusal(misread) == ("bad-date", "`Feb 15` needs a year", "write 15 Feb 2027")


def test_a_term_of_more_than_a_year_leaves_a_choice() -> None:
    with pytest.raises(Misread) as misread:
        read_day("Sep 16", LONG)
    assert refusal(misread) == (
        "ambiguous-date",
        "`Sep 16` could mean two days: 2026-09-16, 2027-09-16",
        "write 2026-09-16 or 2027-09-16",
    )


TIMES = {
    "13:00": time(13), "9:30": time(9, 30), "09:30": time(9, 30), "0:00": time(0), "23:59": time(23, 59),
    "1 pm": time(13), "1pm": time(13), "1 PM": time(13), "1:30pm": time(13, 30), "1:30 p.m.": time(13, 30),
    "12 am": time(0), "12 pm": time(12), "12:15am": time(0, 15), "noon": time(12),
}  # fmt: skip


@pytest.mark.parametrize("text", TIMES)
def test_times(text: str) -> None:
    assert read_time(text) == TIMES[text]


PLAIN_HELP = "write a time such as 13:00 or 1 pm"
REFUSED_TIMES = {
    "13": ("bad-time", "`13` is not a time", PLAIN_HELP),
    "780": ("bad-time", "`780` is not a time", PLAIN_HELP),
    "13.00": ("bad-time", "`13.00` is not a time", "write 13:00"),
    "9h30": ("bad-time", "`9h30` is not a time", "write 9:30"),
    "13 pm": ("bad-time", "`13 pm` is not a time: am and pm go with 1 to 12", PLAIN_HELP),
    "0:30 am": ("bad-time", "`0:30 am` is not a time: am and pm go with 1 to 12", PLAIN_HELP),
    "24:00": ("bad-time", "a day ends at 23:59", "write 23:59, or 00:00 of the day after"),
    "25:00": ("bad-time", "there is no time 25:00", PLAIN_HELP),
    "12:60": ("bad-time", "there is no time 12:60", PLAIN_HELP),
    "12:30:00": ("bad-time", "`12:30:00` is not a time", PLAIN_HELP),
}


@pytest.mark.parametrize("text", REFUSED_TIMES)
def test_refused_times(text: str) -> None:
    with pytest.raises(Misread) as misread:
        read_time(text)
    assert refusal(misread) == REFUSED_TIMES[text]


RANGES = {
    "13:00-16:00": "13:00 16:00", "13:00–16:00": "13:00 16:00", "13:00 - 16:00": "13:00 16:00",
    "9:30-10:45": "09:30 10:45", "1 pm-4 pm": "13:00 16:00", "11:30 am – 1:00 pm": "11:30 13:00",
    "9:30-10:45 am": "09:30 10:45", "9:30-1 pm": "09:30 13:00", "12:30-1:30 pm": "12:30 13:30",
    "13:00-2 pm": "13:00 14:00", "13:00 to 16:00": "13:00 16:00",
}  # fmt: skip


@pytest.mark.parametrize("text", RANGES)
def test_ranges(text: str) -> None:
    found = read_time_range(text)
    assert f"{found.start:%H:%M} {found.end:%H:%M}" == RANGES[text]


REFUSED_RANGES = {
    "13:00": ("bad-time", "this says when it begins and not when it ends", "write 13:00-14:00"),
    "23:30 -": ("bad-time", "this says when it begins and not when it ends", "write 23:30-23:59"),
    "16:00-13:00": ("ends-before-start", "it ends (13:00) before it starts (16:00)", "write the earlier time first"),
    "13:00-13:00": ("ends-before-start", "it ends when it starts (13:00)", "write a later end"),
    "1:30-2:45 pm": (
        "ambiguous-time",
        "`1:30` could be in the morning or in the afternoon",
        "write 1:30 am or 1:30 pm",
    ),
    "1-4 pm": ("ambiguous-time", "`1` could be in the morning or in the afternoon", "write 1 am or 1 pm"),
    "13.00-16.00": ("bad-time", "`13.00-16.00` is not a range of time", "write 13:00-16:00"),
    "9-10": (
        "ambiguous-time",
        "`9-10` could be in the morning or in the afternoon",
        "write 9:00-10:00, or 9 pm - 10 pm",
    ),
    "11-1": ("ambiguous-time", "`11-1` could be in the morning or in the afternoon", "write 11 am - 1 pm"),
    "13-16": ("bad-time", "`13-16` is not a range of time", "write 13:00-16:00"),
    "13h-16h30": ("bad-time", "`13h-16h30` is not a range of time", "write 13:00-16:30"),
    "1300-1600": ("bad-time", "`1300-1600` is not a range of time", "write 13:00-16:00"),
    "13:00-16.00": ("bad-time", "`13:00-16.00` is not a range of time", "write 13:00-16:00"),
    "13:00-16:00 Uhr": ("bad-time", "`13:00-16:00 Uhr` is not a range of time", "write 13:00-16:00"),
    "9:00-10:00-11:00": ("bad-time", "`9:00-10:00-11:00` is not a range of time", "write a range such as 13:00-16:00"),
    "": ("bad-time", "`` is not a range of time", "write a range such as 13:00-16:00"),
    "-": ("bad-time", "`-` is not a range of time", "write a range such as 13:00-16:00"),
}


@pytest.mark.parametrize("text", REFUSED_RANGES)
def test_refused_ranges(text: str) -> None:
    with pytest.raises(Misread) as misread:
        read_time_range(text)
    assert refusal(misread) == REFUSED_RANGES[text]


@pytest.mark.parametrize("text", ["Monday", "monday", "Mon", "Mon.", "Mondays", "MON"])
def test_weekdays(text: str) -> None:
    assert read_weekday(text) == 0


def test_short_weekdays() -> None:
    assert [read_weekday(text) for text in ("Tues", "Thu", "Thurs", "Wed", "Sun")] == [1, 3, 3, 2, 6]


REFUSED_WEEKDAYS = {
    "Mo": ("bad-day", "`Mo` is no day of the week", "write Monday or Mon"),
    "Wendesday": ("bad-day", "`Wendesday` is no day of the week", "did you mean Wednesday?"),
    "TTh": ("bad-day", "`TTh` is no day of the week", "write Tue/Thu"),
    "MWF": ("bad-day", "`MWF` is no day of the week", "write Mon/Wed/Fri"),
    "T": ("bad-day", "`T` is no day of the week", "write Tue or Thu"),
    "S": ("bad-day", "`S` is no day of the week", "write Sat or Sun"),
    "W": ("bad-day", "`W` is no day of the week", "write Wednesday or Wed"),
    "": ("bad-day", "`` is no day of the week", "write Monday or Mon"),
}


@pytest.mark.parametrize("text", REFUSED_WEEKDAYS)
def test_refused_weekdays(text: str) -> None:
    with pytest.raises(Misread) as misread:
        read_weekday(text)
    assert refusal(misread) == REFUSED_WEEKDAYS[text]


WEEKS = {
    "odd": WeekFilter(parity=1),
    "Even": WeekFilter(parity=0),
    "3": WeekFilter(numbers=frozenset({3})),
    "2-4": WeekFilter(numbers=frozenset({2, 3, 4})),
    "2–4, 7": WeekFilter(numbers=frozenset({2, 3, 4, 7})),
    "1,3": WeekFilter(numbers=frozenset({1, 3})),
}


@pytest.mark.parametrize("text", WEEKS)
def test_weeks(text: str) -> None:
    assert read_weeks(text) == WEEKS[text]


@pytest.mark.parametrize("text", ["", "all", "2-", "-2", "1000", "2-4-6", "1;2"])
def test_refused_weeks(text: str) -> None:
    with pytest.raises(Misread) as misread:
        read_weeks(text)
    assert refusal(misread) == ("bad-value", f"`{text}` does not name weeks", "write odd, even, 2-14 or [1, 3, 5]")


def test_weeks_that_run_backwards() -> None:
    with pytest.raises(Misread) as misread:
        read_weeks("14-2")
    assert refusal(misread) == ("bad-value", "weeks 14 to 2 run backwards", "write 2-14")


def test_every_zone_of_the_database_is_read() -> None:
    assert len(zone_names()) > 500
    for name in zone_names():
        assert read_zone(name).key == name


def test_a_zone_is_one_object() -> None:
    assert read_zone(" Asia/Kathmandu ") is read_zone("Asia/Kathmandu")


REFUSED_ZONES = {
    "America/Los Angeles": "did you mean America/Los_Angeles?",
    "america/los_angeles": "did you mean America/Los_Angeles?",
    "PST": "did you mean America/Los_Angeles?",
    "Berlin": "did you mean Europe/Berlin?",
    "../../etc/passwd": None,
    "/etc/localtime": None,
    "Mars/Olympus_Mons": None,
}


@pytest.mark.parametrize("text", REFUSED_ZONES)
def test_refused_zones(text: str) -> None:
    with pytest.raises(Misread) as misread:
        read_zone(text)
    name, message, help = refusal(misread)
    assert (name, message) == ("unknown-zone", f"`{text}` is no time zone")
    assert help
    if REFUSED_ZONES[text]:
        assert help == REFUSED_ZONES[text]


@pytest.mark.parametrize("text", ["UTC+8", "UTC+1", "GMT-5", "+08:00", "UTC +5:30", "+0800"])
def test_an_offset_is_no_zone(text: str) -> None:
    with pytest.raises(Misread) as misread:
        read_zone(text)
    assert refusal(misread) == (
        "unknown-zone",
        f"`{text}` is an offset, and not a time zone: a zone knows when clocks change",
        "name a place of the zone, such as Asia/Singapore or America/New_York",
    )


INSTANTS = {
    "2027-02-20": "2027-02-20T00:00:00+01:00",
    "2027-02-20 17:00": "2027-02-20T17:00:00+01:00",
    "2027-02-20T17:00": "2027-02-20T17:00:00+01:00",
    "20 Feb at 5 pm": "2027-02-20T17:00:00+01:00",
    "Sat Feb 20, 2027 at 17:00": "2027-02-20T17:00:00+01:00",
    "20 Apr 9:30 am": "2027-04-20T09:30:00+02:00",
    "28 Mar 2:30": "2027-03-28T02:30:00+01:00",
}


@pytest.mark.parametrize("text", INSTANTS)
def test_instants(text: str) -> None:
    assert read_instant(text, SPRING, ZoneInfo("Europe/Berlin"), time(0)).isoformat() == INSTANTS[text]
