"""Whether a site is still what a build would make: of what it was made, until when it holds, and what was made."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Iterator, Mapping
from hashlib import blake2b, file_digest
from pathlib import Path

from courseweek.files.file_names import ROOT, WELL_KNOWN_SOURCE
from courseweek.files.lock import is_signed
from courseweek.files.stored import Content
from courseweek.frozen import dataclass

FILES = ("syllabus.yaml", "readings.yaml", "carryover.yaml")
FOLDERS = ("content", "layouts", "assets", "archive")
THEME_FOLDERS = ("layouts", "assets")
TABLES = (".csv", ".tsv", ".txt")
"""What a build reads of a course's folder; a table of presenters is beside the syllabus, or nothing is remembered."""
STRAYS = (".md", ".markdown", ".mdown", ".mkd", ".md.txt")
STRAY_FOLDERS = (*FOLDERS, "note", "notes", "announcement", "announcements", "pages")
"""What a build looks at besides, to say where it belongs."""

NOTES = "content/notes/"
"""The folder whose pages are hashed one by one: where only some of their texts change, the others stay."""

LARGEST_FILE = 100_000_000
"""Of a course with a larger file (bytes), which no build takes, nothing is remembered."""


@dataclass(frozen=True, slots=True)
class Sources:
    """The hashes of all files that a build may read: those of the notes by their names, and one of all others."""

    notes: Mapping[str, str]
    rest: str


@dataclass(frozen=True, slots=True)
class NoteMark:
    """What all but the text of a note comes to, by which a later build knows that only its text has changed.

    `length` is how many characters of the file come before the text, and `head` is their hash. `around` is the hash
    of all that its page is rendered of beside its texts.
    """

    length: int
    head: str
    around: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a build made, and of what: the hash of each file by its path in the output folder, and the last lines.

    `coming` says what appears next. The receipt holds from `since` until before `until`, in seconds since 1970: then
    a day, a deadline or a release changes what the pages say. `marks` are those of the notes by the paths of their
    pages, and `places` are the paths that a link may lead to. `withheld` are those of what appears later, of which
    there is some where `later` says so. All pages together have `weight` bytes. `warned` is the report of the warnings,
    without colors and with them; both are empty where there is none. `unused` says why the file of `--since` is not
    used, if it is not.
    """

    since: float
    until: float
    said: str
    coming: str
    made: Mapping[str, str]
    sources: Sources
    marks: Mapping[str, NoteMark]
    places: frozenset[str]
    withheld: frozenset[str]
    later: bool
    weight: int
    warned: tuple[str, str]
    unused: str


def write_receipt(receipt: Receipt) -> str:
    """Return a receipt as text."""
    apart = [sorted(receipt.places - receipt.made.keys()), sorted(receipt.made.keys() - receipt.places)]
    marks = [(path, mark.length, mark.head, mark.around) for path, mark in receipt.marks.items()]
    return json.dumps(
        [
            *(receipt.since, receipt.until, receipt.said, receipt.coming, dict(receipt.made)),
            *(dict(receipt.sources.notes), receipt.sources.rest, marks, apart),
            *(sorted(receipt.withheld), receipt.later, receipt.weight, receipt.warned, receipt.unused),
        ]
    )


def read_receipt(text: str) -> Receipt:
    """Return the receipt that `write_receipt` wrote."""
    since, until, said, coming, made, notes, rest, marks, (added, absent), *others = json.loads(text)
    withheld, later, weight, (plain, colored), unused = others
    return Receipt(
        since=since,
        until=until,
        said=said,
        coming=coming,
        made=made,
        sources=Sources(notes, rest),
        marks={path: NoteMark(*mark) for path, *mark in marks},
        places=frozenset(made).difference(absent).union(added),
        withheld=frozenset(withheld),
        later=later,
        weight=weight,
        warned=(plain, colored),
        unused=unused,
    )


def find_changed_notes(before: Sources, now: Sources) -> frozenset[str]:
    """Return the names of the notes that have changed, if nothing else has and none came or went; else none."""
    if before.rest != now.rest or before.notes.keys() != now.notes.keys():
        return frozenset()
    return frozenset(name for name, hashed in now.notes.items() if before.notes[name] != hashed)


def hash_content(content: Content) -> str:
    """Return the entry for a file of the site in a receipt."""
    return hash_bytes(content) if isinstance(content, bytes) else content.digest


def hash_bytes(content: bytes) -> str:
    """Return the entry for these bytes in a receipt."""
    return blake2b(content, digest_size=20).hexdigest()


def hash_sources(course: Path, theme: Path, notes: frozenset[str] | None = None) -> Sources | None:
    """Return the hashes of all files of a course, by name and content, that a build may read, and of the theme's.

    None where there is something that is not a regular file (a link may lead to what changes unseen), or too large.
    With `notes`, only these notes are hashed among all.
    """
    files: list[tuple[str, str]] = []
    hashed: dict[str, str] = {}
    try:
        wanted = ((course, (*FILES, *_tables(course)), FOLDERS), (theme, (), THEME_FOLDERS))
        for top, names, folders in wanted:
            for name in names:
                path = top / name
                if path.is_symlink() or (path.exists() and not path.is_file()):
                    return None
                files.append((name, _hash_file(str(path)) if path.exists() else ""))
            for folder in folders:
                if (top / folder).is_symlink():
                    return None
                for name, real in _walk(str(top), folder):
                    if top is theme or not (name.startswith(NOTES) and name.endswith(".md")):
                        files.append((name, _hash_file(real)))
                    elif notes is None or name in notes:
                        hashed[name] = _hash_file(real)
        files += _strays(course)
    except (OSError, _NotPlain):
        return None
    return Sources(hashed, hash_bytes(json.dumps(files).encode("utf-8", "surrogatepass")))


class _NotPlain(Exception):
    """Not a file that a build reads."""


def _hash_file(path: str) -> str:
    """Return the entry for a file's bytes; raise `_NotPlain` for a pipe, a device or a too large file."""
    flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0)
    with open(os.open(path, flags), "rb", buffering=0) as file:  # noqa: PTH123 - a path has no flags
        status = os.fstat(file.fileno())
        if not stat.S_ISREG(status.st_mode) or status.st_size > LARGEST_FILE:
            raise _NotPlain
        return file_digest(file, _digest).hexdigest()


