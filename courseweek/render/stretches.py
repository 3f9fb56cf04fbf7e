"""The texts of pages: the links of each with its place, their addresses, levels of headings and ids."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field, replace

from markupsafe import Markup

from courseweek.diagnostics import Span
from courseweek.frozen import dataclass
from courseweek.plan import PlannedPage
from courseweek.render.markdown.element_ids import put_under
from courseweek.render.markdown.markup import Links, lower_headings
from courseweek.render.views.layout_values import BlockView


@dataclass(slots=True)
class PageText:
    """The links in one stretch of a page's prose, with the place of that stretch."""

    page: PlannedPage
    prose: Span
    links: Links = field(default_factory=Links)


def level_blocks(blocks: Sequence[BlockView]) -> tuple[BlockView, ...]:
    """Return the blocks of a page, their headings one level down where one is of the title's level, the first."""
    if not any(block.prose is not None and "<h1" in block.prose for block in blocks):
        return tuple(blocks)
    return tuple(
        block if block.prose is None else replace(block, prose=lower_headings(block.prose, 1)) for block in blocks
    )


def fit_notice(text: Markup, id: str) -> Markup:
    """Return the text of a notice for a page with others: below its title of level 2, its ids under its own id."""
    text = lower_headings(text, 2 if "<h1" in text else 1) if "<h" in text else text
    return Markup(put_under(text, id))
