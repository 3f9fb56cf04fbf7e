"""How long after a note was saved the preview answers with the new page."""

from __future__ import annotations

import contextlib
import socket
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from random import Random
from statistics import median, quantiles

from benchmarks.course import Course, make_course
from benchmarks.measure import pause, rest, resume, running
from benchmarks.peers.peer import Change, Peer
from benchmarks.scenarios import Patience, Report, Site

_ASKED_EVERY = 0.004
GIVEN_UP = 20
"""Seconds after which an edit is taken for lost, and a request is asked again."""
_MOST_LOST = 3


@dataclass(slots=True)
class Answers:
    """The seconds from each save to the new page, for one builder and one number of notes."""

    peer: str
    notes: int
    seconds: list[float] = field(default_factory=list)
    lost: int = 0
    fault: str = ""

    @property
    def middle(self) -> float | None:
        return median(self.seconds) if self.seconds else None

    @property
    def is_few(self) -> bool:
        """Tell whether there are edits, but too few for a percentile."""
        return 0 < len(self.seconds) < 20

    @property
    def slow(self) -> float | None:
        """Return the 95th percentile, or the slowest where there are fewer than twenty."""
        if self.is_few or not self.seconds:
            return max(self.seconds, default=None)
        return quantiles(self.seconds, n=20, method="inclusive")[-1]


def time_previews(peers: Sequence[Peer], folder: Path, notes: int, patience: Patience, report: Report) -> list[Answers]:
    """Serve the course of so many notes with all builders, save notes in turn, and return how long each page took.

    While one is asked the others are paused. A slow one is asked less often: until its time is used up.
    """
    course = make_course(notes)
    answers = {peer.name: Answers(peer.name, notes) for peer in peers}
    with contextlib.ExitStack() as stack:
        served = []
        for peer in peers:
            each = _serve(peer, folder / f"{peer.name.lower()}-served-{notes}", course, patience.limit, stack)
            if isinstance(each, str):
                answers[peer.name].fault = each
                report(f"preview of {notes:,} notes: {peer.name}: {each}")
            else:
                served.append(each)
        # The pauses between edits vary, so that no edit meets a watcher's rhythm.
        waits = Random(notes)
        for _ in range(patience.runs):
            for each in list(served):
                answer = answers[each.site.peer.name]
                resume(each.process)
                time.sleep(waits.uniform(0.3, 1.2))
                seconds = each.edit()
                # What is left to do is done before the next edit: some previews lose one that comes meanwhile.
                rest(each.process, patience.limit)
                pause(each.process)
                if seconds is None:
                    answer.lost += 1
                else:
                    answer.seconds.append(seconds)
                if answer.lost == _MOST_LOST or sum(answer.seconds) > patience.budget:
                    served.remove(each)
    counted = ", ".join(f"{each.peer} {len(each.seconds)}" for each in answers.values())
    report(f"preview of {notes:,} notes, edits: {counted}")
    return list(answers.values())


@dataclass(frozen=True, slots=True)
class _Served:
    """A site with the process that serves it."""

    site: Site
    process: subprocess.Popen[bytes]
    port: int

    def edit(self) -> float | None:
        """Save a note at which somebody has just looked; return the seconds until its page is new, if it ever is."""
        _ask(self.port, self.site.next_page(), "</html>", GIVEN_UP)
        page, word = self.site.apply(Change.NOTE)
        started = time.perf_counter()
        return time.perf_counter() - started if _ask(self.port, page, word, GIVEN_UP) else None


def _serve(peer: Peer, folder: Path, course: Course, limit: float, stack: contextlib.ExitStack) -> _Served | str:
    """Start a preview and pause it once it answers; return why not, if it does not."""
    port = _find_port()
    command = peer.serve(port)
    if command is None:
        return "no preview"
    site = Site(peer, folder, course)
    process = stack.enter_context(running(command, folder))
    until = time.perf_counter() + limit
    while time.perf_counter() < until and process.poll() is None:
        if _ask(port, "", site.word_of_home, 1):
            rest(process, limit)
            pause(process)
            return _Served(site, process, port)
    return "it ended by itself" if process.poll() is not None else f"no answer in {limit:.0f} s"


def _ask(port: int, page: str, word: str, limit: float) -> bool:
    """Ask for the page until it holds the word; tell whether it did in time."""
    until = time.perf_counter() + limit
    while time.perf_counter() < until:
        connection = HTTPConnection("127.0.0.1", port, timeout=limit)
        with contextlib.suppress(OSError, HTTPException), contextlib.closing(connection):
            connection.request("GET", f"/{page}")
            answer = connection.getresponse()
            if word.encode() in answer.read() and answer.status == 200:
                return True
        time.sleep(_ASKED_EVERY)
    return False


def _find_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port
