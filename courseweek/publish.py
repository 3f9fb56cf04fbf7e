"""Artifacts onto the disk: each file whole, old or new; equal ones untouched; stale ones of ours gone."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath, PurePosixPath

RECORD = ".courseweek"
"""The file in the output folder that lists what was published there, so that only that is ever removed."""
LARGEST_RECORD = 10_000_000
"""A larger one (bytes) is none that was written here."""
_HEAD = "# What Courseweek published here; only these files are ever replaced or removed."
_TEMPORARY = ".courseweek-"
_ATTEMPTS = 20
"""How often a file is written anew because another build swept the temporary one away."""


class Refused(Exception):
    """The output folder can't be used; the message says why in one clause."""


@dataclass(frozen=True, slots=True)
class Published:
    """How many files were written, left as they were, and removed."""

    written: int
    kept: int
    removed: int


def check_output(output: Path, source: Path, paths: Mapping[str, bytes]) -> None:
    """Raise `Refused` if publishing to `output` could harm something that is not ours."""
    if output.is_symlink() and not output.exists():
        raise Refused(f"{output} is a link to a folder that is not there")
    output, source = output.resolve(), source.resolve()
    _check_place(output, source)
    ours = _read_record(output)
    for path, data in paths.items():
        target = output / path
        if "\n" in path:
            raise Refused(f"the name {path!r} holds a line end")
        _check_folders(output, path, ours)
        if path in ours or not os.path.lexists(target) or _holds_only(target, output, ours):
            continue
        same = not target.is_symlink() and target.is_file() and target.read_bytes() == data
        # Another build may have recorded and written it since the record was read.
        if not same and path not in _read_record(output):
            raise Refused(f"{target} was not made by Courseweek; move it away, or choose another folder with --output")


def _check_place(output: Path, source: Path) -> None:
    """Raise `Refused` for a folder that holds sources, a repository's own files, or no site at all."""
    if ".git" in output.parts:
        raise Refused(f"the output folder {output} lies inside `.git`")
    if output == source or source.is_relative_to(output):
        raise Refused(f"the output folder {output} holds the course's sources")
    if output in (Path(output.anchor), Path.home().resolve()):
        raise Refused(f"{output} is no folder to publish to")
    for protected in ("content", "layouts", "assets"):
        if output.is_relative_to(source / protected):
            raise Refused(f"the output folder {output} lies inside `{protected}/`")
    if output.exists() and not output.is_dir():
        raise Refused(f"{output} is a file, not a folder")
    if (output / RECORD).is_dir():
        raise Refused(f"{output / RECORD} is a folder, where the list of what was published goes")


def _check_folders(output: Path, path: str, ours: frozenset[str]) -> None:
    """Raise `Refused` where a file of somebody else stands in place of a folder that the path needs."""
    for folder in list(PurePosixPath(path).parents)[:-1]:
        target = output / folder
        if str(folder) not in ours and os.path.lexists(target) and not target.is_dir():
            raise Refused(f"{target} is a file that was not made by Courseweek, where a folder is needed")


def _holds_only(target: Path, output: Path, ours: frozenset[str]) -> bool:
    """Tell whether the target is a folder with nothing in it but files of ours."""
    if target.is_symlink() or not target.is_dir():
        return False
    below = (path for path in target.rglob("*") if path.is_symlink() or not path.is_dir())
    return all(path.relative_to(output).as_posix() in ours for path in below)


def publish_artifacts(artifacts: Mapping[str, bytes], output: Path, source: Path) -> Published:
    """Make `output` hold the artifacts (bytes by path); files that are not ours are left alone.

    Pages come after the assets that they need, stale files go last. Raises `Refused` before anything is written,
    `OSError` if the disk fails; each file is whole then too, and the next build mends the rest.
    """
    check_output(output, source, artifacts)
    output.mkdir(parents=True, exist_ok=True)
    before = _read_record(output)
    _sweep(output)
    # What is about to be written is recorded first: a build that is killed leaves nothing that the next can't know.
    _write_record(output, before | artifacts.keys())
    stale = sorted(before - artifacts.keys(), reverse=True)
    blocking = _in_the_way(stale, artifacts)
    removed = sum(_remove(output, path) for path in blocking)
    written = 0
    for path in sorted(artifacts, key=lambda path: (path.endswith(".html"), path)):
        written += _put(output, path, artifacts[path])
    removed += sum(_remove(output, path) for path in stale if path not in blocking)
    _write_record(output, frozenset(artifacts))
    return Published(written, len(artifacts) - written, removed)


def _in_the_way(stale: list[str], artifacts: Mapping[str, bytes]) -> list[str]:
    """Return the stale files that have become folders, or lie in folders that have become files."""
    folders = {str(folder) for path in artifacts for folder in PurePosixPath(path).parents}
    return [
        path
        for path in stale
        if path in folders or any(str(folder) in artifacts for folder in PurePosixPath(path).parents)
    ]


def _read_record(output: Path) -> frozenset[str]:
    record = output / RECORD
    try:
        # A link to a device would never end.
        if record.is_symlink() or not record.is_file() or record.stat().st_size > LARGEST_RECORD:
            return frozenset()
        lines = record.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError):
        return frozenset()
    return frozenset(line for line in lines if line not in ("", _HEAD) and _is_inside(line))


def _is_inside(path: str) -> bool:
    """Tell whether a path can be one of ours: inside the folder, and no hidden file such as `.git/config`."""
    return not PurePath(path).anchor and not any(part.startswith(".") for part in PurePath(path).parts)


def _write_record(output: Path, paths: frozenset[str]) -> None:
    text = "".join(f"{line}\n" for line in (_HEAD, *sorted(paths)))
    _put(output, RECORD, text.encode("utf-8"))


def _put(output: Path, path: str, data: bytes) -> bool:
    """Write a file through a temporary one beside it, unless it is there already with the same bytes."""
    target = output / path
    with contextlib.suppress(OSError):
        same = not target.is_symlink() and target.is_file() and target.stat().st_size == len(data)
        if same and target.read_bytes() == data:
            return False
    for attempt in range(1, _ATTEMPTS + 1):
        try:
            _replace(output, target, data)
            break
        except FileNotFoundError:
            if attempt == _ATTEMPTS:
                raise
    return True


def _replace(output: Path, target: Path, data: bytes) -> None:
    _make_folder(output, target.parent)
    handle, name = tempfile.mkstemp(prefix=_TEMPORARY, dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(name).chmod(0o644)
        Path(name).replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise


def _make_folder(output: Path, folder: Path) -> None:
    if not folder.resolve().is_relative_to(output.resolve()):
        raise Refused(f"{folder} leads out of the output folder")
    folder.mkdir(parents=True, exist_ok=True)


def _remove(output: Path, path: str) -> bool:
    target = output / path
    if not target.is_file() or not target.parent.resolve().is_relative_to(output.resolve()):
        return False
    target.unlink(missing_ok=True)
    folder = target.parent
    while folder != output:
        try:
            folder.rmdir()
        except OSError:
            break
        folder = folder.parent
    return True


def _sweep(output: Path) -> None:
    """Remove the temporary files of builds that were killed."""
    for path in output.rglob(f"{_TEMPORARY}*"):
        with contextlib.suppress(OSError):
            if path.is_file() and not path.is_symlink():
                path.unlink()
