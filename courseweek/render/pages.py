"""Pages: prose, parts of the course and layouts come together as HTML in memory."""

from __future__ import annotations

import json
from collections.abc import Iterable
from itertools import repeat

from courseweek.cache import Memory
from courseweek.diagnostics import Diagnostics
from courseweek.frozen import dataclass
from courseweek.plan import Plan, PlannedPage
from courseweek.render.ahead import FEWEST_AHEAD, draw_ahead
from courseweek.render.code import Colours
from courseweek.render.drawn import Describe, Drawn, Known, Press, forget, read_drawn, remember
from courseweek.render.fragments import Fragments
from courseweek.render.markup import Links
from courseweek.render.prose import PageLinks
from courseweek.render.scribe import Request, Scribe
from courseweek.render.sheets import Made, Sheet, Sheets
from courseweek.render.sizes import HELP_FOR_TEXT, TooLarge, find_words, most_of_site
from courseweek.render.templates import Layouts
from courseweek.schedule.focus import Focus


@dataclass(frozen=True, slots=True)
class DrawnPages:
    """The pages as HTML in UTF-8 by their path, the links of their prose, and those of the texts in YAML files.

    `described` is what was asked of each page, by its path.
    """

    html: dict[str, bytes]
    prose: list[PageLinks]
    yaml: Links
    described: dict[str, str]


@dataclass(frozen=True, slots=True)
class _Page:
    """What is kept of a page that was drawn, as bytes: as text, one with signs of mathematics takes four times that."""

    html: bytes | None
    described: str
    links: tuple[Links, ...]

    @classmethod
    def of(cls, drawn: Drawn) -> _Page:
        html = drawn.html.encode("utf-8") if drawn.html is not None else None
        return cls(html, drawn.described, tuple(fragment.links for fragment in drawn.fragments))


