"""`readings.yaml`: a list of readings under each meeting's id."""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import quote

from courseweek.diagnostics import Diagnostics, Edit, Source, Span
from courseweek.frozen import dataclass
from courseweek.model.origin import Origin
from courseweek.model.reading import Entries, Reading, ReadingList, Reuse
from courseweek.model.slug import make_slug
from courseweek.read.bare import MESSAGE, find_bare, fix_line, fix_title, has_address
from courseweek.read.fields import Field, Reader, Record, Table
from courseweek.read.fragments import NOTHING, JsonSchema, by_table, either, list_of_each, mapping_to, of_types
from courseweek.read.grammars import READINGS_GRAMMAR
from courseweek.read.lines import read_bullets, read_line
from courseweek.read.links import ACCESS, MATERIALS, access_of
from courseweek.read.pasted.example import find_commented_reading
from courseweek.read.shapes import (
    ADDRESS,
    ARXIV_NUMBER,
    DOI_NUMBER,
    IDENTIFIER,
    MARKDOWN,
    REFERENCE,
    TEXT,
    TEXTS,
    TITLE_TEXT,
    YEAR,
    node_shape,
    one_line,
)
from courseweek.regex import lazy_pattern
from courseweek.yamltext.document import Mapping, Node, Scalar, Sequence, is_readable, quote_text, read_moved, read_yaml
from courseweek.yamltext.slips.glued import (
    explain_glued_key,
    is_between_braces,
    is_written_with_colon,
    write_between_braces,
)

READING_TITLE = Field("title", TITLE_TEXT, "its title", required=True)
READING_ID = Field("id", IDENTIFIER, "its id; by default the title as a slug")
READING_URL = Field("url", ADDRESS, "its address")
AUTHORS = Field("authors", TEXTS, "who wrote it, a list of names")
VENUE = Field("venue", TITLE_TEXT, "where it appeared, such as CIDR 2021")
YEAR_FIELD = Field("year", YEAR, "when; by default the year that ends the venue")
AWARD = Field("award", TEXT, "a prize that it won")
DOI = Field("doi", DOI_NUMBER, "its DOI; makes the address https://doi.org/…")
ARXIV = Field("arxiv", ARXIV_NUMBER, "its arXiv number; makes the address https://arxiv.org/abs/…")
PAGES = Field("pages", TEXT, "which part is read")
NOTE = Field("note", MARKDOWN, "a remark, in Markdown")
ACCESS_FIELD = Field("access", ACCESS, "who can open it: open, campus or login")
READING_LINKS = Field("links", MATERIALS, "a free copy, slides, video, code")
READING_KIND = Field("kind", TEXT, "paper, book, blog post, talk …")
READING = Table(
    "a reading",
    READING_TITLE,
    READING_ID,
    READING_URL,
    AUTHORS,
    VENUE,
    YEAR_FIELD,
    AWARD,
    DOI,
    ARXIV,
    PAGES,
    NOTE,
    ACCESS_FIELD,
    READING_LINKS,
    READING_KIND,
)

REUSE_ID = Field("reuse", REFERENCE, "the id of a reading that is listed elsewhere", required=True)
REUSE = Table("a reused reading", REUSE_ID, NOTE, PAGES)

MOST_READINGS = 2_500
"""Readings of one course: more are refused."""

_BULLETS = of_types("string", "number", "boolean")
ENTRIES = list_of_each(either(by_table("a reading"), by_table("a reused reading"), TEXT.schema))
_HEADINGS = mapping_to(
    "lists of readings by heading",
    either(ENTRIES, _BULLETS, NOTHING),
    # A mapping that holds keys of a reading and no others is a reading, which is an item of a list.
    **{"not": {"minProperties": 1, "propertyNames": {"enum": sorted(READING.by_key.keys() | REUSE.by_key.keys())}}},
)
BODY = either(ENTRIES, _HEADINGS, _BULLETS)

REQUIRED = Field("required", node_shape(BODY), "what everybody reads")
OPTIONAL = Field("optional", node_shape(BODY), "further reading, folded away")
READING_LIST = Table("a reading list", REQUIRED, OPTIONAL)

READINGS_FORM: JsonSchema = {
    "type": ["object", "null"],
    "propertyNames": IDENTIFIER.schema,
    "additionalProperties": either(ENTRIES, by_table("a reading list"), _BULLETS, NOTHING),
}

_NEVER_MEETINGS = frozenset({"title", "url", "authors", "venue", "year", "doi", "arxiv", "note", "pages"})
_YEAR_AT_END = lazy_pattern(r"(?:.*\D)?((?:19|20)\d\d)\)?")
_SHORT_YEAR_AT_END = lazy_pattern(r".*['’](\d\d)\)?")


