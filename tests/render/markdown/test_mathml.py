"""Formulas as MathML: inert, without style, and nowhere that a dollar is only a dollar."""

from __future__ import annotations

import html
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from courseweek.render.markdown.markup import render_inline, render_prose
from courseweek.render.markdown.mathml import LONGEST_FORMULA, FormulaError, render_formula
from courseweek.render.markdown.remarks import Findings
from tests.sites import run_cli, write_course

FORMULAS = [
    r"x^2 + y_1",
    r"\frac{1}{\sqrt{2\pi\sigma^2}} \exp\left(-\frac{(x-\mu)^2}{2\sigma^2}\right)",
    r"\sum_{i=1}^n x_i \leq \int_0^\infty f(t)\,dt",
    r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}",
    r"\begin{aligned} a &= b \\ &= c \end{aligned}",
    r"\begin{cases} 1 & x > 0 \\ 0 & \text{otherwise} \end{cases}",
    r"\begin{array}{l|r} a & b \\ \hline c & d \end{array}",
    r"\mathbb{R} \to \mathcal{L}, \hat{y} = \operatorname{argmax} \mathbf{W}x",
    r"\color{red}{x} \boxed{y} \underbrace{z}_{n}",
    r'\text{<script>alert(1)</script> style="color:red" " onmouseover="x}',
]


@pytest.mark.parametrize("latex", FORMULAS)
@pytest.mark.parametrize("display", [True, False])
def test_a_formula_is_mathml_and_nothing_else(latex: str, display: bool) -> None:
    made = render_formula(latex, display=display)
    assert isinstance(made, str)
    named = re.sub(r"&(?!amp|lt|gt|quot)\w+;", lambda match: html.unescape(match[0]), made)
    root = ET.fromstring(named)
    assert root.tag == "math"
    assert (root.get("display") == "block") is display
    for element in root.iter():
        assert re.fullmatch(r"m[a-z]+", element.tag), element.tag
        for name, value in element.attrib.items():
            assert not name.startswith(("on", "style", "href", "xlink")), name
            assert "javascript" not in value


@pytest.mark.parametrize("latex", [r"\href{javascript:alert(1)}{x}", r"\class{a}{x}", r"\style{color:red}{x}"])
def test_what_could_do_more_is_refused(latex: str) -> None:
    assert isinstance(render_formula(latex, display=False), FormulaError)


def test_a_formula_has_an_end() -> None:
    assert isinstance(render_formula("x" * LONGEST_FORMULA, display=False), str)
    assert render_formula("x" * (LONGEST_FORMULA + 1), display=False) == FormulaError(
        "a formula has at most 4,000 characters", 0
    )


def prose(text: str) -> str:
    return str(render_prose(text, Findings(), lambda target: target))


DOLLARS = [
    "It costs $5 and $10.",
    "It costs $5, or 10 $.",
    "US$ 5 and A$ 6",
    "A \\$x$ of it, and \\$5\\$.",
    "`$x$` and ``$$y$$``",
    "```\n$x$ and $$y$$\n```",
    "    $x$ in code",
    "One $ alone",
    "$ x $ with blanks",
    "$x$5",
]


@pytest.mark.parametrize("text", DOLLARS)
def test_dollars_that_begin_no_formula_stay(text: str) -> None:
    made = prose(text)
    assert "<math" not in made
    assert made.count("$") == text.count("$")


SHOWN = {
    "$x$": "<p><math><mi>x</mi></math></p>",
    "Let $x$ and\n$z$.": "<p>Let <math><mi>x</mi></math> and\n<math><mi>z</mi></math>.</p>",
    "$$x$$": '<p><span class="formula" tabindex="0"><math display="block"><mi>x</mi></math></span></p>',
    "$$\nx\n$$": '<p><span class="formula" tabindex="0"><math display="block"><mi>x</mi></math></span></p>',
    "$a_1 * b_1$": None,
    r"$\{a\}$": None,
    "$a < b$ & $c > d$": None,
    "| a |\n|---|\n| $x$ |": None,
    "> $x$": None,
    "- $x$\n- $$y$$": None,
    "# A $x$": None,
}


@pytest.mark.parametrize("text", SHOWN)
def test_formulas_in_prose(text: str) -> None:
    made = prose(text)
    assert made.count("<math") == made.count("</math>") == max(1, text.replace("$$", "$").count("$") // 2)
    assert "$" not in made
    assert "<em>" not in made
    assert SHOWN[text] in (None, made)


def test_formulas_in_the_texts_of_yaml_files() -> None:
    assert render_inline("Prove $x$ for $5.") == "Prove <math><mi>x</mi></math> for $5."


FORGED = [
    "![$x$](assets/p.png)",
    "[a](b.html '$\\text{\" onmouseover=alert(1) x=\"}$')",
    '<a title="&#xf8f0;0&#xf8f1;" href="#">x</a> $\\text{" onmouseover=alert(1) "}$',
    '<a title="&#63728;0&#63729;" href="#">x</a> $\\text{" onmouseover=alert(1) "}$',
    '<a title="\uf8f00\uf8f1" href="#">x</a> $\\text{" onmouseover=alert(1) "}$',
    "&#xf8f0;" + "1" * 5000 + "&#xf8f1; $x$",
    "&#xf8&#xf8f0;f0;0&#xf8&#xf8f1;f1; $x$",
    "```\n\uf8f00\uf8f1\n```\n\n$x$",
]


@pytest.mark.parametrize("text", FORGED, ids=range(len(FORGED)))
def test_a_formula_is_where_it_was_written_and_never_in_an_attribute(text: str) -> None:
    made = prose(text)
    assert made.count("<math") == (0 if "](" in text else 1)
    for tag in re.findall(r"<[^<>]*>", made):
        assert not re.search(r"\son\w+=", re.sub(r'"[^"]*"', '""', tag)), tag
        assert "\uf8f0" not in tag
    assert "\uf8f0" not in made


def test_in_an_attribute_the_formula_is_what_was_written() -> None:
    assert prose('![The $x^2$ of "it"](assets/p.png)') == (
        '<p><img alt="The $x^2$ of &quot;it&quot;" src="assets/p.png"></p>'
    )


def test_a_broken_formula_is_an_error_at_its_place(tmp_path: Path) -> None:
    course = write_course(tmp_path, {"content/a.md": "# A\n\nOne $x$.\n\nTwo $\\frac{1$ and $\\nothing$.\n"})
    ran = run_cli("--source", course, "--today", "2027-02-01")
    assert ran.code == 1
    assert re.findall(r"^content/a.md:\d+:\d+: error\[formula\]: .*", ran.err, re.MULTILINE) == [
        "content/a.md:5:11: error[formula]: `{` is not closed",
        "content/a.md:5:20: error[formula]: there is no command `\\nothing`",
    ]


ROWS = {
    "| a | b |\n|---|---|\n| $P(x|y)$ | 2 |": 1,
    "a | b\n--|--\n$|x|$ | $$|y|$$": 2,
    "| $|h|$ | b |\n|:-:|---|\n| `$\\|x\\|$` | $z$ |": 2,
    "| $|h|$ |\n| --- |\n| c |\n\n| $|x|$ |": 1,
}


@pytest.mark.parametrize("text", ROWS)
def test_a_bar_in_a_formula_ends_no_cell(text: str) -> None:
    made = prose(text)
    assert made.count("<math") == ROWS[text] + ("\n\n" in text)
    assert len({row.count("<td") + row.count("<th>") + row.count("<th ") for row in made.split("</tr>")[:-1]}) == 1
    assert ("<code>$|x|$</code>" in made) == ("`" in text)
