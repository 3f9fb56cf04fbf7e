"""Places in files, the collector of what is wrong, and the word that was probably meant."""

from __future__ import annotations

import pytest

from courseweek.diagnostics import LONGEST_MESSAGE, MOST_SUGGESTIONS, Diagnostics, Source, suggest

POSITIONS = {
    "": [(0, 1, 1)],
    "ab": [(0, 1, 1), (2, 1, 3)],
    "a\nb\n": [(1, 1, 2), (2, 2, 1), (3, 2, 2), (4, 3, 1)],
    "a\r\nb": [(1, 1, 2), (2, 1, 3), (3, 2, 1)],
    "a\rb\u2028c\x85d\x0be": [(8, 1, 9)],
    "😀é\n日本": [(1, 1, 2), (3, 2, 1), (4, 2, 2)],
}


@pytest.mark.parametrize("text", POSITIONS)
def test_positions(text: str) -> None:
    source = Source("x", text)
    for index, line, column in POSITIONS[text]:
        assert source.position(index) == (line, column)


def test_lines() -> None:
    source = Source("x", "a\r\n\nb\u2028c\rd\r\ne")
    assert [source.line(number) for number in range(7)] == ["", "a", "", "b\u2028c\rd", "e", "", ""]


def test_spans() -> None:
    source = Source("folder/x.yaml", "one\ntwo three")
    span = source.span(4, 13)
    assert (span.file, span.line, span.column, span.text) == ("folder/x.yaml", 2, 1, "two three")
    assert (span.within(4, 9).text, span.within(4, 9).column) == ("three", 5)
    assert source.span(5, 3).text == ""
    assert (source.whole().line, source.whole().column, source.whole().text) == (1, 1, "")


def test_each_cause_once() -> None:
    source = Source("x", "abc")
    found = Diagnostics()
    found.error("n", "m", source.span(0, 1))
    found.error("n", "m", source.span(0, 1), help="other")
    found.error("n", "m", source.span(1, 2))
    found.warning("w", "m", source.span(0, 1))
    assert [(each.severity, each.name, each.span.start) for each in found] == [
        ("error", "n", 0),
        ("error", "n", 1),
        ("warning", "w", 0),
    ]


def test_errors_by_file() -> None:
    found = Diagnostics()
    found.warning("w", "m", Source("a", "x").whole())
    assert not found.has_errors()
    found.error("n", "m", Source("b", "x").whole())
    assert found.has_errors()
    assert found.has_errors("b", "c")
    assert not found.has_errors("a")


def test_what_a_message_repeats_is_cut() -> None:
    found = Diagnostics()
    found.error("n", "x" * 100_000, Source("a", "").whole(), help="y" * 100_000)
    (reported,) = found
    assert len(reported.message) <= LONGEST_MESSAGE
    assert reported.help is not None
    assert len(reported.help) <= LONGEST_MESSAGE


SUGGESTIONS = {
    "titel": "title",
    "TITLE": "title",
    "auhtors": "authors",
    "zebra": None,
    "": None,
    "title" * 30: None,
}


@pytest.mark.parametrize("word", SUGGESTIONS)
def test_suggestions(word: str) -> None:
    assert suggest(word, ["title", "authors", "url"]) == SUGGESTIONS[word]


def test_a_nearer_word_may_be_asked_for() -> None:
    assert suggest("lectures", ["Lecture"], cutoff=0.8) == "Lecture"
    assert suggest("review lecture", ["Lecture"], cutoff=0.8) is None


def test_suggestions_end() -> None:
    found = Diagnostics()
    answers = [found.suggest("titel", ["title"]) for _ in range(MOST_SUGGESTIONS + 1)]
    assert answers == ["title"] * MOST_SUGGESTIONS + [None]
