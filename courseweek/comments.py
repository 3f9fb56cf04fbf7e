"""HTML comments and code in Markdown: `<!-- … -->` shows only in code."""

from __future__ import annotations

import re

from courseweek.regex import lazy_pattern

MASK = "\ufffc"
"""The character that masks another: neither a space nor part of a word."""


FENCED_CODE = (
    r"^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+){0,4}(?P<fence>`{3,}|~{3,})"
    r"[^\n]*(?:\n(?s:.*?)(?:^[ \t>]*(?P=fence)[`~]*[ \t]*\r?$|\Z)|\Z)"
)
CODE_SPAN = r"(?<!`)(?P<ticks>`+)(?!`)(?:(?!\n[ \t]*\n)(?s:.)){0,2000}?(?<!`)(?P=ticks)(?!`)"
_CODE = lazy_pattern(f"{FENCED_CODE}|{CODE_SPAN}", re.MULTILINE)
_OPENING = "<!--"
# What is passed over: an escape, a run of backticks, a tag with its values.
_PIECE = lazy_pattern(r"\\.|`+|<!--|</?[A-Za-z](?:[^<>\"']|\"[^\"]*\"|'[^']*')*+>")
_TICKS = lazy_pattern(r"`+")


def find_open_comment(text: str, start: int = 0) -> int:
    """Return where a comment begins that does not end in this text, or -1."""
    return _find(text, start)[0]


def drop_comments(text: str) -> tuple[str, int]:
    """Return a text without its comments, and where in what is left one begins that does not end in it, or -1."""
    if _OPENING not in text:
        return text, -1
    opened, closed = _find(text, 0)
    pieces, at = [], 0
    for start, end in closed:
        pieces.append(text[at:start])
        at = end
    kept = "".join(pieces)
    return kept + text[at:], -1 if opened < 0 else len(kept) + opened - at


def _find(text: str, start: int) -> tuple[int, list[tuple[int, int]]]:
    closed: list[tuple[int, int]] = []
    if _OPENING not in text:
        return -1, closed
    ends = _ends_of_code(text)
    at = start
    while (piece := _PIECE.search(text, at)) is not None:
        at = piece.end()
        if piece[0] == _OPENING:
            end = text.find("-->", piece.start() + 2)
            if end < 0:
                return piece.start(), closed
            at = end + 3
            closed.append((piece.start(), at))
        elif piece[0][0] == "`":
            at = ends.get(piece.start(), at)
    return -1, closed


def _ends_of_code(text: str) -> dict[int, int]:
    """Return where code begins and ends that the run of backticks there may open (CommonMark 0.31, 6.1)."""
    ends: dict[int, int] = {}
    later: dict[int, int] = {}
    for run in reversed(list(_TICKS.finditer(text))):
        length = len(run[0])
        if length in later:
            ends[run.start()] = later[length]
        later[length] = run.end()
    return ends


def hide_code(text: str) -> str:
    """Return a text of the same length with fenced code and code spans masked (CommonMark 0.31, 4.5 and 6.1)."""
    return _CODE.sub(_mask_code, text) if "`" in text or "~~~" in text else text


def _mask_code(match: re.Match[str]) -> str:
    before, after = match.string[max(match.start() - 1, 0) : match.start()], match.string[match.end() : match.end() + 1]
    return match[0] if match["ticks"] == "`" and before == after == "$" else mask(match)  # a formula: $`x`$


def mask(match: re.Match[str]) -> str:
    """Return what matched with all but its line ends masked."""
    return re.sub(r"[^\r\n]", MASK, match[0])
