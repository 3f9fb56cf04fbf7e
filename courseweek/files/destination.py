"""Where a site may go: a folder of its own, in which nothing of anybody else is in the way."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePath, PurePosixPath

from courseweek.files.file_names import WELL_KNOWN
from courseweek.files.lock import LOCK
from courseweek.files.stored import Content, holds_same

RECORD = ".courseweek"
"""The file in the output folder that lists what was published there, so that only that is ever removed."""
TEMPORARY = ".courseweek-"
"""What the name of a file begins with until it takes its place."""
LARGEST_RECORD = 10_000_000
"""A larger one (bytes) was not written here."""
HEAD = "# What Courseweek published here; only these files are ever replaced or removed."
KEPT = frozenset({"CNAME"})
"""What a host of sites may put at the top of a site: it is never removed. Hidden files are kept anyway."""


class Refused(Exception):
    """The output folder can't be used; the message says why in one clause."""


def check_contents(output: Path, artifacts: Mapping[str, Content]) -> frozenset[str]:
    """Return the paths that are ours already; raise `Refused` if the artifacts could harm a file that is not.

    Without a record the folder must hold nothing but what is hidden and what would be published.
    """
    ours = read_record(output)
    if not (output / RECORD).is_file():
        _check_strangers(output, artifacts)
    checked: set[PurePosixPath] = set()
    for path, data in artifacts.items():
        if "\n" in path:
            raise Refused(f"the name {path!r} contains a line break")
        _check_folders(output, path, ours, checked)
        target = output / path
        if path in ours or not os.path.lexists(target) or _holds_only(target, output, ours):
            continue
        same = not target.is_symlink() and target.is_file() and holds_same(str(target), data)
        # Without locks, another build may have recorded and written it since the record was read.
        if not same and path not in read_record(output):
            raise _stranger(target)
    return ours


def check_folder(output: Path, path: str, ours: frozenset[str]) -> None:
    """Raise `Refused` where a folder that holds files of somebody else has taken the place of a file."""
    if (output / path).is_dir() and not _holds_only(output / path, output, ours):
        raise _stranger(output / path)


def _stranger(target: Path) -> Refused:
    return Refused(f"{target} was not made by Courseweek; move it away, or choose another folder with --output")


def check_place(output: Path, source: Path) -> None:
    """Raise `Refused` for a folder that holds sources, a repository's own files, or no site at all; write nothing."""
    real, course = _follow(output, source)
    if any(part.casefold() == ".git" for part in real.parts):
        raise Refused(f"the output folder {real} is inside `.git`")
    if _holds(real, course):
        raise Refused(f"the output folder {real} contains the course's source files")
    if _is_forbidden(real):
        raise Refused(f"the site can't be published to {real}")
    for protected in ("content", "layouts", "assets", "archive"):
        if _holds(course / protected, real):
            raise Refused(f"the output folder {real} is inside `{protected}/`")
    mode = _look_at(real)
    if mode is not None and not stat.S_ISDIR(mode):
        raise Refused(f"{real} is a file, not a folder")
    if (real / RECORD).is_dir():
        raise Refused(f"{real / RECORD} is a folder, but the list of published files goes there")
    lock = real / LOCK
    mode = _look_at(lock)
    if mode is not None and not stat.S_ISREG(mode):
        raise Refused(f"{lock} is not a regular file, so it can't lock the build; delete it")


def _look_at(path: Path) -> int | None:
    """Return what a path is (the mode of stat(2), of a link its own), or None where there is nothing.

    It is asked once: another build may take its lock away between two questions.
    """
    try:
        return os.lstat(path).st_mode
    except (FileNotFoundError, NotADirectoryError):
        return None


