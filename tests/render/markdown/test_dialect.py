"""What Markdown has besides the specification: alerts, formulas in other signs, addresses in YAML texts."""

from __future__ import annotations

import pytest

from courseweek.render.markdown.markup import is_plain, render_block, render_inline, render_prose
from courseweek.render.markdown.remarks import Findings


def prose(text: str) -> str:
    return render_prose(text, Findings(), lambda target: target)


@pytest.mark.parametrize("kind", ["NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION", "note"])
def test_an_alert_begins_with_its_word(kind: str) -> None:
    label = kind.capitalize()
    assert prose(f"> [!{kind}]\n> a *b*\n>\n> - c") == (
        f'<blockquote class="alert">\n<p><strong>{label}</strong></p>\n<p>a <em>b</em></p>\n'
        "<ul>\n<li>c</li>\n</ul>\n</blockquote>"
    )


@pytest.mark.parametrize(
    "text", ["> [!NOTE] a", "> [!OTHER]\n> a", "> a\n> [!NOTE]", "- > [!NOTE]\n  > a", "> [!NOTE]"]
)
def test_what_is_not_an_alert(text: str) -> None:
    assert "[!" in prose(text)
    assert "alert" not in prose(text)


FORMULAS = {
    "$`x^2`$": 1,
    "a $`x`$ and $`y`$.": 2,
    "```math\nx^2\n```": 1,
    "- a\n  ```math\n  x^2\n  ```": 1,
    r"\(x\)": 1,
    r"Let \(x + y\) and \(z\).": 2,
    r"\[x\]": 1,
    "\\[\nx\n\\]": 1,
    r"so \[x = 1\] holds": 1,
    "> $$\n> x\n> $$": 1,
    "- a\n\n  $$\n  x\n  + y\n  $$": 1,
    "$$\na\n= b\n- c\n$$": 1,
    r"\(see below\) \[Note\] \[1\]": 0,
    r"\\(x\\)": 0,
    r"\(\) \[\]": 0,
    "`\\(x\\)` and `$x$`": 0,
    "``$`x`$``": 0,
    "\\$`x`$": 0,
}


@pytest.mark.parametrize("text", FORMULAS)
def test_formulas_in_other_signs(text: str) -> None:
    rendered = prose(text)
    assert rendered.count("<math") == FORMULAS[text]
    assert "klzzwxh" not in rendered
    if FORMULAS[text]:
        assert "$" not in rendered
        assert "\\" not in rendered


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("See https://example.org/a_b.", 'See <a href="https://example.org/a_b">https://example.org/a_b</a>.'),
        ("www.example.org", '<a href="http://www.example.org">www.example.org</a>'),
        ("Ask ta@example.org", 'Ask <a href="mailto:ta@example.org">ta@example.org</a>'),
        ("[https://a.example](b.html)", '<a href="b.html">https://a.example</a>'),
        ("[a b@c.example d](b.html)", '<a href="b.html">a b@c.example d</a>'),
        ('<a href="https://a.example">b', '&lt;a href="<a href="https://a.example">https://a.example</a>"&gt;b'),
        ("<base href=https://a.example>", '&lt;base href=<a href="https://a.example">https://a.example</a>&gt;'),
        ("http://a.example:PORT/b and http://1.2.3.4.5/", "http://a.example:PORT/b and http://1.2.3.4.5/"),
        ("~~a~~ and ~b~", "<del>a</del> and <del>b</del>"),
        ("`a` <b>c</b>", "<code>a</code> &lt;b&gt;c&lt;/b&gt;"),
        ("1) a", "<ol>\n<li>a</li>\n</ol>"),
    ],
)
def test_a_line_of_a_yaml_text(text: str, expected: str) -> None:
    assert not is_plain(text)
    assert render_inline(text) == expected


@pytest.mark.parametrize(
    "text", ["http://.", "http://a:b", "https://xn--a", "http://1.2.3.4.5", "https://[a]", "www._."]
)
def test_what_looks_like_an_address_is_text(text: str) -> None:
    findings = Findings()
    assert render_prose(f"See {text} here", findings, str) == f"<p>See {text} here</p>"
    assert (findings.targets, findings.remarks) == ([], [])


def test_a_yaml_text_has_lists_and_tasks() -> None:
    assert render_block("Bring:\n- [ ] a\n  - b") == (
        '<p>Bring:</p>\n<ul>\n<li class="task"><input type="checkbox" disabled aria-label="To do"> a\n'
        "<ul>\n<li>b</li>\n</ul>\n</li>\n</ul>"
    )


def test_too_deep_is_text() -> None:
    deep = "*a **b " * 300 + "c" + "** d*" * 300
    assert prose(deep).count("<em>") + prose(deep).count("<strong>") == 40
    assert prose("> " * 300 + "a").count("<blockquote>") == 60
