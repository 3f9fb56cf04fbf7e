"""Edits that take something off the site: a key, a value, an item of a list, a cell of a table, a page."""

from __future__ import annotations

import re

from courseweek.diagnostics import Edit, Span
from courseweek.model.origin import Origin
from courseweek.model.page import Page
from courseweek.read.carryover import trim_value
from courseweek.roll.value_edits import end_of_line, line_end_of, replace_value

_ITEM_BEFORE = re.compile(r"[ \t]*-[ \t]+\{?[ \t]*")
_ITEM_AFTER = re.compile(r"[ \t]*,?[ \t]*\}?[ \t]*(?:#[^\r\n]*)?")
_COMMA_BEFORE = re.compile(r",[ \t]*$")
_REST_OF_LINE = re.compile(r"[ \t]*(?:#[^\r\n]*)?(?:\r?\n|$)")


def delete_key(origin: Origin, key: str) -> tuple[Edit, ...]:
    """Return the edits that delete a key with its value: its lines, or its part of a line between braces.

    A key that can't be deleted so keeps its place and loses its value.
    """
    place, value = origin.key(key), trim_value(origin.of(key))
    source = place.source
    begin = _line_start(place)
    if not source.text[begin : place.start].strip():
        after = _REST_OF_LINE.match(source.text, value.end)
        if after is not None:
            return (Edit(source.span(begin, after.end()), ""),)
    comma = _COMMA_BEFORE.search(source.text, begin, place.start)
    if comma is not None:
        return (Edit(source.span(comma.start(), value.end), ""),)
    return empty_value(origin, key)


def empty_value(origin: Origin, key: str) -> tuple[Edit, ...]:
    """Return the edits that leave a key without its value."""
    place, value = origin.key(key), trim_value(origin.of(key))
    below = _delete_below(place, value)
    return (below,) if below is not None else empty_text(value)


def replace_list(key: Span, value: Span, text: str) -> tuple[Edit, ...]:
    """Return the edits that write a value on the line of its key, in YAML, for a list or a mapping."""
    below = _delete_below(key, trim_value(value))
    if below is None:
        return (Edit(trim_value(value), text),)
    colon = key.source.text.find(":", key.end) + 1
    return (Edit(key.source.span(colon, colon), f" {text}"), below)


def _delete_below(key: Span, value: Span) -> Edit | None:
    """Return the edit that deletes a value below the line of its key, None for one that begins in it.

    The line end before it goes with it, a comment at the key stays.
    """
    first = end_of_line(key)
    return Edit(key.source.span(first.end, value.end), "") if first.end < value.start else None


def empty_text(value: Span) -> tuple[Edit, ...]:
    """Return the edits that delete a text; the space after its key stays where more of the line follows."""
    if end_of_line(value).start != value.end:
        return (Edit(value, ""),)
    before = value.source.text[_line_start(value) : value.start]
    return (Edit(value.within(len(before.rstrip()) - len(before), value.end - value.start), ""),)


def delete_item(origin: Origin) -> tuple[Edit, ...]:
    """Return the edits that delete an item of a list, a mapping or a text on lines of its own; none for another."""
    source = origin.span.source
    places = (*origin.keys.values(), *origin.fields.values()) or (origin.span,)
    start, end = min(each.start for each in places), max(trim_value(each).end for each in places)
    begin = source.text.rfind("\n", 0, start) + 1
    after = _ITEM_AFTER.match(source.text, end)
    if _ITEM_BEFORE.fullmatch(source.text, begin, start) is None or after is None:
        return ()
    stop = source.text.find("\n", after.end())
    stop = len(source.text) if stop < 0 else stop + 1
    return (Edit(source.span(begin, stop), ""),) if not source.text[after.end() : stop].strip() else ()


def clear_cell(span: Span) -> tuple[Edit, ...]:
    """Return the edits that leave a cell of a table empty."""
    return (Edit(span, ""),)


def make_draft(page: Page) -> tuple[Edit, ...]:
    """Return the edits that make a page a draft, which stays in the course's files and is not on the site."""
    source = page.body.source
    line_end = line_end_of(page.body)
    if "draft" in page.origin.fields:
        return (replace_value(page.origin.of("draft"), "yes"),)
    if page.origin.keys:
        first = min(page.origin.keys.values(), key=lambda each: each.start)
        if first.column > 1:
            return ()
        return (Edit(first.within(0, 0), f"draft: yes{line_end}"),)
    if source.text.startswith("---"):
        return ()
    return (Edit(source.whole(), f"---{line_end}draft: yes{line_end}---{line_end}"),)


def _line_start(span: Span) -> int:
    return span.source.text.rfind("\n", 0, span.start) + 1
