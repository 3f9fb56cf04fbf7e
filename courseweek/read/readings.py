"""`readings.yaml`: a list of readings under each meeting's id."""

from __future__ import annotations

import re
from dataclasses import dataclass

from courseweek.diagnostics import Diagnostics, Source, Span
from courseweek.model.origin import Origin
from courseweek.model.reading import Entries, Reading, ReadingList, Reuse
from courseweek.read.fields import (
    ADDRESS,
    ANY,
    IDENTIFIER,
    MARKDOWN,
    TEXT,
    TEXTS,
    YEAR,
    Field,
    Reader,
    Table,
    check_address,
)
from courseweek.read.links import ACCESS, LINKS, access_of
from courseweek.read.located import Mapping, Node, Scalar, Sequence, read_yaml
from courseweek.read.moments import Misread

READING_TITLE = Field("title", TEXT, "its title", required=True)
READING_ID = Field("id", IDENTIFIER, "its id; by default the title as a slug")
READING_URL = Field("url", ADDRESS, "its address")
AUTHORS = Field("authors", TEXTS, "who wrote it, a list of names")
VENUE = Field("venue", TEXT, "where it appeared, such as CIDR 2021")
YEAR_FIELD = Field("year", YEAR, "when; by default the year that ends the venue")
AWARD = Field("award", TEXT, "a prize that it won")
DOI = Field("doi", TEXT, "its DOI; makes the address https://doi.org/…")
ARXIV = Field("arxiv", TEXT, "its arXiv number; makes the address https://arxiv.org/abs/…")
PAGES = Field("pages", TEXT, "which part is read")
NOTE = Field("note", MARKDOWN, "a remark, in Markdown")
ACCESS_FIELD = Field("access", ACCESS, "who can open it: open, campus or login")
READING_LINKS = Field("links", LINKS, "a free copy, slides, video, code")
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

REUSE_ID = Field("reuse", IDENTIFIER, "the id of a reading that stands elsewhere", required=True)
REUSE = Table("a reused reading", REUSE_ID, NOTE, PAGES)

REQUIRED = Field("required", ANY, "what everybody reads")
OPTIONAL = Field("optional", ANY, "what folds away")
READING_LIST = Table("a reading list", REQUIRED, OPTIONAL)

_BULLET = re.compile(r"([-*+])(?:[ \t]+|$)")
_YEAR_AT_END = re.compile(r"(?:.*\D)?((?:19|20)\d\d)\)?")
_SHORT_YEAR_AT_END = re.compile(r".*['’](\d\d)\)?")
_MARKS = re.compile(r"(\*\*|__|\*|_|`)(?=\S)(.+?)(?<=\S)\1")


def read_readings(source: Source, reader: Reader) -> dict[str, ReadingList]:
    """Return the reading lists by their meeting's id; what is wrong is reported."""
    root = read_yaml(source, reader.found)
    if root is None:
        return {}
    if not isinstance(root, Mapping):
        reader.error("wrong-shape", "readings.yaml holds a list for each meeting, under its id", root, "write big-data: and the list below it")
        return {}
    lists: dict[str, ReadingList] = {}
    for key, value in root.entries:
        meeting = IDENTIFIER.read(key, reader)
        if meeting is not None and not (isinstance(value, Scalar) and value.empty):
            lists[meeting] = _read_list(meeting, key, value, reader)
    return lists


def _read_list(meeting: str, key: Scalar, node: Node, reader: Reader) -> ReadingList:
    origin = Origin(key.span)
    if not isinstance(node, Mapping):
        return ReadingList(meeting, _read_body(node, reader, headings=False), (), origin)
    record = reader.record(node, READING_LIST)
    if record is None:
        return ReadingList(meeting, (), (), origin)
    required, optional = record[REQUIRED], record[OPTIONAL]
    return ReadingList(
        meeting,
        _read_body(required, reader, headings=True) if required is not None else (),
        _read_body(optional, reader, headings=True) if optional is not None else (),
        origin,
    )


