"""Moments as people write them: dates, weeks of the term, and relations to meetings, breaks and deadlines."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from courseweek.diagnostics import Span
from courseweek.language.language import ENGLISH, Language
from courseweek.model.moment import ByAnchor, InWeek, Moment, OnDay
from courseweek.read.values.clocks import (
    clear_time,
    doubt_deadline,
)
from courseweek.read.values.dates import Window, read_day
from courseweek.read.values.misread import Misread
from courseweek.read.values.times import is_midnight, read_time
from courseweek.read.values.weekdays import WEEKDAYS, read_weekday
from courseweek.regex import lazy_pattern

_TIME_AT_END = lazy_pattern(
    r"(?P<rest>.*?)(?:[Tt]| +at +| +)(?P<time>\d{1,2}:\d{2}(?: ?[ap]\.?m\.?)?|\d{1,2} ?[ap]\.?m\.?"
    r"|(?:12(?::00)? )?(?:noon|midnight))",
    re.IGNORECASE,
)
_WEEK = lazy_pattern(r"(?:(?P<edge>start|end) of )?week (?P<number>\d{1,3})(?: (?P<day>[^\W\d_]+))?", re.IGNORECASE)
_EDGE = lazy_pattern(r"(?P<edge>start|end|same day)(?: (?:of|as) (?P<id>.+))?", re.IGNORECASE)
_COUNTED = lazy_pattern(
    r"(?P<amount>\d{1,3}|an?|one|two|three) (?P<unit>hour|day|week)s? (?P<side>before|after)(?: (?P<id>.+))?",
    re.IGNORECASE,
)
_WEEKDAY = lazy_pattern(r"(?P<day>[^\W\d_]+) (?P<side>before|after)(?: (?P<id>.+))?", re.IGNORECASE)
_NEXT = lazy_pattern(r"(?:start of )?(?:the )?next meeting", re.IGNORECASE)
_LOOSE_TIME = lazy_pattern(
    r".*\S(?: at)? (?P<time>\d{1,2}[.h]\d{2}|\d{1,2}(?:[.:]?\d{2})?(?: ?(?:h|uhr|[ap]\.?m?\.?)))", re.IGNORECASE
)
_DAY_OF_WEEK = lazy_pattern(rf"(?P<day>{'|'.join(WEEKDAYS)}) (?:of|in) week (?P<number>\d{{1,3}})", re.IGNORECASE)
_UNDECIDED = lazy_pattern(
    r"[(\[]?t\.?b\.?[acd]\.?[)\]]?|tba/tbd|t[db]{2}|to be (?:announced|decided|determined|confirmed|scheduled)"
    r"|to come|soon|later|unknown|undecided|open|pending|not (?:yet )?(?:known|set|scheduled|decided)|not yet|none|null"
    r"|n/?a|~|[-–—]+|\?+|(?:noch )?offen|folgt|à (?:définir|déterminer|confirmer)|por (?:determinar|definir)|待定|未定",
    re.IGNORECASE,
)
_ZONED = lazy_pattern(r"(.*\d:\d{2}) ?(?:Z|UTC|GMT|[ECMP][DS]?T|CES?T|BST|(?<=T\d{2}:\d{2})[+-]\d{2}:?\d{2})")
_CLOCK_ALONE = lazy_pattern(r"\d{1,2}:\d{2}(?: ?[ap]\.?m\.?)?", re.IGNORECASE)
_WORDS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3}
FORMS = "write a date, week 3, end of week 3, 2 days after hw1, start of final-talks or TBD"
SERIES_FORMS = "write Tuesday before, 1 day before at 21:00, same day, start, 24 hours after or next meeting"


def read_moment(text: str, span: Span, window: Window | None, *, series: bool, language: Language = ENGLISH) -> Moment:
    """Return the moment that a text means; with `series` it is by the meeting of the series and names no other.

    `window` gives dates their year, `language` the names and the order of their parts.
    Raises `Misread` for what is not a moment.
    """
    cleaned = unicodedata.normalize("NFC", " ".join(text.split()))
    if cleaned.upper() == "TBD" or not cleaned:
        return Moment(cleaned or "TBD", None, None, span)
    if _UNDECIDED.fullmatch(cleaned):
        raise Misread(f"`{cleaned}` is not a moment", "write TBD; the date can follow later", "bad-moment", fixed="TBD")
    if quoted := re.fullmatch("[“„‟‘](.+)[”“’‘]", cleaned):
        raise Misread(
            f"`{cleaned}` is not a moment", f"write {quoted[1]}, without quotes", "bad-moment", fixed=quoted[1]
        )
    rest, moment = _split_time(cleaned)
    after = cleaned.removeprefix(rest)
    with whole_remedy(after, window, language):
        rule: OnDay | InWeek | ByAnchor | None = _read_relation(rest, series, language) or _read_week(rest, language)
    if isinstance(rule, ByAnchor) and rule.id is not None:
        _check_anchor(rule, rule.id, after, window, language)
    if rule is None:
        with whole_remedy(after, window, language):
            rule = OnDay(_read_date(rest, window, series, language))
    if isinstance(rule, ByAnchor) and rule.relation == "hours" and moment is not None:
        raise Misread(f"`{rest}` already gives a time of day", f"delete `{moment:%H:%M}`", "bad-moment")
    return Moment(cleaned, rule, moment, span)


def read_release(text: str, span: Span, window: Window | None, *, language: Language = ENGLISH) -> Moment:
    """Return when a meeting's material is released: by its meeting, as after `each`, or as any other moment."""
    try:
        return read_moment(text, span, window, series=True, language=language)
    except Misread:
        return read_moment(text, span, window, series=False, language=language)


