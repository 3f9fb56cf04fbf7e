"""What managers of references export as lines with tags: RIS (`TY  - CONF`), EndNote (`%0 Journal Article`), PubMed.

Each line has a tag and a value, which may go on below.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from courseweek.frozen import dataclass
from courseweek.read.pasted.citation import DOI, Citation, make_citation
from courseweek.read.pasted.text_lines import Pasted, TextLine
from courseweek.regex import lazy_pattern

PUBMED_INDENT = 6
"""Spaces before what goes on with a value in a PubMed record."""


@dataclass(frozen=True, slots=True)
class _Format:
    """A format of records: the line that begins one, a line with a tag, and which tags say what of a work.

    The tag `ends` ends a record; without it, a record may end anywhere. Of `authors` and the others, the first tag
    that is there counts.
    """

    name: str
    begins: re.Pattern[str]
    line: re.Pattern[str]
    ends: str
    title: tuple[str, ...]
    authors: tuple[tuple[str, ...], ...]
    venue: tuple[str, ...]
    year: tuple[str, ...]
    doi: tuple[str, ...]
    url: tuple[str, ...]
    kind: str
    book: str


_RIS = _Format(
    name="RIS",
    begins=lazy_pattern(r"TY[ ]{1,2}-"),
    line=lazy_pattern(r"(?P<tag>[A-Z][A-Z0-9])[ ]{1,2}-(?:[ ]+(?P<value>.*))?"),
    ends="ER",
    title=("TI", "T1", "CT"),
    authors=(("AU", "A1"),),
    venue=("T2", "JO", "JF", "JA", "BT", "J2"),
    year=("PY", "Y1", "DA"),
    doi=("DO",),
    url=("UR", "L1", "L2"),
    kind="TY",
    book="BOOK",
)
_ENDNOTE = _Format(
    name="an EndNote record",
    begins=lazy_pattern(r"%(?:0 [A-Z]|[TA] \S).*"),
    line=lazy_pattern(r"%(?P<tag>[0-9A-Z@!+&])(?:[ ]+(?P<value>.*))?"),
    ends="",
    title=("T",),
    authors=(("A",), ("E",)),
    venue=("J", "B"),
    year=("D", "8"),
    doi=("R",),
    url=("U",),
    kind="0",
    book="Book",
)
_PUBMED = _Format(
    name="a PubMed record",
    begins=lazy_pattern(r"PMID- ?\d+"),
    line=lazy_pattern(r"(?P<tag>[A-Z]{2,4})[ ]{0,2}-(?:[ ]+(?P<value>.*))?"),
    ends="",
    title=("TI", "BTI"),
    authors=(("FAU",), ("AU",)),
    venue=("JT", "TA"),
    year=("DP",),
    doi=("LID", "AID"),
    url=(),
    kind="PT",
    book="Book",
)
_FORMATS = (_RIS, _ENDNOTE, _PUBMED)


def find_records(lines: Sequence[TextLine], at: int) -> Pasted | None:
    """Return the records that begin on a line, those that follow with them, or None."""
    form = next((each for each in _FORMATS if each.begins.match(lines[at].body)), None)
    if form is None:
        return None
    records: list[dict[str, list[str]]] = []
    end, closed, last = at, True, ""
    head = form.line.fullmatch(lines[at].body)
    first_tag = head["tag"] if head is not None else ""
    for number in range(at, len(lines)):
        line = lines[number]
        match = form.line.fullmatch(line.body)
        if match is None:
            if not line.body:
                continue
            if not _goes_on(form, line, lines[at].column, closed=closed):
                break
            records[-1][last][-1] += f" {line.body}"
            end = number + 1
            continue
        if line.dashes and number > at and not form.begins.match(line.body):
            break
        last = match["tag"]
        if not records or (form.begins.match(line.body) and last in records[-1] and last == first_tag):
            records.append({})
        records[-1].setdefault(last, []).append((match["value"] or "").strip())
        end, closed = number + 1, last == form.ends
    kept = tuple(each for each in (_cite(form, record) for record in records) if each.title)
    sure = len(kept) == len(records) and (closed or not form.ends)
    return Pasted("citation", form.name, end - at, kept, bool(kept) and sure)


def _goes_on(form: _Format, line: TextLine, column: int, *, closed: bool) -> bool:
    """Return whether a line without a tag goes on with the value above it."""
    if form is _PUBMED:
        return line.indent == column + PUBMED_INDENT and not line.dashes
    return form is _RIS and not (closed or line.is_entry or line.has_key or line.dashes)


def _cite(form: _Format, record: Mapping[str, Sequence[str]]) -> Citation:
    def first(tags: Sequence[str]) -> str:
        return next((record[tag][0] for tag in tags if record.get(tag)), "")

    people = next(
        (named for tags in form.authors if (named := [name for tag in tags for name in record.get(tag, ())])), []
    )
    dois = [value for tag in form.doi for value in record.get(tag, ()) if DOI.search(value)]
    return make_citation(
        title=first(form.title),
        authors=tuple(map(_turn_name, people)),
        venue=first(form.venue),
        year=first(form.year),
        doi=dois[0] if dois else "",
        url=first(form.url),
        kind="book" if first((form.kind,)) == form.book else "",
    )


def _turn_name(name: str) -> str:
    """Return `Ada Lovelace` of `Lovelace, Ada`."""
    parts = [part.strip() for part in name.split(",")]
    return " ".join(part for part in (*parts[1:], parts[0]) if part)
