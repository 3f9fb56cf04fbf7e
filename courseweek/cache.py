"""What was worked out before: answers by their questions, kept in a course's `.cache/` between two builds.

An answer never changes a byte of the site: its question holds all that it depends on, and each answer is sealed with
a key outside the course's folder (a keyed BLAKE2 hash, RFC 7693). So a cache that came with a pull
request, or was damaged, is as good as none. The folder may be deleted at any time.
"""

from __future__ import annotations

import contextlib
import hmac
import os
import sqlite3
import stat
import zlib
from collections.abc import Callable
from hashlib import blake2b
from pathlib import Path
from typing import Generic, TypeVar

from courseweek.frozen import dataclass

A = TypeVar("A")

FOLDER = ".cache"
"""The folder in a course's folder that holds its cache."""
MOST_FORGOTTEN = 2_000
"""Unused answers that may stay; if there are more, all are removed."""

_READING = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
_FILE = "memory.sqlite"
_SCHEMA = "CREATE TABLE memory (question BLOB PRIMARY KEY, seal BLOB, answer BLOB) WITHOUT ROWID"
_HELD = "SELECT type, sql FROM sqlite_master"
_WAIT = 0.2
"""Seconds to wait, once, for a build that is writing its answers."""
_DAMAGE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT, sqlite3.SQLITE_ERROR)


def read_secret(folder: Path) -> bytes | None:
    """Return the key that seals this person's caches, made at the first call; None where it can't be kept.

    `folder` is where the person's programs keep such things; it is outside any course.
    """
    path = folder / "key"
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        with contextlib.suppress(FileExistsError):
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(os.urandom(32))
            except BaseException:
                path.unlink()  # half a key, as a full disk leaves it, would be none for ever
                raise
        # Somebody may have put a pipe or a device there, which is neither waited for nor read to its end.
        handle = os.open(path, _READING)
        try:
            secret = os.read(handle, 33) if stat.S_ISREG(os.fstat(handle).st_mode) else b""
        finally:
            os.close(handle)
        return secret if len(secret) == 32 else None
    return None


@dataclass(frozen=True, slots=True)
class AnswerKind(Generic[A]):
    """One kind of answers: its name, how an answer is written as text, and how it is read from that text."""

    name: str
    write: Callable[[A], str]
    read: Callable[[str], A]

    def pack(self, answer: A) -> bytes:
        """Return an answer as it is kept."""
        return zlib.compress(self.write(answer).encode("utf-8"), 1)

    def unpack(self, packed: bytes) -> A:
        """Return the answer that `pack` packed."""
        return self.read(zlib.decompress(packed).decode("utf-8"))


