"""Times of day and ranges of them as people write them.

No guess is made: what could mean two times is refused with both.
"""

from __future__ import annotations

import re
from datetime import time

from courseweek.model.term import TimeRange
from courseweek.read.values.clocks import (
    LAST_MINUTE,
    NOON,
    Clock,
    clear_time,
    guess_range,
    is_noon,
    pair_up,
    parse_clock,
    say_range,
)
from courseweek.read.values.misread import Misread
from courseweek.read.values.ranges import split_range, split_timed
from courseweek.regex import lazy_pattern

_TIME = lazy_pattern(r"(\d{1,2}):(\d{2}) *([ap])\.?m\.?|(\d{1,2}) *([ap])\.?m\.?|(\d{1,2}):(\d{2})", re.IGNORECASE)
_24_HOUR = lazy_pattern(r"\d{1,2}(?::\d{2})?")
_MIDNIGHT = lazy_pattern(r"(?:12(?::00)? ?)?midnight", re.IGNORECASE)


def read_time(text: str) -> time:
    """Return the time of day that is written as `13:00`, `1 pm` or `1:30pm`."""
    cleaned = " ".join(text.split())
    if is_noon(cleaned):
        return NOON
    if is_midnight(cleaned):
        message = f"`{cleaned}` could be the beginning or the end of a day"
        raise Misread(message, "write 23:59 for its end, or 0:00 for its beginning", "ambiguous-time")
    match = _TIME.fullmatch(cleaned)
    if match is None:
        if loose := clear_time(cleaned):
            raise Misread(f"`{cleaned}` is not a time", f"write {loose}", "bad-time", fixed=loose)
        raise Misread(f"`{cleaned}` is not a time", "write a time such as 13:00 or 1 pm", "bad-time")
    if match[6]:
        return _make_time(int(match[6]), int(match[7]), cleaned)
    hour, minute = int(match[1] or match[4]), int(match[2] or 0)
    afternoon = (match[3] or match[5]).lower() == "p"
    if not 1 <= hour <= 12:
        clear = f"{hour}:{minute:02d}" if hour < 24 and minute < 60 and afternoon == (hour > 12) else None
        raise Misread(
            f"`{cleaned}` is not a time: am and pm go with 1 to 12",
            f"write {clear}" if clear else "write a time such as 13:00 or 1 pm",
            "bad-time",
            fixed=clear,
        )
    return _make_time(hour % 12 + (12 if afternoon else 0), minute, cleaned)


def is_midnight(text: str) -> bool:
    """Return whether a text is `midnight` or `12 midnight`, which is the beginning of a day or its end."""
    return _MIDNIGHT.fullmatch(text) is not None


def _make_time(hour: int, minute: int, text: str) -> time:
    if hour == 24 and minute == 0:
        raise Misread("a day ends at 23:59", "write 23:59", "bad-time", fixed="23:59")
    if hour > 23 or minute > 59:
        raise Misread(f"there is no time {text}", "write a time such as 13:00 or 1 pm", "bad-time")
    return time(hour, minute)


def read_time_range(text: str) -> TimeRange:
    """Return the range that is written as two times with `-` or `–` between them; it ends after it starts.

    With am or pm at one of them the other takes the reading that makes a range, and if both do, the shorter range.
    Without, both are of the 24-hour clock.
    """
    parts = split_range(text)
    timed = split_timed(text)
    if len(timed) > 1 and re.match(r"[^\W\d_]{2,}", timed[0]) and timed[0].lower() not in ("from", "between"):
        help = f"write {timed[1]}; the day has a key of its own, as in day: {timed[0]}"
        raise Misread(f"`{text}` is a day with a time", help, "bad-time")
    if len(parts) == 1:
        raise _no_end(parts[0])
    if len(parts) != 2:
        raise Misread(f"`{text}` is not a time range", "write a range such as 13:00-16:00", "bad-time")
    _check_habits(text, parts)
    clocks = parse_clock(parts[0]), parse_clock(parts[1])
    marked = any(clock is not None and clock.half for clock in clocks)
    # The end comes first: of two impossible times, only it is reported.
    end, start = (_read_half(parts[at], parts, clocks[at], marked) for at in (1, 0))
    found = pair_up(start, end)
    if found is not None:
        return found
    first, last = start[0], end[0]
    if start == end:
        after = _later(first)
        help = f"write {say_range(first, after)}" if first < after else "write an earlier start"
        raise Misread(f"it starts and ends at the same time ({first:%H:%M})", help, "ends-before-start")
    meant, sure = guess_range(start, end)
    clear = say_range(meant.start, meant.end)
    over = "; a range can't go past midnight" if meant == TimeRange(first, LAST_MINUTE) else ""
    raise Misread(
        f"it ends ({last:%H:%M}) before it starts ({first:%H:%M})",
        f"write {clear}{over}",
        "ends-before-start",
        fixed=clear if sure else None,
    )


def _no_end(part: str) -> Misread:
    clock = parse_clock(part)
    bare = clock is not None and clock.half is None and clock.hour < 24 and ":" not in part
    start = time(clock.hour) if clock is not None and bare else read_time(part)
    after = _later(start)
    help = f"write {start:%H:%M}-{after:%H:%M}" if start < after else "write the start and the end"
    return Misread("the end time is missing", help, "bad-time")


def _check_habits(text: str, parts: list[str]) -> None:
    """Refuse a range of times as they are written elsewhere (`13.00-16.00`), with the one that is meant."""
    clear = [part if parse_clock(part) is not None else clear_time(part) for part in parts]
    if parts[1] in ("24:00", "24") or is_midnight(parts[1]):
        clear[1] = "23:59"
    if is_midnight(parts[0]):
        clear[0] = "0:00"
    bare = re.sub(r"^(?:from|between) ", "", parts[0], flags=re.IGNORECASE)
    if parse_clock(bare) is not None:
        clear[0] = bare
    known = [part for part in clear if part]
    if len(known) != 2 or known == parts:
        return
    if not any(re.search(r"m\.?$", part, re.IGNORECASE) for part in known):
        known = [part if ":" in part or is_noon(part) else f"{part}:00" for part in known]
    fixed: str | None = "-".join(known)
    help = f"write {fixed}"
    try:
        found = read_time_range("-".join(known))
    except Misread as misread:
        fixed, help = misread.fixed, misread.help or help
    else:
        if LAST_MINUTE in (found.start, found.end):
            fixed = say_range(found.start, found.end)
            help = f"write {fixed}"
    sure = fixed if not is_midnight(parts[0]) else None
    raise Misread(f"`{text}` is not a time range", help, "bad-time", fixed=sure)


def _read_half(part: str, parts: list[str], clock: Clock | None, marked: bool) -> tuple[time, ...]:
    """Return what one half of a range can mean; raise `Misread`, with the whole range, if it is not a time."""
    bare = clock is not None and _24_HOUR.fullmatch(part) is not None
    if clock is not None and bare and marked and clock.readings:
        return clock.readings
    try:
        return (read_time(f"{part}:00" if bare and ":" not in part else part),)
    except Misread as misread:
        if misread.fixed is None:
            raise
        clear = "-".join(misread.fixed if each == part else each for each in parts)
        raise Misread(misread.message, f"write {clear}", misread.name, fixed=clear) from None


def _later(start: time) -> time:
    return time(min(start.hour + 1, 23), start.minute if start.hour < 23 else 59)
