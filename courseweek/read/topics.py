"""`schedule:` as written: topics in order, in units, with what belongs to them."""

from __future__ import annotations

from courseweek.diagnostics import Span
from courseweek.model.meeting import Topic, Unit
from courseweek.model.origin import Origin
from courseweek.read.fields import Field, Reader, Record, Table, read_items
from courseweek.read.fragments import NOTHING, by_table, either, list_of_each, mapping_to, one_or_list
from courseweek.read.links import MATERIALS
from courseweek.read.located import Mapping, Node, Scalar, Sequence, quote_text
from courseweek.read.people import GUEST, GUEST_FORM, read_guest
from courseweek.read.presentations import PRESENTERS_FORM, read_presenters
from courseweek.read.shapes import (
    ADDRESS,
    DAY,
    IDENTIFIER,
    MARKDOWN,
    TEXT,
    TIME_RANGE,
    YES_NO,
    choice_of,
    count_shape,
    node_shape,
    one_line,
)

MOST_DAYS = 60
MOST_TOPICS = 1_000
"""Topics in one course: more are refused."""
BEGIN_TOPICS = "begin each topic with `- `"

TOPIC_TITLE = Field("topic", TEXT, "the topic", required=True)
TOPIC_ID = Field("id", IDENTIFIER, "the meeting's id; by default the topic as a slug")
TOPIC_KIND = Field("kind", TEXT, "the kind of meeting")
TOPIC_DATE = Field("date", DAY, "its day, if it must not move")
TOPIC_TIME = Field("time", TIME_RANGE, "its own time")
TOPIC_PLACE = Field("place", TEXT, "its own place")
SAME_DAY = Field("same_day", YES_NO, "`yes` shares the day of the topic before it")
DAYS = Field("days", count_shape(MOST_DAYS), "over how many class days it runs")
TIMES = Field("times", count_shape(MOST_DAYS), "how many rows of its own it makes")
TOPIC_DESCRIPTION = Field("description", MARKDOWN, "what it is about, in Markdown")
MATERIALS_FIELD = Field("materials", MATERIALS, "slides, recordings and the like")
GUESTS = Field("guests", node_shape(one_or_list(GUEST_FORM)), "who visits")
LECTURER = Field("lecturer", TEXT, "who teaches, if not the usual one")
TOPIC_PAGE = Field("page", TEXT, "a page of `content/` about it")
TOPIC_STATUS = Field("status", choice_of("tentative"), "`tentative` if the topic is")
PRESENTERS = Field("presenters", node_shape(PRESENTERS_FORM), "who presents, by role")
FORMS = Field(
    "forms",
    node_shape(mapping_to("addresses by assignment", ADDRESS.schema)),
    "the meeting's own forms, by the id of an assignment",
)
TOPIC = Table(
    "a topic",
    TOPIC_TITLE,
    TOPIC_ID,
    TOPIC_DESCRIPTION,
    TOPIC_KIND,
    TOPIC_DATE,
    TOPIC_TIME,
    TOPIC_PLACE,
    SAME_DAY,
    DAYS,
    TIMES,
    LECTURER,
    GUESTS,
    MATERIALS_FIELD,
    TOPIC_PAGE,
    TOPIC_STATUS,
    PRESENTERS,
    FORMS,
)

UNIT_TITLE = Field("unit", TEXT, "the title of a run of meetings", required=True)
UNIT_DESCRIPTION = Field("description", MARKDOWN, "what it is about, in Markdown")
UNIT_MEETINGS = Field(
    "meetings",
    node_shape(list_of_each(either(by_table("a topic"), TEXT.schema))),
    "its topics in order",
    required=True,
)
UNIT = Table("a unit", UNIT_TITLE, UNIT_DESCRIPTION, UNIT_MEETINGS)

_TOPICS = list_of_each(either(by_table("a topic"), by_table("a unit"), TEXT.schema))
SCHEDULE_FORM = either(_TOPICS, mapping_to("lists of topics by kind", either(_TOPICS, NOTHING)))


def read_schedule(node: Node | None, reader: Reader) -> tuple[tuple[Topic, ...], ...]:
    """Read the topics: one list, or one for each kind, with units flattened."""
    if node is None:
        return ()
    if isinstance(node, Sequence):
        return (_read_topics(node, reader, None, None),)
    if isinstance(node, Mapping):
        lists = []
        for key, value in node.entries:
            if isinstance(value, Sequence):
                lists.append(_read_topics(value, reader, one_line(key.text), None))
            elif not (isinstance(value, Scalar) and value.empty):
                message = f"under `{key.text}` a list of topics is expected"
                reader.error("wrong-shape", message, value, BEGIN_TOPICS)
        return tuple(lists)
    reader.error("wrong-shape", "the schedule is a list of topics", node, BEGIN_TOPICS)
    return ()


