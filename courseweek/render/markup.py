"""Markdown to HTML that is safe to publish: the only door to markdown and nh3."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import field, fields
from functools import cache
from string import ascii_letters, digits
from typing import Any

import nh3
from markupsafe import Markup

from courseweek.frozen import dataclass
from courseweek.model.link import SCHEMES
from courseweek.model.slug import make_slug
from courseweek.regex import lazy_pattern
from courseweek.render.code import Colours, highlight_code, load_highlighter
from courseweek.render.fences import plain_fences
from courseweek.render.maths import FormulaError, Formulas, drop_marks, put_formulas, without_formulas
from courseweek.render.sizes import LARGEST_OF_TEXT, LARGEST_OF_YAML

_OTHER_SCHEMES = frozenset(
    """
    javascript vbscript data file ftp ftps blob about ws wss ssh git irc sms intent chrome view-source
    filesystem
    """.split()  # noqa: SIM905 - a list of words reads better as words
)
_ATTRIBUTES: dict[str, set[str]] = {
    "*": {"lang", "dir", "title"},
    "a": {"href", "id", "class", "role"},
    "img": {"src", "alt", "width", "height"},
    "ol": {"start", "reversed", "type"},
    "li": {"value", "id"},
    "td": {"colspan", "rowspan", "class"},
    "th": {"colspan", "rowspan", "scope", "class"},
    "code": {"class"},
    "details": {"open"},
    "time": {"datetime"},
    "abbr": {"title"},
    "sup": {"id"},
    "div": {"class"},
    "blockquote": {"cite"},
    **{f"h{level}": {"id"} for level in range(1, 7)},
}
_TAGS = frozenset(
    """
    a abbr b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl dt em figcaption
    figure h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q rp rt ruby s samp small strong sub summary
    sup table tbody td tfoot th thead time tr u ul var wbr
    """.split()  # noqa: SIM905 - a list of words reads better as words
)
_CLASSES = {
    "td": {"align-left", "align-right", "align-center"},
    "th": {"align-left", "align-right", "align-center"},
    "div": {"footnote"},
    "a": {"footnote-ref", "footnote-backref"},
}
# What may mean something to Markdown, anywhere in a text or at its beginning; and the marks of formulas.
_MARKUP_CHARACTERS = lazy_pattern(r"[\\`*_\[|<>&\n$\u0002\u0003\ue000-\uf8ff]|://|www\.|^(?:\d+\.|[-+#~=:!\s])")
_ALIGNED = lazy_pattern(r'<(t[dh]) style="text-align: (left|right|center);">')
_NO_ADDRESS = lazy_pattern(r"<a>(.*?)</a>", re.DOTALL)
_REMOTE_IMAGE = lazy_pattern(r'<img((?: [a-z]+="[^"]*")*?) src="(https?:[^"]*|//[^"]*)"((?: [a-z]+="[^"]*")*)>')
_IMAGE = lazy_pattern(r'<img(?: [a-z]+="[^"]*")*>')
_SOURCE = lazy_pattern(r' src="([^"]*)"')
_ALT = lazy_pattern(r' alt="([^"]*)"')
# A tag as the cleaner writes it, with each value between double quotes.
_TAG = lazy_pattern(r'<[^<>"]*(?:"[^"]*"[^<>"]*)*>')
_LINK = lazy_pattern(r'<a(?: [a-z]+="[^"]*")*? href="([^"]*)"(?: [a-z]+="[^"]*")*>(.*?)</a>', re.DOTALL)
_HEADING = lazy_pattern(r'<h([1-6])(?: [a-z]+="[^"]*")*>(.*?)</h\1>', re.DOTALL)
_EMPTY_HEADING = lazy_pattern(r"<h([1-6])></h\1>")
_HEADING_TAG = lazy_pattern(r"(</?h)([1-6])\b")
# What a scheme is made of, and which of it can't be its first character (RFC 3986, section 3.1).
_IN_SCHEME = f"{ascii_letters}{digits}+.-"
_NOT_FIRST = f"{digits}+.-"
_LEVELS_IN_YAML = 3
"""Headings of a YAML text stand so much lower: above it are a page's title, a section and a topic."""
_LIST_OF_HEADINGS = "[TOC]"
_COST_OF_LIST = 5
"""A list of headings counts so many times: all its short tags take as long as so much more text."""
_AROUND_ENTRY = 12
"""Characters of the tags around each word of it, about."""
_LONE_PARAGRAPH = lazy_pattern(r"<p>((?:(?!<p>|</p>).)*)</p>\s*", re.DOTALL)
_ID = lazy_pattern(r' id="([^"]*)"')

