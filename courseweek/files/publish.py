"""Artifacts onto the disk: each file whole, old or new; equal ones untouched; stale ones of ours gone.

What has changed is first laid beside the files that it replaces. So a full disk leaves the site as it was, and a build
that is killed can stop half-way only among the renames, which take no time.
"""

from __future__ import annotations

import contextlib
import errno
import os
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import field
from pathlib import Path, PurePosixPath

from courseweek.files.destination import (
    KEPT,
    RECORD,
    TEMPORARY,
    Refused,
    check_contents,
    check_folder,
    check_place,
    leads_astray,
    read_record,
    write_record,
)
from courseweek.files.lock import Held, hold
from courseweek.files.sharing import remove_file, replace_file
from courseweek.files.stored import Changed, Content, holds_same, pieces_of
from courseweek.frozen import dataclass

__all__ = ["RECORD", "Changed", "FileCounts", "Held", "Refused", "Unwritable", "publish_artifacts"]

_ATTEMPTS = 20
"""How often a file is rewritten if another build removes its temporary file."""


class Unwritable(OSError):
    """The machine refused before anything of the site was changed."""


@dataclass(frozen=True, slots=True)
class FileCounts:
    """How many files were written, left as they were, and removed."""

    written: int
    kept: int
    removed: int


@dataclass(slots=True)
class _Stage:
    """What was laid out so far: for each path its temporary file, and the folders that were made for them."""

    files: dict[str, Path] = field(default_factory=dict)
    folders: list[Path] = field(default_factory=list)

    def clear(self) -> None:
        """Remove what is left of it."""
        for path in self.files.values():
            with contextlib.suppress(OSError):
                path.unlink()
        self.files.clear()
        for folder in reversed(self.folders):
            with contextlib.suppress(OSError):
                folder.rmdir()  # which only empty ones allow


def publish_artifacts(
    artifacts: Mapping[str, Content], output: Path, source: Path, others: frozenset[str] = frozenset()
) -> FileCounts:
    """Make `output` hold the artifacts (bytes by path); files that are not ours are left alone.

    `others` are the paths of files of the site that are there already as they should be, and are not looked at.
    Pages come after the assets that they need, stale files go last. Before anything is changed it raises `Refused`,
    `Held` if another build is at it, `Changed` if a file of the course is not what it was when it was hashed, and
    `Unwritable` if the disk fails; after that `OSError`: each file is whole then too, and the next build repairs the
    rest.
    """
    stage = _Stage()
    with contextlib.ExitStack() as held:
        held.callback(stage.clear)
        try:
            check_place(output, source)
            _make_folder(output, stage)
            held.enter_context(hold(output))
            held.callback(stage.clear)
            _follow_case(output, artifacts, others, stage)
            ours = check_contents(output, artifacts)
            changed = _lay_out(artifacts, output, ours, stage, others)
        except OSError as error:
            raise Unwritable(error.errno, error.strerror or str(error), _place_of(error)) from error
        removed = _swap_all(changed, artifacts, output, ours, stage, others)
    return FileCounts(len(changed), len(artifacts) - len(changed), removed)


def _place_of(error: OSError) -> str | None:
    """Return the file that an error is about; for one that a build needs for itself, the folder that it is in."""
    place = str(error.filename) if error.filename is not None else None
    return str(Path(place).parent) if place is not None and Path(place).name.startswith(RECORD) else place


def _lay_out(
    artifacts: Mapping[str, Content], output: Path, ours: frozenset[str], stage: _Stage, others: frozenset[str]
) -> list[str]:
    """Lay beside their places the files that are not there yet, and return their paths in the order of publishing."""
    _sweep(output, ours | others | artifacts.keys())
    changed = [path for path in _in_order(artifacts) if not _is_there(output / path, artifacts[path])]
    recorded = os.path.lexists(output / RECORD)
    try:
        # What is about to be written is recorded first: a build that is killed leaves nothing that the next can't know.
        _put_record(output, ours | others | artifacts.keys(), stage)
        for path in changed:
            check_folder(output, path, ours)
            if not any((output / folder).is_file() for folder in PurePosixPath(path).parents[:-1]):
                _lay(output, path, artifacts[path], stage)
    except BaseException:
        stage.clear()
        with contextlib.suppress(OSError):
            _put_record(output, ours, stage) if recorded else (output / RECORD).unlink(missing_ok=True)
        raise
    return changed


def _follow_case(output: Path, artifacts: Mapping[str, Content], others: frozenset[str], stage: _Stage) -> None:
    """Rename files of ours whose new paths differ only in case, where the disk takes both for one name.

    Otherwise the file that was put in the new place would be removed as a stale one.
    """
    ours = read_record(output)
    stale = {path.casefold(): path for path in ours - others - artifacts.keys()}
    renamed = {stale[path.casefold()]: path for path in sorted(artifacts.keys() - ours) if path.casefold() in stale}
    renamed = {old: new for old, new in renamed.items() if _is_one_file(output, old, new)}
    if not renamed:
        return
    _put_record(output, ours - renamed.keys() | {*renamed.values()}, stage)
    for old, new in renamed.items():
        folder = output
        for before, after in zip(PurePosixPath(old).parts, PurePosixPath(new).parts, strict=True):
            if before != after:
                (folder / before).rename(folder / after)
            folder /= after


