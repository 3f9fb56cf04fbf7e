"""The meetings of a series: all, those with required readings, some kinds, or some ids."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from courseweek.diagnostics import Diagnostics
from courseweek.model.assignment import Series
from courseweek.model.gaps import Gaps
from courseweek.model.meeting import Meeting

MOST_SHOWN = 8
"""Ids that a remedy lists."""


def select_meetings(series: Series, meetings: Sequence[Meeting], gaps: Gaps, found: Diagnostics) -> list[Meeting]:
    """Return the meetings of a series in order of time; names that fit nothing are reported.

    What `gaps` hide was reported before.
    """
    if series.select == "all":
        return list(meetings)
    if series.select == "required":
        return [row for row in meetings if row.required]
    ids = {row.id for row in meetings}
    kinds = {row.kind.casefold(): row.kind for row in meetings if row.kind is not None}
    for name in series.names:
        if name not in ids and not gaps.hide_meeting(name) and name.casefold() not in kinds:
            near = found.suggest(name, [*kinds.values(), *ids])
            found.error(
                "unknown-series",
                f"no meeting has the kind or id `{name}`",
                series.span,
                help=f"did you mean `{near}`?"
                if near
                else "write meeting, meeting with required readings, a kind, or ids",
            )
    wanted = {name.casefold() for name in series.names}
    return [
        row for row in meetings if row.id in series.names or (row.kind is not None and row.kind.casefold() in wanted)
    ]


def list_ids(ids: Iterable[str]) -> str:
    """Return the remedy for an id that no meeting has and none is near: the ids that there are, or some of them."""
    known = list(ids)
    shown = ", ".join(f"`{each}`" for each in known[:MOST_SHOWN])
    more = f" and {len(known) - MOST_SHOWN} more" if len(known) > MOST_SHOWN else ""
    return f"the meetings are {shown}{more}" if known else "add topics first; each one gets an id"
