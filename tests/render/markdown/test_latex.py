"""What is wrong with a formula is told in its writer's words, at the very sign, with the remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from courseweek.render.markdown.latex import COMMANDS, ENVIRONMENTS, find_mistake
from courseweek.render.markdown.mathml import FormulaError, render_formula
from tests.sites import run_cli, write_course

CLOSE = "write } where it ends; to show a brace, use \\{"
NAME = r"write a name that is shown as \operatorname{…}, and words as \text{…}"
COLUMNS = r"write \begin{array}{lr}: l, c or r for each column"

# A formula: what is wrong with it, at which signs, and the remedy.
MISTAKES = {
    r"\frac{I}{P": ("`{` is not closed", 8, "{", CLOSE),
    r"a \{ {b": ("`{` is not closed", 5, "{", CLOSE),
    r"\sqrt[3": ("`[` is not closed", 5, "[", "write ] where it ends"),
    r"\left( a": (r"`\left` has no `\right`", 0, r"\left", r"write \right) where it ends"),
    r"\left\{ a": (r"`\left` has no `\right`", 0, r"\left", r"write \right\} where it ends"),
    r"\left. a": (r"`\left` has no `\right`", 0, r"\left", r"write \right. where it ends"),
    r"x \begin{cases} 1 & x": (
        r"`\begin{cases}` is not closed",
        2,
        r"\begin{cases}",
        r"write \end{cases} where it ends",
    ),
    r"\begin": ("the formula is incomplete", 5, "n", "write } where it belongs"),
    "a}": ("`}` closes nothing", 1, "}", r"delete it; to show a brace, use \}"),
    r"a \right)": (
        r"`\right` has no `\left`",
        2,
        r"\right",
        r"write \left and its bracket before it; \left. for none",
    ),
    r"a \end{cases}": (r"`\end{cases}` closes nothing", 2, r"\end{cases}", r"delete it, or write \begin{cases}"),
    r"\begin{matrix} a \end{pmatrix}": (
        r"`\end{pmatrix}` closes `\begin{matrix}`",
        17,
        r"\end{pmatrix}",
        r"write \end{matrix}",
    ),
    r"2 \alhpa": (r"there is no command `\alhpa`", 2, r"\alhpa", r"did you mean \alpha?"),
    r"\mathbbm{1}": (r"there is no command `\mathbbm`", 0, r"\mathbbm", r"write \mathbb"),
    r"\href{a}{b}": (r"there is no command `\href`", 0, r"\href", NAME),
    "a \\": ("nothing follows `\\`", 2, "\\", "delete it, or write the command's name"),
    r"\begin{pmatrx} a \end{pmatrx}": ("there is no environment `pmatrx`", 7, "pmatrx", "did you mean pmatrix?"),
    r"\begin{split} a \end{split}": ("there is no environment `split`", 7, "split", "write aligned"),
    r"\begin{lemma} a \end{lemma}": (
        "there is no environment `lemma`",
        7,
        "lemma",
        "there are aligned, align, array, cases, matrix, pmatrix, bmatrix, vmatrix, gathered, equation and others",
    ),
    r"1 + \frac{\frac{1}{2}}": (
        r"`\frac` needs two braces after it, but has one",
        4,
        r"\frac",
        r"write \frac{…}{…}",
    ),
    r"\binom": (r"`\binom` needs two braces after it, but has none", 0, r"\binom", r"write \binom{…}{…}"),
    r"\sqrt": (r"nothing follows `\sqrt`", 0, r"\sqrt", r"write \sqrt{…}"),
    "x^": ("nothing follows `^`", 1, "^", "write ^{…}"),
    r"\left a \right)": (
        r"a bracket is missing after `\left`",
        0,
        r"\left",
        r"write it, as in \left(, or \left. for none",
    ),
    "x^2^3": ("a second `^` isn't allowed here", 3, "^", "put braces around what belongs together, as in x^{a^b}"),
    "x_1_2": ("a second `_` isn't allowed here", 3, "_", "put braces around what belongs together, as in x_{a_b}"),
    "a & b": (
        "`&` is not in a table",
        2,
        "&",
        r"write \& for the sign; columns go between \begin{aligned} and \end{aligned}",
    ),
    r"a \tag{1}": (r"`\tag` isn't allowed here", 2, r"\tag", "delete it"),
    r"a \limits": (r"`\limits` is allowed only after \sum, \int and the like", 2, r"\limits", "delete it"),
    r"\hline a": (r"`\hline` is allowed only at the start of a row", 0, r"\hline", r"write it after \\"),
    "2√3": ("`√` can't be in a formula as it is", 1, "√", r"write \sqrt{…}"),
    "⇫": ("`⇫` can't be in a formula as it is", 0, "⇫", "write its command"),
    r"\text{for $x$}": (r"`$` isn't allowed in `\text{…}`", 10, "$", r"end \text{…} before it"),
    r"\text{a_b}": (r"`_` isn't allowed in `\text{…}`", 7, "_", r"write \_, or end \text{…} before it"),
    r"\hspace{3}": ("`3` is not a length", 8, "3", "write a number and a unit, as 1em"),
    r"\color{pinkish} a": ("no color is called `pinkish`", 7, "pinkish", "write one such as red, blue or gray"),
    r"\begin{array}{q} a \end{array}": ("`q` does not describe a column", 14, "q", COLUMNS),
    "a $ b": ("`$` isn't allowed in a formula", 2, "$", r"write \$"),
    "5 for you & me": (
        "`&` is not in a table",
        10,
        "&",
        r"write \$ for a dollar sign that does not begin a formula; "
        r"otherwise write \& for the sign; columns go between \begin{aligned} and \end{aligned}",
    ),
    "a # b": ("`#` isn't allowed here", 2, "#", r"write \#"),
}


@pytest.mark.parametrize("latex", MISTAKES)
def test_what_is_reported_for_a_formula(latex: str) -> None:
    error = render_formula(latex, display=False)
    assert isinstance(error, FormulaError)
    mistake = find_mistake(error.message, latex, error.offset)
    assert (mistake.message, mistake.start, latex[mistake.start : mistake.end], mistake.help) == MISTAKES[latex]


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_that_is_suggested_can_be_read(name: str) -> None:
    made = render_formula(f"\\{name}", display=False)
    assert isinstance(made, str) or "unknown command" not in made.message


@pytest.mark.parametrize("name", ENVIRONMENTS)
def test_each_environment_that_is_suggested_can_be_read(name: str) -> None:
    columns = "{l}" if name == "array" else ""
    assert isinstance(render_formula(f"\\begin{{{name}}}{columns} a \\end{{{name}}}", display=True), str)


def test_the_place_in_the_file_is_the_sign(tmp_path: Path) -> None:
    """Over several lines, indented in YAML, and after blanks inside of the dollars."""
    files = {
        "content/a.md": "One\n\n$$\n  a + \\alhpa\n$$\n",
        "syllabus.yaml": "course: Knots\nlate_policy: |\n  So $x^2^3$.\n  And $$ \\frac{1} $$ too.\n"
        "term: {starts: 2027-01-25, ends: 2027-05-10, timezone: UTC, meets: {day: Mon, time: '9:00-10:00'}}\n",
    }
    ran = run_cli("check", "--source", write_course(tmp_path, files), "--today", "2027-02-01")
    reported = [line.split(" error")[0] for line in ran.err.split("\n") if "[formula]" in line]
    assert reported == ["content/a.md:4:7:", "syllabus.yaml:3:10:", "syllabus.yaml:4:10:"]
