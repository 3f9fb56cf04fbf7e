"""Notes and announcements as their pages show them."""

from __future__ import annotations

from markupsafe import Markup

from courseweek.model.page import Announcement, Note
from courseweek.model.repository import Repository
from courseweek.plan import Plan, PlannedPage, relative_link
from courseweek.render import words
from courseweek.render.views import AboutView, AnnouncementView, LinkView


def view_about(plan: Plan, page: PlannedPage) -> AboutView | None:
    """Return what a note's page is about; None for any other page."""
    note = next((each for each in plan.notes if each.page is page.source), None)
    if note is None:
        return None
    return _of_reading(plan, page, note) if note.reading is not None else _of_meeting(plan, page, note)


def _of_reading(plan: Plan, page: PlannedPage, note: Note) -> AboutView | None:
    reading = next((each for each in plan.schedule.readings if each.id == note.reading), None)
    if reading is None:
        return None
    listed = plan.page_with("readings")
    href = relative_link(page.path, f"{listed.path}#reading-{reading.id}") if listed is not None else None
    source = LinkView(reading.title, reading.url) if reading.url is not None else None
    return AboutView(LinkView(reading.title, href), note.author, source)


def _of_meeting(plan: Plan, page: PlannedPage, note: Note) -> AboutView | None:
    row = next((each for each in plan.schedule.meetings if each.id == note.meeting), None)
    scheduled = plan.page_with("schedule")
    if row is None or scheduled is None:
        return None
    return AboutView(LinkView(row.topic, relative_link(page.path, f"{scheduled.path}#{row.id}")), note.author, None)


def view_announcement(
    announcement: Announcement, heading: Markup, text: Markup, repository: Repository | None
) -> AnnouncementView:
    """Return a notice with its title and text as HTML, and where it is edited if the course names its repository."""
    page = announcement.page
    return AnnouncementView(
        id=page.name.rpartition("/")[2],
        title=page.title,
        heading=heading,
        day=words.dated_day(announcement.on),
        date=announcement.on.isoformat(),
        text=text,
        edit=repository.edit(page.body.file) if repository is not None else None,
    )
