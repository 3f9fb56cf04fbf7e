"""The same reading stands once, and is used again by its id.

Passing: a reading, and `{reuse: lakehouse}` at another meeting.
Failing: two readings of one title under two addresses.
"""

from __future__ import annotations

from collections.abc import Iterator

from courseweek.diagnostics import Diagnostic
from courseweek.model.meeting import Schedule
from courseweek.model.reading import Reading
from courseweek.model.slug import make_slug


def check_readings(schedule: Schedule) -> Iterator[Diagnostic]:
    """Yield a warning for each reading that stands a second time, by its title or its address."""
    titles: dict[str, Reading] = {}
    addresses: dict[str, Reading] = {}
    for reading in schedule.readings:
        title = make_slug(reading.title)
        first = titles.get(title) if title else None
        first = first or (addresses.get(_bare(reading.url)) if reading.url else None)
        if first is not None:
            where = "under another address" if reading.url != first.url else "already"
            yield Diagnostic(
                "warning",
                "duplicate-reading",
                f"`{reading.title}` is listed {where}",
                reading.origin.span,
                f"write {{reuse: {first.id}}} here, or another title if it is not the same",
                (first.origin.span, "it is listed first here"),
            )
            continue
        titles[title] = reading
        if reading.url:
            addresses[_bare(reading.url)] = reading


def _bare(address: str) -> str:
    return address.partition("://")[2].removeprefix("www.").rstrip("/").lower()