def _read_body(node: Node, reader: Reader, *, headings: bool) -> tuple[Entries, ...]:
    if isinstance(node, Mapping):
        if not headings:
            reader.error("wrong-shape", "headings can't stand below headings", node)
            return ()
        if node.entries and node.entries[0][0].text in READING.by_key:
            reader.error(
                "wrong-shape", "a reading is an item of a list", node, "put `- ` before its first key and indent the others to match"
            )
            return ()
        found: list[Entries] = []
        for key, value in node.entries:
            for entries in _read_body(value, reader, headings=False):
                found.append(Entries(" ".join(key.text.split()), entries.entries))
        return tuple(found)
    if isinstance(node, Scalar):
        if node.empty:
            return ()
        return (Entries(None, tuple(_read_bullets(node, reader))),)
    values = (_read_entry(item, reader) for item in node.items)
    return (Entries(None, tuple(value for value in values if value is not None)),)


@dataclass(slots=True)
class _Line:
    """A bullet with the lines that continue it, and the place of its first line."""

    text: str
    span: Span


def _read_bullets(node: Scalar, reader: Reader) -> list[Reading]:
    """Read Markdown bullets, pasted as they are: one reading each."""
    lines: list[_Line] = []
    bulleted = False
    for text, span in node.lines():
        stripped = text.strip()
        if not stripped:
            continue
        indented = len(text) - len(text.lstrip(" \t"))
        bullet = _BULLET.match(stripped)
        inner = span.within(indented, indented + len(stripped))
        if bullet and (indented < 2 or not bulleted):
            bulleted = True
            lines.append(_Line(stripped[bullet.end() :], inner.within(bullet.end(), len(stripped)) if node.style == "|" else inner))
        elif bullet:
            reader.found.error("nested-bullet", "a bullet can't stand below a bullet", inner, help="give each reading a bullet of its own")
        elif bulleted and indented:
            lines[-1].text += " " + stripped
        elif bulleted or node.style == "|":
            reader.found.error(
                "not-a-bullet", "each line of pasted readings begins with `- `", inner, help=f"write - {stripped}"
            )
        else:
            lines.append(_Line(stripped, inner))
    readings = []
    for line in lines:
        if not line.text.strip():
            reader.found.error("empty", "this reading is empty", line.span)
            continue
        readings.append(_read_line(line.text.strip(), line.span, reader))
    return readings


def _read_entry(node: Node, reader: Reader) -> Reading | Reuse | None:
    if isinstance(node, Scalar):
        if not node.text.strip():
            reader.error("empty", "this reading is empty", node, "write it, or delete the line")
            return None
        return _read_line(" ".join(node.text.split()), node.span, reader)
    if isinstance(node, Sequence):
        reader.error(
            "wrong-shape",
            "a list stands where a reading is expected",
            node,
            f"put the text in quotes: '{node.span.text}'" if "'" not in node.span.text and "\n" not in node.span.text else None,
        )
        return None
    if any(key.text == REUSE_ID.key for key, _ in node.entries):
        record = reader.record(node, REUSE)
        if record is None or not record.whole(REUSE_ID):
            return None
        return Reuse(record.need(REUSE_ID), record[NOTE], record[PAGES], record.origin)
    if len(node.entries) == 1 and node.entries[0][0].text not in READING.by_key:
        key, value = node.entries[0]
        if isinstance(value, Scalar) and (" " in key.text or key.text[:1] in "[*"):
            reader.error("unquoted-colon", "a line that holds `: ` needs quotes", node, f'write - "{node.span.text.strip()}"')
            return None
    return _read_full(node, reader)


