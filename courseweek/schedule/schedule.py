"""The dated course: placed topics and breaks become rows with ids, numbers and instants, in weeks."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, time

from courseweek.diagnostics import Diagnostics
from courseweek.model.clock import mend_odd_time, tell_odd_time
from courseweek.model.course import Course
from courseweek.model.meeting import DeadlineLine, Meeting, Schedule, Topic, Week
from courseweek.model.slug import make_slug
from courseweek.model.term import Term
from courseweek.schedule.assigned import attach_readings
from courseweek.schedule.calendar import (
    ClassDay,
    LostDays,
    WeekNumbers,
    filter_weeks,
    list_class_days,
    list_lost,
    monday_of,
    number_weeks,
)
from courseweek.schedule.deadlines import (
    check_forms,
    identify_assignments,
    release_materials,
    schedule_deadlines,
    stand_in_rows,
)
from courseweek.schedule.ids import Ids, is_reserved
from courseweek.schedule.instants import begin_day, finish_day, place_time
from courseweek.schedule.notes import check_notes
from courseweek.schedule.order import check_order
from courseweek.schedule.overlaps import check_overlaps
from courseweek.schedule.placement import ROWS_OF_TOPIC, Kinds, Placed, Placement
from courseweek.schedule.presenting import Held, schedule_presentations
from courseweek.schedule.resolver import Resolver

OPEN_TOPIC = "To be announced"


def schedule_course(course: Course, found: Diagnostics) -> Schedule:
    """Return the dated course: rows in order of time, in numbered weeks, each meeting with its readings.

    What does not fit is reported to `found` and left out.
    """
    term = course.term
    topics = [topic for topics in course.topic_lists for topic in topics]
    pattern_days = list_class_days(term)
    first_dated = min((topic.date for topic in topics if topic.date is not None), default=None)
    weeks = number_weeks(term, pattern_days, first_dated)
    days = filter_weeks(pattern_days, weeks)
    kinds = Kinds(term)
    placement = Placement(term, kinds, days, found, settled=not course.gaps.days)
    placed = placement.place(course.topic_lists)
    check_overlaps(placed, term, found, settled=not course.gaps.days)
    ids = _give_ids(placed, found)
    numbers = _number_rows(placed, kinds)
    rows = [_make_meeting(row, ids[row], numbers.get(row), term, weeks, kinds) for row in placed]
    _warn_odd_times(placed, term, found, settled=not course.gaps.days)
    used = tuple(day for day in days if kinds.spell(day.kind) in placement.used)
    rows += [_make_break(lost, term, weeks) for lost in list_lost(used)]
    rows.sort(key=_sort_key)
    gaps = replace(course.gaps, ids=course.gaps.ids | _ids_without_day(topics, placed))
    attached, readings = attach_readings(course.reading_lists, rows, gaps, found)
    assignments = identify_assignments(course.assignments, frozenset(row.id for row in attached), found)
    class_days = [day.on for day in days if day.taken_by is None]
    resolver = Resolver(assignments, attached, class_days, weeks, term, found, gaps)
    deadlines = schedule_deadlines(assignments, resolver)
    check_order(assignments, deadlines, gaps, found)
    attached = tuple(release_materials(row, resolver) for row in attached)
    check_notes(course.notes, readings, attached, gaps, found)
    held, board = schedule_presentations(course.presentations, attached, gaps, found)
    check_forms(attached, assignments, gaps, found)
    told = [_with_presenters(row, held) for row in attached]
    told, lines = stand_in_rows(told, deadlines)
    return Schedule(_group_weeks(told, lines, term, weeks), readings, assignments, deadlines, board)


def _with_presenters(row: Meeting, held: Held) -> Meeting:
    return replace(row, presenters=tuple(held[row.id])) if row.id in held else row


def _sort_key(row: Meeting) -> tuple[date, time, bool]:
    return row.on, row.time.start if row.time else time.min, row.pause is None


def _ids_without_day(topics: list[Topic], placed: list[Placed]) -> frozenset[str]:
    """Return the ids of topics that have not got all their days: that was reported, and not again where they are
    named."""
    rows = Counter(id(row.topic) for row in placed)
    missing = [topic for topic in topics if rows[id(topic)] < max(topic.days, topic.times)]
    ids = [topic.id or make_slug(topic.title) for topic in missing]
    return frozenset(
        id if step == 1 else f"{id}-{step}"
        for id, topic in zip(ids, missing, strict=True)
        for step in range(1, max(topic.days, topic.times) + 1)
    )


def _give_ids(placed: list[Placed], found: Diagnostics) -> dict[Placed, str]:
    """Return the id of each row: written ones first, then those that further days make of them, then slugs."""
    ids = Ids(is_reserved, "the schedule's own rows")
    given: dict[Placed, str] = {}
    rows = sorted((row for row in placed if row.topic is not None), key=lambda row: row.order)
    for row in sorted(rows, key=lambda row: row.order % ROWS_OF_TOPIC > 0):
        if row.topic is None or row.topic.id is None:
            continue
        step = row.order % ROWS_OF_TOPIC
        text = row.topic.id if step == 0 else f"{row.topic.id}-{step + 1}"
        claimed = ids.claim(text, row.topic.origin.of("id"), found)
        if claimed is not None:
            given[row] = claimed
    for row in rows:
        if row.topic is not None and row not in given:
            fallback = f"meeting-{row.order // ROWS_OF_TOPIC + 1}"
            given[row] = ids.make(row.topic.title, fallback, row.topic.origin.span)
    for row in placed:
        if row.topic is None and row.slot is not None:
            given[row] = ids.keep(f"open-{row.on}", row.slot.pattern.origin.span)
    return given


def _number_rows(placed: list[Placed], kinds: Kinds) -> dict[Placed, int]:
    """Return the number of each row of a numbered kind, in order of time; those that share a class share it."""
    numbers: dict[Placed, int] = {}
    counts: Counter[str | None] = Counter()
    shared: dict[tuple[ClassDay, str | None], int] = {}
    for row in placed:
        kind = _kind_of(row, kinds)
        if kind not in kinds.numbered or (kind is None and row.slot is None):
            continue
        known = shared.get((row.slot, kind)) if row.slot is not None else None
        if known is None:
            counts[kind] += 1
            known = counts[kind]
            if row.slot is not None:
                shared[row.slot, kind] = known
        numbers[row] = known
    return numbers


def _kind_of(row: Placed, kinds: Kinds) -> str | None:
    if row.topic is not None and row.topic.kind is not None:
        return kinds.spell(row.topic.kind)
    return kinds.spell(row.slot.kind) if row.slot is not None else None


def _make_meeting(row: Placed, id: str, number: int | None, term: Term, weeks: WeekNumbers, kinds: Kinds) -> Meeting:
    topic, moment = row.topic, row.time
    return Meeting(
        id=id,
        topic=topic.title if topic is not None else OPEN_TOPIC,
        on=row.on,
        last_on=row.on,
        time=moment,
        starts_at=place_time(row.on, moment.start, term.zone) if moment else None,
        ends_at=place_time(row.on, moment.end, term.zone) if moment else None,
        begins_at=begin_day(row.on, term.zone),
        finishes_at=finish_day(row.on, term.zone),
        place=row.place,
        kind=_kind_of(row, kinds),
        number=number,
        week=weeks.number(row.on),
        pause=None,
        written=topic,
        part=row.part,
        extra=row.slot is None,
    )


def _make_break(lost: LostDays, term: Term, weeks: WeekNumbers) -> Meeting:
    return Meeting(
        id=f"break-{lost.first}",
        topic=lost.pause.name,
        on=lost.first,
        last_on=lost.last,
        time=None,
        starts_at=None,
        ends_at=None,
        begins_at=begin_day(lost.first, term.zone),
        finishes_at=finish_day(lost.last, term.zone),
        place=None,
        kind=None,
        number=None,
        week=weeks.number(lost.first),
        pause=lost.pause,
        written=None,
        part=None,
        extra=False,
    )


def _warn_odd_times(placed: list[Placed], term: Term, found: Diagnostics, *, settled: bool) -> None:
    """Warn of class times that a clock change skips or repeats; of a day that is not settled nothing is told."""
    for row in placed:
        if not settled and (row.topic is None or row.topic.date is None):
            continue
        for local in (row.time.start, row.time.end) if row.time else ():
            odd = tell_odd_time(row.on, local, term.zone)
            if odd is None:
                continue
            own = row.topic.origin.fields.get("time") if row.topic is not None and row.first else None
            usual = row.slot.pattern.origin.of("time") if row.slot is not None else term.origin.span
            found.warning("clock-change", odd, own or usual, help=mend_odd_time(row.on, local, term.zone))


def _group_weeks(rows: list[Meeting], lines: list[DeadlineLine], term: Term, weeks: WeekNumbers) -> tuple[Week, ...]:
    by_monday: dict[date, list[Meeting]] = {}
    for row in rows:
        by_monday.setdefault(monday_of(row.on), []).append(row)
    for line in lines:
        by_monday.setdefault(monday_of(line.on), [])
    grouped = []
    for monday, meetings in sorted(by_monday.items()):
        number = weeks.number(monday)
        sunday = date.fromordinal(monday.toordinal() + 6)
        grouped.append(
            Week(
                id=f"week-{number}" if number is not None else f"week-of-{monday}",
                number=number,
                monday=monday,
                begins_at=begin_day(monday, term.zone),
                finishes_at=finish_day(sunday, term.zone),
                meetings=tuple(meetings),
                lines=tuple(line for line in lines if monday_of(line.on) == monday),
            )
        )
    return tuple(grouped)
