"""The calendars are read back from their bytes, by a small reader of their own, and held to `course.json`.

Passing: a class at 13:00 in Los Angeles begins at 21:00 in UTC, and each line has at most 75 octets (RFC 5545).
Failing: an event on the day before, an event that is missing, two events of one UID, a property without a value.

No text of a course can bring any of that about: the builder itself failed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from courseweek.checks.output.selfcheck import MOST_REPORTED, SelfCheckError
from courseweek.plan.plan import CALENDAR_ENDING
from courseweek.schedule.instants import begin_day

LONGEST_LINE = 75
"""Octets of a line without its end (RFC 5545, section 3.1)."""
_DAY = timedelta(days=1)
_Times = tuple[datetime | date | None, datetime | date | None]


def check_calendars(files: Mapping[str, bytes], course_json: bytes) -> None:
    """Raise `SelfCheckError` if a calendar among these files, by path, is not what `course.json` says."""
    wrong: list[str] = []
    seen: dict[str, list[str]] = {}
    for path in sorted(files):
        if path.endswith(CALENDAR_ENDING):
            try:
                events = read_calendar(files[path])
            except ValueError as error:
                wrong.append(f"{path}: {error}")
                continue
            unlike = (uid for uid, lines in events.items() if seen.setdefault(uid, lines) != lines)
            wrong += [f"{path}: {uid} differs from the one in another calendar" for uid in unlike]
    if not wrong and seen:
        wrong = list(_compare(seen, json.loads(course_json)))
    if wrong:
        more = [f"and {len(wrong) - MOST_REPORTED} more"] if len(wrong) > MOST_REPORTED else []
        raise SelfCheckError("\n".join(["the calendars fail the self-check:", *wrong[:MOST_REPORTED], *more]))


def read_calendar(data: bytes) -> dict[str, list[str]]:
    """Return the unfolded lines of each event of a calendar by its UID; raise `ValueError` if it is not well formed."""
    text = data.decode("utf-8")
    if not text.endswith("\r\n") or text.count("\r\n") != text.count("\n") or text.count("\r\n") != text.count("\r"):
        raise ValueError("a line does not end with CR LF")
    if max(map(len, data.split(b"\r\n"))) > LONGEST_LINE:
        raise ValueError(f"a line has more than {LONGEST_LINE} octets")
    lines = text.removesuffix("\r\n").replace("\r\n ", "").split("\r\n")
    if lines[0] != "BEGIN:VCALENDAR" or lines[-1] != "END:VCALENDAR":
        raise ValueError("it is not one calendar")
    events: dict[str, list[str]] = {}
    event: list[str] | None = None
    for line in lines[1:-1]:
        name, colon, value = line.partition(":")
        if not colon or not value:
            raise ValueError(f"the line `{name}` has no value")
        if line == "BEGIN:VEVENT" and event is None:
            event = []
        elif line == "END:VEVENT" and event is not None:
            (uid,) = [each for each in event if each.startswith("UID:")] or [""]
            if uid in events:
                raise ValueError(f"two events have one {uid}")
            events[uid.removeprefix("UID:")], event = event, None
        elif name in ("BEGIN", "END"):
            raise ValueError(f"`{line}` is out of place")
        elif event is not None:
            event.append(line)
    return events


def _compare(events: Mapping[str, list[str]], course: Mapping[str, Any]) -> Iterator[str]:
    """Yield where events and the course differ: in their times, in how often they changed, in which there are."""
    waiting: dict[tuple[str, _Times], list[str]] = {}
    for uid, lines in events.items():
        properties = {name: value for name, _, value in (line.partition(":") for line in lines)}
        stamp = course["memory"]["events"].get(uid, {})
        changed = _write_instant(stamp["changed_at"]) if stamp else ""
        stamps = [properties.get(name) for name in ("SEQUENCE", "DTSTAMP", "LAST-MODIFIED")]
        if stamps != [str(stamp.get("sequence")), changed, changed]:
            yield f"{uid} is not stamped as in course.json"
        times = _read_time(properties, "DTSTART"), _read_time(properties, "DTEND")
        waiting.setdefault((uid.partition("-")[0], times), []).append(uid)
    for kind, id, times in _expect(course):
        some = waiting.get((kind, times), [])
        found = next((uid for uid in some if uid.startswith((f"{kind}-{id}-", f"{kind}-{id}."))), None)
        if found is None:
            yield f"there is no event for the {kind} `{id}` at {times[0]}"
        else:
            some.remove(found)
    for (kind, times), left in waiting.items():
        for uid in left if kind in ("meeting", "deadline", "event") else ():
            yield f"{uid} at {times[0]} is not in course.json"


def _expect(course: Mapping[str, Any]) -> Iterator[tuple[str, str, _Times]]:
    """Yield the kind, the id and the times of each event that calendars must have."""
    zone = ZoneInfo(course["term"]["timezone"])
    for each in course["meetings"]:
        if each["break"] or each["date"] is None:
            continue
        if each["until"] is not None:
            starts = _instant(each["start"]) if each["start"] else begin_day(date.fromisoformat(each["date"]), zone)
            yield "meeting", each["id"], (starts, _instant(each["until"]))
            continue
        for some in each["groups"] or [each]:
            if not some.get("cancelled"):
                yield "meeting", each["id"], _times_of(some, some["date"])
    for each in course["deadlines"]:
        if each["at"] is not None and each["kind"] != "out":
            yield "deadline", each["id"], (_instant(each["at"]), None)
    for each in course["events"]:
        yield "event", each["id"], _times_of(each, each["end_date"])


def _times_of(entry: Mapping[str, Any], last: str) -> _Times:
    if entry["start"] is None:
        return date.fromisoformat(entry["date"]), date.fromisoformat(last) + _DAY
    return _instant(entry["start"]), _instant(entry["end"])


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def _write_instant(text: str) -> str:
    return f"{_instant(text):%Y%m%dT%H%M%SZ}"


def _read_time(properties: Mapping[str, str], name: str) -> datetime | date | None:
    """Return the instant or the day of a property; None if an event does not have it."""
    if name in properties:
        return datetime.strptime(properties[name], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    day = properties.get(f"{name};VALUE=DATE")
    return date(int(day[:4]), int(day[4:6]), int(day[6:])) if day is not None else None
