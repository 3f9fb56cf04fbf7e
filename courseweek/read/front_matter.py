"""The front matter of pages, notes and announcements: its keys, and what they say."""

from __future__ import annotations

import re

from courseweek.diagnostics import Edit, Source
from courseweek.read.mistakes.front_matter_marks import FENCE, FENCE_END, find_front_matter
from courseweek.read.pasted.citation import write_text
from courseweek.read.pasted.prose import find_pasted_in_prose
from courseweek.read.tables.fields import Field, Record, Shape, Table, schema_of
from courseweek.read.tables.forms import JsonSchema
from courseweek.read.tables.grammars import make_grammar
from courseweek.read.tables.reader import Reader
from courseweek.read.tables.shapes import REFERENCE, TEXT, YES_NO, text_shape
from courseweek.read.tables.time_shapes import DAY, INSTANT
from courseweek.yamltext.document import Node, Scalar, Sequence, read_yaml
from courseweek.yamltext.slips.conflicts import find_conflict

PAGE_TITLE = Field("title", TEXT, "the page's title; by default its first heading, or else its file name")
LAYOUT = Field("layout", TEXT, "the layout that renders it, `page` by default")
PAGE_NAV = Field("nav", YES_NO, "`no` leaves it out of the navigation")
DRAFT = Field("draft", YES_NO, "`yes` keeps it off the site")
PUBLISH_ON = Field("publish_on", INSTANT, "when it appears")
PAGE = Table("front matter", PAGE_TITLE, LAYOUT, PAGE_NAV, DRAFT, PUBLISH_ON)


def _read_subject(node: Node, reader: Reader) -> str | None:
    """Read what a note or an announcement is about.

    The words of a list stay together, as the schedule knows which of them are ids.
    """
    if isinstance(node, Sequence) and node.items and all(isinstance(item, Scalar) for item in node.items):
        return ", ".join(item.text.strip() for item in node.items if isinstance(item, Scalar))
    return REFERENCE.read(node, reader)


def _read_author(node: Node, reader: Reader) -> str | None:
    """Read who wrote a note: one text, also of several people."""
    if not isinstance(node, Sequence) or not all(isinstance(item, Scalar) and item.text for item in node.items):
        return TEXT.read(node, reader)
    names = [item.text.strip() for item in node.items if isinstance(item, Scalar)]
    written = write_text(" and ".join((", ".join(names[:-1]), names[-1])) if len(names) > 1 else "".join(names))
    fix = (Edit(node.span, written),) if "\n" not in node.span.text else ()
    reader.error("wrong-shape", "`author` is one text, not a list", node, f"write author: {written}", fix=fix)
    return None


SUBJECT = Shape(REFERENCE.what, _read_subject, REFERENCE.schema, REFERENCE.example)
AUTHOR = Shape(TEXT.what, _read_author, TEXT.schema)
NOTE_READING = Field("reading", SUBJECT, "the id of the reading that it is about")
NOTE_MEETING = Field("meeting", SUBJECT, "the id of the meeting that it is about")
NOTE_AUTHOR = Field("author", AUTHOR, "who wrote it")
NOTE = Table("a note's front matter", PAGE_TITLE, NOTE_READING, NOTE_MEETING, NOTE_AUTHOR, LAYOUT, DRAFT, PUBLISH_ON)

ABOUT_MEETING = Field("meeting", SUBJECT, "the id of the meeting that it is about")
UNTIL = Field("until", text_shape(DAY.schema), "the last day on which the home page shows it")
ANNOUNCEMENT = Table("an announcement's front matter", PAGE_TITLE, ABOUT_MEETING, UNTIL, DRAFT, PUBLISH_ON)

SUBJECTS = frozenset({NOTE_READING.key, NOTE_MEETING.key})
"""The keys that say what a note is about."""
FRONT_MATTER = frozenset(key for table in (PAGE, NOTE, ANNOUNCEMENT) for key in table.by_key)
"""All keys of front matter."""


def _describe_front_matter() -> JsonSchema:
    """Return what takes the keys of all front matter."""
    tables = [schema_of(table) for table in (PAGE, NOTE, ANNOUNCEMENT)]
    properties = {key: value for table in tables for key, value in table["properties"].items()}
    return {"type": "object", "properties": properties, "additionalProperties": False}


FRONT_MATTER_GRAMMAR = make_grammar(_describe_front_matter)


def list_written_keys(source: Source) -> set[str]:
    """Return the words that look like keys between the lines `---` at the top."""
    opening = FENCE.match(source.text)
    closing = FENCE_END.search(source.text, opening.end()) if opening is not None else None
    if opening is None or closing is None:
        return set()
    return set(re.findall(r"^([a-z_]+):", source.text[opening.end() : closing.start()], re.MULTILINE))


def read_front_matter(source: Source, reader: Reader, table: Table) -> tuple[Record | None, int, bool]:
    """Return the front matter's values, if there are any, and where the text after it begins.

    Third, whether marks of a merge were left there or in the text, which is reported.
    """
    before = len(reader.found.found)
    record, start = _read_values(source, reader, table)
    conflict = any(each.name == "merge-conflict" for each in reader.found.found[before:])
    reported = None if conflict else find_conflict(source, start)
    if reported is not None:
        reader.found.add(reported)
    for pasted in find_pasted_in_prose(source, start):
        reader.found.add(pasted)
    return record, start, conflict or reported is not None


def _read_values(source: Source, reader: Reader, table: Table) -> tuple[Record | None, int]:
    telling = SUBJECTS if table is NOTE else frozenset[str]()
    block = find_front_matter(source, table.by_key.keys(), telling)
    if block is None:
        return None, 0
    if block.reported is not None:
        reader.found.add(block.reported)
    if block.start == block.after:
        return None, block.after
    node = read_yaml(source, reader.found, block.start, block.end, reader.memory, FRONT_MATTER_GRAMMAR)
    record = reader.record(node, table) if node is not None else None
    return record, block.after
