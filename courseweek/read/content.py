"""`content/`: pages of Markdown with front matter."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, timedelta

from courseweek.comments import drop_comments, find_open_comment
from courseweek.diagnostics import Diagnostic, Edit, Source
from courseweek.model.origin import Origin
from courseweek.model.page import Announcement, Note, Page
from courseweek.model.term import same_day_in_term
from courseweek.read.front_matter import find_front_matter
from courseweek.read.mistakes.misplaced_files import explain_wrong_folder
from courseweek.read.pasted.citation import write_text
from courseweek.read.pasted.prose import find_pasted_in_prose
from courseweek.read.tables.fields import Field, Record, Shape, Table, schema_of
from courseweek.read.tables.forms import JsonSchema
from courseweek.read.tables.grammars import make_grammar
from courseweek.read.tables.reader import Reader
from courseweek.read.tables.shapes import REFERENCE, TEXT, YES_NO
from courseweek.read.tables.time_shapes import INSTANT
from courseweek.read.values.dates import read_day
from courseweek.read.values.inline_markdown import plain_text
from courseweek.read.values.markdown_limits import find_flood_in_page
from courseweek.read.values.misread import Misread
from courseweek.regex import lazy_pattern
from courseweek.yamltext.document import Node, Scalar, Sequence, read_yaml
from courseweek.yamltext.slips.conflicts import find_conflict

PAGE_TITLE = Field("title", TEXT, "the page's title; by default its first heading, or else its file name")
LAYOUT = Field("layout", TEXT, "the layout that renders it, `page` by default")
PAGE_NAV = Field("nav", YES_NO, "`no` leaves it out of the navigation")
DRAFT = Field("draft", YES_NO, "`yes` keeps it off the site")
PUBLISH_ON = Field("publish_on", INSTANT, "when it appears")
PAGE = Table("front matter", PAGE_TITLE, LAYOUT, PAGE_NAV, DRAFT, PUBLISH_ON)


def _read_subject(node: Node, reader: Reader) -> str | None:
    """Read what a note is about; the words of a list stay together, as the schedule knows which of them are ids."""
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

ANNOUNCEMENT = Table("an announcement's front matter", PAGE_TITLE, DRAFT, PUBLISH_ON)


def _describe_front_matter() -> JsonSchema:
    """Return what takes the keys of all front matter."""
    tables = [schema_of(table) for table in (PAGE, NOTE, ANNOUNCEMENT)]
    properties = {key: value for table in tables for key, value in table["properties"].items()}
    return {"type": "object", "properties": properties, "additionalProperties": False}


FRONT_MATTER_GRAMMAR = make_grammar(_describe_front_matter)

FAR = timedelta(days=183)
"""So long before and after the term an announcement may be dated: half a year."""

_DATED = lazy_pattern(r"announcements/(\d{4}-\d{2}-\d{2})(?:-(.+))?")
_FENCE = lazy_pattern(r"---[ \t]*\r?\n")
_FENCE_END = lazy_pattern(r"^(?:---|\.\.\.)[ \t]*(?:\r?\n|$)", re.MULTILINE)
_BEHIND_HASH = lazy_pattern(r":[ \t]*(#[^\s#]+)[ \t]*(?=\r?\n)")
_HEADING = lazy_pattern(r"\s*# +(\S(?:[^\r\n]*\S)?)[ \t]*(?:\r?\n|$)")


def read_page(source: Source, reader: Reader) -> Page | None:
    """Return the page of one file of `content/`; what is wrong with its front matter is reported.

    None for a note or an announcement that belongs to a folder of its own, which is reported.
    """
    if source.name.count("/") > 1 or "reading:" in source.text[:2_000] or "meeting:" in source.text[:2_000]:
        reported = explain_wrong_folder(source.name, _written_keys(source))
        if reported is not None:
            reader.found.add(reported)
            return None
    record, start, _ = _read_front_matter(source, reader, PAGE)
    return _make_page(source, reader, record, start)


def read_note(source: Source, reader: Reader) -> Note:
    """Return the note of one file of `content/notes/`. One that names both a reading and a meeting is reported.

    One that names neither is reported by the schedule, which knows what the note may be about.
    """
    torn = reader.found.has_errors(source.name)
    before = len(reader.found.found)
    record, start, conflict = _read_front_matter(source, reader, NOTE)
    torn = torn or conflict or (record is None and reader.found.has_errors(source.name))
    page = _make_page(source, reader, record, start)
    written = record.origin.fields if record is not None else {}
    named = {"reading", "meeting"} & written.keys()
    if record is not None and len(named) == 1:
        return Note(page, record[NOTE_READING], record[NOTE_MEETING], record[NOTE_AUTHOR])
    if named:
        message = "a note is about either a reading or a meeting, and this one names both"
        help = "delete the line `reading:` or the line `meeting:`"
        reader.found.error("note-of-nothing", message, page.origin.of("meeting"), help=help)
    elif record is not None and not torn:
        behind = _read_behind_hash(page, record, reader)
        if behind is not None:
            return behind
    strange = record is not None and record.strange and (not written or _names_subject(reader.found.found[before:]))
    return Note(page, None, None, None, torn=bool(torn or strange or named))


def _read_behind_hash(page: Page, record: Record, reader: Reader) -> Note | None:
    """Return a note that names what it is about as a comment: an address is copied with its `#`."""
    for key in ("reading", "meeting"):
        place = record.origin.keys.get(key)
        comment = _BEHIND_HASH.match(place.source.text, place.end) if place is not None else None
        if place is None or comment is None:
            continue
        span = place.source.span(comment.start(1), comment.end(1))
        reader.found.withdraw("comment", span)
        origin = replace(record.origin, fields={**record.origin.fields, key: span})
        named = {key: comment[1]}
        return Note(replace(page, origin=origin), named.get("reading"), named.get("meeting"), record[NOTE_AUTHOR])
    return None


def _names_subject(reported: list[Diagnostic]) -> bool:
    """Return whether an unknown key was reported with `reading` or `meeting` in its remedy."""
    helps = [each.help or "" for each in reported if each.name == "unknown-key"]
    return any("reading" in help or "meeting" in help for help in helps)


def read_announcement(source: Source, reader: Reader) -> Announcement | None:
    """Return the announcement of one file of `content/announcements/`, dated by its name."""
    record, start, _ = _read_front_matter(source, reader, ANNOUNCEMENT)
    page = _make_page(source, reader, record, start)
    match = _DATED.fullmatch(page.name)
    try:
        if match is None:
            raise Misread(
                "the name of an announcement begins with its date", "name it 2027-01-20-welcome.md", "bad-date"
            )
        on = read_day(match[1], None)
    except Misread as misread:
        reader.found.error(misread.name, misread.message, source.whole(), help=misread.help)
        return None
    _warn_far(on, source, reader)
    if not page.titled and match[2]:
        page = replace(page, title=_title_of_name(match[2]))
    return Announcement(page, on)


def _warn_far(on: date, source: Source, reader: Reader) -> None:
    """Warn of an announcement dated half a year and more outside the term: the year is most likely wrong."""
    window = reader.window
    if window is None or window.starts - FAR <= on <= window.ends + FAR:
        return
    meant = same_day_in_term(on, window.starts, window.ends)
    term = f"the term runs from {window.starts} to {window.ends}"
    help = f"did you mean {meant}? {term}" if meant is not None else term
    reader.found.warning("outside-term", f"the announcement of {on} is far outside the term", source.whole(), help=help)


def _make_page(source: Source, reader: Reader, record: Record | None, start: int) -> Page:
    name = source.name.removeprefix("content/").removesuffix(".md")
    origin = record.origin if record is not None else Origin(source.whole())
    title = record[PAGE_TITLE] if record is not None else None
    titled = title is not None
    heading = _HEADING.match(source.text, start)
    written, body_at, heading_end = _read_heading(heading)
    words = plain_text(_without_hashes(written))
    if heading is not None and (title is None or title.casefold() == words.casefold()):
        title = title or words or None
        start = body_at
    else:
        heading = None
    flood = find_flood_in_page(source.text[start:])
    if flood is not None:
        help = "shorten the page, or divide it; put code between lines of ```"
        reader.found.error("too-many", flood[1], source.span(start + flood[0], start + flood[0] + 1), help=help)
        start = len(source.text)
    publish_at: datetime | None = record[PUBLISH_ON] if record is not None else None
    return Page(
        name=name,
        title=title or _title_of_name(name),
        titled=titled or heading is not None,
        layout=record[LAYOUT] if record is not None else None,
        in_nav=not (record is not None and record[PAGE_NAV] is False),
        draft=bool(record is not None and record[DRAFT]),
        publish_at=publish_at,
        text=source.text[start:],
        body=source.span(start, len(source.text)),
        heading=source.span(heading.start(1), heading_end) if heading is not None else None,
        origin=origin,
    )


def _read_heading(heading: re.Match[str] | None) -> tuple[str, int, int]:
    """Return a heading without its comments, where the text begins below it, and where the heading ends."""
    if heading is None:
        return "", 0, 0
    written, opened = drop_comments(heading[1])
    if opened < 0:
        return written, heading.end(), heading.end(1)
    # A comment that goes on below belongs to the heading.
    at = heading.start(1) + find_open_comment(heading[1])
    end = heading.string.find("-->", at)
    return (written, heading.end(), heading.end(1)) if end < 0 else (written[:opened], end + 3, at)


def _without_hashes(heading: str) -> str:
    """Return a heading without the `#` that may close it (CommonMark 0.31, section 4.2)."""
    words = heading.rstrip("#")
    return words.rstrip(" ") if words.endswith(" ") else heading


def _title_of_name(name: str) -> str:
    words = re.sub(r"[-_]+", " ", name.rpartition("/")[2]).strip()
    return words[:1].upper() + words[1:] if words else name


def _written_keys(source: Source) -> set[str]:
    """Return the words that look like keys between the lines `---` at the top."""
    opening = _FENCE.match(source.text)
    closing = _FENCE_END.search(source.text, opening.end()) if opening is not None else None
    if opening is None or closing is None:
        return set()
    return set(re.findall(r"^([a-z_]+):", source.text[opening.end() : closing.start()], re.MULTILINE))


def _read_front_matter(source: Source, reader: Reader, table: Table) -> tuple[Record | None, int, bool]:
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
    block = find_front_matter(source, table.by_key.keys())
    if block is None:
        return None, 0
    if block.reported is not None:
        reader.found.add(block.reported)
    if block.start == block.after:
        return None, block.after
    node = read_yaml(source, reader.found, block.start, block.end, reader.memory, FRONT_MATTER_GRAMMAR)
    record = reader.record(node, table) if node is not None else None
    return record, block.after
