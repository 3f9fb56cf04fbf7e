"""Titles in a form in which two systems agree: words and numbers, without case, signs, accents and abbreviations."""

from __future__ import annotations

import unicodedata

from courseweek.regex import lazy_pattern

Words = tuple[str, ...]

LONGEST_TITLE = 300
"""Characters of a title that are compared."""
_ALIKE: dict[str, Words] = {
    **dict.fromkeys(("hw", "hwk", "homeworks"), ("homework",)),
    **dict.fromkeys(("ps", "pset", "psets"), ("problem", "set")),
    **dict.fromkeys(("asg", "asgn", "asgt", "asst", "assn", "assignments"), ("assignment",)),
    **dict.fromkeys(("proj", "prj"), ("project",)),
    **dict.fromkeys(("ex", "exer", "exercises"), ("exercise",)),
    **dict.fromkeys(("mt", "midterms"), ("midterm",)),
    "labs": ("lab",),
    "quizzes": ("quiz",),
    "the": (),
}
_USUAL = frozenset(
    (
        *("homework", "problem", "assignment", "project", "exercise", "midterm", "final", "paper", "report", "review"),
        *("reading", "essay", "discussion", "draft", "proposal", "presentation", "participation"),
    )
)
"""Words that most courses have in the titles of their tasks."""
_WORD = lazy_pattern(r"[^\W\d_]+(?:[+#]+(?!\d))?|\d+")
_TURN = lazy_pattern(r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])")


def split_title(title: str) -> Words:
    """Return the words of a title: `HW #3: Caches` and `homework 3 - caches` are ("homework", "3", "caches")."""
    plain = unicodedata.normalize("NFKD", title[:LONGEST_TITLE]).casefold()
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    words: list[str] = []
    for word in _WORD.findall(plain):
        words += (str(int(word)),) if word.isdecimal() else _ALIKE.get(word, (word,))
    return tuple(words)


def numbers_of(words: Words) -> Words:
    """Return the numbers among words."""
    return tuple(word for word in words if word.isdecimal())


def holds(words: Words, inner: Words) -> bool:
    """Return whether words hold others, in a row."""
    return bool(inner) and any(words[at : at + len(inner)] == inner for at in range(len(words) - len(inner) + 1))


def is_telling(words: Words) -> bool:
    """Return whether a title is not one that any course could have, such as `Homework 1`."""
    return any(len(word) > 4 and word not in _USUAL and not word.isdecimal() for word in words)


def names_course(label: str, code: str | None, title: str) -> bool:
    """Return whether the label of a course in another system holds our course's code or title.

    Letters and digits are words of their own: `CS101-SP27` holds `CS 101`, and `ICS 101` and `CS 1010` do not.
    """
    words = split_title(_TURN.sub(" ", label))
    return any(holds(words, split_title(_TURN.sub(" ", each))) for each in (code, title) if each)
