"""Diagnostics as annotations of a pull request: GitHub's workflow commands, and a summary of the job in Markdown."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from itertools import groupby

from courseweek.diagnostics import Diagnostic
from courseweek.report.inert import write_block
from courseweek.report.text import place_of, printable, report_text

MOST_ANNOTATIONS = 10
"""GitHub shows this many errors and warnings of one step each, and silently drops the rest."""
LONGEST_SUMMARY = 400_000
"""Characters of the summary; GitHub refuses one of more than 1 MiB whole."""


def report_github(diagnostics: Iterable[Diagnostic], folder: str = "") -> str:
    """Return workflow commands that put the diagnostics on the lines of a pull request.

    `folder` is the course's within the repository, with `/` at its end. What is more than GitHub shows follows as
    text, between marks that keep the runner from reading commands there.
    """
    ordered = sorted(diagnostics, key=lambda each: (each.severity, each.sort_key()))
    lines: list[str] = []
    rest: list[Diagnostic] = []
    for _, group in groupby(ordered, key=lambda each: each.severity):
        annotated = list(group)
        lines += [_annotation(each, folder) for each in annotated[:MOST_ANNOTATIONS]]
        rest += annotated[MOST_ANNOTATIONS:]
    if rest:
        text = report_text(rest)
        # Nobody can write a text that holds the hash of itself.
        mark = sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
        lines += [f"::stop-commands::{mark}", f"{len(rest)} more:", "", text, f"::{mark}::"]
    return "".join(f"{line}\n" for line in lines)


def _annotation(diagnostic: Diagnostic, folder: str) -> str:
    span = diagnostic.span
    end_line, end_column = span.source.position(max(span.start, span.end - 1))
    properties = {
        "file": f"{folder}{span.file}",
        "line": span.line,
        "endLine": end_line,
        "col": span.column,
        "endColumn": end_column + 1,
        "title": diagnostic.name,
    }
    if end_line != span.line:
        del properties["col"], properties["endColumn"]  # GitHub takes columns within one line only
    words = [printable(diagnostic.message)]
    if diagnostic.other is not None:
        place, what = diagnostic.other
        words.append(f"{place_of(place)}: {printable(what)}")
    if diagnostic.help is not None:
        words.append("help: " + "\n".join(printable(line) for line in diagnostic.help.split("\n")))
    message = "\n".join(words)
    listed = ",".join(f"{key}={_escape_property(str(value))}" for key, value in properties.items())
    return f"::{diagnostic.severity} {listed}::{_escape(message)}"


def _escape(text: str) -> str:
    """Return the text as a command's message: what would end it is escaped (actions/toolkit, `escapeData`)."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    return _escape(printable(text)).replace(":", "%3A").replace(",", "%2C")


def summarize_github(diagnostics: Iterable[Diagnostic], closing: str) -> str:
    """Return the whole report as Markdown for the summary of a job; `closing` is its last line in words."""
    text = report_text(diagnostics)
    cut = len(text) > LONGEST_SUMMARY
    text = text[:LONGEST_SUMMARY].rpartition("\n")[0] + "\n" if cut else text
    block = f"{write_block(text)}\n" if text else ""
    more = "The report is too long to show here; the log of this step has all of it.\n\n" if cut else ""
    return f"## The course's files\n\n{block}{more}{closing}\n"
