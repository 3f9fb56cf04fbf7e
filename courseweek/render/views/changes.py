"""What has changed: each change in words, by the day on which it was made, and the marks at what it is about."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import groupby
from urllib.parse import unquote

from courseweek.files.paths import relative_link
from courseweek.language.locale import Locale, noted
from courseweek.model.change import Change
from courseweek.model.page import DAYS_CURRENT
from courseweek.plan.changes import CHANGES, PATH, name_place
from courseweek.plan.pages import pages_of_assignment
from courseweek.plan.parts import Part
from courseweek.plan.plan import Plan
from courseweek.render.views.layout_values import ChangesOfDayView, ChangeView, MarkView
from courseweek.render.views.words import utc_instant
from courseweek.schedule.instants import finish_day

_KINDS = {
    "class": noted("Class"),
    "deadline": noted("Deadline"),
    "reading": noted("Reading"),
    "event": noted("Event"),
}


def name_kind_of_change(change: Change, locale: Locale) -> str:
    """Return in one word what a change is about."""
    return locale.gettext(_KINDS[change.kind])


def say_change(change: Change, locale: Locale) -> str:
    """Return the sentence of a change, with what was before."""
    if not change.was:
        return change.text
    return locale.gettext("{sentence} (was {before})", sentence=change.text, before=change.was)


def view_changes(plan: Plan, path: str) -> tuple[ChangesOfDayView, ...]:
    """Return what has changed, by the day in the course's zone, the newest first, as seen from the page at `path`."""
    zone, locale = plan.course.syllabus.term.zone, plan.locale

    def view(change: Change) -> ChangeView:
        return ChangeView(
            id=name_place(change),
            kind=name_kind_of_change(change, locale),
            text=say_change(change, locale),
            href=link_to_subject(change, path),
            details=change.details,
        )

    by_day = groupby(plan.changes, lambda change: change.at.astimezone(zone).date())
    return tuple(
        ChangesOfDayView(locale.dated_day(day), day.isoformat(), tuple(map(view, changes))) for day, changes in by_day
    )


def link_to_subject(change: Change, path: str) -> str | None:
    """Return the link to what a change is about as seen from the page at `path`; None where the site lacks that."""
    target, _, place = change.href.partition("#")
    return relative_link(path, unquote(target), unquote(place)) if target else None


def find_marks(plan: Plan, path: str) -> dict[str, MarkView]:
    """Return the mark of each meeting, assignment, deadline and event that has changed in the last days, by its id.

    There are none on a page without a script that takes them away again, and where nothing shows the changes. Like an
    announcement, a change is new for seven days of the calendar, its own the first: so no mark ends within a day.
    """
    marks = dict[str, MarkView]()
    shown = plan.page_with(CHANGES)
    if not plan.changes or shown is None or not _has_script(path, plan):
        return marks
    zone = plan.course.syllabus.term.zone
    for change in plan.changes:
        ends = finish_day(change.at.astimezone(zone).date() + timedelta(days=DAYS_CURRENT - 1), zone)
        if plan.now < ends:
            mark = MarkView(relative_link(path, shown.path, name_place(change)), utc_instant(ends))
            marks = {**dict.fromkeys(change.ids, mark), **marks}  # the newest are first
    return marks


def _has_script(path: str, plan: Plan) -> bool:
    """Return whether the page at a path has a script that goes by the time."""
    page = next((page for page in plan.pages if page.path == path), None)
    if page is None:
        return False
    parts = {Part("schedule"), Part("deadlines")}
    described = (page.name in pages_of_assignment(each) for each in plan.schedule.assignments)
    return page.meeting is not None or not parts.isdisjoint(page.blocks) or any(described)


def list_places(plan: Plan) -> Iterator[str]:
    """Yield the ids that the changes have on a page that shows them."""
    yield from map(name_place, plan.changes)


def link_to_changes(plan: Plan, path: str) -> str | None:
    """Return the link to what has changed as seen from the page at `path`; None where nothing shows it."""
    shown = plan.page_with(CHANGES) if plan.changes else None
    if shown is None:
        return None
    return relative_link(path, shown.path, "" if shown.path == PATH else f"page.{CHANGES}")
