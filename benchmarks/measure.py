"""Runs a process and says what it took: seconds on the clock and of the processors, and memory at its peak.

A process that takes too long is ended with all that it started, and told.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from threading import Event, Thread

from benchmarks.peers.peer import Command

_PROC = Path("/proc")
_LOOKED_FOR = 0.4
# So much of one core may be used by what rests.
_AT_REST = 0.15


@dataclass(frozen=True, slots=True)
class Run:
    """What one process took; `peak` is in bytes, of the largest of its processes or, where watched, of all."""

    seconds: float
    processor: float
    peak: int
    code: int
    said: str
    late: bool = False


def run(command: Command, folder: Path, limit: float, *, watched: bool = False) -> Run:
    """Run the command in the folder and wait for its end, for `limit` seconds at most.

    `watched` adds up the memory of all its processes every 20 ms, which costs a little time.
    """
    with TemporaryFile() as output:
        started = time.perf_counter()
        process = _start(command, folder, output.fileno())
        late = Event()
        ended = Event()
        peaks = [0]
        guard = Thread(target=_end_when_late, args=(process, limit, ended, late), daemon=True)
        guard.start()
        if watched:
            watch = Thread(target=_watch_memory, args=(process.pid, ended, peaks), daemon=True)
            watch.start()
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - started
        ended.set()
        process.returncode = os.waitstatus_to_exitcode(status)
        guard.join()
        output.seek(0)
        said = output.read().decode("utf-8", "replace")
    # Linux counts in kilobytes, macOS in bytes.
    peak = max(usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024), *peaks)
    processor = usage.ru_utime + usage.ru_stime
    return Run(seconds, processor, peak, process.returncode, said[-2000:], late.is_set())


@contextlib.contextmanager
def running(command: Command, folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Run the command beside the caller, who gets the process; at the end it is told to end, then ended."""
    with TemporaryFile() as output:
        process = _start(command, folder, output.fileno())
        try:
            yield process
        finally:
            resume(process)
            _signal_all(process, signal.SIGINT)
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                _signal_all(process, signal.SIGKILL)
                process.wait()
            # What it started may have outlived it.
            _signal_all(process, signal.SIGKILL)


def pause(process: subprocess.Popen[bytes]) -> None:
    """Let the process and all that it started wait, so that it takes nothing from the others."""
    _signal_all(process, signal.SIGSTOP)


def rest(process: subprocess.Popen[bytes], limit: float) -> None:
    """Wait until the process and all that it started have nothing to do, for `limit` seconds at most."""
    until = time.perf_counter() + limit
    before = -1.0
    while time.perf_counter() < until:
        used = sum(_read_processor(pid) for pid in _find_group(process.pid))
        # Watching files takes a little all the time.
        if 0 <= used - before < _AT_REST * _LOOKED_FOR:
            return
        before = used
        time.sleep(_LOOKED_FOR)


def resume(process: subprocess.Popen[bytes]) -> None:
    """Let the process go on."""
    _signal_all(process, signal.SIGCONT)


def _start(command: Command, folder: Path, output: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        list(command.words),
        cwd=folder,
        env=dict(os.environ) | dict(command.environment),
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )


def _end_when_late(process: subprocess.Popen[bytes], limit: float, ended: Event, late: Event) -> None:
    if not ended.wait(limit):
        late.set()
        _signal_all(process, signal.SIGKILL)


def _signal_all(process: subprocess.Popen[bytes], number: int) -> None:
    """Send a signal to the process and all of its group, which `_start` made for it."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, number)


def _watch_memory(group: int, ended: Event, peaks: list[int]) -> None:
    while not ended.wait(0.02):
        peaks.append(sum(_read_memory(pid) for pid in _find_group(group)))


def _find_group(group: int) -> list[str]:
    """Return the processes of a group, by Linux's /proc; elsewhere none."""
    found = []
    for folder in _PROC.glob("[0-9]*"):
        with contextlib.suppress(OSError, IndexError, ValueError):
            # After the name, which may hold anything: state, parent, group (proc(5)).
            fields = (folder / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
            if int(fields[2]) == group:
                found.append(folder.name)
    return found


def _read_processor(pid: str) -> float:
    """Return the seconds of processor time of a process and of its children that have ended (proc(5))."""
    with contextlib.suppress(OSError, IndexError, ValueError):
        fields = (_PROC / pid / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        return sum(int(each) for each in fields[11:15]) / os.sysconf("SC_CLK_TCK")
    return 0.0


def _read_memory(pid: str) -> int:
    """Return the bytes of memory of a process, pages that it shares with others counted in parts (PSS)."""
    with contextlib.suppress(OSError, ValueError):
        for line in (_PROC / pid / "smaps_rollup").read_text(encoding="ascii").splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return 0
