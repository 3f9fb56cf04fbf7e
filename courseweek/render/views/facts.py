"""The course's names and the row of facts under its title: when, where, channels."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from urllib.parse import urlsplit

from markupsafe import Markup

from courseweek.language.locale import Locale
from courseweek.model.course import Course
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
    term, locale = syllabus.term, syllabus.locale
    when = term.name or locale.long_range(term.starts, term.ends)
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
    return (*_when_and_where(course.syllabus.term.meets, course.syllabus.locale), *_links(course, texts))


def _when_and_where(meets: tuple[Pattern, ...], locale: Locale) -> list[FactView]:
    """Return when classes meet, a line for each kind and group, and where, if all share a place."""
    places = {each.place for entry in meets for each in entry.groups or (entry,)}
    if not places:
        return []
    shared = next(iter(places)) if len(places) == 1 else None
    kinds = {each.kind for each in meets}
    lines: dict[tuple[str | None, str | None], list[Pattern]] = {}
    for each in meets:
        lines.setdefault((each.kind, each.place), []).append(each)
    views = []
    for (kind, place), same in lines.items():
        name = kind if len(kinds) > 1 else None
        plain = [each for each in same if not each.groups]
        if plain:
            days = "; ".join(words.pattern_days(each, locale) for each in _join_weeks(plain))
            views.append(_view_line(days, name, place if shared is None else None))
        views += [_view_group(each, kind, shared, locale) for entry in same for each in entry.groups]
    found = [FactView("When", tuple(views))]
    if shared:
        online = is_address(shared)
        found.append(FactView("Where", (LinkView("Online" if online else shared, shared if online else None),)))
    return found


def _view_group(group: GroupPattern, kind: str | None, shared: str | None, locale: Locale) -> LinkView:
    """Return "Lab A: Fridays, 9:00–10:50, L416, D. Volkov" for a group of an entry."""
    name = f"{kind} {group.name}" if kind else group.name
    return _view_line(words.pattern_days(group, locale), name, group.place if shared is None else None, group.leader)


def _view_line(days: str, name: str | None, place: str | None, leader: str | None = None) -> LinkView:
    """Return "Lecture: Mondays, 13:00–16:00, Room 5" for one kind or group at one place."""
    online = is_address(place)
    parts: list[str] = [Markup("{}: {}").format(isolate(name), days) if name else days]
    if place:
        parts.append("online" if online else isolate(place))
    if leader:
        parts.append(isolate(leader))
    return LinkView(Markup(", ").join(parts), place if online else None)


def _join_weeks(meets: list[Pattern]) -> list[Pattern]:
    """Return entries with those made one that differ only in the weeks that they number."""
    joined: dict[object, Pattern] = {}
    for at, each in enumerate(meets):
        numbers = each.weeks.numbers if each.weeks is not None else frozenset()
        same = (each.days, each.time) if numbers else at
        known = joined.get(same)
        if known is not None and known.weeks is not None:
            joined[same] = replace(known, weeks=replace(known.weeks, numbers=known.weeks.numbers | numbers))
        else:
            joined[same] = each
    return list(joined.values())


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
