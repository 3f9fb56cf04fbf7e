"""Grading: schemes of nested parts."""

from __future__ import annotations

from dataclasses import field
from fractions import Fraction

from courseweek.frozen import dataclass
from courseweek.model.origin import Origin


@dataclass(frozen=True, slots=True)
class GradePart:
    """A part of a grade.

    `weight` is its share of the level above it in percent, `written` how it was written (`2 x 10%`), both None
    where it has no number. It has `parts`, or alternatives of which each is worth the whole (`any_of`), or neither.
    """

    name: str
    origin: Origin = field(compare=False)
    weight: Fraction | None = None
    written: str | None = None
    note: str | None = None
    parts: tuple[GradePart, ...] = ()
    any_of: tuple[GradePart, ...] = ()


def format_weight(weight: Fraction) -> str:
    """Return "20%" or "12.5%"."""
    return f"{float(weight):.4f}".rstrip("0").rstrip(".") + "%"


@dataclass(frozen=True, slots=True)
class Scheme:
    """One way in which a grade comes together; the name is None where there is only one."""

    name: str | None
    parts: tuple[GradePart, ...]
    note: str | None
    origin: Origin = field(compare=False)