def _read_full(node: Mapping, reader: Reader) -> Reading | None:
    record = reader.record(node, READING)
    if record is None or not record.whole(READING_TITLE):
        return None
    doi, arxiv = record[DOI], record[ARXIV]
    url = record[READING_URL]
    if doi is not None:
        doi = _bare_doi(doi)
        if not re.fullmatch(r"10\.\d{4,9}/\S+", doi):
            reader.found.error("bad-address", f"`{doi}` is no DOI", record.origin.of("doi"), help="a DOI looks like 10.1145/2723372.2742797")
            doi = None
    if arxiv is not None:
        arxiv = re.sub(r"^(?:https?://arxiv\.org/(?:abs|pdf)/|arxiv:)", "", arxiv, flags=re.IGNORECASE).removesuffix(".pdf")
        if not re.fullmatch(r"(?:\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?", arxiv):
            reader.found.error("bad-address", f"`{arxiv}` is no arXiv number", record.origin.of("arxiv"), help="one looks like 2005.14165")
            arxiv = None
    if url is None and "url" not in record.origin.fields:
        url = f"https://doi.org/{doi}" if doi else f"https://arxiv.org/abs/{arxiv}" if arxiv else None
    venue = record[VENUE]
    return Reading(
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


def _bare_doi(text: str) -> str:
    return re.sub(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", "", text.strip(), flags=re.IGNORECASE)


def year_of_venue(venue: str) -> int | None:
    """Return the year that ends a venue: 2021 of `CIDR 2021` and of `SC'21`; two digits from 70 on mean 19xx."""
    venue = venue.strip()
    if match := _YEAR_AT_END.fullmatch(venue):
        return int(match[1])
    if match := _SHORT_YEAR_AT_END.fullmatch(venue):
        return int(match[1]) + (1900 if int(match[1]) >= 70 else 2000)
    return None


def _read_line(text: str, span: Span, reader: Reader) -> Reading:
    """Read one line of Markdown: its first link gives title and address, and without one it is its own title."""
    link = find_link(text)
    title, url = link if link is not None else (text, None)
    if url is not None:
        try:
            url = check_address(url)
        except Misread as misread:
            raw = span.source.text.find(url, span.start, max(span.end, span.start + len(text)))
            place = span.source.span(raw, raw + len(url)) if raw >= 0 else span
            reader.found.error(misread.name, misread.message, place, help=misread.help)
            url = None
    return Reading(
        id="",
        title=plain_text(title) or text,
        url=url,
        authors=(),
        venue=None,
        year=None,
        award=None,
        doi=None,
        arxiv=None,
        pages=None,
        note=None,
        access=None,
        links=(),
        kind=None,
        markdown=text,
        origin=Origin(span),
    )


def find_link(text: str) -> tuple[str, str] | None:
    """Return words and address of the first inline link `[words](address)` of a line of Markdown, or None.

    Brackets in the words and parentheses in the address may stand inside each other (CommonMark 0.31, 6.3).
    """
    at = text.find("[")
    while at >= 0:
        close = _closing(text, at, "[", "]")
        if close is None:
            return None
        image = at > 0 and text[at - 1] == "!"
        if not image and text[close + 1 : close + 2] == "(":
            end = _closing(text, close + 1, "(", ")")
            if end is not None:
                target = text[close + 2 : end].strip()
                target = target[1 : target.find(">")] if target.startswith("<") and ">" in target else target.split(" ")[0]
                return text[at + 1 : close], target
        at = text.find("[", at + 1 if image or text[at + 1 : at + 2] == "[" else close + 1)
    return None


def _closing(text: str, at: int, opening: str, closing: str) -> int | None:
    depth = 0
    index = at
    while index < len(text):
        char = text[index]
        if char == "\\":
            index += 1
        elif char == opening:
            depth += 1
        elif char == closing:
            depth -= 1
            if depth == 0:
                return index
        index += 1
    return None


def plain_text(markdown: str) -> str:
    """Return the words of a piece of inline Markdown without its marks."""
    text = re.sub(r"!\[([^\]]*)\]\([^)]*\)", r"\1", markdown)
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
    previous = None
    while previous != text:
        previous, text = text, _MARKS.sub(r"\2", text)
    return " ".join(re.sub(r"\\([\\`*_{}\[\]()#+\-.!|<>])", r"\1", text).split())
