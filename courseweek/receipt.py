"""Whether a site is still what a build would make: of what it was made, until when it holds, and what was made."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Mapping
from hashlib import blake2b, file_digest
from pathlib import Path

from courseweek.frozen import dataclass
from courseweek.lock import is_signed
from courseweek.stored import Content

FILES = ("syllabus.yaml", "readings.yaml")
FOLDERS = ("content", "layouts", "assets")
TABLES = (".csv", ".tsv", ".txt")
"""What a build reads of a course's folder; a table of presenters is beside the syllabus, or nothing is remembered."""
STRAYS = (".md", ".markdown", ".mdown", ".mkd", ".md.txt")
STRAY_FOLDERS = (*FOLDERS, "note", "notes", "announcement", "announcements", "pages")
"""What a build looks at besides, to say where it belongs."""

LARGEST_FILE = 100_000_000
"""Of a course with a larger file (bytes), which no build takes, nothing is remembered."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a build made: the hash of each file by its path in the output folder, and what was said at the end.

    `coming` tells what appears next. The receipt holds from `since` until before `until`, in seconds since 1970: then
    a day, a deadline or a release changes what the pages say.
    """

    since: float
    until: float
    said: str
    coming: str
    made: Mapping[str, str]


def write_receipt(receipt: Receipt) -> str:
    """Return a receipt as text."""
    return json.dumps([receipt.since, receipt.until, receipt.said, receipt.coming, dict(receipt.made)])


def read_receipt(text: str) -> Receipt:
    """Return the receipt that `write_receipt` wrote."""
    since, until, said, coming, made = json.loads(text)
    return Receipt(since, until, said, coming, made)


def hash_content(content: Content) -> str:
    """Return what stands for a file of the site in a receipt."""
    return hash_bytes(content) if isinstance(content, bytes) else content.digest


def hash_bytes(content: bytes) -> str:
    """Return what stands for these bytes in a receipt."""
    return blake2b(content, digest_size=20).hexdigest()


def hash_sources(course: Path, theme: Path) -> str | None:
    """Return the hash of all files of a course, by name and content, that a build may read, and of the theme's.

    None where there is something that is no plain file (a link may lead to what changes unseen), or too large.
    """
    files: list[tuple[str, str]] = []
    try:
        for top, names in ((course, (*FILES, *_tables(course))), (theme, ())):
            for name in names:
                path = top / name
                if path.is_symlink() or (path.exists() and not path.is_file()):
                    return None
                files.append((name, _hash_file(str(path)) if path.exists() else ""))
            for folder in FOLDERS:
                if (top / folder).is_symlink() or not _walk(str(top), folder, files):
                    return None
        files += _strays(course)
    except (OSError, _NotPlain):
        return None
    return hash_bytes(json.dumps(files).encode("utf-8", "surrogatepass"))


class _NotPlain(Exception):
    """What was opened is no file that a build reads."""


def _hash_file(path: str) -> str:
    """Return what stands for a file's bytes; raise `_NotPlain` for a pipe, a device or a file that no build takes."""
    flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0)
    with open(os.open(path, flags), "rb", buffering=0) as file:  # noqa: PTH123 - a path has no flags
        status = os.fstat(file.fileno())
        if not stat.S_ISREG(status.st_mode) or status.st_size > LARGEST_FILE:
            raise _NotPlain
        return file_digest(file, _digest).hexdigest()


def _digest() -> blake2b:
    return blake2b(digest_size=20)


def _tables(course: Path) -> list[str]:
    """Return the names of the files beside the syllabus in which presenters may stand."""
    return sorted(name for name in os.listdir(course) if name.endswith(TABLES))  # noqa: PTH208 - names are wanted


def _strays(course: Path) -> list[tuple[str, str]]:
    """Return what else is at the top of a course's folder: files that do nothing there are told of."""
    found: list[tuple[str, str]] = []
    for entry in sorted(os.scandir(course), key=lambda each: each.name):
        if entry.name.startswith((".", "_")):
            continue
        if entry.is_dir(follow_symlinks=False):
            if entry.name not in FOLDERS and entry.name.lower() in STRAY_FOLDERS:
                found += [(f"{entry.name}/{each}", "") for each in sorted(os.listdir(entry.path))]  # noqa: PTH208
            continue
        if not entry.is_file(follow_symlinks=False):
            continue
        # What is told of a Markdown file depends on what it holds.
        found.append((entry.name, _hash_file(entry.path) if entry.name.lower().endswith(STRAYS) else ""))
    return found


def is_covered(name: str) -> bool:
    """Tell whether a file of the course, by its relative path, is among those that are hashed."""
    top, slash, _ = name.partition("/")
    return top in FOLDERS if slash else name in FILES or name.endswith(TABLES)


def _walk(top: str, folder: str, files: list[tuple[str, str]]) -> bool:
    """Add the files below a folder, without hidden ones; tell whether all are plain files."""
    pending = [folder]
    while pending:
        inner = pending.pop()
        try:
            entries = sorted(os.scandir(os.path.join(top, inner)), key=lambda entry: entry.name)  # noqa: PTH118
        except FileNotFoundError:
            continue
        for entry in entries:
            name = f"{inner}/{entry.name}"
            if entry.name.startswith("."):
                continue
            if entry.is_dir(follow_symlinks=False):
                pending.append(name)
            elif entry.is_file(follow_symlinks=False):
                files.append((name, _hash_file(entry.path)))
            else:
                return False
    return True


def is_in_place(receipt: Receipt, output: Path) -> bool:
    """Tell whether the output folder holds each file as it was made, and nothing of a build that was killed."""
    try:
        folders = {path.rpartition("/")[0] for path in receipt.made}
        # A link, of which a build would say why it is refused, is not looked behind.
        if is_signed(output) or any(os.path.islink(os.path.join(output, each).rstrip(os.sep)) for each in folders):  # noqa: PTH114, PTH118
            return False
        for path, made in receipt.made.items():
            target = os.path.join(output, path)  # noqa: PTH118
            if _hash_file(target) != made:
                return False
    except (OSError, _NotPlain):
        return False
    return True
