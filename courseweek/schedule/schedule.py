"""The dated course, step by step: class days, topics on them, rows, readings, deadlines, presenters, weeks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from courseweek.diagnostics import Diagnostics
from courseweek.model.course import Course
from courseweek.model.meeting import DeadlineLine, Meeting, Schedule, Topic, Week
from courseweek.model.slug import make_slug
from courseweek.schedule.assigned import attach_readings
from courseweek.schedule.calendar import Calendar, make_calendar, monday_of
from courseweek.schedule.deadlines import (
    attach_deadlines,
    check_forms,
    identify_assignments,
    release_materials,
    schedule_deadlines,
)
from courseweek.schedule.instants import begin_day, finish_day
from courseweek.schedule.meetings import make_rows
from courseweek.schedule.notes import check_notes
from courseweek.schedule.order import check_order
from courseweek.schedule.overlaps import check_overlaps
from courseweek.schedule.placement import Placed, Placement
from courseweek.schedule.presenting import schedule_presentations
from courseweek.schedule.resolver import Resolver


def schedule_course(course: Course, found: Diagnostics) -> Schedule:
    """Return the dated course: rows in order of time, in numbered weeks, each meeting with its readings.

    What does not fit is reported to `found` and left out. `rows` are the rows of the schedule; one step after the other
    adds to them.
    """
    syllabus = course.syllabus
    topics = [topic for topics in syllabus.topic_lists for topic in topics]
    calendar = make_calendar(syllabus.term, topics)
    placement = Placement(calendar, found, days_known=not course.gaps.days)
    placed = placement.place(syllabus.topic_lists)
    check_overlaps(placed, syllabus.term, found, days_known=placement.days_known)
    gaps = replace(course.gaps, ids=course.gaps.ids | _ids_without_day(topics, placed))

    rows: Sequence[Meeting] = make_rows(placement, calendar, found)
    rows, readings = attach_readings(course.reading_lists, rows, gaps, found)
    assignments = identify_assignments(syllabus.assignments, frozenset(row.id for row in rows), found)
    resolver = Resolver(assignments, rows, calendar, found, gaps)
    deadlines = schedule_deadlines(assignments, resolver)
    check_order(assignments, deadlines, gaps, found)
    rows = release_materials(rows, resolver)
    check_notes(course.notes, readings, rows, gaps, found)
    rows, board = schedule_presentations(syllabus.presentations, rows, gaps, found)
    check_forms(rows, assignments, gaps, found)
    rows, lines = attach_deadlines(rows, deadlines)
    return Schedule(_group_weeks(rows, lines, calendar), readings, assignments, deadlines, board, gaps)


def _ids_without_day(topics: Sequence[Topic], placed: Sequence[Placed]) -> frozenset[str]:
    """Return the ids of topics without all their days: that was reported, and not again where they are named."""
    rows = Counter(id(row.topic) for row in placed)
    missing = [topic for topic in topics if rows[id(topic)] < max(topic.days, topic.times)]
    ids = [topic.id or make_slug(topic.title) for topic in missing]
    return frozenset(
        id if step == 1 else f"{id}-{step}"
        for id, topic in zip(ids, missing, strict=True)
        for step in range(1, max(topic.days, topic.times) + 1)
    )


def _group_weeks(rows: Sequence[Meeting], lines: Sequence[DeadlineLine], calendar: Calendar) -> tuple[Week, ...]:
    zone = calendar.term.zone
    by_monday: dict[date, list[Meeting]] = {}
    for row in rows:
        by_monday.setdefault(monday_of(row.on), []).append(row)
    for line in lines:
        by_monday.setdefault(monday_of(line.on), [])
    grouped = []
    for monday, meetings in sorted(by_monday.items()):
        number = calendar.weeks.number(monday)
        sunday = date.fromordinal(monday.toordinal() + 6)
        grouped.append(
            Week(
                id=f"week-{number}" if number is not None else f"week-of-{monday}",
                number=number,
                monday=monday,
                begins_at=begin_day(monday, zone),
                finishes_at=finish_day(sunday, zone),
                meetings=tuple(meetings),
                lines=tuple(line for line in lines if monday_of(line.on) == monday),
            )
        )
    return tuple(grouped)
