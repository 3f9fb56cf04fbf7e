"""A rendered page, and how it is remembered: one answer for everything made from its texts.

The question is the page's path and its own texts. The answer holds the HTML of each text, and the last page that was
rendered from them with everything else it depends on: if only the navigation changes, a page keeps its texts.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from hashlib import sha256
from typing import Any

from markupsafe import Markup

from courseweek.cache import AnswerKind, Memory
from courseweek.diagnostics import Diagnostics, Span
from courseweek.frozen import dataclass
from courseweek.render.layouts.templates import Layouts
from courseweek.render.markdown.code import Colors
from courseweek.render.markdown.markup import Above
from courseweek.render.markdown.remarks import Findings
from courseweek.render.markdown.rendered_text import (
    RenderedText,
    needs_markdown,
    pack_text,
    render_text,
    unpack_text,
)
from courseweek.render.markdown.rewriter import Rewriter
from courseweek.render.scribe import Request
from courseweek.render.sheets import Sheet
from courseweek.render.sizes import LARGEST_HTML, TooLarge, page_too_large

Describe = Callable[[bytes], str]
"""What is asked of each page for later stages: its bytes alone must decide, as the answer is kept with the page."""


@dataclass(frozen=True, slots=True)
class RenderedPage:
    """A page's HTML, None where its layout made none; what was asked about it; and its texts.

    `around` is the hash of all else that it depends on; `too_large` says why it has no HTML, if it would have too much.
    """

    html: str | None
    described: str
    fragments: tuple[RenderedText, ...]
    too_large: TooLarge | None = None
    around: str = ""


@dataclass(frozen=True, slots=True)
class RecalledPage:
    """What an earlier build knows of a page: all of it, or some of its texts."""

    rendered: RenderedPage | None
    fragments: tuple[RenderedText | None, ...]


class SheetRenderer:
    """Renders sheets; `targets` are the paths to which a page can link."""

    def __init__(self, layouts: Layouts, targets: frozenset[str], describe: Describe) -> None:
        """Take the layouts, the targets, and what is asked of each page."""
        self.layouts = layouts
        self.targets = targets
        self.describe = describe

    def recall(self, sheet: Sheet, memory: Memory) -> RecalledPage:
        """Return what is known of a page and holds today."""
        rendered = memory.recall(PAGE, question_of(sheet))
        if rendered is None:
            return RecalledPage(None, (None,) * len(sheet.texts))
        rewrite = Rewriter(sheet.page.path, self.targets)
        fragments = tuple(each if each.holds(rewrite) else None for each in rendered.fragments)
        whole = None not in fragments and rendered.around == self._around(sheet)
        return RecalledPage(rendered if whole else None, fragments)

    def render(
        self,
        sheet: Sheet,
        known: Sequence[RenderedText | None],
        wanted_at: Span | None,
        found: Diagnostics,
        colors: Colors | None = None,
    ) -> RenderedPage:
        """Return the page, with the texts that are known; what its layout does wrong is reported."""
        rewrite = Rewriter(sheet.page.path, self.targets)
        fragments: list[RenderedText] = []
        above, length = Above(), 0
        for at, (text, fragment) in enumerate(zip(sheet.texts, known, strict=True), 1):
            rendered = fragment or render_text(text.kind, text.text, rewrite, text.taken, colors, above)
            length += len(rendered.html)
            if length > LARGEST_HTML:
                rest = (RenderedText(Markup(""), Findings()),) * (len(sheet.texts) - len(fragments))
                return RenderedPage(None, "", (*fragments, *rest), page_too_large(sheet.page.path, text.text))
            if at < sheet.stretches:
                above.add(rendered.html)
            elif at == sheet.stretches:
                above = Above()  # what follows has ids of its own
            fragments.append(rendered)
        filled = sheet.fill([fragment.html for fragment in fragments])
        try:
            html = self.layouts.render(sheet.layout, wanted_at, found, **filled)
        except TooLarge as error:
            return RenderedPage(None, "", tuple(fragments), error)
        if html is None:
            return RenderedPage(None, "", tuple(fragments))
        return RenderedPage(html, self.describe(html.encode("utf-8")), tuple(fragments), around=self._around(sheet))

    def ask(self, sheet: Sheet, known: Sequence[RenderedText | None], colors: Colors) -> list[Request | None]:
        """Return for each text what to ask a scribe for; None if it is known, needs none, or depends on another."""
        return [
            Request(sheet.page.path, text.kind, text.text, text.taken, colors)
            if fragment is None and needs_markdown(text.kind, text.text) and not 0 < at < sheet.stretches
            else None
            for at, (text, fragment) in enumerate(zip(sheet.texts, known, strict=True))
        ]

    def _around(self, sheet: Sheet) -> str:
        return sha256(f"{self.layouts.identity}\0{sheet.around}".encode("utf-8", "surrogatepass")).hexdigest()


def _write_page(rendered: RenderedPage) -> str:
    """Return a page as text. One without HTML is known by its texts alone."""
    body = rendered.html or ""
    texts: list[tuple[int, int, list[Any]]] = []
    for fragment in rendered.fragments:
        text = str(fragment.html)
        at = body.find(text)  # most appear unchanged in their page, and need not be kept twice
        if at < 0:
            at, body = len(body), body + text
        texts.append((at, at + len(text), pack_text(fragment)))
    head = json.dumps([rendered.around, len(rendered.html or ""), len(body), texts])
    return f"{head}\n{body}{rendered.described}"


def _read_page(answer: str) -> RenderedPage:
    """Return the page that `_write_page` wrote."""
    end = answer.index("\n")
    around, page, length, texts = json.loads(answer[:end])
    body = answer[end + 1 : end + 1 + length]
    fragments = tuple(unpack_text(body[start:stop], kept) for start, stop, kept in texts)
    return RenderedPage(body[:page] if around else None, answer[end + 1 + length :], fragments, around=around)


PAGE = AnswerKind[RenderedPage]("page", _write_page, _read_page)


def question_of(sheet: Sheet) -> str:
    """Return the page's path and texts, each with its length before it: none can be taken for two."""
    parts = [sheet.page.path]
    for text in sheet.texts:
        taken = " ".join(sorted(text.taken))
        parts.append(f"{text.kind} {len(taken)} {taken} {len(text.text)} {text.text}")
    return "\0".join(parts)