Rewrite = Callable[[str], str]
"""From a relative address as it was written to the one to publish."""


@dataclass(slots=True)
class Links:
    """The links of texts in their order: all, those with a scheme that is refused, those that lead nowhere.

    `wordless` are the targets of links without words, `headings` the levels and words of headings, `anchored` the
    targets of YAML texts that name a place on a page. What is not shown: `surplus_rows` of tables with cells too many,
    `unused_definitions` of links, and tags that are `left_out`.
    `too_large` is why a text is not shown, and how it begins.
    """

    targets: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    dead: list[str] = field(default_factory=list)
    withheld: list[str] = field(default_factory=list)
    anchored: list[str] = field(default_factory=list)
    formula_errors: list[tuple[str, FormulaError]] = field(default_factory=list)
    unreadable: list[str] = field(default_factory=list)
    unnamed_images: list[str] = field(default_factory=list)
    wordless: list[str] = field(default_factory=list)
    headings: list[tuple[int, str]] = field(default_factory=list)
    surplus_rows: list[str] = field(default_factory=list)
    unused_definitions: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    too_large: list[str] = field(default_factory=list)

    def add(self, other: Links) -> None:
        """Add the links of another text."""
        for each in fields(self):
            getattr(self, each.name).extend(getattr(other, each.name))


@dataclass(slots=True)
class Above:
    """What stands above a text on the same page: the ids that are given away, and how many texts have footnotes."""

    ids: set[str] = field(default_factory=set)
    footnotes: int = 0

    def add(self, drawn: str) -> None:
        """Add a text that was drawn by `render_prose`."""
        ids = _ID.findall(drawn)
        self.ids.update(map(html.unescape, ids))
        self.footnotes += any(each.startswith("fn:") for each in ids)


def is_plain(text: str) -> bool:
    """Tell whether a YAML text holds nothing that Markdown could take for a mark."""
    return _MARKUP_CHARACTERS.search(text) is None


def render_inline(text: str, links: Links | None = None, rewrite: Rewrite | None = None) -> Markup:
    """Return one line or paragraph of a YAML text as HTML; raw HTML in it is text."""
    if is_plain(text):
        return Markup(html.escape(text, quote=False))
    rendered = render_block(text, links, rewrite)
    lone = _LONE_PARAGRAPH.fullmatch(rendered)
    return Markup(lone[1]) if lone else rendered


def render_block(text: str, links: Links | None = None, rewrite: Rewrite | None = None) -> Markup:
    """Return a YAML text of any number of paragraphs as HTML; raw HTML in it is text."""
    if is_plain(text):
        return Markup(f"<p>{html.escape(text, quote=False)}</p>")
    converter = _plain_converter()
    converter.reset()
    links = links if links is not None else Links()
    # `#week-3` is a place on the site's home page, like all relative links of YAML texts.
    cleaned = _clean(converter.convert(text, links), links, rewrite, converter.formulas, kept=("//",))
    links.formula_errors += converter.formulas.errors
    if "<h" not in cleaned:
        return cleaned
    # `#` alone is that sign: no heading without words, of which nothing would be shown.
    shown = _EMPTY_HEADING.sub(lambda match: f"<p>{'#' * int(match[1])}</p>", cleaned)
    return lower_headings(Markup(shown), _LEVELS_IN_YAML)


def render_prose(
    text: str,
    links: Links,
    rewrite: Rewrite,
    taken_ids: frozenset[str] = frozenset(),
    colours: Colours | None = None,
    above: Above | None = None,
) -> Markup:
    """Return the Markdown of a page as HTML, raw HTML in it included as far as it is safe.

    `rewrite` gets each relative address and returns the one to publish. Headings get ids; `taken_ids` are those that
    the page uses otherwise, and `above` has those of the texts before this one. `colours` are the blocks of code that
    are known.
    """
    above = above or Above()
    converter = _prose_converter()
    converter.reset()
    converter.begin(taken_ids, above)
    taken = (taken_ids, above.ids)
    cleaned = _clean(converter.convert(text, links), links, rewrite, converter.formulas, taken, colours=colours)
    links.formula_errors += converter.formulas.errors
    return cleaned