class Memory:
    """Answers by their questions: those of this process, and those of earlier builds if a file keeps them.

    `program` names the versions of all that answers. Nothing here fails: what can't be read was never known, and what
    can't be written is worked out again.
    """

    def __init__(
        self,
        program: str = "",
        folder: Path | None = None,
        secret: bytes | None = None,
        shared: Memory | None = None,
    ) -> None:
        """Take the versions, and, to keep answers between two builds, a folder and the key.

        `shared` keeps what depends on the program alone, and is the same for all courses.
        """
        self.shared = self if shared is None else shared
        self._program = program.encode("utf-8")
        self._secret = secret or b""
        self._held: dict[bytes, bytes] = {}
        """The packed answers that no file holds."""
        self._used: set[bytes] = set()
        self._folder = folder if secret else None
        self._tried = False
        self._keeps_all = False
        self._file: sqlite3.Connection | None = None

    def recall(self, kind: AnswerKind[A], question: str) -> A | None:
        """Return the answer to a question of this kind, if it is known."""
        key = self._key(kind.name, question)
        packed = self._held.get(key)
        if packed is None and (file := self._open()) is not None:
            packed = self._read(file, key)
        if packed is None:
            return None
        try:
            answer = kind.unpack(packed)
        except (zlib.error, ValueError):
            return None
        self._used.add(key)
        return answer

    def keep(self, kind: AnswerKind[A], question: str, answer: A) -> None:
        """Keep the answer to a question."""
        self.keep_packed(kind, question, kind.pack(answer))

    def keep_packed(self, kind: AnswerKind[A], question: str, packed: bytes) -> None:
        """Keep an answer that its kind has packed already, perhaps in another process."""
        key = self._key(kind.name, question)
        self._used.add(key)
        self._held[key] = packed

    def forget(self, kind: AnswerKind[A], question: str) -> None:
        """Take back an answer that was kept since the memory settled last."""
        self._held.pop(self._key(kind.name, question), None)

    def settle(self, *, whole: bool = True) -> None:
        """Write down what is new, and forget what the last build did not ask for if that is much.

        One that did not look at the `whole` course has nothing forgotten.
        """
        self._keeps_all = not whole
        if whole and len(self._held) - len(self._used) > MOST_FORGOTTEN:
            self._held = {key: packed for key, packed in self._held.items() if key in self._used}
        if self._held and (file := self._open()) is not None:
            try:
                self._write(file)
                self._held.clear()
            except (sqlite3.Error, OSError) as error:
                self._give_up(error)  # a full disk, a folder that went away: the next build tries again
        self._used.clear()
        if self.shared is not self:
            self.shared.settle(whole=whole)

    def close(self) -> None:
        """Let go of the file."""
        self._tried = True
        if self._file is not None:
            self._file.close()
            self._file = None
        if self.shared is not self:
            self.shared.close()

    def _open(self) -> sqlite3.Connection | None:
        """Return the file; it is opened when something is asked for or written, once."""
        if not self._tried and self._folder is not None:
            self._tried, self._file = True, _open(self._folder)
        return self._file

    def _give_up(self, error: sqlite3.Error | OSError) -> None:
        """Go on without the file; one that is damaged goes away."""
        if self._file is not None:
            self._file.close()
            self._file = None
        if self._folder is not None and _is_damaged(error):
            _throw_away(self._folder / _FILE)

    def _key(self, kind: str, question: str) -> bytes:
        text = b"\0".join((self._program, kind.encode("utf-8"), question.encode("utf-8", "surrogatepass")))
        return blake2b(text, digest_size=20).digest()

    def _seal(self, key: bytes, packed: bytes) -> bytes:
        return blake2b(key + packed, key=self._secret, digest_size=20).digest()

    def _read(self, file: sqlite3.Connection, key: bytes) -> bytes | None:
        try:
            row = file.execute("SELECT seal, answer FROM memory WHERE question = ?", (key,)).fetchone()
            if row is None or not isinstance(row[0], bytes) or not isinstance(row[1], bytes):
                return None
            seal, packed = row
            return packed if hmac.compare_digest(seal, self._seal(key, packed)) else None
        except (sqlite3.Error, OSError) as error:
            self._give_up(error)  # one that others hold would be waited for at each question
            return None

    def _write(self, file: sqlite3.Connection) -> None:
        rows = [(key, self._seal(key, packed), packed) for key, packed in sorted(self._held.items())]
        with file:
            file.executemany("INSERT OR REPLACE INTO memory VALUES (?, ?, ?)", rows)
            if self._keeps_all:
                return
            (kept,) = file.execute("SELECT count(*) FROM memory").fetchone()
            if kept - len(self._used) > MOST_FORGOTTEN:
                file.execute("CREATE TEMP TABLE used (question BLOB PRIMARY KEY) WITHOUT ROWID")
                file.executemany("INSERT INTO used VALUES (?)", ((key,) for key in sorted(self._used)))
                file.execute("DELETE FROM memory WHERE question NOT IN (SELECT question FROM used)")
                file.execute("DROP TABLE used")


def _open(folder: Path) -> sqlite3.Connection | None:
    """Return the cache's file in this folder, replaced if it is damaged; None if there can't be one."""
    path = folder / _FILE
    with contextlib.suppress(OSError):
        folder.mkdir(exist_ok=True)
    for _ in range(2):
        if not _is_fit(folder, path):
            return None
        file = None
        try:
            file = sqlite3.connect(path, timeout=_WAIT)
            # What a crash leaves of it is found by its seals, or thrown away.
            file.execute("PRAGMA synchronous = OFF")
            file.execute("PRAGMA trusted_schema = OFF")
            if not file.execute(_HELD).fetchall():
                file.execute(_SCHEMA.replace("TABLE", "TABLE IF NOT EXISTS", 1))
            # A table of somebody else could bring statements of its own, which run when it is asked.
            if file.execute(_HELD).fetchall() == [("table", _SCHEMA)]:
                return file
            file.close()
        except (sqlite3.Error, OSError) as error:
            if file is not None:
                file.close()
            if not _is_damaged(error):
                return None  # another build is at it, or the disk does not let
        _throw_away(path)
    return None


def _is_fit(folder: Path, path: Path) -> bool:
    """Return whether a cache may be here: never through a link, nor in somebody else's folder."""
    try:
        return not (folder.is_symlink() or path.is_symlink() or (path.exists() and not path.is_file()))
    except OSError:
        return False


def _is_damaged(error: sqlite3.Error | OSError) -> bool:
    """Return whether a file is not a database or is damaged; a locked one or a full disk does not count."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in _DAMAGE  # an extended code holds the plain one


def _throw_away(path: Path) -> None:
    """Remove a cache, and the journal beside it, which would be played back into the next one."""
    for name in (path, path.with_name(f"{_FILE}-journal")):
        with contextlib.suppress(OSError):
            name.unlink()
