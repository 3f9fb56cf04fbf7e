"""The process of a command: how it starts, and how it ends."""

import gc
import os
import sys

# Nothing is imported here that takes time: Ctrl-C meanwhile would show what Python says of it.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path
    from typing import NoReturn

_INTERRUPTED = 130
"""What a shell says of a program that Ctrl-C has ended: 128 and the number of the signal."""


def run(source: "Path | None" = None) -> "NoReturn":
    """Run the command that the process was called with, and leave with its exit code.

    `source` is the course's folder if `--source` does not say another; the current one by default.
    """
    _write_utf8_names()
    # Most of what is made stays until the end: looking for garbage at every 700 objects takes a twentieth of a build,
    # and a small build never looks.
    gc.set_threshold(100_000, 20, 50)
    try:
        from courseweek.cli import main

        status = main(source=source)
    except KeyboardInterrupt:
        status = _INTERRUPTED
    except SystemExit as asked:  # by the parser of the arguments
        status = asked.code if isinstance(asked.code, int) else int(asked.code is not None)
    _leave(status)


def _write_utf8_names() -> None:
    """Begin again in Python's UTF-8 mode where names of files could not be written: those of pages have any letters.

    Python does so by itself in the locale C, unless `PYTHONUTF8=0` keeps it from that (PEP 540).
    """
    if sys.getfilesystemencoding() != "utf-8" and os.name == "posix" and not sys.flags.utf8_mode:
        os.execv(sys.executable, [sys.executable, "-X", "utf8", *sys.orig_argv[1:]])


def _leave(status: int) -> "NoReturn":
    """End the process. Taking apart all that it holds, which Python would do first, takes a tenth of a build."""
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:
                stream.flush()
        except OSError:  # nobody listens any more, or the disk under a log is full
            status = status or 1
    os._exit(status)
