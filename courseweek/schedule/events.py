"""Events with ids and instants, and their lines in the weeks that they touch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from courseweek.diagnostics import Diagnostics
from courseweek.model.clock import describe_odd_time, suggest_odd_time
from courseweek.model.event import Event
from courseweek.model.meeting import EventLine
from courseweek.model.term import Term
from courseweek.schedule.ids import Ids
from courseweek.schedule.instants import begin_day, place_time
from courseweek.schedule.window import check_window


def schedule_events(
    written: Sequence[Event], term: Term, meetings: frozenset[str], found: Diagnostics
) -> tuple[Event, ...]:
    """Return the events in order of time, with ids: written ones first, then slugs.

    One that is too far from the term is reported and left out. On a page an event is `event-ID`, which a meeting may be
    too: the id of that meeting is not given again.
    """
    ids = Ids(lambda text: f"event-{text}" in meetings, "the meeting whose id is `event-` followed by this id")
    claimed = {id(each): ids.claim(each.id, each.origin.of("id"), found) for each in written if each.id}
    events = []
    for place, each in enumerate(written, 1):
        given = claimed.get(id(each)) or ids.make(each.name, f"event-{place}", each.origin.span)
        if _is_near(each, term, found):
            events.append(_place(replace(each, id=given), term, found))
    return tuple(sorted(events, key=lambda each: (each.starts, each.time.start if each.time else time.min)))


def list_event_lines(events: Sequence[Event], term: Term) -> list[EventLine]:
    """Return a line for each event and each week that it touches, in order of their days."""
    lines = []
    for event in events:
        on, id = event.starts, f"event-{event.id}"
        while on <= event.ends:
            lines.append(EventLine(id, on, event))
            on = term.week_of(on) + timedelta(days=7)
            id = f"event-{event.id}.{(on - term.week_of(event.starts)).days // 7 + 1}"
    return sorted(lines, key=lambda line: line.on)


def end_event(event: Event, zone: ZoneInfo) -> datetime:
    """Return the instant at which a scheduled event is over; without a time, that is after its last day."""
    return event.ends_at or begin_day(event.ends + timedelta(days=1), zone)


def _is_near(event: Event, term: Term, found: Diagnostics) -> bool:
    days = {"date": event.starts} if "date" in event.origin.fields else {"from": event.starts, "to": event.ends}
    name = f"the event `{event.name}`"
    return all(check_window(name, day, term, event.origin.of(key), found) for key, day in days.items())


def _place(event: Event, term: Term, found: Diagnostics) -> Event:
    """Return an event with its instants; a time that a clock change skips or repeats is reported."""
    if event.time is None:
        return event
    for on, clock in ((event.starts, event.time.start), (event.ends, event.time.end)):
        _warn_odd_time(event, on, clock, term, found)
    starts_at = place_time(event.starts, event.time.start, term.zone)
    return replace(event, starts_at=starts_at, ends_at=place_time(event.ends, event.time.end, term.zone))


def _warn_odd_time(event: Event, on: date, clock: time, term: Term, found: Diagnostics) -> None:
    odd = describe_odd_time(on, clock, term.zone)
    if odd is not None:
        found.warning("clock-change", odd, event.origin.of("time"), help=suggest_odd_time(on, clock, term.zone))
