"""The order of names and titles in lists: as people count and spell, and the same on every machine."""

from __future__ import annotations

import re
import unicodedata

from courseweek.regex import lazy_pattern

_DIGITS = lazy_pattern(r"([0-9]+)")
# Letters that Unicode does not take apart into one of the alphabet and a mark.
_PLAIN = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th"})

NaturalKey = tuple[tuple[tuple[int, int, str], ...], str, str]


def natural_key(text: str) -> NaturalKey:
    """Return what names are sorted by: case-blind, marks on letters last, numbers by what they count.

    `Lab 2` comes before `Lab 10`, `apple` before `Zebra`, and `Ähre` among the words with A. Names that are equal so
    far are ordered by their marks, and then by their case. Locales play no part, so the order is always the same.
    """
    folded = unicodedata.normalize("NFC", text).casefold()
    if text.isascii():
        bare = folded
    else:
        parted = unicodedata.normalize("NFKD", folded)
        bare = "".join(char for char in parted if not unicodedata.combining(char)).translate(_PLAIN)
        bare = re.sub(r"\d", lambda digit: str(unicodedata.decimal(digit[0])), bare)
    return tuple(map(_rank, filter(None, _DIGITS.split(bare)))), folded, text


def _rank(piece: str) -> tuple[int, int, str]:
    """Return the rank of a run of digits, before words, or of one without any; no number is too long for it."""
    if not piece[0].isascii() or not piece[0].isdigit():
        return 1, 0, piece
    digits = piece.lstrip("0")
    return 0, len(digits), digits