def _read_topics(node: Sequence, reader: Reader, kind: str | None, unit: Unit | None) -> tuple[Topic, ...]:
    topics: list[Topic] = []
    before: Node | None = None
    for item in node.items:
        reader.topics += 1
        if reader.topics > MOST_TOPICS:
            message = f"a course has at most {MOST_TOPICS:,} topics"
            reader.error("too-many", message, item, "divide the course")
            return ()
        if isinstance(item, Mapping) and any(key.text == UNIT_TITLE.key for key, _ in item.entries):
            topics += _read_unit(item, reader, kind, unit)
        elif not reader.is_split(item, before, TOPIC):
            topic = _read_topic(item, reader, kind, unit)
            topics += [] if topic is None else [topic]
        before = item
    return tuple(topics)


def _read_unit(node: Mapping, reader: Reader, kind: str | None, outer: Unit | None) -> tuple[Topic, ...]:
    record = reader.record(node, UNIT)
    if record is None or not record.whole(UNIT_TITLE, UNIT_MEETINGS):
        return ()
    meetings = record.need(UNIT_MEETINGS)
    if outer is not None:
        help = "end the unit before it: give both `- unit` the same indent"
        reader.found.error("wrong-shape", "a unit can't stand inside a unit", record.origin.key("unit"), help=help)
        return ()
    if not isinstance(meetings, Sequence):
        reader.error("wrong-shape", "the meetings of a unit are a list of topics", meetings, BEGIN_TOPICS)
        return ()
    unit = Unit(record.need(UNIT_TITLE), record[UNIT_DESCRIPTION], record.origin)
    return _read_topics(meetings, reader, kind, unit)


def _read_topic(node: Node, reader: Reader, kind: str | None, unit: Unit | None) -> Topic | None:
    record = _read_record(node, reader)
    if record is None or not record.whole(TOPIC_TITLE):
        return None
    _check_topic(record, reader)
    return Topic(
        title=record.need(TOPIC_TITLE),
        id=record[TOPIC_ID],
        kind=record[TOPIC_KIND] or kind,
        date=record[TOPIC_DATE],
        time=record[TOPIC_TIME],
        place=record[TOPIC_PLACE],
        same_day=bool(record[SAME_DAY]),
        days=record[DAYS] or 1,
        times=record[TIMES] or 1,
        description=record[TOPIC_DESCRIPTION],
        materials=record[MATERIALS_FIELD] or (),
        guests=read_items(record[GUESTS], reader, read_guest, GUEST),
        lecturer=record[LECTURER],
        page=record[TOPIC_PAGE],
        presenters=read_presenters(record[PRESENTERS], reader),
        forms=_read_forms(record[FORMS], reader),
        status="tentative" if record[TOPIC_STATUS] else None,
        unit=unit,
        origin=record.origin,
    )


def _read_forms(node: Node | None, reader: Reader) -> tuple[tuple[str, str, Span], ...]:
    if node is None:
        return ()
    if not isinstance(node, Mapping):
        reader.error("wrong-shape", "forms are ids of assignments with addresses", node, "write {review: https://…}")
        return ()
    found = []
    for key, value in node.entries:
        address = ADDRESS.read(value, reader)
        if address is not None:
            found.append((key.text.strip(), address, key.span))
    return tuple(found)


def _read_record(node: Node, reader: Reader) -> Record | None:
    if isinstance(node, Scalar):
        if node.empty:
            reader.report_empty(node, TOPIC)
            return None
        title = TEXT.read(node, reader)
        return None if title is None else Record({TOPIC_TITLE.key: title}, Origin(node.span))
    if isinstance(node, Mapping) and _report_cut_title(node, reader):
        return None
    return reader.record(node, TOPIC)


def _report_cut_title(node: Mapping, reader: Reader) -> bool:
    """Tell whether `- Overview: history` became a mapping, where a title with a colon was meant; report it."""
    keys = {key.text for key, _ in node.entries}
    if not node.entries or TOPIC_TITLE.key in keys:
        return False
    key, value = node.entries[0]
    if key.text in TOPIC.by_key or key.style or not isinstance(value, Scalar) or value.style or value.empty:
        return False
    if reader.found.suggest(key.text, TOPIC.by_key) is not None:
        return False
    place = key.span.source.span(key.span.start, value.span.end)
    lead = "- " if len(node.entries) == 1 else "- topic: "
    help = f"write {lead}{quote_text(place.text)}"
    reader.found.error("unquoted-colon", "a topic that holds `: ` needs quotes", place, help=help)
    return True


def _check_topic(record: Record, reader: Reader) -> None:
    origin = record.origin
    pairs = (
        ("same_day", "date", "a topic that shares a day has no date of its own"),
        ("same_day", "days", "a topic that shares a day can't run over several"),
        ("same_day", "times", "a topic that shares a day can't make several rows"),
        ("times", "days", "a topic has either `days` or `times`"),
        ("times", "date", "a topic with a date can't make several rows"),
    )
    meant = {key for key in origin.fields if not (key == "same_day" and not record[SAME_DAY])}
    for first, second, message in pairs:
        if first in meant and second in meant:
            help = f"delete `{first}` or `{second}`"
            other = (origin.key(first), f"`{first}` is written here")
            reader.found.error("contradiction", message, origin.key(second), help=help, other=other)
