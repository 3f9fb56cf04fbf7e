"""`course.json`: the shape that the format promises to other programs."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from courseweek import __version__
from courseweek.files.stored import read_whole
from tests.conftest import BuildSite
from tests.sites import COURSES, ROOT, make_in_memory, write_course

TOP = [
    "version",
    "generator",
    "course",
    "term",
    "staff",
    "office_hours",
    "meetings",
    "events",
    "assignments",
    "deadlines",
    "presentations",
    "grading",
    "readings",
    "notes",
    "announcements",
    "carried_over",
    "past_terms",
    "changes",
    "memory",
]
MEETING = [
    "id",
    "week",
    "number",
    "date",
    "end_date",
    "start",
    "end",
    "until",
    "same_day",
    "kind",
    "topic",
    "unit",
    "break",
    "exam",
    "status",
    "place",
    "groups",
    "lecturer",
    "lecturers",
    "guests",
    "presenters",
    "materials",
    "readings",
    "changed_at",
]
READING = [
    "id",
    "title",
    "url",
    "authors",
    "venue",
    "in",
    "editors",
    "publisher",
    "edition",
    "year",
    "minutes",
    "language",
    "meetings",
]
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
    assert course["version"] == 2
    assert course["generator"] == f"Courseweek {__version__}"
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


def first_start(meeting: dict[str, Any]) -> str:
    """Return when a meeting begins, or its first group that meets; nothing without a time."""
    starts = [group["start"] for group in meeting["groups"] if group["start"] is not None]
    return meeting["start"] or min(starts, default="")


@pytest.mark.parametrize("name", NAMES)
def test_rows_are_in_order_of_time_and_ids_lead_somewhere(build_site: BuildSite, name: str) -> None:
    course = read_json(build_site, name)
    meetings, readings = course["meetings"], course["readings"]
    order = [(each["date"] or "undecided", first_start(each)) for each in meetings]
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
        "until": None,
        "end_date": None,
        "same_day": None,
        "kind": "Lecture",
        "topic": "Linking numbers",
        "unit": "Invariants",
        "break": False,
        "exam": False,
        "status": None,
        "place": "Soda 405",
        "groups": [],
        "lecturer": None,
        "lecturers": [],
        "guests": [
            {"name": "Gus Guest", "affiliation": "Elsewhere", "url": "https://example.org/gus"},
            {"name": "Hal Guest", "affiliation": None, "url": None},
        ],
        "presenters": {},
        "materials": [],
        "readings": {"required": ["gausss-integral", "ropes"], "optional": []},
        "changed_at": "2027-03-10T00:00:00-05:00",
    }


def test_a_session_of_groups(build_site: BuildSite) -> None:
    course = read_json(build_site, "labs")
    one = row(course, "tbd-lab-6")
    lost = {"date": "2027-04-02", "start": None, "end": None, "place": "L416", "cancelled": True}
    assert one["groups"] == [
        {"name": "A", **lost, "leader": "D. Volkov"},
        {"name": "B", **lost, "leader": None},
        {
            "name": "C",
            "date": "2027-04-01",
            "start": "2027-04-01T14:00:00-05:00",
            "end": "2027-04-01T15:50:00-05:00",
            "place": "L440",
            "leader": None,
            "cancelled": False,
        },
    ]
    assert (one["date"], one["start"], one["place"]) == ("2027-04-01", "2027-04-01T14:00:00-05:00", "L440")
    both = row(course, "first-steps")
    assert [both[key] for key in ("date", "start", "end", "place")] == ["2027-01-28", None, None, None]


NOTHING: dict[str, Any] = {
    "until": None,
    "end_date": None,
    "same_day": None,
    "exam": False,
    "number": None,
    "kind": None,
    "unit": None,
    "status": None,
    "place": None,
    "groups": [],
    "lecturer": None,
    "lecturers": [],
    "guests": [],
    "presenters": {},
    "materials": [],
    "readings": {"required": [], "optional": []},
}


@pytest.mark.parametrize(
    ("name", "id", "expected"),
    [
        (
            "kinds",
            "break-2027-03-08",
            {
                "week": 6,
                "date": "2027-03-08",
                "end_date": "2027-03-19",
                "start": None,
                "end": None,
                "topic": "Spring break",
                "break": True,
            },
        ),
        (
            "recess",
            "break-2024-09-23",
            {
                "week": None,
                "date": "2024-09-23",
                "end_date": "2024-09-29",
                "start": None,
                "end": None,
                "topic": "Recess",
                "break": True,
            },
        ),
        (
            "new-year",
            "opening",
            {"week": 1, "date": "2026-12-14", "start": None, "end": None, "topic": "Opening", "break": False},
        ),
    ],
)
def test_what_there_is_not_is_null(build_site: BuildSite, name: str, id: str, expected: dict[str, Any]) -> None:
    found = row(read_json(build_site, name), id)
    assert found == {"id": id, **NOTHING, **expected, "changed_at": found["changed_at"]}


@pytest.mark.parametrize(
    ("name", "id", "expected"),
    [
        # A kind that the pattern has not is a label, and is not counted; its own time and place.
        (
            "kinds",
            "midterm",
            {"kind": "Exam", "exam": True, "number": None, "place": "Wheeler 150", "end": "2027-03-03T20:00:00-05:00"},
        ),
        # It shares the day of the topic before it.
        ("kinds", "review-session", {"same_day": "crossings"}),
        # An extra meeting in a break has the kind of the first entry only where it takes its class.
        ("kinds", "guest-talk", {"week": 6, "place": "https://example.zoom.us/j/1", "break": False}),
        # After the clocks changed.
        ("kinds", "to-be-decided-5", {"date": "2027-03-22", "start": "2027-03-22T10:00:00-04:00"}),
        ("kinds", "crossings", {"date": "2027-02-18", "status": "tentative", "number": 6}),
        # Those that share a class share its number.
        ("kinds", "review-session", {"date": "2027-02-18", "number": 6}),
        (
            "kinds",
            "alexander-2",
            {"lecturer": "Ida Visitor", "lecturers": ["Ida Visitor"], "number": 5, "unit": "Invariants"},
        ),
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
    unsaid: dict[str, Any] = {
        "in": None,
        "editors": [],
        "publisher": None,
        "edition": None,
        "minutes": None,
        "language": None,
    }
    assert found == {"id": id, **unsaid, **expected}


def test_the_schema_takes_what_is_built(build_site: BuildSite) -> None:
    schema = json.loads((ROOT / "schema" / "course.schema.json").read_text(encoding="utf-8"))
    Draft7Validator.check_schema(schema)
    examples = sorted(path.parent for path in (ROOT / "examples").glob("*/syllabus.yaml"))
    for folder in (ROOT, *examples, *(COURSES / name for name in NAMES if name != "whole")):
        course = json.loads((build_site(folder) / "course.json").read_text(encoding="utf-8"))
        assert [each.message for each in Draft7Validator(schema).iter_errors(course)] == [], folder
        for key in schema["properties"]:
            less = {name: value for name, value in course.items() if name != key}
            assert not Draft7Validator(schema).is_valid(less), key
        assert not Draft7Validator(schema).is_valid({**course, "more": 1})


def test_materials(tmp_path: Path) -> None:
    """What is withheld has no address yet, and what is to be decided no date."""
    topic = """{topic: A, id: a, lecturer: [Ada, Grace Hopper], materials: [{label: Notes, url: a.txt, access: campus},
      {label: Key, url: key.txt, publish_on: 2027-02-01 12:00}, {label: Video, url: "https://example.org/v",
      publish_on: TBD}, {Code: }]}"""
    term = "{starts: 2027-01-25, ends: 2027-01-25, timezone: UTC, meets: {day: Monday}}"
    files = {
        "syllabus.yaml": f"course: K\nterm: {term}\nschedule:\n  - {topic}\n",
        "assets/a.txt": "a",
        "assets/key.txt": "k",
    }
    folder = write_course(tmp_path, files)
    for day, url in ((1, None), (2, "assets/key.txt")):
        site = make_in_memory(folder, datetime(2027, 2, day, 8, tzinfo=UTC))
        found = json.loads(read_whole(site.artifacts["course.json"]))["meetings"][0]
        assert (found["lecturer"], found["lecturers"]) == ("Ada, Grace Hopper", ["Ada", "Grace Hopper"])
        assert found["materials"] == [
            {"label": "Notes", "url": "assets/a.txt", "access": "campus", "publish_on": None},
            {"label": "Key", "url": url, "access": None, "publish_on": "2027-02-01T12:00:00+00:00"},
            {"label": "Video", "url": None, "access": None, "publish_on": None},
            {"label": "Code", "url": None, "access": None, "publish_on": None},
        ]


EVERYTHING = """
course: Knots
term:
  starts: 2027-01-25
  ends: 2027-02-08
  timezone: America/Los_Angeles
  meets: {day: Monday, time: 13:00-16:00}
