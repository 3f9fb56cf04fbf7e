"""The calendar file that another system exports, as entries: the only place that reads iCalendar."""

from __future__ import annotations

import html
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from courseweek.frozen import dataclass
from courseweek.lms.phrases import Kind, take_off_phrase
from courseweek.regex import lazy_pattern

MOST_ENTRIES = 5_000
"""More entries in one file are refused."""
LAST_MINUTE = time(23, 59)
"""The time of a deadline that is a day."""
ONE_STUDENT = "one student"
"""For whom a date is that only one student has."""
_COURSE = lazy_pattern(r"(?s)(.*\S)\s*\[([^\[\]]+)\]")
"""The title of an entry of Canvas, and the course."""
_TASK = lazy_pattern(r"event-(?:sub-)?(?:assignment|quiz|discussion)")
"""What the id of a task of Canvas begins with."""
_OVERRIDE = lazy_pattern(r"(?s)(.+?) - (.+?)(?: \([^()]+\))?")
"""The activity of Moodle for which somebody has another date, and who that is."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a calendar: the name of a task as the other system has it, and when it is due.

    `at` is in the course's zone; of a whole day it is its last minute. `course` is where it belongs as the file says,
    None if it does not. `exception` says for whom it is, None for all. `instant` is whether it takes no time.
    """

    name: str
    kind: Kind
    at: datetime
    whole_day: bool
    instant: bool
    course: str | None
    exception: str | None = None


@dataclass(frozen=True, slots=True)
class Exported:
    """A calendar file: the system that made it ("" if that is not known), and its entries in their order.

    `repeated` are entries that repeat, such as classes, and `unreadable` those without a date that can be read.
    """

    system: str
    entries: tuple[Entry, ...]
    repeated: int
    unreadable: int


class NoCalendar(Exception):
    """A file is not the export of a calendar; the message says what it is, as the end of a sentence."""


def read_exported(data: bytes, zone: ZoneInfo) -> Exported:
    """Return what a calendar file holds, with its instants in a zone; raise `NoCalendar` for any other file."""
    text = _decode(data)
    from icalendar import Calendar  # 70 ms

    try:
        calendars = [each for each in Calendar.from_ical(text, multiple=True) if each.name == "VCALENDAR"]
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError):
        raise NoCalendar("is damaged: it does not follow the format of calendars") from None
    if not calendars:
        raise NoCalendar("is cut off: the calendar in it does not end")
    events = [event for calendar in calendars for event in calendar.walk("VEVENT")]
    if len(events) > MOST_ENTRIES:
        raise NoCalendar(f"has more than {MOST_ENTRIES:,} entries")
    system = _find_system(calendars, events)
    entries: list[Entry] = []
    repeated = unreadable = 0
    for event in events:
        if _text(event, "STATUS").upper() == "CANCELLED":
            continue
        if "RRULE" in event:
            repeated += 1
            continue
        entry = _read_entry(event, system, zone)
        entries += () if entry is None else (entry,)
        unreadable += entry is None
    return Exported(system, tuple(entries), repeated, unreadable)


def _decode(data: bytes) -> str:
    """Return the text of a calendar; raise `NoCalendar` with what the file is instead."""
    start = data[:2_000].removeprefix(b"\xef\xbb\xbf").lstrip()
    if not start:
        raise NoCalendar("is empty")
    if start[:15].upper() == b"BEGIN:VCALENDAR":
        return data.decode("utf-8-sig", "replace").lstrip()
    if b"<html" in start.lower() or start[:9].lower() == b"<!doctype":
        raise NoCalendar(
            "is a web page, perhaps one to sign in: open the address of the calendar where you are signed in"
        )
    words = start.decode("utf-8", "replace").strip().casefold()
    if words.startswith("invalid authentication"):
        raise NoCalendar("says that its address has expired: copy the address of the calendar from Moodle again")
    if words.startswith("no export"):
        raise NoCalendar("says that your Moodle does not export calendars")
    if start[:5] == b"%PDF-":
        raise NoCalendar("is a PDF")
    if start[:4] == b"PK\x03\x04":
        raise NoCalendar("is packed: unpack it, and compare the .ics file in it")
    raise NoCalendar("is not a calendar: it does not begin with BEGIN:VCALENDAR")


