"""Diagnostics as text: the user's own line, a caret, one clause, a remedy."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from courseweek.diagnostics import Diagnostic, Span

WIDEST = 160
"""A longer source line is shown as a window of this many characters around the caret."""


def report_text(diagnostics: Iterable[Diagnostic]) -> str:
    """Return all diagnostics as text for a terminal, sorted by place, a blank line between two.

    Control characters of the course's files are shown as escapes and never sent.
    """
    blocks = [_block(each) for each in sorted(diagnostics, key=Diagnostic.sort_key)]
    return "\n".join(blocks)


def _block(diagnostic: Diagnostic) -> str:
    span = diagnostic.span
    lines = [
        f"{printable(span.file)}:{span.line}:{span.column}: "
        f"{diagnostic.severity}[{diagnostic.name}]: {printable(diagnostic.message)}"
    ]
    lines += _snippet(span)
    if diagnostic.other is not None:
        place, what = diagnostic.other
        lines.append(f"{printable(place.file)}:{place.line}:{place.column}: {printable(what)}")
        lines += _snippet(place)
    if diagnostic.help is not None:
        first, *rest = diagnostic.help.split("\n")
        lines.append(f"help: {printable(first)}")
        lines += [f"      {printable(line)}" for line in rest]
    return "\n".join(lines) + "\n"


def _snippet(span: Span) -> list[str]:
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
    caret = " " * _cells(before) + "^" * max(1, _cells(under))
    head = "…" if begin else ""
    tail = "…" if begin + WIDEST < len(line) else ""
    return [
        f"{gutter} |",
        f"{number} | {head}{printable(shown)}{tail}",
        f"{gutter} | {' ' * len(head)}{caret}",
    ]


def printable(text: str) -> str:
    """Return the text with tabs as one blank and control, bidirectional and format characters as escapes."""
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


def _cells(text: str) -> int:
    """Return how many terminal cells `text` takes: wide characters (UAX #11) two, combining marks none."""
    total = 0
    for char in printable(text):
        if unicodedata.combining(char) or char in "\u200c\u200d":
            continue
        total += 2 if unicodedata.east_asian_width(char) in {"W", "F"} else 1
    return total
