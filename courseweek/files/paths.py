"""Links between the paths of a site. A path is as a file system has it, in Unicode form NFC; a link is encoded."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from functools import lru_cache
from urllib.parse import quote, unquote, urlsplit

from courseweek.regex import lazy_pattern

_FAR = lazy_pattern(r"(?:%[89A-Fa-f][0-9A-Fa-f])+")
_MARKDOWN_FILE = lazy_pattern(r"\.md(?=$|[#?])")
TOP = "index.html"
"""The page at the top of a site, from which the links of YAML texts are written."""
_BEYOND_ASCII = lazy_pattern(r"[^\x00-\x7f]+")


def relative_link(source: str, path: str, place: str = "") -> str:
    """Return the relative reference from the page at `source` to `path`, both paths in the site.

    `place` is the id of an element there, if the link leads to one. Both are percent-encoded (RFC 3986, section 4.2):
    a `#` or `?` in `path` belongs to the file's name.
    """
    link = "" if path == source and place else _relative_path(posixpath.dirname(source) or ".", path)
    return f"{link}#{quote(place)}" if place else link


@lru_cache(maxsize=8192)  # the pages of one folder all lead to the same few
def _relative_path(folder: str, path: str) -> str:
    link = quote(posixpath.relpath(path, folder))
    return "./" + link if ":" in link.split("/")[0] else link


def normal_form(text: str) -> str:
    """Return a path or name in the one form in which all are compared: NFC (UAX #15)."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def normal_link(link: str) -> str:
    """Return a link that leads to the same name in its normal form, percent-encoded characters included.

    A link that is in that form already is returned as it is.
    """
    if link.isascii() and _FAR.search(link) is None:
        return link
    plain = _FAR.sub(_decode, link)
    normal = normal_form(plain)
    return link if normal == plain else _BEYOND_ASCII.sub(lambda found: quote(found[0]), normal)


def _decode(escapes: re.Match[str]) -> str:
    try:
        return unquote(escapes[0], errors="strict")
    except UnicodeDecodeError:
        return escapes[0]


def resolve_link(source: str, link: str) -> str | None:
    """Return the path in the site that a relative `link` on the page at `source` leads to.

    None for an address with a scheme or host; "" for a fragment of the page itself; a path that begins with `../`
    leads out of the site.
    """
    return _resolve(posixpath.dirname(source), link)


@lru_cache(maxsize=8192)  # as above
def _resolve(folder: str, link: str) -> str | None:
    try:
        parts = urlsplit(link)
    except ValueError:
        return None
    if parts.scheme or parts.netloc:
        return None
    if not parts.path:
        return ""
    if parts.path.startswith("/"):
        return "../" + normal_form(unquote(parts.path))
    path = posixpath.normpath(posixpath.join(folder, normal_form(unquote(parts.path))))
    if parts.path.endswith("/") or path == ".":
        path = posixpath.join(path, "index.html") if path != "." else "index.html"
    return path


def to_page(link: str) -> str:
    """Return a link with the page in place of the Markdown file that it names: `projects.html#x` for `projects.md#x`.

    Any other link is returned as it is.
    """
    return _MARKDOWN_FILE.sub(".html", link)


def resolve_from_top(link: str) -> tuple[str | None, str]:
    """Return the path in the site that a link of a YAML text leads to, and the id of the place on that page.

    The path is None for what leads elsewhere; the id is "" for the page as a whole.
    """
    page = to_page(link)
    path = resolve_link(TOP, page)
    place = unquote(page.partition("#")[2])
    return (None, "") if path is None or not (path or place) else (path or TOP, place)
