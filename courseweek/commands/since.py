"""What was published before, as a command finds it: the file of `--since`, and the output folder's own."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from courseweek.files.stored import NotAFile, open_plain

MOST_READ = 5_000_001
"""Bytes that are read: one more than what is accepted."""
COURSE_JSON = "course.json"


def read_since(path: Path | None) -> bytes | str | None:
    """Return the bytes of the file of `--since`, or why it can't be read; None where the option is not given."""
    if path is None:
        return None
    try:
        return _read(path)
    except FileNotFoundError:
        return "it doesn't exist"
    except (NotAFile, ValueError):
        return "it is not a file"
    except OSError as error:
        return f"it can't be read: {error.strerror or error}"


def read_previous(output: Path) -> bytes | None:
    """Return the bytes of the `course.json` that the output folder has, if it has one."""
    try:
        return _read(output / COURSE_JSON)
    except (NotAFile, ValueError, OSError):
        return None


def _read(path: Path) -> bytes:
    with open_plain(os.path.realpath(path)) as file:
        return file.read(MOST_READ) or b""


def report_unused(path: Path | None, why: str) -> None:
    """Say on standard error why the file of `--since` is not used, if it is not."""
    if why:
        from courseweek.report.text import printable  # seldom needed, and it takes time

        print(f"--since {printable(str(path))} is not used: {why}.", file=sys.stderr)
