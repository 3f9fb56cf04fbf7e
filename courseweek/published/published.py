"""Reading a `course.json` that was published before."""

from __future__ import annotations

import json

from courseweek.model.published import Published


def read_published(data: bytes, *, public: bool = False) -> Published | str:
    """Return what a site has published, of the bytes of its `course.json`, or why they can't be used."""
    try:
        content = json.loads(data)
    except (ValueError, RecursionError):
        return "it is damaged"
    return Published(content, public) if isinstance(content, dict) else "it is no course.json"
