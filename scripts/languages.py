"""Write `courseweek/language/names.json`: how languages name days and months, and write dates, by the Unicode CLDR.

    python scripts/languages.py

Run it when Babel has a newer CLDR, or to add a language, and read what it changed before you commit it. Babel is a
dependency of the tests only: it is 33 MB, and a build needs a few names of one language.
"""

from __future__ import annotations

import json
from pathlib import Path

from babel import Locale, localedata

FILE = Path(__file__).resolve().parents[1] / "courseweek" / "language" / "names.json"
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


def make_file() -> str:
    """Return the text of the file."""
    lines = [f"{json.dumps(each)}: {json.dumps(describe(each), ensure_ascii=False)}" for each in LANGUAGES]
    return "{\n" + ",\n".join(lines) + "\n}\n"


if __name__ == "__main__":
    FILE.write_text(make_file(), encoding="utf-8", newline="\n")
