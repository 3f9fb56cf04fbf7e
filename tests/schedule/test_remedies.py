"""What to do about an id, a series or a clock change that can't be: exact words."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.mini import date_mini, term

HEAD = """
starts: 2027-03-01
ends: 2027-03-29
meets: {day: Monday, time: 13:00-14:00}
breaks: {date: 2027-03-15, name: Storm}
"""
TOPICS = "- {topic: A, id: a}\n- {topic: B, id: b}\n- {topic: TBD, id: c, times: 2}\n"

HELPS = {
    "{title: T, each: meeting, except: xyzzy, due: start}": "the meetings are `a`, `b`, `c`, `c-2`",
    "{title: T, each: meeting with required readings, due: start}": (
        "add readings to readings.yaml, or write each: meeting for all meetings"
    ),
    "{title: T, each: [a], except: [a], due: start}": "delete an id after except:, or name more meetings after each:",
    "{title: T, due: week 0}": "write week 1 or a later week",
    "{title: T, due: 2027-03-14 2:30 am}": "03:30 is used; choose another time to be sure",
}


@pytest.mark.parametrize("assignment", HELPS)
def test_the_remedy(assignment: str, tmp_path: Path) -> None:
    mini = date_mini(tmp_path, term(HEAD, TOPICS) + f"assignments: [{assignment}]\n")
    assert [each.help for each in mini.diagnostics] == [HELPS[assignment]]


def test_a_repeated_hour_is_the_first_of_the_two(tmp_path: Path) -> None:
    syllabus = term("starts: 2027-10-25\nends: 2027-11-15\nmeets: {day: Monday}", "- {topic: TBD, times: 4}")
    mini = date_mini(tmp_path, syllabus + "assignments: [{title: T, due: 2027-11-07 1:30 am}]\n")
    assert [(each.message, each.help) for each in mini.diagnostics] == [
        (
            "01:30 on 2027-11-07 is repeated by a clock change in America/Los_Angeles",
            "the first of the two is used; choose another time to be sure",
        )
    ]


def test_another_role_is_named(tmp_path: Path) -> None:
    topics = "- {topic: A, id: a, presenters: {Lead: Ada}}\n- {topic: B, id: b, presenters: {Lead: Ada}}\n"
    rules = "presentations: {roles: [Lead, Scribe], each_student: {roles: different}}\n"
    mini = date_mini(tmp_path, term(HEAD, topics + "- {topic: TBD, times: 2}\n") + rules)
    assert [each.help for each in mini.diagnostics] == [
        "write another role here, such as Scribe: the rule asks for a different one each time"
    ]
