"""The names and patterns of a language, as dates and days of the week are written in it.

They are those of the Unicode CLDR (`names.json`, made by `scripts/languages.py`), and loaded at the first question. A
course in English never imports this module.
"""

from __future__ import annotations

import json
import re
import unicodedata
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple, TypedDict

from courseweek.regex import lazy_pattern

_CALLED = {
    "zh": "zh-Hans",
    "zh-tw": "zh-Hant",
    "zh-hk": "zh-Hant",
    "zh-mo": "zh-Hant",
    "no": "nb",
    "iw": "he",
}
"""Tags whose names are those of another tag."""
_TOKEN = lazy_pattern(r"'([^']*)'|(y+|M+|d+)|(.)", re.DOTALL)
_ORDINAL = "(?:er|re|nd|o|a|º|ª|°)?"
_COMMA = "[,،、]"
_PREFIXES = ("\u05d5", "\u0648")
"""The words for "and" in Hebrew and Arabic, which are written as one with the word after them."""


_Names = TypedDict(
    "_Names",
    {"months": list[list[str]], "weekdays": list[list[str]], "dates": list[str], "and": str, "to": list[str]},
)
"""The entry of a language in `names.json`; `dates` are patterns as the CLDR writes them (UTS 35)."""


class WrittenDay(NamedTuple):
    """The parts of a date as it was written: numbers, and the day of the week (0 is Monday) if it was there."""

    year: int | None
    month: int
    day: int
    weekday: int | None


class Vocabulary:
    """The names and patterns of one language, ready to be compared with folded texts."""

    def __init__(self, names: _Names) -> None:
        """Take the entry of a language in `names.json`."""
        self._names = names
        self.month_names = [each[0] for each in names["months"]]
        self.weekday_names = [each[0] for each in names["weekdays"]]
        self._months = _index(names["months"], 1)
        self.weekdays = _index(names["weekdays"], 0)
        self._patterns = self._compile(names["dates"])
        self._and = _find_word([names["and"]])
        self._to = _find_word(names["to"]) if names["to"] else None

    def _compile(self, dates: list[str]) -> tuple[re.Pattern[str], ...]:
        month = f"(?P<name>{_one_of(self._months)})"
        weekday = _one_of(self.weekdays)
        patterns = dict.fromkeys(_make_pattern(each, month) for each in dates)
        before = rf"(?:(?P<before>{weekday})\.?(?:{_COMMA} *| +|(?=\d)))?"
        after = rf"(?: *[(（]?(?P<after>{weekday})[)）]?)?"
        return tuple(re.compile(rf"{before}{each}{after}") for each in patterns if each is not None)

    def read_day(self, text: str) -> WrittenDay | None:
        """Return the parts of a date, as `Language.read_day` says."""
        folded = _fold(text)
        for pattern in self._patterns:
            match = pattern.fullmatch(folded)
            if match is None:
                continue
            parts = match.groupdict()
            name, weekday, year = parts.get("name"), parts["before"] or parts["after"], parts.get("year")
            month = self._months[name] if name is not None else int(parts["month"])
            if 1 <= month <= 12:
                return WrittenDay(int(year) if year else None, month, int(parts["day"]), self.weekdays.get(weekday))
        return None

    def find_weekday(self, text: str) -> int | None:
        """Return the day of the week that a name means, also with a final `s`."""
        folded = _fold(text).rstrip(".")
        found = self.weekdays.get(folded)
        return found if found is not None or len(folded) < 5 else self.weekdays.get(folded.removesuffix("s"))

    def rename(self, word: str, day: date) -> str | None:
        """Return the name of the month or the weekday of `day`, as short as this one; None for any other word."""
        for names, at in ((self._names["months"], day.month - 1), (self._names["weekdays"], day.weekday())):
            for each in names:
                folded = [_fold(name) for name in each]
                if _fold(word) in folded:
                    name = names[at][min(folded.index(_fold(word)), len(names[at]) - 1)]
                    return name.capitalize() if word[:1].isupper() else name
        return None

    def spell_joints(self, text: str) -> str:
        """Return a list or range of days with `and` and `to` for the words of the language."""
        text = self._and.sub(" and ", text)
        return self._to.sub(" to ", text) if self._to is not None else text


