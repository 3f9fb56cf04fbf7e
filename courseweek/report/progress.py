"""How far a command is, on one line of a terminal that is written again and again and cleared at the end."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from types import TracebackType
from typing import TextIO

DELAY = 1.0
"""Seconds before anything is shown: most commands are done by then."""
PAUSE = 0.1
"""Seconds between two versions of the line."""
_CLEAR = "\r\x1b[K"


class Progress:
    """The line of one command. It begins with the `with` statement and is cleared at its end.

    Without a stream nothing is ever shown.
    """

    def __init__(self, stream: TextIO | None = None, clock: Callable[[], float] = lambda: 0.0) -> None:
        """Take the terminal to write to, and the clock that counts seconds."""
        self._stream = stream
        self._clock = clock
        self._next = 0.0
        self._shown = False

    def __enter__(self) -> Progress:
        self._next = self._clock() + DELAY
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._shown:
            self._write("")
        self._shown = False

    def show(self, step: object) -> None:
        """Show a step by its text, if there is a terminal and it is time to."""
        if self._stream is None:
            return
        now = self._clock()
        if now < self._next:
            return
        self._next = now + PAUSE
        self._shown = True
        self._write(str(step))

    def _write(self, text: str) -> None:
        assert self._stream is not None
        with contextlib.suppress(OSError):  # a terminal that is gone must not end the command
            self._stream.write(f"{_CLEAR}{text}")
            self._stream.flush()
