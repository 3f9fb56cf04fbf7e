"""`build`: read the course, check it, publish its site."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from time import perf_counter

from courseweek.diagnostics import Diagnostics
from courseweek.pipeline import Site, make_site
from courseweek.project import Project
from courseweek.publish import Refused, publish_artifacts
from courseweek.report import report_text

BUILT, WRONG_FILES, WRONG_USAGE, FAILED = 0, 1, 2, 3
"""Exit codes: built or clean; the course's files have errors; wrong usage; the builder or the machine failed."""


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """What the command line says; `now` without a zone is a time in the course's."""

    source: Path
    output: Path
    now: datetime
    strict: bool


def build(options: BuildOptions) -> int:
    """Build the site and return the exit code; with any error the site that is there stays as it is."""
    started = perf_counter()
    found = Diagnostics()
    project = Project(options.source, options.output)
    site = make_site(project, options.now, found)
    errors = sum(1 for each in found if each.severity == "error")
    warnings = len(found.found) - errors
    if found.found:
        print(report_text(found), file=sys.stderr)
    if site is None or errors or (options.strict and warnings):
        counted = (
            _count(errors, "error") if errors else f"{_count(warnings, 'warning')}, which --strict takes for errors"
        )
        print(f"Nothing was published: {counted}.", file=sys.stderr)
        return WRONG_FILES
    try:
        publish_artifacts(site.artifacts, project.output, project.source)
    except Refused as refusal:
        print(f"Nothing was published: {refusal}.", file=sys.stderr)
        return WRONG_USAGE
    except OSError as error:
        print(f"Publishing failed: {error.strerror or error} ({error.filename or project.output}).", file=sys.stderr)
        return FAILED
    print(_closing_line(site, project, warnings, perf_counter() - started))
    return BUILT


def _closing_line(site: Site, project: Project, warnings: int, seconds: float) -> str:
    meetings = sum(1 for row in site.plan.schedule.meetings if row.pause is None)
    parts = (
        _count(len(site.plan.pages), "page"),
        _count(meetings, "meeting"),
        _count(len(site.plan.schedule.readings), "reading"),
        _count(warnings, "warning"),
    )
    try:
        place = project.output.relative_to(Path.cwd())
    except ValueError:
        place = project.output
    return f"Built {place}: {', '.join(parts)} in {seconds:.2f} s."


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number or 'no'} {noun}s"
