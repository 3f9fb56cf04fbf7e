"""What goes into `carryover.yaml`: what of the last term nobody has looked at."""

from __future__ import annotations

import re
from collections.abc import Iterable

from courseweek.diagnostics import Span
from courseweek.model.course import Course
from courseweek.read.carryover import digest_value, list_parts
from courseweek.roll.todo import Todo
from courseweek.roll.value_edits import write_plainly

_HEAD = """\
# From the last term, and not confirmed for this one yet: the site says so beside topics and assignments.
# Delete a line once it is right. What you change in syllabus.yaml counts as confirmed.
"""
_SCHEMA = re.compile(r"^(# yaml-language-server: \$schema=\S*)syllabus\.schema\.json[ \t]*\r?$", re.MULTILINE)
_ALWAYS_OPEN = ("tbd", "old-term")
"""Kinds that are not about this term or the last one, or that only a change settles."""


def write_carryover(open_items: Iterable[Todo], settled: Iterable[Todo], new: Course, old: Course) -> str | None:
    """Return the text of the file for the items that are open; None where it needs no file.

    If the term is the same as before, the file keeps what nobody has confirmed or `settled` since.
    """
    places, gone = _starts(open_items, new), _starts(settled, new)
    before, after = old.syllabus.term, new.syllabus.term
    same_term = (before.starts, before.ends) == (after.starts, after.ends)
    lines: list[str] = []
    for id, fields in list_parts(new.syllabus):
        known = new.carried.get(id, frozenset())
        keys = [
            key
            for key, span in fields.items()
            if (key in known and not _holds(span, gone) if same_term else _holds(span, places))
        ]
        if keys:
            lines.append(f"{write_plainly(id)}:")
            lines += [f"  {key}: {digest_value(fields[key])}" for key in keys]
    if not lines and not old.carried:
        return None
    return _name_schema(new) + _HEAD + "".join(f"{line}\n" for line in lines)


def _name_schema(course: Course) -> str:
    """Return the line that names the schema of the file for editors, if the syllabus names its own."""
    named = _SCHEMA.search(course.syllabus.term.origin.span.source.text)
    return f"{named[1]}carryover.schema.json\n" if named is not None else ""


def _starts(items: Iterable[Todo], course: Course) -> list[int]:
    """Return where items of the syllabus begin."""
    file = course.syllabus.term.origin.span.file
    return [item.span.start for item in items if item.span.file == file and item.kind not in _ALWAYS_OPEN]


def _holds(span: Span, starts: list[int]) -> bool:
    return any(span.start <= start < span.end for start in starts)
