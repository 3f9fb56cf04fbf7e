"""How long the readings of a week take, as pages show it: beside the week, and in the full syllabus as a plot."""

from __future__ import annotations

import math
from collections.abc import Sequence

from courseweek.language.locale import Locale
from courseweek.model.meeting import Week
from courseweek.model.workload import ReadingTime
from courseweek.plan.plan import Plan
from courseweek.render.views.layout_values import BarView, PlotView, WeekView, WorkloadRow, WorkloadView
from courseweek.schedule.reading_time import MINUTES_A_PAGE

BAR = 60
"""How wide the bar beside a week is that has the most to read, or the limit."""
_COLUMN, _GAP = 20, 5
_HEIGHT, _LABEL = 110, 18
_ABOVE, _BESIDE, _LETTER = 8, 38, 6
_STEPS = (0.25, 0.5, 1, 2, 5, 10, 20, 50, 100)
_MOST_MARKS = 4


def find_scale(plan: Plan) -> float:
    """Return the minutes that a whole bar is: the most required reading of a week, or the limit."""
    work = [week.workload.required.about for week in plan.schedule.weeks if week.workload is not None]
    return max((*work, 60 * (plan.course.syllabus.term.weekly_hours or 0)), default=0)


def say_time(week: Week, locale: Locale) -> str | None:
    """Return "About 3 h of reading", of required ones, or "About 3 h for 4 of 5 readings"; None if nothing says it."""
    time = week.workload.required if week.workload is not None else None
    if time is None or not time.counted:
        return None
    duration = locale.duration(time.about)
    if time.counted == time.readings:
        return locale.gettext("About {time} of reading", time=duration)
    return locale.ngettext(
        "About {time} for {counted} of {count} reading",
        "About {time} for {counted} of {count} readings",
        time.readings,
        time=duration,
        counted=time.counted,
    )


def measure_bar(week: Week, scale: float) -> int:
    """Return how wide the bar of a week is."""
    minutes = week.workload.required.about if week.workload is not None else 0
    return max(1, round(BAR * minutes / scale))


def view_workload(plan: Plan, weeks: Sequence[WeekView]) -> WorkloadView | None:
    """Return the table of all weeks with readings and their plot; None if no reading says how long it takes."""
    if all(week.workload is None for week in plan.schedule.weeks):
        return None
    shown = [
        (week, view)
        for week, view in zip(plan.schedule.weeks, weeks, strict=True)
        if any(row.required or row.optional for row in week.meetings)
    ]
    rows = tuple(_view_row(week, view, plan.locale) for week, view in shown)
    plot = _plot([week for week, _ in shown], [view for _, view in shown], plan)
    return WorkloadView(rows, plot, plan.locale.number(MINUTES_A_PAGE))


def _view_row(week: Week, view: WeekView, locale: Locale) -> WorkloadRow:
    work = week.workload
    listed = sum(len(group.assigned) for row in week.meetings for group in (*row.required, *row.optional))
    return WorkloadRow(
        week=view.heading,
        days=view.days or next((row.day for row in view.rows if row.day), None),
        readings=work.required.readings + work.optional.readings if work is not None else listed,
        required=_say(work.required, locale) if work is not None else None,
        optional=_say(work.optional, locale) if work is not None else None,
    )


def _say(time: ReadingTime, locale: Locale) -> str | None:
    """Return "3 h", "3 h (4 of 5)", or None if nothing says it."""
    if not time.counted:
        return None
    duration = locale.duration(time.about)
    if time.counted == time.readings:
        return duration
    return locale.gettext("{time} ({counted} of {count})", time=duration, counted=time.counted, count=time.readings)


def _plot(weeks: Sequence[Week], views: Sequence[WeekView], plan: Plan) -> PlotView:
    """Return columns for weeks, which are as high as their hours; they run in the direction of the language."""
    locale, limit = plan.locale, plan.course.syllabus.term.weekly_hours
    works = [week.workload for week in weeks]
    most = max(
        limit or 0, *((work.required.minutes + work.optional.minutes) / 60 for work in works if work is not None)
    )
    step = next((each for each in _STEPS if most <= each * _MOST_MARKS), _STEPS[-1])
    top = step * math.ceil(most / step)
    marks = [(each * step, locale.hours(each * step)) for each in range(math.ceil(top / step) + 1)]
    beside = max(_BESIDE, _LETTER * max(len(label) for _, label in marks))
    width = beside + _COLUMN * len(weeks)
    mirrored = locale.direction == "rtl"

    def height(hours: float) -> int:
        return round(_HEIGHT * hours / top)

    def place(x: int, across: int = 0) -> int:
        return width - x - across if mirrored else x

    bars = []
    for at, (work, view) in enumerate(zip(works, views, strict=True)):
        x = place(beside + _COLUMN * at, _COLUMN)
        required = height(work.required.minutes / 60) if work is not None else 0
        both = height((work.required.minutes + work.optional.minutes) / 60) if work is not None else 0
        bars.append(
            BarView(
                label=view.label,
                middle=x + _COLUMN // 2,
                x=x + _GAP,
                width=_COLUMN - 2 * _GAP,
                required=(_ABOVE + _HEIGHT - required, required),
                optional=(_ABOVE + _HEIGHT - both, both - required),
            )
        )
    return PlotView(
        width=width,
        height=_ABOVE + _HEIGHT + _LABEL,
        start=place(0),
        from_x=place(beside),
        to_x=place(width),
        base=_ABOVE + _HEIGHT + _LABEL - 4,
        marks=tuple((_ABOVE + _HEIGHT - height(hours), label) for hours, label in marks),
        limit=_ABOVE + _HEIGHT - height(limit) if limit is not None else None,
        limit_text=locale.hours(limit) if limit is not None else None,
        bars=tuple(bars),
    )