def _split_time(text: str) -> tuple[str, time | None]:
    match = _TIME_AT_END.fullmatch(text)
    if match and match["rest"]:
        rest = match["rest"].strip()
        if rest.endswith(","):
            clear = f"{rest.rstrip(', ')} at {match['time']}"
            message = "remove the comma between the date and the time"
            raise Misread(message, f"write {clear}", "bad-moment", fixed=clear)
        return rest, _read_clock(match["time"], text[: match.start("time")])
    return text, None


def _read_clock(text: str, before: str) -> time:
    """Return the time at the end of a moment; what is wrong with it is reported with the whole moment."""
    if is_midnight(text):
        message = f"`{text}` could be the beginning or the end of a day"
        raise Misread(message, f"write {before}23:59 for the end of that day", "ambiguous-time")
    with whole_remedy("", None, ENGLISH, before=before):
        return read_time(text)


def doubt_moment(moment: Moment, window: Window | None) -> tuple[str, str] | None:
    """Return what is doubtful about the time that is written with a deadline, and the remedy; or None."""
    match = _TIME_AT_END.fullmatch(moment.text) if moment.time is not None else None
    doubt = doubt_deadline(match["time"]) if match is not None else None
    if match is None or doubt is None:
        return None
    before = moment.text[: match.start("time")]
    message = f"`{moment.text}` is {doubt.why}"
    if doubt.day_before:
        day = _day_before(moment, window)
        meant = f"{day} at {doubt.meant}, the end of the day before" if day else f"{before}{doubt.meant}"
        return message, f"write {meant}"
    kept = f"; if it is right, write {before}{doubt.kept}" if doubt.kept else ""
    return message, f"write {before}{doubt.meant}{kept}"


def _day_before(moment: Moment, window: Window | None) -> str | None:
    """Return how to write the day before that of a moment; None where that would depend on other days."""
    rule = moment.rule
    if isinstance(rule, OnDay):
        day = rule.on - timedelta(days=1)
        return day.isoformat() if window is None or day >= window.first else None
    if isinstance(rule, InWeek):
        return f"week {rule.number} {WEEKDAYS[rule.at - 1]}" if isinstance(rule.at, int) and rule.at else None
    if rule is None or rule.relation not in ("start", "day", "days"):
        return None
    if rule.relation == "days" and rule.amount == 1:
        return f"end of {rule.id}" if rule.id else "end"
    amount = (rule.amount if rule.relation == "days" else 0) - 1
    side = "before" if amount < 0 else "after"
    return f"{abs(amount)} day{'' if abs(amount) == 1 else 's'} {side}{f' {rule.id}' if rule.id else ''}"


