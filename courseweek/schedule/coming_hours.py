"""The office hours of today, or of the next day that has any.

The script `assets/theme/today.js` finds the same day by the clock; a test compares the two.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from courseweek.frozen import dataclass
from courseweek.model.people import WeeklyHour
from courseweek.model.term import Term


@dataclass(frozen=True, slots=True)
class ComingHours:
    """A day with office hours, and which of these are over."""

    on: date
    over: tuple[WeeklyHour, ...]


def find_coming_hours(hours: Sequence[WeeklyHour], term: Term, now: datetime) -> ComingHours | None:
    """Return the first day of the term, from today on, with an office hour that is not over; None if there is none.

    Breaks of the whole course have none. An hour without a time lasts all day.
    """
    local = now.astimezone(term.zone)
    today = local.date()
    over = tuple(
        each
        for each in hours
        if each.day == today.weekday() and each.time is not None and each.time.end <= local.time()
    )
    days = {each.day for each in hours}
    later = {each.day for each in hours if each not in over}
    on = max(today, term.starts)
    while on <= term.ends:
        if on.weekday() in (later if on == today else days) and not any(each.holds(on) for each in term.breaks):
            return ComingHours(on, over if on == today else ())
        on += timedelta(days=1)
    return None
