"""Instants for the script, and patterns of a term in words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from courseweek.language.locale import Locale
from courseweek.model.term import GroupPattern, Pattern, TimeRange, WeekFilter
from courseweek.regex import lazy_pattern

_BEFORE_NUMBER = lazy_pattern(r"(?<=\S) (?=[A-Z]?\d+\w?\b|[IVX]+\b)")
_MINUTE = timedelta(minutes=1)
_SHORT = 20
"""The length of a place that fits on one line of the narrowest phone (characters)."""


def utc_instant(moment: datetime) -> str:
    """Return an instant for the script: "2027-01-25T08:00:00Z"."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def utc_spans(spans: Iterable[tuple[datetime, datetime]]) -> str:
    """Return pairs of instants for the script: "2027-01-25T08:00:00Z/2027-01-26T08:00:00Z …"."""
    return " ".join("/".join(map(utc_instant, span)) for span in spans)


def hold_numbers(text: str) -> str:
    """Return a title in which no line breaks before a number: "Part II"."""
    return _BEFORE_NUMBER.sub("\N{NO-BREAK SPACE}", text)


def hold_place(place: str) -> str:
    """Return a place in which no line breaks if it is short ("Foundry Hall 120"), and else none before a number."""
    return place.replace(" ", "\N{NO-BREAK SPACE}") if len(place) <= _SHORT else hold_numbers(place)


def hours(moment: TimeRange, locale: Locale) -> str:
    """Return "9:30–10:45"."""
    return locale.time_range(moment.start, moment.end)


def pattern_days(pattern: Pattern | GroupPattern, locale: Locale, first: int = 0) -> str:
    """Return "Tuesdays and Thursdays, 9:30–10:45, weeks 2–14"; `first` is the day on which a week begins."""
    parts = [locale.weekdays(pattern.days, first)]
    if pattern.time is not None:
        parts.append(hours(pattern.time, locale))
    if pattern.weeks is not None:
        parts.append(week_filter(pattern.weeks, locale))
    return locale.comma.join(parts)


def week_filter(weeks: WeekFilter, locale: Locale) -> str:
    """Return "odd weeks", "week 3" or "weeks 2–6, 8"."""
    if weeks.parity is not None:
        return locale.gettext("odd weeks") if weeks.parity else locale.gettext("even weeks")
    runs: list[list[int]] = []
    for number in sorted(weeks.numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    listed = locale.comma.join(f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)
    return locale.ngettext("week {weeks}", "weeks {weeks}", len(weeks.numbers), weeks=listed)


def count_minutes(at: datetime, since: datetime) -> int:
    """Return how many minutes an instant is after another one, whatever the clocks do between them."""
    return (at.astimezone(UTC) - since.astimezone(UTC)) // _MINUTE
