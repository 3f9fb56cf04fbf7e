"""The term: its days, its weekly pattern, its breaks and swaps."""

from __future__ import annotations

from dataclasses import field
from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

from courseweek.frozen import dataclass
from courseweek.language.locale import EN, Locale
from courseweek.model.origin import Origin

BEFORE_TERM = timedelta(days=14)
"""Dated topics and deadlines may lie this much before the term's first day."""
AFTER_TERM = timedelta(days=35)
"""Dated topics and deadlines may lie this much after the term's last day."""
LEAD = timedelta(weeks=8)
"""So long before the term an announcement may be dated: an earlier one is most likely from the last term."""
FAR = timedelta(days=183)
"""So long after the term an announcement may be dated: half a year."""


@dataclass(frozen=True, slots=True)
class TimeRange:
    """From when to when on one day, in the course's time zone; the end is later than the start."""

    start: time
    end: time

    def overlaps(self, other: TimeRange) -> bool:
        """Return whether the two share a moment; touching ends do not."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class WeekFilter:
    """Which numbered weeks an entry of the pattern takes place in: by parity, or by number."""

    parity: int | None = None
    numbers: frozenset[int] = frozenset()

    def takes(self, number: int | None) -> bool:
        """Return whether the week with this number is among them; a week without a number never is."""
        if number is None:
            return False
        return number % 2 == self.parity if self.parity is not None else number in self.numbers


@dataclass(frozen=True, slots=True)
class GroupPattern:
    """One of several parallel groups of an entry: its days of the week (0 is Monday) with what holds on each."""

    name: str
    days: tuple[int, ...]
    time: TimeRange | None
    place: str | None
    leader: str | None
    weeks: WeekFilter | None
    origin: Origin = field(compare=False)


@dataclass(frozen=True, slots=True)
class Pattern:
    """One entry of the weekly pattern: days of the week (0 is Monday) with what holds on each of them.

    Where it has `groups`, `days` are those of all of them, and `time`, `place` and `weeks` are None: each group has
    its own.
    """

    days: tuple[int, ...]
    time: TimeRange | None
    place: str | None
    kind: str | None
    numbered: bool
    weeks: WeekFilter | None
    origin: Origin = field(compare=False)
    groups: tuple[GroupPattern, ...] = ()


@dataclass(frozen=True, slots=True)
class Break:
    """Days without class, the last one included; with `kinds`, only those of these kinds have no class."""

    starts: date
    ends: date
    name: str
    description: str | None
    numbered: bool
    origin: Origin = field(compare=False)
    kinds: tuple[str, ...] = ()

    def takes(self, kind: str | None) -> bool:
        """Return whether it takes the class days of this kind; case does not matter."""
        return not self.kinds or (kind is not None and kind.casefold() in map(str.casefold, self.kinds))

    def holds(self, day: date) -> bool:
        """Return whether it is a break of the whole course on a day."""
        return not self.kinds and self.starts <= day <= self.ends


@dataclass(frozen=True, slots=True)
class Swap:
    """A date on which the pattern of another day of the week (0 is Monday) replaces its own; `name` may name it."""

    date: date
    follows: int
    origin: Origin = field(compare=False)
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """The term as written. `starts` and `ends` are the first and last day on which the pattern can fall.

    Weeks begin on the day `week_starts` (0 is Monday), and the first one has the number `first_week`. A week with more
    than `weekly_hours` of required reading is too full. `locale` is the language in which days without a topic or a
    name are named.
    """

    name: str | None
    starts: date
    ends: date
    zone: ZoneInfo
    due_time: time
    meets: tuple[Pattern, ...]
    breaks: tuple[Break, ...]
    swaps: tuple[Swap, ...]
    tentative: bool
    origin: Origin = field(compare=False)
    week_starts: int = 0
    first_week: int = 1
    weekly_hours: float | None = None
    locale: Locale = EN

    def week_of(self, day: date) -> date:
        """Return the first day of the week that holds `day`."""
        return day - timedelta(days=(day.weekday() - self.week_starts) % 7)

    @property
    def timezone(self) -> str:
        """The zone's name in the IANA time zone database."""
        return self.zone.key


def is_of_other_term(on: date, starts: date, ends: date) -> bool:
    """Return whether an announcement of a day is so far outside a term that it is most likely of another one."""
    return not starts - LEAD <= on <= ends + FAR


def same_day_in_term(on: date, starts: date, ends: date) -> date | None:
    """Return the day of another year that is in the term, for a date with a wrong year; None if there isn't one."""
    for year in range(starts.year, ends.year + 1):
        if (on.month, on.day) != (2, 29) and starts <= on.replace(year=year) <= ends:
            return on.replace(year=year)
    return None
