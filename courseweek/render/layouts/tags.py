"""Where the tags of a layout are, to report a fault at the exact sign: `{% … %}`, `{{ … }}` and `{# … #}`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from courseweek.frozen import dataclass
from courseweek.regex import lazy_pattern

CLOSERS = {"{%": "%}", "{{": "}}", "{#": "#}"}
_OPENER = lazy_pattern(r"\{[%{#]")
_WORD = lazy_pattern(r"[-+]?\s*(\w*)")
_END_OF_RAW = lazy_pattern(r"\{%[-+]?\s*endraw\s*[-+]?%\}")
_LINE_END = lazy_pattern(r"\r\n|\r|\n")
_PAIRED = frozenset({"if", "for", "block", "macro", "call", "filter", "with", "set", "raw", "autoescape"})


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag from `start` to `end`: its `word` (`for`; empty for `{{`), and `sign`, the two characters that open it."""

    start: int
    end: int
    sign: str
    word: str


def find_tags(text: str) -> Iterator[Tag]:
    """Yield the tags of a layout in their order; one that is not closed reaches to the end and is the last."""
    at = 0
    while (opener := _OPENER.search(text, at)) is not None:
        sign = opener[0]
        word = _WORD.match(text, opener.end())
        name = word[1] if word is not None and sign == "{%" else ""
        end = text.find(CLOSERS[sign], opener.end())
        if end < 0:
            yield Tag(opener.start(), len(text), sign, name)
            return
        at = end + 2
        yield Tag(opener.start(), at, sign, name)
        if name == "raw" and (close := _END_OF_RAW.search(text, at)) is not None:
            at = close.start()


def find_open(text: str, before: int) -> Tag | None:
    """Return the innermost `{% … %}` that no `{% end… %}` has closed before this index."""
    waiting: list[Tag] = []
    for tag in find_tags(text):
        if tag.start >= before:
            break
        if waiting and tag.word == f"end{waiting[-1].word}":
            waiting.pop()
        elif tag.word in _PAIRED and not (tag.word == "set" and "=" in text[tag.start : tag.end]):
            waiting.append(tag)
    return waiting[-1] if waiting else None


def find_in_tags(text: str, pattern: str, start: int, stop: int) -> re.Match[str] | None:
    """Return the first place of a pattern inside the tags that touch the stretch from `start` to `stop`."""
    wanted = re.compile(pattern)
    for tag in find_tags(text):
        if tag.start > stop:
            return None
        if tag.end > start and tag.sign != "{#" and (found := wanted.search(text, max(tag.start, start), tag.end)):
            return found
    return None


def line_start(text: str, number: int) -> int:
    """Return the index at which a line begins, counted from 1 as the template language counts lines."""
    ends = _LINE_END.finditer(text)
    return next((end.end() for place, end in enumerate(ends, 2) if place == number), 0 if number <= 1 else len(text))


def index_of_read(text: str, read: int) -> int:
    """Return the index in a layout of one in what the template language reads: each line end is one sign to it."""
    for end in _LINE_END.finditer(text):
        if end.start() >= read:
            break
        read += len(end[0]) - 1
    return min(read, len(text))
