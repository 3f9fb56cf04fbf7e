"""Formulas can be read.

Passing: `$x^2$`.
Failing: `$\\frac{a$`.
"""

from __future__ import annotations

from collections.abc import Iterator

from courseweek.checks.places import place_in_prose, place_in_yaml
from courseweek.diagnostics import Diagnostic, Span
from courseweek.model.course import Course
from courseweek.render.maths import FormulaError
from courseweek.render.pages import DrawnPages

HELP = "formulas are LaTeX; write \\$ for a dollar sign that begins none"


def check_formulas(course: Course, drawn: DrawnPages) -> Iterator[Diagnostic]:
    """Yield an error for each formula of a text that is no LaTeX, at the place where it goes wrong."""
    for page in drawn.prose:
        for latex, error in page.links.formula_errors:
            yield _error(latex, error, place_in_prose(page.prose, latex))
    for latex, error in drawn.yaml.formula_errors:
        yield _error(latex, error, place_in_yaml(course, latex))


def _error(latex: str, error: FormulaError, place: Span) -> Diagnostic:
    lead = len(latex) - len(latex.lstrip())
    start = min(lead + error.offset, max(place.end - place.start - 1, 0))
    return Diagnostic("error", "formula", error.message, place.within(start, start + 1), HELP)
