"""Days of the week and weeks of the term as people write them."""

from __future__ import annotations

import re
from datetime import date

from courseweek.diagnostics import suggest
from courseweek.language.language import ENGLISH, Language
from courseweek.model.term import WeekFilter
from courseweek.read.values.misread import Misread
from courseweek.read.values.ranges import split_range, split_timed
from courseweek.regex import lazy_pattern

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
# Days by their letters, as timetables write them; T and S can be two days each, unless the other one is given too.
_LETTERS = {"M": 0, "Mo": 0, "Tu": 1, "W": 2, "We": 2, "Th": 3, "R": 3, "F": 4, "Fr": 4, "Sa": 5, "Su": 6, "U": 6}
_DIVIDED = lazy_pattern(r" ?(?:, ?(?:and\b|&)|[,\u060c\u3001]|/|&|\band\b) ?")
WORKDAYS = "weekdays"
"""The word for the days from Monday to Friday."""
_LONGEST_DAYS = 100
"""Characters of the days of an entry; no more are compared with what else was meant."""
_WORKDAYS = lazy_pattern(r"(?:every |each )?(?:week|work|business) ?days?", re.IGNORECASE)
_DATE = lazy_pattern(r"\d{4}-\d{1,2}-\d{1,2}|\d{1,2}\.\d{1,2}\.\d{2,4}")
_DAILY = lazy_pattern(r"daily|every ?day|each day|all days", re.IGNORECASE)
_WEEKEND = lazy_pattern(r"(?:every |on )?week-?ends?", re.IGNORECASE)


def day_name(day: date) -> str:
    """Return the English name of the day of the week."""
    return WEEKDAYS[day.weekday()]


def read_weekday(text: str, language: Language = ENGLISH) -> int:
    """Return the day of the week (0 is Monday) from its name in the language or in English, short name or plural."""
    known = language.find_weekday(text)
    if known is not None:
        return known
    word = text.strip().rstrip(".").lower()
    if len(word) >= 3:
        for index, name in enumerate(WEEKDAYS):
            full = name.lower()
            if word in (full, full + "s") or (full.startswith(word) and word in (full[:3], full[:4], full[:5])):
                return index
    cleaned = text.strip()
    if several := _list_days(cleaned, language):
        message = f"`{cleaned}` is several days, but one day is expected here"
        options = tuple(WEEKDAYS[day] for day in several)
        raise Misread(message, f"write one of them, {' or '.join(options)}", "bad-day", options=options)
    message = f"`{cleaned}` is not a day of the week"
    if near := suggest(cleaned, (*language.weekday_names, *WEEKDAYS)):
        raise Misread(message, f"did you mean {near}?", "bad-day", options=(near,))
    raise Misread(message, name="bad-day", options=_spell_days(cleaned))


def _list_days(text: str, language: Language) -> tuple[int, ...]:
    """Return the days that a text means where one is expected; none where it can't be read as several."""
    parts = divide_days(text[:_LONGEST_DAYS], language)
    if len(parts) == 1 and len(split_range(parts[0])) < 2 and parts[0].strip().lower() != WORKDAYS:
        return ()
    try:
        days = [day for part in parts for day in read_weekdays(part, language)]
    except Misread:
        return ()
    return tuple(sorted(set(days)))


def _spell_days(text: str) -> tuple[str, ...]:
    """Return how days that are named by letters (`M`, `TTh`, `MWF`) can be written; for other words, those of a day."""
    letters = re.findall("Mo|Tu|We|Th|Fr|Sa|Su|[MTWRFSU]", text)
    if not letters or "".join(letters) != text or len(letters) > 7:
        return "Monday", "Mon"
    if letters in (["T"], ["S"]):
        return ("Tue", "Thu") if text == "T" else ("Sat", "Sun")
    days = [WEEKDAYS[_LETTERS.get(each, 1 if each == "T" else 5)] for each in letters]
    return (days[0], days[0][:3]) if len(days) == 1 else ("/".join(day[:3] for day in days),)


def divide_days(text: str, language: Language = ENGLISH) -> list[str]:
    """Return the days and ranges of days that are written with commas, slashes or "and" between them."""
    # At most one space between words: more would take the pattern quadratic time.
    return _DIVIDED.split(" ".join(language.spell_joints(text).split()))


