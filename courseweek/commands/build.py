"""`build`: read the course, check it, publish its site.

What makes a site is imported only when a site has to be made: if nothing has changed, importing would take five times
as long as finding that out.
"""

from __future__ import annotations

import os
import sys
from datetime import datetime
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from courseweek.cache import AnswerKind, Memory
from courseweek.commands.exits import BUILT, FAILED, WRONG_FILES, WRONG_USAGE
from courseweek.commands.memory import open_memory
from courseweek.commands.since import read_previous, read_since, report_unused
from courseweek.diagnostics import Diagnostics
from courseweek.files.destination import RECORD
from courseweek.files.project import Project, theme_folder
from courseweek.files.receipt import (
    Receipt,
    Sources,
    find_changed_notes,
    hash_bytes,
    hash_content,
    hash_sources,
    is_covered,
    is_in_place,
    read_receipt,
    write_receipt,
)
from courseweek.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping

    from courseweek.files.stored import Content
    from courseweek.pipeline import Site
    from courseweek.render.scribe import Scribe
    from courseweek.report.progress import Progress


USUAL_LANGUAGES = ("python",)
"""Most code in course notes is in these: a first build, which highlights all of it, prepares for them."""
_RECEIPT = AnswerKind[Receipt]("receipt", write_receipt, read_receipt)
_CHANGED_MEANWHILE = "Files of the course changed during the build; build again."


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """What the command line and the environment say; `now` without a zone is a time in the course's.

    `home` is the folder of this person's caches, and `secret` seals what is kept for the next build; without one
    nothing is kept. `progress` shows how far a build is. `since` is the `course.json` that is public.
    """

    source: Path
    output: Path
    now: datetime
    strict: bool
    color: bool = False
    home: Path | None = None
    secret: bytes | None = None
    progress: Progress | None = None
    since: Path | None = None


def build(options: BuildOptions) -> int:
    """Build the site and return the exit code; with any error the old site stays as it is."""
    started = perf_counter()
    memory = open_memory(options.source, options.home, options.secret)
    since = read_since(options.since)
    question = _question(options, since)
    whole = True
    try:
        sources = hash_sources(options.source, theme_folder()) if options.secret else None
        receipt = _find_receipt(options, memory, question) if sources is not None else None
        if receipt is not None and receipt.sources == sources:
            whole = False
            if any(receipt.warned):
                print(receipt.warned[options.color], file=sys.stderr)
            report_unused(options.since, receipt.unused)
            _say_built(options, receipt, "nothing has changed", started)
            return BUILT
        from courseweek.render.scribe import scribe_beside

        first = not os.path.exists(options.output)  # noqa: PTH110 - a path object raises where it may not look
        with scribe_beside(USUAL_LANGUAGES if first else ()) as scribe:  # before all that this process has to load
            if receipt is not None and sources is not None and not any(receipt.warned):
                code = _revise(options, memory, question, receipt, sources, scribe, started)
                if code is not None:
                    whole = False
                    return code
            return _build(options, memory, question, since, sources, scribe, started)
    finally:
        memory.settle(whole=whole)
        memory.close()


def _question(options: BuildOptions, since: bytes | str | None) -> str:
    """Return what a site depends on besides the clock and its sources."""
    # A time without a zone was asked for; any other is the clock's, which is compared with the receipt's own.
    asked = options.now.isoformat() if options.now.tzinfo is None else ""
    public = hash_bytes(since) if isinstance(since, bytes) else since or ""
    return "\n".join((str(options.source), str(options.output), asked, public))


def _find_receipt(options: BuildOptions, memory: Memory, question: str) -> Receipt | None:
    """Return the receipt of the site in the output folder, if it was built last and its time is not over."""
    receipt = memory.recall(_RECEIPT, question)
    if receipt is None:
        return None
    holds = options.now.tzinfo is None or receipt.since <= options.now.timestamp() < receipt.until
    holds = holds and not (options.strict and any(receipt.warned))
    return receipt if holds and is_in_place(receipt, options.output) else None


def _revise(
    options: BuildOptions,
    memory: Memory,
    question: str,
    receipt: Receipt,
    sources: Sources,
    scribe: Scribe | None,
    started: float,
) -> int | None:
    """Make again the notes of which only the text has changed, and return the exit code; None where that is not all."""
    changed = find_changed_notes(receipt.sources, sources)
    if not changed:
        return None
    from courseweek.revision import revise

    revised = revise(options.source, options.output, options.now, receipt, sources, changed, memory, scribe)
    if revised is None:
        return None
    pages, receipt = revised
    code = _publish(pages, options, frozenset(receipt.made) - {RECORD})
    if code != BUILT:
        return code
    again = hash_sources(options.source, theme_folder(), changed)
    same = again is not None and not again.notes.items() - sources.notes.items() and again.rest == sources.rest
    if same:
        memory.keep(_RECEIPT, question, receipt)
    report_unused(options.since, receipt.unused)
    _say_built(options, receipt, "", started)
    if not same:
        print(_CHANGED_MEANWHILE, file=sys.stderr)
    return BUILT


def _say_built(options: BuildOptions, receipt: Receipt, why: str, started: float) -> None:
    print(_closing_line(options.output, receipt.said, why, perf_counter() - started))
    print(receipt.coming, end="")


