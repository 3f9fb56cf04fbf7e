"""Everything that one run of the benchmark found, and its form as JSON."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from benchmarks.peers.peer import Change
from benchmarks.preview import Answers
from benchmarks.scenarios import Figures


@dataclass(slots=True)
class Results:
    """The figures with the machine, the day and the versions for which they hold.

    `growth` holds first builds of other sizes than those of `builds`.
    """

    machine: str
    measured_on: str
    versions: dict[str, str]
    missing: dict[str, str]
    runs: int
    loads: list[float] = field(default_factory=list)
    floor: dict[str, list[float]] = field(default_factory=dict)
    builds: list[Figures] = field(default_factory=list)
    growth: list[Figures] = field(default_factory=list)
    previews: list[Answers] = field(default_factory=list)

    @property
    def grown(self) -> list[Figures]:
        """The figures of first builds of all sizes."""
        return [*self.builds, *self.growth]


def describe_machine() -> str:
    """Return the processor, how many there are, the memory, the system and the Python, as far as they are told."""
    processor = platform.processor() or platform.machine()
    cpus = Path("/proc/cpuinfo")
    if cpus.is_file():
        lines = cpus.read_text(encoding="utf-8").splitlines()
        names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
        processor = next(names, processor)
    memory = ""
    if hasattr(os, "sysconf") and "SC_PHYS_PAGES" in os.sysconf_names:
        memory = f", {os.sysconf('SC_PHYS_PAGES') * os.sysconf('SC_PAGE_SIZE') / 2**30:.0f} GB of memory"
    cores = os.cpu_count() or 1
    return (
        f"{processor}, {cores} core{'s' * (cores > 1)}{memory}, {platform.system()},"
        f" {platform.python_implementation()} {platform.python_version()}"
    )


def write_results(results: Results, path: Path) -> None:
    """Save the results as JSON."""
    value = {
        "machine": results.machine,
        "measured_on": results.measured_on,
        "versions": results.versions,
        "missing": results.missing,
        "runs": results.runs,
        "loads": results.loads,
        "floor": results.floor,
        "builds": [_pack(each) for each in results.builds],
        "growth": [_pack(each) for each in results.growth],
        "previews": [
            {
                "peer": each.peer,
                "notes": each.notes,
                "seconds": each.seconds,
                "lost": each.lost,
                "fault": each.fault,
            }
            for each in results.previews
        ],
    }
    path.write_text(json.dumps(value, indent=1) + "\n", encoding="utf-8")


def read_results(path: Path) -> Results:
    """Return what `write_results` saved."""
    value = json.loads(path.read_text(encoding="utf-8"))
    return Results(
        machine=value["machine"],
        measured_on=value["measured_on"],
        versions=value["versions"],
        missing=value["missing"],
        runs=value["runs"],
        loads=value["loads"],
        floor=value["floor"],
        builds=[_unpack(each) for each in value["builds"]],
        growth=[_unpack(each) for each in value["growth"]],
        previews=[Answers(**each) for each in value["previews"]],
    )


def join_results(parts: Sequence[Results]) -> Results:
    """Return the results of several runs as one; the first tells the circumstances."""
    first, *others = parts
    for each in others:
        # A run may have left some out.
        if each.machine != first.machine or not each.versions.items() <= first.versions.items():
            raise ValueError("results of another machine, or of other versions, make no common table")
    builds = _keep_longest([figures for each in parts for figures in each.builds])
    sizes = {(each.peer, each.notes) for each in builds}
    return replace(
        first,
        loads=[load for each in parts for load in each.loads],
        runs=max(each.runs for each in parts),
        floor=max(parts, key=lambda each: each.runs).floor,
        builds=builds,
        growth=[each for part in parts for each in part.growth if (each.peer, each.notes) not in sizes],
        previews=[answers for each in parts for answers in each.previews],
    )


def _keep_longest(builds: Sequence[Figures]) -> list[Figures]:
    """Return for each builder and size the figures of most runs, where several parts have measured it."""
    longest: dict[tuple[str, int], Figures] = {}
    for each in builds:
        key = (each.peer, each.notes)
        if key not in longest or _count_runs(each) > _count_runs(longest[key]):
            longest[key] = each
    return list(longest.values())


def _count_runs(figures: Figures) -> int:
    return sum(len(found) for found in figures.seconds.values())


def _pack(figures: Figures) -> dict[str, Any]:
    return {
        "peer": figures.peer,
        "notes": figures.notes,
        "seconds": {change.name: found for change, found in figures.seconds.items()},
        "processor": {change.name: found for change, found in figures.processor.items()},
        "peak": figures.peak,
        "faults": figures.faults,
    }


def _unpack(value: dict[str, Any]) -> Figures:
    return Figures(
        peer=value["peer"],
        notes=value["notes"],
        seconds={Change[name]: found for name, found in value["seconds"].items()},
        processor={Change[name]: found for name, found in value["processor"].items()},
        peak=value["peak"],
        faults=value["faults"],
    )
