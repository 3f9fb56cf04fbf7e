"""Diagnostics as text: the user's own line, a caret, one clause, a remedy."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from courseweek.diagnostics import Diagnostic, Span
from courseweek.frozen import dataclass
from courseweek.regex import lazy_pattern

WIDEST = 160
"""A longer source line is shown as a window of this many characters around the caret."""


MOST_REPORTED = 1_000
"""Diagnostics shown in full; the rest are only counted."""

_CODES = {"error": "1;31", "warning": "1;33", "bold": "1", "quiet": "34", "help": "36", "added": "32"}
# What a CI system would take for a command here (GitHub's runner trims the line first).
_COMMAND = lazy_pattern(r"^\s*(?=::|##)")
# The older form of its commands, and those of others, are found anywhere in a line.
_COMMAND_WITHIN = lazy_pattern(r"##(?=\w*\[)")


@dataclass(frozen=True, slots=True)
class Paint:
    """Colors for a terminal (ECMA-48, 8.3.117), or none."""

    color: bool

    def __call__(self, role: str, text: str) -> str:
        """Return the text in the color of its role."""
        return f"\x1b[{_CODES[role]}m{text}\x1b[0m" if self.color and text else text


def report_text(diagnostics: Iterable[Diagnostic], *, color: bool = False) -> str:
    """Return all diagnostics as text for a terminal, sorted by place, a blank line between two.

    Control characters of the course's files are shown as escapes and never sent, and no line begins with what a CI
    system would take for a command.
    """
    paint = Paint(color)
    ordered = sorted(diagnostics, key=Diagnostic.sort_key)
    blocks = [_block(each, paint) for each in ordered[:MOST_REPORTED]]
    if len(ordered) > MOST_REPORTED:
        blocks.append(f"… and {len(ordered) - MOST_REPORTED:,} more\n")
    return "\n".join(blocks)


def _block(diagnostic: Diagnostic, paint: Paint) -> str:
    severity = f"{diagnostic.severity}[{diagnostic.name}]"
    lines = [
        f"{paint('bold', place_of(diagnostic.span))}: {paint(diagnostic.severity, severity)}: "
        f"{paint('bold', printable(diagnostic.message))}"
    ]
    lines += _snippet(diagnostic.span, paint, diagnostic.severity)
    if diagnostic.other is not None:
        place, what = diagnostic.other
        lines.append(f"{paint('bold', place_of(place))}: {printable(what)}")
        lines += _snippet(place, paint, "quiet")
    if diagnostic.help is not None:
        first, *rest = diagnostic.help.split("\n")
        lines.append(f"{paint('help', 'help:')} {printable(first)}")
        lines += [f"      {disarm(printable(line))}" for line in rest]
    return "\n".join(lines) + "\n"


def place_of(span: Span) -> str:
    """Return `FILE:LINE:COL` as it begins a line of output."""
    return disarm(f"{printable(span.file)}:{span.line}:{span.column}")


def disarm(line: str) -> str:
    """Return a line of output with a backslash before what a CI system would take for a command."""
    return _COMMAND.sub(lambda spaces: f"{spaces[0]}\\", line)


def _snippet(span: Span, paint: Paint, role: str) -> list[str]:
    number, column = span.source.position(span.start)
    line = span.source.line(number)
    if not line.strip(" \t"):
        return []
    width = max(1, min(span.end - span.start, len(line) - column + 1))
    begin = 0
    if len(line) > WIDEST:
        begin = max(0, min(column - 1 - WIDEST // 3, len(line) - WIDEST))
    shown = line[begin : begin + WIDEST]
    before = shown[: column - 1 - begin]
    under = shown[column - 1 - begin : column - 1 - begin + width]
    gutter = " " * len(str(number))
    caret = paint(role, "^" * max(1, count_cells(under)))
    head = "…" if begin else ""
    tail = "…" if begin + WIDEST < len(line) else ""
    return [
        paint("quiet", f"{gutter} |"),
        f"{paint('quiet', f'{number} |')} {head}{printable(shown)}{tail}",
        f"{paint('quiet', f'{gutter} |')} {' ' * (len(head) + count_cells(before))}{caret}",
    ]


def printable(text: str) -> str:
    """Return the text with each tab as a space, and control, bidirectional and format characters as escapes.

    A backslash breaks up what a CI system would take for a command anywhere: `##[`.
    """
    text = _COMMAND_WITHIN.sub(r"##\\", text) if "##" in text else text
    if text.isascii() and text.isprintable():
        return text
    return "".join(_shown(c) for c in text)


def _shown(char: str) -> str:
    if char == "\t":
        return " "
    if char == "\xa0":
        return "␣"
    if unicodedata.category(char) in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"} and char not in "\u200c\u200d":
        return f"\\u{ord(char):04x}" if ord(char) > 0xFF else f"\\x{ord(char):02x}"
    return char


def count_cells(text: str) -> int:
    """Return how many terminal cells `text` takes: wide characters (UAX #11) two, combining marks none."""
    total = 0
    for char in printable(text):
        if unicodedata.combining(char) or char in "\u200c\u200d":
            continue
        total += 2 if unicodedata.east_asian_width(char) in {"W", "F"} else 1
    return total
