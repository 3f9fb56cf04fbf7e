"""Sentences of prose, and the headings above them."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cached_property

from courseweek.regex import lazy_pattern

SENTENCE_END = lazy_pattern(
    r"(?<=[\w)*_\"”]{2}[.;!?])(?<!Mon\.)(?<!Tue\.)(?<!Wed\.)(?<!Thu\.)(?<!Fri\.)(?<!Sat\.)(?<!Sun\.)\s+(?=[A-Z*_\[])"
    r"|\n[ \t]*\r?\n|\n(?=[ \t]*(?:[-*+|#>]|\d+[.)])[ \t])"
)
"""What ends a sentence: a sign before a capital letter, an empty line, or the next item, row or heading."""
LONGEST_SENTENCE = 1_000
"""Characters in a sentence: longer text is not compared."""
_LONGEST_LIST = 4_000
_HEADING = lazy_pattern(r"^ {0,3}(#{1,6}[ \t]+[^\n]*|[^\n]+(?=\r?\n {0,3}(?:=+|-+)[ \t]*\r?$))", re.MULTILINE)
_ITEM = lazy_pattern(r"[ \t]*(?:[-*+|]|\d+[.)])[ \t]|\s*$")


def find_sentence(words: str, start: int, end: int) -> tuple[int, int]:
    """Return where the sentence begins and ends that has what is between `start` and `end`."""
    first, last = max(0, start - LONGEST_SENTENCE), min(len(words), end + LONGEST_SENTENCE)
    begin = first
    for match in SENTENCE_END.finditer(words, first, start):
        begin = match.end()
    stop = SENTENCE_END.search(words, end, last)
    return begin, stop.start() if stop else last


class Headings:
    """The headings of a text, found when one is first asked for."""

    def __init__(self, words: str) -> None:
        """Take the words of the text."""
        self.words = words

    @cached_property
    def found(self) -> list[tuple[int, str]]:
        """Where each heading begins, and its words without the signs."""
        return [(match.start(), match[1].strip("# \t\r")) for match in _HEADING.finditer(self.words)]

    def above(self, at: int) -> str:
        """Return the heading of the section that a place is in; empty if there is none above it."""
        below = bisect_left(self.found, (at, ""))
        return self.found[below - 1][1] if below else ""


def find_introduction(words: str, at: int) -> str:
    """Return the line that introduces the list or the table that a place is in; empty if it is in neither."""
    lines = words[max(0, at - _LONGEST_LIST) : at].rsplit("\n", 40)
    if not _ITEM.match(f"{lines[-1]}{words[at : at + 1]}") or not lines[-1].strip():
        return ""
    return next((line for line in reversed(lines[:-1]) if not _ITEM.match(line)), "")
