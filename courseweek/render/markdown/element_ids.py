"""Ids in the HTML of texts: which of them a page can have, and how they change where several texts share a page."""

from __future__ import annotations

import html
import re
from collections.abc import Container, Iterator, Sequence

from courseweek.files.paths import normal_form
from courseweek.regex import lazy_pattern

OWN_PREFIX = "page."
"""Ids that begin so are those of the layouts."""

# A tag as the cleaner writes it, with each value between double quotes.
_TAG = lazy_pattern(r'<[a-z][^<>"]*(?:"[^"]*"[^<>"]*)*>')
_ID = lazy_pattern(r' id="([^"]*)"')
_PLACE = lazy_pattern(r' href="#([^"]*)"')
_SPACE = lazy_pattern(r"[\t\n\f\r ]")


def is_id(value: str) -> bool:
    """Return whether an element may have this id (WHATWG HTML, section 3.2.6: not empty, without ASCII whitespace)."""
    return value != "" and _SPACE.search(value) is None


def is_taken(value: str, taken: Container[str]) -> bool:
    """Return whether an id is taken; one in `taken` with a dot at its end covers all that begin with it."""
    if value in taken or value.startswith(OWN_PREFIX):
        return True
    return any(value[: dot.end()] in taken for dot in re.finditer(r"\.", value))


def list_ids(cleaned: str) -> Iterator[str]:
    """Yield the ids of a cleaned text in their order; words that only look like one are not meant."""
    if _ID.search(cleaned) is not None:
        for tag in _TAG.finditer(cleaned):
            if (found := _ID.search(tag[0])) is not None:
                yield html.unescape(found[1])


def drop_repeated(cleaned: str) -> tuple[str, Sequence[str]]:
    """Return a cleaned text in which each id is there once, at the first element that has it, and those taken away."""
    ids = list(list_ids(cleaned))
    if len(ids) == len(set(ids)):
        return cleaned, ()
    seen: set[str] = set()
    dropped: list[str] = []

    def keep_first(tag: re.Match[str]) -> str:
        found = _ID.search(tag[0])
        if found is None:
            return tag[0]
        value = html.unescape(found[1])
        if value not in seen:
            seen.add(value)
            return tag[0]
        dropped.append(value)
        return tag[0][: found.start()] + tag[0][found.end() :]

    return _TAG.sub(keep_first, cleaned), dropped


def put_under(cleaned: str, id: str) -> str:
    """Return a cleaned text with its ids under another one (`id.x` for `x`), and with the links to them."""
    ids = set(list_ids(cleaned))
    if not ids:
        return cleaned
    above = html.escape(id)

    def follow(link: re.Match[str]) -> str:
        return f' href="#{above}.{link[1]}"' if html.unescape(link[1]) in ids else link[0]

    def change(tag: re.Match[str]) -> str:
        return _PLACE.sub(follow, _ID.sub(lambda found: f' id="{above}.{found[1]}"', tag[0]))

    return _TAG.sub(change, cleaned)


def make_footnote_label(written: str) -> str:
    """Return the label of a footnote as its id holds it."""
    return normal_form("-".join(written.split()))
