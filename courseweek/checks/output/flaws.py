"""The output checks itself: each made page is read back before it is published.

Passing: each row of the schedule has the date that `course.json` has, and each link inside the site leads somewhere.
Failing: a layout that leaves out a row, gives two elements one id, or puts a script into a page.

What is wrong is reported where it was written: in a text, or in a layout of the course's own. If neither has a part in
it, the builder itself failed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any
from urllib.parse import unquote, urlsplit

from courseweek.checks.output.readback import Facts, Flaw, Row, ShownTime
from courseweek.files.paths import resolve_link
from courseweek.frozen import dataclass
from courseweek.model.page import Announcement
from courseweek.plan.plan import Plan, announcement_at
from courseweek.regex import lazy_pattern

_DAY = "(?P<day>Mon|Tue|Wed|Thu|Fri|Sat|Sun)"
_MONTH = "(?P<month>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
# "Mon 15 Feb 2027" and "Mon, Feb 15, 2027"; other languages are not read.
_WORDS = (
    lazy_pattern(
        rf"{_DAY} (?P<number>\d{{1,2}})\b(?: – (?:\w{{3}} )?\d{{1,2}})?(?: {_MONTH}\b)?(?: (?P<year>\d{{4}})\b)?"
    ),
    lazy_pattern(rf"{_DAY}, {_MONTH} (?P<number>\d{{1,2}})\b(?:, (?P<year>\d{{4}})\b)?"),
)
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_CLOCK = lazy_pattern(r"\b(\d{1,2}):(\d{2})\b(?: ?([AP])M\b)?")
_TOP_FRAGMENTS = {"", "top"}
"""Fragments that lead to the top of any page (WHATWG HTML, section 7.4.6.3)."""


@dataclass(frozen=True, slots=True)
class MadeSite:
    """What the pages are checked against: the site's files, the bytes of `course.json`, and the place of the schedule.

    `withheld` are files that come later, `to_come` announcements of the page at `announcements`, and links to them
    warnings already; `root` is what the links of `404.html` begin with. `halved` says that its clock has twelve hours.
    """

    paths: frozenset[str]
    withheld: frozenset[str]
    course_json: bytes
    schedule: str | None
    root: str
    announcements: str
    to_come: tuple[Announcement, ...]
    halved: bool


def describe_site(plan: Plan, paths: Iterable[str], course_json: bytes) -> MadeSite:
    """Return what the pages of this site are held to; `paths` are those of all its files."""
    scheduled = plan.page_with("schedule")
    folder = urlsplit(plan.course.syllabus.url or "").path.strip("/")
    return MadeSite(
        paths=frozenset(paths),
        withheld=plan.withheld,
        course_json=course_json,
        schedule=scheduled.path if scheduled is not None else None,
        root=f"/{folder}/" if folder else "/",
        announcements=plan.announcements_path,
        to_come=plan.to_come,
        halved=plan.locale.hour_cycle == "h12",
    )


def find_flaws(pages: Mapping[str, Facts], made: MadeSite) -> Iterator[tuple[str, Flaw]]:
    """Yield what is wrong with the pages, each with the page's path: alone, with each other, with `course.json`."""
    ids = {path: frozenset(facts.ids) for path, facts in pages.items()}
    for path, facts in pages.items():
        for flaw in (*facts.flaws, *_check_links(path, facts, ids, made), *_check_words(facts.times, made.halved)):
            yield path, flaw
    if made.schedule is not None and made.schedule in pages:
        for flaw in _check_schedule(pages[made.schedule], json.loads(made.course_json)):
            yield made.schedule, flaw
    for path in sorted(made.paths):
        if path.startswith("/") or ".." in path.split("/"):
            yield path, Flaw("is outside the site", 1, None, ())


def _check_links(path: str, facts: Facts, ids: Mapping[str, frozenset[str]], made: MadeSite) -> Iterator[Flaw]:
    seen: dict[str, None] = {}
    for target, line in facts.links:
        if target in seen:
            continue
        seen[target] = None
        missed = _follow(path, target, ids, made)
        if missed is not None:
            yield Flaw(missed[0], line, target, (f'"{target}"', f"'{target}'", target), missed[1])


def _follow(path: str, target: str, ids: Mapping[str, frozenset[str]], made: MadeSite) -> tuple[str, str | None] | None:
    """Return what is wrong with an address without a scheme on the page at `path`, and which page lacks the place."""
    from_root = path == "404.html" and target.startswith(made.root) and not target.startswith("//")
    reached = resolve_link("index.html" if from_root else path, target.removeprefix(made.root) if from_root else target)
    if reached is None or reached in made.withheld:
        return None  # another host, or reported already
    reached = reached or path
    if reached not in made.paths:
        return f"`{target}` leads nowhere: this site has no such page or file", None
    fragment = target.partition("#")[2].partition(":~:")[0]
    if reached not in ids or fragment.lower() in _TOP_FRAGMENTS:
        return None
    if reached == made.announcements and announcement_at(fragment, made.to_come) is not None:
        return None
    if {fragment, unquote(fragment)} & ids[reached]:
        return None
    return f"`{target}` leads nowhere: {reached} has no such place", reached


