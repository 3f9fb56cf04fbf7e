"""Pages: prose, parts of the course and layouts come together as HTML in memory."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from itertools import repeat

from courseweek.cache import AnswerKind, Memory
from courseweek.diagnostics import Diagnostics, Span
from courseweek.frozen import dataclass
from courseweek.plan.plan import Plan, PlannedPage
from courseweek.render.ahead import FEWEST_AHEAD, render_ahead
from courseweek.render.layouts.templates import Layouts
from courseweek.render.markdown.code import Colors
from courseweek.render.markdown.remarks import Findings
from courseweek.render.markdown.rendered_text import TextRenderer
from courseweek.render.rendered_page import (
    PAGE,
    Describe,
    RecalledPage,
    RenderedPage,
    SheetRenderer,
    question_of,
)
from courseweek.render.scribe import Request, Scribe
from courseweek.render.sheets import Sheet, Sheets
from courseweek.render.sizes import HELP_FOR_TEXT, TooLarge, find_words, most_of_site
from courseweek.schedule.focus import Focus

_CODE = AnswerKind[Mapping[str, str]]("code", json.dumps, json.loads)


@dataclass(frozen=True, slots=True)
class PageText:
    """A stretch of a page's prose: the page, the place of the stretch in its file, and what was found in it."""

    page: PlannedPage
    prose: Span
    findings: Findings


@dataclass(frozen=True, slots=True)
class RenderedPages:
    """The pages as HTML in UTF-8 by their path, the texts of their prose, and what was found in the YAML texts.

    By the path of each page, `described` is what was asked of it, and `around` the hash of all that it is rendered of
    beside its texts.
    """

    html: dict[str, bytes]
    prose: list[PageText]
    yaml: Findings
    described: dict[str, str]
    around: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _FinishedPage:
    """What is kept of a rendered page, as bytes: as text, mathematical signs would take four times the space."""

    html: bytes | None
    described: str
    findings: tuple[Findings, ...]
    around: str = ""

    @classmethod
    def of(cls, rendered: RenderedPage) -> _FinishedPage:
        html = rendered.html.encode("utf-8") if rendered.html is not None else None
        findings = tuple(fragment.findings for fragment in rendered.fragments)
        return cls(html, rendered.described, findings, rendered.around)


