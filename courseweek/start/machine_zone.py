"""The time zone that a computer is set to, as a place: the guess for a new course."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from courseweek.read.values.misread import Misread
from courseweek.read.values.zones import read_zone

WINDOWS = {
    "Hawaiian Standard Time": "Pacific/Honolulu", "Alaskan Standard Time": "America/Anchorage",
    "Pacific Standard Time": "America/Los_Angeles", "US Mountain Standard Time": "America/Phoenix",
    "Mountain Standard Time": "America/Denver", "Central Standard Time": "America/Chicago",
    "Eastern Standard Time": "America/New_York", "US Eastern Standard Time": "America/Indiana/Indianapolis",
    "Atlantic Standard Time": "America/Halifax", "Newfoundland Standard Time": "America/St_Johns",
    "Central Standard Time (Mexico)": "America/Mexico_City", "SA Pacific Standard Time": "America/Bogota",
    "Pacific SA Standard Time": "America/Santiago", "Argentina Standard Time": "America/Argentina/Buenos_Aires",
    "E. South America Standard Time": "America/Sao_Paulo", "GMT Standard Time": "Europe/London",
    "W. Europe Standard Time": "Europe/Berlin", "Romance Standard Time": "Europe/Paris",
    "Central Europe Standard Time": "Europe/Budapest", "Central European Standard Time": "Europe/Warsaw",
    "E. Europe Standard Time": "Europe/Chisinau", "FLE Standard Time": "Europe/Kyiv",
    "GTB Standard Time": "Europe/Bucharest", "Turkey Standard Time": "Europe/Istanbul",
    "Russian Standard Time": "Europe/Moscow", "Israel Standard Time": "Asia/Jerusalem",
    "Egypt Standard Time": "Africa/Cairo", "South Africa Standard Time": "Africa/Johannesburg",
    "W. Central Africa Standard Time": "Africa/Lagos", "E. Africa Standard Time": "Africa/Nairobi",
    "Arabian Standard Time": "Asia/Dubai", "Arab Standard Time": "Asia/Riyadh", "Iran Standard Time": "Asia/Tehran",
    "Pakistan Standard Time": "Asia/Karachi", "India Standard Time": "Asia/Kolkata",
    "Bangladesh Standard Time": "Asia/Dhaka", "SE Asia Standard Time": "Asia/Bangkok",
    "China Standard Time": "Asia/Shanghai", "Singapore Standard Time": "Asia/Singapore",
    "Taipei Standard Time": "Asia/Taipei", "Tokyo Standard Time": "Asia/Tokyo", "Korea Standard Time": "Asia/Seoul",
    "W. Australia Standard Time": "Australia/Perth", "Cen. Australia Standard Time": "Australia/Adelaide",
    "E. Australia Standard Time": "Australia/Brisbane", "AUS Eastern Standard Time": "Australia/Sydney",
    "Tasmania Standard Time": "Australia/Hobart", "New Zealand Standard Time": "Pacific/Auckland",
}  # fmt: skip
"""The names that Windows keeps, with the place of each in Unicode's table (CLDR, windowsZones.xml)."""


def find_zone(environment: Mapping[str, str], etc: Path = Path("/etc")) -> str | None:
    """Return the name of the computer's time zone: from `TZ`, from a folder such as /etc, or from Windows.

    None where it is not known, or is UTC: a computer with that is a server, and no class meets by it.
    """
    for name in _list_names(environment, etc):
        try:
            zone = read_zone(name).key
        except Misread:
            continue
        return None if zone in ("UTC", "Etc/UTC") else zone
    return None


def _list_names(environment: Mapping[str, str], etc: Path) -> Iterator[str]:
    yield _after_zoneinfo(environment.get("TZ", "").removeprefix(":"))
    with contextlib.suppress(OSError):
        yield _after_zoneinfo(os.readlink(etc / "localtime"))  # noqa: PTH115 - the text of the link is wanted
    with contextlib.suppress(OSError, UnicodeDecodeError):
        yield (etc / "timezone").read_text(encoding="utf-8").strip()
    yield WINDOWS.get(_ask_windows(), "")


def _after_zoneinfo(path: str) -> str:
    """Return the name of a zone from the path of its file; another text stays."""
    return path.rpartition("zoneinfo/")[2]


def _ask_windows() -> str:
    """Return the name of the zone in the registry; empty on other systems."""
    try:
        import winreg
    except ImportError:
        return ""
    return _read_registry(winreg)


def _read_registry(registry: object) -> str:
    """Return the name of the zone in Windows' registry; `registry` is the module `winreg`."""
    path = r"SYSTEM\CurrentControlSet\Control\TimeZoneInformation"
    try:
        with registry.OpenKey(registry.HKEY_LOCAL_MACHINE, path) as key:  # type: ignore[attr-defined]
            name = registry.QueryValueEx(key, "TimeZoneKeyName")[0]  # type: ignore[attr-defined]
    except OSError:
        return ""
    return str(name).partition("\0")[0]
