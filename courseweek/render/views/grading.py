"""Grading schemes as tables."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from courseweek.language.locale import Locale
from courseweek.model.grading import GradePart, Scheme, format_weight
from courseweek.plan.plan import Plan
from courseweek.render.views.layout_values import PartView, SchemeView
from courseweek.render.views.texts import Texts

WHOLE = Fraction(100)


def view_schemes(plan: Plan, texts: Texts) -> tuple[SchemeView, ...]:
    """Return the schemes in the order of the syllabus."""
    return tuple(_view(each, texts) for each in plan.course.syllabus.grading)


def _view(scheme: Scheme, texts: Texts) -> SchemeView:
    note = texts.inline(scheme.note) if scheme.note else None
    return SchemeView(scheme.name, note, tuple(_rows(scheme.parts, 0, WHOLE, texts, alternative=False)))


def _rows(
    parts: tuple[GradePart, ...], depth: int, whole: Fraction | None, texts: Texts, *, alternative: bool
) -> Iterable[PartView]:
    shares = not alternative and whole != WHOLE and _total(parts) == WHOLE
    for place, part in enumerate(parts):
        note = texts.inline(part.note) if part.note else None
        yield PartView(
            part.name, _weight(part, texts.plan.locale, shares=shares), depth, alternative and place > 0, note
        )
        inner = part.weight if part.weight is not None or not alternative else whole
        yield from _rows(part.parts, depth + 1, inner, texts, alternative=False)
        yield from _rows(part.any_of, depth + 1, inner, texts, alternative=True)


def _total(parts: tuple[GradePart, ...]) -> Fraction:
    return sum((part.weight for part in parts if part.weight is not None), Fraction(0))


def _weight(part: GradePart, locale: Locale, *, shares: bool) -> str:
    """Return the weight, as it was written where that says more ("2 × 10%"); a share of its parent says so."""
    if part.weight is None:
        return ""
    written = part.written if part.written is not None and "×" in part.written else format_weight(part.weight)
    return locale.gettext("{weight} of it", weight=written) if shares else written