def _is_one_file(output: Path, one: str, other: str) -> bool:
    try:
        return not leads_astray(output, one) and (output / one).samefile(output / other)
    except OSError:
        return False


def _swap_all(
    changed: list[str],
    artifacts: Mapping[str, Content],
    output: Path,
    ours: frozenset[str],
    stage: _Stage,
    others: frozenset[str],
) -> int:
    """Put what was laid out into its place, remove what is stale, and return how many files that was."""
    stale = sorted(ours - others - artifacts.keys() - KEPT, reverse=True)
    blocking = _in_the_way(stale, artifacts)
    removed = sum(_remove(output, path) for path in blocking)
    for path in changed:
        _swap(output, path, artifacts[path], stage)
    removed += sum(_remove(output, path) for path in stale if path not in blocking)
    _put_record(output, others.union(artifacts), stage)
    return removed


def _in_order(artifacts: Mapping[str, Content]) -> Iterator[str]:
    """Yield the paths, pages after the assets that they need."""
    yield from sorted(artifacts, key=lambda path: (path.endswith(".html"), path))


def _in_the_way(stale: list[str], artifacts: Mapping[str, Content]) -> list[str]:
    """Return the stale files that have become folders, or lie in folders that have become files."""
    folders = {str(folder) for path in artifacts for folder in PurePosixPath(path).parents}
    return [
        path
        for path in stale
        if path in folders or any(str(folder) in artifacts for folder in PurePosixPath(path).parents)
    ]


def _is_there(target: Path, data: Content) -> bool:
    """Return whether a file is in place already, with the same bytes."""
    with contextlib.suppress(OSError):
        return not target.is_symlink() and target.is_file() and holds_same(str(target), data)
    return False


def _put_record(output: Path, paths: frozenset[str], stage: _Stage) -> None:
    data = write_record(paths)
    if not _is_there(output / RECORD, data):
        _swap(output, RECORD, data, stage)


def _lay(output: Path, path: str, data: Content, stage: _Stage) -> None:
    """Write a file under a temporary name beside its place."""
    for attempt in range(1, _ATTEMPTS + 1):
        try:
            if leads_astray(output, path):
                raise Refused(f"{(output / path).parent} is outside the output folder")
            _make_folder((output / path).parent, stage)
            _write(output, path, data, stage)
            return
        except FileNotFoundError:
            if attempt == _ATTEMPTS:
                raise


def _lay_again(output: Path, path: str, data: Content, stage: _Stage) -> None:
    """Lay out what another build swept away while files are swapped; a source that has changed is an error by now."""
    try:
        _lay(output, path, data, stage)
    except Changed as changed:
        raise OSError(errno.EAGAIN, "the file changed during the build", changed.path) from changed


def _write(output: Path, path: str, data: Content, stage: _Stage) -> None:
    handle, name = tempfile.mkstemp(prefix=TEMPORARY, dir=(output / path).parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            for piece in pieces_of(data):
                file.write(piece)
        temporary.chmod(0o644)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise
    stage.files[path] = temporary


def _swap(output: Path, path: str, data: Content, stage: _Stage) -> None:
    """Put a file from under its temporary name into its place; lay it out first where that was not done."""
    target = output / path
    for attempt in range(1, _ATTEMPTS + 1):
        if path not in stage.files:
            _lay_again(output, path, data, stage)
        try:
            if target.is_dir() and not target.is_symlink():
                _remove_empty(target)
            replace_file(stage.files[path], target)
            del stage.files[path]
            return
        except FileNotFoundError:
            del stage.files[path]
            if attempt == _ATTEMPTS:
                raise


def _make_folder(folder: Path, stage: _Stage) -> None:
    """Make a folder and those above it, which anybody may read like the files, whatever the process's mask says."""
    if folder.is_dir():
        return
    _make_folder(folder.parent, stage)
    with contextlib.suppress(FileExistsError):
        folder.mkdir()
        stage.folders.append(folder)
        folder.chmod(0o755)


def _remove_empty(folder: Path) -> None:
    """Remove a folder that holds nothing but such folders."""
    for where, _, _ in os.walk(folder, topdown=False):
        with contextlib.suppress(OSError):
            Path(where).rmdir()


def _remove(output: Path, path: str) -> bool:
    target = output / path
    if leads_astray(output, path) or not (target.is_symlink() or target.is_file()):
        return False
    remove_file(target)
    folder = target.parent
    while folder != output:
        try:
            folder.rmdir()
        except OSError:
            break
        folder = folder.parent
    return True


def _sweep(output: Path, paths: frozenset[str]) -> None:
    """Remove the temporary files of builds that were killed, from the folders of these paths."""
    nearest = {str(PurePosixPath(path).parent): path for path in sorted(paths)}
    for folder, path in {".": RECORD, **nearest}.items():
        if leads_astray(output, path):
            continue
        for name in _list_names(output / folder):
            if name.startswith(TEMPORARY):
                with contextlib.suppress(OSError):
                    (output / folder / name).unlink()


def _list_names(folder: Path) -> list[str]:
    try:
        return os.listdir(folder)  # noqa: PTH208 - names are wanted
    except OSError:
        return []
