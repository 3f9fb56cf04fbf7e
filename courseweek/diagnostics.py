"""What is wrong in a course's files, as values with a place.

A `Source` is the text of one file, a `Span` a place in it, a `Diagnostic` one thing that is wrong there.
Every stage returns diagnostics; `courseweek.report` turns them into text.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import field, replace
from typing import Literal

from courseweek.frozen import dataclass

Severity = Literal["error", "warning"]
MOST_SUGGESTIONS = 60
"""How often one run looks for the word that was probably meant."""
MOST_REPORTED = 200
"""Errors and warnings reported for one file; the rest are only counted."""
LONGEST_MESSAGE = 2_000
"""A message repeats at most about this many characters of a file."""
MOST_COMPARED = 10_000_000
"""Pairs of letters that one run compares for that."""
SHORT = 4
"""Letters of a word in which one mistake is all that a suggestion bridges."""
LONGEST_SUGGESTED = 100
"""Longer words get no suggestion: they are not typing slips."""


class Source:
    """The text of one file of a course.

    Lines end at LF or CRLF and at nothing else, as editors count them; a lone CR, U+0085 and U+2028 do not
    end a line. Columns are code points.
    """

    __slots__ = ("_starts", "name", "text")

    def __init__(self, name: str, text: str) -> None:
        """Take the file's name, relative to the course with `/` between folders, and its text."""
        self.name = name
        self.text = text
        self._starts: list[int] | None = None

    def _line_starts(self) -> list[int]:
        if self._starts is None:
            starts = [0]
            at = self.text.find("\n")
            while at >= 0:
                starts.append(at + 1)
                at = self.text.find("\n", at + 1)
            self._starts = starts
        return self._starts

    def position(self, index: int) -> tuple[int, int]:
        """Return line and column, both from 1, of the code point at `index`."""
        starts = self._line_starts()
        line = bisect_right(starts, index)
        return line, index - starts[line - 1] + 1

    def line(self, number: int) -> str:
        """Return the line with this number (from 1) without its line end; empty past the last line."""
        starts = self._line_starts()
        if not 1 <= number <= len(starts):
            return ""
        end = starts[number] - 1 if number < len(starts) else len(self.text)
        text = self.text[starts[number - 1] : end]
        return text.removesuffix("\r") if number < len(starts) else text

    def span(self, start: int, end: int) -> Span:
        """Return the span from index `start` to index `end` (code points)."""
        return Span(self, start, max(start, end))

    def whole(self) -> Span:
        """Return the empty span at the file's first character, for what is wrong with the file as a whole."""
        return Span(self, 0, 0)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a source: `start` and `end` are indices of code points, the end exclusive."""

    source: Source
    start: int
    end: int

    @property
    def file(self) -> str:
        """The file's name, relative to the course."""
        return self.source.name

    @property
    def line(self) -> int:
        """The first line, from 1."""
        return self.source.position(self.start)[0]

    @property
    def column(self) -> int:
        """The first column, from 1, in code points."""
        return self.source.position(self.start)[1]

    @property
    def text(self) -> str:
        """The text of this stretch."""
        return self.source.text[self.start : self.end]

    def within(self, start: int, end: int) -> Span:
        """Return the part from `start` to `end`, both counted from this span's start."""
        return Span(self.source, self.start + start, self.start + max(start, end))


@dataclass(frozen=True, slots=True)
class Edit:
    """A change of a file's text: what is at `span` becomes `text`."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One thing that is wrong at one place.

    `name` is its lasting name (`unknown-key`), `message` one clause in the course's words, `help` the remedy,
    `other` a second place with what it is, where there are two ends to a mismatch. `fix` repairs it, and is there only
    where one answer is safe: nobody could have meant anything else.
    """

    severity: Severity
    name: str
    message: str
    span: Span
    help: str | None = None
    other: tuple[Span, str] | None = None
    fix: tuple[Edit, ...] = ()

    def sort_key(self) -> tuple[str, int, int, str, str]:
        """Return what diagnostics are sorted by: file, place, name, message."""
        return (self.span.file, self.span.start, self.span.end, self.name, self.message)


