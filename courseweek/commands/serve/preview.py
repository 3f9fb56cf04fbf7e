"""`serve`: show the course while it is being written, and publish nothing."""

from __future__ import annotations

import asyncio
import contextlib
import sys
import threading
import traceback
import webbrowser
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TextIO

from tornado.httpserver import HTTPServer

from courseweek.commands.counts import count, count_problems, count_site
from courseweek.commands.exits import BUILT, WRONG_USAGE
from courseweek.commands.memory import open_memory
from courseweek.commands.serve.handlers import make_application, open_pages
from courseweek.commands.serve.listener import Listener
from courseweek.commands.serve.live import start_live
from courseweek.commands.serve.ports import Bound, NoPort, bind_port
from courseweek.frozen import dataclass
from courseweek.preview.addresses import Door, is_loopback
from courseweek.preview.sites import Shown, Sites
from courseweek.project import theme_folder
from courseweek.render.views import words
from courseweek.report.text import report_text

LARGEST_HEADER = 16_384
LARGEST_BODY = 1_024


@dataclass(frozen=True, slots=True)
class ServeOptions:
    """What the command line says; `clock` gives the present time, `today` the day of the first site if another.

    `home` is the folder of this person's caches, and `secret` seals what is kept for the next start.
    """

    source: Path
    output: Path
    clock: Callable[[], datetime]
    today: datetime | None
    host: str
    port: int
    open: bool
    colour: bool = False
    home: Path | None = None
    secret: bytes | None = None


def serve(options: ServeOptions) -> int:
    """Serve the preview until it is interrupted (`KeyboardInterrupt`); return the exit code if it can't begin."""
    try:
        bound = bind_port(options.host, options.port)
    except NoPort as reason:
        print(f"courseweek: {reason}", file=sys.stderr)
        return WRONG_USAGE
    if not is_loopback(options.host):
        print(
            f"Warning: with --host {options.host} whoever reaches this machine can read the preview, drafts included.",
            file=sys.stderr,
        )
    with bound.listener:
        asyncio.run(_serve(options, bound), debug=False)
    return BUILT


async def _serve(options: ServeOptions, bound: Bound) -> None:
    memory = open_memory(options.source, options.home, options.secret)
    sites = Sites(options.source, options.output, theme_folder(), options.clock, options.today, memory)

    def tell(shown: Shown) -> None:
        _tell(shown, colour=options.colour)

    live = start_live(sites, Door(options.host, bound.port), tell, _tell_trouble, open_pages)
    server = HTTPServer(
        make_application(live),
        max_header_size=LARGEST_HEADER,
        max_body_size=LARGEST_BODY,
        idle_connection_timeout=60,
        body_timeout=10,
    )
    server.add_socket(Listener(bound.listener, _tell_of_handles))
    address = _address(options.host, bound.port)
    if options.port not in (0, bound.port):
        print(f"Port {options.port} is taken.")
    as_of = f" as of {words.dated_day(options.today.date())}" if options.today is not None else ""
    print(f"Serving {address}{as_of}; Ctrl-C ends it.", flush=True)
    if options.open:
        threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
    try:
        await live.watch()
    finally:
        memory.close()
        server.stop()
        await server.close_all_connections()


def _address(host: str, port: int) -> str:
    if host in ("", "0.0.0.0", "::"):
        host = "127.0.0.1"
    return f"http://[{host}]:{port}/" if ":" in host and "[" not in host else f"http://{host}:{port}/"


def _tell(shown: Shown, *, colour: bool) -> None:
    """Show on the terminal what came of an edit: what is wrong, and a line about the site."""
    if shown.found:
        _say(report_text(shown.found, colour=colour), sys.stderr)
    if shown.bug is not None:
        _say(f"{shown.bug}\nThis is a bug in Courseweek, not in your course; the preview goes on.", sys.stderr)
    elif shown.failed or shown.good is None:
        kept = "; the last good site stays" if shown.kept else ""
        _say(f"Not good: {count_problems(shown.errors, shown.warnings)}{kept}.", sys.stderr)
    else:
        took = f"{1000 * shown.making.seconds:.0f} ms"
        counts = count_site(shown.good.plan)
        _say(f"Made in {took}: {counts}, {count(shown.warnings, 'warning')}.", sys.stdout)


def _tell_trouble(error: Exception) -> None:
    told = "".join(traceback.format_exception(error))
    _say(f"{told}This is a bug in Courseweek, not in your course; the preview goes on.", sys.stderr)


def _tell_of_handles() -> None:
    _say("Too many connections are open: new ones wait, and the preview goes on.", sys.stderr)


def _say(text: str, stream: TextIO) -> None:
    """Print a line, if anybody listens: a full log or a closed pipe must not keep an edit from the open pages."""
    with contextlib.suppress(OSError):
        print(text, file=stream, flush=True)
