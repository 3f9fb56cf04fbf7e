"""Formulas can be read.

Passing: `$x^2$`.
Failing: `$\\frac{a$`.
"""

from __future__ import annotations

from collections.abc import Iterator

from courseweek.checks.places import Places
from courseweek.diagnostics import Diagnostic, Span
from courseweek.render.markdown.maths import FormulaError
from courseweek.render.pages import RenderedPages


def check_formulas(rendered: RenderedPages, yaml: Places) -> Iterator[Diagnostic]:
    """Yield an error for each formula of a text that is no LaTeX, at the place where it goes wrong.

    `yaml` finds those of the YAML files.
    """
    for page in rendered.prose:
        places = Places((page.prose,))
        for latex, error in page.links.formula_errors:
            yield _error(latex, error, places.take(places.words(latex)))
    for latex, error in dict.fromkeys(rendered.yaml.formula_errors):
        for span in yaml.words(latex):
            yield _error(latex, error, span)


def _error(latex: str, error: FormulaError, place: Span) -> Diagnostic:
    from courseweek.render.markdown.latex import find_mistake  # few courses need it

    lead = len(latex) - len(latex.lstrip())
    mistake = find_mistake(error.message, latex.strip(), error.offset)
    start, last = (_shift(latex, place.text, lead + at) for at in (mistake.start, mistake.end - 1))
    return Diagnostic("error", "formula", mistake.message, place.within(start, max(start, last) + 1), mistake.help)


def _shift(latex: str, written: str, index: int) -> int:
    """Return the index in a formula as written of one in the formula as read, which may lack line ends and blanks."""
    if latex != written:
        signs = [place for place, sign in enumerate(written) if not sign.isspace()]
        index = len(latex[:index].replace("\n", " ").replace(" ", ""))
        return signs[min(index, len(signs) - 1)] if signs else 0
    return min(index, max(len(written) - 1, 0))
