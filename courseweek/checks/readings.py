"""A reading is listed once, and is reused by its id.

Passing: a reading, and `{reuse: lakehouse}` at another meeting.
Failing: two readings of one title under two addresses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from courseweek.diagnostics import Diagnostic
from courseweek.model.meeting import Schedule
from courseweek.model.reading import Reading
from courseweek.model.slug import title_key
from courseweek.regex import lazy_pattern

_ARXIV = lazy_pattern(
    r"(?:arxiv\.org/(?:abs/|pdf/|html/)?|10\.48550/arxiv\.)(\d{4}\.\d{4,5}|[a-z-]+(?:\.[a-z]{2})?/\d{7})", re.IGNORECASE
)
"""The number in an address or a DOI of arXiv, without its version."""
_DOI = lazy_pattern(
    r"(?:doi\.org|dl\.acm\.org/doi(?:/abs|/pdf|/full|/fullHtml|/epdf)?)/(10\.\d{4,9}/[^\s?#]+)", re.IGNORECASE
)


def check_readings(schedule: Schedule) -> Iterator[Diagnostic]:
    """Yield a warning for each reading that appears a second time, by title, arXiv number, DOI or address."""
    known: dict[str, Reading] = {}
    for reading in schedule.readings:
        keys = list(_keys(reading))
        first = next((known[key] for key in keys if key in known), None)
        if first is not None:
            same = {_bare(each.url) if each.url else None for each in (reading, first)}
            where = (
                "listed under another address"
                if len(same) > 1 and title_key(reading.title) in known
                else "already listed"
            )
            yield Diagnostic(
                "warning",
                "duplicate-reading",
                f"`{reading.title}` is {where}",
                reading.origin.span,
                f"write {{reuse: {first.id}}} here, or change the title if it is a different reading",
                (first.origin.span, "it is first listed here"),
            )
            continue
        for key in keys:
            known.setdefault(key, reading)


def _keys(reading: Reading) -> Iterator[str]:
    """Yield what two readings that are one paper share: the title's words, an arXiv number, a DOI, an address."""
    title = title_key(reading.title)
    if title:
        yield title
    written = (f"arxiv.org/abs/{reading.arxiv}" if reading.arxiv else "", f"doi.org/{reading.doi}", reading.url or "")
    for each in written:
        if match := _ARXIV.search(each):
            yield f"arxiv:{match[1].lower()}"
        elif match := _DOI.search(unquote(each)):
            yield f"doi:{match[1].rstrip('.,;').lower()}"
    if reading.url:
        yield f"address:{_bare(reading.url)}"


def _bare(address: str) -> str:
    return address.partition("://")[2].partition("#")[0].removeprefix("www.").rstrip("/").lower()
