"""Warnings of text that is lost or spoiled: those that a change brings are errors of the change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from courseweek.diagnostics import Diagnostic, Diagnostics
from courseweek.review.base import Base

LOSSES = {
    "bare-address": "an address is text, and not a link",
    "comment": "the end of a text, which YAML takes for a comment",
    "commented-reading": "a reading",
    "doubtful-address": "a link, which leads nowhere",
    "html-link": "a link, which is shown as HTML",
    "left-out": "a part of a page",
    "lost-cell": "cells of a table",
    "misplaced": "a file",
    "not-a-page": "a page",
    "open-comment": "the rest of a page, or a comment that is shown",
    "too-many": "whatever else is wrong in a file: it is not shown",
    "unknown-key": "a column of the table of presenters",
    "unshown-picture": "a picture",
    "unused-link": "a line",
    "unwritten-footnote": "a footnote, whose mark is shown as typed",
}
"""The names of these warnings, with what is lost or spoiled."""

_Key = tuple[str, str, str, str]


def fail_losses(found: Iterable[Diagnostic], base: Base) -> Diagnostics:
    """Return what was found, with each warning of a loss that the base does not have as an error.

    It is the same warning if it says the same of the same line of the same file, wherever that line is. Nothing changes
    where the warnings of the base are not known.
    """
    listed = list(found)
    if base.site is not None:
        known = Counter(map(_key_of, base.found))
        for at, each in enumerate(listed):
            key = _key_of(each)
            if known[key] > 0:
                known[key] -= 1
            elif each.severity == "warning" and each.name in LOSSES:
                listed[at] = replace(each, severity="error")
    failed = Diagnostics()
    failed.found = listed
    return failed


def _key_of(diagnostic: Diagnostic) -> _Key:
    span = diagnostic.span
    return diagnostic.name, span.file, diagnostic.message, span.source.line(span.line).strip()
