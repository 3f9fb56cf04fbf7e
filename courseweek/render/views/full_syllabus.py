"""The full syllabus: the texts of pages, and the schedule with all that is to be read, as one document has them."""

from __future__ import annotations

from dataclasses import replace

from markupsafe import Markup, escape

from courseweek.files.paths import relative_link
from courseweek.model.meeting import AnyMeeting
from courseweek.plan.full_syllabus import is_public, list_chapters, text_of
from courseweek.plan.plan import Plan, PlannedPage
from courseweek.regex import lazy_pattern
from courseweek.render.markdown.element_ids import OWN_PREFIX, put_under
from courseweek.render.markdown.markup import lower_headings
from courseweek.render.views.dates import view_dates
from courseweek.render.views.layout_values import ChapterView, DeadlineView, FullSyllabusView, RowView
from courseweek.render.views.rows import Rows
from courseweek.render.views.texts import Texts

_PLACE = lazy_pattern(r' href="(?=#(?!page\.))')


def view_full_syllabus(plan: Plan, rows: Rows, texts: Texts) -> FullSyllabusView:
    """Return the document as the page of these rows and texts shows it."""
    home, anchored = plan.pages[0], set[str]()
    meetings = {row.id: row for row in plan.schedule.all_meetings}

    def in_full(row: RowView) -> RowView:
        meeting = meetings.get(row.id)
        return row if meeting is None else _with_readings(row, meeting, rows, anchored)

    return FullSyllabusView(
        home=_view_text(home, 0, texts) if is_public(home, plan) and text_of(home) else None,
        chapters=tuple(_view_text(page, at, texts) for at, page in enumerate(list_chapters(plan), 1)),
        dates=tuple(_list_dates(plan, texts.path)),
        weeks=tuple(replace(week, rows=tuple(map(in_full, week.rows))) for week in rows.weeks()),
        undated=tuple(map(in_full, rows.undated())),
        markdown=relative_link(texts.path, f"{texts.path.removesuffix('.html')}.md"),
    )


def _with_readings(row: RowView, meeting: AnyMeeting, rows: Rows, anchored: set[str]) -> RowView:
    """Return a row with all of its readings in full."""
    required = rows.groups(meeting.required, anchored)
    return replace(row, required=required, optional=rows.groups(meeting.optional, anchored))


def _list_dates(plan: Plan, path: str) -> list[DeadlineView]:
    """Return all dates but those of series, of which each is at its meeting."""
    of_series = {each.id for each in plan.schedule.deadlines if each.assignment.each is not None}
    return [each for each in view_dates(plan, path) if each.word not in ("due", "out") or each.id not in of_series]


def _view_text(page: PlannedPage, at: int, texts: Texts) -> ChapterView:
    """Return the text of a page: its ids are under one of its own, and other places are on the page itself."""
    text, id = texts.of_page("prose", text_of(page), page.path), f"{OWN_PREFIX}text-{at}"
    heading = page.source.heading if page.source is not None else None
    title = texts.of_page("inline", heading.text, page.path) if heading is not None else escape(page.title)
    below = 1 if at else 0
    text = lower_headings(text, below + 1 if "<h1" in text else below) if "<h" in text else text
    original = relative_link(texts.path, page.path)
    return ChapterView(id, page.path, title if at else None, Markup(_PLACE.sub(f' href="{original}', put_under(text, id))))
