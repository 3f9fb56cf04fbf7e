"""How a page is written in a language: its words, its dates and times, its lists."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time

from markupsafe import Markup, escape

from courseweek.frozen import dataclass
from courseweek.regex import lazy_pattern

_PLACE = lazy_pattern(r"\{(\w+)\}")
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_DAYS_LISTED = 3
"""More days in a row are a range."""
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True)
class Locale:
    """The language in which pages are written, by its tag (BCP 47).

    Days and times are those of the course: nothing here knows a zone. 0 is Monday.
    """

    tag: str

    def gettext(self, message: str, **values: object) -> str:
        """Return a message in the language, with the values in the places of its `{name}`s.

        If a value is HTML, so is the result, and the other values are escaped.
        """
        return _fill(message, values)

    def ngettext(self, one: str, many: str, count: int, **values: object) -> str:
        """Return the message for a count in the language, with `count` among its values."""
        return _fill(one if count == 1 else many, {"count": count, **values})

    def short_day(self, day: date) -> str:
        """Return "Mon 25 Jan"."""
        return f"{_DAYS[day.weekday()][:3]} {day.day} {_MONTHS[day.month - 1]}"

    def dated_day(self, day: date) -> str:
        """Return "Mon 25 Jan 2027"."""
        return f"{self.short_day(day)} {day.year}"

    def day_range(self, first: date, last: date) -> str:
        """Return "Mon 22 Mar", or "Mon 22 – Wed 24 Mar" for several days."""
        if first == last:
            return self.short_day(first)
        if first.month == last.month:
            return f"{_DAYS[first.weekday()][:3]} {first.day} – {self.short_day(last)}"
        return f"{self.short_day(first)} – {self.short_day(last)}"

    def long_range(self, first: date, last: date) -> str:
        """Return "25 Jan – 10 May 2027", with both years where they differ."""
        start = f"{first.day} {_MONTHS[first.month - 1]}" + (f" {first.year}" if first.year != last.year else "")
        return f"{start} – {last.day} {_MONTHS[last.month - 1]} {last.year}"

    def clock(self, at: time) -> str:
        """Return "9:30"."""
        return f"{at.hour}:{at.minute:02d}"

    def moment(self, at: datetime) -> str:
        """Return "Mon 25 Jan, 9:30"."""
        return f"{self.short_day(at.date())}, {self.clock(at.time())}"

    def time_range(self, start: time, end: time) -> str:
        """Return "9:30–10:45"."""
        return f"{self.clock(start)}–{self.clock(end)}"

    def join_list(self, words: Sequence[str]) -> str:
        """Return "Tuesdays, Wednesdays and Thursdays"."""
        return " and ".join((", ".join(words[:-1]), words[-1])) if len(words) > 1 else "".join(words)

    def weekdays(self, days: tuple[int, ...]) -> str:
        """Return "Tuesdays and Thursdays", or "Mondays to Fridays" for more than three days in a row."""
        if len(days) > _DAYS_LISTED and days[-1] - days[0] == len(days) - 1:
            return f"{_DAYS[days[0]]}s to {_DAYS[days[-1]]}s"
        return self.join_list([f"{_DAYS[day]}s" for day in days])

    def short_weekday(self, day: int) -> str:
        """Return "Fri"."""
        return _DAYS[day][:3]

    def weekday(self, day: int) -> str:
        """Return "Friday"."""
        return _DAYS[day]


EN = Locale("en")
"""That of messages for instructors, and of a course that names no language."""


def _fill(message: str, values: dict[str, object]) -> str:
    """Return a message with its values. Unlike `format`, it reaches nothing inside of them: layouts call it."""
    if not values:
        return message
    if any(hasattr(each, "__html__") for each in values.values()):
        return Markup(_PLACE.sub(lambda place: escape(values.get(place[1], place[0])), escape(message)))
    return _PLACE.sub(lambda place: str(values.get(place[1], place[0])), message)
