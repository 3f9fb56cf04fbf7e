"""Slugs: a title as an id."""

from __future__ import annotations

import unicodedata

from courseweek.regex import lazy_pattern

LONGEST_ID = 80
# Words in emphasis, and hyphens but for those of a name that ends with them (`C--`).
_EMPHASIS = lazy_pattern(r"(?<!\w)([*_]{1,3})(?=\S)([^*_]+?)(?<=\S)\1(?!\w)")
_DASHES = lazy_pattern(r"^-+|-+(?=[^-])|(?<=[^-])-$")
_APOSTROPHES = "'’‘`´"
_ASCII_WORD, _ASCII_APOSTROPHE = lazy_pattern("[a-z0-9_]+"), lazy_pattern("['`]")


def is_id_character(char: str) -> bool:
    """Return whether an id may hold this character: a letter, mark or digit of any script, `-` or `_`."""
    return char in "-_" or unicodedata.category(char)[0] in "LNM"


def title_key(text: str) -> str:
    """Return what two spellings of one title share: its letters, digits and signs, without case and punctuation.

    `C`, `C++`, `C#` and `F*` are four titles; `Knots: A Study` and `Knots – a study` are one. Empty where a title holds
    neither letters nor digits.
    """
    bare = _EMPHASIS.sub(r"\2", unicodedata.normalize("NFKC", text).casefold())
    kept = "".join(_key_of(char) for char in bare if char not in _APOSTROPHES)
    pieces = [_DASHES.sub(" ", piece) if piece.strip("-") else "" for piece in kept.split()]
    key = " ".join(" ".join(pieces).split())
    return key if make_slug(text) else ""


def _key_of(char: str) -> str:
    category = unicodedata.category(char)
    if category[0] in "LNM" or char in "#*&%@-" or (category[0] == "S" and char not in "`^|"):
        return char
    return "-" if category == "Pd" else " "


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
