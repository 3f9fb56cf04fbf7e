"""How much processor time `check` takes for a course of 2,000 readings, after start-up.

    python -m benchmarks.check

Each run is a process of its own; the runs are interleaved. Start-up is a check of a course of six lines. Beside it
stands what PyYAML takes to load the same `readings.yaml`, without telling any place: the ratio of the two holds on
any machine.
"""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.courses import write_course

ROOT = Path(__file__).resolve().parents[1]
RUNS = 7
READINGS = 2_000
LOAD = "import sys, yaml; yaml.load(open(sys.argv[1], encoding='utf-8'), Loader=yaml.CSafeLoader)"


def measure(*arguments: str) -> float:
    """Run Python with these arguments and return the seconds of processor time that it took."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, *arguments], cwd=ROOT, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Print the medians."""
    with TemporaryDirectory() as folder:
        large, small = Path(folder, "large"), Path(folder, "small")
        write_course(large, weeks=30, readings=READINGS)
        write_course(small, weeks=1, readings=1)
        commands = {
            "check": ["build.py", "check", "--source", str(large)],
            "start-up": ["build.py", "check", "--source", str(small)],
            "load": ["-c", LOAD, str(large / "readings.yaml")],
            "python": ["-c", "import yaml"],
        }
        times: dict[str, list[float]] = {name: [] for name in commands}
        for _ in range(RUNS):
            for name, command in commands.items():
                times[name].append(measure(*command))
    middle = {name: median(found) for name, found in times.items()}
    work, load = middle["check"] - middle["start-up"], middle["load"] - middle["python"]
    print(
        f"check of {READINGS:,} readings: {work:.2f} s of processor time after {middle['start-up']:.2f} s of start-up"
    )
    print(f"PyYAML alone loads the same file in {load:.2f} s: {work / load:.1f} times that")


if __name__ == "__main__":
    main()
