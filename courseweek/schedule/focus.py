"""What is on: this week, and the rows that are today's or next.

The rule is the format's own ("Today"): both follow the civil day of *now* in the course's time zone. Rows and
weeks carry the instants at which their days begin and end, so that the comparison needs no time zone; the script
`assets/theme/today.js` does the same in the reader's browser.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from courseweek.frozen import dataclass
from courseweek.model.assignment import Deadline
from courseweek.model.meeting import DeadlineLine, EventLine, Meeting, Schedule, Week
from courseweek.model.term import Break
from courseweek.schedule.due_next import list_due_next
from courseweek.schedule.exams import ExamDate
from courseweek.schedule.sittings import is_over

Mark = Literal["Today", "Next"]
State = Literal["before", "on", "pause", "last", "over", "empty"]


@dataclass(frozen=True, slots=True)
class Focus:
    """What a reader at one instant should look at.

    `week` is the week to mark, if one is: this week where it has rows, or that of the next meeting. `marked` are the
    rows that wear `mark`. `following` is what comes after today, or after them: the rows of the first day, and where
    these are all breaks, or the marked ones are, those of the next day with a meeting. `pause` is a break of which this
    is a day that has no row.
    `current` is the row that is the place of `#today`, if any; in a week that holds only lines of deadlines and events
    it is the first of these. `due` is what is due next. `state` says which message
    is shown: `before` the term, `on` in a week with rows still to come, `pause` in a week without rows, `last` when no
    row is to come in a week that is not over or one before the last week, `over` after it, `empty` without rows.
    """

    now: datetime
    week: Week | None
    mark: Mark | None
    marked: tuple[Meeting, ...]
    following: tuple[Meeting, ...]
    pause: Break | None
    current: Meeting | DeadlineLine | EventLine | None
    due: tuple[Deadline | ExamDate, ...]
    state: State

    @property
    def over(self) -> tuple[Meeting, ...]:
        """The rows of today that have taken place."""
        return tuple(row for row in self.marked if is_over(row, self.now))

    @property
    def shown(self) -> tuple[Meeting, ...]:
        """What is shown as on now: the rows of today or the next day, what follows today or a break, what is over.

        On a day of a break without a row, which is named above them, breaks are left out.
        """
        over = self.over
        with_following = self.mark == "Today" or any(row.pause is not None for row in self.marked)
        following = (row for row in self.following if with_following and row not in self.marked)
        shown = (*(row for row in self.marked if row not in over), *following, *over)
        return tuple(row for row in shown if self.pause is None or row.pause is None)


def focus_on(schedule: Schedule, now: datetime, *, follow_next: bool = False) -> Focus:
    """Return what is on at `now`, an aware instant.

    With `follow_next` the marked week is that of the rows that are today's or next; the message stays the same.
    """
    rows = schedule.meetings
    marked = _of_first_kind([row for row in rows if any(begin <= now < end for begin, end in row.spans)])
    mark: Mark | None = "Today" if marked else None
    after = now
    coming, first = _first_day(rows, now)
    if not marked and first is not None:
        marked, mark, after = coming, "Next", first
        coming, _ = _first_day(rows, first)
    if coming and coming[0].pause is not None:
        classes, _ = _first_day([row for row in rows if row.pause is None], after)
        coming = classes if marked[0].pause is not None else (*coming, *classes)
    week = next((each for each in schedule.weeks if each.begins_at <= now < each.finishes_at), None)
    state = _state(schedule, now, week, mark)
    if follow_next and marked:
        week = next((each for each in schedule.weeks if marked[0] in each.meetings), None)
    current: Meeting | DeadlineLine | EventLine | None = _first_row(week) if week is not None else None
    if marked and (mark == "Today" or week is None or follow_next):
        current = marked[0]
    return Focus(
        now, week, mark, marked, coming, _find_pause(schedule, now), current, list_due_next(schedule, now), state
    )


def _first_row(week: Week) -> Meeting | DeadlineLine | EventLine:
    lines: tuple[DeadlineLine | EventLine, ...] = (*week.lines, *week.events)
    return week.meetings[0] if week.meetings else min(lines, key=lambda line: line.on)


def _find_pause(schedule: Schedule, now: datetime) -> Break | None:
    silent = (each.pause for each in schedule.silent if any(begin <= now < end for begin, end in each.spans))
    return next(silent, None)


def _of_first_kind(rows: Sequence[Meeting]) -> tuple[Meeting, ...]:
    """Return the meetings among the rows of one day; its breaks only if there is not a meeting."""
    meetings = tuple(row for row in rows if row.pause is None)
    return meetings or tuple(rows)


def _first_day(rows: Sequence[Meeting], after: datetime) -> tuple[tuple[Meeting, ...], datetime | None]:
    """Return the rows of the first day that begins after an instant, and when that day begins; None without one."""
    first = min((begin for row in rows for begin, _ in row.spans if begin > after), default=None)
    return _of_first_kind([row for row in rows if any(begin == first for begin, _ in row.spans)]), first


def _state(schedule: Schedule, now: datetime, week: Week | None, mark: Mark | None) -> State:
    if not schedule.weeks:
        return "empty"
    if week is not None:
        return "on" if mark is not None else "last"
    if mark == "Today":
        return "on"  # on a day of a window, in a week in which no row begins
    if mark is None:
        return "over" if now >= schedule.weeks[-1].finishes_at else "last"
    first = next(each for each in schedule.weeks if each.meetings)
    return "before" if now < first.begins_at else "pause"
