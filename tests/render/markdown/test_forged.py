"""Nothing that a contributor writes is taken for what the program makes: classes, boxes of tasks, marks of formulas.

And nothing that only stood for something on the way is left on a page.
"""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courseweek.render.markdown.markup import render_block, render_inline, render_prose
from courseweek.render.markdown.own_classes import OWN
from courseweek.render.markdown.remarks import Findings
from tests.sampling import some_slow
from tests.sites import ROOT

THEME = sorted(
    {
        name
        for path in [
            *(ROOT / "layouts").rglob("*.html"),
            *(ROOT / "assets/theme").iterdir(),
        ]
        for text in [path.read_text(encoding="utf-8")]
        for name in (
            *re.findall(r"\.([a-z][a-z-]+)(?=[\s:,.){\[>+~#])", text),
            *(word for names in re.findall(r'class="([^"{]*)', text) for word in names.split()),
        )
    }
)
TAGS = """
    a abbr b blockquote br caption center code dd del details div dl dt em figure h1 h2 h6 hr i img input kbd li mark ol
    p pre q s samp section small span strong sub summary sup table tbody td tfoot th thead tr u ul
    """.split()  # noqa: SIM905 - a list of words reads better as words
SPELLINGS = ('class="{}"', "class='{}'", "class={}", 'CLASS="x {} y"')


def prose(text: str) -> str:
    return render_prose(text, Findings(), lambda target: target)


def classes(rendered: str) -> set[str]:
    return {name for names in re.findall(r'class="([^"]*)"', rendered) for name in names.split()}


def test_the_theme_has_classes() -> None:
    assert {"now", "as-of", "skip", "unseen", "panels", "task", "alert"} <= set(THEME)


@pytest.mark.parametrize("around", ["{}", "a {} b", "<table><tr>{}</tr></table>", "- {}"])
@pytest.mark.parametrize("tag", some_slow(TAGS, 4))
def test_no_class_of_the_theme_is_a_contributor_s(tag: str, around: str) -> None:
    names = (*THEME, "align-right", "footnote", "code", "k", "n")
    spelled = [spelling.format(name) for name in names for spelling in SPELLINGS]
    spelled += [f'class="&#x{ord(name[0]):x};{name[1:]}"' for name in names]
    rendered = prose("\n\n".join(around.format(f"<{tag} {each}>x</{tag}>") for each in spelled))
    assert classes(rendered) == set()
    assert rendered.count("x") >= len(spelled)


def test_the_converter_s_own_classes_stay() -> None:
    text = "| a | b |\n|--:|:-:|\n| c[^1] | d |\n\n> [!TIP]\n> e\n\n- [ ] f\n\n[^1]: g\n"
    assert classes(prose(text)) == {
        *("align-right", "align-center", "footnote", "footnote-ref", "footnote-backref", "alert", "task")
    }
    assert OWN not in prose(text)


@pytest.mark.parametrize("name", ["language-python", "language-c++"])
def test_code_names_its_language(name: str) -> None:
    assert classes(prose(f'<pre><code class="{name} now">x</code></pre>')) <= {"code", "n", "language-x"}
    assert classes(prose(f'a <code class="{name} now">x</code>')) == {name}


def test_a_box_is_only_a_task_s() -> None:
    box = '<input type="checkbox" disabled aria-label="To do">'
    assert prose("- [ ] a\n- [x] b") == (
        f'<ul>\n<li class="task">{box} a</li>\n'
        '<li class="task"><input type="checkbox" disabled checked aria-label="Done"> b</li>\n</ul>'
    )
    for written in ("<input type=checkbox disabled>", "<input>", "<input type=image src=x.png alt=x>"):
        assert "<input" not in prose(f"{written}\n\na {written}")


