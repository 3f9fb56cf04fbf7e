"""Bare addresses in a text: `https://…`, `www.…` and of mail (GitHub Flavored Markdown, 6.9)."""

from __future__ import annotations

import re

from courseweek.regex import lazy_pattern

_PUNCTUATION_AT_END = frozenset("?!.,:*_~'\"")
_SCHEME_BEFORE = lazy_pattern(r"(?:https?|ftp)$", re.IGNORECASE)
_HOST = lazy_pattern(r"[\w.\\-]+")
# Unlike at GitHub a host ends at what no host may have (WHATWG URL, 3.4): such an address would lead nowhere.
_REST = lazy_pattern(r"[^\s<>\[\]\\^|%\"`{}/?#]*+(?:[/?#][^\s<]*+)?")
_ENTITY_AT_END = lazy_pattern(r"&[A-Za-z]+;$")
_MAIL = lazy_pattern(r"(?:mailto:|xmpp:)?[A-Za-z0-9.+_-]{1,64}+@(?:[A-Za-z0-9_-]|\.(?=[A-Za-z0-9]))++(?!@)")
LONGEST = 2_000


def find_address(text: str, at: int) -> tuple[int, int, str] | None:
    """Return start and end of the bare address at this `://` or `www.`, and where it leads."""
    if text.startswith("www.", at):
        if at and text[at - 1] not in "*_~(" and not text[at - 1].isspace():
            return None
        end = _end(text, at, at, needs_dot=True)
        return None if end is None else (at, end, "http://" + text[at:end])
    scheme = _SCHEME_BEFORE.search(text, max(at - 5, 0), at)
    if scheme is None or _is_letter(text[scheme.start() - 1 : scheme.start()]):
        return None
    end = _end(text, scheme.start(), at + 3, needs_dot=False)
    return None if end is None else (scheme.start(), end, text[scheme.start() : end])


def find_mail(text: str) -> list[tuple[int, int, str]]:
    """Return start, end and address of each address of mail in a text without other marks."""
    found = []
    for match in _MAIL.finditer(text):
        end = match.end()
        while text[end - 1] == ".":
            end -= 1
        if not text[end - 1].isalpha() or "." not in text[match.start() : end].partition("@")[2]:
            continue
        written = text[match.start() : end]
        found.append((match.start(), end, written if ":" in written else f"mailto:{written}"))
    return found


def _end(text: str, start: int, host_at: int, *, needs_dot: bool) -> int | None:
    host = _HOST.match(text, host_at, host_at + LONGEST)
    if host is None:
        return None
    if not host[0].strip(".-_\\"):
        return None
    parts = host[0].split(".")
    if needs_dot and not parts[1]:
        return None
    if len(parts) <= 11 and any("_" in part for part in parts[-2:]):
        return None
    rest = _REST.match(text, host.end(), start + LONGEST)
    end = rest.end() if rest is not None else host.end()
    return _without_punctuation(text, start, end)


def _without_punctuation(text: str, start: int, end: int) -> int | None:
    opened, closed = text.count("(", start, end), text.count(")", start, end)
    while end > start:
        last = text[end - 1]
        if last == ")":
            if closed <= opened:
                return end
            closed -= 1
        elif last == ";":
            entity = _ENTITY_AT_END.search(text, max(start, end - 40), end)
            if entity is not None:
                end = entity.start()
                continue
        elif last not in _PUNCTUATION_AT_END:
            return end
        end -= 1
    return None


def _is_letter(character: str) -> bool:
    return character.isascii() and character.isalpha()
