"""The term's class days: the weekly pattern with its breaks and swaps, and the numbers of its weeks."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from dateutil.rrule import WEEKLY, rrule

from courseweek.model.origin import Origin
from courseweek.model.term import Break, Pattern, Term

_DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True)
class ClassDay:
    """One class of the pattern on one day; `taken_by` is the break that takes it, if one does."""

    on: date
    pattern: Pattern
    taken_by: Break | None

    @property
    def kind(self) -> str | None:
        """The kind of its entry of the pattern."""
        return self.pattern.kind

    @property
    def begins(self) -> tuple[date, time]:
        """What class days are sorted by: the day, then the time; one without a time comes first."""
        return self.on, self.pattern.time.start if self.pattern.time else time.min


@dataclass(frozen=True, slots=True)
class Lost:
    """The days that one break takes in one week: the first and the last of them."""

    pause: Break
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class WeekNumbers:
    """The numbers of the weeks by their Mondays; counting goes on in both directions of what is stored."""

    first: date
    skipped: frozenset[date] = field(default=frozenset())

    def number(self, day: date) -> int | None:
        """Return the number of the week that holds `day`; None before week 1 and in a week that is not counted."""
        monday = monday_of(day)
        if monday < self.first or monday in self.skipped:
            return None
        weeks = (monday - self.first).days // 7 + 1
        return weeks - sum(1 for each in self.skipped if self.first <= each < monday)

    def monday(self, number: int) -> date:
        """Return the Monday of the week with this number (from 1)."""
        monday = self.first
        counted = 0
        while True:
            if monday not in self.skipped:
                counted += 1
                if counted == number:
                    return monday
            monday += timedelta(days=7)


def monday_of(day: date) -> date:
    """Return the Monday of the week (Monday to Sunday) that holds `day`."""
    return day - timedelta(days=day.weekday())


def name_of_day(day: int) -> str:
    """Return the English name of a day of the week (0 is Monday)."""
    return _DAY_NAMES[day]


def list_class_days(term: Term) -> tuple[ClassDay, ...]:
    """Return all class days from the term's first to its last day in order of date and time, before `weeks:`.

    On a swap's date the classes of the day that it follows take place; a class of its own that is lost by that
    stands here too, taken by a break named after the swap. A break takes what lies inside it.
    """
    follows = {swap.date: swap for swap in term.swaps}
    found: list[ClassDay] = []
    for pattern in term.meets:
        for on in _weekly(pattern, term):
            if on not in follows:
                found.append(ClassDay(on, pattern, _break_at(term, on)))
    for on, swap in follows.items():
        held = [pattern for pattern in term.meets if swap.follows in pattern.days]
        found += [ClassDay(on, pattern, _break_at(term, on)) for pattern in held]
        kinds = {pattern.kind for pattern in held}
        for pattern in term.meets:
            if on.weekday() in pattern.days and pattern.kind not in kinds:
                taken = _break_at(term, on) or _break_of_swap(on, swap.follows, swap.origin)
                found.append(ClassDay(on, pattern, taken))
    return tuple(sorted(found, key=lambda each: each.begins))


def _weekly(pattern: Pattern, term: Term) -> list[date]:
    start = datetime.combine(term.starts, time.min)
    end = datetime.combine(term.ends, time.min)
    return [moment.date() for moment in rrule(WEEKLY, dtstart=start, until=end, byweekday=pattern.days)]


def _break_at(term: Term, on: date) -> Break | None:
    return next((each for each in term.breaks if each.starts <= on <= each.ends), None)


def _break_of_swap(on: date, follows: int, origin: Origin) -> Break:
    return Break(on, on, f"Follows {name_of_day(follows)}", None, True, origin)


def number_weeks(term: Term, days: tuple[ClassDay, ...], first_topic: date | None) -> WeekNumbers:
    """Return the numbers of the weeks.

    Week 1 holds the pattern's first day, break or not; without a pattern the first topic, without any the term's
    first day. A week whose class days are all taken by breaks with `numbered: no` is not counted.
    """
    first = days[0].on if days else first_topic or term.starts
    by_week: dict[date, list[ClassDay]] = {}
    for day in days:
        by_week.setdefault(monday_of(day.on), []).append(day)
    skipped = frozenset(
        monday
        for monday, week in by_week.items()
        if all(day.taken_by is not None and not day.taken_by.numbered for day in week)
    )
    return WeekNumbers(monday_of(first), skipped)


def filter_weeks(days: tuple[ClassDay, ...], weeks: WeekNumbers) -> tuple[ClassDay, ...]:
    """Return the class days that take place in their week, by the `weeks:` of their entry of the pattern."""
    return tuple(
        day for day in days if day.pattern.weeks is None or day.pattern.weeks.takes(weeks.number(day.on))
    )


def list_lost(days: tuple[ClassDay, ...]) -> tuple[Lost, ...]:
    """Return, in order, one row for each break and each week in which it takes class days."""
    rows: dict[tuple[date, Break], Lost] = {}
    for day in days:
        if day.taken_by is None:
            continue
        key = (monday_of(day.on), day.taken_by)
        row = rows.get(key)
        rows[key] = Lost(day.taken_by, row.first if row else day.on, day.on)
    return tuple(rows.values())
