"""One key of a terminal: which keys are answers, and that the terminal is as it was."""

from __future__ import annotations

import io
import os
import sys
from types import SimpleNamespace

import pytest

from courseweek.keypress import press_key
from tests.sites import ROOT

CHILD = """
import sys, termios
from courseweek.keypress import press_key

before = termios.tcgetattr(0)
try:
    while (key := press_key("Key? ")) != "q":
        print(ascii(key))
except BaseException as error:
    print(type(error).__name__)
print("as before" if termios.tcgetattr(0) == before else "changed")
"""
# What is typed, and what the program makes of it.
KEYS = {
    "a letter": (b"kq", ["'k'"]),
    "Enter after a letter": (b"k\r\rcq", ["'k'", "'c'"]),
    "a letter of several bytes": ("é本🙂q".encode(), [ascii("é"), ascii("本"), ascii("🙂")]),
    "an arrow": (b"\x1b[A", [ascii("\x1b[A")]),
    "the end": (b"\x04", ["EOFError"]),
    "Ctrl-C": (b"\x03", ["KeyboardInterrupt"]),
}


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such terminals")
@pytest.mark.parametrize("case", KEYS)
def test_a_terminal_gives_each_key_at_once(case: str) -> None:
    import pty

    typed, expected = KEYS[case]
    process, terminal = pty.fork()
    if process == 0:
        os.environ["PYTHONPATH"] = str(ROOT)
        os.execv(sys.executable, [sys.executable, "-c", CHILD])
    said = _read_until(terminal, b"Key? ")
    os.write(terminal, typed)
    if typed.startswith(b"\x1b"):
        said += _read_until(terminal, b"Key? ")
        os.write(terminal, b"q")
    said += _read_until(terminal, None)
    os.waitpid(process, 0)
    os.close(terminal)
    lines = said.decode().splitlines()
    assert [line for line in lines if line and not line.startswith(("Key? ", "^C"))] == [*expected, "as before"]


def _read_until(terminal: int, end: bytes | None) -> bytes:
    said = b""
    while end is None or not said.endswith(end):
        try:
            more = os.read(terminal, 1000)
        except OSError:  # Linux: the other side is closed
            return said
        if not more:
            return said
        said += more
    return said


def test_a_console_of_windows(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    typed = iter(["k", "\r", "c", "\xe0", "H", "\x1a", "\x03"])
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setitem(sys.modules, "msvcrt", SimpleNamespace(getwch=lambda: next(typed)))
    assert [press_key("Key? ") for _ in range(3)] == ["k", "c", "\xe0H"]
    with pytest.raises(EOFError):
        press_key("Key? ")
    with pytest.raises(KeyboardInterrupt):
        press_key("Key? ")
    assert capsys.readouterr().out == "Key? k\nKey? c\nKey? \xe0H\nKey? \nKey? \n"


@pytest.mark.parametrize("module", ["termios", "msvcrt"])
def test_a_line_where_no_key_can_be_read(
    module: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "platform", "win32" if module == "msvcrt" else "linux")
    monkeypatch.setitem(sys.modules, module, None)
    monkeypatch.setattr(sys, "stdin", io.StringIO("keep\n"))
    assert press_key("Key? ") == "keep"


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such terminals")
def test_a_line_where_there_is_no_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("k\n"))
    assert press_key("Key? ") == "k"
