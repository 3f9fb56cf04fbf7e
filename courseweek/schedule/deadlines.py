"""Deadlines: each moment of an assignment becomes an instant in the course's zone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

from courseweek.diagnostics import Diagnostics
from courseweek.model.assignment import Assignment, Deadline, Milestone, Series
from courseweek.model.gaps import Gaps
from courseweek.model.link import Link
from courseweek.model.meeting import DeadlineLine, Meeting
from courseweek.model.moment import ByAnchor
from courseweek.schedule.ids import Ids
from courseweek.schedule.instants import place_time
from courseweek.schedule.resolver import Resolver
from courseweek.schedule.series import check_instead, select_meetings

MOST_DEADLINES = 4_000
"""Deadlines of one course: more are refused."""
NEVER = datetime.max.replace(tzinfo=UTC)
"""The instant of what is to be decided."""


def identify_assignments(
    written: Sequence[Assignment], meetings: frozenset[str], found: Diagnostics
) -> tuple[Assignment, ...]:
    """Return the assignments and their milestones with ids: written ones first, then slugs.

    On a page an assignment is `assignment-ID`, which a meeting may be too: the id of that meeting is not given again.
    """
    ids = Ids(
        lambda text: f"assignment-{text}" in meetings, "the meeting whose id is `assignment-` followed by this id"
    )
    claimed = {id(each): ids.claim(each.id, each.origin.of("id"), found) for each in written if each.id}
    identified = []
    for place, each in enumerate(written, 1):
        given = claimed.get(id(each)) or ids.make(each.title, f"assignment-{place}", each.origin.span)
        identified.append(replace(each, id=given, milestones=_identify_milestones(each.milestones, found)))
    return tuple(identified)


def _identify_milestones(written: tuple[Milestone, ...], found: Diagnostics) -> tuple[Milestone, ...]:
    ids = Ids(("out", "due").__contains__, "the assignment's own dates")
    claimed = {id(each): ids.claim(each.id, each.origin.of("id"), found) for each in written if each.id}
    return tuple(
        replace(each, id=claimed.get(id(each)) or ids.make(each.title, f"milestone-{place}", each.origin.span))
        for place, each in enumerate(written, 1)
    )


def schedule_deadlines(assignments: tuple[Assignment, ...], resolver: Resolver) -> tuple[Deadline, ...]:
    """Return all deadlines in order of time, those to be decided last."""
    deadlines: list[Deadline] = []
    for deadline in (deadline for each in assignments for deadline in _list(each, resolver)):
        if len(deadlines) == MOST_DEADLINES:
            message = f"the course has more than {MOST_DEADLINES:,} deadlines"
            resolver.found.error(
                "too-many", message, deadline.assignment.origin.span, help="split the course into several"
            )
            break
        deadlines.append(deadline)
    first: dict[str, Deadline] = {}
    for each in deadlines:
        other = first.setdefault(each.id, each)
        if other is not each:
            _report_twice(each, other, resolver.found)
    return tuple(sorted(deadlines, key=lambda each: each.at.astimezone(UTC) if each.at else NEVER))


def _report_twice(deadline: Deadline, other: Deadline, found: Diagnostics) -> None:
    """Report two deadlines of one id, such as that of the milestone `b` of `hw-a` and of `a-b` of `hw`."""
    found.error(
        "duplicate-id",
        f"two deadlines have the id `{deadline.id}`",
        (deadline.milestone or deadline.assignment).origin.span,
        help="give one of the two another id",
        other=((other.milestone or other.assignment).origin.span, "the other entry is here"),
    )


def release_materials(rows: Sequence[Meeting], resolver: Resolver) -> list[Meeting]:
    """Return the rows with their materials, each with the instant at which it is released."""
    return [_release_materials(row, resolver) for row in rows]


def _release_materials(row: Meeting, resolver: Resolver) -> Meeting:
    if row.written is None or not row.leads or not row.written.materials:
        return row
    materials: list[tuple[Link, datetime | None]] = []
    for link in row.written.materials:
        at = resolver.release(link.released, row) if link.released is not None else None
        materials.append((link, at or NEVER if link.released is not None else None))
    return replace(row, materials=tuple(materials))


def attach_deadlines(
    rows: Sequence[Meeting], deadlines: Sequence[Deadline]
) -> tuple[list[Meeting], list[DeadlineLine]]:
    """Return the rows with their deadlines, and the lines of days on which no row begins, in order.

    A deadline of a series is in the row of its meeting, any other in the first row of its day: a meeting's before a
    break's.
    """
    by_meeting: dict[str, list[Deadline]] = {}
    by_day: dict[date, list[Deadline]] = {}
    for each in deadlines:
        if each.meeting is not None:
            by_meeting.setdefault(each.meeting, []).append(each)
        elif each.at is not None:
            by_day.setdefault(each.at.date(), []).append(each)
    first: dict[date, Meeting] = {}
    for row in sorted(rows, key=lambda row: row.pause is not None):
        first.setdefault(row.on, row)
    attached = []
    for row in rows:
        of_day = by_day.pop(row.on, []) if first[row.on] is row else []
        own = [*by_meeting.get(row.id, []), *of_day]
        attached.append(replace(row, deadlines=tuple(own)) if own else row)
    return attached, [DeadlineLine(on, tuple(each)) for on, each in sorted(by_day.items())]


def check_forms(rows: Sequence[Meeting], assignments: Sequence[Assignment], gaps: Gaps, found: Diagnostics) -> None:
    """Report a meeting's own form for a missing assignment."""
    known = [each.id for each in assignments]
    for row in rows:
        for id, _, span in row.written.forms if row.written is not None and row.leads else ():
            if id not in known and not gaps.hide_assignment(id):
                near = found.suggest(id, known)
                help = f"did you mean `{near}`?" if near else "write the id of an assignment"
                found.error("unknown-assignment", f"no assignment has the id `{id}`", span, help=help)


