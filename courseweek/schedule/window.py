"""The days on which something dated may lie."""

from __future__ import annotations

from datetime import date

from courseweek.diagnostics import Diagnostics, Span
from courseweek.model.term import AFTER_TERM, BEFORE_TERM, Term, same_day_in_term


def check_window(what: str, on: date, term: Term, span: Span, found: Diagnostics) -> bool:
    """Return whether `on` is from two weeks before to five weeks after the term; report it if not."""
    if term.starts - BEFORE_TERM <= on <= term.ends + AFTER_TERM:
        return True
    side = "two weeks before the term starts" if on < term.starts else "five weeks after the term ends"
    bound = term.starts if on < term.starts else term.ends
    found.error(
        "outside-term",
        f"{what if str(on) in what else f'{what} ({on})'} is more than {side} ({bound})",
        span,
        help=_help(on, term),
    )
    return False


def _help(on: date, term: Term) -> str:
    meant = same_day_in_term(on, term.starts, term.ends)
    if meant is not None:
        return f"did you mean {meant}? the term runs from {term.starts} to {term.ends}"
    return f"the term runs from {term.starts} to {term.ends}; change the date or the term"
