"""The assets that are withheld with a page: those that it names and nothing published names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from html import unescape
from urllib.parse import unquote

from courseweek.files.stored import Changed, Content, pieces_of, read_whole
from courseweek.plan.plan import Plan

STYLED = (".css", ".js", ".mjs", ".svg", ".html", ".json", ".webmanifest", ".xml")
"""Assets that may contain the names of others."""


def find_withheld_assets(plan: Plan, artifacts: Mapping[str, Content]) -> frozenset[str]:
    """Return the paths of the course's assets that only drafts and pages of later days name.

    One that no page names at all is published: its address may have been given out elsewhere.
    """
    hidden = tuple(spellings(page.text for page in plan.withheld_pages))
    own = [path for path in (f"assets/{name}" for name in plan.course.assets) if path in artifacts]
    named = [path for path in own if not path.startswith("assets/theme/") and is_named(path, hidden)]
    if not named:
        return frozenset()
    made = (read_whole(artifacts[path]) for path in artifacts.keys() - {*plan.assets})
    shown = tuple(spellings(data.decode("utf-8", "replace") for data in made))
    assets = {path: artifacts[path] for path in own if path.endswith(STYLED)}
    return frozenset(path for path in named if not is_named(path, shown) and not is_used(path, assets))


def spellings(texts: Iterable[str]) -> Iterator[str]:
    """Yield each text as it is, and unescaped if it has escapes of HTML or of addresses."""
    for text in texts:
        yield text
        if "%" in text or "&" in text:
            yield unquote(unescape(text))


def is_named(path: str, texts: Iterable[str]) -> bool:
    """Return whether a path is in one of the texts, and is not only part of a longer one."""
    whole = re.compile(rf"(?<![\w-]){re.escape(path)}(?![\w/-]|\.\w)")
    return any(path in text and whole.search(text) for text in texts)


def is_used(path: str, assets: Mapping[str, Content]) -> bool:
    """Return whether another asset names this one, which it may do from its own folder."""
    name = path.rpartition("/")[2].encode("utf-8")
    return any(_holds(data, name) for other, data in assets.items() if other != path)


def _holds(content: Content, name: bytes) -> bool:
    """Return whether a name is in a file, also across two of its pieces."""
    end = b""
    try:
        for piece in pieces_of(content):
            if name in end + piece:
                return True
            end = piece[-len(name) + 1 :] if len(name) > 1 else b""
    except Changed:
        return True  # it can't be published as it is now, which publishing reports
    return False
