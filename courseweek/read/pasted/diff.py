"""A diff that was pasted: lines with `+` before them, and what git writes above them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from courseweek.read.pasted.text_lines import Pasted, TextLine
from courseweek.regex import lazy_pattern

HEAD = lazy_pattern(
    r"diff --git .*|index [0-9a-f]{4,}\.\.[0-9a-f]{4,}.*|--- (?:[ab]/|/dev/null).*|\+\+\+ (?:[ab]/|/dev/null).*"
    r"|(?:new|deleted) file mode \d+|@@ -\d+(?:,\d+)? \+\d+(?:,\d+)? @@.*|\\ No newline at end of file"
)
_HUNK = lazy_pattern(r"@@ -\d+(?:,(?P<old>\d+))? \+\d+(?:,(?P<new>\d+))? @@")
_ADDED = lazy_pattern(r"\+(?:[ ]{2,}\S.*|- .*|[a-z][\w-]*:(?:[ ].*)?|#.*|---|[ ]*)")
_TELLING = lazy_pattern(r"\+(?:(?:[ ]{2,})?- \S.*|[ ]{2,}[\w-]+:(?:[ ].*)?|[a-z][\w-]*:|---)")


def find_diff(lines: Sequence[TextLine], at: int) -> Pasted | None:
    """Return the diff that begins on a line, or None; it is sure where it only adds lines."""
    first = lines[at].text
    if HEAD.fullmatch(first) is None and _TELLING.fullmatch(first) is None:
        return None
    kept: list[str] = []
    heads = others = 0
    end = at
    old = new = 0
    for place in range(at, len(lines)):
        text = lines[place].text
        if HEAD.fullmatch(text):
            heads += 1
            hunk = _HUNK.match(text)
            if hunk is not None:
                old, new = int(hunk["old"] or 1), int(hunk["new"] or 1)
        elif text.startswith("+") and (new or _ADDED.fullmatch(text)):
            kept.append(text[1:])
            new = max(0, new - 1)
        elif (old or new) and text[:1] in ("-", " "):
            others += 1
            old, new = max(0, old - 1), max(0, new - (text[0] == " "))
        elif text.strip():
            break
        else:
            continue
        end = place + 1
    added = [text for text in kept if text.strip()]
    if not added and not heads:
        return None
    lines_said = "this line" if len(added) == 1 else f"these {len(added)} lines"
    help = f"delete the `+` at the start of {lines_said}"
    if heads:
        help = "delete the lines that Git adds above the change, and the `+` at the start of the new lines"
    if others:
        help = "keep the new lines, without the `+` before them, and delete the others"
    written = _with_gaps(lines[at:end])
    message = "this is a diff, not the file that it changes"
    return Pasted("pasted-diff", "a diff", end - at, (), bool(added) and not others, written, help, message)


def _with_gaps(lines: Sequence[TextLine]) -> tuple[str, ...]:
    """Return the lines that a diff adds, without their `+`."""
    return tuple(each.text.removeprefix("+") for each in lines if HEAD.fullmatch(each.text) is None)


def strip_diff(text: str) -> str | None:
    """Return a text all of whose lines are those of a diff that adds them, without the signs; else None."""
    lines = text.split("\n")
    bare = [line for line in lines if line.strip() and HEAD.fullmatch(line.rstrip("\r")) is None]
    if not bare or not all(line.startswith("+") for line in bare):
        return None
    return "\n".join(line.removeprefix("+") for line in lines if HEAD.fullmatch(line.rstrip("\r")) is None)


def has_head(line: str) -> bool:
    """Return whether a line is one that git writes above a change."""
    return re.match(r"diff --git a/|@@ -\d+(?:,\d+)? \+\d+(?:,\d+)? @@", line) is not None
