"""The calendars (RFC 5545): files that calendar programs subscribe to, and one with each meeting alone.

An event is the same in each file that has it. All instants are in UTC, so no reader has to know the rules of a time
zone. Nothing repeats by a rule, and nothing is canceled: a class that moves keeps its UID and gets a new time.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import NamedTuple, TypeAlias

from courseweek.model.course import Course
from courseweek.model.meeting import Schedule
from courseweek.plan.plan import Plan
from courseweek.published.calendars import CalendarFile, list_calendars, list_single_meetings
from courseweek.published.events import CalendarEvent, clean
from courseweek.published.slots import When
from courseweek.published.stamps import Stamp, stamp_events
from courseweek.render.scribe import Scribe

_REFRESH = timedelta(hours=6)
"""How often a program may look for changes; most decide for themselves."""
_END = b"END:VCALENDAR\r\n"
_MOST_WRITTEN = 4096
"""How many parts are kept as they were written."""


class _Head(NamedTuple):
    """What is written of a calendar before its events: its name and what it is about, none where nobody subscribes."""

    name: str | None = None
    about: str = ""


class _EventLines(NamedTuple):
    """All that is written of an event: empty texts and addresses are not."""

    uid: str
    stamp: Stamp
    starts: When
    ends: When | None
    texts: tuple[tuple[str, str], ...]
    url: str
    transparent: bool


_Part: TypeAlias = _Head | _EventLines

_WRITTEN: dict[_Part, bytes] = {}
"""Parts of calendars as their lines. A preview makes the calendars again and again, and most events stay the same."""


def export_calendars(course: Course, schedule: Schedule) -> dict[str, Callable[[Plan], bytes]]:
    """Return the calendars of a course that have events, by path, with their makers."""
    maker = _Maker()
    calendars = (*list_calendars(course, schedule), *list_single_meetings(course, schedule))
    return {each.path: partial(maker.make, each) for each in calendars}


class _Maker:
    """Makes the calendars of one plan after another; the events of a plan are listed once."""

    def __init__(self) -> None:
        self._plan: Plan | None = None
        self._meetings: dict[str, list[CalendarEvent]] = {}

    def make(self, calendar: CalendarFile, plan: Plan) -> bytes:
        """Return a calendar in UTF-8."""
        stamped = stamp_events(plan)
        if plan is not self._plan:
            self._plan, self._meetings = plan, {}
            for each in stamped.events:
                if each.slot.kind == "meeting":
                    self._meetings.setdefault(each.slot.id, []).append(each)
        some = self._meetings[calendar.value] if calendar.of == "meeting" else stamped.events
        events = [(each, stamped.stamps[each.uid]) for each in some if calendar.holds(each.slot)]
        parts: list[_Part] = [_name(calendar, plan)]
        parts += (_list_properties(event, stamp) for event, stamp in events)
        return b"".join((*map(_write, parts), _END))


def _name(calendar: CalendarFile, plan: Plan) -> _Head:
    """Return what is written before the events of a calendar."""
    if calendar.of == "meeting":
        return _Head()
    syllabus = plan.course.syllabus
    name = syllabus.code or syllabus.title
    return _Head(clean(f"{name}: {calendar.name}" if calendar.name else name), clean(syllabus.title))


def write_beside(plan: Plan, scribe: Scribe) -> None:
    """Let the process beside the build write the parts of a plan's calendars, as far as they are not known.

    More than are kept afterwards would be written twice, perhaps for a course that is refused in the end.
    """
    if len(plan.schedule.deadlines) + len(plan.schedule.all_meetings) > _MOST_WRITTEN // 2:
        return
    stamped = stamp_events(plan)
    parts: list[_Part] = [_name(each, plan) for each in list_calendars(plan.course, plan.schedule)]
    if parts:
        dated = [each for each in stamped.events if each.slot.starts is not None]
        parts += (_Head(), *(_list_properties(each, stamped.stamps[each.uid]) for each in dated))
    scribe.start(_write_all, [each for each in parts if each not in _WRITTEN])


def take_written(scribe: Scribe) -> None:
    """Take what the process beside the build has written."""
    for part, lines in scribe.finish() or ():
        _keep(part, lines)


def _write_all(parts: list[_Part]) -> list[tuple[_Part, bytes]]:
    return [(each, _write(each)) for each in parts]


def _write(part: _Part) -> bytes:
    """Return the lines of a part."""
    lines = _WRITTEN.get(part)
    if lines is None:
        lines = _write_head(part) if isinstance(part, _Head) else _write_event(part)
        _keep(part, lines)
    return lines


def _keep(part: _Part, lines: bytes) -> None:
    if len(_WRITTEN) >= _MOST_WRITTEN:
        _WRITTEN.clear()
    _WRITTEN[part] = lines


def _write_head(head: _Head) -> bytes:
    """Return what comes before the events."""
    from icalendar import Calendar, vDuration, vText

    written = Calendar()
    written.add("version", "2.0")
    written.add("prodid", "-//Courseweek//Courseweek//EN")
    written.add("calscale", "GREGORIAN")
    written.add("method", "PUBLISH")
    if head.name is not None:
        for key in ("name", "x-wr-calname"):
            written.add(key, vText(head.name))
        written.add("x-wr-caldesc", vText(head.about))
        written.add("refresh-interval", _REFRESH, parameters={"VALUE": "DURATION"})
        written.add("x-published-ttl", vDuration(_REFRESH))
    lines: bytes = written.to_ical()
    return lines.removesuffix(_END)


def _list_properties(event: CalendarEvent, stamp: Stamp) -> _EventLines:
    slot = event.slot
    assert slot.starts is not None
    texts = (("summary", event.summary), ("location", event.place), ("description", event.description))
    filled = tuple(each for each in texts if each[1])
    return _EventLines(event.uid, stamp, slot.starts, slot.ends, filled, event.url, event.transparent)


def _write_event(entry: _EventLines) -> bytes:
    """Return an event as the lines of a calendar. Empty properties, which some readers refuse, are left out."""
    from icalendar import Event

    written = Event()
    written.add("uid", entry.uid)
    written.add("dtstamp", entry.stamp.changed_at)
    written.add("last-modified", entry.stamp.changed_at)
    written.add("sequence", entry.stamp.sequence)
    written.add("dtstart", entry.starts)
    if entry.ends is not None:  # RFC 5545, section 3.8.2.2: it would have to be later than the start
        written.add("dtend", entry.ends)
    for key, text in entry.texts:
        written.add(key, text)
    if entry.url:
        written.add("url", entry.url)
    written.add("transp", "TRANSPARENT" if entry.transparent else "OPAQUE")
    lines: bytes = written.to_ical()
    return lines
