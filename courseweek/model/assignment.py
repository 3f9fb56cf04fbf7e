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
class Instead:
    """Another due moment for one meeting of a series; `span` is the place of the meeting's id."""

    meeting: str
    due: Moment
    span: Span = field(compare=False)


@dataclass(frozen=True, slots=True)
class Milestone:
    """One of the steps of an assignment. `id` is empty until the schedule has given it one, unless it was written.

    `was` is when it was due before it was moved, `accepted_until` until when late work is taken.
    """

    title: str
    origin: Origin = field(compare=False)
    id: str = ""
    due: Moment | None = None
    was: Moment | None = None
    accepted_until: Moment | None = None
    weight: str | None = None
    note: str | None = None
    page: str | None = None
    url: str | None = None
    status: Status | None = None


@dataclass(frozen=True, slots=True)
class Assignment:
    """What is handed in. `id` is empty until the schedule has given it one, unless it was written.

    `owed_by` is the grading scheme whose students owe it, None for all. With `each`, `out` and `due` are by the
    meeting of the series; `skipped` are ids of meetings that the series leaves out, `instead` are due moments of single
    ones. `was` is when it was due before it was moved, `accepted_until` until when late work is taken.
    """

    title: str
    origin: Origin = field(compare=False)
    id: str = ""
    out: Moment | None = None
    due: Moment | None = None
    was: Moment | None = None
    accepted_until: Moment | None = None
    each: Series | None = None
    skipped: tuple[tuple[str, Span], ...] = ()
    instead: tuple[Instead, ...] = ()
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
    which a deadline of a series belongs, and `own` its moment if the series has another one for that meeting. `was` is
    the instant at which it was due before it was moved, `accepted_until` that until which late work is taken.
    """

    id: str
    assignment: Assignment
    title: str
    kind: Literal["out", "due", "milestone"]
    at: datetime | None
    meeting: str | None
    milestone: Milestone | None = None
    own: Moment | None = None
    was: datetime | None = None
    accepted_until: datetime | None = None

    @property
    def written(self) -> Assignment | Milestone:
        """What its dates are written for: its milestone, or its assignment."""
        return self.milestone or self.assignment

    @property
    def moment(self) -> Moment | None:
        """How the moment was written."""
        return self.assignment.out if self.kind == "out" else self.own or self.written.due
