"""`check`: all of a build short of publishing, for people, for pull requests and for programs."""

from __future__ import annotations

import sys
from collections import Counter
from datetime import datetime
from pathlib import Path

from courseweek.checks.outside.verdicts import check_outside_links
from courseweek.commands.counts import count, count_problems, count_site
from courseweek.commands.exits import BUILT, FAILED, WRONG_FILES
from courseweek.diagnostics import Diagnostic, Diagnostics, Source
from courseweek.fixes import apply_fixes, report_difference
from courseweek.frozen import dataclass
from courseweek.network.rounds import Network, be_silent
from courseweek.pipeline import Site, make_site
from courseweek.project import Project
from courseweek.report import Format
from courseweek.report.github import report_github, summarize_github
from courseweek.report.json import report_json
from courseweek.report.text import disarm, printable, report_text

MOST_ROUNDS = 50
"""Mending one mistake may show the next; after so many rounds the rest is left to the person."""
MOST_LISTED = 50
"""Files of `assets/` without a name on any page that are listed; of the others only their number."""
MOST_REPEATS = 3
"""A line whose mistake comes back as often when it is mended was understood wrong: it stays as it was written."""


@dataclass(frozen=True, slots=True)
class CheckOptions:
    """What the command line and the environment say; `now` without a zone is a time in the course's.

    `folder` is the course's within the working folder, for annotations; `summary` the file for the summary of a job.
    `network` asks about outside links, None for not asking; `live` says that standard error shows how far it is.
    """

    source: Path
    output: Path
    now: datetime
    strict: bool
    format: Format
    fix: bool
    colour: bool
    folder: str = ""
    summary: Path | None = None
    network: Network | None = None
    live: bool = False


def check(options: CheckOptions) -> int:
    """Tell what is wrong with a course and return the exit code; nothing is published."""
    project = Project(options.source, options.output)
    if options.fix:
        try:
            _fix(project, options)
        except OSError as error:
            print(f"Mending failed: {error.strerror or error} ({error.filename}).", file=sys.stderr)
            return FAILED
    found = Diagnostics()
    site = make_site(project, options.now, found)
    if site is not None and options.network is not None:
        for each in check_outside_links(site.plan, site.drawn, options.network, _show if options.live else be_silent):
            found.add(each)
    errors = sum(1 for each in found if each.severity == "error")
    warnings = len(found.found) - errors
    bad = site is None or errors > 0 or (options.strict and warnings > 0)
    closing = _closing_line(project, site, found, errors, warnings, bad=bad)
    _tell(options, found, closing, site.unnamed if site is not None else (), bad=bad)
    return WRONG_FILES if bad else BUILT


def _show(done: int, total: int) -> None:
    """Show on the terminal how many addresses are done; the line goes when all are."""
    text = f"Asking about outside links: {done} of {total}" if done < total else ""
    print(f"\r\x1b[K{text}", end="", file=sys.stderr, flush=True)


def _closing_line(
    project: Project, site: Site | None, found: Diagnostics, errors: int, warnings: int, *, bad: bool
) -> str:
    if bad:
        strict = "" if errors else ", which --strict takes for errors"
        fixable = sum(1 for each in found if each.fix and not _is_linked(project, each))
        mended = (
            "it"
            if len(found.found) == 1
            else "one of these"
            if fixable == 1
            else "them"
            if fixable == len(found.found)
            else f"{fixable} of these"
        )
        hint = f" `check --fix` mends {mended}." if fixable else ""
        return f"The course can't be published as it is: {count_problems(errors, warnings)}{strict}.{hint}"
    counted = f"{count_site(site.plan)}; " if site is not None else ""
    return f"Checked: {counted}{count_problems(0, warnings) if warnings else 'nothing is wrong'}."


def _tell(options: CheckOptions, found: Diagnostics, closing: str, unnamed: tuple[str, ...] = (), *, bad: bool) -> None:
    listed = "" if bad else _list_unnamed(unnamed)
    if options.format == "json":
        print(report_json(found, unnamed), end="")
    elif options.format == "github":
        print(report_github(found, options.folder), end="")
        print(f"{closing}{listed}")
        if options.summary is not None:
            _add_summary(options.summary, summarize_github(found, closing))
    else:
        if found.found:
            print(report_text(found, colour=options.colour), file=sys.stderr)
        print(f"{closing}{listed}", file=sys.stderr if bad else sys.stdout)


def _list_unnamed(unnamed: tuple[str, ...]) -> str:
    """Return lines that name the files of `assets/` that no page names; nothing where there is none."""
    if not unnamed:
        return ""
    shown = [f"  {disarm(printable(path))}" for path in unnamed[:MOST_LISTED]]
    more = len(unnamed) - MOST_LISTED
    shown += [f"  and {more:,} more"] if more > 0 else []
    head = f"No page names {count(len(unnamed), 'file')} of assets/; each is published all the same:"
    return "\n" + "\n".join([head, *shown])


def _add_summary(path: Path, text: str) -> None:
    """Add to the summary of a job; where that can't be done, the log has it all anyway."""
    try:
        with path.open("a", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except OSError as error:
        print(f"The summary can't be written: {error.strerror}.", file=sys.stderr)


def _fix(project: Project, options: CheckOptions) -> None:
    """Mend what has one safe answer, write each file once, and show the difference."""
    vain: set[Mark] = set()
    while (mended := _mend(project, options.now, vain)) is None:
        pass  # there is a mistake more in `vain`
    before, after = mended
    for name, text in sorted(after.items()):
        project.write_text(name, text)
    if options.format == "text" and after:
        print(report_difference(before, after, colour=options.colour), end="")
        print(f"Mended {', '.join(sorted(after))}.\n")


def _is_linked(project: Project, diagnostic: Diagnostic) -> bool:
    """Tell whether to mend a mistake would write through a symbolic link."""
    return any((project.source / edit.span.file).is_symlink() for edit in diagnostic.fix)


Mark = tuple[str, str, int]
"""A mistake by its name, its file and its line."""


def _mend(project: Project, now: datetime, vain: set[Mark]) -> tuple[dict[str, str], dict[str, str]] | None:
    """Return the texts of the files that change, as they were and mended; what is marked in `vain` is left alone.

    None comes where mending a mistake does not end it: its mark is in `vain` then, for another try from the start.
    """
    before: dict[str, str] = {}
    after: dict[str, str] = {}
    repeats: Counter[Mark] = Counter()
    for _ in range(MOST_ROUNDS):
        found = Diagnostics()
        make_site(Project(project.source, project.output, after), now, found)
        mendable = [each for each in found if each.fix and _mark(each) not in vain and not _is_linked(project, each)]
        mended = apply_fixes(mendable)
        if not mended:
            break
        repeats.update({_mark(each) for each in mendable})
        again = {mark for mark, times in repeats.items() if times > MOST_REPEATS}
        if again:
            vain |= again
            return None
        for source in _sources(mendable):
            before.setdefault(source.name, source.text)
        after |= mended
    return before, {name: text for name, text in after.items() if text != before[name]}


def _mark(diagnostic: Diagnostic) -> Mark:
    return diagnostic.name, diagnostic.span.file, diagnostic.span.line


def _sources(found: list[Diagnostic]) -> list[Source]:
    return [edit.span.source for each in found for edit in each.fix]
