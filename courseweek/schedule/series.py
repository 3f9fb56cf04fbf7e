"""The meetings of a series: all, those with required readings, some kinds, or some ids."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from courseweek.diagnostics import Diagnostics, Span
from courseweek.model.assignment import Instead, Series
from courseweek.model.gaps import Gaps
from courseweek.model.meeting import AnyMeeting
from courseweek.schedule.lookup import Lookup

MOST_SHOWN = 8
"""Ids that a remedy lists."""
MOST_WRONG = 20
"""Wrong ids of one `instead` that are reported one by one."""


def select_meetings(series: Series, meetings: Sequence[AnyMeeting], gaps: Gaps, found: Diagnostics) -> list[AnyMeeting]:
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
            message = f"no meeting has the kind or id `{name}`"
            meant = Lookup(meetings).meeting(name)
            if meant is not None:
                found.error("unknown-series", message, series.span, help=meant.help, fix=meant.fix(name, series.span))
                continue
            near = found.suggest(name, [*kinds.values(), *ids])
            others = "name a kind or the ids of meetings, or write meeting for all of them"
            help = f"did you mean `{near}`?" if near else others
            found.error("unknown-series", message, series.span, help=help)
    wanted = {name.casefold() for name in series.names}
    return [
        row for row in meetings if row.id in series.names or (row.kind is not None and row.kind.casefold() in wanted)
    ]


def check_instead(
    instead: Sequence[Instead],
    selected: Sequence[AnyMeeting],
    skipped: Collection[str],
    meetings: Sequence[AnyMeeting],
    gaps: Gaps,
    found: Diagnostics,
) -> None:
    """Report another due moment for what is not a meeting, or not one of those `selected` by the series."""
    known, own = {row.id for row in meetings}, [row for row in selected if row.id not in skipped]
    ids = [row.id for row in own]
    wrong = [each for each in instead if each.meeting not in ids]
    if len(wrong) > MOST_WRONG:
        message = (
            f"{len(wrong):,} of these are not the ids of meetings of this series; the first {MOST_WRONG} are shown"
        )
        found.error("too-many", message, wrong[0].span, help="fix the ones that are shown first")
    for each in wrong[:MOST_WRONG]:
        if each.meeting not in known:
            if not gaps.hide_meeting(each.meeting):
                report_no_meeting(each.meeting, each.span, own or meetings, found)
            continue
        message = f"`{each.meeting}` is not a meeting of this series"
        help = f"delete it here; {list_ids(ids).replace('the meetings are', 'this series has')}"
        if each.meeting in skipped:
            message = f"`{each.meeting}` is left out by `except`, so nothing is due at it"
            help = "delete it here, or after except:"
        found.error("unknown-meeting", message, each.span, help=help)


def report_no_meeting(text: str, place: Span, rows: Sequence[AnyMeeting], found: Diagnostics) -> None:
    """Report a text that is not the id of a meeting, with the id that is meant, a near one, or all of them."""
    message = f"no meeting has the id `{text}`"
    meant = Lookup(rows).meeting(text)
    if meant is not None:
        found.error("unknown-meeting", message, place, help=meant.help, fix=meant.fix(text, place))
        return
    ids = [row.id for row in rows if row.pause is None]
    near = found.suggest(text, ids)
    found.error("unknown-meeting", message, place, help=f"did you mean `{near}`?" if near else list_ids(ids))


def list_ids(ids: Iterable[str]) -> str:
    """Return the remedy for an id that no meeting has and none is near: the ids that there are, or some of them."""
    known = list(ids)
    shown = ", ".join(f"`{each}`" for each in known[:MOST_SHOWN])
    more = f" and {len(known) - MOST_SHOWN} more" if len(known) > MOST_SHOWN else ""
    return f"the meetings are {shown}{more}" if known else "add topics first; each one gets an id"
