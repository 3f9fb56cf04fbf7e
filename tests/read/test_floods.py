"""Markdown that would take its converter very long is refused where it stands."""

from __future__ import annotations

import pytest

from courseweek.read.values.markdown_limits import MOST_IN_PAGE, find_flood_in_page, find_flood_in_text

REFUSED = {
    "a paragraph of brackets": ("Words.\n\n" + "[" * 400, 8, "a paragraph has at most 300 `[`"),
    "tags": ("<b>" * 400, 0, "a paragraph has at most 300 `<`"),
    "brackets all over": ("[a](b)\n\n" * (MOST_IN_PAGE + 1), 0, "a page has at most 5,000 `[`"),
    "deep lists": ("* a\n" + " " * 44 + "* b", 4, "a list entry is indented by at most 40 spaces"),
    "a page without end": ("word " * 60_000, 0, "a page has at most 250,000 characters"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused(name: str) -> None:
    text, at, message = REFUSED[name]
    assert find_flood_in_page(text) == (at, message)


KEPT = {
    "a table of links": "| a | b |\n|---|---|\n" + "| [a](b) | [c](d) |\n" * 400,
    "a list of links": "- [a](b)\n" * 1000,
    "a long page": "A paragraph with [a link](https://example.org/).\n\n" * 4000,
}


@pytest.mark.parametrize("name", KEPT)
def test_what_is_kept(name: str) -> None:
    assert find_flood_in_page(KEPT[name]) is None


def test_a_text_of_a_yaml_file() -> None:
    assert find_flood_in_text("[a](b) " * 60) is None
    assert find_flood_in_text("x " + "[" * 61) == (2, "a text has at most 60 `[`")
