"""Topics as written, and the dated meetings, breaks and weeks that they become."""

from __future__ import annotations

from dataclasses import field
from datetime import date, datetime

from courseweek.diagnostics import Span
from courseweek.frozen import dataclass
from courseweek.model.assignment import Assignment, Deadline
from courseweek.model.event import Event
from courseweek.model.gaps import NO_GAPS, Gaps
from courseweek.model.link import Link
from courseweek.model.moment import Moment
from courseweek.model.origin import Origin
from courseweek.model.people import Guest
from courseweek.model.presenting import Board, Presenter
from courseweek.model.reading import Group, Reading
from courseweek.model.status import Status
from courseweek.model.term import Break, TimeRange
from courseweek.model.workload import Workload

_EXAM_KINDS = frozenset(("exam", "midterm", "final", "final exam", "test"))


def is_exam_kind(kind: str | None) -> bool:
    """Return whether meetings of this kind are exams unless their topic says no."""
    return kind is not None and kind.strip().casefold() in _EXAM_KINDS


@dataclass(frozen=True, slots=True)
class Unit:
    """A titled run of topics."""

    title: str
    description: str | None
    origin: Origin = field(compare=False)


@dataclass(frozen=True, slots=True)
class GroupChange:
    """What a topic changes for one of the groups of its session; None for what stays as it is."""

    name: str
    origin: Origin = field(compare=False)
    date: date | None = None
    time: TimeRange | None = None
    place: str | None = None

    def is_of(self, group: str) -> bool:
        """Return whether it is for the group of this name; case does not matter."""
        return self.name.casefold() == group.casefold()


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic as the instructor wrote it, before it has a day.

    `id` is None where none was written. `kind` is the name as written, or that of its list. `days`
    is over how many class days it runs, `times` how many rows of its own it makes; with `rest`, it makes one for each
    class day left over. `same_day` is True for the day of the topic before it, or the id of the meeting whose day it
    has. `until` is the end of a window, of which `date` is the first day. `exam` is None where only the kind says
    whether it is one.
    """

    title: str
    origin: Origin = field(compare=False)
    id: str | None = None
    kind: str | None = None
    date: date | None = None
    time: TimeRange | None = None
    place: str | None = None
    same_day: bool | str = False
    days: int = 1
    times: int = 1
    rest: bool = False
    description: str | None = None
    materials: tuple[Link, ...] = ()
    guests: tuple[Guest, ...] = ()
    lecturers: tuple[str, ...] = ()
    page: str | None = None
    presenters: tuple[Presenter, ...] = ()
    forms: tuple[tuple[str, str, Span], ...] = ()
    """The meeting's own forms: an assignment's id, the address, and where the id is written."""
    status: Status | None = None
    groups: tuple[GroupChange, ...] = ()
    unit: Unit | None = None
    exam: bool | None = None
    until: Moment | None = None
    undecided: bool = False
    """Whether its date is to be decided (`TBD`): it takes no class day."""
    undated: bool = False
    """Whether a date was written that could not be read: it gets no day, and nothing more is said of it."""


@dataclass(frozen=True, slots=True)
class GroupMeeting:
    """When and where one group of a session meets; for one that is `canceled`, `on` is its lost day."""

    name: str
    on: date
    time: TimeRange | None
    starts_at: datetime | None
    ends_at: datetime | None
    place: str | None
    leader: str | None
    canceled: bool


@dataclass(frozen=True, slots=True)
class Meeting:
    """A row of the schedule: a dated meeting, or (where `pause` is set) the days that a break takes in one week.

    `on` is its day and `last_on` its last one (they differ for a break, a window and groups that meet on several days);
    those of a break are the class days that it takes, although it is today's on all its days.
    `begins_at` and `finishes_at` are the instants, in UTC, at which the row's civil days begin and end in the course's
    zone; `starts_at` and `ends_at` those of the class itself, in the course's zone, None without a time; `until` is the
    end of a window, in the course's zone too. What differs between `groups` is None, and each group has its own.
    `same_day` is the id of the meeting whose day it shares, if it does.
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
    exam: bool = False
    until: datetime | None = None
    same_day: str | None = None
    required: tuple[Group, ...] = ()
    optional: tuple[Group, ...] = ()
    materials: tuple[tuple[Link, datetime | None], ...] = ()
    """Each with the instant at which it is released, None for at once; what is to be decided is far away."""
    presenters: tuple[Presenter, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    """Those of its series, and of others those of its day."""
    groups: tuple[GroupMeeting, ...] = ()
    days_apart: tuple[tuple[datetime, datetime], ...] = ()
    """The instants, in UTC, at which each of its civil days begins and ends, where it is on several that differ."""
    swap: str | None = None
    """The name of the swap by which it takes place."""

    @property
    def spans(self) -> tuple[tuple[datetime, datetime], ...]:
        """The instants, in UTC, between which the row is today's: a pair, or one for each day if they are apart."""
        return self.days_apart or ((self.begins_at, self.finishes_at),)

    @property
    def held(self) -> tuple[GroupMeeting, ...]:
        """The groups that meet."""
        return tuple(each for each in self.groups if not each.canceled)

    @property
    def days(self) -> tuple[date, ...]:
        """The days on which it takes place, in order; of a break, the first one."""
        return tuple(sorted({each.on for each in self.held})) or (self.on,)

    @property
    def unit(self) -> Unit | None:
        """The unit of its topic."""
        return self.written.unit if self.written else None

    @property
    def leads(self) -> bool:
        """Whether it is the first day of its topic: the one that carries what belongs to the topic."""
        return self.part is None or self.part[0] == 1

    @property
    def opens_at(self) -> datetime:
        """When it begins: its class, or its first day without a time."""
        return self.starts_at or self.begins_at


@dataclass(frozen=True, slots=True)
class UndatedMeeting:
    """A meeting whose date is to be decided: it has all that belongs to its topic, but no row and no week."""

    id: str
    topic: str
    place: str | None
    kind: str | None
    written: Topic
    exam: bool
    required: tuple[Group, ...] = ()
    optional: tuple[Group, ...] = ()
    materials: tuple[tuple[Link, datetime | None], ...] = ()
    presenters: tuple[Presenter, ...] = ()

    @property
    def unit(self) -> Unit | None:
        """The unit of its topic."""
        return self.written.unit

    @property
    def leads(self) -> bool:
        """Whether it carries what belongs to the topic: it always does."""
        return True

    @property
    def groups(self) -> tuple[GroupMeeting, ...]:
        """When and where groups meet: not known without a day."""
        return ()

    @property
    def pause(self) -> None:
        """The break that it is: never one."""
        return None


AnyMeeting = Meeting | UndatedMeeting
"""What readings, materials, notes and presenters belong to: a row of the schedule, or a meeting without a date."""


@dataclass(frozen=True, slots=True)
class DeadlineLine:
    """A line of the schedule that holds only deadlines: those of a day on which no row begins."""

    on: date
    deadlines: tuple[Deadline, ...]


@dataclass(frozen=True, slots=True)
class EventLine:
    """A line of the schedule that shows an event, in each week that it touches; `on` is its first day there.

    `id` is its place on a page, which no meeting has.
    """

    id: str
    on: date
    event: Event


@dataclass(frozen=True, slots=True)
class Week:
    """A week that has rows, from its `first_day` on. `number` is None in a week that is not counted.

    `begins_at` and `finishes_at` are instants in UTC: the first of its first day and of the week after it, in
    the course's zone. `workload` is None where no reading says how long it takes.
    """

    id: str
    number: int | None
    first_day: date
    begins_at: datetime
    finishes_at: datetime
    meetings: tuple[Meeting, ...]
    lines: tuple[DeadlineLine, ...] = ()
    events: tuple[EventLine, ...] = ()
    workload: Workload | None = None


@dataclass(frozen=True, slots=True)
class SilentDays:
    """The days of a break on which no row is today's: the instants, in UTC, at which each run of them begins and ends.

    The break takes no class in their week, but what is on names it.
    """

    pause: Break
    spans: tuple[tuple[datetime, datetime], ...]


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
    undated: tuple[UndatedMeeting, ...] = ()
    """The meetings whose date is to be decided, in the order of the syllabus."""
    events: tuple[Event, ...] = ()
    """In order of time."""
    gaps: Gaps = NO_GAPS
    last_week: int | None = None
    """The number of the week that holds the term's last day, or of the last one before it that is counted."""
    silent: tuple[SilentDays, ...] = ()

    @property
    def meetings(self) -> tuple[Meeting, ...]:
        """All rows in order of time, those of breaks among them."""
        return tuple(meeting for week in self.weeks for meeting in week.meetings)

    @property
    def all_meetings(self) -> tuple[AnyMeeting, ...]:
        """All rows in order of time, then the meetings whose date is to be decided."""
        return (*self.meetings, *self.undated) if self.undated else self.meetings
