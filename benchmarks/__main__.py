"""Build the same course with Courseweek and with the builders that are installed, and print what each takes.

python -m benchmarks                         all of it, with 20 and 1,000 notes and growth to 5,000
python -m benchmarks --quick                 one run with 20 notes
python -m benchmarks --tools node_modules/.bin --only hugo,eleventy
python -m benchmarks --tools PATH/bin        Courseweek as it is installed there, rather than from this checkout
python -m benchmarks --write                 put the tables and the plot into docs/
python -m benchmarks --from FILE,… --write   the same, from what --json saved, in parts if it was measured so
"""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.floor import time_floor
from benchmarks.peers import KINDS
from benchmarks.peers.peer import Peer
from benchmarks.plot import plot_growth
from benchmarks.preview import time_previews
from benchmarks.report import OURS, paste, report_results
from benchmarks.results import Results, describe_machine, join_results, read_results, write_results
from benchmarks.scenarios import Patience, time_builds, time_growth

_DOCS = Path(__file__).resolve().parents[1] / "docs"
_SIZES = (20, 1_000)
_GROWTH = (20, 100, 500, 1_000, 2_000, 5_000)
_GROWTH_RUNS = 3


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print the tables, and keep them where the options say."""
    options = _make_parser().parse_args(arguments)
    results = join_results(options.results) if options.results else _measure(options)
    if options.json:
        write_results(results, options.json)
    print(report_results(results))
    if options.write:
        paste(_DOCS / "performance.md", report_results(results))
        if results.growth:
            (_DOCS / "images" / "growth.svg").write_text(plot_growth(results.grown), encoding="utf-8")
    return 0


def find_peers(only: Sequence[str], folders: Sequence[Path]) -> tuple[list[Peer], dict[str, str]]:
    """Return the builders that are installed, and how to get each of the others."""
    kinds = [kind for kind in KINDS if not only or kind.name.lower() in only]
    # Commands of the environment in which this runs need not be on its PATH. Courseweek's is the one that is asked
    # for, or this checkout's: one that happens to be installed may be another version.
    beside = [*folders, Path(sys.executable).parent]
    found = {kind.name: kind.find(folders if kind.name == OURS else beside) for kind in kinds}
    missing = {kind.name: kind.how_to_get for kind in kinds if found[kind.name] is None}
    return [peer for peer in found.values() if peer is not None], missing


def _measure(options: argparse.Namespace) -> Results:
    peers, missing = find_peers(options.only, options.tools)
    for name, how in missing.items():
        _report(f"{name} is not installed; to get it: {how}")
    results = Results(
        machine=describe_machine(),
        measured_on=datetime.now(UTC).date().isoformat(),
        versions={peer.name: peer.version for peer in peers},
        missing=missing,
        runs=options.runs,
    )

    def report(text: str) -> None:
        """Say how far it is, and note how busy the machine is."""
        results.loads.append(round(os.getloadavg()[0], 1))
        _report(f"{text}; load {results.loads[-1]}")

    with TemporaryDirectory(dir=options.folder, prefix="benchmark-") as name:
        folder = Path(name)
        ours = next((peer for peer in peers if peer.name == OURS), None)
        if ours is not None:
            results.floor = time_floor(ours, folder, options.runs, options.limit)
        builds = Patience(options.runs, options.limit, options.budget)
        for notes in options.sizes:
            results.builds += time_builds(peers, folder, notes, builds, report)
        edits = Patience(options.edits, options.limit, options.budget)
        for notes in options.sizes if options.edits else ():
            results.previews += time_previews(peers, folder, notes, edits, report)
        others = [notes for notes in options.growth if notes not in options.sizes]
        few = Patience(min(options.runs, _GROWTH_RUNS), options.limit, options.budget)
        if options.growth:
            failed = {each.peer for each in results.builds if each.faults}
            sound = [peer for peer in peers if peer.name not in failed]
            results.growth = time_growth(sound, folder, others, few, report)
    return results


def _make_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks", description="Build the same course with several builders, and compare."
    )
    numbers, names = _read_numbers, _read_names
    parser.add_argument("--sizes", type=numbers, default=_SIZES, metavar="N,…", help="numbers of notes: 20,1000")
    parser.add_argument("--growth", type=numbers, default=_GROWTH, metavar="N,…", help="sizes of first builds; 0: none")
    parser.add_argument("--runs", type=_read_count, default=7, help="builds of each kind")
    parser.add_argument("--edits", type=_read_number, default=25, help="edits in the preview; 0: no preview")
    parser.add_argument("--limit", type=float, default=300, metavar="SECONDS", help="the longest that one may take")
    parser.add_argument(
        "--budget", type=float, default=60, metavar="SECONDS", help="for all of one builder at one size"
    )
    parser.add_argument("--only", type=names, default=(), metavar="NAME,…", help="these builders only")
    parser.add_argument("--tools", type=_read_paths, default=(), metavar="DIR,…", help="folders with their commands")
    parser.add_argument(
        "--folder", type=_read_folder, metavar="DIR", help="where the sites are laid out; else where all is"
    )
    parser.add_argument("--json", type=_read_place, metavar="FILE", help="save the results")
    parser.add_argument(
        "--from", type=_read_results, dest="results", metavar="FILE,…", help="report these and measure nothing"
    )
    parser.add_argument("--write", action="store_true", help="put tables and plot into docs/")
    quick = {"sizes": (20,), "growth": (), "runs": 1, "edits": 3}
    parser.add_argument("--quick", action=_Quick, nargs=0, const=quick, help="one run with 20 notes")
    return parser


class _Quick(argparse.Action):
    """Sets several options at once; those that come after it still count."""

    def __call__(
        self, parser: argparse.ArgumentParser, namespace: argparse.Namespace, values: object, option: str | None = None
    ) -> None:
        for name, value in dict(self.const).items():
            setattr(namespace, name, value)


def _read_numbers(text: str) -> tuple[int, ...]:
    return tuple(number for each in text.replace("_", "").split(",") if (number := _read_number(each)))


def _read_number(text: str) -> int:
    if re.fullmatch(r"\d{1,7}", text.strip(), re.ASCII) is None:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number")
    return int(text)


def _read_count(text: str) -> int:
    if (number := _read_number(text)) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is less than 1")
    return number


def _read_names(text: str) -> tuple[str, ...]:
    names = tuple(each.strip().lower() for each in text.split(","))
    known = {kind.name.lower() for kind in KINDS}
    if unknown := set(names) - known:
        raise argparse.ArgumentTypeError(f"{', '.join(unknown)}: it is one of {', '.join(sorted(known))}")
    return names


def _read_paths(text: str) -> tuple[Path, ...]:
    return tuple(Path(each).absolute() for each in text.split(","))


def _read_folder(text: str) -> Path:
    if not (folder := Path(text).absolute()).is_dir():
        raise argparse.ArgumentTypeError(f"there is no folder {folder}")
    return folder


def _read_place(text: str) -> Path:
    """Return where a file is to be saved; what takes hours to measure must not be lost for want of a folder."""
    return _read_folder(str(Path(text).absolute().parent)) / Path(text).name


def _read_results(text: str) -> list[Results]:
    results = []
    for path in _read_paths(text):
        try:
            results.append(read_results(path))
        except OSError as error:
            raise argparse.ArgumentTypeError(f"{path}: {error.strerror}") from None
        except (ValueError, KeyError, TypeError, AttributeError):
            raise argparse.ArgumentTypeError(f"{path} holds no results of --json") from None
    return results


def _report(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
