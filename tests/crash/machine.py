"""Builds on a machine that fails: killed, out of space, without rights, disturbed, or several at once.

    python -W error -m tests.crash.machine

reads lines of JSON, each a list of builds that begin together, and answers each with a line of what became of them.
Each build is a process of its own, forked from this one, which has imported everything: so it costs what it takes.
"""

from __future__ import annotations

import contextlib
import ctypes
import io
import json
import os
import resource
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import asdict, dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Run:
    """A build of a course, or the command of `words`, and how the machine fails it.

    `kill_at` is the event at which it is killed; with `writing` those are counted from the first file that is laid
    out. `kill_after` are seconds. `largest` is how many bytes a file may have. `plain` takes away what root may do.
    `at` is the event at which the file `moved` takes the place of `target` (or `target` goes, without one).
    """

    course: str
    output: str = ""
    words: tuple[str, ...] = ()
    kill_at: int = 0
    writing: bool = False
    kill_after: float = 0.0
    largest: int = 0
    plain: bool = False
    at: int = 0
    moved: str = ""
    target: str = ""


@dataclass(frozen=True)
class Ended:
    """What became of a build; `events` are all that were counted, `writes` those since the first file was laid out."""

    code: int
    out: str
    err: str
    events: int
    writes: int


class Machine:
    """The process that forks builds; used from a test."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def run(self, *runs: Run) -> list[Ended]:
        """Run builds that begin together, and return what became of each."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps([asdict(run) for run in runs]) + "\n")
        self._process.stdin.flush()
        return [Ended(**each) for each in json.loads(self._process.stdout.readline())]

    def build(self, course: Path, output: Path | None = None, **how: Any) -> Ended:
        """Run one build."""
        (ended,) = self.run(Run(str(course), str(output or ""), **how))
        return ended


@contextlib.contextmanager
def running(cache: Path) -> Iterator[Machine]:
    """Yield a machine whose builds remember things with a key that is kept here."""
    with subprocess.Popen(
        [sys.executable, "-W", "error", "-m", "tests.crash.machine"],
        cwd=ROOT,
        env={**os.environ, "XDG_CACHE_HOME": str(cache), "SOURCE_DATE_EPOCH": "1800000000"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    ) as process:
        yield Machine(process)
        assert process.stdin is not None
        process.stdin.close()


class _Events:
    """Counts what the interpreter tells of files (PEP 578), and lets the machine fail at one of these events."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.process = os.getpid()
        self.events = self.writes = 0
        self.over = False

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        if self.over or os.getpid() != self.process or not event.startswith(("open", "os.", "tempfile.", "shutil.")):
            return
        self.events += 1
        if self.writes or event in ("tempfile.mkstemp", "tempfile.mkdtemp"):
            self.writes += 1
        run = self.run
        if run.kill_at and run.kill_at == (self.writes if run.writing else self.events):
            os.kill(self.process, signal.SIGKILL)
        if run.at == self.events:
            self.over = True  # what is done now is not counted
            _disturb(Path(run.moved) if run.moved else None, Path(run.target))
            self.over = False


def _disturb(moved: Path | None, target: Path) -> None:
    if moved is not None:
        moved.replace(target)
    else:
        target.unlink(missing_ok=True)


def _build(run: Run) -> dict[str, Any]:
    from courseweek.cli import main

    out, err, events = io.StringIO(), io.StringIO(), _Events(run)
    if run.plain:
        _give_up_rights()
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    if run.largest:
        resource.setrlimit(resource.RLIMIT_FSIZE, (run.largest, before[1]))
    if run.kill_at or run.at or run.writing:
        sys.addaudithook(events)
    output = ["--output", run.output] if run.output else []
    with redirect_stdout(out), redirect_stderr(err):
        code = main([*run.words, "--source", run.course, *output])
    events.over = True
    resource.setrlimit(resource.RLIMIT_FSIZE, before)
    return asdict(Ended(code, out.getvalue(), err.getvalue(), events.events, events.writes))


def _give_up_rights() -> None:
    """Let this process be refused what its owner is refused, though it may be root (capset(2), version 3)."""
    header, rights = (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)()
    libc = ctypes.CDLL(None, use_errno=True)
    if os.geteuid() == 0 and libc.capset(ctypes.byref(header), ctypes.byref(rights)) != 0:
        raise OSError(ctypes.get_errno(), "capset")


def _fork(run: Run) -> tuple[int, int]:
    """Begin a build; return its process and the end of the pipe on which it answers."""
    reading, writing = os.pipe()
    process = os.fork()
    if process == 0:
        os.close(reading)
        signal.alarm(120)  # one that waits for ever is ended
        sys.stdin = None  # it is the machine's own, and half read
        try:
            answer = json.dumps(_build(run)).encode("ascii")
            with os.fdopen(writing, "wb") as pipe:
                pipe.write(answer)
        finally:
            os._exit(0)
    os.close(writing)
    return process, reading


def _finish(run: Run, process: int, reading: int) -> dict[str, Any]:
    killing = threading.Timer(run.kill_after, os.kill, (process, signal.SIGKILL))
    if run.kill_after:
        killing.start()
    with os.fdopen(reading, "rb") as pipe:
        answer = pipe.read()
    killing.cancel()
    if run.kill_after:
        killing.join()
    _, status = os.waitpid(process, 0)
    code = os.waitstatus_to_exitcode(status)
    return dict(json.loads(answer)) if answer else asdict(Ended(code, "", "", 0, 0))


def _import_all() -> None:
    for module in ("pygments.lexers", "math_core", "courseweek.pipeline", "courseweek.files.publish", "courseweek.cli"):
        import_module(module)
    for module in ("courseweek.report.text", "courseweek.render.markdown.markup", "courseweek.schedule.releases"):
        import_module(module)


if __name__ == "__main__":
    _import_all()
    for line in sys.stdin:
        runs = [Run(**each) for each in json.loads(line)]
        begun = [(run, *_fork(run)) for run in runs]
        print(json.dumps([_finish(*each) for each in begun]), flush=True)
