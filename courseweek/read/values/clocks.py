"""Clock times as people write them: what each half of a range can mean, and times that are probably wrong.

Nothing here refuses anything; `times.py` does, and asks here what was probably meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import time

from courseweek.frozen import dataclass
from courseweek.model.term import TimeRange
from courseweek.regex import lazy_pattern

NOON = time(12)
LAST_MINUTE = time(23, 59)
_MORNING = 7
"""A class that begins before this hour, or work that is due before it, is most likely meant twelve hours later."""
_EVENING = 17
"""What begins from this hour on and ends at night goes on past midnight."""
_CLOCK = lazy_pattern(r"(\d{1,2})(?::(\d{2}))?(?: *([ap])\.?m\.?)?", re.IGNORECASE)
_LOOSE_TIME = lazy_pattern(
    r"(\d{1,2})[.h](\d{2})(?: ?h| ?Uhr)?|(\d{2})(\d{2})(?: ?h)?|(\d{1,2}) ?(?:h|Uhr)|(\d{1,2}):(\d{2})(?: ?h| ?Uhr)",
    re.IGNORECASE,
)
_LOOSE_HALF = lazy_pattern(r"(\d{1,2})(?:[.:]?(\d{2}))? ?([ap])(?:\.? ?m)?\.?", re.IGNORECASE)
_NOON = lazy_pattern(r"(?:12(?::00)? ?)?noon", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Clock:
    """A time as it was written: its numbers, and `am` or `pm` where one of them was written (`noon` is `pm`)."""

    hour: int
    minute: int
    half: str | None

    @property
    def readings(self) -> tuple[time, ...]:
        """The times it can mean beside one with am or pm; empty if it can mean none."""
        if self.half is not None and not 1 <= self.hour <= 12:
            return ()
        if self.hour > 23 or self.minute > 59:
            return ()
        if self.half is not None:
            return (time(self.hour % 12 + (12 if self.half == "pm" else 0), self.minute),)
        if 1 <= self.hour <= 12:
            return time(self.hour % 12, self.minute), time(self.hour % 12 + 12, self.minute)
        return (time(self.hour, self.minute),)


def parse_clock(text: str) -> Clock | None:
    """Return a time as it was written, with its minutes or without, or None for anything else."""
    if _NOON.fullmatch(text):
        return Clock(12, 0, "pm")
    match = _CLOCK.fullmatch(text)
    if match is None:
        return None
    half = None if match[3] is None else "pm" if match[3] in "pP" else "am"
    return Clock(int(match[1]), int(match[2] or 0), half)


def is_noon(text: str) -> bool:
    """Return whether a text is `noon` or `12 noon`."""
    return _NOON.fullmatch(text) is not None


def say_clock(at: time) -> str:
    """Return a time on the 24-hour clock, as one writes it: `9:30`."""
    return f"{at.hour}:{at.minute:02d}"


def say_range(first: time, last: time) -> str:
    """Return a range on the 24-hour clock, as one writes it: `9:30-10:45`."""
    return f"{say_clock(first)}-{say_clock(last)}"


def minutes_between(first: time, last: time) -> int:
    """Return how many minutes a range takes."""
    return (last.hour - first.hour) * 60 + last.minute - first.minute


def pair_up(first: Iterable[time], last: Iterable[time]) -> TimeRange | None:
    """Return the shortest of the ranges that the readings of two times make, or None if they make none."""
    ends = tuple(last)
    pairs = [(start, end) for start in first for end in ends if start < end]
    if not pairs:
        return None
    return TimeRange(*min(pairs, key=lambda pair: minutes_between(*pair)))


def guess_range(first: Iterable[time], last: Iterable[time]) -> tuple[TimeRange, bool]:
    """Return the range that was probably meant by one that ends before it starts, and whether that is sure."""
    ends = tuple(last)
    starts = tuple(first)
    found = [each for start in starts for end in ends for each in _guesses(start, end)]
    by_day = [each for each in found if each.start.hour >= _MORNING] or found
    best = min(by_day, key=lambda each: minutes_between(each.start, each.end))
    # The 12-hour clock is sure where the only other way would begin at night: 12:30-1:45, and not 10:00-9:00.
    sure = len(starts) == len(ends) == 1 and len(by_day) == 1 and best.start == starts[0] and best.end != LAST_MINUTE
    return best, sure


def _guesses(start: time, end: time) -> list[TimeRange]:
    late = later(end)
    if end == time(0) and start != LAST_MINUTE:
        return [TimeRange(start, LAST_MINUTE)]
    found = [TimeRange(end, start)] if end < start else []
    if late is not None and late != start:
        found.append(TimeRange(min(start, late), max(start, late)))
    if start.hour >= _EVENING and end.hour < _MORNING and start != LAST_MINUTE:
        found.append(TimeRange(start, LAST_MINUTE))
    return found


def later(at: time) -> time | None:
    """Return the time twelve hours later on the same day, or None in the afternoon."""
    return at.replace(hour=at.hour + 12) if at.hour < 12 else None


def means_morning(clock: Clock, other: Clock | None = None) -> bool:
    """Return whether a time is marked as morning; `12 am` often means noon, or night."""
    half = clock.half or (other.half if other is not None else None)
    return half == "am" and 1 <= clock.hour < 12


def doubt_range(first: Clock, last: Clock, found: TimeRange) -> str | None:
    """Return what to write instead of a range that begins at night, or None for one that is probably meant."""
    if found.start.hour >= _MORNING or means_morning(first, last):
        return None
    start, end = later(found.start), found.end
    if start is not None and end <= start:
        end = later(end) or end
    night = "" if found.start.hour == 0 else f"if it is right, write {_say_morning(found)}"
    if start is None or end <= start:
        return night or "choose a time during the day"
    clear = f"write {_say_afternoon(start, end, found.end)}"
    return f"{clear}; {night}" if night else clear


def _say_afternoon(start: time, end: time, written: time) -> str:
    """Return a range in the afternoon, in the numbers that were written where they were those of a 12-hour clock."""
    return f"{_say_12(start)}-{_say_12(end)} pm" if written.hour < 12 else say_range(start, end)


def _say_morning(found: TimeRange) -> str:
    if found.end.hour < 12:
        return f"{say_range(found.start, found.end)} am"
    return f"{say_clock(found.start)} am-{say_clock(found.end)}"


def _say_12(at: time) -> str:
    return f"{at.hour % 12 or 12}:{at.minute:02d}"


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why a deadline's time is probably wrong, and the probable one; `kept` is how to write it if it is right.

    `day_before` says that the time probably meant is the last minute of the day before.
    """

    why: str
    meant: str
    kept: str | None = None
    day_before: bool = False


