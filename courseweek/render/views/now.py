"""The card at the top: what is on this week, what is next, what to read for it.

The script `assets/theme/today.js` makes the same card out of the schedule's rows; a test compares the two.
"""

from __future__ import annotations

from courseweek.language.locale import Locale
from courseweek.model.meeting import Meeting, Schedule, SilentDays, Week
from courseweek.model.term import Break
from courseweek.render.direction import isolate_plain
from courseweek.render.views import words
from courseweek.render.views.layout_values import (
    DeadlineView,
    EntryView,
    NowView,
    PanelView,
    RowView,
    SilentView,
    WeekView,
)
from courseweek.render.views.rows import name_day
from courseweek.schedule.focus import Focus


def view_now(
    focus: Focus,
    schedule: Schedule,
    weeks: tuple[WeekView, ...],
    today: str,
    due: tuple[DeadlineView, ...],
    locale: Locale,
    *,
    follow_next: bool,
) -> NowView:
    """Return the card; `today` is the day of the build in words ("Fri 20 Nov 2026"), `due` what is due next."""
    rows = {row.id: row for week in weeks for row in week.rows}
    if focus.state == "on" and focus.week is None:
        panels = [PanelView("Today", None, False, False, _entries(focus.marked, rows))]
    elif focus.state in ("on", "last") and focus.week is not None:
        view = next(view for view in weeks if view.id == focus.week.id)
        panels = _week_panels(focus, focus.week, view, rows, "Coming up" if follow_next else "This week", locale)
    else:
        panels = [PanelView(_message(focus, schedule, locale), None, True, focus.current is None, ())]
        if focus.marked:
            panels += _coming_panels(focus, focus.marked, focus.following, rows)
    silent = tuple(_view_silent(each, locale) for each in schedule.silent)
    return NowView(f"as of {today}", focus.state == "over", follow_next, tuple(panels), due, silent)


def _week_panels(
    focus: Focus, week: Week, view: WeekView, rows: dict[str, RowView], heading: str, locale: Locale
) -> list[PanelView]:
    """Return the week's panel and, if something outside the week is on or comes next, a second one for it."""
    meetings = {row.id: row for row in week.meetings}
    entries = tuple(_entry(each, meetings.get(each.id), focus) for each in view.rows if not each.only_deadlines)
    outside, following = (
        tuple(row for row in some if row not in week.meetings) for some in (focus.marked, focus.following)
    )
    panels = [PanelView(heading, view.name, False, False, entries)]
    if focus.pause is not None:
        panels.append(PanelView(_name_pause(focus.pause, locale), None, True, False, ()))
    if focus.state == "last":
        return [*panels, PanelView(_message_of_last(), None, True, False, ())]
    return panels + _coming_panels(focus, outside, following, rows)


def _coming_panels(
    focus: Focus, marked: tuple[Meeting, ...], following: tuple[Meeting, ...], rows: dict[str, RowView]
) -> list[PanelView]:
    """Return the panel of what is on or comes next; what comes after that if it is a break, or if it isn't shown."""
    panels = [PanelView(focus.mark or "Next", None, False, False, _entries(marked, rows))] if marked else []
    if following and (not marked or marked[0].pause is not None):
        panels.append(PanelView("After that", None, False, False, _entries(following, rows)))
    return panels


def _name_pause(pause: Break, locale: Locale) -> str:
    """Return "Spring break, until Sun 21 Mar", isolated from what is around it."""
    last = locale.short_day(pause.ends)
    return f"{isolate_plain(pause.name)}, {f'until {last}' if pause.starts < pause.ends else last}"


def _view_silent(silent: SilentDays, locale: Locale) -> SilentView:
    return SilentView(_name_pause(silent.pause, locale), words.utc_spans(silent.spans))


def _entry(view: RowView, row: Meeting | None, focus: Focus) -> EntryView:
    """Return a row of this week; the readings of one that is over are not listed, and an event has none."""
    if row is None:
        return EntryView(view, None, False)
    return EntryView(view, focus.mark if row in focus.marked else None, row.finishes_at > focus.now)


def _entries(meetings: tuple[Meeting, ...], rows: dict[str, RowView]) -> tuple[EntryView, ...]:
    return tuple(EntryView(rows[row.id], None, True) for row in meetings)


def _message_of_last() -> str:
    return "No more meetings"


def _message(focus: Focus, schedule: Schedule, locale: Locale) -> str:
    meetings = schedule.meetings
    if focus.state == "empty":
        return "The schedule is not out yet"
    if focus.state == "before":
        first = next((row for row in meetings if row.pause is None), meetings[0])
        return f"Starts {name_day(first, locale)}"
    if focus.state == "pause":
        if focus.pause is not None:
            return _name_pause(focus.pause, locale)
        coming = (*focus.marked, *focus.following)
        first = next((row for row in coming if row.pause is None), coming[0])
        return locale.gettext("No class this week, next: {day}", day=name_day(first, locale))
    return _message_of_last() if focus.state == "last" else "The term is over"
