"""`schedule:` as written: topics in order, in units, with what belongs to them."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Literal

from courseweek.diagnostics import Edit, Span
from courseweek.model.meeting import GroupChange, Topic, Unit, is_exam_kind
from courseweek.model.origin import Origin
from courseweek.model.slug import make_slug
from courseweek.read.groups import GROUP_CHANGES, read_group_changes
from courseweek.read.links import MATERIALS
from courseweek.read.people import GUEST, GUEST_FORM, read_guest
from courseweek.read.presentations import PRESENTERS_FORM, read_presenters
from courseweek.read.tables.fields import Field, Pairing, Record, Shape, Table
from courseweek.read.tables.forms import NOTHING, by_table, either, list_of_each, mapping_to, one_or_list
from courseweek.read.tables.reader import Reader, fits_line, leave_keyed, list_entries, read_items
from courseweek.read.tables.shapes import (
    ADDRESS,
    IDENTIFIER,
    MARKDOWN,
    NAME,
    REFERENCE,
    TEXT,
    TEXTS,
    YES_NO,
    count_shape,
    is_id,
    matching,
    node_shape,
    one_line,
)
from courseweek.read.tables.time_shapes import DAY, DAY_OR_TBD, END, TIME_RANGE
from courseweek.read.term import STATUS
from courseweek.read.values.names import fold_name
from courseweek.regex import lazy_pattern
from courseweek.yamltext.document import FLAGS, Mapping, Node, Scalar, Sequence, quote_text
from courseweek.yamltext.slips.glued import (
    explain_glued_entry,
    is_between_braces,
    write_between_braces,
)

MOST_DAYS = 60
MOST_TOPICS = 1_000
"""Topics in one course: more are refused."""
BEGIN_TOPICS = "begin each topic with `- `"
_OF_EXAM = lazy_pattern(r"\b(?:exam|midterm|final|quiz|test)\b", re.IGNORECASE)
LONGEST_PLACEHOLDER = 60
"""A topic that can't be read is called by so much of its text."""


def _read_same_day(node: Node, reader: Reader) -> bool | str | None:
    """Read whether a topic shares the day of the one before it, or the id of the meeting whose day it shares."""
    if isinstance(node, Scalar) and node.text.strip().lower() in FLAGS:
        return YES_NO.read(node, reader)
    if isinstance(node, Scalar):
        return REFERENCE.read(node, reader)
    reader.scalar(node, _SAME_DAY.what, is_id)
    return None


def _read_times(node: Node, reader: Reader) -> int | Literal["rest"] | None:
    """Read how many rows a topic makes; `rest` is one for each class day left over."""
    word = node.text.strip().lower() if isinstance(node, Scalar) else ""
    if word == "rest":
        return "rest"
    if word in _ALL:
        reader.error("bad-value", f"`{word}` is not a number from 1 to {MOST_DAYS} or rest", node, "write rest")
        return None
    return _COUNT.read(node, reader)


_ALL = ("all", "remaining", "the rest", "rest of term", "rest of the term", "fill")
"""Other words for `rest`."""
_COUNT = count_shape(MOST_DAYS)
_SAME_DAY = Shape(
    "yes, no or the id of a meeting", _read_same_day, either(YES_NO.schema, REFERENCE.schema), YES_NO.example
)
_TIMES = Shape(
    f"{_COUNT.what}, or rest",
    _read_times,
    either({"enum": ["rest"]}, _COUNT.schema),
    _COUNT.example,
)
TOPIC_TITLE = Field("topic", TEXT, "the topic", required=True)
TOPIC_ID = Field("id", IDENTIFIER, "the meeting's id; by default the topic as a slug")
TOPIC_KIND = Field("kind", TEXT, "the kind of meeting")
TOPIC_DATE = Field("date", DAY_OR_TBD, "its day, if it must not move, or TBD; the first one if there is `until`")
UNTIL = Field("until", END, "the end of a window, such as that of a take-home exam")
TOPIC_TIME = Field("time", TIME_RANGE, "its own time")
SAME_DAY = Field("same_day", _SAME_DAY, "`yes` shares the day of the topic before it, an id that of this meeting")
LECTURER = Field("lecturer", TEXTS, "who teaches, if not the usual one; several as a list")
DAYS = Field("days", count_shape(MOST_DAYS), "over how many class days it runs")
TIMES = Field("times", _TIMES, "how many rows of its own it makes; `rest` fills the class days that are left")
GUESTS = Field("guests", node_shape(one_or_list(GUEST_FORM)), "who visits")
PRESENTERS = Field("presenters", node_shape(PRESENTERS_FORM), "who presents, by role")
FORMS = Field(
    "forms",
    node_shape(mapping_to("addresses by assignment", ADDRESS.schema)),
    "the meeting's own forms, by the id of an assignment",
)


