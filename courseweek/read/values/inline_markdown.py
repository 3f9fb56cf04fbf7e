"""What a line of Markdown says to other programs: its first link, and its words without marks."""

from __future__ import annotations

import re

from courseweek.regex import lazy_pattern

_MARK = lazy_pattern(r"`+|\*\*|__|\*|_")
_AUTOLINK = lazy_pattern(r"<((?:https?|mailto|tel):[^\s<>]*)>", re.IGNORECASE)
_LINK = lazy_pattern(r"!?\[([^\[\]]{0,500})\]\([^()\s]{0,1000}\)")


def find_link(text: str) -> tuple[str, str] | None:
    """Return words and address of the first link of a line of Markdown, `[words](address)` or `<address>`.

    Brackets in the words and parentheses in the address may be inside each other (CommonMark 0.31, 6.3); what
    is in a code span or after a backslash is not a link, nor is an image.
    """
    hidden = _code_spans(text)
    brackets, parentheses = _pairs(text, "[]", hidden), _pairs(text, "()", hidden)
    at = 0
    while at < len(text):
        if at in hidden:
            at = hidden[at]
            continue
        auto = _AUTOLINK.match(text, at) if text[at] == "<" else None
        if auto is not None:
            return auto[1], auto[1]
        close = brackets.get(at)
        if close is not None and text[close + 1 : close + 2] == "(" and close + 1 in parentheses:
            if at == 0 or text[at - 1] != "!":
                return text[at + 1 : close], _target(text[close + 2 : parentheses[close + 1]])
            at = parentheses[close + 1]
        at += 1
    return None


def _target(inner: str) -> str:
    """Return the address in a link's parentheses: it may be in `<…>`, and a title may follow."""
    inner = inner.strip()
    if inner.startswith("<") and ">" in inner:
        return inner[1 : inner.find(">")]
    return inner.split(maxsplit=1)[0] if inner else ""


def _code_spans(text: str) -> dict[int, int]:
    """Return the end of each code span by its beginning."""
    runs = [(match.start(), match.end()) for match in re.finditer("`+", text)]
    by_length: dict[int, list[int]] = {}
    for place, (start, end) in enumerate(runs):
        by_length.setdefault(end - start, []).append(place)
    spans: dict[int, int] = {}
    reached = 0
    for place, (start, end) in enumerate(runs):
        same = by_length[end - start]
        same.pop(0)
        if place >= reached and same:
            spans[start] = runs[same[0]][1]
            reached = same[0] + 1
    return spans


def _pairs(text: str, marks: str, hidden: dict[int, int]) -> dict[int, int]:
    """Return the place of each closing mark by that of the opening one, in one pass."""
    pairs: dict[int, int] = {}
    opened: list[int] = []
    at = 0
    while at < len(text):
        if at in hidden:
            at = hidden[at]
            continue
        if text[at] == "\\":
            at += 1
        elif text[at] == marks[0]:
            opened.append(at)
        elif text[at] == marks[1] and opened:
            pairs[opened.pop()] = at
        at += 1
    return pairs


def plain_text(markdown: str) -> str:
    """Return the words of a piece of inline Markdown without its marks."""
    text = _LINK.sub(r"\1", markdown)
    opened: dict[str, re.Match[str]] = {}
    dropped: list[tuple[int, int]] = []
    for match in _MARK.finditer(text):
        mark = match[0]
        before, after = text[: match.start()][-1:], text[match.end() : match.end() + 1]
        if before == "\\":
            continue
        inside = mark[0] == "_" and before.isalnum() and after.isalnum()
        if mark in opened and (before.strip() or mark[0] == "`") and not inside:
            dropped += [opened.pop(mark).span(), match.span()]
        elif after.strip() and not inside and (mark[0] != "_" or not before.isalnum()):
            opened[mark] = match
    for start, end in sorted(dropped, reverse=True):
        text = text[:start] + text[end:]
    return " ".join(re.sub(r"\\([\\`*_{}\[\]()#+\-.!|<>])", r"\1", text).split())
