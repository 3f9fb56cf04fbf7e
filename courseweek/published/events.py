"""The events of a course's calendars: their texts in the course's language, their times, and their UIDs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import NamedTuple
from urllib.parse import quote, urlsplit

from courseweek.frozen import dataclass
from courseweek.language.formats import find_written, name_zone
from courseweek.language.locale import Locale
from courseweek.model.assignment import Deadline
from courseweek.model.author import shorten_names
from courseweek.model.course import Course
from courseweek.model.event import Event
from courseweek.model.meeting import AnyMeeting, Meeting
from courseweek.model.people import WeeklyHour
from courseweek.model.reading import Group
from courseweek.model.slug import make_slug
from courseweek.model.term import Break
from courseweek.plan.plan import Plan
from courseweek.published.slots import TimeSlot, list_slots
from courseweek.regex import lazy_pattern

LONGEST_TEXT = 500
"""Characters of one text in an event, such as a title; of a longer one only its beginning is there."""
MOST_READINGS = 20
"""Readings that an event lists."""
_UNSEEN = lazy_pattern("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ufeff\u202a-\u202e\u2066-\u2069\ud800-\udfff]+")
"""Control characters other than spaces and line ends, and signs that turn the direction of the text after them."""


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """An event as a calendar shows it, of one `slot`. Texts that it does not have are empty.

    `description` may have several lines. A `transparent` event leaves its time free for others.
    """

    slot: TimeSlot
    uid: str
    summary: str
    place: str
    description: str
    url: str
    transparent: bool


def list_events(plan: Plan, base: str) -> tuple[CalendarEvent, ...]:
    """Return an event for each slot of a plan, also for those that no calendar shows; `base` is the end of all UIDs."""
    writer = _EventWriter(plan)
    slots = list_slots(plan.course, plan.schedule)
    uids = _name_slots(slots, f"{plan.course.syllabus.term.starts}@{base}")
    return tuple(map(writer.write, slots, uids))


def find_base(course: Course) -> str:
    """Return what the UIDs of a course end with: the host and path of its address, else the slug of its name."""
    syllabus = course.syllabus
    address = urlsplit(syllabus.url or "")
    return (
        f"{address.hostname or ''}{address.path.rstrip('/')}" or make_slug(syllabus.code or syllabus.title) or "course"
    )


def _name_slots(slots: Iterable[TimeSlot], end: str) -> Iterator[str]:
    """Yield the UID of each slot; of two that would be the same, the second gets `-2`."""
    taken: set[str] = set()
    for slot in slots:
        group = f"-{make_slug(slot.group.name) or 'group'}" if slot.group is not None else ""
        name, number = f"{slot.kind}-{slot.id}{group}", 1
        while (numbered := name if number == 1 else f"{name}-{number}") in taken:
            number += 1
        taken.add(numbered)
        yield f"{numbered}.{end}"


def clean(text: str) -> str:
    """Return a text on one line, without control characters and signs that turn the text after them."""
    text = " ".join(_UNSEEN.sub("", text).split())
    return text if len(text) <= LONGEST_TEXT else f"{text[: LONGEST_TEXT - 1].rstrip()}…"


class _Said(NamedTuple):
    """What an event says, as it was written; `lines` are those of its description."""

    summary: str
    place: str | None
    lines: Sequence[str | None]
    url: str


class _EventWriter:
    """Writes the texts of events."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.locale = plan.locale
        self._ = plan.locale.gettext
        self.zone = plan.course.syllabus.term.zone
        self.zone_in_words = _name_zone(plan.course.syllabus.term.timezone, plan.locale)
        url = plan.course.syllabus.url
        self.base = f"{url.rstrip('/')}/" if url else ""
        self.meetings = {row.id: row for row in plan.schedule.all_meetings}
        self.places = {
            "schedule": plan.page_with("schedule"),
            "deadlines": plan.page_with("deadlines"),
            "staff": plan.page_with("staff"),
        }

    def write(self, slot: TimeSlot, uid: str) -> CalendarEvent:
        """Return the event of a slot."""
        texts = self._say(slot)
        window = isinstance(slot.of, Meeting) and slot.of.until is not None
        lines = (clean(each) for each in (self._when(slot), *texts.lines, texts.url) if each)
        return CalendarEvent(
            slot=slot,
            uid=uid,
            summary=clean(texts.summary),
            place=clean(texts.place or ""),
            description="\n".join(filter(None, lines)),
            url=clean(texts.url),
            transparent=slot.kind != "meeting" or not isinstance(slot.starts, datetime) or window,
        )

    def _say(self, slot: TimeSlot) -> _Said:
        """Return what the event of a slot says."""
        match slot.of:
            case Deadline() as of:
                return self._say_deadline(of)
            case Event() as of:
                return _Said(of.name, of.place, [of.note], of.url or self._link("schedule", f"event-{of.id}"))
            case Break() as of:
                return _Said(self._name_break(of), None, [], self._link("schedule", slot.rows[0] if slot.rows else ""))
            case WeeklyHour() as of:
                title = self._("Office hours: {text}", text=self.locale.comma.join(of.who))
                return _Said(title, of.place, [of.note], self._link("staff", "page.hours"))
            case of:
                return self._say_meeting(slot, of)

    def _say_meeting(self, slot: TimeSlot, row: AnyMeeting) -> _Said:
        lines = [*self._readings(self._("Required"), row.required), *self._readings(self._("Optional"), row.optional)]
        url = self._address(*self.plan.place_of_meeting(row.id))
        if slot.group is None:
            return _Said(row.topic, row.place, lines, url)
        title = self._("{title} ({detail})", title=row.topic, detail=slot.group.name)
        return _Said(title, slot.group.place, lines, url)

    def _readings(self, label: str, groups: tuple[Group, ...]) -> list[str]:
        readings = [each.reading for group in groups for each in group.assigned]
        lines = [f"{label}:"] if readings else []
        for reading in readings[:MOST_READINGS]:
            names, others = shorten_names(reading.authors)
            people = self.locale.join_list(names)
            people = self._("{names} et al.", names=people) if people and others else people
            lines.append(f"- {clean(reading.title)}" + (f" ({clean(people)})" if people else ""))
        if len(readings) > MOST_READINGS:
            more = len(readings) - MOST_READINGS
            lines.append(self.locale.ngettext("and {count} more", "and {count} more", more))
        return lines

    def _say_deadline(self, deadline: Deadline) -> _Said:
        assignment, title = deadline.assignment, deadline.title
        row = self.meetings.get(deadline.meeting or "")
        if deadline.milestone is not None:
            title = self._("{title} ({detail})", title=title, detail=assignment.title)
        elif row is not None:
            title = self._("{title} ({detail})", title=title, detail=self._name_row(row))
        late = None
        if deadline.accepted_until is not None:
            until = self.locale.moment(deadline.accepted_until.astimezone(self.zone))
            late = self._("accepted until {moment}", moment=until)
        link = self._link("deadlines", f"assignment-{assignment.id}")
        return _Said(self._("Due: {title}", title=title), None, [assignment.owed_by, late], link)

    def _name_row(self, row: AnyMeeting) -> str:
        """Return what a meeting is called in the title of work for it: its day if its topic is to be decided."""
        if row.topic.upper() == "TBD" and isinstance(row, Meeting):
            return self.locale.short_day(row.on)
        return row.topic

    def _name_break(self, pause: Break) -> str:
        if pause.kinds:
            kinds = self.locale.join_list(pause.kinds)
            return self._("No class ({kinds}): {name}", kinds=kinds, name=pause.name)
        return self._("No class: {name}", name=pause.name)

    def _when(self, slot: TimeSlot) -> str:
        """Return the local time of a slot with the zone in words; nothing for whole days, which have no zone."""
        if not isinstance(slot.starts, datetime):
            return ""
        starts = slot.starts.astimezone(self.zone)
        ends = slot.ends.astimezone(self.zone) if isinstance(slot.ends, datetime) else None
        if ends is None or ends.date() != starts.date():
            moments = (self.locale.moment(each) for each in (starts, ends) if each is not None)
            when = " – ".join(moments)
        else:
            hours = self.locale.time_range(starts.time(), ends.time())
            when = self.locale.comma.join((self.locale.short_day(starts.date()), hours))
        return f"{when} ({self.zone_in_words})"

    def _link(self, part: str, place: str) -> str:
        """Return the address of a place on the page with a part of the course; empty where the course has none."""
        page = self.places[part]
        return self._address(page.path, place) if page is not None else ""

    def _address(self, path: str, place: str = "") -> str:
        if not self.base:
            return ""
        path = "" if path == "index.html" else quote(path)
        return f"{self.base}{path}" + (f"#{quote(place)}" if place else "")


def _name_zone(zone: str, locale: Locale) -> str:
    """Return "Central time, America/Chicago", or only the second where the first is not known."""
    known = name_zone(zone, find_written(locale.tag) or "en")
    name = zone.removeprefix("Etc/")
    return name if known is None else locale.comma.join((known, name))
