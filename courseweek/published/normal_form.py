"""The normal form of a published course: of a `course.json`, only what is news to students when it changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any, TypeVar

from courseweek.frozen import dataclass
from courseweek.regex import lazy_pattern

T = TypeVar("T")

EARLIEST, LATEST = 1900, 2200
"""Years of dates that are taken; with others nobody could go on counting."""
MOST_ROWS = 5_000
"""Of a longer list nobody could say what has changed."""
_OPEN = lazy_pattern(r"open-\d{4}-\d{2}-\d{2}(?:-\d+)?")


class Misshapen(Exception):
    """A value is not of the shape that `course.json` has."""


@dataclass(frozen=True, slots=True)
class When:
    """The days and the hours of something; `day` is None while they are to be decided."""

    day: date | None
    last_day: date | None
    start: datetime | None
    end: datetime | None


@dataclass(frozen=True, slots=True)
class GroupFacts:
    """When and where a group meets, or that it does not."""

    name: str
    when: When
    place: str | None
    canceled: bool


@dataclass(frozen=True, slots=True)
class MeetingFacts:
    """A meeting or a break. `materials` are the labels of those that can be opened; readings are ids."""

    id: str
    topic: str
    kinds: frozenset[str]
    is_break: bool
    when: When
    place: str | None
    groups: Mapping[str, GroupFacts]
    required: tuple[str, ...]
    optional: tuple[str, ...]
    materials: tuple[str, ...]

    @property
    def is_open(self) -> bool:
        """Whether this is a class without a topic so far."""
        return self.topic.casefold() == "tbd" or _OPEN.fullmatch(self.id) is not None


@dataclass(frozen=True, slots=True)
class EventFacts:
    """An event."""

    id: str
    name: str
    when: When
    place: str | None


@dataclass(frozen=True, slots=True)
class AssignmentFacts:
    """An assignment; `due` is its due date as written, None for a series' and for one with steps alone."""

    id: str
    title: str
    due: str | None


@dataclass(frozen=True, slots=True)
class DeadlineFacts:
    """When something is due. `part` is what its id has after that of its assignment: a step, or a meeting's id."""

    assignment: str
    part: str
    title: str
    at: datetime | None
    meeting: str | None


@dataclass(frozen=True, slots=True)
class ReadingFacts:
    """A reading."""

    id: str
    title: str
    url: str | None


@dataclass(frozen=True, slots=True)
class Identity:
    """By what a course and its term are known. `names` are its code, its title and its address, each with its key."""

    names: frozenset[tuple[str, str]]
    term: str | None
    starts: date
    ends: date


@dataclass(frozen=True, slots=True)
class NormalForm:
    """What of a course is compared. A part is None where the `course.json` is older than the part."""

    identity: Identity
    meetings: Mapping[str, MeetingFacts] | None
    events: Mapping[str, EventFacts] | None
    assignments: Mapping[str, AssignmentFacts] | None
    deadlines: tuple[DeadlineFacts, ...] | None
    readings: Mapping[str, ReadingFacts] | None