def _read_exam(node: Node, reader: Reader) -> bool | None:
    """Read whether a topic is an exam; of a kind of exam it is said where kinds are written."""
    if isinstance(node, Scalar) and is_exam_kind(node.text):
        kind = one_line(node.text)
        help = f"write exam: yes, or kind: {kind} in place of it"
        reader.error("bad-value", f"`{kind}` is neither yes nor no", node, help)
        return None
    return YES_NO.read(node, reader)


_EXAM = Shape(YES_NO.what, _read_exam, YES_NO.schema, YES_NO.example)
_WEEK_NUMBER = matching(r"(?:week|class|lecture|session|day|w)[ -]*\d{1,2}|\d{1,2}")
"""How others number the weeks or the classes of a schedule."""
TOPIC = Table(
    "a topic",
    TOPIC_TITLE,
    TOPIC_ID,
    Field("description", MARKDOWN, "what it is about, in Markdown"),
    TOPIC_KIND,
    TOPIC_DATE,
    UNTIL,
    TOPIC_TIME,
    Field("place", TEXT, "its own place"),
    GROUP_CHANGES,
    SAME_DAY,
    DAYS,
    TIMES,
    LECTURER,
    GUESTS,
    Field("materials", MATERIALS, "slides, recordings and the like"),
    Field("page", TEXT, "a page of `content/` about it"),
    Field("status", STATUS, "`tentative` if the topic is"),
    Field("exam", _EXAM, "whether it is an exam; by default its kind says so, such as Exam or Midterm"),
    PRESENTERS,
    FORMS,
    pairings=(
        Pairing((), ("topic",), _WEEK_NUMBER, shared=True),
        Pairing(("date",), ("topic",), DAY, shared=True),
        Pairing(("topic",), ("date",), NAME, DAY),
    ),
)

PLACING = (TOPIC_KIND, TOPIC_DATE, TOPIC_TIME, SAME_DAY, DAYS, TIMES)
"""What decides on which day a topic falls, and so where all after it do."""

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


def read_schedule(node: Node | None, reader: Reader) -> tuple[tuple[Topic, ...], ...] | None:
    """Read the topics: one list, or one for each kind, with units flattened; None if it is not a list of topics.

    A topic that can't be read has a placeholder, so that those after it keep their days.
    """
    if node is None:
        return ()
    if isinstance(node, Sequence):
        return (_read_topics(node, reader, None, None),)
    if isinstance(node, Mapping):
        return _read_kinds(node, reader)
    listed = [write_between_braces(text) for text in re.split(r"[,;] *", one_line(node.text)) if text]
    help = f"write [{', '.join(listed)}]" if len(listed) > 1 and not node.style and fits_line(node) else BEGIN_TOPICS
    reader.error("wrong-shape", "the schedule must be a list of topics", node, help)
    return None


