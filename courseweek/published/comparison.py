"""What is different between two `course.json` of one course, by id, as the stories that students are interested in.

A day without class that moves eleven topics, and the deadlines that follow them, is one story. So is what a build
changes in more than a few classes, deadlines or events.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from datetime import date, datetime, timedelta
from typing import Any, Literal, TypeVar

from courseweek.frozen import dataclass
from courseweek.published.normal_form import (
    AssignmentFacts,
    DeadlineFacts,
    EventFacts,
    MeetingFacts,
    NormalForm,
    ReadingFacts,
    When,
    explain_other,
    read_normal_form,
)
from courseweek.published.typos import fold, is_same_title

T = TypeVar("T", MeetingFacts, EventFacts, AssignmentFacts)
MeetingPair = tuple[MeetingFacts | None, MeetingFacts | None]
Kind = Literal["class", "deadline", "reading", "event"]

MOST_ALONE = 3
"""More classes, deadlines or events that change at once are one story."""
MOST_PAIRS = 10_000
"""More titles are not compared for typos: of such courses too much is different."""


@dataclass(frozen=True, slots=True)
class Moved:
    """Something takes place at another time. A title has several parts for a group of a meeting."""

    title: tuple[str, ...]
    before: When
    now: When


@dataclass(frozen=True, slots=True)
class Relocated:
    """Something takes place somewhere else."""

    title: tuple[str, ...]
    before: str | None
    now: str | None


@dataclass(frozen=True, slots=True)
class Retitled:
    """A class has another topic; without a day, something has another name."""

    when: When | None
    before: str
    now: str


@dataclass(frozen=True, slots=True)
class Due:
    """Something is due at another instant."""

    title: tuple[str, ...]
    before: datetime | None
    now: datetime | None


@dataclass(frozen=True, slots=True)
class Added:
    """Something is new: it takes place at a time, or is due at an instant."""

    title: tuple[str, ...]
    when: When | None = None
    due: datetime | None = None


@dataclass(frozen=True, slots=True)
class Removed:
    """Something is no longer in the course."""

    title: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NoClass:
    """A break takes these days; `before` says that it did so, and no longer does."""

    days: tuple[date, ...]
    name: str
    before: bool = False


@dataclass(frozen=True, slots=True)
class Canceled:
    """The class of a group is canceled; `before` says that it was, and no longer is."""

    title: tuple[str, ...]
    before: bool = False


@dataclass(frozen=True, slots=True)
class Read:
    """Readings of a class are new (`required`, `optional`), gone (`dropped`), or of the other sort (`now …`)."""

    title: tuple[str, ...]
    how: Literal["required", "optional", "dropped", "now required", "now optional"]
    readings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Released:
    """Materials of a class can be opened."""

    title: tuple[str, ...]
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Several:
    """More than a few things change."""

    what: Literal["moves", "classes", "readings", "deadlines", "events"]
    count: int


Difference = Moved | Relocated | Retitled | Due | Added | Removed | NoClass | Canceled | Read | Released | Several


@dataclass(frozen=True, slots=True)
class Story:
    """One change as students see it: the main difference, and those that belong to it.

    `ids` are those of the meetings, assignments and events, the main one first.
    """

    kind: Kind
    ids: tuple[str, ...]
    lead: Difference
    parts: tuple[Difference, ...] = ()


def compare_courses(before: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[Story, ...]:
    """Return what is different between two contents of a `course.json`; nothing for another course or another term.

    Raise `Misshapen` for what is not the content of a `course.json`.
    """
    old, new = read_normal_form(before), read_normal_form(now)
    return () if explain_other(old.identity, new.identity) else compare_forms(old, new)


def compare_forms(before: NormalForm, now: NormalForm) -> tuple[Story, ...]:
    """Return what is different between two normal forms of one course."""
    found = _Gathered()
    pairs = (
        pair_meetings(before.meetings or {}, now.meetings or {}) if None not in (before.meetings, now.meetings) else []
    )
    _follow_breaks(pairs, before, now, found)
    _compare_meetings(pairs, found)
    _compare_deadlines(before, now, {old.id: new.id for old, new in pairs if old and new}, found)
    _compare_readings(pairs, before, now, found)
    _compare_events(before, now, found)
    return tuple(found.list_stories())


@dataclass(slots=True)
class _Tale:
    """A story that is being put together; `moved` says by how much its classes move, by their ids."""

    kind: Kind
    ids: dict[str, None]
    differences: list[Difference]
    moved: dict[str, timedelta] = field(default_factory=dict)

    def add(self, id: str, difference: Difference) -> None:
        self.ids[id] = None
        self.differences.append(difference)

    def move(self, was: MeetingFacts, now: MeetingFacts) -> None:
        self.add(now.id, Moved((now.topic,), was.when, now.when))
        self.moved[now.id] = _shift(was.when, now.when)


@dataclass(slots=True)
class _Gathered:
    """What has been found so far: stories of several things, and what is different about each other thing.

    `lost` has the stories of the days without class.
    """

    tales: list[_Tale] = field(default_factory=list)
    things: dict[tuple[Kind, str], _Tale] = field(default_factory=dict)
    lost: dict[date, _Tale] = field(default_factory=dict)

    def thing(self, kind: Kind, id: str) -> _Tale:
        return self.things.setdefault((kind, id), _Tale(kind, {id: None}, []))

    def add(self, kind: Kind, id: str, *differences: Difference) -> None:
        for difference in differences:
            self.thing(kind, id).add(id, difference)

    def list_stories(self) -> Iterator[Story]:
        """Yield the stories; of a kind of which many things are different, there is one."""
        tales = list(self.tales)
        nouns: dict[Kind, Any] = {"class": "classes", "deadline": "deadlines", "reading": "readings", "event": "events"}
        for kind, noun in nouns.items():
            of_kind = [tale for (each, _), tale in self.things.items() if each == kind]
            if len(of_kind) > (1 if kind == "reading" else MOST_ALONE):
                ids = dict.fromkeys(id for tale in of_kind for id in tale.ids)
                parts = [part for tale in of_kind for part in tale.differences]
                of_kind = [_Tale(kind, ids, [Several(noun, len(of_kind)), *parts])]
            tales += of_kind
        for tale in tales:
            yield Story(tale.kind, tuple(tale.ids), tale.differences[0], tuple(tale.differences[1:]))


def _pair(
    before: Iterable[T], now: Iterable[T], keys: Sequence[Callable[[T], Hashable]], title: Callable[[T], str]
) -> list[tuple[T | None, T | None]]:
    """Return what is the same thing before and now: by the keys in turn, which are None for none, then by a typo."""
    old, new = list(before), list(now)
    pairs: list[tuple[T | None, T | None]] = []
    for key in keys:
        waiting: dict[Hashable, list[T]] = {}
        for each in reversed(new):
            waiting.setdefault(key(each), []).append(each)
        waiting.pop(None, None)
        taken = {id(each): waiting[key(each)].pop() for each in old if waiting.get(key(each))}
        pairs += [(each, taken[id(each)]) for each in old if id(each) in taken]
        gone = {id(each) for each in taken.values()}
        old = [each for each in old if id(each) not in taken]
        new = [each for each in new if id(each) not in gone]
    for each in list(old) if len(old) * len(new) <= MOST_PAIRS else ():
        same = next((other for other in new if is_same_title(title(each), title(other))), None)
        if same is not None:
            pairs.append((each, same))
            old.remove(each)
            new.remove(same)
    pairs += [(each, None) for each in old]
    pairs += [(None, each) for each in new]
    return pairs


def pair_meetings(before: Mapping[str, MeetingFacts], now: Mapping[str, MeetingFacts]) -> list[MeetingPair]:
    """Return the same classes before and now. One that was renamed has the title or the time that it had."""
    return _pair(
        (each for each in before.values() if not each.is_break),
        (each for each in now.values() if not each.is_break),
        (
            lambda each: each.id if not each.is_open else None,
            lambda each: fold(each.topic) if not each.is_open else None,
            lambda each: (each.kinds, each.when) if each.when.day is not None else None,
        ),
        lambda each: each.topic if not each.is_open else "",
    )


def _days_of(meeting: MeetingFacts) -> frozenset[date]:
    """Return the days on which a class takes place."""
    days = {group.when.day for group in meeting.groups.values() if not group.canceled}
    return frozenset(day for day in days | (set() if days else {meeting.when.day}) if day is not None)


def _list_class_days(form: NormalForm) -> dict[date, list[frozenset[str]]]:
    """Return the kinds of the classes of each day."""
    days: dict[date, list[frozenset[str]]] = {}
    for each in (form.meetings or {}).values():
        for day in () if each.is_break else _days_of(each):
            days.setdefault(day, []).append(each.kinds)
    return days


def _find_days(
    pause: MeetingFacts,
    having: Mapping[date, list[frozenset[str]]],
    lacking: Mapping[date, list[frozenset[str]]],
    after: date | None,
) -> tuple[date, ...]:
    """Return the days of a break in its week that have classes on one side and none on the other.

    They are from its first day to its last, where that is known, and only `after` a day if one is given.
    """

    def has_class(days: Mapping[date, list[frozenset[str]]], day: date) -> bool:
        return any(not pause.kinds or pause.kinds & kinds for kinds in days.get(day, ()))

    first, last = pause.when.day, pause.when.last_day
    if first is None:
        return ()
    week = (first + timedelta(days) for days in range(7 - first.weekday()))
    days = (day for day in week if (last is None or day <= last) and (after is None or day > after))
    return tuple(day for day in days if has_class(having, day) and not has_class(lacking, day))


def _find_longer(
    rows: Mapping[str, MeetingFacts], others: Mapping[str, MeetingFacts]
) -> Iterator[tuple[MeetingFacts, date | None]]:
    """Yield each row of a break that is only on this side or ends later here, with its end on the other side."""
    for id, row in rows.items():
        end = others[id].when.last_day if id in others else None
        if id not in others or (end is not None and row.when.last_day is not None and row.when.last_day > end):
            yield row, end


def _follow_breaks(pairs: list[MeetingPair], before: NormalForm, now: NormalForm, found: _Gathered) -> None:
    """Find the days that breaks take or give back, each with the classes that move because of it."""
    old = {id: row for id, row in (before.meetings or {}).items() if row.is_break}
    new = {id: row for id, row in (now.meetings or {}).items() if row.is_break}
    days_before, days_now = _list_class_days(before), _list_class_days(now)
    taken = [(row, _find_days(row, days_before, days_now, end), False) for row, end in _find_longer(new, old)]
    given = [(row, _find_days(row, days_now, days_before, end), True) for row, end in _find_longer(old, new)]
    following: list[tuple[_Tale, MeetingFacts, date, bool]] = []
    for row, days, back in (*taken, *given):
        if days:
            tale = _Tale("class", {row.id: None}, [NoClass(days, row.topic, before=back)])
            found.tales.append(tale)
            found.lost.update(dict.fromkeys(days, tale))
            following.append((tale, row, days[0], back))
    for was, moved in pairs if following else ():
        if was is None or moved is None or was.when.day is None or moved.when.day is None:
            continue
        if not _has_moved(was, moved):
            continue
        for tale, row, first, back in following:
            fits = not row.kinds or bool(row.kinds & moved.kinds)
            follows = moved.when.day < was.when.day if back else moved.when.day > was.when.day
            if fits and follows and min(was.when.day, moved.when.day) >= first:
                tale.move(was, moved)
                break


def _compare_meetings(pairs: list[MeetingPair], found: _Gathered) -> None:
    """Find what else is different about classes."""
    follow = {id for tale in found.tales for id in tale.moved}
    # A topic that takes one day more or less, as one that fills the rest of the term, is neither new nor gone.
    kept = {fold(old.topic) for old, _ in pairs if old} & {fold(new.topic) for _, new in pairs if new}
    moves: list[tuple[MeetingFacts, MeetingFacts]] = []
    for was, now in pairs:
        if was is None and now is not None and not now.is_open and fold(now.topic) not in kept:
            found.add("class", now.id, Added((now.topic,), now.when))
        elif now is None and was is not None and not was.is_open and fold(was.topic) not in kept:
            found.add("class", was.id, Removed((was.topic,)))
        elif was is not None and now is not None and now.id not in follow and _has_moved(was, now):
            moves.append((was, now))
    together = _Tale("class", {}, [Several("moves", len(moves))]) if len(moves) > MOST_ALONE else None
    found.tales += [together] if together is not None else []
    for was, now in moves:
        (together or found.thing("class", now.id)).move(was, now)
    for was, now in pairs:
        if was is not None and now is not None and not (was.is_open and now.is_open):
            found.add("class", now.id, *_compare_facts(was, now))
            _compare_groups(was, now, found)


def _has_moved(was: MeetingFacts, now: MeetingFacts) -> bool:
    """Return whether a class has moved: one with groups if all groups that meet have moved by as many days."""
    if was.when == now.when or (was.is_open and now.is_open):
        return False
    shifts = {
        _shift(was.groups[name].when, group.when)
        for name, group in now.groups.items()
        if name in was.groups and not group.canceled and not was.groups[name].canceled
    }
    return not shifts or (len(shifts) == 1 and shifts != {timedelta()})


def _compare_facts(was: MeetingFacts, now: MeetingFacts) -> Iterator[Difference]:
    """Yield what is different about a class but its time, its groups and its readings."""
    if not is_same_title(was.topic, now.topic):
        yield Retitled(now.when if now.when.day is not None else None, was.topic, now.topic)
    # Without the usual time, a class is without the usual place, too.
    lost = not now.place and was.when != now.when
    if (was.place or "") != (now.place or "") and not now.groups and not was.groups and not lost:
        yield Relocated((now.topic,), was.place, now.place)
    released = tuple(each for each in now.materials if each not in was.materials)
    if released:
        yield Released((now.topic,), released)


def _compare_groups(was: MeetingFacts, now: MeetingFacts, found: _Gathered) -> None:
    """Find what is different about the groups of a class; those that move with it, or lose a day to a break, follow."""
    shift = _shift(was.when, now.when) if _has_moved(was, now) else None
    for name, group in now.groups.items():
        before = was.groups.get(name)
        if before is None:
            continue
        title = (now.topic, name)
        if before.canceled is not group.canceled:
            tale = found.lost.get(group.when.day) if group.when.day is not None else None
            (tale or found.thing("class", now.id)).add(now.id, Canceled(title, before=before.canceled))
        elif before.when != group.when and not group.canceled and _shift(before.when, group.when) != shift:
            found.add("class", now.id, Moved(title, before.when, group.when))
        if (before.place or "") != (group.place or ""):
            found.add("class", now.id, Relocated(title, before.place, group.place))


def _shift(before: When, now: When) -> timedelta:
    """Return by how much something moves; nothing where that is not known."""
    return now.day - before.day if now.day is not None and before.day is not None else timedelta()


def _compare_deadlines(before: NormalForm, now: NormalForm, renamed: Mapping[str, str], found: _Gathered) -> None:
    """Find what is due at another time; what follows a class that moves belongs to the story of that class."""
    if None in (before.deadlines, now.deadlines, before.assignments, now.assignments):
        return
    same = _compare_assignments(before, now, found)
    by_id = {new.id: (was, new) for was, new in same.values()}
    old = {
        (same[each.assignment][1].id, renamed.get(each.meeting, each.meeting) if each.meeting else each.part): each
        for each in before.deadlines or ()
        if each.assignment in same
    }
    movers = _Movers(found)
    for each in now.deadlines or ():
        if each.assignment not in by_id:
            continue
        was, assignment = by_id[each.assignment]
        earlier = old.pop((each.assignment, each.meeting or each.part), None)
        title = _name_deadline(each, assignment, now)
        if earlier is None:
            if not each.meeting:
                found.add("deadline", assignment.id, Added(title, due=each.at))
                found.thing("deadline", assignment.id).ids[f"{each.assignment}-{each.part}"] = None
        elif earlier.at != each.at:
            tale = movers.find(earlier, each, as_written=was.due == assignment.due)
            tale = tale or found.thing("deadline", assignment.id)
            tale.add(assignment.id, Due(title, earlier.at, each.at))
            tale.ids[f"{each.assignment}-{each.part}"] = None  # which of its dates it is
    for (id, _), gone in old.items():
        if not gone.meeting:
            found.add("deadline", id, Removed(_name_deadline(gone, by_id[id][1], before)))


def _compare_assignments(
    before: NormalForm, now: NormalForm, found: _Gathered
) -> dict[str, tuple[AssignmentFacts, AssignmentFacts]]:
    """Find which assignments are new, gone or renamed; return those that are the same by the ids that they had."""
    due, due_now = ({each.assignment: each for each in reversed(form.deadlines or ())} for form in (before, now))
    old, new = (before.assignments or {}).values(), (now.assignments or {}).values()
    instants = {id(each): due[each.id].at for each in old if each.id in due}
    instants |= {id(each): due_now[each.id].at for each in new if each.id in due_now}
    same = {}
    keys = (
        lambda each: each.id,
        lambda each: fold(each.title),
        lambda each: instants.get(id(each)),
    )
    for was, assignment in _pair(old, new, keys, lambda each: each.title):
        if was is not None and assignment is not None:
            same[was.id] = was, assignment
            if not is_same_title(was.title, assignment.title):
                found.add("deadline", assignment.id, Retitled(None, was.title, assignment.title))
        elif assignment is not None:
            first = due_now.get(assignment.id)
            at = first.at if first is not None and not first.meeting else None
            found.add("deadline", assignment.id, Added((assignment.title,), due=at))
        elif was is not None:
            found.add("deadline", was.id, Removed((was.title,)))
    return same


def _name_deadline(deadline: DeadlineFacts, assignment: AssignmentFacts, form: NormalForm) -> tuple[str, ...]:
    """Return what is due, with the class of a series, and with the assignment of a step."""
    meeting = (form.meetings or {}).get(deadline.meeting or "")
    if meeting is not None:
        return deadline.title, meeting.topic
    return (deadline.title,) if deadline.title == assignment.title else (assignment.title, deadline.title)


class _Movers:
    """The stories of classes that move, for what is due with them."""

    def __init__(self, found: _Gathered) -> None:
        """Take what has been found about classes."""
        self._by_meeting: dict[str, _Tale] = {}
        self._by_shift: dict[timedelta, _Tale] = {}
        for tale in (*found.tales, *found.things.values()):
            for id, shift in tale.moved.items():
                self._by_meeting.setdefault(id, tale)
                self._by_shift.setdefault(shift, tale)

    def find(self, before: DeadlineFacts, now: DeadlineFacts, *, as_written: bool) -> _Tale | None:
        """Return the story to which it belongs that something is due at another time, if it does.

        It is due with one of the classes; or what is written of it is the same, and it moves by as many days as one.
        """
        if now.meeting is not None:
            return self._by_meeting.get(now.meeting)
        if now.at is None or before.at is None or not as_written:
            return None
        return self._by_shift.get(now.at.date() - before.at.date())


def match_readings(before: Mapping[str, ReadingFacts], now: Mapping[str, ReadingFacts]) -> dict[str, str]:
    """Return the ids that readings have now by those that they had; one with another id has its title or address."""
    by_title = {fold(each.title): id for id, each in now.items()}
    by_url = {each.url: id for id, each in now.items() if each.url}
    return {
        id: id if id in now else by_title.get(fold(each.title)) or by_url.get(each.url or "") or id
        for id, each in before.items()
    }


def _compare_readings(pairs: list[MeetingPair], before: NormalForm, now: NormalForm, found: _Gathered) -> None:
    """Find which readings classes have or had."""
    if before.readings is None or now.readings is None:
        return
    same = match_readings(before.readings, now.readings)
    titles = {id: each.title for form in (before, now) for id, each in (form.readings or {}).items()}
    for was, is_now in pairs:
        if was is None or is_now is None:
            continue
        required, optional = ([same.get(id, id) for id in ids] for ids in (was.required, was.optional))
        ways: dict[Literal["required", "optional", "dropped", "now required", "now optional"], list[str]] = {
            "required": [id for id in is_now.required if id not in required and id not in optional],
            "optional": [id for id in is_now.optional if id not in required and id not in optional],
            "dropped": [id for id in (*required, *optional) if id not in is_now.required and id not in is_now.optional],
            "now required": [id for id in is_now.required if id in optional and id not in required],
            "now optional": [
                id for id in is_now.optional if id in required and id not in optional and id not in is_now.required
            ],
        }
        for how, ids in ways.items():
            if ids:
                read = tuple(titles.get(id, id) for id in dict.fromkeys(ids))
                found.add("reading", is_now.id, Read((is_now.topic,), how, read))


def _compare_events(before: NormalForm, now: NormalForm, found: _Gathered) -> None:
    """Find what is different about events."""
    if before.events is None or now.events is None:
        return
    pairs = _pair(
        before.events.values(),
        now.events.values(),
        (lambda each: each.id, lambda each: fold(each.name), lambda each: each.when),
        lambda each: each.name,
    )
    for was, is_now in pairs:
        if was is None and is_now is not None:
            found.add("event", is_now.id, Added((is_now.name,), is_now.when))
        elif is_now is None and was is not None:
            found.add("event", was.id, Removed((was.name,)))
        elif was is not None and is_now is not None:
            if not is_same_title(was.name, is_now.name):
                found.add("event", is_now.id, Retitled(None, was.name, is_now.name))
            if was.when != is_now.when:
                found.add("event", is_now.id, Moved((is_now.name,), was.when, is_now.when))
            if (was.place or "") != (is_now.place or ""):
                found.add("event", is_now.id, Relocated((is_now.name,), was.place, is_now.place))
