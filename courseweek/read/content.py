"""`content/`: pages of Markdown with front matter."""

from __future__ import annotations

import re
from datetime import datetime

from courseweek.diagnostics import Source
from courseweek.model.origin import Origin
from courseweek.model.page import Page
from courseweek.read.fields import Field, Reader, Record, Table
from courseweek.read.lines import plain_text
from courseweek.read.located import read_yaml
from courseweek.read.shapes import INSTANT, TEXT, YES_NO

PAGE_TITLE = Field("title", TEXT, "the page's title; by default its first heading, else its file name")
LAYOUT = Field("layout", TEXT, "the layout that draws it, `page` by default")
PAGE_NAV = Field("nav", YES_NO, "`no` leaves it out of the navigation")
DRAFT = Field("draft", YES_NO, "`yes` keeps it off the site")
PUBLISH_ON = Field("publish_on", INSTANT, "when it appears")
PAGE = Table("front matter", PAGE_TITLE, LAYOUT, PAGE_NAV, DRAFT, PUBLISH_ON)

_FENCE = re.compile(r"---[ \t]*\r?\n")
_FENCE_END = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\r?\n|$)", re.MULTILINE)
_HEADING = re.compile(r"\s*# +(.+?)(?: +#+)?[ \t]*(?:\r?\n|$)")


def read_page(source: Source, reader: Reader) -> Page:
    """Return the page of one file of `content/`; what is wrong with its front matter is reported."""
    name = source.name.removeprefix("content/").removesuffix(".md")
    record, start = _read_front_matter(source, reader)
    origin = record.origin if record is not None else Origin(source.whole())
    title = record[PAGE_TITLE] if record is not None else None
    titled = title is not None
    heading = _HEADING.match(source.text, start)
    if title is None and heading is not None:
        title = plain_text(heading[1]) or None
        start = heading.end()
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
        origin=origin,
    )


def _title_of_name(name: str) -> str:
    words = re.sub(r"[-_]+", " ", name.rpartition("/")[2]).strip()
    return words[:1].upper() + words[1:] if words else name


def _read_front_matter(source: Source, reader: Reader) -> tuple[Record | None, int]:
    """Return the front matter's values, if there are any, and where the text after it begins."""
    opening = _FENCE.match(source.text)
    if opening is None:
        return None, 0
    closing = _FENCE_END.search(source.text, opening.end())
    if closing is None:
        reader.found.error(
            "unclosed-front-matter",
            "the front matter that opens here is not closed",
            source.span(0, 3),
            help="write a line `---` after its last key",
        )
        return None, opening.end()
    node = read_yaml(source, reader.found, opening.end(), closing.start())
    record = reader.record(node, PAGE) if node is not None else None
    return record, closing.end()
