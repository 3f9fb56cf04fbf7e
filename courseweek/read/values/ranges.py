"""The signs and words between the ends of a range of days or times."""

from __future__ import annotations

import re

from courseweek.regex import lazy_pattern

DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
"""The sign between the ends of a range: a hyphen, or what typesetters and keyboards put instead."""
UNTIL = ("to", "until", "till", "through", "thru")
_RANGE = lazy_pattern(rf" ?[{DASHES}] ?| (?:{'|'.join(UNTIL)}) ", re.IGNORECASE)


def split_range(text: str) -> list[str]:
    """Return the parts of a range, which `-`, another dash or a word such as `to` divides."""
    return [part for part in _RANGE.split(" ".join(text.split())) if part]
