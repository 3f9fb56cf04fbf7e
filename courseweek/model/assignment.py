"""Assignments as written, and the deadlines that they become."""

from __future__ import annotations

from dataclasses import field
from datetime import datetime
from typing import Literal

from courseweek.diagnostics import Span
from courseweek.frozen import dataclass
from courseweek.model.link import Link
from courseweek.model.moment import Moment
from courseweek.model.origin import Origin
from courseweek.model.status import Status


@dataclass(frozen=True, slots=True)
class Series:
    """The meetings for which an assignment is due each: all, those with required readings, some kinds, or some ids."""

    text: str
    select: Literal["all", "required", "named"]
    names: tuple[str, ...]
    span: Span = field(compare=False)


@dataclass(frozen=True, slots=True)
class Milestone:
    """One of the steps of an assignment. `id` is empty until the schedule has given it one, unless it was written."""

    title: str
    origin: Origin = field(compare=False)
    id: str = ""
    due: Moment | None = None
    weight: str | None = None
    note: str | None = None
    page: str | None = None
    url: str | None = None
    status: Status | None = None


@dataclass(frozen=True, slots=True)
class Assignment:
    """What is handed in. `id` is empty until the schedule has given it one, unless it was written.

    `owed_by` is the grading scheme whose students owe it, None for all. With `each`, `out` and `due` are by the
    meeting of the series; `skipped` are ids of meetings that the series leaves out.
    """

    title: str
    origin: Origin = field(compare=False)
    id: str = ""
    out: Moment | None = None
    due: Moment | None = None
    each: Series | None = None
    skipped: tuple[tuple[str, Span], ...] = ()
    counts: str | None = None
    owed_by: str | None = None
    group: str | None = None
    form: str | None = None
    url: str | None = None
    page: str | None = None
    materials: tuple[Link, ...] = ()
    note: str | None = None
    status: Status | None = None
    milestones: tuple[Milestone, ...] = ()


@dataclass(frozen=True, slots=True)
class Deadline:
    """A dated moment of an assignment: when it comes out, when it or one of its milestones is due.

    `at` is an instant in the course's zone, None while it is to be decided. `meeting` is the id of the meeting to
    which a deadline of a series belongs.
    """

    id: str
    assignment: Assignment
    title: str
    kind: Literal["out", "due", "milestone"]
    at: datetime | None
    meeting: str | None
    milestone: Milestone | None = None

    @property
    def moment(self) -> Moment | None:
        """How the moment was written."""
        if self.milestone is not None:
            return self.milestone.due
        return self.assignment.out if self.kind == "out" else self.assignment.due
