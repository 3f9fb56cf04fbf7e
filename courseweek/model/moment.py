"""Moments as written: a date, a week of the term, or a relation to something that is dated."""

from __future__ import annotations

from dataclasses import field
from datetime import date, time, timedelta
from typing import Literal

from courseweek.diagnostics import Span
from courseweek.frozen import dataclass


@dataclass(frozen=True, slots=True)
class OnDay:
    """A date."""

    on: date


@dataclass(frozen=True, slots=True)
class InWeek:
    """A moment of a numbered week: its last class day, its start or end, or one of its days (0 is Monday)."""

    number: int
    at: Literal["class", "start", "end"] | int


@dataclass(frozen=True, slots=True)
class ByAnchor:
    """A moment by a meeting, a break, an assignment or a milestone; by the meeting of a series where `id` is None.

    `relation` is the anchor's start, its end, its day, days, weeks or hours away (`amount`, negative for before), a
    day of the week after or before it (`amount` is that day), or the start of the next meeting.
    """

    id: str | None
    relation: Literal["start", "end", "day", "days", "hours", "weekday-after", "weekday-before", "next"]
    amount: int = 0

    def from_day(self, day: date) -> str | None:
        """Return this moment as written if its anchor is a day; None if it is not a day."""
        if self.relation == "days":
            return (day + timedelta(days=self.amount)).isoformat()
        if self.relation == "weekday-after":
            return (day + timedelta(days=(self.amount - day.weekday() - 1) % 7 + 1)).isoformat()
        if self.relation == "weekday-before":
            return (day - timedelta(days=(day.weekday() - self.amount - 1) % 7 + 1)).isoformat()
        times = {"day": "", "start": " 00:00", "end": " 23:59"}
        return f"{day.isoformat()}{times[self.relation]}" if self.relation in times else None


@dataclass(frozen=True, slots=True)
class Moment:
    """When something is due or comes out, as it was written; `rule` is None for what is to be decided.

    `text` is what the person wrote, `time` the time of day written with it.
    """

    text: str
    rule: OnDay | InWeek | ByAnchor | None
    time: time | None
    span: Span = field(compare=False)
