"""What is withheld until when: pages and announcements with `draft` or `publish_on`, and later materials."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from courseweek.frozen import dataclass
from courseweek.model.course import Course
from courseweek.model.meeting import Schedule
from courseweek.model.page import Announcement, Page
from courseweek.schedule.agenda import list_agenda
from courseweek.schedule.deadlines import NEVER
from courseweek.schedule.exams import list_exam_dates
from courseweek.schedule.instants import begin_day


@dataclass(frozen=True, slots=True)
class Release:
    """Something that appears at an instant; `what` names it in the course's words."""

    at: datetime
    what: str


def next_release(course: Course, schedule: Schedule, now: datetime) -> Release | None:
    """Return what appears next after `now` (an aware instant); drafts never do."""
    to_come = [each for each in _releases(course, schedule) if now < each.at < NEVER]
    return min(to_come, key=lambda each: (each.at, each.what), default=None)


def last_release(course: Course, schedule: Schedule, now: datetime) -> datetime | None:
    """Return the instant at which all that has a date is published, if something of it comes after `now`."""
    return max((each.at for each in _releases(course, schedule) if now < each.at < NEVER), default=None)


def _releases(course: Course, schedule: Schedule) -> Iterator[Release]:
    for page in (*course.pages, *(note.page for note in course.notes)):
        if page.publish_at is not None and not page.draft:
            yield Release(page.publish_at, f"the page `{page.title}`")
    for each in course.announcements:
        at = release_announcement(each, course.syllabus.term.zone)
        if at is not None:
            yield Release(at, f"the announcement `{each.page.title}`")
    for row in schedule.all_meetings:
        for link, released in row.materials:
            if released is not None:
                yield Release(released, f"`{link.label}` of `{row.topic}`")


def next_change(course: Course, schedule: Schedule, now: datetime) -> datetime:
    """Return the first instant after `now` at which the site would be another one.

    That is when the next civil day of the course's zone begins, a deadline is due, an exam or an event begins or ends,
    or something is released.
    """
    zone = course.syllabus.term.zone
    today = now.astimezone(zone).date()
    dates = [at for each in list_agenda(schedule, course.syllabus.term) for at in (each.starts, each.ends)]
    dates += [each.at for each in list_exam_dates(schedule)]
    instants = [at for at in dates if at is not None and at > now]
    release = next_release(course, schedule, now)
    if release is not None:
        instants.append(release.at)
    if today < date.max - timedelta(days=2):
        instants.append(begin_day(today + timedelta(days=1), zone))
    return min((each.astimezone(UTC) for each in instants), default=NEVER)


def is_withheld(page: Page, now: datetime) -> bool:
    """Return whether a page is a draft, or is to appear later than `now`."""
    return page.draft or (page.publish_at is not None and page.publish_at > now)


def release_announcement(announcement: Announcement, zone: tzinfo) -> datetime | None:
    """Return when an announcement is published: `publish_on`, or its day in the course's zone; None for a draft."""
    if announcement.page.draft:
        return None
    return announcement.page.publish_at or datetime.combine(announcement.on, time(0), zone)


def hold_back(course: Course, schedule: Schedule, now: datetime) -> dict[str, datetime]:
    """Return the assets of materials that are released later and that nothing else shows by now, and from when."""
    released = [(link, at) for row in schedule.all_meetings for link, at in row.materials]
    shown = [link for link, at in released if at is None or at <= now]
    shown += [*course.syllabus.links, *(link for reading in schedule.readings for link in reading.links)]
    shown += [link for each in schedule.assignments for link in each.materials]
    readings = {reading.url for reading in schedule.readings if reading.asset}
    visible = readings | {link.url for link in shown if link.asset} | {each.photo for each in course.syllabus.staff}
    held: dict[str, datetime] = {}
    for link, at in released:
        if at is not None and at > now and link.asset and link.url and link.url not in visible:
            held[link.url] = min(at, held.get(link.url, at))
    return held