class Drawing:
    """Draws the pages of one plan, each once, in whatever order they are asked for."""

    def __init__(
        self,
        plan: Plan,
        focus: Focus,
        layouts: Layouts,
        found: Diagnostics,
        memory: Memory | None = None,
        describe: Describe = lambda _: "",
    ) -> None:
        """Take what the pages show and what draws them; what a layout does wrong goes to `found`.

        `describe` is asked of each page that `memory` does not know already; it must be a function of a module.
        """
        self.plan = plan
        self.layouts = layouts
        self.found = found
        self.memory = memory or Memory()
        self._sheets = Sheets(plan, focus, Fragments(self.memory))
        self._press = Press(layouts, plan.paths | plan.withheld, describe)
        # By the page itself: two of one path, which is an error, are both drawn.
        self._made: dict[int, Made] = {}
        self._torn: dict[int, Known] = {}
        self._whole: dict[int, _Page] = {}
        self._new: list[Sheet] = []
        self._colours: dict[int, Colours] = {}
        self._bytes = 0
        self._full = False

    def draw(self, page: PlannedPage) -> bytes | None:
        """Return a page of the plan as HTML in UTF-8, or None where a layout could not draw it."""
        self._recall(page)
        if self._full and id(page) not in self._whole:
            self._whole[id(page)] = _Page(None, "", ())
        if id(page) not in self._whole:
            sheet = self._made[id(page)].sheet
            wanted_at = page.source.origin.of("layout") if page.source is not None else None
            known, colours = self._torn.pop(id(page)).fragments, self._recall_colours(page)
            drawn = self._press.draw(sheet, known, wanted_at, self.found, colours)
            if drawn.too_large is None:
                self._keep(page, self._press.write(sheet, drawn))
                self._keep_colours(page, colours)
            else:
                self._report(page, drawn.too_large)
            self._put(page, drawn)
        return self._whole[id(page)].html

    def draw_ahead(self, scribe: Scribe | None = None) -> None:
        """Draw what is not known in other processes: with the scribe, or on every core if it is much."""
        for page in self.plan.pages:
            self._recall(page)
        torn = [page for page in self.plan.pages if id(page) in self._torn]
        if scribe is not None and len(torn) < FEWEST_AHEAD:
            self._draw_with(scribe, torn)
            return
        jobs = [(self._made[id(page)].sheet, self._torn[id(page)]) for page in torn]
        for page, (answer, packed) in zip(torn, draw_ahead(jobs, self._press), strict=False):
            self._keep(page, answer, packed)
            _, drawn = read_drawn(answer)
            if drawn.html is not None:
                del self._torn[id(page)]
                self._put(page, drawn)
                if self._full:
                    return
            else:
                self._torn[id(page)] = Known(None, drawn.fragments)

    def _draw_with(self, scribe: Scribe, torn: list[PlannedPage]) -> None:
        """Draw pages of which a scribe draws the texts: first those that wait for none, meanwhile."""
        asked: dict[int, list[Request | None]] = {}
        for page in torn:
            known = self._torn[id(page)].fragments
            asked[id(page)] = self._press.ask(self._made[id(page)].sheet, known, self._recall_colours(page))
        scribe.ask([each for requests in asked.values() for each in requests if each], self._press.targets)
        for page in sorted(torn, key=lambda page: any(asked[id(page)])):
            fragments = list(self._torn[id(page)].fragments)
            for place, request in enumerate(asked[id(page)]):
                answer = scribe.answer() if request else None
                if answer is not None:
                    fragments[place], used = answer
                    self._recall_colours(page).used |= used
            self._torn[id(page)] = Known(None, tuple(fragments))
            self.draw(page)

    def finish(self, some: Iterable[PlannedPage] | None = None) -> DrawnPages:
        """Return all pages, or only some of them; those that nobody has asked for are drawn now."""
        pages = DrawnPages({}, [], Links(), {})
        for page in self.plan.pages if some is None else some:
            self.draw(page)
            made, shown = self._made[id(page)], self._whole[id(page)]
            pages.prose.extend(map(PageLinks, repeat(page), made.places, shown.links))
            pages.yaml.add(made.yaml)
            if shown.html is not None:
                pages.html[page.path] = shown.html
                pages.described[page.path] = shown.described
        self.confirm()
        return pages

    def confirm(self) -> None:
        """Forget again what was drawn if the layouts have changed since: nobody knows with which ones."""
        if self._new and self.layouts.have_changed():
            for sheet in self._new:
                forget(self.memory, sheet)
        self._new.clear()

    def _recall(self, page: PlannedPage) -> None:
        """Make the sheet of a page, and see what is known of it."""
        if id(page) in self._made:
            return
        self._made[id(page)] = made = self._sheets.make(page)
        self._report_texts(made.yaml)
        if made.too_large is not None or self._full:
            if made.too_large is not None:
                self._report(page, made.too_large)
            self._whole[id(page)] = _Page(None, "", ())
            return
        known = self._press.recall(made.sheet, self.memory)
        if known.drawn is not None:
            self._put(page, known.drawn)
        else:
            self._torn[id(page)] = known

    def _put(self, page: PlannedPage, drawn: Drawn) -> None:
        """Take a page as it was rendered, unless the site would have too much then; report what is not in it."""
        for body, fragment in zip(self._made[id(page)].places, drawn.fragments, strict=False):
            if fragment.links.too_large:
                message, place = fragment.links.too_large[0], body.within(0, 0)
                self.found.error("too-large", message, place, help=HELP_FOR_TEXT)
        self._whole[id(page)] = made = _Page.of(drawn)
        self._bytes += len(made.html or b"")
        most = most_of_site(len(self.plan.pages))
        if self._bytes <= most or self._full:
            return
        self._full = True
        largest = max(self.plan.pages, key=self._size_of)
        message = f"the pages would have more than {most:,} bytes together; the largest is `{largest.path}`"
        self._report(largest, TooLarge(message, "shorten what is on many pages, or split the course into several"))

    def _size_of(self, page: PlannedPage) -> int:
        made = self._whole.get(id(page))
        return len(made.html or b"") if made is not None else 0

    def _report(self, page: PlannedPage, error: TooLarge) -> None:
        """Report that a page is too large, at the text that has the greatest part in it."""
        course = self.plan.course
        span = find_words(course, error.words) if error.words else None
        if span is None:
            span = (page.source.body.source if page.source is not None else course.origin.span.source).whole()
        self.found.error("too-large", error.message, span, help=error.help)

    def _report_texts(self, links: Links) -> None:
        """Report the texts of YAML files of which too much would be made."""
        course = self.plan.course
        for message, words in zip(links.too_large[::2], links.too_large[1::2], strict=True):
            span = find_words(course, words) or course.origin.span.source.whole()
            self.found.error("too-large", message, span, help=HELP_FOR_TEXT)

    def _recall_colours(self, page: PlannedPage) -> Colours:
        """Return the code of a page in colour, as far as it is known."""
        if id(page) not in self._colours:
            answer = self.memory.recall("code", page.path)
            self._colours[id(page)] = Colours({} if answer is None else json.loads(answer))
        return self._colours[id(page)]

    def _keep_colours(self, page: PlannedPage, colours: Colours) -> None:
        if colours.used and colours.used != colours.known:
            self.memory.remember("code", page.path, json.dumps(colours.used))

    def _keep(self, page: PlannedPage, answer: str, packed: bytes | None = None) -> None:
        sheet = self._made[id(page)].sheet
        remember(self.memory, sheet, answer, packed)
        self._new.append(sheet)


def render_pages(
    plan: Plan,
    focus: Focus,
    layouts: Layouts,
    found: Diagnostics,
    memory: Memory | None = None,
    describe: Describe = lambda _: "",
    scribe: Scribe | None = None,
) -> DrawnPages:
    """Return all pages of the plan; what a layout does wrong is reported and its page left out.

    `describe` is asked of each page that `memory` does not know already; it must be a function of a module. `scribe`
    draws the texts of a few pages.
    """
    drawing = Drawing(plan, focus, layouts, found, memory, describe)
    drawing.draw_ahead(scribe)
    return drawing.finish()