def _follow(output: Path, source: Path) -> tuple[Path, Path]:
    """Return both folders without links; raise `Refused` where one could lead a build somewhere by surprise.

    A link within a course may have come with a contribution; what leads to the course is the reader's own.
    """
    if output.is_symlink():
        if not output.exists():
            raise Refused(f"{output} is a link to a missing folder")
        raise Refused(f"{output} is a link to {output.resolve()}; use that folder itself with --output")
    try:
        real, course = output.resolve(), source.resolve()
    except RuntimeError:
        raise Refused(f"the links in {output} form a circle") from None
    if output.is_relative_to(source) and ".." not in output.parts and not real.is_relative_to(course):
        raise Refused(f"{output} leads out of the course's folder; use {real} itself with --output")
    return real, course


def _holds(folder: Path, inner: Path) -> bool:
    """Return whether a folder is or contains another, even under another spelling or mount."""
    return any(_is_same(folder, each) for each in (inner, *inner.parents))


def _is_same(one: Path, other: Path) -> bool:
    try:
        return one == other or one.samefile(other)
    except OSError:
        return False


def _is_forbidden(output: Path) -> bool:
    """Return whether a folder is the root, or a home folder, or contains one."""
    try:
        home = Path.home().resolve()
    except (OSError, RuntimeError):
        home = Path(output.anchor)  # a process in a container may have none
    return output == Path(output.anchor) or _holds(output, home)


def _check_strangers(output: Path, artifacts: Mapping[str, Content]) -> None:
    """Raise `Refused` for a folder in which nothing was ever published and that holds files of somebody else."""
    for name in _list_shown(output):
        if name not in artifacts and name not in KEPT:
            raise Refused(
                f"{output} contains files that Courseweek did not make, such as {name};"
                f" choose an empty folder with --output, or put an empty file {RECORD} in this one to allow it"
            )


def _list_shown(output: Path) -> Iterator[str]:
    """Yield the files below a folder that are not hidden, as paths relative to it, in order."""
    for where, folders, names in os.walk(output):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        links = [name for name in folders if (Path(where) / name).is_symlink()]
        for name in sorted([*names, *links]):
            if not name.startswith("."):
                yield (Path(where) / name).relative_to(output).as_posix()


def _check_folders(output: Path, path: str, ours: frozenset[str], checked: set[PurePosixPath]) -> None:
    """Raise `Refused` if a link or a foreign file is where the path needs a folder."""
    for folder in PurePosixPath(path).parents[:-1]:
        if folder in checked:
            break  # and those above it
        checked.add(folder)
        target = output / folder
        if target.is_symlink():
            raise Refused(f"{target} is a link, but it must be a folder")
        if str(folder) not in ours and os.path.lexists(target) and not target.is_dir():
            raise Refused(f"{target} must be a folder, but it is a file that Courseweek did not make")


def _holds_only(target: Path, output: Path, ours: frozenset[str]) -> bool:
    """Return whether the target is a folder with only our files, or files of killed builds."""
    if target.is_symlink() or not target.is_dir():
        return False
    below = (path for path in target.rglob("*") if path.is_symlink() or not path.is_dir())
    return all(path.relative_to(output).as_posix() in ours or path.name.startswith(TEMPORARY) for path in below)


def read_record(output: Path) -> frozenset[str]:
    """Return the paths that the record in a folder lists; without one that can be read, none."""
    record = output / RECORD
    try:
        # A link to a device would never end.
        if record.is_symlink() or not record.is_file() or record.stat().st_size > LARGEST_RECORD:
            return frozenset()
        lines = record.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError):
        return frozenset()
    return frozenset(line for line in lines if line not in ("", HEAD) and _is_inside(line))


def write_record(paths: frozenset[str]) -> bytes:
    """Return the record that lists these paths."""
    return "".join(f"{line}\n" for line in (HEAD, *sorted(paths))).encode("utf-8")


def _is_inside(path: str) -> bool:
    """Return whether a path can be ours: inside the folder, and not hidden, like `.git/config`."""
    parts = PurePath(path).parts
    shown = parts[1:] if parts[:1] == (WELL_KNOWN,) else parts
    return not PurePath(path).anchor and not any(part.startswith(".") for part in shown)


def leads_astray(output: Path, path: str) -> bool:
    """Return whether there is a link among the folders of a path."""
    return any((output / folder).is_symlink() for folder in PurePosixPath(path).parents[:-1])
