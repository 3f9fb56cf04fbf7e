"""Addresses of the preview: which day and which file of the site they name.

The site of the day on which it is shown is at `/`, that of any other day below `/_preview/DAY/`. The links of a site
are relative, so following one keeps the reader on that day, and two tabs may show two days.
"""

from __future__ import annotations

import mimetypes
import posixpath
from collections.abc import Container
from datetime import datetime
from urllib.parse import quote, unquote_to_bytes

from courseweek.files.paths import normal_form
from courseweek.frozen import dataclass
from courseweek.regex import lazy_pattern

OWN = "/_preview/"
"""What begins so belongs to the preview, and is never a file of the site."""
LONGEST = 4_000
"""A longer path is refused."""

_DAY = lazy_pattern(r"(?P<day>\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2})?)?)/(?P<path>.*)")
_ESCAPE = lazy_pattern(r"%(?![0-9A-Fa-f]{2})")
_REFUSED = lazy_pattern(r"[\x00-\x1f\x7f\\]")
_TEXT = lazy_pattern(r"text/.*|application/(?:json|javascript|xml|.*\+xml|.*\+json)|image/svg\+xml")
# Python's own table and these, never the machine's: a file has the same type everywhere.
_TYPES = mimetypes.MimeTypes(filenames=())
for _type, _ending in (
    ("text/javascript", ".js"),
    ("text/javascript", ".mjs"),
    ("text/plain", ".bib"),
    ("text/calendar", ".ics"),
    ("text/markdown", ".md"),
    ("font/woff2", ".woff2"),
    ("image/webp", ".webp"),
    ("image/avif", ".avif"),
    ("image/x-icon", ".ico"),
    ("application/manifest+json", ".webmanifest"),
):
    _TYPES.add_type(_type, _ending)


@dataclass(frozen=True, slots=True)
class Address:
    """A place in the site: the day on which it is shown, None for the one that `/` is, and the path of a file."""

    day: datetime | None
    path: str

    @property
    def link(self) -> str:
        """The address from the server's root, percent-encoded (RFC 3986, section 2.1)."""
        return f"{link_of_day(self.day)}{quote(self.path)}"


def link_of_day(day: datetime | None) -> str:
    """Return where the site of a day begins."""
    if day is None:
        return "/"
    return f"{OWN}{day.date().isoformat() if day.time() == datetime.min.time() else day.isoformat()}/"


def read_path(raw: str) -> str | None:
    """Return the path that a request names, decoded once, or None for a path that no file can have.

    No path is corrected: dots, empty folders, backslashes, control characters and what is not UTF-8 are refused in
    every spelling (RFC 3986, sections 2.4 and 5.2.4), since files are looked up by their exact path in the site.
    """
    if not raw.startswith("/") or len(raw) > LONGEST or _ESCAPE.search(raw):
        return None
    try:
        path = unquote_to_bytes(raw).decode("utf-8")
    except UnicodeDecodeError:
        return None
    if _REFUSED.search(path):
        return None
    folders = path[1:].split("/")
    if any(name in (".", "..") for name in folders) or "" in folders[:-1]:
        return None
    return path


def read_address(raw: str) -> Address | None:
    """Return the place in the site that a request's path names, or None where it names no place."""
    path = read_path(raw)
    if path is None:
        return None
    if not path.startswith(OWN):
        return Address(None, path[1:])
    match = _DAY.fullmatch(path.removeprefix(OWN))
    if match is None:
        return None
    try:
        return Address(datetime.fromisoformat(match["day"]), match["path"])
    except ValueError:
        return None


def find_file(path: str, files: Container[str]) -> str | None:
    """Return the file that a path leads to on a static host: itself, or the `index.html` of a folder.

    A path that lacks the slash at the end of a folder gives it with the slash: the host redirects there. One that is
    typed in another Unicode form leads to the same file.
    """
    path = path if path in files else normal_form(path)
    if path in files and not path.endswith("/"):
        return path
    if path == "" or path.endswith("/"):
        index = posixpath.join(path, "index.html")
        return index if index in files else None
    return f"{path}/" if f"{path}/index.html" in files else None


def type_of(path: str) -> str:
    """Return the media type of a file, with its charset where it is text."""
    found, packed = _TYPES.guess_type(path)
    if found is None or packed is not None:
        return "application/octet-stream"
    return f"{found}; charset=utf-8" if _TEXT.fullmatch(found) else found
