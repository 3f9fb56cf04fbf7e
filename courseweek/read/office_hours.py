"""Office hours as written: those of one person, and those that several people hold together."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from courseweek.diagnostics import Edit, Span
from courseweek.model.people import OfficeHours, SharedHours, Staff, list_weekly_hours
from courseweek.model.term import TimeRange
from courseweek.read.tables.fields import Field, Pairing, Record, Shape, Table
from courseweek.read.tables.forms import by_table, either, one_or_list, unless
from courseweek.read.tables.reader import Reader, fits_line
from courseweek.read.tables.shapes import MARKDOWN, NAME, PLACED_TEXTS, TEXT, node_shape
from courseweek.read.tables.time_shapes import DAY_OR_TIME, TIME_RANGE, WEEKDAYS
from courseweek.read.values.names import fold_name
from courseweek.regex import lazy_pattern
from courseweek.yamltext.document import Mapping, Node, Scalar, Sequence
from courseweek.yamltext.slips.glued import is_between_braces, write_between_braces

MOST_NAMED = 6
"""Names of the staff that a message lists."""
_NEAR = 0.85
"""How near a name must be to be meant: many share a last name."""
_BETWEEN_NAMES = lazy_pattern(r"\s*(?:[,;&]|\band\b)\s*")


def _read_who(node: Node, reader: Reader) -> tuple[tuple[str, Span], ...] | None:
    """Read names; those between braces (`{Ada, Bo}`) are refused with the list that is meant."""
    if isinstance(node, Sequence) and all(isinstance(item, Scalar) and item.empty for item in node.items):
        reader.error("wrong-shape", "this list has no name", node, "write the names of people in staff:")
        return None
    if isinstance(node, Mapping) and all(isinstance(value, Scalar) and value.empty for _, value in node.entries):
        help = f"write [{', '.join(key.span.text for key, _ in node.entries)}]"
        fix = (Edit(node.span, help.removeprefix("write ")),) if is_between_braces(node) and fits_line(node) else ()
        reader.error("wrong-shape", "this must be a list of names, not a group of keys", node, help, fix=fix)
        return None
    return PLACED_TEXTS.read(node, reader) or None


HOURS_DAY = Field("day", WEEKDAYS, "the day of the week")
HOURS_DAYS = Field("days", WEEKDAYS, "several days of the week")
HOURS_TIME = Field("time", TIME_RANGE, "from when to when")
HOURS_PLACE = Field("place", TEXT, "where; an address becomes a link")
WHO = Field(
    "who",
    Shape("a list of names", _read_who, PLACED_TEXTS.schema),
    "the names of those who hold them, as in staff:",
    required=True,
)
_BY_DAY = Pairing(("day",), ("time",), WEEKDAYS, TIME_RANGE, shared=True)
HOURS = Table(
    "office hours", HOURS_DAY, HOURS_DAYS, HOURS_TIME, HOURS_PLACE, rules=unless("days", "day"), pairings=(_BY_DAY,)
)
SHARED_HOURS = Table(
    "shared office hours",
    HOURS_DAY,
    HOURS_DAYS,
    HOURS_TIME,
    HOURS_PLACE,
    WHO,
    Field("note", MARKDOWN, "more about them, in Markdown"),
    rules=unless("days", "day"),
    pairings=(
        _BY_DAY,
        Pairing(("who",), ("day",), NAME, WEEKDAYS, shared=True),
        Pairing(("who",), ("day", "time"), NAME, DAY_OR_TIME),
    ),
)
OFFICE_HOURS = Field(
    "office_hours",
    node_shape(one_or_list(either(by_table("office hours"), TEXT.schema))),
    "when to come: weekly times, or a text such as by appointment",
)
SHARED_HOURS_FIELD = Field(
    "office_hours", node_shape(one_or_list(by_table("shared office hours"))), "office hours that several people share"
)


def read_hours(node: Node, reader: Reader) -> OfficeHours | None:
    """Read the office hours of one person."""
    if isinstance(node, Scalar):
        text = TEXT.read(node, reader)
        return None if text is None else OfficeHours(text=text)
    record = reader.record(node, HOURS)
    days = None if record is None else _take_days(record, HOURS, reader)
    if record is None or not days:
        return None
    return record.make(OfficeHours, days=days)


def read_shared_hours(node: Node, reader: Reader, staff: tuple[Staff, ...] | None) -> SharedHours | None:
    """Read office hours that are shared by people of `staff`, which is None where its YAML is broken."""
    if isinstance(node, Scalar) and not reader.takes(WEEKDAYS, replace(node, text=node.text.split()[0])):
        message = f"shared office hours have a day and names, and `{node.text.strip()}` is a text"
        help = "write it as office_hours: under the name of a person in staff:"
        reader.error("wrong-shape", message, node, help)
        return None
    record = reader.record(node, SHARED_HOURS)
    days = None if record is None else _take_days(record, SHARED_HOURS, reader)
    if record is None or not days or not record.whole(WHO):
        return None
    who = tuple(_find_person(name, place, staff, reader) for name, place in record.need(WHO))
    return record.make(SharedHours, days=days, who=tuple(dict.fromkeys(name for name in who if name is not None)))


def report_held_twice(staff: tuple[Staff, ...], shared: tuple[SharedHours, ...], reader: Reader) -> None:
    """Report hours of one person that are written a second time, for that person or for several."""
    first: dict[tuple[str, int, TimeRange], Span] = {}
    reported: set[Span] = set()
    for hour in list_weekly_hours(staff, shared):
        if hour.origin is None or hour.time is None:
            continue
        for name in hour.who:
            known = first.setdefault((name, hour.day, hour.time), hour.origin.span)
            if known == hour.origin.span or hour.origin.span in reported:
                continue
            reported.add(hour.origin.span)
            message = f"`{name}` has these office hours twice"
            other = (known, "they are first written here")
            help = "delete one of them, or change its day or time"
            reader.found.warning("same-hours", message, hour.origin.of("time"), help=help, other=other)


def _take_days(record: Record, table: Table, reader: Reader) -> tuple[int, ...]:
    """Return the days of office hours; none, and reported, where none is written."""
    days = tuple(sorted({*(record[HOURS_DAY] or ()), *(record[HOURS_DAYS] or ())}))
    if not days and not record.strange and not {"day", "days"} & record.origin.fields.keys():
        help = "write day: and a day of the week, such as Monday"
        reader.found.error("missing-key", f"{table.what} need `day` or `days`", record.origin.span, help=help)
    return days


def _find_person(name: str, place: Span, staff: tuple[Staff, ...] | None, reader: Reader) -> str | None:
    """Return the name of the person in `staff` who is meant; None, and reported, where nobody in it is meant."""
    if staff is None or name in reader.lost:
        return None
    known = {fold_name(each.name): each.name for each in staff}
    if fold_name(name) in known:
        return known[fold_name(name)]
    message = f"no one in staff: is called `{name}`"
    fix: tuple[Edit, ...] = ()
    several = [known.get(fold_name(part)) for part in _BETWEEN_NAMES.split(name)]
    near = None if None in several else ", ".join(write_between_braces(each) for each in several if each)
    if near is not None:
        listed = place.source.text[: place.start].rstrip(" ")[-1:] in ("[", ",", "-")
        help = f"write {near}" if listed else f"write [{near}]"
        fix = () if listed else (Edit(place, f"[{near}]"),)
    else:
        near = _find_part(name, known.values()) or reader.found.suggest(name, known.values(), cutoff=_NEAR)
        names = ", ".join(f"`{each.name}`" for each in staff[:MOST_NAMED]) + (" …" if len(staff) > MOST_NAMED else "")
        listed_help = f"add this person to staff:, or name one of {names}" if names else "add this person to staff:"
        help = f"did you mean `{near}`?" if near else listed_help
    reader.found.error("unknown-person", message, place, help=help, fix=fix)
    return None


def _find_part(name: str, known: Iterable[str]) -> str | None:
    """Return the only name that has all the words of this one, such as its last name; None where several do."""
    words = set(re.findall(r"\w+", name.casefold()))
    found = [each for each in known if words and words <= set(re.findall(r"\w+", each.casefold()))]
    return found[0] if len(found) == 1 else None
