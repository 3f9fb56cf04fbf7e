"""The page of a meeting: all that belongs to it, and the meetings before and after it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC
from itertools import pairwise

from courseweek.files.paths import relative_link
from courseweek.model.assignment import Deadline
from courseweek.model.meeting import AnyMeeting, Meeting, is_exam_kind
from courseweek.model.moment import ByAnchor
from courseweek.model.page import Note
from courseweek.plan.plan import Plan, PlannedPage
from courseweek.published.citations.citation_files import name_citation_file
from courseweek.render.views.calendars import view_single_meeting
from courseweek.render.views.citations import link_citations
from courseweek.render.views.layout_values import DeadlineView, LinkView, MeetingView, RowView
from courseweek.render.views.links import link_to_meeting, link_to_suggest
from courseweek.render.views.rows import NotesOf, Rows, name_day
from courseweek.render.views.words import utc_instant
from courseweek.schedule.deadlines import NEVER


class MeetingPages:
    """Makes what the pages of the meetings of a plan show."""

    def __init__(self, plan: Plan, notes: NotesOf) -> None:
        """Take the plan, and its notes by what they are about."""
        self.plan = plan
        self._notes = notes
        self._weeks = {row.id: week for week in plan.schedule.weeks for row in week.meetings}
        self._rows: dict[str, AnyMeeting] = {
            row.id: row for row in plan.schedule.all_meetings if row.written is not None
        }
        dated = [row for row in self._rows.values() if isinstance(row, Meeting)]
        self._before = {row.id: before for before, row in pairwise(dated)}
        self._after = {row.id: after for row, after in pairwise(dated)}
        self._together: dict[str, list[Meeting]] = {}
        for row in dated:
            other = self._rows.get(row.same_day or "")
            if isinstance(other, Meeting):
                self._together.setdefault(row.id, []).append(other)
                self._together.setdefault(other.id, []).append(row)
        self._deadlines: dict[str, list[Deadline]] = {}
        for each in plan.schedule.deadlines:
            for id in dict.fromkeys(filter(None, (each.meeting, _find_anchor(each)))):
                self._deadlines.setdefault(id, []).append(each)

    def view(self, page: PlannedPage, rows: Rows) -> MeetingView:
        """Return what the page of a meeting shows; `rows` makes the views of rows on this page."""
        row, path = self._rows[page.meeting or ""], page.path
        own = self.plan.page_named(row.written.page.removesuffix(".md")) if row.written and row.written.page else None
        before, after = self._before.get(row.id), self._after.get(row.id)
        return MeetingView(
            row=self._view_row(row, rows),
            week=row.week if isinstance(row, Meeting) else None,
            in_schedule=relative_link(path, rows.target, row.id),
            starts=_write_start(row),
            ends=utc_instant(row.until or row.ends_at or row.finishes_at) if isinstance(row, Meeting) else None,
            own_page=LinkView(own.title, relative_link(path, own.path)) if own is not None else None,
            deadlines=tuple(self._view_deadlines(row, rows)),
            together=tuple(self._link(other, path) for other in self._together.get(row.id, ())),
            notes=tuple(_link_note(note, path) for note in self._notes.meetings.get(row.id, ())),
            write_note=link_to_suggest(self.plan, path, f"note.{row.id}"),
            before=self._link(before, path) if before is not None else None,
            after=self._link(after, path) if after is not None else None,
            calendars=view_single_meeting(row, self.plan, path) if isinstance(row, Meeting) else (),
            citations=link_citations(self.plan, name_citation_file(row.id), path),
        )

    def _view_row(self, row: AnyMeeting, rows: Rows) -> RowView:
        """Return the row of a meeting without what only the schedule shows: its marks and the deadlines of its day."""
        if not isinstance(row, Meeting):
            return rows.undated_row(row)
        view = rows.row(self._weeks[row.id], row)
        day = self.plan.locale.dated_day(row.on) if row.until is not None or row.on == row.last_on else view.day
        bare = replace(view, mark=None, past=False, current=False, anchor=False, deadlines=(), exam_dates=())
        return replace(bare, day=day, notes=(), own_place=True, usual_place=None)

    def _view_deadlines(self, row: AnyMeeting, rows: Rows) -> Iterator[DeadlineView]:
        """Yield what comes out or is due for a meeting, by it, or on its day, in order of time."""
        found = {each.id: each for each in self._deadlines.get(row.id, ())}
        if isinstance(row, Meeting):
            found |= {each.id: each for each in row.deadlines}
        listed = self.plan.page_with("deadlines")
        for each in sorted(found.values(), key=lambda each: each.at.astimezone(UTC) if each.at else NEVER):
            view = rows.deadlines.view(each)
            href = view.href
            if href is None and listed is not None:
                href = relative_link(rows.path, listed.path, f"assignment-{each.assignment.id}")
            yield replace(view, href=href, of_row=each.meeting == row.id)

    def _link(self, row: Meeting, path: str) -> LinkView:
        return LinkView(
            row.topic, link_to_meeting(row.id, self.plan, path), note=name_kind(row) or name_day(row, self.plan.locale)
        )


def name_kind(row: AnyMeeting) -> str | None:
    """Return "Lecture 13", "Lab" or None: the kind of a meeting with its number."""
    if isinstance(row, Meeting) and row.kind is not None and row.number is not None and not is_exam_kind(row.kind):
        return f"{row.kind} {row.number}"
    return row.kind


def _find_anchor(deadline: Deadline) -> str | None:
    """Return the id of what a deadline is written by: `start of hardware`."""
    rule = deadline.moment.rule if deadline.moment is not None else None
    return rule.id if isinstance(rule, ByAnchor) else None


def _write_start(row: AnyMeeting) -> str | None:
    """Return when a meeting begins, in ISO 8601: with its time and the course's offset, or only its day."""
    if not isinstance(row, Meeting):
        return None
    return (row.starts_at or row.on).isoformat()


def _link_note(note: Note, path: str) -> LinkView:
    return LinkView(note.page.title, relative_link(path, f"{note.page.name}.html"), note=note.author)
