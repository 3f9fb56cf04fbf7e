"""A large build renders on every core."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
from collections.abc import Iterator, Sequence

from courseweek.diagnostics import Diagnostics
from courseweek.render.rendered_page import PAGE, RecalledPage, SheetRenderer
from courseweek.render.sheets import Sheet

FEWEST_AHEAD = 100
"""With fewer pages, starting these processes would take longer than rendering."""

Job = tuple[Sheet, RecalledPage]
"""A page to render, and what is known of it."""


def render_ahead(jobs: Sequence[Job], renderer: SheetRenderer) -> Iterator[bytes]:
    """Yield each page, packed to be kept, in order.

    Yields nothing where that does not help. What a layout does wrong is not reported: the page has no HTML then.
    """
    workers = min(os.cpu_count() or 1, 8)
    if workers < 2 or len(jobs) < FEWEST_AHEAD:
        return
    # Loading what starts processes takes longer than rendering a small course.
    import multiprocessing
    from concurrent.futures import BrokenExecutor, ProcessPoolExecutor

    # A process with threads must not be forked; elsewhere a new one costs the imports again.
    forks = sys.platform == "linux" and threading.active_count() == 1
    context = multiprocessing.get_context("fork" if forks else "spawn")
    size = max(1, len(jobs) // (workers * 8))
    # If no more processes can start, this one renders the rest.
    with (
        contextlib.suppress(OSError, BrokenExecutor),
        ProcessPoolExecutor(workers, context, _begin, (jobs, renderer)) as pool,
    ):
        pieces = [range(at, min(at + size, len(jobs))) for at in range(0, len(jobs), size)]
        for rendered in pool.map(_render_piece, pieces):
            yield from rendered


_BEGUN: list[tuple[Sequence[Job], SheetRenderer]] = []


def _begin(jobs: Sequence[Job], renderer: SheetRenderer) -> None:
    """Give a process its work once; a forked one has it already."""
    renderer.layouts.part_with_memory()
    _BEGUN[:] = [(jobs, renderer)]
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the build that started it ends it
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """End this process when the build that started it is gone, killed perhaps; it would wait for work for ever."""
    from multiprocessing import parent_process

    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _render_piece(piece: range) -> list[bytes]:
    jobs, renderer = _BEGUN[0]
    found = Diagnostics()
    some = jobs[piece.start : piece.stop]
    return [PAGE.pack(renderer.render(sheet, known.fragments, None, found)) for sheet, known in some]