def _digest() -> blake2b:
    return blake2b(digest_size=20)


def _tables(course: Path) -> list[str]:
    """Return the names of files beside the syllabus that may list presenters."""
    return sorted(name for name in os.listdir(course) if name.endswith(TABLES))  # noqa: PTH208 - names are wanted


def _strays(course: Path) -> list[tuple[str, str]]:
    """Return what else is at the top of a course's folder: files without effect there are reported."""
    found: list[tuple[str, str]] = []
    if os.path.isdir(course / ROOT):  # noqa: PTH112 - a path object raises where it may not look
        # A hidden file there is reported.
        found += [(f"{ROOT}/{each}", "") for each in sorted(os.listdir(course / ROOT))]  # noqa: PTH208
    for entry in sorted(os.scandir(course), key=lambda each: each.name):
        if entry.name.startswith((".", "_")):
            continue
        if entry.is_dir(follow_symlinks=False):
            if entry.name not in FOLDERS and entry.name.lower() in STRAY_FOLDERS:
                found.append((f"{entry.name}/", ""))
                found += [(f"{entry.name}/{each}", "") for each in sorted(os.listdir(entry.path))]  # noqa: PTH208
            continue
        if not entry.is_file(follow_symlinks=False):
            continue
        # The reports about a Markdown file depend on its contents.
        found.append((entry.name, _hash_file(entry.path) if entry.name.lower().endswith(STRAYS) else ""))
    return found


def is_covered(name: str) -> bool:
    """Return whether a file of the course, by its relative path, is among those that are hashed."""
    top, slash, _ = name.partition("/")
    return top in FOLDERS if slash else name in FILES or name.endswith(TABLES)


def _walk(top: str, folder: str) -> Iterator[tuple[str, str]]:
    """Yield the files below a folder, without hidden ones, by name and path; raise `_NotPlain` for anything else."""
    pending = [folder]
    while pending:
        inner = pending.pop()
        try:
            entries = sorted(os.scandir(os.path.join(top, inner)), key=lambda entry: entry.name)  # noqa: PTH118
        except FileNotFoundError:
            continue
        for entry in entries:
            name = f"{inner}/{entry.name}"
            if entry.name.startswith(".") and name != WELL_KNOWN_SOURCE:
                continue
            if entry.is_dir(follow_symlinks=False):
                pending.append(name)
            elif entry.is_file(follow_symlinks=False):
                yield name, entry.path
            else:
                raise _NotPlain


def is_in_place(receipt: Receipt, output: Path) -> bool:
    """Return whether the output folder holds each file as it was made, and nothing of a build that was killed."""
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
