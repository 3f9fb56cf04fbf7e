"""Two versions of files beside each other: the lines that differ, old on the left and new on the right."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping

from courseweek.report.text import Paint, count_cells, disarm, printable

NARROWEST = 100
"""Columns of a terminal on which two versions fit beside each other."""

_NUMBER = 5
"""Columns of a line's number and the space after it."""


def report_side_by_side(before: Mapping[str, str], after: Mapping[str, str], width: int, *, color: bool = False) -> str:
    """Return the lines in which versions of files differ, in two halves of `width` columns, with their numbers.

    Longer lines are cut; control characters are escaped.
    """
    paint = Paint(color)
    half = (width - 3) // 2
    lines: list[str] = []
    for name in sorted(after):
        is_new = name not in before
        heading = paint("bold", disarm(printable(name))) + (" (new file)" if is_new else "")
        lines += [*([""] if lines else []), heading]
        old_lines = [] if is_new else _lines(before[name])
        new_lines = _lines(after[name].removesuffix("\n") if is_new else after[name])
        for old, new in _pairs(old_lines, new_lines):
            at = _find_window(old, new, half)
            left, right = _cut(old, at, half), _cut(new, at, half)
            lines.append(f"{paint('error', left)}{' ' * (half - count_cells(left))} | {paint('added', right)}".rstrip())
    return "".join(f"{line}\n" for line in lines)


def _lines(text: str) -> list[str]:
    return [line.removesuffix("\r") for line in text.split("\n")]


def _pairs(old: list[str], new: list[str]) -> Iterator[tuple[str, str]]:
    """Yield the lines that differ, in pairs; the empty text is beside a line that has no other."""
    for kind, begin, end, start, stop in difflib.SequenceMatcher(None, old, new).get_opcodes():
        if kind == "equal":
            continue
        for at in range(max(end - begin, stop - start)):
            left = f"{begin + at + 1:>4} {old[begin + at]}" if begin + at < end else ""
            right = f"{start + at + 1:>4} {new[start + at]}" if start + at < stop else ""
            yield left, right


def _find_window(old: str, new: str, width: int) -> int:
    """Return the column from which both lines are shown, so that the first difference is seen."""
    pairs = enumerate(zip(old, new, strict=False))
    same = next((at for at, (left, right) in pairs if at >= _NUMBER and left != right), min(len(old), len(new)))
    return max(_NUMBER, same - width // 3) if max(len(old), len(new)) > width and same > width * 2 // 3 else _NUMBER


def _cut(line: str, begin: int, width: int) -> str:
    """Return a line with its number, from a column on, cut to a width."""
    rest = line[begin : begin + width + 1]
    shown = line[:_NUMBER] + disarm(printable(f"…{rest}" if begin > _NUMBER and rest else rest))
    if count_cells(shown) <= width and len(line) <= begin + width:
        return shown
    while count_cells(shown) >= width:
        shown = shown[:-1]
    return f"{shown}…"