def doubt_deadline(text: str) -> Doubt | None:
    """Return what is doubtful about the time of a deadline, or None for one that is probably meant."""
    clock = parse_clock(text)
    at = clock.readings[0] if clock is not None and clock.readings else None
    if clock is None or at is None:
        return None
    if clock.half is None:
        at = time(clock.hour, clock.minute)
    if at == time(11, 59):
        return Doubt("in the morning", "23:59")
    if at == time(0):
        return Doubt("the first minute of that day", "23:59", day_before=True)
    if at.hour >= _MORNING or means_morning(clock):
        return None
    meant = later(at)
    assert meant is not None  # before seven
    written = say_clock(meant) if clock.half is None else f"{_say_12(meant)} pm"
    return Doubt("at night", written, f"{say_clock(at)} am" if at.hour else None)


def clear_time(text: str) -> str | None:
    """Return `13.00`, `13h00`, `13h`, `1300`, `13:00 h`, `1.30 pm` or `1p` as written here; None for anything else."""
    match = _LOOSE_TIME.fullmatch(text)
    if match is not None:
        hour, minute = match[1] or match[3] or match[5] or match[6], match[2] or match[4] or match[7] or "00"
        return f"{hour}:{minute}" if int(hour) < 24 and int(minute) < 60 else None
    match = _LOOSE_HALF.fullmatch(text)
    if match is None or not 1 <= int(match[1]) <= 12 or int(match[2] or 0) > 59:
        return None
    return f"{match[1]}{f':{match[2]}' if match[2] else ''} {match[3].lower()}m"
