"""One command at a time changes the files of a course for a term, and removes what a killed one has left."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from courseweek.files.lock import hold, is_signed
from courseweek.files.replacing import is_left_over
from courseweek.frozen import dataclass
from courseweek.model.past_term import ARCHIVE

_OTHER = "another `new-term` or `archive`"


@dataclass(frozen=True, slots=True)
class Interrupted:
    """A command was killed before this one: the paths in the course of what it left, which has been removed."""

    removed: tuple[str, ...]


@contextlib.contextmanager
def work_alone(source: Path) -> Iterator[Interrupted | None]:
    """Keep other commands away from a course while the block runs, and yield what an interrupted one left, if any.

    Raises `Held` if another one is at work, and `OSError` if the folder can't be written to.
    """
    was_killed = is_signed(source)
    with hold(source, other=_OTHER, patience=0):
        yield Interrupted(tuple(_remove_leftovers(source))) if was_killed else None


def _remove_leftovers(source: Path) -> Iterator[str]:
    """Remove what a killed command left in the folders where it writes, and yield the paths."""
    folders = [source, *(Path(folder) for folder, _, _ in os.walk(source / "content"))]
    for folder in folders:
        for path in _list_leftovers(folder):
            if path.is_file() and not path.is_symlink():
                yield from _remove(path, source)
    archive = source / ARCHIVE
    unfinished = _list_leftovers(archive)
    # The list of sums takes its place just before the folder.
    if any((each / "site").is_dir() and not (each / "sums").exists() for each in unfinished):
        for sums in archive.glob("*.sums"):
            if not sums.with_suffix("").exists():
                yield from _remove(sums, source)
    for each in unfinished:
        yield from _remove(each, source)
    with contextlib.suppress(OSError):
        archive.rmdir()  # which only an empty one allows


def _list_leftovers(folder: Path) -> list[Path]:
    try:
        return sorted(path for path in folder.iterdir() if is_left_over(path.name))
    except OSError:
        return []


def _remove(path: Path, source: Path) -> Iterator[str]:
    with contextlib.suppress(OSError):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()
        yield path.relative_to(source).as_posix()
