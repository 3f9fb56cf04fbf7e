"""Dates, times and days of the week as people write them.

Each reader takes a text and returns a value, or raises `Misread` with what is wrong in a clause and the remedy.
No guess is made: what could mean two things is refused with both.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from courseweek.diagnostics import suggest
from courseweek.frozen import dataclass
from courseweek.model.term import AFTER_TERM, BEFORE_TERM, TimeRange, WeekFilter
from courseweek.read.clocks import (
    LAST_MINUTE,
    NOON,
    Clock,
    guess_range,
    is_noon,
    pair_up,
    parse_clock,
    say_range,
)
from courseweek.read.habits import clear_time
from courseweek.regex import lazy_pattern

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
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
_WEEKDAY_FIRST = lazy_pattern(r"([A-Za-z]{3,9})\.?,? +(?=\S)")
_TIME = lazy_pattern(r"(\d{1,2}):(\d{2}) *([ap])\.?m\.?|(\d{1,2}) *([ap])\.?m\.?|(\d{1,2}):(\d{2})", re.IGNORECASE)
DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
"""The sign between the ends of a range: a hyphen, or what typesetters and keyboards put instead."""
UNTIL = ("to", "until", "till", "through", "thru")
_RANGE = lazy_pattern(rf" ?[{DASHES}] ?| (?:{'|'.join(UNTIL)}) ", re.IGNORECASE)
_24_HOUR = lazy_pattern(r"\d{1,2}(?::\d{2})?")
_MIDNIGHT = lazy_pattern(r"(?:12(?::00)? ?)?midnight", re.IGNORECASE)


class Misread(Exception):
    """A text that is not what is wanted: `message` says why in one clause, `help` the remedy.

    `write` is the one text that can be written instead, and the remedy if no other is given. `fixed` is the same,
    where only one meaning is possible.
    """

    def __init__(
        self,
        message: str,
        help: str | None = None,
        name: str = "bad-value",
        *,
        write: str | None = None,
        fixed: str | None = None,
    ) -> None:
        """Take the clause, the remedy, the diagnostic's name, the text to write and the fixed text."""
        super().__init__(message)
        self.message = message
        self.write = fixed if fixed is not None else write
        self.help = help if help is not None or self.write is None else f"write {self.write}"
        self.name = name
        self.fixed = fixed


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


def day_name(day: date) -> str:
    """Return the English name of the day of the week."""
    return WEEKDAYS[day.weekday()]


def read_weekday(text: str) -> int:
    """Return the day of the week (0 is Monday) from its English name, short name or plural."""
    word = text.strip().rstrip(".").lower()
    if len(word) >= 3:
        for index, name in enumerate(WEEKDAYS):
            full = name.lower()
            if word in (full, full + "s") or (full.startswith(word) and word in (full[:3], full[:4], full[:5])):
                return index
    if several := _list_days(text):
        help = f"write one of them, {' or '.join(WEEKDAYS[day] for day in several)}"
        raise Misread(f"`{text.strip()}` is several days, but one day is expected here", help, "bad-day")
    near = suggest(text.strip(), WEEKDAYS)
    help = f"did you mean {near}?" if near else _spell_days(text.strip())
    raise Misread(f"`{text.strip()}` is not a day of the week", help, "bad-day")


def _list_days(text: str) -> tuple[int, ...]:
    """Return the days that a text means where one is expected; none where it can't be read as several."""
    parts = divide_days(text[:_LONGEST_DAYS])
    if len(parts) == 1 and len(split_range(parts[0])) < 2 and parts[0].strip().lower() != WORKDAYS:
        return ()
    try:
        days = [day for part in parts for day in read_weekdays(part)]
    except Misread:
        return ()
    return tuple(sorted(set(days)))


# Days by their letters, as timetables write them; T and S can be two days each, unless the other one is given too.
_LETTERS = {"M": 0, "Mo": 0, "Tu": 1, "W": 2, "We": 2, "Th": 3, "R": 3, "F": 4, "Fr": 4, "Sa": 5, "Su": 6, "U": 6}
_DIVIDED = lazy_pattern(r" ?(?:, ?(?:and\b|&)|,|/|&|\band\b) ?")
WORKDAYS = "weekdays"
"""The word for the days from Monday to Friday."""
_LONGEST_DAYS = 100
"""Characters of the days of an entry; no more are compared with what else was meant."""
_WORKDAYS = lazy_pattern(r"(?:every |each )?(?:week|work|business) ?days?", re.IGNORECASE)
_DAILY = lazy_pattern(r"daily|every ?day|each day|all days", re.IGNORECASE)
_WEEKEND = lazy_pattern(r"(?:every |on )?week-?ends?", re.IGNORECASE)


