"""The command line: the only place that reads arguments, the environment and the clock."""

from __future__ import annotations

import argparse
import contextlib
import errno
import io
import os
import re
import shutil
import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, TextIO

from courseweek import __version__
from courseweek.cache import read_secret
from courseweek.commands.build import BuildOptions, build
from courseweek.commands.exits import BUILT, FAILED, WRONG_USAGE
from courseweek.regex import lazy_pattern
from courseweek.report import FORMATS

if TYPE_CHECKING:
    from courseweek.report.progress import Progress

_EXAMPLES = (
    ("", "build the site into _site/"),
    ("--today 2027-03-10", "build the site as of that day"),
    ("check", "report problems without publishing"),
    ("serve", "preview the site while you write it"),
    ("new cs101", "start a course in the folder cs101"),
)
NEW_OPTIONS = {
    "title": ("TEXT", "the title of the course"),
    "starts": ("DATE", "the first day of the term, such as 2027-01-25"),
    "ends": ("DATE", "the last day of classes"),
    "days": ("DAYS", "the days of the week, such as Mon,Wed"),
    "time": ("TIMES", "the time of the class, such as 10:00-11:30"),
    "place": ("TEXT", "the place of the class"),
    "timezone": ("ZONE", "the time zone, such as America/Los_Angeles"),
    "institution": ("TEXT", "where the course is taught"),
    "language": ("TAG", "the language of your texts; en by default"),
    "repository": ("URL", "the web address of the course's repository"),
    "from": ("NAME", "what to start from: berkeley, seminar, undergraduate or smallest (the default)"),
}
"""The options of `new`: what each takes, and its help."""
_BAD_EPOCH = "courseweek: SOURCE_DATE_EPOCH is not a number of seconds"
_TODAY = lazy_pattern(r"\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2})?)?")


def main(arguments: Sequence[str] | None = None, source: Path | None = None) -> int:
    """Run the command that the arguments name (by default those of the process) and return its exit code.

    `source` is the course's folder if `--source` does not say another, where a course's own build.py was called; by
    default it is the current one.
    """
    command_name = "courseweek" if source is None else "python build.py"
    _prepare_streams()
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
    color, progress = _takes_color(sys.stderr), _open_progress(sys.stderr)
    return build(BuildOptions(folder, output, now, options.strict, color, home, read_secret(home), progress))


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
            _silence(stream)
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


def _silence(stream: TextIO) -> None:
    """Discard what a closed stream still holds: it would be tried again at exit."""
    try:
        stream.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


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
            color=_takes_color(sys.stderr),
            folder=_folder_in_repository(folder),
            summary=Path(summary) if summary else None,
            # What hosts answered ages by the clock, whatever day the site is built for.
            network=Network(folder, datetime.now(UTC)) if options.links else None,
            progress=_open_progress(sys.stderr) or Progress(),
        )
    )


def _run_archive(options: argparse.Namespace, folder: Path, output: Path, now: datetime) -> int:
    from courseweek.commands.archive import ArchiveOptions, archive

    color, progress = _takes_color(sys.stderr), _open_progress(sys.stderr)
    return archive(ArchiveOptions(folder, output, options.name, now, options.dry_run, color, progress))


def _run_new_term(options: argparse.Namespace, folder: Path, output: Path, now: datetime) -> int:
    from courseweek.commands.new_term import NewTermOptions, new_term
    from courseweek.keypress import press_key

    at_terminal = _is_interactive(sys.stdin) and _is_interactive(sys.stdout)
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
            color=_takes_color(sys.stdout),
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
                color=_takes_color(sys.stderr),
                home=home,
                secret=read_secret(home),
            )
        )
    except KeyboardInterrupt:
        try:
            print("\nThe preview has stopped; nothing was published.")
        except OSError:  # nobody has listened for a while
            _silence(sys.stdout)
        return BUILT


_RUNS = {
    "archive": _run_archive,
    "build": _run_build,
    "check": _run_check,
    "new-term": _run_new_term,
    "serve": _run_serve,
}
"""The commands that work in the folder of a course, for a day."""


def _is_interactive(stream: TextIO | None) -> bool:
    """Return whether a stream is a terminal; there may be none, as without a console on Windows or after `<&-`."""
    return stream is not None and stream.isatty()


