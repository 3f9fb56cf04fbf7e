"""`build`: read the course, check it, publish its site."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from time import perf_counter

from courseweek.commands.counts import count, count_site
from courseweek.commands.exits import BUILT, FAILED, WRONG_FILES, WRONG_USAGE
from courseweek.diagnostics import Diagnostics
from courseweek.pipeline import Site, make_site
from courseweek.project import Project
from courseweek.publish import Refused, publish_artifacts
from courseweek.report.text import printable, report_text


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """What the command line says; `now` without a zone is a time in the course's."""

    source: Path
    output: Path
    now: datetime
    strict: bool
    colour: bool = False


def build(options: BuildOptions) -> int:
    """Build the site and return the exit code; with any error the site that is there stays as it is."""
    started = perf_counter()
    found = Diagnostics()
    project = Project(options.source, options.output)
    site = make_site(project, options.now, found)
    errors = sum(1 for each in found if each.severity == "error")
    warnings = len(found.found) - errors
    if found.found:
        print(report_text(found, colour=options.colour), file=sys.stderr)
    if site is None or errors or (options.strict and warnings):
        counted = count(errors, "error") if errors else f"{count(warnings, 'warning')}, which --strict takes for errors"
        print(f"Nothing was published: {counted}.", file=sys.stderr)
        return WRONG_FILES
    try:
        publish_artifacts(site.artifacts, project.output, project.source)
    except Refused as refusal:
        print(f"Nothing was published: {printable(str(refusal))}.", file=sys.stderr)
        return WRONG_USAGE
    except OSError as error:
        what = f"{error.strerror or error} ({error.filename or project.output})"
        print(f"Publishing failed: {printable(what)}.", file=sys.stderr)
        return FAILED
    print(_closing_line(site, project, warnings, perf_counter() - started))
    return BUILT


def _closing_line(site: Site, project: Project, warnings: int, seconds: float) -> str:
    try:
        place = project.output.relative_to(Path.cwd())
    except ValueError:
        place = project.output
    return f"Built {printable(str(place))}: {count_site(site)}, {count(warnings, 'warning')} in {seconds:.2f} s."
