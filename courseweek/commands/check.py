"""`check`: all of a build short of publishing, for people, for pull requests and for programs."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import field
from datetime import datetime
from pathlib import Path

from courseweek.checks.outside.verdicts import check_outside_links
from courseweek.commands.counts import count, count_carried, count_problems, count_site, treated_by_strict
from courseweek.commands.exits import BUILT, FAILED, WRONG_FILES, WRONG_USAGE
from courseweek.commands.fixing import Fixed, fix_course, is_linked
from courseweek.commands.past import Past, describe_changes, recall_past
from courseweek.commands.patching import NO_FIXES, find_fixes, refuse_patch, write_patch
from courseweek.commands.since import read_previous, read_since, report_unused
from courseweek.diagnostics import Diagnostics
from courseweek.files.project import Project
from courseweek.fixes import report_difference
from courseweek.frozen import dataclass
from courseweek.network.rounds import Network
from courseweek.pipeline import Site, make_site
from courseweek.report import Format
from courseweek.report.github import report_github, summarize_github
from courseweek.report.json import report_json
from courseweek.report.progress import Progress
from courseweek.report.text import disarm, printable, report_text
from courseweek.review.base import Base, read_base, read_base_file
from courseweek.review.effect import Review
from courseweek.review.losses import fail_losses
from courseweek.review.patch import Fixes
from courseweek.review.review import review_change

MOST_LISTED = 50
"""Files of `assets/` that no page names and that are listed; of the others only the number is shown."""


@dataclass(frozen=True, slots=True)
class CheckOptions:
    """What the command line and the environment say; `now` without a zone is a time in the course's.

    `folder` is the course's within the working folder, for annotations; `summary` the file for the summary of a job.
    `network` asks about outside links, None for not asking; `progress` shows how far the check is. `since` is the
    `course.json` that is public. `against` is what the change is compared with: another folder of the course, or a
    `course.json`; `patch` is where the fixes go as a patch.
    """

    source: Path
    output: Path
    now: datetime
    strict: bool
    format: Format
    fix: bool
    color: bool
    folder: str = ""
    summary: Path | None = None
    network: Network | None = None
    progress: Progress = field(default_factory=Progress)
    since: Path | None = None
    against: Path | None = None
    patch: Path | None = None


def check(options: CheckOptions) -> int:
    """Report what is wrong with a course and return the exit code; nothing is published."""
    project = Project(options.source, options.output)
    if options.patch is not None and (why := refuse_patch(options.patch)):
        print(f"courseweek: {printable(str(options.patch))} {why}", file=sys.stderr)
        return WRONG_USAGE
    past = recall_past(read_since(options.since), read_previous(options.output))
    base = _open_base(options, past)
    trusted = base.scripts if base is not None else None
    if options.fix:
        with options.progress as progress:
            fixed = fix_course(project, options.now, progress.show, trusted)
        site, found = fixed.site, fixed.found
        try:
            _write_fixes(project, fixed, options)
        except OSError as error:
            print(f"Fixing failed: {error.strerror or error} ({error.filename}).", file=sys.stderr)
            return FAILED
    else:
        found = Diagnostics()
        with options.progress as progress:
            site = make_site(
                project,
                options.now,
                found,
                since=past.since,
                previous=past.previous,
                trusted=trusted,
                show=progress.show,
            )
    if site is not None and options.network is not None:
        with options.progress as progress:
            for each in check_outside_links(site.plan, site.rendered, options.network, _show_links(progress)):
                found.add(each)
    review = review_change(base, site) if base is not None else None
    own = sum(1 for each in found if each.severity == "error")
    found = fail_losses(found, base) if base is not None else found
    wanted = options.patch is not None or (options.format == "github" and options.summary is not None)
    fixes = find_fixes(project, found, options.now, options.progress) if wanted else NO_FIXES
    try:
        said = write_patch(options.patch, fixes, options.source) if options.patch is not None else ""
    except OSError as error:
        print(f"{printable(str(options.patch))} can't be written: {error.strerror or error}.", file=sys.stderr)
        return FAILED
    errors = sum(1 for each in found if each.severity == "error")
    warnings = len(found.found) - errors
    bad = site is None or errors > 0 or (options.strict and warnings > 0)
    report_unused(options.since, past.unused or (site.unused if site is not None else ""))
    closing = _closing_line(project, site, found, errors, warnings, bad=bad)
    if errors > 0 and own == 0:
        closing = closing.replace("The course can't be published", "This change can't be merged", 1)
    changed = describe_changes(past, site.plan) if site is not None and not bad and base is None else ""
    _report(options, found, closing, changed + said, site.unnamed if site is not None else (), review, fixes, bad=bad)
    return WRONG_FILES if bad else BUILT


def _open_base(options: CheckOptions, past: Past) -> Base | None:
    """Return what the change is compared with; None if nothing is."""
    if options.against is None:
        return None
    if not os.path.isdir(options.against):  # noqa: PTH112 - never raises
        return read_base_file(read_since(options.against))
    with options.progress as progress:
        progress.show("reading the base")
        return read_base(options.against, options.output, options.now, past.since, past.previous)


def _show_links(progress: Progress) -> Callable[[int, int], None]:
    return lambda done, total: progress.show(f"asking about outside links: {done:,} of {total:,}")


def _write_fixes(project: Project, fixed: Fixed, options: CheckOptions) -> None:
    """Write the changed files, and show the difference."""
    project.write_texts(dict(sorted(fixed.after.items())))
    if options.format == "text" and fixed.after:
        print(report_difference(fixed.before, fixed.after, color=options.color), end="")
        print(f"Fixed {', '.join(sorted(fixed.after))}.\n")


def _closing_line(
    project: Project, site: Site | None, found: Diagnostics, errors: int, warnings: int, *, bad: bool
) -> str:
    if bad:
        strict = "" if errors else treated_by_strict(warnings)
        fixable = sum(1 for each in found if each.fix and not is_linked(project, each))
        which = (
            "it"
            if len(found.found) == 1
            else "one of these"
            if fixable == 1
            else "them"
            if fixable == len(found.found)
            else f"{fixable} of these"
        )
        hint = f" `check --fix` fixes {which}." if fixable else ""
        return f"The course can't be published as it is: {count_problems(errors, warnings)}{strict}.{hint}"
    counted = f"{count_site(site.plan)}; " if site is not None else ""
    carried = count_carried(site.plan) if site is not None else ""
    return f"Checked: {counted}{count_problems(0, warnings) if warnings else 'nothing is wrong'}{carried}."


def _report(
    options: CheckOptions,
    found: Diagnostics,
    closing: str,
    changed: str,
    unnamed: tuple[str, ...],
    review: Review | None,
    fixes: Fixes,
    *,
    bad: bool,
) -> None:
    closing = f"{closing}\n{changed}".rstrip("\n")
    listed = "" if bad else _list_unnamed(unnamed)
    if options.format == "json":
        print(report_json(found, unnamed, review.describe() if review is not None else None), end="")
        return
    if review is not None:
        print(review.format_text())
    if options.format == "github":
        print(report_github(found, options.folder), end="")
        print(f"{closing}{listed}")
        if options.summary is not None:
            parts = [review.format_markdown()] if review is not None else []
            parts += [fixes.format_markdown()] if fixes.after else []
            _add_summary(options.summary, "\n".join([*parts, summarize_github(found, closing)]))
    else:
        if found.found:
            print(report_text(found, color=options.color), file=sys.stderr)
        print(f"{closing}{listed}", file=sys.stderr if bad else sys.stdout)


def _list_unnamed(unnamed: tuple[str, ...]) -> str:
    """Return lines that list the files of `assets/` that no page names; nothing if there are none."""
    if not unnamed:
        return ""
    shown = [f"  {disarm(printable(path))}" for path in unnamed[:MOST_LISTED]]
    more = len(unnamed) - MOST_LISTED
    shown += [f"  and {more:,} more"] if more > 0 else []
    head = f"No page names {count(len(unnamed), 'file')} in assets/; published anyway:"
    return "\n" + "\n".join([head, *shown])


def _add_summary(path: Path, text: str) -> None:
    """Add to the summary of a job; if that fails, the log has everything anyway."""
    try:
        with path.open("a", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except OSError as error:
        print(f"The summary can't be written: {error.strerror}.", file=sys.stderr)
