"""One build at a time writes into a folder: a lock that ends with the process that holds it.

The lock is the kernel's (flock(2), and byte ranges on Windows), not a file that is there or not. So it needs no clock
and no list of processes: it is gone when its owner is, however that ended, and a restart, a process of the same number
or one in another container is never taken for the owner. The file says only whom to name to those who wait.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import stat
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from courseweek.files.sharing import try_again

LOCK = ".courseweek.lock"
"""The file in a folder by which it is held; it goes when the folder is let go of."""
PATIENCE = 10.0
"""Seconds one build waits for another, which takes a fraction of one."""

_PAUSE = 0.02
_OWNER = r"(\d{1,10}) ([A-Za-z0-9_.-]{1,255})\n"
_BUSY = (errno.EACCES, errno.EAGAIN)
_FAR = 1 << 30
"""The byte that is locked on Windows: one beyond the text, which others may read."""


class Held(Exception):
    """Another build has held the folder all the time; the message says which, in one clause."""


@contextlib.contextmanager
def hold(folder: Path, *, other: str = "another build", patience: float | None = None) -> Iterator[None]:
    """Hold a folder while the block runs; raise `Held` if another build keeps it, `OSError` if the disk does not let.

    `other` is what keeps it, in words, and `patience` how many seconds to wait for it, `PATIENCE` where it is None.
    Where the file system has no locks (some network drives), the block runs without: better than never.
    """
    path = folder / LOCK
    handle = _take(path, other, PATIENCE if patience is None else patience)
    try:
        yield
    finally:
        _let_go(handle, path)


def is_signed(folder: Path) -> bool:
    """Return whether a build holds the folder or was killed while it did, and so may have left files."""
    try:
        return os.stat(os.path.join(folder, LOCK), follow_symlinks=False).st_size > 0  # noqa: PTH116, PTH118 - in no time
    except OSError:
        return False


def _take(path: Path, other: str, patience: float) -> int:
    """Return the handle of the locked file."""
    for attempts_left in range(round(patience / _PAUSE), -1, -1):
        handle = _open(path)
        try:
            if _lock(handle):
                # Whoever held it before may have removed the file: then the next one waits at another.
                if _is_at(path, handle) or not attempts_left:
                    _sign(handle)
                    return handle
            elif not attempts_left:
                raise Held(f"{other}{_name_owner(handle)} is writing to {path.parent}")
            else:
                time.sleep(_PAUSE)
        except BaseException:
            os.close(handle)
            raise
        os.close(handle)
    raise AssertionError("the last attempt ends one way or the other")


def _open(path: Path) -> int:
    # No link is followed and no pipe waited for.
    flags = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        handle = try_again(lambda: os.open(path, flags | os.O_RDWR | os.O_CREAT, 0o666))
    except PermissionError as error:
        try:
            handle = os.open(path, flags | os.O_RDONLY)  # that of a person who shares the folder
        except FileNotFoundError:
            raise error from None
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise OSError(errno.EINVAL, "not a regular file", str(path))
    return handle


def _lock(handle: int) -> bool:
    """Lock an open file; return whether it is ours, or whether locks don't exist here."""
    try:
        if sys.platform == "win32":
            import msvcrt

            os.lseek(handle, _FAR, os.SEEK_SET)
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            # Of the open file, not of the process: two threads are kept apart too.
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return error.errno not in _BUSY
    return True


def _is_at(path: Path, handle: int) -> bool:
    try:
        return os.path.samestat(path.lstat(), os.fstat(handle))
    except FileNotFoundError:
        return False


def _sign(handle: int) -> None:
    """Write who holds the lock; on a full disk it stays unsaid."""
    with contextlib.suppress(OSError):
        os.ftruncate(handle, 0)
        os.lseek(handle, 0, os.SEEK_SET)
        os.write(handle, f"{os.getpid()} {_name_machine()}\n".encode("ascii", "replace"))


def _name_machine() -> str:
    """Return the name of this machine, or of the container that the build runs in."""
    if sys.platform == "win32":
        return "this-machine"
    return os.uname().nodename


def _name_owner(handle: int) -> str:
    """Return which process holds the lock, in brackets, if it says so."""
    try:
        os.lseek(handle, 0, os.SEEK_SET)
        found = re.fullmatch(_OWNER, os.read(handle, 300).decode("ascii", "replace"))
    except OSError:
        return ""
    return f" (process {found[1]} on {found[2]})" if found else ""


def _let_go(handle: int, path: Path) -> None:
    """Remove the file while it is still ours, and unlock it; a copy of the handle in a forked process keeps nothing."""
    if sys.platform == "win32":
        import msvcrt

        with contextlib.suppress(OSError):
            os.ftruncate(handle, 0)  # an open file can't be removed there
            os.lseek(handle, _FAR, os.SEEK_SET)
            msvcrt.locking(handle, msvcrt.LK_UNLCK, 1)
    else:
        import fcntl

        with contextlib.suppress(OSError):
            if _is_at(path, handle):
                path.unlink()
            fcntl.flock(handle, fcntl.LOCK_UN)
    os.close(handle)
