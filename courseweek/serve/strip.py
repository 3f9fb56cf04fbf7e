"""The days of the term as a strip below a page: each leads to the site as of that day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta

from courseweek.frozen import dataclass
from courseweek.language.locale import EN
from courseweek.plan.plan import Plan
from courseweek.schedule.instants import begin_day
from courseweek.serve.urls import Address

MOST_DAYS = 400


@dataclass(frozen=True, slots=True)
class DayView:
    """A day of the strip: its number, what it is in words, and what happens on it; the first of a week has a label."""

    number: int
    name: str
    href: str
    current: bool
    label: str | None
    meets: bool
    pause: bool
    due: bool


def view_days(plan: Plan, address: Address) -> tuple[DayView, ...]:
    """Return the days of all weeks of the term, each with the address of the same page on that day."""
    schedule, zone = plan.schedule, plan.course.syllabus.term.zone
    chosen = plan.now.astimezone(zone).date()
    due: dict[date, list[str]] = {}
    for deadline in schedule.deadlines:
        if deadline.at is not None and deadline.kind != "out":
            due.setdefault(deadline.at.astimezone(zone).date(), []).append(deadline.title)
    found: list[DayView] = []
    numbers = {week.first_day: week.number for week in schedule.weeks}
    term = plan.course.syllabus.term
    classes = [(row.topic, row.spans) for row in schedule.meetings if not row.pause]
    silent = [(each.pause.name, each.spans) for each in schedule.silent]
    pauses = [*((row.topic, row.spans) for row in schedule.meetings if row.pause), *silent]
    for day in _days(plan):
        begin = begin_day(day, zone)
        held, lost = (
            [name for name, spans in some if any(first <= begin < last for first, last in spans)]
            for some in (classes, pauses)
        )
        events = [*held, *lost, *(each.name for each in schedule.events if each.starts <= day <= each.ends)]
        events += [f"{title} is due" for title in due.get(day, ())]
        found.append(
            DayView(
                number=day.day,
                name=": ".join((EN.dated_day(day), ", ".join(events))) if events else EN.dated_day(day),
                href=Address(datetime.combine(day, time(0)), address.path).link,
                current=day == chosen,
                label=_label(day, numbers) if day == term.week_of(day) else None,
                meets=bool(held),
                pause=bool(lost),
                due=day in due,
            )
        )
    return tuple(found)


def _label(first: date, numbers: Mapping[date, int | None]) -> str:
    month = EN.short_day(first).split()[-1]
    number = numbers.get(first)
    return f"{month} · week {number}" if number is not None else month


def _days(plan: Plan) -> Iterator[date]:
    """Yield the days from the first of the first week to the last of the last one, what lies outside it included."""
    term, rows = plan.course.syllabus.term, plan.schedule.meetings
    first = min([term.starts, *(row.on for row in rows)])
    last = max([term.ends, *(row.last_on for row in rows)])
    day = term.week_of(first)
    for _ in range(MOST_DAYS):
        yield day
        day += timedelta(days=1)
        if day > last and day == term.week_of(day):
            return