def _spell_days(text: str) -> str:
    """Return how days that are named by letters (`M`, `TTh`, `MWF`) are written."""
    letters = re.findall("Mo|Tu|We|Th|Fr|Sa|Su|[MTWRFSU]", text)
    if not letters or "".join(letters) != text or len(letters) > 7:
        return "write Monday or Mon"
    if letters in (["T"], ["S"]):
        return "write Tue or Thu" if text == "T" else "write Sat or Sun"
    days = [_LETTERS.get(each, 1 if each == "T" else 5) for each in letters]
    if len(days) == 1:
        return f"write {WEEKDAYS[days[0]]} or {WEEKDAYS[days[0]][:3]}"
    return f"write {'/'.join(WEEKDAYS[day][:3] for day in days)}"


def divide_days(text: str) -> list[str]:
    """Return the days and ranges of days that are written with commas, slashes or "and" between them."""
    # At most one space between words: more would take the pattern quadratic time.
    return _DIVIDED.split(" ".join(text.split()))


def read_weekdays(text: str) -> tuple[int, ...]:
    """Return the days of the week that one day (`Tue`), a range (`Mon-Fri`, `Sun to Thu`) or `weekdays` means."""
    cleaned = " ".join(text.split())
    if cleaned.lower() == WORKDAYS:
        return tuple(range(5))
    if _WORKDAYS.fullmatch(cleaned):
        raise Misread(f"`{cleaned}` is not a day of the week", f"write {WORKDAYS}", "bad-day", fixed=WORKDAYS)
    if _DAILY.fullmatch(cleaned):
        raise Misread(f"`{cleaned}` does not say which days", "write Mon-Fri or Mon-Sun", "bad-day")
    if _WEEKEND.fullmatch(cleaned):
        raise Misread(f"`{cleaned}` is not a day of the week", "write Sat/Sun", "bad-day", fixed="Sat/Sun")
    parts = split_range(cleaned)
    if len(parts) < 2:
        return (read_weekday(cleaned),)
    if len(cleaned) > _LONGEST_DAYS:
        raise Misread("this is not a range of days", "write a range such as Mon-Fri", "bad-day")
    days = [_find_weekday(part) for part in parts]
    if len(parts) > 2 or None in days:
        raise _no_range(cleaned, parts, days)
    first, last = (day for day in days if day is not None)
    if first == last:
        clear = WEEKDAYS[first][:3]
        raise Misread(f"`{cleaned}` begins and ends on the same day", f"write {clear}", "bad-day", fixed=clear)
    # In many countries the week of work goes from Sunday to Thursday.
    return tuple(sorted((first + step) % 7 for step in range((last - first) % 7 + 1)))


def _find_weekday(text: str) -> int | None:
    try:
        return read_weekday(text)
    except Misread:
        return None


def _no_range(text: str, parts: list[str], days: list[int | None]) -> Misread:
    """Return what is wrong with `M-F`, `Mon-Fry` and `Mon-Wed-Fri`."""
    meant = [[day] if day is not None else _guess_days(part) for day, part in zip(days, parts, strict=True)]
    message = f"`{text}` is not a range of days"
    if not all(meant):
        part = next(part for part, guesses in zip(parts, meant, strict=True) if not guesses)
        return Misread(f"`{part}` is not a day of the week", "write a range such as Mon-Fri", "bad-day")
    if len(parts) > 2:
        if any(len(guesses) > 1 for guesses in meant):
            return Misread(message, "write each day by its name, such as Mon/Wed/Fri", "bad-day")
        clear = "/".join(WEEKDAYS[guesses[0]][:3] for guesses in meant)
        return Misread(message, f"write {clear}", "bad-day", fixed=clear)
    clear_ranges = [f"{WEEKDAYS[a][:3]}-{WEEKDAYS[b][:3]}" for a in meant[0] for b in meant[1] if a != b]
    if not clear_ranges:
        return Misread(message, f"write {WEEKDAYS[meant[0][0]][:3]}", "bad-day")
    if any(part.rstrip(".") in (*_LETTERS, "T", "S") for part in parts):
        # T-Th is rarely three days.
        clear_ranges += [each.replace("-", "/") for each in clear_ranges if each in ("Mon-Wed", "Tue-Thu", "Wed-Fri")]
    fixed = clear_ranges[0] if len(clear_ranges) == 1 and all(part in _LETTERS for part in parts) else None
    return Misread(message, f"write {' or '.join(clear_ranges)}", "bad-day", fixed=fixed)


