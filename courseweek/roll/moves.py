"""The dates that a person wrote into a course, moved to the same week and day of the week of another term."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time, timedelta
from typing import Literal

from courseweek.diagnostics import Edit, Span
from courseweek.frozen import dataclass
from courseweek.language.language import Language
from courseweek.model.course import Course
from courseweek.model.moment import Moment, OnDay
from courseweek.model.origin import Origin
from courseweek.model.term import AFTER_TERM, BEFORE_TERM, Break, Term
from courseweek.read.values.dates import Window, read_day
from courseweek.read.values.misread import Misread
from courseweek.read.values.moments import read_instant, read_release
from courseweek.roll.term_edit import NewTerm
from courseweek.roll.value_edits import replace_value
from courseweek.roll.written_dates import rewrite_day
from courseweek.schedule.calendar import WeekNumbers, list_class_days, number_weeks

DateKind = Literal["break", "swap", "topic", "deadline", "event", "release"]
"""What a date belongs to."""

_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_MIDNIGHT = time(0)


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date as somebody wrote it: what it dates (`title`, in the words of the course), its day and its place.

    `origin` is that of the mapping that has the `key`. `at` is the time that was written with it, `moment` the moment
    that it is, if it is one.
    """

    kind: DateKind
    title: str
    key: str
    day: date
    span: Span
    origin: Origin
    at: time | None = None
    moment: Moment | None = None

    @property
    def of_page(self) -> bool:
        """Whether it is in the front matter of a page."""
        return self.kind == "release" and self.moment is None

    @property
    def has_year(self) -> bool:
        """Whether the year was written with it."""
        return _YEAR.search(self.span.text) is not None


def list_dates(course: Course, *, with_breaks: bool = True) -> Iterator[WrittenDate]:
    """Yield the dates that move with the term: those of topics, deadlines, events, materials and pages.

    Those of breaks and swaps come first; `with_breaks` says whether the breaks move too. Announcements keep theirs.
    """
    syllabus = course.syllabus
    yield from _dates_of_term(syllabus.term, with_breaks=with_breaks)
    for topic in (each for topics in syllabus.topic_lists for each in topics):
        if topic.date is not None:
            yield WrittenDate("topic", topic.title, "date", topic.date, topic.origin.of("date"), topic.origin)
        yield from _date_moment("topic", topic.title, "until", topic.until, topic.origin)
        for change in topic.groups:
            if change.date is not None:
                title = f"{topic.title} ({change.name})"
                yield WrittenDate("topic", title, "date", change.date, change.origin.of("date"), change.origin)
        for link in topic.materials:
            title = f"{topic.title}: {link.label}"
            yield from _date_moment("release", title, "publish_on", link.released, topic.origin)
    for assignment in syllabus.assignments:
        yield from _date_moment("deadline", assignment.title, "out", assignment.out, assignment.origin)
        yield from _date_moment("deadline", assignment.title, "due", assignment.due, assignment.origin)
        yield from _date_moment(
            "deadline", assignment.title, "accepted_until", assignment.accepted_until, assignment.origin
        )
        for each in assignment.instead:
            title = f"{assignment.title} for {each.meeting}"
            yield from _date_moment("deadline", title, "instead", each.due, assignment.origin)
        for step in assignment.milestones:
            title = f"{assignment.title}: {step.title}"
            yield from _date_moment("deadline", title, "due", step.due, step.origin)
            yield from _date_moment("deadline", title, "accepted_until", step.accepted_until, step.origin)
    for event in syllabus.events:
        yield from _dates_of_range("event", event.name, event.starts, event.ends, event.origin)
    for page in (*course.pages, *(note.page for note in course.notes)):
        if page.publish_at is not None:
            day, at = page.publish_at.date(), page.publish_at.time()
            place = page.origin.of("publish_on")
            written_at = None if at == _MIDNIGHT else at
            yield WrittenDate("release", page.title, "publish_on", day, place, page.origin, written_at)


def _dates_of_term(term: Term, *, with_breaks: bool) -> Iterator[WrittenDate]:
    for pause in term.breaks if with_breaks else ():
        yield from _dates_of_range("break", pause.name, pause.starts, pause.ends, pause.origin)
    for swap in term.swaps:
        yield WrittenDate("swap", swap.name or "swap", "date", swap.date, swap.origin.of("date"), swap.origin)


def _dates_of_range(kind: DateKind, name: str, starts: date, ends: date, origin: Origin) -> Iterator[WrittenDate]:
    one_day = "date" in origin.fields
    for key, day in (("date", starts),) if one_day else (("from", starts), ("to", ends)):
        yield WrittenDate(kind, name, key, day, origin.of(key), origin)


def _date_moment(kind: DateKind, title: str, key: str, moment: Moment | None, origin: Origin) -> Iterator[WrittenDate]:
    if moment is not None and isinstance(moment.rule, OnDay):
        yield WrittenDate(kind, title, key, moment.rule.on, moment.span, origin, moment.time, moment)


