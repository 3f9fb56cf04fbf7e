"""`compare`: whether the deadlines in a learning-management system are those of the course."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

from courseweek.commands.counts import count_problems
from courseweek.commands.exits import BUILT, FAILED, WRONG_FILES, WRONG_USAGE
from courseweek.diagnostics import Diagnostics
from courseweek.files.project import Project
from courseweek.files.replacing import replace_files
from courseweek.files.stored import NotAFile, open_plain
from courseweek.frozen import dataclass
from courseweek.lms.account import COLUMNS, Account, name_courses
from courseweek.lms.agreement import compare_deadlines
from courseweek.lms.exported import NoCalendar, read_exported
from courseweek.read.course import read_course
from courseweek.report.text import printable, report_text
from courseweek.schedule.schedule import schedule_course

LARGEST_CALENDAR = 5_000_000
"""A larger calendar file (bytes) is refused."""


@dataclass(frozen=True, slots=True)
class CompareOptions:
    """What the command line says; `now` without a zone is a time in the course's.

    `file` is the calendar that was exported, `table` where the result goes as CSV, None for nowhere.
    """

    source: Path
    output: Path
    file: str
    table: Path | None
    now: datetime
    color: bool = False


def compare(options: CompareOptions) -> int:
    """Say how an exported calendar agrees with the course, and return the exit code: 1 if it does not."""
    if options.file.partition("://")[1]:
        return _refuse("is an address: save the calendar as a file first, and compare that", options.file)
    try:
        data = _read(options.file)
    except NotAFile:
        return _refuse("is not a file", options.file)
    except (OSError, ValueError) as error:
        return _refuse(f"can't be read: {getattr(error, 'strerror', None) or 'its name is not valid'}", options.file)
    if data is None:
        return _refuse(f"is larger than {LARGEST_CALENDAR:,} bytes", options.file)
    if options.table is not None and (why := _refuse_table(options.table)) is not None:
        return _refuse(why, str(options.table))
    found = Diagnostics()
    course = read_course(Project(options.source, options.output), found)
    schedule = schedule_course(course, found) if course is not None else None
    if course is None or schedule is None or found.has_errors():
        errors = [each for each in found if each.severity == "error"]
        print(report_text(errors, color=options.color), file=sys.stderr)
        print(f"Fix the course before it is compared: {count_problems(len(errors), 0)}.", file=sys.stderr)
        return WRONG_FILES
    term, name = course.syllabus.term, Path(options.file).name
    now = options.now.replace(tzinfo=term.zone) if options.now.tzinfo is None else options.now
    try:
        exported = read_exported(data, term.zone)
    except NoCalendar as what:
        return _refuse(str(what), options.file)
    if not exported.entries:
        hint = "; in Moodle, export all courses and the custom range" if exported.system == "Moodle" else ""
        return _refuse(f"has no entries with a date{hint}", options.file)
    agreement = compare_deadlines(course, schedule, exported, now)
    if agreement is None:
        theirs = name_courses(list(dict.fromkeys(each.course for each in exported.entries if each.course)))
        of = f": its entries are of {theirs}" if theirs else ""
        ours = " ".join(filter(None, (course.syllabus.code, course.syllabus.title)))
        return _refuse(f"is of another course{of}, and nothing in it is due in {ours}", options.file)
    account = Account(agreement, exported, name, term.zone.key)
    print(account.describe(), end="")
    if options.table is not None:
        try:
            replace_files({options.table.absolute(): b"\xef\xbb\xbf" + account.tabulate().encode("utf-8", "replace")})
        except OSError as error:
            print(f"{printable(str(options.table))} can't be written: {error.strerror}.", file=sys.stderr)
            return FAILED
        print(f"Wrote {printable(str(options.table))}.")
    return BUILT if agreement.is_whole else WRONG_FILES


def _read(file: str) -> bytes | None:
    """Return the bytes of a file, None if there are too many; raise as `open_plain`."""
    with open_plain(str(Path(file).resolve())) as opened:
        pieces, size = [], 0
        while size <= LARGEST_CALENDAR and (piece := opened.read(LARGEST_CALENDAR + 1 - size)):
            pieces.append(piece)
            size += len(piece)
    return b"".join(pieces) if size <= LARGEST_CALENDAR else None


def _refuse_table(path: Path) -> str | None:
    """Return why a table can't go there: only a table of this command is replaced."""
    try:
        if not path.exists():
            return None if path.parent.is_dir() else "can't be written: its folder doesn't exist"
        with open_plain(str(path.absolute())) as file:
            is_ours = file.read(200).removeprefix(b"\xef\xbb\xbf").startswith(",".join(COLUMNS).encode())
    except (OSError, ValueError):
        is_ours = False
    return None if is_ours else "is already there, and is not a table of this command: choose another name"


def _refuse(why: str, name: str) -> int:
    print(f"courseweek: {printable(name)} {printable(why)}", file=sys.stderr)
    return WRONG_USAGE
