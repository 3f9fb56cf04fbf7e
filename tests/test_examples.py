"""The worked examples hold what their courses' own documents say, and build without a word.

`examples/facts.json` was taken from those documents by hand, not from what is built.
"""

from __future__ import annotations

import json
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from courseweek.files.stored import read_whole
from courseweek.model.grading import GradePart
from courseweek.pipeline import Site
from courseweek.schedule.focus import focus_on
from tests.sites import ROOT, make_in_memory, run_cli

FACTS: dict[str, dict[str, Any]] = json.loads(
    (Path(__file__).parent / "examples" / "facts.json").read_text(encoding="utf-8")
)
ORACLES = {path.stem for path in (Path(__file__).parent / "oracles").glob("[a-z]*.py") if path.stem[:5] != "test_"}
"""The examples that are invented; the dates of each are in a module of its own."""
COURSES = [*(f"examples/{name}" for name in (*FACTS, *sorted(ORACLES))), "."]
NOW = datetime(2027, 3, 10)

each_example = pytest.mark.parametrize("name", FACTS)


def site_of(name: str) -> Site:
    return make_in_memory(ROOT / "examples" / name, NOW)


def json_of(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(read_whole(site_of(name).artifacts["course.json"]))
    return found


def keep(each: dict[str, Any], wanted: dict[str, Any]) -> dict[str, Any]:
    return {key: each[key] for key in wanted}


@pytest.mark.parametrize("course", COURSES)
def test_it_builds_without_a_warning(course: str, tmp_path: Path) -> None:
    ran = run_cli("--source", ROOT / course, "--output", tmp_path / "site", "--strict", "--today", "2027-03-10")
    assert (ran.code, ran.err) == (0, "")


def test_there_is_no_example_without_facts_or_an_oracle() -> None:
    assert {path.parent.name for path in ROOT.glob("examples/*/syllabus.yaml")} == {*FACTS, *ORACLES}


@each_example
def test_course_term_and_staff(name: str) -> None:
    facts, found = FACTS[name], json_of(name)
    assert keep(found["course"], facts["course"]) == facts["course"]
    assert keep(found["term"], facts["term"]) == facts["term"]
    assert [keep(each, wanted) for each, wanted in zip(found["staff"], facts["staff"], strict=True)] == facts["staff"]


@each_example
def test_every_meeting(name: str) -> None:
    wanted = FACTS[name]["meetings"]
    found = json_of(name)["meetings"]
    assert [each["date"] for each in found] == [each["date"] for each in wanted]
    for each, fact in zip(found, wanted, strict=True):
        assert keep(each, fact) == fact


@each_example
def test_every_deadline(name: str) -> None:
    facts, found = FACTS[name], json_of(name)["deadlines"]
    wanted = {each["id"]: each for each in facts["deadlines"]}
    assert {each["id"] for each in found} == set(wanted)
    for each in found:
        assert keep(each, wanted[each["id"]]) == wanted[each["id"]]
    assert not {each["id"] for each in found} & set(facts["absent"])


def check_parts(parts: tuple[GradePart, ...], facts: dict[str, Any]) -> None:
    assert [part.name for part in parts] == list(facts)
    for part in parts:
        fact = facts[part.name]
        if not isinstance(fact, dict):
            assert part.weight == fact
            continue
        assert part.weight == fact["weight"]
        if "written" in fact:
            assert part.written == fact["written"].replace("x", "×")
        check_parts(part.parts, fact.get("parts") or fact.get("shares") or {})
        check_parts(part.any_of, fact.get("any_of", {}))


@each_example
def test_grading(name: str) -> None:
    found = site_of(name).plan.course.syllabus.grading
    for scheme, fact in zip(found, FACTS[name]["grading"], strict=True):
        assert scheme.name == fact["scheme"]
        assert sum((part.weight or Fraction(0) for part in scheme.parts), Fraction(0)) == fact["total"]
        check_parts(scheme.parts, fact["parts"])


@each_example
def test_presentations_readings_announcements_and_pages(name: str) -> None:
    facts, site = FACTS[name], site_of(name)
    found = json.loads(read_whole(site.artifacts["course.json"]))
    if facts["presentations"] is None:
        assert found["presentations"] is None
    else:
        size = [int(each) for each in str(facts["presentations"]["group"]).split("-")]
        wanted = {**facts["presentations"], "group": [size[0], size[-1]]}
        assert keep(found["presentations"], wanted) == wanted
    assert [each["id"] for each in found["readings"]] == facts["readings"]
    names = [each.page.name.removeprefix("announcements/") for each in site.plan.course.announcements]
    assert names == facts["announcements"]
    assert sorted(page.name for page in site.plan.course.pages) == sorted(facts["pages"])


VIEWS = [(name, view) for name, facts in FACTS.items() for view in facts["views"]]


@pytest.mark.parametrize(("name", "view"), VIEWS, ids=[f"{name} {view['today']}" for name, view in VIEWS])
def test_what_is_on(name: str, view: dict[str, Any]) -> None:
    site = site_of(name)
    zone = site.plan.course.syllabus.term.zone
    focus = focus_on(site.plan.schedule, datetime.combine(date.fromisoformat(view["today"]), NOW.time(), zone))
    assert (focus.week.id if focus.week else None) == view["week"]
    marked = [row.id for row in focus.marked]
    if "today_row" in view:
        assert (focus.mark, marked) == ("Today", [view["today_row"]])
    if "next" in view:
        assert (focus.mark, marked) == ("Next", [view["next"]])
    if "says" in view:
        home = make_in_memory(ROOT / "examples" / name, datetime.fromisoformat(view["today"]))
        assert view["says"] in read_whole(home.artifacts["index.html"]).decode("utf-8")


def test_what_the_documents_stress() -> None:
    """The rules that are easily got wrong, once more in words."""
    umass = json_of("umass-cs692s-fa20")
    assert sum(date.fromisoformat(each["date"]).weekday() == 2 for each in umass["meetings"]) == 13
    at = {each["id"]: each["at"] for each in umass["deadlines"]}
    assert at["review-efficient-training-ii"] == "2020-09-08T23:59:00-04:00"
    (talk,) = [each for each in umass["meetings"] if each["id"] == "tvm"]
    assert (talk["date"], talk["start"]) == ("2020-11-13", "2020-11-13T12:00:00-05:00")
    nus = json_of("nus-cs6216-2024")
    assert [each["date"] for each in nus["meetings"] if each["week"] == 7] == ["2024-10-02"]
    wisconsin = json_of("wisconsin-cs839-sp22")
    meetings = {each["id"]: date.fromisoformat(each["date"]) for each in wisconsin["meetings"]}
    reviews = [each for each in wisconsin["deadlines"] if each["assignment"] == "review"]
    tuesdays = [each for each in reviews if meetings[each["meeting"]].weekday() == 1]
    assert tuesdays
    for each in reviews:
        due = datetime.fromisoformat(each["at"])
        assert (meetings[each["meeting"]] - due.date()).days == 1
        assert f"{due:%H:%M}" == "21:00"
