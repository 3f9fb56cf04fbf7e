"""The deadlines of our course, by all the names that they can have in another system."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from courseweek.frozen import dataclass
from courseweek.lms.titles import Words, split_title
from courseweek.model.assignment import Deadline
from courseweek.model.course import Course
from courseweek.model.meeting import Schedule
from courseweek.schedule.deadlines import NEVER
from courseweek.schedule.exams import list_exam_dates

NEAR = timedelta(hours=36)
"""Two deadlines that are no further apart can be the same under other names, or of one series."""


@dataclass(frozen=True, slots=True)
class OwnDeadline:
    """A deadline or an exam of our course.

    `title` is what a person calls it, `names` are the words of all its names, the first of which all meetings of a
    series share. `at` is in the course's zone, None while it is to be decided. `series` is what a series is called,
    None for any other deadline, and `near` how far one of it can be moved and still be known.
    """

    title: str
    at: datetime | None
    names: tuple[Words, ...]
    series: str | None = None
    near: timedelta = timedelta.max
    exam: bool = False


def list_own_deadlines(course: Course, schedule: Schedule) -> tuple[OwnDeadline, ...]:
    """Return what is due in a course and its exams, in order of time; what is to be decided is last."""
    zone = course.syllabus.term.zone
    topics = {row.id: row.topic for row in schedule.all_meetings}
    due = [each for each in schedule.deadlines if each.kind != "out"]
    near = _measure_series(due)
    exams = (
        OwnDeadline(topics[each.id], each.at and each.at.astimezone(zone), (split_title(topics[each.id]),), exam=True)
        for each in list_exam_dates(schedule)
        if each.word != "exam opens"
    )
    own = (*(_read_deadline(each, topics, near) for each in due), *exams)
    return tuple(sorted(own, key=lambda each: each.at.astimezone(UTC) if each.at is not None else NEVER))


def _read_deadline(deadline: Deadline, topics: dict[str, str], near: dict[str, timedelta]) -> OwnDeadline:
    assignment = deadline.assignment
    title, names = deadline.title, [deadline.title]
    if deadline.meeting is not None:
        title = f"{deadline.title}: {topics.get(deadline.meeting, deadline.meeting)}"
        names += [title]
    elif deadline.milestone is not None:
        title = f"{assignment.title}: {deadline.title}"
        names += [title, f"{deadline.title} {assignment.title}"]
    else:
        names += [assignment.id]
    series = None if deadline.meeting is None else deadline.title
    return OwnDeadline(title, deadline.at, tuple(_unlike(names)), series, near.get(assignment.id, timedelta.max))


def _unlike(names: list[str]) -> Iterator[Words]:
    """Yield the words of names, each once; those without a word are left out."""
    yield from dict.fromkeys(filter(None, map(split_title, names)))


def _measure_series(deadlines: list[Deadline]) -> dict[str, timedelta]:
    """Return for each series half of the least time between two of its deadlines, but no less than `NEAR`."""
    moments: dict[str, list[datetime]] = {}
    for each in deadlines:
        if each.meeting is not None:
            moments.setdefault(each.assignment.id, []).extend([each.at] if each.at is not None else [])
    return {
        id: max(NEAR, min((later - earlier for earlier, later in pairwise(found)), default=NEAR) / 2)
        for id, found in moments.items()
    }
