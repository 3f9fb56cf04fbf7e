"""Notes and announcements as their pages show them."""

from __future__ import annotations

from datetime import timedelta

from markupsafe import Markup

from courseweek.files.paths import relative_link
from courseweek.model.page import DAYS_CURRENT, Announcement, Note
from courseweek.plan.plan import Plan, PlannedPage
from courseweek.render.views.layout_values import AboutView, AnnouncementView, CountView, HeadlineView, LinkView
from courseweek.render.views.links import link_to_meeting, link_to_reading
from courseweek.render.views.words import utc_instant, utc_spans
from courseweek.schedule.instants import begin_day, finish_day


class Subjects:
    """What each note of a plan is about."""

    def __init__(self, plan: Plan) -> None:
        """Take the plan."""
        self._notes = {id(note.page): note for note in plan.notes}
        self._readings = {reading.id: reading for reading in reversed(plan.schedule.readings)}
        self._rows = {row.id: row for row in reversed(plan.schedule.all_meetings)}
        self._listed = plan.page_with("readings")
        self._plan = plan

    def view(self, page: PlannedPage) -> AboutView | None:
        """Return what a note's page is about; None for any other page."""
        note = self._notes.get(id(page.source))
        if note is None:
            return None
        return self._of_reading(page, note) if note.reading is not None else self._of_meeting(page, note)

    def _of_reading(self, page: PlannedPage, note: Note) -> AboutView | None:
        reading = self._readings.get(note.reading or "")
        if reading is None:
            return None
        listed = self._listed
        href = relative_link(page.path, listed.path, f"reading-{reading.id}") if listed is not None else None
        address = link_to_reading(reading, page.path)
        source = LinkView(reading.title, address) if address is not None else None
        return AboutView(LinkView(reading.title, href), note.author, source)

    def _of_meeting(self, page: PlannedPage, note: Note) -> AboutView | None:
        link = self.link(note.meeting, page.path)
        return AboutView(link, note.author, None, of_meeting=True) if link is not None else None

    def link(self, meeting: str | None, path: str) -> LinkView | None:
        """Return the link to a meeting by its id, as seen from the page at this path; None for any other id."""
        row = self._rows.get(meeting or "")
        return LinkView(row.topic, link_to_meeting(row.id, self._plan, path)) if row is not None else None


def list_headlines(plan: Plan, path: str) -> tuple[HeadlineView, ...]:
    """Return the announcements that are current now or will be without another build, the newest first."""
    zone = plan.course.syllabus.term.zone
    found: list[HeadlineView] = []
    for each in plan.announcements:
        begins, finishes = begin_day(each.on, zone), finish_day(each.last_day, zone)
        if finishes <= plan.now or each in plan.to_come:
            continue
        link = link_to_announcement(each, plan, path)
        hidden = not begins <= plan.now or any(not other.hidden for other in found)
        day = plan.locale.short_day(each.on)
        found.append(HeadlineView(link, day, each.on.isoformat(), utc_instant(begins), utc_instant(finishes), hidden))
    return tuple(found)


def count_news(plan: Plan) -> CountView | None:
    """Return how many announcements are of the last seven days; None if none of them is or will be."""
    zone = plan.course.syllabus.term.zone
    out = (each for each in plan.announcements if each not in plan.to_come)
    spans = [(begin_day(each.on, zone), finish_day(each.on + timedelta(days=DAYS_CURRENT - 1), zone)) for each in out]
    spans = [(begins, finishes) for begins, finishes in spans if finishes > plan.now]
    number = sum(begins <= plan.now for begins, _ in spans)
    return CountView(number, utc_spans(spans)) if spans else None


def link_to_announcement(announcement: Announcement, plan: Plan, path: str) -> LinkView:
    """Return the link to an announcement as seen from the page at this path."""
    return LinkView(announcement.page.title, relative_link(path, plan.announcements_path, announcement.id))


def view_announcement(announcement: Announcement, meeting: LinkView | None, plan: Plan) -> AnnouncementView:
    """Return an announcement without its texts, with its edit link if the course names its repository."""
    page, repository = announcement.page, plan.course.syllabus.repository
    return AnnouncementView(
        id=announcement.id,
        title=page.title,
        heading=Markup(""),
        day=plan.locale.dated_day(announcement.on),
        date=announcement.on.isoformat(),
        text=Markup(""),
        edit=repository.edit(page.body.file) if repository is not None else None,
        meeting=meeting,
    )
