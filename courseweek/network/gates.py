"""Before each host a gate: one request at a time goes through, with a pause between, and none while the host rests.

urllib3's pools and its `Retry` don't do this. A pool is for one scheme, host and port, and has no pause between two
requests; `Retry` waits while it holds the thread, however long a host asks for, and knows only the machine's own clock.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field
from threading import Lock

from courseweek.frozen import dataclass
from courseweek.network.answer import Fault, host_of
from courseweek.network.wire import Method, Reply, Wire

PAUSE = 1.0
"""Seconds between two requests to one host."""
LONGEST_REST = 60.0
"""A host that asks for a longer pause (seconds) is asked nothing more in this run."""
ATTEMPTS = 2
"""So often one question is put, if it may go better the next time."""
_BUSY = frozenset({429, 500, 502, 503, 504})
_ASKS_TO_WAIT = frozenset({429, 503})
_DOWN: frozenset[Fault] = frozenset({"unknown-host", "unreachable", "certificate"})
"""What is as true of all other addresses there."""


@dataclass(slots=True)
class _Gate:
    lock: Lock = field(default_factory=Lock)
    opens_at: float = 0.0
    down: dict[tuple[str, ...], Reply] = field(default_factory=dict)
    """By scheme, host and port, which are one server (RFC 6454, section 4): what makes asking it again useless."""


@dataclass(slots=True)
class Gates:
    """The gates of all hosts in one run, through which `wire` asks.

    `clock` counts the seconds and `sleep` waits for them; the run ends at `ends_at`. `pause` is the time between two
    requests to one host.
    """

    wire: Wire
    clock: Callable[[], float]
    sleep: Callable[[float], None]
    ends_at: float
    pause: float
    _gates: dict[str, _Gate] = field(default_factory=dict, init=False)
    _lock: Lock = field(default_factory=Lock, init=False)

    def ask(self, method: Method, address: str) -> Reply:
        """Return the reply to a question, put again once where that may help; waits for its turn."""
        reply = Reply()
        for _ in range(ATTEMPTS):
            reply = self._pass_through(method, address)
            # A host that stumbles over HEAD is asked with GET next, not with HEAD again.
            again = reply.status in (_BUSY if method == "GET" else _ASKS_TO_WAIT)
            if not again and not (method == "GET" and reply.fault in ("silent", "broken")):
                break
        return reply

    def _pass_through(self, method: Method, address: str) -> Reply:
        host, server = host_of(address), tuple(address.partition("?")[0].split("/", 3)[:3])
        with self._lock:
            gate = self._gates.setdefault(host, _Gate())
        with gate.lock:
            known = gate.down.get(server)
            if known is not None:
                return known
            wait = gate.opens_at - self.clock()
            if wait > LONGEST_REST:
                return Reply(fault="resting", reason=f"{host} asks to wait for more than a minute")
            if self.clock() + max(wait, 0) >= self.ends_at:
                return Reply(fault="unasked", reason="time ran out before it was asked")
            if wait > 0:
                self.sleep(wait)
            reply = self.wire.request(method, address)
            rest = reply.wait if reply.status in _ASKS_TO_WAIT and reply.wait is not None else 0.0
            gate.opens_at = self.clock() + max(self.pause, rest)
            if reply.fault in _DOWN:
                gate.down[server] = reply
            return reply
