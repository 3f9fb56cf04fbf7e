"""Markdown to HTML that is safe to publish: the door to markdown."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import field
from functools import cache
from typing import Any

from markupsafe import Markup

from courseweek.frozen import dataclass
from courseweek.model.slug import make_slug
from courseweek.regex import lazy_pattern
from courseweek.render.direction import direct_blocks
from courseweek.render.markdown.cleaning import Rewrite, clean_html
from courseweek.render.markdown.code import Colors, load_highlighter
from courseweek.render.markdown.element_ids import list_ids
from courseweek.render.markdown.mathml import Formulas, drop_marks, without_formulas
from courseweek.render.markdown.remarks import Findings
from courseweek.render.markdown.unknown_tags import show_unknown_tags
from courseweek.render.sizes import LARGEST_OF_TEXT, LARGEST_OF_YAML

# What may mean something to Markdown, anywhere in a text or at its beginning; and the marks of formulas.
_MARKUP_CHARACTERS = lazy_pattern(
    r"[\\`*_~\[|<>&@\n$\x00-\x08\x0b-\x1f\x7f-\x9f\ue000-\uf8ff]|://|www\.|^(?:\d+[.)]|[-+#=:!\s])"
)
# A tag as the cleaner writes it, with each value between double quotes.
_TAG = lazy_pattern(r'<[^<>"]*(?:"[^"]*"[^<>"]*)*>')
_EMPTY_HEADING = lazy_pattern(r"<h([1-6])></h\1>")
_HEADING_TAG = lazy_pattern(r"(</?h)([1-6])\b")
_LEVELS_IN_YAML = 3
"""Headings of a YAML text move down by this: above it are a page's title, a section and a topic."""
_LIST_OF_HEADINGS = "[TOC]"
_COST_OF_LIST = 5
"""A list of headings counts this many times: its short tags take as long as that much more text."""
_AROUND_ENTRY = 12
"""Characters of the tags around each word of it, about."""
_LONE_PARAGRAPH = lazy_pattern(r"""<p(?: dir="auto")?>((?:(?!<p>|</p>).)*)</p>\s*""", re.DOTALL)


@dataclass(slots=True)
class Above:
    """What is above a text on the same page: the ids in use, and how many texts have footnotes."""

    ids: set[str] = field(default_factory=set)
    footnotes: int = 0

    def add(self, rendered: str) -> None:
        """Add a text that was rendered by `render_prose`."""
        ids = tuple(list_ids(rendered))
        self.ids.update(ids)
        self.footnotes += any(each.startswith("fn:") for each in ids)


def is_plain(text: str) -> bool:
    """Return whether a YAML text holds nothing that Markdown could take for a mark."""
    return _MARKUP_CHARACTERS.search(text) is None


def render_inline(text: str, findings: Findings | None = None, rewrite: Rewrite | None = None) -> Markup:
    """Return one line or paragraph of a YAML text as HTML; raw HTML in it is text."""
    if is_plain(text):
        return Markup(html.escape(text, quote=False))
    rendered = render_block(text, findings, rewrite)
    lone = _LONE_PARAGRAPH.fullmatch(rendered)
    return Markup(lone[1]) if lone else rendered


def render_block(text: str, findings: Findings | None = None, rewrite: Rewrite | None = None) -> Markup:
    """Return a YAML text of any number of paragraphs as HTML; raw HTML in it is text."""
    if is_plain(text):
        return Markup(direct_blocks(f"<p>{html.escape(text, quote=False)}</p>"))
    converter = _plain_converter()
    findings = findings if findings is not None else Findings()
    # `#week-3` is a place on the site's home page, like all relative links of YAML texts.
    cleaned = clean_html(converter.convert(text, findings), findings, rewrite, converter.formulas, kept=("//",))
    if "<h" not in cleaned:
        return cleaned
    # `#` alone is that sign: no heading without words, of which nothing would be shown.
    shown = _EMPTY_HEADING.sub(lambda match: f"<p>{'#' * int(match[1])}</p>", cleaned)
    return lower_headings(Markup(shown), _LEVELS_IN_YAML)