def _read_kinds(node: Mapping, reader: Reader) -> tuple[tuple[Topic, ...], ...] | None:
    if all(key.text in TOPIC.by_key for key, _ in node.entries):
        help = "put `- ` before its first key, and indent the other keys to match"
        reader.error("wrong-shape", "a topic must be an item of a list", node, help)
        return None
    timed = any(all(reader.takes(shape, key) for key, _ in node.entries) for shape in (_WEEK_NUMBER, DAY))
    if (timed or not _has_lists(node)) and leave_keyed(node, reader, TOPIC) is None:
        return None
    lists = []
    whole = True
    for key, value in node.entries:
        if key.text == "events" and _holds_events(value):
            reader.error(
                "wrong-shape", "`events` is not a kind of meetings", key, "write it beside schedule:, not in it"
            )
            reader.lose(value)
            reader.unsettled = True
        elif isinstance(value, Sequence):
            lists.append(_read_topics(value, reader, one_line(key.text), None))
        elif not (isinstance(value, Scalar) and value.empty):
            message = f"`{key.text}` needs a list of topics below it"
            reader.error("wrong-shape", message, value, BEGIN_TOPICS)
            whole = False
    return tuple(lists) if whole else None


def _has_lists(node: Mapping) -> bool:
    """Return whether a key has a list of topics, or an empty one, so that it may be a kind of meeting."""
    braced = is_between_braces(node)
    empty = (isinstance(value, Scalar) and value.empty and not braced for _, value in node.entries)
    return any(empty) or any(isinstance(value, Sequence) for _, value in node.entries)


def _holds_events(node: Node) -> bool:
    """Return whether these are events: with names and without topics."""
    items = node.items if isinstance(node, Sequence) else ()
    keys = [{key.text for key, _ in item.entries} if isinstance(item, Mapping) else set() for item in items]
    return bool(keys) and all("name" in each and TOPIC_TITLE.key not in each for each in keys)


def _read_topics(node: Sequence, reader: Reader, kind: str | None, unit: Unit | None) -> tuple[Topic, ...]:
    topics: list[Topic] = []
    before: Node | None = None
    kept = leave_keyed(node, reader, TOPIC)
    reader.unsettled |= kept is not node
    for item in kept.items if isinstance(kept, Sequence) else ():
        reader.topics += 1
        if reader.topics > MOST_TOPICS:
            message = f"a course has at most {MOST_TOPICS:,} topics"
            reader.error("too-many", message, item, "split the course into several")
            reader.unsettled = True
            reader.lose(node)
            return ()
        if isinstance(item, Mapping) and any(key.text == UNIT_TITLE.key for key, _ in item.entries):
            topics += _read_unit(item, reader, kind, unit)
        elif reader.is_split(item, before, TOPIC):
            reader.unsettled = True
        else:
            topics += _read_topic(item, reader, kind, unit)
        before = item
    return tuple(topics)


def _read_unit(node: Mapping, reader: Reader, kind: str | None, outer: Unit | None) -> tuple[Topic, ...]:
    record = reader.record(node, UNIT)
    if record is None or not record.whole(UNIT_MEETINGS):
        reader.unsettled = True
        return ()
    meetings = record.need(UNIT_MEETINGS)
    if outer is not None:
        help = "end the unit before it: give both `- unit` the same indent"
        reader.found.error("wrong-shape", "a unit can't be inside another unit", record.origin.key("unit"), help=help)
    if not isinstance(meetings, Sequence):
        reader.error("wrong-shape", "the meetings of a unit must be a list of topics", meetings, BEGIN_TOPICS)
        reader.unsettled = True
        return ()
    unit = Unit(record[UNIT_TITLE] or "", record[UNIT_DESCRIPTION], record.origin)
    return _read_topics(meetings, reader, kind, unit)


def _read_topic(node: Node, reader: Reader, kind: str | None, unit: Unit | None) -> list[Topic]:
    """Return the topic, or what keeps its place where it can't be read; nothing where none was written."""
    record = _read_record(node, reader)
    if record is None:
        reader.unsettled = True
        return []
    if not record.whole(TOPIC_TITLE):
        reader.lose(node)
        record.values[TOPIC_TITLE.key] = one_line(node.span.text)[:LONGEST_PLACEHOLDER]
    _check_topic(record, reader)
    if record.lacks(*PLACING):
        reader.unsettled = True
    return [_make_topic(record, reader, kind, unit)]


