"""Builds under limits: each in a process of its own that the machine ends when it takes too much.

    python -m tests.hostile.limited FOLDER …

builds the course of each folder and prints one line of JSON for it. The processes are forked from one that has
imported everything, so that a hundred builds cost what they take and no more.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 2
"""Processor time that a build of hostile files may take."""
SLOW_MACHINE = 4
"""Times as much before a process is ended: a busy machine counts more for the same work."""
MEGABYTES = 300
"""Memory that it may take, at its most."""


@dataclass(frozen=True)
class Built:
    """What became of a build; `code` is negative where the machine ended it (`-24`: too much processor time)."""

    code: int
    out: str
    err: str
    seconds: float
    megabytes: float


def build_limited(folders: Iterable[Path], *options: str) -> list[Built]:
    """Build each course into its `_site` and return what became of it, in order."""
    ran = subprocess.run(
        [sys.executable, "-W", "error", "-m", "tests.hostile.limited", *options, *map(str, folders)],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        check=True,
    )
    return [Built(**json.loads(line)) for line in ran.stdout.splitlines()]


def _build(folder: Path, options: list[str]) -> Built:
    out, err = folder.with_name(folder.name + ".out"), folder.with_name(folder.name + ".err")
    process = os.fork()
    if process == 0:
        os._exit(_run(folder, out, err, options))
    _, status, used = os.wait4(process, 0)
    return Built(
        os.waitstatus_to_exitcode(status),
        out.read_text(encoding="utf-8"),
        err.read_text(encoding="utf-8"),
        used.ru_utime + used.ru_stime,
        used.ru_maxrss / 1024,
    )


def _run(folder: Path, out: Path, err: Path, options: list[str]) -> int:
    from courseweek.cli import main

    # A file that nobody ever writes to would wait without taking processor time.
    signal.alarm(120)
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS * SLOW_MACHINE, SECONDS * SLOW_MACHINE))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with out.open("w", encoding="utf-8") as sys.stdout, err.open("w", encoding="utf-8") as sys.stderr:
        return main(["--source", str(folder), "--today", "2027-03-10", *options])


def _import_all() -> None:
    import math_core
    import pygments.lexers

    from courseweek.render.markdown.markup import render_prose

    assert callable(render_prose)
    assert callable(math_core.LatexToMathML)
    pygments.lexers.get_lexer_by_name("python")


if __name__ == "__main__":
    _import_all()
    options = [word for word in sys.argv[1:] if word.startswith("--")]
    for name in sys.argv[1 + len(options) :]:
        built = _build(Path(name), options)
        print(json.dumps({each: getattr(built, each) for each in Built.__dataclass_fields__}), flush=True)
