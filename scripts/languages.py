"""Write what is known of languages by the Unicode CLDR: how days and months are read, and how a page writes them.

    python scripts/languages.py

makes `names.json` (what is read), `formats.json` (what is written) and `zones.json` (what time zones are called) in
`courseweek/language/`.

Run it when Babel has a newer CLDR, or to add a language, and read what it changed before you commit it. Babel is a
dependency of the tests only: it is 33 MB, and a build needs a few names of one language.
"""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

from babel import Locale, localedata
from babel.core import get_global

FOLDER = Path(__file__).resolve().parents[1] / "courseweek" / "language"
LANGUAGES = (
    "ar", "ca", "cs", "da", "de", "el", "es", "et", "fi", "fr", "he", "hr", "hu", "it", "ja", "ko", "lt", "lv", "nb",
    "nl", "nn", "pl", "pt", "ro", "ru", "sk", "sl", "sv", "tr", "uk", "vi", "zh-Hans", "zh-Hant",
)  # fmt: skip
"""Those whose names of days and months are read; English is read in every course."""
TO = {
    "de": ["bis"], "es": ["a", "al"], "fr": ["à", "au"], "it": ["a", "al"], "ja": ["から", "～"], "ko": ["부터"],
    "nl": ["tot", "t/m"], "pt": ["a", "à"], "zh-Hans": ["至", "到"], "zh-Hant": ["至", "到"],
}  # fmt: skip
"""The words between the first and the last day of a range, which the CLDR does not have."""
WRITTEN = ("en-US", "de", "fr", "es", "zh-Hans", "ar")
"""Those in which a page is written, besides English."""
ENGLISH = {
    "day": "E d MMM",
    "dated_day": "E d MMM y",
    "moment": "{1}, {0}",
    "days": {"d": ["E d – ", "E d MMM"], "M": ["E d MMM – ", "E d MMM"]},
    "long_days": {"d": ["d MMM – ", "d MMM y"], "M": ["d MMM – ", "d MMM y"], "y": ["d MMM y – ", "d MMM y"]},
    "clock": {"24-hour": "H:mm", "12-hour": "h:mm a"},
    "hours": {"24-hour": ["H:mm–", "H:mm"], "12-hour": ["h:mm a–", "h:mm a"], "same-half": ["h:mm–", "h:mm a"]},
}
"""How `en` writes days and times, which is neither British nor American: without commas, and shorter."""
_CONTEXTS = ("format", "stand-alone")
_SKELETONS = ("yMMMd", "yMMMMd", "MMMd", "MMMMd")


def _locales(language: str) -> list[Locale]:
    """Return the language, and it as its territories write it (`de_AT` has a name of its own for January)."""
    base = language.replace("-", "_")
    names = [each for each in localedata.locale_identifiers() if each == base or each.startswith(f"{base}_")]
    return [Locale.parse(name) for name in sorted(names)]


def _names(locales: list[Locale], kind: str, keys: range) -> list[list[str]]:
    """Return, for each day or month, its names without their final dots, each once, the language's own first."""
    found: list[list[str]] = []
    for key in keys:
        names = (
            getattr(locale, kind)[context][width][key]
            for locale in locales
            for context in _CONTEXTS
            for width in ("wide", "abbreviated", "short")
            if width in getattr(locale, kind)[context]
        )
        # Upper and lower case are the same to the reader.
        once: dict[str, str] = {}
        for name in names:
            if len(name) == 1 and name.isascii():
                continue  # `H` is Monday in Hungarian, but a letter says too little
            once.setdefault(name.casefold().rstrip("."), name.rstrip("."))
        found.append(list(once.values()))
    return found


def _dates(locale: Locale) -> list[str]:
    """Return the patterns of a date, long and short, with its year and without."""
    patterns = [locale.date_formats[width].pattern for width in ("long", "medium")]
    patterns += [locale.datetime_skeletons[each].pattern for each in _SKELETONS if each in locale.datetime_skeletons]
    return list(dict.fromkeys(patterns))


def describe(language: str) -> dict[str, object]:
    """Return the names and patterns of a language: months from January, weekdays from Monday."""
    locales = _locales(language)
    joined = locales[0].list_patterns["standard"]["2"].replace("{0}", "").replace("{1}", "").strip()
    return {
        "months": _names(locales, "months", range(1, 13)),
        "weekdays": _names(locales, "days", range(7)),
        "dates": _dates(locales[0]),
        "and": joined,
        "to": TO.get(language, []),
    }


def _settle(pattern: str, dash: str) -> str:
    """Return a pattern without thin spaces, which many fonts lack; those around a dash are the spaces of `dash`."""
    return pattern.replace("\u2009–\u2009", dash).replace("\u2009", " ").replace("\u202f", " ").replace("\xa0", " ")


