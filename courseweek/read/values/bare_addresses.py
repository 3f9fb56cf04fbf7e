"""Addresses written as text in a reading, where no link is made of them, and how they are written as links."""

from __future__ import annotations

import re

from courseweek.diagnostics import Edit, Span
from courseweek.frozen import dataclass
from courseweek.read.values.doubtful_addresses import trim_end
from courseweek.regex import lazy_pattern
from courseweek.yamltext.complaint import LONGEST_QUOTED, quote_text

MESSAGE = "this address is shown as text, without a link"
_ADDRESS = lazy_pattern(r"https?://[^\s<>|]+", re.IGNORECASE)
_SLACK = lazy_pattern(r"<(?P<url>https?://[^|<>\s]+)\|(?P<words>[^<>|]+)>", re.IGNORECASE)
_URL_KEY = lazy_pattern(r"[,;]? ?\b(?:url|link|href|available at|retrieved from|see)\b[\s:=<(]*$", re.IGNORECASE)
# `[words] (address)`, `[words]address)` and `(words)[address]`.
_NEARLY = lazy_pattern(
    r"\[(?P<words>[^\[\]]+)\](?:[ ]*\(|(?=https?://))(?P<url>https?://[^\s()]+(?:\([^\s()]*\)[^\s()]*)*)\)?"
    r"|\((?P<other>[^()]+)\)[ ]*\[(?P<address>https?://[^\s\[\]]+)\]",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Bare:
    """The only address of a text: the words that belong to it, and what comes before and behind the two."""

    words: str
    url: str
    before: str = ""
    after: str = ""

    @property
    def link(self) -> str:
        """The whole text with a link in it."""
        return f"{self.before}[{self.words}]({self.url}){self.after}"

    @property
    def plain(self) -> str:
        """The whole text without the address."""
        return f"{self.before}{self.words}{self.after}".strip()


def has_address(text: str) -> bool:
    """Return whether an address is in a text."""
    return "://" in text and _ADDRESS.search(text) is not None


def find_bare(text: str) -> Bare | None:
    """Return the only address of a text with its words, or None where there are several, or no words for it."""
    if len(_ADDRESS.findall(text)) != 1:
        return None
    nearly = _SLACK.search(text) or _NEARLY.search(text)
    if nearly is not None:
        found = nearly.groupdict()
        words, url = found.get("words") or found.get("other") or "", found.get("url") or found.get("address") or ""
        return _checked(Bare(words.strip(), url, text[: nearly.start()], text[nearly.end() :]))
    match = _ADDRESS.search(text)
    assert match is not None
    url = trim_end(match[0])
    before = _URL_KEY.sub("", text[: match.start()]).rstrip(" <(:,;–—-").strip()
    after = text[match.start() + len(url) :].lstrip(" >):,;–—-").strip()
    if not before:
        return _checked(Bare(after, url))
    after = "" if after in (".", ".)", "]") else after
    return _checked(Bare(before, url, "", f" {after}" if after else ""))


def _checked(bare: Bare) -> Bare | None:
    """Return what was found unless its words or its address would end the link early."""
    even = all(bare.words.count(opening) == bare.words.count(closing) for opening, closing in ("[]", "()"))
    whole = bare.url.count("(") == bare.url.count(")") and not re.search(r"[\\`*_]{2}|[\\`]", bare.words)
    return bare if bare.words and even and whole and "](" not in bare.words else None


def fix_line(bare: Bare, text: str, span: Span, *, block: bool) -> tuple[str, tuple[Edit, ...]]:
    """Return how a line is written with a link, and the edit where that is sure; below a `|` it needs no quotes."""
    written = bare.link if block else quote_text(bare.link)
    if not block and len(bare.link) > LONGEST_QUOTED:
        return "[words](address) in place of it, between quotes", ()
    quoted = not block and span.text[:1] in "\"'" and span.text[1:-1] == text
    sure = "\n" not in span.text and (span.text == text or quoted)
    return written, (Edit(span, written),) if sure else ()


def fix_title(bare: Bare, title: Span, key: Span, *, flow: bool) -> tuple[str, tuple[Edit, ...]]:
    """Return how a title and its address are written as two keys, and the edit where that is sure."""
    words = quote_text(bare.plain)
    help = f"write title: {words}, and url: {bare.url} below it"
    if "…" in words or "\n" in title.text or re.search(r"[\s,\[\]{}#]", bare.url):
        return help, ()
    if flow:
        return f"write title: {words}, url: {bare.url}", (Edit(title, f"{words}, url: {bare.url}"),)
    source = title.source
    end = source.text.find("\n", title.end)
    rest = source.text[title.end : end if end >= 0 else len(source.text)]
    if rest.strip():
        return help, ()
    line = "\r\n" if rest.endswith("\r") else "\n"
    return help, (Edit(title, f"{words}{line}{' ' * (key.column - 1)}url: {bare.url}"),)
