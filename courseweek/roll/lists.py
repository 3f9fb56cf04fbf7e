"""The to-do list for people and for programs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Literal

from courseweek.report.json import VERSION, Value, locate_span
from courseweek.report.text import Paint, disarm, place_of, printable
from courseweek.roll.todo import KINDS, Todo

TodoFormat = Literal["text", "json"]
"""For people, or for programs."""

MOST_SHOWN = 50
"""Items of one kind that are shown to people; the others are only counted."""


def report_todo(items: Iterable[Todo], *, color: bool = False) -> str:
    """Return the list as text: a heading for each kind, and a line with its place for each item."""
    paint = Paint(color)
    lines: list[str] = []
    for kind, of_kind in groupby(items, key=lambda each: each.kind):
        some = list(of_kind)
        lines += ["", paint("bold", f"{KINDS[kind]} ({kind}): {len(some):,}")]
        for item in some[:MOST_SHOWN]:
            lines.append(f"  {paint('quiet', place_of(item.span))}: {disarm(printable(item.text))}")
        if len(some) > MOST_SHOWN:
            lines.append(f"  and {len(some) - MOST_SHOWN:,} more")
    if not lines:
        return ""
    return "\n".join(["", "Before the term starts, decide about these:", *lines, "", ""])


def write_todo(items: Iterable[Todo], texts: Mapping[str, str]) -> str:
    """Return the list as one JSON document, with the names of the files that change."""
    changed: list[Value] = [*sorted(texts)]
    document: dict[str, Value] = {"version": VERSION, "changed": changed, "todo": [_entry(item) for item in items]}
    # `##[` would be a command to GitHub's runner anywhere in a line.
    return json.dumps(document, indent=1).replace("##", "#\\u0023") + "\n"


def _entry(item: Todo) -> dict[str, Value]:
    return {
        "kind": item.kind,
        "text": item.text,
        **locate_span(item.span),
        "before": None if item.before is None else item.before.isoformat(),
        "day": None if item.day is None else item.day.isoformat(),
        "clearable": bool(item.clear),
    }