def _prepare_streams() -> None:
    """Let no letter that is shown or typed, in whatever encoding, end the program."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal that lacks a letter of a course's name shows its code instead.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace", line_buffering=True)
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(errors="surrogateescape")  # what is typed in another encoding is asked for again


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
                ask=input if _is_interactive(sys.stdin) else None,
                timezone=find_zone(os.environ),
                command=command_name,
                color=_takes_color(sys.stderr),
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


def _takes_color(stream: TextIO | None) -> bool:
    """Return whether a stream is a terminal that shows colors, unless colors are turned off (no-color.org)."""
    return _is_terminal(stream) and not os.environ.get("NO_COLOR")


def _is_terminal(stream: TextIO | None) -> bool:
    """Return whether somebody looks at a stream, and its terminal understands escape sequences.

    A program without a console, as `pythonw` starts it on Windows, has no streams.
    """
    return _is_interactive(stream) and os.environ.get("TERM") != "dumb" and _understands_escapes()


def _understands_escapes() -> bool:
    """Return whether the terminal of this process understands escape sequences; older consoles of Windows don't."""
    if sys.platform == "win32":
        import ctypes

        kernel, mode = ctypes.windll.kernel32, ctypes.c_ulong()
        console = kernel.GetStdHandle(-12)  # of standard error
        # ENABLE_VIRTUAL_TERMINAL_PROCESSING (Console Virtual Terminal Sequences): on, where it was not yet.
        known = kernel.GetConsoleMode(console, ctypes.byref(mode))
        return bool(known and kernel.SetConsoleMode(console, mode.value | 4))
    return True


def _open_progress(stream: TextIO | None) -> Progress | None:
    """Return the line that shows how far a command is, if somebody looks at a terminal; None elsewhere and in CI."""
    if stream is None or not _is_terminal(stream) or os.environ.get("CI"):
        return None
    from courseweek.report.progress import Progress

    return Progress(stream, perf_counter)


class _Parser(argparse.ArgumentParser):
    """A parser whose help opens with an example: that is what most people look for."""

    def format_help(self) -> str:
        lines = [(f"{self.prog} {words}", what) for words, what in _EXAMPLES]
        width = max(len(line) for line, _ in lines)
        listed = "".join(f"  {line:{width}}   {what}\n" for line, what in lines)
        return f"example:\n{listed}\n{super().format_help()}"


def make_parser(command_name: str = "courseweek") -> argparse.ArgumentParser:
    """Return the parser of the command line, for the name by which it was called.

    The reference in docs/ is held against it.
    """
    parser = _Parser(
        prog=command_name,
        usage="%(prog)s [COMMAND] [options]",
        description="Build a dated course website from syllabus.yaml, readings.yaml and content/.",
        epilog="Run `COMMAND --help` for options. The default command is `build`.",
    )
    parser.add_argument("--version", action="version", version=f"courseweek {__version__}")
    commands = parser.add_subparsers(
        dest="command",
        required=True,
        metavar="COMMAND",
        parser_class=argparse.ArgumentParser,
        title="commands",
        prog=parser.prog,
    )
    _add_command(commands, "build", "build the site")
    checking = _add_command(commands, "check", "report problems without publishing")
    checking.add_argument(
        "--format",
        choices=FORMATS,
        default="text",
        help="output format: text, github (annotations) or json",
    )
    checking.add_argument(
        "--links",
        action="store_true",
        help="check that links to other sites still work",
    )
    checking.add_argument("--fix", action="store_true", help="apply fixes that are safe, and show the changes")
    serving = _add_command(commands, "serve", "preview the site while you write it", publishes=False)
    serving.add_argument(
        "--port", type=_read_port, default=8000, metavar="N", help="the port: 8000 by default, or the next free one"
    )
    serving.add_argument(
        "--host",
        default="127.0.0.1",
        metavar="H",
        help="the address to listen on: 127.0.0.1 by default, for this computer only",
    )
    serving.add_argument("--open", action="store_true", help="open the preview in a browser")
    archiving = _add_command(commands, "archive", "keep the site of a term that is over", publishes=False, dated=False)
    archiving.add_argument("name", metavar="NAME", help="its folder in archive/ and on the site, such as sp27")
    archiving.add_argument("--dry-run", action="store_true", help="write nothing; print what would be written")
    pinning = commands.add_parser(
        "pin",
        help="build this course with this version from now on",
        description="Build this course with the version of Courseweek that runs this command from now on: write it "
        "into requirements.txt, constraints.txt, vendor/ and the workflow that publishes, and renew the files in "
        "schema/.",
    )
    pinning.add_argument("--source", type=Path, metavar="DIR", help="the course's folder")
    starting = commands.add_parser("new", help="start a course", description="Start a course of your own.")
    starting.add_argument(
        "folder", nargs="?", default=".", metavar="DIR", help="the folder of the course; the current one by default"
    )
    for name, (metavar, what) in NEW_OPTIONS.items():
        starting.add_argument(f"--{name}", metavar=metavar, help=what)
    _add_new_term(commands)
    return parser


