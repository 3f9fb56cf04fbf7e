"""Whether two titles differ only by a typo, which is no news."""

from __future__ import annotations

import unicodedata

LEAST_LETTERS = 8
"""In a shorter word one letter can make another meaning: "nitrate" and "nitrite"."""


def is_same_title(one: str, other: str) -> bool:
    """Return whether two titles differ in nothing but case, spaces, or one edit inside a long word.

    An edit adds, drops or replaces a letter, or swaps two neighbors; the first letter stays. Digits, numerals and short
    words have to be equal.
    """
    words, others = fold(one).split(" "), fold(other).split(" ")
    if len(words) != len(others):
        return False
    unequal = [pair for pair in zip(words, others, strict=True) if pair[0] != pair[1]]
    return not unequal or (len(unequal) == 1 and _is_edited(*unequal[0]))


def fold(title: str) -> str:
    """Return a title without differences of case, of spaces and of Unicode forms."""
    return " ".join(unicodedata.normalize("NFC", title).casefold().split())


def _is_edited(one: str, other: str) -> bool:
    """Return whether one edit makes one word of letters into the other."""
    short, long = sorted((one.strip(".,:;!?"), other.strip(".,:;!?")), key=len)
    if len(short) < LEAST_LETTERS or not (short.isalpha() and long.isalpha()) or len(long) - len(short) > 1:
        return False
    begin = next((at for at, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if begin == 0:
        return False
    rest, longer = short[begin:], long[begin:]
    if len(short) < len(long):
        return rest == longer[1:]
    return rest[1:] == longer[1:] or (rest[:2] == longer[1::-1] and rest[2:] == longer[2:])
