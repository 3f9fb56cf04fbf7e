"""What has changed, in one line for the person who builds the site."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import chain

from courseweek.language.locale import EN
from courseweek.model.course import Course
from courseweek.model.meeting import Schedule
from courseweek.model.published import Published
from courseweek.published.comparison import (
    Added,
    Canceled,
    Difference,
    Due,
    Moved,
    NoClass,
    Read,
    Relocated,
    Removed,
    Retitled,
    Story,
    compare_courses,
)
from courseweek.published.course_data import describe_dates
from courseweek.published.normal_form import Misshapen, When

MOST_NAMED = 3
"""Of more things that change in the same way, the line has the number."""
LONGEST_NAME = 32
"""The rest of a longer title is left out (characters)."""


def summarize_changes(before: Published, course: Course, schedule: Schedule, now: datetime) -> str:
    """Return a line about what is different from before, as `summarize`; nothing where that can't be known."""
    try:
        return summarize(compare_courses(before.content, describe_dates(course, schedule, now)))
    except Misshapen:
        return ""


def summarize(stories: Sequence[Story]) -> str:
    """Return what has changed, such as "7 meetings move: Field trip 31 Mar → 7 Apr, …"; nothing if nothing has.

    Materials that were released are left out: that was planned.
    """
    found = [(story.kind, each) for story in stories for each in (story.lead, *story.parts)]
    about_events = [each for kind, each in found if kind == "event"]
    clauses, room = [], True
    kinds = chain(_list_kinds([each for kind, each in found if kind != "event"]), _list_kinds(about_events, "event"))
    for one, many, named in kinds:
        if not named:
            continue
        # The first clause names some of many; the others name all or nothing, so that the line stays short.
        listed = named if len(named) <= MOST_NAMED + 1 else named[:MOST_NAMED] if room else []
        more = f" and {len(named) - len(listed)} more" if listed and len(listed) < len(named) else ""
        counted = f"{len(named)} {one if len(named) == 1 else many}"
        clauses.append(f"{counted}: {', '.join(listed)}{more}" if listed else counted)
        room = room and not more
    return "; ".join(clauses)


def _list_kinds(found: Sequence[Difference], noun: str = "meeting") -> Iterator[tuple[str, str, list[str]]]:
    """Yield each way of changing, in words for one thing and for many, with what has changed so."""
    lost = [day for each in found if isinstance(each, NoClass) and not each.before for day in each.days]
    back = [day for each in found if isinstance(each, NoClass) and each.before for day in each.days]
    yield ("day loses its class", "days lose their classes", [_say_day(day) for day in lost])
    yield ("day has class again", "days have class again", [_say_day(day) for day in back])
    canceled = [_name(each.title) for each in found if isinstance(each, Canceled) and not each.before]
    again = [_name(each.title) for each in found if isinstance(each, Canceled) and each.before]
    yield ("group has no class", "groups have no class", canceled)
    yield ("group has class again", "groups have class again", again)
    moved = [f"{_name(each.title)} {_say_move(each)}" for each in found if isinstance(each, Moved)]
    yield (f"{noun} moves", f"{noun}s move", moved)
    due = [f"{_name(each.title)} {_say_due(each)}" for each in found if isinstance(each, Due)]
    yield ("deadline moves", "deadlines move", due)
    yield ("new entry", "new entries", [_name(each.title) for each in found if isinstance(each, Added)])
    gone = [_name(each.title) for each in found if isinstance(each, Removed)]
    yield ("entry is gone", "entries are gone", gone)
    retitled = [f"{_shorten(each.before)} → {_shorten(each.now)}" for each in found if isinstance(each, Retitled)]
    yield ("title changes", "titles change", retitled)
    placed = [f"{_name(each.title)} → {_shorten(each.now or 'none')}" for each in found if isinstance(each, Relocated)]
    yield ("place changes", "places change", placed)
    read = dict.fromkeys(_name(each.title) for each in found if isinstance(each, Read))
    yield "meeting has other readings", "meetings have other readings", list(read)


def _name(title: tuple[str, ...]) -> str:
    return ", ".join(map(_shorten, title))


def _shorten(text: str) -> str:
    return text if len(text) <= LONGEST_NAME else f"{text[: LONGEST_NAME - 1].rstrip()}…"


def _say_move(moved: Moved) -> str:
    before, now = moved.before, moved.now
    if before.day == now.day and before.start is not None and now.start is not None:
        hours = [f"{each.start:%H:%M}" for each in (before, now) if each.start is not None]
        if hours[0] == hours[1] and before.end is not None and now.end is not None:
            return f"{_say_when(now)} until {before.end:%H:%M} → {now.end:%H:%M}"
        return f"{_say_when(now)} {hours[0]} → {hours[1]}"
    return f"{_say_when(before)} → {_say_when(now)}"


def _say_when(when: When) -> str:
    return _say_day(when.day) if when.day is not None else "undecided"


def _say_day(day: date) -> str:
    return EN.short_day(day).partition(" ")[2]


def _say_due(due: Due) -> str:
    def say(at: datetime | None) -> str:
        return f"{_say_day(at.date())}, {at:%H:%M}" if at is not None else "undecided"

    same_hour = None not in (due.before, due.now) and f"{due.before:%H:%M}" == f"{due.now:%H:%M}"
    if same_hour and due.before is not None and due.now is not None and due.before.date() != due.now.date():
        return f"{_say_day(due.before.date())} → {_say_day(due.now.date())}"
    return f"{say(due.before)} → {say(due.now)}"
