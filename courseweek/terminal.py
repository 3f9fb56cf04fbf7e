"""The terminal: whether somebody looks at a stream, and what it shows."""

from __future__ import annotations

import io
import os
import sys
from time import perf_counter
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from courseweek.report.progress import Progress


def is_interactive(stream: TextIO | None) -> bool:
    """Return whether a stream is a terminal; there may be none, as without a console on Windows or after `<&-`."""
    return stream is not None and stream.isatty()


def prepare_streams() -> None:
    """Let no letter that is shown or typed, in whatever encoding, end the program."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal that lacks a letter of a course's name shows its code instead.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace", line_buffering=True)
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(errors="surrogateescape")  # what is typed in another encoding is asked for again


def takes_color(stream: TextIO | None) -> bool:
    """Return whether a stream is a terminal that shows colors, unless colors are turned off (no-color.org)."""
    return _is_terminal(stream) and not os.environ.get("NO_COLOR")


def _is_terminal(stream: TextIO | None) -> bool:
    """Return whether somebody looks at a stream, and its terminal understands escape sequences.

    A program without a console, as `pythonw` starts it on Windows, has no streams.
    """
    return is_interactive(stream) and os.environ.get("TERM") != "dumb" and _understands_escapes()


def _understands_escapes() -> bool:
    """Return whether the terminal of this process understands escape sequences; older consoles of Windows don't."""
    if sys.platform == "win32":
        import ctypes

        kernel, mode = ctypes.windll.kernel32, ctypes.c_ulong()
        console = kernel.GetStdHandle(-12)  # of standard error
        # ENABLE_VIRTUAL_TERMINAL_PROCESSING (Console Virtual Terminal Sequences): on, where it was not yet.
        known = kernel.GetConsoleMode(console, ctypes.byref(mode))
        return bool(known and kernel.SetConsoleMode(console, mode.value | 4))
    return True


def open_progress(stream: TextIO | None) -> Progress | None:
    """Return the line that shows how far a command is, if somebody looks at a terminal; None elsewhere and in CI."""
    if stream is None or not _is_terminal(stream) or os.environ.get("CI"):
        return None
    from courseweek.report.progress import Progress

    return Progress(stream, perf_counter)


def silence(stream: TextIO) -> None:
    """Discard what a closed stream still holds: it would be tried again at exit."""
    try:
        stream.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
