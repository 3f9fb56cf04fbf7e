"""Where a site shows what has changed: the page of the changes, and the place of each on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from courseweek.model.change import Change
from courseweek.plan.plan import Plan

CHANGES: Literal["changes"] = "changes"
"""The part that shows the changes, and the name of its own page."""
PATH = f"{CHANGES}.html"
FEED = "feed.xml"
"""The announcements and the changes for programs that follow a site; only where its address is known."""


def settle_changes(plan: Plan, changes: Sequence[Change]) -> Plan:
    """Return the plan with what has changed; without changes, its page is not there unless the course wrote one.

    A link to it is not wrong then: the page comes with the first change.
    """
    page = plan.page_named(CHANGES)
    if changes or page is None or page.source is not None:
        return replace(plan, changes=tuple(changes))
    pages = tuple(each for each in plan.pages if each is not page)
    nav = tuple(each for each in plan.nav if each is not page)
    return replace(plan, pages=pages, nav=nav, withheld=plan.withheld | {PATH})


def name_place(change: Change) -> str:
    """Return the id of the element that shows a change on its page."""
    return f"change-{change.id}"
