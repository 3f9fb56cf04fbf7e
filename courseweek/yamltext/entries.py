"""The entries into which a text of YAML falls by its indents alone, without a parser: what is distinguished by eye."""

from __future__ import annotations

from bisect import bisect_right

from courseweek.frozen import dataclass
from courseweek.regex import lazy_pattern

_LINE = lazy_pattern(r"(?P<indent> *)(?P<rest>[^\r\n]*)")
_DASH = lazy_pattern(r"-(?:[ \t]|$)")
_KEY = lazy_pattern(r"(?P<key>[^:#]+?|\"[^\"]*\"|'[^']*'):(?P<value>[ \t]+[^#].*)?(?:[ \t]*$|[ \t]+#)")


@dataclass(frozen=True, slots=True)
class Piece:
    """One entry: `dash` for an item of a list, else under `key` if it is `keyed`; its value may begin at `body`.

    All are indices of the text; an entry begins at the beginning of its line, and so does a value below its key.
    """

    start: int
    end: int
    dash: bool
    keyed: bool
    key: str
    body: int | None


def split_draft(text: str) -> list[Piece]:
    """Return the entries of the list or mapping that a text is, in order; none if it does not look like one.

    An entry begins with each line that is indented no more than the first one. A list may be below its key with
    the same indent (YAML 1.2.2, section 8.2.2), and a closing bracket belongs to what is above it.
    """
    lines = _written_lines(text)
    if not lines or lines[0][2][0] in "[{":
        return []
    most, dash = lines[0][1], _DASH.match(lines[0][2]) is not None
    starts: list[tuple[int, str]] = []
    for begin, indent, rest in lines:
        if indent > most or (starts and rest[0] in "]}"):
            continue
        if _DASH.match(rest) is None and dash:
            return []
        if _DASH.match(rest) is not None and not dash:
            if indent < most:
                return []  # a list that is further out than its key
            continue
        starts.append((begin, rest))
    if not dash and not any(_KEY.match(rest) for _, rest in starts):
        return []
    ends = [begin for begin, _ in starts[1:]] + [len(text)]
    # Blank lines and comments before the first entry go with it.
    begins = [0] + [begin for begin, _ in starts[1:]]
    written = [begin for begin, _, _ in lines] + [len(text)]
    return [
        _piece_of(begin, end, rest, dash, written[bisect_right(written, first)])
        for begin, end, (first, rest) in zip(begins, ends, starts, strict=True)
    ]


def _written_lines(text: str) -> list[tuple[int, int, str]]:
    """Return the beginning, the indent and the rest of each line with more on it than a comment."""
    found = []
    at = 0
    while at < len(text):
        match = _LINE.match(text, at)
        assert match is not None
        end = text.find("\n", at)
        rest = match["rest"].rstrip()
        if rest and not rest.startswith("#"):
            found.append((at, len(match["indent"]), rest))
        at = end + 1 if end >= 0 else len(text)
    return found


def _piece_of(start: int, end: int, rest: str, dash: bool, after: int) -> Piece:
    match = None if dash else _KEY.match(rest)
    key = "" if dash else (match["key"].strip("\"'") if match else rest)
    body = after if match and not match["value"] and after < end else None
    return Piece(start, end, dash, match is not None, key, body)
