"""The base of a change: another checkout of the course, made by this program, or the `course.json` of its site."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from courseweek.diagnostics import Diagnostic, Diagnostics
from courseweek.files.project import Project
from courseweek.frozen import dataclass
from courseweek.model.published import Published
from courseweek.pipeline import Site, make_site
from courseweek.published.course_data import describe_course
from courseweek.published.published import read_published


@dataclass(frozen=True, slots=True)
class Base:
    """What a change is compared with. `unknown` says why it can't be, if it can't.

    `site` and its `project` are there if the base is a folder: with the warnings that it has already, `found`, and the
    scripts that it trusts.
    """

    content: Mapping[str, Any] | None = None
    site: Site | None = None
    project: Project | None = None
    found: tuple[Diagnostic, ...] = ()
    scripts: frozenset[str] | None = None
    unknown: str = ""


def read_base(folder: Path, output: Path, now: datetime, since: Published | None, previous: Published | None) -> Base:
    """Return the base in a folder, as of `now`; nothing is written, and its own errors are not reported.

    A base with an error is not compared: nobody could say what of a difference is the change's.
    """
    project, found = Project(folder, output), Diagnostics()
    site = make_site(project, now, found, since=since, previous=previous)
    scripts = frozenset(site.plan.course.syllabus.site.scripts) if site is not None else frozenset[str]()
    if site is None or found.has_errors():
        number = found.errors
        errors = "1 error of its own" if number == 1 else f"{number} errors of its own"
        return Base(scripts=scripts, unknown=f"the base can't be built, as it has {errors}")
    return Base(describe_course(site.plan), site, project, tuple(found), scripts)


def read_base_file(data: bytes | str | None) -> Base:
    """Return the base that the bytes of a `course.json` are; a text says why they could not be read."""
    public = read_published(data, public=True) if isinstance(data, bytes) else data
    if isinstance(public, Published):
        return Base(public.content)
    return Base(scripts=frozenset(), unknown=f"the base is not used: {public}")
