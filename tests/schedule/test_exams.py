"""Exams, windows of days, and meetings whose date is to be decided."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from courseweek.files.stored import read_whole
from courseweek.model.assignment import Deadline
from courseweek.schedule.deadlines import NEVER
from courseweek.schedule.exams import list_exam_dates
from courseweek.schedule.focus import focus_on
from tests.mini import Mini, date_mini, show, term
from tests.sites import make_in_memory, write_course

CHICAGO = ZoneInfo("America/Chicago")
CLASSES = """
    starts: 2027-01-25
    ends: 2027-05-07
    meets: {days: [Tue, Thu], time: 9:30-10:45, place: Soda 405, kind: Lecture, numbered: yes}
    breaks: {from: 2027-03-13, to: 2027-03-21, name: Spring break}
"""


def date_exams(folder: Path, schedule: str, more: str = "", readings: str | None = None) -> Mini:
    return date_mini(folder, term(CLASSES, schedule, "America/Chicago") + more, readings)


# What is written of a topic, and whether it is an exam.
EXAMS = {
    "kind: Exam": True,
    "kind: exam": True,
    "kind: Midterm": True,
    "kind: Final": True,
    "kind: FINAL EXAM": True,
    "kind: Test": True,
    "kind: Exam, exam: no": False,
    "kind: Lecture, exam: yes": True,
    "kind: Lecture": False,
    "kind: Exam review": False,
    "exam: yes": True,
    "exam: no": False,
}


@pytest.mark.parametrize("written", EXAMS)
def test_an_exam_is_one_by_its_kind_or_by_its_topic(written: str, tmp_path: Path) -> None:
    schedule = f"- {{topic: A, {written}}}\n- {{topic: B, times: 27}}\n- {{topic: C, date: TBD, {written}}}"
    mini = date_exams(tmp_path, schedule)
    assert mini.found == []
    assert mini.row("a").exam is EXAMS[written]
    assert [row.exam for row in mini.dated.undated] == [EXAMS[written]]


def test_a_class_day_without_a_topic_may_be_an_exam(tmp_path: Path) -> None:
    lines = "starts: 2027-01-25\nends: 2027-02-05\nmeets: {day: Mon, kind: Exam, numbered: yes}"
    mini = date_mini(tmp_path, term(lines, "- First"))
    assert [(row.topic, row.kind, row.number, row.exam) for row in mini.dated.meetings] == [
        ("First", "Exam", 1, True),
        ("To be announced", "Exam", 2, True),
    ]


def test_an_exam_takes_a_class_or_is_an_extra_meeting(tmp_path: Path) -> None:
    schedule = """
        - {topic: In class, kind: Midterm, date: 2027-02-04, place: Hall}
        - {topic: At night, kind: Exam, date: 2027-02-04, time: 19:00-21:00}
        - {topic: In the break, kind: Test, date: 2027-03-16}
        - {topic: Lectures, times: 27}
    """
    mini = date_exams(tmp_path, schedule)
    assert mini.found == []
    rows = {
        row.id: (str(row.on), row.extra, row.place, row.starts_at and f"{row.starts_at:%H:%M}")
        for row in mini.dated.meetings
    }
    assert rows["in-class"] == ("2027-02-04", False, "Hall", "09:30")
    assert rows["at-night"] == ("2027-02-04", True, None, "19:00")
    assert rows["in-the-break"] == ("2027-03-16", True, None, None)


WINDOWS = {
    "until: 2027-05-14 17:00": "2027-05-14T17:00:00-05:00",
    "until: 2027-05-14": "2027-05-14T23:59:00-05:00",
    "until: 14 May at 5 pm": "2027-05-14T17:00:00-05:00",
    "until: 2027-05-10 12:30": "2027-05-10T12:30:00-05:00",
    "time: 9:00-10:00, until: 2027-05-14 17:00": "2027-05-14T17:00:00-05:00",
}


@pytest.mark.parametrize("written", WINDOWS)
def test_a_window_is_one_row_over_its_days(written: str, tmp_path: Path) -> None:
    mini = date_exams(tmp_path, f"- {{topic: F, kind: Exam, date: 2027-05-10, {written}}}\n- {{topic: A, times: 28}}")
    assert mini.found == []
    row = mini.row("f")
    assert row.until is not None
    assert row.until.isoformat() == WINDOWS[written]
    assert (row.on.isoformat(), row.last_on) == ("2027-05-10", row.until.date())
    assert row.begins_at.isoformat() == "2027-05-10T05:00:00+00:00"
    assert row.begins_at < row.until < row.finishes_at
    assert [each.id for each in mini.dated.weeks if row in each.meetings] == ["week-16"]


FINALS = """
    - {topic: A, times: 28}
    - {topic: Take-home, id: final, kind: Exam, date: 2027-05-10, until: 2027-05-18 17:00}
    - {topic: Party, date: 2027-05-12, time: 10:00-11:00}
