"""Edits of one value in a YAML file, which leave all that is around it as it is."""

from __future__ import annotations

import json
from collections.abc import Iterable

from courseweek.diagnostics import Edit, Span
from courseweek.read.carryover import trim_value
from courseweek.yamltext.slips.glued import write_between_braces

Pairs = Iterable[tuple[str, str]]
"""Keys with their texts."""


def quote_whole(text: str) -> str:
    """Return a text of one line between quotes, as YAML reads it back."""
    if '"' not in text and "\\" not in text:
        return f'"{text}"'
    return "'" + text.replace("'", "''") + "'"


def write_plainly(text: str) -> str:
    """Return a text as YAML reads it anywhere on one line: in quotes only where it must be."""
    if "\n" in text:
        return json.dumps(text, ensure_ascii=False)
    return text if write_between_braces(text) == text else quote_whole(text)


def replace_value(span: Span, text: str) -> Edit:
    """Return the edit that gives a value another text of one line, in the quotes that it was written in."""
    written = span.text
    if written.startswith("'"):
        return Edit(span, "'" + text.replace("'", "''") + "'")
    if written.startswith('"') or write_plainly(text) != text:
        return Edit(trim_value(span), quote_whole(text))
    return Edit(trim_value(span), text)


def is_between_brackets(span: Span) -> bool:
    """Return whether a list or a mapping is written in one piece between brackets or braces."""
    return span.text[:1] in ("[", "{")


def insert_before(key: Span, name: str, text: str, *, between_braces: bool) -> Edit:
    """Return the edit that writes a key with its text before the key at this place, in the same mapping."""
    entry = f"{name}: {write_plainly(text)}"
    after = ", " if between_braces else f"{line_end_of(key)}{indent_of(key)}"
    return Edit(key.within(0, 0), f"{entry}{after}")


def line_end_of(span: Span) -> str:
    """Return what ends the lines of the file of this place."""
    return "\r\n" if "\r\n" in span.source.text else "\n"


def indent_of(key: Span) -> str:
    """Return the spaces before a key that other keys of its mapping are aligned with."""
    return " " * (key.column - 1)


def end_of_line(span: Span) -> Span:
    """Return the empty place at the end of the line in which this place ends, before its line end."""
    text = span.source.text
    end = text.find("\n", span.end)
    end = len(text) if end < 0 else end - (text[end - 1] == "\r")
    return span.source.span(end, end)


def write_mapping(pairs: Pairs) -> str:
    """Return keys with their texts as a mapping between braces."""
    return "{" + ", ".join(f"{key}: {write_plainly(text)}" for key, text in pairs) + "}"