def _guess_days(word: str) -> list[int]:
    """Return the days that a letter or a misspelled name can mean."""
    word = word.rstrip(".")
    if word in ("T", "S"):
        return [1, 3] if word == "T" else [5, 6]
    if word in _LETTERS:
        return [_LETTERS[word]]
    near = suggest(word, WEEKDAYS)
    return [WEEKDAYS.index(near)] if near else []


def read_day(text: str, window: Window | None, *, day_first: bool = False) -> date:
    """Return the date that is written as `2027-02-15`, `15 Feb 2027` or `Feb 15, 2027`.

    The day of the week may come first, and must be right. Without a year, the `window` gives it; with no window
    the year must be there. `day_first` reads `15.2.2027` too, as the languages do that write dates with dots.
    """
    text = " ".join(text.split())
    weekday, rest = _split_weekday(text)
    dotted = _read_dotted(rest, text) if day_first else None
    year, month, day_of_month = dotted or _read_parts(rest, text, window)
    if year is None:
        found = _find_year(month, day_of_month, weekday, window, text)
    else:
        found = make_day(year, month, day_of_month)
    if weekday is not None and found.weekday() != weekday:
        message = f"{found.isoformat()} is a {day_name(found)}, not a {WEEKDAYS[weekday]}"
        help = f"write {_with_weekday(found)}, or {_with_weekday(_nearest(found, weekday))}"
        raise Misread(message, help, "wrong-weekday")
    return found


def _with_weekday(day: date) -> str:
    return f"{day_name(day)} {day.day} {MONTHS[day.month - 1][:3]} {day.year}"


def _nearest(day: date, weekday: int) -> date:
    """Return the day nearest to this one that is such a day of the week."""
    after = (weekday - day.weekday()) % 7
    return day + timedelta(days=after if after <= 3 else after - 7)


def _split_weekday(text: str) -> tuple[int | None, str]:
    match = _WEEKDAY_FIRST.match(text)
    if match and _month(match[1]) is None:
        try:
            return read_weekday(match[1]), text[match.end() :]
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


def _read_parts(rest: str, text: str, window: Window | None) -> tuple[int | None, int, int]:
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
        near = suggest(word, (*MONTHS, *(name[:3] for name in MONTHS)))
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
        what = "digits, but this has a letter" if re.search("[OolI]", rest) else "hyphens, but this has other marks"
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


def read_time(text: str) -> time:
    """Return the time of day that is written as `13:00`, `1 pm` or `1:30pm`."""
    cleaned = " ".join(text.split())
    if is_noon(cleaned):
        return NOON
    if is_midnight(cleaned):
        message = f"`{cleaned}` could be the beginning or the end of a day"
        raise Misread(message, "write 23:59 for its end, or 0:00 for its beginning", "ambiguous-time")
    match = _TIME.fullmatch(cleaned)
    if match is None:
        if loose := clear_time(cleaned):
            raise Misread(f"`{cleaned}` is not a time", f"write {loose}", "bad-time", fixed=loose)
        raise Misread(f"`{cleaned}` is not a time", "write a time such as 13:00 or 1 pm", "bad-time")
    if match[6]:
        return _make_time(int(match[6]), int(match[7]), cleaned)
    hour, minute = int(match[1] or match[4]), int(match[2] or 0)
    afternoon = (match[3] or match[5]).lower() == "p"
    if not 1 <= hour <= 12:
        clear = f"{hour}:{minute:02d}" if hour < 24 and minute < 60 and afternoon == (hour > 12) else None
        raise Misread(
            f"`{cleaned}` is not a time: am and pm go with 1 to 12",
            f"write {clear}" if clear else "write a time such as 13:00 or 1 pm",
            "bad-time",
            fixed=clear,
        )
    return _make_time(hour % 12 + (12 if afternoon else 0), minute, cleaned)