staff:
  - name: Ada
    email: ada@example.edu
    office_hours: [{days: [Mon, Wed], time: 10:00-11:00, place: Room 2}, by appointment]
  - {name: Bo, pronouns: he/him}
office_hours:
  - {days: [Mon, Fri], time: 8:00-9:30, who: [Bo, Ada], note: Bring *rope*.}
  - {day: Wednesday, who: Bo, place: https://example.org/room}
schedule:
  - {topic: A, id: a, guests: [{name: Gus}], presenters: {Lead: [Bo, Cy], Scribe: [Di]}}
  - {topic: B, id: b, days: 2}
assignments:
  - id: hw1
    title: Sheet
    out: week 1
    due: week 2
    was: Feb 1 at noon
    accepted_until: 2 days after hw1
    for: Seminar
    status: tentative
    group: 1-2
  - {id: review, title: Review, each: [a], due: next meeting, counts: best 10, form: "https://example.edu/f"}
  - {id: project, title: Project, milestones: [{title: Talk, weight: 10%}, {title: Code, due: end of b}]}
presentations: {roles: [Lead, Scribe], group: 2-3, each_student: {at_least: 2, roles: different}}
grading: [{scheme: Seminar, parts: {Work: 60%, Either: {any_of: {Exam: , Essay: {parts: {Text: 30%, Talk: 70%}}}}}}]
"""


def test_the_rest(tmp_path: Path) -> None:
    files = {
        "syllabus.yaml": EVERYTHING.replace("{days:", "{day:"),
        "readings.yaml": "a: [{title: One}]\n",
        "content/notes/n.md": "---\nreading: one\nauthor: Bo\n---\n# On it\n",
        "content/notes/m.md": "---\nmeeting: a\ndraft: yes\n---\n# Not yet\n",
    }
    site = make_in_memory(write_course(tmp_path, files), datetime(2027, 1, 25))
    found = json.loads(read_whole(site.artifacts["course.json"]))
    assert found["staff"][0]["office_hours"] == [
        {"days": ["Monday", "Wednesday"], "start": "10:00", "end": "11:00", "place": "Room 2", "text": None},
        {"days": [], "start": None, "end": None, "place": None, "text": "by appointment"},
    ]
    assert [each["pronouns"] for each in found["staff"]] == [None, "he/him"]
    changed = {"changed_at": "2027-01-25T00:00:00-08:00"}
    shared = {"start": "08:00", "end": "09:30", "place": None, "who": ["Bo", "Ada"], "note": "Bring *rope*."}
    own = {"start": "10:00", "end": "11:00", "place": "Room 2", "who": ["Ada"], "note": None}
    untimed = {"start": None, "end": None, "place": "https://example.org/room", "who": ["Bo"], "note": None}
    assert found["office_hours"] == [
        {"day": "Monday", **shared, **changed},
        {"day": "Monday", **own, **changed},
        {"day": "Wednesday", **own, **changed},
        {"day": "Wednesday", **untimed, **changed},
        {"day": "Friday", **shared, **changed},
    ]
    assert found["assignments"][0] == {
        "id": "hw1",
        "title": "Sheet",
        "each": None,
        "out": "week 1",
        "due": "week 2",
        "was": "2027-02-01T12:00:00-08:00",
        "accepted_until": "2027-02-03T23:59:00-08:00",
        "for": "Seminar",
        "group": "1-2",
        "counts": None,
        "form": None,
        "status": "tentative",
        "milestones": [],
    }
    assert found["assignments"][2]["milestones"] == [
        {"id": "talk", "title": "Talk", "was": None, "accepted_until": None, "weight": "10%", "status": None},
        {"id": "code", "title": "Code", "was": None, "accepted_until": None, "weight": None, "status": None},
    ]
    assert [(each["id"], each["kind"], each["at"], each["meeting"], each["for"]) for each in found["deadlines"]] == [
        ("hw1-out", "out", "2027-01-25T00:00:00-08:00", None, "Seminar"),
        ("review-a", "due", "2027-02-01T13:00:00-08:00", "a", None),
        ("hw1-due", "due", "2027-02-01T23:59:00-08:00", None, "Seminar"),
        ("project-code", "milestone", "2027-02-08T16:00:00-08:00", None, None),
        ("project-talk", "milestone", None, None, None),
    ]
    assert found["deadlines"][3]["title"] == "Code"
    assert {each["assignment"] for each in found["deadlines"]} == {"hw1", "review", "project"}
    assert row(found, "a")["presenters"] == {"Lead": ["Bo", "Cy"], "Scribe": ["Di"]}
    assert row(found, "a")["guests"] == [{"name": "Gus", "affiliation": None, "url": None}]
    assert found["presentations"] == {
        "roles": ["Lead", "Scribe"],
        "group": [2, 3],
        "at_least": 2,
        "different": True,
        "sign_up": None,
        "meetings": ["a"],
    }
    assert found["grading"] == [
        {
            "scheme": "Seminar",
            "parts": [
                part("Work", 60),
                part(
                    "Either",
                    40,
                    any_of=[part("Exam", 40), part("Essay", 40, parts=[part("Text", 30), part("Talk", 70)])],
                ),
            ],
        }
    ]
    assert found["notes"] == [
        {"url": "notes/n.html", "title": "On it", "reading": "one", "meeting": None, "author": "Bo"}
    ]


def part(name: str, weight: float, **inner: list[dict[str, Any]]) -> dict[str, Any]:
    return {"name": name, "weight": weight, "parts": [], "any_of": [], **inner}


def test_the_people(build_site: BuildSite) -> None:
    assert read_json(build_site, "kinds")["staff"][0] == {
        "name": "Ada Example",
        "pronouns": None,
        "role": "Instructor",
        "affiliation": "Knot Lab",
        "url": "https://example.edu/ada",
        "email": None,
        "office_hours": [],
    }
