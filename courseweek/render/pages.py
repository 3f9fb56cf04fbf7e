"""Pages: prose, parts of the course and layouts come together as HTML in memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from courseweek.cache import Memory
from courseweek.diagnostics import Diagnostics, Span
from courseweek.plan import Plan
from courseweek.render.ahead import draw_ahead
from courseweek.render.drawn import Describe, Drawn, Known, Press, forget, read_drawn, remember
from courseweek.render.fragments import Fragments
from courseweek.render.markup import Links
from courseweek.render.prose import PageLinks
from courseweek.render.sheets import Sheet, Sheets
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


def render_pages(
    plan: Plan,
    focus: Focus,
    layouts: Layouts,
    found: Diagnostics,
    memory: Memory | None = None,
    describe: Describe = lambda _: "",
) -> DrawnPages:
    """Return all pages of the plan; what a layout does wrong is reported and its page left out.

    `describe` is asked of each page that `memory` does not know already; it must be a function of a module.
    """
    memory = memory or Memory()
    sheets = Sheets(plan, focus, Fragments(memory))
    press = Press(layouts, plan.paths | plan.withheld, describe)
    made = [sheets.make(page) for page in plan.pages]
    whole, torn = _recall(made, press, memory)
    new = [made[at][0] for at in torn]
    _draw_ahead(made, whole, torn, press, memory)
    pages = DrawnPages({}, [], sheets.yaml, {})
    for at, page in enumerate(plan.pages):
        sheet, places = made[at]
        if at not in whole:
            wanted_at = page.source.origin.of("layout") if page.source is not None else None
            drawn = press.draw(sheet, torn[at].fragments, wanted_at, found)
            remember(memory, sheet, press.write(sheet, drawn))
            whole[at] = _Page.of(drawn)
        shown = whole[at]
        pages.prose.extend(PageLinks(page, place, links) for place, links in zip(places, shown.links, strict=True))
        if shown.html is not None:
            pages.html[page.path] = shown.html
            pages.described[page.path] = shown.described
    if new and layouts.have_changed():  # nobody knows with which ones the pages were drawn
        for sheet in new:
            forget(memory, sheet)
    return pages


Made = tuple[Sheet, tuple[Span, ...]]
"""The sheet of a page, and the places of its texts."""


def _recall(made: Sequence[Made], press: Press, memory: Memory) -> tuple[dict[int, _Page], dict[int, Known]]:
    """Return the pages that are known, and what is known of the others, by their number."""
    whole: dict[int, _Page] = {}
    torn: dict[int, Known] = {}
    for at, (sheet, _) in enumerate(made):
        known = press.recall(sheet, memory)
        if known.drawn is not None:
            whole[at] = _Page.of(known.drawn)
        else:
            torn[at] = known
    return whole, torn


def _draw_ahead(
    made: Sequence[Made], whole: dict[int, _Page], torn: dict[int, Known], press: Press, memory: Memory
) -> None:
    """Draw what is not known in other processes, if it is much, and add it to what is whole."""
    jobs = [(made[at][0], known) for at, known in torn.items()]
    for at, (answer, packed) in zip(tuple(torn), draw_ahead(jobs, press), strict=False):
        remember(memory, made[at][0], answer, packed)
        _, drawn = read_drawn(answer)
        if drawn.html is not None:
            whole[at] = _Page.of(drawn)
        else:
            torn[at] = Known(None, drawn.fragments)
