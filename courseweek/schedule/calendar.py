"""The term's class days: the weekly pattern with its breaks and swaps, and the numbers of its weeks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import field
from datetime import date, datetime, time, timedelta

from dateutil.rrule import WEEKLY, rrule

from courseweek.frozen import dataclass
from courseweek.language.locale import Locale
from courseweek.model.meeting import Topic
from courseweek.model.term import Break, GroupPattern, Pattern, Swap, Term, TimeRange
from courseweek.schedule.sessions import Groups, common_place, common_time, list_held, list_sessions, order_time

DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True)
class ClassDay:
    """One class of the pattern on one day; `taken_by` is the break that takes it, if one does.

    With `groups` it is one session of them, on the day of the first group that meets.
    """

    on: date
    pattern: Pattern
    taken_by: Break | None
    groups: Groups = ()

    @property
    def kind(self) -> str | None:
        """The kind of its entry of the pattern."""
        return self.pattern.kind

    @property
    def begins(self) -> tuple[date, tuple[bool, dt.time]]:
        """What class days are sorted by: the day, then the time."""
        if self.groups and self.taken_by is None:
            return list_held(self.groups)[0].begins
        return self.on, order_time(self.pattern.time)

    @property
    def time(self) -> TimeRange | None:
        """From when to when, if its groups meet at one time."""
        return common_time(self.groups) if self.groups else self.pattern.time

    @property
    def place(self) -> str | None:
        """Where, if its groups meet in one place."""
        return common_place(self.groups) if self.groups else self.pattern.place

    @property
    def held_on(self) -> list[date]:
        """The days on which it takes place: those of its groups that meet, or its day."""
        return [each.on for each in list_held(self.groups)] or [self.on]

    def is_on(self, on: date, moment: TimeRange | None) -> bool:
        """Return whether it takes place on a date, at a time that `moment`, if there is one, does not miss."""
        if not self.groups:
            times = [self.pattern.time] if self.on == on else []
        else:
            times = [each.time for each in list_held(self.groups) if each.on == on]
        return any(moment is None or own is None or own.overlaps(moment) for own in times)


@dataclass(frozen=True, slots=True)
class LostDays:
    """The class days that one break takes in one week, in order."""

    pause: Break
    days: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class WeekNumbers:
    """The numbers of the weeks: the first day of the first one, which weeks after it are not counted, its number."""

    first: date
    skipped: frozenset[date] = field(default=frozenset())
    lowest: int = 1

    def number(self, day: date) -> int | None:
        """Return the number of the week that holds `day`; None before the first and in one that is not counted."""
        week = self.first + timedelta(weeks=(day - self.first).days // 7)
        return None if week < self.first or week in self.skipped else self._count(week)

    def last(self, day: date) -> int | None:
        """Return the number of the last week that is counted up to the one that holds `day`; None before the first."""
        weeks = (self.first + timedelta(weeks=at) for at in range((day - self.first).days // 7 + 1))
        return max((self._count(week) for week in weeks if week not in self.skipped), default=None)

    def _count(self, week: date) -> int:
        weeks = (week - self.first).days // 7 + self.lowest
        return weeks - sum(1 for each in self.skipped if self.first <= each < week)

    def first_day(self, number: int) -> date:
        """Return the first day of the week with this number, which is not below the lowest."""
        week, counted = self.first, self.lowest - 1
        while True:
            counted += week not in self.skipped
            if counted == number:
                return week
            week += timedelta(days=7)


class Kinds:
    """The kinds of the weekly pattern; their case does not matter."""

    def __init__(self, term: Term) -> None:
        """Take them from the pattern, each as it is first spelled there."""
        self.spelled: dict[str, str] = {}
        for pattern in term.meets:
            if pattern.kind is not None:
                self.spelled.setdefault(pattern.kind.casefold(), pattern.kind)
        self.first = self.spell(term.meets[0].kind) if term.meets else None
        self.numbered = {self.spell(pattern.kind) for pattern in term.meets if pattern.numbered}

    def spell(self, kind: str | None) -> str | None:
        """Return the kind as the pattern spells it; one that it does not have as it is."""
        return None if kind is None else self.spelled.get(kind.casefold(), kind)

    def line(self, kind: str | None) -> str | None:
        """Return the kind on whose class days a topic of this kind flows: its own, else the first entry's."""
        spelled = self.spell(kind)
        return spelled if spelled in self.spelled.values() else self.first


@dataclass(frozen=True, slots=True)
class Calendar:
    """The class days of a term, taken by breaks or not, with the kinds of its pattern and the numbers of its weeks."""

    term: Term
    kinds: Kinds
    weeks: WeekNumbers
    days: tuple[ClassDay, ...]

    @property
    def open_days(self) -> list[date]:
        """The dates of the class days that no break takes."""
        return sorted(on for day in self.days if day.taken_by is None for on in day.held_on)


def make_calendar(term: Term, topics: Iterable[Topic]) -> Calendar:
    """Return the calendar of a term; without a weekly pattern the first topic with a date begins week 1."""
    days = list_class_days(term)
    first_dated = min((topic.date for topic in topics if topic.date is not None), default=None)
    weeks = number_weeks(term, days, first_dated)
    if any(group.weeks is not None for pattern in term.meets for group in pattern.groups):
        days = list_class_days(term, weeks)
    return Calendar(term, Kinds(term), weeks, filter_weeks(days, weeks))


