"""The changes of a site: those that were published, and what is different now."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from courseweek.files.paths import relative_link
from courseweek.model.change import Change
from courseweek.model.course import Course
from courseweek.model.meeting import Schedule
from courseweek.model.published import Published
from courseweek.plan.plan import Plan
from courseweek.published.course_data import describe_course_and_term, describe_dates
from courseweek.published.normal_form import explain_other, read_identity
from courseweek.published.published import MOST_KEPT
from courseweek.published.stamps import date_build


def choose_published(
    course: Course, since: Published | None, previous: Published | None
) -> tuple[Published | None, str]:
    """Return what was published of this course in this term, and why `since` is not that, if it is not.

    `previous` is what the output folder has: it takes the place of what is public where that is not known.
    """
    now = read_identity(describe_course_and_term(course))
    why = explain_other(read_identity(since.content), now) if since is not None else ""
    if since is not None and not why:
        return since, ""
    same = previous is not None and not explain_other(read_identity(previous.content), now)
    return previous if same else None, why


def find_changes(course: Course, schedule: Schedule, now: datetime, published: Published | None) -> tuple[Change, ...]:
    """Return the changes of a site as of `now`, the newest first: what is new since it was published, then what was.

    Only what is known to be public makes something new. The instant of new changes is `now`, or just after the newest
    change so far where that is later.
    """
    if published is None or not published.public:
        return published.changes if published is not None else ()
    from courseweek.published.comparison import compare_courses  # few builds compare
    from courseweek.published.wording import say_story

    at = max([date_build(now), *(each.at + timedelta(seconds=1) for each in published.changes)])
    new: dict[str, Change] = {}
    for story in compare_courses(published.content, describe_dates(course, schedule, now)):
        base = f"{story.kind}-{story.ids[0]}-{at:%Y%m%dT%H%M%SZ}"
        number = sum(id == base or id.startswith(f"{base}-") for id in new)
        text, was, details = say_story(story, course.syllabus.locale)
        id = f"{base}-{number + 1}" if number else base
        new[id] = Change(id, at, story.kind, story.ids, text, was, details=details)
    return (*new.values(), *published.changes)[:MOST_KEPT]


def place_changes(plan: Plan) -> tuple[Change, ...]:
    """Return the changes of a plan, each with its address on the planned site; "" where it has none there."""
    scheduled, listed = plan.page_with("schedule"), plan.page_with("deadlines")
    rows = {row.id: plan.place_of_meeting(row.id) for row in plan.schedule.all_meetings} if scheduled else {}
    dues = {each.id: (listed.path, f"assignment-{each.id}") for each in plan.schedule.assignments} if listed else {}
    days = {each.id: (scheduled.path, f"event-{each.id}") for each in plan.schedule.events} if scheduled else {}
    places = {"class": rows, "reading": rows, "deadline": dues, "event": days}

    def place(change: Change) -> str:
        known = places[change.kind]
        first = next((id for id in change.ids if id in known), None)
        return relative_link("", *known[first]) if first is not None else ""

    return tuple(replace(each, href=place(each)) for each in plan.changes)
