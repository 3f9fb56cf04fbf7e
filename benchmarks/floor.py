"""What a build in Python can't go below: how long Python takes to start, and to import what every site needs."""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks.measure import run
from benchmarks.peers.peer import Command, Peer

PARTS = {"starting Python": "pass", "and importing PyYAML, Jinja and Markdown": "import yaml, jinja2, markdown"}


def time_floor(ours: Peer, folder: Path, runs: int, limit: float) -> dict[str, list[float]]:
    """Return the seconds of each part, of the Python by which Courseweek is run, in turn."""
    beside = ours.program.parent / "python"
    python = str(beside) if beside.exists() else sys.executable
    found: dict[str, list[float]] = {name: [] for name in PARTS}
    for _ in range(runs):
        for name, statement in PARTS.items():
            found[name].append(run(Command([python, "-c", statement]), folder, limit).seconds)
    return found
