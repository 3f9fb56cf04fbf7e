"""Sessions: the days on which the parallel groups of an entry of the weekly pattern have one topic."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta

from courseweek.frozen import dataclass
from courseweek.model.term import Break, GroupPattern, Pattern, Term, TimeRange

Takes = Callable[[GroupPattern, date], bool]
"""Whether a group meets in the week of a day, by its `weeks:`."""
FindBreak = Callable[[date], Break | None]
"""The break that takes a day of the entry's kind, if one does."""
_Place = tuple[date, int, int]
"""A session: the first day of its week, the place in the groups' patterns, and how many of that place came before."""


def order_time(moment: TimeRange | None) -> tuple[bool, dt.time]:
    """Return what meetings of one day are sorted by: the start, and those without a time after all others."""
    return moment is None, moment.start if moment is not None else dt.time.min


@dataclass(frozen=True, slots=True)
class GroupDay:
    """The day of one group in a session; `taken_by` is what takes it, if something does."""

    pattern: GroupPattern
    on: date
    time: TimeRange | None
    place: str | None
    taken_by: Break | None

    @property
    def name(self) -> str:
        """The name of the group."""
        return self.pattern.name

    @property
    def begins(self) -> tuple[date, tuple[bool, dt.time]]:
        """What days are sorted by: the day, then the time."""
        return self.on, order_time(self.time)


Groups = tuple[GroupDay, ...]


def list_held(groups: Groups) -> Groups:
    """Return the groups that meet, the earliest first."""
    return tuple(sorted((each for each in groups if each.taken_by is None), key=lambda each: each.begins))


def common_time(groups: Groups) -> TimeRange | None:
    """Return the time of a session: that of the groups that meet, if all meet at the same time of the same day."""
    times = {(each.on, each.time) for each in list_held(groups)}
    return next(iter(times))[1] if len(times) == 1 else None


def common_place(groups: Groups) -> str | None:
    """Return the place of a session: that of the groups that meet, if they have the same."""
    places = {each.place for each in list_held(groups)}
    return next(iter(places)) if len(places) == 1 else None


def list_sessions(
    pattern: Pattern, term: Term, find_break: FindBreak, swapped: Mapping[date, Break], takes: Takes
) -> Iterator[tuple[Groups, Groups]]:
    """Yield the sessions of an entry with groups: the days of its groups, and those that have another in their place.

    The first day of each group's pattern in a week is in one session, the second in another one; a day that is lost
    keeps its place. On the date of a swap, a group meets whose pattern has the day that it follows, in the place of
    that day if it is lost; `swapped` is what takes the day of the others.
    """
    sessions: dict[_Place, dict[str, GroupDay]] = {}
    replaced: dict[_Place, list[GroupDay]] = {}
    for group in pattern.groups:
        for place, day in _list_days(group, term, find_break, swapped):
            if not takes(group, day.on):
                continue
            days = sessions.setdefault(place, {})
            if group.name in days:
                replaced.setdefault(place, []).append(days[group.name])
            days[group.name] = day
    for place, days in sessions.items():
        in_order = (days[group.name] for group in pattern.groups if group.name in days)
        yield tuple(in_order), tuple(replaced.get(place, ()))


def _list_days(
    group: GroupPattern, term: Term, find_break: FindBreak, swapped: Mapping[date, Break]
) -> Iterator[tuple[_Place, GroupDay]]:
    """Yield the days of a group with their places; a day that a swap puts in the place of a lost one comes after it."""
    open_places: set[_Place] = set()
    days = sorted((day - term.week_starts) % 7 for day in group.days)
    week = term.week_of(term.starts)
    while week <= term.ends:
        for at, day_of_week in enumerate(days):
            on = week + timedelta(days=day_of_week)
            if term.starts <= on <= term.ends and on not in swapped:
                day = _make_day(group, on, find_break(on))
                if day.taken_by is None:
                    open_places.add((week, at, 0))
                yield (week, at, 0), day
        week += timedelta(days=7)
    for swap in term.swaps:
        on, week = swap.date, term.week_of(swap.date)
        own, followed = (on - week).days, (swap.follows - term.week_starts) % 7
        if followed in days:
            at = days.index(followed)
            places = [(week, at, 0), *([(week, days.index(own), 0)] if own in days else ())]
            place = next((each for each in places if each not in open_places), (week, at, 1))
            open_places.add(place)
            yield place, _make_day(group, on, find_break(on))
        elif own in days:
            yield (week, days.index(own), 0), _make_day(group, on, find_break(on) or swapped[on])


def _make_day(group: GroupPattern, on: date, taken_by: Break | None) -> GroupDay:
    return GroupDay(group, on, group.time, group.place, taken_by)
