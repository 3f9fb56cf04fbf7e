"""Works as items of CSL-JSON, the data of citation processors."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from courseweek.model.author import PersonName
from courseweek.published.citations.works import CitedWork, WorkKind

_TYPES: dict[WorkKind, str] = {
    "article": "article-journal",
    "paper": "paper-conference",
    "chapter": "chapter",
    "book": "book",
    "thesis": "thesis",
    "report": "report",
    "preprint": "article",
    "blog post": "post-weblog",
    "video": "motion_picture",
    "talk": "speech",
    "web page": "webpage",
    "document": "document",
}


def write_csl(works: Iterable[CitedWork]) -> Iterator[str]:
    """Yield the items of works as JSON, each on a line of its own."""
    yield "["
    for at, work in enumerate(works):
        yield ",\n" if at else "\n"
        yield json.dumps(_describe(work), ensure_ascii=False)
    yield "\n]\n"


def _describe(work: CitedWork) -> dict[str, Any]:
    item = {
        "id": work.key,
        "type": _TYPES[work.kind],
        "title": work.title,
        "author": list(map(_describe_name, work.authors)),
        "editor": list(map(_describe_name, work.editors)),
        "container-title": work.container,
        "collection-title": work.series,
        "publisher": work.publisher,
        "edition": work.edition,
        "issued": {"date-parts": [[work.year]]} if work.year is not None else None,
        "page": "-".join(filter(None, work.pages)) if work.pages is not None else None,
        "number": f"arXiv:{work.arxiv}" if work.arxiv is not None else None,
        "DOI": work.doi,
        "URL": work.url,
        "language": work.language,
    }
    return {name: value for name, value in item.items() if value}


def _describe_name(name: PersonName) -> dict[str, str]:
    if name.given is None:
        return {"literal": name.family}
    parts = {"family": name.family, "given": name.given, "suffix": name.suffix}
    return {part: value for part, value in parts.items() if value is not None}