def _find_system(calendars: list[Any], events: list[Any]) -> str:
    """Return the name of the system that made a file: by what it says of itself, else by its ids."""
    maker = " ".join(_text(each, "PRODID") for each in calendars).casefold()
    ids = [_text(each, "UID") for each in events]
    if "moodle" in maker:
        return "Moodle"
    if "d2l" in maker or "brightspace" in maker or "desire2learn" in maker:
        return "Brightspace"
    if "blackboard" in maker or any("_blackboard." in each for each in ids):
        return "Blackboard"
    if any(_TASK.match(each) or each.startswith("event-calendar-event-") for each in ids):
        return "Canvas"
    if any("/d2l/le/calendar/" in _text(each, "DESCRIPTION") for each in events):
        return "Brightspace"
    return ""


def _read_entry(event: Any, system: str, zone: ZoneInfo) -> Entry | None:
    """Return an entry, or None if it has no date that can be read."""
    start, end = _date(event, "DTSTART", zone), _date(event, "DTEND", zone)
    if start is None:
        return None
    whole_day = not isinstance(start, datetime)
    title = " ".join(html.unescape(_text(event, "SUMMARY")).split())
    course, exception, uid = None, None, _text(event, "UID")
    kind: Kind = "other"
    if system == "Canvas":
        if match := _COURSE.fullmatch(title):
            title, course = match[1], match[2]
        kind = "due" if _TASK.match(uid) else "never"
        if "override" in uid:
            title, exception = _split_section(title)
    elif system == "Blackboard":
        kind = "due" if "gradebook2.GradableItem" in uid else "never"
    else:
        kind, title = take_off_phrase(title, system)
        course = _text(event, "LOCATION").strip() if system == "Brightspace" else _first_category(event)
        if kind == "extension":
            kind, exception = "due", ONE_STUDENT
    # A quiz of an old Moodle is one entry from its start to its end.
    at = end if system == "Moodle" and isinstance(end, datetime) and kind == "other" else start
    if not isinstance(at, datetime):
        at = datetime.combine(at, LAST_MINUTE, zone)
    instant = whole_day or not isinstance(end, datetime) or end == start
    course = " ".join(html.unescape(course or "").split()) or None
    return Entry(title, kind, at, whole_day, instant, course, exception)


def _split_section(title: str) -> tuple[str, str]:
    """Return a title of Canvas and the section or group for which it is: the last parentheses, which can be nested."""
    depth = 0
    for at in range(len(title) - 1, 0, -1):
        depth += (title[at] == ")") - (title[at] == "(")
        if title[at] == "(" and depth == 0 and title.endswith(")"):
            return title[:at].strip() or title, title[at + 1 : -1].strip() or "a section"
    return title, "a section"


def split_override(name: str) -> tuple[str, str] | None:
    """Return the activity of Moodle and the group or student for which a name has another date; None for any other."""
    match = _OVERRIDE.fullmatch(name)
    return None if match is None else (match[1], match[2])


def _first_category(event: Any) -> str | None:
    found = event.get("CATEGORIES")
    first = found[0] if isinstance(found, list) and found else found
    return next((str(each) for each in getattr(first, "cats", ()) if str(each).strip()), None)


def _text(component: Any, name: str) -> str:
    """Return a property as text: the first of several, and nothing for a missing one."""
    value = component.get(name)
    if isinstance(value, list):
        value = value[0] if value else None
    return "" if value is None else str(value)


def _date(event: Any, name: str, zone: ZoneInfo) -> date | datetime | None:
    """Return a date, or an instant in the zone; a time without a zone is in it. None if it can't be read."""
    try:
        value = event.decoded(name)
        if isinstance(value, datetime):
            value = value.replace(tzinfo=zone) if value.tzinfo is None else value.astimezone(zone)
            # A day off either way, so that it can be compared.
            _ = value.astimezone(UTC) - timedelta(days=1), value + timedelta(days=1)
            return value.replace(second=0, microsecond=0)
    except (KeyError, ValueError, TypeError, AttributeError, OverflowError, IndexError):
        return None
    return value if isinstance(value, date) else None
