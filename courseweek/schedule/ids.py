"""Ids: those that were written first, then slugs, each once."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from courseweek.diagnostics import Diagnostics, Span
from courseweek.model.slug import LONGEST_ID, make_slug

_RESERVED = re.compile(r"today|week-\d+|(?:week-of|break|open)-\d{4}-\d{2}-\d{2}")


def is_reserved(text: str) -> bool:
    """Tell whether an id is one that the schedule gives its own rows, weeks and anchors."""
    return _RESERVED.fullmatch(text) is not None


def _never(text: str) -> bool:
    return False


@dataclass(slots=True)
class Ids:
    """The ids of one kind of thing (`what`, as in "a meeting") that are taken, with the place of each."""

    what: str
    reserved: Callable[[str], bool] = _never
    taken: dict[str, Span] = field(default_factory=dict)

    def claim(self, text: str, span: Span, found: Diagnostics) -> str | None:
        """Take a written id; report it and return None if it is reserved or used twice."""
        if self.reserved(text):
            found.error("reserved-id", f"the id `{text}` is kept for the schedule's own rows", span, help="choose another id")
            return None
        if text in self.taken:
            found.error(
                "duplicate-id", f"the id `{text}` is used twice", span, other=(self.taken[text], "it is used here first"), help="choose another id"
            )
            return None
        self.taken[text] = span
        return text

    def make(self, title: str, fallback: str, span: Span) -> str:
        """Return and take the next free id for a title: its slug, or `fallback` if that is empty, then `-2`, `-3` …"""
        base = make_slug(title) or fallback
        made, count = base, 1
        while made in self.taken or self.reserved(made):
            count += 1
            end = f"-{count}"
            made = base[: LONGEST_ID - len(end)].rstrip("-") + end
        self.taken[made] = span
        return made
