"""The agenda: deadlines, exams and events in order of time, those to come and those that are past.

A deadline is past at its instant, an exam or an event when it is over. `assets/theme/dates.js` does the same in the
reader's browser.
"""

from __future__ import annotations

from datetime import UTC, datetime

from courseweek.frozen import dataclass
from courseweek.model.assignment import Deadline
from courseweek.model.event import Event
from courseweek.model.meeting import Meeting, Schedule
from courseweek.model.term import Term
from courseweek.schedule.deadlines import NEVER
from courseweek.schedule.events import end_event
from courseweek.schedule.exams import ExamDate, list_exam_dates
from courseweek.schedule.instants import begin_day


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """One date: what it is of, and its place among all dates.

    `starts` and `ends` are instants, equal for a moment and None while the date is to be decided; it is past from
    `ends` on. `series` is the id of the assignment if that is a series.
    """

    of: Deadline | ExamDate | Event
    place: int
    starts: datetime | None
    ends: datetime | None
    series: str | None


@dataclass(frozen=True, slots=True)
class AgendaEntry:
    """A date to come; the first one of a series has the `later` ones."""

    item: AgendaItem
    later: tuple[AgendaItem, ...]


@dataclass(frozen=True, slots=True)
class Agenda:
    """All dates at one instant: those to come in order of time, and those that are past, the last to end first."""

    coming: tuple[AgendaEntry, ...]
    past: tuple[AgendaItem, ...]


def list_agenda(schedule: Schedule, term: Term) -> tuple[AgendaItem, ...]:
    """Return all dates in order of time, those to be decided last; a window is a date by its end."""
    found: list[tuple[Deadline | ExamDate | Event, datetime | None, datetime | None, str | None]] = []
    for deadline in schedule.deadlines:
        series = deadline.assignment.id if deadline.assignment.each is not None else None
        found.append((deadline, deadline.at, deadline.at, series))
    for exam in list_exam_dates(schedule):
        if exam.word != "exam opens":
            found.append((exam, exam.at, _end_of_exam(exam), None))
    for event in schedule.events:
        starts = event.starts_at or begin_day(event.starts, term.zone)
        found.append((event, starts, end_event(event, term.zone), None))
    found.sort(key=lambda each: each[1].astimezone(UTC) if each[1] is not None else NEVER)
    return tuple(AgendaItem(of, place, starts, ends, series) for place, (of, starts, ends, series) in enumerate(found))


def make_agenda(items: tuple[AgendaItem, ...], now: datetime) -> Agenda:
    """Return the dates as they are to come or past at `now`, an aware instant.

    The moments at which work of a series comes out are left out: its rule has them.
    """
    past: list[tuple[datetime, int, AgendaItem]] = []
    coming: list[AgendaItem] = []
    later: dict[str, list[AgendaItem]] = {}
    for item in items:
        if item.series is not None and isinstance(item.of, Deadline) and item.of.kind == "out":
            continue
        if item.ends is not None and item.ends <= now:
            past.append((item.ends.astimezone(UTC), item.place, item))
        elif item.series in later:
            later[item.series].append(item)
        else:
            coming.append(item)
            if item.series is not None:
                later[item.series] = []
    entries = (AgendaEntry(each, tuple(later.get(each.series or "", ()))) for each in coming)
    return Agenda(tuple(entries), tuple(item for _, _, item in sorted(past, reverse=True)))


def _end_of_exam(exam: ExamDate) -> datetime | None:
    row = exam.meeting
    if not isinstance(row, Meeting) or exam.word == "exam due":
        return exam.at
    return row.ends_at or row.finishes_at
