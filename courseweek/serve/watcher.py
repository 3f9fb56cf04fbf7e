"""What has changed in a course's files. They are looked at again and again: no operating system reports all changes.

A look compares each file's size, times and number with those of the look before. So whatever is saved after a look has
begun is seen by the next one, also where that happens while the site is being built.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path

from courseweek.files.project import LARGEST_TEXT
from courseweek.regex import lazy_pattern

FOLDERS = ("content", "layouts", "assets", "archive")
"""The folders of a site's files; the other files are named one by one."""
YOUNG_LOOKS = 100
"""The looks after a change that also compare a text's bytes: two saves may fall into one tick of a clock."""
MOST_YOUNG = 20
"""If more files change at once, a branch was checked out: then only size and times count."""

# What editors leave beside a file while it is open (Emacs, Vim, JetBrains), and all that is hidden.
_PASSING = lazy_pattern(r"\..*|.*~|#.*#|.*\.sw[opx]|4913|.*___jb_(?:tmp|old)___")

_READING = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)

FileFacts = tuple[int, ...]
"""Size, both times and number of a file: what changes when somebody saves it, in place or by another's name.

Those of a symbolic link follow, where it is one.
"""


def look_at(path: Path | str) -> FileFacts | None:
    """Return the facts of a file, or None if it doesn't exist."""
    try:
        facts = _facts(os.stat(path))  # noqa: PTH116 - a path object takes five times as long
        return facts + _facts(os.lstat(path)) if os.path.islink(path) else facts  # noqa: PTH114
    except (OSError, ValueError):
        return None


class Watcher:
    """Looks at the files of a course, and at those of the theme, again and again."""

    def __init__(self, source: Path, theme: Path) -> None:
        """Take the course's folder and that of the theme, and look for the first time."""
        self.folders = [source / name for name in FOLDERS]
        if theme.resolve() != source.resolve():
            self.folders += [theme / "layouts", theme / "assets"]
        self.others: set[str] = set()
        self.young: dict[str, tuple[int, bytes]] = {}
        self.seen = self._look()

    def add(self, files: Mapping[Path, FileFacts | None]) -> None:
        """Look at these files too from now on: those that are read by name, with their facts before they were read."""
        for path, facts in files.items():
            name = os.fspath(path)
            if name not in self.others and not any(path.is_relative_to(folder) for folder in self.folders):
                self.others.add(name)
                if facts is not None:
                    self.seen[name] = facts

    def changed(self) -> frozenset[Path]:
        """Return the files that were written, made or removed since the look before."""
        before, self.seen = self.seen, self._look()
        changed = {name for name, _ in before.items() ^ self.seen.items()} if before != self.seen else set()
        changed |= {name for name, (_, digest) in self.young.items() if _digest(name) != digest}
        self.young = {name: (left - 1, digest) for name, (left, digest) in self.young.items() if left > 1}
        if len(changed) <= MOST_YOUNG:
            self.young |= {name: (YOUNG_LOOKS, _digest(name)) for name in changed}
        return frozenset(map(Path, changed))

    def _look(self) -> dict[str, FileFacts]:
        found = {name: facts for name in self.others if (facts := look_at(name)) is not None}
        for folder in self.folders:
            found.update(_walk(folder))
        return found


def _walk(top: Path) -> Iterator[tuple[str, FileFacts]]:
    """Yield the files below a folder with their facts; what is gone or can't be read meanwhile is left out."""
    pending = [] if top.is_symlink() else [os.fspath(top)]  # a build does not enter a link either
    if top.is_symlink() and (facts := look_at(top)) is not None:
        yield os.fspath(top), facts
    while pending:
        try:
            entries = list(os.scandir(pending.pop()))
        except (OSError, ValueError):
            continue
        for entry in entries:
            if _PASSING.fullmatch(entry.name):
                continue
            try:
                if entry.is_dir(follow_symlinks=False):
                    pending.append(entry.path)
                elif entry.is_symlink():
                    yield entry.path, _facts(entry.stat()) + _facts(entry.stat(follow_symlinks=False))
                else:
                    yield entry.path, _facts(entry.stat())
            except OSError:
                continue


def _facts(status: os.stat_result) -> FileFacts:
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino


def _digest(name: str) -> bytes:
    """Return a hash of a file's bytes; an empty one for a large file, a pipe or a device, which may never end."""
    try:
        handle = os.open(name, _READING)
        try:
            status = os.fstat(handle)
            is_text = stat.S_ISREG(status.st_mode) and status.st_size <= LARGEST_TEXT
            return hashlib.blake2b(os.read(handle, LARGEST_TEXT), digest_size=16).digest() if is_text else b""
        finally:
            os.close(handle)
    except (OSError, ValueError):
        return b""