MARKS = {
    "the library's": "\u0002klzzwxh:0000\u0003",
    "its stash": "\u0002wzxhzdk:0\u0003",
    "its signs": "\u0002amp\u0003 \u000242\u0003",
    "a formula's": "\uf8f00\uf8f1",
    "a formula's, by entities": "&#xf8f0;0&#xf8f1;",
    "a formula's, by numbers": "&#63728;0&#63729;",
    "a formula's, escaped": "&\\#63728;0&\\#63729;",
    "a formula's, around a comment": "&#xf8<!-- -->f0;0&#xf8<!-- -->f1;",
    "the program's own": "own-0123456789abcdef-now",
    "control characters": "".join(map(chr, range(1, 9))) + "\x0b\x0c\x0e\x1b\x7f\x80\x9f",
    "control characters by entities": "".join(
        f"&#{number};" for number in (*range(9), 11, 12, *range(14, 32), 127, 150)
    ),
    "halves of a pair": "&#xd800;&#xdfff;",
    "nothing": "\x00&#0;",
}
PLACES = {
    "a paragraph": "a {} b",
    "code": "`{}` and\n\n```\n{}\n```",
    "a formula": "$x$ {} $`x^2`$ ``$`{}`$``",
    "a heading": "## {}\n\n{}\n---",
    "a table": "| {} |\n|---|\n| {} |",
    "a list": "- {}\n  1. {}",
    "a link": "[{}](/a '{}') ![{}](b.png) [a]({})\n\n[{}]: /c",
    "a comment": "a <!-- {} --> b",
    "HTML": "<div title='{}'>{}</div>\n\na <b title=\"{}\">{}</b>",
    "a footnote": "a[^1]\n\n[^1]: {}",
    "the language of code": "``` {}\na\n```",
    "an address": "https://a.example/{} www.{} <https://a.example/{}>",
}
_LEFT = re.compile("[\x00-\x08\x0b\x0c\x0d\x0e-\x1f\x7f-\x9f\ud800-\udfff\uf8f0-\uf8f7]")


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("mark", MARKS)
def test_no_mark_reaches_a_page(mark: str, place: str) -> None:
    text = PLACES[place].replace("{}", MARKS[mark])
    formulas = text.count("$x$") + text.count("$`x^2`$") if place == "a formula" else 0
    for rendered in (prose(text), render_block(text), render_inline(text)):
        assert _LEFT.search(rendered) is None
        assert rendered.count("<math") == formulas
        assert f'"{OWN}' not in rendered


@given(st.text(alphabet="ab\u0002\u0003\uf8f0\uf8f10$`*[]()<>!-&#;x\\|\n\t\x0c\x85~:@.", max_size=60))
def test_no_mark_of_any_text_reaches_a_page(text: str) -> None:
    for rendered in (prose(text), render_block(text), render_inline(text)):
        assert _LEFT.search(rendered) is None


REMOTE = [
    "https://example.org/a.png",
    "HTTPS://example.org/a.png",
    " https://example.org/a.png",
    "\x01\x1fhttps://example.org/a.png ",
    "ht\ntps://example.org/a.png",
    "ht&#10;tps://example.org/a.png",
    "ht&Tab;tps:&NewLine;//example.org/a.png",
    "&#104;ttps://example.org/a.png",
    "&#32;//example.org/a.png",
    "//example.org/a.png",
    "/&#9;/example.org/a.png",
    "\\\\example.org/a.png",
    "/\\example.org/a.png",
    "\\/example.org/a.png",
    "///example.org/a.png",
    "https:example.org/a.png",
    "https:\\\\example.org/a.png",
]


@pytest.mark.parametrize("source", REMOTE)
def test_a_picture_of_another_host_is_a_link(source: str) -> None:
    for form in ('<img src="{}" alt="x">', "<img alt='x' src='{}'>", '<p><img alt="x" src="{}" width=1></p>'):
        rendered = prose(form.format(source))
        assert "<img" not in rendered
        (address,) = re.findall(r'<a href="([^"]*)">x</a>', rendered)
        assert re.fullmatch(r"(?:https:)?(?://|\\\\)?example\.org/a\.png", address)


@pytest.mark.parametrize(
    "source",
    ["HTTPS://example.org/a.png", "\\\\\\\\example.org/a.png", "/\\\\example.org/a.png", "&#9;//example.org/a.png"],
)
def test_so_it_is_in_markdown(source: str) -> None:
    rendered = prose(f"![x]({source})")
    assert "<img" not in rendered
    assert "example.org/a.png" in rendered


@pytest.mark.parametrize(
    "more", ['srcset="https://example.org/a.png 2x"', "SRCSET='//example.org/a.png'", "sizes=100vw"]
)
def test_a_picture_has_one_address(more: str) -> None:
    assert prose(f'<img src="assets/a.png" alt="x" {more}>') == '<img src="assets/a.png" alt="x">'
    assert prose(f'<picture><source {more}><img src="assets/a.png" alt="x"></picture>').count("example.org") == 0