@dataclass(slots=True)
class Diagnostics:
    """A collector that one stage fills: each cause once, in the order of their finding."""

    found: list[Diagnostic] = field(default_factory=list)
    _seen: set[tuple[str, str, str, int]] = field(default_factory=set)
    _suggestions: int = 0
    _compared: int = 0
    total: int = 0
    errors: int = 0
    _wrong: set[str] = field(default_factory=set)
    _reported: dict[str, int] = field(default_factory=dict)
    _closing: dict[str, int] = field(default_factory=dict)

    def add(self, diagnostic: Diagnostic) -> None:
        """Add one diagnostic, unless the very same was added before; what it repeats of a file is cut.

        `total` and `errors` also count what is not reported because a file has too much of it.
        """
        message, help = _shorten(diagnostic.message), diagnostic.help and _shorten(diagnostic.help)
        if (message, help) != (diagnostic.message, diagnostic.help):
            diagnostic = replace(diagnostic, message=message, help=help)
        span = diagnostic.span
        key = (diagnostic.name, diagnostic.message, span.file, span.start)
        if key in self._seen:
            return
        self.total += 1
        if diagnostic.severity == "error":
            self._wrong.add(span.file)
            self.errors += 1
        count = self._reported[span.file] = self._reported.get(span.file, 0) + 1
        if count <= MOST_REPORTED:
            self._seen.add(key)
            self.found.append(diagnostic)
        else:
            self._count(diagnostic, count - MOST_REPORTED)

    def _count(self, diagnostic: Diagnostic, more: int) -> None:
        """Count what is not reported, as an error if one of it is an error."""
        file = diagnostic.span.file
        message = f"{more:,} more errors and warnings in this file are not shown"
        at = self._closing.get(file)
        if at is None:
            self._closing[file] = len(self.found)
            self.found.append(replace(diagnostic, name="too-many", message=message, help=None, other=None, fix=()))
            return
        worse: Severity = "error" if diagnostic.severity == "error" else self.found[at].severity
        self.found[at] = replace(self.found[at], message=message, severity=worse)

    def absorb(self, other: Diagnostics) -> None:
        """Add all that another collector found, in files of which this one has nothing yet."""
        self._closing |= {file: at + len(self.found) for file, at in other._closing.items()}
        self.found += other.found
        self._seen |= other._seen
        self._wrong |= other._wrong
        for file, count in other._reported.items():
            self._reported[file] = self._reported.get(file, 0) + count
        self.total += other.total
        self.errors += other.errors
        self._suggestions += other._suggestions
        self._compared += other._compared

    def withdraw(self, name: str, place: Span) -> None:
        """Take back a warning of this name that begins at this place: a better report replaces it."""
        for at, each in enumerate(self.found):
            here = (each.span.file, each.span.start) == (place.file, place.start)
            if here and each.name == name and each.severity == "warning" and place.file not in self._closing:
                del self.found[at]
                self._closing = {file: index - (index > at) for file, index in self._closing.items()}
                self._reported[place.file] -= 1
                self.total -= 1
                return

    def error(
        self,
        name: str,
        message: str,
        span: Span,
        *,
        help: str | None = None,
        other: tuple[Span, str] | None = None,
        fix: tuple[Edit, ...] = (),
    ) -> None:
        """Add an error: nothing is published while there is one."""
        self.add(Diagnostic("error", name, message, span, help, other, fix))

    def warning(
        self,
        name: str,
        message: str,
        span: Span,
        *,
        help: str | None = None,
        other: tuple[Span, str] | None = None,
        fix: tuple[Edit, ...] = (),
    ) -> None:
        """Add a warning: the site is still published."""
        self.add(Diagnostic("warning", name, message, span, help, other, fix))

    def suggest(self, word: str, known: Iterable[str], *, cutoff: float = 0.6) -> str | None:
        """Return the known word that `word` most likely stands for, for the first of many such questions.

        A file with thousands of unknown words gets no guess for the later ones: each takes time.
        """
        self._suggestions += 1
        if self._suggestions > MOST_SUGGESTIONS or len(word) > LONGEST_SUGGESTED:
            return None
        words = list(known)
        self._compared += len(word) * sum(map(len, words))
        return suggest(word, words, cutoff=cutoff) if self._compared <= MOST_COMPARED else None

    def has_errors(self, *files: str) -> bool:
        """Return whether there is an error, in one of `files` if any are given."""
        return any(file in self._wrong for file in files) if files else bool(self._wrong)

    def __iter__(self) -> Iterator[Diagnostic]:
        """Iterate in the order of finding."""
        return iter(self.found)


def _shorten(text: str) -> str:
    if len(text) <= LONGEST_MESSAGE:
        return text
    return f"{text[: LONGEST_MESSAGE // 2]} … {text[-LONGEST_MESSAGE // 4 :]}"


def suggest(word: str, known: Iterable[str], *, cutoff: float = 0.6) -> str | None:
    """Return the known word that `word` most likely stands for, or None if none is near.

    `cutoff` is how near it has to be, from 0 (anything) to 1 (the same except for case).
    """
    if len(word) > LONGEST_SUGGESTED:
        return None
    folded: dict[str, str] = {}
    for each in known:
        folded.setdefault(each.casefold(), each)
    import difflib  # of a mistake alone

    near = difflib.get_close_matches(word.casefold(), folded, n=1, cutoff=cutoff)
    return folded[near[0]] if near and _is_near(word.casefold(), near[0]) else None


def _is_near(word: str, other: str) -> bool:
    """Return whether a short word is one mistake away: `tags` and `pages` share most letters and are two words."""
    if len(word) > SHORT:
        return True
    if len(word) == len(other):
        return sorted(word) == sorted(other) or sum(a != b for a, b in zip(word, other, strict=True)) == 1
    longer, shorter = sorted((word, other), key=len, reverse=True)
    rest = iter(longer)
    return all(letter in rest for letter in shorter)
