"""Tags of HTML (`<li><a href="…">…</a></li>`), and links as Slack writes them (`<https://…|title>`)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape

from courseweek.read.pasted.citation import Citation, make_linked
from courseweek.read.pasted.text_lines import Pasted, TextLine, join_bodies
from courseweek.regex import lazy_pattern

MOST_TAGGED_LINES = 200
"""Lines with tags that are taken together."""
_TAG = lazy_pattern(
    r"</?(?:a|b|i|p|q|br|em|li|ol|td|th|tr|ul|div|h[1-6]|cite|span|font|strong|table|tbody)\b[^<>]*>", re.IGNORECASE
)
_ANCHOR = lazy_pattern(
    r"<a\s[^<>]*?href\s*=\s*(?:\"([^\"<>]*)\"|'([^'<>]*)'|([^\s\"'<>]+))[^<>]*>(.*?)</a\s*>", re.IGNORECASE | re.DOTALL
)
_ITEM = lazy_pattern(r"<(?:li|p|tr|br|h[1-6])\b[^<>]*>|</(?:li|p|tr|ul|ol|h[1-6])\s*>", re.IGNORECASE)
_CHAT = lazy_pattern(
    r"(?:[•·◦▪●∙*–—] ?|\d{1,2}[.)] )?<(?P<url>https?://[^|<>\s]+)\|(?P<words>[^<>|]+)>[ ]*(?P<rest>[^<>]*)"
)


def find_tags(lines: Sequence[TextLine], at: int) -> Pasted | None:
    """Return the readings of lines of HTML, an item each, or None."""
    if not _opens(lines[at]):
        return None
    end = at + 1
    while end < min(len(lines), at + MOST_TAGGED_LINES) and _goes_on(lines[end], lines[at:end]):
        end += 1
    entries: list[Citation | str] = []
    sure = True
    for piece in _ITEM.split("\n".join(f"{'<li>' if each.dashes else ''}{each.body}" for each in lines[at:end])):
        entry, whole = _read_piece(piece)
        sure = sure and whole
        if entry:
            entries.append(entry)
    return Pasted("pasted-html", "HTML", end - at, tuple(entries), sure and bool(entries))


def _goes_on(line: TextLine, above: Sequence[TextLine]) -> bool:
    """Return whether a line belongs to the HTML above it: it begins with a tag, or a tag is open."""
    if line.is_empty or line.is_entry:
        return False
    if line.dashes:
        return _opens(line)
    return _TAG.match(line.body) is not None or _is_open(join_bodies(above))


def _opens(line: TextLine) -> bool:
    return line.body.startswith("<") and _TAG.match(line.body) is not None


def _is_open(text: str) -> bool:
    lower = text.lower()
    return any(lower.count(f"<{tag}>") + lower.count(f"<{tag} ") > lower.count(f"</{tag}") for tag in ("a", "li", "p"))


def _read_piece(piece: str) -> tuple[Citation | str | None, bool]:
    """Return the reading of one item of HTML, and whether all of its words are in it."""
    links = [match for match in _ANCHOR.finditer(piece) if (match[1] or match[2] or match[3] or "").strip()]
    bare = _words(piece)
    if not bare:
        return None, True
    if len(links) != 1 or not _words(links[0][4]):
        return bare, not links
    link = links[0]
    url = unescape(link[1] or link[2] or link[3]).strip()
    words, before, after = _words(link[4]), _words(piece[: link.start()]), _words(piece[link.end() :])
    return make_linked(words, url, before, after)


def _words(html: str) -> str:
    return " ".join(unescape(_TAG.sub(" ", html) if _TAG.search(html) else html).split())


def find_chat_link(lines: Sequence[TextLine], at: int) -> Pasted | None:
    """Return the readings of lines that are links as Slack writes them, or None."""
    entries: list[Citation | str] = []
    end = at
    while end < len(lines):
        match = _CHAT.fullmatch(lines[end].body)
        if match is None:
            break
        words, url = unescape(match["words"]).strip(), unescape(match["url"])
        rest = match["rest"].strip()
        gap = "" if rest[:1] in (",", ".", ";", ":", ")") else " "
        entries.append(f"[{words}]({url}){gap}{rest}" if rest else Citation(title=words, url=url))
        end += 1
    return Pasted("chat-link", "a link from a chat", end - at, tuple(entries)) if entries else None
