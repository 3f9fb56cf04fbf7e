"""`events`: dates that are neither class nor work, of one day or several."""

from __future__ import annotations

from courseweek.model.event import Event
from courseweek.read.tables.fields import Field, Pairing, Table
from courseweek.read.tables.forms import NOTHING, by_table, one_or_list, unless
from courseweek.read.tables.reader import Reader, read_items
from courseweek.read.tables.shapes import ADDRESS, IDENTIFIER, MARKDOWN, NAME, TEXT
from courseweek.read.tables.time_shapes import DAY, DAY_OR_TIME, TIME_RANGE, day_between
from courseweek.read.term import has_days
from courseweek.yamltext.document import Node, Sequence

MOST_EVENTS = 200
"""Events of one course: more are refused."""

EVENT_NAME = Field("name", TEXT, "what it is called", required=True)
EVENT_DATE = Field("date", day_between("from", "to"), "its only day")
EVENT_FROM = Field("from", day_between("from", "to"), "its first day")
EVENT_TO = Field("to", day_between("from", "to"), "its last day")
EVENT = Table(
    "an event",
    EVENT_NAME,
    Field("id", IDENTIFIER, "its id; by default the name as a slug"),
    EVENT_DATE,
    EVENT_FROM,
    EVENT_TO,
    Field("time", TIME_RANGE, "from when to when, on each of its days"),
    Field("place", TEXT, "where; an address becomes a link"),
    Field("url", ADDRESS, "where more about it is"),
    Field("note", MARKDOWN, "more about it, in Markdown"),
    rules=unless("date", "from", "to"),
    pairings=(
        Pairing(("date",), ("name",), DAY),
        Pairing(("from", "to"), ("name",), DAY),
        Pairing(("name",), ("date",), NAME, DAY),
        Pairing(("name",), ("from", "to"), NAME, DAY),
        Pairing(("name",), ("date", "time"), NAME, DAY_OR_TIME),
    ),
)
EVENTS_FORM = one_or_list(by_table(EVENT.what), NOTHING)


def read_events(node: Node | None, reader: Reader) -> tuple[Event, ...]:
    """Return the events in the order of the syllabus; what is wrong is reported."""
    if isinstance(node, Sequence) and len(node.items) > MOST_EVENTS:
        message = f"a course has at most {MOST_EVENTS} events"
        reader.error("too-many", message, node, "combine days with from: and to:")
        return ()
    events = read_items(node, reader, _read_event, EVENT)
    first: dict[object, Event] = {}
    for each in events:
        known = first.setdefault((each.name, each.starts, each.ends, each.time), each)
        if known is not each:
            message, other = (
                f"the event `{each.name}` is listed twice",
                (known.origin.of("name"), "it is first listed here"),
            )
            reader.found.warning(
                "same-name", message, each.origin.of("name"), help="delete one of them, or change its date", other=other
            )
    return events


def _read_event(node: Node, reader: Reader) -> Event | None:
    record = reader.record(node, EVENT)
    if record is None or reader.window is None or not has_days(record, reader, EVENT.what):
        return None
    starts, ends = record[EVENT_DATE] or record[EVENT_FROM], record[EVENT_DATE] or record[EVENT_TO]
    if starts is None or ends is None or not record.whole(EVENT_NAME):
        return None
    if ends < starts:
        reader.found.error(
            "ends-before-start",
            f"the event ends ({ends}) before it starts ({starts})",
            record.origin.of("to"),
            help="change one of the two dates",
            other=(record.origin.of("from"), "it starts here"),
        )
        return None
    return record.make(Event, starts=starts, ends=ends)
