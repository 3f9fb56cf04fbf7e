"""The course's names and the row of facts under its title: when, where, who, channels."""

from __future__ import annotations

from functools import cache
from urllib.parse import urlsplit

from markupsafe import Markup

from courseweek.model.course import Course
from courseweek.model.people import Staff
from courseweek.model.term import GroupPattern, Pattern
from courseweek.read.course import READINGS_FILE
from courseweek.render.direction import isolate, isolate_each
from courseweek.render.markdown.markup import render_block
from courseweek.render.sizes import TooLarge
from courseweek.render.views import words
from courseweek.render.views.layout_values import CourseView, FactView, LinkView
from courseweek.render.views.links import is_address, view_link
from courseweek.render.views.texts import Texts


def view_course(course: Course) -> CourseView:
    """Return the course as each page names it."""
    syllabus = course.syllabus
    term = syllabus.term
    when = term.name or words.long_range(term.starts, term.ends)
    return CourseView(
        title=syllabus.title,
        code=syllabus.code,
        name=syllabus.code or syllabus.title,
        headline=isolate_each((part for part in (syllabus.institution, when) if part), " · "),
        description=_plain_text(syllabus.description) if syllabus.description else None,
        language=syllabus.language,
        tentative=term.tentative,
        suggest=_suggest(course),
    )


@cache
def _plain_text(markdown: str) -> str:
    """Return the words of a text in Markdown, without its marks, in one line."""
    try:
        return " ".join(render_block(markdown).striptags().split())
    except TooLarge:  # which is reported where the description is shown
        return ""


def _suggest(course: Course) -> str | None:
    """Return where a reading is suggested that belongs to no list yet."""
    syllabus = course.syllabus
    if syllabus.repository is None:
        return None
    # Without a list there may be no file, and an editor has nothing to open.
    return syllabus.repository.edit(READINGS_FILE) if course.reading_lists else syllabus.repository.url


def view_facts(course: Course, texts: Texts) -> tuple[FactView, ...]:
    """Return the facts as seen from the page of these texts."""
    return (*_when_and_where(course), *_staff(course.syllabus.staff), *_links(course, texts))


def _when_and_where(course: Course) -> list[FactView]:
    meets = course.syllabus.term.meets
    listed = [(each, group) for each in meets for group in each.groups or (each,)]
    places = list(dict.fromkeys(each.place for _, each in listed if each.place))
    found = []
    if meets:
        lines = []
        for entry, each in listed:
            online = is_address(each.place) and len(places) > 1
            parts: list[str] = [words.pattern_days(each)]
            name = _name_time(entry, each, several=len(meets) > 1)
            if name:
                parts[0] = Markup("{}: {}").format(isolate(name), parts[0])
            if each.place and len(places) > 1:
                parts.append("online" if online else isolate(each.place))
            if isinstance(each, GroupPattern) and each.leader:
                parts.append(isolate(each.leader))
            lines.append(LinkView(Markup(", ").join(parts), each.place if online else None))
        found.append(FactView("When", tuple(lines)))
    if len(places) == 1:
        online = is_address(places[0])
        found.append(FactView("Where", (LinkView("Online" if online else places[0], places[0] if online else None),)))
    return found


def _name_time(entry: Pattern, each: Pattern | GroupPattern, *, several: bool) -> str | None:
    """Return what a weekly time is called: its group, and its kind if there are several entries."""
    if isinstance(each, GroupPattern):
        return f"{entry.kind} {each.name}" if entry.kind else each.name
    return entry.kind if several else None


def _staff(staff: tuple[Staff, ...]) -> list[FactView]:
    by_role: dict[str, list[LinkView]] = {}
    for each in staff:
        by_role.setdefault(each.role or "Staff", []).append(LinkView(each.name, each.url, note=each.affiliation))
    return [FactView(words.plural(role, len(people)), tuple(people)) for role, people in by_role.items()]


def _links(course: Course, texts: Texts) -> list[FactView]:
    found = []
    for link in course.syllabus.links:
        view = view_link(link, texts)
        # The label is above already; a channel shows its address.
        shown = _host(link.url) if link.url and not link.asset else link.label
        found.append(FactView(link.label, (LinkView(shown if view.href else "", view.href, view.text, view.note),)))
    return found


def _host(address: str) -> str:
    """Return the host of an address, or without one what follows the scheme (mailto, tel)."""
    parts = urlsplit(address)
    return (parts.hostname or parts.path).removeprefix("www.")
