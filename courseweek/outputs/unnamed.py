"""Files of `assets/` that are published although nothing on the site names them: perhaps not meant for students yet."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import unquote

from courseweek.files.stored import Changed, Content, pieces_of, read_whole
from courseweek.outputs.withheld import STYLED
from courseweek.plan.plan import Plan
from courseweek.regex import lazy_pattern

LONGEST_NAME = 255
"""Bytes of a file's name, which may lie across two pieces of a file."""
_NAMED = lazy_pattern(r"assets/[^\"<>?#`\r\n]+")
"""A path in an attribute, where it may hold spaces, or in a text, where it ends at the first one."""
_WORD = lazy_pattern(r"[^\s\"'`()<>/\\?#,;=]+")
"""What may be the name of another file in a style sheet or a script."""


def find_unnamed_assets(plan: Plan, artifacts: Mapping[str, Content]) -> tuple[str, ...]:
    """Return the paths of the course's own assets that no page names, nor a style sheet or another asset.

    What lies beside a named web page belongs to it: in its folder, or in `NAME_files/` and `NAME/` next to it. The
    files of the theme are never among these.
    """
    own = [f"assets/{name}" for name in sorted(plan.course.assets) if not name.startswith("theme/")]
    own = [path for path in own if path in artifacts]
    if not own:
        return ()
    made = [read_whole(artifacts[path]) for path in artifacts.keys() - {*plan.assets}]
    pages = [data.decode("utf-8", "replace") for data in made]
    written = {match for page in pages for match in _NAMED.findall(page)}
    written |= {match.split()[0] for match in written}
    named = {unquote(html.unescape(match)) for match in written}
    named |= {f"assets/{font}" for font in plan.course.syllabus.site.fonts}
    left = [path for path in own if path not in named]
    left = _without_neighbors(left, [path for path in own if path in named])
    if not left:
        return ()
    words: set[str] = set()
    for path, data in artifacts.items():
        if path.startswith("assets/") and path.endswith(STYLED):
            words.update(_words_of(data))
    return tuple(path for path in left if path.rpartition("/")[2] not in words)


def _words_of(content: Content) -> Iterator[str]:
    """Yield what may be the names of other files in one that is read in pieces."""
    end = b""
    try:
        for piece in pieces_of(content):
            yield from map(unquote, _WORD.findall((end + piece).decode("utf-8", "replace")))
            end = piece[-LONGEST_NAME:]
    except Changed:
        return  # it can't be published as it is now, which publishing reports


def _without_neighbors(left: list[str], named: Iterable[str]) -> list[str]:
    """Return what is left without the files that come with a named web page."""
    folders: set[str] = set()
    for path in named:
        stem, _, ending = path.rpartition(".")
        if ending.lower() in ("html", "htm"):
            folder = path.rpartition("/")[0]
            folders |= {f"{stem}_files/", f"{stem}/", *((f"{folder}/",) if folder != "assets" else ())}
    if not folders:
        return left
    beside = re.compile("|".join(map(re.escape, sorted(folders))))
    return [path for path in left if beside.match(path) is None]
