"""The shapes of dates, times, time zones, days of the week and weeks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time
from typing import Literal

from courseweek.model.clock import describe_odd_time, suggest_odd_time
from courseweek.model.moment import Moment, OnDay
from courseweek.model.term import TimeRange, WeekFilter
from courseweek.read.tables import forms, patterns
from courseweek.read.tables.fields import Shape
from courseweek.read.tables.forms import either, list_of_each
from courseweek.read.tables.reader import Reader
from courseweek.read.tables.remedies import fix_scalar
from courseweek.read.tables.shapes import LONGEST_TEXT, shape_of_pattern, shape_of_text
from courseweek.read.values.clocks import doubt_deadline, doubt_range, parse_clock
from courseweek.read.values.dates import explain_longer, read_day
from courseweek.read.values.misread import Misread
from courseweek.read.values.moments import doubt_moment, is_undecided, read_dated, read_instant
from courseweek.read.values.ranges import split_range
from courseweek.read.values.times import read_time, read_time_range
from courseweek.read.values.weekdays import WEEKDAYS as DAY_NAMES
from courseweek.read.values.weekdays import divide_days, read_weekday, read_weekdays, read_weeks
from courseweek.read.values.zones import read_zone
from courseweek.yamltext.document import Node, Scalar, Sequence

_LENGTH_OF_DAY = len("2027-02-15")
MOST_DAYS_WRITTEN = 50
"""Days that one text of `day:` or `days:` names."""
WEEKS_WHAT = "weeks such as odd, 2-14 or [1, 3, 5]"
ZONES = (
    "America/Los_Angeles",
    "America/Chicago",
    "America/New_York",
    "Europe/London",
    "Europe/Berlin",
    "Asia/Singapore",
)
"""What an editor proposes: a few of some hundred."""


def _read_term_day(node: Node, reader: Reader) -> date | None:
    """Read a date that may take its year from the term."""
    return read_term_day(node, reader, ("", ""))


def read_term_day(node: Node, reader: Reader, keys: tuple[str, str]) -> date | None:
    """Read a date that may take its year from the term; `keys` are those for the first and the last of several days."""
    if isinstance(node, Scalar):
        if reader.misses_year(node.text):
            return None
        text = " ".join(node.text[:LONGEST_TEXT].split())
        if _is_undecided(text):
            help = "write the date, or leave this out until it is known"
            reader.error("bad-date", f"`{text}` is not a date", node, help)
            return None
        plain = len(text) == _LENGTH_OF_DAY and text[4] == "-"
        longer = None if plain else explain_longer(text, reader.window, reader.language, keys)
        if longer is not None:
            reader.error(longer.name, longer.message, node, longer.help)
            return None
    return _TERM_DAY.read(node, reader)


def _is_undecided(text: str) -> bool:
    try:
        return is_undecided(text)
    except Misread:
        return True


def _is_day_or_tbd(text: str, reader: Reader) -> bool:
    try:
        return is_undecided(text) or read_day(text, reader.window, reader.language) is not None
    except Misread:
        return False


def day_between(first: str, last: str) -> Shape[date]:
    """Return the shape of a day that several days are not written after: they have keys of their own."""
    return replace(DAY, read=lambda node, reader: read_term_day(node, reader, (first, last)))


def _read_day_or_tbd(node: Node, reader: Reader) -> date | Literal["TBD"] | None:
    """Read a date that may be to be decided."""
    if isinstance(node, Sequence):
        reader.scalar(node, DAY_OR_TBD.what, lambda text: _is_day_or_tbd(text, reader))
        return None
    if isinstance(node, Scalar):
        try:
            if is_undecided(node.text[:LONGEST_TEXT]):
                return "TBD"
        except Misread as misread:
            reader.error(misread.name, misread.message, node, misread.help, fix=fix_scalar(node, misread.fixed))
            return None
    return read_term_day(node, reader, ("date", "until"))


def _convert_end(text: str, reader: Reader) -> tuple[date, time | None]:
    if text.strip().upper() == "TBD":
        raise Misread("a window needs an end", "write its last day, or delete the line until it is known", "bad-date")
    return read_dated(text, reader.window, reader.language)


def _read_end(node: Node, reader: Reader) -> Moment | None:
    """Read the end of a window, and warn of a time that is probably wrong; a missing term is reported there."""
    found = _END.read(node, reader) if reader.window is not None else None
    if found is None or not isinstance(node, Scalar):
        return None
    moment = Moment(" ".join(node.text.split()), OnDay(found[0]), found[1], node.span)
    doubt = doubt_moment(moment, reader.window)
    if doubt is not None:
        reader.found.warning("doubtful-time", doubt[0], node.span, help=doubt[1])
    return moment


def _convert_instant(text: str, reader: Reader) -> datetime | None:
    if reader.zone is None or reader.window is None:
        return None  # the term can't be read, and that has been reported
    return read_instant(text, reader.window, reader.zone, time(0), reader.language)


def _read_instant(node: Node, reader: Reader) -> datetime | None:
    instant = _INSTANT.read(node, reader)
    if instant is None or reader.zone is None:
        return None
    odd = describe_odd_time(instant.date(), instant.time(), reader.zone)
    if odd is not None:
        help = suggest_odd_time(instant.date(), instant.time(), reader.zone)
        reader.found.warning("clock-change", odd, node.span, help=help)
    return instant


def _read_weekdays(node: Node, reader: Reader) -> tuple[int, ...] | None:
    items: Iterable[Node] = node.items if isinstance(node, Sequence) else (node,)
    days: list[int] = []
    for item in items:
        scalar = reader.scalar(item, "a day of the week")
        if scalar is None:
            continue
        words = divide_days(scalar.text[:LONGEST_TEXT], reader.language)
        if len(words) > MOST_DAYS_WRITTEN:  # each would be reported with the whole line
            reader.error("too-many", f"more than {MOST_DAYS_WRITTEN} days are listed here", scalar, "write [Tue, Thu]")
            continue
        for word in words:
            try:
                days += read_weekdays(word, reader.language)
            except Misread as misread:
                fix = fix_scalar(scalar, misread.fixed) if len(words) == 1 else ()
                reader.error(misread.name, misread.message, scalar, misread.help, fix=fix)
    if isinstance(node, Sequence) and not node.items:
        reader.error("wrong-shape", "this list has no day", node, "write [Tue, Thu]")
    return tuple(sorted(set(days))) or None


def _read_weeks(node: Node, reader: Reader) -> WeekFilter | None:
    items: Iterable[Node] = node.items if isinstance(node, Sequence) else (node,)
    words = [scalar.text for scalar in (reader.scalar(item, WEEKS_WHAT) for item in items) if scalar]
    if isinstance(node, Sequence) and not node.items:
        reader.error("wrong-shape", "this list has no week", node, "write odd, even, 2-14 or [1, 3, 5]")
    try:
        return read_weeks(", ".join(words)) if words else None
    except Misread as misread:
        reader.error(misread.name, misread.message, node, misread.help)
        return None


_WEEK = either(
    forms.text(WEEKS_WHAT, patterns.WEEKS, examples=("odd", "even", "2-14")),
    {"type": "integer", "minimum": 0, "maximum": 999},
)
_WEEKDAYS = forms.text("a day of the week such as Mon", patterns.WEEKDAYS_TOGETHER, examples=DAY_NAMES)
_TERM_DAY = shape_of_pattern(
    "a date such as 2027-02-15",
    lambda text, reader: read_day(text, reader.window, reader.language),
    patterns.DAY,
    "2027-02-15",
)
DAY = Shape("a date such as 2027-02-15", _read_term_day, _TERM_DAY.schema, "2027-02-15")
DAY_OR_TBD = Shape(
    "a date such as 2027-02-15, or TBD",
    _read_day_or_tbd,
    forms.text("a date such as 2027-02-15, or TBD", patterns.DAY_OR_TBD, examples=("2027-02-15", "TBD")),
    "2027-02-15",
)
DAY_WITH_YEAR = shape_of_pattern(
    "a date such as 2027-01-25",
    lambda text, reader: read_day(text, None, reader.language),
    patterns.DAY_WITH_YEAR,
    "2027-01-25",
)
_INSTANT = shape_of_pattern("a date, with or without a time", _convert_instant, patterns.INSTANT)
INSTANT = Shape("a date, with or without a time", _read_instant, _INSTANT.schema, "2027-02-15 17:00")
_END = shape_of_pattern(
    "a date, with or without a time",
    _convert_end,
    patterns.INSTANT,
    "2027-02-15 17:00",
)
END = Shape("a date, with or without a time", _read_end, _END.schema, "2027-02-15 17:00")
"""The end of a window of days; a date alone means the time of deadlines."""
TIME = shape_of_pattern("a time such as 23:59", lambda text, reader: read_time(text), patterns.TIME, "23:59")
_TIME_RANGE = shape_of_pattern(
    "a range such as 13:00-16:00", lambda text, reader: read_time_range(text), patterns.TIME_RANGE, "13:00-16:00"
)


def _read_due_time(node: Node, reader: Reader) -> time | None:
    """Read the time of deadlines, and warn of one that is probably wrong."""
    found = TIME.read(node, reader)
    doubt = doubt_deadline(" ".join(node.text.split())) if found is not None and isinstance(node, Scalar) else None
    if doubt is not None and isinstance(node, Scalar):
        kept = f"; if it is right, write {doubt.kept}" if doubt.kept else ""
        message = f"`{node.text.strip()}` is {doubt.why.replace('that day', 'each day')}"
        reader.found.warning("doubtful-time", message, node.span, help=f"write {doubt.meant}{kept}")
    return found


def _read_meeting_time(node: Node, reader: Reader) -> TimeRange | None:
    """Read when something takes place, and warn of what begins at night."""
    found = _TIME_RANGE.read(node, reader)
    if found is None or not isinstance(node, Scalar):
        return found
    first, last = (parse_clock(part) for part in split_range(node.text))
    help = doubt_range(first, last, found) if first is not None and last is not None else None
    if help is not None:
        reader.found.warning("doubtful-time", f"`{node.text.strip()}` begins at night", node.span, help=help)
    return found


def _convert_week_start(text: str, reader: Reader) -> int:
    day = read_weekday(text, reader.language)
    if DAY_NAMES[day] not in ("Monday", "Sunday", "Saturday"):
        raise Misread(f"weeks don't begin on {DAY_NAMES[day]}", "write Monday or Sunday; Saturday works too")
    return day


def _convert_week_number(text: str, reader: Reader) -> int:
    if text.strip() not in ("0", "1"):
        raise Misread(f"the first week can't have the number `{text.strip()}`", "write 0 or 1")
    return int(text)


DUE_TIME = Shape(TIME.what, _read_due_time, TIME.schema, TIME.example)
"""A time of deadlines."""
TIME_RANGE = Shape(_TIME_RANGE.what, _read_meeting_time, _TIME_RANGE.schema, _TIME_RANGE.example)
ZONE = shape_of_text(
    "a time zone such as America/Los_Angeles",
    lambda text, reader: read_zone(text),
    forms.text("a time zone such as America/Los_Angeles", patterns.ZONE, examples=ZONES),
    "America/Los_Angeles",
)
WEEKDAY = shape_of_text(
    "a day of the week",
    lambda text, reader: read_weekday(text, reader.language),
    forms.text("a day of the week", patterns.WEEKDAY, examples=DAY_NAMES),
    "Monday",
)
WEEK_START = shape_of_text(
    "Monday, Sunday or Saturday",
    _convert_week_start,
    forms.text("Monday, Sunday or Saturday", patterns.WEEK_START, examples=("Monday", "Sunday", "Saturday")),
    "Sunday",
)
WEEK_NUMBER = shape_of_text(
    "0 or 1",
    _convert_week_number,
    either({"type": "integer", "enum": [0, 1]}, forms.words("0", "1", pattern=patterns.whole_text("[01]"))),
    "0",
)
WEEKDAYS = Shape(
    "days of the week such as [Tue, Thu]",
    _read_weekdays,
    either(_WEEKDAYS, list_of_each(_WEEKDAYS, minItems=1)),
    "Monday",
)
WEEKS = Shape(WEEKS_WHAT, _read_weeks, either(_WEEK, list_of_each(_WEEK, minItems=1)), "odd")


def _read_day_or_time(node: Node, reader: Reader) -> object | None:
    """Read one part of a day with its time, which is a time, a date or a day of the week."""
    if reader.takes(TIME_RANGE, node):
        return TIME_RANGE.read(node, reader)
    return (DAY if reader.takes(DAY, node) else WEEKDAYS).read(node, reader)


DAY_OR_TIME = Shape("a day or a time", _read_day_or_time, TIME_RANGE.schema)
"""One of the two parts of a day with its time, such as `Friday 9:00-10:50`."""
