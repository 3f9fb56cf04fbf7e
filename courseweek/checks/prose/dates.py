"""A date in prose is one that there is, and falls on the day of the week that is said with it.

Passing: "Friday, April 30" in a term of 2027, "Monday, 2 March 2020".
Failing: "Friday, April 31", "February 30", "Thursday, April 30" in a term of 2027.
"""

from __future__ import annotations

from calendar import isleap, monthrange
from collections.abc import Iterator
from datetime import date, timedelta

from courseweek.checks.passages import Passage
from courseweek.checks.prose.mentions import Mention
from courseweek.diagnostics import Diagnostic, Span
from courseweek.model.term import AFTER_TERM, BEFORE_TERM, Term
from courseweek.read.values.dates import MONTHS, Window
from courseweek.read.values.weekdays import WEEKDAYS, day_name

_HALF_YEAR = timedelta(days=182)


def check_dates(passage: Passage, mentions: list[Mention], term: Term) -> Iterator[Diagnostic]:
    """Yield a warning for each date that does not exist, or is on another day of the week."""
    window = Window(term.starts, term.ends)
    origin = (term.origin.of("starts"), "the year comes from the term")
    said_on = passage.said_on
    if said_on is not None and not window.first <= said_on <= window.last:
        # What an announcement calls 3 March is the one that is nearest to it.
        window = Window(said_on - _HALF_YEAR + BEFORE_TERM, said_on + _HALF_YEAR - AFTER_TERM)
        origin = (passage.span.source.whole(), f"the year comes from the announcement's own date, {said_on}")
    for mention in mentions:
        if mention.day > _last_day(mention, window):
            yield _impossible(passage, mention, window, origin)
        elif mention.weekday is not None:
            days = mention.days(window)
            if days and all(day.weekday() != mention.weekday for day in days):
                yield _mismatch(passage, mention, days[0], origin)


def _last_day(mention: Mention, window: Window) -> int:
    """Return the last day that the month can have: of its year, or of any year in which the term can mean it."""
    if mention.month != 2:
        return monthrange(2024, mention.month)[1]
    if mention.year is not None:
        return monthrange(mention.year, 2)[1]
    years = _list_februaries(window)
    return 29 if not years or any(isleap(year) for year in years) else 28


def _list_februaries(window: Window) -> list[int]:
    """Return the years whose February a window has."""
    years = range(window.first.year, window.last.year + 1)
    return [year for year in years if date(year, 2, 1) <= window.last and date(year, 2, 28) >= window.first]


def _impossible(passage: Passage, mention: Mention, window: Window, origin: tuple[Span, str]) -> Diagnostic:
    span = passage.span.within(mention.start, mention.end)
    month = MONTHS[mention.month - 1]
    last = _last_day(mention, window)
    years = ""
    if mention.month == 2 and mention.day <= 29:
        years = f" in {mention.year or _list_februaries(window)[0]}"
    help = f"{month} has {'at most 29' if mention.month == 2 and not years else last} days"
    near = _nearest(mention, window)
    if near is not None:
        help += f"; the nearest {day_name(near)} is {near.day} {MONTHS[near.month - 1]}"
    other = origin if years and mention.year is None else None
    return Diagnostic("warning", "impossible-date", f"there is no {mention.name}{years}", span, help, other)


def _nearest(mention: Mention, window: Window) -> date | None:
    """Return the day of that name which lies next to the end of the month, if the term says which year is meant."""
    if mention.weekday is None:
        return None
    years = [mention.year] if mention.year else range(window.first.year, window.last.year + 1)
    for year in years:
        last = date(year, mention.month, monthrange(year, mention.month)[1])
        counted = last + timedelta(days=min(mention.day - last.day, 3))
        near = _on_weekday(counted, mention.weekday)
        if mention.year or window.first <= near <= window.last:
            return near
    return None


def _mismatch(passage: Passage, mention: Mention, day: date, origin: tuple[Span, str]) -> Diagnostic:
    assert mention.weekday is not None
    said = WEEKDAYS[mention.weekday]
    near = _on_weekday(day, mention.weekday)
    message = f"{day.isoformat()} is a {day_name(day)}, not a {said}"
    help = f"write {day_name(day)}, or {near.day} {MONTHS[near.month - 1]}, which is a {said}"
    other = None if mention.year else origin
    span = passage.span.within(mention.start, mention.end)
    return Diagnostic("warning", "weekday-mismatch", message, span, help, other)


def _on_weekday(day: date, weekday: int) -> date:
    """Return the day of that name which is nearest to `day`."""
    ahead = (weekday - day.weekday()) % 7
    return day + timedelta(days=ahead if ahead <= 3 else ahead - 7)
