"""Pages: prose, parts of the course and layouts come together as HTML in memory."""

from __future__ import annotations

from dataclasses import dataclass, field

from courseweek.cache import Memory
from courseweek.diagnostics import Diagnostics
from courseweek.plan import Plan
from courseweek.render.ahead import draw_ahead
from courseweek.render.drawn import Describe, Known, Press, read_drawn, remember
from courseweek.render.fragments import Fragments
from courseweek.render.markup import Links
from courseweek.render.prose import PageLinks
from courseweek.render.sheets import Sheets
from courseweek.render.templates import Layouts
from courseweek.schedule.focus import Focus


@dataclass(frozen=True, slots=True)
class DrawnPages:
    """The pages as HTML by their path, the links of their prose, and those of the texts in YAML files.

    `described` is what was asked of each page, by its path.
    """

    html: dict[str, str]
    prose: tuple[PageLinks, ...]
    yaml: Links
    described: dict[str, str] = field(default_factory=dict)


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
    known = [press.recall(sheet, memory) for sheet, _ in made]
    unknown = [at for at, each in enumerate(known) if each.drawn is None]
    for at, (answer, packed) in zip(
        unknown, draw_ahead([(made[at][0], known[at]) for at in unknown], press), strict=False
    ):
        remember(memory, made[at][0], answer, packed)
        _, ahead = read_drawn(answer)
        known[at] = Known(ahead if ahead.html is not None else None, ahead.fragments)
    pages = DrawnPages({}, (), sheets.yaml)
    prose: list[PageLinks] = []
    for page, (sheet, places), each in zip(plan.pages, made, known, strict=True):
        if (drawn := each.drawn) is None:
            wanted_at = page.source.origin.of("layout") if page.source is not None else None
            drawn = press.draw(sheet, each.fragments, wanted_at, found)
            remember(memory, sheet, press.write(sheet, drawn))
        prose += [
            PageLinks(page, place, fragment.links) for place, fragment in zip(places, drawn.fragments, strict=True)
        ]
        if drawn.html is not None:
            pages.html[page.path] = drawn.html
            pages.described[page.path] = drawn.described
    return DrawnPages(pages.html, tuple(prose), pages.yaml, pages.described)
