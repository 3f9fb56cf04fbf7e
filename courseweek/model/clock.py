"""Clock changes: local times that don't exist or exist twice."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo


def is_odd_time(day: date, moment: time, zone: ZoneInfo) -> str | None:
    """Return whether a clock change skips (`skipped`) or repeats (`repeated`) this local time on this day."""
    local = datetime.combine(day, moment, zone)
    first, second = local.replace(fold=0).utcoffset(), local.replace(fold=1).utcoffset()
    if first == second or first is None or second is None:
        return None
    return "repeated" if first > second else "skipped"


def describe_odd_time(day: date, moment: time, zone: ZoneInfo) -> str | None:
    """Return the clause that warns of a local time that a clock change skips or repeats, or None."""
    odd = is_odd_time(day, moment, zone)
    return None if odd is None else f"{moment:%H:%M} on {day} is {odd} by a clock change in {zone.key}"


def suggest_odd_time(day: date, moment: time, zone: ZoneInfo) -> str:
    """Return what is made of such a time, with the remedy: the offset from before the change holds (PEP 495)."""
    taken = "the first of the two is used"
    if is_odd_time(day, moment, zone) == "skipped":
        taken = f"{datetime.combine(day, moment, zone).astimezone(UTC).astimezone(zone):%H:%M} is used"
    return f"{taken}; choose another time to be sure"
