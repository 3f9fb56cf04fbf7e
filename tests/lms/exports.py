"""Calendars as learning-management systems export them: each with the bytes that its own program writes.

Courses and hosts are invented. Times are by the clock in Los Angeles.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("America/Los_Angeles")
CODE = "CS101-SP27"


def utc(moment: str) -> str:
    """Return a moment by the clock, such as 2027-03-04 23:59, as an instant of iCalendar."""
    return f"{datetime.fromisoformat(moment).replace(tzinfo=ZONE).astimezone(UTC):%Y%m%dT%H%M%SZ}"


def escape(text: str) -> str:
    return re.sub(r"([\\;,])", r"\\\1", text).replace("\n", "\\n")


def fold(lines: Iterable[str], end: str, space: str) -> bytes:
    """Return lines as bytes, each line of more than 75 characters in pieces that begin with `space`."""
    folded = [re.sub(r"(?s)(.{74})(?=.)", rf"\1{end}{space}", line) for line in lines]
    return "".join(f"{line}{end}" for line in folded).encode()


def calendar(head: Iterable[str], events: Iterable[Iterable[str]], *, end: str = "\r\n", space: str = " ") -> bytes:
    """Return a calendar with what a system says of itself, and its events."""
    lines = ["BEGIN:VCALENDAR", *head]
    for event in events:
        lines += ["BEGIN:VEVENT", *event, "END:VEVENT"]
    return fold([*lines, "END:VCALENDAR"], end, space)


def dates(moment: str) -> list[str]:
    """Return the lines of a moment in UTC, at which an event begins and ends."""
    return [f"DTSTART:{utc(moment)}", f"DTEND:{utc(moment)}"]


def canvas(*tasks: tuple[str, str], code: str = CODE, more: Iterable[Iterable[str]] = ()) -> bytes:
    """Return a calendar of Canvas: a task is due at a moment, or on a day, which Canvas writes for 23:59."""
    events = []
    for number, (title, moment) in enumerate(tasks, 100):
        day = [f"DTSTART;VALUE=DATE;VALUE=DATE:{moment.replace('-', '')}"]
        address = (
            f"https://canvas.example.edu/calendar?include_contexts=course_1&month=03&year=2027#assignment_{number}"
        )
        events.append(
            [
                "DTSTAMP:20270110T080000Z",
                f"UID:event-assignment-{number}",
                *(dates(moment) if " " in moment else day),
                "CLASS:PUBLIC",
                "DESCRIPTION:Hand in one file.\\n\\nLate work is not read\\, and not\\; graded.",
                "SEQUENCE:0",
                f"SUMMARY:{escape(title)} [{code}]",
                f"URL;VALUE=URI:{address}",
            ]
        )
    head = ("VERSION:2.0", "PRODID:icalendar-ruby", "CALSCALE:GREGORIAN", "METHOD:PUBLISH")
    return calendar((*head, "X-WR-CALNAME:Ada's Calendar (Canvas)"), [*events, *more])


def canvas_event(uid: str, title: str, moment: str, *lines: str) -> list[str]:
    """Return another event of Canvas."""
    return [f"UID:{uid}", *dates(moment), f"SUMMARY:{escape(title)}", *lines]


def moodle(*entries: tuple[str, str, str | None] | tuple[str, str], host: str = "moodle.example.edu") -> bytes:
    """Return a calendar of Moodle: bare line feeds, tabs, `&amp;`, and the course as a category."""
    events = []
    for number, (title, moment, *course) in enumerate(entries, 1001):
        category = course[0] if course else "CS 101"
        name = escape(title.replace("&", "&amp;"))
        events.append(
            [
                f"UID:{number}@{host}",
                f"SUMMARY:{name}",
                "DESCRIPTION:" + escape("Hand in one file, by the rules of the course &amp; of the university. " * 2),
                "CLASS:PUBLIC",
                "LAST-MODIFIED:20270110T090000Z",
                "DTSTAMP:20270111T090000Z",
                *dates(moment),
                *([f"CATEGORIES:{escape(category)}"] if category is not None else []),
            ]
        )
    head = ("METHOD:PUBLISH", "PRODID:-//Moodle Pty Ltd//NONSGML Moodle Version 2026042000//EN", "VERSION:2.0")
    return calendar(head, events, end="\n", space="\t")


def brightspace(*entries: tuple[str, str], course: str = "2027 Spring Computer Systems (CS-101-01)") -> bytes:
    """Return a calendar of Brightspace: zones that are wrong in the file, and the course as a place."""
    zone = ("BEGIN:VTIMEZONE", "TZID:America/Los_Angeles", "BEGIN:DAYLIGHT", "TZOFFSETFROM:-0700", "TZOFFSETTO:-0700")
    standard = ("END:DAYLIGHT", "BEGIN:STANDARD", "TZOFFSETFROM:-0800", "TZOFFSETTO:-0800", "DTSTART:20101107T010000")
    head = ("PRODID:-//D2L//NONSGML v1.0//EN", "VERSION:2.0", "METHOD:PUBLISH", "X-WR-CALNAME:All Courses - Example")
    rules = ("DTSTART:20110313T030000", "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU")
    zones = (*zone, *rules, *standard, "RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU", "END:STANDARD", "END:VTIMEZONE")
    events = []
    for number, (title, moment) in enumerate(entries, 1):
        local = f"{datetime.fromisoformat(moment):%Y%m%dT%H%M%S}"
        address = f"https://learn.example.edu/d2l/le/calendar/6606/event/{number}/detailsview?ou=6606#{number}"
        events.append(
            [
                f"UID:6606-{number}@learn.example.edu",
                f"SUMMARY:{escape(title)}",
                f"DTSTART;TZID=America/Los_Angeles:{local}",
                f"DTEND;TZID=America/Los_Angeles:{local}",
                f"LOCATION:{escape(course)}",
                f"DESCRIPTION:View event - {address}",
            ]
        )
    return calendar((*head, *zones), events)


def blackboard(*entries: tuple[str, str], kind: str = "platform.gradebook2.GradableItem") -> bytes:
    """Return a calendar of Blackboard: titles as typed, no course, and the last second of a minute."""
    events = [
        [
            "DTSTAMP:20270115T085532Z",
            f"DTSTART;TZID=America/Los_Angeles:{datetime.fromisoformat(moment):%Y%m%dT%H%M59}",
            f"DTEND;TZID=America/Los_Angeles:{datetime.fromisoformat(moment):%Y%m%dT%H%M59}",
            f"SUMMARY:{escape(title)}",
            f"UID:_blackboard.{kind}-_5967{number}_1",
        ]
        for number, (title, moment) in enumerate(entries, 10)
    ]
    return calendar(("PRODID:-//Blackboard//EN", "VERSION:2.0", "X-WR-CALNAME:Example College"), events)
