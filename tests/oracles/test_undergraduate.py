"""`examples/undergraduate` has the dates that a person finds with a paper calendar."""

from __future__ import annotations

import json
from datetime import date, datetime, time
from typing import Any

import pytest

from courseweek.files.stored import read_whole
from courseweek.pipeline import Site
from courseweek.schedule.focus import focus_on
from tests.oracles import undergraduate
from tests.sites import ROOT, make_in_memory

UNDERGRADUATE = ROOT / "examples" / "undergraduate"


def rows(table: str) -> list[list[str | None]]:
    """Return the cells of a table; a dash is None."""
    lines = [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]
    return [[None if cell == "-" else cell for cell in line] for line in lines]


def day(written: str | None) -> str | None:
    """Return the date of `Tue 2027-01-19`, whose weekday is the right one."""
    if written is None:
        return None
    name, on = written.split()
    assert f"{date.fromisoformat(on):%a}" == name
    return on


def instants(on: str | None, hours: str | None) -> tuple[str | None, str | None]:
    """Return start and end of `09:30-10:45 CST` on a date, with their offset."""
    if on is None or hours is None:
        return None, None
    times, zone = hours.split()
    start, end = times.split("-")
    return f"{on}T{start}:00{undergraduate.OFFSETS[zone]}", f"{on}T{end}:00{undergraduate.OFFSETS[zone]}"


@pytest.fixture(scope="module")
def site() -> Site:
    """Return the site of a day on which everything has appeared."""
    return make_in_memory(UNDERGRADUATE, datetime(2027, 6, 1))


@pytest.fixture(scope="module")
def found(site: Site) -> dict[str, Any]:
    """Return its course.json."""
    course: dict[str, Any] = json.loads(read_whole(site.artifacts["course.json"]))
    return course


def test_meetings(found: dict[str, Any]) -> None:
    wanted = []
    for written, week, kind, meeting, hours, place in rows(undergraduate.MEETINGS):
        on = day(written)
        name, number = kind, None
        if kind is not None and kind.startswith("Lecture "):
            name, number = "Lecture", int(kind.removeprefix("Lecture "))
        at = int(week) if week else None
        wanted.append((meeting, on, at, name, number, *instants(on, hours), place))
    keys = ("id", "date", "week", "kind", "number", "start", "end", "place")
    assert [tuple(each[key] for key in keys) for each in found["meetings"]] == wanted
    assert sum(not each["break"] for each in found["meetings"]) == 47


def test_groups(found: dict[str, Any]) -> None:
    wanted: dict[str, list[dict[str, Any]]] = {}
    for meeting, *days, zone in rows(undergraduate.SESSIONS):
        assert meeting is not None
        wanted[meeting] = []
        for name, written in zip("ABC", days, strict=True):
            assert written is not None
            lost = written.startswith("(")
            on = day(written.strip("()"))
            times, place, leader = undergraduate.CHANGES.get((meeting, name), undergraduate.GROUPS[name])
            start, end = (None, None) if lost else instants(on, f"{times} {zone}")
            known = {"name": name, "date": on, "start": start, "end": end, "place": place}
            wanted[meeting].append({**known, "leader": leader, "cancelled": lost})
    assert {each["id"]: each["groups"] for each in found["meetings"] if each["groups"]} == wanted


def test_deadlines(found: dict[str, Any]) -> None:
    deadlines = found["deadlines"]
    assert {each["id"]: each["at"] for each in deadlines} == undergraduate.DEADLINES
    assert len(deadlines) == len(undergraduate.DEADLINES)
    assert [each["at"] for each in deadlines] == sorted(undergraduate.DEADLINES.values(), key=datetime.fromisoformat)
    assert {each["id"]: each["was"] for each in deadlines if each["was"]} == undergraduate.WAS
    assert {
        each["id"]: each["accepted_until"] for each in deadlines if each["accepted_until"]
    } == undergraduate.ACCEPTED_UNTIL


def test_exams_and_what_has_no_date(found: dict[str, Any]) -> None:
    assert [each["id"] for each in found["meetings"] if each["exam"]] == ["midterm", "final"]
    windows = {each["id"]: each["until"] for each in found["meetings"] if each["until"]}
    assert windows == {"final": "2027-05-14T17:00:00-05:00"}
    assert [each["id"] for each in found["meetings"] if each["date"] is None] == ["offline"]
    (solutions,) = [each for row in found["meetings"] for each in row["materials"] if each["publish_on"]]
    assert solutions["publish_on"] == "2027-03-10T10:45:00-06:00"


def test_events_hours_and_announcements(found: dict[str, Any]) -> None:
    events = [tuple(each[key] for key in ("id", "date", "end_date", "start", "end")) for each in found["events"]]
    assert events == undergraduate.EVENTS
    hours = [tuple(each[key] for key in ("day", "start", "end", "who")) for each in found["office_hours"]]
    assert hours == undergraduate.OFFICE_HOURS
    shown = {each["id"]: (each["meeting"], each["until"]) for each in found["announcements"]}
    assert shown == undergraduate.ANNOUNCEMENTS


def test_staff(found: dict[str, Any]) -> None:
    assert len(found["staff"]) == 12
    assert [each["name"] for each in found["staff"] if each["pronouns"] is None] == ["Ezekiel Thornbury"]


@pytest.mark.parametrize("on", undergraduate.MARKS)
def test_what_is_marked(site: Site, on: str) -> None:
    noon = datetime.combine(date.fromisoformat(on), time(12), site.plan.course.syllabus.term.zone)
    focus = focus_on(site.plan.schedule, noon)
    assert (focus.mark, *(row.id for row in focus.marked)) == undergraduate.MARKS[on]
