"""The dated course, step by step: class days, topics on them, rows, readings, deadlines, presenters, weeks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from courseweek.diagnostics import Diagnostics
from courseweek.model.assignment import Assignment
from courseweek.model.course import Course
from courseweek.model.event import Event
from courseweek.model.meeting import (
    AnyMeeting,
    DeadlineLine,
    EventLine,
    Meeting,
    Schedule,
    Topic,
    UndatedMeeting,
    Week,
)
from courseweek.model.slug import make_slug
from courseweek.schedule.announcements import check_meetings_of_announcements
from courseweek.schedule.assigned import attach_readings
from courseweek.schedule.calendar import Calendar, make_calendar
from courseweek.schedule.deadlines import (
    attach_deadlines,
    check_forms,
    identify_assignments,
    release_materials,
    schedule_deadlines,
)
from courseweek.schedule.empty_weeks import check_weeks_of_pattern
from courseweek.schedule.events import list_event_lines, schedule_events
from courseweek.schedule.instants import begin_day, finish_day
from courseweek.schedule.joining import check_joined
from courseweek.schedule.meetings import identify_rows, make_rows
from courseweek.schedule.notes import check_notes
from courseweek.schedule.order import check_order
from courseweek.schedule.overlaps import check_overlaps, check_pattern
from courseweek.schedule.placement import Placed, Placement
from courseweek.schedule.presenting import schedule_presentations
from courseweek.schedule.reading_time import check_weekly_hours, measure_week
from courseweek.schedule.resolver import Resolver
from courseweek.schedule.shared_class import Remedies
from courseweek.schedule.silent_days import list_silent_days


def schedule_course(course: Course, found: Diagnostics) -> Schedule:
    """Return the dated course: rows in order of time, in numbered weeks, each meeting with its readings.

    What does not fit is reported to `found` and left out. `rows` are the rows of the schedule, then the meetings whose
    date is to be decided; one step after the other adds to them.
    """
    syllabus = course.syllabus
    topics = [topic for topics in syllabus.topic_lists for topic in topics]
    calendar = make_calendar(syllabus.term, topics)
    check_weeks_of_pattern(calendar, found)
    check_pattern(syllabus.term.meets, found)
    placement = Placement(calendar, found, days_known=not course.gaps.days)
    placed = placement.place(syllabus.topic_lists)
    row_ids, taken = identify_rows(placed, topics, found)
    remedies = Remedies(calendar, syllabus.topic_lists, row_ids, days_known=placement.days_known)
    check_overlaps(placed, found, remedies.suggest, days_known=placement.days_known)
    gaps = replace(course.gaps, days=not placement.days_known, ids=course.gaps.ids | _ids_without_day(topics, placed))

    dated, undated = make_rows(placement, row_ids, taken, topics, calendar, found)
    rows: Sequence[AnyMeeting] = (*dated, *undated)
    rows, readings = attach_readings(course.reading_lists, rows, gaps, found)
    ids = frozenset(row.id for row in rows)
    events = schedule_events(syllabus.events, syllabus.term, ids, found)
    assignments = identify_assignments(syllabus.assignments, ids, found)
    check_joined(topics, rows, placement.joining, _name_others(rows, assignments, events), syllabus.term, gaps, found)
    resolver = Resolver(assignments, rows, calendar, found, gaps)
    deadlines = schedule_deadlines(assignments, resolver)
    check_order(assignments, deadlines, gaps, found)
    rows = release_materials(rows, resolver)
    check_notes(course.notes, readings, rows, gaps, found)
    check_meetings_of_announcements(course.announcements, rows, syllabus.term, gaps, found)
    rows, board = schedule_presentations(syllabus.presentations, rows, gaps, found)
    check_forms(rows, assignments, gaps, found)
    dated, lines = attach_deadlines([row for row in rows if isinstance(row, Meeting)], deadlines)
    undated = tuple(row for row in rows if isinstance(row, UndatedMeeting))
    weeks = _group_weeks(dated, lines, list_event_lines(events, syllabus.term), calendar)
    check_weekly_hours(weeks, syllabus.term, found)
    return Schedule(
        weeks,
        readings,
        assignments,
        deadlines,
        board,
        undated,
        events,
        gaps,
        last_week=calendar.weeks.last(syllabus.term.ends),
        silent=list_silent_days(dated, syllabus.term),
    )


def _name_others(
    rows: Sequence[AnyMeeting], assignments: Sequence[Assignment], events: Sequence[Event]
) -> dict[str, str]:
    """Return what has an id that a meeting may be mistaken for, by that id."""
    return (
        {each.id: "an assignment" for each in assignments}
        | {each.id: "an event" for each in events}
        | {row.id: "a break" for row in rows if row.pause is not None}
    )


def _ids_without_day(topics: Sequence[Topic], placed: Sequence[Placed]) -> frozenset[str]:
    """Return the ids of topics without all their days: that was reported, and not again where they are named."""
    rows = Counter(id(row.topic) for row in placed)
    missing = [
        topic
        for topic in topics
        if rows[id(topic)] < max(topic.days, topic.times) and not (topic.undecided or topic.rest)
    ]
    ids = [topic.id or make_slug(topic.title) for topic in missing]
    return frozenset(
        id if step == 1 else f"{id}-{step}"
        for id, topic in zip(ids, missing, strict=True)
        for step in range(1, max(topic.days, topic.times) + 1)
    )


def _group_weeks(
    rows: Sequence[Meeting], lines: Sequence[DeadlineLine], events: Sequence[EventLine], calendar: Calendar
) -> tuple[Week, ...]:
    zone, week_of = calendar.term.zone, calendar.term.week_of
    by_week: dict[date, list[Meeting]] = {}
    for row in rows:
        by_week.setdefault(week_of(row.on), []).append(row)
    for on in (*(line.on for line in lines), *(line.on for line in events)):
        by_week.setdefault(week_of(on), [])
    grouped = []
    for first, meetings in sorted(by_week.items()):
        number = calendar.weeks.number(first)
        grouped.append(
            Week(
                id=f"week-{number}" if number is not None else f"week-of-{first}",
                number=number,
                first_day=first,
                begins_at=begin_day(first, zone),
                finishes_at=finish_day(first + timedelta(days=6), zone),
                meetings=tuple(meetings),
                lines=tuple(line for line in lines if week_of(line.on) == first),
                events=tuple(line for line in events if week_of(line.on) == first),
                workload=measure_week(meetings),
            )
        )
    return tuple(grouped)