def _fold(text: str) -> str:
    """Return a text in one Unicode form and case, with single spaces and without invisible signs (category Cf)."""
    seen = "".join(each for each in text if unicodedata.category(each) != "Cf")
    return " ".join(unicodedata.normalize("NFKC", seen).casefold().split())


def _without_accents(text: str) -> str:
    plain = "".join(each for each in unicodedata.normalize("NFD", text) if unicodedata.category(each) != "Mn")
    return unicodedata.normalize("NFC", plain)


def _index(names: list[list[str]], first: int) -> dict[str, int]:
    """Return the number of each name, also without its accents where that names no other (Slovak `st` and `št`)."""
    found = {_fold(name): at for at, each in enumerate(names, first) for name in each}
    plain: dict[str, set[int]] = {}
    for name, at in found.items():
        plain.setdefault(_without_accents(name), set()).add(at)
    return {**{name: min(numbers) for name, numbers in plain.items() if len(numbers) == 1}, **found}


def _one_of(names: dict[str, int]) -> str:
    return "|".join(re.escape(each) for each in sorted(names, key=len, reverse=True))


def _find_word(words: list[str]) -> re.Pattern[str]:
    """Return the pattern of one of these words; in scripts without spaces, and in Arabic, it touches the next one."""
    spaced = [re.escape(each) for each in words if each.isascii() or (each.isalpha() and each < "\u0590")]
    touching = [re.escape(each) for each in words if re.escape(each) not in spaced]
    patterns = [rf"(?<=\s)(?:{'|'.join(spaced)})(?=\s)"] if spaced else []
    patterns += [rf"(?<=\s){each}" if each in _PREFIXES else each for each in touching]
    return re.compile("|".join(patterns), re.IGNORECASE)


def _make_pattern(date: str, month: str) -> str | None:
    """Return the pattern of a date by the CLDR's, or None if it has neither a year nor a word, as `02-15`."""
    if "y" not in date and not re.search(r"MMM|[^\W\d_yMd]", date):
        return None
    made: list[str] = []
    last = 0
    for quoted, field, sign in _TOKEN.findall(date):
        if field:
            made.append(_make_field(field, month))
            last = len(made)
        elif sign.isspace():
            made.append(" *")
        else:
            signs = [re.escape(each) + ("?" if each in ".," else "") for each in _fold(quoted or sign)]
            made.append("".join(signs))
    # What follows after a space is an abbreviation of "year" or "day", which many leave out.
    rest = "".join(made[last:])
    return "".join(made[:last]) + (f"(?:{rest})?" if rest.startswith(" ") else rest)


def _make_field(field: str, month: str) -> str:
    if field[0] == "y":
        return r"(?P<year>\d{4})"
    if field[0] == "d":
        return rf"(?P<day>\d{{1,2}}){_ORDINAL}"
    return rf"{month}\.?" if len(field) > 2 else r"(?P<month>\d{1,2})"


@cache
def _load() -> dict[str, _Names]:
    loaded: dict[str, _Names] = json.loads((Path(__file__).parent / "names.json").read_text("utf-8"))
    return loaded


@cache
def find_vocabulary(tag: str) -> Vocabulary | None:
    """Return what is known of the longest known beginning of a tag; None for a language that is not known."""
    parts = tag.replace("_", "-").split("-")
    known = {name.lower(): names for name, names in _load().items()}
    for count in range(len(parts), 0, -1):
        name = "-".join(parts[:count]).lower()
        names = known.get(_CALLED.get(name, name).lower())
        if names is not None:
            return Vocabulary(names)
    return None
