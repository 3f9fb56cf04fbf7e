"""Placed topics and breaks as rows of the schedule, with ids, numbers and instants."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from courseweek.diagnostics import Diagnostics
from courseweek.language.locale import noted
from courseweek.model.clock import describe_odd_time, suggest_odd_time
from courseweek.model.meeting import Meeting, Topic, UndatedMeeting, is_exam_kind
from courseweek.model.moment import Moment, OnDay
from courseweek.model.term import Term
from courseweek.schedule.calendar import Calendar, ClassDay, Kinds, LostDays, list_lost
from courseweek.schedule.group_changes import meet_groups, span_days
from courseweek.schedule.ids import ROWS_OF_TOPIC, Ids, begin_ids, give_ids
from courseweek.schedule.instants import begin_day, finish_day, place_time
from courseweek.schedule.placement import Placed, Placement
from courseweek.schedule.sessions import list_held, order_time
from courseweek.schedule.window import check_window

OPEN_TOPIC = noted("To be announced")


def identify_rows(placed: Sequence[Placed], topics: Sequence[Topic], found: Diagnostics) -> tuple[dict[int, str], Ids]:
    """Return the id of each placed topic and each topic with the date TBD, by its order; then those of open days.

    Returns what is taken too. Ids that can't be given are reported.
    """
    written = {row.order: row.topic for row in placed if row.topic is not None}
    written |= {index * ROWS_OF_TOPIC: topic for index, topic in enumerate(topics) if topic.undecided}
    ids = begin_ids()
    given = give_ids(written, found, ids)
    for row in placed:
        if row.topic is None and row.slot is not None:
            given[row.order] = ids.keep(f"open-{row.on}", row.slot.pattern.origin.span)
    return given, ids


def make_rows(
    placement: Placement,
    ids: Mapping[int, str],
    taken: Ids,
    topics: Sequence[Topic],
    calendar: Calendar,
    found: Diagnostics,
) -> tuple[list[Meeting], tuple[UndatedMeeting, ...]]:
    """Return a row for each placed topic and for each break that takes class days, in order of time.

    Then a meeting for each of the topics with the date TBD, in their order. `placement` has placed the topics, and
    `ids` are those of its rows, which are `taken`. Windows that end too early and times that a clock change skips are
    reported.
    """
    kinds, placed = calendar.kinds, placement.placed
    numbers = _number_rows(placed, kinds)
    _warn_odd_times(placement, calendar, found)
    days = tuple(day for day in calendar.days if kinds.spell(day.kind) in placement.used)
    rows = [_end_window(_make_meeting(row, ids, numbers.get(row), calendar), calendar, found) for row in placed]
    rows += [_make_break(lost, taken, calendar) for lost in list_lost(days, calendar.term)]
    undated = tuple(
        _make_undated(topic, ids[index * ROWS_OF_TOPIC], kinds) for index, topic in enumerate(topics) if topic.undecided
    )
    return sorted(rows, key=_begins), undated


def _begins(row: Meeting) -> tuple[date, bool, tuple[bool, time]]:
    """Return what rows are sorted by: the day, a break before meetings, the time of day."""
    on, moment = min(((each.on, order_time(each.time)) for each in row.held), default=(row.on, order_time(row.time)))
    return on, row.pause is None, moment


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


def _make_meeting(row: Placed, ids: Mapping[int, str], number: int | None, calendar: Calendar) -> Meeting:
    topic, moment, zone = row.topic, row.time, calendar.term.zone
    kind = _kind_of(row, calendar.kinds)
    spans = span_days(row.groups, zone) or ((begin_day(row.on, zone), finish_day(row.on, zone)),)
    return Meeting(
        id=ids[row.order],
        topic=topic.title if topic is not None else calendar.term.locale.gettext(OPEN_TOPIC),
        on=row.on,
        last_on=max((each.on for each in list_held(row.groups)), default=row.on),
        time=moment,
        starts_at=place_time(row.on, moment.start, zone) if moment else None,
        ends_at=place_time(row.on, moment.end, zone) if moment else None,
        begins_at=spans[0][0],
        finishes_at=spans[-1][1],
        place=row.place,
        kind=kind,
        number=number,
        week=calendar.weeks.number(row.on),
        pause=None,
        written=topic,
        part=row.part,
        extra=row.slot is None,
        same_day=ids[row.host] if row.host is not None else None,
        exam=_is_exam(topic, kind),
        groups=meet_groups(row.groups, zone),
        days_apart=spans if len(spans) > 1 else (),
        swap=_name_swap(row, calendar.term),
    )


def _name_swap(row: Placed, term: Term) -> str | None:
    """Return the name of the swap by which a class takes place, if it has one."""
    days = {each.on for each in list_held(row.groups)} or {row.on}
    named = (swap.name for swap in term.swaps if row.slot is not None and swap.date in days)
    return next(filter(None, named), None)


def _is_exam(topic: Topic | None, kind: str | None) -> bool:
    if topic is not None and topic.exam is not None:
        return topic.exam
    return is_exam_kind(kind)


def _make_undated(topic: Topic, id: str, kinds: Kinds) -> UndatedMeeting:
    kind = kinds.spell(topic.kind)
    return UndatedMeeting(id, topic.title, topic.place, kind, topic, _is_exam(topic, kind))


def _end_window(row: Meeting, calendar: Calendar, found: Diagnostics) -> Meeting:
    """Return a row with the end of its window, if it has one; an end that can't be is reported."""
    written = row.written.until if row.written is not None else None
    if written is None or not isinstance(written.rule, OnDay):
        return row
    term = calendar.term
    on, clock = written.rule.on, written.time or term.due_time
    ends_at = place_time(on, clock, term.zone)
    if ends_at <= row.opens_at:
        _report_early(row, ends_at, written, found)
    elif check_window(f"`{written.text}`", on, term, written.span, found):
        odd = describe_odd_time(on, clock, term.zone)
        if odd is not None:
            found.warning("clock-change", odd, written.span, help=suggest_odd_time(on, clock, term.zone))
        return replace(row, last_on=on, finishes_at=finish_day(on, term.zone), until=ends_at)
    return row


