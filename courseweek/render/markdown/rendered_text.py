"""Texts as HTML, with their links; texts of the YAML files are rendered once, or recalled from an earlier build."""

from __future__ import annotations

import json
from typing import Any, Literal

from markupsafe import Markup

from courseweek.cache import AnswerKind, Memory
from courseweek.frozen import dataclass
from courseweek.render.markdown.cleaning import Rewrite
from courseweek.render.markdown.code import Colors
from courseweek.render.markdown.markup import Above, is_plain, render_block, render_inline, render_prose
from courseweek.render.markdown.remarks import Findings, Remark
from courseweek.render.sizes import TooLarge

Kind = Literal["inline", "block", "prose"]
"""A line of a YAML text, a YAML text of several paragraphs, a page's Markdown."""
_BEGINNING = 200
"""So much of a text is enough to find it again."""


@dataclass(frozen=True, slots=True)
class RenderedText:
    """A text as HTML, what was found in it, and its relative addresses: as written, and as published on that page."""

    html: Markup
    findings: Findings
    rewritten: tuple[tuple[str, str], ...] = ()

    def holds(self, rewrite: Rewrite) -> bool:
        """Return whether all addresses would be published the same from the page of this `rewrite`."""
        return all(rewrite(written) == published for written, published in self.rewritten)


class TextRenderer:
    """Renders the texts of the YAML files for all pages of one build."""

    def __init__(self, memory: Memory) -> None:
        """Take the memory of earlier builds."""
        self.memory = memory
        self._rendered: dict[tuple[Kind, str], RenderedText] = {}

    def render(self, kind: Kind, text: str, rewrite: Rewrite) -> RenderedText:
        """Return a text as HTML. `rewrite` gives the address to publish for a relative one, and only that.

        A fragment of another page, or of an earlier build, is used where it holds here too.
        """
        plain = not needs_markdown(kind, text)
        fragment = self._rendered.get((kind, text))
        if fragment is None and not plain:
            fragment = self.memory.recall(_FRAGMENT, f"{kind}\0{text}")
        if fragment is None or not fragment.holds(rewrite):
            fragment = render_text(kind, text, rewrite)
            if not plain:
                self.memory.keep(_FRAGMENT, f"{kind}\0{text}", fragment)
        self._rendered[kind, text] = fragment
        return fragment


def render_text(
    kind: Kind,
    text: str,
    rewrite: Rewrite,
    taken: frozenset[str] = frozenset(),
    colors: Colors | None = None,
    above: Above | None = None,
) -> RenderedText:
    """Return a text as newly rendered HTML; `taken` has the other ids of the page, and `above` more of them.

    Code that `colors` knows is not colored again.
    """
    findings = Findings()
    rewritten: dict[str, str] = {}

    def note(written: str) -> str:
        rewritten[written] = rewrite(written)
        return rewritten[written]

    try:
        if kind == "prose":
            html = render_prose(text, findings, note, taken, colors, above)
        else:
            html = (render_inline if kind == "inline" else render_block)(text, findings, note)
    except TooLarge as error:
        # What was counted of it so far is as large.
        return RenderedText(Markup(""), Findings(remarks=[Remark("too-large", text[:_BEGINNING], error.message)]))
    return RenderedText(html, findings, tuple(rewritten.items()))


def needs_markdown(kind: Kind, text: str) -> bool:
    """Return whether a text is rendered as Markdown: a page always, a YAML text if it has a mark."""
    return kind == "prose" or not is_plain(text)


def pack_text(text: RenderedText) -> list[Any]:
    """Return all but the HTML of a text as values of JSON, to be kept. Its remarks are few, its links many."""
    findings = text.findings
    remarks = [(each.kind, each.text, each.message, each.at) for each in findings.remarks]
    return [text.rewritten, findings.targets, findings.headings, remarks]


def unpack_text(html: str, packed: list[Any]) -> RenderedText:
    """Return the text of this HTML and of what `pack_text` gave."""
    rewritten, targets, headings, remarks = packed
    findings = Findings(targets, [(level, words) for level, words in headings], [Remark(*each) for each in remarks])
    return RenderedText(Markup(html), findings, tuple((written, published) for written, published in rewritten))


_FRAGMENT = AnswerKind[RenderedText](
    "fragment",
    lambda text: json.dumps([text.html, pack_text(text)]),
    lambda answer: unpack_text(*json.loads(answer)),
)
