"""How long after a note was saved the preview answers with the new page."""

from __future__ import annotations

import contextlib
import socket
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from random import Random
from statistics import median, quantiles

from benchmarks.course import make_course
from benchmarks.measure import running
from benchmarks.peers.peer import Change, Peer
from benchmarks.scenarios import Site, Tell

_ASKED_EVERY = 0.004


@dataclass(slots=True)
class Answers:
    """The seconds from each save to the new page, for one builder and one number of notes."""

    peer: str
    notes: int
    seconds: list[float] = field(default_factory=list)
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


def time_previews(
    peers: Sequence[Peer], folder: Path, notes: int, edits: int, limit: float, tell: Tell
) -> dict[str, Answers]:
    """Serve the course of so many notes with each builder in turn, save notes, and return how long the page took.

    A builder whose preview takes long is asked less often: it has `limit` seconds for all of its edits.
    """
    answers = {}
    for peer in peers:
        port = _find_port()
        command = peer.serve(port)
        found = answers[peer.name] = Answers(peer.name, notes)
        if command is None:
            found.fault = "no preview"
            continue
        site = Site(peer, folder / f"{peer.name.lower()}-served-{notes}", make_course(notes))
        # The pauses between edits vary, so that no edit meets a watcher's rhythm.
        pauses = Random(notes)
        with running(command, site.folder) as process:
            if not _ask(port, "", site.word_of_home, limit):
                found.fault = f"no answer in {limit:.0f} s" if process.poll() is None else "ended by itself"
            until = time.perf_counter() + limit
            while not found.fault and len(found.seconds) < edits and (not found.seconds or time.perf_counter() < until):
                time.sleep(pauses.uniform(0.3, 1.2))
                # Somebody looks at the page; then it is saved.
                _ask(port, site.next_page(), "</html>", limit)
                page, word = site.apply(Change.NOTE)
                started = time.perf_counter()
                if _ask(port, page, word, limit):
                    found.seconds.append(time.perf_counter() - started)
                else:
                    found.fault = f"an edit did not show in {limit:.0f} s"
        tell(f"preview of {notes:,} notes: {peer.name}, {len(found.seconds)} edits{found.fault and f'; {found.fault}'}")
    return answers


def _ask(port: int, page: str, word: str, limit: float) -> bool:
    """Ask for the page until it holds the word; tell whether it did in time."""
    until = time.perf_counter() + limit
    while time.perf_counter() < until:
        connection = HTTPConnection("127.0.0.1", port, timeout=limit)
        with contextlib.suppress(OSError, HTTPException):
            connection.request("GET", f"/{page}")
            answer = connection.getresponse()
            if word.encode() in answer.read() and answer.status == 200:
                return True
        connection.close()
        time.sleep(_ASKED_EVERY)
    return False


def _find_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port