def _add_new_term(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `new-term`, which changes a course's files and publishes nothing."""
    rolling = _add_command(commands, "new-term", "change the course's files for its next term", publishes=False)
    rolling.add_argument("--name", type=_read_name, help="what the term is called, such as Spring 2028")
    rolling.add_argument("--starts", type=_read_date, metavar="DATE", help="its first day: 2028-01-24")
    rolling.add_argument("--ends", type=_read_date, metavar="DATE", help="its last day: 2028-05-08")
    rolling.add_argument(
        "--breaks",
        type=Path,
        metavar="FILE",
        help="a YAML list of its breaks; without it the old ones move with the term",
    )
    rolling.add_argument("--archive", metavar="NAME", help="first keep the old site as a past term: sp27")
    rolling.add_argument("--dry-run", action="store_true", help="show the changes and write nothing")
    rolling.add_argument(
        "--clear",
        type=_read_cleared,
        default=frozenset(),
        metavar="KINDS",
        help="take these kinds of the to-do list off the site: presenters,announcements",
    )
    rolling.add_argument(
        "--keep",
        type=_read_kinds,
        default=frozenset(),
        metavar="KINDS",
        help="keep these kinds as they are, and leave them out of the list",
    )
    rolling.add_argument(
        "--format", choices=("text", "json"), default="text", help="output format: text, or json for the to-do list"
    )
    rolling.add_argument("--yes", action="store_true", help="write the files without asking")


def _add_command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    help: str,
    *,
    publishes: bool = True,
    dated: bool = True,
) -> argparse.ArgumentParser:
    """Add a command with the options that it shares: those of all that publish, and of all that build for a day."""
    parser = commands.add_parser(name, help=help, description=f"{help.capitalize()}.")
    parser.add_argument("--source", type=Path, metavar="DIR", help="the course's folder")
    if publishes:
        parser.add_argument(
            "--output", type=Path, metavar="DIR", help="where the site goes; _site in the course's folder by default"
        )
    if dated:
        parser.add_argument(
            "--today",
            type=_read_today,
            metavar="DATE",
            help="the day to build for: 2027-03-10 or 2027-03-10T14:00, in the course's time zone",
        )
    if publishes:
        parser.add_argument("--strict", action="store_true", help="treat warnings as errors")
    return parser


def _read_name(text: str) -> str:
    return " ".join(text.split())


def _read_kinds(text: str) -> frozenset[str]:
    from courseweek.roll.todo import KINDS

    return _choose_words(text, tuple(KINDS))


def _read_cleared(text: str) -> frozenset[str]:
    from courseweek.roll.todo import CLEARABLE

    return _choose_words(text, CLEARABLE)


def _choose_words(text: str, known: Sequence[str]) -> frozenset[str]:
    words = frozenset(word.strip() for word in text.split(","))
    unknown = sorted(words - set(known))
    if unknown:
        raise argparse.ArgumentTypeError(f"{unknown[0]!r} is not one of {', '.join(known)}")
    return words


def _read_date(text: str) -> date:
    from courseweek.read.values.dates import read_day
    from courseweek.read.values.misread import Misread

    try:
        return read_day(text, None)
    except Misread as misread:
        raise argparse.ArgumentTypeError(f"{misread.message}; {misread.help}") from None


def _read_port(text: str) -> int:
    if re.fullmatch(r"\d{1,5}", text, re.ASCII) is None or int(text) > 65_535:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port number from 0 to 65535")
    return int(text)


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
            if re.fullmatch("[0-9]{1,15}", epoch) is None:  # `int` takes more: signs, spaces, other digits
                raise ValueError(epoch)
            moment = datetime.fromtimestamp(int(epoch), UTC)
            # A day off either way, so that it has a date in every time zone.
            _ = moment - timedelta(days=1), moment + timedelta(days=1)
        except (OverflowError, OSError) as error:
            raise ValueError(str(error)) from None
        return moment
    return datetime.now(UTC)
