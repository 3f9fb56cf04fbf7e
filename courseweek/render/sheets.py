"""Pages that are ready to be rendered: their own texts, and all else that a layout is given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from markupsafe import Markup, escape

from courseweek.diagnostics import Span
from courseweek.files.paths import relative_link
from courseweek.frozen import dataclass
from courseweek.plan.calendar_page import find_calendar_page
from courseweek.plan.changes import CHANGES, FEED
from courseweek.plan.full_syllabus import find_full_syllabus
from courseweek.plan.pages import pages_of_assignment
from courseweek.plan.parts import Part, PartName, Prose
from courseweek.plan.plan import (
    CHOICE_SCRIPT,
    CITE_SCRIPT,
    DATES_SCRIPT,
    FINDER_SCRIPT,
    MORE_STYLE,
    PRINT_STYLE,
    SCRIPT,
    STYLE_SHEET,
    Plan,
    PlannedPage,
)
from courseweek.plan.suggest_page import find_suggest_page
from courseweek.published.citations.citation_files import WHOLE
from courseweek.published.citations.works import Bibliography
from courseweek.read.course import READINGS_FILE, SYLLABUS_FILE
from courseweek.regex import lazy_pattern
from courseweek.render.markdown.remarks import Findings
from courseweek.render.markdown.rendered_text import Kind, TextRenderer
from courseweek.render.sizes import Scale, TooLarge
from courseweek.render.views.assignments import view_assignments
from courseweek.render.views.board import view_board
from courseweek.render.views.calendars import view_calendars
from courseweek.render.views.changes import link_to_changes, list_places, view_changes
from courseweek.render.views.choices import view_script_of_choices
from courseweek.render.views.citations import link_citations
from courseweek.render.views.dates import view_agenda
from courseweek.render.views.encoding import encode
from courseweek.render.views.facts import view_course, view_every_week
from courseweek.render.views.full_syllabus import view_full_syllabus
from courseweek.render.views.grading import view_schemes
from courseweek.render.views.layout_values import (
    AnnouncementView,
    BlockView,
    CountdownView,
    LinkView,
    NavView,
    PageView,
)
from courseweek.render.views.levels import fit_announcement, level_blocks, name_alerts
from courseweek.render.views.meeting_pages import MeetingPages
from courseweek.render.views.meta import MetaViews
from courseweek.render.views.notes import Subjects, count_news, list_headlines, view_announcement
from courseweek.render.views.now import view_due_next, view_now, view_this_week
from courseweek.render.views.office_hours import view_coming_hours
from courseweek.render.views.people import join_hours, view_hours, view_people, view_staff
from courseweek.render.views.rows import NotesOf, Rows, make_ruler, view_columns
from courseweek.render.views.suggesting import view_suggesting
from courseweek.render.views.texts import Texts
from courseweek.schedule.focus import Focus

_NEEDS_MORE_STYLE = lazy_pattern(r"(?m)\||```|~~~|\$|\\[(\[]|!\[|^[ \t]*(?:>|<|    |\t|[-*+] \[)")
"""What may be a table, code, a formula, a picture, a quotation, HTML or a task in Markdown.

