"""`syllabus.yaml`: the course, its term, its staff and the order of its topics."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import time, timedelta
from typing import TypeVar

from courseweek.diagnostics import Diagnostics, Source
from courseweek.model.course import SiteOptions
from courseweek.model.link import Link
from courseweek.model.meeting import Topic, Unit
from courseweek.model.origin import Origin
from courseweek.model.people import Guest, Staff
from courseweek.model.term import Break, Pattern, Swap, Term
from courseweek.read.fields import (
    ACCENT,
    ADDRESS,
    ANY,
    DAY,
    DAY_WITH_YEAR,
    IDENTIFIER,
    LANGUAGE,
    MARKDOWN,
    REPOSITORY,
    TEXT,
    TEXTS,
    TIME,
    TIME_RANGE,
    WEEKDAY,
    WEEKDAYS,
    WEEKS,
    YES_NO,
    ZONE,
    Field,
    Reader,
    Record,
    Table,
    choice_of,
    count_shape,
)
from courseweek.read.links import LINKS, MATERIALS
from courseweek.read.located import Mapping, Node, Scalar, Sequence, read_yaml
from courseweek.read.moments import Window

T = TypeVar("T")
LONGEST_TERM = timedelta(days=800)
MOST_DAYS = 60
DUE_TIME = time(23, 59)

_STATUS = choice_of("tentative")

COURSE_FIELD = Field("course", ANY, "the course's title, or its title with more about it", required=True)
TERM_FIELD = Field("term", ANY, "the term's days, weekly pattern and breaks", required=True)
STAFF_FIELD = Field("staff", ANY, "who teaches")
SCHEDULE_FIELD = Field("schedule", ANY, "the topics in order, or a list of topics for each kind")
SITE_FIELD = Field("site", ANY, "how the site looks")
SYLLABUS = Table(
    "syllabus.yaml",
    COURSE_FIELD,
    TERM_FIELD,
    STAFF_FIELD,
    SCHEDULE_FIELD,
    Field("assignments", ANY, "what is handed in", later=True),
    Field("presentations", ANY, "the rules for presenters", later=True),
    Field("grading", ANY, "what counts how much", later=True),
    Field("late_policy", ANY, "what happens to late work", later=True),
    SITE_FIELD,
)

TITLE = Field("title", TEXT, "the course's title", required=True)
CODE = Field("code", TEXT, "its number in the catalogue, such as CS 294")
INSTITUTION = Field("institution", TEXT, "where it is taught")
DESCRIPTION = Field("description", MARKDOWN, "what it is about, in Markdown")
LANGUAGE_FIELD = Field("language", LANGUAGE, "the language of the pages, `en` by default")
URL = Field("url", ADDRESS, "where the site is published")
REPOSITORY_FIELD = Field("repository", REPOSITORY, "where its sources are")
LINKS_FIELD = Field("links", LINKS, "channels and other links; what is no address is shown as text")
COURSE = Table("the course", TITLE, CODE, INSTITUTION, DESCRIPTION, LANGUAGE_FIELD, URL, REPOSITORY_FIELD, LINKS_FIELD)

TERM_NAME = Field("name", TEXT, "what the term is called, such as Spring 2027")
STARTS = Field("starts", DAY_WITH_YEAR, "the first day on which the weekly pattern can fall", required=True)
ENDS = Field("ends", DAY_WITH_YEAR, "the last day on which the weekly pattern can fall", required=True)
TIMEZONE = Field("timezone", ZONE, "the course's time zone", required=True)
DUE_TIME_FIELD = Field("due_time", TIME, "the time of a deadline that gives none, 23:59 by default")
MEETS = Field("meets", ANY, "the weekly pattern; one entry for each kind of meeting")
BREAKS = Field("breaks", ANY, "days without class")
SWAPS = Field("swaps", ANY, "dates on which the pattern of another day holds")
TERM_STATUS = Field("status", _STATUS, "`tentative` if the whole schedule is")
TERM = Table("the term", TERM_NAME, STARTS, ENDS, TIMEZONE, DUE_TIME_FIELD, MEETS, BREAKS, SWAPS, TERM_STATUS)

PATTERN_DAY = Field("day", WEEKDAYS, "the day of the week")
PATTERN_DAYS = Field("days", WEEKDAYS, "several days of the week that share the entry")
PATTERN_TIME = Field("time", TIME_RANGE, "from when to when")
PATTERN_PLACE = Field("place", TEXT, "where; an address becomes a link")
PATTERN_KIND = Field("kind", TEXT, "what kind of meeting, such as Lecture")
NUMBERED = Field("numbered", YES_NO, "whether its meetings are counted, as in Lecture 5")
PATTERN_WEEKS = Field("weeks", WEEKS, "in which weeks only: 2-14, odd, even or [1, 3, 5]")
PATTERN = Table(
    "an entry of the weekly pattern", PATTERN_DAY, PATTERN_DAYS, PATTERN_TIME, PATTERN_PLACE, PATTERN_KIND, NUMBERED, PATTERN_WEEKS
)

BREAK_DATE = Field("date", DAY, "its only day")
BREAK_FROM = Field("from", DAY, "its first day")
BREAK_TO = Field("to", DAY, "its last day")
BREAK_NAME = Field("name", TEXT, "what it is called", required=True)
BREAK_DESCRIPTION = Field("description", MARKDOWN, "more about it, in Markdown")
BREAK_NUMBERED = Field("numbered", YES_NO, "`no` leaves a week that it takes whole out of the count")
BREAK = Table("a break", BREAK_DATE, BREAK_FROM, BREAK_TO, BREAK_NAME, BREAK_DESCRIPTION, BREAK_NUMBERED)

SWAP_DATE = Field("date", DAY, "the date", required=True)
FOLLOWS = Field("follows", WEEKDAY, "the day of the week whose pattern holds on it", required=True)
SWAP = Table("a swap", SWAP_DATE, FOLLOWS)

STAFF_NAME = Field("name", TEXT, "the person's name", required=True)
STAFF_ROLE = Field("role", TEXT, "what the person does, such as Instructor")
AFFILIATION = Field("affiliation", TEXT, "where the person works")
PERSON_URL = Field("url", ADDRESS, "the person's page")
STAFF = Table(
    "a member of the staff",
    STAFF_NAME,
    STAFF_ROLE,
    AFFILIATION,
    PERSON_URL,
    Field("email", ANY, "the person's address", later=True),
    Field("photo", ANY, "a picture in `assets/`", later=True),
    Field("note", ANY, "more about the person", later=True),
    Field("office_hours", ANY, "when to come", later=True),
)

GUEST_NAME = Field("name", TEXT, "the guest's name", required=True)
GUEST = Table("a guest", GUEST_NAME, AFFILIATION, PERSON_URL)

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
GUESTS = Field("guests", ANY, "who visits")
LECTURER = Field("lecturer", TEXT, "who teaches, if not the usual one")
TOPIC_PAGE = Field("page", TEXT, "a page of `content/` about it")
TOPIC_STATUS = Field("status", _STATUS, "`tentative` if the topic is")
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
    Field("presenters", ANY, "who presents, by role", later=True),
    Field("forms", ANY, "the meeting's own form for an assignment", later=True),
)

UNIT_TITLE = Field("unit", TEXT, "the title of a run of meetings", required=True)
UNIT_DESCRIPTION = Field("description", MARKDOWN, "what it is about, in Markdown")
UNIT_MEETINGS = Field("meetings", ANY, "its topics in order", required=True)
UNIT = Table("a unit", UNIT_TITLE, UNIT_DESCRIPTION, UNIT_MEETINGS)

ACCENT_FIELD = Field("accent", ACCENT, "the institution's colour")
NAV = Field("nav", TEXTS, "the pages of the navigation, by file name and in order")
HIGHLIGHT = Field("highlight", choice_of("this week", "next meeting"), "what the week's mark follows")
SITE = Table("site", ACCENT_FIELD, NAV, HIGHLIGHT)


@dataclass(frozen=True, slots=True)
class Syllabus:
    """What `syllabus.yaml` says."""

    title: str
    code: str | None
    institution: str | None
    description: str | None
    language: str
    url: str | None
    repository: str | None
    links: tuple[Link, ...]
    term: Term
    staff: tuple[Staff, ...]
    topic_lists: tuple[tuple[Topic, ...], ...]
    site: SiteOptions
    origin: Origin


def read_syllabus(source: Source, found: Diagnostics, assets: frozenset[str]) -> tuple[Syllabus | None, Reader]:
    """Return the syllabus, or None where the course or its term can't be read, and the reader that knows its term.

    What is wrong is reported to `found`; the reader then reads the course's other files.
    """
    reader = Reader(found, assets=assets)
    errors = len(found.found)
    root = read_yaml(source, found)
    if root is None:
        if len(found.found) == errors:
            found.error("empty", "syllabus.yaml is empty", source.whole(), help="write at least course: and term:")
        return None, reader
    record = reader.record(root, SYLLABUS)
    if record is None:
        return None, reader
    # The term comes first: dates without a year are read by it.
    term = _read_term(record.need(TERM_FIELD), reader) if record.whole(TERM_FIELD) else None
    course = _read_course(record.need(COURSE_FIELD), reader) if record.whole(COURSE_FIELD) else None
    staff = _read_list(record[STAFF_FIELD], reader, _read_staff)
    lists = _read_schedule(record[SCHEDULE_FIELD], reader)
    site = _read_site(record[SITE_FIELD], reader, record.origin)
    if term is None or course is None:
        return None, reader
    syllabus = Syllabus(
        title=course.need(TITLE),
        code=course[CODE],
        institution=course[INSTITUTION],
        description=course[DESCRIPTION],
        language=course[LANGUAGE_FIELD] or "en",
        url=course[URL],
        repository=course[REPOSITORY_FIELD],
        links=course[LINKS_FIELD] or (),
        term=term,
        staff=staff,
        topic_lists=lists,
        site=site,
        origin=course.origin,
    )
    return syllabus, reader


def _read_course(node: Node, reader: Reader) -> Record | None:
    if isinstance(node, Scalar):
        title = TEXT.read(node, reader)
        return None if title is None else Record({TITLE.key: title}, Origin(node.span))
    record = reader.record(node, COURSE)
    return record if record is not None and record.whole(TITLE) else None


def _read_list(node: Node | None, reader: Reader, read: Callable[[Node, Reader], T | None]) -> tuple[T, ...]:
    """Read each item of a list; one alone stands for a list of one."""
    if node is None:
        return ()
    items = node.items if isinstance(node, Sequence) else (node,)
    values = (read(item, reader) for item in items if not (isinstance(item, Scalar) and item.empty))
    return tuple(value for value in values if value is not None)


def _read_term(node: Node, reader: Reader) -> Term | None:
    record = _read_window(node, reader)
    if record is None:
        return None
    meets = _read_list(record[MEETS], reader, _read_pattern)
    breaks = _read_list(record[BREAKS], reader, _read_break)
    swaps = _read_list(record[SWAPS], reader, _read_swap)
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
    )


def _read_window(node: Node, reader: Reader) -> Record | None:
    record = reader.record(node, TERM)
    if record is None:
        return None
    starts, ends = record[STARTS], record[ENDS]
    if starts and ends:
        if ends < starts:
            reader.found.error(
                "ends-before-start",
                f"the term ends ({ends}) before it starts ({starts})",
                record.origin.of("ends"),
                other=(record.origin.of("starts"), "it starts here"),
            )
        elif ends - starts > LONGEST_TERM:
            reader.found.error("too-long", f"a term has at most {LONGEST_TERM.days} days", record.origin.of("ends"))
        else:
            reader.window = Window(starts, ends)
    reader.zone = record[TIMEZONE]
    return record


def _read_pattern(node: Node, reader: Reader) -> Pattern | None:
    record = reader.record(node, PATTERN)
    if record is None:
        return None
    days = tuple(sorted({*(record[PATTERN_DAY] or ()), *(record[PATTERN_DAYS] or ())}))
    if not days:
        if not {"day", "days"} & record.origin.fields.keys():
            reader.found.error(
                "missing-key", "an entry of the weekly pattern needs `day` or `days`", record.origin.span, help="write day: Monday"
            )
        return None
    return Pattern(
        days=days,
        time=record[PATTERN_TIME],
        place=record[PATTERN_PLACE],
        kind=record[PATTERN_KIND],
        numbered=bool(record[NUMBERED]),
        weeks=record[PATTERN_WEEKS],
        origin=record.origin,
    )


def _read_break(node: Node, reader: Reader) -> Break | None:
    if reader.window is None:
        return None  # without the term's days its own can't be read; the reason has been told
    record = reader.record(node, BREAK)
    if record is None:
        return None
    origin = record.origin
    written = origin.fields.keys()
    if "date" in written and {"from", "to"} & written:
        reader.found.error("contradiction", "a break has either `date` or `from` and `to`", origin.key("date"))
        return None
    if "date" not in written and not {"from", "to"} <= written:
        reader.found.error(
            "missing-key", "a break needs `date`, or `from` and `to`", origin.span, help="write date: 2027-02-15"
        )
        return None
    starts = record[BREAK_DATE] or record[BREAK_FROM]
    ends = record[BREAK_DATE] or record[BREAK_TO]
    if starts is None or ends is None or not record.whole(BREAK_NAME):
        return None
    if ends < starts:
        reader.found.error(
            "ends-before-start",
            f"the break ends ({ends}) before it starts ({starts})",
            origin.of("to"),
            other=(origin.of("from"), "it starts here"),
        )
        return None
    if ends < reader.window.first or starts > reader.window.last:
        reader.found.warning(
            "outside-term",
            f"the break `{record.need(BREAK_NAME)}` lies outside the term",
            origin.of("date") if "date" in written else origin.of("from"),
            help=f"the term goes from {reader.window.starts} to {reader.window.ends}",
        )
    return Break(
        starts=starts,
        ends=ends,
        name=record.need(BREAK_NAME),
        description=record[BREAK_DESCRIPTION],
        numbered=record[BREAK_NUMBERED] is not False,
        origin=origin,
    )


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
            f"a swap on {day} lies outside the term",
            record.origin.of("date"),
            help=f"the term goes from {reader.window.starts} to {reader.window.ends}",
        )
        return None
    return Swap(day, record.need(FOLLOWS), record.origin)


def _read_staff(node: Node, reader: Reader) -> Staff | None:
    if isinstance(node, Scalar):
        name = TEXT.read(node, reader)
        return None if name is None else Staff(name, None, None, None, Origin(node.span))
    record = reader.record(node, STAFF)
    if record is None or not record.whole(STAFF_NAME):
        return None
    return Staff(record.need(STAFF_NAME), record[STAFF_ROLE], record[AFFILIATION], record[PERSON_URL], record.origin)


def _read_guest(node: Node, reader: Reader) -> Guest | None:
    if isinstance(node, Scalar):
        name = TEXT.read(node, reader)
        return None if name is None else Guest(name, None, None, Origin(node.span))
    record = reader.record(node, GUEST)
    if record is None or not record.whole(GUEST_NAME):
        return None
    return Guest(record.need(GUEST_NAME), record[AFFILIATION], record[PERSON_URL], record.origin)


def _read_schedule(node: Node | None, reader: Reader) -> tuple[tuple[Topic, ...], ...]:
    if node is None:
        return ()
    if isinstance(node, Sequence):
        return (_read_topics(node, reader, None, None),)
    if isinstance(node, Mapping):
        lists = []
        for key, value in node.entries:
            if isinstance(value, Sequence):
                lists.append(_read_topics(value, reader, " ".join(key.text.split()), None))
            elif not (isinstance(value, Scalar) and value.empty):
                reader.error("wrong-shape", f"under `{key.text}` a list of topics is expected", value, "begin each topic with `- `")
        return tuple(lists)
    reader.error("wrong-shape", "the schedule is a list of topics", node, "begin each topic with `- `")
    return ()


def _read_topics(node: Sequence, reader: Reader, kind: str | None, unit: Unit | None) -> tuple[Topic, ...]:
    topics: list[Topic] = []
    for item in node.items:
        if isinstance(item, Mapping) and any(key.text == UNIT_TITLE.key for key, _ in item.entries):
            topics += _read_unit(item, reader, kind, unit)
            continue
        topic = _read_topic(item, reader, kind, unit)
        if topic is not None:
            topics.append(topic)
    return tuple(topics)


def _read_unit(node: Mapping, reader: Reader, kind: str | None, outer: Unit | None) -> tuple[Topic, ...]:
    record = reader.record(node, UNIT)
    if record is None or not record.whole(UNIT_TITLE, UNIT_MEETINGS):
        return ()
    meetings = record.need(UNIT_MEETINGS)
    if outer is not None:
        reader.found.error("wrong-shape", "a unit can't stand inside a unit", record.origin.key("unit"))
        return ()
    if not isinstance(meetings, Sequence):
        reader.error("wrong-shape", "the meetings of a unit are a list of topics", meetings, "begin each topic with `- `")
        return ()
    unit = Unit(record.need(UNIT_TITLE), record[UNIT_DESCRIPTION], record.origin)
    return _read_topics(meetings, reader, kind, unit)


def _read_topic(node: Node, reader: Reader, kind: str | None, unit: Unit | None) -> Topic | None:
    if isinstance(node, Scalar):
        title = None if node.empty else TEXT.read(node, reader)
        if node.empty:
            reader.error("empty", "this topic is empty", node, "write the topic, or TBD")
        record = None if title is None else Record({TOPIC_TITLE.key: title}, Origin(node.span))
    elif _is_cut_title(node):
        reader.error("unquoted-colon", "a topic that holds `: ` needs quotes", node, f'write - "{node.span.text.strip()}"')
        record = None
    else:
        record = reader.record(node, TOPIC)
    if record is None or not record.whole(TOPIC_TITLE):
        return None
    _check_topic(record, reader)
    status = record[TOPIC_STATUS]
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
        guests=_read_list(record[GUESTS], reader, _read_guest),
        lecturer=record[LECTURER],
        page=record[TOPIC_PAGE],
        status="tentative" if status else None,
        unit=unit,
        origin=record.origin,
    )


def _is_cut_title(node: Node) -> bool:
    """Tell whether `- Overview: history` became a mapping, where a title with a colon was meant."""
    if not isinstance(node, Mapping) or len(node.entries) != 1:
        return False
    key, value = node.entries[0]
    return key.text not in TOPIC.by_key and isinstance(value, Scalar) and (" " in key.text or key.text[:1].isupper())


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
            reader.found.error(
                "contradiction", message, origin.key(second), other=(origin.key(first), f"`{first}` is written here")
            )


def _read_site(node: Node | None, reader: Reader, origin: Origin) -> SiteOptions:
    record = None if node is None else reader.record(node, SITE)
    if record is None:
        return SiteOptions(None, None, "this week", origin)
    highlight = record[HIGHLIGHT]
    return SiteOptions(
        accent=record[ACCENT_FIELD],
        nav=record[NAV],
        highlight="next meeting" if highlight == "next meeting" else "this week",
        origin=record.origin,
    )
