"""`search.js`: what can be found in a course, and the words of the search, loaded when it is first used.

It is a script, since pages may not fetch data, and a page from the disk has no other way to load any. A document is on
a line of its own.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from courseweek.model.course import Course
from courseweek.model.meeting import Schedule
from courseweek.outputs.plain_text import shorten
from courseweek.outputs.search_documents import (
    LONGEST_NAMES,
    LONGEST_TITLE,
    SearchDocument,
    list_documents,
    list_notes,
)
from courseweek.plan.plan import SEARCH, Plan

MOST_SHOWN = 30
"""Results that are shown of one search, the best ones."""
_NOT_IN_SCRIPTS = {ord("<"): "\\u003c", 0x2028: "\\u2028", 0x2029: "\\u2029"}
"""What would end a script or a line of one, where a page contains it or an old browser reads it."""


def export_search(course: Course, schedule: Schedule) -> dict[str, Callable[[Plan], bytes]]:
    """Return the one file of this export, which every course has, with its maker."""
    return {SEARCH: make_search}


def make_search(plan: Plan) -> bytes:
    """Return the script with all documents and the words of the search."""
    documents = ",\n".join(map(_write_document, list_documents(plan)))
    words = write_for_script(_list_words(plan))
    return f"window.courseSearch={{words:{words},\ndocuments:[\n{documents}\n]}};\n".encode()


def revise_search(before: bytes, plan: Plan) -> bytes | None:
    """Return the script with other texts of the notes of a plan; None where not each of them has its line in it."""
    lines = before.decode("utf-8").split("\n")
    places: dict[str, int] = {line.partition(",")[0]: at for at, line in enumerate(lines) if line.startswith('{"href"')}
    for note in list_notes(plan):
        line = _write_document(note)
        at = places.get(line.partition(",")[0])
        if at is None:
            return None
        lines[at] = line + ("," if lines[at].endswith(",") else "")
    return "\n".join(lines).encode()


def _write_document(document: SearchDocument) -> str:
    """Return a document as an object of JSON, without what it does not have."""
    title, names = shorten(document.title, LONGEST_TITLE), shorten(document.names, LONGEST_NAMES)
    short = replace(document, title=title, names=names)
    content = {"href": short.href, "kind": short.kind, "title": short.title, "facts": list(short.facts)}
    content |= {"names": short.names, "text": short.text, "language": short.language or ""}
    return write_for_script({key: value for key, value in content.items() if value})


def write_for_script(content: Any) -> str:
    """Return a value as JSON that a script can contain."""
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).translate(_NOT_IN_SCRIPTS)


def _list_words(plan: Plan) -> dict[str, Any]:
    """Return the words of the search by what they are for, and the language of the page."""
    gettext, ngettext = plan.locale.gettext, plan.locale.ngettext
    counts = [ngettext("{count} result", "{count} results", count) for count in range(1, MOST_SHOWN + 1)]
    return {
        "language": plan.locale.page_tag,
        "title": gettext("Search"),
        "label": gettext("Search this course"),
        "close": gettext("Close"),
        "key": gettext("Open the search with the key /"),
        "loading": gettext("Loading"),
        "counts": [gettext("No results"), *counts],
        "best": ngettext("The best result", "The best {count} results", MOST_SHOWN),
        "some": gettext("No result has all of these words."),
    }
