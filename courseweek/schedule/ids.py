"""Ids: those that were written first, then slugs, each once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field

from courseweek.diagnostics import Diagnostics, Span
from courseweek.frozen import dataclass
from courseweek.model.meeting import Topic
from courseweek.model.slug import LONGEST_ID, make_slug
from courseweek.regex import lazy_pattern

_RESERVED = lazy_pattern(r"today|week-\d+|(?:week-of|break|open)-\d{4}-\d{2}-\d{2}(?:-\d+)?")

ROWS_OF_TOPIC = 100_000
"""More than one topic can make: rows are ordered by topic times this, plus their place in the topic."""


def is_reserved(text: str) -> bool:
    """Return whether an id is one that the schedule gives its own rows, weeks and anchors."""
    return _RESERVED.fullmatch(text) is not None


@dataclass(slots=True)
class Ids:
    """The ids of one kind of thing that are taken, with the place of each.

    `reserved` says which ids are not available, and `kept_for` what they are reserved for.
    """

    reserved: Callable[[str], bool]
    kept_for: str
    taken: dict[str, Span] = field(default_factory=dict)
    _next: dict[str, int] = field(default_factory=dict)

    def claim(self, text: str, span: Span, found: Diagnostics) -> str | None:
        """Take a written id; report it and return None if it is reserved or used twice."""
        help = "choose another id"
        if self.reserved(text):
            found.error("reserved-id", f"the id `{text}` is reserved for {self.kept_for}", span, help=help)
            return None
        if text in self.taken:
            other = (self.taken[text], "it is first used here")
            found.error("duplicate-id", f"the id `{text}` is used twice", span, help=help, other=other)
            return None
        self.taken[text] = span
        return text

    def make(self, title: str, fallback: str, span: Span) -> str:
        """Return and take the next free id for a title: its slug, or `fallback` if that is empty; then `-2`, `-3`."""
        base = make_slug(title) or fallback
        return self._take(base, span, 2 if self.reserved(base) else 1)

    def keep(self, base: str, span: Span) -> str:
        """Return and take an id that is reserved for this very row; the second of its name gets `-2`."""
        return self._take(base, span, 1)

    def _take(self, base: str, span: Span, number: int) -> str:
        number = max(number, self._next.get(base, 1))
        made = _numbered(base, number)
        while made in self.taken:
            number += 1
            made = _numbered(base, number)
        self.taken[made] = span
        self._next[base] = number + 1
        return made


def begin_ids() -> Ids:
    """Return the ids of meetings, none taken yet."""
    return Ids(is_reserved, "the schedule's own rows")


def give_ids(topics: Mapping[int, Topic], found: Diagnostics, ids: Ids | None = None) -> dict[int, str]:
    """Return the id of each row: written ones first, then those that further days make of them, then slugs.

    Rows are named by their order; each has its topic. Ids that can't be given are reported. They are taken in `ids`.
    """
    ids = ids or begin_ids()
    given: dict[int, str] = {}
    for order, topic in sorted(topics.items(), key=lambda each: (each[0] % ROWS_OF_TOPIC > 0, each[0])):
        if topic.id is None:
            continue
        step = order % ROWS_OF_TOPIC
        text = topic.id if step == 0 else f"{topic.id}-{step + 1}"
        claimed = ids.claim(text, topic.origin.of("id"), found)
        if claimed is not None:
            given[order] = claimed
    for order, topic in sorted(topics.items()):
        if order not in given:
            given[order] = ids.make(topic.title, f"meeting-{order // ROWS_OF_TOPIC + 1}", topic.origin.span)
    return given


def _numbered(base: str, number: int) -> str:
    if number == 1:
        return base
    end = f"-{number}"
    return base[: LONGEST_ID - len(end)].rstrip("-") + end