def _interval(locale: Locale, skeleton: str, field: str, dash: str) -> list[str]:
    """Return both halves of a range whose largest different field is this one, the dash in the first half."""
    first, second = locale.interval_formats[skeleton][field]
    made = _settle(f"{first}\0{second}", dash).replace("\0–", "–\0")
    return made.split("\0")


def _write_days(locale: Locale) -> dict[str, object]:
    """Return how days and times are written."""
    skeletons = locale.datetime_skeletons
    return {
        "day": _settle(skeletons["MMMEd"].pattern, " – "),
        "dated_day": _settle(skeletons["yMMMEd"].pattern, " – "),
        "moment": locale.datetime_formats["medium"],
        "days": {field: _interval(locale, "MMMEd", field, " – ") for field in "dM"},
        "long_days": {field: _interval(locale, "yMMMd", field, " – ") for field in "dMy"},
        "clock": {
            "24-hour": _settle(skeletons["Hm"].pattern, "–"),
            "12-hour": _settle(skeletons["hm"].pattern, "–"),
        },
        "hours": {
            "24-hour": _interval(locale, "Hm", "H", "–"),
            "12-hour": _interval(locale, "hm", "a", "–"),
            "same-half": _interval(locale, "hm", "h", "–"),
        },
    }


def describe_written(language: str) -> dict[str, object]:
    """Return how a language writes days, times and lists; `en` as `ENGLISH` says."""
    locale = Locale.parse(language.replace("-", "_"))
    lists = locale.list_patterns["standard"]
    listed = {name: lists[name] for name in ("2", "start", "middle", "end")}
    if language == "en":
        listed["end"] = listed["2"]
    periods = locale.day_periods["format"]["abbreviated"]
    return {
        "weekdays": [locale.days["stand-alone"]["wide"][day] for day in range(7)],
        "short_weekdays": [locale.days["format"]["abbreviated"][day] for day in range(7)],
        "short_months": [locale.months["format"]["abbreviated"][month] for month in range(1, 13)],
        **(ENGLISH if language == "en" else _write_days(locale)),
        "halves": [_settle(periods[half], "–") for half in ("am", "pm")],
        "usual_clock": "12-hour" if language == "en-US" else "24-hour",
        "listed": listed,
        "decimal": locale.number_symbols["latn"]["decimal"],
    }


def _zone_names(language: str, zones: list[str]) -> list[str]:
    """Return what the groups of time zones are called: of those without summer time the standard name."""
    locale = Locale.parse(language.replace("-", "_"))
    found = []
    for zone in zones:
        names: Any = locale.meta_zones[zone]["long"]
        name = names.get("generic")
        if name is not None and language.startswith("en"):
            name = name.removesuffix(" Time") + " time" if name.endswith(" Time") else name
        found.append(name or names["standard"])
    return found


def _make_zones() -> str:
    """Return `zones.json`: each group of zones with its members, and what it is called in each language."""
    groups: dict[str, list[str]] = {}
    for zone, group in sorted(_group_zones().items()):
        groups.setdefault(group, []).append(zone)
    names = sorted(groups)
    parts: dict[str, object] = {"zones": [groups[name] for name in names]}
    parts |= {language: _zone_names(language, names) for language in ("en", *WRITTEN) if language != "en-US"}
    return _lay_out(parts)


def _group_zones() -> dict[str, str]:
    """Return the group (CLDR: the metazone) of every zone of the IANA database that is in one, by all its names."""
    groups = get_global("meta_zones")
    aliases = get_global("zone_aliases")
    names = (files("tzdata") / "zones").read_text(encoding="utf-8").split()
    found = {name: groups.get(aliases.get(name, name)) for name in names if "/" in name}
    return {name: group for name, group in found.items() if group is not None}


def _lay_out(parts: dict[str, object]) -> str:
    """Return JSON with a line for each part."""
    lines = [f"{json.dumps(name)}: {json.dumps(part, ensure_ascii=False)}" for name, part in parts.items()]
    return "{\n" + ",\n".join(lines) + "\n}\n"


def make_files() -> dict[str, str]:
    """Return the texts of the files by their names."""
    return {
        "names.json": _lay_out({each: describe(each) for each in LANGUAGES}),
        "formats.json": _lay_out({each: describe_written(each) for each in ("en", *WRITTEN)}),
        "zones.json": _make_zones(),
    }


if __name__ == "__main__":
    for name, text in make_files().items():
        (FOLDER / name).write_text(text, encoding="utf-8", newline="\n")