def _check_words(times: Iterable[ShownTime], halved: bool) -> Iterator[Flaw]:
    """Yield the times whose words are those of another one; words in another form are not judged."""
    for shown in times:
        moment = _read_moment(shown.moment)
        if moment is not None and not _fits(shown.words, moment, whole="T" in shown.moment, halved=halved):
            message = f"`{shown.words}` is shown for {shown.moment}"
            clues = ("it.iso", "<time") if "T" in shown.moment else ('class="day"', "<time")
            yield Flaw(message, shown.line, f'datetime="{shown.moment}"', clues)


def _read_moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None  # a duration, or a year: authors may write these too


def _fits(words: str, moment: datetime, *, whole: bool, halved: bool) -> bool:
    found = next((match for pattern in _WORDS if (match := pattern.search(words))), None)
    day: date = moment.date()
    # The written days of a break begin before the first class day that it takes.
    if (
        found is not None
        and " – " not in words
        and (
            found["day"] != _DAYS[day.weekday()]
            or int(found["number"]) != day.day
            or found["month"] not in (None, _MONTHS[day.month - 1])
            or (found["year"] is not None and int(found["year"]) != day.year)
        )
    ):
        return False
    clock = _CLOCK.search(words) if whole else None
    return clock is None or _fits_clock(clock, moment, halved=halved)


def _fits_clock(clock: re.Match[str], moment: datetime, *, halved: bool) -> bool:
    """Return whether a clock shows a moment; with `halved` the half of the day may be elsewhere, or in any language."""
    hour, minute = int(clock[1]), int(clock[2])
    if clock[3] is not None:
        shown = hour % 12 + (12 if clock[3] == "P" else 0)
        return (shown, minute) == (moment.hour, moment.minute)
    return minute == moment.minute and (hour == moment.hour or (halved and hour % 12 == moment.hour % 12))


def _check_schedule(facts: Facts, course: Mapping[str, Any]) -> Iterator[Flaw]:
    """Yield where the page of the schedule and `course.json` differ."""
    meetings = {each["id"]: each for each in course["meetings"]}
    rows = {row.id: row for row in facts.rows}
    first = facts.rows[0].line if facts.rows else 1
    for id, meeting in meetings.items():
        if meeting["date"] is None and id not in facts.ids:
            message = f"the schedule lacks `{id}`, which is in course.json without a date"
            yield Flaw(message, first, None, ("data-date",))
        elif meeting["date"] is not None and id not in rows:
            message = f"the schedule has no row for `{id}` ({meeting['date']}), which is in course.json"
            yield Flaw(message, first, None, ("data-date",))
    for row in facts.rows:
        yield from _check_row(row, meetings.get(row.id))
    dates = {row.id: row.date for row in facts.rows}
    of_groups = {id: {group["date"] for group in meeting["groups"]} for id, meeting in meetings.items()}
    for shown in facts.times:
        if shown.row not in dates or "T" in shown.moment or shown.moment in of_groups.get(shown.row, ()):
            continue
        if shown.moment != dates[shown.row]:
            message = f"the row `{shown.row}` of {dates[shown.row]} shows {shown.moment}"
            yield Flaw(message, shown.line, None, ("<time", "data-date"))
    if facts.rows and "today" not in facts.ids:
        yield Flaw("the schedule has no element with the id `today`", first, None, ('id="today"', "data-date"))
    yield from _check_deadlines(facts, course)


def _check_row(row: Row, meeting: Mapping[str, Any] | None) -> Iterator[Flaw]:
    clues = (f'id="{row.id}"', "data-date")
    if meeting is None:
        yield Flaw(f"the row `{row.id}` is not a meeting in course.json", row.line, None, clues)
        return
    if row.date != meeting["date"]:
        message = f"the row `{row.id}` has the date {row.date}, but course.json has {meeting['date']}"
        yield Flaw(message, row.line, None, clues[1:])
    week = str(meeting["week"]) if meeting["week"] is not None else None
    if row.week != week:
        message = f"the row `{row.id}` has the week {row.week or 'none'}, but course.json has {week or 'none'}"
        yield Flaw(message, row.line, None, ("data-week", "week.id", *clues[1:]))


def _check_deadlines(facts: Facts, course: Mapping[str, Any]) -> Iterator[Flaw]:
    """Yield the deadlines that the schedule lacks, if it shows any: a layout may leave the whole column out.

    Where the rows are in tables, only what is in one counts, and not what is due next. Any table does: rows that hold
    deadlines alone have no date, and may come before the first class or in a table of their own.
    """
    first = facts.rows[0].line if facts.rows else 1
    tabled = all(row.tabled for row in facts.rows) and bool(facts.rows)
    shown = [each for each in facts.times if "T" in each.moment and (each.tabled or not tabled)]
    # The items of lists are those that the script reads; a table of its own may have only what is to come.
    instants = {_read_moment(each.moment) for each in [each for each in shown if not each.words] or shown}
    # What comes out has no instant for the script.
    dated = [each for each in course["deadlines"] if each["at"] is not None and each["kind"] != "out"]
    missing = [each for each in dated if _read_moment(each["at"]) not in instants]
    if len(missing) == len(dated):
        return
    for each in missing:
        message = f"the schedule lacks the deadline `{each['id']}` of {each['at']}, which is in course.json"
        yield Flaw(message, first, None, ("row.deadlines", "data-at"))
