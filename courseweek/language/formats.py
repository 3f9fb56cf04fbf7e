"""How a language writes days, times and lists, by the Unicode CLDR: `formats.json` and `zones.json`.

Both are made by `scripts/languages.py`. `en` is the project's own English: a 24-hour clock and "Mon 15 Feb".
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any, Literal, TypedDict

from courseweek.regex import lazy_pattern

Clock = Literal["24-hour", "12-hour"]


class _Names(TypedDict):
    """The entry of a language in `formats.json`: names, and patterns as the CLDR writes them (UTS 35).

    A range has two patterns, by the largest field in which its ends differ: day, month or year.
    """

    weekdays: list[str]
    short_weekdays: list[str]
    short_months: list[str]
    day: str
    dated_day: str
    moment: str
    days: dict[str, list[str]]
    long_days: dict[str, list[str]]
    clock: dict[str, str]
    hours: dict[str, list[str]]
    halves: list[str]
    usual_clock: Clock
    listed: dict[str, str]
    decimal: str


WRITTEN = ("en", "en-US", "de", "fr", "es", "zh-Hans", "ar")
"""The languages in which a page is written."""
_CALLED = {"zh": "zh-Hans", "zh-cn": "zh-Hans", "zh-sg": "zh-Hans"}
"""Tags that mean another one; `zh-TW` is written in characters that are not here."""
_OTHERS = ("zh-hant", "zh-tw", "zh-hk", "zh-mo")
_TOKEN = lazy_pattern(r"'([^']*)'|(y+|M+|d+|E+|H+|h+|m+|a)|(.)")

_MOST_WRITTEN = 8_192
"""How many days and times are kept as they were written: the same ones are on many pages."""


class Formats:
    """Writes days, times and lists in one language."""

    def __init__(self, tag: str) -> None:
        """Take a tag of `WRITTEN`."""
        self._names: _Names = _load("formats.json")[tag]
        self.usual_clock: Clock = self._names["usual_clock"]
        self._written: dict[tuple[str, date | time], str] = {}

    def day(self, day: date) -> str:
        """Return "Mon 25 Jan"."""
        return self._write(self._names["day"], day)

    def dated_day(self, day: date) -> str:
        """Return "Mon 25 Jan 2027"."""
        return self._write(self._names["dated_day"], day)

    def day_range(self, first: date, last: date) -> str:
        """Return "Mon 22 – Wed 24 Mar"; the year is not written."""
        field = "d" if first.month == last.month else "M"
        return self._write_both(self._names["days"][field], first, last)

    def long_range(self, first: date, last: date) -> str:
        """Return "25 Jan – 10 May 2027", with both years where they differ."""
        field = "y" if first.year != last.year else "M" if first.month != last.month else "d"
        return self._write_both(self._names["long_days"][field], first, last)

    def clock(self, at: time, clock: Clock) -> str:
        """Return "9:30", or "9:30 AM"."""
        return self._write(self._names["clock"][clock], at)

    def time_range(self, start: time, end: time, clock: Clock) -> str:
        """Return "9:30–10:45", "9:30–10:45 AM" or "11:30 AM–12:45 PM"."""
        same_half = clock == "12-hour" and start.hour // 12 == end.hour // 12
        return self._write_both(self._names["hours"]["same-half" if same_half else clock], start, end)

    def moment(self, at: datetime, clock: Clock) -> str:
        """Return "Mon 25 Jan, 9:30"."""
        written = {"{1}": self.day(at.date()), "{0}": self.clock(at.time(), clock)}
        return self._names["moment"].replace("{1}", written["{1}"]).replace("{0}", written["{0}"])

    def weekday(self, day: int, *, short: bool = False) -> str:
        """Return "Friday" (0 is Monday), or "Fri"."""
        return self._names["short_weekdays" if short else "weekdays"][day]

    def join(self, parts: Sequence[str]) -> str:
        """Return "Monday, Tuesday and Friday"."""
        patterns = self._names["listed"]
        if len(parts) < 2:
            return "".join(parts)
        if len(parts) == 2:
            return _put(patterns["2"], *parts)
        joined = _put(patterns["end"], *parts[-2:])
        for part in parts[-3:0:-1]:
            joined = _put(patterns["middle"], part, joined)
        return _put(patterns["start"], parts[0], joined)

    def number(self, number: float) -> str:
        """Return "2.5", or "2"."""
        return f"{number:g}".replace(".", self._names["decimal"])

    def _write_both(self, patterns: list[str], first: date | time, last: date | time) -> str:
        return self._write(patterns[0], first) + self._write(patterns[1], last)

    def _write(self, pattern: str, at: date | time) -> str:
        if isinstance(at, datetime | time) and at.tzinfo is not None:
            at = at.replace(tzinfo=None)  # the same instant is written differently in each zone
        written = self._written.get((pattern, at))
        if written is None:
            if len(self._written) >= _MOST_WRITTEN:
                self._written.clear()
            tokens = _TOKEN.findall(pattern)
            written = "".join(self._field(field, at) if field else quoted or sign for quoted, field, sign in tokens)
            self._written[pattern, at] = written
        return written

    def _field(self, field: str, at: Any) -> str:
        """Return a field of a date or a time, as UTS 35 says, as far as the patterns have it."""
        names = self._names
        match field[0]:
            case "E":
                return names["short_weekdays"][int(at.weekday())]
            case "M" if len(field) > 2:
                return names["short_months"][int(at.month) - 1]
            case "a":
                return names["halves"][int(at.hour) // 12]
        number = {"y": "year", "M": "month", "d": "day", "H": "hour", "h": "hour", "m": "minute"}[field[0]]
        value: int = getattr(at, number)
        if field[0] == "h":
            value = (value + 11) % 12 + 1
        return str(value).zfill(len(field))


@cache
def find_written(tag: str) -> str | None:
    """Return the language of `WRITTEN` that a tag means, by its longest known beginning; None for any other tag."""
    parts = tag.replace("_", "-").lower().split("-")
    known = {each.lower(): each for each in WRITTEN} | _CALLED
    for count in range(len(parts), 0, -1):
        name = "-".join(parts[:count])
        if name in _OTHERS:
            return None
        if name in known:
            return known[name]
    return None


@cache
def find_formats(tag: str) -> Formats:
    """Return what writes in a language of `WRITTEN`."""
    return Formats(tag)


@cache
def name_zone(zone: str, tag: str) -> str | None:
    """Return what a time zone of the IANA database is called in a language of `WRITTEN`: "Central time"."""
    zones = _load("zones.json")
    group = next((at for at, members in enumerate(zones["zones"]) if zone in members), None)
    return None if group is None else zones["en" if tag == "en-US" else tag][group]


def _put(pattern: str, first: str, second: str) -> str:
    """Return a pattern of a list with both parts, whatever braces they have themselves."""
    before, _, rest = pattern.partition("{0}")
    between, _, after = rest.partition("{1}")
    return f"{before}{first}{between}{second}{after}"


@cache
def _load(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((Path(__file__).parent / name).read_text("utf-8"))
    return loaded
