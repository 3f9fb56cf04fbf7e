"""Which fixes are good: those after which YAML reads the line, with its keys in place and every letter."""

from __future__ import annotations

import pytest

from courseweek.diagnostics import Diagnostics, Edit, Source, suggest
from courseweek.read.reading_lists import READINGS_GRAMMAR
from courseweek.yamltext.document import read_yaml
from courseweek.yamltext.trial import is_good_fix

# A text, what of it is written anew, and as what.
GOOD = [
    ("a:\n  - title: X: Y\n", "X: Y", '"X: Y"'),
    ("a:\n  - title:X\n", "title:X", "title: X"),
    ("a:\n  - titel:X\n", "titel:X", "titel: X"),
    ("a:\n  - title: [A, B\n", "B", "B]"),
    ("a:\n  - 1. Knots\n", "1. Knots", "Knots"),
    ("a:\n  - title: X: Y\n  - title: [\n", "X: Y", '"X: Y"'),
]
BAD = {
    "YAML can't read the line": ("a:\n  - title: X: Y\n", "X: Y", "X: Y:"),
    "the bracket is open": ("a:\n  - title: [}\n", "}", '"}"'),
    "a letter is lost": ("a:\n  - title: X: Yz\n", "X: Yz", '"X: Y"'),
    "the key belongs elsewhere": ("a:\n  - Knots\n", "Knots", "required: Knots"),
    "there is no such key": ("a:\n  - Knots and links\n", "Knots and links", "Knots: and links"),
}


def edit(text: str, old: str, new: str) -> Edit:
    """Return the edit that writes the first of an old text anew."""
    at = text.index(old)
    return Edit(Source("", text).span(at, at + len(old)), new)


@pytest.mark.parametrize(("text", "old", "new"), GOOD)
def test_a_good_fix(text: str, old: str, new: str) -> None:
    assert is_good_fix(text, [edit(text, old, new)], READINGS_GRAMMAR)


@pytest.mark.parametrize("why", BAD)
def test_a_bad_fix(why: str) -> None:
    text, old, new = BAD[why]
    assert not is_good_fix(text, [edit(text, old, new)], READINGS_GRAMMAR)


def test_two_edits_of_one_place() -> None:
    text = "a:\n  - title: X: Y\n"
    both = [edit(text, "X: Y", '"X: Y"'), edit(text, ": Y", " - Y")]
    assert not is_good_fix(text, both, READINGS_GRAMMAR)


SOFT = {
    "a:\n  - ti\u00adtle: X\n": "delete it: title",
    "a:\n  - title: X\n    id: kn\u00adots\n": "delete it: knots",
    "kn\u00adots:\n  - title: X\n": "delete it: knots",
    "a:\n  - title: Donau\u00addampf\n": None,
    "a:\n  - title: the kn\u00adots\n": None,
}


@pytest.mark.parametrize("text", SOFT)
def test_a_soft_hyphen(text: str) -> None:
    found = Diagnostics()
    read_yaml(Source("readings.yaml", text), found, grammar=READINGS_GRAMMAR)
    assert [(each.name, each.help) for each in found] == ([("invisible-character", SOFT[text])] if SOFT[text] else [])


# A word, a known one, and whether that is near enough to ask for it.
WORDS = [
    ("tags", "pages", False),
    ("ulr", "url", True),
    ("urk", "url", True),
    ("dat", "date", True),
    ("titl", "title", True),
    ("yaer", "year", True),
    ("link", "links", True),
    ("titel", "title", True),
]


@pytest.mark.parametrize(("word", "known", "near"), WORDS)
def test_a_short_word_is_one_mistake_away(word: str, known: str, near: bool) -> None:
    assert (suggest(word, [known]) == known) is near
