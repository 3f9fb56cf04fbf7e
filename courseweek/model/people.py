"""People: those who teach, and those who visit."""

from __future__ import annotations

from dataclasses import field

from courseweek.frozen import dataclass
from courseweek.model.origin import Origin
from courseweek.model.term import TimeRange


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """When to come: days of the week (0 is Monday) with a time and place, or a text such as "by appointment"."""

    days: tuple[int, ...]
    time: TimeRange | None
    place: str | None
    text: str | None


@dataclass(frozen=True, slots=True)
class Staff:
    """One of those who teach the course."""

    name: str
    role: str | None
    affiliation: str | None
    url: str | None
    email: str | None
    photo: str | None
    """The path of a picture in `assets/`."""
    note: str | None
    office_hours: tuple[OfficeHours, ...]
    origin: Origin = field(compare=False)


@dataclass(frozen=True, slots=True)
class Guest:
    """Someone who visits a meeting."""

    name: str
    affiliation: str | None
    url: str | None
    origin: Origin = field(compare=False)
