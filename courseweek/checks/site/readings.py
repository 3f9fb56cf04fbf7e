"""A reading is listed once, and is reused by its id.

Passing: a reading, and `{reuse: lakehouse}` at another meeting.
Failing: two readings of one title under two addresses.
"""

from __future__ import annotations

from collections.abc import Iterator

from courseweek.diagnostics import Diagnostic
from courseweek.model.address import bare_address, paper_keys
from courseweek.model.meeting import Schedule
from courseweek.model.reading import Reading
from courseweek.model.slug import title_key


def check_readings(schedule: Schedule) -> Iterator[Diagnostic]:
    """Yield a warning for each reading that appears a second time, by title, arXiv number, DOI or address."""
    known: dict[str, Reading] = {}
    for reading in schedule.readings:
        keys = list(_keys(reading))
        first = next((known[key] for key in keys if key in known), None)
        if first is not None:
            same = {bare_address(each.url) if each.url else None for each in (reading, first)}
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
    if reading.arxiv:
        yield from paper_keys(f"arxiv.org/abs/{reading.arxiv}")
    if reading.doi:
        yield from paper_keys(f"doi.org/{reading.doi}")
    if reading.url:
        yield from paper_keys(reading.url)
