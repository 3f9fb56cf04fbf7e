"""Before each host a gate: one request at a time goes through, with a pause between, and none while the host rests."""

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
    down: dict[str, Reply] = field(default_factory=dict)
    """By scheme, host and port: what makes asking again useless."""


class Gates:
    """The gates of all hosts in one run. `ends_at` is when the run ends by `clock`, which counts seconds."""

    def __init__(
        self, wire: Wire, clock: Callable[[], float], sleep: Callable[[float], None], ends_at: float, pause: float
    ) -> None:
        """Take the way to ask, the clock and how to wait on it, the end of the run, and the pause between requests."""
        self._wire = wire
        self._clock = clock
        self._sleep = sleep
        self._ends_at = ends_at
        self._pause = pause
        self._gates: dict[str, _Gate] = {}
        self._lock = Lock()

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
        host = host_of(address)
        with self._lock:
            gate = self._gates.setdefault(host, _Gate())
        with gate.lock:
            known = gate.down.get(_origin(address))
            if known is not None:
                return known
            wait = gate.opens_at - self._clock()
            if wait > LONGEST_REST:
                return Reply(fault="resting", reason=f"{host} asks to wait for more than a minute")
            if self._clock() + max(wait, 0) >= self._ends_at:
                return Reply(fault="unasked", reason="time ran out before it was asked")
            if wait > 0:
                self._sleep(wait)
            reply = self._wire.request(method, address)
            rest = reply.wait if reply.status in _ASKS_TO_WAIT and reply.wait is not None else 0.0
            gate.opens_at = self._clock() + max(self._pause, rest)
            if reply.fault in _DOWN:
                gate.down[_origin(address)] = reply
            return reply


def _origin(address: str) -> str:
    """Return the address up to its path: what one server answers for (RFC 6454, section 4)."""
    scheme, _, rest = address.partition("://")
    return f"{scheme}://{rest.partition('/')[0].partition('?')[0]}"