def _report_early(row: Meeting, ends_at: datetime, written: Moment, found: Diagnostics) -> None:
    starts = f"{row.starts_at:%Y-%m-%d %H:%M}" if row.starts_at is not None else str(row.on)
    found.error(
        "ends-before-start",
        f"the window of `{row.topic}` ends ({ends_at:%Y-%m-%d %H:%M}) before it starts ({starts})",
        written.span,
        help="change one of the two",
        other=(row.written.origin.of("date"), "it starts here") if row.written is not None else None,
    )


def _make_break(lost: LostDays, ids: Ids, calendar: Calendar) -> Meeting:
    """Return the row of a break in one week: today's on its written days there; of single kinds, on the days lost."""
    pause, zone, first = lost.pause, calendar.term.zone, lost.days[0]
    week = calendar.term.week_of(first)
    starts, ends = max(pause.starts, week), min(pause.ends, week + timedelta(days=6))
    days = tuple((begin_day(on, zone), finish_day(on, zone)) for on in lost.days) if pause.kinds else ()
    return Meeting(
        id=ids.keep(f"break-{first}", pause.origin.span),
        topic=pause.name,
        on=first,
        last_on=lost.days[-1],
        time=None,
        starts_at=None,
        ends_at=None,
        begins_at=days[0][0] if days else begin_day(starts, zone),
        finishes_at=days[-1][1] if days else finish_day(ends, zone),
        place=None,
        kind=", ".join(filter(None, map(calendar.kinds.spell, pause.kinds))) or None,
        number=None,
        week=calendar.weeks.number(first),
        pause=pause,
        written=None,
        part=None,
        extra=False,
        days_apart=days if len(days) > 1 else (),
    )


def _warn_odd_times(placement: Placement, calendar: Calendar, found: Diagnostics) -> None:
    """Warn of class times that a clock change skips or repeats, on days that are known."""
    term = calendar.term
    for row in placement.placed:
        if not placement.days_known and (row.topic is None or row.topic.date is None):
            continue
        if row.groups:
            _warn_odd_group_times(row, term, found)
            continue
        for local in (row.time.start, row.time.end) if row.time else ():
            odd = describe_odd_time(row.on, local, term.zone)
            if odd is None:
                continue
            own = row.topic.origin.fields.get("time") if row.topic is not None and row.first else None
            usual = row.slot.pattern.origin.of("time") if row.slot is not None else term.origin.span
            found.warning("clock-change", odd, own or usual, help=suggest_odd_time(row.on, local, term.zone))


def _warn_odd_group_times(row: Placed, term: Term, found: Diagnostics) -> None:
    for day in list_held(row.groups):
        changes = row.topic.groups if row.topic is not None else ()
        own = next((each.origin.fields.get("time") for each in changes if each.is_of(day.name)), None)
        for local in (day.time.start, day.time.end) if day.time else ():
            odd = describe_odd_time(day.on, local, term.zone)
            if odd is not None:
                help = suggest_odd_time(day.on, local, term.zone)
                found.warning("clock-change", odd, own or day.pattern.origin.of("time"), help=help)
