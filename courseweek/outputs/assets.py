"""Assets: the theme's and the course's files; the style sheet and the icon have the course's accent.

The search button has its word in the course's language.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from courseweek.diagnostics import Diagnostic, Diagnostics, Source
from courseweek.files.project import Project
from courseweek.files.stored import Content
from courseweek.model.course import Syllabus
from courseweek.outputs.compact_copies import compact
from courseweek.plan.plan import (
    CHOICE_SCRIPT,
    CHOSEN_SCRIPT,
    CITE_SCRIPT,
    DATES_SCRIPT,
    FINDER_SCRIPT,
    ICON,
    MORE_STYLE,
    PRINT_STYLE,
    SCRIPT,
    SEARCH_DIALOG,
    SEARCH_STYLE,
    STYLE_SHEET,
    SUGGEST_SCRIPT,
    Plan,
)
from courseweek.render.accent import make_tokens
from courseweek.schedule.releases import hold_back

THEME_FOLDER = "theme"
_SCRIPTS = (
    SCRIPT,
    DATES_SCRIPT,
    CHOICE_SCRIPT,
    CHOSEN_SCRIPT,
    CITE_SCRIPT,
    FINDER_SCRIPT,
    SEARCH_DIALOG,
    SUGGEST_SCRIPT,
)
COPIED = frozenset((*_SCRIPTS, STYLE_SHEET, MORE_STYLE, PRINT_STYLE, SEARCH_STYLE))
"""Files of the theme that have compact copies."""
LARGEST_HELD = 1_000_000
"""A larger asset (bytes) is not kept in memory; it is read in pieces when it is published."""
MOST_HELD = 32_000_000
"""Bytes of all assets together that are kept in memory."""


def read_assets(
    paths: Iterable[str], plan: Plan, project: Project, theme: Project, found: Diagnostics, most_held: int = MOST_HELD
) -> Iterator[tuple[str, Content]]:
    """Yield these assets by their path in the site, as far as they can be read; the course's own win over the theme's.

    Small ones come as bytes, `most_held` of them together; the others are read when they are published.
    """
    left = most_held
    for path in paths:
        content = read_asset(path, plan, project, theme, found, held=min(LARGEST_HELD, left))
        if content is not None:
            left -= len(content) if isinstance(content, bytes) else 0
            yield path, content
        else:
            name = plan.copies.get(path, path)
            if not found.has_errors(name):
                found.error("missing-file", f"`{name}` is gone", Source(name, "").whole(), help="put it back")


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
    """Return the error for a link whose file is withheld, so that the link would publish it."""
    message = f"`{path}` is a symbolic link to `{target}`, but only one of the two is withheld"
    help = "delete the link, and use the file itself in its place"
    return Diagnostic("error", "symbolic-link", message, Source(path, "").whole(), help)


def read_asset(
    path: str, plan: Plan, project: Project, theme: Project, found: Diagnostics, *, held: int = 0
) -> Content | None:
    """Return one asset, as bytes up to `held` of them, and always what has the accent or a compact copy.

    None if it is gone, or refused with the reason reported.
    """
    name = plan.copies.get(path, path)
    owner = project if name != path or path.removeprefix("assets/") in plan.course.assets else theme
    if path != ICON and path not in COPIED:
        return owner.read_content(name, found, held=held)
    data = owner.read_bytes(path, found)
    if data is None:
        return None
    if path in COPIED and path != STYLE_SHEET:
        return fit_copy(path, data, plan)
    tokens = make_tokens(plan.course.syllabus.site.accent)
    if path == STYLE_SHEET:
        return tokens.css().encode() + compact(data)
    for mark, value in (
        ('"accent"', f'"{tokens.accent[0]}"'),
        ('"on-accent"', f'"{tokens.on_accent[0]}"'),
        (">letter<", f">{_find_letter(plan.course.syllabus)}<"),
    ):
        data = data.replace(mark.encode(), value.encode())
    return data


def fit_copy(path: str, data: bytes, plan: Plan) -> bytes:
    """Return what is published of a file at this path: compact, and the search button with its word in the language."""
    copy = compact(data)
    if path != FINDER_SCRIPT:
        return copy
    word = json.dumps(plan.locale.gettext("Search"), ensure_ascii=False)
    return copy.replace(b'"Search"', word.encode())


def _find_letter(syllabus: Syllabus) -> str:
    """Return the first letter or digit of a course's code or title, "" without any."""
    return next((char for char in syllabus.code or syllabus.title if char.isalnum()), "")
