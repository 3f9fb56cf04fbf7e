"""`archive`: freeze the site of the term as one that is past, and keep it in the course's `archive/`."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

from courseweek.commands.counts import count
from courseweek.commands.exits import BUILT, FAILED, WRONG_FILES, WRONG_USAGE
from courseweek.commands.working import run_alone
from courseweek.diagnostics import Diagnostics
from courseweek.files.project import Project
from courseweek.files.stored import Changed, Content
from courseweek.frozen import dataclass
from courseweek.model.past_term import ARCHIVE
from courseweek.report.progress import Progress
from courseweek.report.text import printable, report_text
from courseweek.roll.archive import FrozenTerm, Oversized, Unfit, freeze_term, write_archive


@dataclass(frozen=True, slots=True)
class ArchiveOptions:
    """What the command line says: the course, and the name of the past term; with `dry_run` nothing is written."""

    source: Path
    output: Path
    name: str
    now: datetime
    dry_run: bool = False
    color: bool = False
    progress: Progress | None = None


def archive(options: ArchiveOptions) -> int:
    """Freeze the site as of the end of its term and return the exit code; a past term that is there stays as it is."""
    if options.dry_run:
        return archive_alone(options)
    return run_alone(options.source, lambda _: archive_alone(options), "Nothing was archived")


def archive_alone(options: ArchiveOptions) -> int:
    """Do what `archive` does while no other command works on the course, and return the exit code."""
    found = Diagnostics()
    project = Project(options.source, options.output)
    name = printable(options.name)
    try:
        with options.progress or Progress() as progress:
            frozen = freeze_term(project, options.name, found, progress.show)
        if found.found:
            print(report_text(found, color=options.color), file=sys.stderr)
        if frozen is None:
            errors = sum(1 for each in found if each.severity == "error")
            print(f"Nothing was archived: {count(errors, 'error')}.", file=sys.stderr)
            return WRONG_FILES
        if not options.dry_run:
            write_archive(options.source, frozen)
    except Unfit as unfit:
        print(f"Nothing was archived: a past term can't be called `{name}`: {unfit}.", file=sys.stderr)
        return WRONG_USAGE
    except Oversized as large:
        print(f"Nothing was archived: {large}.", file=sys.stderr)
        return WRONG_FILES
    except Changed:
        print("Nothing was archived: files of the course changed meanwhile; try again.", file=sys.stderr)
        return FAILED
    except OSError as error:
        print(f"Nothing was archived: {printable(f'{error.strerror or error} ({error.filename})')}.", file=sys.stderr)
        return FAILED
    _say_archived(frozen, options)
    return BUILT


def _say_archived(frozen: FrozenTerm, options: ArchiveOptions) -> None:
    size = sum(map(_size_of, frozen.files.values()))
    what = f"{count(frozen.pages, 'page')}, {count(len(frozen.files), 'file')}, {size // 1000:,} kB"
    done = "Would archive" if options.dry_run else "Archived"
    day = frozen.as_of.date()
    print(f"{done} {printable(frozen.title)} in {ARCHIVE}/{frozen.name}/, as of {day}: {what}.")
    if options.now < frozen.as_of:
        print(f"The term is not over: the archive shows everything that appears before {day}.")
    if not options.dry_run:
        print(f"Commit {ARCHIVE}/. The next build publishes it as {frozen.name}/index.html.")


def _size_of(content: Content) -> int:
    return len(content) if isinstance(content, bytes) else content.size
