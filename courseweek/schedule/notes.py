"""Notes at their readings and meetings: by id, with the one that is meant by another word for it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from courseweek.diagnostics import Diagnostics, Edit
from courseweek.model.gaps import Gaps
from courseweek.model.meeting import Meeting
from courseweek.model.page import Note, Page
from courseweek.model.reading import Reading
from courseweek.model.slug import make_slug
from courseweek.regex import lazy_pattern
from courseweek.schedule.lookup import Lookup, name_day

_OPENING = lazy_pattern(r"---[ \t]*\r?\n")


def check_notes(
    notes: Sequence[Note],
    readings: Sequence[Reading],
    rows: Sequence[Meeting],
    gaps: Gaps,
    found: Diagnostics,
) -> None:
    """Report each note about a reading or meeting that doesn't exist, with the id that is meant.

    What `gaps` hide was reported before.
    """
    known_readings = {reading.id: reading for reading in readings}
    known_meetings = {row.id: row for row in rows if row.pause is None}
    lookup = Lookup(rows, readings, notes)
    for note in notes:
        if note.reading is None and note.meeting is None and not note.torn:
            _report_nothing(note, lookup, found)
        elif note.reading is not None:
            if note.reading not in known_readings and not _is_hidden(note.reading, gaps.hide_reading):
                _report_no_reading(note, note.reading, known_readings, known_meetings, lookup, found)
        elif note.meeting is not None and note.meeting not in known_meetings:
            if _is_hidden(note.meeting, gaps.hide_meeting):
                continue
            _report_no_meeting(note, note.meeting, known_readings, known_meetings, lookup, found)


def _is_hidden(text: str, hide: Callable[[str], bool]) -> bool:
    return hide(text) or hide(make_slug(text))


def _report_no_reading(
    note: Note,
    text: str,
    readings: dict[str, Reading],
    meetings: dict[str, Meeting],
    lookup: Lookup,
    found: Diagnostics,
) -> None:
    place = note.page.origin.of("reading")
    message = f"there is no reading with the id `{_shorten(text)}`"
    several = [part for part in _divide(text) if part in readings]
    if len(several) > 1:
        _report_several(note, "reading", several, found)
        return
    if text in meetings:
        message = f"`{text}` is a meeting ({name_day(meetings[text])}), not a reading"
        found.error("unknown-reading", message, place, help=f"write meeting: {text}, or the id of one of its readings")
        return
    meant = lookup.reading(text)
    if meant is not None:
        found.error("unknown-reading", message, place, help=meant.help, fix=meant.fix(text, place))
        return
    elsewhere = lookup.meeting(text) if not text.isdigit() else None
    if elsewhere is not None and elsewhere.only:
        help = f"if the note is about that meeting, write meeting: {elsewhere.only}"
        found.error("unknown-reading", message, place, help=help)
        return
    titles = {make_slug(reading.title): id for id, reading in readings.items()}
    _report_near(note, "reading", text, message, titles | dict(zip(readings, readings, strict=True)), found)


def _report_no_meeting(
    note: Note,
    text: str,
    readings: dict[str, Reading],
    meetings: dict[str, Meeting],
    lookup: Lookup,
    found: Diagnostics,
) -> None:
    place = note.page.origin.of("meeting")
    message = f"there is no meeting with the id `{_shorten(text)}`"
    several = [part for part in _divide(text) if part in meetings]
    if len(several) > 1:
        _report_several(note, "meeting", several, found)
        return
    meant = lookup.meeting(text)
    if meant is not None:
        found.error("unknown-meeting", message, place, help=meant.help, fix=meant.fix(text, place))
        return
    other = text if text in readings else None
    if other is None and (elsewhere := lookup.reading(text)) is not None:
        other = elsewhere.only
    if other is not None:
        message = f"`{_shorten(text)}` is a reading, not a meeting"
        found.error("unknown-meeting", message, place, help=f"write reading: {other}, or the id of its meeting")
        return
    topics = {make_slug(row.topic): id for id, row in meetings.items()}
    _report_near(note, "meeting", text, message, topics | dict(zip(meetings, meetings, strict=True)), found)


def _report_nothing(note: Note, lookup: Lookup, found: Diagnostics) -> None:
    """Report a note that says nothing of what it is about, with what its title or its file's name means."""
    page = note.page
    line = _guess_subject(page, lookup)
    source = page.origin.span.source
    opening = _OPENING.match(source.text)
    if line is None and opening is not None:
        help = "add reading: and the id of its reading, or meeting: and the id of its meeting"
    elif line is None:
        help = "write these lines at the top of the file, with the id of its reading for ID:\n---\nreading: ID\n---"
    else:
        help = f"add {line}" if opening is not None else f"write these lines at the top of the file:\n---\n{line}\n---"
    fix: tuple[Edit, ...] = ()
    if line is not None:
        end = "\r\n" if "\r\n" in source.text[:200] else "\n"
        at = opening.end() if opening is not None else 0
        block = f"{line}{end}" if opening is not None else f"---{end}{line}{end}---{end}"
        fix = (Edit(source.span(at, at), block),)
    message = "a note names either the reading or the meeting that it is about"
    found.error("note-of-nothing", message, page.origin.span, help=help, fix=fix)


def _guess_subject(page: Page, lookup: Lookup) -> str | None:
    """Return the line that says what a note is about, where its title or its file's name is that of one thing."""
    for text in (page.title, page.name.rpartition("/")[2]):
        reading, meeting = lookup.reading(text), lookup.meeting(text)
        if reading is not None and reading.only:
            return f"reading: {reading.only}"
        if meeting is not None and meeting.only and not any(char.isdigit() for char in text):
            return f"meeting: {meeting.only}"
    return None


def _report_several(note: Note, what: str, ids: Sequence[str], found: Diagnostics) -> None:
    message = f"a note is about one {what}, and here are {len(ids)}"
    more = "another note" if len(ids) == 2 else "other notes"
    help = f"write {what}: {ids[0]}, and {more} about {' and '.join(f'`{id}`' for id in ids[1:])}"
    found.error(f"unknown-{what}", message, note.page.origin.of(what), help=help)


def _report_near(
    note: Note, what: str, text: str, message: str, candidates: dict[str, str], found: Diagnostics
) -> None:
    near = found.suggest(text, candidates)
    help = f"did you mean `{candidates[near]}`?" if near else f"write the id of a {what}; course.json lists them"
    found.error(f"unknown-{what}", message, note.page.origin.of(what), help=help)


def _divide(text: str) -> list[str]:
    """Return the words of a list that is written as one text: `a, b`, `a and b`, `[a, b]`."""
    return [part.strip() for part in re.split(r"[,;&+]|\sand\s", text.strip("[]{} ")) if part.strip()]


def _shorten(text: str) -> str:
    return text if len(text) <= 100 else f"{text[:100].rstrip()} …"