More style than a page needs does no harm.
"""
_WITHOUT_PARTS: dict[str, Any] = {
    "people": None,
    "every_week": None,
    "current_week": None,
    "built": None,
    "description": None,
    "now": None,
    "due_next": None,
    "this_week": None,
    "coming_hours": None,
    "columns": None,
    "weeks": (),
    "undated": (),
    "ruler": (),
    "titles": (),
    "listings": (),
    "citations": (),
    "staff": (),
    "office_hours": None,
    "schemes": (),
    "late_policy": None,
    "assignments": (),
    "described": (),
    "agenda": None,
    "board": None,
    "past_terms": (),
    "headlines": (),
    "changes": (),
    "meeting": None,
    "full_syllabus": None,
    "calendars": (),
    "suggesting": None,
}
"""What a layout is given of all that its page does not have."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text of a page; `taken` are the ids that it must not have."""

    kind: Kind
    text: str
    taken: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Shared:
    """What the layouts of all pages are given, and the same encoded."""

    values: dict[str, Any]
    encoded: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything that one page is rendered from: values that have an encoding.

    `texts` are those of its `blocks`, of which each is a text or, by its name, a part; then its title, if it is
    `headed`; then each of its `announcements`, with the title where that is marked. `given` is what else the layout
    gets, and `shared` what any other gets too. `places` are those of the texts in the sources, and `yaml` is what was
    found in the texts of the YAML files that the page shows. `too_large` says why it is not rendered, if it would have
    more than a page may have.
    """

    layout: str
    page: PageView
    texts: tuple[Text, ...]
    blocks: tuple[PartName | None, ...]
    headed: bool
    announcements: tuple[tuple[AnnouncementView, bool], ...]
    given: dict[str, Any]
    shared: Shared
    places: tuple[Span, ...]
    yaml: Findings
    too_large: TooLarge | None = None

    @property
    def around(self) -> str:
        """All but the texts, as a text that differs where any of it does."""
        own = encode((self.layout, self.page, self.blocks, self.headed, self.announcements, self.given))
        return f"{self.shared.encoded}\0{own}"

    @property
    def stretches(self) -> int:
        """How many of the texts, the first ones, are the page's own prose; parts of the course are between them."""
        return self.blocks.count(None)

    def fill(self, rendered: Sequence[Markup]) -> dict[str, Any]:
        """Return what the layout is given, with the page's texts as HTML."""
        html = iter([name_alerts(each, self.shared.values["locale"]) for each in rendered])
        blocks = level_blocks([BlockView(None, part) if part else BlockView(next(html), None) for part in self.blocks])
        heading = next(html) if self.headed else escape(self.page.title)
        announcements = []
        for announcement, headed in self.announcements:
            text = fit_announcement(next(html), announcement.id)
            title = next(html) if headed else escape(announcement.title)
            announcements.append(replace(announcement, heading=title, text=text))
        return {
            **self.shared.values,
            **self.given,
            "page": replace(self.page, blocks=blocks, heading=heading),
            "announcements": tuple(announcements),
        }