class Mover:
    """Moves the days of one term to those of another: the same day of the same week.

    Weeks count as in the schedule. A day before the old term stays as many weeks before the new one, and a day after it
    as many weeks after the last week with classes. What would fall outside the new term is on its first or its last
    day.
    """

    def __init__(self, old: Term, new: NewTerm) -> None:
        """Take the old term as it was read, and what the next one is."""
        self.old = old
        bare = replace(old, starts=new.starts, ends=new.ends, breaks=(), swaps=())
        self._shift = shift = _number(bare).first - _number(old).first
        self._shift_after = _last_week(bare) - _last_week(old)
        self.starts, self.ends = new.starts, new.ends
        swaps = tuple(replace(each, date=self._clamp(each.date + shift)) for each in old.swaps)
        breaks = new.breaks if new.breaks is not None else tuple(map(self.move_break, old.breaks))
        self.new = replace(old, name=new.name, starts=new.starts, ends=new.ends, breaks=breaks, swaps=swaps)
        self._weeks_before, self._weeks_after = _number(old), _number(self.new)

    def _clamp(self, day: date) -> date:
        return min(max(day, self.starts), self.ends)

    def move_break(self, pause: Break) -> Break:
        """Return a break with its days moved; it keeps its length, and weeks count as the calendar does."""
        days = pause.ends - pause.starts
        starts = self._move_outside(pause.starts) or pause.starts + self._shift
        starts = min(starts, self.ends + AFTER_TERM)
        return replace(pause, starts=starts, ends=starts + days)

    def move(self, written: WrittenDate) -> date:
        """Return the day of the new term for a date of the old one."""
        if written.kind == "break":
            found = next(each for each in self.old.breaks if written.span in each.origin.fields.values())
            moved = self.move_break(found)
            return moved.ends if written.key == "to" else moved.starts
        if written.kind == "swap":
            return self._clamp(written.day + self._shift)
        if written.of_page and not self._is_of_old(written.day):
            return written.day
        return self.move_day(written.day)

    def _is_of_old(self, day: date) -> bool:
        """Return whether a day is of the old term; one that was moved before is not, whatever files were written."""
        last = self.old.ends + AFTER_TERM
        if self.starts > self.old.ends:
            last = min(last, self.starts - timedelta(days=1))
        return self.old.starts - BEFORE_TERM <= day <= last

    def move_day(self, day: date) -> date:
        """Return the same day of the same week of the new term."""
        outside = self._move_outside(day)
        if outside is not None:
            return min(max(outside, self.starts - BEFORE_TERM), self.ends + AFTER_TERM)
        number = self._weeks_before.number(day)
        if number is None:
            return self._clamp(day + self._shift)
        return self._clamp(self._weeks_after.first_day(number) + (day - self.old.week_of(day)))

    def _move_outside(self, day: date) -> date | None:
        """Return where a day before or after the old term goes; None for one of the term."""
        if day > self.old.ends:
            return day + self._shift_after
        if day < self.old.starts:
            return day + (self.old.week_of(self.starts) - self.old.week_of(self.old.starts))
        return None


def _number(term: Term) -> WeekNumbers:
    """Return the numbers of a term's weeks; without a weekly pattern, its first day is in the first week."""
    return number_weeks(term, list_class_days(term), None)


def _last_week(term: Term) -> date:
    """Return the first day of a term's last week with classes, in a break or not; without any, of its last week."""
    days = list_class_days(term)
    return term.week_of(days[-1].on if days else term.ends)


def edit_date(written: WrittenDate, day: date, mover: Mover, language: Language) -> Edit | None:
    """Return the edit that moves a date to another day, in the form that its writer chose; None if it is there.

    Where that form would mean another day, and in the front matter of pages, the date gets its year.
    """
    if written.day == day and written.has_year:
        return None
    text = written.span.text
    quote = text[:1] if text[:1] in ("'", '"') and text[-1:] == text[:1] else ""
    inner = written.span.within(len(quote), len(text) - len(quote))
    wanted = rewrite_day(inner.text, day, language)
    keeps_form = written.has_year or not written.of_page
    if wanted is not None and keeps_form and _reads_as(wanted, written, day, mover, language):
        return Edit(inner, wanted) if wanted != inner.text else None
    spelled = day.isoformat() if written.at is None else f"{day.isoformat()} {written.at:%H:%M}"
    return replace_value(written.span, spelled)


def _reads_as(text: str, written: WrittenDate, day: date, mover: Mover, language: Language) -> bool:
    """Return whether a text means this day in the new term, as it meant the old day in the old one."""
    window = Window(mover.starts, mover.ends)
    try:
        if written.moment is not None:
            moment = read_release(text, written.span, window, language=language)
            return moment.rule == OnDay(day) and moment.time == written.moment.time
        if written.of_page:
            instant = read_instant(text, window, mover.old.zone, _MIDNIGHT, language=language)
            return (instant.date(), instant.time()) == (day, written.at or _MIDNIGHT)
        return read_day(text, window, language) == day
    except Misread:
        return False