def list_class_days(term: Term, weeks: WeekNumbers | None = None) -> tuple[ClassDay, ...]:
    """Return all class days from the term's first to its last day in order of date and time, before `weeks:`.

    With `weeks`, groups meet only in theirs. On a swap's date the classes of the day that it follows take place; a
    class of its own that is lost by that is here too, taken by a break named after the swap. A break takes what is
    inside it.
    """
    swapped = {swap.date for swap in term.swaps}
    found: list[ClassDay] = []
    for pattern in term.meets:
        if pattern.groups:
            found += _list_sessions(pattern, term, weeks)
            continue
        for on in _weekly(pattern, term):
            if on not in swapped:
                found.append(ClassDay(on, pattern, _find_break(term, pattern.kind, on)))
    for swap in term.swaps:
        found += _swap_day(swap, term)
    return tuple(sorted(found, key=lambda each: each.begins))


def _list_sessions(pattern: Pattern, term: Term, weeks: WeekNumbers | None) -> Iterator[ClassDay]:
    """Yield the sessions of an entry with groups, and each day of a break that takes all groups of one."""

    def takes(group: GroupPattern, on: date) -> bool:
        return group.weeks is None or weeks is None or group.weeks.takes(weeks.number(on))

    def find_break(on: date) -> Break | None:
        return _find_break(term, pattern.kind, on)

    swapped = {swap.date: _follow(swap, term.locale) for swap in term.swaps}
    for groups, replaced in list_sessions(pattern, term, find_break, swapped, takes):
        held = list_held(groups)
        if held:
            yield ClassDay(held[0].on, pattern, None, groups)
        lost = replaced if held else (*replaced, *groups)
        if len(lost) >= len(groups):
            days = dict.fromkeys((each.on, each.taken_by) for each in lost if each.taken_by is not None)
            yield from (ClassDay(on, pattern, taken_by) for on, taken_by in days)


def _follow(swap: Swap, locale: Locale) -> Break:
    """Return what takes the classes of a swap's own day of the week."""
    name = swap.name or locale.gettext("Follows {day}", day=locale.weekday(swap.follows))
    return Break(swap.date, swap.date, name, None, True, swap.origin)


def _swap_day(swap: Swap, term: Term) -> list[ClassDay]:
    """Return the classes of a swap's date: those of the day it follows, and its own of a kind that these lack."""
    meets = [pattern for pattern in term.meets if not pattern.groups]
    held = [pattern for pattern in meets if swap.follows in pattern.days]
    kinds = {_fold(pattern.kind) for pattern in held}
    lost = [pattern for pattern in meets if swap.date.weekday() in pattern.days and _fold(pattern.kind) not in kinds]
    instead = _follow(swap, term.locale)
    found = [ClassDay(swap.date, pattern, _find_break(term, pattern.kind, swap.date)) for pattern in held]
    for pattern in lost:
        found.append(ClassDay(swap.date, pattern, _find_break(term, pattern.kind, swap.date) or instead))
    return found


def _fold(kind: str | None) -> str | None:
    return None if kind is None else kind.casefold()


def _weekly(pattern: Pattern, term: Term) -> list[date]:
    start = datetime.combine(term.starts, time.min)
    end = datetime.combine(term.ends, time.min)
    return [moment.date() for moment in rrule(WEEKLY, dtstart=start, until=end, byweekday=pattern.days)]


def _find_break(term: Term, kind: str | None, on: date) -> Break | None:
    """Return the break that takes a class day of a kind; where two overlap, the first one written."""
    return next((each for each in term.breaks if each.starts <= on <= each.ends and each.takes(kind)), None)


def number_weeks(term: Term, days: tuple[ClassDay, ...], first_topic: date | None) -> WeekNumbers:
    """Return the numbers of the weeks.

    The first week holds the pattern's first day, break or not; without a pattern the first topic, without any the
    term's first day. A week whose class days are all taken by breaks of the whole course with `numbered: no` is not
    counted.
    """
    first = days[0].on if days else first_topic or term.starts
    by_week: dict[date, list[ClassDay]] = {}
    for day in days:
        by_week.setdefault(term.week_of(day.on), []).append(day)
    skipped = frozenset(
        first_day
        for first_day, week in by_week.items()
        if all(day.taken_by is not None and not day.taken_by.numbered and not day.taken_by.kinds for day in week)
    )
    return WeekNumbers(term.week_of(first), skipped, term.first_week)


def filter_weeks(days: tuple[ClassDay, ...], weeks: WeekNumbers) -> tuple[ClassDay, ...]:
    """Return the class days that take place in their week, by the `weeks:` of their entry of the pattern."""
    return tuple(day for day in days if day.pattern.weeks is None or day.pattern.weeks.takes(weeks.number(day.on)))


def list_lost(days: tuple[ClassDay, ...], term: Term) -> tuple[LostDays, ...]:
    """Return, in order, one row for each break and each week in which it takes class days."""
    rows: dict[tuple[date, Break], dict[date, None]] = {}
    for day in days:
        if day.taken_by is not None:
            rows.setdefault((term.week_of(day.on), day.taken_by), {})[day.on] = None
    return tuple(LostDays(pause, tuple(lost)) for (_, pause), lost in rows.items())
