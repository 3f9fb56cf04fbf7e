"""`syllabus.yaml`: the course, its term, its staff and the order of its topics."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from courseweek.cache import Memory
from courseweek.diagnostics import Diagnostic, Diagnostics, Source, Span
from courseweek.frozen import dataclass
from courseweek.language.formats import Clock
from courseweek.language.language import ENGLISH, Language
from courseweek.language.replaced_words import OWN_WORDS
from courseweek.model.assignment import Assignment
from courseweek.model.course import Highlight, SiteOptions, Syllabus
from courseweek.model.grading import Scheme
from courseweek.model.origin import Origin
from courseweek.model.people import SharedHours, Staff
from courseweek.model.term import Term
from courseweek.read.assignments import read_assignments
from courseweek.read.events import EVENTS_FORM, read_events
from courseweek.read.grading import GRADING_FORM, read_grading
from courseweek.read.links import LINKS
from courseweek.read.office_hours import SHARED_HOURS, SHARED_HOURS_FIELD, read_shared_hours, report_held_twice
from courseweek.read.people import STAFF, STAFF_FORM, read_staff
from courseweek.read.presentations import read_presentations
from courseweek.read.repository import REPOSITORY_FORM, read_repository
from courseweek.read.tables.fields import Field, Record, Shape, Table, schema_of
from courseweek.read.tables.forms import NOTHING, by_table, either, one_or_list
from courseweek.read.tables.grammars import make_grammar
from courseweek.read.tables.reader import Reader, is_only_misspelled, read_items
from courseweek.read.tables.shapes import (
    ACCENT,
    ASSET,
    LANGUAGE,
    MARKDOWN,
    PLACED_TEXTS,
    SITE_ADDRESS,
    TEXT,
    YES_NO,
    choice_of,
    list_of,
    node_shape,
)
from courseweek.read.term import read_term
from courseweek.read.topics import SCHEDULE_FORM, read_schedule
from courseweek.read.values.names import report_twice
from courseweek.yamltext.document import Mapping, Node, Scalar, is_readable, read_moved, read_yaml

COURSE_FIELD = Field(
    "course",
    node_shape(either(by_table("the course"), TEXT.schema)),
    "the course's title, or its title with more about it",
    required=True,
)
TERM_FIELD = Field(
    "term", node_shape(by_table("the term")), "the term's days, weekly pattern and breaks", required=True
)
STAFF_FIELD = Field("staff", node_shape(one_or_list(STAFF_FORM)), "who teaches")
SCHEDULE_FIELD = Field("schedule", node_shape(SCHEDULE_FORM), "the topics in order, or a list of topics for each kind")
ASSIGNMENTS_FIELD = Field(
    "assignments", node_shape(one_or_list(by_table("an assignment"), NOTHING)), "what is handed in"
)
EVENTS_FIELD = Field("events", node_shape(EVENTS_FORM), "dates that are neither class nor work")
PRESENTATIONS_FIELD = Field("presentations", node_shape(by_table("presentations")), "the rules for presenters")
GRADING_FIELD = Field(
    "grading", node_shape(GRADING_FORM), "how much each part counts: parts with weights, or several schemes by name"
)
LATE_POLICY = Field("late_policy", MARKDOWN, "what happens to late work, in Markdown")
SITE_FIELD = Field("site", node_shape(by_table("site")), "how the site looks")
SYLLABUS = Table(
    "syllabus.yaml",
    COURSE_FIELD,
    TERM_FIELD,
    STAFF_FIELD,
    SHARED_HOURS_FIELD,
    SCHEDULE_FIELD,
    ASSIGNMENTS_FIELD,
    EVENTS_FIELD,
    PRESENTATIONS_FIELD,
    GRADING_FIELD,
    LATE_POLICY,
    SITE_FIELD,
)

SYLLABUS_GRAMMAR = make_grammar(lambda: schema_of(SYLLABUS))

TITLE = Field("title", TEXT, "the course's title", required=True)
LANGUAGE_FIELD = Field("language", LANGUAGE, "the language of the pages, `en` by default")
REPOSITORY_FIELD = Field(
    "repository",
    node_shape(REPOSITORY_FORM),
    "where its sources are: an address, or its address with more about it",
)
COURSE = Table(
    "the course",
    TITLE,
    Field("code", TEXT, "its catalog number, such as CS 294"),
    Field("institution", TEXT, "where it is taught"),
    Field("description", MARKDOWN, "what it is about, in Markdown"),
    LANGUAGE_FIELD,
    Field("url", SITE_ADDRESS, "where the site is published"),
    REPOSITORY_FIELD,
    Field("links", LINKS, "channels and other links; anything that is not an address is shown as text"),
)

_HIGHLIGHT: Shape[Highlight] = choice_of("this week", "next meeting")
SCRIPTS = Field("scripts", list_of(ASSET, "a list of files"), "the files of `assets/` that may run in a browser")
PDF = Field("pdf", YES_NO, "whether the full syllabus is there as a PDF as well")
FONTS = Field("fonts", list_of(ASSET, "a list of files"), "the fonts of the PDF, files of `assets/`")
IN_FULL = Field("syllabus", PLACED_TEXTS, "pages whose texts are in the full syllabus, by file name and in order")
_CLOCK: Shape[Clock] = choice_of("24-hour", "12-hour")
_OWN_WORDS = (Field(key, TEXT, f'in place of "{words[0]}"') for key, words in OWN_WORDS.items())
WORDS = Table("site words", *_OWN_WORDS, apart=True)
WORDS_FIELD = Field("words", node_shape(by_table(WORDS.what)), "words of your own for some of the page's")
SITE = Table(
    "site",
    Field("accent", ACCENT, "the institution's color"),
    Field("nav", PLACED_TEXTS, "the pages of the navigation, by file name and in order"),
    Field("highlight", _HIGHLIGHT, "what the week's mark follows"),
    SCRIPTS,
    Field("meeting_pages", YES_NO, "whether each meeting has a page of its own"),
    Field("time", _CLOCK, "the clock of the pages"),
    WORDS_FIELD,
    Field("calendar_week", YES_NO, "whether weeks have their number in the calendar (ISO 8601) too"),
    IN_FULL,
    PDF,
    FONTS,
)

UNDATED = SYLLABUS.by_key.keys() - {COURSE_FIELD.key, TERM_FIELD.key, SCHEDULE_FIELD.key}
"""The parts of the syllabus by which no topic gets its day."""


@dataclass(frozen=True, slots=True)
class Opened:
    """What was found in `syllabus.yaml`: the syllabus, or None where it does not say enough to date the course.

    `reader` knows the term and reads the course's other files, `presenters_file` is the table that is one of them.
    `assigned` says whether the syllabus has every assignment that was written.
    """

    syllabus: Syllabus | None
    reader: Reader
    presenters_file: tuple[str, Span] | None = None
    assigned: bool = True


def read_syllabus(source: Source, found: Diagnostics, assets: frozenset[str], memory: Memory | None = None) -> Opened:
    """Return what the syllabus says; what is wrong is reported to `found`. `memory` goes on to the reader.

    An error in the term, or in the YAML of a part that gives topics their days, leaves no syllabus: dates that are
    computed from half of it would be false. Any other error leaves a gap, which the reader remembers.
    """
    first = Diagnostics()
    root = read_yaml(source, first, memory=memory, grammar=SYLLABUS_GRAMMAR)
    readable = is_readable(first)
    opened = _read_parts(root, source, Reader(first, assets=assets, memory=memory))
    if first.errors and readable and root is not None and not is_only_misspelled(first):
        # What is refused may be right but for a line in a wrong column.
        second = Diagnostics()
        moved = read_moved(source, second, SYLLABUS_GRAMMAR)
        others = None if moved is None else _read_parts(moved, source, Reader(second, assets=assets, memory=memory))
        opened = others if others is not None and second.errors <= first.errors else opened
    found.absorb(opened.reader.found)
    opened.reader.found = found
    return opened


def _read_parts(root: Node | None, source: Source, reader: Reader) -> Opened:
    """Read the parts of a syllabus. What was found in its YAML is known to the reader."""
    found = reader.found
    if root is None:
        if not found.total:
            found.error("empty", "syllabus.yaml is empty", source.whole(), help="write at least course: and term:")
        return Opened(None, reader)
    torn = _torn_parts(root, found.found)
    record = reader.record(root, SYLLABUS)
    if record is None:
        return Opened(None, reader)
    # The language and the term come first: dates are read by them.
    course = _read_course(record, reader)
    reader.language = _read_language(course)
    term = _read_term(record, reader)
    repository = read_repository(course[REPOSITORY_FIELD], reader)
    staff, hours = _read_people(record, reader, torn)
    # The roles come first: they show which words are names of presenters.
    presentations, presenters_file = read_presentations(record[PRESENTATIONS_FIELD], reader)
    lists = read_schedule(record[SCHEDULE_FIELD], reader)
    assignments = read_assignments(record[ASSIGNMENTS_FIELD], reader)
    events = read_events(record[EVENTS_FIELD], reader)
    grading = read_grading(record[GRADING_FIELD], record.origin.key("grading"), reader, torn="grading" in torn)
    if not torn & {"grading", "assignments"}:
        _check_schemes(assignments, grading, reader)
    site = _read_site(record[SITE_FIELD], reader, record.origin)
    if term is None or lists is None or record.lacks(SCHEDULE_FIELD, ASSIGNMENTS_FIELD) or not torn <= UNDATED:
        return Opened(None, reader, presenters_file)
    syllabus = course.make(
        Syllabus,
        title=course[TITLE] or "",
        repository=repository,
        term=term,
        staff=staff,
        office_hours=hours,
        topic_lists=lists,
        assignments=assignments,
        presentations=presentations,
        grading=grading,
        late_policy=record[LATE_POLICY],
        events=events,
        site=site,
        origin=replace(course.origin, fields={**record.origin.fields, **course.origin.fields}),
    )
    return Opened(syllabus, reader, presenters_file, assigned="assignments" not in torn)


def _read_people(
    record: Record, reader: Reader, torn: frozenset[str]
) -> tuple[tuple[Staff, ...], tuple[SharedHours, ...]]:
    """Return the staff and the office hours that several of them share."""
    staff = read_items(record[STAFF_FIELD], reader, read_staff, STAFF)
    known = None if torn & {"staff", ""} else staff
    named = [(each.name, each.origin.of("name")) for each in staff]
    report_twice(named, "member of the staff", reader.found, warn=True)
    shared = read_items(
        record[SHARED_HOURS_FIELD], reader, lambda node, reader: read_shared_hours(node, reader, known), SHARED_HOURS
    )
    report_held_twice(staff, shared, reader)
    return staff, shared


def _torn_parts(root: Node, reported: Iterable[Diagnostic]) -> frozenset[str]:
    """Return the keys of the parts in which YAML was broken, so that something may be missing; "" for elsewhere."""
    torn = set()
    for each in reported:
        # A line in a wrong column takes nothing away where it is sure which one is right.
        if each.severity == "error" and not (each.name == "indent" and each.fix):
            parts = root.entries if isinstance(root, Mapping) else ()
            inside = (key.text for key, value in parts if key.span.start <= each.span.start < value.span.end)
            torn.add(next(inside, ""))
    return frozenset(torn)


def _read_language(course: Record) -> Language:
    """Return the language in which dates and days can be written.

    With a language that can't be read nothing is published, and nothing is said of dates such as `8.5.2027`.
    """
    return Language(course[LANGUAGE_FIELD] or ("" if course.lacks(LANGUAGE_FIELD) else ENGLISH.tag))


def _read_term(record: Record, reader: Reader) -> Term | None:
    """Return the term, or None where anything of it is wrong."""
    if not record.whole(TERM_FIELD):
        return None
    before = reader.found.errors
    term = read_term(record.need(TERM_FIELD), reader)
    return term if reader.found.errors == before else None


def _check_schemes(assignments: tuple[Assignment, ...], grading: tuple[Scheme, ...], reader: Reader) -> None:
    """Report an assignment for a missing grading scheme."""
    names = [scheme.name for scheme in grading if scheme.name is not None]
    for each in assignments:
        if each.owed_by is None or each.owed_by in names or each.owed_by in reader.lost:
            continue
        near = reader.found.suggest(each.owed_by, names)
        listed = "the schemes are " + ", ".join(f"`{name}`" for name in names) if names else "add one under grading:"
        message = f"no grading scheme is called `{each.owed_by}`"
        help = f"did you mean `{near}`?" if near else listed
        reader.found.error("unknown-scheme", message, each.origin.of("for"), help=help)


def _read_course(record: Record, reader: Reader) -> Record:
    """Return what is said of the course; nothing where that can't be read, by which no date is wrong."""
    node = record[COURSE_FIELD]
    if node is None:
        return Record({}, record.origin)
    if isinstance(node, Scalar):
        if reader.report_glued(node, COURSE):
            return Record({}, record.origin)
        title = TEXT.read(node, reader)
        return Record({} if title is None else {TITLE.key: title}, Origin(node.span, {TITLE.key: node.span}))
    return reader.record(node, COURSE) or Record({}, Origin(node.span))


def _read_site(node: Node | None, reader: Reader, origin: Origin) -> SiteOptions:
    record = None if node is None else reader.record(node, SITE)
    if record is None:
        return SiteOptions(origin)
    if record[FONTS] and not record[PDF]:
        message, place = "fonts are only for the PDF, and the site has none", record.origin.of("fonts")
        reader.found.warning("no-effect", message, place, help="add `pdf: yes`, or remove `fonts`")
    words = None if record[WORDS_FIELD] is None else reader.record(record.need(WORDS_FIELD), WORDS)
    own = {} if words is None else words.values
    return record.make(
        SiteOptions,
        scripts=frozenset(record[SCRIPTS] or ()),
        words=own,
        syllabus=tuple(record[IN_FULL] or ()),
        fonts=tuple(record[FONTS] or ()),
    )
