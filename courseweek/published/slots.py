"""What a course has in a calendar: meetings, what is due, events, breaks and office hours, each with its times."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Literal

from courseweek.frozen import dataclass
from courseweek.model.assignment import Deadline
from courseweek.model.course import Course
from courseweek.model.event import Event
from courseweek.model.meeting import AnyMeeting, GroupMeeting, Meeting, Schedule
from courseweek.model.people import WeeklyHour, list_weekly_hours
from courseweek.model.slug import make_slug
from courseweek.model.term import Break
from courseweek.schedule.instants import place_time

Kind = Literal["meeting", "deadline", "out", "event", "break", "hours"]
"""What a slot is of; work that comes out (`out`) is in no calendar."""
When = datetime | date
"""An instant in UTC, or a whole day."""
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class TimeSlot:
    """One thing at its time. `kind` and `id` name it, and `group` is the group whose meeting it is.

    `starts` is None while the date is to be decided. `ends` is exclusive, and None for what has no duration. `of` is
    what it is of, and `rows` are the ids of its entries in `course.json`, for office hours their places in the list.
    """

    kind: Kind
    id: str
    starts: When | None
    ends: When | None
    of: AnyMeeting | Deadline | Event | Break | WeeklyHour
    rows: tuple[str, ...]
    group: GroupMeeting | None = None

    @property
    def is_shown(self) -> bool:
        """Whether calendars show it."""
        return self.starts is not None and self.kind != "out"

    @property
    def exam(self) -> bool:
        """Whether it is an exam."""
        return not isinstance(self.of, Deadline | Event | Break | WeeklyHour) and self.of.exam

    @property
    def meeting_kind(self) -> str | None:
        """The kind of meeting that it is, if it is one."""
        return None if isinstance(self.of, Deadline | Event | Break | WeeklyHour) else self.of.kind


def list_slots(course: Course, schedule: Schedule) -> tuple[TimeSlot, ...]:
    """Return all slots of a dated course; a session of groups has one for each group that meets."""
    return tuple(
        slot
        for some in (_meetings(schedule), _deadlines(schedule), _events(schedule), _breaks(course, schedule))
        for slot in some
    ) + tuple(_hours(course))


def _meetings(schedule: Schedule) -> Iterator[TimeSlot]:
    for row in schedule.all_meetings:
        if row.pause is not None:
            continue
        if not isinstance(row, Meeting):
            yield TimeSlot("meeting", row.id, None, None, row, (row.id,))
        elif row.groups:
            if not row.held:
                yield TimeSlot("meeting", row.id, None, None, row, (row.id,))
            for group in row.held:
                starts, ends = _times(group.on, group.starts_at, group.ends_at)
                yield TimeSlot("meeting", row.id, starts, ends, row, (row.id,), group)
        elif row.until is not None:
            starts = (row.starts_at or row.begins_at).astimezone(UTC)
            yield TimeSlot("meeting", row.id, starts, row.until.astimezone(UTC), row, (row.id,))
        else:
            starts, ends = _times(row.on, row.starts_at, row.ends_at)
            yield TimeSlot("meeting", row.id, starts, ends, row, (row.id,))


def _times(on: date, starts_at: datetime | None, ends_at: datetime | None) -> tuple[When, When]:
    """Return when a class starts and ends; without a time it takes its whole day."""
    if starts_at is None or ends_at is None:
        return on, on + DAY
    return starts_at.astimezone(UTC), ends_at.astimezone(UTC)


def _deadlines(schedule: Schedule) -> Iterator[TimeSlot]:
    for each in schedule.deadlines:
        at = each.at.astimezone(UTC) if each.at is not None else None
        yield TimeSlot("out" if each.kind == "out" else "deadline", each.id, at, None, each, (each.id,))


def _events(schedule: Schedule) -> Iterator[TimeSlot]:
    for each in schedule.events:
        if each.starts_at is not None and each.ends_at is not None:
            times: tuple[When, When] = each.starts_at.astimezone(UTC), each.ends_at.astimezone(UTC)
        else:
            times = each.starts, each.ends + DAY
        yield TimeSlot("event", each.id, *times, each, (each.id,))


def _breaks(course: Course, schedule: Schedule) -> Iterator[TimeSlot]:
    """Yield each break as one slot, by its first day: its rows in the schedule may be in several weeks.

    A swap by which a day loses its classes has a row as well.
    """
    taken: Counter[str] = Counter()
    rows: dict[Break, list[str]] = {each: [] for each in course.syllabus.term.breaks}
    for row in schedule.meetings:
        if row.pause is not None:
            rows.setdefault(row.pause, []).append(row.id)
    for pause in sorted(rows, key=lambda each: (each.starts, each.ends, each.name, each.kinds)):
        id = _number(pause.starts.isoformat(), taken)
        yield TimeSlot("break", id, pause.starts, pause.ends + DAY, pause, tuple(rows[pause]))


def _hours(course: Course) -> Iterator[TimeSlot]:
    """Yield the office hours of each week of the term; breaks of the whole course have none."""
    syllabus, term = course.syllabus, course.syllabus.term
    weekly = list_weekly_hours(syllabus.staff, syllabus.office_hours)
    names = [make_slug(" ".join(each.who)) or "staff" for each in weekly]
    free = {on for each in term.breaks if not each.kinds for on in _list_days(each.starts, each.ends)}
    seen = set[int]()
    for on in _list_days(term.starts, term.ends) if weekly else ():
        taken: Counter[str] = Counter()
        for place, each in enumerate(weekly):
            if each.day != on.weekday() or on in free:
                continue
            starts: When = on
            ends: When = on + DAY
            if each.time is not None:
                starts = place_time(on, each.time.start, term.zone).astimezone(UTC)
                ends = place_time(on, each.time.end, term.zone).astimezone(UTC)
            seen.add(place)
            yield TimeSlot("hours", _number(f"{names[place]}-{on}", taken), starts, ends, each, (str(place),))
    for place, each in enumerate(weekly):
        if place not in seen:  # no day of the term is one of this hour
            yield TimeSlot("hours", f"{names[place]}-{place}", None, None, each, (str(place),))


def _list_days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=count) for count in range((last - first).days + 1))


def _number(id: str, taken: Counter[str]) -> str:
    """Return an id, the second of its name with `-2`."""
    taken[id] += 1
    return id if taken[id] == 1 else f"{id}-{taken[id]}"
