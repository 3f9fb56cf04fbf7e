"""What is due next: each assignment once, four at most, and always the next exam."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from courseweek.model.assignment import Deadline
from courseweek.schedule.due_next import list_due_next
from tests.mini import Mini, date_mini, term

LINES = """
    starts: 2027-03-01
    ends: 2027-05-07
    meets:
      - {days: [Tue, Thu], time: 9:30-10:45, kind: Lecture}
      - kind: Lab
        groups: [{name: A, day: Friday, time: 9:00-10:00}, {name: B, day: Friday, time: 13:00-14:00}]
"""
TOPICS = """
    Lecture: [{topic: Loops, id: loops}, {topic: Bends, id: bends}, {topic: Knots, id: knots, times: rest}]
    Lab:
      - {topic: Practical, id: practical, exam: yes, date: 2027-04-16}
      - {topic: Lab, times: rest}
"""
MORE = """
assignments:
  - {title: Quiz, id: quiz, each: Lecture, due: start}
  - {title: Essay, id: essay, milestones: [{title: Draft, due: 2027-03-03}, {title: Text, due: 2027-03-05}]}
  - {title: Sheet, id: sheet, out: 2027-03-02 12:00, due: 2027-03-04 9:30}
  - {title: Poster, id: poster, due: 2027-03-10}
  - {title: Talk, id: talk, due: TBD}
"""


def date_course(folder: Path) -> Mini:
    mini = date_mini(folder, term(LINES, TOPICS) + MORE)
    assert mini.found == []
    return mini


CASES = {
    # A series and an assignment with milestones count once; the exam takes the last place.
    "2027-03-01T12:00": "quiz loops 2 9:30, essay 3 23:59, sheet 4 9:30, exam practical 16 9:00",
    "2027-03-02T09:29": "quiz loops 2 9:30, essay 3 23:59, sheet 4 9:30, exam practical 16 9:00",
    # At one instant by the order of the rows: what is due on the day of a class stands in its row.
    "2027-03-02T09:30": "essay 3 23:59, quiz bends 4 9:30, sheet 4 9:30, exam practical 16 9:00",
    "2027-03-04T00:00": "quiz bends 4 9:30, sheet 4 9:30, essay 5 23:59, exam practical 16 9:00",
    "2027-03-06T00:00": "quiz knots 9 9:30, poster 10 23:59, exam practical 16 9:00",
    "2027-04-16T09:00": "quiz knots-13 20 9:30",
    "2027-05-07T00:00": "",
}


@pytest.mark.parametrize("now", CASES)
def test_what_is_due_next(now: str, tmp_path: Path) -> None:
    mini = date_course(tmp_path)
    found = []
    for each in list_due_next(
        mini.dated, datetime.fromisoformat(f"{now}-08:00" if now < "2027-03-14" else f"{now}-07:00")
    ):
        assert each.at is not None
        name = f"{each.assignment.id} {each.meeting or ''}" if isinstance(each, Deadline) else f"exam {each.id}"
        local = each.at.astimezone(mini.dated.weeks[0].meetings[0].starts_at.tzinfo)  # type: ignore[union-attr]
        found.append(f"{name.strip()} {local.day} {local:%-H:%M}")
    assert ", ".join(found) == CASES[now]
