"""Reading a `course.json` that was published before. It is data from outside: its size and its shape are checked."""

from __future__ import annotations

import json
import re
from datetime import UTC
from urllib.parse import unquote

from courseweek.model.change import Change
from courseweek.model.published import Published
from courseweek.published.normal_form import JsonObject, Misshapen, read_identity, read_normal_form
from courseweek.regex import lazy_pattern

LARGEST = 5_000_000
"""A larger `course.json` (bytes) is refused."""
LONGEST_TEXT = 5_000
MOST_DETAILS = 200
VERSION = 2
MOST_KEPT = 30
"""Changes that are carried forward."""
KINDS = ("class", "deadline", "reading", "event")
_NOT_IN_LINK = lazy_pattern(r"[\x00-\x20\x7f\\:]")
_CONTROL = lazy_pattern(r"[\x00-\x1f\x7f-\x9f\ufffe\uffff]")
_SURROGATE = re.compile(rb"\\u[dD][89a-fA-F]")


def read_published(data: bytes, *, public: bool = False) -> Published | str:
    """Return what a site has published, of the bytes of its `course.json`, or why they can't be used.

    With `public` all that is compared is checked, otherwise what is carried forward.
    """
    if not data.strip():
        return "it is empty"
    if len(data) > LARGEST:
        return f"it is larger than {LARGEST:,} bytes"
    try:
        content = json.loads(data)
        if _SURROGATE.search(data):
            json.dumps(content, ensure_ascii=False).encode("utf-8")  # raises for half a character
    except (ValueError, RecursionError):
        return "it is damaged"
    try:
        if JsonObject(content).has("version") and content["version"] != VERSION:
            return "it is of another version"
        read_identity(content)
        if public:
            read_normal_form(content)
        changes = {each.id: each for each in map(_read_change, JsonObject(content).rows("changes"))}.values()
    except Misshapen:
        return "it is not a course.json"
    return Published(content, tuple(sorted(changes, key=lambda each: each.at, reverse=True))[:MOST_KEPT], public)


def is_relative(href: str) -> bool:
    """Return whether an address leads to a place of the same site, wherever that is."""
    plain = unquote(href)
    leads_up = plain.startswith(("/", "?", "\\")) or ".." in re.split(r"[/\\?#]", plain)
    return not leads_up and _NOT_IN_LINK.search(href) is None


def _read_change(row: JsonObject) -> Change:
    at = row.instant("at")
    texts = (row.text("id"), row.text("text"), row.maybe("was") or "", *row.texts("details"), *row.texts("ids"))
    if (
        at is None
        or row.text("kind") not in KINDS
        or not row.texts("ids")
        or any(map(_CONTROL.search, texts))
        or not is_relative(row.text("href"))
        or len(row.texts("details")) > MOST_DETAILS
        or max(map(len, texts)) > LONGEST_TEXT
    ):
        raise Misshapen
    return Change(
        id=row.text("id"),
        at=at.astimezone(UTC),
        kind=row.text("kind"),
        ids=row.texts("ids"),
        text=row.text("text"),
        was=row.maybe("was"),
        href=row.text("href"),
        details=row.texts("details"),
    )
