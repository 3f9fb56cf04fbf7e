"""`serve`: show the course while it is being written, and publish nothing."""

from __future__ import annotations

import asyncio
import contextlib
import sys
import threading
import traceback
import webbrowser
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TextIO

from courseweek.commands.counts import count, count_problems, count_site
from courseweek.commands.exits import BUILT, WRONG_USAGE
from courseweek.commands.memory import open_memory
from courseweek.commands.past import Past, describe_changes, recall_past, remember_site
from courseweek.commands.since import read_previous, read_since, report_unused
from courseweek.frozen import dataclass
from courseweek.language.locale import EN
from courseweek.report.text import report_text
from courseweek.serve.days import DayCache, Snapshot
from courseweek.serve.handlers import open_pages
from courseweek.serve.origin_check import OriginCheck, is_loopback
from courseweek.serve.ports import Bound, NoPort, bind_port
from courseweek.serve.preview import open_preview
from courseweek.serve.server import address_of, run_server

BUG = "This is a bug in Courseweek, not in your course; the preview continues."


@dataclass(frozen=True, slots=True)
class ServeOptions:
    """What the command line says; `clock` gives the present time, `today` the day of the first site if another.

    `home` is the folder of this person's caches, and `secret` seals what is kept for the next start. `since` is the
    `course.json` that is public.
    """

    source: Path
    output: Path
    clock: Callable[[], datetime]
    today: datetime | None
    host: str
    port: int
    open: bool
    color: bool = False
    home: Path | None = None
    secret: bytes | None = None
    since: Path | None = None


def serve(options: ServeOptions) -> int:
    """Serve the preview until it is interrupted (`KeyboardInterrupt`); return the exit code if it can't begin."""
    try:
        bound = bind_port(options.host, options.port)
    except NoPort as reason:
        print(f"courseweek: {reason}", file=sys.stderr)
        return WRONG_USAGE
    if not is_loopback(options.host):
        print(
            f"Warning: with --host {options.host}, anyone who can reach this machine can read the preview, drafts "
            "included.",
            file=sys.stderr,
        )
    with bound.listener:
        asyncio.run(_serve(options, bound), debug=False)
    return BUILT


async def _serve(options: ServeOptions, bound: Bound) -> None:
    memory = open_memory(options.source, options.home, options.secret)
    past = recall_past(read_since(options.since), read_previous(options.output))
    cache = DayCache(options.source, options.output, options.clock, options.today, memory, past.since, past.previous)
    report_unused(options.since, past.unused)

    def report(snapshot: Snapshot) -> None:
        nonlocal past
        site = snapshot.build.site
        if site is not None and site.unused and not past.unused:  # once, though each edit finds it again
            past = replace(past, unused=site.unused)
            report_unused(options.since, past.unused)
        _report(snapshot, past, color=options.color)
        if snapshot.good is not None and not snapshot.failed and past.previous is None and past.since is None:
            past = replace(past, previous=remember_site(snapshot.good.plan))

    preview = open_preview(cache, OriginCheck(options.host, bound.port), report, _report_bug, open_pages)
    try:
        await run_server(preview, bound, _report_full, lambda: _greet(options, bound))
    finally:
        memory.close()


def _greet(options: ServeOptions, bound: Bound) -> None:
    """Say where the preview is, and open it in a browser if that is asked for."""
    address = address_of(options.host, bound.port)
    if options.port not in (0, bound.port):
        print(f"Port {options.port} is taken.")
    as_of = f" as of {EN.dated_day(options.today.date())}" if options.today is not None else ""
    print(f"Serving {address}{as_of}; press Ctrl-C to stop.", flush=True)
    if options.open:
        threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()


def _report(snapshot: Snapshot, past: Past, *, color: bool) -> None:
    """Show on the terminal what came of an edit: what is wrong, a line about the site, and one about its changes."""
    if snapshot.found:
        _print(report_text(snapshot.found, color=color), sys.stderr)
    if snapshot.bug is not None:
        _print(f"{snapshot.bug}\n{BUG}", sys.stderr)
    elif snapshot.failed or snapshot.good is None:
        problems = count_problems(snapshot.errors, snapshot.warnings)
        old = "; still showing the last good version" if snapshot.is_old else ""
        _print(f"{problems}{old}.", sys.stderr)
    else:
        took = f"{1000 * snapshot.build.seconds:.0f} ms"
        counts = count_site(snapshot.good.plan)
        changed = describe_changes(past, snapshot.good.plan)
        _print(f"Built in {took}: {counts}, {count(snapshot.warnings, 'warning')}.\n{changed}".rstrip(), sys.stdout)


def _report_bug(error: Exception) -> None:
    _print(f"{''.join(traceback.format_exception(error))}{BUG}", sys.stderr)


def _report_full() -> None:
    _print("Too many connections are open: new ones wait, and the preview continues.", sys.stderr)


def _print(text: str, stream: TextIO) -> None:
    """Print a line, if anybody reads it: a full log or a closed pipe must not keep an edit from the open pages."""
    with contextlib.suppress(OSError):
        print(text, file=stream, flush=True)
