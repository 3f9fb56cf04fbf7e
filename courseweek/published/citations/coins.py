"""Works as COinS, which reference managers find on a page: a context object (Z39.88) as the title of an empty element.

Zotero reads all of a page or, if it can't decode one of them, none. So every value is percent-encoded.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

from courseweek.model.author import PersonName
from courseweek.published.citations.works import CitedWork, WorkKind

_OTHER_TYPES: dict[WorkKind, str] = {
    "thesis": "thesis",
    "report": "report",
    "preprint": "preprint",
    "blog post": "blogPost",
    "video": "videoRecording",
    "talk": "presentation",
    "web page": "webpage",
    "document": "document",
}


def write_coins(work: CitedWork) -> str | None:
    """Return the context object of a work; None without authors and DOI, by which alone a reader is sure of it."""
    if not work.authors and work.doi is None:
        return None
    return "&".join(f"{key}={quote(value, safe='')}" for key, value in _list_values(work) if value)


def _list_values(work: CitedWork) -> Iterator[tuple[str, str | None]]:
    yield "ctx_ver", "Z39.88-2004"
    format, *titles = _list_titles(work)
    yield "rft_val_fmt", f"info:ofi/fmt:kev:mtx:{format[1]}"
    yield from titles
    yield "rft.date", str(work.year) if work.year is not None else None
    yield "rft.pub" if format[1] != "dc" else "rft.publisher", work.publisher
    if format[1] != "dc":
        yield "rft.edition", work.edition
        yield "rft.spage", work.pages[0] if work.pages is not None else None
        yield "rft.epage", work.pages[1] if work.pages is not None else None
    yield "rft.language", work.language
    yield from map(_write_name, work.authors)
    yield "rft_id", f"info:doi/{work.doi}" if work.doi is not None else None
    yield "rft_id", work.url


def _list_titles(work: CitedWork) -> Iterator[tuple[str, str | None]]:
    """Yield the format of a work, then what it is in that format, its title and its container."""
    match work.kind:
        case "article":
            yield "format", "journal"
            yield "rft.genre", "article"
            yield "rft.atitle", work.title
            yield "rft.jtitle", work.container
        case "paper" | "chapter":
            yield "format", "book"
            yield "rft.genre", "proceeding" if work.kind == "paper" else "bookitem"
            yield "rft.atitle", work.title
            yield "rft.btitle", work.container
        case "book":
            yield "format", "book"
            yield "rft.genre", "book"
            yield "rft.btitle", work.title
            yield "rft.series", work.series
        case _:
            yield "format", "dc"
            yield "rft.type", _OTHER_TYPES[work.kind]
            yield "rft.title", work.title
            yield "rft.source", work.container


def _write_name(name: PersonName) -> tuple[str, str]:
    """Return an author as "Last, First"; one that is one whole is that of an institution if it has several words."""
    if name.given is not None:
        return "rft.au", f"{name.family}, {name.given}"
    return "rft.aucorp" if " " in name.family else "rft.au", name.family
