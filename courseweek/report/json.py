"""Diagnostics for other programs: one JSON document, in ASCII, its shape versioned."""

from __future__ import annotations

import json
from collections.abc import Iterable

from courseweek.diagnostics import Diagnostic, Span

VERSION = 1
"""The version of the shape; it grows when something is taken away or changes its meaning."""

Value = str | int | None | list["Value"] | dict[str, "Value"]


def report_json(
    diagnostics: Iterable[Diagnostic], unnamed: tuple[str, ...] = (), review: dict[str, Value] | None = None
) -> str:
    """Return all diagnostics, sorted by place, as one JSON document that ends with a line end.

    Lines and columns count from 1, in code points; an end is exclusive. `unnamed` are the files of `assets/` that no
    page names; if there are none, the key is missing. `review` is what a change does, if that was asked for.
    """
    listed = sorted(diagnostics, key=Diagnostic.sort_key)
    document: dict[str, Value] = {
        "version": VERSION,
        "errors": sum(each.severity == "error" for each in listed),
        "warnings": sum(each.severity == "warning" for each in listed),
        "diagnostics": [_entry(each) for each in listed],
        **({"unnamed": list(unnamed)} if unnamed else {}),
        **({"review": review} if review is not None else {}),
    }
    # `##[` would be a command to GitHub's runner anywhere in a line.
    return json.dumps(document, indent=1).replace("##", "#\\u0023") + "\n"


def _entry(diagnostic: Diagnostic) -> dict[str, Value]:
    other = diagnostic.other
    return {
        "severity": diagnostic.severity,
        "name": diagnostic.name,
        "message": diagnostic.message,
        **locate_span(diagnostic.span),
        "help": diagnostic.help,
        "other": None if other is None else {"message": other[1], **locate_span(other[0])},
        "fix": [{**locate_span(edit.span), "text": edit.text} for edit in diagnostic.fix],
    }


def locate_span(span: Span) -> dict[str, Value]:
    """Return where a stretch of a source begins and ends, as the document says it."""
    end_line, end_column = span.source.position(span.end)
    return {
        "file": span.file,
        "line": span.line,
        "column": span.column,
        "end_line": end_line,
        "end_column": end_column,
    }
