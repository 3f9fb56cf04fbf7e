"""Topics as written, and the dated meetings, breaks and weeks that they become."""

from __future__ import annotations

from dataclasses import field
from datetime import date, datetime

from courseweek.diagnostics import Span
from courseweek.frozen import dataclass
from courseweek.model.assignment import Assignment, Deadline
from courseweek.model.gaps import NO_GAPS, Gaps
from courseweek.model.link import Link
from courseweek.model.origin import Origin
from courseweek.model.people import Guest
from courseweek.model.presenting import Board, Presenter
from courseweek.model.reading import Group, Reading
from courseweek.model.status import Status
from courseweek.model.term import Break, TimeRange


@dataclass(frozen=True, slots=True)
class Unit:
    """A titled run of topics."""

    title: str
    description: str | None
    origin: Origin = field(compare=False)


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic as the instructor wrote it, before it has a day.

    `id` is None where none was written. `kind` is the name as written, or that of its list. `days`
    is over how many class days it runs, `times` how many rows of its own it makes.
    """

    title: str
    origin: Origin = field(compare=False)
    id: str | None = None
    kind: str | None = None
    date: date | None = None
    time: TimeRange | None = None
    place: str | None = None
    same_day: bool = False
    days: int = 1
    times: int = 1
    description: str | None = None
    materials: tuple[Link, ...] = ()
    guests: tuple[Guest, ...] = ()
    lecturer: str | None = None
    page: str | None = None
    presenters: tuple[Presenter, ...] = ()
    forms: tuple[tuple[str, str, Span], ...] = ()
    """The meeting's own forms: an assignment's id, the address, and where the id is written."""
    status: Status | None = None
    unit: Unit | None = None
    undated: bool = False
    """Whether a date was written that could not be read: it gets no day, and nothing more is said of it."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """A row of the schedule: a dated meeting, or (where `pause` is set) the days that a break takes in one week.

    `on` is its day and `last_on` its last one (they differ only for a break). `begins_at` and `finishes_at` are
    the instants, in UTC, at which the row's civil days begin and end in the course's zone; `starts_at` and
    `ends_at` those of the class itself, in the course's zone, None without a time.
    """

    id: str
    topic: str
    on: date
    last_on: date
    time: TimeRange | None
    starts_at: datetime | None
    ends_at: datetime | None
    begins_at: datetime
    finishes_at: datetime
    place: str | None
    kind: str | None
    number: int | None
    week: int | None
    pause: Break | None
    written: Topic | None
    part: tuple[int, int] | None
    """Which day of how many, for a topic that runs over several."""
    extra: bool
    """Whether it lies outside the weekly pattern."""
    required: tuple[Group, ...] = ()
    optional: tuple[Group, ...] = ()
    materials: tuple[tuple[Link, datetime | None], ...] = ()
    """Each with the instant at which it is released, None for at once; what is to be decided is far away."""
    presenters: tuple[Presenter, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    """Those of its series, and of others those of its day."""

    @property
    def unit(self) -> Unit | None:
        """The unit of its topic."""
        return self.written.unit if self.written else None

    @property
    def leads(self) -> bool:
        """Whether it is the first day of its topic: the one that carries what belongs to the topic."""
        return self.part is None or self.part[0] == 1


@dataclass(frozen=True, slots=True)
class DeadlineLine:
    """A line of the schedule that holds only deadlines: those of a day on which no row begins."""

    on: date
    deadlines: tuple[Deadline, ...]


@dataclass(frozen=True, slots=True)
class Week:
    """A week, Monday to Sunday, that has rows. `number` is None in a week that is not counted.

    `begins_at` and `finishes_at` are instants in UTC: the first of its Monday and of the Monday after it, in
    the course's zone.
    """

    id: str
    number: int | None
    monday: date
    begins_at: datetime
    finishes_at: datetime
    meetings: tuple[Meeting, ...]
    lines: tuple[DeadlineLine, ...] = ()


@dataclass(frozen=True, slots=True)
class Schedule:
    """The dated course: its weeks in order, and each reading once, in the order of `readings.yaml`.

    `deadlines` are in order of time, those to be decided last; `assignments` have their ids. `gaps` are what it lacks
    because of errors that have been reported.
    """

    weeks: tuple[Week, ...]
    readings: tuple[Reading, ...]
    assignments: tuple[Assignment, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    board: Board | None = None
    gaps: Gaps = NO_GAPS

    @property
    def meetings(self) -> tuple[Meeting, ...]:
        """All rows in order of time, those of breaks among them."""
        return tuple(meeting for week in self.weeks for meeting in week.meetings)
