"""The compact copies of the theme's scripts and style sheets, which students load in place of the readable ones.

`scripts/compact.py` makes them. A file that has changed since, or that is a course's own, is published as it is.
"""

from __future__ import annotations

import json
from functools import cache
from hashlib import sha256
from importlib.resources import files


def compact(data: bytes) -> bytes:
    """Return what is published of a script or a style sheet: its compact copy, or the file itself if it has none."""
    copy = _read_copies().get(sha256(data).hexdigest())
    return data if copy is None else copy.encode("utf-8")


@cache
def _read_copies() -> dict[str, str]:
    """Return the copies by the SHA-256 sums of their files."""
    text = (files("courseweek.outputs") / "compact_copies.json").read_text(encoding="utf-8")
    copies: dict[str, str] = json.loads(text)
    return copies
