"""Time zones by their places in the IANA database, with what is meant by other names."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import tzdata

from courseweek.diagnostics import suggest
from courseweek.read.values.misread import Misread
from courseweek.regex import lazy_pattern

# Names of the IANA database without a place, and what stays the same under the place's name (file `backward`).
_PLACES = {
    "Cuba": "America/Havana", "Egypt": "Africa/Cairo", "Eire": "Europe/Dublin", "GB": "Europe/London",
    "GB-Eire": "Europe/London", "Hongkong": "Asia/Hong_Kong", "Iceland": "Atlantic/Reykjavik", "Iran": "Asia/Tehran",
    "Israel": "Asia/Jerusalem", "Jamaica": "America/Jamaica", "Japan": "Asia/Tokyo", "Kwajalein": "Pacific/Kwajalein",
    "Libya": "Africa/Tripoli", "NZ": "Pacific/Auckland", "NZ-CHAT": "Pacific/Chatham", "Navajo": "America/Denver",
    "Poland": "Europe/Warsaw", "Portugal": "Europe/Lisbon", "PRC": "Asia/Shanghai", "ROC": "Asia/Taipei",
    "ROK": "Asia/Seoul", "Singapore": "Asia/Singapore", "Turkey": "Europe/Istanbul", "W-SU": "Europe/Moscow",
    "UCT": "UTC", "Universal": "UTC", "Zulu": "UTC", "Z": "UTC", "Etc/UCT": "UTC", "Etc/Universal": "UTC",
    "Etc/Zulu": "UTC", "Etc/UTC": "Etc/UTC", "UTC": "UTC",
}  # fmt: skip
# What does not follow the clock changes of a place, or is short for several, with the place most likely meant.
_ABBREVIATIONS = {
    "PST": "America/Los_Angeles", "PDT": "America/Los_Angeles", "PT": "America/Los_Angeles",
    "Pacific": "America/Los_Angeles", "PST8PDT": "America/Los_Angeles",
    "MST": "America/Denver", "MDT": "America/Denver", "MT": "America/Denver", "Mountain": "America/Denver",
    "MST7MDT": "America/Denver",
    "CST": "America/Chicago", "CDT": "America/Chicago", "CT": "America/Chicago", "Central": "America/Chicago",
    "CST6CDT": "America/Chicago",
    "EST": "America/New_York", "EDT": "America/New_York", "ET": "America/New_York", "Eastern": "America/New_York",
    "EST5EDT": "America/New_York",
    "AKST": "America/Anchorage", "AKDT": "America/Anchorage", "Alaska": "America/Anchorage",
    "AST4ADT": "America/Halifax", "YST9YDT": "America/Anchorage",
    "HST": "Pacific/Honolulu", "HAST": "Pacific/Honolulu", "Hawaii": "Pacific/Honolulu",
    "BST": "Europe/London", "GMT0": "Europe/London", "Greenwich": "Europe/London", "WET": "Europe/Lisbon",
    "WEST": "Europe/Lisbon", "CET": "Europe/Berlin", "CEST": "Europe/Berlin", "MET": "Europe/Berlin",
    "MEZ": "Europe/Berlin", "MESZ": "Europe/Berlin", "EET": "Europe/Athens", "EEST": "Europe/Athens",
    "MSK": "Europe/Moscow", "IST": "Asia/Kolkata", "SGT": "Asia/Singapore", "HKT": "Asia/Hong_Kong",
    "JST": "Asia/Tokyo", "KST": "Asia/Seoul", "AEST": "Australia/Sydney", "AEDT": "Australia/Sydney",
    "AWST": "Australia/Perth", "NZST": "Pacific/Auckland", "NZDT": "Pacific/Auckland",
}  # fmt: skip
# Etc/GMT+8 is eight hours *behind* Greenwich (tzdata, file `etcetera`): a place with this offset in January. Nobody
# lives twelve hours behind it, so there the sign is meant the other way around.
_BEHIND = {
    1: "Atlantic/Azores", 2: "America/Noronha", 3: "America/Sao_Paulo", 4: "America/Halifax", 5: "America/New_York",
    6: "America/Chicago", 7: "America/Denver", 8: "America/Los_Angeles", 9: "America/Anchorage",
    10: "Pacific/Honolulu", 11: "Pacific/Pago_Pago", 12: "Pacific/Auckland",
    -1: "Europe/Berlin", -2: "Europe/Athens", -3: "Europe/Istanbul", -4: "Asia/Dubai", -5: "Asia/Karachi",
    -6: "Asia/Dhaka", -7: "Asia/Bangkok", -8: "Asia/Singapore", -9: "Asia/Tokyo", -10: "Australia/Brisbane",
    -11: "Pacific/Noumea", -12: "Pacific/Fiji", -13: "Pacific/Apia", -14: "Pacific/Kiritimati",
}  # fmt: skip
CITIES = {
    "America/Chicago": "Austin Dallas Houston Madison Minneapolis New_Orleans St_Louis Urbana",
    "America/Denver": "Albuquerque Boulder Salt_Lake_City",
    "America/Los_Angeles": "Berkeley Davis Irvine Pasadena Portland San_Diego San_Francisco San_Jose Seattle Stanford",
    "America/New_York": "Ann_Arbor Atlanta Baltimore Boston Buffalo Cleveland Columbus Durham Ithaca Miami Philadelphia"
    " Pittsburgh Princeton Providence Washington",
    "America/Sao_Paulo": "Brasilia Campinas Rio_de_Janeiro", "America/Toronto": "Ottawa Waterloo",
    "Africa/Johannesburg": "Cape_Town Durban Pretoria", "Asia/Ho_Chi_Minh": "Hanoi", "Asia/Jerusalem": "Haifa",
    "Asia/Kolkata": "Bangalore Bengaluru Chennai Delhi Hyderabad Mumbai New_Delhi Pune",
    "Asia/Shanghai": "Beijing Guangzhou Hangzhou Nanjing Shenzhen Wuhan", "Asia/Tokyo": "Kyoto Osaka",
    "Europe/Amsterdam": "Delft Eindhoven Leiden Rotterdam Utrecht", "Europe/Brussels": "Ghent Leuven",
    "Europe/Berlin": "Aachen Cologne Dresden Frankfurt Hamburg Heidelberg Leipzig Munich",
    "Europe/Istanbul": "Ankara", "Europe/London": "Bristol Edinburgh Glasgow Leeds Manchester Oxford",
    "Europe/Madrid": "Barcelona Valencia", "Europe/Paris": "Grenoble Lyon", "Europe/Rome": "Florence Milan Turin",
    "Europe/Zurich": "Basel Bern Geneva Lausanne", "Pacific/Auckland": "Christchurch Wellington",
}  # fmt: skip
"""Cities with many courses that no zone is called after, by the zone with the same time."""
LARGEST = {
    "Africa": "Africa/Cairo, Africa/Johannesburg, Africa/Lagos or Africa/Nairobi",
    "America": "America/New_York, America/Chicago, America/Denver, America/Los_Angeles or America/Sao_Paulo",
    "Asia": "Asia/Dubai, Asia/Kolkata, Asia/Shanghai or Asia/Tokyo",
    "Australia": "Australia/Adelaide, Australia/Brisbane, Australia/Perth or Australia/Sydney",
    "Europe": "Europe/London, Europe/Berlin, Europe/Athens or Europe/Moscow",
    "Pacific": "Pacific/Auckland or Pacific/Honolulu",
}
"""What is offered where no city is near, by the part of the world."""
_AMERICAN = frozenset({"us", "usa", "canada"})
_GREENWICH = lazy_pattern(r"(?:etc/)?(?:gmt|greenwich)(?:[+-]?0)?", re.IGNORECASE)
_ETC = lazy_pattern(r"etc/gmt([+-]?\d{1,2})", re.IGNORECASE)
_OFFSET = lazy_pattern(r"(?:UTC|GMT|Z)?\s*[+\-−±]\s*\d{1,2}(?::?\d{2})?", re.IGNORECASE)
_COPIES = lazy_pattern(r"(?:posix|right|systemv)/", re.IGNORECASE)
_TIME_OF = lazy_pattern(r" (?:standard |daylight |summer )?time", re.IGNORECASE)
_NO_PLACE = frozenset({"factory", "localtime", "local", "posixrules", "etc", "america"})
_SUGGESTED = "write one such as America/Los_Angeles or Europe/Berlin"
_NEAR, _SAME = 0.8, 0.9
"""How much alike two cities are, and two whole names, of which one is meant by the other."""


@cache
def zone_names() -> frozenset[str]:
    """Return the names of all zones of the packaged IANA database."""
    return frozenset((_zone_folder().parent / "zones").read_text(encoding="utf-8").split())


@cache
def place_names() -> frozenset[str]:
    """Return the names of the zones that a course can have: places, `UTC` and `Etc/UTC`.

    The others do not follow the clock changes, or those of no place.
    """
    places = (name for name in zone_names() if "/" in name and not name.startswith("Etc/"))
    return frozenset((*places, "UTC", "Etc/UTC"))


def _zone_folder() -> Path:
    return Path(tzdata.__file__).parent / "zoneinfo"


def read_zone(text: str) -> ZoneInfo:
    """Return the time zone of this name in the packaged IANA database.

    The host's own database is not asked, so that the same course gives the same site everywhere.
    """
    name = text.strip()
    if re.fullmatch(r"[A-Za-z0-9_+\-]+(?:/[A-Za-z0-9_+\-]+)*", name) and name in place_names():
        return _load_zone(name)
    same = _find(name, _PLACES)
    if same is not None:
        raise _refuse(name, f"did you mean {same}?", same)
    if _GREENWICH.fullmatch(name):
        raise _refuse(name, "did you mean Europe/London, or UTC?")
    meant = _find(name, _ABBREVIATIONS) or _find_offset(name)
    if meant is not None:
        raise _refuse(name, f"did you mean {meant}?")
    if _OFFSET.fullmatch(name):
        message = f"`{name}` is an offset, not a time zone: a time zone says when clocks change"
        raise Misread(message, "write a place in the zone, such as Asia/Singapore or America/New_York", "unknown-zone")
    spelled = _respell(name)
    near = spelled or (None if _bare(name) in _NO_PLACE else _find_city(name))
    raise _refuse(name, f"did you mean {near}?" if near else _list_largest(name), spelled)


def _refuse(name: str, help: str, fixed: str | None = None) -> Misread:
    known = name in zone_names()
    message = f"`{name}` does not name a time zone after a place" if known else f"`{name}` is not a time zone"
    return Misread(message, help, "unknown-zone", fixed=fixed)


@cache
def _load_zone(name: str) -> ZoneInfo:
    with (_zone_folder() / name).open("rb") as file:
        return ZoneInfo.from_file(file, key=name)


def _bare(name: str) -> str:
    """Return a name as it is compared: without what some systems put before it or people after it."""
    return _TIME_OF.sub("", _COPIES.sub("", name)).casefold()


def _find(name: str, table: dict[str, str]) -> str | None:
    folded = {each.casefold(): zone for each, zone in table.items()}
    return folded.get(_bare(name))


def _find_offset(name: str) -> str | None:
    match = _ETC.fullmatch(_COPIES.sub("", name))
    return _BEHIND.get(int(match[1])) if match is not None else None


def _respell(name: str) -> str | None:
    """Return the zone whose name differs only in case, spaces or a prefix."""
    folded = {each.casefold(): each for each in place_names()}
    return folded.get(re.sub(r"[ _]+", "_", _COPIES.sub("", name)).casefold())


def _find_city(name: str) -> str | None:
    """Return the zone of the city that is meant, by its name or its spelling: its own, or one with the same time."""
    city = re.sub(r"[ _]+", "_", name.rpartition("/")[2].partition(",")[0]).casefold()
    zones = sorted(zone for zone in place_names() if "/" in zone)
    called = {zone.rpartition("/")[2].casefold(): zone for zone in zones}
    if city in called:
        return called[city]
    region = _find_region(name)
    called |= {each.casefold(): zone for zone, names in CITIES.items() for each in names.split()}
    cities = {each: zone for each, zone in called.items() if not region or zone.startswith(f"{region}/")}
    near = suggest(city, (each for each in cities if abs(len(each) - len(city)) < 3), cutoff=_NEAR)
    return cities[near] if near else suggest(name, zones, cutoff=_SAME)


def _find_region(name: str) -> str | None:
    """Return the part of the world of a name, as `LARGEST` calls it, or None."""
    first = name.partition("/")[0].casefold()
    return "America" if first in _AMERICAN else next((each for each in LARGEST if each.casefold() == first), None)


def _list_largest(name: str) -> str:
    """Return what to write for a city that no zone is called after."""
    region = _find_region(name)
    return f"write a large city with the same time, such as {LARGEST[region]}" if region else _SUGGESTED
