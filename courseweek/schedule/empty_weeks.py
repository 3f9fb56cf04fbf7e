"""Entries of the weekly pattern, and groups, whose `weeks:` hold none of their class days.

Passing: `{day: Sunday, weeks: 2-14}`.
Failing: `{day: Sunday, weeks: 1}` in a term whose weeks begin on Sunday and whose first class is on a Monday.
"""

from __future__ import annotations

from collections.abc import Iterator

from courseweek.diagnostics import Diagnostics, Span
from courseweek.schedule.calendar import DAY_NAMES, Calendar


def check_weeks_of_pattern(calendar: Calendar, found: Diagnostics) -> None:
    """Warn of each `weeks:` in which there is no class, not even one that a break takes."""
    term, last = calendar.term, calendar.weeks.last(calendar.term.ends)
    run = f"the weeks begin on {DAY_NAMES[term.week_starts]} and run from {term.first_week} to {last}"
    for place in _list_empty(calendar):
        found.warning(
            "no-effect",
            "no class day is in these weeks",
            place,
            help=f"{run}; change weeks: or the day",
        )


def _list_empty(calendar: Calendar) -> Iterator[Span]:
    """Yield the places of those `weeks:`; one of an entry holds for each group without its own."""
    used: dict[Span, bool] = {}
    for pattern in calendar.term.meets:
        if pattern.weeks is None and not any(each.weeks for each in pattern.groups):
            continue
        days = [day for day in calendar.days if day.pattern is pattern]
        for entry in pattern.groups or (pattern,):
            if entry.weeks is not None:
                held = any(not day.groups or entry in [each.pattern for each in day.groups] for day in days)
                place = entry.origin.of("weeks") if "weeks" in entry.origin.fields else pattern.origin.of("weeks")
                used[place] = used.get(place, False) or held
    return (place for place, held in used.items() if not held)
