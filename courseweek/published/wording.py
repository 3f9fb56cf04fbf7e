"""What has changed, in sentences of the course's language."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import singledispatch

from courseweek.language.locale import Locale, noted, noted_counts
from courseweek.published.comparison import (
    Added,
    Canceled,
    Due,
    Moved,
    NoClass,
    Read,
    Released,
    Relocated,
    Removed,
    Retitled,
    Several,
    Story,
)
from courseweek.published.normal_form import When
from courseweek.regex import lazy_pattern

LONGEST_TITLE = 300
"""The rest of a longer title is left out (characters)."""
MOST_LISTED = 5
MOST_DETAILS = 100
"""Of more readings in a sentence, and of more parts of a change, only the number is given."""
Said = tuple[str, str | None]
"""A sentence, and what was before."""
_UNSEEN = lazy_pattern("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
"""What no format takes, or what would turn the rest of a sentence around."""
_FIRST_STRONG, _END_OF_ISOLATE = "\u2068", "\u2069"
_READ = {
    "required": noted("New required reading for {title}: {readings}"),
    "optional": noted("New optional reading for {title}: {readings}"),
    "dropped": noted("No longer a reading for {title}: {readings}"),
    "now required": noted("Now required reading for {title}: {readings}"),
    "now optional": noted("Now optional reading for {title}: {readings}"),
}
_SEVERAL = {
    "moves": noted_counts("{count} class moves", "{count} classes move"),
    "classes": noted_counts("{count} class changes", "{count} classes change"),
    "readings": noted_counts("The readings of {count} class change", "The readings of {count} classes change"),
    "deadlines": noted_counts("{count} deadline changes", "{count} deadlines change"),
    "events": noted_counts("{count} event changes", "{count} events change"),
}


def say_story(story: Story, locale: Locale) -> tuple[str, str | None, tuple[str, ...]]:
    """Return the sentence of a story, what was before in words, and a line for each of its parts."""
    text, was = say_difference(story.lead, locale)
    moves = sum(isinstance(each, Moved) for each in story.parts)
    if isinstance(story.lead, NoClass) and moves:
        counted = locale.ngettext(*_SEVERAL["moves"], moves)
        text = locale.gettext("{clause}; {following}", clause=text, following=counted)
    lines = []
    for each in story.parts[:MOST_DETAILS]:
        sentence, before = say_difference(each, locale)
        lines.append(
            locale.gettext("{sentence} (was {before})", sentence=sentence, before=before) if before else sentence
        )
    more = len(story.parts) - MOST_DETAILS
    lines += [locale.ngettext("{count} more", "{count} more", more)] if more > 0 else []
    return text, was, tuple(lines)


@singledispatch
def say_difference(difference: object, locale: Locale) -> Said:
    """Return a difference as a sentence without a full stop, and what was before in words."""
    raise TypeError(type(difference))


@say_difference.register
def _(moved: Moved, locale: Locale) -> Said:
    lengths = {_length(moved.before), _length(moved.now)}
    whole = len(lengths) == 2 and None not in lengths
    before, when = (_say_when(each, locale, whole=whole) for each in (moved.before, moved.now))
    return _say_time(noted("{title} is now on {when}"), moved.title, when, locale), before


@say_difference.register
def _(due: Due, locale: Locale) -> Said:
    before, when = (locale.moment(each) if each is not None else None for each in (due.before, due.now))
    return _say_time(noted("{title} is now due {when}"), due.title, when, locale), before


def _say_time(message: str, title: tuple[str, ...], when: str | None, locale: Locale) -> str:
    """Return a message about a new time; None is a time to be decided."""
    named = _name(title, locale)
    if when is None:
        return locale.gettext("{title} has no date for now", title=named)
    return locale.gettext(message, title=named, when=when)


@say_difference.register
def _(placed: Relocated, locale: Locale) -> Said:
    title, before = _name(placed.title, locale), _tidy(placed.before, locale) if placed.before else None
    if not placed.now:
        return locale.gettext("{title} has no place for now", title=title), before
    return locale.gettext("New place for {title}: {place}", title=title, place=_tidy(placed.now, locale)), before


@say_difference.register
def _(retitled: Retitled, locale: Locale) -> Said:
    before, title = _tidy(retitled.before, locale), _tidy(retitled.now, locale)
    day = _say_when(retitled.when, locale) if retitled.when is not None else None
    if day is None:
        return locale.gettext("{before} is now called {title}", before=before, title=title), None
    return locale.gettext("New topic on {day}: {title}", day=day, title=title), before


@say_difference.register
def _(added: Added, locale: Locale) -> Said:
    title = _name(added.title, locale)
    if added.due is not None:
        return locale.gettext("New: {title}, due {when}", title=title, when=locale.moment(added.due)), None
    when = _say_when(added.when, locale) if added.when is not None else None
    if when is None:
        return locale.gettext("New: {title}", title=title), None
    return locale.gettext("New: {title}, {when}", title=title, when=when), None


@say_difference.register
def _(removed: Removed, locale: Locale) -> Said:
    return locale.gettext("No longer in the course: {title}", title=_name(removed.title, locale)), None


@say_difference.register
def _(pause: NoClass, locale: Locale) -> Said:
    days = locale.join_list([locale.short_day(day) for day in pause.days])
    if pause.before:
        return locale.gettext("There is class on {days} after all", days=days), None
    return locale.gettext("No class on {days}: {name}", days=days, name=_tidy(pause.name, locale)), None


@say_difference.register
def _(canceled: Canceled, locale: Locale) -> Said:
    title = _name(canceled.title, locale)
    if canceled.before:
        return locale.gettext("There is class for {title} after all", title=title), None
    return locale.gettext("No class for {title}", title=title), None


@say_difference.register
def _(read: Read, locale: Locale) -> Said:
    return locale.gettext(_READ[read.how], title=_name(read.title, locale), readings=_list(read.readings, locale)), None


@say_difference.register
def _(released: Released, locale: Locale) -> Said:
    title, materials = _name(released.title, locale), _list(released.labels, locale)
    return locale.gettext("New for {title}: {materials}", title=title, materials=materials), None


@say_difference.register
def _(several: Several, locale: Locale) -> Said:
    return locale.ngettext(*_SEVERAL[several.what], several.count), None


def _length(when: When) -> object:
    return when.end - when.start if when.start is not None and when.end is not None else None


def _say_when(when: When, locale: Locale, *, whole: bool = False) -> str | None:
    """Return "Mon 8 Feb, 13:00"; with `whole` also until when it lasts, and None for a date to be decided."""
    if when.day is None:
        return None
    if when.last_day is not None and when.last_day != when.day:
        return locale.day_range(when.day, when.last_day)
    if when.start is None:
        return locale.short_day(when.day)
    if whole and when.end is not None:
        hours = locale.time_range(when.start.time(), when.end.time())
        return locale.gettext("{first}, {second}", first=locale.short_day(when.day), second=hours)
    return locale.moment(when.start)


def _name(title: tuple[str, ...], locale: Locale) -> str:
    """Return a title of one part or several."""
    return locale.comma.join(_tidy(part, locale) for part in title)


def _list(titles: Iterable[str], locale: Locale) -> str:
    """Return titles with semicolons between them: some have commas."""
    listed = [_tidy(each, locale) for each in titles]
    more = len(listed) - MOST_LISTED
    if more > 1:
        listed[MOST_LISTED:] = [locale.ngettext("{count} more", "{count} more", more)]
    return locale.semicolon.join(listed)


def _tidy(text: str, locale: Locale) -> str:
    """Return a contributed text as a part of a sentence: on one line, not too long, its direction its own."""
    text = " ".join(_UNSEEN.sub(" ", text).split())
    text = text if len(text) <= LONGEST_TITLE else f"{text[: LONGEST_TITLE - 1].rstrip()}…"
    other = ("L",) if locale.direction == "rtl" else ("R", "AL")
    if any(unicodedata.bidirectional(character) in other for character in text):
        return f"{_FIRST_STRONG}{text}{_END_OF_ISOLATE}"
    return text
