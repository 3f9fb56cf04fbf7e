"""When a meeting takes place: its class, that of each group, or its window."""

from __future__ import annotations

from datetime import UTC, datetime

from courseweek.model.meeting import Meeting

Sitting = tuple[datetime, datetime]
"""The instants, in UTC, at which a class begins and ends."""


def list_sittings(row: Meeting) -> tuple[Sitting, ...]:
    """Return the classes of a meeting in order of time, one for each group that meets at an own time.

    A window is one that lasts to its end. A break and a meeting without a time have none.
    """
    if row.pause is not None:
        return ()
    spans = {(each.starts_at, each.ends_at) for each in row.held} if row.groups else {(row.starts_at, row.ends_at)}
    if row.until is not None:
        spans = {(row.opens_at, row.until)}
    return tuple(sorted((begin.astimezone(UTC), end.astimezone(UTC)) for begin, end in spans if begin and end))


def is_over(row: Meeting, now: datetime) -> bool:
    """Return whether all classes of a meeting have ended; without a time, its last day."""
    return now >= max((end for _, end in list_sittings(row)), default=row.finishes_at)
