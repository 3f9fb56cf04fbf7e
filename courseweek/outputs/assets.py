"""Assets: the theme's and the course's files, and the style sheet with the course's accent at its head."""

from __future__ import annotations

from collections.abc import Iterator

from courseweek.diagnostics import Diagnostic, Diagnostics, Source
from courseweek.plan import STYLE_SHEET, Plan
from courseweek.project import Project
from courseweek.render.accent import make_tokens
from courseweek.schedule.releases import hold_back

THEME_FOLDER = "theme"


def make_assets(plan: Plan, project: Project, theme: Project, found: Diagnostics) -> dict[str, bytes]:
    """Return the bytes of all assets by their path in the site; the course's own win over the theme's."""
    made: dict[str, bytes] = {}
    for diagnostic in check_linked_assets(plan, project):
        found.add(diagnostic)
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


def check_linked_assets(plan: Plan, project: Project) -> Iterator[Diagnostic]:
    """Yield an error for each symbolic link in `assets/` that is not withheld as long as its file, or longer."""
    links = find_linked_assets(plan, project)
    held = hold_back(plan.course, plan.schedule, plan.now) if links else {}
    for path, target in links.items():
        if held.get(path.removeprefix("assets/")) != held.get(target.removeprefix("assets/")):
            yield explain_withheld_link(path, target)


def find_linked_assets(plan: Plan, project: Project) -> dict[str, str]:
    """Return the files of the course's `assets/` that are symbolic links, with the files that they lead to."""
    own = (f"assets/{name}" for name in sorted(plan.course.assets))
    return {path: target for path in own if (target := project.link_of(path)) is not None}


def explain_withheld_link(path: str, target: str) -> Diagnostic:
    """Return the error for a link whose file is withheld, so that the second name would publish it."""
    message = f"`{path}` is a symbolic link to `{target}`, and one of the two is withheld without the other"
    help = "delete the link, and name the file itself where the link is named"
    return Diagnostic("error", "symbolic-link", message, Source(path, "").whole(), help)


def read_asset(path: str, plan: Plan, project: Project, theme: Project, found: Diagnostics) -> bytes | None:
    """Return the bytes of one asset, or None: gone, or refused with the reason reported."""
    owner = project if path.removeprefix("assets/") in plan.course.assets else theme
    data = owner.read_bytes(path, found)
    if data is None or path != STYLE_SHEET:
        return data
    return make_tokens(plan.course.site.accent).css().encode() + data
