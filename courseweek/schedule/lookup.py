"""The meeting or the reading that is meant by a text where an id belongs.

People write a topic's title, `week 3`, a date, the address of a row or of a paper, or the name of a file. Where that
leads to one meeting or reading, its id is said.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from urllib.parse import unquote

from courseweek.diagnostics import Edit, Span
from courseweek.frozen import dataclass
from courseweek.model.address import paper_keys
from courseweek.model.meeting import AnyMeeting, Meeting
from courseweek.model.page import Note
from courseweek.model.reading import Reading
from courseweek.model.slug import make_slug, title_key
from courseweek.regex import lazy_pattern

MOST_MEANT = 4
"""A remedy names no more meetings or readings."""
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WEEK = lazy_pattern(r"(?:week|wk\.?|w)[\s_-]*(?:no\.?\s*)?(\d{1,2})", re.IGNORECASE)
_NUMBER = lazy_pattern(
    r"(?:(?:lecture|session|class|day|meeting|lec\.?|l)[\s_#-]*(?:no\.?\s*)?)?#?(\d{1,2})", re.IGNORECASE
)
_PAGE = lazy_pattern(r"(?:.*/)?([^/#?]+?)\.(?:html?|md|markdown|yaml)", re.IGNORECASE)
_DAY = lazy_pattern(
    r"(?=.*\d)(?:.*[A-Za-z]{3}.*|\d{4}-\d{1,2}-\d{1,2}|\d{1,4}[./]\d{1,2}(?:[./](?:\d{4}|\d{2}))?\.?)", re.DOTALL
)
_PUNCTUATION = ".,;:!?…'\"“”‘’"


@dataclass(frozen=True, slots=True)
class Meant:
    """The ids that a text may mean, each with what it is, in order of likelihood; `sure` if it is the only one."""

    choices: tuple[tuple[str, str], ...]

    @property
    def only(self) -> str | None:
        """The id, where there is only one."""
        return self.choices[0][0] if len(self.choices) == 1 else None

    @property
    def help(self) -> str:
        """The remedy: the id to write, or the few to choose from."""
        named = [f"{id} ({what})" for id, what in self.choices]
        return f"write {named[0]}" if len(named) == 1 else f"write {', '.join(named[:-1])} or {named[-1]}"

    def fix(self, text: str, place: Span) -> tuple[Edit, ...]:
        """Return the edit that writes the id for a text at its place; none where it is not there as typed."""
        written = place.text
        if self.only is None or written.strip("\"'").strip() != text:
            return ()
        return (Edit(place, self.only),)


class Lookup:
    """The meetings and readings of a course, by all that people call them."""

    def __init__(
        self, rows: Iterable[AnyMeeting], readings: Iterable[Reading] = (), notes: Iterable[Note] = ()
    ) -> None:
        """Take the rows of the schedule, of which breaks don't count, the readings, and the notes."""
        self.meetings = [row for row in rows if row.pause is None]
        self._dated = [row for row in self.meetings if isinstance(row, Meeting)]
        self.readings = list(readings)
        self._notes = {note.page.name: note for note in notes}

    def meeting(self, text: str) -> Meant | None:
        """Return the meetings that a text may mean, or None."""
        for each in _spellings(text):
            found = self._meetings_of(each)
            if found:
                return Meant(tuple((row.id, name_day(row)) for row in found[:MOST_MEANT]))
        note = self._note_of(text)
        return self.meeting(note.meeting) if note is not None and note.meeting not in (None, text) else None

    def _meetings_of(self, text: str) -> list[AnyMeeting]:
        return (
            [row for row in self.meetings if row.id.casefold() == text.casefold()]
            or _first_of_topics(row for row in self.meetings if _is_same_title(row.topic, text))
            or self._of_number(text)
            or self._of_day(text)
        )

    def _of_number(self, text: str) -> list[AnyMeeting]:
        week, number = _WEEK.fullmatch(text), _NUMBER.fullmatch(text)
        wanted = int((week or number or [0, 0])[1])
        dated = self._dated
        found: list[AnyMeeting] = [row for row in dated if row.week == wanted] if week or text.isdigit() else []
        if number is not None:
            found += [row for row in dated if row.number == wanted and row not in found]
        if number is not None and not found and not text.isdigit():
            found = [*dated[wanted - 1 : wanted]] if wanted else []
        return found

    def _of_day(self, text: str) -> list[AnyMeeting]:
        if len(text) > 40 or _DAY.fullmatch(text) is None:
            return []
        days = {day for first in (False, True) if (day := _read_day(text, self._dated, day_first=first))}
        return [row for row in self._dated if days.intersection(row.days)]

    def reading(self, text: str) -> Meant | None:
        """Return the readings that a text may mean, or None."""
        keys = set(paper_keys(text if "://" in text or ":" in text else f"https://{text}"))
        doi = re.fullmatch(r"(?:doi:\s*)?(10\.\d{4,9}/\S+)", text.strip(), re.IGNORECASE)
        keys |= set(paper_keys(f"https://doi.org/{doi[1]}")) if doi is not None else set()
        number = re.fullmatch(r"\d{4}\.\d{4,5}(?:v\d+)?", text.strip())
        keys |= set(paper_keys(f"arxiv:{text.strip()}")) if number is not None else set()
        found = [each for each in self.readings if keys and keys & _keys_of(each)]
        for spelling in _spellings(text) if not found else ():
            found = self._readings_of(spelling.removeprefix("reading-")) or self._readings_of(spelling)
            if found:
                break
        if found:
            return Meant(tuple((each.id, _shorten(each.title)) for each in found[:MOST_MEANT]))
        note = self._note_of(text)
        return self.reading(note.reading) if note is not None and note.reading not in (None, text) else None

    def _readings_of(self, text: str) -> list[Reading]:
        return (
            [each for each in self.readings if each.id.casefold() == text.casefold()]
            or [each for each in self.readings if _is_same_title(each.title, text)]
            or [each for each in self.readings if _begins_with(each.title, text)]
        )

    def _note_of(self, text: str) -> Note | None:
        """Return the note whose page or file a text names."""
        name = _PAGE.fullmatch(text.strip().partition("#")[0])
        return self._notes.get(f"notes/{name[1]}") if name is not None else None


