"""A build that has much to draw draws it on every core."""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from typing import NoReturn

from courseweek.cache import Memory, pack
from courseweek.diagnostics import Diagnostics
from courseweek.render.drawn import Known, Press
from courseweek.render.sheets import Sheet

FEWEST_AHEAD = 64
"""Fewer pages are drawn by two processes: starting a pool of them would take longer."""
FEWEST_BESIDE = 6
"""Fewer pages are drawn one after the other: forking one process would take longer."""

Job = tuple[Sheet, Known]
"""A page to draw, and what is known of it."""


def draw_ahead(jobs: Sequence[Job], press: Press, memory: Memory) -> Iterator[tuple[str, bytes]]:
    """Yield each page as `Press.write` writes it, and the same packed, in order; nothing where that does not help.

    What a layout does wrong is not reported: the page has no HTML then.
    """
    cores = os.cpu_count() or 1
    # A process with threads must not be forked; elsewhere a new one costs the imports again.
    forks = sys.platform == "linux" and threading.active_count() == 1
    if cores > 1 and len(jobs) >= FEWEST_AHEAD:
        yield from _draw_in_pool(jobs, press, min(cores, 8), forks=forks)
    elif cores > 1 and forks and len(jobs) >= FEWEST_BESIDE:
        yield from _draw_beside(jobs, press, memory)


def _draw_beside(jobs: Sequence[Job], press: Press, memory: Memory) -> Iterator[tuple[str, bytes]]:
    """Yield the pages, of which a process that is forked for it draws the second half."""
    half = (len(jobs) + 1) // 2
    ours, theirs = jobs[:half], jobs[half:]
    try:
        reading, writing = os.pipe()
        child = os.fork()
    except OSError:  # the machine gives no more processes
        return
    if child == 0:
        _draw_for_parent(theirs, press, memory.apart(), writing)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        try:
            drawn = _draw_jobs(ours, press, memory)
            sent = pipe.read()
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)  # it is done, or nobody waits for it any more
            os.waitpid(child, 0)
    yield from drawn
    if sent:  # whoever was killed has sent nothing, or a piece
        with contextlib.suppress(EOFError, pickle.UnpicklingError):
            rest, learnt = pickle.loads(sent)
            memory.learn(learnt)
            yield from rest


def _draw_for_parent(jobs: Sequence[Job], press: Press, memory: Memory, writing: int) -> NoReturn:
    """Draw pages in a forked process, send them to the one that it was forked from, and end."""
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the build that started it ends it
        press.layouts.part_with_memory()
        drawn = _draw_jobs(jobs, press, memory)
        with os.fdopen(writing, "wb") as pipe:
            pickle.dump((drawn, memory.tell()), pipe)
    finally:  # whatever went wrong here: the pages are drawn by the parent, which tells of it
        os._exit(0)


def _draw_jobs(jobs: Sequence[Job], press: Press, memory: Memory | None) -> list[tuple[str, bytes]]:
    found = Diagnostics()
    written = []
    for sheet, known in jobs:
        answer = press.write(sheet, press.draw(sheet, known.fragments, None, found, memory))
        written.append((answer, pack(answer)))
    return written


def _draw_in_pool(jobs: Sequence[Job], press: Press, workers: int, *, forks: bool) -> Iterator[tuple[str, bytes]]:
    """Yield the pages, which as many processes draw."""
    # What starts these processes takes longer to load than a small course to draw.
    import multiprocessing
    from concurrent.futures import BrokenExecutor, ProcessPoolExecutor

    context = multiprocessing.get_context("fork" if forks else "spawn")
    size = max(1, len(jobs) // (workers * 8))
    # Where the machine gives no more processes, what is not drawn yet is drawn by this one.
    with (
        contextlib.suppress(OSError, BrokenExecutor),
        ProcessPoolExecutor(workers, context, _begin, (jobs, press)) as pool,
    ):
        for drawn in pool.map(_draw_piece, [range(at, min(at + size, len(jobs))) for at in range(0, len(jobs), size)]):
            yield from drawn


_BEGUN: list[tuple[Sequence[Job], Press]] = []


def _begin(jobs: Sequence[Job], press: Press) -> None:
    """Tell a process once what there is to draw: where it was forked it has it already."""
    press.layouts.part_with_memory()
    _BEGUN[:] = [(jobs, press)]
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the build that started it ends it
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """End this process when the build that started it is gone, killed perhaps; it would wait for work for ever."""
    from multiprocessing import parent_process

    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _draw_piece(piece: range) -> list[tuple[str, bytes]]:
    jobs, press = _BEGUN[0]
    return _draw_jobs(jobs[piece.start : piece.stop], press, None)
