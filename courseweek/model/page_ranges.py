"""The pages of a reading as they are written: `1-52`, `pp. 12–15, 20`, `xi to xiv`, or any other text."""

from __future__ import annotations

import re

from courseweek.regex import lazy_pattern

_PAGE = r"(?:\d+[a-e]?|[ivxlc]+)"
_RANGE = rf"{_PAGE}(?:\s*(?:-{{1,3}}|[\u2010-\u2015\u2212]|\bto\b)\s*{_PAGE})?"
_PAGES = lazy_pattern(rf"(?P<named>pp?\.?\s*|pages?\s+)?(?P<pages>{_RANGE}(?:\s*(?:,|;|&|\band\b)\s*{_RANGE})*)")
_NUMBERED = lazy_pattern(r"\d|[ivxlc]\s*(?:[-\u2010-\u2015\u2212]|\bto\b)\s*[ivxlc]")
_TO = lazy_pattern(r"\s*(?:-{1,3}|[\u2010-\u2015\u2212]|\bto\b)\s*")
_BETWEEN = lazy_pattern(r"\s*(?:,|;|&|\band\b)\s*")
_THOUSANDS = lazy_pattern(r"\d,\d{3}(?!\d)")
"""`1,001` is one number, or two pages."""
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
MOST_PAGES = 3_000
"""More than these are the number of an article, or a slip."""


def find_pages(text: str) -> str | None:
    """Return the pages that a text names, their ranges with a dash: `1–52` of `pp. 1-52`; None for `ch. 3`."""
    match = _PAGES.fullmatch(text.strip())
    if match is None or not (match["named"] or _NUMBERED.search(match["pages"])):
        return None
    return _TO.sub("–", match["pages"])


def is_one_page(pages: str) -> bool:
    """Return whether such pages are a single one."""
    return re.fullmatch(_PAGE, pages) is not None


def count_pages(text: str) -> int | None:
    """Return how many pages a text names: 52 for `1-52`; None where it doesn't say."""
    pages = find_pages(text)
    if pages is None or _THOUSANDS.search(pages):
        return None
    total = 0
    for part in _BETWEEN.split(pages):
        first, _, last = part.partition("–")
        count = _count(first, last or first)
        if count is None:
            return None
        total += count
    return total if total <= MOST_PAGES else None


def _count(first: str, last: str) -> int | None:
    """Return how many pages a range has; the last one may be shortened, as in `123-45`."""
    if first[0].isdigit() != last[0].isdigit():
        return None
    digits, ending = first.rstrip("abcde"), last.rstrip("abcde")
    if first == last and len(digits) > 4:
        return None  # the number of an article
    if not first[0].isdigit():
        digits, ending = str(_read_roman(first)), str(_read_roman(last))
    elif len(ending) < len(digits):
        ending = digits[: len(digits) - len(ending)] + ending
    if max(len(digits), len(ending)) > 5 or int(ending) < int(digits):
        return None
    return int(ending) - int(digits) + 1


def _read_roman(text: str) -> int:
    values = [_ROMAN[letter] for letter in text]
    following = [*values[1:], 0]
    return sum(-value if value < after else value for value, after in zip(values, following, strict=True))
