"""When each event of the calendars was last changed, and how often: carried forward in the memory of `course.json`.

Readers of calendars take an event as new where its sequence number has grown. It grows with each change of the event,
and from the minutes since 2020 on, so it never falls, also where the memory was lost.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from hashlib import blake2b
from typing import Any

from courseweek.frozen import dataclass
from courseweek.plan.plan import Plan
from courseweek.published.events import CalendarEvent, clean, find_base, list_events
from courseweek.published.slots import When

_EARLIEST, _LATEST = datetime(1970, 1, 2, tzinfo=UTC), datetime(2199, 12, 1, tzinfo=UTC)
_FIRST = datetime(2020, 1, 1, tzinfo=UTC)
_LAST = datetime(2999, 1, 1, tzinfo=UTC)
_SECOND, _MINUTE = timedelta(seconds=1), timedelta(minutes=1)
LARGEST_SEQUENCE = 2**31 - 1
"""RFC 5545, section 3.3.8: an integer."""
LONGEST_BASE = 300
_SECTIONS = {
    "meeting": "meetings",
    "break": "meetings",
    "deadline": "deadlines",
    "out": "deadlines",
    "event": "events",
    "hours": "office_hours",
}
"""The list of `course.json` that has what an event is of."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """The digest of an event's content, its sequence number, and the instant of its last change, in UTC."""

    digest: str
    sequence: int
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class StampedEvents:
    """The events of a course, each with its stamp by its UID; `base` is what the UIDs end with."""

    base: str
    events: tuple[CalendarEvent, ...]
    stamps: Mapping[str, Stamp]

    def find_changes(self) -> dict[tuple[str, str], datetime]:
        """Return when each entry of `course.json` was last changed, by the name of its list and its id there.

        Office hours are named by their place in the list.
        """
        found: dict[tuple[str, str], datetime] = {}
        for event in self.events:
            at = self.stamps[event.uid].changed_at
            for row in event.slot.rows:
                key = (_SECTIONS[event.slot.kind], row)
                found[key] = max(found.get(key, at), at)
        return found

    def describe(self) -> dict[str, Any]:
        """Return the memory as values of JSON."""
        return {
            "base": self.base,
            "events": {
                uid: {"digest": each.digest, "sequence": each.sequence, "changed_at": each.changed_at.isoformat()}
                for uid, each in self.stamps.items()
            },
        }


def find_lasting_base(plan: Plan) -> str:
    """Return the host and path, or the slug, by which programs know the course: once published, it stays."""
    return _read_base(_find_memory(plan)) or clean(find_base(plan.course))


def _find_memory(plan: Plan) -> object:
    return plan.published.content.get("memory") if plan.published is not None else None


def date_build(now: datetime) -> datetime:
    """Return the instant of a build as of `now`, an aware instant, for what changes with it: in UTC, in whole seconds.

    A clock that is wrong by centuries counts as at the end of what can be written and read back.
    """
    if not _EARLIEST.year < now.year < _LATEST.year:
        return _EARLIEST if now.year <= _EARLIEST.year else _LATEST
    return now.astimezone(UTC).replace(microsecond=0)


_STAMPED: list[tuple[Plan, StampedEvents]] = []
"""The plan that was asked about last, and its events: each file that holds them asks."""


def stamp_events(plan: Plan) -> StampedEvents:
    """Return the events of a plan; those that are not as they were published changed at the plan's `now`."""
    for last, stamped in _STAMPED:
        if last is plan:
            return stamped
    _STAMPED[:] = [(plan, _stamp_all(plan))]
    return _STAMPED[0][1]


def _stamp_all(plan: Plan) -> StampedEvents:
    memory, base = _find_memory(plan), find_lasting_base(plan)
    known = _read_stamps(memory)
    events = list_events(plan, base)
    now = date_build(plan.now)
    return StampedEvents(base, events, {each.uid: _stamp(each, known.get(each.uid), now) for each in events})


def _stamp(event: CalendarEvent, before: Stamp | None, now: datetime) -> Stamp:
    """Return the stamp of an event, the one from before where nothing of it has changed."""
    digest = _digest(event)
    if before is not None and before.digest == digest:
        return before
    sequence, at = (now - _FIRST) // _MINUTE, now
    if before is not None:
        sequence, at = max(sequence, before.sequence + 1), max(at, before.changed_at + _SECOND)
    return Stamp(digest, min(max(sequence, 0), LARGEST_SEQUENCE), at)


def _digest(event: CalendarEvent) -> str:
    """Return a hash of all that a calendar shows of an event."""
    times = [_write_time(each) for each in (event.slot.starts, event.slot.ends)]
    content = [*times, event.summary, event.place, event.description, event.url, event.transparent]
    return blake2b(json.dumps(content).encode(), digest_size=10).hexdigest()


def _write_time(when: When | None) -> str | None:
    return when.isoformat() if isinstance(when, date) else None


def _read_base(memory: object) -> str | None:
    """Return the base that was published, if it is one."""
    base = memory.get("base") if isinstance(memory, Mapping) else None
    usable = isinstance(base, str) and 0 < len(base) <= LONGEST_BASE and clean(base) == base and " " not in base
    return base if isinstance(base, str) and usable else None


def _read_stamps(memory: object) -> dict[str, Stamp]:
    """Return the stamps of a memory by UID: data from outside, of which what has another shape is left out."""
    events = memory.get("events") if isinstance(memory, Mapping) else None
    items: Iterable[tuple[object, object]] = events.items() if isinstance(events, Mapping) else ()
    found = {}
    for uid, each in items:
        stamp = _read_stamp(each)
        if isinstance(uid, str) and stamp is not None:
            found[uid] = stamp
    return found


def _read_stamp(content: object) -> Stamp | None:
    if not isinstance(content, Mapping):
        return None
    digest, sequence, changed_at = (content.get(key) for key in ("digest", "sequence", "changed_at"))
    if not isinstance(digest, str) or type(sequence) is not int or not isinstance(changed_at, str):
        return None
    try:
        at = datetime.fromisoformat(changed_at)
        at = at.astimezone(UTC).replace(microsecond=0) if at.tzinfo is not None else _LAST
    except (ValueError, OverflowError):
        return None
    usable = 0 <= sequence < LARGEST_SEQUENCE and _FIRST.replace(year=1970) <= at < _LAST
    return Stamp(digest, sequence, at) if usable else None
