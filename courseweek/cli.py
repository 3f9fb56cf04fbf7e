"""The command line: the only place that reads arguments, the environment and the clock."""

from __future__ import annotations

import argparse
import io
import os
import re
import sys
import traceback
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from courseweek import __version__
from courseweek.commands.build import FAILED, WRONG_USAGE, BuildOptions, build

_EXAMPLE = """\
example:
  python build.py                      build the site into _site/
  python build.py --today 2027-03-10   build it as it is on that day
"""
_TODAY = re.compile(r"\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2})?)?")


def main(arguments: Sequence[str] | None = None, source: Path | None = None) -> int:
    """Run the command that the arguments name (by default those of the process) and return its exit code.

    `source` is the course's folder if `--source` does not say another; the current one by default.
    """
    for stream in (sys.stdout, sys.stderr):
        # A terminal that lacks a letter of a course's name shows its number instead.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    parser = make_parser()
    options = parser.parse_args(arguments)
    folder = (options.source or source or Path.cwd()).absolute()
    if not folder.is_dir():
        print(f"courseweek: there is no folder {folder}", file=sys.stderr)
        return WRONG_USAGE
    output = (options.output or folder / "_site").absolute()
    try:
        now = options.today or _read_clock(os.environ.get("SOURCE_DATE_EPOCH"))
    except ValueError:
        print("courseweek: SOURCE_DATE_EPOCH is not a number of seconds", file=sys.stderr)
        return WRONG_USAGE
    try:
        return build(BuildOptions(folder, output, now, options.strict))
    except KeyboardInterrupt:
        print("Interrupted; the site is as it was.", file=sys.stderr)
        return FAILED
    except Exception:
        traceback.print_exc()
        print(
            "\nThis is a bug in Courseweek, not in your course; please report it with the lines above.", file=sys.stderr
        )
        return FAILED


class _Parser(argparse.ArgumentParser):
    """A parser whose help opens with an example: that is what most people look for."""

    def format_help(self) -> str:
        return f"{_EXAMPLE}\n{super().format_help()}"


def make_parser() -> argparse.ArgumentParser:
    """Return the parser of the command line; the reference in docs/ is held against it."""
    parser = _Parser(
        prog="courseweek",
        usage="%(prog)s [build] [options]",
        description="Build a dated course website from syllabus.yaml, readings.yaml and content/.",
    )
    parser.add_argument("command", nargs="?", choices=["build"], default="build", help="what to do; build by default")
    parser.add_argument("--source", type=Path, metavar="DIR", help="the course's folder")
    parser.add_argument(
        "--output", type=Path, metavar="DIR", help="where the site goes; _site in the course's folder by default"
    )
    parser.add_argument(
        "--today",
        type=_read_today,
        metavar="DATE",
        help="build as of 2027-03-10 or 2027-03-10T14:00, in the course's time zone",
    )
    parser.add_argument("--strict", action="store_true", help="take warnings for errors")
    parser.add_argument("--version", action="version", version=f"courseweek {__version__}")
    return parser


def _read_today(text: str) -> datetime:
    if _TODAY.fullmatch(text) is None:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date such as 2027-03-10 or 2027-03-10T14:00")
    try:
        return datetime.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date: {error}") from None


def _read_clock(epoch: str | None) -> datetime:
    """Return now in UTC: SOURCE_DATE_EPOCH (seconds, reproducible-builds.org) if it is set, else the clock."""
    if epoch:
        try:
            moment = datetime.fromtimestamp(int(epoch), UTC)
            # A day off either way, so that it has a date in every time zone.
            _ = moment - timedelta(days=1), moment + timedelta(days=1)
        except (OverflowError, OSError) as error:
            raise ValueError(str(error)) from None
        return moment
    return datetime.now(UTC)
