"""Rows of tables: of Markdown (`| Knots | https://… |`), of a spreadsheet (with tabs), and of CSV."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from courseweek.read.pasted.citation import DOI, Citation, make_citation
from courseweek.read.pasted.styles import read_listed, read_people
from courseweek.read.pasted.text_lines import Pasted, TextLine, is_key
from courseweek.regex import lazy_pattern

MOST_ROWS = 500
"""Rows of a table that are taken together."""
_COLUMNS = {
    "title": "title", "name": "title", "paper": "title", "paper title": "title", "reading": "title",
    "author": "authors", "authors": "authors", "author(s)": "authors", "url": "url", "link": "url", "pdf": "url",
    "address": "url", "year": "year", "doi": "doi", "arxiv": "arxiv", "venue": "venue", "journal": "venue",
    "conference": "venue", "note": "note", "notes": "note", "comment": "note", "comments": "note",
}  # fmt: skip
"""What the heads of columns mean."""
_WORDS_OF_LINKS = frozenset({"link", "pdf", "paper", "here", "url"})
"""Words of a link that say nothing of what is behind it."""
_RULE = lazy_pattern(r":?-+:?")
_ADDRESS = lazy_pattern(r"<?(https?://[^\s<>]+?)>?", re.IGNORECASE)
_LINK = lazy_pattern(r"\[(?P<words>[^\[\]]+)\]\((?P<url>[^\s()]+)\)")
_YEAR = lazy_pattern(r"(?:19|20)\d\d")
_CSV = lazy_pattern(r"(?:\"(?:[^\"]|\"\")*\"|[^\",\s][^\",]*|)(?:,(?:\"(?:[^\"]|\"\")*\"|[^\",\s][^\",]*|))+")


def find_rows(lines: Sequence[TextLine], at: int) -> Pasted | None:
    """Return the readings of the rows of a table that begin on a line, or None."""
    if lines[at].body[0] != "|" and "\t" not in lines[at].body and "," not in lines[at].body:
        return None
    for what, split in (("a Markdown table", _split_markdown), ("a table with tabs", _split_tabs), ("CSV", _split_csv)):
        first = split(lines[at])
        if first is not None and (split is _split_markdown or _is_table(first)):
            return _read_rows(_take_rows(lines, at, split), what)
    return None


def _take_rows(lines: Sequence[TextLine], at: int, split: Callable[[TextLine], list[str] | None]) -> list[list[str]]:
    rows: list[list[str]] = []
    while at < len(lines) and len(rows) < MOST_ROWS and (row := split(lines[at])) is not None:
        rows.append(row)
        at += 1
    return rows


def _split_markdown(line: TextLine) -> list[str] | None:
    if not re.match(r"\|.*\S", line.body):
        return None
    cells = re.split(r"(?<!\\)\|", line.body.removeprefix("|").removesuffix("|"))
    return [cell.strip().replace("\\|", "|") for cell in cells]


def _split_tabs(line: TextLine) -> list[str] | None:
    cells = [cell.strip() for cell in line.body.split("\t")]
    if len(cells) < 2 or any(cell.startswith("#") for cell in cells) or re.match(r"[\"'>|\[{]", line.body):
        return None
    return None if is_key(line) or cells[0].endswith(":") else cells


def _split_csv(line: TextLine) -> list[str] | None:
    if _CSV.fullmatch(line.body) is None or is_key(line):
        return None
    return [cell.strip() for cell in next(csv.reader([line.body]))]


def _is_table(row: Sequence[str]) -> bool:
    """Return whether a row is one of a table: a head, or with a cell that is an address, a DOI or a year alone."""
    return _read_head(row) is not None or any(
        _ADDRESS.fullmatch(cell) or DOI.fullmatch(cell) or _YEAR.fullmatch(cell) for cell in row[1:]
    )


def _read_head(row: Sequence[str]) -> list[str] | None:
    """Return what each column is, if a row is the head of a table: most of its cells name a column."""
    names = [_COLUMNS.get(cell.strip("*_ ").casefold(), "") for cell in row]
    known = [name for name in names if name]
    return names if "title" in known and len(known) > 1 and len(known) == len(set(known)) else None


def _read_rows(rows: Sequence[list[str]], what: str) -> Pasted:
    body = [row for row in rows if not all(_RULE.fullmatch(cell) for cell in row)]
    head = _read_head(body[0]) if body else None
    if head is None and len(rows) > 2 and all(_RULE.fullmatch(cell) for cell in rows[1]):
        head = [_COLUMNS.get(cell.strip("*_ ").casefold(), "") for cell in body[0]]
    entries, sure = [], True
    for row in body[head is not None :]:
        entry, whole = _read_row(row, head)
        sure = sure and whole
        if entry.title:
            entries.append(entry)
        elif any(row):
            sure = False
    return Pasted("pasted-table", what, len(rows), tuple(entries), sure and bool(entries))


def _read_row(row: Sequence[str], head: Sequence[str] | None) -> tuple[Citation, bool]:
    """Return the reading of a row, and whether all its cells have their place in it."""
    said: dict[str, str] = {}
    rest: list[str] = []
    for at, cell in enumerate(row):
        name = head[at] if head is not None and at < len(head) else ""
        link = _LINK.fullmatch(cell)
        words = cell
        if link is not None and "url" not in said and name in ("", "title", "url"):
            said["url"] = link["url"]
            words, name = link["words"], "" if name == "url" else "title"
            if name != "title" and words.casefold() in _WORDS_OF_LINKS:
                continue
        name = name or _name_of(words)
        if words and name and name not in said:
            said[name] = words
        elif words:
            rest.append(words)
    if "title" not in said and rest:
        title = next((cell for cell in rest if not cell.strip(".#").isdigit()), rest[0])
        rest.remove(title)
        said["title"] = title
    entry, sure = _cite(said, rest)
    if len(rest) == 1 and "authors" not in said and (people := read_listed(rest[0], least=1)):
        entry = replace(entry, authors=people, note=said.get("note", ""))
    return entry, sure


def _name_of(cell: str) -> str:
    """Return what a cell is, as far as its text shows it."""
    kinds = (("url", _ADDRESS), ("doi", DOI), ("year", _YEAR))
    return next((name for name, pattern in kinds if pattern.fullmatch(cell)), "")


def _cite(said: Mapping[str, str], rest: Sequence[str]) -> tuple[Citation, bool]:
    address = _ADDRESS.fullmatch(said.get("url", ""))
    people = tuple(
        read_people(said.get("authors", "").replace(";", ",")) or [each for each in [said.get("authors", "")] if each]
    )
    note = "; ".join([*rest, *([said["note"]] if said.get("note") else [])])
    citation = make_citation(
        title=said.get("title", ""),
        authors=people,
        venue=said.get("venue", ""),
        year=said.get("year", ""),
        doi=said.get("doi", ""),
        arxiv=said.get("arxiv", ""),
        url=address[1] if address is not None else "",
        note=note,
    )
    lost = any(said.get(key) and not getattr(citation, key) for key in ("year", "doi", "arxiv"))
    lost = lost or bool(said.get("url") and not (citation.url or citation.doi or citation.arxiv))
    return citation, not rest and not lost
