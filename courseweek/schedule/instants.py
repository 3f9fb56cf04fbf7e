"""Civil days as instants: where a day begins and ends in the course's zone."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

_SECOND = timedelta(seconds=1)


@lru_cache(maxsize=4096)
def begin_day(day: date, zone: ZoneInfo) -> datetime:
    """Return the first instant, in UTC, of a civil day in `zone`.

    Where a clock change skips midnight (Santiago, Cairo) that is the instant of the change; where it repeats
    midnight, the first of the two (PEP 495, `fold=0`).
    """
    midnight = datetime.combine(day, time(0), zone)
    instant = midnight.astimezone(UTC)
    before = (instant - _SECOND).astimezone(zone).date()
    if before < day and instant.astimezone(zone).date() >= day:
        return instant
    # Midnight lies inside a skipped hour that began earlier, or the whole day was skipped: find the change.
    low, high = instant - timedelta(hours=26), instant + timedelta(hours=26)
    while high - low > _SECOND:
        middle = low + (high - low) / 2
        middle = middle.replace(microsecond=0)
        if middle.astimezone(zone).date() >= day:
            high = middle
        else:
            low = middle
    return high


def finish_day(day: date, zone: ZoneInfo) -> datetime:
    """Return the instant, in UTC, at which a civil day in `zone` is over: the first of the day after it."""
    return begin_day(day + timedelta(days=1), zone)


def place_time(day: date, moment: time, zone: ZoneInfo) -> datetime:
    """Return the instant of a local time; a skipped or repeated one takes the offset in force before the change."""
    return datetime.combine(day, moment, zone).replace(fold=0)