@dataclass(frozen=True, slots=True)
class Lists:
    """The reading lists by their meeting's id. `torn` says that YAML was broken, so that readings may be missing."""

    by_meeting: dict[str, ReadingList]
    torn: bool


def read_readings(source: Source, reader: Reader) -> Lists:
    """Return the reading lists; what is wrong is reported."""
    found = Diagnostics()
    commented = find_commented_reading(source)
    if commented is not None:
        reader.found.add(commented)
    trial = reader.again(found)
    root = read_yaml(source, found, memory=reader.memory, grammar=READINGS_GRAMMAR)
    torn, readable = found.errors > 0, is_readable(found)
    lists = {} if root is None else _read_lists(root, trial)
    if found.errors and readable:
        # What is refused may be right but for a line in a wrong column.
        again = Diagnostics()
        second = reader.again(again)
        moved = read_moved(source, again, READINGS_GRAMMAR)
        others = {} if moved is None else _read_lists(moved, second)
        if moved is not None and again.errors <= found.errors:
            trial, lists = second, others
    reader.take_over(trial)
    return Lists(lists, torn)


def _read_lists(root: Node, reader: Reader) -> dict[str, ReadingList]:
    if not isinstance(root, Mapping):
        reader.error(
            "wrong-shape",
            "readings.yaml must have a list for each meeting, under the meeting's id",
            root,
            "write big-data: and the list below it",
        )
        return {}
    lists: dict[str, ReadingList] = {}
    total = 0
    for key, value in root.entries:
        if _report_at_margin(key, value, reader):
            reader.lose(value)
            continue
        meeting = REFERENCE.read(key, reader)
        if meeting is None:
            reader.lose(value)
            _read_list(key.text, key, value, reader)
            continue
        if meeting in lists:  # written with other code points, which nobody sees
            help = "keep one of the two, or combine them"
            other = (lists[meeting].origin.span, "the first one is here")
            reader.error("duplicate-key", f"`{meeting}` is written twice", key, help, other)
            reader.lose(value)
            continue
        lists[meeting] = _read_list(meeting, key, value, reader)
        total += sum(len(each.entries) for each in (*lists[meeting].required, *lists[meeting].optional))
        if total > MOST_READINGS:
            reader.error(
                "too-many",
                f"there are more than {MOST_READINGS:,} readings up to here",
                key,
                "split the course into several",
            )
            del lists[meeting]
            break
    return lists


def _read_list(meeting: str, key: Scalar, node: Node, reader: Reader) -> ReadingList:
    origin = Origin(key.span)
    if not isinstance(node, Mapping):
        return ReadingList(meeting, _read_body(node, reader, headings=False), (), origin)
    if _report_reading(node, reader):
        return ReadingList(meeting, (), (), origin)
    node = _report_nested_meeting(node, meeting, reader)
    record = reader.record(node, READING_LIST)
    required = record[REQUIRED] if record is not None else None
    optional = record[OPTIONAL] if record is not None else None
    return ReadingList(
        meeting,
        _read_body(required, reader, headings=True) if required is not None else (),
        _read_body(optional, reader, headings=True) if optional is not None else (),
        origin,
    )


def _report_at_margin(key: Scalar, value: Node, reader: Reader) -> bool:
    """Return whether `required:` or a field of a reading is where ids of meetings belong; report it if so."""
    a_field = key.text in _NEVER_MEETINGS and isinstance(value, Scalar) and not value.text.lstrip().startswith("[")
    if key.text not in READING_LIST.by_key and not a_field:
        return False
    message = f"`{key.text}` begins in column {key.span.column}, where only ids of meetings belong"
    help = f"put two spaces before {key.text}: and before each line of its list, so that it is under its meeting"
    if a_field:
        help = f"indent it as much as the key of its reading above: `    {key.text}: …`"
    reader.error("wrong-shape", message, key, help)
    return True


def _report_nested_meeting(node: Mapping, owner: str, reader: Reader) -> Mapping:
    """Report each meeting inside another one; return the lists of the outer one."""
    kept = []
    for key, value in node.entries:
        inner = {each.text for each, _ in value.entries} if isinstance(value, Mapping) else set()
        if key.text in READING_LIST.by_key or not inner or not inner <= READING_LIST.by_key.keys():
            kept.append((key, value))
            continue
        reader.lose(value)
        reader.lost.add(key.text)
        out = key.span.column - 1
        message = f"`{key.text}` is inside `{owner}`, where only `required` and `optional` belong"
        help = f"if it is a meeting, begin it in column 1: delete {out} space{'s' if out > 1 else ''} before it"
        source, start = key.span.source, key.span.start - out
        lines = re.finditer(rf"^[ ]{{{out}}}", source.text[start : value.span.end], re.MULTILINE)
        fix = tuple(Edit(source.span(start + each.start(), start + each.end()), "") for each in lines)
        help += ", and before each line of its lists"
        reader.found.error("wrong-shape", message, key.span, help=help, fix=fix)
    return replace(node, entries=tuple(kept)) if len(kept) < len(node.entries) else node