def name_day(row: AnyMeeting) -> str:
    """Return the day of a meeting, and its week if that is counted: `Mon, Feb 8, week 3`."""
    if not isinstance(row, Meeting):
        return "not yet scheduled"
    week = f", week {row.week}" if row.week is not None else ""
    return f"{DAYS[row.on.weekday()]}, {MONTHS[row.on.month - 1]} {row.on.day}{week}"


def _shorten(title: str) -> str:
    return f"“{title}”" if len(title) <= 60 else f"“{title[:60].rpartition(' ')[0] or title[:60]} …”"


def _spellings(text: str) -> list[str]:
    """Return what of a text may be an id or a title: all of it, what follows its `#`, the name of its page or file."""
    whole = " ".join(text.strip().strip("\"'`").split())
    found = [whole, whole.rstrip(_PUNCTUATION)]
    path, hash, fragment = whole.partition("#")
    if hash and fragment and " " not in path:
        found.append(unquote(fragment))
    page = _PAGE.fullmatch(path)
    if page is not None and not fragment:
        found.append(unquote(page[1]))
    return [each for each in dict.fromkeys(found) if each]


def _is_same_title(title: str, text: str) -> bool:
    slug = make_slug(title)
    return bool(slug) and (slug == text or slug == make_slug(text) or (title_key(title) == title_key(text) != ""))


def _begins_with(title: str, text: str) -> bool:
    """Return whether a text is a title without its subtitle, or its first words, at least three of them."""
    head, colon, _ = title.partition(":")
    words = title_key(text)
    return bool(colon and _is_same_title(head, text)) or (
        words.count(" ") > 1 and title_key(title).startswith(f"{words} ")
    )


def _first_of_topics(rows: Iterable[AnyMeeting]) -> list[AnyMeeting]:
    """Return each row that is the first day of its topic."""
    return [row for row in rows if row.leads]


def _keys_of(reading: Reading) -> set[str]:
    keys = set(paper_keys(reading.url)) if reading.url else set()
    keys |= set(paper_keys(f"https://doi.org/{reading.doi}")) if reading.doi else set()
    return keys | (set(paper_keys(f"arxiv:{reading.arxiv}")) if reading.arxiv else set())


def _read_day(text: str, rows: Sequence[Meeting], *, day_first: bool) -> date | None:
    """Return the day that a text names, in the year of the course where it names none; None for any other text."""
    if not rows:
        return None
    from dateutil.parser import ParserError, parse

    years = sorted({row.on.year for row in rows})
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of words that it takes for zones
        found = []
        for year in years:
            try:
                found.append(parse(text, dayfirst=day_first, default=datetime(year, 1, 1, tzinfo=UTC)).date())
            except (ParserError, OverflowError, ValueError, TypeError):
                return None
    days = {on for row in rows for on in row.days}
    return next((day for day in found if day in days), None)
