"""The term as written: its days, its weekly pattern, its breaks and swaps."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

from courseweek.language.locale import EN, Locale
from courseweek.model.status import Status
from courseweek.model.term import Break, Pattern, Swap, Term, same_day_in_term
from courseweek.read.groups import GROUPS, read_groups
from courseweek.read.tables.fields import Field, Pairing, Record, Shape, Table
from courseweek.read.tables.forms import by_table, one_or_list, unless
from courseweek.read.tables.reader import Reader, read_items
from courseweek.read.tables.shapes import LONGEST_TEXT, MARKDOWN, NAME, TEXT, TEXTS, YES_NO, choice_of, node_shape
from courseweek.read.tables.time_shapes import (
    DAY,
    DAY_WITH_YEAR,
    TIME_RANGE,
    WEEK_NUMBER,
    WEEK_START,
    WEEKDAY,
    WEEKDAYS,
    WEEKS,
    ZONE,
    day_between,
)
from courseweek.read.tables.time_shapes import DUE_TIME as DUE_TIME_SHAPE
from courseweek.read.values.dates import Window, read_days
from courseweek.read.values.weekdays import WEEKDAYS as DAY_NAMES
from courseweek.read.weekly_hours import WEEKLY_HOURS_SHAPE
from courseweek.yamltext.document import Mapping, Node, Sequence

LONGEST_TERM = timedelta(days=800)
DUE_TIME = time(23, 59)
MOST_ENTRIES = 200
"""More meetings a week, breaks or swaps are refused."""
MOST_CLASS_DAYS = 4_000
"""Classes of the weekly pattern in the whole term: more are refused."""
STATUS: Shape[Status] = choice_of("tentative")

TERM_NAME = Field("name", TEXT, "what the term is called, such as Spring 2027")
STARTS = Field("starts", DAY_WITH_YEAR, "the first day on which the weekly pattern can fall", required=True)
ENDS = Field(
    "ends",
    replace(DAY_WITH_YEAR, example="2027-05-07"),
    "the last day on which the weekly pattern can fall",
    required=True,
)
TIMEZONE = Field("timezone", ZONE, "the course's time zone", required=True)
DUE_TIME_FIELD = Field("due_time", DUE_TIME_SHAPE, "the time of a deadline without one, 23:59 by default")
MEETS = Field(
    "meets",
    node_shape(one_or_list(by_table("an entry of the weekly pattern"))),
    "the weekly pattern; one entry for each kind of meeting",
)
BREAKS = Field("breaks", node_shape(one_or_list(by_table("a break"))), "days without class")
SWAPS = Field("swaps", node_shape(one_or_list(by_table("a swap"))), "dates on which the pattern of another day holds")
TERM_STATUS = Field("status", STATUS, "`tentative` if the whole schedule is")
WEEK_STARTS = Field("week_starts", WEEK_START, "the day on which weeks begin: Monday, Sunday or Saturday")
FIRST_WEEK = Field("first_week", WEEK_NUMBER, "the number of the first week: 1, or 0")
WEEKLY_HOURS = Field("weekly_hours", WEEKLY_HOURS_SHAPE, "a week with more hours of required reading gets a warning")
TERM = Table(
    "the term",
    TERM_NAME,
    STARTS,
    ENDS,
    TIMEZONE,
    DUE_TIME_FIELD,
    WEEK_STARTS,
    FIRST_WEEK,
    WEEKLY_HOURS,
    MEETS,
    BREAKS,
    SWAPS,
    TERM_STATUS,
)

PATTERN_DAY = Field("day", WEEKDAYS, "the day of the week")
PATTERN_DAYS = Field("days", WEEKDAYS, "several days of the week that share the entry")
PATTERN_TIME = Field("time", TIME_RANGE, "from when to when")
PATTERN_PLACE = Field("place", TEXT, "where; an address becomes a link")
PATTERN_KIND = Field("kind", TEXT, "what kind of meeting, such as Lecture")
NUMBERED = Field("numbered", YES_NO, "whether its meetings are counted, as in Lecture 5")
PATTERN_WEEKS = Field("weeks", WEEKS, "in which weeks only: 2-14, odd, even or [1, 3, 5]")
PATTERN = Table(
    "an entry of the weekly pattern",
    PATTERN_DAY,
    PATTERN_DAYS,
    PATTERN_TIME,
    PATTERN_PLACE,
    PATTERN_KIND,
    NUMBERED,
    PATTERN_WEEKS,
    GROUPS,
    rules=unless("days", "day", also="groups"),
    pairings=(
        Pairing(("day",), ("time",), WEEKDAYS, TIME_RANGE, shared=True),
        Pairing(("day",), ("kind",), WEEKDAYS, NAME),
        Pairing(("kind",), ("day",), NAME, WEEKDAYS),
    ),
)


def _read_kinds(node: Node, reader: Reader) -> tuple[str, ...] | None:
    if isinstance(node, Mapping):
        help = "write kind: and a kind, or several as a list, such as [Lecture, Lab]"
        reader.error("wrong-shape", "a break names its kinds without values", node, help)
        return None
    if isinstance(node, Sequence) and not node.items:
        reader.error("wrong-shape", "this list has no kind", node, "delete kind: if the break takes all classes")
        return None
    return TEXTS.read(node, reader)


KINDS = Shape(TEXTS.what, _read_kinds, TEXTS.schema)
BREAK_DATE = Field("date", day_between("from", "to"), "its only day")
BREAK_FROM = Field("from", day_between("from", "to"), "its first day")
BREAK_TO = Field("to", day_between("from", "to"), "its last day")
BREAK_NAME = Field("name", TEXT, "what it is called", required=True)
BREAK_DESCRIPTION = Field("description", MARKDOWN, "more about it, in Markdown")
BREAK_NUMBERED = Field("numbered", YES_NO, "`no` leaves a week that it takes whole out of the count")
BREAK_KIND = Field("kind", KINDS, "the kind of meeting that it takes, if not all; several as a list")
BREAK = Table(
    "a break",
    BREAK_DATE,
    BREAK_FROM,
    BREAK_TO,
    BREAK_NAME,
    BREAK_DESCRIPTION,
    BREAK_NUMBERED,
    BREAK_KIND,
    rules=unless("date", "from", "to"),
    pairings=(
        Pairing(("date",), ("name",), DAY),
        Pairing(("from", "to"), ("name",), DAY),
        Pairing(("name",), ("date",), NAME, DAY),
        Pairing(("name",), ("from", "to"), NAME, DAY),
    ),
)

SWAP_DATE = Field("date", DAY, "the date", required=True)
FOLLOWS = Field("follows", WEEKDAY, "the day of the week whose pattern holds on it", required=True)
SWAP_NAME = Field("name", TEXT, "what it is called, in place of Follows Monday")
SWAP = Table("a swap", SWAP_DATE, FOLLOWS, SWAP_NAME, pairings=(Pairing(("date",), ("follows",), DAY, WEEKDAY),))


def read_term(node: Node, reader: Reader) -> Term | None:
    """Read the term; the reader then knows its days and its zone, even where the rest can't be read."""
    record = _read_window(node, reader)
    if record is None:
        return None
    for each in (MEETS, BREAKS, SWAPS):
        written = record[each]
        if isinstance(written, Sequence) and len(written.items) > MOST_ENTRIES:
            message = f"`{each.key}` has more than {MOST_ENTRIES} entries"
            reader.error("too-many", message, written, "combine days with from: and to:")
            return None
    errors = reader.found.errors
    meets = read_items(record[MEETS], reader, _read_pattern, PATTERN)
    if not _fits_term(meets, reader):
        return None
    kinds_known = reader.found.errors == errors
    breaks = read_breaks(record[BREAKS], reader)
    if kinds_known:
        _check_kinds(breaks, meets, reader)
    swaps = _single_swaps(read_items(record[SWAPS], reader, _read_swap, SWAP), reader)
    if not record.whole(STARTS, ENDS, TIMEZONE) or reader.window is None:
        return None
    return Term(
        name=record[TERM_NAME],
        starts=record.need(STARTS),
        ends=record.need(ENDS),
        zone=record.need(TIMEZONE),
        due_time=record[DUE_TIME_FIELD] or DUE_TIME,
        meets=meets,
        breaks=breaks,
        swaps=swaps,
        tentative=record[TERM_STATUS] is not None,
        origin=record.origin,
        week_starts=record[WEEK_STARTS] or 0,
        first_week=1 if record[FIRST_WEEK] is None else record.need(FIRST_WEEK),
        weekly_hours=record[WEEKLY_HOURS],
        locale=Locale(reader.language.tag or EN.tag),
    )


