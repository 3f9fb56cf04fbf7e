"""How a page is written in a language: its words, its dates and times, its lists."""

from __future__ import annotations

import gettext
from collections.abc import Sequence
from datetime import date, datetime, time
from functools import cache
from pathlib import Path
from typing import NamedTuple

from markupsafe import Markup, escape

from courseweek.frozen import dataclass
from courseweek.language.formats import Clock, Formats, find_formats, find_written, name_zone
from courseweek.language.replaced_words import NUMBERED, OWN_WORDS, put_word
from courseweek.regex import lazy_pattern

CATALOGS = Path(__file__).parent / "catalogs"
_PLACE = lazy_pattern(r"\{(\w+)\}")
_DAYS_LISTED = 3
"""More days in a row are a range."""
_RIGHT_TO_LEFT = ("ar",)


def noted(message: str) -> str:
    """Return a message as it is, for `scripts/catalogs.py` to collect where only its name is looked up later."""
    return message


def noted_counts(one: str, many: str) -> tuple[str, str]:
    """Return the messages for one and for many as they are, for the same reason."""
    return one, many


_DAYS = (
    noted("Mondays"),
    noted("Tuesdays"),
    noted("Wednesdays"),
    noted("Thursdays"),
    noted("Fridays"),
    noted("Saturdays"),
    noted("Sundays"),
)


@dataclass(frozen=True, slots=True)
class Locale:
    """The language in which pages are written, by its tag (BCP 47); English stays in place of one that is not known.

    `clock_style` is the clock, None for the usual one of the language. `words` are the course's own for some of the
    page's, by the keys of `OWN_WORDS`. Days and times are those of the course: nothing here knows a zone. 0 is Monday.
    """

    tag: str
    clock_style: Clock | None = None
    words: tuple[tuple[str, str], ...] = ()

    @property
    def page_tag(self) -> str:
        """The tag of the page's own words: that of the course where they are known, else `en`."""
        return self.tag if find_written(self.tag) is not None else "en"

    @property
    def text_tag(self) -> str | None:
        """The tag of the course's texts where it is not that of the page, None where it is."""
        return None if self.page_tag == self.tag else self.tag

    @property
    def direction(self) -> str:
        """The direction of the page: `ltr` or `rtl`."""
        return "rtl" if find_written(self.tag) in _RIGHT_TO_LEFT else "ltr"

    @property
    def comma(self) -> str:
        """What is between the parts of a line or the names in a row: ", "."""
        return self.gettext("{first}, {second}", first="", second="")

    @property
    def semicolon(self) -> str:
        """What is between the parts of a line that have commas: "; "."""
        return self.gettext("{clause}; {following}", clause="", following="")

    @property
    def hour_cycle(self) -> str:
        """The cycle of the clock as scripts name it: `h23` or `h12`."""
        return "h12" if self._clock == "12-hour" else "h23"

    def gettext(self, message: str, **values: object) -> str:
        """Return a message in the language, with the values in the places of its `{name}`s.

        If a value is HTML, so is the result, and the other values are escaped.
        """
        opened = _open(self.tag, self.words)
        own = opened.own.get(message)
        return _fill(own if own is not None else opened.catalog.gettext(message), values)

    def ngettext(self, one: str, many: str, count: int, **values: object) -> str:
        """Return the message for a count in the language, with `count` among its values."""
        message = _open(self.tag, self.words).catalog.ngettext(one, many, count)
        return _fill(message, {"count": count, **values})

    def short_day(self, day: date) -> str:
        """Return "Mon 25 Jan"."""
        return self._formats.day(day)

    def dated_day(self, day: date) -> str:
        """Return "Mon 25 Jan 2027"."""
        return self._formats.dated_day(day)

    def day_range(self, first: date, last: date) -> str:
        """Return "Mon 22 Mar", or "Mon 22 – Wed 24 Mar" for several days."""
        return self._formats.day(first) if first == last else self._formats.day_range(first, last)

    def long_range(self, first: date, last: date) -> str:
        """Return "25 Jan – 10 May 2027", with both years where they differ."""
        return self._formats.long_range(first, last)

    def clock(self, at: time) -> str:
        """Return "9:30"."""
        return self._formats.clock(at, self._clock)

    def moment(self, at: datetime) -> str:
        """Return "Mon 25 Jan, 9:30"."""
        return self._formats.moment(at, self._clock)

    def time_range(self, start: time, end: time) -> str:
        """Return "9:30–10:45"."""
        return self._formats.time_range(start, end, self._clock)

    def number(self, number: float) -> str:
        """Return "2.5", or "2"."""
        return self._formats.number(number)

    def hours(self, hours: float) -> str:
        """Return "2.5 h"."""
        return self.gettext("{count} h", count=self.number(hours))

    def duration(self, minutes: int) -> str:
        """Return "45 min" or "2.5 h"."""
        return self.gettext("{count} min", count=minutes) if minutes < 60 else self.hours(minutes / 60)

    def join_list(self, words: Sequence[str]) -> str:
        """Return "Tuesdays, Wednesdays and Thursdays"."""
        return self._formats.join(words)

    def weekdays(self, days: tuple[int, ...], first: int = 0) -> str:
        """Return "Tuesdays and Thursdays", or "Mondays to Fridays" for more than three days in a row.

        `first` is the day on which a week begins.
        """
        days = tuple(sorted(days, key=lambda day: (day - first) % 7))
        names = [self.gettext(_DAYS[day]) for day in days]
        if len(days) > _DAYS_LISTED and (days[-1] - days[0]) % 7 == len(days) - 1:
            return self.gettext("{first} to {last}", first=names[0], last=names[-1])
        return self.join_list(names)

    def short_weekday(self, day: int) -> str:
        """Return "Fri"."""
        return self._formats.weekday(day, short=True)

    def weekday(self, day: int) -> str:
        """Return "Friday"."""
        return self._formats.weekday(day)

    def zone(self, name: str) -> str:
        """Return "Times are Central time, America/Chicago" for a time zone."""
        known = name_zone(name, find_written(self.tag) or "en")
        if known is None:
            return self.gettext("Times are {zone}", zone=name.removeprefix("Etc/"))
        return self.gettext("Times are {zone}, {place}", zone=known, place=name)

    @property
    def _formats(self) -> Formats:
        return find_formats(find_written(self.tag) or "en")

    @property
    def _clock(self) -> Clock:
        return self.clock_style or self._formats.usual_clock


