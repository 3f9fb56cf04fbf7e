"""People: those who teach, and those who visit."""

from __future__ import annotations

from dataclasses import field

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


@dataclass(frozen=True, slots=True)
class Staff:
    """One of those who teach the course."""

    name: str
    origin: Origin = field(compare=False)
    role: str | None = None
    affiliation: str | None = None
    url: str | None = None
    email: str | None = None
    photo: str | None = None
    """The path of a picture in `assets/`."""
    note: str | None = None
    office_hours: tuple[OfficeHours, ...] = ()


@dataclass(frozen=True, slots=True)
class Guest:
    """Someone who visits a meeting."""

    name: str
    origin: Origin = field(compare=False)
    affiliation: str | None = None
    url: str | None = None
