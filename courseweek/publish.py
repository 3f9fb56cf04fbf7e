"""Artifacts onto the disk: each file whole, old or new; equal ones untouched; stale ones of ours gone."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

RECORD = ".courseweek"
"""The file in the output folder that lists what was published there, so that only that is ever removed."""
_TEMPORARY = ".courseweek-"


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
    output, source = output.resolve(), source.resolve()
    if output == source or source.is_relative_to(output):
        raise Refused(f"the output folder {output} holds the course's sources")
    if output in (Path(output.anchor), Path.home().resolve()):
        raise Refused(f"{output} is no folder to publish to")
    for protected in ("content", "layouts", "assets"):
        if output.is_relative_to(source / protected):
            raise Refused(f"the output folder {output} lies inside `{protected}/`")
    if output.exists() and not output.is_dir():
        raise Refused(f"{output} is a file, not a folder")
    ours = _read_record(output)
    for path, data in paths.items():
        target = output / path
        if path in ours or not os.path.lexists(target):
            continue
        if target.is_symlink() or not target.is_file() or target.read_bytes() != data:
            raise Refused(f"{target} was not made by Courseweek; move it away, or choose another folder with --output")


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
    written = 0
    for path in sorted(artifacts, key=lambda path: (path.endswith(".html"), path)):
        written += _put(output, path, artifacts[path])
    stale = sorted(before - artifacts.keys(), reverse=True)
    removed = sum(_remove(output, path) for path in stale)
    _write_record(output, frozenset(artifacts))
    return Published(written, len(artifacts) - written, removed)


def _read_record(output: Path) -> frozenset[str]:
    try:
        lines = (output / RECORD).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return frozenset()
    return frozenset(line for line in lines if line and not line.startswith("#") and _is_inside(line))


def _is_inside(path: str) -> bool:
    return not path.startswith("/") and "\\" not in path and ":" not in path and ".." not in path.split("/")


def _write_record(output: Path, paths: frozenset[str]) -> None:
    head = "# What Courseweek published here; only these files are ever replaced or removed.\n"
    text = head + "".join(f"{path}\n" for path in sorted(paths))
    _put(output, RECORD, text.encode("utf-8"))


def _put(output: Path, path: str, data: bytes) -> bool:
    """Write a file through a temporary one beside it, unless it is there already with the same bytes."""
    target = output / path
    with contextlib.suppress(OSError):
        if not target.is_symlink() and target.read_bytes() == data:
            return False
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
    return True


def _make_folder(output: Path, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    if not folder.resolve().is_relative_to(output.resolve()):
        raise Refused(f"{folder} leads out of the output folder")


def _remove(output: Path, path: str) -> bool:
    target = output / path
    if not target.is_file() or not target.parent.resolve().is_relative_to(output.resolve()):
        return False
    target.unlink()
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
