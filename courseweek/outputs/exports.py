"""The exports: files of a site for other programs, beside its pages and its assets.

A new export is a file in this folder and a line in `EXPORTS`. It is then built, served and checked, and pages may link
to it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from courseweek.model.course import Course
from courseweek.model.meeting import Schedule
from courseweek.outputs.data import export_course
from courseweek.outputs.full_syllabus import export_full_syllabus
from courseweek.outputs.search import export_search
from courseweek.plan.plan import Plan

ExportMaker = Callable[[Plan], bytes]
"""Makes one file of a site, when the file is asked for."""
Export = Callable[[Course, Schedule], Mapping[str, ExportMaker]]
"""Names the files of one export for a dated course, by their paths in the site, each with its maker."""

EXPORTS: tuple[Export, ...] = (export_course, export_full_syllabus, export_search)


def list_exports(course: Course, schedule: Schedule) -> dict[str, ExportMaker]:
    """Return the maker of each file that the exports have for a dated course, by its path in the site."""
    return {path: maker for export in EXPORTS for path, maker in export(course, schedule).items()}
