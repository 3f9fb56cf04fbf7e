"""Formulas: LaTeX to MathML at build time. The only door to math-core."""

from __future__ import annotations

import html
import re
from dataclasses import field
from functools import cache
from typing import Any

from courseweek.frozen import dataclass
from courseweek.regex import lazy_pattern
from courseweek.render.markdown.remarks import Findings
from courseweek.render.sizes import LARGEST_OF_TEXT, Tally

LONGEST_FORMULA = 4000
"""Characters in one formula: more are refused."""

_OPEN, _CLOSE = "\uf8f0", "\uf8f1"
_MARK = lazy_pattern(f"{_OPEN}(\\d{{1,6}}){_CLOSE}")
# A tag as the cleaner writes it, with each value between double quotes.
_TAG = lazy_pattern(r'(<[^<>"]*(?:"[^"]*"[^<>"]*)*>)')
_FORGED = lazy_pattern(f"[{_OPEN}{_CLOSE}]|&#(?:0*6372[89]|[xX]0*[fF]8[fF][01])(?![0-9A-Fa-f]);?")
_STYLE = lazy_pattern(r' style="([^"]*)"')
# What a table in a formula has anyway, and the HTML checker does not know.
_LEVEL = lazy_pattern(r'(<mtable[^>]*?) scriptlevel="0"')
_CLASSES = (
    ("text-align: right", "right"),
    ("text-align: left", "left"),
    ("border-right", "bar"),
    ("border-top", "rule"),
)


@dataclass(frozen=True, slots=True)
class FormulaError:
    """Why a formula can't be shown: a clause, and the index in it where it goes wrong."""

    message: str
    offset: int


def render_formula(latex: str, *, display: bool) -> str | FormulaError:
    """Return a formula as MathML without inline style (a strict Content-Security-Policy forbids it), or the error."""
    if len(latex) > LONGEST_FORMULA:
        return FormulaError(f"a formula has at most {LONGEST_FORMULA:,} characters", 0)
    import math_core  # loaded with the first formula: most courses have none

    try:
        rendered: str = _converter().convert_with_local_state(latex, displaystyle=display)
    except math_core.LatexError as error:
        message = str(error).strip()
        match = re.match(r"(?:\d+:)?(\d+):\s*(.*)", message, re.DOTALL)
        text = (match[2] if match else message).strip().rstrip(".")
        return FormulaError(text[:1].lower() + text[1:], int(match[1]) if match else 0)
    return _LEVEL.sub(r"\1", _STYLE.sub(_class_of_style, rendered))


def _class_of_style(match: re.Match[str]) -> str:
    classes = [name for style, name in _CLASSES if style in match[1]]
    return f' class="{" ".join(classes)}"' if classes else ""


@cache
def _converter() -> Any:
    import math_core

    return math_core.LatexToMathML(fancy_error=False)


@dataclass(slots=True)
class Formulas:
    """The formulas of the text that is being converted, as MathML; what can't be read goes to `findings`."""

    rendered: list[str] = field(default_factory=list)
    written: list[str] = field(default_factory=list)
    findings: Findings = field(default_factory=Findings)
    tally: Tally = field(default_factory=lambda: Tally(LARGEST_OF_TEXT))

    def begin(self, findings: Findings) -> None:
        """Forget the formulas of the last text; what is found in those of the next one goes to `findings`."""
        self.rendered = []
        self.written = []
        self.findings = findings
        self.tally.clear()

    def add(self, latex: str, *, display: bool) -> str:
        """Render a formula and return the mark that stands for it."""
        made = render_formula(latex.strip(), display=display)
        if isinstance(made, FormulaError):
            self.findings.note("formula", latex, made.message, made.offset)
            made = f"<code>{html.escape(latex.strip())}</code>"
        elif display:
            # What is wider than the window is scrolled, by keyboard too.
            made = f'<span class="formula" tabindex="0">{made}</span>'
        self.tally.add(len(made))
        self.rendered.append(made)
        self.written.append(f"$${latex}$$" if display else f"${latex}$")
        return f"{_OPEN}{len(self.rendered) - 1}{_CLOSE}"

    def add_task(self, *, done: bool) -> str:
        """Return the mark that stands for the box of a task: a disabled control, with its state as its name."""
        state = ' checked aria-label="Done"' if done else ' aria-label="To do"'
        self.rendered.append(f'<input type="checkbox" disabled{state}>')
        self.written.append("[x]" if done else "[ ]")
        return f"{_OPEN}{len(self.rendered) - 1}{_CLOSE}"


def drop_marks(text: str) -> str:
    """Return a text without the characters of the marks, however written: nobody else may make a mark."""
    return _FORGED.sub("\ufffd", text)


def without_formulas(text: str) -> str:
    """Return a text without the marks of its formulas, whose numbers say only how many there are before them."""
    return _MARK.sub(" ", text)


def put_formulas(cleaned: str, formulas: Formulas) -> str:
    """Return cleaned HTML with the formulas in place of their marks; in an attribute, with what was written."""
    if _OPEN not in cleaned:
        return cleaned

    def count(made: str) -> str:
        formulas.tally.add(len(made))
        return made

    def put(match: re.Match[str]) -> str:
        number = int(match[1])
        return count(formulas.rendered[number]) if number < len(formulas.rendered) else ""

    def write(match: re.Match[str]) -> str:
        number = int(match[1])
        return count(html.escape(formulas.written[number])) if number < len(formulas.written) else ""

    formulas.tally.clear()
    pieces = _TAG.split(cleaned)  # texts and tags in turn
    for at, piece in enumerate(pieces):
        if _OPEN in piece:
            pieces[at] = _MARK.sub(write if at % 2 else put, piece)
    return "".join(pieces)
