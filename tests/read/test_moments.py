"""Dates, times, days of the week, weeks and zones: what is read, and what is refused in which words."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from importlib.resources import files
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest

from courseweek.language.language import Language
from courseweek.model.term import WeekFilter
from courseweek.read.values.dates import Window, read_day
from courseweek.read.values.misread import Misread
from courseweek.read.values.moments import read_instant
from courseweek.read.values.times import read_time, read_time_range
from courseweek.read.values.weekdays import read_weekday, read_weekdays, read_weeks
from courseweek.read.values.zones import place_names, read_zone, zone_names

GERMAN = Language("de")
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
    "15 Fbe": ("bad-date", "`Fbe` is not a month", "did you mean Feb?"),
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
        "`2/30/27` is not a date, whichever number is the month",
        "write the date as 2027-02-15 or 15 Feb",
    ),
}


@pytest.mark.parametrize("text", REFUSED_DAYS)
def test_refused_days(text: str) -> None:
    with pytest.raises(Misread) as misread:
        read_day(text, SPRING)
    assert refusal(misread) == REFUSED_DAYS[text]


DOTTED = {
    "8.5.2027": date(2027, 5, 8), "15.2.2027": date(2027, 2, 15), "08.05.2027": date(2027, 5, 8),
    "8. 5. 2027": date(2027, 5, 8), "8.5.": date(2027, 5, 8), "Sat 8.5.2027": date(2027, 5, 8),
    "2027-05-08": date(2027, 5, 8), "8 May": date(2027, 5, 8),
}  # fmt: skip


@pytest.mark.parametrize("text", DOTTED)
def test_dates_with_dots_where_the_day_comes_first(text: str) -> None:
    assert read_day(text, SPRING, GERMAN) == DOTTED[text]


REFUSED_DOTTED = {
    "2/3/27": ("ambiguous-date", "write 2027-02-03 or 2027-03-02"),
    "8/5/2027": ("ambiguous-date", "write 2027-05-08"),  # in August the term is over
    "8-5-2027": ("ambiguous-date", "write 2027-05-08"),
    "8.5.27": ("bad-date", "write 8.5.2027"),
    "8.5": ("bad-date", "write 8.5."),
    "2.28.2027": ("bad-date", "write 2027-02-28"),
    "31.4.2027": ("bad-date", "April 2027 has 30 days"),
    "Mon 8.5.2027": ("wrong-weekday", "write Saturday 8 May 2027, or Monday 10 May 2027"),
}


@pytest.mark.parametrize("text", REFUSED_DOTTED)
def test_refused_dates_with_dots(text: str) -> None:
    with pytest.raises(Misread) as misread:
        read_day(text, SPRING, GERMAN)
    assert (misread.value.name, misread.value.help) == REFUSED_DOTTED[text]


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
    "12 noon": time(12),
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
    "13 pm": ("bad-time", "`13 pm` is not a time: am and pm go with 1 to 12", "write 13:00"),
    "13 am": ("bad-time", "`13 am` is not a time: am and pm go with 1 to 12", PLAIN_HELP),
    "0:30 am": ("bad-time", "`0:30 am` is not a time: am and pm go with 1 to 12", "write 0:30"),
    "0 pm": ("bad-time", "`0 pm` is not a time: am and pm go with 1 to 12", PLAIN_HELP),
    "1.30 pm": ("bad-time", "`1.30 pm` is not a time", "write 1:30 pm"),
    "1:30p": ("bad-time", "`1:30p` is not a time", "write 1:30 pm"),
    "14 Uhr": ("bad-time", "`14 Uhr` is not a time", "write 14:00"),
    "midnight": (
        "ambiguous-time",
        "`midnight` could be the beginning or the end of a day",
        "write 23:59 for its end, or 0:00 for its beginning",
    ),
    "24:00": ("bad-time", "a day ends at 23:59", "write 23:59"),
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
    # With am or pm at one end, the other takes the reading that makes a range, and of two the shorter.
    "2-3 pm": "14:00 15:00", "9-11 am": "09:00 11:00", "11-12:15 pm": "11:00 12:15", "7-9 PM": "19:00 21:00",
    "8-11 AM": "08:00 11:00", "2:00 – 3:00 pm": "14:00 15:00", "12-1 pm": "12:00 13:00", "11 am-1": "11:00 13:00",
    "10-2 pm": "10:00 14:00", "1-4pm": "13:00 16:00", "9:30am-10:45": "09:30 10:45", "2 pm - 4:30": "14:00 16:30",
    "1:30-2:45 pm": "13:30 14:45", "9-11 a.m.": "09:00 11:00", "2 p.m. to 3": "14:00 15:00", "2pm–3pm": "14:00 15:00",
    "2 pm—3": "14:00 15:00", "2 pm until 3:15": "14:00 15:15", "9 am till noon": "09:00 12:00",
    "noon-1": "12:00 13:00", "11-noon": "11:00 12:00", "12 noon - 1 pm": "12:00 13:00", "12 am-1": "00:00 01:00",
    "9 am-9": "09:00 21:00", "9-9 pm": "09:00 21:00", "5-1 pm": "05:00 13:00", "10-12 pm": "10:00 12:00",
    "10−11 am": "10:00 11:00", "9‑11 am": "09:00 11:00", "9\u00a0–\u00a011\u202fam": "09:00 11:00",
    # Without, it is the 24-hour clock, also without minutes.
    "9-12": "09:00 12:00", "13-16": "13:00 16:00", "9-10": "09:00 10:00", "9:30-11": "09:30 11:00",
    "2:00-3:15": "02:00 03:15", "2-3": "02:00 03:00", "0-1": "00:00 01:00",
}  # fmt: skip


@pytest.mark.parametrize("text", RANGES)
def test_ranges(text: str) -> None:
    found = read_time_range(text)
    assert f"{found.start:%H:%M} {found.end:%H:%M}" == RANGES[text]


REFUSED_RANGES = {
    "13:00": ("bad-time", "the end time is missing", "write 13:00-14:00"),
    "23:30 -": ("bad-time", "the end time is missing", "write 23:30-23:59"),
    "16:00-13:00": ("ends-before-start", "it ends (13:00) before it starts (16:00)", "write 13:00-16:00"),
    "13:00-13:00": ("ends-before-start", "it starts and ends at the same time (13:00)", "write 13:00-14:00"),
    "12:30-1:45": ("ends-before-start", "it ends (01:45) before it starts (12:30)", "write 12:30-13:45"),
    "9-5": ("ends-before-start", "it ends (05:00) before it starts (09:00)", "write 9:00-17:00"),
    "10:00-9:30": ("ends-before-start", "it ends (09:30) before it starts (10:00)", "write 9:30-10:00"),
    "14:00-1:30": ("ends-before-start", "it ends (01:30) before it starts (14:00)", "write 13:30-14:00"),
    "10 am - 2 am": ("ends-before-start", "it ends (02:00) before it starts (10:00)", "write 10:00-14:00"),
    "11 pm - 12 am": (
        "ends-before-start",
        "it ends (00:00) before it starts (23:00)",
        "write 23:00-23:59; a range can't go past midnight",
    ),
    "23:00-01:00": (
        "ends-before-start",
        "it ends (01:00) before it starts (23:00)",
        "write 23:00-23:59; a range can't go past midnight",
    ),
    "20:00-24:00": ("bad-time", "`20:00-24:00` is not a time range", "write 20:00-23:59"),
    "9 pm - midnight": ("bad-time", "`9 pm - midnight` is not a time range", "write 21:00-23:59"),
    "13 pm-2 pm": ("bad-time", "`13 pm` is not a time: am and pm go with 1 to 12", "write 13:00-2 pm"),
    "2-3p": ("bad-time", "`2-3p` is not a time range", "write 2-3 pm"),
    "2.30-3.30 pm": ("bad-time", "`2.30-3.30 pm` is not a time range", "write 2:30-3:30 pm"),
    "12.30-1.45": ("bad-time", "`12.30-1.45` is not a time range", "write 12:30-13:45"),
    "14-16 Uhr": ("bad-time", "`14-16 Uhr` is not a time range", "write 14:00-16:00"),
    "from 2 to 3 pm": ("bad-time", "`from 2 to 3 pm` is not a time range", "write 2-3 pm"),
    "9": ("bad-time", "the end time is missing", "write 09:00-10:00"),
    "23:59": ("bad-time", "the end time is missing", "write the start and the end"),
    "13.00-16.00": ("bad-time", "`13.00-16.00` is not a time range", "write 13:00-16:00"),
    "11-1": ("ends-before-start", "it ends (01:00) before it starts (11:00)", "write 11:00-13:00"),
    "13h-16h30": ("bad-time", "`13h-16h30` is not a time range", "write 13:00-16:30"),
    "1300-1600": ("bad-time", "`1300-1600` is not a time range", "write 13:00-16:00"),
    "13:00-16.00": ("bad-time", "`13:00-16.00` is not a time range", "write 13:00-16:00"),
    "13:00-16:00 Uhr": ("bad-time", "`13:00-16:00 Uhr` is not a time range", "write 13:00-16:00"),
    "9:00-10:00-11:00": ("bad-time", "`9:00-10:00-11:00` is not a time range", "write a range such as 13:00-16:00"),
    "": ("bad-time", "`` is not a time range", "write a range such as 13:00-16:00"),
    "-": ("bad-time", "`-` is not a time range", "write a range such as 13:00-16:00"),
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
    "Mo": ("bad-day", "`Mo` is not a day of the week", "write Monday or Mon"),
    "Wendesday": ("bad-day", "`Wendesday` is not a day of the week", "did you mean Wednesday?"),
    "Mon-Wed": (
        "bad-day",
        "`Mon-Wed` is several days, but one day is expected here",
        "write one of them, Monday or Tuesday or Wednesday",
    ),
    "Tue/Thu": (
        "bad-day",
        "`Tue/Thu` is several days, but one day is expected here",
        "write one of them, Tuesday or Thursday",
    ),
    "weekdays": (
        "bad-day",
        "`weekdays` is several days, but one day is expected here",
        "write one of them, Monday or Tuesday or Wednesday or Thursday or Friday",
    ),
    "TTh": ("bad-day", "`TTh` is not a day of the week", "write Tue/Thu"),
    "MWF": ("bad-day", "`MWF` is not a day of the week", "write Mon/Wed/Fri"),
    "T": ("bad-day", "`T` is not a day of the week", "write Tue or Thu"),
    "S": ("bad-day", "`S` is not a day of the week", "write Sat or Sun"),
    "W": ("bad-day", "`W` is not a day of the week", "write Wednesday or Wed"),
    "": ("bad-day", "`` is not a day of the week", "write Monday or Mon"),
}


@pytest.mark.parametrize("text", REFUSED_WEEKDAYS)
def test_refused_weekdays(text: str) -> None:
    with pytest.raises(Misread) as misread:
        read_weekday(text)
    assert refusal(misread) == REFUSED_WEEKDAYS[text]


SETS_OF_DAYS = {
    "Mon-Fri": "01234", "Monday to Friday": "01234", "Mon–Thu": "0123", "weekdays": "01234", "Weekdays": "01234",
    "Mon - Wed": "012", "Mondays through Thursdays": "0123", "tue thru thu": "123", "Mon. – Fri.": "01234",
    "Mon until Fri": "01234", "Sun-Thu": "01236", "Sat-Wed": "01256", "Fri-Mon": "0456", "Mon-Sun": "0123456",
    "Tue": "1",
}  # fmt: skip


@pytest.mark.parametrize("text", SETS_OF_DAYS)
def test_sets_of_days(text: str) -> None:
    assert "".join(map(str, read_weekdays(text))) == SETS_OF_DAYS[text]


REFUSED_SETS = {
    "M-F": ("bad-day", "`M-F` is not a range of days", "write Mon-Fri"),
    "Mo-Fr": ("bad-day", "`Mo-Fr` is not a range of days", "write Mon-Fri"),
    "T-Th": ("bad-day", "`T-Th` is not a range of days", "write Tue-Thu or Tue/Thu"),
    "M-W": ("bad-day", "`M-W` is not a range of days", "write Mon-Wed or Mon/Wed"),
    "T-F": ("bad-day", "`T-F` is not a range of days", "write Tue-Fri or Thu-Fri"),
    "Mon-Wed-Fri": ("bad-day", "`Mon-Wed-Fri` is not a range of days", "write Mon/Wed/Fri"),
    "M-W-F": ("bad-day", "`M-W-F` is not a range of days", "write Mon/Wed/Fri"),
    "Mon-Fryday": ("bad-day", "`Mon-Fryday` is not a range of days", "write Mon-Fri"),
    "Mon-Mon": ("bad-day", "`Mon-Mon` begins and ends on the same day", "write Mon"),
    "Mon-xyz": ("bad-day", "`xyz` is not a day of the week", "write a range such as Mon-Fri"),
    "daily": ("bad-day", "`daily` does not say which days", "write Mon-Fri or Mon-Sun"),
    "every day": ("bad-day", "`every day` does not say which days", "write Mon-Fri or Mon-Sun"),
    "every weekday": ("bad-day", "`every weekday` is not a day of the week", "write weekdays"),
    "weekends": ("bad-day", "`weekends` is not a day of the week", "write Sat/Sun"),
    "MWF": ("bad-day", "`MWF` is not a day of the week", "write Mon/Wed/Fri"),
    "a-" * 90: ("bad-day", "this is not a range of days", "write a range such as Mon-Fri"),
}


@pytest.mark.parametrize("text", REFUSED_SETS)
def test_refused_sets_of_days(text: str) -> None:
    with pytest.raises(Misread) as misread:
        read_weekdays(text)
    assert refusal(misread) == REFUSED_SETS[text]


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
    assert refusal(misread) == (
        "bad-value",
        f"`{text}` does not name weeks",
        "write weeks such as odd, even, 2-14 or [1, 3, 5]",
    )


def test_weeks_that_run_backwards() -> None:
    with pytest.raises(Misread) as misread:
        read_weeks("14-2")
    assert refusal(misread) == ("bad-value", "weeks 14 to 2 run backwards", "write 2-14")


def test_every_zone_of_a_place_is_read() -> None:
    assert len(place_names()) > 500
    for name in place_names():
        assert read_zone(name).key == name


def offsets(zone: ZoneInfo, *months: int) -> list[timedelta | None]:
    return [datetime(2027, month, 15, tzinfo=zone).utcoffset() for month in months]


# There the sign is read the other way around, or nothing can be meant.
NO_PLACE = {"Etc/GMT+12": "did you mean Pacific/Auckland?", "Factory": None}


@pytest.mark.parametrize("name", sorted(zone_names() - place_names()))
def test_every_other_zone_is_refused_with_the_place_that_was_meant(name: str) -> None:
    assert "/" not in name or name.startswith("Etc/")
    with pytest.raises(Misread) as misread:
        read_zone(name)
    help = misread.value.help or ""
    meant = re.findall(r"[A-Za-z_]+/[A-Za-z_]+|UTC", help)
    assert meant
    assert all(read_zone(each) for each in meant)
    assert misread.value.message == f"`{name}` does not name a time zone after a place"
    if name not in NO_PLACE:
        known = ZoneInfo.from_file(BytesIO((files("tzdata") / "zoneinfo" / name).read_bytes()))
        assert offsets(read_zone(meant[0]), 1) == offsets(known, 1)
        fixed = misread.value.fixed
        assert fixed is None or offsets(read_zone(fixed), *range(1, 13)) == offsets(known, *range(1, 13))


def test_a_zone_is_one_object() -> None:
    assert read_zone(" Asia/Kathmandu ") is read_zone("Asia/Kathmandu")


REFUSED_ZONES = {
    "America/Los Angeles": "did you mean America/Los_Angeles?",
    "america/los_angeles": "did you mean America/Los_Angeles?",
    "America/New York": "did you mean America/New_York?",
    "PST": "did you mean America/Los_Angeles?",
    "pst": "did you mean America/Los_Angeles?",
    "Pacific Standard Time": "did you mean America/Los_Angeles?",
    "est": "did you mean America/New_York?",
    "Eastern Time": "did you mean America/New_York?",
    "utc": "did you mean UTC?",
    "Z": "did you mean UTC?",
    "Etc/utc": "did you mean Etc/UTC?",
    "etc/gmt+8": "did you mean America/Los_Angeles?",
    "posix/America/New_York": "did you mean America/New_York?",
    "right/Europe/Berlin": "did you mean Europe/Berlin?",
    "SystemV/EST5EDT": "did you mean America/New_York?",
    "localtime": "write one such as America/Los_Angeles or Europe/Berlin",
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
    assert (name, message) == ("unknown-zone", f"`{text}` is not a time zone")
    assert help
    if REFUSED_ZONES[text]:
        assert help == REFUSED_ZONES[text]


@pytest.mark.parametrize("text", ["UTC+8", "UTC+1", "GMT-5", "+08:00", "UTC +5:30", "+0800"])
def test_an_offset_is_no_zone(text: str) -> None:
    with pytest.raises(Misread) as misread:
        read_zone(text)
    assert refusal(misread) == (
        "unknown-zone",
        f"`{text}` is an offset, not a time zone: a time zone says when clocks change",
        "write a place in the zone, such as Asia/Singapore or America/New_York",
    )


INSTANTS = {
    "2027-02-20": "2027-02-20T00:00:00+01:00",
    "2027-02-20 17:00": "2027-02-20T17:00:00+01:00",
    "2027-02-20T17:00": "2027-02-20T17:00:00+01:00",
    "20 Feb at 5 pm": "2027-02-20T17:00:00+01:00",
    "Sat Feb 20, 2027 at 17:00": "2027-02-20T17:00:00+01:00",
    "20 Apr 9:30 am": "2027-04-20T09:30:00+02:00",
    "20 Feb noon": "2027-02-20T12:00:00+01:00",
    "28 Mar 2:30": "2027-03-28T02:30:00+01:00",
}


@pytest.mark.parametrize("text", INSTANTS)
def test_instants(text: str) -> None:
    assert read_instant(text, SPRING, ZoneInfo("Europe/Berlin"), time(0)).isoformat() == INSTANTS[text]
