"""`course.json`: the shape that the format promises to other programs."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import pytest

from tests.conftest import BuildSite
from tests.sites import COURSES, ROOT

TOP = [
    "version",
    "course",
    "term",
    "staff",
    "meetings",
    "assignments",
    "deadlines",
    "presentations",
    "grading",
    "readings",
    "notes",
]
MEETING = [
    "id",
    "week",
    "number",
    "date",
    "start",
    "end",
    "kind",
    "topic",
    "unit",
    "break",
    "status",
    "place",
    "lecturer",
    "guests",
    "presenters",
    "readings",
]
READING = ["id", "title", "url", "authors", "venue", "year", "meetings"]
NAMES = ["whole", *sorted(path.parent.name for path in COURSES.glob("*/syllabus.yaml"))]


def read_json(build_site: BuildSite, name: str) -> dict[str, Any]:
    course = ROOT if name == "whole" else COURSES / name
    loaded: dict[str, Any] = json.loads((build_site(course) / "course.json").read_text(encoding="utf-8"))
    return loaded


def row(course: dict[str, Any], id: str) -> dict[str, Any]:
    (found,) = [each for each in course["meetings"] if each["id"] == id]
    return dict(found)


@pytest.mark.parametrize("name", NAMES)
def test_the_shape(build_site: BuildSite, name: str) -> None:
    course = read_json(build_site, name)
    assert list(course) == TOP
    assert course["version"] == 1
    for meeting in course["meetings"]:
        assert list(meeting) == MEETING
        assert list(meeting["readings"]) == ["required", "optional"]
        assert isinstance(meeting["break"], bool)
        check_time(meeting)
    for reading in course["readings"]:
        assert list(reading) == READING
    for key in ("staff", "assignments", "deadlines", "grading", "notes"):
        assert isinstance(course[key], list)


def check_time(meeting: dict[str, Any]) -> None:
    """Both ends or neither, on the row's date, with their offset; never in a break."""
    assert (meeting["start"] is None) == (meeting["end"] is None)
    if meeting["start"] is None:
        return
    assert not meeting["break"]
    start, end = datetime.fromisoformat(meeting["start"]), datetime.fromisoformat(meeting["end"])
    assert start.utcoffset() is not None
    assert start < end
    assert start.date().isoformat() == meeting["date"]


@pytest.mark.parametrize("name", NAMES)
def test_rows_are_in_order_of_time_and_ids_lead_somewhere(build_site: BuildSite, name: str) -> None:
    course = read_json(build_site, name)
    meetings, readings = course["meetings"], course["readings"]
    order = [(each["date"], each["start"] or "") for each in meetings]
    assert order == sorted(order)
    ids = [each["id"] for each in meetings]
    assert len({*ids}) == len(ids)
    listed = {each["id"]: each["meetings"] for each in readings}
    for meeting in meetings:
        for reading in (*meeting["readings"]["required"], *meeting["readings"]["optional"]):
            assert meeting["id"] in listed[reading]
    assert {id for each in listed.values() for id in each} <= {*ids}


def test_the_whole_course(build_site: BuildSite) -> None:
    course = read_json(build_site, "whole")
    assert len(course["meetings"]) == 16
    assert len([each for each in course["meetings"] if not each["break"]]) == 13
    assert len(course["readings"]) == 50
    assert [each["week"] for each in course["meetings"]] == list(range(1, 17))
    assert [each["id"] for each in course["meetings"] if each["break"]] == [
        "break-2027-02-15",
        "break-2027-03-22",
        "break-2027-05-03",
    ]
    assert course["term"] == {
        "name": "Spring 2027",
        "starts": "2027-01-25",
        "ends": "2027-05-10",
        "timezone": "America/Los_Angeles",
        "status": "tentative",
    }


def test_a_meeting(build_site: BuildSite) -> None:
    assert row(read_json(build_site, "kinds"), "linking-numbers") == {
        "id": "linking-numbers",
        "week": 2,
        "number": 3,
        "date": "2027-02-08",
        "start": "2027-02-08T10:00:00-05:00",
        "end": "2027-02-08T11:15:00-05:00",
        "kind": "Lecture",
        "topic": "Linking numbers",
        "unit": "Invariants",
        "break": False,
        "status": None,
        "place": "Soda 405",
        "lecturer": None,
        "guests": [
            {"name": "Gus Guest", "affiliation": "Elsewhere", "url": "https://example.org/gus"},
            {"name": "Hal Guest", "affiliation": None, "url": None},
        ],
        "presenters": {},
        "readings": {"required": ["gausss-integral", "ropes"], "optional": []},
    }


