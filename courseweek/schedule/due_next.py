"""What is due next: of each assignment its next deadline, and the exams to come.

The script `assets/theme/today.js` chooses the same from the schedule's rows; a test compares the two.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from courseweek.model.assignment import Deadline
from courseweek.model.meeting import DeadlineLine, Meeting, Schedule, Week
from courseweek.schedule.exams import ExamDate, dates_of_exam

MOST_DUE = 4
"""Assignments and exams that are listed."""


def list_due_next(schedule: Schedule, now: datetime) -> tuple[Deadline | ExamDate, ...]:
    """Return what is due after `now` in order of time, at most four; the next exam is always one of them.

    A series, and an assignment with milestones, counts once. A window counts by its opening until it opens, and by its
    end from then on. What is due at one instant is in the order of the rows.
    """
    to_come = [
        (each.at, each)
        for week in schedule.weeks
        for row in _rows_in_order(week)
        for each in _list_due(row)
        if each.at is not None and each.at > now
    ]
    chosen: dict[tuple[str, str], Deadline | ExamDate] = {}
    for _, each in sorted(to_come, key=lambda each: each[0]):
        chosen.setdefault(_work_of(each), each)
    listed = list(chosen.values())
    exam = next((at for at, each in enumerate(listed) if isinstance(each, ExamDate)), 0)
    last = max(exam, MOST_DUE - 1)
    return (*listed[: MOST_DUE - 1], *listed[last : last + 1])


def _rows_in_order(week: Week) -> list[Meeting | DeadlineLine]:
    rows: list[Meeting | DeadlineLine] = [*week.meetings, *week.lines]
    return sorted(rows, key=lambda row: row.on)


def _list_due(row: Meeting | DeadlineLine) -> Iterator[Deadline | ExamDate]:
    """Yield what is due in a row, in the order in which it is there."""
    if isinstance(row, Meeting) and row.exam:
        yield from dates_of_exam(row)
    yield from (each for each in row.deadlines if each.kind != "out")


def _work_of(each: Deadline | ExamDate) -> tuple[str, str]:
    """Return what counts once: the assignment of a deadline, or the meeting of an exam."""
    return ("assignment", each.assignment.id) if isinstance(each, Deadline) else ("exam", each.id)
