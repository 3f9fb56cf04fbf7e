"""Marks that stay open end with their block, and go on in the next paragraph."""

from __future__ import annotations

import pytest

from courseweek.render.markdown.markup import render_block, render_prose
from courseweek.render.markdown.remarks import Findings


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- <b>x\n- y", "<ul>\n<li><b>x</b></li>\n<li>y</li>\n</ul>"),
        ("1. <code>a\n2. b", "<ol>\n<li><code>a</code></li>\n<li>b</li>\n</ol>"),
        ("<b>one\n\ntwo</b> three\n\nfour", "<p><b>one</b></p>\n<p><b>two</b> three</p>\n<p>four</p>"),
        ("<b><b><i lang=de>x\n\ny", '<p><b><b><i lang="de">x</i></b></b></p>\n<p><b><i lang="de">y</i></b></p>'),
        ("<B>x\n\n- a", "<p><b>x</b></p>\n<ul>\n<li>a</li>\n</ul>"),
        ("<b>x\n\n## A\n\ny", '<p><b>x</b></p>\n<h2 id="a">A</h2>\n<p>y</p>'),
        ("<div><b>x<p>y</p></b> z</div>", "<div><b>x</b><p><b>y</b></p> z</div>"),
        ("a</b> <b>b</b>", "<p>a <b>b</b></p>"),
        ("`<b>` and <b>b", "<p><code>&lt;b&gt;</code> and <b>b</b></p>"),
        ('<a href="x"><b>a</b></a>', '<p><a href="x"><b>a</b></a></p>'),
    ],
)
def test_marks_end_with_their_block(text: str, expected: str) -> None:
    assert render_prose(text, Findings(), lambda target: target) == expected


def test_a_footnote_ends_its_marks() -> None:
    rendered = render_prose("a[^1]\n\n[^1]: <b>x\n", Findings(), lambda target: target)
    assert rendered.endswith("</b></p>\n</li>\n</ol>\n</div>")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# A *b*", "<h4>A <em>b</em></h4>"),
        ("A\n-\n\nb", "<h5>A</h5>\n<p>b</p>"),
        ("#", "<p>#</p>"),
        ("a\n\n##", "<p>a</p>\n<p>##</p>"),
        ("##### A", "<h6>A</h6>"),
        ("`<h1>` a\n\n***", "<p><code>&lt;h1&gt;</code> a</p>\n<hr>"),
    ],
)
def test_headings_of_yaml_texts_are_below_the_page_s(text: str, expected: str) -> None:
    assert render_block(text) == expected