def _report_reading(node: Mapping, reader: Reader) -> bool:
    """Return whether a mapping is a reading where a list of them is expected; report it if so."""
    keys = {key.text for key, _ in node.entries}
    if not keys or not keys <= READING.by_key.keys() | REUSE.by_key.keys():
        return False
    help = "put `- ` before its first key, and indent the other keys to match"
    reader.error("wrong-shape", "a reading must be an item of a list", node, help)
    return True


def _read_body(node: Node, reader: Reader, *, headings: bool) -> tuple[Entries, ...]:
    if isinstance(node, Mapping):
        if not headings:
            help = "put `- ` before each reading below the heading"
            reader.error("wrong-shape", "a heading needs a list of readings below it", node, help)
            return ()
        return () if _report_reading(node, reader) else _read_headings(node, reader)
    if isinstance(node, Scalar):
        return () if node.empty else (Entries(None, tuple(read_bullets(node, reader))),)
    found: list[Reading | Reuse] = []
    before: Node | None = None
    for item in node.items:
        if not reader.is_split(item, before, READING):
            found += _read_entry(item, reader)
        before = item
    return (Entries(None, tuple(found)),)


def _read_headings(node: Mapping, reader: Reader) -> tuple[Entries, ...]:
    found: list[Entries] = []
    for key, value in node.entries:
        if key.text in READING_LIST.by_key:
            reader.lose(value)
            message = f"`{key.text}` is inside a list, where it can't be a heading"
            help = "begin the lines required: and optional: of a meeting in the same column"
            reader.found.error("wrong-shape", message, key.span, help=help)
            continue
        if isinstance(value, Scalar) and value.empty and not is_written_with_colon(key):
            _report_lone_heading(key, node, reader)
            continue
        for entries in _read_body(value, reader, headings=False):
            found.append(Entries(one_line(key.text), entries.entries))
    return tuple(found)


def _report_lone_heading(key: Scalar, node: Mapping, reader: Reader) -> None:
    """Report a word in braces where headings with lists belong: `{X, Y}`, `{Background:X}`."""
    glued = explain_glued_key(key)
    if glued is not None:
        reader.found.add(glued[1])
        return
    alone = all(isinstance(value, Scalar) and value.empty for _, value in node.entries)
    reader.lose(key)
    if not alone:
        help = "put it into the list of its heading, between `[` and `]`"
        reader.found.error("comma", f"the comma ends the list before `{key.text}`", key.span, help=help)
    elif key is node.entries[0][0]:
        written = f"[{', '.join(write_between_braces(each.text) for each, _ in node.entries)}]"
        safe = "#" not in node.span.text and "…" not in written
        fix = (Edit(node.span, written),) if safe else ()
        message = "a list of readings goes between `[` and `]`"
        reader.found.error("wrong-shape", message, node.span.within(0, 1), help=f"write {written}", fix=fix)


def _read_entry(node: Node, reader: Reader) -> list[Reading] | list[Reuse]:
    if isinstance(node, Scalar):
        if node.empty or not node.text.strip():
            reader.report_empty(node, READING)
            return []
        if reader.report_glued(node, READING):
            return []
        return read_line(one_line(node.text), node.span, reader)
    if isinstance(node, Sequence):
        text = node.span.text
        if len(node.items) == 1 and re.match(r"-[ ]", text):
            first = text.partition("\n")[0]
            reader.error("wrong-shape", "there are two `-` before this reading", node, f"write {first}")
            return _read_entry(node.items[0], reader)
        texts = [item.text for item in node.items if isinstance(item, Scalar)]
        alone = len(texts) == len(node.items) == 1 and "\n" not in text
        help = f"write {node.items[0].span.text}, without brackets" if alone else None
        reader.error("wrong-shape", "this must be a reading, not a list", node, help)
        return []
    if any(key.text == REUSE_ID.key for key, _ in node.entries):
        record = reader.record(node, REUSE)
        if record is None or not record.whole(REUSE_ID):
            return []
        return [Reuse(record.need(REUSE_ID), record[NOTE], record[PAGES], record.origin)]
    if _report_cut_line(node, reader) or _report_list_name(node, reader):
        return []
    return _read_full(node, reader)


