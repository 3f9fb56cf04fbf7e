"""Readings as written: one of them, or one that is listed elsewhere, with its keys."""

from __future__ import annotations

import re
from urllib.parse import quote

from courseweek.diagnostics import Edit, Span
from courseweek.model.reading import Reading, Reuse
from courseweek.model.slug import make_slug
from courseweek.read.links import ACCESS, MATERIALS
from courseweek.read.reading_fields import MINUTES, NAMES, READING_ADDRESS
from courseweek.read.reading_lines import read_line
from courseweek.read.tables.fields import Field, Pairing, Record, Table
from courseweek.read.tables.forms import NOTHING, JsonSchema, by_table, either, list_of_each, mapping_to, of_types
from courseweek.read.tables.reader import Reader
from courseweek.read.tables.shapes import (
    ARXIV_NUMBER,
    DOI_NUMBER,
    IDENTIFIER,
    LANGUAGE,
    MARKDOWN,
    NAME,
    REFERENCE,
    TEXT,
    TITLE_TEXT,
    YEAR,
    matching,
    node_shape,
    one_line,
)
from courseweek.read.values.addresses import scheme_of
from courseweek.read.values.bare_addresses import MESSAGE, find_bare, fix_line, fix_title, has_address
from courseweek.regex import lazy_pattern
from courseweek.yamltext.document import Mapping, Node, Scalar, Sequence, quote_text
from courseweek.yamltext.slips.glued import (
    is_between_braces,
)

READING_TITLE = Field("title", TITLE_TEXT, "its title", required=True)
READING_URL = Field("url", READING_ADDRESS, "its address, or the path of a file in `assets/`")
BOOK = Field("in", TITLE_TEXT, "the book or the collection that it is a part of")
VENUE = Field("venue", TITLE_TEXT, "where it appeared, such as CIDR 2021")
YEAR_FIELD = Field("year", YEAR, "when; by default the year that ends the venue")
DOI = Field("doi", DOI_NUMBER, "its DOI; makes the address https://doi.org/…")
ARXIV = Field("arxiv", ARXIV_NUMBER, "its arXiv number; makes the address https://arxiv.org/abs/…")
PAGES = Field("pages", TEXT, "which part is read")
NOTE = Field("note", MARKDOWN, "a remark, in Markdown")
READING = Table(
    "a reading",
    READING_TITLE,
    Field("id", IDENTIFIER, "its id; by default the title as a slug"),
    READING_URL,
    Field("authors", NAMES, "who wrote it, a list of names"),
    VENUE,
    BOOK,
    Field("editors", NAMES, "who edited the book, a list of names"),
    Field("publisher", TITLE_TEXT, "who published it"),
    Field("edition", TEXT, "its edition, such as 2"),
    YEAR_FIELD,
    Field("award", TEXT, "a prize that it won"),
    DOI,
    ARXIV,
    PAGES,
    Field("minutes", MINUTES, "how many minutes it takes to read"),
    NOTE,
    Field("language", LANGUAGE, "the language of its title, such as de (BCP 47)"),
    Field("access", ACCESS, "who can open it: open, campus or login"),
    Field("links", MATERIALS, "a free copy, slides, video, code"),
    Field("kind", TEXT, "paper, book, blog post, talk …"),
    pairings=(Pairing(("title",), (), NAME, matching(r"(?!)")), Pairing(("id",), (), IDENTIFIER, matching(r"(?!)"))),
)

REUSE_ID = Field("reuse", REFERENCE, "the id of a reading that is listed elsewhere", required=True)
REUSE = Table("a reused reading", REUSE_ID, NOTE, PAGES)

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

_YEAR_AT_END = lazy_pattern(r"(?:.*\D)?((?:19|20)\d\d)\)?")
_SHORT_YEAR_AT_END = lazy_pattern(r".*['’](\d\d)\)?")


def read_entry(node: Node, reader: Reader) -> list[Reading] | list[Reuse]:
    """Read one item of a list: a line of Markdown, a reading with keys, or one that is reused; none if it is wrong."""
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
            return read_entry(node.items[0], reader)
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
    place = reader.find_cut_text(node, READING)
    if place is None:
        return False
    reader.lost.add(make_slug(place.text))
    bare = find_bare(place.text) if re.fullmatch(r"https?://\S+", node.entries[0][1].span.text) else None
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
    year = record[YEAR_FIELD] or (year_of_venue(venue) if venue else None)
    asset = record[READING_URL] is not None and scheme_of(url or "") is None
    return [record.make(Reading, url=url, asset=asset, year=year, book=record[BOOK])]


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
