"""One key of a terminal, read without Enter; a whole line where the terminal can't do that."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_END = ("", "\x00", "\x04", "\x1a")
"""The end of the input: Ctrl-D, also one that was pressed too early, and Ctrl-Z on Windows."""
_STOP = "\x03"
"""Ctrl-C on a terminal that sends no signal for it."""
_ENTER = ("\r", "\n")
_ESCAPE = b"\x1b"
"""What an arrow or a function key begins with."""
_LEADS = (b"\xc0", b"\xe0", b"\xf0")
"""From which byte on a letter has one more (RFC 3629)."""
_PAUSE = 0.02
"""Seconds within which the rest of a key comes."""


def press_key(question: str) -> str:
    """Show a question and return the key that somebody presses; what an arrow or the like sends is one text.

    Enter alone is no answer: people press it out of habit after a letter. Raises `EOFError` at the end of the input,
    and `KeyboardInterrupt`; the terminal is as before after all of them. Where no single key can be read, it is the
    line that somebody types.
    """
    with _reading_keys() as read:
        if read is None:
            return input(question)
        key = ""
        try:
            print(question, end="", flush=True)
            key = next(key for key in iter(read, None) if key not in _ENTER)
        finally:
            print(key if key.isprintable() else "")
    if key in _END:
        raise EOFError
    if key == _STOP:
        raise KeyboardInterrupt
    return key


@contextmanager
def _reading_keys() -> Iterator[Callable[[], str] | None]:
    """Let the terminal give each key at once, and yield what reads one; None if it can't."""
    if sys.platform == "win32":
        try:
            import msvcrt
        except ImportError:
            yield None
        else:
            # An arrow or a function key comes as two.
            yield lambda: key + msvcrt.getwch() if (key := msvcrt.getwch()) in ("\x00", "\xe0") else key
        return
    try:
        import termios
        import tty
    except ImportError:
        yield None
        return
    try:
        handle = sys.stdin.fileno()
        before = termios.tcgetattr(handle)
    except (OSError, ValueError, termios.error):
        yield None
        return
    try:
        tty.setcbreak(handle, termios.TCSADRAIN)  # what was typed ahead stays
        yield lambda: _read_key(handle)
    finally:
        termios.tcsetattr(handle, termios.TCSADRAIN, before)


def _read_key(handle: int) -> str:
    """Return what one key sends to a POSIX terminal."""
    import select

    key = os.read(handle, 1)
    while key[:1] == _ESCAPE and select.select([handle], [], [], _PAUSE)[0]:
        key += os.read(handle, 1)
    for _ in range(sum(key[:1] >= lead for lead in _LEADS)):
        key += os.read(handle, 1)
    return key.decode("utf-8", "replace")
