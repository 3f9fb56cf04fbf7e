"""A build that is killed at any moment: each file is old or new and whole, and the next build makes it good."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path
from time import monotonic

import pytest

from tests.crash.machine import Machine
from tests.crash.sites import check_whole, differ, make_states, put
from tests.sites import ROOT, write_course

PAGES = 120
"""Enough for processes that draw them ahead."""


def kill_builds(machine: Machine, folder: Path, *, at_any_moment: int, while_writing: int) -> None:
    states = make_states(machine, folder, PAGES)
    course = folder / "course"
    put(course, states[0])
    began = monotonic()
    assert machine.build(course).code == 0
    seconds = monotonic() - began
    put(course, states[1])
    writes = machine.build(course, writing=True).writes
    assert writes > 3 * PAGES
    moments = random.Random(5)
    killed = 0
    for number in range(at_any_moment + while_writing):
        old, new = states[(number + 1) % 2], states[number % 2]
        put(course, new)
        if number < while_writing:
            ended = machine.build(course, writing=True, kill_at=moments.randint(1, writes))
            assert ended.code == -9
        else:
            ended = machine.build(course, kill_after=moments.uniform(0.01, seconds))
            assert ended.code in {0, -9}
        killed += ended.code == -9
        check_whole(course / "_site", old, new)
        assert machine.build(course).code == 0
        assert differ(course / "_site", new.site) == []
    assert killed >= while_writing


def test_killed(machine: Machine, tmp_path: Path) -> None:
    kill_builds(machine, tmp_path, at_any_moment=1, while_writing=2)


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="only Linux lists a process's children in a file")
def test_no_process_is_left_that_was_rendering_for_it(tmp_path: Path) -> None:
    """Processes that draw pages for a build end with it; they would wait for more work for ever."""
    words = "\n\n".join(f"Some *words* and `code` number {number}." for number in range(200))
    course = write_course(tmp_path, {f"content/p{page}.md": f"{words} {page}\n" for page in range(100)})
    with subprocess.Popen(
        [sys.executable, "-c", RENDERING, str(course)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    ) as building:
        assert building.stdout is not None
        rendering = [int(number) for number in building.stdout.readline().split()]
        assert len(rendering) == 2
        building.kill()
        # The pipe ends when the last process that holds it does.
        assert building.stdout.read() == ""


RENDERING = """
import os, sys
from pathlib import Path
from concurrent.futures import ProcessPoolExecutor
from courseweek.cli import main

def tell(self, work, *pieces):
    futures = [self.submit(work, piece) for piece in pieces[0]]
    futures[0].result()
    print(*self._processes, flush=True)
    return (future.result() for future in futures)

os.cpu_count = lambda: 2
ProcessPoolExecutor.map = tell
main(["--source", sys.argv[1]])
"""


@pytest.mark.slow
def test_killed_often(machine: Machine, tmp_path: Path) -> None:
    kill_builds(machine, tmp_path, at_any_moment=25, while_writing=25)
