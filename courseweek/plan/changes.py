"""Where a site shows what has changed: the page of the changes, and the place of each on it."""

from __future__ import annotations

from typing import Literal

from courseweek.model.change import Change

CHANGES: Literal["changes"] = "changes"
"""The part that shows the changes, and the name of its own page."""
PATH = f"{CHANGES}.html"
FEED = "feed.xml"
"""The announcements and the changes for programs that follow a site; only where its address is known."""


def name_place(change: Change) -> str:
    """Return the id of the element that shows a change on its page."""
    return "-".join(("change", *change.id.split()))