def render_prose(
    text: str,
    findings: Findings,
    rewrite: Rewrite,
    taken_ids: frozenset[str] = frozenset(),
    colors: Colors | None = None,
    above: Above | None = None,
) -> Markup:
    """Return the Markdown of a page as HTML, raw HTML in it included as far as it is safe.

    `rewrite` gets each relative address and returns the one to publish. Headings get ids; `taken_ids` are those that
    the page uses otherwise, and `above` has those of the texts before this one. `colors` are the blocks of code that
    are known.
    """
    above = above or Above()
    converter = _prose_converter()
    converter.begin(taken_ids, above)
    taken = (taken_ids, above.ids)
    html = converter.convert(text, findings)
    return clean_html(html, findings, rewrite, converter.formulas, taken, colors=colors)


def lower_headings(rendered: Markup, by: int) -> Markup:
    """Return cleaned HTML with its headings this many levels lower, at most level 6."""

    def lower(match: re.Match[str]) -> str:
        tag = match[0]
        heading = _HEADING_TAG.match(tag)
        return tag if heading is None else f"{heading[1]}{min(int(heading[2]) + by, 6)}{tag[heading.end() :]}"

    return Markup(_TAG.sub(lower, rendered))


class _Converter:
    """One Markdown converter, used for text after text: making one costs more than a page."""

    def __init__(self, *, raw_html: bool) -> None:
        # A course without Markdown need not pay for it.
        from courseweek.render.markdown.dialect import Dialect

        self.formulas = Formulas()
        self.tally = self.formulas.tally
        self.tally.most = LARGEST_OF_TEXT if raw_html else LARGEST_OF_YAML
        self.begin(frozenset(), Above())
        self._markdown = Dialect(self.formulas, raw_html=raw_html)
        self._toc: Any = None
        if raw_html:
            from markdown.extensions.toc import TocExtension

            TocExtension(slugify=self._slug, permalink=False).extendMarkdown(self._markdown)
            self._toc = self._markdown.treeprocessors["toc"]
            self._put_list = self._toc.replace_marker
            self._toc.replace_marker = self._count_lists

    def _slug(self, text: str, separator: str) -> str:
        slug = make_slug(without_formulas(text)) or "section"
        slug = free = f"{slug}-section" if slug in self._taken else slug
        while self._above.ids and (free in self._above.ids or free in self._given):
            self._counts[slug] += 1
            free = f"{slug}_{self._counts[slug]}"  # as the same heading again in one text
        self._given.add(free)
        return free

    def _count_lists(self, root: Any, listed: Any) -> None:
        """Put the list of headings wherever a text asks for it, if that does not make too much of it."""
        size = sum(_AROUND_ENTRY + len(each.text or "") + len(each.get("href", "")) for each in listed.iter())
        places = sum(1 for each in root.iter() if (each.text or "").strip() == _LIST_OF_HEADINGS)
        self.tally.add(size * places * _COST_OF_LIST)
        self._put_list(root, listed)

    def begin(self, taken: frozenset[str], above: Above) -> None:
        """Take the ids that headings must not get, and what the page has above the next text."""
        self._taken, self._above = taken, above
        self._given, self._counts = set[str](), Counter[str]()

    def convert(self, text: str, findings: Findings) -> str:
        """Return the text as HTML; what is found in it goes to `findings`."""
        from courseweek.render.markdown.balance import close_marks

        self._markdown.begin(findings)
        self._markdown.unique = self._above.footnotes + 1 if self._above.footnotes else 0
        if self._toc is not None:  # which would look through all of a text that asks for no list of its headings
            self._toc.marker = _LIST_OF_HEADINGS if "TOC" in text else ""
        rendered = self.tally.check(self._markdown.convert(_same_line_ends(drop_marks(text))))
        self.tally.clear()
        shown, left_out = show_unknown_tags(rendered if self._toc is None else close_marks(text, rendered, self.tally))
        for name in left_out:
            findings.note("left-out-tag", name)
        return self.tally.check(shown)


def _same_line_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


_OF_ALL_KINDS = """# A *heading*

- **list**, `code`, [link](a.md), <b>HTML</b> & $x$\\

a | b
--|--
c | <https://example.org>[^1]

[^1]: note
"""


def load_converter(languages: Sequence[str] = ()) -> None:
    """Load what rendering a page's Markdown needs ahead of its first use, and what highlights code of these languages.

    Without languages the highlighter is not loaded: where most code is known already, few builds need it.
    """
    render_prose(_OF_ALL_KINDS, Findings(), str)  # which compiles many patterns
    if languages:
        load_highlighter(languages)


@cache
def _plain_converter() -> _Converter:
    return _Converter(raw_html=False)


@cache
def _prose_converter() -> _Converter:
    return _Converter(raw_html=True)
