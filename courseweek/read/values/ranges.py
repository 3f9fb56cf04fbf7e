"""The signs and words between the ends of a range of days or times."""

from __future__ import annotations

import re

from courseweek.regex import lazy_pattern

DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
"""The sign between the ends of a range: a hyphen, or what typesetters and keyboards put instead."""
UNTIL = ("to", "until", "till", "through", "thru")
_RANGE = lazy_pattern(rf" ?[{DASHES}] ?| (?:{'|'.join(UNTIL)}) ", re.IGNORECASE)
_WITH_HYPHENS = lazy_pattern(r"\d{4}-\d{2}-\d{2}")
_SPACED_RANGE = lazy_pattern(rf" ?[{DASHES[1:]}] ?| - | (?:{'|'.join(UNTIL)}) ", re.IGNORECASE)
_CLOCK = r"\d{1,2}(?::\d{2})?(?: ?[ap]\.?m\.?)?"
_TIMED = lazy_pattern(
    rf"(.*[^\s,])(?:, ?| )(?:(?:at|from) )?"
    rf"({_CLOCK}(?: ?[{DASHES}] ?| (?:{'|'.join(UNTIL)}) ){_CLOCK}|\d{{1,2}}:\d{{2}}(?: ?[ap]\.?m\.?)?)",
    re.IGNORECASE,
)


def split_range(text: str) -> list[str]:
    """Return the parts of a range, which `-`, another dash or a word such as `to` divides.

    The hyphens of `2027-02-15` divide nothing: a hyphen between such dates has spaces around it.
    """
    cleaned = " ".join(text.split())
    divider = _SPACED_RANGE if _WITH_HYPHENS.search(cleaned) else _RANGE
    return [part for part in divider.split(cleaned) if part]


def split_timed(text: str) -> list[str]:
    """Return a day and the time or range of times behind it, as in `Friday 9:00-10:50`; else the whole text."""
    match = _TIMED.fullmatch(" ".join(text.split()))
    return [text] if match is None else [match[1], match[2]]