def _build(
    options: BuildOptions,
    memory: Memory,
    question: str,
    since: bytes | str | None,
    sources: Sources | None,
    scribe: Scribe | None,
    started: float,
) -> int:
    from courseweek.commands.counts import count, count_site, count_unnamed, treated_by_strict
    from courseweek.commands.past import describe_changes, recall_past
    from courseweek.pipeline import make_site
    from courseweek.report.progress import Progress
    from courseweek.report.text import report_text

    found = Diagnostics()
    project = Project(options.source, options.output)
    past = recall_past(since, read_previous(options.output))
    with options.progress or Progress() as progress:
        site = make_site(
            project,
            options.now,
            found,
            memory,
            since=past.since,
            previous=past.previous,
            scribe=scribe,
            show=progress.show,
        )
    unused = past.unused or (site.unused if site is not None else "")
    report_unused(options.since, unused)
    errors = sum(1 for each in found if each.severity == "error")
    warnings = len(found.found) - errors
    if found.found:
        print(report_text(found, color=options.color), file=sys.stderr)
    if site is None or errors or (options.strict and warnings):
        counted = count(errors, "error") if errors else count(warnings, "warning") + treated_by_strict(warnings)
        print(f"Nothing was published: {counted}.", file=sys.stderr)
        return WRONG_FILES
    code = _publish(site.artifacts, options)
    if code != BUILT:
        return code
    said = f"{count_site(site.plan)}, {count(warnings, 'warning')}{count_unnamed(site.unnamed)}"
    coming = _describe_next_release(site)
    changed = sources is not None and sources != hash_sources(options.source, theme_folder())
    if sources is not None and not changed:
        warned = (report_text(found), report_text(found, color=True)) if found.found else ("", "")
        receipt = _make_receipt(site, project, sources, said, coming, warned, unused)
        if receipt is not None:
            memory.keep(_RECEIPT, question, receipt)
    print(_closing_line(project.output, said, "", perf_counter() - started))
    print(describe_changes(past, site.plan), end="")
    print(coming, end="")
    if changed:  # the site may or may not hold what was saved last
        print(_CHANGED_MEANWHILE, file=sys.stderr)
    return BUILT


def _publish(artifacts: Mapping[str, Content], options: BuildOptions, others: frozenset[str] = frozenset()) -> int:
    """Publish files beside `others` of the site and return `BUILT`, or print why not and return the exit code."""
    from courseweek.files.publish import Changed, Held, Refused, Unwritable, publish_artifacts

    def printable(text: str) -> str:
        from courseweek.report.text import printable  # most sites are published, and nothing is printed then

        return printable(text)

    try:
        publish_artifacts(artifacts, options.output, options.source, others)
    except Refused as refusal:
        print(f"Nothing was published: {printable(str(refusal))}.", file=sys.stderr)
        return WRONG_USAGE
    except Held as held:
        print(f"Nothing was published: {printable(str(held))}; build again when it is done.", file=sys.stderr)
        return FAILED
    except Changed as changed:
        name = printable(_name_of(changed.path, options.source))
        print(f"Nothing was published: {name} changed during the build; build again.", file=sys.stderr)
        return FAILED
    except OSError as error:
        failed = "Nothing was published" if isinstance(error, Unwritable) else "Publishing failed"
        what = f"{error.strerror or error} ({error.filename or options.output})"
        print(f"{failed}: {printable(what)}.", file=sys.stderr)
        return FAILED
    except KeyboardInterrupt:
        print("Interrupted; some files of the site may be old, but none is damaged. Build again.", file=sys.stderr)
        return FAILED
    return BUILT


def _name_of(path: str, source: Path) -> str:
    """Return the name of a file in the course's folder, for people."""
    top = source.resolve()
    # A layout that came with Courseweek may be on another drive of Windows, from which no relative path leads here.
    return Path(path).relative_to(top).as_posix() if Path(path).is_relative_to(top) else Path(path).name


def _make_receipt(
    site: Site,
    project: Project,
    sources: Sources,
    said: str,
    coming: str,
    warned: tuple[str, str],
    unused: str,
) -> Receipt | None:
    """Return what the next build needs to know that nothing has changed, or only the texts of some notes.

    None if that can't be kept.
    """
    from courseweek.revision import mark_notes
    from courseweek.schedule.releases import last_release, next_change

    if not all(is_covered(name) for name in project.read):
        return None
    plan = site.plan
    made = {path: hash_content(content) for path, content in site.artifacts.items()}
    try:
        made[RECORD] = hash_bytes((project.output / RECORD).read_bytes())
    except OSError:
        return None  # somebody removed the site in the meantime
    until = next_change(plan.course, plan.schedule, plan.now)
    return Receipt(
        since=plan.now.timestamp(),
        until=until.timestamp(),
        said=said,
        coming=coming,
        made=made,
        sources=sources,
        marks=mark_notes(plan, site.rendered, site.artifacts),
        places=plan.paths,
        withheld=plan.withheld,
        later=last_release(plan.course, plan.schedule, plan.now) is not None,
        weight=sum(map(len, site.rendered.html.values())),
        warned=warned,
        unused=unused,
    )


def _describe_next_release(site: Site) -> str:
    """Return a line about what appears next and when, for which the site has to be built again; or nothing."""
    from courseweek.report.text import printable
    from courseweek.schedule.releases import next_release

    plan = site.plan
    release = next_release(plan.course, plan.schedule, plan.now)
    if release is None:
        return ""
    at = release.at.astimezone(plan.course.syllabus.term.zone)
    return f"Next to appear: {printable(release.what)}, {at:%Y-%m-%d} at {at:%H:%M}; build again then.\n"


def _closing_line(output: Path, said: str, why: str, seconds: float) -> str:
    try:
        shown = output.relative_to(Path.cwd()).as_posix()
    except ValueError:
        shown = str(output)
    if not (shown.isascii() and shown.isprintable()):
        from courseweek.report.text import printable  # seldom needed, and it takes time

        shown = printable(shown)
    return f"Built {shown}: {said} in {seconds:.2f} s{f'; {why}' if why else ''}."
