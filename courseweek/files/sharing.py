"""Files that another program has open: on Windows they can't be replaced, removed or read until it closes them.

Virus scanners, backups, sync clients and editors do so for a moment with each new file. So what fails is tried again
for a short time. Elsewhere nothing is: there an open file is in nobody's way.
"""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

PAUSES = (0.01, 0.02, 0.05, 0.1, 0.2, 0.4, 0.8)
"""Seconds between the attempts."""

_IS_WINDOWS = os.name == "nt"
# ERROR_ACCESS_DENIED, which also means that a file is about to be removed; ERROR_SHARING_VIOLATION;
# ERROR_LOCK_VIOLATION (System Error Codes).
_IN_USE = (5, 32, 33)

_Result = TypeVar("_Result")


def replace_file(temporary: Path, target: Path) -> None:
    """Put a file into the place of another; raise `OSError`, with the name of the target, if that fails."""
    try:
        try_again(lambda: temporary.replace(target))
    except OSError as error:
        error.filename, error.filename2 = str(target), None
        raise


def remove_file(path: Path) -> None:
    """Remove a file, if it is there; raise `OSError` if that fails."""
    try_again(lambda: path.unlink(missing_ok=True))


def try_again(act: Callable[[], _Result]) -> _Result:
    """Return what `act` returns, called again for a short time while another program has its file open."""
    for pause in PAUSES:
        try:
            return act()
        except PermissionError as error:
            if not _is_in_use(error):
                raise
        time.sleep(pause)
    return act()


def _is_in_use(error: PermissionError) -> bool:
    """Return whether another program may be the reason; what opens files by their handles names no Windows code."""
    code = getattr(error, "winerror", None)
    return code in _IN_USE if code is not None else _IS_WINDOWS and error.errno == errno.EACCES
