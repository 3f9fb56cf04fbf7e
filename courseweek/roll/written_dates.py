"""Another day in the form in which somebody wrote a date: with the same order, words, zeros and commas."""

from __future__ import annotations

import re
from datetime import date

from courseweek.language.language import Language
from courseweek.read.values.dates import MONTHS
from courseweek.read.values.misread import Misread
from courseweek.read.values.weekdays import WEEKDAYS, read_weekday
from courseweek.regex import lazy_pattern

_ISO = lazy_pattern(r"\d{4}-\d{2}-\d{2}")
_ORDINAL = r"(?P<ordinal>st|nd|rd|th)?"
_MONTH = r"(?P<month>[A-Za-z]{3,9})"
_YEAR = r"(?P<before_year>,? +)(?P<year>\d{4})"
_DAY_FIRST = lazy_pattern(rf"(?P<day>\d{{1,2}}){_ORDINAL}(?P<gap>\.? +){_MONTH}(?P<dot>\.?)(?:{_YEAR})?")
_MONTH_FIRST = lazy_pattern(rf"{_MONTH}(?P<gap>\.? +)(?P<day>\d{{1,2}}){_ORDINAL}(?:{_YEAR})?")
_DOTTED = lazy_pattern(r"(?P<day>\d{1,2})(?P<gap>\. ?)(?P<month>\d{1,2})(?P<dot>\. ?)(?P<year>\d{4})?")
_WORD = lazy_pattern(r"[^\W\d_]+")
_NUMBER = lazy_pattern(r"\d+")
_WEEKDAY = lazy_pattern(r"\s*(?P<word>[A-Za-z]{3,9})\b")


def rewrite_day(text: str, day: date, language: Language) -> str | None:
    """Return a text with `day` for the date that it begins with; None if it does not begin with one.

    A year, a day of the week and an ordinal are written where the text has them. What follows the date stays.
    """
    in_language = _rewrite_in_language(text, day, language)
    if in_language is not None:
        return in_language
    text = _rewrite_weekday(text, day)
    if _ISO.search(text) is not None:
        return _ISO.sub(day.isoformat(), text, count=1)
    for pattern in (_DAY_FIRST, _MONTH_FIRST, _DOTTED):
        for match in pattern.finditer(text):
            written = _rewrite_parts(match, day)
            if written is not None:
                return f"{text[: match.start()]}{written}{text[match.end() :]}"
    return None


def _rewrite_in_language(text: str, day: date, language: Language) -> str | None:
    """Return a text that is a date of the language with other names and numbers; None if it isn't one."""
    if language.read_day(text) is None:
        return None
    named = _WORD.sub(lambda match: language.rename(match[0], day) or match[0], text)
    for numbers in ([day.month, day.day], [day.day, day.month], [day.day]):
        written = _rewrite_numbers(named, day.year, numbers)
        read = language.read_day(written)
        if read is not None and (read.month, read.day) == (day.month, day.day):
            return written
    return None


def _rewrite_numbers(text: str, year: int, numbers: list[int]) -> str:
    """Return a text with other numbers, in order, and with this year for one of four digits."""
    left = iter(numbers)

    def rewrite(match: re.Match[str]) -> str:
        if len(match[0]) > 2:
            return f"{year:04d}"
        number = next(left, None)
        return match[0] if number is None else f"{number:02d}" if match[0].startswith("0") else str(number)

    return _NUMBER.sub(rewrite, text)


def _rewrite_weekday(text: str, day: date) -> str:
    match = _WEEKDAY.match(text)
    if match is None:
        return text
    word = match["word"]
    try:
        read_weekday(word)
    except Misread:
        return text
    name = WEEKDAYS[day.weekday()]
    is_short = word.lower() not in {each.lower() for each in WEEKDAYS}
    return f"{text[: match.start('word')]}{_in_case_of(word, name[:3] if is_short else name)}{text[match.end() :]}"


def _rewrite_parts(match: re.Match[str], day: date) -> str | None:
    """Return the day, the month and the year in the order of what was matched; None if that is not a date."""
    parts = match.groupdict()
    month = _rewrite_month(parts["month"], day)
    if month is None:
        return None
    number = f"{day.day:02d}" if parts["day"].startswith("0") else str(day.day)
    if parts.get("ordinal"):
        number += _ordinal_of(day.day)
    written = {"month": month, "day": number, "year": f"{day.year:04d}", "ordinal": ""}
    return "".join(written.get(name, text) for name, text in _in_order(match))


def _in_order(match: re.Match[str]) -> list[tuple[str, str]]:
    """Return the names and texts of the groups that have a text, from left to right."""
    named = [(match.start(name), name, text) for name, text in match.groupdict().items() if text]
    return [(name, text) for _, name, text in sorted(named)]


def _rewrite_month(word: str, day: date) -> str | None:
    if word.isdigit():
        return f"{day.month:02d}" if word.startswith("0") else str(day.month)
    full = next((name for name in MONTHS if name.lower().startswith(word.lower()[:3])), None)
    if full is None or not full.lower().startswith(word.lower()):
        return None
    name = MONTHS[day.month - 1]
    # "May" is the whole name and the short one.
    return _in_case_of(word, name if word.lower() == full.lower() and full != "May" else name[:3])


def _in_case_of(word: str, name: str) -> str:
    return name.upper() if word.isupper() else name.lower() if word.islower() else name


def _ordinal_of(number: int) -> str:
    return "th" if number in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