def _clean(
    rendered: str,
    links: Links,
    rewrite: Rewrite | None,
    formulas: Formulas,
    taken: Sequence[Container[str]] = (),
    kept: tuple[str, ...] = ("#", "//"),
    colours: Colours | None = None,
) -> Markup:
    """Clean the output, not the input: what Markdown itself makes is as untrusted as what was written."""
    aligned = _ALIGNED.sub(r'<\1 class="align-\2">', rendered)
    schemes = {
        *SCHEMES,
        *_OTHER_SCHEMES,
        *_words_before_colons(aligned),
    }

    refused = len(links.refused)
    dropped: list[str] = []

    def filter_attribute(tag: str, attribute: str, value: str) -> str | None:
        if attribute == "id" and any(value in ids for ids in taken):
            dropped.append(value)
            return None
        if attribute not in ("href", "src", "cite"):
            return value
        scheme = _scheme_of(value)
        if scheme is not None and (scheme not in SCHEMES or (attribute == "src" and scheme not in ("http", "https"))):
            links.refused.append(value)
            return None
        if scheme is None and not value.startswith(kept) and rewrite is not None:
            value = rewrite(value)
        if attribute != "cite":
            links.targets.append(value)
        return value

    cleaned = nh3.clean(
        aligned,
        tags=set(_TAGS),
        attributes=_ATTRIBUTES,
        allowed_classes=None,
        attribute_filter=filter_attribute,
        url_schemes=schemes,
        link_rel=None,
    )
    if len(links.refused) == refused and not dropped:
        # A link that lost its address without a word: nobody could have read it.
        links.unreadable += [match[1] for match in _NO_ADDRESS.finditer(cleaned)]
    moved = _REMOTE_IMAGE.sub(lambda match: _linked_image(match, links), cleaned)
    for image in _IMAGE.finditer(moved):
        alt, source = _ALT.search(image[0]), _SOURCE.search(image[0])
        if alt is None or not alt[1].strip():
            links.unnamed_images.append(html.unescape(source[1]) if source is not None else "")
    _note_words(moved, links)
    shown = put_formulas(formulas.tally.check(highlight_code(moved, colours)), formulas)
    return Markup(formulas.tally.check(shown))


def _note_words(cleaned: str, links: Links) -> None:
    """Note the headings, and the links in which nothing can be read."""
    for link in _LINK.finditer(cleaned):
        if not _words_of(link[2]):
            links.wordless.append(html.unescape(link[1]))
    if "<h" in cleaned:
        links.headings += [(int(match[1]), _words_of(match[2])) for match in _HEADING.finditer(cleaned)]


def _words_of(inner: str) -> str:
    """Return what can be read of a piece of cleaned HTML: its text, and the alternative text of its images."""
    shown = _IMAGE.sub(lambda match: (_ALT.search(match[0]) or ("", ""))[1], inner)
    return " ".join(html.unescape(_TAG.sub("", shown)).split())


def lower_headings(rendered: Markup, by: int) -> Markup:
    """Return cleaned HTML with its headings so many levels further down, level 6 at most."""

    def lower(match: re.Match[str]) -> str:
        tag = match[0]
        heading = _HEADING_TAG.match(tag)
        return tag if heading is None else f"{heading[1]}{min(int(heading[2]) + by, 6)}{tag[heading.end() :]}"

    return Markup(_TAG.sub(lower, rendered))


def _words_before_colons(text: str) -> Iterator[str]:
    """Yield all that may be the scheme of an address."""
    for before in text.split(":")[:-1]:
        if word := before[len(before.rstrip(_IN_SCHEME)) :].lstrip(_NOT_FIRST):
            yield word.lower()


def _scheme_of(value: str) -> str | None:
    """Return the scheme as a browser finds it: after dropping blanks and control characters (WHATWG URL)."""
    cleaned = re.sub(r"[\x00-\x20\x7f-\x9f\u200b-\u200f\ufeff]", "", value)
    match = re.match(r"([A-Za-z][A-Za-z0-9+.\-]*):", cleaned)
    return match[1].lower() if match else None


