"""Names of authors and editors: in full, by their last names, and short.

A name is written as people write it (`Ursula K. Le Guin`) or with the last name first (`Goody, Jack`). Between braces
it is one name, as in BibTeX.
"""

from __future__ import annotations

import re
import unicodedata

from courseweek.frozen import dataclass
from courseweek.regex import lazy_pattern

MOST_SHORT = 2
"""Authors who are named where a reading is shown in short; of more, only the first one is."""
AND_OTHERS = lazy_pattern(r"\{?(?:et\.? al\.?|(?:and )?others)\}?", re.IGNORECASE)
"""What people write for the authors that they leave out."""
SUFFIX = lazy_pattern(r"(?:jr|sr|ph\.? ?d|m\.? ?d|esq)\.?|I{2,3}|IV", re.IGNORECASE)
"""What follows a name after a comma and is not a first name."""
COMPANY = lazy_pattern(r"(?:inc|ltd|llc|corp|co|gmbh|plc|s\.a)\.?", re.IGNORECASE)
"""What follows the name of a company after a comma."""
_GENERATION = lazy_pattern(r"(?:jr|sr)\.?|I{2,3}|IV", re.IGNORECASE)
# In a last name these come before its main word; a small letter says so of any word.
_PARTICLES = frozenset(
    {
        *(
            "al",
            "ap",
            "ben",
            "bin",
            "d'",
            "da",
            "das",
            "de",
            "del",
            "della",
            "den",
            "der",
            "des",
            "di",
            "do",
            "dos",
            "du",
        ),
        *("el", "ibn", "la", "las", "le", "los", "san", "st", "st.", "ter", "van", "von", "zu"),
    }
)
_LAST_NAME_FIRST = ("CJK", "HIRAGANA", "KATAKANA", "HANGUL")
_FIRST_PARTICLES = frozenset({"al", "el", "ibn"})
_GROUP_WORD = lazy_pattern(
    r"(?:agency|assembly|association|authority|board|bureau|center|centre|college|commission|committee|company"
    r"|congress|consortium|corporation|council|department|foundation|group|institute|laboratory|ministry|nations"
    r"|organi[sz]ation|parliament|party|press|project|society|team|union|university)s?",
    re.IGNORECASE,
)
_JOINED = lazy_pattern(r"\b(?:and|for|of|the)\b|[&0-9]", re.IGNORECASE)


def full_name(author: str) -> str:
    """Return a name as it is shown in full: as written, without the braces that keep it together."""
    return author[1:-1].strip() if author.startswith("{") and author.endswith("}") else author


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name by its parts: `family` alone is the whole name of a group, or one that can't be divided.

    One that is `eastern` is called by all of it, the family first.
    """

    family: str
    given: str | None = None
    suffix: str | None = None
    eastern: bool = False


def divide_name(author: str) -> PersonName:
    """Return a name by its parts, as far as it has parts that are sure."""
    if author.startswith("{"):
        return PersonName(full_name(author))
    first, comma, rest = (part.strip() for part in author.partition(","))
    if not first or (comma and COMPANY.fullmatch(rest)):
        return PersonName(author)
    suffix = rest if SUFFIX.fullmatch(rest) else None
    if rest and suffix is None:
        given, _, after = (part.strip() for part in rest.partition(","))
        if SUFFIX.fullmatch(given) and after:
            given, after = after, given
        return PersonName(first, given, after) if SUFFIX.fullmatch(after) else PersonName(first, rest)
    words = first.split()
    if _GENERATION.fullmatch(words[-1]) and len(words) > 2:
        suffix = words.pop()
    if len(words) == 2 and all(map(_is_eastern, words)):
        return PersonName(words[0], words[1], suffix, eastern=True)
    if len(words) < 2 or _is_whole(words) or _GENERATION.fullmatch(words[-1]):
        return PersonName(first)
    start = len(words) - 1
    while start > 0 and _is_particle(words[start - 1], first_word=start == 1):
        start -= 1
    return PersonName(" ".join(words[start:]), " ".join(words[:start]) or None, suffix)


def last_name(author: str) -> str:
    """Return the name by which an author is called in short; all of it for a group, one word, and most of Asia."""
    name = divide_name(author)
    return f"{name.family} {name.given}" if name.eastern else name.family


def shorten_names(names: tuple[str, ...]) -> tuple[list[str], bool]:
    """Return up to two last names, else the first one alone, and whether there are others."""
    named = [last_name(name) for name in names if not AND_OTHERS.fullmatch(name)]
    if len(named) > MOST_SHORT:
        return named[:1], True
    return named, 0 < len(named) < len(names)


def _is_whole(words: list[str]) -> bool:
    """Return whether words are the name of a group of people, or of a script that writes the last name first."""
    name = " ".join(words)
    # Han, kana and Hangul; other scripts have the last name last, or don't divide a name so.
    asian = not name.isascii() and any(map(_is_eastern, name[:4]))
    group = _GROUP_WORD.fullmatch(words[-1]) or _GROUP_WORD.fullmatch(words[0])
    return bool(asian or group or _JOINED.search(name))


def _is_eastern(word: str) -> bool:
    """Return whether all letters of a word are of a script in which the last name comes first."""
    return all(unicodedata.name(char, "").startswith(_LAST_NAME_FIRST) for char in word)


def _is_particle(word: str, *, first_word: bool) -> bool:
    """Return whether a word belongs to the last name behind it; the first word of a name is mostly a first name."""
    if first_word:
        return word.casefold() in _FIRST_PARTICLES or (word[0].islower() and word.casefold() in _PARTICLES)
    return word[0].islower() or word.casefold() in _PARTICLES
