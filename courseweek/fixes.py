"""The edits that diagnostics carry, put into the text of a course's files, and shown as a difference.

An edit replaces only its own place, so comments, layout and line ends stay as they are.
"""

from __future__ import annotations

import difflib
from bisect import bisect_left, insort
from collections.abc import Iterable, Mapping

from courseweek.diagnostics import Diagnostic, Edit
from courseweek.report.text import Paint, disarm, printable


def apply_fixes(diagnostics: Iterable[Diagnostic]) -> dict[str, str]:
    """Return the fixed text of each file for which a diagnostic has a fix, by the file's name.

    The edits of one diagnostic go in together or not at all: one that overlaps another's waits for the next round.
    """
    taken: dict[str, list[Edit]] = {}
    for diagnostic in sorted(diagnostics, key=Diagnostic.sort_key):
        edits = diagnostic.fix
        if edits and all(_is_free(edit, taken.get(edit.span.file, [])) for edit in edits):
            for edit in edits:
                insort(taken.setdefault(edit.span.file, []), edit, key=_place)
    return {file: _edit(edits) for file, edits in taken.items()}


def apply_edits(edits: Iterable[Edit]) -> dict[str, str]:
    """Return the text of each file with all edits of it, by the file's name; the edits don't overlap."""
    by_file: dict[str, list[Edit]] = {}
    for edit in sorted(edits, key=_place):
        by_file.setdefault(edit.span.file, []).append(edit)
    return {file: _edit(some) for file, some in by_file.items()}


def _place(edit: Edit) -> tuple[int, int]:
    return edit.span.start, edit.span.end


def _is_free(edit: Edit, taken: list[Edit]) -> bool:
    """Return whether an edit touches none of those taken: the order of two insertions at one place is unknown."""
    at = bisect_left(taken, _place(edit), key=_place)
    around = taken[max(0, at - 1) : at + 1]
    return all(edit.span.end < other.span.start or other.span.end < edit.span.start for other in around)


def _edit(edits: list[Edit]) -> str:
    text = edits[0].span.source.text
    pieces: list[str] = []
    at = 0
    for edit in edits:
        pieces += [text[at : edit.span.start], edit.text]
        at = edit.span.end
    return "".join([*pieces, text[at:]])


def report_difference(
    before: Mapping[str, str], after: Mapping[str, str], *, color: bool = False, after_name: str = "fixed"
) -> str:
    """Return the difference between two versions of files as a unified diff, control characters escaped.

    `after_name` is what the second version of a file is called, after its name. The first version of a file that is
    not in `before` is `/dev/null`.
    """
    paint = Paint(color)
    lines: list[str] = []
    for name in sorted(after):
        is_new = name not in before
        old = [] if is_new else _lines(before[name])
        new = _lines(after[name].removesuffix("\n") if is_new else after[name])
        first = "/dev/null" if is_new else printable(name)
        for line in difflib.unified_diff(old, new, first, f"{printable(name)} ({after_name})", lineterm="", n=1):
            role = {"-": "error", "+": "added"}.get(line[:1], "quiet" if line[:1] == "@" else "")
            written = disarm(printable(line))
            lines.append(paint(role, written) if role else written)
    return "".join(f"{line}\n" for line in lines)


def _lines(text: str) -> list[str]:
    """Return the lines of a text; they end at LF or CRLF and at nothing else."""
    return [line.removesuffix("\r") for line in text.split("\n")]
