"""What a machine must not carry over into the next term: a list of items with their places, by kind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import chain

from courseweek.diagnostics import Edit, Span
from courseweek.frozen import dataclass
from courseweek.model.assignment import Assignment, Milestone
from courseweek.model.course import Course, Syllabus
from courseweek.model.meeting import Schedule, Topic
from courseweek.model.page import Page
from courseweek.model.people import OfficeHours, SharedHours
from courseweek.model.presenting import Presentations
from courseweek.model.term import Term
from courseweek.read.values.clocks import say_range
from courseweek.read.values.weekdays import WEEKDAYS
from courseweek.roll.clearing import clear_cell, delete_item, delete_key, empty_text, empty_value, make_draft
from courseweek.roll.leftovers import find_in_passages, find_in_sources, is_form, is_meeting
from courseweek.roll.moves import DateKind, WrittenDate, list_dates
from courseweek.roll.value_edits import replace_value

KINDS = {
    "dates": "Dates that moved with the term",
    "releases": "Releases that moved with the term",
    "weekdays": "Dates without a year that are on another day of the week now",
    "staff": "Staff, with their photos",
    "guests": "Guests",
    "lecturers": "Lecturers",
    "presenters": "Presenters",
    "office-hours": "Office hours",
    "sign-up": "Sign-up sheets",
    "forms": "Forms",
    "meeting-links": "Links to online meetings",
    "channels": "Channels of the course",
    "extensions": "Due dates of single meetings, and notes beside moved deadlines",
    "announcements": "Announcements",
    "tbd": "Still to be decided",
    "cancellations": "Canceled classes among the breaks",
    "old-term": "The last term's name or year in texts",
    "notes": "Notes by last term's students",
}
"""Each kind of item, with the heading of its list."""
CLEARABLE = (
    "dates", "staff", "guests", "lecturers", "presenters", "office-hours", "sign-up", "forms", "channels", "extensions",
    "announcements",
    "cancellations", "notes",
)  # fmt: skip
"""The kinds of what can be taken off the site: announcements and notes become drafts, days of topics, events and
deadlines TBD, and all others are deleted."""

_CANCELED = re.compile(r"\bcancel|\bno class\b|\bsnow\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Todo:
    """One thing to decide. `clear` are the edits that take it off the site; none where only a person can do that.

    At the place of one that is `editable` is a text that can be replaced; `key` is the place of the key if it is a list
    or a mapping. For a date, `before` and `day` are those of the last and the next term.
    """

    kind: str
    span: Span
    text: str
    clear: tuple[Edit, ...] = ()
    editable: bool = False
    key: Span | None = None
    before: date | None = None
    day: date | None = None


def list_todo(old: Course, new: Course, schedule: Schedule, *, with_breaks: bool) -> tuple[Todo, ...]:
    """Return what is to be decided about the files of the next term, by kind and place.

    `old` is the course as it was, `new` as its files are now, dated by `schedule`. `with_breaks` says whether the
    breaks moved too.
    """
    items = chain(
        _list_moved(old, new, with_breaks=with_breaks),
        _of_topics(new),
        _of_staff(new.syllabus),
        _of_groups(new.syllabus.term),
        _of_presentations(new.syllabus.presentations),
        _of_assignments(new),
        _of_extended(old, new),
        _of_channels(new),
        _of_content(new),
        _of_breaks(new.syllabus.term),
    )
    known = list(items)
    known += _of_texts(old, new, schedule, known)
    order = {kind: at for at, kind in enumerate(KINDS)}
    return tuple(sorted(known, key=lambda each: (order[each.kind], each.span.file, each.span.start)))


def spell_day(day: date) -> str:
    """Return a day with the short name of its day of the week: "Tue 2028-02-15"."""
    return f"{WEEKDAYS[day.weekday()][:3]} {day.isoformat()}"


def _list_moved(old: Course, new: Course, *, with_breaks: bool) -> Iterator[Todo]:
    if old.syllabus.term.starts == new.syllabus.term.starts and old.syllabus.term.ends == new.syllabus.term.ends:
        return
    days: dict[tuple[str, str, str], list[date]] = {}
    for each in list_dates(old, with_breaks=with_breaks):
        days.setdefault((each.kind, each.title, each.key), []).append(each.day)
    for each in list_dates(new, with_breaks=with_breaks):
        before = days.get((each.kind, each.title, each.key))
        if before:  # or it is a date that did not move
            day = before.pop(0)
            text = f"{_name_date(each)}: {spell_day(day)} is now {spell_day(each.day)}"
            kind = "releases" if each.kind == "release" else "dates"
            yield Todo(kind, each.span, text, _clear_date(each), editable=True, before=day, day=each.day)


def _clear_date(written: WrittenDate) -> tuple[Edit, ...]:
    """Return the edits that delete a break, a swap or an end, or make a day TBD; none where neither can be."""
    origin = written.origin
    if written.kind in ("break", "swap"):
        return delete_item(origin)
    if written.kind == "release" or written.key in ("from", "to"):
        return ()
    if written.key in ("until", "accepted_until"):
        return delete_key(origin, written.key)
    ends = delete_key(origin, "until") if "until" in origin.fields and written.key == "date" else ()
    return (replace_value(written.span, "TBD"), *ends)


_NAMED_KEYS = ("from", "to", "out", "until", "accepted_until")
"""Keys that are named with their dates, as their things have others."""
_NAMES: dict[DateKind, str] = {
    "break": "break",
    "swap": "a swap",
    "topic": "topic",
    "deadline": "deadline",
    "event": "event",
    "release": "release",
}


def _name_date(written: WrittenDate) -> str:
    name = _NAMES[written.kind]
    if written.kind == "swap":
        return name
    return f"{name} `{written.title}`" + (f" ({written.key})" if written.key in _NAMED_KEYS else "")


def _of_topics(course: Course) -> Iterator[Todo]:
    for topic in (each for topics in course.syllabus.topic_lists for each in topics):
        fields = topic.origin.fields
        if topic.guests:
            yield _of_topic("guests", topic, "guests", ", ".join(each.name for each in topic.guests))
        if topic.lecturers:
            names = ", ".join(topic.lecturers)
            item = _of_topic("lecturers", topic, "lecturer", names)
            yield replace(item, key=None) if fields["lecturer"].text.strip("\"'") == names else item
        if topic.presenters:
            yield _of_topic("presenters", topic, "presenters", ", ".join(each.name for each in topic.presenters))
        if topic.forms and "forms" in fields:
            yield _of_topic("forms", topic, "forms", ", ".join(f"{id} {address}" for id, address, _ in topic.forms))


def _of_topic(kind: str, topic: Topic, key: str, text: str) -> Todo:
    origin = topic.origin
    clear = delete_key(origin, key)
    return Todo(kind, origin.of(key), f"{topic.title}: {text}", clear, editable=True, key=origin.key(key))


def _of_staff(syllabus: Syllabus) -> Iterator[Todo]:
    for person in syllabus.staff:
        facts = (person.name, person.role, f"photo {person.photo}" if person.photo is not None else None)
        # Hours that name a person who has left would be an error.
        shared = [delete_item(each.origin) for each in syllabus.office_hours if person.name in each.who]
        clear = delete_item(person.origin) if all(shared) else ()
        clear = (*clear, *chain.from_iterable(shared)) if clear else ()
        yield Todo("staff", person.origin.of("name"), ", ".join(filter(None, facts)), clear)
        if person.office_hours:
            text = "; ".join(each.text or _spell_hours(each) for each in person.office_hours)
            clear = delete_key(person.origin, "office_hours")
            yield Todo("office-hours", person.origin.of("office_hours"), f"{person.name}: {text}", clear)
    for hours in syllabus.office_hours:
        text = f"{', '.join(hours.who)}: {_spell_hours(hours)}"
        yield Todo("office-hours", hours.origin.of("who"), text, delete_item(hours.origin))


def _spell_hours(hours: OfficeHours | SharedHours) -> str:
    days = ", ".join(WEEKDAYS[day][:3] for day in hours.days)
    when = f"{days} {say_range(hours.time.start, hours.time.end)}" if hours.time is not None else days
    return f"{when}, {hours.place}" if hours.place else when


def _of_groups(term: Term) -> Iterator[Todo]:
    for entry in term.meets:
        for group in (each for each in entry.groups if each.leader is not None):
            name = f"{entry.kind} {group.name}" if entry.kind else group.name
            clear = delete_key(group.origin, "leader")
            yield Todo("lecturers", group.origin.of("leader"), f"{name}: {group.leader}", clear, editable=True)


def _of_presentations(rules: Presentations | None) -> Iterator[Todo]:
    if rules is None:
        return
    if rules.sign_up is not None:
        clear = empty_value(rules.origin, "sign_up")
        yield Todo("sign-up", rules.origin.of("sign_up"), rules.sign_up, clear, editable=True)
    for each in rules.listed:
        if each.name:
            yield Todo("presenters", each.span, f"{each.meeting}: {each.name}", clear_cell(each.span))


def _of_assignments(course: Course) -> Iterator[Todo]:
    for each in course.syllabus.assignments:
        for key, address in (("form", each.form), ("url", each.url)):
            if address is not None and (key == "form" or is_form(address)):
                clear = delete_key(each.origin, key)
                yield Todo("forms", each.origin.of(key), f"{each.title}: {address}", clear, editable=True)
        if each.instead:
            text = ", ".join(f"{other.meeting} {other.due.text}" for other in each.instead)
            yield Todo(
                "extensions", each.origin.of("instead"), f"{each.title}: {text}", delete_key(each.origin, "instead")
            )


def _of_extended(old: Course, new: Course) -> Iterator[Todo]:
    """Yield the notes beside deadlines that the last term moved, which may say why."""
    moved = {title for title, part in _list_due(old) if "was" in part.origin.fields}
    for title, part in _list_due(new):
        if title in moved and part.note is not None and "was" not in part.origin.fields:
            clear = delete_key(part.origin, "note")
            text = f"{title}: {' '.join(part.note.split())}"
            yield Todo("extensions", part.origin.of("note"), text, clear, editable=True)


def _list_due(course: Course) -> Iterator[tuple[str, Assignment | Milestone]]:
    for each in course.syllabus.assignments:
        yield each.title, each
        for step in each.milestones:
            yield f"{each.title}: {step.title}", step


def _of_channels(course: Course) -> Iterator[Todo]:
    for link in course.syllabus.links:
        address = link.url or link.text
        if address is not None and link.origin is not None and not is_meeting(address):
            place = link.origin.span
            yield Todo("channels", place, f"{link.label}: {address}", empty_text(place), editable=True)


def _of_content(course: Course) -> Iterator[Todo]:
    for announcement in course.announcements:
        page = announcement.page
        if not page.draft:
            of = f", for `{announcement.meeting}`" if announcement.meeting is not None else ""
            text = f"{page.title} ({announcement.on}{of})"
            yield Todo("announcements", _place_of(page), text, make_draft(page))
    for note in course.notes:
        if not note.page.draft:
            by = f" by {note.author}" if note.author else ""
            yield Todo("notes", _place_of(note.page), f"{note.page.title}{by}", make_draft(note.page))


def _place_of(page: Page) -> Span:
    return page.origin.of("title") if "title" in page.origin.fields else page.body.source.whole()


def _of_breaks(term: Term) -> Iterator[Todo]:
    for pause in term.breaks:
        if _CANCELED.search(f"{pause.name} {pause.description or ''}") is not None:
            yield Todo("cancellations", pause.origin.of("name"), pause.name, delete_item(pause.origin))


def _of_texts(old: Course, new: Course, schedule: Schedule, known: list[Todo]) -> Iterator[Todo]:
    """Yield what is found in texts and is not within an item that is known."""
    places: dict[str, list[Span]] = {}
    for item in known:
        places.setdefault(item.span.file, []).append(item.span)
    found = chain(find_in_sources(old, new), find_in_passages(old, new, schedule))
    for kind, span, text in found:
        if not any(each.start <= span.start < each.end for each in places.get(span.file, ())):
            yield Todo(kind, span, text)
