"""`check --fix`: the course is read again until no mistake has a fix, and only then made and checked as a whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import datetime

from courseweek.diagnostics import Diagnostic, Diagnostics
from courseweek.files.project import Project
from courseweek.fixes import apply_fixes
from courseweek.frozen import dataclass
from courseweek.pipeline import Dependencies, Site, Step, open_dependencies, outline_site, steps

MOST_ROUNDS = 50
"""Rounds of fixes, as one fix may uncover the next mistake; what is left after them is left to the person."""
MOST_REPEATS = 3
"""If a mistake comes back this often after its fix, the line was misunderstood: it stays as it was written."""

MistakeKey = tuple[str, str, int]
"""A mistake by its name, its file and its line."""


@dataclass(frozen=True, slots=True)
class Fixed:
    """What a course comes to with all fixes: its site, what is still wrong, and the changed files before and after."""

    site: Site | None
    found: Diagnostics
    before: dict[str, str]
    after: dict[str, str]


def fix_course(
    project: Project, now: datetime, show: Callable[[Step], None], trusted: frozenset[str] | None = None
) -> Fixed:
    """Return what the course comes to once each mistake with one safe answer is fixed; no file is written.

    `show` is called with each step; `trusted` are the scripts that need no warning.
    """
    dependencies = open_dependencies(project)
    dependencies.trusted = trusted
    vain: set[MistakeKey] = set()
    while (fixed := _fix(project, dependencies, now, vain, show)) is None:
        pass  # there is one more mistake in `vain`
    return fixed


def is_linked(project: Project, diagnostic: Diagnostic) -> bool:
    """Return whether fixing a mistake would write through a symbolic link."""
    return any((project.source / edit.span.file).is_symlink() for edit in diagnostic.fix)


def _fix(
    project: Project, dependencies: Dependencies, now: datetime, vain: set[MistakeKey], show: Callable[[Step], None]
) -> Fixed | None:
    """Fix all but what is listed in `vain`.

    Returns None if a mistake comes back after its fix: its key is in `vain` then, for another try from the start.
    """
    before: dict[str, str] = {}
    after: dict[str, str] = {}
    repeats: Counter[MistakeKey] = Counter()
    for left in range(MOST_ROUNDS, -1, -1):
        dependencies.project = Project(project.source, project.output, after)
        show(Step("reading the course"))
        found = Diagnostics()
        site = outline_site(dependencies, now, found)
        fixable = _list_fixable(project, found, vain) if left else []
        if not fixable and site is not None:
            for step in steps(site):
                show(step)
            fixable = _list_fixable(project, found, vain) if left else []  # what only a later stage finds
        if not fixable:
            return Fixed(site, found, before, {name: text for name, text in after.items() if text != before[name]})
        repeats.update({_key_of(each) for each in fixable})
        again = {key for key, times in repeats.items() if times > MOST_REPEATS}
        if again:
            vain |= again
            return None
        for source in (edit.span.source for each in fixable for edit in each.fix):
            before.setdefault(source.name, source.text)
        after |= apply_fixes(fixable)
    raise AssertionError("the last round fixes nothing")


def _list_fixable(project: Project, found: Iterable[Diagnostic], vain: set[MistakeKey]) -> list[Diagnostic]:
    return [each for each in found if each.fix and _key_of(each) not in vain and not is_linked(project, each)]


def _key_of(diagnostic: Diagnostic) -> MistakeKey:
    return diagnostic.name, diagnostic.span.file, diagnostic.span.line
