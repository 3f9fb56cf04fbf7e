"""HTML comments in Markdown: `<!-- … -->` shows only in code."""

from __future__ import annotations

from courseweek.regex import lazy_pattern

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
