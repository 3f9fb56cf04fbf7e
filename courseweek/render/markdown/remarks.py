"""What rendering finds in a text: links, headings, and remarks that checks turn into diagnostics."""

from __future__ import annotations

from dataclasses import field
from typing import Literal

from courseweek.frozen import dataclass

RemarkKind = Literal[
    # Links and pictures.
    "refused-link",  # its scheme is not one that a page may have
    "wordless-link",
    "unreadable-link",  # its address is not one that a browser reads; `text` is its words
    "unnamed-image",  # it has no alternative text; `text` is its source
    # What is not shown.
    "surplus-row",  # a row of a table with too many cells, as it was written
    "unused-definition",  # `[name]: address`, where no link has the name
    "left-out-tag",
    "formula",  # it can't be read; `message` says why, and `at` is the index in it where it goes wrong
    "too-large",  # too much would be made of the text; `text` is how it begins, `message` says why
    # Ids in HTML that are not published.
    "bad-id",  # it is not an id
    "taken-id",  # the page itself has it
    "repeated-id",  # the texts of the page give it twice
    # What GitHub shows in another way; `text` is the line from the comment on, or the formula.
    "across-comment",
    "endless-comment",
    "shown-comment",
    "cut-formula",
]


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing to say about a text. `text` is what it is about, by which its place in the source is found."""

    kind: RemarkKind
    text: str
    message: str = ""
    at: int = 0


@dataclass(slots=True)
class Findings:
    """What was found in one text or several, each list in the order of the text.

    `targets` are the addresses of links and pictures as published, `headings` the levels and words of headings.
    `written` are the relative addresses of YAML texts as they were written: as seen from the top of the site.
    """

    targets: list[str] = field(default_factory=list)
    headings: list[tuple[int, str]] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    written: list[str] = field(default_factory=list)

    def note(self, kind: RemarkKind, text: str, message: str = "", at: int = 0) -> None:
        """Add a remark."""
        self.remarks.append(Remark(kind, text, message, at))

    def of(self, kind: RemarkKind) -> list[Remark]:
        """Return the remarks of one kind."""
        return [remark for remark in self.remarks if remark.kind == kind]

    def add(self, other: Findings) -> None:
        """Add what was found in another text."""
        self.targets += other.targets
        self.headings += other.headings
        self.remarks += other.remarks
        self.written += other.written
