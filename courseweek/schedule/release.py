"""When what was written may be seen: pages and notices with `draft` or `publish_on`, and materials released later."""

from __future__ import annotations

from datetime import datetime, time, tzinfo

from courseweek.model.course import Course
from courseweek.model.meeting import Schedule
from courseweek.model.page import Announcement, Page


def is_withheld(page: Page, now: datetime) -> bool:
    """Tell whether a page is a draft, or is to appear later than `now`."""
    return page.draft or (page.publish_at is not None and page.publish_at > now)


def release_notice(announcement: Announcement, zone: tzinfo) -> datetime | None:
    """Return from when a notice is published: `publish_on`, or else its day in the course's zone; None for a draft."""
    if announcement.page.draft:
        return None
    return announcement.page.publish_at or datetime.combine(announcement.on, time(0), zone)


def hold_back(course: Course, schedule: Schedule, now: datetime) -> dict[str, datetime]:
    """Return the assets of materials that are released later and that nothing else shows by now, and from when."""
    released = [(link, at) for row in schedule.meetings for link, at in row.materials]
    shown = [link for link, at in released if at is None or at <= now]
    shown += [*course.links, *(link for reading in schedule.readings for link in reading.links)]
    shown += [link for each in schedule.assignments for link in each.materials]
    visible = {link.url for link in shown if link.asset} | {each.photo for each in course.staff}
    held: dict[str, datetime] = {}
    for link, at in released:
        if at is not None and at > now and link.asset and link.url and link.url not in visible:
            held[link.url] = min(at, held.get(link.url, at))
    return held
