"""The command line: the only place that reads the clock, and with `terminal.py` the environment."""

from __future__ import annotations

import argparse
import contextlib
import errno
import os
import re
import shutil
import sys
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from courseweek.cache import read_secret
from courseweek.commands.build import BuildOptions, build
from courseweek.commands.exits import BUILT, FAILED, WRONG_USAGE
from courseweek.commands.options import NEW_OPTIONS, make_parser
from courseweek.terminal import is_interactive, open_progress, prepare_streams, silence, takes_color

_BAD_EPOCH = "courseweek: SOURCE_DATE_EPOCH is not a number of seconds"


def main(arguments: Sequence[str] | None = None, source: Path | None = None) -> int:
    """Run the command that the arguments name (by default those of the process) and return its exit code.

    `source` is the course's folder if `--source` does not say another, where a course's own build.py was called; by
    default it is the current one.
    """
    command_name = "courseweek" if source is None else "python build.py"
    prepare_streams()
    words = list(sys.argv[1:] if arguments is None else arguments)
    parser = make_parser(command_name)
    options = parser.parse_args(words if _names_command(words) else ["build", *words])
    for name, value in vars(options).items():
        if value == []:  # what argparse makes of `--title=--`, before Python 3.13
            parser.error(f"argument --{name.replace('_', '-')}: expected one argument")
    try:
        Path.cwd()
    except OSError:
        print("courseweek: the current folder is gone, or can't be read; change to another one", file=sys.stderr)
        return WRONG_USAGE
    if options.command == "new":
        return _run_new(options, command_name)
    folder = (options.source or source or Path.cwd()).absolute()
    if not folder.is_dir():
        from courseweek.report.text import printable

        print(f"courseweek: there is no folder {printable(str(folder))}", file=sys.stderr)
        return WRONG_USAGE
    if options.command == "pin":
        from courseweek.commands.pin import pin

        return pin(folder)
    output = (getattr(options, "output", None) or folder / "_site").absolute()
    try:
        now = getattr(options, "today", None) or _read_clock(os.environ.get("SOURCE_DATE_EPOCH"))
    except ValueError:
        print(_BAD_EPOCH, file=sys.stderr)
        return WRONG_USAGE
    try:
        return _RUNS[options.command](options, folder, output, now)
    except KeyboardInterrupt:
        print("Interrupted; the site is unchanged.", file=sys.stderr)
        return FAILED
    except Exception as error:
        return _fail(error)


def _run_build(options: argparse.Namespace, folder: Path, output: Path, now: datetime) -> int:
    home = _cache_home() / "courseweek"
    color, progress = takes_color(sys.stderr), open_progress(sys.stderr)
    secret = read_secret(home)
    return build(BuildOptions(folder, output, now, options.strict, color, home, secret, progress, options.since))


def _fail(error: Exception) -> int:
    """Say what went wrong, and return the exit code."""
    if (
        isinstance(error, OSError)
        and error.filename is None
        and error.errno in (errno.EPIPE, errno.ENOSPC, errno.EFBIG)
    ):
        # The reader is gone, or the disk with the log is full.
        with contextlib.suppress(OSError):
            print(f"No more output can be written: {error.strerror}.", file=sys.stderr)
        for stream in (sys.stdout, sys.stderr):
            silence(stream)
        return FAILED
    if isinstance(error, ModuleNotFoundError) and (error.name or "").partition(".")[0] != "courseweek":
        print(
            f"courseweek: the package `{error.name}` is not installed for this Python ({sys.executable}); "
            "install Courseweek with its dependencies; in a checkout, run `pip install -e . -c constraints.txt`",
            file=sys.stderr,
        )
        return WRONG_USAGE
    import traceback  # only for a bug

    traceback.print_exc()
    print("\nThis is a bug in Courseweek, not in your course; please report it with the lines above.", file=sys.stderr)
    return FAILED


def _names_command(words: Sequence[str]) -> bool:
    """Return whether the arguments begin with a command or ask about all; otherwise they belong to `build`."""
    return bool(words) and (not words[0].startswith("-") or words[0] in ("-h", "--help", "--version"))


def _run_check(options: argparse.Namespace, folder: Path, output: Path, now: datetime) -> int:
    # What `build` does without is not loaded for it.
    from courseweek.commands.check import CheckOptions, check
    from courseweek.network.rounds import Network
    from courseweek.report.progress import Progress

    summary = os.environ.get("GITHUB_STEP_SUMMARY")
    return check(
        CheckOptions(
            source=folder,
            output=output,
            now=now,
            strict=options.strict,
            format=options.format,
            fix=options.fix,
            color=takes_color(sys.stderr),
            folder=_folder_in_repository(folder),
            summary=Path(summary) if summary else None,
            # What hosts answered ages by the clock, whatever day the site is built for.
            network=Network(folder, datetime.now(UTC)) if options.links else None,
            progress=open_progress(sys.stderr) or Progress(),
            since=options.since,
            against=options.against.absolute() if options.against else None,
            patch=options.patch.absolute() if options.patch else None,
        )
    )