def _list(assignment: Assignment, resolver: Resolver) -> Iterable[Deadline]:
    if assignment.each is not None:
        yield from _list_series(assignment, assignment.each, resolver)
        return
    if assignment.out is not None:
        at = resolver.release(assignment.out, None)
        yield Deadline(f"{assignment.id}-out", assignment, assignment.title, "out", at, None)
    if assignment.due is not None or not assignment.milestones:
        due = Deadline(f"{assignment.id}-due", assignment, assignment.title, "due", resolver.due_of(assignment), None)
        yield _around(due, resolver)
    for milestone in assignment.milestones:
        id, at = f"{assignment.id}-{milestone.id}", resolver.due_of_milestone(assignment, milestone)
        yield _around(Deadline(id, assignment, milestone.title, "milestone", at, None, milestone), resolver)


def _around(deadline: Deadline, resolver: Resolver) -> Deadline:
    """Return a deadline with when it was due before it was moved, and until when late work is accepted."""
    was, until = deadline.written.was, deadline.written.accepted_until
    if was is None and until is None:
        return deadline
    return replace(deadline, was=resolver.was_due(was, deadline.at), accepted_until=resolver.accept(until, None))


def _list_series(assignment: Assignment, series: Series, resolver: Resolver) -> Iterable[Deadline]:
    skipped = resolver.check_skipped(assignment)
    selected = select_meetings(series, resolver.meetings, resolver.gaps, resolver.found)
    meetings = [row for row in selected if row.id not in skipped]
    if not meetings:
        resolver.report_empty(series, excepted=bool(skipped))
    check_instead(assignment.instead, selected, skipped, resolver.meetings, resolver.gaps, resolver.found)
    instead = {each.meeting: each.due for each in assignment.instead}
    for row in meetings:
        if assignment.out is not None:
            at = resolver.release(assignment.out, row)
            yield Deadline(f"{assignment.id}-{row.id}-out", assignment, assignment.title, "out", at, row.id)
        own = instead.get(row.id)
        moment = own or assignment.due
        at = resolver.resolve(moment, resolver.term.due_time, row) if moment is not None else None
        until = _accept_late(assignment, row, at, resolver) if assignment.accepted_until is not None else None
        id = f"{assignment.id}-{row.id}"
        yield Deadline(id, assignment, assignment.title, "due", at, row.id, own=own, accepted_until=until)


def _accept_late(assignment: Assignment, row: Meeting, at: datetime | None, resolver: Resolver) -> datetime | None:
    """Return until when late work is accepted at one meeting of a series.

    Where that counts from the meeting and its work is due at another moment, it moves by as many days.
    """
    moment = assignment.accepted_until
    until = resolver.accept(moment, row)
    moved = any(each.meeting == row.id for each in assignment.instead)
    if until is None or not moved or moment is None or not isinstance(moment.rule, ByAnchor):
        return until
    usual = resolver.accept(assignment.due, row)
    if at is None or usual is None:
        return None
    return place_time(until.date() + (at.date() - usual.date()), until.time(), resolver.term.zone)
