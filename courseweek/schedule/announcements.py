"""Announcements at their meetings: by id, with the one that is meant by another word for it."""

from __future__ import annotations

from collections.abc import Sequence

from courseweek.diagnostics import Diagnostics
from courseweek.model.gaps import Gaps
from courseweek.model.meeting import AnyMeeting
from courseweek.model.page import Announcement
from courseweek.model.slug import make_slug
from courseweek.model.term import Term, is_of_other_term
from courseweek.schedule.lookup import Lookup
from courseweek.schedule.notes import divide_ids


def check_meetings_of_announcements(
    announcements: Sequence[Announcement], rows: Sequence[AnyMeeting], term: Term, gaps: Gaps, found: Diagnostics
) -> None:
    """Report each announcement about a meeting that doesn't exist, with the id that is meant.

    Those of another term are left alone, and what `gaps` hide was reported before.
    """
    meetings = {row.id: row for row in rows if row.pause is None}
    for each in announcements:
        id = each.meeting
        if id is None or id in meetings or is_of_other_term(each.on, term.starts, term.ends):
            continue
        if not gaps.hide_meeting(id) and not gaps.hide_meeting(make_slug(id)):
            _report_unknown(each, id, rows, found)


def _report_unknown(announcement: Announcement, id: str, rows: Sequence[AnyMeeting], found: Diagnostics) -> None:
    place = announcement.page.origin.of("meeting")
    message = f"there is no meeting with the id `{id[:100]}`"
    pause = next((row for row in rows if row.pause is not None and id in (row.id, make_slug(row.topic))), None)
    if pause is not None:
        message = f"{message}; `{pause.topic}` is a break"
        found.error("unknown-meeting", message, place, help="delete the line, or write the id of a meeting")
        return
    ids = {row.id: row.id for row in rows if row.pause is None}
    several = [part for part in divide_ids(id) if part in ids]
    if len(several) > 1:
        message = f"an announcement is about one meeting, and here are {len(several)}"
        found.error("unknown-meeting", message, place, help=f"write meeting: {several[0]}, or delete the line")
        return
    meant = Lookup(rows).meeting(id)
    if meant is not None:
        found.error("unknown-meeting", message, place, help=meant.help, fix=meant.fix(id, place))
        return
    candidates = {make_slug(row.topic): row.id for row in rows if row.pause is None} | ids
    near = found.suggest(id, candidates)
    help = f"did you mean `{candidates[near]}`?" if near else "write the id of a meeting; course.json lists them"
    found.error("unknown-meeting", message, place, help=help)