NOTHING: dict[str, Any] = {
    "number": None,
    "kind": None,
    "unit": None,
    "status": None,
    "place": None,
    "lecturer": None,
    "guests": [],
    "presenters": {},
    "readings": {"required": [], "optional": []},
}


@pytest.mark.parametrize(
    ("name", "id", "expected"),
    [
        (
            "kinds",
            "break-2027-03-08",
            {"week": 6, "date": "2027-03-08", "start": None, "end": None, "topic": "Spring break", "break": True},
        ),
        (
            "recess",
            "break-2024-09-23",
            {"week": None, "date": "2024-09-23", "start": None, "end": None, "topic": "Recess", "break": True},
        ),
        (
            "new-year",
            "opening",
            {"week": 1, "date": "2026-12-14", "start": None, "end": None, "topic": "Opening", "break": False},
        ),
    ],
)
def test_what_there_is_not_is_null(build_site: BuildSite, name: str, id: str, expected: dict[str, Any]) -> None:
    assert row(read_json(build_site, name), id) == {"id": id, **NOTHING, **expected}


@pytest.mark.parametrize(
    ("name", "id", "expected"),
    [
        # A kind that the pattern has not is a label, and is not counted; its own time and place.
        (
            "kinds",
            "midterm",
            {"kind": "Exam", "number": None, "place": "Wheeler 150", "end": "2027-03-03T20:00:00-05:00"},
        ),
        # An extra meeting in a break has the kind of the first entry only where it takes its class.
        ("kinds", "guest-talk", {"week": 6, "place": "https://example.zoom.us/j/1", "break": False}),
        # After the clocks changed.
        ("kinds", "to-be-decided-5", {"date": "2027-03-22", "start": "2027-03-22T10:00:00-04:00"}),
        ("kinds", "crossings", {"date": "2027-02-18", "status": "tentative", "number": 6}),
        # Those that share a class share its number.
        ("kinds", "review-session", {"date": "2027-02-18", "number": 6}),
        ("kinds", "alexander-2", {"lecturer": "Ida Visitor", "number": 5, "unit": "Invariants"}),
        ("kinds", "tying", {"kind": "Lab", "number": None, "week": 2}),
        (
            "kinds",
            "what",
            {
                "readings": {
                    "required": ["the-knot-book", "tables"],
                    "optional": ["topology", "ask-around-there-is-no-paper"],
                }
            },
        ),
        ("new-year", "closing", {"kind": "Tutorial", "start": "2026-12-17T08:00:00+05:45", "week": 1}),
        ("recess", "tbd-6", {"week": 4}),
    ],
)
def test_a_row_says(build_site: BuildSite, name: str, id: str, expected: dict[str, Any]) -> None:
    found = row(read_json(build_site, name), id)
    assert {key: found[key] for key in expected} == expected


@pytest.mark.parametrize(
    ("id", "expected"),
    [
        (
            "tables",
            {
                "title": "Knot tables",
                "url": "https://example.org/tables",
                "authors": [],
                "venue": None,
                "year": None,
                "meetings": ["what", "guest-talk"],
            },
        ),
        (
            "the-knot-book",
            {
                "title": "The knot book",
                "url": None,
                "authors": ["Colin Adams"],
                "venue": "AMS 2004",
                "year": 2004,
                "meetings": ["what"],
            },
        ),
        (
            "topology",
            {
                "title": "Topology",
                "url": "https://doi.org/10.1000/182",
                "authors": [],
                "venue": None,
                "year": None,
                "meetings": ["what"],
            },
        ),
        (
            "ask-around-there-is-no-paper",
            {
                "title": "Ask around; there is no paper.",
                "url": None,
                "authors": [],
                "venue": None,
                "year": None,
                "meetings": ["what"],
            },
        ),
        (
            "ropes",
            {
                "title": "Ropes",
                "url": "https://example.org/ropes",
                "authors": [],
                "venue": None,
                "year": None,
                "meetings": ["linking-numbers"],
            },
        ),
        (
            "ashley",
            {
                "title": "Ashley",
                "url": "https://arxiv.org/abs/2005.14165",
                "authors": [],
                "venue": None,
                "year": 1944,
                "meetings": ["tying"],
            },
        ),
    ],
)
def test_a_reading(build_site: BuildSite, id: str, expected: dict[str, Any]) -> None:
    (found,) = [each for each in read_json(build_site, "kinds")["readings"] if each["id"] == id]
    assert found == {"id": id, **expected}


def test_the_people(build_site: BuildSite) -> None:
    assert read_json(build_site, "kinds")["staff"][0] == {
        "name": "Ada Example",
        "role": "Instructor",
        "affiliation": "Knot Lab",
        "url": "https://example.edu/ada",
    }
