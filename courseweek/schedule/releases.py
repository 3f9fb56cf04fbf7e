"""What is withheld until an instant, and when a site says something else than now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from courseweek.model.course import Course
from courseweek.model.meeting import Schedule
from courseweek.schedule.deadlines import NEVER
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


def _releases(course: Course, schedule: Schedule) -> Iterator[Release]:
    for page in (*course.pages, *(note.page for note in course.notes)):
        if page.publish_at is not None and not page.draft:
            yield Release(page.publish_at, f"the page `{page.title}`")
    for each in course.announcements:
        if not each.page.draft:
            at = each.page.publish_at or datetime.combine(each.on, time(0), course.term.zone)
            yield Release(at, f"the announcement `{each.page.title}`")
    for row in schedule.meetings:
        for link, released in row.materials:
            if released is not None:
                yield Release(released, f"`{link.label}` of `{row.topic}`")


def next_change(course: Course, schedule: Schedule, now: datetime) -> datetime:
    """Return the first instant after `now` at which the site would be another one.

    That is when the next civil day of the course's zone begins, a deadline is due, or something is released.
    """
    zone = course.term.zone
    today = now.astimezone(zone).date()
    instants = [each.at for each in schedule.deadlines if each.at is not None and each.at > now]
    release = next_release(course, schedule, now)
    if release is not None:
        instants.append(release.at)
    if today < date.max - timedelta(days=2):
        instants.append(begin_day(today + timedelta(days=1), zone))
    return min((each.astimezone(UTC) for each in instants), default=NEVER)
