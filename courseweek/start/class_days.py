"""The class days of a new course, before it has any breaks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date


def count_days(starts: date, ends: date, days: Iterable[int]) -> int:
    """Return how many days from `starts` to `ends` are one of these days of the week (0 is Monday)."""
    whole = (ends - starts).days + 1
    return sum((whole - 1 - (day - starts.weekday()) % 7) // 7 + 1 for day in days)
