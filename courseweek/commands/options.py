"""The options of each command, and what their values are."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TypeAlias

from courseweek import __version__
from courseweek.regex import lazy_pattern
from courseweek.report import FORMATS

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
_Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"
_TODAY = lazy_pattern(r"\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2})?)?")


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
    _add_check(commands)
    _add_serve(commands)
    _add_archive(commands)
    _add_pin(commands)
    _add_new(commands)
    _add_new_term(commands)
    _add_compare(commands)
    _add_suggest(commands)
    return parser


def _add_check(commands: _Commands) -> None:
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
    fixing = checking.add_mutually_exclusive_group()
    fixing.add_argument("--fix", action="store_true", help="apply fixes that are safe, and show the changes")
    fixing.add_argument(
        "--patch", type=Path, metavar="FILE", help="write these fixes into a file for `git apply` instead"
    )
    checking.add_argument(
        "--against",
        type=_read_base,
        metavar="BASE",
        help="say what changes on the site since BASE: another folder of the course, or a course.json",
    )


def _add_serve(commands: _Commands) -> None:
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


def _add_archive(commands: _Commands) -> None:
    archiving = _add_command(commands, "archive", "keep the site of a term that is over", publishes=False, dated=False)
    archiving.add_argument("name", metavar="NAME", help="its folder in archive/ and on the site, such as sp27")
    archiving.add_argument("--dry-run", action="store_true", help="write nothing; print what would be written")


def _add_pin(commands: _Commands) -> None:
    pinning = commands.add_parser(
        "pin",
        help="build this course with this version from now on",
        description="Build this course with the version of Courseweek that runs this command from now on: write it "
        "into requirements.txt, constraints.txt, vendor/ and the workflow that publishes, and renew the files in "
        "schema/.",
    )
    pinning.add_argument("--source", type=Path, metavar="DIR", help="the course's folder")


def _add_new(commands: _Commands) -> None:
    starting = commands.add_parser("new", help="start a course", description="Start a course of your own.")
    starting.add_argument(
        "folder", nargs="?", default=".", metavar="DIR", help="the folder of the course; the current one by default"
    )
    for name, (metavar, what) in NEW_OPTIONS.items():
        starting.add_argument(f"--{name}", metavar=metavar, help=what)


def _add_new_term(commands: _Commands) -> None:
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


def _add_compare(commands: _Commands) -> None:
    comparing = _add_command(commands, "compare", "compare deadlines with a calendar from your LMS", publishes=False)
    comparing.add_argument(
        "file", metavar="FILE", help="the calendar that Canvas, Moodle, Brightspace or Blackboard exports: calendar.ics"
    )
    comparing.add_argument(
        "--csv", type=Path, metavar="TABLE", help="also write the result as a table, to enter dates by"
    )


def _add_suggest(commands: _Commands) -> None:
    suggesting = _add_command(commands, "suggest", "add a reading that somebody suggested", publishes=False)
    suggesting.add_argument(
        "--from-issue",
        required=True,
        metavar="FILE",
        help="the text of an issue that was written with the form for suggestions",
    )
    suggesting.add_argument("--dry-run", action="store_true", help="show the changes and write nothing")


def _add_command(
    commands: _Commands,
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
    if publishes or name == "serve":
        parser.add_argument(
            "--since", type=Path, metavar="FILE", help="the course.json that is public: say what has changed since then"
        )
    return parser


def _read_base(text: str) -> Path:
    """Return where the base is. No path at all, such as a variable that is not set, would be the course itself."""
    if not text:
        raise argparse.ArgumentTypeError("name a folder or a course.json")
    return Path(text)


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
