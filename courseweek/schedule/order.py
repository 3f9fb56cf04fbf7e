"""Deadlines in the order in which they can be met: out before due, one milestone after the other."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from courseweek.diagnostics import Diagnostics
from courseweek.model.assignment import Assignment, Deadline
from courseweek.model.gaps import Gaps
from courseweek.model.moment import ByAnchor, Moment


def check_order(
    assignments: Sequence[Assignment], deadlines: Sequence[Deadline], gaps: Gaps, found: Diagnostics
) -> None:
    """Report what is due before it comes out or after late work is refused, and what was moved to where it is.

    A milestone that is due before the one above it is a warning.

    If the days of meetings are uncertain (`gaps`), moments that depend on them are skipped.
    """
    by_assignment: dict[int, list[Deadline]] = {}
    for each in deadlines:
        if each.at is not None and not (gaps.days and each.moment and isinstance(each.moment.rule, ByAnchor)):
            by_assignment.setdefault(id(each.assignment), []).append(each)
    for assignment in assignments:
        own = by_assignment.get(id(assignment), [])
        _check_out(own, found)
        for each in own:
            _check_moved(each, found)
        any(_check_late(each, found) for each in own)  # once for a series
        _check_milestones(assignment, own, found)


def _check_out(deadlines: Sequence[Deadline], found: Diagnostics) -> None:
    """Report the first deadline that is before its assignment comes out; those of a series are by their meeting."""
    out = {each.meeting: each for each in deadlines if each.kind == "out"}
    for each in deadlines:
        release = out.get(each.meeting)
        if each.kind == "out" or release is None or each.at is None or release.at is None or each.at >= release.at:
            continue
        due, opened = each.moment, release.moment
        if due is not None and opened is not None:
            found.error(
                "due-before-out",
                f"`{each.title}` is due ({_say(each.at)}) before it comes out ({_say(release.at)})",
                due.span,
                help="change one of the two dates",
                other=(opened.span, "it comes out here"),
            )
        return


def _check_moved(deadline: Deadline, found: Diagnostics) -> None:
    """Report a deadline that was moved to where it is."""
    was, due = deadline.written.was, deadline.moment
    if was is not None and due is not None and deadline.was is not None and deadline.was == deadline.at:
        found.error(
            "contradiction",
            f"`was` is the date on which `{deadline.title}` is due ({_say(deadline.was)})",
            was.span,
            help="write the old date, or delete `was`",
            other=(due.span, "it is due here"),
        )


def _check_late(deadline: Deadline, found: Diagnostics) -> bool:
    """Return whether late work is accepted only before it is due; report it if so."""
    until, due, last = deadline.written.accepted_until, deadline.moment, deadline.accepted_until
    if until is None or due is None or last is None or deadline.at is None or last >= deadline.at:
        return False
    found.error(
        "accepted-before-due",
        f"late work is accepted until {_say(last)}, but `{deadline.title}` is due later ({_say(deadline.at)})",
        until.span,
        help="write a later date after accepted_until:",
        other=(due.span, "it is due here"),
    )
    return True


def _check_milestones(assignment: Assignment, deadlines: Sequence[Deadline], found: Diagnostics) -> None:
    at = {id(each.milestone): each.at for each in deadlines if each.milestone is not None}
    latest: tuple[datetime, str, Moment] | None = None
    for milestone in assignment.milestones:
        due = at.get(id(milestone))
        if due is None or milestone.due is None:
            continue
        if latest is not None and due < latest[0]:
            found.warning(
                "milestone-order",
                f"`{milestone.title}` is due ({_say(due)}) before `{latest[1]}` ({_say(latest[0])})",
                milestone.due.span,
                help="list milestones in order: change the date, or move this one up",
                other=(latest[2].span, "the milestone before it is due here"),
            )
        else:
            latest = (due, milestone.title, milestone.due)


def _say(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M}"
