"""Readings at their meetings: lists by id, ids of readings, the same reading used again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from courseweek.diagnostics import Diagnostics
from courseweek.model.gaps import Gaps
from courseweek.model.meeting import AnyMeeting
from courseweek.model.reading import Assigned, Entries, Group, Reading, ReadingList, Reuse
from courseweek.model.slug import make_slug
from courseweek.schedule.ids import Ids
from courseweek.schedule.lookup import Lookup


def attach_readings(
    lists: Mapping[str, ReadingList],
    rows: Sequence[AnyMeeting],
    gaps: Gaps,
    found: Diagnostics,
) -> tuple[tuple[AnyMeeting, ...], tuple[Reading, ...]]:
    """Return the rows with their readings, and all readings with their ids in the order of `readings.yaml`.

    A list under an id that no meeting has, and a reuse of a missing reading, are reported, unless `gaps`
    hide them.
    """
    identified = _give_ids(lists, frozenset(row.id for row in rows), found)
    by_id = {reading.id: reading for reading in identified.values()}
    meetings = {row.id: row for row in rows if row.pause is None}
    for each in lists.values():
        if each.meeting not in meetings and not gaps.hide_meeting(each.meeting):
            _report_unknown(each, lists, rows, found)
    attached: list[AnyMeeting] = []
    for row in rows:
        written = lists.get(row.id) if row.pause is None else None
        if written is None:
            attached.append(row)
            continue
        required = tuple(_resolve(entries, identified, by_id, gaps, found) for entries in written.required)
        optional = tuple(_resolve(entries, identified, by_id, gaps, found) for entries in written.optional)
        attached.append(replace(row, required=_filled(required), optional=_filled(optional)))
    for each in lists.values():
        if each.meeting not in meetings:
            for entries in (*each.required, *each.optional):
                _resolve(entries, identified, by_id, gaps, found)
    return tuple(attached), tuple(identified.values())


def _filled(groups: tuple[Group, ...]) -> tuple[Group, ...]:
    return tuple(group for group in groups if group.assigned)


def _give_ids(lists: Mapping[str, ReadingList], meetings: frozenset[str], found: Diagnostics) -> dict[int, Reading]:
    """Return each written reading with its id, by the identity of the reading as it was read.

    On a page a reading is `reading-ID`, which a meeting may be too: the id of that meeting is not given again.
    """
    written = [
        entry
        for each in lists.values()
        for entries in (*each.required, *each.optional)
        for entry in entries.entries
        if isinstance(entry, Reading)
    ]
    ids = Ids(lambda text: f"reading-{text}" in meetings, "the meeting whose id is `reading-` followed by this id")
    claimed = {id(reading): ids.claim(reading.id, reading.origin.of("id"), found) for reading in written if reading.id}
    identified = {}
    for place, reading in enumerate(written, 1):
        given = claimed.get(id(reading)) or ids.make(reading.title, f"reading-{place}", reading.origin.span)
        identified[id(reading)] = replace(reading, id=given)
    return identified


def _resolve(
    entries: Entries, identified: Mapping[int, Reading], by_id: Mapping[str, Reading], gaps: Gaps, found: Diagnostics
) -> Group:
    assigned = []
    for entry in entries.entries:
        if isinstance(entry, Reuse):
            reading = by_id.get(entry.id)
            if reading is None and gaps.hide_reading(entry.id):
                continue
            if reading is None:
                _report_no_reading(entry, by_id, found)
                continue
            assigned.append(Assigned(reading, entry.note, entry.pages, again=True, origin=entry.origin))
        else:
            reading = identified[id(entry)]
            assigned.append(Assigned(reading, reading.note, reading.pages, again=False, origin=entry.origin))
    return Group(entries.heading, tuple(assigned))


def _report_no_reading(entry: Reuse, by_id: Mapping[str, Reading], found: Diagnostics) -> None:
    """Report a reuse of a reading that doesn't exist, with the one that is meant."""
    place = entry.origin.of("reuse")
    message = f"no reading has the id `{entry.id}`"
    meant = Lookup((), by_id.values()).reading(entry.id)
    if meant is not None:
        fix = meant.fix(entry.id, place)
        found.error("unknown-reading", message, place, help=meant.help, fix=fix)
        return
    near = found.suggest(entry.id, by_id)
    help = f"did you mean `{near}`?" if near else "write the id of a reading in this file"
    found.error("unknown-reading", message, place, help=help)


def _report_unknown(
    unknown: ReadingList, lists: Mapping[str, ReadingList], rows: Sequence[AnyMeeting], found: Diagnostics
) -> None:
    span = unknown.origin.span
    message = f"no meeting has the id `{unknown.meeting}`"
    for row in rows:
        if row.pause is not None and unknown.meeting in (row.id, make_slug(row.topic)):
            elsewhere = "write the id of the meeting before or after the break"
            message += f"; `{row.topic}` is a break and has no readings"
            found.error("unknown-meeting", message, span, help=elsewhere)
            return
    refused = {row.id for row in rows if row.written is not None and row.written.id not in (None, row.id)}
    meant = Lookup(rows).meeting(unknown.meeting)
    if meant is not None and not refused & {id for id, _ in meant.choices}:
        other = lists.get(meant.only or "")
        fix = meant.fix(unknown.meeting, span) if other is None else ()
        there = (other.origin.span, "its list is here; move the readings there") if other is not None else None
        found.error("unknown-meeting", message, span, help=meant.help, other=there, fix=fix)
        return
    ids = [row.id for row in rows if row.pause is None]
    topics: dict[str, str] = {}
    for row in rows:
        if row.pause is None:
            topics.setdefault(make_slug(row.topic), row.id)
    near = found.suggest(unknown.meeting, ids)
    by_topic = None if near else found.suggest(unknown.meeting, topics, cutoff=0.75)
    near = topics[by_topic] if by_topic else near
    if refused and (near is None or near in refused):
        return  # a meeting's own id could not be used, which has been reported
    listed = ", ".join(f"`{row.id}`" for row in rows if row.pause is None and row.written is not None)
    help = f"did you mean `{near}`?" if near else f"the meetings are {listed}" if listed else None
    found.error("unknown-meeting", message, span, help=help)
