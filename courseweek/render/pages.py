"""Pages: prose, parts of the course and layouts come together as HTML in memory."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from markupsafe import Markup

from courseweek.diagnostics import Diagnostics, Span
from courseweek.plan import (
    SCRIPT,
    STYLE_SHEET,
    Part,
    Plan,
    PlannedPage,
    Prose,
    relative_link,
    resolve_link,
)
from courseweek.read.course import READINGS_FILE, SYLLABUS_FILE
from courseweek.render import words
from courseweek.render.assignments import view_assignments, view_deadline
from courseweek.render.board import view_board
from courseweek.render.facts import view_course, view_facts
from courseweek.render.grading import view_schemes
from courseweek.render.markup import Links, render_prose
from courseweek.render.notes import view_about, view_announcement
from courseweek.render.now import view_now
from courseweek.render.people import view_staff
from courseweek.render.rows import Rows, make_ruler
from courseweek.render.templates import Layouts
from courseweek.render.texts import Texts
from courseweek.render.views import AnnouncementView, BlockView, LinkView, PageView
from courseweek.schedule.focus import Focus


@dataclass(slots=True)
class PageLinks:
    """The links in one stretch of a page's prose, with the place of that stretch."""

    page: PlannedPage
    prose: Span
    links: Links = field(default_factory=Links)


@dataclass(frozen=True, slots=True)
class DrawnPages:
    """The pages as HTML by their path, the links of their prose, and those of the texts in YAML files."""

    html: dict[str, str]
    prose: tuple[PageLinks, ...]
    yaml: Links


def render_pages(plan: Plan, focus: Focus, layouts: Layouts, found: Diagnostics) -> DrawnPages:
    """Return all pages of the plan; what a layout does wrong is reported and its page left out."""
    html: dict[str, str] = {}
    prose: list[PageLinks] = []
    yaml = Links()
    same: dict[tuple[str, str], Markup] = {}
    for page in plan.pages:
        drawn = _render_page(plan, focus, Texts(plan, page.path, yaml, same), page, layouts, prose, found)
        if drawn is not None:
            html[page.path] = drawn
    return DrawnPages(html, tuple(prose), yaml)


def _render_page(
    plan: Plan,
    focus: Focus,
    texts: Texts,
    page: PlannedPage,
    layouts: Layouts,
    prose: list[PageLinks],
    found: Diagnostics,
) -> str | None:
    rows = Rows(plan, focus, page, texts)
    # Only a page that shows them needs the rows: a course can have hundreds of pages that do not.
    weeks = rows.weeks() if _shows_rows(page) else ()
    course = plan.course
    today = words.dated_day(focus.now.astimezone(course.term.zone).date())
    blocks = tuple(_view_block(plan, page, block, prose) for block in page.blocks)
    is_home = page.path == "index.html"
    due = tuple(view_deadline(each, plan, page.path) for each in focus.due)
    return layouts.draw(
        page.layout,
        page.source.origin.of("layout") if page.source is not None else None,
        found,
        course=view_course(course),
        page=_view_page(plan, page, blocks),
        facts=view_facts(course, texts) if is_home else (),
        description=texts.block(course.description) if course.description and is_home else None,
        now=view_now(focus, plan.schedule, weeks, today, due, follow_next=rows.follow_next)
        if _shows_rows(page)
        else None,
        columns=rows.columns(),
        weeks=weeks,
        ruler=make_ruler(weeks, (week.number for week in plan.schedule.weeks)) if weeks else (),
        titles=rows.titles() if Part("readings") in page.blocks else (),
        listings=rows.listings(weeks) if Part("readings") in page.blocks else (),
        staff=view_staff(plan, texts) if Part("staff") in page.blocks else (),
        schemes=view_schemes(plan, texts) if Part("grading") in page.blocks else (),
        late_policy=texts.block(course.late_policy) if course.late_policy else None,
        assignments=view_assignments(plan, texts) if Part("deadlines") in page.blocks else (),
        deadlines=tuple(view_deadline(each, plan, page.path, named=True) for each in plan.schedule.deadlines)
        if Part("deadlines") in page.blocks
        else (),
        about=view_about(plan, page),
        announcements=_view_announcements(plan, page, prose) if Part("announcements") in page.blocks else (),
        board=view_board(plan, texts) if Part("presentations") in page.blocks else None,
    )


def _shows_rows(page: PlannedPage) -> bool:
    shown = (Part("schedule"), Part("readings"), Part("this-week"))
    return page.path == "index.html" or any(part in page.blocks for part in shown)


def _view_page(plan: Plan, page: PlannedPage, blocks: tuple[BlockView, ...]) -> PageView:
    def link(target: str) -> str:
        return _root(plan, page) + relative_link(page.path, target)

    return PageView(
        path=page.path,
        title=page.title,
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


def _view_block(plan: Plan, page: PlannedPage, block: Prose | Part, prose: list[PageLinks]) -> BlockView:
    if isinstance(block, Part):
        return BlockView(None, block.name)
    links = PageLinks(page, block.span)
    prose.append(links)
    taken = _taken_ids(plan, page)

    def rewrite(target: str) -> str:
        return rewrite_link(plan, page, target)

    return BlockView(render_prose(block.text, links.links, rewrite, taken), None)


def _taken_ids(plan: Plan, page: PlannedPage) -> frozenset[str]:
    """Return the ids that the parts of a page give, and that nothing in its prose may have."""
    taken: set[str] = set()
    if Part("schedule") in page.blocks:
        taken |= {"today", *(week.id for week in plan.schedule.weeks), *(row.id for row in plan.schedule.meetings)}
    if Part("readings") in page.blocks:
        taken |= {f"reading-{reading.id}" for reading in plan.schedule.readings}
    if Part("deadlines") in page.blocks:
        taken |= {f"assignment-{each.id}" for each in plan.schedule.assignments}
    return frozenset(taken)


def _view_announcements(plan: Plan, page: PlannedPage, prose: list[PageLinks]) -> tuple[AnnouncementView, ...]:
    found = []
    for each in plan.announcements:
        links = PageLinks(page, each.page.body)
        prose.append(links)

        def rewrite(target: str) -> str:
            return rewrite_link(plan, page, target)

        text = render_prose(each.page.text, links.links, rewrite)
        found.append(view_announcement(each, _prefix_ids(text, each.id), plan.course.repository))
    return tuple(found)


def _prefix_ids(text: Markup, prefix: str) -> Markup:
    """Return a text with its ids, and its links to them, under a prefix: several texts share a page."""
    ids = set(re.findall(r' id="([^"]*)"', text))
    prefixed = re.sub(r' id="([^"]*)"', lambda match: f' id="{prefix}.{match[1]}"', text)

    def follow(match: re.Match[str]) -> str:
        return f' href="#{prefix}.{match[1]}"' if match[1] in ids else match[0]

    return Markup(re.sub(r' href="#([^"]*)"', follow, prefixed))


def rewrite_link(plan: Plan, page: PlannedPage, target: str) -> str:
    """Return the address to publish for a relative one: that of a page for the Markdown file behind it."""
    if re.search(r"\.md(?=$|[#?])", target) is None:
        return target
    drawn = re.sub(r"\.md(?=$|[#?])", ".html", target)
    path = resolve_link(page.path, drawn)
    return drawn if path in plan.paths or path in plan.withheld else target
