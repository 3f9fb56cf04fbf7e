"""What texts of the last term keep: addresses of its meetings and forms, open points, its name, year and dates."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from courseweek.checks.own_words import bare_words
from courseweek.checks.passages import list_passages
from courseweek.checks.prose.mentions import Mention, find_mentions, may_mention
from courseweek.checks.prose.term_names import find_term_names
from courseweek.checks.prose.terms import TermNames
from courseweek.comments import hide_code
from courseweek.diagnostics import Source, Span
from courseweek.model.course import Course
from courseweek.model.meeting import Schedule
from courseweek.model.term import Term
from courseweek.read.values.dates import Window
from courseweek.read.values.weekdays import WEEKDAYS

Leftover = tuple[str, Span, str]
"""The kind of an item, its place, and what it is."""

MOST_OF_FILE = 1_000
"""Leftovers of one text: more are not listed."""

_ADDRESS = r"https?://(?:[\w-]+\.)*(?:{})[^\s\"'<>()\[\]{{}},]*"
_MEETING = re.compile(
    _ADDRESS.format(
        r"zoom\.us/|zoom\.com/|meet\.google\.com|teams\.microsoft\.com|teams\.live\.com|webex\.com|meet\.jit\.si"
    ),
    re.IGNORECASE,
)
_FORM = re.compile(
    _ADDRESS.format(
        r"docs\.google\.com/forms|forms\.gle|forms\.office\.com|forms\.microsoft\.com|doodle\.com|when2meet\.com"
        r"|typeform\.com|qualtrics\.com|surveymonkey\.com|airtable\.com"
    ),
    re.IGNORECASE,
)
_SIGN_UP = re.compile(_ADDRESS.format(r"docs\.google\.com/spreadsheets|signupgenius\.com"), re.IGNORECASE)
_UNDECIDED = re.compile(
    r"(?<![\w-])(?:TB[ADC]|T\.B\.[ADC]\.)(?![\w-])|\bto be (?:announced|decided|determined|confirmed)\b"
)


# If there are quotes behind a `#`, it may be in a text, unless the line begins with it.
_COMMENT = re.compile(r"(?:^|(?<=[ \t]))#[^\"'\n]*$|^[ ]*#.*$", re.MULTILINE)


def is_meeting(address: str) -> bool:
    """Return whether an address is that of an online meeting."""
    return _MEETING.match(address) is not None


def is_form(address: str) -> bool:
    """Return whether an address is that of a form or a poll."""
    return _FORM.match(address) is not None


def find_in_sources(old: Course, new: Course) -> Iterator[Leftover]:
    """Yield addresses of online meetings, forms, sheets and the old course's channels, and what is open.

    They are found in the syllabus and in pages.
    """
    patterns = [("meeting-links", _MEETING), ("forms", _FORM), ("sign-up", _SIGN_UP)]
    channels = [re.escape(link.url) for link in old.syllabus.links if link.url and not is_meeting(link.url)]
    if channels:
        patterns.append(("channels", re.compile(rf"(?:{'|'.join(channels)})(?![\w-])")))
    for source in _list_sources(new):
        for kind, pattern in patterns:
            for match in _take(pattern.finditer(source.text)):
                yield kind, source.span(*match.span()), match[0]
        words = hide_code(source.text) if source.name.endswith(".md") else _hide_comments(source.text)
        for match in _take(_UNDECIDED.finditer(words)):
            span = source.span(*match.span())
            yield "tbd", span, _line_of(span)


def find_in_passages(old: Course, new: Course, schedule: Schedule) -> Iterator[Leftover]:
    """Yield the last term's name and year in the texts of a course, and dates whose day of the week has changed."""
    before, after = old.syllabus.term, new.syllabus.term
    pattern, names = _name_pattern(before, after), TermNames(after)
    window = (Window(before.starts, before.ends), Window(after.starts, after.ends))
    for passage in list_passages(new, schedule):
        words = bare_words(passage.span.text)
        for span in _find_old_terms(words, pattern, names) if not passage.on_reading else ():
            place = passage.span.within(*span)
            yield "old-term", place, _line_of(place)
        for mention in find_mentions(words) if may_mention(words) else ():
            moved = None if mention.year is not None else _compare_days(mention, *window)
            if moved is not None:
                yield "weekdays", passage.span.within(mention.start, mention.end), moved


def _hide_comments(text: str) -> str:
    """Return a text of YAML with spaces in place of its comments, which are for those who write it."""
    return _COMMENT.sub(lambda match: " " * len(match[0]), text)


def _list_sources(course: Course) -> Iterator[Source]:
    yield course.syllabus.term.origin.span.source
    pages = (*course.pages, *(note.page for note in course.notes), *(each.page for each in course.announcements))
    for page in pages:
        if not page.draft:
            yield page.body.source


def _name_pattern(before: Term, after: Term) -> re.Pattern[str] | None:
    """Return what finds the name of the last term, and the years that the next one does not share; None for neither."""
    years = {before.starts.year, before.ends.year} - {after.starts.year, after.ends.year}
    parts = [rf"(?<![\w-]){year}(?!\w)" for year in sorted(years)]
    if before.name is not None and before.name != after.name:
        parts.insert(0, rf"(?<!\w){re.escape(before.name)}(?!\w)")
    return re.compile("|".join(parts), re.IGNORECASE) if parts else None


def _find_old_terms(words: str, pattern: re.Pattern[str] | None, names: TermNames) -> Iterator[tuple[int, int]]:
    """Yield where a text names a past term in any of its forms, or the last term's name or years."""
    found = [(name.start, name.end) for name in find_term_names(words) if names.is_over(name)]
    end = 0
    for start, stop in sorted([*found, *(match.span() for match in _take(pattern.finditer(words) if pattern else ()))]):
        if start >= end:
            yield start, stop
        end = max(end, stop)


def _compare_days(mention: Mention, before: Window, after: Window) -> str | None:
    """Return how the day of the week of a date without a year has changed; None if it is not one of the old term."""
    old, new = mention.days(before), mention.days(after)
    if len(old) != 1 or mention.weekday not in (None, old[0].weekday()) or before == after:
        return None
    was = f"{mention.name} was a {WEEKDAYS[old[0].weekday()]}"
    if len(new) != 1:
        return f"{was} and is not in the next term"
    return f"{was} and is now a {WEEKDAYS[new[0].weekday()]}" if new[0].weekday() != old[0].weekday() else None


def _take(matches: Iterable[re.Match[str]]) -> Iterator[re.Match[str]]:
    for count, match in enumerate(matches):
        if count >= MOST_OF_FILE:
            return
        yield match


def _line_of(span: Span) -> str:
    """Return the words around a place, from its line."""
    number, column = span.source.position(span.start)
    line = span.source.line(number)
    begin = max(0, column - 1 - 40)
    cut = line[begin : column - 1 + (span.end - span.start) + 40]
    return f"{'…' if begin else ''}{cut.strip()}{'…' if len(line) > begin + len(cut) else ''}"
