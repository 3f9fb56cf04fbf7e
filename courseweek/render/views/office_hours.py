"""The office hours of today or the next day that has any, for the home page.

The page has those of the whole week, and the script `assets/theme/today.js` shows those of the reader's day.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time, timedelta

from courseweek.files.paths import relative_link
from courseweek.model.term import Term
from courseweek.plan.plan import Plan
from courseweek.render.views.layout_values import OfficeHoursView, OfficeHourView
from courseweek.render.views.people import join_hours, view_hour
from courseweek.render.views.texts import Texts
from courseweek.schedule.coming_hours import find_coming_hours

_DAY = timedelta(days=1)
_FIRST_DAY = date(1970, 1, 1)
_MINUTES = 24 * 60


def view_coming_hours(plan: Plan, texts: Texts) -> OfficeHoursView | None:
    """Return the office hours that come next, as of the build; None for a course that has none with a day."""
    term, hours = plan.course.syllabus.term, join_hours(plan)
    if not hours:
        return None
    coming = find_coming_hours(hours, term, plan.now)
    shown = coming.on.weekday() if coming is not None else None
    page = plan.page_with("staff")
    return OfficeHoursView(
        days=tuple(
            (_number(day), plan.locale.weekday(day), day != shown) for day in sorted({each.day for each in hours})
        ),
        hours=tuple(
            OfficeHourView(
                day=_number(each.day),
                starts=_count_minutes(each.time.start) if each.time else 0,
                ends=_count_minutes(each.time.end) if each.time else _MINUTES,
                hour=view_hour(each, texts),
                hidden=each.day != shown,
                over=coming is not None and each in coming.over,
            )
            for each in hours
        ),
        free=" ".join(f"{_count_days(first)}/{_count_days(last)}" for first, last in _list_free(term)),
        more=relative_link(texts.path, page.path, "page.hours") if page is not None else None,
        hidden=coming is None,
    )


def _list_free(term: Term) -> Iterator[tuple[date, date]]:
    """Yield the first and the last day of each time without office hours: around the term, and in its breaks."""
    yield _FIRST_DAY, term.starts - _DAY
    yield from ((each.starts, each.ends) for each in term.breaks if not each.kinds)
    yield term.ends + _DAY, date.max


def _count_days(day: date) -> int:
    """Return a day as the script counts it, from that on which 1970 began."""
    return (day - _FIRST_DAY).days


def _count_minutes(at: time) -> int:
    return at.hour * 60 + at.minute


def _number(day: int) -> int:
    """Return a day of the week (0 is Monday) as the script counts it (0 is Sunday)."""
    return (day + 1) % 7
