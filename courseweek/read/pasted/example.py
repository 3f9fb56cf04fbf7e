"""Readings above the first meeting: mostly the example behind `#` that a file of readings begins with.

Removing its `#`, or editing it behind them, is meant to add a reading and adds none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from courseweek.diagnostics import Diagnostic, Source
from courseweek.read.pasted.text_lines import Pasted, TextLine
from courseweek.regex import lazy_pattern

_TITLE = lazy_pattern(r"#[ \t]*-[ \t]+title:[ \t]+(?P<title>\S.*)")
_URL = lazy_pattern(r"#[ \t]*url:[ \t]+https?://(?P<host>[^\s/?#]+)\S*")
_SAMPLE = lazy_pattern(r"(?:.*\.)?example(?:\.\w+)?", re.IGNORECASE)


def find_readings_above(lines: Sequence[TextLine], at: int) -> Pasted | None:
    """Return the readings that begin on a line above all meetings, or None."""
    if not lines[at].dashes or not _is_first(lines, at):
        return None
    end = count = 0
    meeting = ""
    for place in range(at, len(lines)):
        line = lines[place]
        if line.is_entry and line.indent == 0 and not line.dashes:
            meeting = line.body.partition(":")[0]
            break
        if not line.is_empty and not line.is_comment:
            end, count = place + 1, count + 1
    if not meeting or not lines[at].has_key:
        return None
    lines_said = "this line" if count == 1 else f"these {count} lines"
    help = f"move {lines_said} below `required:` or `optional:` of its meeting, such as `{meeting}:`"
    message = "a reading belongs under a meeting, and no meeting is above it"
    return Pasted("no-meeting", "a reading", end - at, (), sure=False, rewritten=(), help=help, message=message)


def _is_first(lines: Sequence[TextLine], at: int) -> bool:
    """Return whether only comments are above a line."""
    return all(lines[place].is_empty or lines[place].is_comment for place in range(at - 1, -1, -1))


def find_commented_reading(source: Source) -> Diagnostic | None:
    """Return the warning for a reading that was written behind the `#` of the example above all meetings, or None.

    An example leads to a host such as `example.org`.
    """
    at = 0
    title: tuple[int, int] | None = None
    for raw in source.text.split("\n"):
        line = raw.rstrip(" \t\r")
        bare = line.lstrip(" \t")
        if bare and not bare.startswith("#"):
            return None
        named, url = _TITLE.fullmatch(bare), _URL.fullmatch(bare)
        if named is not None:
            title = (at + len(line) - len(bare), at + len(line))
        elif url is not None and title is not None and _SAMPLE.fullmatch(url["host"]) is None:
            message = "this reading is a comment, so it does not appear on the site"
            help = "copy its lines below `required:` or `optional:` of its meeting, without the `#`"
            return Diagnostic("warning", "commented-reading", message, source.span(*title), help)
        at += len(raw) + 1
    return None