class JsonObject:
    """An object of `course.json`; each question raises `Misshapen` unless the value has the shape that is asked for."""

    def __init__(self, value: object) -> None:
        """Take a value that has to be an object."""
        self._values: Mapping[str, Any] = _take(value, dict)

    def has(self, key: str) -> bool:
        """Return whether there is such a key."""
        return key in self._values

    def text(self, key: str) -> str:
        """Return a text."""
        return _take(self._values.get(key), str)

    def maybe(self, key: str) -> str | None:
        """Return a text, or None where it is null or missing."""
        return None if self._values.get(key) is None else self.text(key)

    def yes(self, key: str) -> bool:
        """Return a yes or a no, which is no where it is missing."""
        return _take(self._values.get(key, False), bool)

    def day(self, key: str) -> date | None:
        """Return a date, or None."""
        text = self.maybe(key)
        try:
            return _limit(date.fromisoformat(text)) if text is not None else None
        except ValueError:
            raise Misshapen from None

    def instant(self, key: str) -> datetime | None:
        """Return an instant, or None."""
        text = self.maybe(key)
        try:
            moment = _limit(datetime.fromisoformat(text)) if text is not None else None
        except ValueError:
            raise Misshapen from None
        if moment is not None and moment.utcoffset() is None:
            raise Misshapen
        return moment

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts, which is empty where it is missing."""
        return tuple(_take(each, str) for each in _take(self._values.get(key, []), list))

    def rows(self, key: str) -> Iterator[JsonObject]:
        """Yield the objects of a list, which is empty where it is missing."""
        listed = _take(self._values.get(key, []), list)
        if len(listed) > MOST_ROWS:
            raise Misshapen
        return map(JsonObject, listed)

    def row(self, key: str) -> JsonObject:
        """Return an object."""
        return JsonObject(self._values.get(key))

    def when(self) -> When:
        """Return when the thing takes place of which this is the object."""
        until = self.instant("until")
        last = until.date() if until is not None else self.day("end_date")
        return When(self.day("date"), last, self.instant("start"), self.instant("end"))


def _take(value: object, kind: type[T]) -> T:
    if not isinstance(value, kind):
        raise Misshapen
    return value


def _limit(day: T) -> T:
    """Return a date or an instant as it is; raise `Misshapen` for one that is far away."""
    assert isinstance(day, date)
    if not EARLIEST <= day.year <= LATEST:
        raise Misshapen
    return day


def read_identity(content: Mapping[str, Any]) -> Identity:
    """Return by what the course of a `course.json` is known; raise `Misshapen` where it is not of its shape."""
    course, term = JsonObject(content).row("course"), JsonObject(content).row("term")
    starts, ends = term.day("starts"), term.day("ends")
    if starts is None or ends is None:
        raise Misshapen
    names = frozenset((key, text) for key in ("code", "title", "url") if (text := course.maybe(key)))
    return Identity(names, term.maybe("name"), starts, ends)


def explain_other(before: Identity, now: Identity) -> str:
    """Return why two courses are not the same one in the same term; nothing if they are."""
    if not before.names & now.names:
        return "it is of another course"
    named_otherwise = None not in (before.term, now.term) and before.term != now.term and before.starts != now.starts
    if named_otherwise or before.ends < now.starts or now.ends < before.starts:
        return "it is of another term"
    return ""


def read_normal_form(content: Mapping[str, Any]) -> NormalForm:
    """Return the normal form of the content of a `course.json`; raise `Misshapen` where it is not of its shape."""
    whole = JsonObject(content)

    def read_meeting(row: JsonObject) -> MeetingFacts:
        listed = row.row("readings") if row.has("readings") else JsonObject({})
        groups = (
            GroupFacts(each.text("name"), each.when(), each.maybe("place"), each.yes("cancelled"))
            for each in row.rows("groups")
        )
        return MeetingFacts(
            id=row.text("id"),
            topic=row.text("topic"),
            kinds=frozenset(filter(None, (row.maybe("kind") or "").split(", "))),
            is_break=row.yes("break"),
            when=row.when(),
            place=row.maybe("place"),
            groups={each.name: each for each in groups},
            required=listed.texts("required"),
            optional=listed.texts("optional"),
            materials=tuple(each.text("label") for each in row.rows("materials") if each.maybe("url") is not None),
        )

    meetings = [read_meeting(each) for each in whole.rows("meetings")]
    events = [EventFacts(e.text("id"), e.text("name"), e.when(), e.maybe("place")) for e in whole.rows("events")]
    assignments = [AssignmentFacts(a.text("id"), a.text("title"), a.maybe("due")) for a in whole.rows("assignments")]
    deadlines = tuple(
        DeadlineFacts(
            assignment=each.text("assignment"),
            part=each.text("id").removeprefix(f"{each.text('assignment')}-"),
            title=each.text("title"),
            at=each.instant("at"),
            meeting=each.maybe("meeting"),
        )
        for each in whole.rows("deadlines")
        if each.maybe("kind") != "out"
    )
    listed = [ReadingFacts(r.text("id"), r.text("title"), r.maybe("url")) for r in whole.rows("readings")]
    return NormalForm(
        identity=read_identity(content),
        meetings={each.id: each for each in meetings} if whole.has("meetings") else None,
        events={each.id: each for each in events} if whole.has("events") else None,
        assignments={each.id: each for each in assignments} if whole.has("assignments") else None,
        deadlines=deadlines if whole.has("deadlines") else None,
        readings={each.id: each for each in listed} if whole.has("readings") else None,
    )