def _fits_term(meets: tuple[Pattern, ...], reader: Reader) -> bool:
    """Return whether the weekly pattern makes no more classes than a page can show; report it if not."""
    if reader.window is None:
        return True
    weeks = ((reader.window.ends - reader.window.starts).days + 7) // 7
    classes = 0
    for pattern in meets:
        classes += sum(len(each.days) for each in pattern.groups or (pattern,)) * weeks
        if classes > MOST_CLASS_DAYS:
            message = f"the pattern up to here makes more than {MOST_CLASS_DAYS:,} classes in {weeks} weeks"
            reader.found.error(
                "too-many", message, pattern.origin.span, help="shorten the term, or split the course into several"
            )
            return False
    return True


def _read_window(node: Node, reader: Reader) -> Record | None:
    record = reader.record(node, TERM)
    if record is None:
        return None
    starts, ends = record[STARTS], record[ENDS]
    if starts and ends:
        if ends < starts:
            meant = same_day_in_term(ends, starts, starts + timedelta(days=365))
            reader.found.error(
                "ends-before-start",
                f"the term ends ({ends}) before it starts ({starts})",
                record.origin.of("ends"),
                help=f"did you mean {meant}?" if meant is not None else "change one of the two dates",
                other=(record.origin.of("starts"), "it starts here"),
            )
        elif ends - starts > LONGEST_TERM:
            message = f"the term has {(ends - starts).days} days; the limit is {LONGEST_TERM.days}"
            reader.found.error("too-long", message, record.origin.of("ends"), help="change one of the two dates")
        else:
            reader.window = Window(starts, ends)
    reader.zone = record[TIMEZONE]
    return record


