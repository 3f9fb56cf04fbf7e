"""Symbolic links to announcements of later days: the date is in a file's name, and a link has a name of its own."""

from __future__ import annotations

from collections.abc import Iterator

from courseweek.diagnostics import Diagnostic, Source
from courseweek.files.project import Project
from courseweek.plan.plan import Plan


def check_linked_announcements(plan: Plan, project: Project) -> Iterator[Diagnostic]:
    """Yield an error for each announcement that is published, and is a link to one that is not."""
    later = {f"content/{each.page.name}.md" for each in plan.to_come}
    for name in (f"content/{each.page.name}.md" for each in plan.course.announcements) if later else ():
        target = project.link_of(name) if name not in later else None
        if target in later:
            message = f"`{name}` is a symbolic link to `{target}`, which is not published until its date"
            help = "replace the link with a copy of the file, or delete it"
            yield Diagnostic("error", "symbolic-link", message, Source(name, "").whole(), help)
