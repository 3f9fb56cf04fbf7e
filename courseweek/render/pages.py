"""Pages: prose, parts of the course and layouts come together as HTML in memory."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from courseweek.cache import Memory
from courseweek.diagnostics import Diagnostics
from courseweek.plan import SCRIPT, STYLE_SHEET, Part, Plan, PlannedPage, relative_link
from courseweek.read.course import READINGS_FILE, SYLLABUS_FILE
from courseweek.render import words
from courseweek.render.assignments import view_assignments, view_deadline
from courseweek.render.board import view_board
from courseweek.render.facts import view_course, view_facts
from courseweek.render.fragments import Fragments
from courseweek.render.grading import view_schemes
from courseweek.render.markup import Links
from courseweek.render.notes import view_about
from courseweek.render.now import view_now
from courseweek.render.people import view_staff
from courseweek.render.prose import PageLinks, PageTexts
from courseweek.render.rows import NotesOf, Rows, make_ruler
from courseweek.render.templates import Layouts
from courseweek.render.texts import Texts
from courseweek.render.views import BlockView, LinkView, PageView
from courseweek.schedule.focus import Focus


@dataclass(frozen=True, slots=True)
class DrawnPages:
    """The pages as HTML by their path, the links of their prose, and those of the texts in YAML files."""

    html: dict[str, str]
    prose: tuple[PageLinks, ...]
    yaml: Links


def render_pages(
    plan: Plan, focus: Focus, layouts: Layouts, found: Diagnostics, memory: Memory | None = None
) -> DrawnPages:
    """Return all pages of the plan; what a layout does wrong is reported and its page left out."""
    memory = memory or Memory()
    fragments, yaml, html = Fragments(memory), Links(), dict[str, str]()
    prose = PageTexts(plan, fragments)
    prose.draw_ahead()
    about = NotesOf(plan)
    new: dict[str, str] = {}
    for page in plan.pages:
        texts = Texts(plan, page.path, yaml, fragments)
        shown = _view_shown(plan, focus, page, texts, prose, about)
        question = f"{layouts.identity}\0{page.layout}\0{shown!r}"
        drawn = memory.recall("page", question)
        if drawn is None:
            wanted_at = page.source.origin.of("layout") if page.source is not None else None
            drawn = layouts.draw(page.layout, wanted_at, found, **shown)
            if drawn is not None:
                new[question] = drawn
        if drawn is not None:
            html[page.path] = drawn
    if new and not layouts.have_changed():
        for question, drawn in new.items():
            memory.remember("page", question, drawn)
    return DrawnPages(html, tuple(prose.found), yaml)


def _view_shown(
    plan: Plan, focus: Focus, page: PlannedPage, texts: Texts, prose: PageTexts, notes: NotesOf
) -> dict[str, Any]:
    """Return all that a layout is given to draw a page: plain values, so that their `repr` says all about it."""
    rows = Rows(plan, focus, page, texts, notes)
    # Only a page that shows them needs the rows: a course can have hundreds of pages that do not.
    weeks = rows.weeks() if _shows_rows(page) else ()
    course = plan.course
    today = words.dated_day(focus.now.astimezone(course.term.zone).date())
    blocks = prose.blocks(page)
    is_home = page.path == "index.html"
    due = tuple(view_deadline(each, plan, page.path) for each in focus.due)
    return {
        "course": view_course(course),
        "page": _view_page(plan, page, blocks, prose),
        "facts": view_facts(course, texts) if is_home else (),
        "description": texts.block(course.description) if course.description and is_home else None,
        "now": view_now(focus, plan.schedule, weeks, today, due, follow_next=rows.follow_next)
        if _shows_rows(page)
        else None,
        "columns": rows.columns(),
        "weeks": weeks,
        "ruler": make_ruler(weeks, (week.number for week in plan.schedule.weeks)) if weeks else (),
        "titles": rows.titles() if Part("readings") in page.blocks else (),
        "listings": rows.listings(weeks) if Part("readings") in page.blocks else (),
        "staff": view_staff(plan, texts) if Part("staff") in page.blocks else (),
        "schemes": view_schemes(plan, texts) if Part("grading") in page.blocks else (),
        "late_policy": texts.block(course.late_policy) if course.late_policy else None,
        "assignments": view_assignments(plan, texts) if Part("deadlines") in page.blocks else (),
        "deadlines": tuple(view_deadline(each, plan, page.path, named=True) for each in plan.schedule.deadlines)
        if Part("deadlines") in page.blocks
        else (),
        "about": view_about(plan, page),
        "announcements": prose.announcements(page) if Part("announcements") in page.blocks else (),
        "board": view_board(plan, texts) if Part("presentations") in page.blocks else None,
    }


def _shows_rows(page: PlannedPage) -> bool:
    shown = (Part("schedule"), Part("readings"), Part("this-week"))
    return page.path == "index.html" or any(part in page.blocks for part in shown)


def _view_page(plan: Plan, page: PlannedPage, blocks: tuple[BlockView, ...], prose: PageTexts) -> PageView:
    def link(target: str) -> str:
        return _root(plan, page) + relative_link(page.path, target)

    return PageView(
        path=page.path,
        title=page.title,
        heading=prose.heading(page, page.source.heading if page.source is not None else None, page.title),
        is_home=page.path == "index.html",
        home=link("index.html"),
        style_sheet=link(STYLE_SHEET),
        script=link(SCRIPT) if Part("schedule") in page.blocks else None,
        edit=_edit(plan, page),
        nav=tuple(LinkView(each.label, link(each.path), current=each is page) for each in plan.nav),
        blocks=blocks,
    )


def _edit(plan: Plan, page: PlannedPage) -> str | None:
    """Return where a page is edited in the web: its file in `content/`, or the file of what alone stands on it."""
    repository = plan.course.repository
    if repository is None:
        return None
    if page.source is not None:
        return repository.edit(page.source.body.file)
    if page.name == "readings":
        return repository.edit(READINGS_FILE)
    # A notice has a link of its own, and the page for addresses that lead nowhere no source.
    return None if page.name in ("announcements", "404") else repository.edit(SYLLABUS_FILE)


def _root(plan: Plan, page: PlannedPage) -> str:
    """Return what stands before the links of the 404 page: a server shows it at addresses of any depth.

    Without `course.url` nobody knows where the site's root is, and they stay relative.
    """
    if page.path != "404.html" or plan.course.url is None:
        return ""
    folder = urlsplit(plan.course.url).path.strip("/")
    return f"/{folder}/" if folder else "/"
