"""Notes at their readings and meetings: by id, with a suggestion for a near miss."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from courseweek.diagnostics import Diagnostics
from courseweek.model.gaps import Gaps
from courseweek.model.meeting import Meeting
from courseweek.model.page import Note
from courseweek.model.reading import Reading
from courseweek.model.slug import make_slug


def check_notes(
    notes: Sequence[Note],
    readings: Sequence[Reading],
    rows: Sequence[Meeting],
    gaps: Gaps,
    found: Diagnostics,
) -> None:
    """Report each note about a reading or meeting that there is not; a title or its slug counts as a near miss.

    What `gaps` hide was reported before.
    """
    known_readings = {reading.id: reading.id for reading in readings}
    titles = {make_slug(reading.title): reading.id for reading in readings}
    known_meetings = {row.id: row.id for row in rows if row.pause is None}
    topics = {make_slug(row.topic): row.id for row in rows if row.pause is None}
    for note in notes:
        if note.reading is not None and not gaps.hide_reading(note.reading):
            _check(note, "reading", note.reading, known_readings, titles, found)
        elif note.meeting is not None and not gaps.hide_meeting(note.meeting):
            _check(note, "meeting", note.meeting, known_meetings, topics, found)


def _check(
    note: Note, what: str, id: str, known: Mapping[str, str], titles: Mapping[str, str], found: Diagnostics
) -> None:
    if id in known:
        return
    candidates = {**titles, **known}
    near = found.suggest(id, candidates)
    listed = f"did you mean `{candidates[near]}`?" if near else f"write the id of a {what}; course.json lists them"
    found.error(f"unknown-{what}", f"there is no {what} with the id `{id}`", note.page.origin.of(what), help=listed)
