"""Time zones by their names in the IANA database, with what is meant by other names."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import tzdata

from courseweek.diagnostics import suggest
from courseweek.read.moments import Misread
from courseweek.regex import lazy_pattern

_ABBREVIATIONS = {
    "PST": "America/Los_Angeles", "PDT": "America/Los_Angeles", "PT": "America/Los_Angeles",
    "Pacific": "America/Los_Angeles",
    "MDT": "America/Denver", "MT": "America/Denver", "Mountain": "America/Denver",
    "CST": "America/Chicago", "CDT": "America/Chicago", "CT": "America/Chicago", "Central": "America/Chicago",
    "EDT": "America/New_York", "ET": "America/New_York", "Eastern": "America/New_York",
    "BST": "Europe/London", "CEST": "Europe/Berlin", "IST": "Asia/Kolkata", "SGT": "Asia/Singapore",
    "JST": "Asia/Tokyo",
}  # fmt: skip
_OFFSET = lazy_pattern(r"(?:UTC|GMT|Z)?\s*[+\-−±]\s*\d{1,2}(?::?\d{2})?", re.IGNORECASE)


@cache
def zone_names() -> frozenset[str]:
    """Return the names of all zones of the packaged IANA database."""
    return frozenset((_zone_folder().parent / "zones").read_text(encoding="utf-8").split())


def _zone_folder() -> Path:
    return Path(tzdata.__file__).parent / "zoneinfo"


def read_zone(text: str) -> ZoneInfo:
    """Return the time zone of this name in the packaged IANA database.

    The host's own database is not asked, so that the same course gives the same site everywhere.
    """
    name = text.strip()
    if re.fullmatch(r"[A-Za-z0-9_+\-]+(?:/[A-Za-z0-9_+\-]+)*", name) and name in zone_names():
        return _load_zone(name)
    if _OFFSET.fullmatch(name):
        message = f"`{name}` is an offset, and not a time zone: a zone knows when clocks change"
        raise Misread(message, "name a place of the zone, such as Asia/Singapore or America/New_York", "unknown-zone")
    near = _ABBREVIATIONS.get(name) or suggest(name, zone_names()) or _city_zone(name)
    raise Misread(
        f"`{name}` is no time zone",
        f"did you mean {near}?" if near else "write one such as America/Los_Angeles or Europe/Berlin",
        "unknown-zone",
    )


@cache
def _load_zone(name: str) -> ZoneInfo:
    with (_zone_folder() / name).open("rb") as file:
        return ZoneInfo.from_file(file, key=name)


def _city_zone(name: str) -> str | None:
    cities = {zone.rpartition("/")[2]: zone for zone in sorted(zone_names())}
    near = suggest(name.replace(" ", "_"), cities)
    return cities[near] if near else None
