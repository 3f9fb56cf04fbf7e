"""The rules about rendered pages and the texts behind them."""

from __future__ import annotations

from collections.abc import Iterator

from courseweek.checks.site.anchors import check_anchors
from courseweek.checks.site.headings import check_headings
from courseweek.checks.site.links import check_links
from courseweek.checks.site.lost import check_footnotes
from courseweek.checks.site.placed_text import place_texts
from courseweek.checks.site.readings import check_readings
from courseweek.checks.site.remarks import check_remarks
from courseweek.diagnostics import Diagnostic, Diagnostics
from courseweek.plan.plan import Plan
from courseweek.render.pages import RenderedPages


def check_pages(plan: Plan, rendered: RenderedPages, found: Diagnostics) -> Iterator[Iterator[Diagnostic]]:
    """Yield, rule by rule, what is wrong with the pages and their texts. `found` is asked for what was meant."""
    texts = place_texts(plan, rendered)
    yield check_links(plan, texts, found)
    yield check_anchors(plan, rendered, texts)
    yield check_remarks(texts)
    yield check_headings(rendered)
    yield check_footnotes(rendered)
    yield check_readings(plan.schedule)
