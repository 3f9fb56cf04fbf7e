"""`courseweek pin`: the program that runs is the one that builds this course from now on."""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
from pathlib import Path

from courseweek import __version__
from courseweek.commands.exits import BUILT, FAILED, WRONG_USAGE
from courseweek.files.sharing import replace_file
from courseweek.report.text import printable
from courseweek.start.renewal import Renewal, renew_requirement
from courseweek.start.requirement import choose_requirement, find_program
from courseweek.start.wheel import find_checkout


def pin(folder: Path) -> int:
    """Write how a course gets this program into its files, say which changed, and return the exit code."""
    if not (folder / "syllabus.yaml").is_file():
        print(f"courseweek: {printable(str(folder))} is not a course: it has no syllabus.yaml", file=sys.stderr)
        return WRONG_USAGE
    if find_checkout() == folder.resolve():
        print("courseweek: this course is built with the Courseweek in its own folder", file=sys.stderr)
        return WRONG_USAGE
    try:
        requirement = choose_requirement(find_program())
    except (OSError, LookupError) as error:
        return _fail(error, FAILED)
    try:
        renewal = renew_requirement(folder.resolve(), requirement)
    except OSError as error:
        return _fail(error, WRONG_USAGE)
    try:
        _write(renewal)
    except OSError as error:
        return _fail(error, FAILED)
    if not renewal.written and not renewal.removed:
        print(f"Nothing changes: this course is built with Courseweek {__version__} already.")
    else:
        print(f"This course is now built with Courseweek {__version__}:")
        for path in (*(path for path, _ in renewal.written), *renewal.removed):
            what = "removed" if path in renewal.removed else "written"
            print(f"  {what}  {printable(_shorten(path, folder.resolve()))}")
        print("Build the course, look at it, and commit these files together.")
    if requirement.wheel is not None and not renewal.compared:
        print("No workflow compares the wheel with its sum:", f"  {requirement.sha256}  {requirement.wheel}", sep="\n")
    return BUILT


def _fail(error: OSError | LookupError, code: int) -> int:
    """Say why nothing more is written, and return the exit code."""
    why = f"{error.strerror}: {error.filename}" if isinstance(error, OSError) else str(error)
    print(f"courseweek: the version can't be pinned: {printable(why)}", file=sys.stderr)
    return code


def _shorten(path: Path, folder: Path) -> str:
    """Return a path as seen from the course, or the whole of it if it is elsewhere."""
    return path.relative_to(folder).as_posix() if path.is_relative_to(folder) else path.as_posix()


def _write(renewal: Renewal) -> None:
    """Replace each file whole, then remove what nothing names any more."""
    for path, data in renewal.written:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(prefix=".courseweek-", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            Path(temporary).chmod(path.stat().st_mode if path.exists() else 0o644)
            replace_file(Path(temporary), path)
        except BaseException:
            with contextlib.suppress(OSError):
                Path(temporary).unlink()
            raise
    for path in renewal.removed:
        path.unlink()