def _read_week(text: str, language: Language) -> InWeek | None:
    match = _WEEK.fullmatch(text)
    if match is None:
        return None
    number = int(match["number"])
    if match["edge"] and match["day"]:
        raise Misread(f"`{text}` names two moments", name="bad-moment", write=f"week {number} {match['day']}")
    if match["edge"]:
        return InWeek(number, "start" if match["edge"].lower() == "start" else "end")
    return InWeek(number, _read_weekday_of(match, language) if match["day"] else "class")


def _read_relation(text: str, series: bool, language: Language) -> ByAnchor | None:
    if _NEXT.fullmatch(text):
        if not series:
            raise Misread(
                "`next meeting` only works with `each:`", "name the meeting, as in start of final-talks", "bad-moment"
            )
        return ByAnchor(None, "next")
    if _WEEK.fullmatch(text):
        return None
    found = _read_edge(text) or _read_counted(text) or _read_weekday_relation(text, language)
    if found is None:
        return None
    if found.id is None and not series:
        raise Misread(
            f"`{text}` does not say what it is relative to",
            f"add the id of a meeting or assignment, as in {_with_id(text, 'hw1')}",
            "bad-moment",
        )
    if found.id is not None and series:
        raise Misread(
            f"with `each:`, a moment is relative to each meeting, but `{text}` names another one",
            SERIES_FORMS,
            "bad-moment",
        )
    return found


def _with_id(text: str, id: str) -> str:
    """Return a moment without an id, such as `2 days after` or `start`, with this id."""
    link = {"start": "of ", "end": "of ", "same day": "as "}.get(text.lower(), "")
    return f"{text} {link}{id}"


def _read_edge(text: str) -> ByAnchor | None:
    match = _EDGE.fullmatch(text)
    if match is None:
        return None
    edge = match["edge"].lower()
    return ByAnchor(match["id"], "day" if edge == "same day" else "start" if edge == "start" else "end")


def _read_counted(text: str) -> ByAnchor | None:
    match = _COUNTED.fullmatch(text)
    if match is None:
        return None
    amount = _WORDS.get(match["amount"].lower()) or int(match["amount"])
    unit = match["unit"].lower()
    amount *= (7 if unit == "week" else 1) * (-1 if match["side"].lower() == "before" else 1)
    return ByAnchor(match["id"], "hours" if unit == "hour" else "days", amount)


def _read_weekday_relation(text: str, language: Language) -> ByAnchor | None:
    match = _WEEKDAY.fullmatch(text)
    if match is None:
        return None
    if match["day"].lower() in ("day", "days", "hour", "hours", "week", "weeks"):
        unit = match["day"].lower().removesuffix("s")
        clear = f"1 {unit}{text[len(match['day']) :]}"
        raise Misread(f"`{text}` does not say how many {unit}s", name="bad-moment", write=clear)
    day = _read_weekday_of(match, language)
    return ByAnchor(match["id"], "weekday-before" if match["side"].lower() == "before" else "weekday-after", day)


def _check_anchor(rule: ByAnchor, id: str, after: str, window: Window | None, language: Language) -> None:
    """Refuse a date in the place of an id. One like 2027-02-08 may be an id: the schedule knows."""
    if not re.search("[ ./]", id):
        return
    try:
        day = read_day(id, window, language)
    except Misread:
        return
    clear = rule.from_day(day)
    help = f"write {clear}{after}" if clear else "write the date and the time"
    raise Misread(f"`{id}` is a date, but a moment is relative to an id", help, "bad-moment")


def _check_habits(text: str) -> None:
    """Refuse a time as it is written elsewhere (`13.00`, `5 p`), and the day of a week in another order."""
    clear: str | None = None
    if match := _LOOSE_TIME.fullmatch(text):
        loose = clear_time(match["time"])
        clear = f"{text[: match.start('time')]}{loose}" if loose is not None else None
    elif match := _DAY_OF_WEEK.fullmatch(text):
        clear = f"week {match['number']} {match['day'].capitalize()}"
    if clear is not None:
        raise Misread(f"`{text}` is not a moment", f"write {clear}", "bad-moment", fixed=clear)


