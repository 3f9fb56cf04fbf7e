"""JSON as managers of references export it, mostly CSL-JSON (`"container-title": …`)."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from courseweek.read.pasted.citation import Citation, make_citation
from courseweek.read.pasted.text_lines import Pasted, TextLine
from courseweek.regex import lazy_pattern

MOST_JSON_LINES = 2_000
"""Lines in which the end of a value of JSON is looked for."""
_STRING = lazy_pattern(r'"(?:[^"\\]|\\.)*"')
_LATER = lazy_pattern(r'\s*"[^"]+"\s*:')


def find_json(lines: Sequence[TextLine], at: int) -> Pasted | None:
    """Return the citations of a value of JSON that begins on a line, or None: one that YAML takes is left alone."""
    body = lines[at].body
    if body[:1] not in "[{" or not (_LATER.match(body[1:]) or re.fullmatch(r"[\[{][\s{\[]*", body)):
        return None
    end = _end_of_brackets(lines, at)
    text = "\n".join(each.dashes * (number > 0) + each.body for number, each in enumerate(lines[at:end]))
    try:
        value = json.loads(text.rstrip().rstrip(","))
    except (ValueError, RecursionError):
        return None
    records = value if isinstance(value, list) else [value]
    if not records or not all(isinstance(each, dict) and each.get("title") for each in records):
        return None
    citations = tuple(_citation_of_json(each) for each in records)
    csl = any(_is_csl(each) for each in records)
    if not csl and end == at + 1:
        return None
    whole = all(each.title for each in citations)
    return Pasted("citation", "CSL-JSON" if csl else "JSON", end - at, citations, whole)


def _end_of_brackets(lines: Sequence[TextLine], at: int) -> int:
    """Return the number of the line after the one on which the brackets are closed that a line opens."""
    depth = 0
    most = min(len(lines), at + MOST_JSON_LINES)
    for number in range(at, most):
        bare = _STRING.sub("", lines[number].body)
        depth += bare.count("[") + bare.count("{") - bare.count("]") - bare.count("}")
        if depth <= 0:
            return number + 1
    return at + 1


def _is_csl(record: Mapping[str, Any]) -> bool:
    people = record.get("author")
    named = isinstance(people, list) and any(isinstance(each, dict) for each in people)
    return named or bool({"container-title", "issued", "DOI", "URL"} & record.keys())


def _citation_of_json(record: Mapping[str, Any]) -> Citation:
    def text(*keys: str) -> str:
        return next((str(record[key]) for key in keys if isinstance(record.get(key), str | int)), "")

    return make_citation(
        title=text("title"),
        authors=tuple(_names_of(record.get("author", record.get("authors", ())))),
        venue=text("container-title", "venue", "journal", "booktitle"),
        year=_year_of(record),
        doi=text("DOI", "doi"),
        arxiv=text("arxiv"),
        url=text("URL", "url"),
        kind="book" if text("type") == "book" else "",
        note=text("note") if "issued" not in record else "",
    )


def _names_of(people: object) -> list[str]:
    if isinstance(people, str):
        return [people]
    names = []
    for each in people if isinstance(people, list | tuple) else ():
        if isinstance(each, dict):
            parts = (
                each.get("given", ""),
                each.get("non-dropping-particle", ""),
                each.get("family", each.get("literal", "")),
            )
            names.append(" ".join(str(part) for part in parts if part))
        elif isinstance(each, str):
            names.append(each)
    return names


def _year_of(record: Mapping[str, Any]) -> str:
    issued = record.get("issued", record.get("year", ""))
    found = re.search(r"(?<!\d)\d{4}(?!\d)", json.dumps(issued))
    return found[0] if found is not None else ""
