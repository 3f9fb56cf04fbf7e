"""Notes at their readings and meetings: by id, with the one that is meant by another word for it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Literal

from courseweek.diagnostics import Diagnostics, Edit
from courseweek.model.gaps import Gaps
from courseweek.model.meeting import AnyMeeting
from courseweek.model.page import Note, Page
from courseweek.model.reading import Reading
from courseweek.model.slug import make_slug
from courseweek.regex import lazy_pattern
from courseweek.schedule.lookup import Lookup, name_day

_OPENING = lazy_pattern(r"---[ \t]*\r?\n")


def check_notes(
    notes: Sequence[Note],
    readings: Sequence[Reading],
    rows: Sequence[AnyMeeting],
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
        if note.reading is not None:
            if note.reading not in known_readings and not _is_hidden(note.reading, gaps.hide_reading):
                _report_unknown(note, "reading", note.reading, known_readings, known_meetings, lookup, found)
        elif note.meeting is None:
            if not note.torn:
                _report_nothing(note, lookup, found)
        elif note.meeting not in known_meetings and not _is_hidden(note.meeting, gaps.hide_meeting):
            _report_unknown(note, "meeting", note.meeting, known_readings, known_meetings, lookup, found)


def _is_hidden(text: str, hide: Callable[[str], bool]) -> bool:
    return hide(text) or hide(make_slug(text))


def _report_unknown(
    note: Note,
    what: Literal["reading", "meeting"],
    text: str,
    readings: dict[str, Reading],
    meetings: dict[str, AnyMeeting],
    lookup: Lookup,
    found: Diagnostics,
) -> None:
    """Report a text that is not the id of a reading or meeting, with what is meant by it."""
    name, place = f"unknown-{what}", note.page.origin.of(what)
    message = f"there is no {what} with the id `{_shorten(text)}`"
    if what == "reading":
        titles = {id: reading.title for id, reading in readings.items()}
    else:
        titles = {id: row.topic for id, row in meetings.items()}
    several = [part for part in divide_ids(text) if part in titles]
    if len(several) > 1:
        more = "another note" if len(several) == 2 else "other notes"
        others = " and ".join(f"`{id}`" for id in several[1:])
        message = f"a note is about one {what}, and here are {len(several)}"
        found.error(name, message, place, help=f"write {what}: {several[0]}, and {more} about {others}")
        return
    meant = None if text in meetings else lookup.reading(text) if what == "reading" else lookup.meeting(text)
    if meant is not None:
        found.error(name, message, place, help=meant.help, fix=meant.fix(text, place))
        return
    other = _of_a_meeting(text, meetings, lookup) if what == "reading" else _of_a_reading(text, readings, lookup)
    if other is not None:
        found.error(name, other[0] or message, place, help=other[1])
        return
    candidates = {make_slug(title): id for id, title in titles.items()} | {id: id for id in titles}
    near = found.suggest(text, candidates)
    help = f"did you mean `{candidates[near]}`?" if near else f"write the id of a {what}; course.json lists them"
    found.error(name, message, place, help=help)


def _of_a_meeting(text: str, meetings: dict[str, AnyMeeting], lookup: Lookup) -> tuple[str | None, str] | None:
    """Return a better message, if there is one, and the help where the id of a reading is wanted and this is not."""
    if text in meetings:
        message = f"`{text}` is a meeting ({name_day(meetings[text])}), not a reading"
        return message, f"write meeting: {text}, or the id of one of its readings"
    meant = lookup.meeting(text) if not text.isdigit() else None
    if meant is None or not meant.only:
        return None
    return None, f"if the note is about that meeting, write meeting: {meant.only}"


def _of_a_reading(text: str, readings: dict[str, Reading], lookup: Lookup) -> tuple[str, str] | None:
    """Return the message and help where the id of a meeting is wanted and this means a reading."""
    meant = None if text in readings else lookup.reading(text)
    other = text if text in readings else meant.only if meant is not None else None
    if other is None:
        return None
    return f"`{_shorten(text)}` is a reading, not a meeting", f"write reading: {other}, or the id of its meeting"


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


def divide_ids(text: str) -> list[str]:
    """Return the words of a list that is written as one text: `a, b`, `a and b`, `[a, b]`."""
    return [part.strip() for part in re.split(r"[,;&+]|\sand\s", text.strip("[]{} ")) if part.strip()]


def _shorten(text: str) -> str:
    return text if len(text) <= 100 else f"{text[:100].rstrip()} …"
