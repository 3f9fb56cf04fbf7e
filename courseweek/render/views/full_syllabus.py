"""The full syllabus: the texts of pages, and the schedule with all that is to be read, as one document has them."""

from __future__ import annotations

from dataclasses import replace

from markupsafe import Markup, escape

from courseweek.files.paths import relative_link
from courseweek.plan.full_syllabus import is_public, list_chapters, text_of
from courseweek.plan.plan import Plan, PlannedPage
from courseweek.regex import lazy_pattern
from courseweek.render.markdown.element_ids import OWN_PREFIX, put_under
from courseweek.render.markdown.markup import lower_headings
from courseweek.render.views.dates import view_dates
from courseweek.render.views.layout_values import ChapterView, DeadlineView, FullSyllabusView, RowView, WeekView
from courseweek.render.views.rows import NotesOf, Rows
from courseweek.render.views.texts import Texts
from courseweek.render.views.workloads import view_workload
from courseweek.schedule.focus import Focus

_PLACE = lazy_pattern(r' href="(?=#(?!page\.))')


def view_full_syllabus(plan: Plan, page: PlannedPage, texts: Texts) -> FullSyllabusView:
    """Return the document as its page shows it."""
    home, rows, anchored = plan.pages[0], make_rows(plan, page, texts), set[str]()
    weeks = list_weeks(rows, anchored)
    name = texts.path.removesuffix(".html")
    return FullSyllabusView(
        home=_view_text(home, 0, texts) if is_public(home, plan) and text_of(home) else None,
        chapters=tuple(_view_text(page, at, texts) for at, page in enumerate(list_chapters(plan), 1)),
        dates=list_dates(plan, texts.path),
        weeks=weeks,
        undated=list_undated(rows, anchored),
        markdown=relative_link(texts.path, f"{name}.md"),
        pdf=relative_link(texts.path, f"{name}.pdf") if plan.course.syllabus.site.pdf else None,
        workload=view_workload(plan, weeks),
    )


def make_rows(plan: Plan, page: PlannedPage, texts: Texts) -> Rows:
    """Return what makes the rows of the document: on no day is any of them marked, and no notes are with them."""
    unmarked = Focus(plan.now, None, None, (), (), None, None, (), "over")
    return Rows(plan, unmarked, page, texts, NotesOf(replace(plan, notes=(), announcements=())))


def list_weeks(rows: Rows, anchored: set[str]) -> tuple[WeekView, ...]:
    """Return the weeks with all readings in full; each has its anchor where it is first, unless it is in `anchored`.

    A unit opens once, whatever other rows are between its own.
    """
    unit: str | None = None
    weeks = []
    for week in rows.weeks():
        found = []
        for row in _with_readings(week.rows, rows, anchored):
            opens = row.opens_unit and row.unit != unit
            unit = row.unit if opens else unit
            found.append(replace(row, opens_unit=opens))
        weeks.append(replace(week, rows=tuple(found)))
    return tuple(weeks)


def list_undated(rows: Rows, anchored: set[str]) -> tuple[RowView, ...]:
    """Return the meetings whose date is to be decided in the same way."""
    return _with_readings(rows.undated(), rows, anchored)


def list_dates(plan: Plan, path: str) -> tuple[DeadlineView, ...]:
    """Return all dates but those of series, of which each is at its meeting."""
    of_series = {each.id for each in plan.schedule.deadlines if each.assignment.each is not None}
    return tuple(each for each in view_dates(plan, path) if each.word not in ("due", "out") or each.id not in of_series)


def _with_readings(views: tuple[RowView, ...], rows: Rows, anchored: set[str]) -> tuple[RowView, ...]:
    meetings = {row.id: row for row in rows.plan.schedule.all_meetings}

    def in_full(view: RowView) -> RowView:
        meeting = meetings.get(view.id)
        if meeting is None:
            return view
        required = rows.groups(meeting.required, anchored)
        return replace(view, required=required, optional=rows.groups(meeting.optional, anchored))

    return tuple(map(in_full, views))


def _view_text(page: PlannedPage, at: int, texts: Texts) -> ChapterView:
    """Return the text of a page: its ids are under one of its own, and other places are on the page itself."""
    text, id = texts.of_page("prose", text_of(page), page.path), f"{OWN_PREFIX}text-{at}"
    heading = page.source.heading if page.source is not None else None
    title = texts.of_page("inline", heading.text, page.path) if heading is not None else escape(page.title)
    below = 1 if at else 0
    text = lower_headings(text, below + 1 if "<h1" in text else below) if "<h" in text else text
    original = relative_link(texts.path, page.path)
    text = Markup(_PLACE.sub(f' href="{original}', put_under(text, id)))
    return ChapterView(id, title if at else None, text)
