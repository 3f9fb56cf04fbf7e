"""Events: their ids and instants, and the weeks in which they are."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest

from courseweek.files.stored import read_whole
from courseweek.schedule.focus import focus_on
from tests.mini import Mini, date_mini, term
from tests.sites import make_in_memory, write_course

MONDAYS = "starts: 2027-01-25\nends: 2027-02-22\nmeets: {day: Mon, time: 13:00-16:00}"
TOPICS = "- {topic: Intro, id: event-fair}\n- {topic: Rest, times: 4}"


def date_events(folder: Path, events: str) -> Mini:
    return date_mini(folder, term(MONDAYS, TOPICS) + f"events:\n{events}")


EVENTS = """
  - {name: Fair, from: 2027-02-11, to: 2027-02-23, time: 10:00-16:00, place: Quay, url: https://example.edu/fair}
  - {name: Drop, id: last-day, date: Feb 5}
  - {name: Drop, date: 2027-02-05, note: At *noon*., time: 9:00-12:00}
  - {name: Reunion, date: 2027-03-29}
"""


def test_events_are_in_order_and_have_ids(tmp_path: Path) -> None:
    mini = date_events(tmp_path, EVENTS)
    assert mini.found == []
    assert [(each.id, str(each.starts), str(each.ends)) for each in mini.dated.events] == [
        ("last-day", "2027-02-05", "2027-02-05"),
        ("drop", "2027-02-05", "2027-02-05"),
        ("fair-2", "2027-02-11", "2027-02-23"),  # a meeting is `event-fair`
        ("reunion", "2027-03-29", "2027-03-29"),
    ]
    fair = mini.dated.events[2]
    assert (str(fair.starts_at), str(fair.ends_at)) == ("2027-02-11 10:00:00-08:00", "2027-02-23 16:00:00-08:00")


def test_an_event_is_a_line_in_each_week_that_it_touches(tmp_path: Path) -> None:
    mini = date_events(tmp_path, EVENTS)
    assert {week.id: [f"{line.id} {line.on}" for line in week.events] for week in mini.dated.weeks} == {
        "week-1": [],
        "week-2": ["event-last-day 2027-02-05", "event-drop 2027-02-05"],
        "week-3": ["event-fair-2 2027-02-11"],
        "week-4": ["event-fair-2.2 2027-02-15"],
        "week-5": ["event-fair-2.3 2027-02-22"],
        "week-10": ["event-reunion 2027-03-29"],
    }


def test_events_move_no_meeting(tmp_path: Path) -> None:
    mini = date_events(tmp_path, EVENTS)
    assert mini.rows() == date_mini(tmp_path, term(MONDAYS, TOPICS)).rows()


# Instants, and the state, the week, the mark and the row of `#today`.
FOCUS = {
    "2027-02-05T12:00": "on week-2 Next rest",
    "2027-03-30T12:00": "last week-10 None event-reunion",
    "2027-04-05T12:00": "over None None None",
}


@pytest.mark.parametrize("now", FOCUS)
def test_an_event_is_neither_today_nor_next(now: str, tmp_path: Path) -> None:
    mini = date_events(tmp_path, EVENTS)
    focus = focus_on(mini.dated, datetime.fromisoformat(f"{now}:00-08:00"))
    week = focus.week.id if focus.week is not None else None
    current = getattr(focus.current, "id", None)
    assert f"{focus.state} {week} {focus.mark} {current}" == FOCUS[now]


SHOWN = """course: Knots
term: {starts: 2027-01-25, ends: 2027-02-22, timezone: UTC, meets: {day: Mon, time: 13:00-16:00}}
schedule:
  - Intro
  - {topic: Midterm, exam: yes, time: 14:00-15:00}
  - {topic: Rest, times: 3}
  - {topic: Oral, kind: Final, date: TBD}
  - {topic: Take-home, kind: Exam, date: 2027-02-24, until: 2027-02-26 17:00}
assignments: [{title: Essay, due: 2027-02-05 10:30}]
events:
  - {name: Drop, date: 2027-02-05}
  - {name: Fair, date: 2027-02-05, time: 10:00-16:00, place: https://example.edu/room, note: Bring *rope*.}
"""


def test_all_dates_are_in_one_list(tmp_path: Path) -> None:
    coming = make_page(tmp_path, "deadlines.html").partition('<ol class="coming">')[2].partition("</ol>")[0]
    names = ["Midterm", "Drop", "Fair", "Essay", "Take-home", "Oral"]
    places = [coming.index(f">{name}<") if name != "Essay" else coming.index("Essay") for name in names]
    assert places == sorted(places)
    lines = coming.split("<li")
    for name, said in {
        "Oral": ['<p class="at day">TBD</p>', '<a href="meetings/oral.html">', '<p class="small">Exam</p>'],
        "Take-home": ['class="exam"', '<a href="meetings/take-home.html">', '<p class="small">Exam due</p>'],
        "Drop": ['class="event"', '<a href="index.html#event-drop">', '<p class="small">Event</p>'],
    }.items():
        line = next(line for line in lines if f">{name}<" in line)
        assert [each for each in said if each not in line] == []


def test_the_schedule_shows_exams_events_and_what_is_not_scheduled(tmp_path: Path) -> None:
    page = make_page(tmp_path, "index.html")
    assert '<tr id="midterm" class="exam next" data-date="2027-02-01"' in page
    assert '<p class="small">Exam</p>' in page
    assert '<tr id="event-fair" class="line event" data-to="2027-02-05T16:00:00Z">' in page
    assert "<p>Bring <em>rope</em>.</p>" in page
    undated = page.partition("Not yet scheduled")[2]
    assert '<li id="oral" class="exam">' in undated
    assert '<span class="until">until Fri 26 Feb, 17:00</span>' in page
    assert page.count(">Drop<") == 2  # in its week, and under This week


def make_page(folder: Path, path: str) -> str:
    write_course(folder, {"syllabus.yaml": SHOWN})
    site = make_in_memory(folder, datetime.fromisoformat("2027-02-01T08:00:00+00:00"))
    assert not site.found.errors, list(site.found)
    return read_whole(site.artifacts[path]).decode("utf-8")


def test_a_course_with_only_an_event_has_a_page_of_dates(tmp_path: Path) -> None:
    text = term(MONDAYS, "- {topic: A, times: 5}") + "events: {name: Drop, date: 2027-02-05}\n"
    write_course(tmp_path, {"syllabus.yaml": text})
    site = make_in_memory(tmp_path, datetime.fromisoformat("2027-02-01T08:00:00+00:00"))
    assert "deadlines.html" in site.artifacts
    assert json.loads(read_whole(site.artifacts["course.json"]))["events"] == [
        {
            "id": "drop",
            "name": "Drop",
            "date": "2027-02-05",
            "end_date": "2027-02-05",
            "start": None,
            "end": None,
            "place": None,
            "url": None,
            "changed_at": "2027-02-01T00:00:00-08:00",
        }
    ]
