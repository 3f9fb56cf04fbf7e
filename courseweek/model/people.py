"""People: those who teach, and those who visit."""

from __future__ import annotations

from dataclasses import dataclass, field

from courseweek.model.origin import Origin


@dataclass(frozen=True, slots=True)
class Staff:
    """One of those who teach the course."""

    name: str
    role: str | None
    affiliation: str | None
    url: str | None
    origin: Origin = field(compare=False)


@dataclass(frozen=True, slots=True)
class Guest:
    """Someone who visits a meeting."""

    name: str
    affiliation: str | None
    url: str | None
    origin: Origin = field(compare=False)
