"""What the pages must look like, from the theme's own tokens."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

from courseweek.files.stored import read_whole
from courseweek.render.accent import make_tokens
from tests.render.test_accent import fixed_tokens
from tests.sites import COURSES, ROOT, make_in_memory

COURSE = COURSES / "everything"
PAGES = ("index", "readings", "deadlines", "presentations", "notes/book", "404")
DURING = datetime(2027, 3, 4, 18, tzinfo=UTC)
INSTANTS = {
    "before the term": datetime(2027, 2, 1, 12, tzinfo=UTC),
    "on a day of class": DURING,
    "in the break": datetime(2027, 3, 24, 12, tzinfo=UTC),
    "after the term": datetime(2027, 6, 1, 12, tzinfo=UTC),
}
REFUSED = [0, False, ["img-src", "script-src-attr", "script-src-elem", "style-src-attr"]]
"""Nothing ran, nothing was styled, and each was refused."""


def baked(now: datetime) -> str:
    """Return the home page as it is built at an instant."""
    return read_whole(make_in_memory(COURSE, now).artifacts["index.html"]).decode("utf-8")


def check_looks(looks: dict[str, Any], name: str, *, dark: bool = False, active: bool = True) -> None:
    """Hold what a browser shows of a page to the tokens of one scheme; only an `active` window has a ring of focus."""
    fixed, accent = fixed_tokens(ROOT), make_tokens(None)
    assert looks["paper"] == rgb(fixed["paper"][dark]), name
    assert looks["ink"] == rgb(fixed["ink"][dark]), name
    assert looks["link"] in {rgb(accent.accent[dark]), rgb(fixed["ink"][dark]), rgb(fixed["muted"][dark])}, name
    assert looks["underlined"] in {None, "underline"}, name
    assert looks["ring"] == ["solid", "2px"] or (looks["ring"] is None and not active), name
    assert looks["week"] in {None, rgb(accent.tint[dark])}, name
    assert looks["wide"] <= 0, name
    assert looks["styled"] != "none", name
    assert looks["script"] == 0, name


def rgb(color: str) -> str:
    """Return `#rrggbb` or `#rgb` as browsers tell a color."""
    parts = re.findall("..", color[1:]) if len(color) == 7 else [each * 2 for each in color[1:]]
    return f"rgb({', '.join(str(int(part, 16)) for part in parts)})"