def _run_archive(options: argparse.Namespace, folder: Path, output: Path, now: datetime) -> int:
    from courseweek.commands.archive import ArchiveOptions, archive

    color, progress = takes_color(sys.stderr), open_progress(sys.stderr)
    return archive(ArchiveOptions(folder, output, options.name, now, options.dry_run, color, progress))


def _run_compare(options: argparse.Namespace, folder: Path, output: Path, now: datetime) -> int:
    from courseweek.commands.compare import CompareOptions, compare

    return compare(CompareOptions(folder, output, options.file, options.csv, now, takes_color(sys.stderr)))


def _run_new_term(options: argparse.Namespace, folder: Path, output: Path, now: datetime) -> int:
    from courseweek.commands.new_term import NewTermOptions, new_term
    from courseweek.keypress import press_key

    at_terminal = is_interactive(sys.stdin) and is_interactive(sys.stdout)
    return new_term(
        NewTermOptions(
            source=folder,
            output=output,
            now=now,
            name=options.name,
            starts=options.starts,
            ends=options.ends,
            breaks=options.breaks,
            dry_run=options.dry_run,
            yes=options.yes,
            format=options.format,
            clear=options.clear,
            keep=options.keep,
            color=takes_color(sys.stdout),
            width=shutil.get_terminal_size().columns if at_terminal else 0,
            ask=input if at_terminal else None,
            press=press_key if at_terminal else None,
            archive=options.archive,
        )
    )


def _run_serve(options: argparse.Namespace, folder: Path, output: Path, _: datetime) -> int:
    try:
        # A server is not loaded for what needs none.
        from courseweek.commands.serve import ServeOptions, serve

        home = _cache_home() / "courseweek"
        return serve(
            ServeOptions(
                source=folder,
                output=output,
                clock=lambda: _read_clock(os.environ.get("SOURCE_DATE_EPOCH")),
                today=options.today,
                host=options.host,
                port=options.port,
                open=options.open,
                color=takes_color(sys.stderr),
                home=home,
                secret=read_secret(home),
                since=options.since,
            )
        )
    except KeyboardInterrupt:
        try:
            print("\nThe preview has stopped; nothing was published.")
        except OSError:  # nobody has listened for a while
            silence(sys.stdout)
        return BUILT


_RUNS = {
    "archive": _run_archive,
    "build": _run_build,
    "check": _run_check,
    "compare": _run_compare,
    "new-term": _run_new_term,
    "serve": _run_serve,
}
"""The commands that work in the folder of a course, for a day."""


def _run_new(options: argparse.Namespace, command_name: str) -> int:
    from courseweek.commands.new import NewOptions, new
    from courseweek.start.machine_zone import find_zone

    try:
        now = _read_clock(os.environ.get("SOURCE_DATE_EPOCH"))
    except ValueError:
        print(_BAD_EPOCH, file=sys.stderr)
        return WRONG_USAGE
    try:
        return new(
            NewOptions(
                folder=Path(os.path.abspath(options.folder)),  # noqa: PTH100 - `..` is resolved too
                texts={name: text for name in NEW_OPTIONS if (text := getattr(options, name)) is not None},
                now=now,
                ask=input if is_interactive(sys.stdin) else None,
                timezone=find_zone(os.environ),
                command=command_name,
                color=takes_color(sys.stderr),
            )
        )
    except KeyboardInterrupt:
        print("\nInterrupted; nothing was written.", file=sys.stderr)
        return FAILED
    except Exception as error:
        return _fail(error)


def _folder_in_repository(folder: Path) -> str:
    """Return the course's folder within the repository, with `/` at its end.

    GitHub says where the repository is. Elsewhere, and for a course outside of it, it is the working folder.
    """
    for top in (os.environ.get("GITHUB_WORKSPACE"), Path.cwd()):
        if top and folder.resolve().is_relative_to(Path(top).resolve()):
            inner = folder.resolve().relative_to(Path(top).resolve()).as_posix()
            return "" if inner == "." else f"{inner}/"
    return ""


def _cache_home() -> Path:
    """Return where this person's programs keep what can be made again (XDG Base Directory 0.8; Windows' own)."""
    home = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    return Path(home) if home else Path(os.path.expanduser("~"), ".cache")  # noqa: PTH111 - never fails


def _read_clock(epoch: str | None) -> datetime:
    """Return now in UTC: SOURCE_DATE_EPOCH (seconds, reproducible-builds.org) if it is set, else the clock."""
    if epoch:
        try:
            if re.fullmatch("[0-9]{1,15}", epoch) is None:  # `int` takes more: signs, spaces, other digits
                raise ValueError(epoch)
            moment = datetime.fromtimestamp(int(epoch), UTC)
            # A day off either way, so that it has a date in every time zone.
            _ = moment - timedelta(days=1), moment + timedelta(days=1)
        except (OverflowError, OSError) as error:
            raise ValueError(str(error)) from None
        return moment
    return datetime.now(UTC)
