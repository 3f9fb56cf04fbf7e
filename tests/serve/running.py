"""A preview as a person starts it: a process that serves a course at a free port of this machine."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from time import sleep
from typing import IO

from tests.sites import ROOT


@dataclass
class Answer:
    """What the server answered."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")


@dataclass
class Running:
    """A preview that runs; its standard error goes to a file."""

    process: subprocess.Popen[str]
    address: str
    said: list[str]
    errors: Path
    rest: str = ""
    """What it said after that, once it has ended."""

    @property
    def port(self) -> int:
        return int(self.address.rstrip("/").rpartition(":")[2])

    @property
    def out(self) -> IO[str]:
        assert self.process.stdout is not None
        return self.process.stdout

    def ask(self, path: str, method: str = "GET", headers: Mapping[str, str] | None = None) -> Answer:
        """Ask for a path as it is written, without mending it."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.putrequest(method, path, skip_host=headers is not None and "Host" in headers)
            for name, value in (headers or {}).items():
                connection.putheader(name, value)
            connection.endheaders()
            answer = connection.getresponse()
            return Answer(answer.status, dict(answer.getheaders()), answer.read())
        finally:
            connection.close()

    def say(self, data: bytes) -> bytes:
        """Send bytes, whatever they are, and return what comes back until the server hangs up."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=60) as line:
            answer = b""
            with suppress(OSError):  # it may hang up before all is said
                line.sendall(data)
                line.shutdown(socket.SHUT_WR)
                while got := line.recv(65_536):
                    answer += got
            return answer

    def wait_for(self, words: str) -> str:
        """Return what it has said on standard error when these words are there."""
        for _ in range(12_000):
            said = self.read_errors()
            if words in said:
                return said
            sleep(0.01)
        raise AssertionError(self.read_errors())

    def read_errors(self) -> str:
        return self.errors.read_text(encoding="utf-8")


@contextmanager
def preview(
    course: Path,
    errors: Path,
    *options: str,
    today: str | None = "2027-03-10",
    environment: Mapping[str, str] | None = None,
    checkout: Path = ROOT,
) -> Iterator[Running]:
    """Serve a course until the block ends; then it is interrupted as by Ctrl-C, and must end well.

    `checkout` is the folder of the program.
    """
    day = ["--today", today] if today is not None else []
    words = [sys.executable, "-X", "dev", "-W", "ignore", "-m", "courseweek", "serve", "--source", str(course), *day]
    with errors.open("w", encoding="utf-8") as stderr:
        process = subprocess.Popen(
            [*words, *(options if "--port" in options else ("--port", "0", *options))],
            cwd=checkout,
            stdout=subprocess.PIPE,
            stderr=stderr,
            encoding="utf-8",
            env=environment,
        )
    assert process.stdout is not None
    said = []
    try:
        for line in process.stdout:
            said.append(line.rstrip("\n"))
            if line.startswith("Serving "):
                break
        else:
            raise AssertionError((process.wait(60), said, errors.read_text(encoding="utf-8")))
        running = Running(process, said[-1].split()[1].rstrip(";"), said, errors)
        yield running
        process.send_signal(signal.SIGINT)
        running.rest = process.stdout.read()
        assert process.wait(60) == 0, errors.read_text(encoding="utf-8")
    finally:
        process.kill()
        process.wait()
        process.stdout.close()
