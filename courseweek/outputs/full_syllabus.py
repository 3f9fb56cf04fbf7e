"""`syllabus.md`: the full syllabus as Markdown, with the facts of `syllabus.html` and texts as they were written.

Links are absolute where the course has an address.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from urllib.parse import urlsplit

from markupsafe import Markup

from courseweek.cache import Memory
from courseweek.files.paths import relative_link, resolve_link, to_page
from courseweek.model.course import Course
from courseweek.model.meeting import Schedule
from courseweek.outputs.markdown_text import MarkdownFitter, indent, write_link, write_plain
from courseweek.plan.full_syllabus import find_full_syllabus, is_public, list_chapters, name_full_syllabus, text_of
from courseweek.plan.plan import Plan, PlannedPage
from courseweek.render.markdown.remarks import Findings
from courseweek.render.markdown.rendered_text import TextRenderer
from courseweek.render.sizes import join_page
from courseweek.render.views.assignments import view_assignments
from courseweek.render.views.facts import view_course, view_every_week
from courseweek.render.views.full_syllabus import list_dates, list_undated, list_weeks, make_rows
from courseweek.render.views.grading import view_schemes
from courseweek.render.views.layout_values import (
    AssignmentView,
    DeadlineView,
    GroupView,
    LinkView,
    ReadingView,
    RowView,
    StaffView,
)
from courseweek.render.views.people import view_hours, view_staff
from courseweek.render.views.texts import Texts
from courseweek.render.views.workloads import view_workload


def export_full_syllabus(course: Course, schedule: Schedule) -> dict[str, Callable[[Plan], bytes]]:
    """Return the one file of this export with its maker; none where the course has pages of all its names."""
    name = name_full_syllabus(course)
    return {} if name is None else {f"{name}.md": make_full_syllabus}


def make_full_syllabus(plan: Plan) -> bytes:
    """Return the full syllabus as Markdown in UTF-8; raise `TooLarge` where it would be longer than a page may be."""
    page = find_full_syllabus(plan)
    assert page is not None
    blocks = (block.rstrip() for block in _Writer(plan, page).write() if block.strip())
    return join_page(page.path, (f"{block}\n\n" for block in blocks)).removesuffix("\n").encode()


class _WrittenTexts(Texts):
    """Gives the texts of the YAML files as they were written, instead of HTML."""

    def inline(self, text: str) -> Markup:
        self.scale.add(text)
        return Markup(text)

    def block(self, text: str) -> Markup:
        return self.inline(text)


class _Writer:
    """Writes the blocks of the document, each without an empty line around it."""

    def __init__(self, plan: Plan, page: PlannedPage) -> None:
        self.plan = plan
        self.page = page
        self._ = plan.locale.gettext
        self.comma = plan.locale.comma
        self.texts = _WrittenTexts(plan, page.path, Findings(), TextRenderer(Memory()))
        url = plan.course.syllabus.url
        self.base = f"{url.rstrip('/')}/" if url else ""
        self.fitter = MarkdownFitter(self._follow)

    def write(self) -> Iterator[str]:
        """Yield all blocks in their order."""
        plan, course, _ = self.plan, view_course(self.plan.course), self._
        syllabus, home = plan.course.syllabus, plan.pages[0]
        yield f"# {write_plain(course.title)}"
        yield " · ".join(write_plain(each) for each in (course.code, course.headline) if each)
        yield "\n".join(self._every_week())
        if syllabus.description:
            yield self._yaml(syllabus.description)
        if is_public(home, plan):
            yield self.fitter.fit_page(text_of(home), home.path, 0)
        yield from self._headed(2, _("Staff"), ["\n".join(map(self._person, view_staff(plan, self.texts)))])
        yield from self._headed(2, _("Office hours"), self._hours())
        yield from self._headed(2, _("Grading"), self._grading())
        yield from self._headed(2, _("Assignments"), self._assignments(view_assignments(plan, self.texts)))
        dates = [f"- {self._when(each)}: {self._what(each)}" for each in list_dates(plan, self.page.path)]
        yield from self._headed(2, _("Deadlines and exams"), ["\n".join(dates)])
        yield from self._headed(2, _("Reading by week"), self._workload())
        yield from self._headed(2, _("Schedule"), self._schedule())
        for chapter in list_chapters(plan):
            heading = chapter.source.heading if chapter.source is not None else None
            title = self.fitter.fit_yaml(heading.text, chapter.path) if heading else write_plain(chapter.title)
            yield f"## {title}"
            yield self.fitter.fit_page(text_of(chapter), chapter.path, 1)

    def _follow(self, address: str, path: str) -> str:
        """Return the address in the document for one on the page at this path; others stay as they are."""
        page = to_page(address)
        reached = resolve_link(path, page)
        if reached is None or reached.startswith("../"):
            return address
        after = page.partition("#")[1:]
        if reached and reached not in self.plan.paths and reached not in self.plan.withheld:
            return address
        return self.base + relative_link(self.page.path, reached or path) + "".join(after)

    def _address(self, href: str | None) -> str | None:
        """Return an address of a view, absolute if the course has one."""
        if href is None or not self.base or urlsplit(href).scheme or href.startswith("//"):
            return href
        return self.base + (f"{self.page.path}{href}" if href.startswith("#") else href)

    def _yaml(self, text: str) -> str:
        return self.fitter.fit_yaml(text, "index.html")

    def _headed(self, level: int, heading: str, blocks: Iterable[str]) -> Iterator[str]:
        """Yield blocks below a heading; nothing if there are none."""
        first = True
        for block in blocks:
            if block.strip():
                if first:
                    yield f"{'#' * level} {heading}"
                first = False
                yield block

    def _entry(self, line: str, *texts: Markup | None) -> str:
        """Return an entry of a list, with texts of YAML files as its other paragraphs."""
        more = [indent(self._yaml(text), 2) for text in texts if text is not None]
        return "\n\n".join([f"- {line}", *more])

    def _link(self, link: LinkView) -> str:
        return write_link(write_plain(link.label), self._address(link.href))

    def _every_week(self) -> Iterator[str]:
        every_week = view_every_week(self.plan.course, self.texts)
        for kind in every_week.patterns if every_week is not None else ():
            yield f"- {write_plain(kind.label)}: {'; '.join(map(self._link, kind.lines))}"
        for it in every_week.channels if every_week is not None else ():
            note = f" ({write_plain(it.note)})" if it.note else ""
            text = f": {' '.join(self._yaml(it.text).split())}" if it.text is not None else ""
            yield f"- {self._link(it)}{text}{note}"

    def _person(self, it: StaffView) -> str:
        name = write_link(write_plain(it.name), self._address(it.href))
        pronouns = f" ({write_plain(it.pronouns)})" if it.pronouns else ""
        email = f"[{write_plain(it.email)}](mailto:{it.email})" if it.email else None
        hours = [self._("Office hours: {text}", text=each) for each in it.office_hours]
        line = self.comma.join([f"**{name}**{pronouns}", *map(write_plain, it.facts), *filter(None, [email])])
        return self._entry("; ".join([line, *map(write_plain, hours)]), it.note)

    def _hours(self) -> Iterator[str]:
        hours = view_hours(self.plan, self.texts)
        entries = []
        for it in hours.rows if hours is not None else ():
            when = self.comma.join(filter(None, (it.day, it.hours)))
            where = [self._link(it.place)] if it.place is not None else []
            entries.append(self._entry(f"{when}: {', '.join([*map(write_plain, it.who), *where])}", it.note))
        yield "\n".join(entries)

    def _grading(self) -> Iterator[str]:
        for scheme in view_schemes(self.plan, self.texts):
            if scheme.name:
                yield f"### {write_plain(scheme.name)}"
            entries = []
            for part in scheme.parts:
                alternative = f"{self._('or')} " if part.alternative else ""
                weight = f": {write_plain(part.weight)}" if part.weight else ""
                entry = self._entry(f"{alternative}{write_plain(part.name)}{weight}", part.note)
                entries.append(indent(entry, 2 * part.depth))
            yield "\n".join(entries)
            if scheme.note is not None:
                yield self._yaml(scheme.note)
        if self.plan.course.syllabus.late_policy:
            yield f"### {self._('Late work')}"
            yield self._yaml(self.plan.course.syllabus.late_policy)

    def _assignments(self, assignments: Iterable[AssignmentView]) -> Iterator[str]:
        for it in assignments:
            yield f"### {write_link(write_plain(it.title), self._address(it.href))}"
            yield " · ".join(map(write_plain, it.facts))
            yield write_plain(it.sentence) if it.sentence else ""
            entries = []
            for step in it.deadlines:
                weight = f" · {write_plain(step.weight)}" if step.weight else ""
                entries.append(self._entry(f"{self._what(step)}: {self._when(step)}{weight}", step.note))
            yield "\n".join(entries)
            yield self._yaml(it.note) if it.note is not None else ""
            links = [LinkView(self._("Hand in"), it.form)] if it.form else []
            yield " · ".join(map(self._link, (*links, *it.materials)))

    def _workload(self) -> Iterator[str]:
        work, _ = view_workload(self.plan, make_rows(self.plan, self.page, self.texts).weeks()), self._
        if work is None:
            return
        yield _(
            "Times are estimates: the minutes that a reading gives, or else {count} minutes a page.", count=work.rate
        )
        cells = [(_("Week"), _("Readings"), _("Required"), _("Optional")), ("---",) * 4]
        for row in work.rows:
            week = f"{write_plain(row.week)} ({row.days})" if row.days else write_plain(row.week)
            cells.append((week, f"{row.readings}", row.required or "–", row.optional or "–"))
        yield "\n".join(f"| {' | '.join(row)} |" for row in cells)

    def _schedule(self) -> Iterator[str]:
        rows, anchored = make_rows(self.plan, self.page, self.texts), set[str]()
        if self.plan.course.syllabus.term.tentative:
            yield self._("Tentative; readings may change.")
        for week in list_weeks(rows, anchored):
            yield f"### {write_plain(week.heading)}" + (f" ({week.days})" if week.days else "")
            for row in week.rows:
                yield from self._row(row)
        undated = [block for row in list_undated(rows, anchored) for block in self._row(row)]
        yield from self._headed(3, self._("Not yet scheduled"), undated)

    def _row(self, row: RowView) -> Iterator[str]:
        if row.opens_unit and row.unit:
            yield f"**{write_plain(row.unit)}**"
            yield self._yaml(row.unit_description) if row.unit_description is not None else ""
        if not row.only_deadlines:
            day = f"{row.day}: " if row.day else ""
            yield f"#### {day}{write_plain(row.topic)}"
            facts = (row.hours if row.own_hours else None, row.place if row.own_place else None, *row.facts)
            people = [f"{each.name} ({each.affiliation})" if each.affiliation else each.name for each in row.guests]
            yield " · ".join(write_plain(each) for each in (*facts, *people) if each)
            yield "\n".join(
                f"- {write_plain(each.name)}: "
                + (
                    self._("no class")
                    if each.canceled
                    else self.comma.join(filter(None, (each.day, each.hours, each.place)))
                )
                for each in row.groups
            )
            yield self._yaml(row.description) if row.description is not None else ""
        yield from self._readings(self._("Required"), row.required)
        yield from self._readings(self._("Optional"), row.optional)
        day = f"{row.day}: " if row.only_deadlines else ""
        yield "\n".join(f"- {day}{self._what(each)}: {self._when(each)}" for each in row.deadlines)

    def _readings(self, label: str, groups: tuple[GroupView, ...]) -> Iterator[str]:
        for at, group in enumerate(groups):
            if at == 0:
                yield f"{label}:"
            if group.heading:
                yield f"*{write_plain(group.heading)}*"
            yield "\n".join(map(self._reading, group.readings))

    def _reading(self, it: ReadingView) -> str:
        if it.line is not None:
            return self._entry(" ".join(self._yaml(it.line).split()), it.note)
        title = write_link(write_plain(it.title), self._address(it.href))
        facts = self.comma.join(map(write_plain, it.facts))
        line = ". ".join(filter(None, (title, write_plain(it.authors) if it.authors else "", facts)))
        links = [self._link(each) for each in it.links if each.href]
        texts = [f"{write_plain(each.label)}: {self._yaml(each.text)}" for each in it.links if each.text is not None]
        return self._entry(" · ".join([line, *links, *texts]), it.note)

    def _what(self, it: DeadlineView) -> str:
        title = write_link(write_plain(it.title), self._address(it.href))
        if it.word == "out":
            title = self._("{title} is out", title=title)
        elif it.word == "due":
            title = self._("{title} is due", title=title)
        elif it.label:
            title = f"{title}, {it.label}"
        return f"{title} ({write_plain(it.of)})" if it.of and not it.of_row else title

    def _when(self, it: DeadlineView) -> str:
        when = self.comma.join(filter(None, (it.day, it.hours))) or self._("TBD")
        was = f"~~{it.was.text}~~ " if it.was is not None else ""
        late = self._("accepted until {moment}", moment=it.accepted_until.text) if it.accepted_until is not None else ""
        return f"{was}{when}" + (f" ({it.moved})" if it.moved else "") + (f" · {late}" if late else "")
