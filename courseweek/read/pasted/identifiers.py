"""Lines that are a DOI, the number of a work at arXiv, or an address, without a title."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from courseweek.read.pasted.text_lines import Pasted, TextLine, is_key
from courseweek.regex import lazy_pattern

_DOI = lazy_pattern(r"(?i:doi:?[ ]*)?(?P<value>10\.\d{4,9}/[^\s\"<>]*[^\s\"<>.,;:])[.,;]?")
_ARXIV = lazy_pattern(
    r"(?i:arxiv):[ ]?(?P<value>(?:\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?)(?:[ ]*\[[\w.-]+\])?[.,;]?"
)
_ADDRESS = lazy_pattern(
    r"<?(?P<value>https?://[^\s\"<>\[\]{}|]+)>?",
)
_KINDS = (("doi", "a DOI", _DOI), ("arxiv", "an arXiv number", _ARXIV), ("url", "an address", _ADDRESS))
_IDENTIFYING = ("doi", "arxiv", "url")


def find_identifiers(lines: Sequence[TextLine], at: int) -> Pasted | None:
    """Return the identifiers that are alone on a line and on those below it, or None.

    An address below a reading without one may be meant for that reading: it is left to the reader of YAML.
    """
    found = _read_line(lines[at])
    if found is None or _belongs_above(lines, at, found[0]):
        return None
    end = at
    values: list[tuple[str, str]] = []
    while end < len(lines) and (each := _read_line(lines[end])) is not None and each[0] == found[0]:
        if lines[end].dashes and _has_keys_below(lines, end):
            break
        values.append(each)
        end += 1
    if not values:
        return None
    key, what, value = found[0], next(what for key, what, _ in _KINDS if key == found[0]), found[1]
    more = len(values) - 1
    alone = key == "url" and not more
    help = f"write {'- ' if alone else ''}title: and the title, and below it {key}: {value}"
    help += f"; likewise on {more} more line{'s' if more > 1 else ''}" if more else ""
    message = "the reading above already has an address, so this is a new reading" if alone else ""
    return Pasted("citation", what, len(values), sure=False, rewritten=(), help=help, message=message)


def _read_line(line: TextLine) -> tuple[str, str] | None:
    """Return the key and the value of an identifier that is alone on a line; None for anything else."""
    for key, _, pattern in _KINDS:
        match = pattern.fullmatch(line.body)
        if match is not None and not is_key(line) and (key != "url" or not line.dashes):
            return key, match["value"]
    return None


def _belongs_above(lines: Sequence[TextLine], at: int, key: str) -> bool:
    """Return whether an identifier without a dash may be meant for the reading above."""
    if lines[at].dashes:
        return False
    has_more = at + 1 < len(lines) and (below := _read_line(lines[at + 1])) is not None and below[0] == key
    return not has_more and not any(each in _IDENTIFYING for each in _keys_above(lines, at))


def _keys_above(lines: Sequence[TextLine], at: int) -> Iterator[str]:
    """Yield the keys of the reading above a line."""
    for place in range(at - 1, -1, -1):
        each = lines[place]
        if each.has_key:
            yield each.body.partition(":")[0].strip()
        if each.dashes or (each.is_entry and not each.is_empty):
            return


def _has_keys_below(lines: Sequence[TextLine], at: int) -> bool:
    rest = (lines[place] for place in range(at + 1, len(lines)))
    below = next((each for each in rest if not each.is_empty and not each.is_comment), None)
    return below is not None and not below.dashes and below.indent > lines[at].indent