def is_midnight(text: str) -> bool:
    """Return whether a text is `midnight` or `12 midnight`, which is the beginning of a day or its end."""
    return _MIDNIGHT.fullmatch(text) is not None


def _make_time(hour: int, minute: int, text: str) -> time:
    if hour == 24 and minute == 0:
        raise Misread("a day ends at 23:59", "write 23:59", "bad-time", fixed="23:59")
    if hour > 23 or minute > 59:
        raise Misread(f"there is no time {text}", "write a time such as 13:00 or 1 pm", "bad-time")
    return time(hour, minute)


def read_time_range(text: str) -> TimeRange:
    """Return the range that is written as two times with `-` or `–` between them; it ends after it starts.

    With am or pm at one of them the other takes the reading that makes a range, and if both do, the shorter range.
    Without, both are of the 24-hour clock.
    """
    parts = split_range(text)
    if len(parts) == 1:
        raise _no_end(parts[0])
    if len(parts) != 2:
        raise Misread(f"`{text}` is not a time range", "write a range such as 13:00-16:00", "bad-time")
    _check_habits(text, parts)
    clocks = parse_clock(parts[0]), parse_clock(parts[1])
    marked = any(clock is not None and clock.half for clock in clocks)
    # The end comes first: of two impossible times, only it is reported.
    end, start = (_read_half(parts[at], parts, clocks[at], marked) for at in (1, 0))
    found = pair_up(start, end)
    if found is not None:
        return found
    first, last = start[0], end[0]
    if start == end:
        after = _later(first)
        help = f"write {say_range(first, after)}" if first < after else "write an earlier start"
        raise Misread(f"it starts and ends at the same time ({first:%H:%M})", help, "ends-before-start")
    meant, sure = guess_range(start, end)
    clear = say_range(meant.start, meant.end)
    over = "; a range can't go past midnight" if meant == TimeRange(first, LAST_MINUTE) else ""
    raise Misread(
        f"it ends ({last:%H:%M}) before it starts ({first:%H:%M})",
        f"write {clear}{over}",
        "ends-before-start",
        fixed=clear if sure else None,
    )


def split_range(text: str) -> list[str]:
    """Return the parts of a range, which `-`, another dash or a word such as `to` divides."""
    return [part for part in _RANGE.split(" ".join(text.split())) if part]


def _no_end(part: str) -> Misread:
    clock = parse_clock(part)
    bare = clock is not None and clock.half is None and clock.hour < 24 and ":" not in part
    start = time(clock.hour) if clock is not None and bare else read_time(part)
    after = _later(start)
    help = f"write {start:%H:%M}-{after:%H:%M}" if start < after else "write the start and the end"
    return Misread("the end time is missing", help, "bad-time")


def _check_habits(text: str, parts: list[str]) -> None:
    """Refuse a range of times as they are written elsewhere (`13.00-16.00`), with the one that is meant."""
    clear = [part if parse_clock(part) is not None else clear_time(part) for part in parts]
    if parts[1] in ("24:00", "24") or is_midnight(parts[1]):
        clear[1] = "23:59"
    if is_midnight(parts[0]):
        clear[0] = "0:00"
    bare = re.sub(r"^(?:from|between) ", "", parts[0], flags=re.IGNORECASE)
    if parse_clock(bare) is not None:
        clear[0] = bare
    known = [part for part in clear if part]
    if len(known) != 2 or known == parts:
        return
    if not any(re.search(r"m\.?$", part, re.IGNORECASE) for part in known):
        known = [part if ":" in part or is_noon(part) else f"{part}:00" for part in known]
    fixed: str | None = "-".join(known)
    help = f"write {fixed}"
    try:
        found = read_time_range("-".join(known))
    except Misread as misread:
        fixed, help = misread.fixed, misread.help or help
    else:
        if LAST_MINUTE in (found.start, found.end):
            fixed = say_range(found.start, found.end)
            help = f"write {fixed}"
    sure = fixed if not is_midnight(parts[0]) else None
    raise Misread(f"`{text}` is not a time range", help, "bad-time", fixed=sure)


