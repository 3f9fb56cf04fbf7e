"""Works as records of RIS: two letters, two spaces, a hyphen and a space before each value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from courseweek.model.author import PersonName
from courseweek.published.citations.works import CitedWork, WorkKind

_TYPES: dict[WorkKind, str] = {
    "article": "JOUR",
    "paper": "CONF",
    "chapter": "CHAP",
    "book": "BOOK",
    "thesis": "THES",
    "report": "RPRT",
    "preprint": "UNPB",
    "blog post": "BLOG",
    "video": "VIDEO",
    "talk": "SLIDE",
    "web page": "ELEC",
    "document": "GEN",
}


def write_ris(works: Iterable[CitedWork]) -> Iterator[str]:
    """Yield the lines of the records of works; they end with CR LF, as those of the format do."""
    return (f"{tag}  - {value}\r\n" for work in works for tag, value in _list_values(work))


def _list_values(work: CitedWork) -> Iterator[tuple[str, str]]:
    yield "TY", _TYPES[work.kind]
    yield "ID", work.key
    yield "TI", work.title
    yield from (("AU", _write_name(name)) for name in work.authors)
    # Editors of what a work is in are its second authors; beside a whole book these would be those of a series.
    editor = "A2" if work.kind in ("paper", "chapter") else "ED"
    yield from ((editor, _write_name(name)) for name in work.editors)
    first, last = work.pages or (None, None)
    number = f"arXiv:{work.arxiv}" if work.arxiv is not None else None
    values = (
        ("T2", work.container),
        ("T3", work.series),
        ("ET", work.edition),
        ("PB", work.publisher),
        ("PY", str(work.year) if work.year is not None else None),
        ("SP", first),
        ("EP", last),
        ("M1", number),
        ("DO", work.doi),
        ("UR", work.url),
        ("LA", work.language),
    )
    yield from ((tag, value) for tag, value in values if value is not None)
    yield "ER", ""


def _write_name(name: PersonName) -> str:
    """Return a name as "Last, First, Suffix"; a comma in a name that is one whole would divide it, and is left out."""
    parts = (part for part in (name.family, name.given, name.suffix) if part is not None)
    return ", ".join(part.replace(",", "") for part in parts)
