"""The course's names, and what holds every week: when and where it meets, its channels."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from markupsafe import Markup

from courseweek.language.locale import Locale
from courseweek.model.course import Course
from courseweek.model.term import Pattern
from courseweek.read.course import READINGS_FILE
from courseweek.render.direction import isolate, isolate_each
from courseweek.render.markdown.markup import render_block
from courseweek.render.sizes import TooLarge
from courseweek.render.views import words
from courseweek.render.views.choices import view_choices
from courseweek.render.views.layout_values import CourseView, EveryWeekView, LinkView, PatternView
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
        page_language=locale.page_tag,
        text_language=locale.text_tag,
        direction=locale.direction,
        zone=locale.zone(term.timezone),
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


def view_every_week(course: Course, texts: Texts) -> EveryWeekView | None:
    """Return the weekly pattern by kinds, the course's channels and the choices; None without any of them."""
    locale, term, kinds = course.syllabus.locale, course.syllabus.term, dict[str | None, list[Pattern]]()
    for each in term.meets:
        kinds.setdefault(each.kind, []).append(each)
    when = locale.gettext("When")
    patterns = tuple(
        PatternView(kind or when, tuple(_view_lines(same, term.week_starts, locale))) for kind, same in kinds.items()
    )
    channels = tuple(view_link(link, texts) for link in course.syllabus.links)
    choices = view_choices(course.syllabus)
    return EveryWeekView(patterns, channels, choices) if patterns or channels or choices else None


def _view_lines(meets: list[Pattern], first: int, locale: Locale) -> Iterator[LinkView]:
    """Yield a line for each place at which a kind of meeting takes place, and for each of its groups."""
    places: dict[str | None, list[Pattern]] = {}
    for each in meets:
        if not each.groups:
            places.setdefault(each.place, []).append(each)
    for place, same in places.items():
        times = (words.pattern_days(each, locale, first) for each in _join_weeks(same))
        yield _view_line(locale.semicolon.join(times), None, place, None, locale)
    for entry in meets:
        for group in entry.groups:
            yield _view_line(words.pattern_days(group, locale, first), group.name, group.place, group.leader, locale)


def _view_line(days: str, name: str | None, place: str | None, leader: str | None, locale: Locale) -> LinkView:
    """Return "A: Mondays, 13:00–16:00, Room 5, D. Volkov" for one group, or without a name for all at one place."""
    online = is_address(place)
    parts: list[str] = [locale.gettext("{name}: {days}", name=isolate(name), days=days) if name else days]
    if place:
        parts.append(locale.gettext("online") if online else isolate(words.hold_place(place)))
    if leader:
        parts.append(isolate(leader))
    return LinkView(Markup(locale.comma).join(parts), place if online else None)


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
