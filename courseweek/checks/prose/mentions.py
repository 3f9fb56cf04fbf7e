"""Dates as prose mentions them: "Friday, April 30", "the 30th of April", "Fri 30 Apr 2027", "2027-04-30".

Only what is almost certainly a date is a mention: "may", "march", "sat" and "sun" in lower case are words.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from courseweek.frozen import dataclass
from courseweek.read.values.dates import MONTHS, YEARS, Window
from courseweek.read.values.weekdays import WEEKDAYS
from courseweek.regex import lazy_pattern

_GAP = r"(?:[ \t]+|[ \t]*\r?\n[ \t]*(?=\S))"
_WEEKDAY = (
    r"(?:Mon(?:day)?|Tue(?:s(?:day)?)?|Wed(?:s|nesday)?|Thu(?:r(?:s(?:day)?)?)?|Fri(?:day)?|Sat(?:urday)?|Sun(?:day)?)"
)
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?"
    r"|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
)
# A time may come before the year: "Tue Apr 15 12:34:56 PDT 2014".
_CLOCK = rf"\d\d?:\d\d(?::\d\d)?{_GAP}(?:(?:[A-Z]{{2,5}}|[+-]\d{{4}}){_GAP})?"
_YEAR = rf"(?:,?{_GAP}(?:{_CLOCK})?(?P<year>(?:19|20|21)\d\d)(?![\d:]))?"
_ORDINAL = r"(?:st|nd|rd|th)?"
# Large patterns, of which many a course needs none: `re` compiles each at its first use, and keeps it.
_MENTION = (
    rf"(?=[MTWFSJADON\d])(?<![\w&+/])(?:(?P<weekday>{_WEEKDAY})[*_]{{0,3}}(?:\.?,?{_GAP}|{_GAP}\()[*_]{{0,3}}(?:the{_GAP})?)?(?:"
    rf"(?P<month1>{_MONTH})\.?{_GAP}(?P<day1>\d{{1,2}}){_ORDINAL}(?![\w:%/]|[.,]\d){_YEAR.replace('year', 'year1')}"
    rf"|(?<![\d.:/])(?P<day2>\d{{1,2}}){_ORDINAL}\.?{_GAP}(?:of{_GAP})?(?P<month2>{_MONTH})(?!\w)\.?"
    rf"{_YEAR.replace('year', 'year2')}"
    r"|(?<![\d-])(?P<year3>(?:19|20|21)\d\d)-(?P<month3>\d\d)-(?P<day3>\d\d)(?![\w-])"
    rf")(?:{_GAP}\((?P<after>{_WEEKDAY})\.?\))?"
)
_HINTS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_ISO_HINT = lazy_pattern(r"-\d\d-\d\d")  # a sign that it begins with is found sooner than a digit
_SLASHED = lazy_pattern(
    rf"(?<![\w/.:$&+-])(?:(?P<weekday>{_WEEKDAY})\.?,?{_GAP})?(?P<first>\d{{1,2}})/(?P<second>\d{{1,2}})"
    r"(?:/(?P<year>(?:20)?\d\d))?(?![\w/%–-]|[.:,]\d|[ ]?(?:%|of\b|points?\b|credits?\b))"
)
_ON = r"(?:[–—-]{1,2}|to|through|till|until|and|or|&|/|,)"
_RANGE_AFTER = rf"{_GAP}?{_ON}{_GAP}?(?:the{_GAP})?(?:\d{{1,2}}(?![\d:]|\s*[ap]\.?m\b)|(?:{_WEEKDAY}|{_MONTH})\b)"
_RANGE_BEFORE = rf"(?:\d{_ORDINAL}|{_WEEKDAY}|{_MONTH}){_GAP}?{_ON}{_GAP}?(?:the{_GAP})?$"
_WEEKDAYS_BEFORE = rf"\b{_WEEKDAY}s?\.?{_GAP}?(?:{_ON}{_GAP}?)+$"
_COUNTED = rf"\b(?:[Ii]n|[Ss]ince|[Dd]uring){_GAP}$"


@dataclass(frozen=True, slots=True)
class Mention:
    """A date in a text, from `start` to `end`; `weekday` (0 is Monday) and `year` where they were written.

    `ranged` says that it is one end of a range or one of a list. The day may be one that the month does not have.
    """

    start: int
    end: int
    weekday: int | None
    year: int | None
    month: int
    day: int
    ranged: bool

    @property
    def name(self) -> str:
        """The day and its month: "30 April"."""
        return f"{self.day} {MONTHS[self.month - 1]}"

    def days(self, window: Window) -> tuple[date, ...]:
        """Return the days that can be meant: that of its year, else those of the term; empty if there is none."""
        years = (self.year,) if self.year else range(window.first.year, window.last.year + 1)
        found = (date(year, self.month, self.day) for year in years if self.day <= monthrange(year, self.month)[1])
        return tuple(day for day in found if self.year or window.first <= day <= window.last)


def may_mention(text: str) -> bool:
    """Return quickly whether a text may hold a date."""
    return any(hint in text for hint in _HINTS) or _ISO_HINT.search(text) is not None


def find_mentions(words: str) -> list[Mention]:
    """Return the dates that a text mentions, in their order."""
    return [mention for match in re.finditer(_MENTION, words) if (mention := _read(match, words)) is not None]


def find_slashed(words: str, window: Window, language: str) -> list[Mention]:
    """Return the dates such as 2/15 that a text mentions, in their order; those that can be only one day.

    The language says which number is the month if it is American or another English; else the numbers or the term do.
    """
    matches = _SLASHED.finditer(words)
    return [mention for match in matches if (mention := _read_slashed(match, window, language.lower())) is not None]


def _read_slashed(match: re.Match[str], window: Window, language: str) -> Mention | None:
    first, second = int(match["first"]), int(match["second"])
    year = int(match["year"]) if match["year"] else None
    year = year + 2000 if year is not None and year < 100 else year
    ways = {(first, second), (second, first)} if language == "en" else {(first, second)}
    ways = {(second, first)} if language not in ("en", "en-us") else ways
    weekday = _number(match["weekday"], WEEKDAYS)
    read = [
        Mention(match.start(), match.end(), weekday, year, month, day, ranged=False)
        for month, day in ways
        if 1 <= month <= 12 and 1 <= day <= monthrange(2024, month)[1]
    ]
    inside = [each for each in read if each.days(window)]
    return inside[0] if len(inside) == 1 else read[0] if len(read) == 1 else None


def _read(match: re.Match[str], words: str) -> Mention | None:
    year, month, day = _parts(match)
    before = words[max(0, match.start() - 24) : match.start()]
    weekday = match["weekday"] or match["after"]
    if weekday is not None and re.search(_WEEKDAYS_BEFORE, before):
        weekday = None  # "Tuesday and Thursday, March 2 and 4": the days go with the dates one by one
    if not 1 <= month <= 12 or day < 1 or (year is not None and year not in YEARS):
        return None
    if day > 31 and weekday is None:
        return None  # a number of something else
    if match["month1"] and weekday is None and re.search(_COUNTED, before):
        return None  # "In April 31 students"
    if month == 2 and day == 29 and "leap" in words[max(0, match.start() - 80) : match.end() + 80]:
        return None  # about the calendar
    ranged = bool(re.compile(_RANGE_AFTER).match(words, match.end()) or re.search(_RANGE_BEFORE, before))
    end = match.end() - (words[match.end() - 1] == "." and not match["after"])
    return Mention(match.start(), end, _number(weekday, WEEKDAYS), year, month, day, ranged)


def _parts(match: re.Match[str]) -> tuple[int | None, int, int]:
    if match["year3"]:
        return int(match["year3"]), int(match["month3"]), int(match["day3"])
    way = "1" if match["month1"] else "2"
    year = match["year" + way]
    month = _number(match["month" + way], MONTHS)
    return int(year) if year else None, 1 + (month or 0), int(match["day" + way])


def _number(word: str | None, names: tuple[str, ...]) -> int | None:
    """Return the place of the name that a word begins or shortens."""
    return None if word is None else next(place for place, name in enumerate(names) if name[:3] == word[:3])
