"""What can be found in a course: meetings, readings, assignments, events, announcements, staff, pages, notes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from courseweek.files.paths import relative_link
from courseweek.frozen import dataclass
from courseweek.language.locale import Locale
from courseweek.model.assignment import Assignment
from courseweek.model.grading import GradePart
from courseweek.model.meeting import AnyMeeting, Meeting
from courseweek.model.page import Note
from courseweek.model.people import Staff
from courseweek.model.reading import Reading
from courseweek.model.slug import make_slug
from courseweek.outputs.plain_text import list_words, shorten
from courseweek.plan.full_syllabus import text_of
from courseweek.plan.parts import TITLES
from courseweek.plan.plan import Plan, PlannedPage
from courseweek.render.views import words
from courseweek.render.views.links import is_address
from courseweek.render.views.meeting_pages import name_kind
from courseweek.render.views.reading_facts import name_people
from courseweek.render.views.rows import name_day

LONGEST_TITLE = 300
"""Characters of a title, and of each of the facts below it; a longer one is cut."""
LONGEST_NAMES = 1_000
"""Characters of all names that one document has."""
TEXT_OF_SITE = 800_000
"""Characters of the texts of all pages together, so that a browser loads and indexes them in seconds at most."""
SHORTEST_TEXT, LONGEST_TEXT = 400, 4_000
"""Characters of one text, between which the number of pages decides."""


@dataclass(frozen=True, slots=True)
class SearchDocument:
    """Something that can be found: `href` is where it is, from the top of the site, `kind` what it is, in words.

    `facts` are shown below the title; `names` and `text` are only looked at. `language` is that of the title, None
    where it is the course's.
    """

    href: str
    kind: str
    title: str
    facts: tuple[str, ...] = ()
    names: str = ""
    text: str = ""
    language: str | None = None


def list_documents(plan: Plan) -> Iterator[SearchDocument]:
    """Yield all that can be found in the published site, whatever else a preview shows."""
    of_notes = {id(note.page) for note in plan.notes}
    longest = _longest_text(plan)
    for page in plan.pages:
        written = page.meeting is None and id(page.source) not in of_notes and page.name != "404"
        if written and page.path in plan.paths:
            yield _describe_page(page, plan, longest)
    yield from _find_grading(plan)
    yield from (_describe_meeting(row, plan) for row in _list_topics(plan))
    yield from _find_readings(plan)
    yield from (_describe_assignment(each, plan) for each in plan.schedule.assignments)
    yield from _find_events(plan)
    yield from (_describe_person(each, plan) for each in plan.course.syllabus.staff)
    for each in plan.announcements:
        if each not in plan.to_come:
            yield SearchDocument(
                _link(plan.announcements_path, each.id),
                plan.locale.gettext("Announcement"),
                each.page.title,
                (plan.locale.dated_day(each.on),),
                text=list_words(each.page.text, longest),
            )
    yield from list_notes(plan)


def list_notes(plan: Plan) -> Iterator[SearchDocument]:
    """Yield the published notes of a plan."""
    readings = {each.id: each.title for each in plan.schedule.readings}
    meetings = {row.id: row.topic for row in plan.schedule.all_meetings}
    longest = _longest_text(plan)
    for note in plan.notes:
        if f"{note.page.name}.html" in plan.paths:
            about = readings.get(note.reading or "") or meetings.get(note.meeting or "")
            yield _describe_note(note, about, plan.locale, longest)


def _describe_note(note: Note, about: str | None, locale: Locale, longest: int) -> SearchDocument:
    return SearchDocument(
        _link(f"{note.page.name}.html"),
        locale.gettext("Notes"),
        note.page.title,
        _facts(about if make_slug(about or "") != make_slug(note.page.title) else None, note.author),
        names=note.author or "",
        text=list_words(note.page.text, longest),
    )


def _longest_text(plan: Plan) -> int:
    """Return how many characters of the text of a page are looked at: fewer where there are many pages."""
    pages = sum(path.endswith(".html") and not path.startswith("assets/") for path in plan.paths)
    return min(max(TEXT_OF_SITE // max(pages, 1), SHORTEST_TEXT), LONGEST_TEXT)


def _describe_page(page: PlannedPage, plan: Plan, longest: int) -> SearchDocument:
    texts = [text_of(page)]
    if page.path == "index.html":
        syllabus = plan.course.syllabus
        texts = [syllabus.code or "", syllabus.description or "", *(each.label for each in syllabus.links), *texts]
    label = page.label if page.label != page.title else ""
    return SearchDocument(
        _link(page.path),
        plan.locale.gettext("Page"),
        page.title,
        names=label,
        text=list_words("\n\n".join(filter(None, texts)), longest),
    )


def _find_grading(plan: Plan) -> Iterator[SearchDocument]:
    """Yield the grading where it is a part of another page."""
    syllabus, page = plan.course.syllabus, plan.page_with("grading")
    if page is None or page.name == "grading" or page.path not in plan.paths:
        return
    texts = [part.name for scheme in syllabus.grading for part in _list_parts(scheme.parts)]
    texts += [scheme.note or "" for scheme in syllabus.grading]
    if syllabus.late_policy:
        texts += [plan.locale.gettext("Late work"), syllabus.late_policy]
    title = plan.locale.gettext(TITLES["grading"])
    text = list_words("\n".join(texts), LONGEST_TEXT)
    yield SearchDocument(_link(page.path, "page.grading"), plan.locale.gettext("Page"), title, text=text)


def _list_parts(parts: Iterable[GradePart]) -> Iterator[GradePart]:
    for part in parts:
        yield part
        yield from _list_parts((*part.parts, *part.any_of))


def _list_topics(plan: Plan) -> Iterator[AnyMeeting]:
    """Yield each topic once, at its first class day, and each break once."""
    paused = set[int]()
    for row in plan.schedule.all_meetings:
        if row.pause is not None and id(row.pause) not in paused:
            paused.add(id(row.pause))
            yield row
        elif row.pause is None and row.written is not None and row.leads:
            yield row


def _describe_meeting(row: AnyMeeting, plan: Plan) -> SearchDocument:
    """Return a meeting or a break."""
    topic, locale = row.written, plan.locale
    names = [*topic.lecturers, *(each.name for each in topic.guests)] if topic is not None else []
    names += [each.name for each in row.presenters] + [each.leader or "" for each in row.groups]
    described = row.pause.description if row.pause is not None else topic.description if topic is not None else None
    texts = [row.unit.title if row.unit is not None else "", described or "", *_list_places(row)]
    return SearchDocument(
        _link(*plan.place_of_meeting(row.id)),
        _name_kind(row, locale),
        row.topic,
        _name_when(row, locale),
        names=" ".join(filter(None, names)),
        text=list_words("\n".join(texts), LONGEST_TEXT),
    )


def _name_kind(row: AnyMeeting, locale: Locale) -> str:
    if row.pause is not None:
        return locale.gettext("no class")
    return locale.gettext("Exam") if row.exam else name_kind(row) or locale.gettext("Class")


def _list_places(row: AnyMeeting) -> list[str]:
    places = [row.place, *(group.place for group in row.groups)]
    return [place for place in places if place is not None and not is_address(place)]


def _name_when(row: AnyMeeting, locale: Locale) -> tuple[str, ...]:
    """Return the week and the day of a meeting."""
    if not isinstance(row, Meeting):
        return (locale.gettext("TBD"),)
    week = locale.gettext("Week {number}", number=row.week) if row.week is not None else None
    return _facts(week, name_day(row, locale))


def _find_readings(plan: Plan) -> Iterator[SearchDocument]:
    """Yield the readings that are assigned, each once, with the first meeting that needs it."""
    needed: dict[str, tuple[AnyMeeting, bool]] = {}
    for row in plan.schedule.all_meetings:
        for groups, required in ((row.required, True), (row.optional, False)):
            for each in (each for group in groups for each in group.assigned):
                before = needed.get(each.reading.id)
                if before is None or (required and not before[1]):
                    needed[each.reading.id] = row, required
    listed = plan.page_with("readings")
    for reading in plan.schedule.readings:
        if reading.id in needed:
            row, required = needed[reading.id]
            place = (listed.path, f"reading-{reading.id}") if listed is not None else plan.place_of_meeting(row.id)
            yield _describe_reading(reading, place, row, plan.locale, required=required)


def _describe_reading(
    reading: Reading, place: tuple[str, str], row: AnyMeeting, locale: Locale, *, required: bool
) -> SearchDocument:
    week = _name_when(row, locale)[0]
    authors = name_people(reading.authors, locale, full=False)
    texts = (reading.venue, reading.book, reading.publisher, reading.award, reading.markdown, reading.note)
    return SearchDocument(
        _link(*place),
        locale.gettext("Reading"),
        reading.title,
        _facts(
            week,
            locale.gettext("required") if required else locale.gettext("optional"),
            authors.striptags() if authors is not None else None,
            str(reading.year) if reading.year is not None else None,
        ),
        names=" ".join((*reading.authors, *reading.editors)),
        text=list_words("\n".join(filter(None, texts)), LONGEST_TEXT),
        language=reading.language,
    )


def _describe_assignment(assignment: Assignment, plan: Plan) -> SearchDocument:
    """Return an assignment with the last date on which it is due, unless it is a series."""
    locale, zone = plan.locale, plan.course.syllabus.term.zone
    once = assignment.each is None
    due = [each.at for each in plan.schedule.deadlines if each.assignment is assignment and each.kind != "out" and once]
    last = max((at for at in due if at is not None), default=None)
    own = next((page for name in (assignment.page,) if name and (page := plan.page_named(_bare(name)))), None)
    listed = plan.page_with("deadlines")
    if own is not None and own.path in plan.paths:
        href = _link(own.path)
    elif listed is not None:
        href = _link(listed.path, f"assignment-{assignment.id}")
    else:
        href = assignment.url or "index.html"
    texts = (*(each.title for each in assignment.milestones), assignment.note or "", assignment.owed_by or "")
    when = locale.gettext("due {moment}", moment=locale.moment(last.astimezone(zone))) if last is not None else None
    return SearchDocument(
        href,
        locale.gettext("Assignment"),
        assignment.title,
        _facts(when),
        text=list_words("\n".join(texts), LONGEST_TEXT),
    )


def _find_events(plan: Plan) -> Iterator[SearchDocument]:
    """Yield the events at their first line in the schedule."""
    lines = {line.event.id: line.id for week in reversed(plan.schedule.weeks) for line in reversed(week.events)}
    scheduled, listed = plan.page_with("schedule"), plan.page_with("deadlines")
    for event in plan.schedule.events:
        if scheduled is not None and event.id in lines:
            href = _link(scheduled.path, lines[event.id])
        else:
            href = _link(listed.path if listed is not None else "index.html")
        hours = words.hours(event.time, plan.locale) if event.time is not None else None
        place = event.place if not is_address(event.place) else None
        yield SearchDocument(
            href,
            plan.locale.gettext("Event"),
            event.name,
            _facts(plan.locale.day_range(event.starts, event.ends), hours, place),
            text=list_words(event.note or "", LONGEST_TEXT),
        )


def _describe_person(staff: Staff, plan: Plan) -> SearchDocument:
    page = plan.page_with("staff")
    place = ("index.html", "") if page is None else (page.path, "" if page.name == "staff" else "page.staff")
    hours = [each.text or each.place or "" for each in staff.office_hours]
    texts = [staff.note or "", *([plan.locale.gettext("Office hours"), *hours] if hours else ())]
    return SearchDocument(
        _link(*place),
        plan.locale.gettext("Staff"),
        staff.name,
        _facts(staff.role, staff.affiliation),
        text=list_words("\n".join(texts), LONGEST_TEXT),
    )


def _facts(*facts: str | None) -> tuple[str, ...]:
    return tuple(shorten(fact, LONGEST_TITLE) for fact in facts if fact)


def _link(path: str, place: str = "") -> str:
    """Return an address from the top of the site."""
    return relative_link("", path, place)


def _bare(name: str) -> str:
    return name.removesuffix(".md")
