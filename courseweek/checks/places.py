"""Where in a source something stands that was found in what was drawn."""

from __future__ import annotations

from courseweek.diagnostics import Span
from courseweek.model.course import Course


def place_in_prose(prose: Span, target: str) -> Span:
    """Return where a target stands in its text, as nearly as it can be found there."""
    for written in (target, target.replace(".html", ".md")):
        at = prose.text.find(f"({written}")
        at = at + 1 if at >= 0 else prose.text.find(written)
        if at >= 0:
            return prose.within(at, at + len(written))
    return prose.within(0, 0)


def place_in_yaml(course: Course, text: str) -> Span:
    """Return where a text stands in the YAML files, or the start of the syllabus where it can't be found."""
    sources = {course.origin.span.source.name: course.origin.span.source}
    for each in course.reading_lists.values():
        sources[each.origin.span.source.name] = each.origin.span.source
    for source in sources.values():
        at = source.text.find(text)
        if at >= 0:
            return source.span(at, at + len(text))
    return course.origin.span.source.whole()
