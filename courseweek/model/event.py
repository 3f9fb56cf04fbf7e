"""Events: dates of a course that are neither class nor work."""

from __future__ import annotations

from dataclasses import field
from datetime import date, datetime

from courseweek.frozen import dataclass
from courseweek.model.origin import Origin
from courseweek.model.term import TimeRange


@dataclass(frozen=True, slots=True)
class Event:
    """A day or several days on which something happens that takes no class day.

    `id` is empty until the schedule has given it one, unless it was written. `starts_at` and `ends_at` are instants in
    the course's zone, None without a time and until the event is scheduled.
    """

    name: str
    starts: date
    ends: date
    origin: Origin = field(compare=False)
    id: str = ""
    time: TimeRange | None = None
    place: str | None = None
    url: str | None = None
    note: str | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None
