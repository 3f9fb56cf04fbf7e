"""`examples/history` has the dates that a person finds with a paper calendar."""

from __future__ import annotations

import json
from datetime import date, datetime, time
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest

from courseweek.files.stored import read_whole
from courseweek.pipeline import Site
from courseweek.schedule.focus import focus_on
from tests.oracles import history
from tests.sites import ROOT, make_in_memory

HISTORY = ROOT / "examples" / "history"
NOW = datetime(2027, 2, 17)


def json_of(site: Site) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(read_whole(site.artifacts["course.json"]))
    return found


def rows(table: str) -> list[list[str]]:
    return [line.split() for line in table.strip().splitlines()]


def day(weekday: str, written: str) -> str:
    """Return a date of a table, whose weekday must be the right one."""
    assert f"{date.fromisoformat(written):%a}" == weekday, written
    return written


def test_every_meeting() -> None:
    wanted = []
    for weekday, on, _, week, name, *rest in rows(history.MEETINGS):
        meeting: list[object] = [day(weekday, on), int(week), name]
        if rest:
            kind, start, end, offset, *place = rest
            meeting += [kind.replace("_", " "), f"{on}T{start}:00{offset}", f"{on}T{end}:00{offset}", " ".join(place)]
        wanted.append(meeting)
    found = []
    for each in json_of(make_in_memory(HISTORY, NOW))["meetings"]:
        what = [each["date"], each["week"], each["id"]]
        found.append(what if each["break"] else [*what, each["kind"], each["start"], each["end"], each["place"]])
    assert found == wanted


def test_every_deadline() -> None:
    found = json_of(make_in_memory(HISTORY, NOW))["deadlines"]
    wanted = [
        (f"{day(weekday, on)}T{at}:00{offset}", name) for weekday, on, at, offset, name in rows(history.DEADLINES)
    ]
    assert [(each["at"], each["id"]) for each in found] == wanted
    for key, facts in (("was", history.WAS), ("accepted_until", history.ACCEPTED_UNTIL)):
        assert {each["id"]: each[key] for each in found if each[key]} == facts


def test_every_event() -> None:
    wanted = []
    for weekday, on, last_weekday, last, name, *times in rows(history.EVENTS):
        start, end = (f"{on}T{each}:00{times[2]}" for each in times[:2]) if times else (None, None)
        wanted.append((day(weekday, on), day(last_weekday, last), name, start, end))
    found = json_of(make_in_memory(HISTORY, NOW))["events"]
    assert [tuple(each[key] for key in ("date", "end_date", "id", "start", "end")) for each in found] == wanted


def test_every_announcement() -> None:
    found = json_of(make_in_memory(HISTORY, NOW))["announcements"]
    assert {each["id"]: (each["meeting"], each["until"]) for each in found} == history.ANNOUNCEMENTS


def test_three_texts_for_each_class() -> None:
    for each in json_of(make_in_memory(HISTORY, NOW))["meetings"]:
        texts = 0 if each["break"] or each["kind"] == "Screening" else 3
        assert len(each["readings"]["required"]) == texts, each["id"]


def test_the_snow_moves_all_that_is_not_pinned(tmp_path: Path) -> None:
    course = copytree(HISTORY, tmp_path / "course")
    syllabus = course / "syllabus.yaml"
    lines = syllabus.read_text(encoding="utf-8").splitlines(keepends=True)
    dry = [line for line in lines if "name: Snow day" not in line]
    assert len(lines) - len(dry) == 1
    syllabus.write_text("".join(dry), encoding="utf-8", newline="\n")
    planned = json_of(make_in_memory(course, NOW))
    found = [(each["date"], each["id"]) for each in planned["meetings"]]
    assert found == [(day(weekday, on), name) for weekday, on, name in rows(history.PLANNED)]
    deadlines = {each["id"]: each["at"] for each in planned["deadlines"]}
    assert {name: deadlines[name] for name in history.PLANNED_DEADLINES} == history.PLANNED_DEADLINES


@pytest.mark.parametrize("on", history.MARKS)
def test_what_is_marked(on: str) -> None:
    plan = make_in_memory(HISTORY, NOW).plan
    zone = plan.course.syllabus.term.zone
    focus = focus_on(plan.schedule, datetime.combine(date.fromisoformat(on), time(12), zone))
    assert (focus.mark, *(row.id for row in focus.marked)) == history.MARKS[on]
