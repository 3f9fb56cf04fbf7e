"""Formulas can be read.

Passing: `$x^2$`.
Failing: `$\\frac{a$`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from courseweek.checks.site.placed_text import PlacedText
from courseweek.diagnostics import Diagnostic, Span
from courseweek.render.markdown.remarks import Remark


def explain_formulas(remarks: Sequence[Remark], text: PlacedText) -> Iterator[Diagnostic]:
    """Yield an error for each formula that is no LaTeX, at the place where it goes wrong."""
    for remark, span in text.place(remarks, text.places.words):
        yield _explain(remark, span)


def _explain(remark: Remark, place: Span) -> Diagnostic:
    from courseweek.render.markdown.latex import find_mistake  # few courses need it

    latex = remark.text
    lead = len(latex) - len(latex.lstrip())
    mistake = find_mistake(remark.message, latex.strip(), remark.at)
    start, last = (_shift(latex, place.text, lead + at) for at in (mistake.start, mistake.end - 1))
    return Diagnostic("error", "formula", mistake.message, place.within(start, max(start, last) + 1), mistake.help)


def _shift(latex: str, written: str, index: int) -> int:
    """Return the index in the formula as written for one in the formula as read, without its line ends and spaces."""
    if latex != written:
        signs = [place for place, sign in enumerate(written) if not sign.isspace()]
        index = len(latex[:index].replace("\n", " ").replace(" ", ""))
        return signs[min(index, len(signs) - 1)] if signs else 0
    return min(index, max(len(written) - 1, 0))