def _read_date(text: str, window: Window | None, series: bool, language: Language) -> date:
    try:
        return read_day(text, window, language)
    except Misread as misread:
        if misread.message.endswith("is not a date"):
            _check_habits(text)
            raise Misread(f"`{text}` is not a moment", SERIES_FORMS if series else FORMS, "bad-moment") from None
        raise


def _read_weekday_of(match: re.Match[str], language: Language) -> int:
    """Return the day of the week in a text."""
    before, after = match.string[: match.start("day")], match.string[match.end("day") :]
    with whole_remedy(after, None, language, before=before):
        return read_weekday(match["day"], language)


@contextmanager
def whole_remedy(after: str, window: Window | None, language: Language, *, before: str = "") -> Iterator[None]:
    """Make the remedy for a part the whole text: with what comes `after` it and `before` it."""
    try:
        yield
    except Misread as misread:
        help, fixed = misread.help, misread.fixed
        options = tuple(f"{before}{each}{after}" for each in misread.options)
        if misread.write is not None or (options and before + after):
            help = f"write {' or '.join(options)}"
            fixed = options[0] if fixed is not None else None
        elif not before and after and help is not None and help.startswith("write "):
            choices = re.split("(,? or )", help.removeprefix("write "))
            if all(_is_day(each, window, language) for each in choices[::2]):
                help = f"write {''.join(each if at % 2 else f'{each}{after}' for at, each in enumerate(choices))}"
        raise Misread(misread.message, help, misread.name, fixed=fixed, options=options) from None


def _is_day(text: str, window: Window | None, language: Language) -> bool:
    try:
        read_day(text, window, language)
    except Misread:
        return False
    return True


def _comma(before: str, moment: str) -> Misread:
    """Return what is wrong with `20 Feb 2027, 5 pm`."""
    clear = f"{before.rstrip(' ,')} at {moment}"
    return Misread("remove the comma between the date and the time", f"write {clear}", "bad-date", fixed=clear)


def read_dated(text: str, window: Window | None, language: Language = ENGLISH) -> tuple[date, time | None]:
    """Return a date, and the time at its end (`17:00`, `at 17:00`) if there is one."""
    cleaned = " ".join(text.split())
    if zoned := _ZONED.fullmatch(cleaned):
        message = "a time has no time zone here: it is in that of the course"
        raise Misread(message, f"write {zoned[1]}", "bad-date")
    if _CLOCK_ALONE.fullmatch(cleaned):
        help = f"write the day before it, such as 2027-02-15 {cleaned}"
        raise Misread(f"`{cleaned}` is a time without a day", help, "bad-date")
    match = re.fullmatch(
        r"(.*?)(?:T| at | )"
        r"(\d{1,2}:\d{2}(?: ?[apAP]\.?[mM]\.?)?|\d{1,2} ?[apAP]\.?[mM]\.?|[nN]oon|(?:12 )?[mM]idnight)",
        cleaned,
    )
    if match and match[1].endswith(","):
        raise _comma(match[1], match[2])
    if match:
        after = cleaned[match.end(1) :]
        with whole_remedy(after, window, language):
            day = read_day(match[1], window, language)
        with whole_remedy("", window, language, before=cleaned[: match.start(2)]):
            return day, read_time(match[2])
    return read_day(cleaned, window, language), None


def read_instant(
    text: str, window: Window | None, zone: ZoneInfo, default: time, language: Language = ENGLISH
) -> datetime:
    """Return the instant of a date, with a time at its end or at `default`, in `zone`."""
    day, at = read_dated(text, window, language)
    return datetime.combine(day, default if at is None else at, zone)


def is_undecided(text: str) -> bool:
    """Return whether a text is `TBD`, in any case; raise `Misread` for other words for it, such as `TBA`."""
    cleaned = " ".join(text.split())
    if cleaned.upper() == "TBD":
        return True
    if _UNDECIDED.fullmatch(cleaned):
        raise Misread(f"`{cleaned}` is not a date", "write TBD; the date can follow later", "bad-date", fixed="TBD")
    return False
