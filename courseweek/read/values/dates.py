"""Dates as people write them.

Each reader takes a text and returns a value, or raises `Misread` with what is wrong in a clause and the remedy.
No guess is made: what could mean two days is refused with both.
"""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

from courseweek.diagnostics import suggest
from courseweek.frozen import dataclass
from courseweek.language.language import ENGLISH, Language
from courseweek.model.term import AFTER_TERM, BEFORE_TERM
from courseweek.read.values.misread import Misread
from courseweek.read.values.ranges import split_range, split_timed
from courseweek.read.values.weekdays import WEEKDAYS, day_name, read_weekday
from courseweek.regex import lazy_pattern

# Not the calendar module's, which speak the language of the host.
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
YEARS = range(1950, 2200)

_ISO = lazy_pattern(r"(\d{4})-(\d{2})-(\d{2})")
_LOOSE_ISO = lazy_pattern(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
# Dashes of typesetters for hyphens, letters for digits.
_MISTYPED = {
    **dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212"), "-"),
    **dict.fromkeys(map(ord, "Oo"), "0"),
}
_MISTYPED |= dict.fromkeys(map(ord, "lI"), "1")
_SLASHED = lazy_pattern(r"(\d{1,2})[-/.](\d{1,2})(?:[-/.](\d{2}|\d{4})|[.])?")
_DOTTED = lazy_pattern(r"(\d{1,2})\. ?(\d{1,2})\. ?(\d{4})?")
_DAY_FIRST = lazy_pattern(r"(\d{1,2})(?:st|nd|rd|th)?\.? +([A-Za-z]{3,9})\.?(?:,? +(\d{4}))?")
_MONTH_FIRST = lazy_pattern(r"([A-Za-z]{3,9})\.? +(\d{1,2})(?:st|nd|rd|th)?(?:,? +(\d{4}))?")
_WEEKDAY_FIRST = lazy_pattern(r"([^\W\d_]{2,12})\.?,? +(?=\S)")


@dataclass(frozen=True, slots=True)
class Window:
    """The term's days, from which a date without a year takes it."""

    starts: date
    ends: date

    @property
    def first(self) -> date:
        """The first day on which something dated may lie."""
        return self.starts - BEFORE_TERM

    @property
    def last(self) -> date:
        """The last day on which something dated may lie."""
        return self.ends + AFTER_TERM


def read_day(text: str, window: Window | None, language: Language = ENGLISH) -> date:
    """Return the date that is written as `2027-02-15`, `15 Feb 2027` or `Feb 15, 2027`.

    The day of the week may come first, and must be right. Without a year, the `window` gives it; with no window
    the year must be there. Dates as the `language` writes them are read too, and in all but English `15.2.2027`.
    """
    text = " ".join(text.split())
    written = language.read_day(text)
    if written is not None:
        year, month, day_of_month, weekday = written
    else:
        weekday, rest = _split_weekday(text, language)
        dotted = _read_dotted(rest, text) if language.writes_day_first else None
        year, month, day_of_month = dotted or _read_parts(rest, text, window, language)
    if year is None:
        found = _find_year(month, day_of_month, weekday, window, text)
    else:
        found = make_day(year, month, day_of_month)
    if weekday is not None and found.weekday() != weekday:
        message = f"{found.isoformat()} is a {day_name(found)}, not a {WEEKDAYS[weekday]}"
        help = f"write {_with_weekday(found)}, or {_with_weekday(_nearest(found, weekday))}"
        raise Misread(message, help, "wrong-weekday")
    return found


def read_days(text: str, window: Window | None, language: Language = ENGLISH) -> tuple[date, date] | None:
    """Return the first and the last day that are written as `2027-02-05 to 2027-02-08`, `5-8 Feb` or `Feb 5-8`.

    None where a text is no range of days.
    """
    parts = split_range(text)
    if len(parts) != 2:
        return None
    first, last = parts
    if re.fullmatch(r"\d{1,2}\.?", first):
        first = f"{first} {last.partition(' ')[2]}"
    elif re.fullmatch(r"\d{1,2}(?:, \d{4})?", last):
        last = f"{first.rpartition(' ')[0]} {last}"
    try:
        days = read_day(first, window, language), read_day(last, window, language)
    except Misread:
        return None
    return days if days[0] < days[1] else None


def explain_longer(text: str, window: Window | None, language: Language, keys: tuple[str, str]) -> Misread | None:
    """Return what is wrong with a range of days, or a day with a time, where a day is meant; None for another text.

    `keys` are those for the first and the last day, which are empty where there are none.
    """
    days = read_days(text, window, language)
    if days is not None:
        first, last = (f"{key}: {day}" if key else str(day) for key, day in zip(keys, days, strict=True))
        if not keys[0]:
            return Misread(f"`{text}` is more than one day", f"write {first} or {last}", "bad-date")
        help = f"give its first and its last day, as in {first}, {last}"
        return Misread(f"`{text}` is more than one day", help, "bad-date")
    timed = split_timed(text)
    if len(timed) < 2:
        return None
    try:
        day = read_day(timed[0], window, language)
    except Misread:
        return None
    after = f"; the time has a key of its own, as in time: {timed[1]}" if keys[0] else ""
    return Misread(f"`{text}` is a day with a time", f"write {day}{after}", "bad-date")


def _with_weekday(day: date) -> str:
    return f"{day_name(day)} {day.day} {MONTHS[day.month - 1][:3]} {day.year}"


def _nearest(day: date, weekday: int) -> date:
    """Return the day nearest to this one that is such a day of the week."""
    after = (weekday - day.weekday()) % 7
    return day + timedelta(days=after if after <= 3 else after - 7)


def _split_weekday(text: str, language: Language) -> tuple[int | None, str]:
    match = _WEEKDAY_FIRST.match(text)
    if match and _month(match[1]) is None:
        try:
            return read_weekday(match[1], language), text[match.end() :]
        except Misread:
            return None, text
    return None, text


def _month(word: str) -> int | None:
    word = word.lower()
    for index, name in enumerate(MONTHS, 1):
        full = name.lower()
        if word in (full, full[:3]) or (full == "september" and word == "sept"):
            return index
    return None


def _read_parts(rest: str, text: str, window: Window | None, language: Language) -> tuple[int | None, int, int]:
    if match := _ISO.fullmatch(rest):
        return int(match[1]), int(match[2]), int(match[3])
    if match := _DAY_FIRST.fullmatch(rest):
        word, number, year = match[2], match[1], match[3]
    elif match := _MONTH_FIRST.fullmatch(rest):
        word, number, year = match[1], match[2], match[3]
    else:
        raise _not_a_day(rest, text, window)
    month = _month(word)
    if month is None:
        near = suggest(word, (*language.month_names, *MONTHS, *(name[:3] for name in MONTHS)))
        if near is None:
            raise _not_a_day(rest, text, window)
        raise Misread(f"`{word}` is not a month", f"did you mean {near}?", "bad-date")
    return int(year) if year else None, month, int(number)


def _read_dotted(rest: str, text: str) -> tuple[int | None, int, int] | None:
    """Return year, month and day of `8.5.2027` or `8.5.`; None for anything else."""
    match = _DOTTED.fullmatch(rest)
    if match is not None:
        year, month, day = int(match[3]) if match[3] else None, int(match[2]), int(match[1])
        return (year, month, day) if month <= 12 or not 1 <= day <= 12 else None
    short = re.fullmatch(r"(\d{1,2})\. ?(\d{1,2})(?:\. ?(\d{2}))?", rest)
    if short is None or not 1 <= int(short[2]) <= 12 or not 1 <= int(short[1]) <= 31:
        return None
    clear = f"{int(short[1])}.{int(short[2])}.{f'20{short[3]}' if short[3] else ''}"
    message = f"`{text}` is not written as a date"
    raise Misread(message, f"write {clear}", "bad-date", fixed=clear if rest == text else None)


def _not_a_day(rest: str, text: str, window: Window | None) -> Misread:
    if match := _LOOSE_ISO.fullmatch(rest):
        try:
            found = make_day(int(match[1]), int(match[2]), int(match[3]))
        except Misread as misread:
            return misread
        written = found.isoformat()
        fixed = written if rest == text and "." not in rest else None
        return Misread(f"`{text}` is not written as a date", f"write {written}", "bad-date", fixed=fixed)
    clear = rest.translate(_MISTYPED)
    if clear != rest and (match := _LOOSE_ISO.fullmatch(clear)):
        try:
            written = make_day(int(match[1]), int(match[2]), int(match[3])).isoformat()
        except Misread as misread:
            return misread
        what = "digits, but this has a letter" if re.search("[OolI]", rest) else "hyphens, but this has other signs"
        return Misread(f"a date is written with {what}", f"write {written}", "bad-date", fixed=written)
    if match := _SLASHED.fullmatch(rest):
        return _slashed(text, rest, match, window)
    return Misread(f"`{text}` is not a date", "write a date such as 2027-02-15 or 15 Feb 2027", "bad-date")


def _slashed(text: str, rest: str, match: re.Match[str], window: Window | None) -> Misread:
    """Explain `2/3/27`, which is ambiguous unless only one order gives a date."""
    first, second = int(match[1]), int(match[2])
    year = int(match[3]) + (2000 if len(match[3]) == 2 else 0) if match[3] else None
    days = [
        _spelled(year, month, day)
        for month, day in ((first, second), (second, first))
        if 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year or 2024, month)[1]
    ]
    if year is None and window is None:
        help = "write the date with its year, such as 2027-02-15"
        raise Misread(f"`{text}` is not written as a date", help, "bad-date")
    if len(days) == 2 and first != second:
        message = f"`{text}` could mean two days: month first {days[0]}, day first {days[1]}"
        inside = [each for each in days if window is None or _lies_in(each, window)]
        return Misread(message, f"write {' or '.join(inside or days)}", "ambiguous-date")
    if not days:
        help = "write the date as 2027-02-15 or 15 Feb"
        return Misread(f"`{text}` is not a date, whichever number is the month", help, "bad-date")
    fixed = days[0] if rest == text else None
    return Misread(f"`{text}` is not written as a date", f"write {days[0]}", "bad-date", fixed=fixed)


