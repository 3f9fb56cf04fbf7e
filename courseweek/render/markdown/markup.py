"""Markdown to HTML that is safe to publish: the only door to markdown and nh3."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import field
from functools import cache
from string import ascii_letters, digits
from typing import Any

import nh3
from markupsafe import Markup

from courseweek.frozen import dataclass
from courseweek.model.link import SCHEMES
from courseweek.model.slug import make_slug
from courseweek.paths import normal_form, normal_link
from courseweek.regex import lazy_pattern
from courseweek.render.direction import direct_blocks
from courseweek.render.markdown.code import Colours, highlight_code, load_highlighter
from courseweek.render.markdown.element_ids import drop_repeated, is_id, is_taken, list_ids
from courseweek.render.markdown.entities import drop_refused
from courseweek.render.markdown.maths import Formulas, drop_marks, put_formulas, without_formulas
from courseweek.render.markdown.own_classes import BARE, keep_classes
from courseweek.render.markdown.remarks import Findings, RemarkKind
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
    "li": {"value", "id", "class"},
    "td": {"colspan", "rowspan", "class"},
    "th": {"colspan", "rowspan", "scope", "class"},
    "code": {"class"},
    "details": {"open"},
    "time": {"datetime"},
    "abbr": {"title"},
    "sup": {"id"},
    "div": {"class"},
    "blockquote": {"cite", "class"},
    **{f"h{level}": {"id"} for level in range(1, 7)},
}
_TAGS = frozenset(
    """
    a abbr b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl dt em figcaption
    figure h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q rp rt ruby s samp small strong sub summary
    sup table tbody td tfoot th thead time tr u ul var wbr
    """.split()  # noqa: SIM905 - a list of words reads better as words
)
# What may mean something to Markdown, anywhere in a text or at its beginning; and the marks of formulas.
_MARKUP_CHARACTERS = lazy_pattern(
    r"[\\`*_~\[|<>&@\n$\x00-\x08\x0b-\x1f\x7f-\x9f\ue000-\uf8ff]|://|www\.|^(?:\d+[.)]|[-+#=:!\s])"
)
_NO_ADDRESS = lazy_pattern(r"<a>(.*?)</a>", re.DOTALL)
_REMOTE_IMAGE = lazy_pattern(r'<img((?: [a-z]+="[^"]*")*?) src="(https?:[^"]*|//[^"]*)"((?: [a-z]+="[^"]*")*)>')
_BARE_LINK = f' class="{BARE}"'
_BARE_TEXT = lazy_pattern(rf'<a class="{BARE}">(.*?)</a>', re.DOTALL)
_DROPPED_IN_ADDRESS = lazy_pattern(r"[\t\n\r]")
_SCHEME = lazy_pattern(r"[A-Za-z][A-Za-z0-9+.-]*:")
_SLASHES = lazy_pattern(r"[\\/]{2,}")
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
_LONE_PARAGRAPH = lazy_pattern(r"""<p(?: dir="auto")?>((?:(?!<p>|</p>).)*)</p>\s*""", re.DOTALL)

Rewrite = Callable[[str], str]
"""From a relative address as it was written to the one to publish."""


@dataclass(slots=True)
class Above:
    """What stands above a text on the same page: the ids that are given away, and how many texts have footnotes."""

    ids: set[str] = field(default_factory=set)
    footnotes: int = 0

    def add(self, rendered: str) -> None:
        """Add a text that was drawn by `render_prose`."""
        ids = tuple(list_ids(rendered))
        self.ids.update(ids)
        self.footnotes += any(each.startswith("fn:") for each in ids)


def is_plain(text: str) -> bool:
    """Tell whether a YAML text holds nothing that Markdown could take for a mark."""
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
    cleaned = _clean(converter.convert(text, findings), findings, rewrite, converter.formulas, kept=("//",))
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
    converter.begin(taken_ids, above)
    taken = (taken_ids, above.ids)
    html = converter.convert(text, findings)
    return _clean(html, findings, rewrite, converter.formulas, taken, colours=colours)


def _clean(
    rendered: str,
    findings: Findings,
    rewrite: Rewrite | None,
    formulas: Formulas,
    taken: Sequence[Container[str]] = (),
    kept: tuple[str, ...] = ("#", "//"),
    colours: Colours | None = None,
) -> Markup:
    """Clean the output, not the input: what Markdown itself makes is as untrusted as what was written."""
    schemes = {
        *SCHEMES,
        *_OTHER_SCHEMES,
        *_words_before_colons(rendered),
    }

    attributes = _Attributes(findings, rewrite, taken, kept)
    cleaned = nh3.clean(
        rendered,
        tags=set(_TAGS),
        attributes=_ATTRIBUTES,
        allowed_classes=None,
        attribute_filter=attributes.keep,
        url_schemes=schemes,
        link_rel=None,
    )
    if _BARE_LINK in cleaned:
        cleaned = _BARE_TEXT.sub(r"\1", cleaned).replace(_BARE_LINK, "")
    if not attributes.dropped:
        # A link that lost its address without a word: nobody could have read it.
        for match in _NO_ADDRESS.finditer(cleaned):
            findings.note("unreadable-link", match[1])
    once, repeated = drop_repeated(cleaned)
    for id in repeated:
        findings.note("repeated-id", id)
    moved = _REMOTE_IMAGE.sub(_linked_image, once)
    for image in _IMAGE.finditer(moved):
        alt, source = _ALT.search(image[0]), _SOURCE.search(image[0])
        if alt is None or not alt[1].strip():
            findings.note("unnamed-image", html.unescape(source[1]) if source is not None else "")
    _note_words(moved, findings)
    # Whatever went wrong on the way: what no page may have is on none.
    tally = formulas.tally
    shown = put_formulas(tally.check(direct_blocks(highlight_code(moved, colours))), formulas)
    return Markup(drop_refused(tally.check(shown)))


@dataclass(slots=True)
class _Attributes:
    """What the cleaner asks of each attribute: ids, classes and addresses of a text come through here.

    `taken` are the ids of the page's parts, then those of its texts above; `kept` is how addresses begin that are left
    as they are.
    """

    findings: Findings
    rewrite: Rewrite | None
    taken: Sequence[Container[str]]
    kept: tuple[str, ...]
    dropped: bool = False

    def keep(self, tag: str, attribute: str, value: str) -> str | None:
        """Return the value to publish, or None for an attribute that is left out."""
        if attribute == "id":
            return self._keep_id(normal_form(value))
        if attribute == "class":
            return keep_classes(tag, value)
        if attribute in ("href", "src", "cite"):
            return self._keep_address(attribute, _as_browsers_read(value))
        return value

    def _keep_id(self, value: str) -> str | None:
        if not is_id(value):
            self._drop("bad-id", value)
        elif any(value in ids for ids in self.taken[1:]):
            self._drop("repeated-id", value)
        elif is_taken(value, self.taken[0] if self.taken else ()):
            self._drop("taken-id", value)
        else:
            return value
        return None

    def _keep_address(self, attribute: str, value: str) -> str | None:
        scheme = _scheme_of(value)
        if scheme is not None and (scheme not in SCHEMES or (attribute == "src" and scheme not in ("http", "https"))):
            self._drop("refused-link", value)
            return None
        if scheme is None:
            value = normal_link(value)
            if not value.startswith(self.kept) and self.rewrite is not None:
                value = self.rewrite(value)
        if attribute != "cite":
            self.findings.targets.append(value)
        return value

    def _drop(self, kind: RemarkKind, value: str) -> None:
        self.findings.note(kind, value)
        self.dropped = True


def _note_words(cleaned: str, findings: Findings) -> None:
    """Note the headings, and the links in which nothing can be read."""
    for link in _LINK.finditer(cleaned):
        if not _words_of(link[2]):
            findings.note("wordless-link", html.unescape(link[1]))
    if "<h" in cleaned:
        findings.headings += [(int(match[1]), _words_of(match[2])) for match in _HEADING.finditer(cleaned)]


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


def _as_browsers_read(address: str) -> str:
    """Return an address without what browsers pass over (WHATWG URL, 4.4), and with its scheme and host to be seen."""
    address = _DROPPED_IN_ADDRESS.sub("", address.strip("".join(map(chr, range(0x21)))))
    if scheme := _SCHEME.match(address):
        return scheme[0].lower() + address[scheme.end() :]
    slashes = _SLASHES.match(address)
    return "//" + address[slashes.end() :] if slashes is not None else address


def _linked_image(match: re.Match[str]) -> str:
    """Return a link in place of an image on another host: pages ask no other host for anything."""
    alt = _ALT.search(match[1] + match[3])
    words = alt[1] if alt and alt[1].strip() else match[2]
    return f'<a href="{match[2]}">{words}</a>'


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
        from courseweek.render.markdown.dialect import show_unknown_tags

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


def load_converter(languages: Iterable[str] = ()) -> None:
    """Load what drawing a page's Markdown needs, ahead of its first use, and what colours code of these languages."""
    render_prose(_OF_ALL_KINDS, Findings(), str)  # which compiles many patterns
    load_highlighter(languages)


@cache
def _plain_converter() -> _Converter:
    return _Converter(raw_html=False)


@cache
def _prose_converter() -> _Converter:
    return _Converter(raw_html=True)
