"""The lines of a file as they are written, and what a paste covers of them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from courseweek.frozen import dataclass
from courseweek.read.pasted.citation import Entry
from courseweek.regex import lazy_pattern

KEY = lazy_pattern(r"[a-z_]+:(?:[ ]|$)")
"""A key as readings have it: small letters."""
DASH = lazy_pattern(r"(?:-[ \t]+)+(?=\S)")
MOST_LINES_OF_TEXT = 30
"""Lines above one in which the beginning of its text is looked for."""
_BULLET = lazy_pattern(r"(?:[*+•·‣◦▪●○∙–—-][ \t]+|\d{1,2}[.)][ \t]+)(?=\S)")
_KEY = lazy_pattern(r"[\w-][\w -]{0,60}:(?:[ \t]|$)")
_BLOCK = lazy_pattern(r"(?:^|[ ])[|>][-+0-9]*[ \t]*(?:[ ]#.*)?$")


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of a file: where it begins and ends, its text, its indent, the dashes after that, and the rest."""

    start: int
    end: int
    text: str
    indent: int
    dashes: str
    body: str

    @property
    def is_empty(self) -> bool:
        """Whether nothing is written on it."""
        return not self.body and not self.dashes

    @property
    def is_comment(self) -> bool:
        """Whether it is a comment."""
        return self.body.startswith("#") and not self.dashes

    @property
    def column(self) -> int:
        """How many characters are before the body."""
        return self.indent + len(self.dashes)

    @property
    def has_key(self) -> bool:
        """Whether it begins with a key and its colon."""
        return _KEY.match(self.body) is not None

    @property
    def is_entry(self) -> bool:
        """Whether it begins an item, a meeting or a list of readings, as YAML has it."""
        if self.dashes:
            return self.has_key or self.body[:1] in "\"'["
        return re.fullmatch(r"[\w-]+:[ \t]*(?:#.*)?", self.body) is not None

    @property
    def opens_block(self) -> bool:
        """Whether a text below `|` or `>` begins after it."""
        return _BLOCK.search(self.body) is not None


def split_lines(text: str) -> list[TextLine]:
    """Return the lines of a text, with indices of the text."""
    lines: list[TextLine] = []
    at = 0
    for raw in text.split("\n"):
        written = raw.rstrip(" \t\r")
        bare = written.lstrip(" \t")
        indent = len(written) - len(bare)
        match = DASH.match(bare)
        dashes = match[0] if match is not None else ""
        end = at + len(raw.removesuffix("\r"))
        lines.append(TextLine(at, end, text[at:end], indent, dashes, bare[len(dashes) :]))
        at += len(raw) + 1
    return lines


def split_bullet(text: str) -> tuple[str, str]:
    """Return the bullet or number that begins an item of a list elsewhere, and the text after it."""
    match = _BULLET.match(text)
    return (match[0].strip(), text[match.end() :].strip()) if match is not None else ("", text)


def is_key(line: TextLine) -> bool:
    """Return whether a line begins with a key as readings have it: small letters."""
    return KEY.match(line.body) is not None


def goes_on(lines: Sequence[TextLine], at: int) -> bool:
    """Return whether a line goes on with the text that begins on a line above it, as YAML has it."""
    line = lines[at]
    if line.dashes:
        return False
    for place in range(at - 1, max(-1, at - 1 - MOST_LINES_OF_TEXT), -1):
        above = lines[place]
        if above.is_empty:
            continue
        if (above.column if above.has_key else above.indent) < line.indent:
            ends = above.body.partition(" #")[0].rstrip()
            return not (above.is_comment or above.opens_block or ends.endswith(":"))
        if above.dashes or above.has_key or above.is_comment:
            return False
    return False


def join_bodies(lines: Sequence[TextLine]) -> str:
    """Return the text of several lines without their indents and dashes."""
    return "\n".join(each.body for each in lines)


@dataclass(frozen=True, slots=True)
class Pasted:
    """What was recognized from one line on: its name as a diagnostic, what it is called, how many lines it covers.

    `entries` are the readings in it, citations or lines of Markdown. Where the lines themselves only need a change,
    `rewritten` are the lines to write, and `help` says so. It is `sure` if nothing that counts is lost then.
    """

    name: str
    what: str
    count: int
    entries: tuple[Entry, ...] = ()
    sure: bool = True
    rewritten: tuple[str, ...] | None = None
    help: str = ""
    message: str = ""
    """What is wrong, where it is not that a reading has keys."""
