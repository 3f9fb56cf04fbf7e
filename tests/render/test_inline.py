"""Patterns that are not tried change nothing: what the library makes by itself is the same."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown

from courseweek.render.formulas import add_formulas
from courseweek.render.inline import skip_needless_patterns
from courseweek.render.markup import Links, render_prose
from courseweek.render.maths import Formulas
from tests.sites import ROOT

PIECES = (
    *("`", "``", "$", "$$", "\\", "[", "]", "[^", "![", "(", ")", "<", ">", "&", "*", "**", "***", "_", "__", "!", ":"),
    *("a", "b c", "1", " ", "  ", "\n", "  \n", "\n\n", "    ", "- ", "1. ", "# ", "> ", "|", "---", "[^1]: ", "[a]: "),
    *("x.md", "http://a.example/", "<http://a.example/>", "<a@b.example>", "&amp;", "&#38;", "<b>", "</b>", "<!--"),
    *("[a](b.md)", "![a](b.png)", "[a][1]", "[1]: c.md", "![a][1]", "[TOC]", "`a`", "\\*", "$x$", "\u0002", "é"),
)  # fmt: skip
TEXTS = sorted(path for folder in ("content", "docs", "examples", "tests") for path in (ROOT / folder).rglob("*.md"))


@cache
def make(*, quick: bool, raw_html: bool) -> Markdown:
    extensions = ["tables", "fenced_code", "sane_lists", *(["footnotes", "md_in_html", "toc"] if raw_html else [])]
    converter = Markdown(extensions=extensions, output_format="html")
    add_formulas(converter, Formulas())
    if not raw_html:
        converter.preprocessors.deregister("html_block")
        converter.inlinePatterns.deregister("html")
    if quick:
        skip_needless_patterns(converter)
    return converter


def both(text: str, *, raw_html: bool) -> list[str]:
    return [make(quick=quick, raw_html=raw_html).reset().convert(text) for quick in (True, False)]


@pytest.mark.parametrize("raw_html", [True, False])
def test_every_page_of_this_project(raw_html: bool) -> None:
    assert len(TEXTS) > 50
    for path in TEXTS:
        quick, slow = both(path.read_text(encoding="utf-8"), raw_html=raw_html)
        assert quick == slow, path


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join), st.booleans())
def test_any_text(text: str, raw_html: bool) -> None:
    quick, slow = both(text, raw_html=raw_html)
    assert quick == slow


@pytest.mark.parametrize("marker", ["[TOC]", "  [TOC]"])
def test_a_list_of_headings(marker: str) -> None:
    drawn = render_prose(f"{marker}\n\n## A\n", Links(), lambda target: target)
    assert '<a href="#a">A</a>' in drawn
    again = render_prose("## A\n", Links(), lambda target: target)
    assert '<a href="#a">' not in again, "the marker of one page is not that of the next"
