"""The socket at which the preview listens: it survives when the machine has no handles left for more connections."""

from __future__ import annotations

import errno
import socket
import sys
from collections.abc import Callable
from typing import Any

from tornado.ioloop import IOLoop

PAUSE = 0.5
"""Seconds without new connections after handles have run out; they wait in the system's queue meanwhile."""
QUIET = 60.0
"""Seconds between two reports that handles have run out."""
MOST_RESERVED = 32
"""Handles that are kept for the files of the course, which are read while connections are open."""
_OUT_OF = frozenset({errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM})
"""The errors of `accept` when the process or the machine has none left (POSIX.1-2017, accept)."""


class Listener(socket.socket):
    """A listening socket whose `accept` waits when there are no handles, and does not fail.

    A connection that stays in the queue wakes the loop again and again, which takes a whole core: so the loop does not
    look at the socket for a while.
    """

    def __init__(self, bound: socket.socket, report_full: Callable[[], None]) -> None:
        """Take over a bound socket; `report_full` is called when handles have run out."""
        super().__init__(fileno=bound.detach())
        self.setblocking(False)
        self._report_full = report_full
        self._reported: float | None = None

    def accept(self) -> tuple[socket.socket, Any]:
        """Return the next connection; raises `BlockingIOError` if there is none, or no handle for one."""
        try:
            connection, address = super().accept()
        except OSError as error:
            if error.errno not in _OUT_OF:
                raise
        else:
            most = _most_handles()
            if most is None or connection.fileno() < most:
                return connection, address
            connection.close()
        self._wait()
        raise BlockingIOError

    def _wait(self) -> None:
        loop = IOLoop.current()
        loop.update_handler(self.fileno(), 0)
        loop.call_later(PAUSE, self._resume)
        if self._reported is None or loop.time() > self._reported + QUIET:
            self._reported = loop.time()
            self._report_full()

    def _resume(self) -> None:
        if self.fileno() >= 0:  # or it is closed
            IOLoop.current().update_handler(self.fileno(), IOLoop.READ)


def _most_handles() -> int | None:
    """Return the number above which handles are kept for files; None where the machine does not say."""
    if sys.platform == "win32":
        return None
    import resource  # which Windows lacks

    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return None if soft == resource.RLIM_INFINITY else soft - min(MOST_RESERVED, soft // 4)