def _read_pattern(node: Node, reader: Reader) -> Pattern | None:
    record = reader.record(node, PATTERN)
    if record is None:
        return None
    days = tuple(sorted({*(record[PATTERN_DAY] or ()), *(record[PATTERN_DAYS] or ())}))
    listed = record[GROUPS]
    if not days and listed is None:
        if not record.strange and not {"day", "days"} & record.origin.fields.keys():
            reader.found.error(
                "missing-key",
                "an entry of the weekly pattern needs `day` or `days`",
                record.origin.span,
                help="write day: and a day of the week, such as Monday",
            )
        return None
    entry = Pattern(
        days=days,
        time=record[PATTERN_TIME],
        place=record[PATTERN_PLACE],
        kind=record[PATTERN_KIND],
        numbered=bool(record[NUMBERED]),
        weeks=record[PATTERN_WEEKS],
        origin=record.origin,
    )
    if listed is None:
        return entry
    days_known = not record.lacks(PATTERN_DAY, PATTERN_DAYS)
    groups = read_groups(listed, entry, reader, days_known=days_known)
    days = tuple(sorted({day for each in groups for day in each.days}))
    return replace(entry, days=days, time=None, place=None, weeks=None, groups=groups) if groups else None


def read_breaks(node: Node | None, reader: Reader) -> tuple[Break, ...]:
    """Return the breaks of a list, or the only one; the reader knows the term's days."""
    breaks = read_items(node, reader, _read_break, BREAK)
    first: dict[Break, Break] = {}
    for each in breaks:
        if first.setdefault(each, each) is not each:
            reader.found.warning(
                "no-effect",
                f"the break `{each.name}` is listed twice",
                each.origin.of("name"),
                help="delete one of the two",
                other=(first[each].origin.of("name"), "the first one is here"),
            )
    return breaks


def _check_kinds(breaks: tuple[Break, ...], meets: tuple[Pattern, ...], reader: Reader) -> None:
    """Report breaks for kinds that no entry of the weekly pattern has."""
    kinds = {each.kind.casefold(): each.kind for each in meets if each.kind is not None}
    for each in breaks:
        for kind in (kind for kind in each.kinds if kind.casefold() not in kinds):
            near, place = reader.found.suggest(kind, kinds.values()), each.origin.of("kind")
            if place.text.count(kind) == 1:  # of a list, only this one
                place = place.within(place.text.index(kind), place.text.index(kind) + len(kind))
            listed = " and ".join(part for part in (", ".join([*kinds.values()][:-1]), *[*kinds.values()][-1:]) if part)
            known = f"its kinds are {listed}" if len(kinds) > 1 else f"its only kind is {listed}"
            none = "delete kind:, or write kind: for an entry of the weekly pattern"
            reader.found.error(
                "unknown-kind",
                f"the weekly pattern has no kind `{kind}`",
                place,
                help=f"did you mean `{near}`?" if near else known if kinds else none,
            )


