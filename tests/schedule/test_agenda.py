"""The agenda: which dates are to come and which are past at an instant, and how a series is one entry."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from courseweek.model.assignment import Deadline
from courseweek.model.event import Event
from courseweek.schedule.agenda import AgendaItem, list_agenda, make_agenda
from courseweek.schedule.releases import next_change
from tests.mini import Mini, date_mini

ZONE = ZoneInfo("America/Los_Angeles")
SYLLABUS = """
course: Knots
term:
  starts: 2027-01-25
  ends: 2027-02-15
  timezone: America/Los_Angeles
  meets: {day: Monday, time: 13:00-16:00, kind: Lecture}
schedule:
  - {topic: Bends, id: bends}
  - {topic: Hitches, id: hitches}
  - {topic: Midterm, id: midterm, kind: Exam}
  - {topic: Splices, id: splices}
  - {topic: Final, id: final, kind: Exam, date: 2027-02-16, until: 2027-02-18 12:00}
  - {topic: Oral, id: oral, kind: Exam, date: TBD}
  - {topic: Test, id: test, kind: Test, date: 2027-02-04, time: 9:00-10:00}
assignments:
  - {id: essay, title: Essay, out: 2027-01-26, due: 2027-02-10 17:00}
  - {id: quiz, title: Quiz, each: lecture, out: 1 day before, due: start}
  - {id: project, title: Project, milestones: [{title: Plan, due: 2027-02-03}, {title: Report, due: TBD}]}
events:
  - {name: Fair, from: 2027-02-09, to: 2027-02-11, time: 10:00-16:00}
  - {name: Drop, date: 2027-02-05}
"""


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Mini:
    mini = date_mini(tmp_path_factory.mktemp("course"), SYLLABUS)
    assert mini.found == []
    return mini


def items_of(mini: Mini) -> tuple[AgendaItem, ...]:
    assert mini.course is not None
    return list_agenda(mini.dated, mini.course.syllabus.term)


def name(item: AgendaItem) -> str:
    return item.of.id if isinstance(item.of, (Deadline, Event)) else f"{item.of.id} ({item.of.word})"


def test_all_dates_are_in_order_with_their_ends(course: Mini) -> None:
    def show(at: datetime | None) -> str:
        return f"{at.astimezone(ZONE):%m-%d %H:%M}" if at is not None else "-"

    found = [(name(each), show(each.starts), show(each.ends), each.series) for each in items_of(course)]
    assert found == [
        ("quiz-bends-out", "01-24 00:00", "01-24 00:00", "quiz"),
        ("quiz-bends", "01-25 13:00", "01-25 13:00", "quiz"),
        ("essay-out", "01-26 00:00", "01-26 00:00", None),
        ("quiz-hitches-out", "01-31 00:00", "01-31 00:00", "quiz"),
        ("quiz-hitches", "02-01 13:00", "02-01 13:00", "quiz"),
        ("project-plan", "02-03 23:59", "02-03 23:59", None),
        ("test (exam)", "02-04 09:00", "02-04 10:00", None),
        ("drop", "02-05 00:00", "02-06 00:00", None),
        ("midterm (exam)", "02-08 13:00", "02-08 16:00", None),
        ("fair", "02-09 10:00", "02-11 16:00", None),
        ("essay-due", "02-10 17:00", "02-10 17:00", None),
        ("quiz-splices-out", "02-14 00:00", "02-14 00:00", "quiz"),
        ("quiz-splices", "02-15 13:00", "02-15 13:00", "quiz"),
        ("final (exam due)", "02-18 12:00", "02-18 12:00", None),
        ("project-report", "-", "-", None),
        ("oral (exam)", "-", "-", None),
    ]
    assert [each.place for each in items_of(course)] == list(range(len(found)))


# An instant, what is to come (with what is below the first of a series), and what is past, the last to end first.
TO_COME = {
    "2027-01-20 12:00": (
        "quiz-bends [quiz-hitches quiz-splices], essay-out, project-plan, test (exam), drop, midterm (exam), "
        "fair, essay-due, final (exam due), project-report, oral (exam)",
        "",
    ),
    "2027-01-25 12:59": (
        "quiz-bends [quiz-hitches quiz-splices], essay-out, project-plan, test (exam), drop, midterm (exam), "
        "fair, essay-due, final (exam due), project-report, oral (exam)",
        "",
    ),
    "2027-01-25 13:00": (
        "essay-out, quiz-hitches [quiz-splices], project-plan, test (exam), drop, midterm (exam), fair, "
        "essay-due, final (exam due), project-report, oral (exam)",
        "quiz-bends",
    ),
    "2027-02-05 23:59": (
        "drop, midterm (exam), fair, essay-due, quiz-splices, final (exam due), project-report, oral (exam)",
        "test (exam), project-plan, quiz-hitches, essay-out, quiz-bends",
    ),
    "2027-02-06 00:00": (
        "midterm (exam), fair, essay-due, quiz-splices, final (exam due), project-report, oral (exam)",
        "drop, test (exam), project-plan, quiz-hitches, essay-out, quiz-bends",
    ),
    # What is on is to come.
    "2027-02-08 15:59": (
        "midterm (exam), fair, essay-due, quiz-splices, final (exam due), project-report, oral (exam)",
        "drop, test (exam), project-plan, quiz-hitches, essay-out, quiz-bends",
    ),
    "2027-02-11 15:00": (
        "fair, quiz-splices, final (exam due), project-report, oral (exam)",
        "essay-due, midterm (exam), drop, test (exam), project-plan, quiz-hitches, essay-out, quiz-bends",
    ),
    "2027-03-01 12:00": (
        "project-report, oral (exam)",
        "final (exam due), quiz-splices, fair, essay-due, midterm (exam), drop, test (exam), project-plan, "
        "quiz-hitches, essay-out, quiz-bends",
    ),
}


@pytest.mark.parametrize("now", TO_COME)
def test_what_is_to_come_and_what_is_past(now: str, course: Mini) -> None:
    agenda = make_agenda(items_of(course), datetime.fromisoformat(now).replace(tzinfo=ZONE))
    coming = []
    for each in agenda.coming:
        later = f" [{' '.join(map(name, each.later))}]" if each.later else ""
        coming.append(f"{name(each.item)}{later}")
    assert (", ".join(coming), ", ".join(map(name, agenda.past))) == TO_COME[now]


def test_dates_without_any_are_an_empty_agenda(tmp_path: Path) -> None:
    mini = date_mini(tmp_path, SYLLABUS.partition("assignments:")[0].partition("  - {topic: Midterm")[0])
    assert make_agenda(items_of(mini), datetime(2027, 1, 1, tzinfo=ZONE)).coming == ()


def test_the_site_changes_when_something_is_over(course: Mini) -> None:
    assert course.course is not None
    at = datetime(2027, 2, 8, 13, 0, tzinfo=ZONE)
    assert next_change(course.course, course.dated, at) == datetime(2027, 2, 8, 16, 0, tzinfo=ZONE)
    at = datetime(2027, 2, 11, 15, 0, tzinfo=ZONE)
    assert next_change(course.course, course.dated, at) == datetime(2027, 2, 11, 16, 0, tzinfo=ZONE)
