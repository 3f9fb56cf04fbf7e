"""The folder of a new course: whether a course can begin there, and how all of its files come to be there at once."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import shutil
import stat
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from courseweek.files.file_names import fits_windows

_STAGE = ".courseweek-new-"
"""What the name of a folder begins with in which the files are written first."""
_KEPT = re.compile(
    r"\.git|\.gitignore|\.gitattributes|\.cache|readme.*|licen[cs]e.*|\.ds_store|thumbs\.db|desktop\.ini", re.IGNORECASE
)


class Occupied(Exception):
    """A folder holds files that are not of a new course: `names` are those at its top."""

    def __init__(self, names: list[str]) -> None:
        """Take the names of what is in the way."""
        super().__init__(", ".join(names))
        self.names = names


class Unusable(Exception):
    """There can be no folder of this path; the message says why and what to do."""


def check_folder(folder: Path) -> None:
    """Raise `Occupied` if a new course can't begin in this folder, and `OSError` if it can't be looked at.

    It may be missing, and it may hold what a fresh repository holds, a virtual environment, and what systems leave.
    Raises `Unusable` if no folder can have this path.
    """
    _check_path(folder, "a course needs a folder: name another one")
    if not os.path.lexists(folder):
        return
    names = sorted(os.listdir(folder))  # noqa: PTH208 - names are wanted
    strange = [name for name in names if not _may_stay(folder / name)]
    if strange:
        raise Occupied(strange)


def check_places(folder: Path, paths: Iterable[str]) -> None:
    """Raise `Unusable` if files of these paths can't be added to a folder, and `OSError` if it can't be looked at."""
    for parent in sorted({(folder / path).parent for path in paths}):
        _check_path(parent, "the course's files for GitHub need a folder there: rename it or move it away")


def _check_path(folder: Path, remedy: str) -> None:
    """Raise `Unusable` for a path that a file or a broken link takes, or with a name that no folder can have."""
    for each in (*reversed(folder.parents), folder):
        try:
            if not stat.S_ISDIR(each.stat().st_mode):
                raise Unusable(f"{each} is a file; {remedy}")
        except OSError as error:
            if error.errno == errno.ELOOP or (error.errno == errno.ENOENT and each.is_symlink()):
                raise Unusable(f"{each} is a link that leads nowhere; {remedy}") from None
            if error.errno == errno.ENAMETOOLONG:
                raise Unusable("the name of the folder is too long; choose a shorter one") from None
            if error.errno != errno.ENOENT:
                raise
            if not fits_windows(each.name):
                raise Unusable(
                    f"Windows can't store a folder called `{each.name}`; choose a name that every computer can have"
                ) from None


def write_files(folder: Path, files: Mapping[str, bytes]) -> list[str]:
    """Write the files of a new course (bytes by path), all or none, and return the names of those that were there.

    What is there stays as it is. The files are written beside their places first, then put there. Raises `OSError`.
    """
    missing = [each for each in (folder, *folder.parents) if not os.path.lexists(each)]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        there = sorted(os.listdir(folder))  # noqa: PTH208 - names are wanted
        for left in there:
            if left.startswith(_STAGE):  # of a run that was killed
                shutil.rmtree(folder / left)
        taken = {path: name for path in files if (name := _find_taken(there, path)) is not None}
        with _open_stage(folder) as stage:
            for path, content in files.items():
                if path not in taken:
                    (stage / path).parent.mkdir(parents=True, exist_ok=True)
                    (stage / path).write_bytes(content)
            _place_all(stage, folder)
        return sorted(taken.values())
    except BaseException:
        for each in missing:
            with contextlib.suppress(OSError):
                each.rmdir()  # which only empty ones allow
        raise


@contextlib.contextmanager
def adding_missing(folder: Path, files: Mapping[str, bytes]) -> Iterator[list[str]]:
    """Write those files (bytes by path) that a folder does not have, and yield their paths; raise `OSError`.

    If what follows fails, they are removed again.
    """
    added: list[str] = []
    try:
        for path, content in files.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            with contextlib.suppress(FileExistsError), (folder / path).open("xb") as file:
                added.append(path)
                file.write(content)
        yield added
    except BaseException:
        for path in added:
            _remove(folder / path)
        raise


def _place_all(stage: Path, folder: Path) -> None:
    """Move what is in `stage` to `folder`, all or nothing."""
    # The syllabus comes last: a folder with one is a course, so all else is there by then.
    names = sorted(os.listdir(stage), key=lambda name: (name == "syllabus.yaml", name))  # noqa: PTH208
    try:
        for name in names:
            (stage / name).rename(folder / name)
    except BaseException:
        for name in names:
            if not os.path.lexists(stage / name):
                _remove(folder / name)
        raise


def _may_stay(path: Path) -> bool:
    name = path.name
    return bool(_KEPT.fullmatch(name)) or name.startswith(_STAGE) or (path / "pyvenv.cfg").is_file()


def _find_taken(names: Sequence[str], path: str) -> str | None:
    """Return which of the names in a folder takes the place of a file: its own, or another README for a README."""

    def takes(name: str) -> bool:
        return name == path.casefold() or (path.startswith("README.") and name.partition(".")[0] == "readme")

    return next((name for name in names if takes(name.casefold())), None)


@contextlib.contextmanager
def _open_stage(folder: Path) -> Iterator[Path]:
    """Yield a new folder in `folder`, and remove it with what is left in it."""
    stage = Path(tempfile.mkdtemp(prefix=_STAGE, dir=folder))
    try:
        yield stage
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def _remove(path: Path) -> None:
    with contextlib.suppress(OSError):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()
