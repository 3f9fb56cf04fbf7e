"""HTML made safe: what a text may show, which addresses it may have, and what is found on the way. The door to nh3."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Container, Iterator, Sequence
from string import ascii_letters, digits

import nh3
from markupsafe import Markup

from courseweek.files.paths import normal_form, normal_link
from courseweek.frozen import dataclass
from courseweek.model.link import SCHEMES
from courseweek.regex import lazy_pattern
from courseweek.render.direction import direct_blocks
from courseweek.render.markdown.code import Colors, highlight_code
from courseweek.render.markdown.element_ids import drop_repeated, is_id, is_taken
from courseweek.render.markdown.entities import drop_refused
from courseweek.render.markdown.mathml import Formulas, put_formulas
from courseweek.render.markdown.own_classes import BARE, keep_classes
from courseweek.render.markdown.remarks import Findings, RemarkKind

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
TAGS = frozenset(
    """
    a abbr b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl dt em figcaption
    figure h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q rp rt ruby s samp small strong sub summary
    sup table tbody td tfoot th thead time tr u ul var wbr
    """.split()  # noqa: SIM905 - a list of words reads better as words
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
# What a scheme is made of, and which of it can't be its first character (RFC 3986, section 3.1).
_IN_SCHEME = f"{ascii_letters}{digits}+.-"
_NOT_FIRST = f"{digits}+.-"

Rewrite = Callable[[str], str]
"""From a relative address as it was written to the one to publish."""


def clean_html(
    rendered: str,
    findings: Findings,
    rewrite: Rewrite | None,
    formulas: Formulas,
    taken: Sequence[Container[str]] = (),
    kept: tuple[str, ...] = ("#", "//"),
    colors: Colors | None = None,
) -> Markup:
    """Return HTML that was made of a text as it may be published; what is found in it goes to `findings`.

    The output is cleaned, not the input: what Markdown itself makes is as untrusted as what was written. `rewrite` gets
    each relative address that does not begin with one of `kept`. `taken` are the ids of the page's parts, then those of
    its texts above; `colors` are the blocks of code that are known.
    """
    schemes = {
        *SCHEMES,
        *_OTHER_SCHEMES,
        *_words_before_colons(rendered),
    }

    attributes = _Attributes(findings, rewrite, taken, kept)
    cleaned = nh3.clean(
        rendered,
        tags=set(TAGS),
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
    shown = put_formulas(tally.check(direct_blocks(highlight_code(moved, colors))), formulas)
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


def _words_before_colons(text: str) -> Iterator[str]:
    """Yield all that may be the scheme of an address."""
    for before in text.split(":")[:-1]:
        if word := before[len(before.rstrip(_IN_SCHEME)) :].lstrip(_NOT_FIRST):
            yield word.lower()


def _scheme_of(value: str) -> str | None:
    """Return the scheme as a browser finds it: after dropping spaces and control characters (WHATWG URL)."""
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