"""
# Instants, and the state, the week, the mark, the rows with it and what is due next.
FOCUS = {
    "2027-05-09T12:00": "on week-15 Next final, due exam opens 2027-05-10 00:00 report 2027-05-12 23:59",
    "2027-05-10T00:00": "on week-16 Today final, due report 2027-05-12 23:59 exam due 2027-05-18 17:00",
    "2027-05-12T09:00": "on week-16 Today final party, due report 2027-05-12 23:59 exam due 2027-05-18 17:00",
    "2027-05-13T09:00": "on week-16 Today final, due exam due 2027-05-18 17:00",
    "2027-05-17T09:00": "on - Today final, due exam due 2027-05-18 17:00",
    "2027-05-18T18:00": "on - Today final, due -",
    "2027-05-19T00:00": "over - - -, due -",
}


@pytest.mark.parametrize("now", FOCUS)
def test_a_window_is_today_on_all_its_days(now: str, tmp_path: Path) -> None:
    mini = date_exams(tmp_path, FINALS, "\nassignments: [{title: Report, due: 2027-05-12}]\n")
    focus = focus_on(mini.dated, datetime.fromisoformat(f"{now}:00-05:00"))
    due = [
        f"{'report' if isinstance(each, Deadline) else each.word} {each.at.astimezone(CHICAGO):%Y-%m-%d %H:%M}"
        for each in focus.due
        if each.at is not None
    ]
    rows = " ".join(row.id for row in focus.marked) or "-"
    week = focus.week.id if focus.week is not None else "-"
    assert f"{focus.state} {week} {focus.mark or '-'} {rows}, due {' '.join(due) or '-'}" == FOCUS[now]


def test_moments_begin_and_end_with_a_window(tmp_path: Path) -> None:
    assignments = """
assignments:
  - {title: A, due: start of final}
  - {title: B, due: end of final}
  - {title: C, due: 1 day after final}
  - {title: D, due: 1 day before final}
  - {title: E, due: same day as final}
  - {title: F, due: 2 hours after final}
"""
    mini = date_exams(tmp_path, FINALS, assignments)
    at = {each.title: f"{each.at:%m-%d %H:%M}" for each in mini.dated.deadlines if each.at is not None}
    assert at == {
        "A": "05-10 00:00",
        "B": "05-18 17:00",
        "C": "05-19 23:59",
        "D": "05-09 23:59",
        "E": "05-10 23:59",
        "F": "05-18 19:00",
    }


def test_the_dates_of_exams(tmp_path: Path) -> None:
    schedule = """
        - {topic: A, kind: Exam, date: 2027-02-04}
        - {topic: B, kind: Exam, date: 2027-05-10, until: 2027-05-14 17:00}
        - {topic: C, kind: Exam, date: TBD}
        - {topic: D, times: 27}
    """
    mini = date_exams(tmp_path, schedule)
    dates = [
        (each.id, each.word, each.at and f"{each.at.astimezone(CHICAGO):%m-%d %H:%M}")
        for each in list_exam_dates(mini.dated)
    ]
    assert dates == [
        ("a", "exam", "02-04 09:30"),
        ("b", "exam opens", "05-10 00:00"),
        ("b", "exam due", "05-14 17:00"),
        ("c", "exam", None),
    ]


UNDATED = """
    - Intro
    - topic: Guest
      id: guest
      kind: lecture
      date: TBD
      place: Hall
      materials: {Slides: https://example.edu/s.pdf, Later: {url: https://example.edu/l.pdf, publish_on: end}}
      presenters: {Lead: [Ada]}
    - {topic: Rest, times: 27}
    - {topic: Guest, date: tbd}
"""


def test_a_meeting_without_a_date_takes_no_day_and_has_all_else(tmp_path: Path) -> None:
    more = """
assignments:
  - {title: A, due: 2 days after guest}
  - {title: B, each: guest, due: 1 day before}
  - {title: C, each: meeting, due: start, except: [guest-2]}
"""
    mini = date_exams(tmp_path, UNDATED, more, "guest: {required: [{title: Paper, url: https://example.edu/p}]}\n")
    assert mini.found == []
    assert [show(row) for row in mini.dated.meetings][:2] == ["1 Tue 2027-01-26 Intro", "1 Thu 2027-01-28 Rest"]
    guest, other = mini.dated.undated
    assert (guest.id, guest.kind, guest.place, other.id, other.kind) == ("guest", "Lecture", "Hall", "guest-2", None)
    assert [each.reading.title for group in guest.required for each in group.assigned] == ["Paper"]
    assert [(link.label, at) for link, at in guest.materials] == [("Slides", None), ("Later", NEVER)]
    assert [each.name for each in guest.presenters] == ["Ada"]
    undecided = [(each.title, each.meeting) for each in mini.dated.deadlines if each.at is None]
    assert undecided == [("A", None), ("B", "guest"), ("C", "guest")]


def test_what_is_not_scheduled_is_last_in_course_json(tmp_path: Path) -> None:
    write_course(tmp_path, {"syllabus.yaml": term(CLASSES, UNDATED, "America/Chicago")})
    site = make_in_memory(tmp_path, datetime.fromisoformat("2027-02-01T12:00:00+00:00"))
    made = json.loads(read_whole(site.artifacts["course.json"]))
    assert [(each["id"], each["date"], each["week"]) for each in made["meetings"][-2:]] == [
        ("guest", None, None),
        ("guest-2", None, None),
    ]


def test_only_one_of_a_kind_that_is_undated_leaves_its_class_days_alone(tmp_path: Path) -> None:
    lines = """
        starts: 2027-01-25
        ends: 2027-02-05
        meets: [{day: Mon, kind: Lecture}, {day: Fri, kind: Lab}]
    """
    mini = date_mini(tmp_path, term(lines, "- {topic: A, times: 2}\n- {topic: B, kind: Lab, date: TBD}"))
    assert mini.found == []
    assert [row.topic for row in mini.dated.meetings] == ["A", "A"]
