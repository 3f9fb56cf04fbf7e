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

    def draw(self, page: PlannedPage) -> bytes | None:
        """Return a page of the plan as HTML in UTF-8, or None where a layout could not draw it."""
        self._recall(page)
        if id(page) not in self._whole:
            sheet = self._made[id(page)].sheet
            wanted_at = page.source.origin.of("layout") if page.source is not None else None
            known, colours = self._torn.pop(id(page)).fragments, self._recall_colours(page)
            drawn = self._press.draw(sheet, known, wanted_at, self.found, colours)
            self._keep(page, self._press.write(sheet, drawn))
            self._keep_colours(page, colours)
            self._whole[id(page)] = _Page.of(drawn)
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
                self._whole[id(page)] = _Page.of(drawn)
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
        known = self._press.recall(made.sheet, self.memory)
        if known.drawn is not None:
            self._whole[id(page)] = _Page.of(known.drawn)
        else:
            self._torn[id(page)] = known

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