def _make_topic(record: Record, reader: Reader, kind: str | None, unit: Unit | None) -> Topic:
    title, date, times = record.need(TOPIC_TITLE), record[TOPIC_DATE], record[TIMES]
    if record.lacks(DAYS, TIMES):
        name = record[TOPIC_ID] or make_slug(title)
        reader.lost |= {f"{name}-{step}" for step in range(2, MOST_DAYS + 1)}
    return record.make(
        Topic,
        title=title,
        kind=record[TOPIC_KIND] or kind,
        times=times if isinstance(times, int) else 1,
        rest=times == "rest",
        date=None if date == "TBD" else date,
        undecided=date == "TBD" and not record[SAME_DAY],
        lecturers=record[LECTURER] or (),
        guests=read_items(record[GUESTS], reader, read_guest, GUEST),
        presenters=read_presenters(record[PRESENTERS], reader),
        forms=_read_forms(record[FORMS], reader),
        groups=_read_changes(record, reader),
        unit=unit,
        undated="date" in record.origin.fields and not record.whole(TOPIC_DATE),
    )


def _read_changes(record: Record, reader: Reader) -> tuple[GroupChange, ...]:
    """Return what changes for single groups; a date is refused that would be that of several rows."""
    changes = read_group_changes(record[GROUP_CHANGES], reader)
    dated = next((each for each in changes if each.date is not None), None)
    if dated is not None and (record[TIMES] or 1) != 1:
        message = "a topic that makes several rows can't give a group a date"
        other = (record.origin.key("times"), "`times` is written here")
        help = "delete the date of the group, or write a topic for each row"
        reader.found.error("contradiction", message, dated.origin.key("date"), help=help, other=other)
    return changes


def _read_forms(node: Node | None, reader: Reader) -> tuple[tuple[str, str, Span], ...]:
    if node is None:
        return ()
    if not isinstance(node, Mapping):
        diagnostic = explain_glued_entry(node, (), sure=True) if isinstance(node, Scalar) else None
        if diagnostic is not None:
            reader.lose(node)
            reader.found.add(diagnostic)
        else:
            message = "forms must be ids of assignments with addresses"
            reader.error("wrong-shape", message, node, "write {review: https://…}")
        return ()
    found = []
    for key, value in list_entries(node, reader):
        address = ADDRESS.read(value, reader)
        if address is not None:
            found.append((fold_name(key.text), address, key.span))
    return tuple(found)


def _read_record(node: Node, reader: Reader) -> Record | None:
    if isinstance(node, Scalar):
        if node.empty:
            reader.report_empty(node, TOPIC)
            return None
        if reader.report_glued(node, TOPIC):
            reader.unsettled = True  # it may have a date
        title = TEXT.read(node, reader)
        return None if title is None else Record({TOPIC_TITLE.key: title}, Origin(node.span))
    if isinstance(node, Mapping) and _report_exam_title(node, reader):
        entries = (
            (replace(key, text=TOPIC_TITLE.key) if key.text == "exam" else key, value) for key, value in node.entries
        )
        return reader.record(replace(node, entries=tuple(entries)), TOPIC)
    if isinstance(node, Mapping) and (flagged := _report_exam_flag(node, reader)) is not None:
        return reader.record(flagged, TOPIC)
    cut = _report_cut_title(node, reader) if isinstance(node, Mapping) else None
    if cut is None:
        return reader.record(node, TOPIC)
    reader.lose(node)
    if isinstance(node, Mapping) and len(node.entries) > 1:
        reader.unsettled = True  # what else is said of it is not read
    return Record({TOPIC_TITLE.key: cut}, Origin(node.span))


def _report_cut_title(node: Mapping, reader: Reader) -> str | None:
    """Return the title of `- Overview: history`, which became a mapping, after it was reported; else None."""
    keys = {key.text for key, _ in node.entries}
    whole = TOPIC_TITLE.key in keys or "event" in keys
    place = reader.find_cut_text(node, TOPIC) if node.entries and not whole else None
    if place is None:
        return None
    lead = "- " if len(node.entries) == 1 else "- topic: "
    help = f"write {lead}{quote_text(place.text)}"
    reader.found.error("unquoted-colon", "a topic that contains `: ` needs quotes", place, help=help)
    return one_line(place.text)


