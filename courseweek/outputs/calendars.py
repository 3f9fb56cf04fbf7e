"""The calendars (RFC 5545): files that calendar programs subscribe to, and one with each meeting alone.

An event is the same in each file that has it. All instants are in UTC, so no reader has to know the rules of a time
zone. Nothing repeats by a rule, and nothing is canceled: a class that moves keeps its UID and gets a new time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import timedelta
from functools import lru_cache, partial

from courseweek.model.course import Course
from courseweek.model.meeting import Schedule
from courseweek.plan.plan import Plan
from courseweek.published.calendars import CalendarFile, list_calendars, list_single_meetings
from courseweek.published.events import CalendarEvent, clean
from courseweek.published.slots import When
from courseweek.published.stamps import Stamp, StampedEvents, stamp_events

_REFRESH = timedelta(hours=6)
"""How often a program may look for changes; most decide for themselves."""
_END = b"END:VCALENDAR\r\n"


def export_calendars(course: Course, schedule: Schedule) -> dict[str, Callable[[Plan], bytes]]:
    """Return the calendars of a course that have events, by path, with their makers."""
    maker = _Maker()
    calendars = (*list_calendars(course, schedule), *list_single_meetings(course, schedule))
    return {each.path: partial(maker.make, each) for each in calendars}


class _Maker:
    """Makes the calendars of one plan after another; the events of a plan are listed once."""

    def __init__(self) -> None:
        self._plan: Plan | None = None
        self._stamped = StampedEvents("", (), {})
        self._meetings: dict[str, list[CalendarEvent]] = {}

    def make(self, calendar: CalendarFile, plan: Plan) -> bytes:
        """Return a calendar in UTF-8."""
        if plan is not self._plan:
            self._plan, self._stamped, self._meetings = plan, stamp_events(plan), {}
            for each in self._stamped.events:
                if each.slot.kind == "meeting":
                    self._meetings.setdefault(each.slot.id, []).append(each)
        some = self._meetings[calendar.value] if calendar.of == "meeting" else self._stamped.events
        events = [(each, self._stamped.stamps[each.uid]) for each in some if calendar.holds(each.slot)]
        return write_calendar(_name(calendar, plan), events)


def _name(calendar: CalendarFile, plan: Plan) -> tuple[str, str] | None:
    """Return what a calendar is called and what it is about; None for one that nobody subscribes to."""
    if calendar.of == "meeting":
        return None
    syllabus = plan.course.syllabus
    name = syllabus.code or syllabus.title
    return clean(f"{name}: {calendar.name}" if calendar.name else name), clean(syllabus.title)


def write_calendar(name: tuple[str, str] | None, events: Iterable[tuple[CalendarEvent, Stamp]]) -> bytes:
    """Return a calendar with these events, each with its stamp, in UTF-8. `name` is its name and what it is about."""
    return b"".join((_write_head(name), *(_write(event, stamp) for event, stamp in events), _END))


@lru_cache(maxsize=64)
def _write_head(name: tuple[str, str] | None) -> bytes:
    """Return what comes before the events."""
    from icalendar import Calendar, vDuration, vText

    written = Calendar()
    written.add("version", "2.0")
    written.add("prodid", "-//Courseweek//Courseweek//EN")
    written.add("calscale", "GREGORIAN")
    written.add("method", "PUBLISH")
    if name is not None:
        for key in ("name", "x-wr-calname"):
            written.add(key, vText(name[0]))
        written.add("x-wr-caldesc", vText(name[1]))
        written.add("refresh-interval", _REFRESH, parameters={"VALUE": "DURATION"})
        written.add("x-published-ttl", vDuration(_REFRESH))
    lines: bytes = written.to_ical()
    return lines.removesuffix(_END)


def _write(event: CalendarEvent, stamp: Stamp) -> bytes:
    slot = event.slot
    assert slot.starts is not None
    texts = (("summary", event.summary), ("location", event.place), ("description", event.description))
    filled = tuple(each for each in texts if each[1])
    return _write_event(event.uid, stamp, slot.starts, slot.ends, filled, event.url, transparent=event.transparent)


@lru_cache(maxsize=4096)  # a preview makes the calendars again and again, and most events stay the same
def _write_event(
    uid: str,
    stamp: Stamp,
    starts: When,
    ends: When | None,
    texts: tuple[tuple[str, str], ...],
    url: str,
    *,
    transparent: bool,
) -> bytes:
    """Return an event as the lines of a calendar. Empty properties, which some readers refuse, are left out."""
    from icalendar import Event

    written = Event()
    written.add("uid", uid)
    written.add("dtstamp", stamp.changed_at)
    written.add("last-modified", stamp.changed_at)
    written.add("sequence", stamp.sequence)
    written.add("dtstart", starts)
    if ends is not None:  # RFC 5545, section 3.8.2.2: it would have to be later than the start
        written.add("dtend", ends)
    for key, text in texts:
        written.add(key, text)
    if url:
        written.add("url", url)
    written.add("transp", "TRANSPARENT" if transparent else "OPAQUE")
    lines: bytes = written.to_ical()
    return lines