def _report_cut_line(node: Mapping, reader: Reader) -> bool:
    """Return whether a line of Markdown with a colon became a mapping; report it if so."""
    if len(node.entries) != 1:
        return False
    key, value = node.entries[0]
    if key.text in READING.by_key or key.style or not isinstance(value, Scalar) or value.empty or value.style:
        return False
    if reader.found.suggest(key.text, READING.by_key) is not None:
        return False
    place = key.span.source.span(key.span.start, value.span.end)
    reader.lost.add(make_slug(place.text))
    bare = find_bare(place.text) if re.fullmatch(r"https?://\S+", value.text) else None
    if bare is not None:
        written, fix = fix_line(bare, place.text, place, block=False)
        message = "a title and its address are written as a link"
        reader.found.error("unquoted-colon", message, place, help=f"write {written}", fix=fix)
        return True
    help = f"write - {quote_text(place.text)}"
    reader.found.error("unquoted-colon", "a line that contains `: ` needs quotes", place, help=help)
    return True


def _report_list_name(node: Mapping, reader: Reader) -> bool:
    """Return whether `required:` follows the `-` of a reading; report it if so."""
    key = node.entries[0][0] if node.entries else None
    if key is None or key.text not in READING_LIST.by_key:
        return False
    source = key.span.source
    begin = source.text.rfind("\n", 0, key.span.start) + 1
    dash = re.fullmatch(r"[ ]*(-[ ]+)", source.text[begin : key.span.start])
    message = f"`{key.text}` names a list, so no `-` goes before it"
    place = key.span if dash is None else source.span(begin + dash.start(1), key.span.end)
    fix = (Edit(source.span(begin + dash.start(1), key.span.start), ""),) if dash and len(node.entries) == 1 else ()
    reader.lose(node)
    help = f"write {key.text}:" if dash is not None else "delete the brackets around it"
    reader.found.error("wrong-shape", message, place, help=help, fix=fix)
    return True


def _read_full(node: Mapping, reader: Reader) -> list[Reading]:
    record = reader.record(node, READING)
    if record is None or not record.whole(READING_TITLE):
        return []
    doi, arxiv, url = record[DOI], record[ARXIV], record[READING_URL]
    if doi is not None:
        _warn_of_doi(doi, record.origin.of("doi"), reader)
    if url is None and "url" not in record.origin.fields:
        # A DOI may hold what an address can't (DOI Handbook, 2.5.2.4).
        url = f"https://doi.org/{quote(doi, safe='/:;()._-~!$,=@+*&')}" if doi else None
        url = f"https://arxiv.org/abs/{arxiv}" if arxiv and not url else url
    venue = record[VENUE]
    if record[READING_URL] is None and re.fullmatch(r"https?://\S+", record.need(READING_TITLE)):
        place = record.origin.of("title")
        help = f"write title: and its title, and on the line below url: {record.need(READING_TITLE)}"
        reader.found.warning("bare-address", "this address is shown as plain text, without a link", place, help=help)
    elif has_address(record.need(READING_TITLE)):
        _warn_bare_title(record, node, reader)
    reading = Reading(
        id=record[READING_ID] or "",
        title=record.need(READING_TITLE),
        url=url,
        authors=record[AUTHORS] or (),
        venue=venue,
        year=record[YEAR_FIELD] or (year_of_venue(venue) if venue else None),
        award=record[AWARD],
        doi=doi,
        arxiv=arxiv,
        pages=record[PAGES],
        note=record[NOTE],
        access=access_of(record, ACCESS_FIELD),
        links=record[READING_LINKS] or (),
        kind=record[READING_KIND],
        markdown=None,
        origin=record.origin,
    )
    return [reading]


def _warn_bare_title(record: Record, node: Mapping, reader: Reader) -> None:
    """Warn of an address in a title, which is shown as text."""
    place, key = record.origin.of("title"), record.origin.key("title")
    bare = find_bare(record.need(READING_TITLE))
    if bare is None or {"url", "doi", "arxiv"} & record.origin.fields.keys():
        help = "remove it from the title; put the address under url:, and others under links:"
        reader.found.warning("bare-address", MESSAGE, place, help=help)
        return
    help, fix = fix_title(bare, place, key, flow=is_between_braces(node))
    reader.found.warning("bare-address", MESSAGE, place, help=help, fix=fix)


def _warn_of_doi(doi: str, place: Span, reader: Reader) -> None:
    """Warn of punctuation at the end of a DOI."""
    clear = doi.rstrip(".,;")
    if clear == doi:
        return
    at = place.text.find(doi)
    fix = (Edit(place.within(at, at + len(doi)), clear),) if at >= 0 else ()
    message = f"`{doi[len(clear) :]}` at the end of a DOI is probably not part of it"
    reader.found.warning("doubtful-address", message, place, help=f"write {clear}", fix=fix)


def year_of_venue(venue: str) -> int | None:
    """Return the year that ends a venue: 2021 of `CIDR 2021` and of `SC'21`; two digits from 70 on mean 19xx."""
    venue = venue.strip()
    if match := _YEAR_AT_END.fullmatch(venue):
        return int(match[1])
    if match := _SHORT_YEAR_AT_END.fullmatch(venue):
        return int(match[1]) + (1900 if int(match[1]) >= 70 else 2000)
    return None
