"""A server on this machine that misbehaves: each path has a way of its own to answer, or not to."""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

Answering = Callable[[socket.socket, str], None]
"""Gets the connection and the method, and writes whatever it likes."""


def reply(status: str, *headers: str, body: bytes = b"") -> Answering:
    """Answer like this, with the body for GET alone."""

    def write(connection: socket.socket, method: str) -> None:
        lines = [f"HTTP/1.1 {status}", *headers, f"Content-Length: {len(body)}", "Connection: close", "", ""]
        connection.sendall("\r\n".join(lines).encode("utf-8") + (body if method == "GET" else b""))

    return write


def redirect(status: int, target: str) -> Answering:
    return reply(f"{status} Elsewhere", f"Location: {target}")


def by_method(head: Answering, get: Answering) -> Answering:
    return lambda connection, method: (head if method == "HEAD" else get)(connection, method)


def raw(data: bytes) -> Answering:
    return lambda connection, method: connection.sendall(data)


def say_nothing(connection: socket.socket, method: str) -> None:
    """Close without a word."""


def reset(connection: socket.socket, method: str) -> None:
    """Tear the connection down: closing with a linger of zero sends a reset."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


@dataclass
class Server:
    """`asked` are the requests in their order."""

    ways: dict[str, Answering | list[Answering]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)
    port: int = 0
    over: threading.Event = field(default_factory=threading.Event)
    _times: Counter[str] = field(default_factory=Counter)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def address(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def hang(self, connection: socket.socket, method: str) -> None:
        """Take the request and say nothing until the test is over."""
        self.over.wait(120)

    def drip(self, connection: socket.socket, method: str) -> None:
        """Begin a reply, and send a header's letter now and then for as long as somebody listens."""
        connection.sendall(b"HTTP/1.1 200 OK\r\nX: ")
        with contextlib.suppress(OSError):
            while not self.over.wait(0.05):
                connection.sendall(b"y")

    def pour(self, connection: socket.socket, method: str) -> None:
        """Send a body without an end."""
        connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        with contextlib.suppress(OSError):
            while method == "GET" and not self.over.is_set():
                connection.sendall(b"z" * 65536)

    def serve(self, connection: socket.socket) -> None:
        with connection, contextlib.suppress(OSError):
            self._answer(connection)

    def _answer(self, connection: socket.socket) -> None:
        head = b""
        while b"\r\n\r\n" not in head:
            data = connection.recv(65536)
            if not data:
                return
            head += data
            if head[:1] == b"\x16":  # the beginning of TLS
                connection.sendall(b"what is this?\r\n")
                return
        method, path, _ = head.decode("latin-1").split(" ", 2)
        with self._lock:
            self.asked.append(f"{method} {path}")
            self.heads.append(head.decode("latin-1"))
            way = self.ways.get(path, reply("404 Not Found"))
            if isinstance(way, list):
                way = way[min(self._times[path], len(way) - 1)]
            self._times[path] += 1
        way(connection, method)


@contextlib.contextmanager
def running() -> Iterator[Server]:
    """Run a server; it is gone, with all its threads, when the test is over."""
    server = Server()
    threads: list[threading.Thread] = []
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server.port = listening.getsockname()[1]

        def accept() -> None:
            while True:
                try:
                    connection, _ = listening.accept()
                except OSError:
                    return
                if server.over.is_set():
                    connection.close()
                    return
                thread = threading.Thread(target=server.serve, args=(connection,), daemon=True)
                threads.append(thread)
                thread.start()

        accepting = threading.Thread(target=accept, daemon=True)
        accepting.start()
        try:
            yield server
        finally:
            server.over.set()
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", server.port), timeout=60):
                pass
            accepting.join(60)
            for thread in threads:
                thread.join(60)
