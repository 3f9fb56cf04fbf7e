"""The list of dates: deadlines, exams and events in order of time."""

from __future__ import annotations

from datetime import UTC

from courseweek.files.paths import relative_link
from courseweek.language.locale import Locale
from courseweek.model.course import is_carried
from courseweek.model.event import Event
from courseweek.model.meeting import Meeting
from courseweek.plan.plan import Plan
from courseweek.render.views import words
from courseweek.render.views.assignments import DeadlineViews
from courseweek.render.views.layout_values import DeadlineView
from courseweek.render.views.links import link_to_meeting
from courseweek.schedule.deadlines import NEVER
from courseweek.schedule.exams import ExamDate, list_exam_dates
from courseweek.schedule.instants import begin_day


def view_dates(plan: Plan, path: str) -> tuple[DeadlineView, ...]:
    """Return all dates of a course as seen from the page at `path`: those to be decided last, a window by its end."""
    zone = plan.course.syllabus.term.zone
    views = DeadlineViews(plan, path)
    found = [(each.at, views.view(each)) for each in plan.schedule.deadlines]
    exams = (each for each in list_exam_dates(plan.schedule) if each.word != "exam opens")
    found += [(each.at, view_exam_date(each, plan, path)) for each in exams]
    found += [
        (each.starts_at or begin_day(each.starts, zone), _view_event(each, plan, path)) for each in plan.schedule.events
    ]
    return tuple(view for _, view in sorted(found, key=lambda each: each[0].astimezone(UTC) if each[0] else NEVER))


def view_exam_date(date: ExamDate, plan: Plan, path: str) -> DeadlineView:
    """Return a moment of an exam as seen from the page at `path`."""
    row, at, day, hours = date.meeting, None, None, None
    locale = plan.locale
    if isinstance(row, Meeting) and date.at is not None:
        at = date.at.astimezone(plan.course.syllabus.term.zone)
        day = locale.short_day(at.date())
        if date.word == "exam due":
            hours = locale.clock(at.time())
        elif row.time is not None:
            hours = words.hours(row.time, locale) if row.until is None else locale.clock(row.time.start)
    return DeadlineView(
        id=row.id,
        owner=f"exam {row.id}",  # no id of an assignment has a space
        title=row.topic,
        word=date.word,
        day=day,
        hours=hours,
        at=words.utc_instant(at) if at is not None else None,
        iso=at.isoformat() if at is not None and hours is not None else at.date().isoformat() if at else None,
        href=link_to_meeting(row.id, plan, path),
        tentative=row.written is not None and row.written.status is not None,
        carried=row.written is not None and is_carried(row.written, plan.course),
        label=_name_exam_date(date.word, locale),
    )


def _name_exam_date(word: str, locale: Locale) -> str:
    """Return what happens to an exam at one of its moments."""
    if word == "exam":
        return locale.gettext("Exam")
    return locale.gettext("Exam opens") if word == "exam opens" else locale.gettext("Exam due")


def _view_event(event: Event, plan: Plan, path: str) -> DeadlineView:
    at, locale, scheduled = event.starts_at, plan.locale, plan.page_with("schedule")
    return DeadlineView(
        id=event.id,
        owner=event.id,
        title=event.name,
        word="event",
        day=locale.day_range(event.starts, event.ends),
        hours=words.hours(event.time, locale) if event.time is not None else None,
        at=None,
        iso=at.isoformat() if at is not None else event.starts.isoformat(),
        href=relative_link(path, scheduled.path, f"event-{event.id}") if scheduled is not None else None,
        tentative=False,
        carried=False,
    )
