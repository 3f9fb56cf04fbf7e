"""The days of a break that have no row: it takes no class in their week, but what is on names it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from courseweek.model.meeting import Meeting, SilentDays
from courseweek.model.term import Term
from courseweek.schedule.instants import begin_day, finish_day

_DAY = timedelta(days=1)
_INSTANT = timedelta(microseconds=1)


def list_silent_days(rows: Sequence[Meeting], term: Term) -> tuple[SilentDays, ...]:
    """Return, of each break of the whole course, its days from the first week to the last row that have no row."""
    breaks = [each for each in term.breaks if not each.kinds]
    if not rows or not breaks:
        return ()
    first, last = term.week_of(rows[0].on), max(row.on for row in rows)
    spans = [span for row in rows for span in row.spans]
    taken = {day for begin, end in spans for day in _list_days(*_days_between(begin, end, term.zone))}
    found = []
    for pause in breaks:
        days = _list_days(max(pause.starts, first), min(pause.ends, last))
        runs = _join([day for day in days if day not in taken])
        if runs:
            silent = tuple((begin_day(start, term.zone), finish_day(end, term.zone)) for start, end in runs)
            found.append(SilentDays(pause, silent))
    return tuple(found)


def _days_between(begin: datetime, end: datetime, zone: ZoneInfo) -> tuple[date, date]:
    """Return the first and the last civil day of a time from midnight to midnight."""
    return begin.astimezone(zone).date(), (end - _INSTANT).astimezone(zone).date()


def _list_days(first: date, last: date) -> list[date]:
    return [first + _DAY * at for at in range((last - first).days + 1)]


def _join(days: Sequence[date]) -> list[tuple[date, date]]:
    """Return the first and the last day of each run of days."""
    runs: list[tuple[date, date]] = []
    for day in days:
        if runs and runs[-1][1] + _DAY == day:
            runs[-1] = runs[-1][0], day
        else:
            runs.append((day, day))
    return runs
