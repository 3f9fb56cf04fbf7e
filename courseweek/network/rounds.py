"""A round of questions: many addresses, a few hosts at once, each host one question at a time, and an end to it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import field
from datetime import datetime
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread

from courseweek.frozen import dataclass
from courseweek.network.answer import Answer, bare_address, host_of
from courseweek.network.gates import PAUSE, Gates
from courseweek.network.journey import follow_address
from courseweek.network.kept_answers import keep_answers, recall_answers
from courseweek.network.wire import Wire, load_client

HOSTS_AT_ONCE = 8
BUDGET = 600.0
"""Seconds that one run asks; what is not asked by then is left to the next one."""
CACHE_FOLDER = ".cache"
CACHE_FILE = "links.json"

Report = Callable[[int, int], None]
"""Hears how many addresses are done, and of how many."""


def be_silent(done: int, total: int) -> None:
    """Report no progress."""


@dataclass(frozen=True, slots=True)
class Network:
    """Asks about addresses, and remembers the answers in `.cache/links.json` of the folder.

    `now` is the instant by the clock, with a zone; it dates the answers. `clock` counts the seconds of pauses and
    `sleep` waits for them. Without a folder nothing is remembered.
    """

    folder: Path | None
    now: datetime
    wire: Wire = field(default_factory=Wire)
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    pause: float = PAUSE
    budget: float = BUDGET
    hosts_at_once: int = HOSTS_AT_ONCE

    def ask(self, addresses: Iterable[str], report: Report = be_silent) -> dict[str, Answer]:
        """Return an answer for each address; `report` gets the progress, in the calling thread.

        What a host answered in an earlier run is believed for a while. Never raises because of what hosts do.
        """
        wanted = {address: bare_address(address) for address in addresses}
        path = self._path()
        answers = recall_answers(path, self.now) if path is not None else {}
        missing = [each for each in dict.fromkeys(wanted.values()) if each not in answers]
        total = len(set(wanted.values()))
        report(total - len(missing), total)
        asked: dict[str, Answer] = {}
        try:
            self._ask_hosts(missing, asked, total, report)
        finally:  # an impatient person keeps what was learnt
            # A machine without a network says nothing about the links.
            if path is not None and any(each.replied or each.final != address for address, each in asked.items()):
                keep_answers(path, answers | asked)
        late = "time ran out before it was asked"
        unasked = {each: Answer(None, each, None, "unasked", late, self.now) for each in missing if each not in asked}
        answers |= asked | unasked
        return {address: answers[bare] for address, bare in wanted.items()}

    def _path(self) -> Path | None:
        """Return where the answers are kept, or None: a link may not lead them out of the course's folder."""
        if self.folder is None:
            return None
        try:
            top, path = self.folder.resolve(), self.folder / CACHE_FOLDER / CACHE_FILE
            return path if path.resolve().is_relative_to(top) else None
        except (OSError, RuntimeError):
            return None

    def _ask_hosts(self, missing: list[str], asked: dict[str, Answer], total: int, report: Report) -> None:
        """Fill `asked`, by one thread for each of a few hosts; return when all is asked or the time is up."""
        hosts: dict[str, list[str]] = {}
        for address in missing:
            hosts.setdefault(host_of(address), []).append(address)
        waiting: SimpleQueue[list[str]] = SimpleQueue()
        # The longest lists first: the last host to finish ends the run.
        for host in sorted(hosts, key=lambda host: -len(hosts[host])):
            waiting.put(hosts[host])
        results: SimpleQueue[tuple[str, Answer | Exception]] = SimpleQueue()
        gates = Gates(self.wire, self.clock, self.sleep, self.clock() + self.budget, self.pause)
        load_client()
        for _ in range(min(self.hosts_at_once, len(hosts))):
            # A thread stuck in the system's name lookup must not keep the process alive.
            Thread(target=self._work, args=(waiting, results, gates), daemon=True).start()
        before = total - len(missing)
        # What was begun in time may end a little later; each request has its own limit.
        ends_at = time.monotonic() + self.budget + 3 * self.wire.longest
        while len(asked) < len(missing):
            try:
                address, answer = results.get(timeout=max(ends_at - time.monotonic(), 0.0))
            except Empty:
                return
            if isinstance(answer, Exception):
                raise answer
            asked[address] = answer
            report(before + len(asked), total)

    def _work(
        self,
        waiting: SimpleQueue[list[str]],
        results: SimpleQueue[tuple[str, Answer | Exception]],
        gates: Gates,
    ) -> None:
        """Ask one host after the other, and put the answers in the queue, until no host is left."""
        while True:
            try:
                addresses = waiting.get_nowait()
            except Empty:
                return
            for address in addresses:
                try:
                    results.put((address, follow_address(address, gates.ask, self.now)))
                except Exception as error:  # a bug: it is raised where it is heard of
                    results.put((address, error))