def _read_break(node: Node, reader: Reader) -> Break | None:
    if reader.window is None:
        return None  # without the term's days its own can't be read; the reason has been reported
    record = reader.record(node, BREAK)
    if record is None or not has_days(record, reader, BREAK.what):
        return None
    starts = record[BREAK_DATE] or record[BREAK_FROM]
    ends = record[BREAK_DATE] or record[BREAK_TO]
    if starts is None or ends is None or not record.whole(BREAK_NAME):
        return None
    origin = record.origin
    if ends < starts:
        reader.found.error(
            "ends-before-start",
            f"the break ends ({ends}) before it starts ({starts})",
            origin.of("to"),
            help="change one of the two dates",
            other=(origin.of("from"), "it starts here"),
        )
        return None
    if ends < reader.window.first or starts > reader.window.last:
        reader.found.warning(
            "outside-term",
            f"the break `{record.need(BREAK_NAME)}` is outside the term",
            origin.of("date") if "date" in origin.fields else origin.of("from"),
            help=_outside_help(starts, reader.window),
        )
    kinds = record[BREAK_KIND] or ()
    if "kind" in origin.fields and not kinds:
        return None  # what is wrong with it has been reported, and it does not take all classes
    if kinds and record[BREAK_NUMBERED] is False:
        reader.found.warning(
            "no-effect",
            "a week with a break of single kinds is always counted",
            origin.of("numbered"),
            help="delete numbered:, or delete kind:",
        )
    return Break(
        starts=starts,
        ends=ends,
        name=record.need(BREAK_NAME),
        description=record[BREAK_DESCRIPTION],
        numbered=record[BREAK_NUMBERED] is not False,
        origin=origin,
        kinds=tuple({kind.casefold(): kind for kind in kinds}.values()),
    )


def _outside_help(on: date, window: Window) -> str:
    meant = same_day_in_term(on, window.starts, window.ends)
    term = f"the term runs from {window.starts} to {window.ends}"
    return f"did you mean {meant}? {term}" if meant is not None else term


def has_days(record: Record, reader: Reader, what: str) -> bool:
    """Return whether `what` says its days in one of the two ways, `date`, or `from` and `to`; report it if not."""
    origin = record.origin
    written = origin.fields.keys()
    if "date" in written and {"from", "to"} & written:
        message = f"{what} has either `date`, or `from` and `to`, not both"
        help = "delete `date`, or `from` and `to`"
        reader.found.error("contradiction", message, origin.key("date"), help=help)
        return False
    if "date" not in written and not {"from", "to"} <= written:
        if record.strange and not {"from", "to"} & written:
            return False  # a key that is unknown may be meant for it
        if any(_holds_range(record, key, reader) for key in written & {"from", "to"}):
            return False  # which has been reported, with both keys
        message = f"{what} needs `date`, or `from` and `to`"
        help = "write date: and its day, such as 2027-02-15, or from: and to: with its first and its last day"
        reader.found.error("missing-key", message, origin.span, help=help)
        return False
    return True


def _holds_range(record: Record, key: str, reader: Reader) -> bool:
    """Return whether a key has several days, which it can't have."""
    text = record.origin.fields[key].text.strip(" \"'")[:LONGEST_TEXT]
    return key not in record.values and read_days(text, reader.window, reader.language) is not None


def _read_swap(node: Node, reader: Reader) -> Swap | None:
    if reader.window is None:
        return None
    record = reader.record(node, SWAP)
    if record is None or not record.whole(SWAP_DATE, FOLLOWS):
        return None
    day = record.need(SWAP_DATE)
    if not reader.window.starts <= day <= reader.window.ends:
        reader.found.error(
            "outside-term",
            f"a swap on {day} is outside the term",
            record.origin.of("date"),
            help=_outside_help(day, reader.window),
        )
        return None
    follows = record.need(FOLLOWS)
    if day.weekday() == follows:
        message = f"{day} is already a {DAY_NAMES[follows]}"
        reader.found.warning("no-effect", message, record.origin.of("follows"), help="change the date or the day")
    return Swap(day, follows, record.origin, record[SWAP_NAME])


def _single_swaps(swaps: tuple[Swap, ...], reader: Reader) -> tuple[Swap, ...]:
    """Report a date that follows two days of the week; the first one written holds."""
    by_date: dict[date, Swap] = {}
    for swap in swaps:
        first = by_date.setdefault(swap.date, swap)
        if first is not swap:
            reader.found.error(
                "contradiction",
                f"{swap.date} follows two days of the week",
                swap.origin.of("follows"),
                help="delete one of the two",
                other=(first.origin.of("follows"), "the first one is here"),
            )
    return tuple(by_date.values())
