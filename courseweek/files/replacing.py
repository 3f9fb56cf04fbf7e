"""Files of a course that get new contents together: all of them, or none."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from courseweek.files.sharing import replace_file
from courseweek.frozen import dataclass

TEMPORARY = ".courseweek-"
"""What the name of a file or folder begins with until it takes its place; builds do not read it."""
NEW_FILE_MODE = 0o644
"""The mode of a file that was not there before: a temporary file is for one person alone."""
_LEFT = re.compile(rf"{re.escape(TEMPORARY)}[a-z0-9_]{{8}}")


@dataclass(frozen=True, slots=True)
class _Prepared:
    """A file with its new contents beside it, and a copy of the old ones; None for a file that is not there."""

    path: Path
    new: Path
    old: Path | None


def is_left_over(name: str) -> bool:
    """Return whether a file or folder of this name is one that a killed program had no time to put into its place."""
    return _LEFT.fullmatch(name) is not None


def replace_files(contents: Mapping[Path, bytes]) -> None:
    """Give files new contents, in this order; if one of them fails, all are as before, and `OSError` is raised.

    Everything is written beside its place first, so that a full disk changes nothing. A program that is killed leaves
    each file old or new. Modes stay; a file that is read-only is refused.
    """
    prepared: list[_Prepared] = []
    replaced: list[_Prepared] = []
    try:
        for path, content in contents.items():
            if path.exists() and not path.stat().st_mode & 0o222:
                raise PermissionError(errno.EACCES, "it is read-only", str(path))
            old = None
            if path.exists() and len(contents) > 1:
                old = _write_beside(path, path.read_bytes())
            prepared.append(_Prepared(path, _write_beside(path, content), old))
        for each in prepared:
            replace_file(each.new, each.path)
            replaced.append(each)
    except BaseException:
        for each in reversed(replaced):
            with contextlib.suppress(OSError):
                _restore(each)
        raise
    finally:
        for each in prepared:
            for path in filter(None, (each.new, each.old)):
                with contextlib.suppress(OSError):
                    path.unlink(missing_ok=True)


def _restore(each: _Prepared) -> None:
    if each.old is not None:
        replace_file(each.old, each.path)
    else:
        each.path.unlink()


def _write_beside(path: Path, content: bytes) -> Path:
    """Write a file beside another one, with its mode, and return its path; nothing is left if that fails."""
    handle, name = tempfile.mkstemp(prefix=TEMPORARY, dir=path.parent)
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        if path.exists():
            shutil.copymode(path, beside)
        else:
            beside.chmod(NEW_FILE_MODE)
    except BaseException as error:
        with contextlib.suppress(OSError):
            beside.unlink()
        if isinstance(error, OSError) and error.filename is None:  # a full disk names no file
            error.filename = str(path)
        raise
    return beside
