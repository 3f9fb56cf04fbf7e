"""Slugs: a title as an id."""

from __future__ import annotations

import unicodedata

from courseweek.regex import lazy_pattern

LONGEST_ID = 80
_APOSTROPHES = "'’‘`´"
_ASCII_WORD, _ASCII_APOSTROPHE = lazy_pattern("[a-z0-9_]+"), lazy_pattern("['`]")


def is_id_character(char: str) -> bool:
    """Tell whether an id may hold this character: a letter, mark or digit of any script, `-` or `_`."""
    return char in "-_" or unicodedata.category(char)[0] in "LNM"


def make_slug(text: str) -> str:
    """Return the default id of a title: lower case, apostrophes dropped, words joined by `-`, cut at a word.

    The result is empty if the title holds neither letters nor digits.
    """
    if text.isascii():  # most titles, and letter by letter takes its time
        slug = "-".join(_ASCII_WORD.findall(_ASCII_APOSTROPHE.sub("", text.lower())))
    else:
        normal = unicodedata.normalize("NFC", text).lower()
        kept = "".join(
            char if is_id_character(char) and char != "-" else " " for char in normal if char not in _APOSTROPHES
        )
        slug = "-".join(kept.split())
    if not any(unicodedata.category(char)[0] in "LN" for char in slug):
        return ""
    if len(slug) <= LONGEST_ID:
        return slug
    return slug[: LONGEST_ID + 1].rpartition("-")[0] or slug[:LONGEST_ID]
