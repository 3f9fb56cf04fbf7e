"""Where the preview listens: the port that was asked for, or the next that is free."""

from __future__ import annotations

import errno
import socket

from courseweek.frozen import dataclass

MOST_TRIED = 50
LOWEST_FREE = 1024
"""From this port on, a program needs no special rights."""


class NoPort(Exception):
    """The preview can't listen there; the text says why."""


@dataclass(frozen=True, slots=True)
class Bound:
    """A socket that listens at a port."""

    listener: socket.socket
    port: int


def bind_port(host: str, port: int) -> Bound:
    """Return a socket bound to `host` at `port` or the first free port above it; raises `NoPort`.

    Port 0 is any that is free.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for tried in range(port, min(port + MOST_TRIED, 65_536)):
        try:
            listener = socket.create_server((host.strip("[]"), tried), family=family)
        except OSError as error:
            # Windows also denies a port above these that it has set aside, or that another program keeps to itself.
            if error.errno == errno.EADDRINUSE or (error.errno == errno.EACCES and tried >= LOWEST_FREE):
                continue
            if error.errno == errno.EACCES:
                raise NoPort(f"port {tried} needs the rights of an administrator") from None
            raise NoPort(f"this machine has no address {host}") from None
        listener.setblocking(False)
        return Bound(listener, listener.getsockname()[1])
    raise NoPort(f"port {port} and those above it are taken")
