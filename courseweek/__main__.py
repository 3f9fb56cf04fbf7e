"""The process of a command: `courseweek`, `python -m courseweek` and build.py all begin and end here."""

# Older versions of Python read this file too, to say that they are too old: what they don't know is kept out of it.
import gc
import os
import sys

# Nothing is imported here that takes time: Ctrl-C meanwhile would show what Python says of it.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path
    from typing import NoReturn

_OLDEST = (3, 11)
"""The version of Python that is needed; pyproject.toml names it to pip."""
_WRONG_USAGE = 2
_INTERRUPTED = 130
"""What a shell says of a program that Ctrl-C has ended: 128 and the number of the signal."""


def run(source: "Path | None" = None) -> "NoReturn":
    """Run the command that the process was called with, and leave with its exit code.

    `source` is the course's folder if `--source` does not say another; the current one by default. A version of
    Python that is too old ends it with one sentence, before anything that such a version can't read is imported.
    """
    if sys.version_info < _OLDEST:
        needed, found = (".".join(map(str, version)) for version in (_OLDEST, sys.version_info[:3]))
        sys.stderr.write(
            f"Courseweek needs Python {needed} or later, but this is Python {found} ({sys.executable}); "
            "install a newer one from python.org, and use it to create a new virtual environment.\n"
        )
        sys.exit(_WRONG_USAGE)
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


def _leave(status: int) -> "NoReturn":
    """End the process. Taking apart all that it holds, which Python would do first, takes a tenth of a build."""
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:
                stream.flush()
        except OSError:  # nobody listens any more, or the disk under a log is full
            status = status or 1
    os._exit(status)


if __name__ == "__main__":
    run()