class SiteRenderer:
    """Renders the pages of one plan, each once, in whatever order they are asked for."""

    def __init__(
        self,
        plan: Plan,
        focus: Focus,
        layouts: Layouts,
        found: Diagnostics,
        memory: Memory | None = None,
        describe: Describe = lambda _: "",
    ) -> None:
        """Take what the pages show and what renders them; what a layout does wrong goes to `found`.

        `describe` is asked of each page that `memory` does not know already; it must be a function of a module.
        """
        self.plan = plan
        self.layouts = layouts
        self.found = found
        self.memory = memory or Memory()
        self._sheets = Sheets(plan, focus, TextRenderer(self.memory))
        self._renderer = SheetRenderer(layouts, plan.paths | plan.withheld, describe)
        # By the page itself: two pages with one path, which is an error, are both rendered.
        self._sheet_of: dict[int, Sheet] = {}
        self._torn: dict[int, RecalledPage] = {}
        self._whole: dict[int, _FinishedPage] = {}
        self._new: list[Sheet] = []
        self._colors: dict[int, Colors] = {}
        self._bytes = 0
        self._full = False

    def render(self, page: PlannedPage) -> bytes | None:
        """Return a page of the plan as HTML in UTF-8, or None where a layout could not render it."""
        self._recall(page)
        if self._full and id(page) not in self._whole:
            self._whole[id(page)] = _FinishedPage(None, "", ())
        if id(page) not in self._whole:
            sheet = self._sheet_of[id(page)]
            wanted_at = page.source.origin.of("layout") if page.source is not None else None
            known, colors = self._torn.pop(id(page)).fragments, self._recall_colors(page)
            rendered = self._renderer.render(sheet, known, wanted_at, self.found, colors)
            if rendered.too_large is None:
                self._keep(page, PAGE.pack(rendered))
                self._keep_colors(page, colors)
            else:
                self.report(page, rendered.too_large)
            self._put(page, rendered)
        return self._whole[id(page)].html

    def render_ahead(self, scribe: Scribe | None = None, some: Iterable[PlannedPage] | None = None) -> Iterator[int]:
        """Render what is not known of all pages, or of some, in other processes: with the scribe, or on every core.

        Yields how many of them are there by now, now and then.
        """
        pages = self.plan.pages if some is None else tuple(some)
        for page in pages:
            self._recall(page)
        torn = [page for page in pages if id(page) in self._torn]
        # The pages of meetings have no texts of their own, and take little time.
        written = sum(bool(self._sheet_of[id(page)].texts) for page in torn)
        if scribe is not None and written < FEWEST_AHEAD:
            yield from self._render_with(scribe, torn, len(pages) - len(torn))
            return
        if scribe is not None:
            scribe.ask((), self._renderer.targets)  # it may have other work
        yield (done := len(pages) - len(torn))
        jobs = [(self._sheet_of[id(page)], self._torn[id(page)]) for page in torn]
        for page, packed in zip(torn, render_ahead(jobs, self._renderer), strict=False):
            self._keep(page, packed)
            rendered = PAGE.unpack(packed)
            if rendered.html is not None:
                del self._torn[id(page)]
                self._put(page, rendered)
                if self._full:
                    return
            else:
                self._torn[id(page)] = RecalledPage(None, rendered.fragments)
            yield (done := done + 1)

    def _render_with(self, scribe: Scribe, torn: list[PlannedPage], there: int) -> Iterator[int]:
        """Render pages of which a scribe renders the texts: first those that wait for none, meanwhile.

        Yields how many pages are there by now, with those that were `there` before.
        """
        asked: dict[int, list[Request | None]] = {}
        for page in torn:
            known = self._torn[id(page)].fragments
            asked[id(page)] = self._renderer.ask(self._sheet_of[id(page)], known, self._recall_colors(page))
        scribe.ask([each for requests in asked.values() for each in requests if each], self._renderer.targets)
        for done, page in enumerate(sorted(torn, key=lambda page: any(asked[id(page)])), there + 1):
            fragments = list(self._torn[id(page)].fragments)
            for place, request in enumerate(asked[id(page)]):
                answer = scribe.answer() if request else None
                if answer is not None:
                    fragments[place], used = answer
                    self._recall_colors(page).used |= used
            self._torn[id(page)] = RecalledPage(None, tuple(fragments))
            self.render(page)
            yield done

    def finish(self, some: Iterable[PlannedPage] | None = None) -> RenderedPages:
        """Return all pages, or only some of them; those not asked for before are rendered now."""
        pages = RenderedPages({}, [], Findings(), {})
        for page in self.plan.pages if some is None else some:
            self.render(page)
            sheet, shown = self._sheet_of[id(page)], self._whole[id(page)]
            pages.prose.extend(map(PageText, repeat(page), sheet.places, shown.findings))
            pages.yaml.add(sheet.yaml)
            if shown.html is not None:
                pages.html[page.path] = shown.html
                pages.described[page.path] = shown.described
                pages.around[page.path] = shown.around
        self.confirm()
        return pages

    def confirm(self) -> None:
        """Forget what was rendered if the layouts have changed since: it is unknown with which ones."""
        if self._new and self.layouts.have_changed():
            for sheet in self._new:
                self.memory.forget(PAGE, question_of(sheet))
        self._new.clear()

    def _recall(self, page: PlannedPage) -> None:
        """Make the sheet of a page, and see what is known of it."""
        if id(page) in self._sheet_of:
            return
        self._sheet_of[id(page)] = sheet = self._sheets.make(page)
        self._report_texts(sheet.yaml)
        if sheet.too_large is not None or self._full:
            if sheet.too_large is not None:
                self.report(page, sheet.too_large)
            self._whole[id(page)] = _FinishedPage(None, "", ())
            return
        known = self._renderer.recall(sheet, self.memory)
        if known.rendered is not None:
            self._put(page, known.rendered)
        else:
            self._torn[id(page)] = known

    def _put(self, page: PlannedPage, rendered: RenderedPage) -> None:
        """Take a page as it was rendered, unless the site would have too much then; report what is not in it."""
        for body, fragment in zip(self._sheet_of[id(page)].places, rendered.fragments, strict=False):
            for remark in fragment.findings.of("too-large"):
                self.found.error("too-large", remark.message, body.within(0, 0), help=HELP_FOR_TEXT)
        self._whole[id(page)] = made = _FinishedPage.of(rendered)
        self._bytes += len(made.html or b"")
        most = most_of_site(len(self.plan.pages))
        if self._bytes <= most or self._full:
            return
        self._full = True
        largest = max(self.plan.pages, key=self._size_of)
        message = f"the pages would have more than {most:,} bytes together; the largest is `{largest.path}`"
        self.report(largest, TooLarge(message, "shorten what is on many pages, or split the course into several"))

    def _size_of(self, page: PlannedPage) -> int:
        made = self._whole.get(id(page))
        return len(made.html or b"") if made is not None else 0

    def report(self, page: PlannedPage, error: TooLarge) -> None:
        """Report that a page is too large, at the text that has the greatest part in it."""
        course = self.plan.course
        span = find_words(course, error.words) if error.words else None
        if span is None:
            span = (page.source.body.source if page.source is not None else course.syllabus.origin.span.source).whole()
        self.found.error("too-large", error.message, span, help=error.help)

    def _report_texts(self, findings: Findings) -> None:
        """Report the texts of YAML files of which too much would be made."""
        course = self.plan.course
        for remark in findings.of("too-large"):
            span = find_words(course, remark.text) or course.syllabus.origin.span.source.whole()
            self.found.error("too-large", remark.message, span, help=HELP_FOR_TEXT)

    def _recall_colors(self, page: PlannedPage) -> Colors:
        """Return the code of a page in color, as far as it is known."""
        if id(page) not in self._colors:
            self._colors[id(page)] = Colors(self.memory.recall(_CODE, page.path) or {})
        return self._colors[id(page)]

    def _keep_colors(self, page: PlannedPage, colors: Colors) -> None:
        if colors.used and colors.used != colors.known:
            self.memory.keep(_CODE, page.path, colors.used)

    def _keep(self, page: PlannedPage, packed: bytes) -> None:
        sheet = self._sheet_of[id(page)]
        self.memory.keep_packed(PAGE, question_of(sheet), packed)
        self._new.append(sheet)
