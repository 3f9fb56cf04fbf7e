"""`check --patch`: the fixes of a course as a file that `git apply` takes."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

from courseweek.commands.fixing import fix_course
from courseweek.commands.shell_words import quote_word
from courseweek.diagnostics import Diagnostics
from courseweek.files.project import Project
from courseweek.files.replacing import replace_files
from courseweek.files.stored import NotAFile, open_plain
from courseweek.report.progress import Progress
from courseweek.report.text import printable
from courseweek.review.patch import BEGINNING, Fixes, find_folder, make_fixes

NO_FIXES = Fixes({}, {})


def find_fixes(project: Project, found: Diagnostics, now: datetime, showing: Progress) -> Fixes:
    """Return what the fixes of a course change; it is read again only if something has a fix."""
    if not any(each.fix for each in found):
        return NO_FIXES
    with showing as progress:
        fixed = fix_course(project, now, progress.show)
    return make_fixes(project, fixed.before, fixed.after)


def refuse_patch(path: Path) -> str:
    """Return why a patch can't go there; nothing if it can. Only a patch is replaced."""
    try:
        with open_plain(os.path.realpath(path)) as file:
            return "" if file.read(len(BEGINNING)) == BEGINNING else "is already there, and is not a patch"
    except FileNotFoundError:
        return "" if path.parent.is_dir() else "can't be written: its folder doesn't exist"
    except (NotAFile, ValueError):
        return "is not a file"
    except OSError as error:
        return f"can't be read: {error.strerror}"


def write_patch(path: Path, fixes: Fixes, source: Path) -> str:
    """Write the fixes of the course in a folder into a file, and return what to do with it.

    Without fixes there is no file afterwards. Raises `OSError` where the machine refuses.
    """
    if not fixes.after:
        path.unlink(missing_ok=True)
        return "There is nothing to fix, so no patch is written.\n"
    replace_files({path: fixes.write_patch(find_folder(source))})
    return f"Wrote {printable(path.name)}: `git apply {printable(quote_word(path.name))}` makes the fixes.\n"
