"""`content/`: pages of Markdown, notes and announcements."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, timedelta

from courseweek.comments import drop_comments, find_open_comment
from courseweek.diagnostics import Diagnostic, Source
from courseweek.model.origin import Origin
from courseweek.model.page import Announcement, Note, Page
from courseweek.model.term import is_of_other_term, same_day_in_term
from courseweek.read.front_matter import (
    ABOUT_MEETING,
    ANNOUNCEMENT,
    DRAFT,
    LAYOUT,
    NOTE,
    NOTE_AUTHOR,
    NOTE_MEETING,
    NOTE_READING,
    PAGE,
    PAGE_NAV,
    PAGE_TITLE,
    PUBLISH_ON,
    SUBJECTS,
    UNTIL,
    list_written_keys,
    read_front_matter,
)
from courseweek.read.misplaced_files import explain_wrong_folder
from courseweek.read.tables.fields import Record
from courseweek.read.tables.reader import Reader
from courseweek.read.values.dates import Window, explain_longer, read_day
from courseweek.read.values.inline_markdown import plain_text
from courseweek.read.values.markdown_limits import find_flood_in_page
from courseweek.read.values.misread import Misread
from courseweek.regex import lazy_pattern

MOST_DAYS_CURRENT = 30
"""Days after its date on which an announcement may still be on the home page."""

_DATED = lazy_pattern(r"announcements/(\d{4}-\d{2}-\d{2})(?:-(.+))?")
_BEHIND_HASH = lazy_pattern(r":[ \t]*(#[^\s#]+)[ \t]*(?=\r?\n)")
_HEADING = lazy_pattern(r"\s*# +(\S(?:[^\r\n]*\S)?)[ \t]*(?:\r?\n|$)")


def read_page(source: Source, reader: Reader) -> Page | None:
    """Return the page of one file of `content/`; what is wrong with its front matter is reported.

    None for a note or an announcement that belongs to a folder of its own, which is reported.
    """
    if source.name.count("/") > 1 or "reading:" in source.text[:2_000] or "meeting:" in source.text[:2_000]:
        reported = explain_wrong_folder(source.name, list_written_keys(source))
        if reported is not None:
            reader.found.add(reported)
            return None
    record, start, _ = read_front_matter(source, reader, PAGE)
    return _make_page(source, reader, record, start)


def read_note(source: Source, reader: Reader) -> Note:
    """Return the note of one file of `content/notes/`. One that names both a reading and a meeting is reported.

    One that names neither is reported by the schedule, which knows what the note may be about.
    """
    torn = reader.found.has_errors(source.name)
    before = len(reader.found.found)
    record, start, conflict = read_front_matter(source, reader, NOTE)
    torn = torn or conflict or (record is None and reader.found.has_errors(source.name))
    page = _make_page(source, reader, record, start)
    written = record.origin.fields if record is not None else {}
    named = SUBJECTS & written.keys()
    subjects = (NOTE_READING, NOTE_MEETING)
    if record is not None and len(named) == 1 and record.lacks(*subjects) and not record.strange:
        return Note(page, None, None, None, torn=True)
    if record is not None and len(named) == 1:
        return Note(page, record[NOTE_READING], record[NOTE_MEETING], record[NOTE_AUTHOR])
    if named:
        message = "a note is about either a reading or a meeting, and this one names both"
        help = "delete the line `reading:` or the line `meeting:`"
        reader.found.error("note-of-nothing", message, page.origin.of("meeting"), help=help)
    elif record is not None and not torn:
        behind = _read_behind_hash(page, record, reader)
        if behind is not None:
            return behind
    strange = record is not None and record.strange and (not written or _names_subject(reader.found.found[before:]))
    return Note(page, None, None, None, torn=bool(torn or strange or named))


def _read_behind_hash(page: Page, record: Record, reader: Reader) -> Note | None:
    """Return a note that names what it is about as a comment: an address is copied with its `#`."""
    for key in ("reading", "meeting"):
        place = record.origin.keys.get(key)
        comment = _BEHIND_HASH.match(place.source.text, place.end) if place is not None else None
        if place is None or comment is None:
            continue
        span = place.source.span(comment.start(1), comment.end(1))
        reader.found.withdraw("comment", span)
        origin = replace(record.origin, fields={**record.origin.fields, key: span})
        named = {key: comment[1]}
        return Note(replace(page, origin=origin), named.get("reading"), named.get("meeting"), record[NOTE_AUTHOR])
    return None


def _names_subject(reported: list[Diagnostic]) -> bool:
    """Return whether an unknown key was reported with `reading` or `meeting` in its remedy."""
    helps = [each.help or "" for each in reported if each.name == "unknown-key"]
    return any("reading" in help or "meeting" in help for help in helps)


def read_announcement(source: Source, reader: Reader) -> Announcement | None:
    """Return the announcement of one file of `content/announcements/`, dated by its name."""
    record, start, _ = read_front_matter(source, reader, ANNOUNCEMENT)
    page = _make_page(source, reader, record, start)
    match = _DATED.fullmatch(page.name)
    try:
        if match is None:
            rest = page.name.rpartition("/")[2].lstrip("0123456789-_. ") or "welcome"
            help = f"name it by the day on which it appears, such as 2027-01-20-{rest}.md"
            raise Misread("the name of an announcement begins with its date", help, "bad-date")
        on = read_day(match[1], None)
    except Misread as misread:
        reader.found.error(misread.name, misread.message, source.whole(), help=misread.help)
        return None
    if not page.draft:
        _warn_far(on, source, reader)
    if not page.titled and match[2]:
        page = replace(page, title=_title_of_name(match[2]))
    meeting, until = (record[ABOUT_MEETING], _read_until(record, on, reader)) if record is not None else (None, None)
    return Announcement(page, on, meeting, until)


def _read_until(record: Record, on: date, reader: Reader) -> date | None:
    """Return the last day on which the home page shows an announcement; a date without a year has that of its own."""
    text = record[UNTIL]
    if text is None:
        return None
    last = on + timedelta(days=MOST_DAYS_CURRENT)
    place = record.origin.of(UNTIL.key)
    try:
        until = read_day(text, Window(on, last), reader.language)
    except Misread as misread:
        shown = explain_longer(" ".join(text.split()), Window(on, last), reader.language, ("", "")) or misread
        reader.found.error(shown.name, shown.message, place, help=shown.help)
        return None
    if until < on:
        help = f"write {on} or a later day; if the date of the file is wrong, rename it"
        reader.found.error("ends-before-start", f"{until} is before {on}, the announcement's date", place, help=help)
        return None
    if until > last:
        message = f"{until} is more than {MOST_DAYS_CURRENT} days after {on}, the announcement's date"
        reader.found.error("bad-date", message, place, help=f"write {last} or an earlier day")
        return None
    appears = record[PUBLISH_ON]
    if appears is not None and appears.date() > until:
        message = f"the home page never shows it: it appears on {appears.date()}, after {until}"
        help = f"write {appears.date()} or a later day, or delete `until`"
        reader.found.warning("no-effect", message, place, help=help)
    return until


def _warn_far(on: date, source: Source, reader: Reader) -> None:
    """Warn of an announcement that a past term has left behind, or that has a wrong year."""
    window = reader.window
    if window is None or not is_of_other_term(on, window.starts, window.ends):
        return
    if on < window.starts:
        far = f"eight weeks before the term starts ({window.starts})"
        help = "if it is from a past term, delete the file or write draft: yes in it"
    else:
        far = f"half a year after the term ends ({window.ends})"
        help = f"the term runs from {window.starts} to {window.ends}"
    meant = same_day_in_term(on, window.starts, window.ends)
    if meant is not None:
        name = source.name.rpartition("/")[2].removeprefix(str(on))
        help = f"if its year is wrong, rename the file {meant}{name}; {help}"
    reader.found.warning("outside-term", f"the announcement of {on} is more than {far}", source.whole(), help=help)


def _make_page(source: Source, reader: Reader, record: Record | None, start: int) -> Page:
    name = source.name.removeprefix("content/").removesuffix(".md")
    origin = record.origin if record is not None else Origin(source.whole())
    title = record[PAGE_TITLE] if record is not None else None
    titled = title is not None
    heading = _HEADING.match(source.text, start)
    written, body_at, heading_end = _read_heading(heading)
    words = plain_text(_without_hashes(written))
    if heading is not None and (title is None or title.casefold() == words.casefold()):
        title = title or words or None
        start = body_at
    else:
        heading = None
    flood = find_flood_in_page(source.text[start:])
    if flood is not None:
        help = "shorten the page, or divide it; put code between lines of ```"
        reader.found.error("too-many", flood[1], source.span(start + flood[0], start + flood[0] + 1), help=help)
        start = len(source.text)
    publish_at: datetime | None = record[PUBLISH_ON] if record is not None else None
    return Page(
        name=name,
        title=title or _title_of_name(name),
        titled=titled or heading is not None,
        layout=record[LAYOUT] if record is not None else None,
        in_nav=not (record is not None and record[PAGE_NAV] is False),
        draft=bool(record is not None and record[DRAFT]),
        publish_at=publish_at,
        text=source.text[start:],
        body=source.span(start, len(source.text)),
        heading=source.span(heading.start(1), heading_end) if heading is not None else None,
        origin=origin,
    )


def _read_heading(heading: re.Match[str] | None) -> tuple[str, int, int]:
    """Return a heading without its comments, where the text begins below it, and where the heading ends."""
    if heading is None:
        return "", 0, 0
    written, opened = drop_comments(heading[1])
    if opened < 0:
        return written, heading.end(), heading.end(1)
    # A comment that goes on below belongs to the heading.
    at = heading.start(1) + find_open_comment(heading[1])
    end = heading.string.find("-->", at)
    return (written, heading.end(), heading.end(1)) if end < 0 else (written[:opened], end + 3, at)


def _without_hashes(heading: str) -> str:
    """Return a heading without the `#` that may close it (CommonMark 0.31, section 4.2)."""
    words = heading.rstrip("#")
    return words.rstrip(" ") if words.endswith(" ") else heading


def _title_of_name(name: str) -> str:
    words = re.sub(r"[-_]+", " ", name.rpartition("/")[2]).strip()
    return words[:1].upper() + words[1:] if words else name
