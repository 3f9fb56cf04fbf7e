"""How long the readings of a week take, and weeks in which that is more than the course wants.

Passing: `weekly_hours: 9` in the term, and 7 hours of required reading in a week.
Failing: the same with 10 hours.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from courseweek.diagnostics import Diagnostics, Span
from courseweek.model.meeting import Meeting, Week
from courseweek.model.page_ranges import count_pages, find_pages
from courseweek.model.reading import Assigned, Group
from courseweek.model.term import Term
from courseweek.model.workload import ReadingTime, Workload

MINUTES_A_PAGE = 2.5
"""How long a page takes: 24 pages in an hour.

The course workload estimator of Barre, Brown and Esarey (Rice and Wake Forest University,
https://cat.wfu.edu/resources/workload/estimationdetails) has this for pages of 450 words that are read to be understood
and have some new concepts: 180 words a minute. It is an estimate there too; dense or technical pages take longer.
"""

_Key = tuple[str, str | None]
"""The id of a reading and its pages: the same ones at two meetings of a week are read once."""


def measure_week(meetings: Iterable[Meeting]) -> Workload | None:
    """Return how long the readings of a week take; None where not even one of them says it."""
    meetings = tuple(meetings)
    required = _list_once(group for row in meetings for group in row.required)
    optional = _list_once(group for row in meetings for group in row.optional)
    work = Workload(_sum(required.values()), _sum(each for key, each in optional.items() if key not in required))
    return work if work.required.counted or work.optional.counted else None


def measure(assigned: Assigned) -> int | None:
    """Return how many minutes a reading takes as it is assigned: those that it says, else by its pages.

    Where it is assigned again with pages of its own, its minutes are not for these.
    """
    reading = assigned.reading
    has_own_pages = assigned.again and _name_pages(assigned.pages) != _name_pages(reading.pages)
    if reading.minutes is not None and not has_own_pages:
        return reading.minutes
    pages = count_pages(_pages_of(assigned) or "")
    return None if pages is None else round(pages * MINUTES_A_PAGE)


def check_weekly_hours(weeks: Sequence[Week], term: Term, found: Diagnostics) -> None:
    """Warn of each week with more required reading than `weekly_hours`, at what takes longest in it."""
    if term.weekly_hours is None:
        return
    for week in weeks:
        if week.workload is None or week.workload.required.minutes <= round(60 * term.weekly_hours):
            continue
        once = _list_once(group for row in week.meetings for group in row.required)
        longest = max(once.values(), key=lambda each: measure(each) or 0)
        name = f"week {week.number}" if week.number is not None else f"the week of {week.first_day}"
        found.warning(
            "full-week",
            f"{name} has {_write(week.workload.required.minutes)} of required reading; "
            f"the limit is {_write(round(60 * term.weekly_hours))}",
            _find_place(longest),
            help=f"`{longest.reading.title}` takes longest, {_write(measure(longest) or 0)}; "
            "make a reading optional, or move one to another week",
            other=(term.origin.of("weekly_hours"), "the limit is here"),
        )


def _list_once(groups: Iterable[Group]) -> dict[_Key, Assigned]:
    once: dict[_Key, Assigned] = {}
    for group in groups:
        for each in group.assigned:
            once.setdefault((each.reading.id, _name_pages(_pages_of(each))), each)
    return once


def _name_pages(pages: str | None) -> str | None:
    """Return pages in one way, however their dashes are written."""
    return (find_pages(pages) or pages) if pages else None


def _pages_of(assigned: Assigned) -> str | None:
    return assigned.pages or assigned.reading.pages


def _sum(assigned: Iterable[Assigned]) -> ReadingTime:
    times = [measure(each) for each in assigned]
    known = [each for each in times if each is not None]
    return ReadingTime(sum(known), len(known), len(times))


def _find_place(assigned: Assigned) -> Span:
    """Return where a reading says how long it takes, or where it is assigned again."""
    fields = assigned.origin.fields
    return next((fields[each] for each in ("minutes", "pages") if each in fields), assigned.origin.span)


def _write(minutes: int) -> str:
    """Return "9 h 10 min"."""
    hours, rest = divmod(minutes, 60)
    return " ".join(part for part in (f"{hours} h" if hours else "", f"{rest} min" if rest else "") if part)
