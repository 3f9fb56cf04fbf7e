"""Links between the paths of a site."""

from __future__ import annotations

import posixpath
from functools import lru_cache
from urllib.parse import quote, unquote, urlsplit


def relative_link(source: str, target: str) -> str:
    """Return the relative reference from the page at `source` to `target`, both paths in the site.

    A fragment after `#` in the target is kept; the path is percent-encoded (RFC 3986, section 4.2).
    """
    path, _, fragment = target.partition("#")
    link = "" if path == source and fragment else _relative_path(posixpath.dirname(source) or ".", path)
    return f"{link}#{quote(fragment)}" if fragment else link


@lru_cache(maxsize=8192)  # the pages of one folder all lead to the same few
def _relative_path(folder: str, path: str) -> str:
    link = quote(posixpath.relpath(path, folder))
    return "./" + link if ":" in link.split("/")[0] else link


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
        return "../" + unquote(parts.path)
    path = posixpath.normpath(posixpath.join(folder, unquote(parts.path)))
    if parts.path.endswith("/") or path == ".":
        path = posixpath.join(path, "index.html") if path != "." else "index.html"
    return path
