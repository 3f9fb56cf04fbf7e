"""Assets: the theme's and the course's files, and the style sheet with the course's accent at its head."""

from __future__ import annotations

from collections.abc import Iterator

from courseweek.diagnostics import Diagnostic, Diagnostics, Source
from courseweek.plan import STYLE_SHEET, Plan
from courseweek.project import Project
from courseweek.render.accent import make_tokens
from courseweek.schedule.releases import hold_back
from courseweek.stored import Content

THEME_FOLDER = "theme"
LARGEST_HELD = 1_000_000
"""A larger asset (bytes) is not held in memory but read in pieces when it is published."""
MOST_HELD = 32_000_000
"""Bytes of all assets that are held in memory."""


def make_assets(plan: Plan, project: Project, theme: Project, found: Diagnostics) -> dict[str, Content]:
    """Return all assets by their path in the site; the course's own win over the theme's.

    Small ones are held in memory, up to a limit, the others are read when they are published.
    """
    made: dict[str, Content] = {}
    left = MOST_HELD
    for diagnostic in check_linked_assets(plan, project):
        found.add(diagnostic)
    for path in plan.assets:
        data = read_asset(path, plan, project, theme, found, held=min(LARGEST_HELD, left))
        if data is None:
            if not found.has_errors(path):
                found.error(
                    "missing-file", f"`{path}` is gone", Source(path, "").whole(), help="put it back, or build again"
                )
            continue
        made[path] = data
        left -= len(data) if isinstance(data, bytes) else 0
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
    message = f"`{path}` is a symbolic link to `{target}`, but only one of the two is withheld"
    help = "delete the link, and use the file itself in its place"
    return Diagnostic("error", "symbolic-link", message, Source(path, "").whole(), help)


def read_asset(
    path: str, plan: Plan, project: Project, theme: Project, found: Diagnostics, *, held: int = 0
) -> Content | None:
    """Return one asset, as bytes up to `held` of them and the style sheet always.

    None where it is gone, or refused with the reason reported.
    """
    owner = project if path.removeprefix("assets/") in plan.course.assets else theme
    if path != STYLE_SHEET:
        return owner.read_content(path, found, held=held)
    data = owner.read_bytes(path, found)
    if data is None:
        return None
    return make_tokens(plan.course.site.accent).css().encode() + data
