"""Deadlines, exams and events in order of time: as a list, and as an agenda of what is to come and what is past."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from courseweek.files.paths import relative_link
from courseweek.language.locale import Locale
from courseweek.model.assignment import Deadline
from courseweek.model.course import is_carried
from courseweek.model.event import Event
from courseweek.model.meeting import Meeting
from courseweek.plan.plan import Plan
from courseweek.render.views import words
from courseweek.render.views.assignments import DeadlineViews
from courseweek.render.views.layout_values import AgendaEntryView, AgendaItemView, AgendaView, DeadlineView
from courseweek.render.views.links import link_to_meeting
from courseweek.render.views.words import count_minutes, utc_instant
from courseweek.schedule.agenda import AgendaItem, list_agenda, make_agenda
from courseweek.schedule.exams import ExamDate


def view_agenda(plan: Plan, path: str) -> AgendaView | None:
    """Return the dates to come and those that are past, as seen from the page at `path`; None without any."""
    items = list_agenda(plan.schedule, plan.course.syllabus.term)
    agenda = make_agenda(items, plan.now)
    deadlines = DeadlineViews(plan, path)

    def view(item: AgendaItem) -> AgendaItemView:
        date = _view_date(item.of, deadlines)
        return AgendaItemView(
            date=date,
            place=item.place,
            datetime=date.iso if date.iso is None or date.hours else date.iso.partition("T")[0],
            starts=utc_instant(item.starts) if item.starts is not None else None,
            ends=utc_instant(item.ends) if item.ends is not None else None,
            kind=None if date.word == "due" else date.word.partition(" ")[0],
            label=_name_kind(date, plan.locale),
        )

    coming = (AgendaEntryView(view(each.item), tuple(map(view, each.later))) for each in agenda.coming)
    return AgendaView(tuple(coming), tuple(map(view, agenda.past))) if items else None


def view_dates(plan: Plan, path: str) -> tuple[DeadlineView, ...]:
    """Return all dates in order of time as seen from the page at `path`, whether they are past or not."""
    deadlines = DeadlineViews(plan, path)
    return tuple(_view_date(each.of, deadlines) for each in list_agenda(plan.schedule, plan.course.syllabus.term))


def _name_kind(date: DeadlineView, locale: Locale) -> str | None:
    """Return what a date is, None for work that is due."""
    if date.word in ("out", "event"):
        return locale.gettext("Out") if date.word == "out" else locale.gettext("Event")
    return date.label


def _view_date(of: Deadline | ExamDate | Event, deadlines: DeadlineViews) -> DeadlineView:
    if isinstance(of, Deadline):
        return deadlines.view(of)
    plan, path = deadlines.plan, deadlines.path
    if isinstance(of, ExamDate):
        return replace(view_exam_date(of, plan, path), changed=deadlines.marks.get(of.meeting.id))
    return replace(_view_event(of, plan, path), changed=deadlines.marks.get(of.id))


def view_exam_date(date: ExamDate, plan: Plan, path: str, since: datetime | None = None) -> DeadlineView:
    """Return a moment of an exam as seen from the page at `path`, with its minutes from `since`."""
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
        at=utc_instant(at) if at is not None else None,
        minutes=count_minutes(at, since) if at is not None and since is not None else None,
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
