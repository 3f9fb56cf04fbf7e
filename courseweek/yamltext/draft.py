"""A part of a file with its reported slips fixed, so that reading goes on; its places are those of the file."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import field, replace
from itertools import pairwise

from courseweek.diagnostics import Diagnostic, Edit, Source, Span
from courseweek.frozen import dataclass
from courseweek.yamltext.grammar import NO_GRAMMAR, Grammar

LONGEST_ABOVE = 4_000
"""Characters above a part of a file that are looked at to explain a fault in it."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What is between two indices of a file, after the edits; `text` is what YAML reads.

    Indices count in `text`; `span` and `locate` give the places of the file as it is.
    """

    source: Source
    start: int
    end: int
    edits: tuple[Edit, ...] = ()
    grammar: Grammar = NO_GRAMMAR
    text: str = field(init=False)
    _begins: list[int] = field(init=False)
    _ends: list[int] = field(init=False)

    def __post_init__(self) -> None:
        """Join the text of its parts."""
        pieces: list[str] = []
        begins: list[int] = []
        ends: list[int] = []
        at, length = self.start, 0
        for edit in self.edits:
            pieces += [self.source.text[at : edit.span.start], edit.text]
            begins.append(length + len(pieces[-2]))
            length = begins[-1] + len(edit.text)
            ends.append(length)
            at = edit.span.end
        pieces.append(self.source.text[at : self.end])
        object.__setattr__(self, "text", "".join(pieces))
        object.__setattr__(self, "_begins", begins)
        object.__setattr__(self, "_ends", ends)

    def fix(self, edits: Iterable[Edit]) -> Draft | None:
        """Return the draft with further edits, or None where two of them touch the same text."""
        wanted = sorted((*self.edits, *edits), key=lambda edit: (edit.span.start, edit.span.end))
        for first, second in pairwise(wanted):
            if second.span.start < first.span.end or first.span == second.span:
                return None
        if any(not self.start <= each.span.start <= each.span.end <= self.end for each in wanted):
            return None
        return Draft(self.source, self.start, self.end, tuple(wanted), self.grammar)

    def above(self) -> str:
        """Return the end of what is in the file above the draft, in whole lines."""
        begin = self.source.text.find("\n", max(0, self.start - LONGEST_ABOVE), self.start) + 1
        return self.source.text[begin if self.start > LONGEST_ABOVE else 0 : self.start]

    def below(self) -> str:
        """Return the line of the file below the draft."""
        return self.source.text[self.end : self.end + LONGEST_ABOVE].partition("\n")[0]

    def part(self, start: int, end: int) -> Draft:
        """Return what is between two indices of `text`, both at the beginning or end of a line."""
        # Looked up, not looked through: a file may fall into as many parts as it has edits.
        first, last = bisect_left(self._begins, start), bisect_right(self._ends, end)
        kept = [
            self.edits[place]
            for place in range(first, last)
            if self._begins[place] < end or self._ends[place] == len(self.text)
        ]
        return Draft(self.source, self.locate(start), self.locate(end), tuple(kept), self.grammar)

    def locate(self, index: int) -> int:
        """Return the index in the file of what is at `index`; inside fixed text, where the edit begins."""
        place = bisect_right(self._begins, index) - 1
        if place < 0:
            return self.start + index
        if index < self._ends[place]:
            edit = self.edits[place].span
            return min(edit.start + index - self._begins[place], edit.end)
        return min(self.edits[place].span.end + index - self._ends[place], self.end)

    def span(self, start: int, end: int) -> Span:
        """Return the place in the file of what is between two indices of `text`."""
        return self.source.span(self.locate(start), self.locate(end))

    def as_source(self) -> Source:
        """Return the text as a source of its own: the file itself where it is all of it and nothing was fixed."""
        return self.source if self.text == self.source.text else Source(self.source.name, self.text)

    def settle(self, diagnostic: Diagnostic) -> Diagnostic:
        """Return a diagnostic whose places are in `as_source()` with those of the file."""
        other = diagnostic.other
        return replace(
            diagnostic,
            span=self._settle(diagnostic.span),
            other=(self._settle(other[0]), other[1]) if other is not None else None,
            fix=tuple(self.settle_edits(diagnostic.fix)),
        )

    def settle_edits(self, edits: Iterable[Edit]) -> list[Edit]:
        """Return edits whose places are in `as_source()` with those of the file."""
        return [Edit(self._settle(edit.span), edit.text) for edit in edits]

    def _settle(self, span: Span) -> Span:
        return self.span(span.start, span.end)
