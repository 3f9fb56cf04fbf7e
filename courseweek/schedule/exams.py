"""Exams among the deadlines: the moments at which one takes place, opens and is due."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Literal

from courseweek.frozen import dataclass
from courseweek.model.meeting import AnyMeeting, Meeting, Schedule
from courseweek.schedule.sittings import list_sittings


@dataclass(frozen=True, slots=True)
class ExamDate:
    """A moment of an exam: its start, or, if it is a window of days, its opening or its end.

    `at` is None while the date is to be decided.
    """

    meeting: AnyMeeting
    word: Literal["exam", "exam opens", "exam due"]
    at: datetime | None

    @property
    def id(self) -> str:
        """The id of its meeting."""
        return self.meeting.id


def list_exam_dates(schedule: Schedule) -> tuple[ExamDate, ...]:
    """Return the moments of all exams in the order of their meetings, those to be decided last."""
    return tuple(each for row in schedule.all_meetings if row.exam for each in dates_of_exam(row))


def dates_of_exam(row: AnyMeeting) -> Iterator[ExamDate]:
    """Yield the moments of one exam: one, or two for a window, the first of which counts until it opens."""
    if not isinstance(row, Meeting):
        yield ExamDate(row, "exam", None)
        return
    begins = next((begin for begin, _ in list_sittings(row)), row.opens_at)
    if row.until is None:
        yield ExamDate(row, "exam", begins)
    else:
        yield ExamDate(row, "exam opens", begins)
        yield ExamDate(row, "exam due", row.until)