def _lies_in(day: str, window: Window) -> bool:
    try:
        return window.first <= read_day(day, window) <= window.last
    except Misread:
        return False


def _spelled(year: int | None, month: int, day_of_month: int) -> str:
    return f"{year:04d}-{month:02d}-{day_of_month:02d}" if year else f"{day_of_month} {MONTHS[month - 1][:3]}"


def make_day(year: int, month: int, day_of_month: int) -> date:
    """Return the date, or raise `Misread` if the calendar has no such day."""
    if year not in YEARS:
        raise Misread(f"the year {year} is out of range", f"years go from {YEARS[0]} to {YEARS[-1]}", "bad-date")
    if not 1 <= month <= 12:
        raise Misread(f"there is no month {month}", "write year-month-day, such as 2027-02-15", "bad-date")
    last = calendar.monthrange(year, month)[1]
    if not 1 <= day_of_month <= last:
        raise Misread(
            f"there is no {day_of_month} {MONTHS[month - 1]} {year}",
            f"{MONTHS[month - 1]} {year} has {last} days",
            "bad-date",
        )
    return date(year, month, day_of_month)


def _find_year(month: int, day_of_month: int, weekday: int | None, window: Window | None, text: str) -> date:
    name = MONTHS[month - 1]
    if window is None:
        raise Misread(f"`{text}` needs a year", f"write {day_of_month} {name[:3]} 2027", "bad-date")
    if not 1 <= day_of_month <= calendar.monthrange(2024, month)[1]:
        help = f"{name} has at most {calendar.monthrange(2024, month)[1]} days"
        raise Misread(f"there is no {day_of_month} {name}", help, "bad-date")
    inside = [day for day in _days_of_years(month, day_of_month, window, 0) if window.first <= day <= window.last]
    if len(inside) > 1:
        fitting = [day for day in inside if day.weekday() == weekday]
        if len(fitting) != 1:
            both = f"{inside[0].isoformat()}, {inside[-1].isoformat()}"
            help = f"write {inside[0].isoformat()} or {inside[-1].isoformat()}"
            raise Misread(f"`{text}` could mean two days: {both}", help, "ambiguous-date")
        return fitting[0]
    if inside:
        return inside[0]
    if not _days_of_years(month, day_of_month, window, 0):
        year = window.starts.year
        raise Misread(f"there is no 29 February in {year}", f"February {year} has 28 days", "bad-date")
    # Outside the window: the nearest one, so that reports are about the day that was meant.
    days = _days_of_years(month, day_of_month, window, 1)
    return min(days, key=lambda day: min(abs(day - window.starts), abs(day - window.ends)))


def _days_of_years(month: int, day_of_month: int, window: Window, more: int) -> list[date]:
    """Return that day of each year of the window, and of as many `more` years before and after it."""
    years = range(window.first.year - more, window.last.year + more + 1)
    fitting = [year for year in years if day_of_month <= calendar.monthrange(year, month)[1]]
    return [date(year, month, day_of_month) for year in fitting]
