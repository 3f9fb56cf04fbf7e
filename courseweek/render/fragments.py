"""Texts as HTML, each drawn once: what was drawn before, on another page or in an earlier build, is recalled."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup

from courseweek.cache import Memory
from courseweek.render.markup import Links, Rewrite, is_plain, render_block, render_inline, render_prose
from courseweek.render.maths import FormulaError

Kind = Literal["inline", "block", "prose"]
"""A line of a YAML text, a YAML text of several paragraphs, a page's Markdown."""
_LISTS = (
    "targets",
    "refused",
    "unreadable",
    "unnamed_images",
    "wordless",
    "surplus_rows",
    "unused_definitions",
    "left_out",
)


@dataclass(frozen=True, slots=True)
class Fragment:
    """A text as HTML, what it links to, and its relative addresses: as written, and as published on that page."""

    html: Markup
    links: Links
    rewritten: tuple[tuple[str, str], ...] = ()


class Fragments:
    """Draws texts, those of all pages of one build."""

    def __init__(self, memory: Memory) -> None:
        """Take the memory of earlier builds."""
        self.memory = memory
        self._drawn: dict[tuple[Kind, str, frozenset[str]], Fragment] = {}

    def draw(self, kind: Kind, text: str, rewrite: Rewrite, taken: frozenset[str] = frozenset()) -> Fragment:
        """Return a text as HTML. `rewrite` gives the address to publish for a relative one, and only that.

        `taken` are the ids that the page uses otherwise. A fragment of another page, or of an earlier build, is used
        where all its addresses would be published the same from here.
        """
        key = (kind, text, taken)
        fragment = self._drawn.get(key)
        if fragment is None and not (kind != "prose" and is_plain(text)):
            fragment = self._recall(key)
        if fragment is None or any(rewrite(written) != published for written, published in fragment.rewritten):
            fragment = draw_fragment(kind, text, rewrite, taken)
            self.keep(kind, text, taken, fragment)
        self._drawn[key] = fragment
        return fragment

    def keep(self, kind: Kind, text: str, taken: frozenset[str], fragment: Fragment) -> None:
        """Remember a fragment, for this build and the next ones."""
        self._drawn[kind, text, taken] = fragment
        if kind == "prose" or not is_plain(text):
            self.memory.remember(f"fragment {kind}", _question(text, taken), _write(fragment))

    def knows(self, text: str, taken: frozenset[str]) -> bool:
        """Tell whether a page's Markdown was drawn before, in whatever way its addresses were published."""
        fragment = self._recall(("prose", text, taken))
        if fragment is not None:
            self._drawn["prose", text, taken] = fragment
        return fragment is not None

    def _recall(self, key: tuple[Kind, str, frozenset[str]]) -> Fragment | None:
        kind, text, taken = key
        answer = self.memory.recall(f"fragment {kind}", _question(text, taken))
        return None if answer is None else _read(answer)


def draw_fragment(kind: Kind, text: str, rewrite: Rewrite, taken: frozenset[str] = frozenset()) -> Fragment:
    """Return a text as HTML, drawn anew."""
    links = Links()
    rewritten: dict[str, str] = {}

    def note(written: str) -> str:
        rewritten[written] = rewrite(written)
        return rewritten[written]

    if kind == "prose":
        html = render_prose(text, links, note, taken)
    else:
        html = (render_inline if kind == "inline" else render_block)(text, links, note)
    return Fragment(html, links, tuple(rewritten.items()))


def _question(text: str, taken: frozenset[str]) -> str:
    return "\0".join((*sorted(taken), "", text))


def _write(fragment: Fragment) -> str:
    links = fragment.links
    return json.dumps(
        {
            "html": fragment.html,
            "rewritten": fragment.rewritten,
            "headings": links.headings,
            "formula_errors": [(latex, error.message, error.offset) for latex, error in links.formula_errors],
            **{name: found for name in _LISTS if (found := getattr(links, name))},
        }
    )


def _read(answer: str) -> Fragment:
    kept = json.loads(answer)
    links = Links(
        headings=[(level, words) for level, words in kept["headings"]],
        formula_errors=[(latex, FormulaError(message, offset)) for latex, message, offset in kept["formula_errors"]],
        **{name: kept.get(name, []) for name in _LISTS},
    )
    return Fragment(
        Markup(kept["html"]), links, tuple((written, published) for written, published in kept["rewritten"])
    )
