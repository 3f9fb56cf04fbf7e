"""`readings.bib`, `.ris` and `.json`: all that is read, for reference managers, and the same for each meeting."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from courseweek.model.course import Course
from courseweek.model.meeting import AnyMeeting, Schedule
from courseweek.plan.plan import Plan
from courseweek.published.citations.bibtex_entries import write_bibtex
from courseweek.published.citations.citation_files import FORMATS, list_citation_files
from courseweek.published.citations.csl_items import write_csl
from courseweek.published.citations.ris_records import write_ris
from courseweek.published.citations.works import Bibliography, CitedWork
from courseweek.render.sizes import LARGEST_SITE, TooLarge, join_page

_WRITERS: dict[str, Callable[[Iterable[CitedWork]], Iterable[str]]] = {
    "bib": write_bibtex,
    "ris": write_ris,
    "json": write_csl,
}


def export_citations(course: Course, schedule: Schedule) -> dict[str, Callable[[Plan], bytes]]:
    """Return the files of this export with their makers; none where nothing is read."""
    files = _CitationFiles(Bibliography(course, schedule))
    return {
        f"{name}.{format}": partial(files.make, f"{name}.{format}", row, format)
        for name, row in list_citation_files(course, schedule).items()
        for format in FORMATS
    }


class _CitationFiles:
    """Makes the files of a course, and bounds them together: `reuse` can repeat a reading at every meeting."""

    def __init__(self, bibliography: Bibliography) -> None:
        self._bibliography = bibliography
        self._sizes: dict[str, int] = {}

    def make(self, path: str, row: AnyMeeting | None, format: str, plan: Plan) -> bytes:
        """Return a file in UTF-8; raise `TooLarge` where it, or all of them, would be too large."""
        works = self._bibliography.works_of(row) if row is not None else self._bibliography.works
        made = join_page(path, _WRITERS[format](works)).encode()
        self._sizes[path] = len(made)
        if sum(self._sizes.values()) > LARGEST_SITE:
            message = f"the files for reference managers would have more than {LARGEST_SITE:,} bytes together"
            raise TooLarge(message, "shorten the readings that many meetings use")
        return made
