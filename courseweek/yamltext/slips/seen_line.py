"""A line as a scan comes to it, with the lines above, and what a slip finds in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import field

from courseweek.diagnostics import Diagnostic, Edit, Source, Span
from courseweek.frozen import dataclass
from courseweek.yamltext.grammar import Grammar

ODD = "\u00a0\u1680\u2000-\u200b\u202f\u205f\u3000"
"""Spaces that YAML takes for letters."""

BULLETS = "•·‣◦▪●○∙⁃–—−*+"
"""What word processors and Markdown begin an item with."""


@dataclass(frozen=True, slots=True)
class AboveLine:
    """A written line above: its indent, whether it is an item, whether it ends with a key, and its first key."""

    indent: int
    item: bool
    opens: bool
    key: str


@dataclass(slots=True)
class SeenLine:
    """One line of a text that was not yet given to a parser.

    `begin` is where it begins in the source. `text` is the line without what was found in it so far; `lines` are those
    above, nearest first, and `above` are those that it may be under, outermost first.
    """

    source: Source
    grammar: Grammar
    begin: int
    text: str
    lines: list[str] = field(default_factory=list)
    above: list[AboveLine] = field(default_factory=list)

    @property
    def as_written(self) -> bool:
        """Whether the line is as in the file: its columns are, then."""
        return self.source.text.startswith(self.text.rstrip(), self.begin)

    @property
    def indent(self) -> int:
        """How many spaces it begins with."""
        return len(self.text) - len(self.text.lstrip())

    @property
    def end(self) -> int:
        """Where in the source its text ends, if it is as written."""
        return self.begin + len(self.text.rstrip())

    def span(self, start: int, end: int) -> Span:
        """Return the place of what is between two columns, from 0."""
        return self.source.span(self.begin + start, self.begin + end)

    @property
    def is_in_brackets(self) -> bool:
        """Whether a bracket of the line above is still open."""
        return any(
            line.count("{") + line.count("[") > line.count("}") + line.count("]") or line.endswith(",")
            for line in self.lines[:1]
        )

    @property
    def continues_markdown(self) -> bool:
        """Whether the line is further in than a key above it with a text in Markdown, which it continues."""
        owner = next((each for each in reversed(self.above) if each.indent < self.indent), None)
        return owner is not None and not owner.opens and self.grammar.value_of(owner.key).markdown

    def holds_text(self, key: str) -> bool:
        """Return whether a key can hold nothing but a text: a list of Markdown below it is part of that."""
        value = self.grammar.value_of(key)
        return not value.anything and value.items is None and not value.keys


@dataclass(frozen=True, slots=True)
class Found:
    """What a slip finds in a line: what is reported, the line as it is read from here on, and the edits for that.

    All finds of one `kind` are reported as one, at the first. Of a kind that is `single` each of the first ones is. A
    line that is `left_out` is not read.
    """

    kind: tuple[str, ...]
    report: Diagnostic
    edits: tuple[Edit, ...]
    line: str
    single: bool = False
    left_out: bool = False


@dataclass(frozen=True, slots=True)
class LineSlip:
    """A kind of typing mistake that YAML may take in silence.

    `find` yields what it finds in a line. Its docstring has what is typed wrong and what was meant.
    """

    name: str
    find: Callable[[SeenLine], Iterator[Found]]
