"""The exports: files of a site for other programs, beside its pages and its assets.

A new export is a file in this folder and a line in `EXPORTS`, or in `RENDERED_EXPORTS` if it needs a layout or renders
Markdown. It is then built, served and checked, and pages may link to it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from courseweek.cache import Memory
from courseweek.model.course import Course
from courseweek.model.meeting import Schedule
from courseweek.outputs.calendars import export_calendars
from courseweek.outputs.citations import export_citations
from courseweek.outputs.data import export_course
from courseweek.outputs.feed import export_feed
from courseweek.outputs.full_syllabus import export_full_syllabus
from courseweek.outputs.search import export_search
from courseweek.outputs.ticks import export_ticks
from courseweek.plan.plan import Plan
from courseweek.render.layouts.templates import Layouts

ExportMaker = Callable[[Plan], bytes]
"""Makes one file of a site, when the file is asked for."""
Export = Callable[[Course, Schedule], Mapping[str, ExportMaker]]
"""Names the files of one export for a dated course, by their paths in the site, each with its maker."""

RenderedMaker = Callable[[Plan, Layouts, Memory], bytes]
"""Makes a file with a layout, or of texts in Markdown, which the memory knows."""
RenderedExport = Callable[[Course, Schedule], Mapping[str, RenderedMaker]]
"""Names such files of one export."""

EXPORTS: tuple[Export, ...] = (
    export_course,
    export_full_syllabus,
    export_calendars,
    export_citations,
    export_search,
    export_ticks,
)
RENDERED_EXPORTS: tuple[RenderedExport, ...] = (export_feed,)


def list_exports(course: Course, schedule: Schedule) -> dict[str, ExportMaker]:
    """Return the maker of each file that the exports have for a dated course, by its path in the site."""
    return {path: maker for export in EXPORTS for path, maker in export(course, schedule).items()}


def list_rendered_exports(
    course: Course, schedule: Schedule, layouts: Layouts, memory: Memory
) -> dict[str, ExportMaker]:
    """Return the same for what is made with layouts, or of texts in Markdown."""
    makers = {path: maker for export in RENDERED_EXPORTS for path, maker in export(course, schedule).items()}
    return {path: partial(_make_rendered, maker, layouts, memory) for path, maker in makers.items()}


def _make_rendered(maker: RenderedMaker, layouts: Layouts, memory: Memory, plan: Plan) -> bytes:
    return maker(plan, layouts, memory)