EN = Locale("en")
"""That of messages for instructors, and of a course that names no language."""


class _Messages(NamedTuple):
    """The messages of a language, and those that a course has in its own words."""

    catalog: gettext.NullTranslations
    own: dict[str, str]


@cache
def _open(tag: str, words: tuple[tuple[str, str], ...]) -> _Messages:
    catalog = open_catalog(find_written(tag) or "en")
    own = {message: word for key, word in words for message in OWN_WORDS[key]}
    week = own.get("Week")
    for message in NUMBERED if week is not None else ():
        own[message] = put_word(week or "", catalog.gettext("Week"), catalog.gettext(message))
    return _Messages(catalog, own)


@cache
def open_catalog(language: str) -> gettext.NullTranslations:
    """Return the translations of the messages; the messages themselves are English."""
    if language.partition("-")[0] == "en":
        return gettext.NullTranslations()
    with (CATALOGS / f"{language}.mo").open("rb") as file:
        return gettext.GNUTranslations(file)


def _fill(message: str, values: dict[str, object]) -> str:
    """Return a message with its values. Unlike `format`, it reaches nothing inside of them: layouts call it."""
    if not values:
        return message
    if any(hasattr(each, "__html__") for each in values.values()):
        return Markup(_PLACE.sub(lambda place: escape(values.get(place[1], place[0])), escape(message)))
    return _PLACE.sub(lambda place: str(values.get(place[1], place[0])), message)
