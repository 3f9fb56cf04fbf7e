"""The calendars of a course: which files there are, what each is called, and which events it has."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from courseweek.frozen import dataclass
from courseweek.model.assignment import Deadline
from courseweek.model.course import Course
from courseweek.model.meeting import Meeting, Schedule
from courseweek.model.slug import make_slug
from courseweek.plan.plan import CALENDAR_ENDING as ENDING
from courseweek.plan.plan import MEETINGS
from courseweek.published.slots import TimeSlot, list_slots


@dataclass(frozen=True, slots=True)
class CalendarFile:
    """One file with events. `of` says what it holds, `name` is what it is called after the course's name.

    `group` is the group whose calendar it is, and `kind` the kind of its meetings. `value` is the grading scheme or
    the id of the meeting.
    """

    path: str
    of: Literal["all", "meetings", "deadlines", "hours", "common", "group", "scheme", "meeting"]
    name: str
    kind: str | None = None
    group: str | None = None
    value: str = ""

    def holds(self, slot: TimeSlot) -> bool:
        """Return whether a slot is in this calendar."""
        if not slot.is_shown:
            return False
        match self.of:
            case "all":
                return slot.kind != "hours"
            case "meetings":
                return slot.kind in ("meeting", "break")
            case "deadlines":
                return slot.kind == "deadline" or slot.exam
            case "hours":
                return slot.kind == "hours"
            case "common":
                return slot.kind != "hours" and slot.group is None
            case "group":
                return self._is_of_group(slot) and slot.meeting_kind == self.kind
            case "scheme":
                return slot.exam or (isinstance(slot.of, Deadline) and slot.of.assignment.owed_by in (None, self.value))
        return slot.kind == "meeting" and slot.id == self.value and (self.group is None or self._is_of_group(slot))

    def _is_of_group(self, slot: TimeSlot) -> bool:
        return slot.group is not None and slot.group.name == self.group


def list_calendars(course: Course, schedule: Schedule) -> tuple[CalendarFile, ...]:
    """Return the calendars that have events: of the whole course, of its groups and schemes."""
    slots = list_slots(course, schedule)
    return tuple(each for each in _name_calendars(course, slots) if any(map(each.holds, slots)))


def list_single_meetings(course: Course, schedule: Schedule) -> Iterator[CalendarFile]:
    """Yield the calendars with one meeting alone, for each that has a date and a page."""
    for row in schedule.meetings if course.syllabus.site.meeting_pages else ():
        if row.written is not None:
            yield from name_single_meeting(row)


def name_single_meeting(row: Meeting) -> Iterator[CalendarFile]:
    """Yield the calendar with one meeting alone; of a session, one for each group that meets."""
    taken = set[str]()
    for group in row.held:
        # No id has a dot, so that this is no other meeting's.
        path = _take(f"{MEETINGS}/{row.id}.{make_slug(group.name) or 'group'}", taken)
        yield CalendarFile(path, "meeting", group.name, row.kind, group.name, row.id)
    if not row.groups:
        yield CalendarFile(f"{MEETINGS}/{row.id}{ENDING}", "meeting", "", value=row.id)


def _name_calendars(course: Course, slots: tuple[TimeSlot, ...]) -> Iterator[CalendarFile]:
    _ = course.syllabus.locale.gettext
    yield CalendarFile(f"calendar{ENDING}", "all", "")
    yield CalendarFile(f"meetings{ENDING}", "meetings", _("Meetings"))
    yield CalendarFile(f"deadlines{ENDING}", "deadlines", _("Deadlines"))
    yield CalendarFile(f"office-hours{ENDING}", "hours", _("Office hours"))
    taken = {"calendar-common"}
    groups = _list_groups(course, slots)
    if groups:
        yield CalendarFile(f"calendar-common{ENDING}", "common", _("For all groups"))
    for kind, group in groups:
        words = "-".join(filter(None, (make_slug(kind or ""), make_slug(group) or "group")))
        name = _("{kind} group {group}", kind=kind, group=group) if kind else _("Group {group}", group=group)
        yield CalendarFile(_take(f"calendar-{words}", taken), "group", name, kind, group)
    schemes = [each.name for each in course.syllabus.grading if each.name is not None]
    for scheme in schemes if len(schemes) > 1 else ():
        name = _("Deadlines: {scheme}", scheme=scheme)
        yield CalendarFile(_take(f"deadlines-{make_slug(scheme) or 'scheme'}", taken), "scheme", name, value=scheme)


def _list_groups(course: Course, slots: tuple[TimeSlot, ...]) -> list[tuple[str | None, str]]:
    """Return the groups that meet, each with the kind of its meetings, in the order of the weekly pattern."""
    held = dict.fromkeys((slot.meeting_kind, slot.group.name) for slot in slots if slot.group is not None)
    written = [(each.kind, group.name) for each in course.syllabus.term.meets for group in each.groups]
    return list(dict.fromkeys([*(each for each in written if each in held), *held]))


def _take(name: str, taken: set[str]) -> str:
    """Return the path of a calendar; of two of one name the second gets `-2`."""
    numbered, number = name, 1
    while numbered.casefold() in taken:
        number += 1
        numbered = f"{name}-{number}"
    taken.add(numbered.casefold())
    return f"{numbered}{ENDING}"
