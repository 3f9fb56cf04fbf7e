"""Dates, times and counts in the words of the page. Nothing here knows a reader's zone or language."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time

from courseweek.model.term import GroupPattern, Pattern, TimeRange, WeekFilter

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_DAYS_LISTED = 3
"""More days in a row are a range."""
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def utc_instant(moment: datetime) -> str:
    """Return an instant for the script: "2027-01-25T08:00:00Z"."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def utc_spans(spans: Iterable[tuple[datetime, datetime]]) -> str:
    """Return pairs of instants for the script: "2027-01-25T08:00:00Z/2027-01-26T08:00:00Z …"."""
    return " ".join("/".join(map(utc_instant, span)) for span in spans)


def short_day(day: date) -> str:
    """Return "Mon 25 Jan"."""
    return f"{_DAYS[day.weekday()][:3]} {day.day} {_MONTHS[day.month - 1]}"


def dated_day(day: date) -> str:
    """Return "Mon 25 Jan 2027"."""
    return f"{short_day(day)} {day.year}"


def day_range(first: date, last: date) -> str:
    """Return "Mon 22 Mar", or "Mon 22 – Wed 24 Mar" for several days."""
    if first == last:
        return short_day(first)
    if first.month == last.month:
        return f"{_DAYS[first.weekday()][:3]} {first.day} – {short_day(last)}"
    return f"{short_day(first)} – {short_day(last)}"


def long_range(first: date, last: date) -> str:
    """Return "25 Jan – 10 May 2027", with both years where they differ."""
    start = f"{first.day} {_MONTHS[first.month - 1]}" + (f" {first.year}" if first.year != last.year else "")
    return f"{start} – {last.day} {_MONTHS[last.month - 1]} {last.year}"


def clock(moment: time) -> str:
    """Return "9:30"."""
    return f"{moment.hour}:{moment.minute:02d}"


def moment(at: datetime) -> str:
    """Return "Mon 25 Jan, 9:30"."""
    return f"{short_day(at.date())}, {clock(at.time())}"


def hours(moment: TimeRange) -> str:
    """Return "9:30–10:45"."""
    return f"{clock(moment.start)}–{clock(moment.end)}"


def join_words(words: list[str]) -> str:
    """Return "Tuesdays, Wednesdays and Thursdays"."""
    return " and ".join((", ".join(words[:-1]), words[-1])) if len(words) > 1 else "".join(words)


def and_more(count: int) -> str:
    """Return "and 11 more"."""
    return f"and {count} more"


def weekdays(days: tuple[int, ...]) -> str:
    """Return "Tuesdays and Thursdays" (0 is Monday), or "Mondays to Fridays" for more than three days in a row."""
    if len(days) > _DAYS_LISTED and days[-1] - days[0] == len(days) - 1:
        return f"{_DAYS[days[0]]}s to {_DAYS[days[-1]]}s"
    return join_words([f"{_DAYS[day]}s" for day in days])


def weekday(day: int) -> str:
    """Return "Friday" (0 is Monday)."""
    return _DAYS[day]


def pattern_days(pattern: Pattern | GroupPattern) -> str:
    """Return "Tuesdays and Thursdays, 9:30–10:45, weeks 2–14"."""
    parts = [weekdays(pattern.days)]
    if pattern.time is not None:
        parts.append(hours(pattern.time))
    if pattern.weeks is not None:
        parts.append(week_filter(pattern.weeks))
    return ", ".join(parts)


def week_filter(weeks: WeekFilter) -> str:
    """Return "odd weeks", "week 3" or "weeks 2–6, 8"."""
    if weeks.parity is not None:
        return "odd weeks" if weeks.parity else "even weeks"
    runs: list[list[int]] = []
    for number in sorted(weeks.numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    listed = ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)
    return f"week{'s' if len(weeks.numbers) > 1 else ''} {listed}"