def _linked_image(match: re.Match[str], links: Links) -> str:
    """Return a link in place of an image on another host: pages ask no other host for anything."""
    alt = _ALT.search(match[1] + match[3])
    words = alt[1] if alt and alt[1].strip() else match[2]
    return f'<a href="{match[2]}">{words}</a>'


class _Converter:
    """One Markdown converter, used for text after text: making one costs more than a page."""

    def __init__(self, *, raw_html: bool) -> None:
        # 27 ms, which a course without Markdown need not pay.
        import markdown
        from markdown.extensions import Extension
        from markdown.extensions.fenced_code import FencedCodeExtension
        from markdown.extensions.footnotes import FootnoteExtension
        from markdown.extensions.md_in_html import MarkdownInHtmlExtension
        from markdown.extensions.sane_lists import SaneListExtension
        from markdown.extensions.tables import TableExtension
        from markdown.extensions.toc import TocExtension

        from courseweek.render.dialect import add_dialect
        from courseweek.render.formulas import add_formulas
        from courseweek.render.inline import skip_needless_patterns

        # By their names they would be looked up among all that is installed, which takes longer than drawing pages.
        extensions: list[Extension] = [TableExtension(), FencedCodeExtension(), SaneListExtension()]
        self._footnotes = FootnoteExtension()
        if raw_html:
            toc = TocExtension(slugify=self._slug, permalink=False)
            extensions += [self._footnotes, MarkdownInHtmlExtension(), toc]
        self.begin(frozenset(), Above())
        self._markdown = markdown.Markdown(extensions=extensions, output_format="html")
        self.formulas = Formulas()
        self.tally = self.formulas.tally
        self.tally.most = LARGEST_OF_TEXT if raw_html else LARGEST_OF_YAML
        add_formulas(self._markdown, self.formulas)
        self.losses = add_dialect(self._markdown, self.tally)
        if not raw_html:
            self._markdown.preprocessors.deregister("html_block")
            self._markdown.inlinePatterns.deregister("html")
        skip_needless_patterns(self._markdown)
        found: Any = self._markdown.treeprocessors["toc"] if raw_html else None
        self._toc: Any = found
        if found is not None:
            self._put_list = found.replace_marker
            found.replace_marker = self._count_lists

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
        self._footnotes.setConfig("UNIQUE_IDS", above.footnotes > 0)
        self._footnotes.unique_prefix = above.footnotes + 1

    def reset(self) -> None:
        """Forget the last text's references and footnotes."""
        self._markdown.reset()
        self.formulas.clear()
        self.losses.rows.clear()
        self.losses.definitions.clear()

    def convert(self, text: str, links: Links) -> str:
        """Return the text as HTML; what of it is not shown goes to `links`."""
        from courseweek.render.balance import close_marks
        from courseweek.render.dialect import note_definitions, show_unknown_tags

        if self._toc is not None:  # which would look through all of a text that asks for no list of its headings
            self._toc.marker = _LIST_OF_HEADINGS if "TOC" in text else ""
        rendered = self.tally.check(self._markdown.convert(plain_fences(drop_marks(text))))
        self.tally.clear()
        note_definitions(self._markdown, self.losses)
        links.surplus_rows += self.losses.rows
        links.unused_definitions += self.losses.definitions
        shown, left_out = show_unknown_tags(rendered if self._toc is None else close_marks(text, rendered, self.tally))
        links.left_out += left_out
        return self.tally.check(shown)


_OF_ALL_KINDS = """# A *heading*

- **list**, `code`, [link](a.md), <b>HTML</b> & $x$\\

a | b
--|--
c | <https://example.org>[^1]

[^1]: note
"""


def load_converter(languages: Iterable[str] = ()) -> None:
    """Load what drawing a page's Markdown needs, ahead of its first use, and what colours code of these languages."""
    render_prose(_OF_ALL_KINDS, Links(), str)  # which compiles many patterns
    load_highlighter(languages)


@cache
def _plain_converter() -> _Converter:
    return _Converter(raw_html=False)


@cache
def _prose_converter() -> _Converter:
    return _Converter(raw_html=True)
