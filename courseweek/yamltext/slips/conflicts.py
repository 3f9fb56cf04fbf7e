"""Marks that git leaves where two changes of the same lines were never merged (git-merge, "How conflicts are
presented").

A line of `=======` alone is a heading in Markdown, and what is in fenced code or in an indented block may be
quoted on purpose: neither is a conflict.
"""

from __future__ import annotations

import re

from courseweek.diagnostics import Diagnostic, Source, Span
from courseweek.frozen import dataclass
from courseweek.regex import lazy_pattern

MARKS = ("<<<<<<<", "|||||||", "=======", ">>>>>>>")
_MARK = lazy_pattern(r"(<{7}|\|{7}|={7}|>{7})(?:[ \t][^\r\n]*)?\r?")
_FENCE = lazy_pattern(r"[ \t]*(?:[-*+>][ \t]+)*(?P<fence>`{3,}(?=[^`]*$)|~{3,})(?P<rest>.*)")


@dataclass(frozen=True, slots=True)
class _MarkLine:
    mark: str
    labelled: bool
    start: int
    end: int


def find_conflict(source: Source, start: int = 0) -> Diagnostic | None:
    """Return the error for the first conflict of a text of Markdown from `start` on, at its first mark, or None.

    A mark `<<<<<<<` with the name of a branch opens one; without a name, or where it was deleted, others must follow.
    """
    if not any(mark in source.text for mark in ("<<<<<<<", ">>>>>>>")):
        return None
    lines = _marks(source.text, start, fenced=True)
    for place, line in enumerate(lines):
        later = {each.mark for each in lines[place + 1 :]}
        opened = line.mark == "<<<<<<<" and (line.labelled or later & {"=======", ">>>>>>>"})
        left = line.mark == "=======" and any(each.mark == ">>>>>>>" and each.labelled for each in lines[place + 1 :])
        if opened or left or (line.mark == "|||||||" and later >= {"=======", ">>>>>>>"}):
            return _explain(source, line)
    return None


def find_conflict_in_rows(source: Source) -> tuple[Diagnostic, str] | None:
    """Return the error for the conflicts of a table, and the text of its first versions, each character at its place.

    None where there is not a mark.
    """
    if not any(mark in source.text for mark in MARKS):
        return None
    lines = _marks(source.text, 0, fenced=False)
    if not lines:
        return None
    text, cut = source.text, -1
    for line in lines:
        if cut < 0 and line.mark in ("=======", "|||||||"):
            cut = line.start
        elif line.mark == ">>>>>>>" and cut >= 0:
            text = _without(text, cut, line.end)
            cut = -1
        text = _without(text, line.start, line.end)
    return _explain(source, lines[0]), text


def _without(text: str, start: int, end: int) -> str:
    return text[:start] + re.sub(r"[^\r\n]", " ", text[start:end]) + text[end:]


def _marks(text: str, start: int, *, fenced: bool) -> list[_MarkLine]:
    """Return the lines that begin with seven of a sign and hold no more than a name, outside fenced code."""
    found: list[_MarkLine] = []
    fence = ""
    for match in re.compile(r"[^\n]+").finditer(text, start):
        line = match[0]
        opening = _FENCE.match(line) if fenced and ("```" in line or "~~~" in line) else None
        if opening is not None:
            if not fence:
                fence = opening["fence"]
            elif opening["fence"].startswith(fence) and not opening["rest"].strip():
                fence = ""
            continue
        mark = _MARK.fullmatch(line) if not fence and line[:1] in "<|=>" else None
        if mark is not None:
            labelled = line[7:].strip() != ""
            if mark[1] != "=======" or not labelled:
                found.append(_MarkLine(mark[1], labelled, match.start(), match.start() + len(line.rstrip("\r"))))
    return found


def _explain(source: Source, line: _MarkLine) -> Diagnostic:
    place: Span = source.span(line.start, line.start + len(line.mark))
    message = "two versions of this part were never merged"
    help = "keep the lines that are right and delete the marks `<<<<<<<`, `=======` and `>>>>>>>`"
    return Diagnostic("error", "merge-conflict", message, place, help)
