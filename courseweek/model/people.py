"""People: those who teach, when to come to them, and those who visit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import field
from datetime import time
from itertools import chain

from courseweek.frozen import dataclass
from courseweek.model.origin import Origin
from courseweek.model.term import TimeRange


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """When to come: days of the week (0 is Monday) with a time and place, or a text such as "by appointment"."""

    days: tuple[int, ...] = ()
    time: TimeRange | None = None
    place: str | None = None
    text: str | None = None
    origin: Origin | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class SharedHours:
    """Office hours that several people hold together: `who` are their names, as in the staff."""

    days: tuple[int, ...]
    who: tuple[str, ...]
    origin: Origin = field(compare=False)
    time: TimeRange | None = None
    place: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class WeeklyHour:
    """One office hour on one day of the week (0 is Monday), of one person or of several."""

    day: int
    time: TimeRange | None
    place: str | None
    who: tuple[str, ...]
    origin: Origin | None = field(compare=False)
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Staff:
    """One of those who teach the course."""

    name: str
    origin: Origin = field(compare=False)
    pronouns: str | None = None
    role: str | None = None
    affiliation: str | None = None
    url: str | None = None
    email: str | None = None
    photo: str | None = None
    """The path of a picture in `assets/`."""
    note: str | None = None
    office_hours: tuple[OfficeHours, ...] = ()

    @property
    def only_named(self) -> bool:
        """Whether nothing is said of the person but the name."""
        more = (self.pronouns, self.role, self.affiliation, self.url, self.email, self.photo, self.note)
        return not self.office_hours and not any(more)


@dataclass(frozen=True, slots=True)
class Guest:
    """Someone who visits a meeting."""

    name: str
    origin: Origin = field(compare=False)
    affiliation: str | None = None
    url: str | None = None


def list_weekly_hours(staff: Iterable[Staff], shared: Iterable[SharedHours]) -> tuple[WeeklyHour, ...]:
    """Return all office hours that have a day, of one person or of several, by day and time.

    Hours without a time come last on their day.
    """
    own = (
        WeeklyHour(day, hours.time, hours.place, (person.name,), hours.origin)
        for person in staff
        for hours in person.office_hours
        for day in hours.days
    )
    together = (
        WeeklyHour(day, hours.time, hours.place, hours.who, hours.origin, hours.note)
        for hours in shared
        for day in hours.days
    )
    return tuple(sorted(chain(own, together), key=_moment_of))


def _moment_of(hour: WeeklyHour) -> tuple[int, time, time]:
    return (hour.day, time.max, time.max) if hour.time is None else (hour.day, hour.time.start, hour.time.end)