def read_weekdays(text: str, language: Language = ENGLISH) -> tuple[int, ...]:
    """Return the days of the week that one day (`Tue`), a range (`Mon-Fri`, `Sun to Thu`) or `weekdays` means."""
    cleaned = " ".join(text.split())
    if cleaned.lower() == WORKDAYS:
        return tuple(range(5))
    if _WORKDAYS.fullmatch(cleaned):
        raise Misread(f"`{cleaned}` is not a day of the week", f"write {WORKDAYS}", "bad-day", fixed=WORKDAYS)
    if _DAILY.fullmatch(cleaned):
        raise Misread(f"`{cleaned}` does not say which days", "write Mon-Fri or Mon-Sun", "bad-day")
    if _WEEKEND.fullmatch(cleaned):
        raise Misread(f"`{cleaned}` is not a day of the week", "write Sat/Sun", "bad-day", fixed="Sat/Sun")
    if _DATE.fullmatch(cleaned):
        raise Misread(f"`{cleaned}` is a date, not a day of the week", "write days such as Mon, Wed", "bad-day")
    timed = split_timed(cleaned)
    if len(timed) > 1 and _find_weekday(timed[0], language) is not None:
        help = f"write {timed[0]}; the time has a key of its own, as in time: {timed[1]}"
        raise Misread(f"`{cleaned}` is a day with a time", help, "bad-day")
    parts = split_range(cleaned)
    if len(parts) < 2 or language.find_weekday(cleaned) is not None:
        return (read_weekday(cleaned, language),)
    if len(cleaned) > _LONGEST_DAYS:
        raise Misread("this is not a range of days", "write a range such as Mon-Fri", "bad-day")
    days = [_find_weekday(part, language) for part in parts]
    if len(parts) > 2 or None in days:
        raise _no_range(cleaned, parts, days)
    first, last = (day for day in days if day is not None)
    if first == last:
        clear = WEEKDAYS[first][:3]
        raise Misread(f"`{cleaned}` begins and ends on the same day", f"write {clear}", "bad-day", fixed=clear)
    # In many countries the week of work goes from Sunday to Thursday.
    return tuple(sorted((first + step) % 7 for step in range((last - first) % 7 + 1)))


def _find_weekday(text: str, language: Language) -> int | None:
    try:
        return read_weekday(text, language)
    except Misread:
        return None


def _no_range(text: str, parts: list[str], days: list[int | None]) -> Misread:
    """Return what is wrong with `M-F`, `Mon-Fry` and `Mon-Wed-Fri`."""
    meant = [[day] if day is not None else _guess_days(part) for day, part in zip(days, parts, strict=True)]
    message = f"`{text}` is not a range of days"
    if not all(meant):
        part = next(part for part, guesses in zip(parts, meant, strict=True) if not guesses)
        return Misread(f"`{part}` is not a day of the week", "write a range such as Mon-Fri", "bad-day")
    if len(parts) > 2:
        if any(len(guesses) > 1 for guesses in meant):
            return Misread(message, "write each day by its name, such as Mon/Wed/Fri", "bad-day")
        clear = "/".join(WEEKDAYS[guesses[0]][:3] for guesses in meant)
        return Misread(message, f"write {clear}", "bad-day", fixed=clear)
    clear_ranges = [f"{WEEKDAYS[a][:3]}-{WEEKDAYS[b][:3]}" for a in meant[0] for b in meant[1] if a != b]
    if not clear_ranges:
        return Misread(message, f"write {WEEKDAYS[meant[0][0]][:3]}", "bad-day")
    if any(part.rstrip(".") in (*_LETTERS, "T", "S") for part in parts):
        # T-Th is rarely three days.
        clear_ranges += [each.replace("-", "/") for each in clear_ranges if each in ("Mon-Wed", "Tue-Thu", "Wed-Fri")]
    fixed = clear_ranges[0] if len(clear_ranges) == 1 and all(part in _LETTERS for part in parts) else None
    return Misread(message, f"write {' or '.join(clear_ranges)}", "bad-day", fixed=fixed)


def _guess_days(word: str) -> list[int]:
    """Return the days that a letter or a misspelled name can mean."""
    word = word.rstrip(".")
    if word in ("T", "S"):
        return [1, 3] if word == "T" else [5, 6]
    if word in _LETTERS:
        return [_LETTERS[word]]
    near = suggest(word, WEEKDAYS)
    return [WEEKDAYS.index(near)] if near else []


def read_weeks(text: str) -> WeekFilter:
    """Return which weeks are meant by `odd`, `even`, `3`, `2-14` or `2-6, 8-14`."""
    cleaned = text.strip().lower()
    if cleaned in ("odd", "even"):
        return WeekFilter(parity=1 if cleaned == "odd" else 0)
    numbers: set[int] = set()
    for part in cleaned.split(","):
        match = re.fullmatch(r"\s*(\d{1,3})(?:\s*[-–]\s*(\d{1,3}))?\s*", part)
        if match is None:
            help = "write weeks such as odd, even, 2-14 or [1, 3, 5]"
            raise Misread(f"`{text.strip()}` does not name weeks", help, "bad-value")
        first, last = int(match[1]), int(match[2] or match[1])
        if last < first:
            raise Misread(f"weeks {first} to {last} run backwards", f"write {last}-{first}", "bad-value")
        numbers.update(range(first, last + 1))
    return WeekFilter(numbers=frozenset(numbers))
