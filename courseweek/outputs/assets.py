"""Assets: the theme's and the course's files, and the style sheet with the course's accent at its head."""

from __future__ import annotations

from courseweek.diagnostics import Diagnostics, Source
from courseweek.plan import STYLE_SHEET, Plan
from courseweek.project import Project
from courseweek.render.accent import make_tokens

THEME_FOLDER = "theme"


def make_assets(plan: Plan, project: Project, theme: Project, found: Diagnostics) -> dict[str, bytes]:
    """Return the bytes of all assets by their path in the site; the course's own win over the theme's."""
    made: dict[str, bytes] = {}
    for path in plan.assets:
        data = read_asset(path, plan, project, theme, found)
        if data is None:
            if not found.has_errors(path):
                found.error(
                    "missing-file", f"`{path}` is gone", Source(path, "").whole(), help="put it back, or build again"
                )
            continue
        made[path] = data
    return made


def read_asset(path: str, plan: Plan, project: Project, theme: Project, found: Diagnostics) -> bytes | None:
    """Return the bytes of one asset, or None: gone, or refused with the reason reported."""
    owner = project if path.removeprefix("assets/") in plan.course.assets else theme
    data = owner.read_bytes(path, found)
    if data is None or path != STYLE_SHEET:
        return data
    return make_tokens(plan.course.site.accent).css().encode() + data