class Sheets:
    """Makes the sheets of a plan."""

    def __init__(self, plan: Plan, focus: Focus, fragments: TextRenderer) -> None:
        """Take the plan, what is on, and what renders the YAML texts."""
        self.plan = plan
        self.focus = focus
        self._fragments = fragments
        self._notes = NotesOf(plan)
        self._bibliography = Bibliography(plan.course, plan.schedule)
        self._subjects = Subjects(plan)
        self._meetings: MeetingPages | None = None
        self._document = find_full_syllabus(plan)
        self._calendar = find_calendar_page(plan)
        self._suggest = find_suggest_page(plan)
        self._described = frozenset().union(*map(pages_of_assignment, plan.schedule.assignments))
        course = view_course(plan.course)
        self._rows = {row.id: row for row in plan.schedule.all_meetings}
        self._meta = MetaViews(plan, self._rows, course.description)
        shared = {"course": course, "locale": plan.locale, **_WITHOUT_PARTS}
        self._shared = Shared(shared, encode(shared))
        self._shared_weight: int | None = None
        # From all pages of one folder the navigation looks the same, but from those that are in it.
        self._in_nav = frozenset(each.path for each in plan.nav)
        self._announcements = frozenset(each.id for each in plan.course.announcements)
        self._navs: dict[str, tuple[NavView, ...]] = {}

    def make(self, page: PlannedPage) -> Sheet:
        """Return the sheet of a page."""
        parts = frozenset(block.name for block in page.blocks if isinstance(block, Part))
        taken = self._taken_ids(page, parts)
        prose = [block for block in page.blocks if isinstance(block, Prose)]
        texts = [Text("prose", block.text, taken) for block in prose]
        places = [block.span for block in prose]
        heading = page.source.heading if page.source is not None else None
        if heading is not None:
            texts.append(Text("inline", heading.text))
            places.append(heading)
        announcements = []
        for each in self.plan.announcements if "announcements" in parts else ():
            texts.append(Text("prose", each.page.text, self._taken_below(each.id)))
            places.append(each.page.body)
            if each.page.heading is not None:
                texts.append(Text("inline", each.page.heading.text))
                places.append(each.page.heading)
            view = view_announcement(each, self._subjects.link(each.meeting, page.path), self.plan)
            announcements.append((view, each.page.heading is not None))
        yaml = Findings()
        yaml_texts = Texts(self.plan, page.path, yaml, self._fragments)
        sheet = Sheet(
            page.layout,
            self._view_page(page, parts),
            tuple(texts),
            tuple(block.name if isinstance(block, Part) else None for block in page.blocks),
            heading is not None,
            tuple(announcements),
            {},
            self._shared,
            tuple(places),
            yaml,
        )
        try:
            given = self._view_given(page, parts, yaml_texts)
            self._weigh(page.path, sheet.page, given)
        except TooLarge as error:
            return replace(sheet, too_large=error)
        if yaml_texts.need_more_style:
            sheet = replace(sheet, page=replace(sheet.page, style_sheets=self._style_sheets(page, light=False)))
        return replace(sheet, given=given)

    def _weigh(self, path: str, *values: Any) -> None:
        """Raise `TooLarge` where a page would show too much; what all pages show is weighed once."""
        if self._shared_weight is None:
            shared = Scale(path)
            shared.weigh(self._shared.values)
            self._shared_weight = shared.weight
        try:
            Scale(path).weigh(*values, known=self._shared_weight)
        except TooLarge:
            Scale(path).weigh(*values, self._shared.values)  # which names the text to blame, whosever it is
            raise

    def _view_given(self, page: PlannedPage, parts: frozenset[PartName], texts: Texts) -> dict[str, Any]:
        """Return what a layout is given beside the page itself, as far as this page has any of it."""
        plan, course = self.plan, self.plan.course
        given: dict[str, Any] = {"about": self._subjects.view(page)}
        if page.meeting is not None or page in (self._calendar, self._suggest):
            return given | self._view_only(page, texts)
        if page.name in self._described:
            given["described"] = view_assignments(plan, texts, of_page=page.name)
        if page.path == "index.html":
            given["headlines"] = list_headlines(plan, page.path)
            given["past_terms"] = tuple(LinkView(term.title, term.home) for term in course.past_terms)
            given["people"] = view_people(plan, page.path)
        if page is self._document:
            given["full_syllabus"] = view_full_syllabus(plan, page, texts)
            parts |= {"staff", "grading", "deadlines"}
        if page.path == "index.html" or page is self._document:
            given["every_week"] = view_every_week(course, texts)
            given["description"] = texts.block(course.syllabus.description) if course.syllabus.description else None
        if page.path == "index.html" or parts & {"schedule", "readings", "this-week"}:
            given |= self._view_rows(page, texts, parts)
        return given | self._view_parts(page, texts, parts)

    def _view_parts(self, page: PlannedPage, texts: Texts, parts: frozenset[PartName]) -> dict[str, Any]:
        """Return what a layout is given for the parts of the course that are not of the schedule."""
        plan, course = self.plan, self.plan.course
        given: dict[str, Any] = {}
        if "staff" in parts:
            given["staff"] = view_staff(plan, texts)
            given["office_hours"] = view_hours(plan, texts)
        if "grading" in parts:
            given["schemes"] = view_schemes(plan, texts)
        if course.syllabus.late_policy:
            given["late_policy"] = texts.block(course.syllabus.late_policy)
        if "deadlines" in parts:
            given["assignments"] = view_assignments(plan, texts)
            given["agenda"] = view_agenda(plan, page.path)
        if "presentations" in parts:
            given["board"] = view_board(plan, texts)
        if "changes" in parts:
            given["changes"] = view_changes(plan, page.path)
        return given

    def _view_only(self, page: PlannedPage, texts: Texts) -> dict[str, Any]:
        """Return what only the page of a meeting, that with the calendars or that for suggestions is given."""
        if page is self._suggest:
            return {"suggesting": view_suggesting(self.plan, page.path)}
        if page.meeting is None:
            return {"calendars": view_calendars(self.plan, page.path)}
        self._meetings = self._meetings or MeetingPages(self.plan, self._notes)
        return {
            "meeting": self._meetings.view(
                page, Rows(self.plan, self.focus, page, texts, self._notes, self._bibliography)
            )
        }

    def _view_rows(self, page: PlannedPage, texts: Texts, parts: frozenset[PartName]) -> dict[str, Any]:
        """Return what a layout is given of the schedule's rows and of the readings."""
        plan, focus = self.plan, self.focus
        rows = Rows(plan, focus, page, texts, self._notes, self._bibliography if "readings" in parts else None)
        today = focus.now.astimezone(plan.course.syllabus.term.zone).date()
        actual = next((week.id for week in plan.schedule.weeks if week.begins_at <= focus.now < week.finishes_at), None)
        weeks = rows.weeks()
        return {
            "now": view_now(plan, focus, weeks, page.path),
            "due_next": view_due_next(plan, focus, weeks, page.path),
            "this_week": view_this_week(plan, focus, weeks),
            "coming_hours": view_coming_hours(plan, texts),
            "columns": view_columns(plan),  # by the notes as well, so no page without rows may depend on it
            "weeks": weeks,
            "current_week": next((week.name for week in weeks if week.id == actual), None),
            "built": plan.locale.gettext("Built {day}", day=plan.locale.dated_day(today)),
            "undated": rows.undated(),
            "ruler": make_ruler(
                weeks, (week.number for week in plan.schedule.weeks), plan.course.syllabus.term.first_week, plan.locale
            )
            if weeks
            else (),
            "titles": rows.titles() if "readings" in parts else (),
            "listings": rows.listings(weeks) if "readings" in parts else (),
            "citations": link_citations(plan, WHOLE, page.path) if "readings" in parts else (),
        }

    def _view_page(self, page: PlannedPage, parts: frozenset[PartName]) -> PageView:
        """Return the page without its texts."""
        plan, root, document = self.plan, _root(self.plan, page), self._document
        dated = page.meeting is not None or page.name in self._described or "deadlines" in parts
        timed = "staff" in parts and any(each.time for each in join_hours(plan))
        texts = [block.text for block in page.blocks if isinstance(block, Prose)]
        texts.append(plan.course.syllabus.description or "")
        styled = any(map(_NEEDS_MORE_STYLE.search, texts))
        light = page.path == "index.html" and parts <= {"schedule", "this-week"} and not styled

        def link(target: str) -> str:
            return root + relative_link(page.path, target)

        return PageView(
            path=page.path,
            title=page.title,
            heading=Markup(""),
            is_home=page.path == "index.html",
            has_today="schedule" in parts,
            home=link("index.html"),
            style_sheets=self._style_sheets(page, light=light),
            print_style=link(PRINT_STYLE),
            script=link(SCRIPT) if "schedule" in parts or (page.path == "index.html" and plan.announcements) else None,
            search=link(FINDER_SCRIPT),
            edit=self._edit(page),
            meta=self._meta.view(page, root),
            nav=self._view_nav(page, root),
            blocks=(),
            full_syllabus=LinkView(document.title, link(document.path))
            if document is not None and page.path == "index.html"
            else None,
            countdown=CountdownView(link(DATES_SCRIPT), plan.course.syllabus.term.timezone, plan.locale.hour_cycle)
            if dated or timed
            else None,
            choice=view_script_of_choices(plan.course.syllabus, link(CHOICE_SCRIPT))
            if page.path == "index.html"
            or page is self._calendar
            or dated
            or parts & {"schedule", "grading", "this-week"}
            else None,
            feed=LinkView(f"{(plan.course.syllabus.url or '').rstrip('/')}/{FEED}", link(FEED))
            if FEED in plan.exports
            else None,
            follow=link(self._calendar.path) + "#follow"
            if self._calendar is not None and page is not self._calendar and FEED in plan.exports
            else None,
            changes=self._link_to_changes(page, root),
            calendar=LinkView(self._calendar.title, link(self._calendar.path)) if self._calendar is not None else None,
            cite_script=link(CITE_SCRIPT) if page.meeting is not None or "readings" in parts else None,
            suggest=link(self._suggest.path) if self._suggest is not None and "schedule" in parts else None,
        )

    def _link_to_changes(self, page: PlannedPage, root: str) -> str | None:
        """Return the link to what has changed from any other page; None from that page itself."""
        if any(block == Part(CHANGES) for block in page.blocks):
            return None
        href = link_to_changes(self.plan, page.path)
        return root + href if href is not None else None

    def _style_sheets(self, page: PlannedPage, *, light: bool) -> tuple[str, ...]:
        """Return the links to the style sheets of a page; a light one does without the second."""
        root = _root(self.plan, page)
        sheets = (STYLE_SHEET,) if light else (STYLE_SHEET, MORE_STYLE)
        return tuple(root + relative_link(page.path, each) for each in sheets)

    def _edit(self, page: PlannedPage) -> str | None:
        """Return where a page is edited in the web: its file in `content/`, its topic, or the file of its only part."""
        repository = self.plan.course.syllabus.repository
        if repository is None:
            return None
        if page.source is not None:
            return repository.edit(page.source.body.file)
        if page.meeting is not None:
            topic = self._rows[page.meeting].written
            return repository.edit(SYLLABUS_FILE, topic.origin.span.line if topic is not None else None)
        if page.name == "readings" or page is self._suggest:
            return repository.edit(READINGS_FILE)
        # An announcement has its own link, and the 404 page has no source.
        return None if page.name in ("announcements", "404") else repository.edit(SYLLABUS_FILE)

    def _view_nav(self, page: PlannedPage, root: str) -> tuple[NavView, ...]:
        folder = page.path.rpartition("/")[0]
        shared = not root and page.path not in self._in_nav
        if shared and folder in self._navs:
            return self._navs[folder]
        current = next((each for each in self.plan.nav if each.path == page.path), None)
        news = self.plan.page_with("announcements") if page.path == "index.html" else None
        nav = tuple(
            NavView(
                each.label,
                root + relative_link(page.path, each.path, each.place),
                current=each is current,
                count=count_news(self.plan) if news is not None and each.path == news.path else None,
            )
            for each in self.plan.nav
        )
        if shared:
            self._navs[folder] = nav
        return nav

    def _taken_ids(self, page: PlannedPage, parts: frozenset[PartName]) -> frozenset[str]:
        """Return the ids that the parts of a page give, and that nothing in its prose may have."""
        schedule, taken = self.plan.schedule, set[str]()
        if "schedule" in parts:
            taken |= {"today", *(week.id for week in schedule.weeks), *(row.id for row in schedule.all_meetings)}
            taken |= {line.id for week in schedule.weeks for line in week.events}
        if "this-week" in parts or page.path == "index.html":
            taken.add("today")
        if "readings" in parts:
            taken |= {f"reading-{reading.id}" for reading in schedule.readings}
        if "deadlines" in parts:
            taken |= {f"assignment-{each.id}" for each in schedule.assignments}
        if "announcements" in parts:
            ids = {each.id for each in self.plan.course.announcements}  # of all days: an id must not change with them
            taken |= ids | {f"{id}." for id in ids}
        if "changes" in parts:
            taken |= set(list_places(self.plan))
        return frozenset(taken)

    def _taken_below(self, id: str) -> frozenset[str]:
        """Return the ids that an announcement's text must not use, since prefixed they would be another's."""
        inner = {each.id.removeprefix(f"{id}.") for each in self.plan.course.announcements}
        taken = {each for each in inner if f"{id}.{each}" in self._announcements}
        return frozenset(taken | {f"{each}." for each in taken})


def _root(plan: Plan, page: PlannedPage) -> str:
    """Return what comes before the links of the 404 page: a server shows it at addresses of any depth.

    Without `course.url` nobody knows where the site's root is, and they stay relative.
    """
    if page.path != "404.html" or plan.course.syllabus.url is None:
        return ""
    folder = urlsplit(plan.course.syllabus.url).path.strip("/")
    return f"/{folder}/" if folder else "/"