def _read_half(part: str, parts: list[str], clock: Clock | None, marked: bool) -> tuple[time, ...]:
    """Return what one half of a range can mean; raise `Misread`, with the whole range, if it is not a time."""
    bare = clock is not None and _24_HOUR.fullmatch(part) is not None
    if clock is not None and bare and marked and clock.readings:
        return clock.readings
    try:
        return (read_time(f"{part}:00" if bare and ":" not in part else part),)
    except Misread as misread:
        if misread.fixed is None:
            raise
        clear = "-".join(misread.fixed if each == part else each for each in parts)
        raise Misread(misread.message, f"write {clear}", misread.name, fixed=clear) from None


def _later(start: time) -> time:
    return time(min(start.hour + 1, 23), start.minute if start.hour < 23 else 59)


def read_weeks(text: str) -> WeekFilter:
    """Return which weeks are meant by `odd`, `even`, `3`, `2-14` or `2-6, 8-14`."""
    cleaned = text.strip().lower()
    if cleaned in ("odd", "even"):
        return WeekFilter(parity=1 if cleaned == "odd" else 0)
    numbers: set[int] = set()
    for part in cleaned.split(","):
        match = re.fullmatch(r"\s*(\d{1,3})(?:\s*[-–]\s*(\d{1,3}))?\s*", part)
        if match is None:
            help = "write weeks such as odd, even, 2-14 or [1, 3, 5]"
            raise Misread(f"`{text.strip()}` does not name weeks", help, "bad-value")
        first, last = int(match[1]), int(match[2] or match[1])
        if last < first:
            raise Misread(f"weeks {first} to {last} run backwards", f"write {last}-{first}", "bad-value")
        numbers.update(range(first, last + 1))
    return WeekFilter(numbers=frozenset(numbers))


@contextmanager
def whole_remedy(after: str, window: Window | None, day_first: bool, *, before: str | None = None) -> Iterator[None]:
    """Make the remedy for a part the whole text: with what comes `after` a day or `before` a time."""
    try:
        yield
    except Misread as misread:
        help, write, fixed = misread.help, misread.write, misread.fixed
        if write is not None:
            write = f"{write}{after}" if before is None else f"{before}{write}"
            help = f"write {write}"
            fixed = write if fixed is not None else None
        elif before is None and after and help is not None and help.startswith("write "):
            choices = re.split("(,? or )", help.removeprefix("write "))
            if all(_is_day(each, window, day_first) for each in choices[::2]):
                help = f"write {''.join(each if at % 2 else f'{each}{after}' for at, each in enumerate(choices))}"
        raise Misread(misread.message, help, misread.name, write=write, fixed=fixed) from None


def _is_day(text: str, window: Window | None, day_first: bool) -> bool:
    try:
        read_day(text, window, day_first=day_first)
    except Misread:
        return False
    return True


def _comma(before: str, moment: str) -> Misread:
    """Return what is wrong with `20 Feb 2027, 5 pm`."""
    clear = f"{before.rstrip(' ,')} at {moment}"
    return Misread("remove the comma between the date and the time", f"write {clear}", "bad-date", fixed=clear)


def read_instant(
    text: str, window: Window | None, zone: ZoneInfo, default: time, *, day_first: bool = False
) -> datetime:
    """Return the instant of a date, with a time at its end (`17:00`, `at 17:00`) or at `default`, in `zone`."""
    cleaned = " ".join(text.split())
    match = re.fullmatch(
        r"(.*?)(?:T| at | )(\d{1,2}:\d{2}(?: ?[apAP]\.?[mM]\.?)?|\d{1,2} ?[apAP]\.?[mM]\.?|[nN]oon)", cleaned
    )
    if match and match[1].endswith(","):
        raise _comma(match[1], match[2])
    if match:
        after = cleaned[match.end(1) :]
        with whole_remedy(after, window, day_first):
            day = read_day(match[1], window, day_first=day_first)
        with whole_remedy(after, window, day_first, before=cleaned[: match.start(2)]):
            return datetime.combine(day, read_time(match[2]), zone)
    return datetime.combine(read_day(cleaned, window, day_first=day_first), default, zone)
