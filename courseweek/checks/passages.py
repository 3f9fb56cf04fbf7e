"""The texts of a course with their places and what each is about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Literal

from courseweek.diagnostics import Span
from courseweek.frozen import dataclass
from courseweek.model.assignment import Assignment
from courseweek.model.course import Course
from courseweek.model.grading import GradePart
from courseweek.model.link import Link
from courseweek.model.meeting import Meeting, Schedule
from courseweek.model.origin import Origin
from courseweek.model.page import Note, Page
from courseweek.model.reading import Reading, ReadingList, Reuse


@dataclass(frozen=True, slots=True)
class Passage:
    """A text as it was written, and its place.

    `kind` is `title` for a text without Markdown, `text` for Markdown of a YAML file, `line` for a reading that is
    one line of it, `page` for a page. `meetings` are the rows that it is about, `assignment` what it describes;
    `on_reading` says that it is about somebody else's text. `said_on` is the date of the announcement that it is in,
    and `in_note` says that it is in a note.
    """

    span: Span
    kind: Literal["title", "text", "line", "page"]
    meetings: tuple[Meeting, ...] = ()
    assignment: Assignment | None = None
    on_reading: bool = False
    said_on: date | None = None
    in_note: bool = False


def list_passages(course: Course, schedule: Schedule) -> Iterator[Passage]:
    """Yield all texts of a course, including those of pages other than drafts."""
    yield from _of_course(course)
    yield from _of_topics(course, schedule)
    for assignment in schedule.assignments:
        yield from _of_assignment(assignment)
    for scheme in course.syllabus.grading:
        yield from _text(scheme.note, scheme.origin, "note")
        yield from _of_parts(scheme.parts)
    for reading_list in course.reading_lists.values():
        yield from _of_readings(reading_list)
    yield from _of_pages(course, schedule)


def inner(span: Span) -> Span:
    """Return the place of a text of a YAML file without the quotes around it."""
    text = span.text
    quoted = len(text) >= 2 and text[0] == text[-1] and text[0] in "'\""
    return span.within(1, len(text) - 1) if quoted else span


def _text(
    value: str | None,
    origin: Origin,
    key: str,
    meetings: tuple[Meeting, ...] = (),
    assignment: Assignment | None = None,
    *,
    on_reading: bool = False,
) -> Iterator[Passage]:
    if value is not None and key in origin.fields:
        yield Passage(inner(origin.fields[key]), "text", meetings, assignment, on_reading)


def _links(links: Iterable[Link]) -> Iterator[Passage]:
    for link in links:
        if link.text is not None and link.origin is not None:
            yield Passage(inner(link.origin.of("url")), "text")


def _of_course(course: Course) -> Iterator[Passage]:
    syllabus = course.syllabus
    for origin, key in ((syllabus.origin, "title"), (syllabus.term.origin, "name")):
        if key in origin.fields:
            yield Passage(inner(origin.fields[key]), "title")
    yield from _text(syllabus.description, syllabus.origin, "description")
    yield from _text(syllabus.late_policy, syllabus.origin, "late_policy")
    yield from _links(syllabus.links)
    for pause in syllabus.term.breaks:
        yield from _text(pause.description, pause.origin, "description")
    for event in syllabus.events:
        yield Passage(inner(event.origin.of("name")), "title")
        yield from _text(event.note, event.origin, "note")
    for person in syllabus.staff:
        yield from _text(person.note, person.origin, "note")
    for hours in syllabus.office_hours:
        yield from _text(hours.note, hours.origin, "note")
    if syllabus.presentations is not None:
        yield from _text(syllabus.presentations.note, syllabus.presentations.origin, "note")


def _of_topics(course: Course, schedule: Schedule) -> Iterator[Passage]:
    rows = rows_by_topic(schedule)
    units: set[int] = set()
    for topic in (each for topics in course.syllabus.topic_lists for each in topics):
        held = rows.get(id(topic), ())
        yield Passage(inner(topic.origin.of("topic")), "title", held)
        yield from _text(topic.description, topic.origin, "description", held)
        if topic.unit is not None and id(topic.unit) not in units:
            units.add(id(topic.unit))
            yield Passage(inner(topic.unit.origin.of("unit")), "title")
            yield from _text(topic.unit.description, topic.unit.origin, "description")


def rows_by_topic(schedule: Schedule) -> dict[int, tuple[Meeting, ...]]:
    """Return the rows of each topic by the identity of the topic, of which two can be written alike."""
    rows: dict[int, tuple[Meeting, ...]] = {}
    for row in schedule.meetings:
        if row.written is not None:
            rows[id(row.written)] = (*rows.get(id(row.written), ()), row)
    return rows


def _of_assignment(assignment: Assignment) -> Iterator[Passage]:
    yield Passage(inner(assignment.origin.of("title")), "title")
    yield from _text(assignment.note, assignment.origin, "note", (), assignment)
    for step in assignment.milestones:
        yield Passage(inner(step.origin.of("title")), "title")
        yield from _text(step.note, step.origin, "note", (), assignment)


def _of_parts(parts: tuple[GradePart, ...]) -> Iterator[Passage]:
    for part in parts:
        yield from _text(part.note, part.origin, "note")
        yield from _of_parts((*part.parts, *part.any_of))


def _of_readings(listed: ReadingList) -> Iterator[Passage]:
    for group in (*listed.required, *listed.optional):
        for entry in group.entries:
            yield from _of_reading(entry)


def _of_reading(entry: Reading | Reuse) -> Iterator[Passage]:
    yield from _text(entry.note, entry.origin, "note", on_reading=True)
    if isinstance(entry, Reading):
        if entry.markdown is not None:
            yield Passage(entry.origin.span, "line", on_reading=True)
        yield from _links(entry.links)


def _of_pages(course: Course, schedule: Schedule) -> Iterator[Passage]:
    about: dict[str, tuple[Meeting, ...]] = {}
    for row in schedule.meetings:
        if row.written is not None and row.written.page is not None:
            name = row.written.page.removesuffix(".md")
            about[name] = (*about.get(name, ()), row)
    described = {each.page.removesuffix(".md"): each for each in schedule.assignments if each.page is not None}
    for page in course.pages:
        yield from _of_page(page, about.get(page.name, ()), described.get(page.name))
    for note in course.notes:
        on_reading = note.reading is not None
        yield from _of_page(note.page, _rows_of_note(note, schedule), on_reading=on_reading, in_note=True)
    for announcement in course.announcements:
        yield from _of_page(announcement.page, said_on=announcement.on)


def _rows_of_note(note: Note, schedule: Schedule) -> tuple[Meeting, ...]:
    """Return the rows of the topic that a note is about: a topic over several days is one."""
    row = next((each for each in schedule.meetings if note.meeting is not None and each.id == note.meeting), None)
    if row is None or row.written is None or row.written.days == 1:
        return () if row is None else (row,)
    return tuple(each for each in schedule.meetings if each.written is row.written)


def _of_page(
    page: Page,
    rows: tuple[Meeting, ...] = (),
    assignment: Assignment | None = None,
    *,
    on_reading: bool = False,
    said_on: date | None = None,
    in_note: bool = False,
) -> Iterator[Passage]:
    if page.draft:
        return
    if "title" in page.origin.fields:
        yield Passage(inner(page.origin.of("title")), "title", rows, assignment, on_reading, said_on, in_note)
    elif page.heading is not None:
        yield Passage(page.heading, "title", rows, assignment, on_reading, said_on, in_note)
    if page.text.strip():
        yield Passage(page.body, "page", rows, assignment, on_reading, said_on, in_note)
