"""What is on, what is due next and this week's rows: the panels at the top of the home page.

The script `assets/theme/today.js` makes the same panels out of the schedule's rows; a test compares the two.
"""

from __future__ import annotations

from courseweek.files.paths import relative_link
from courseweek.language.locale import Locale
from courseweek.model.meeting import Schedule
from courseweek.model.term import Break
from courseweek.plan.plan import Plan
from courseweek.render.direction import isolate, isolate_plain
from courseweek.render.views import words
from courseweek.render.views.layout_values import (
    DueNextView,
    EntryView,
    LinkView,
    NowView,
    RowView,
    SilentView,
    ThisWeekView,
    WeekView,
)
from courseweek.render.views.rows import name_day
from courseweek.schedule.focus import Focus
from courseweek.schedule.sittings import is_over

_PLACE = "{day}"
"""Where the script puts a day into a message."""


def view_now(plan: Plan, focus: Focus, weeks: tuple[WeekView, ...], path: str) -> NowView:
    """Return what is on as the page at `path` shows it; `weeks` are the rows there."""
    locale, zone = plan.locale, plan.course.syllabus.term.zone
    message = _message(focus, plan.schedule, locale)
    rows = {row.id: row for week in weeks for row in week.rows}
    return NowView(
        is_over=focus.state == "over",
        follow_next=_follows_next(plan),
        message=message,
        anchor=message is not None and focus.current is None,
        entries=tuple(EntryView(rows[row.id], rows[row.id].mark, row in focus.over) for row in focus.shown),
        further=_further(plan, path),
        words="|".join(each.replace("|", "/") for each in _words_of_script(locale, plan.schedule.last_week)),
        zone=zone.key,
        clock=locale.hour_cycle,
        silent=tuple(
            SilentView(_name_pause(each.pause, locale), words.utc_spans(each.spans)) for each in plan.schedule.silent
        ),
    )


def view_due_next(plan: Plan, focus: Focus, weeks: tuple[WeekView, ...], path: str) -> DueNextView | None:
    """Return what is due next as the page at `path` shows it, each as its row has it; None if nothing is ever due."""
    shown = {
        (view.id, view.at): (view, row)
        for week in weeks
        for row in week.rows
        for view in (*row.deadlines, *row.exam_dates)
        if view.word != "out"
    }
    if not shown:
        return None
    items = (shown[each.id, words.utc_instant(each.at)] for each in focus.due if each.at is not None)
    page = plan.page_with("deadlines")
    more = relative_link(path, page.path, "" if page.name == "deadlines" else "page.deadlines") if page else None
    return DueNextView(
        tuple((view, _name_meeting(row, plan.locale) if view.of_row else None) for view, row in items), more
    )


def view_this_week(plan: Plan, focus: Focus, weeks: tuple[WeekView, ...]) -> ThisWeekView:
    """Return the rows of the marked week, less those that hold only deadlines, and links to the weeks beside it."""
    locale = plan.locale
    time = "" if any(week.time is not None for week in weeks) else None
    heading = locale.gettext("Coming up") if _follows_next(plan) else locale.gettext("This week")
    if focus.week is None:
        return ThisWeekView(heading, None, (), None, None, time)
    all_weeks = plan.schedule.weeks
    at = all_weeks.index(focus.week)
    over = {row.id for row in focus.week.meetings if is_over(row, focus.now)}
    with_class = (
        view
        for week, view in zip(all_weeks[at + 1 :], weeks[at + 1 :], strict=True)
        if any(row.pause is None for row in week.meetings)
    )
    after = next(with_class, None)
    return ThisWeekView(
        heading,
        weeks[at].name,
        tuple((row, row.id in over or (row.event and row.past)) for row in weeks[at].rows if not row.only_deadlines),
        weeks[at - 1].href if at else None,
        after.href if after is not None else None,
        weeks[at].time or time,
    )


def _follows_next(plan: Plan) -> bool:
    return plan.course.syllabus.site.highlight == "next meeting"


def _words_of_script(locale: Locale, last: int | None) -> tuple[str, ...]:
    """Return the words that the script writes, in the order in which it takes them; `last` is the last week."""
    return (
        locale.gettext("Today"),
        locale.gettext("Next"),
        locale.gettext("This week"),
        locale.gettext("Read before class"),
        locale.gettext("Due"),
        locale.gettext("over"),
        locale.gettext("now, until {time}"),
        locale.gettext("{time} your time"),
        locale.gettext("for {meeting}"),
        _starts(_PLACE, locale),
        _no_class(_PLACE, locale),
        _no_more(locale),
        _over(locale),
        locale.gettext("Week {number} of {last}", number="{number}", last=last if last is not None else ""),
    )


def _message(focus: Focus, schedule: Schedule, locale: Locale) -> str | None:
    """Return why there is not a week to show, or the break of which this is a day without a row."""
    if focus.state == "empty":
        return locale.gettext("The schedule is not out yet")
    if focus.state == "before":
        first = next((row for row in schedule.meetings if row.pause is None), schedule.meetings[0])
        return _starts(name_day(first, locale), locale)
    if focus.state in ("last", "over"):
        return _no_more(locale) if focus.state == "last" else _over(locale)
    if focus.pause is not None:
        return _name_pause(focus.pause, locale)
    if focus.state == "pause":
        coming = (*focus.marked, *focus.following)
        first = next((row for row in coming if row.pause is None), coming[0])
        return _no_class(name_day(first, locale), locale)
    return None


def _starts(day: str, locale: Locale) -> str:
    return locale.gettext("Starts {day}", day=day)


def _no_class(day: str, locale: Locale) -> str:
    return locale.gettext("No class this week, next: {day}", day=day)


def _no_more(locale: Locale) -> str:
    return locale.gettext("No more meetings")


def _over(locale: Locale) -> str:
    return locale.gettext("The term is over")


def _name_pause(pause: Break, locale: Locale) -> str:
    """Return "Spring break, until Sun 21 Mar", isolated from what is around it."""
    name, day = isolate_plain(pause.name), locale.short_day(pause.ends)
    if pause.starts == pause.ends:
        return locale.gettext("{name}, {day}", name=name, day=day)
    return locale.gettext("{name}, until {day}", name=name, day=day)


def _further(plan: Plan, path: str) -> tuple[LinkView, ...]:
    """Return where to go from a course that is over: its readings and its past terms."""
    readings = plan.page_with("readings")
    links = [LinkView(plan.locale.gettext("Readings"), relative_link(path, readings.path))] if readings else []
    terms = (LinkView(term.title, relative_link(path, term.home)) for term in plan.course.past_terms)
    return (*links, *terms)


def _name_meeting(row: RowView, locale: Locale) -> str:
    """Return "for Hardware": the meeting of a series."""
    return locale.gettext("for {meeting}", meeting=isolate(row.topic))
