"""A course's language, and the dates and days of the week that are written in it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from courseweek.frozen import dataclass

if TYPE_CHECKING:
    from courseweek.language.vocabulary import Vocabulary, WrittenDay


@dataclass(frozen=True, slots=True)
class Language:
    """The language of a course, by its tag (BCP 47). Two of one tag are equal.

    The longest known beginning of the tag counts: `de-CH` is `de`, `zh` and `zh-CN` are `zh-Hans`. For English, and for
    a language that is not known, all methods answer that nothing is written in it.
    """

    tag: str

    @property
    def writes_day_first(self) -> bool:
        """Whether `8.5.2027` is 8 May: in all languages but English, where it is ambiguous."""
        return not self._is_english

    @property
    def month_names(self) -> tuple[str, ...]:
        """The long names of the months from January; empty for English."""
        known = self._find_vocabulary()
        return tuple(known.month_names) if known is not None else ()

    @property
    def weekday_names(self) -> tuple[str, ...]:
        """The long names of the days of the week from Monday; empty for English."""
        known = self._find_vocabulary()
        return tuple(known.weekday_names) if known is not None else ()

    def read_day(self, text: str) -> WrittenDay | None:
        """Return the parts of a date in the long or medium form of the language, or None for any other text.

        The day of the week can come before it or after it. Case, accents and final dots don't matter. The numbers are
        as they were written: there may be no such day.
        """
        known = self._find_vocabulary()
        return known.read_day(text) if known is not None else None

    def find_weekday(self, text: str) -> int | None:
        """Return the day of the week (0 is Monday) that a name of the language means, also with a final `s`."""
        known = self._find_vocabulary()
        return known.find_weekday(text) if known is not None else None

    def rename(self, word: str, day: date) -> str | None:
        """Return the name of the month or the weekday of `day`, as short as this one; None for any other word."""
        known = self._find_vocabulary()
        return known.rename(word, day) if known is not None else None

    def spell_joints(self, text: str) -> str:
        """Return a list or range of days with `and` and `to` for the words that the language has for them."""
        known = self._find_vocabulary()
        return known.spell_joints(text) if known is not None else text

    @property
    def _is_english(self) -> bool:
        return self.tag.lower().partition("-")[0] == "en"

    def _find_vocabulary(self) -> Vocabulary | None:
        """Return the names and patterns of the language, if it is known and not English."""
        if self._is_english:
            return None
        from courseweek.language.vocabulary import find_vocabulary  # most courses are in English, and it takes time

        return find_vocabulary(self.tag)


ENGLISH = Language("en")
"""The language of a course that names no other one."""
