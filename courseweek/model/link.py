"""Labelled links: channels of a course, materials of a meeting, copies of a reading."""

from __future__ import annotations

from dataclasses import field
from typing import Literal

from courseweek.frozen import dataclass
from courseweek.model.moment import Moment
from courseweek.model.origin import Origin

SCHEMES = ("http", "https", "mailto", "tel")
"""The schemes that a link may have; all others are refused."""
SUBSCRIBED = "webcal"
"""The scheme of calendars to subscribe to, which only the program's own links have."""

Access = Literal["open", "campus", "login"]
"""Who can open an address: everybody, those on campus or in its network, those with an account."""


@dataclass(frozen=True, slots=True)
class Link:
    """A labeled address, or a labeled text without one.

    `url` is an address with a scheme, or the path of a file in `assets/` (then `asset` is true). `text` is
    Markdown that is shown in place of a link. A link with neither is announced and not there yet. `released` is when a
    meeting's material is published, None for at once.
    """

    label: str
    url: str | None = None
    asset: bool = False
    text: str | None = None
    access: Access | None = None
    released: Moment | None = None
    origin: Origin | None = field(default=None, compare=False)
