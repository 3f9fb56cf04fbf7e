"""A file that goes from the course into the site without being held in memory: its size, its hash, its bytes in pieces.

What was hashed is what is published: reading the pieces to the end shows whether the file is still the same.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from hashlib import blake2b
from typing import BinaryIO

from courseweek.files.sharing import try_again
from courseweek.frozen import dataclass

PIECE = 1_048_576
"""Bytes that are in memory at once."""


class Changed(Exception):
    """A file has changed since it was hashed; `path` is its place."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


class NotAFile(ValueError):
    """What has a file's name is a folder, a pipe or a device."""


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file by where it really lies, with its size and the hash of its bytes."""

    path: str
    size: int
    digest: str

    def pieces(self) -> Iterator[bytes]:
        """Yield the file's bytes; raise `Changed` at the latest after the last where they are not those of the hash.

        A link, a pipe or a larger file that took its place is not read.
        """
        try:
            file = open_plain(self.path)
        except (OSError, ValueError):
            raise Changed(self.path) from None
        with file:
            if os.fstat(file.fileno()).st_size != self.size:
                raise Changed(self.path)
            sum_, left = blake2b(digest_size=20), self.size
            while piece := file.read(PIECE):
                sum_.update(piece)
                left -= len(piece)
                if left < 0:
                    raise Changed(self.path)
                yield piece
            if sum_.hexdigest() != self.digest:
                raise Changed(self.path)


Content = bytes | StoredFile
"""What a file of the site holds."""


def open_plain(path: str) -> BinaryIO:
    """Open a file for reading without waiting for a pipe; raise `OSError` for a link, `NotAFile` for a folder or pipe.

    What is opened is looked at, not what had the name before.
    """
    flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0)
    try:
        handle = os.open(path, flags)
    except PermissionError:
        if os.path.isdir(path):  # noqa: PTH112 - which Windows does not open
            raise NotAFile(path) from None
        handle = try_again(lambda: os.open(path, flags))
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise NotAFile(path)
    return open(handle, "rb", buffering=0)  # noqa: PTH123 - a path has no flags


def store_file(path: str, file: BinaryIO, largest: int) -> StoredFile | None:
    """Return what an opened file holds, read in pieces; None for more than `largest` bytes, or while it changes."""
    size = os.fstat(file.fileno()).st_size
    if size > largest:
        return None
    sum_, left = blake2b(digest_size=20), size
    while left >= 0 and (piece := file.read(PIECE)):
        sum_.update(piece)
        left -= len(piece)
    return StoredFile(path, size, sum_.hexdigest()) if left == 0 else None


def pieces_of(content: Content) -> Iterator[bytes]:
    """Yield the bytes of a content, piece by piece; raise `Changed` as `StoredFile.pieces` does."""
    if isinstance(content, bytes):
        yield content
    else:
        yield from content.pieces()


def read_whole(content: Content) -> bytes:
    """Return all bytes of a content; raise `Changed` as `StoredFile.pieces` does."""
    return content if isinstance(content, bytes) else b"".join(content.pieces())


def read_start(content: Content, most: int) -> bytes:
    """Return the first bytes of a content: at least `most` if it has that many; raise `Changed` as above."""
    if isinstance(content, bytes):
        return content
    made: list[bytes] = []
    length = 0
    for piece in content.pieces():
        made.append(piece)
        length += len(piece)
        if length >= most:
            break
    return b"".join(made)


def holds_same(path: str, content: Content) -> bool:
    """Return whether a file (not a link) has exactly these bytes; raise `OSError` if it can't be read."""
    size = len(content) if isinstance(content, bytes) else content.size
    try:
        file = open_plain(path)
    except ValueError:
        return False
    with file:
        if os.fstat(file.fileno()).st_size != size:
            return False
        if isinstance(content, bytes):
            return file.read(size + 1) == content
        found = store_file(path, file, size)
        return found is not None and found.digest == content.digest
