"""Markdown becomes HTML that is safe to publish and that says what was written."""

from __future__ import annotations

import re

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from courseweek.render.markdown import markup
from courseweek.render.markdown.markup import render_block, render_inline, render_prose
from courseweek.render.markdown.remarks import Findings, Remark


def prose(text: str, findings: Findings | None = None, taken: frozenset[str] = frozenset()) -> str:
    return render_prose(text, findings or Findings(), lambda target: f"moved/{target}", taken).strip()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain words", "plain words"),
        ("a *b* **c** `d`", "a <em>b</em> <strong>c</strong> <code>d</code>"),
        ("[a](https://example.org)", '<a href="https://example.org">a</a>'),
        ("<b>bold</b> & <script>", "&lt;b&gt;bold&lt;/b&gt; &amp; &lt;script&gt;"),
        ("fish & chips < 3", "fish &amp; chips &lt; 3"),
        ("&amp; &copy;", "&amp; ©"),
        ("\"quoted\" 'too'", "\"quoted\" 'too'"),
        ("1 * 2 * 3", "1 * 2 * 3"),
        ("snake_case_name", "snake_case_name"),
        ("[ICLR'18]", "[ICLR'18]"),
        ("C# in depth #1", "C# in depth #1"),
    ],
)
def test_a_line(text: str, expected: str) -> None:
    assert render_inline(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("one\n\ntwo", "<p>one</p>\n<p>two</p>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("plain", "<p>plain</p>"),
        ("<div>\n\n*a*\n\n</div>", "<p>&lt;div&gt;</p>\n<p><em>a</em></p>\n<p>&lt;/div&gt;</p>"),
    ],
)
def test_a_text(text: str, expected: str) -> None:
    assert render_block(text) == expected


def test_links_are_noted_in_order() -> None:
    findings = Findings()
    prose("[a](https://example.org) ![b](p.png) [c](d.md#e) [f](#g) [h](mailto:a@example.org)", findings)
    assert findings.targets == ["https://example.org", "moved/p.png", "moved/d.md#e", "#g", "mailto:a@example.org"]
    assert findings.remarks == []


@pytest.mark.parametrize(
    "target",
    [
        "javascript:alert(1)",
        "JAVASCRIPT:alert(1)",
        "java\tscript:alert(1)",
        "&#x6a;avascript:alert(1)",
        "\x01javascript:alert(1)",
        "vbscript:x",
        "data:text/html,x",
        "file:///etc/passwd",
        "ftp://example.org",
        "blob:x",
        "intent://x",
        "unheard-of:x",
    ],
)
@pytest.mark.parametrize("form", ['<a href="{}">x</a>', "[x](<{}>)", '<img src="{}" alt="x">'])
def test_a_refused_scheme_gives_no_address(target: str, form: str) -> None:
    findings = Findings()
    html = prose(form.format(target), findings)
    assert "href" not in html
    assert "src=" not in html
    assert [remark.kind for remark in findings.remarks] == ["refused-link"]
    assert findings.targets == []


@pytest.mark.parametrize("target", ["mailto:a@example.org", "tel:+15551234"])
def test_an_image_is_no_message(target: str) -> None:
    findings = Findings()
    assert "src=" not in prose(f'<img src="{target}" alt="x">', findings)
    assert findings.remarks == [Remark("refused-link", target)]


@pytest.mark.parametrize("target", ["https://example.org/x.png", "http://example.org/x.png", "//example.org/x.png"])
def test_an_image_of_another_host_becomes_a_link(target: str) -> None:
    findings = Findings()
    html = prose(f"![A plot]({target})", findings)
    assert html == f'<p><a href="{target}">A plot</a></p>'
    assert f'<a href="{target}">{target}</a>' in prose(f"![]({target})")


def test_an_image_of_the_site_stays() -> None:
    assert prose("![A plot](assets/p.png)") == '<p><img alt="A plot" src="moved/assets/p.png"></p>'


@pytest.mark.parametrize(
    "html",
    [
        '<p onclick="x()">a</p>',
        '<p style="color: red">a</p>',
        '<p class="now">a</p>',
        "<p id=today>a</p>",
        "<script>x()</script><p>a</p>",
        "<style>p {}</style><p>a</p>",
        "<p><iframe src=https://example.org></iframe>a</p>",
        "<p><form><input>a</form></p>",
    ],
)
def test_raw_html_loses_what_acts(html: str) -> None:
    cleaned = prose(html)
    assert "a" in cleaned
    for word in ("on", "style", "class", "script", "id=", "iframe", "form", "input", "x()"):
        assert word not in cleaned


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A vector<int> and <your name>, List<T>.", "A vector&lt;int&gt; and &lt;your name&gt;, List&lt;T&gt;."),
        ("a <set> b</set>\n\nc", "a &lt;set&gt; b&lt;/set&gt;</p>\n<p>c"),
        ("a <b>c</b> <https://example.org>", 'a <b>c</b> <a href="https://example.org">https://example.org</a>'),
    ],
)
def test_what_only_looks_like_a_tag_is_text(text: str, expected: str) -> None:
    assert prose(text) == f"<p>{expected}</p>"


def test_only_after_a_space_a_sharp_closes_a_heading() -> None:
    assert prose("## C#\n## F# ##\ntext\n## A ##  \n##") == (
        '<h2 id="c">C#</h2>\n<h2 id="f">F#</h2>\n<p>text</p>\n<h2 id="a">A</h2>\n<h2 id="section"></h2>'
    )


def test_headings_get_ids_that_are_free() -> None:
    html = prose("## Why\n\n## Why\n\n## Intro\n\n## 数据\n\n## !?\n", taken=frozenset({"intro"}))
    for id in ("why", "why_1", "intro-section", "数据", "section"):
        assert f'<h2 id="{id}">' in html


def test_the_id_of_a_heading_depends_on_its_words_and_on_no_formula() -> None:
    html = prose("$a$ and $b$\n\n## The sum $x^2$ of it\n\n## $y$\n")
    assert re.findall(r'<h2 id="([^"]*)"', html) == ["the-sum-of-it", "section"]


def test_one_text_leaves_nothing_for_the_next() -> None:
    prose("[a]: https://example.org/a\n\nA[^1]\n\n[^1]: note\n")
    assert "href" not in prose("[a] and [^1]")
    assert prose("## Why") == '<h2 id="why">Why</h2>'


@given(st.text(alphabet="ab1 .,:;()'\"!?-+=~#>]}{%@/^\t\u00a0é中", max_size=30))
@example("Read sections 1 to 4.")
@example("1. A list")
@example("    code")
@example("# heading")
def test_what_skips_markdown_is_what_markdown_would_make(text: str) -> None:
    text = text.strip()
    assume(text)
    quick = _same_spaces(render_inline(text))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(markup, "_MARKUP_CHARACTERS", re.compile(""))
        assert quick == _same_spaces(render_inline(text))


def _same_spaces(html: str) -> str:
    return re.sub("[ \t]+", " ", html.replace("&nbsp;", "\u00a0"))