def _report_exam_flag(node: Mapping, reader: Reader) -> Mapping | None:
    """Return `Midterm exam: yes` as a topic and a flag, after it was reported; None for anything else."""
    key, value = node.entries[0] if node.entries else (None, None)
    if not {each.text for each, _ in node.entries[1:]} <= TOPIC.by_key.keys() - {TOPIC_TITLE.key, "exam"}:
        return None
    if key is None or not isinstance(value, Scalar) or not FLAGS.get(value.text.strip().lower()):
        return None
    if key.text in TOPIC.by_key or key.style or _OF_EXAM.search(key.text) is None:
        return None
    message, title = f"a topic has no key `{key.text}`", f"{TOPIC_TITLE.key}: {write_between_braces(key.text)}"
    help = f"write {title}, and exam: yes below it"
    between = "\n" + " " * (key.span.column - 1)
    if is_between_braces(node):
        help, between = f"write {title}, exam: yes", ", "
    place = key.span.source.span(key.span.start, value.span.end)
    fix = (Edit(place, f"{title}{between}exam: yes"),)
    reader.found.error("unknown-key", message, place, help=help, fix=fix)
    named = (replace(key, text=TOPIC_TITLE.key), replace(value, text=key.text))
    return replace(node, entries=(named, (replace(key, text="exam"), value), *node.entries[1:]))


def _report_exam_title(node: Mapping, reader: Reader) -> bool:
    """Return whether `exam` has the title of a topic, as in `{exam: Midterm, date: …}`; report it if so."""
    value = next((value for key, value in node.entries if key.text == "exam"), None)
    keys = {key.text for key, _ in node.entries}
    if TOPIC_TITLE.key in keys or not keys <= TOPIC.by_key.keys() or not isinstance(value, Scalar) or value.empty:
        return False
    if reader.takes(YES_NO, value) or not fits_line(value):
        return False
    key = next(key for key, _ in node.entries if key.text == "exam")
    place = value.span.source.span(key.span.start, value.span.end)
    written = f"{TOPIC_TITLE.key}: {write_between_braces(one_line(value.text))}"
    more = "" if TOPIC_KIND.key in keys else ", exam: yes"
    fix = (Edit(place, written + more),) if is_between_braces(node) or not more else ()
    message = f"the title of an exam goes after `{TOPIC_TITLE.key}`"
    help = f"write {written}" + ("; exam: yes is a key of its own" if more else "")
    reader.found.error("bad-value", message, place, help=help, fix=fix)
    return True


def _check_topic(record: Record, reader: Reader) -> None:
    origin = record.origin
    pairs = (
        ("same_day", "date", "a topic that shares a day has no date of its own"),
        ("same_day", "days", "a topic that shares a day can't run over several"),
        ("same_day", "times", "a topic that shares a day can't make several rows"),
        ("times", "days", "a topic has either `days` or `times`"),
        ("times", "date", "a topic with a date can't make several rows"),
        ("days", "until", "a topic with a window can't run over several class days"),
        ("times", "until", "a topic with a window can't make several rows"),
        ("same_day", "until", "a topic that shares a day can't have a window"),
    )
    meant = {key for key in origin.fields if not (key == "same_day" and not record[SAME_DAY])}
    for first, second, message in pairs:
        dated = first == "times" and {"date", "until"} <= meant
        if {first, second} <= meant and not (dated and second == "until"):
            reader.unsettled = True
            help = "delete `times`" if dated and second == "date" else f"delete `{first}` or `{second}`"
            other = (origin.key(first), f"`{first}` is written here")
            reader.found.error("contradiction", message, origin.key(second), help=help, other=other)
    undecided = record[TOPIC_DATE] == "TBD"
    if (
        "until" in meant
        and not record.strange
        and not {"days", "times", "same_day"} & meant
        and ("date" not in meant or undecided)
    ):
        message = "`until` needs the first day of its window"
        help = "write the first day in place of TBD, or delete `until`" if undecided else "add date: and the first day"
        reader.found.error("missing-key", message, origin.key("until"), help=help)
