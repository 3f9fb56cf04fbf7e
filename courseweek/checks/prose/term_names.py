"""Names of terms as prose writes them: "Spring 2027", "Fall '26", "WS 2026/27", "2026/27", "Semester 2, 2026"."""

from __future__ import annotations

import re
from datetime import date

from courseweek.frozen import dataclass

_CENTURY = r"(?:19|20|21)"
_UNTIL = rf"(?:[ ]?[/–-][ ]?(?P<until{{0}}>(?:{_CENTURY})?\d\d))?"
_YEAR = rf"(?P<year{{0}}>{_CENTURY}\d\d|['’]\d\d){_UNTIL}"
_END = r"(?![\w/]|[–-]\d|\.\d|[ ]?%)"
_GAP = r"[ \t]*(?:\r?\n[ \t]*)?"
_WORD = r"(?:term|semester|quarter|trimester|session)"
_PART = rf"(?P<part{{0}}>{_WORD}){_GAP}(?P<number{{0}}>[1-4]|I{{{{1,3}}}}|[A-D])"
# Large patterns, of which many a course needs none: `re` compiles each at its first use, and keeps it.
_NAME = (
    r"(?=[a-z12])(?<![\w/.'’-])(?:"
    rf"(?:(?P<season>spring|summer|fall|autumn|winter)(?:{_GAP}{_WORD})?|(?P<old>michaelmas|hilary|lent|trinity|easter)"
    rf"{_GAP}term|(?P<german>(?-i:WS|SS|WiSe|SoSe)|(?:winter|sommer)semester)|{_PART.format(1)}),?{_GAP}(?:of{_GAP})?"
    rf"{_YEAR.format(1)}"
    rf"|(?P<year2>{_CENTURY}\d\d){_UNTIL.format(2)},?{_GAP}(?:(?P<season2>spring|summer|fall|autumn|winter){_GAP}{_WORD}"
    rf"|{_PART.format(2)})"
    rf"|(?:(?:ay|academic{_GAP}year){_GAP})?(?P<year3>{_CENTURY}\d\d)[ ]?[/–-][ ]?(?P<until3>(?:{_CENTURY})?\d\d)"
    rf"){_END}"
)
# The last day that a term of this name can have.
_LAST_DAYS = {
    "winter": (12, 31), "lent": (3, 31), "hilary": (3, 31), "spring": (6, 30), "easter": (7, 31), "trinity": (7, 31),
    "summer": (8, 20), "s": (9, 30), "fall": (12, 31), "michaelmas": (12, 31), "": (12, 31),
}  # fmt: skip
_LAST_OF_RANGE = {"winter": (3, 31), "w": (3, 31)}
_ACADEMIC_END = (7, 31)


@dataclass(frozen=True, slots=True)
class TermName:
    """A term that a text names, from `start` to `end`: in which `season`, from which `year`, and its last day.

    The season is empty for an academic year, and a number where terms are counted. `until` is the year in which it
    ends, None unless that is written.
    """

    start: int
    end: int
    season: str
    year: int
    until: int | None
    last: date

    def is_same(self, other: TermName) -> bool:
        """Return whether two names can be of one term."""
        if self.season != other.season:
            return False
        if (self.until is None) is (other.until is None):
            return self.year == other.year
        # "Winter 2026/27" is called by one of its years too.
        return bool({self.year, self.until} & {other.year, other.until} - {None})


def find_term_names(words: str) -> list[TermName]:
    """Return the terms that a text names, in their order."""
    matches = re.finditer(_NAME, words, re.IGNORECASE)
    return [name for match in matches if (name := _read(match)) is not None]


def _read(match: re.Match[str]) -> TermName | None:
    parts = match.groupdict()
    way = next(way for way in "123" if parts[f"year{way}"])
    digits = parts[f"year{way}"]
    year = int(digits) if digits[0].isdigit() else 2000 + int(digits[1:])
    written = parts[f"until{way}"]
    until = None if written is None else int(written) if len(written) == 4 else year - year % 100 + int(written)
    if until is not None and until % 100 == 0 and len(written or "") == 2:
        until += 100
    if until not in (None, year + 1):
        return None  # a range of years, or of pages
    if way == "3" and "/" not in match[0] and len(written or "") == 2 and int(written or "") <= 12:
        return None  # a month: "2010-11"
    season = _read_season(parts, way)
    month, day = _LAST_DAYS.get(season, (12, 31)) if until is None else _LAST_OF_RANGE.get(season, _ACADEMIC_END)
    # A German winter ends in the next year, whether that is written or not.
    ends = year + 1 if until is not None or season == "w" else year
    if season == "w":
        month, day = _LAST_OF_RANGE["w"]
    return TermName(match.start(), match.end(), season, year, until, date(ends, month, day))


def _read_season(parts: dict[str, str | None], way: str) -> str:
    if way == "3":
        return ""
    season = parts["season" if way == "1" else "season2"] or parts["old"]
    if season:
        return season.lower().replace("autumn", "fall")
    german = parts["german"]
    if german:
        return german[0].lower()
    number = (parts[f"number{way}"] or "").upper()
    return str(len(number)) if set(number) == {"I"} else number
