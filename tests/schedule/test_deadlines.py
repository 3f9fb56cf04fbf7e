"""Deadlines: each form of a moment as an instant, series, ids, and where a deadline stands in the schedule."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from textwrap import indent

import pytest

from courseweek.schedule.deadlines import NEVER
from courseweek.schedule.focus import focus_on
from tests.mini import Mini, date_mini, lines

# Mondays and Fridays from 25 January; week 4 lacks its Monday, week 12 its Friday, week 9 both.
TERM = """
course: Knots
term:
  starts: 2027-01-25
  ends: 2027-05-10
  timezone: America/Los_Angeles
  meets:
    - {day: Monday, time: 13:00-16:00, kind: Lecture}
    - {day: Friday, time: 15:00-16:00, kind: Lab}
  breaks:
    - {date: 2027-02-15, name: Presidents' Day}
    - {from: 2027-03-22, to: 2027-03-26, name: Recess}
    - {date: 2027-04-16, name: RRR week}
schedule:
  Lecture:
    - {topic: Intro, id: intro}
    - {topic: Big data, id: big-data}
    - {topic: Data flow, id: flow, days: 2}
    - {topic: Paper day, id: papers, kind: Seminar}
    - {topic: Talks, id: talks, times: 9}
    - {topic: Hackathon, id: hackathon, date: 2027-03-30}
  Lab:
    - {topic: Labs, id: lab, times: 13}
"""
READINGS = """
big-data: [{title: One}]
papers: [{title: Two}]
intro: {optional: [{title: Three}]}
"""


def assign(folder: Path, assignments: str, readings: str | None = READINGS, head: str = TERM) -> Mini:
    return date_mini(folder, head + "assignments:\n" + indent("\n".join(lines(assignments)), "  ") + "\n", readings)


def reported(mini: Mini) -> dict[str, str | None]:
    """Return the instants by the deadlines' ids."""
    return {each.id: each.at.isoformat() if each.at else None for each in mini.dated.deadlines}


# --- One moment -----------------------------------------------------------------------------------------------

MOMENTS = {
    # Dates, with a time or without.
    "2027-02-20": "2027-02-20T23:59:00-08:00",
    "2027-02-20 17:00": "2027-02-20T17:00:00-08:00",
    "2027-02-20 at 17:00": "2027-02-20T17:00:00-08:00",
    "2027-02-20T17:00": "2027-02-20T17:00:00-08:00",
    "Feb 20 at 5 pm": "2027-02-20T17:00:00-08:00",
    "Saturday 20 Feb 2027 at 5:30pm": "2027-02-20T17:30:00-08:00",
    "Sat 20 Feb 5:30pm": "2027-02-20T17:30:00-08:00",
    "20 Feb noon": "2027-02-20T12:00:00-08:00",
    # Weeks: the last class day, a day, the edges.
    "week 3": "2027-02-12T23:59:00-08:00",
    "Week 3 at 9:00": "2027-02-12T09:00:00-08:00",
    "week 3 Friday": "2027-02-12T23:59:00-08:00",
    "week 3 Tue 17:00": "2027-02-09T17:00:00-08:00",
    "week 9 Sunday": "2027-03-28T23:59:00-07:00",
    "week 12": "2027-04-12T23:59:00-07:00",
    "start of week 3": "2027-02-08T00:00:00-08:00",
    "start of week 3 at 9:00": "2027-02-08T09:00:00-08:00",
    "end of week 3": "2027-02-14T23:59:00-08:00",
    "end of week 3 17:00": "2027-02-14T17:00:00-08:00",
    "end of week 17": "2027-05-23T23:59:00-07:00",
    # Breaks, by name.
    "end of Recess": "2027-03-26T23:59:00-07:00",
    "End of recess at 17:00": "2027-03-26T17:00:00-07:00",
    "end of RRR week": "2027-04-16T23:59:00-07:00",
    "start of Recess": "2027-03-22T00:00:00-07:00",
    "Monday after Recess": "2027-03-29T23:59:00-07:00",
    # Meetings.
    "start of big-data": "2027-02-01T13:00:00-08:00",
    "end of big-data": "2027-02-01T16:00:00-08:00",
    "end of big-data at 18:00": "2027-02-01T18:00:00-08:00",
    "same day as big-data": "2027-02-01T23:59:00-08:00",
    "same day as big-data at noon": "2027-02-01T12:00:00-08:00",
    "2 days after big-data": "2027-02-03T23:59:00-08:00",
    "1 day before big-data at 21:00": "2027-01-31T21:00:00-08:00",
    "a week before big-data": "2027-01-25T23:59:00-08:00",
    "3 weeks after big-data": "2027-02-22T23:59:00-08:00",
    "24 hours after big-data": "2027-02-02T16:00:00-08:00",
    "24 hours before big-data": "2027-01-31T13:00:00-08:00",
    "Friday after big-data": "2027-02-05T23:59:00-08:00",
    "Monday after big-data": "2027-02-08T23:59:00-08:00",
    "Monday before big-data": "2027-01-25T23:59:00-08:00",
    "Tuesday before big-data at 8:00": "2027-01-26T08:00:00-08:00",
    # Over two days: from the first one's start to the last one's end.
    "start of flow": "2027-02-08T13:00:00-08:00",
    "end of flow": "2027-02-22T16:00:00-08:00",
    "1 day after flow": "2027-02-23T23:59:00-08:00",
    "1 day before flow": "2027-02-07T23:59:00-08:00",
    "start of flow-2": "2027-02-22T13:00:00-08:00",
    # Several rows of one topic are meetings of their own.
    "end of talks": "2027-03-08T16:00:00-08:00",
    # A meeting without a time.
    "start of hackathon": "2027-03-30T00:00:00-07:00",
    "end of hackathon": "2027-03-30T23:59:00-07:00",
    "24 hours after hackathon": "2027-03-31T23:59:00-07:00",
    # Clock changes: an hour is an hour, a day keeps its time of day.
    "24 hours before talks-2": "2027-03-14T13:00:00-07:00",
    "48 hours before talks-2": "2027-03-13T12:00:00-08:00",
    "2 days before talks-2": "2027-03-13T23:59:00-08:00",
    # To be decided.
    "TBD": None,
    "tbd": None,
    "": None,
}


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_moment(moment: str, tmp_path: Path) -> None:
    mini = assign(tmp_path, f"- {{title: A, id: a, due: {moment}}}")
    assert mini.found == []
    assert reported(mini) == {"a-due": MOMENTS[moment]}


def test_without_a_moment_it_is_listed(tmp_path: Path) -> None:
    mini = assign(tmp_path, "- {title: A}")
    assert reported(mini) == {"a-due": None}


BY_ASSIGNMENTS = {
    "2 days after hw1": "2027-02-22T23:59:00-08:00",
    "2 days after hw2": "2027-02-22T17:00:00-08:00",
    "2 days after hw2 at 9:00": "2027-02-22T09:00:00-08:00",
    "24 hours after hw2": "2027-02-21T17:00:00-08:00",
    "same day as hw2": "2027-02-20T23:59:00-08:00",
    "end of hw2": "2027-02-20T17:00:00-08:00",
    "Friday after project-problem": "2027-03-05T23:59:00-08:00",
    "1 week before project-talk": "2027-03-01T13:00:00-08:00",
    "1 day after later": None,
}


@pytest.mark.parametrize("moment", BY_ASSIGNMENTS)
def test_by_an_assignment(moment: str, tmp_path: Path) -> None:
    mini = assign(
        tmp_path,
        f"""
        - {{title: A, id: a, due: {moment}}}
        - {{title: HW 1, id: hw1, due: 2027-02-20}}
        - {{title: HW 2, id: hw2, due: 2027-02-20 17:00}}
        - {{title: Later, due: TBD}}
        - title: Project
          milestones: [{{title: Problem, due: 2 Mar}}, {{title: Talk, due: start of talks}}]
        """,
    )
    assert mini.found == []
    assert reported(mini)["a-due"] == BY_ASSIGNMENTS[moment]


def test_what_comes_out_comes_out_at_midnight(tmp_path: Path) -> None:
    mini = assign(
        tmp_path,
        """
        - {title: A, out: week 1, due: 2027-02-20}
        - {title: B, out: 2027-02-20, due: TBD}
        - {title: C, out: 1 day after a, due: 2027-03-01}
        - {title: D, out: end of big-data, due: TBD}
        - {title: E, out: 2027-02-20 8:00}
        """,
    )
    assert mini.found == []
    assert {id: at for id, at in reported(mini).items() if id.endswith("-out")} == {
        "a-out": "2027-01-29T00:00:00-08:00",
        "d-out": "2027-02-01T16:00:00-08:00",
        "b-out": "2027-02-20T00:00:00-08:00",
        "e-out": "2027-02-20T08:00:00-08:00",
        "c-out": "2027-02-21T00:00:00-08:00",
    }


def test_the_terms_own_time(tmp_path: Path) -> None:
    head = TERM.replace("  meets:", "  due_time: 5 pm\n  meets:")
    mini = assign(
        tmp_path,
        "- {title: A, due: week 3}\n- {title: B, due: end of hackathon}\n- {title: C, due: end of Recess}",
        head=head,
    )
    assert list(reported(mini).values()) == [
        "2027-02-12T17:00:00-08:00",
        "2027-03-26T23:59:00-07:00",
        "2027-03-30T17:00:00-07:00",
    ]


def test_unnumbered_weeks_are_not_counted(tmp_path: Path) -> None:
    head = TERM.replace("name: Recess}", "name: Recess, numbered: no}")
    mini = assign(tmp_path, "- {title: A, due: week 9}\n- {title: B, due: end of week 8}", head=head)
    assert mini.found == []
    assert reported(mini) == {"b-due": "2027-03-21T23:59:00-07:00", "a-due": "2027-04-02T23:59:00-07:00"}


def test_a_swap_is_a_class_day(tmp_path: Path) -> None:
    head = TERM.replace("schedule:", "  swaps: [{date: 2027-02-20, follows: Monday}]\nschedule:")
    assert reported(assign(tmp_path, "- {title: A, due: week 4}", head=head)) == {"a-due": "2027-02-20T23:59:00-08:00"}


# --- Clock changes --------------------------------------------------------------------------------------------

CHANGES = {
    "2027-03-14 2:30 am": (
        "2027-03-14T02:30:00-08:00",
        "02:30 on 2027-03-14 is skipped by a clock change in America/Los_Angeles",
    ),
    "week 7 Sunday 2:30 am": (
        "2027-03-14T02:30:00-08:00",
        "02:30 on 2027-03-14 is skipped by a clock change in America/Los_Angeles",
    ),
    "2027-03-14 3:30 am": ("2027-03-14T03:30:00-07:00", None),
    "2027-03-13": ("2027-03-13T23:59:00-08:00", None),
    "2027-03-14": ("2027-03-14T23:59:00-07:00", None),
}


@pytest.mark.parametrize("moment", CHANGES)
def test_clock_changes(moment: str, tmp_path: Path) -> None:
    at, odd = CHANGES[moment]
    mini = assign(tmp_path, f"- {{title: A, due: {moment}}}")
    assert reported(mini) == {"a-due": at}
    assert mini.found == ([f"warning[clock-change]: {odd}"] if odd else [])


def test_an_hour_that_is_repeated(tmp_path: Path) -> None:
    head = """
course: Knots
term: {starts: 2026-08-31, ends: 2026-12-04, timezone: America/New_York, meets: {day: Monday, time: 10:00-11:00}}
schedule: [{topic: A, id: m, times: 14}]
"""
    mini = assign(
        tmp_path, "- {title: A, due: 2026-11-01 1:30 am}\n- {title: B, due: 24 hours before m-10}", None, head
    )
    assert reported(mini)["a-due"] == "2026-11-01T01:30:00-04:00"
    assert reported(mini)["b-due"] == "2026-11-01T10:00:00-05:00"
    assert [each.partition(":")[0] for each in mini.found] == ["warning[clock-change]"]


# --- What is wrong --------------------------------------------------------------------------------------------

WRONG = {
    "2027-07-01": "error[outside-term]: `2027-07-01` is more than five weeks after the term ends (2027-05-10)",
    "2027-01-10": "error[outside-term]: `2027-01-10` is more than two weeks before the term starts (2027-01-25)",
    "6 weeks after talks-9": "error[outside-term]: `6 weeks after talks-9` (2027-06-21) is more than five weeks "
    "after the term ends (2027-05-10)",
    "2027-02-15": "warning[due-in-break]: 2027-02-15 is in the break `Presidents' Day`",
    "2027-03-24 17:00": "warning[due-in-break]: 2027-03-24 is in the break `Recess`",
    "2 weeks after big-data": "warning[due-in-break]: `2 weeks after big-data` is 2027-02-15, in the break"
    " `Presidents' Day`",
    "week 9 Friday": "warning[due-in-break]: `week 9 Friday` is 2027-03-26, in the break `Recess`",
    "week 9": "error[unknown-week]: week 9 has no class day",
    "week 17": "error[unknown-week]: week 17 has no class day",
    "week 0": "error[unknown-week]: weeks are counted from 1",
    "start of bigdata": "error[unknown-anchor]: no meeting, assignment or break is called `bigdata`",
    "2 days after shared": "error[ambiguous-id]: `shared` is the id of a meeting and of an assignment",
    "1 day after series": "error[bad-moment]: `series` is due at several meetings, so it has no single date",
    "1 day after a": "error[cycle]: circular deadline: a → a",
    "Tuesday before": "error[bad-moment]: `Tuesday before` does not say what it is relative to",
    "next meeting": "error[bad-moment]: `next meeting` only works with `each:`",
    "24 hours after intro at 9:00": "error[bad-moment]: `24 hours after intro` already gives a time of day",
    "end of week 3 Friday": "error[bad-moment]: `end of week 3 Friday` names two moments",
    "soon": "error[bad-moment]: `soon` is not a moment",
    "2027-02-30": "error[bad-date]: there is no 30 February 2027",
    "2/15/27": "error[bad-date]: `2/15/27` is not written as a date",
    "Sunday 20 Feb": "error[wrong-weekday]: 2027-02-20 is a Saturday, not a Sunday",
    "20 Feb 25:00": "error[bad-time]: there is no time 25:00",
    "Freitag after intro": "error[bad-day]: `Freitag` is not a day of the week",
}


@pytest.mark.parametrize("moment", WRONG)
def test_what_is_wrong(moment: str, tmp_path: Path) -> None:
    head = TERM.replace(
        "- {topic: Hackathon", "- {topic: Shared, id: shared, date: 2027-05-11}\n    - {topic: Hackathon"
    )
    mini = assign(
        tmp_path,
        f"""
        - {{title: A, id: a, due: {moment}}}
        - {{title: Other, id: shared, due: 2027-02-20}}
        - {{title: Series, each: Lecture, due: start}}
        """,
        head=head,
    )
    assert mini.found == [WRONG[moment]]


HELPS = {
    "start of bigdata": "did you mean `big-data`?",
    "end of Reces": "did you mean `Recess`?",
    "1 day after B-stp": "did you mean `b-step`?",
    "end of zzz": "write the id of a meeting or assignment, or the name of a break",
    "week 17": "the last week with class is week 16; write end of week 17, or a day in it",
    "2027-03-24": "if you mean the break, write end of Recess; otherwise choose another day",
    "Tuesday before": "add the id of a meeting or assignment, as in Tuesday before hw1",
}


@pytest.mark.parametrize("moment", HELPS)
def test_the_remedy(moment: str, tmp_path: Path) -> None:
    mini = assign(tmp_path, f"- {{title: A, due: {moment}}}\n- {{title: B, milestones: [{{title: Step}}]}}")
    (found,) = mini.diagnostics
    assert found.help == HELPS[moment]
    assert found.span.text == moment


def test_a_circle_is_reported_once(tmp_path: Path) -> None:
    mini = assign(
        tmp_path,
        """
        - {title: A, due: 1 day after b}
        - {title: B, due: 1 day after c-step}
        - {title: C, milestones: [{title: Step, due: 1 day after a}]}
        - {title: D, due: 1 day after a}
        """,
    )
    assert mini.found == ["error[cycle]: circular deadline: a → b → c-step → a"]
    assert set(reported(mini).values()) == {None}


def test_a_meeting_without_a_day_is_reported_once(tmp_path: Path) -> None:
    """What names a meeting for which there was no day says nothing more."""
    head = TERM.replace("- {topic: Hackathon", "- {topic: Lost, id: lost}\n    - {topic: Hackathon")
    mini = assign(
        tmp_path, "- {title: A, due: end of lost}\n- {title: B, each: meeting, except: [lost], due: start}", head=head
    )
    assert [each.partition(":")[0] for each in mini.found] == ["error[too-many-topics]"]


# --- Series ---------------------------------------------------------------------------------------------------

BY_MEETING = {
    "start": "2027-02-01T13:00:00-08:00",
    "end": "2027-02-01T16:00:00-08:00",
    "same day": "2027-02-01T23:59:00-08:00",
    "same day at 9:00": "2027-02-01T09:00:00-08:00",
    "Tuesday before": "2027-01-26T23:59:00-08:00",
    "Monday before": "2027-01-25T23:59:00-08:00",
    "Tuesday before at 23:30": "2027-01-26T23:30:00-08:00",
    "Tuesday after": "2027-02-02T23:59:00-08:00",
    "Monday after": "2027-02-08T23:59:00-08:00",
    "1 day before": "2027-01-31T23:59:00-08:00",
    "1 day before at 21:00": "2027-01-31T21:00:00-08:00",
    "3 days after": "2027-02-04T23:59:00-08:00",
    "24 hours after": "2027-02-02T16:00:00-08:00",
    "1 hour before": "2027-02-01T12:00:00-08:00",
    "next meeting": "2027-02-05T15:00:00-08:00",
    "the next meeting at 9:00": "2027-02-05T09:00:00-08:00",
    "TBD": None,
    "2027-02-20": "2027-02-20T23:59:00-08:00",
    "week 3": "2027-02-12T23:59:00-08:00",
}


@pytest.mark.parametrize("moment", BY_MEETING)
def test_by_each_meeting(moment: str, tmp_path: Path) -> None:
    mini = assign(tmp_path, f"- {{title: A, id: a, each: [big-data], due: {moment}}}")
    assert mini.found == []
    assert reported(mini) == {"a-big-data": BY_MEETING[moment]}


def test_the_next_meeting_is_of_any_kind_and_after_the_last_to_be_decided(tmp_path: Path) -> None:
    last = "{topic: Last, id: last, date: 2027-05-20, time: 9:00-10:00}"
    head = TERM.replace("- {topic: Hackathon", f"- {last}\n    - {{topic: Hackathon")
    mini = assign(tmp_path, "- {title: A, each: [lab-9, talks-4, hackathon, last], due: next meeting}", head=head)
    assert mini.found == []
    found = reported(mini)
    assert found["a-last"] is None
    assert list(found)[-1] == "a-last"
    assert found["a-hackathon"] == "2027-04-02T15:00:00-07:00"


SERIES = {
    "meeting with required readings": ["big-data", "papers"],
    "Meeting With Required Readings": ["big-data", "papers"],
    "Seminar": ["papers"],
    "[big-data, intro]": ["intro", "big-data"],
    "[seminar, intro]": ["intro", "papers"],
    "[flow]": ["flow"],
}


@pytest.mark.parametrize("each", SERIES)
def test_whose_series(each: str, tmp_path: Path) -> None:
    mini = assign(tmp_path, f"- {{title: A, id: a, each: {each}, due: start}}")
    assert mini.found == []
    assert [each.meeting for each in mini.dated.deadlines] == SERIES[each]
    assert [each.id for each in mini.dated.deadlines] == [f"a-{id}" for id in SERIES[each]]


def test_each_meeting_is_every_one_but_those_left_out(tmp_path: Path) -> None:
    mini = assign(tmp_path, "- {title: A, id: a, each: meeting, except: [intro, lab-3], out: 1 day before, due: start}")
    rows = [row.id for row in mini.dated.meetings if row.pause is None]
    assert [each.meeting for each in mini.dated.deadlines if each.kind == "due"] == [
        id for id in rows if id not in ("intro", "lab-3")
    ]
    assert {each.id for each in mini.dated.deadlines if each.meeting == "papers"} == {"a-papers", "a-papers-out"}


EMPTY_SERIES = {
    "each: meeting with required readings": ["warning[empty-series]: no meeting has required readings yet"],
    "each: [intro], except: intro": ["error[empty-series]: `except` leaves out every meeting of `each: intro`"],
    "each: Exam": ["error[unknown-series]: no meeting has the kind or id `Exam`"],
    "each: Lectur": ["error[unknown-series]: no meeting has the kind or id `Lectur`"],
    "each: [intro], except: [into]": ["error[unknown-meeting]: no meeting has the id `into`"],
}


@pytest.mark.parametrize("written", EMPTY_SERIES)
def test_a_series_over_nothing(written: str, tmp_path: Path) -> None:
    mini = assign(tmp_path, f"- {{title: A, {written}, due: start}}", readings=None)
    assert mini.found == EMPTY_SERIES[written]


def test_a_series_has_no_milestones(tmp_path: Path) -> None:
    mini = assign(tmp_path, "- {title: A, each: meeting, milestones: [{title: B}]}\n- {title: C, except: [intro]}")
    assert mini.found == [
        "error[contradiction]: an assignment with `each` can't have milestones",
        "error[contradiction]: `except` needs `each`",
    ]


def test_in_a_series_no_other_meeting_is_named(tmp_path: Path) -> None:
    mini = assign(tmp_path, "- {title: A, each: meeting, due: 1 day after intro}")
    assert mini.found == [
        "error[bad-moment]: with `each:`, a moment is relative to each meeting, but `1 day after intro` names "
        "another one"
    ]


# --- Ids ------------------------------------------------------------------------------------------------------


def test_ids(tmp_path: Path) -> None:
    mini = assign(
        tmp_path,
        """
        - {title: Home work!, out: week 1, due: week 2}
        - {title: Home work}
        - {title: "!"}
        - {title: Other, id: home-work-3}
        - {title: Project, id: p, due: week 3, milestones: [{title: Talk}, {title: Talk}, {title: "…"}, {title: Due}]}
        """,
    )
    assert mini.found == []
    assert sorted(reported(mini)) == [
        "assignment-3-due",
        "home-work-2-due",
        "home-work-3-due",
        "home-work-due",
        "home-work-out",
        "p-due",
        "p-due-2",
        "p-milestone-3",
        "p-talk",
        "p-talk-2",
    ]


def test_ids_used_twice(tmp_path: Path) -> None:
    mini = assign(
        tmp_path,
        """
        - {title: A, id: hw}
        - {title: B, id: hw}
        - {title: C, milestones: [{title: D, id: x}, {title: E, id: x}, {title: F, id: out}]}
        - {title: G, id: g, milestones: [{title: H, id: h-i}]}
        - {title: J, id: g-h, milestones: [{title: K, id: i}]}
        """,
    )
    assert mini.found == [
        "error[duplicate-id]: the id `hw` is used twice",
        "error[duplicate-id]: the id `x` is used twice",
        "error[reserved-id]: the id `out` is reserved for the assignment's own dates",
        "error[duplicate-id]: two deadlines have the id `g-h-i`",
    ]


def test_an_id_that_would_be_a_meetings_on_the_page(tmp_path: Path) -> None:
    head = TERM.replace("id: intro}", "id: assignment-hw}")
    mini = assign(tmp_path, "- {title: HW}", None, head)
    assert [each.id for each in mini.dated.assignments] == ["hw-2"]
    mini = assign(tmp_path, "- {title: A, id: hw}", None, head)
    assert [each.partition(":")[0] for each in mini.found] == ["error[reserved-id]"]


# --- Where they stand -----------------------------------------------------------------------------------------


def lines_of_rows(mini: Mini) -> list[str]:
    """Return the rows and lines that have deadlines, as `WEEK ROW-or-DATE: IDS`."""
    found = []
    for week in mini.dated.weeks:
        for row in week.meetings:
            if row.deadlines:
                found.append(f"{week.id} {row.id}: {' '.join(each.id for each in row.deadlines)}")
        found += [f"{week.id} {line.on}: {' '.join(each.id for each in line.deadlines)}" for line in week.lines]
    return found


def test_each_is_in_the_row_of_its_day_or_on_a_line(tmp_path: Path) -> None:
    mini = assign(
        tmp_path,
        """
        - {title: A, out: 2027-01-20, due: same day as big-data}
        - {title: B, due: 2027-02-02}
        - {title: C, due: 2027-02-02 9:00}
        - {title: Review, id: r, each: [papers], due: Tuesday before}
        - {title: D, due: TBD}
        - {title: E, due: end of week 17}
        - {title: F, due: end of Presidents' Day}
        """,
    )
    assert mini.found == []
    assert lines_of_rows(mini) == [
        "week-of-2027-01-18 2027-01-20: a-out",
        "week-2 big-data: a-due",
        "week-2 2027-02-02: c-due b-due",
        "week-4 break-2027-02-15: f-due",
        "week-6 papers: r-papers",
        "week-17 2027-05-23: e-due",
    ]
    assert [week.number for week in mini.dated.weeks if not week.meetings] == [None, 17]


def test_a_meeting_inside_a_break_goes_before_it(tmp_path: Path) -> None:
    head = TERM.replace("date: 2027-03-30}", "date: 2027-03-22}")
    mini = assign(tmp_path, "- {title: A, due: same day as hackathon}", head=head)
    assert lines_of_rows(mini) == ["week-9 hackathon: a-due"]


FOCUS = {
    "2027-01-19T12:00:00-08:00": ("on", "week-of-2027-01-18", "Next", "2027-01-20", "a-out:"),
    "2027-05-12T12:00:00-07:00": ("last", "week-16", None, "talks-9", "b"),
    "2027-05-19T12:00:00-07:00": ("last", None, None, None, "b"),
    "2027-05-26T12:00:00-07:00": ("last", "week-18", None, "2027-05-30", "b"),
    "2027-05-31T12:00:00-07:00": ("over", None, None, None, ""),
    "2027-01-12T12:00:00-08:00": ("before", None, "Next", "intro", "b"),
}


@pytest.mark.parametrize("now", FOCUS)
def test_weeks_that_hold_only_lines(now: str, tmp_path: Path) -> None:
    """They count as weeks of the term; their lines are neither today's nor next."""
    mini = assign(tmp_path, "- {title: A, out: 2027-01-20, due: TBD}\n- {title: B, due: end of week 18}")
    focus = focus_on(mini.dated, datetime.fromisoformat(now))
    state, week, mark, current, due = FOCUS[now]
    assert focus.state == state
    assert (focus.week.id if focus.week else None) == week
    assert focus.mark == mark
    assert all(row.id == "intro" for row in focus.marked)
    shown = None if focus.current is None else getattr(focus.current, "id", None) or str(focus.current.on)
    assert shown == current
    # What only comes out is not due.
    assert [each.id for each in focus.due] == ([] if not due else ["b-due"])


def test_what_is_due_next(tmp_path: Path) -> None:
    mini = assign(
        tmp_path,
        """
        - {title: A, due: 2027-02-20 17:00}
        - {title: B, due: 2027-02-20 17:00}
        - {title: C, out: 2027-02-20 16:00, due: 2027-02-21}
        """,
    )

    def due(now: str) -> list[str]:
        return [each.id for each in focus_on(mini.dated, datetime.fromisoformat(now)).due]

    assert due("2027-02-20T16:59:59-08:00") == ["a-due", "b-due", "c-due"]
    assert due("2027-02-20T17:00:00-08:00") == ["c-due"]
    assert due("2027-02-22T00:00:00-08:00") == []


# --- What hangs on a meeting ----------------------------------------------------------------------------------

RELEASED = {
    "24 hours after": "2027-02-02T16:00:00-08:00",
    "end": "2027-02-01T16:00:00-08:00",
    "next meeting": "2027-02-05T15:00:00-08:00",
    "2027-02-03": "2027-02-03T00:00:00-08:00",
    "2027-02-15": "2027-02-15T00:00:00-08:00",  # in a break, which is no matter for slides
    "2 days after hw": "2027-02-22T00:00:00-08:00",
    "TBD": NEVER.isoformat(),
}


@pytest.mark.parametrize("moment", RELEASED)
def test_when_material_is_released(moment: str, tmp_path: Path) -> None:
    link = f"{{label: Solutions, url: 'https://example.org/s', publish_on: {moment}}}"
    head = TERM.replace("id: big-data}", f"id: big-data, materials: [{link}]}}")
    mini = assign(tmp_path, "- {title: A, id: hw, due: 2027-02-20}", head=head)
    assert mini.found == []
    ((_, at),) = mini.row("big-data").materials
    assert at is not None
    assert at.isoformat() == RELEASED[moment]


def test_a_meetings_own_form(tmp_path: Path) -> None:
    head = TERM.replace("id: big-data}", "id: big-data, forms: {reviw: 'https://example.org/f'}}")
    mini = assign(tmp_path, "- {title: Review}", head=head)
    assert mini.found == ["error[unknown-assignment]: no assignment has the id `reviw`"]
    (found,) = mini.diagnostics
    assert (found.help, found.span.text) == ("did you mean `review`?", "reviw")


ONE_NAME = """\
course: Knots
term: {starts: 2027-01-25, ends: 2027-03-15, timezone: America/Los_Angeles, meets: {day: Mon}}
schedule: [{topic: Knots, times: 8}]
assignments:
  - {title: Project, milestones: [{title: Report, due: week 2}]}
  - {title: Project report, due: week 8}
"""


def test_a_milestone_and_an_assignment_of_one_name_keep_their_own_dates(tmp_path: Path) -> None:
    mini = date_mini(tmp_path, ONE_NAME)
    dates = {each.id: each.at.date().isoformat() for each in mini.dated.deadlines if each.at is not None}
    assert dates == {"project-report": "2027-02-01", "project-report-due": "2027-03-15"}


def test_a_name_of_both_is_ambiguous(tmp_path: Path) -> None:
    mini = date_mini(tmp_path, ONE_NAME + "  - {title: Talk, due: 1 day after project-report}\n")
    assert mini.found == ["error[ambiguous-id]: `project-report` is the id of an assignment and of a milestone"]


# --- Deadlines in breaks ----------------------------------------------------------------------------------------

MAY = "otherwise choose another day, such as 2027-03-29"
IN_BREAKS = {
    "{title: A, due: week 9 Friday}": [
        "`week 9 Friday` is 2027-03-26, in the break `Recess` | if you mean the break, write end of Recess; " + MAY
    ],
    "{title: A, due: 2 weeks after talks at 17:00}": [
        "`2 weeks after talks at 17:00` is 2027-03-22, in the break `Recess` | "
        f"if you mean the break, write end of Recess at 17:00; {MAY} at 17:00"
    ],
    "{title: A, milestones: [{title: S, due: 2 weeks after talks}]}": [
        "`2 weeks after talks` is 2027-03-22, in the break `Recess` | if you mean the break, write end of Recess; "
        + MAY
    ],
    # What comes out, what names the break, and what is on the day of a meeting in it.
    "{title: A, out: 2027-03-24, due: 2027-03-29}": [],
    "{title: A, out: 2 weeks after talks, due: 2027-03-29}": [],
    "{title: A, due: end of Recess}": [],
    "{title: A, due: start of Recess at 17:00}": [],
    "{title: A, due: 1 day before Recess}": [],
    "{title: A, due: start of trip}": [],
    "{title: A, due: same day as trip}": [],
    "{title: A, due: 2 hours after trip}": [],
    "{title: A, due: 1 day after trip}": [
        "`1 day after trip` is 2027-03-25, in the break `Recess` | if you mean the break, write end of Recess; " + MAY
    ],
    # A series once for each break.
    "{title: A, each: Lecture, due: Friday after}": [
        "`Friday after` for `trip` is 2027-03-26, in the break `Recess` | "
        "choose another moment, or leave `trip` out with except: [trip]",
        "`Friday after` for `talks-5` is 2027-04-16, in the break `RRR week` | "
        "choose another moment, or leave `talks-5` out with except: [talks-5]",
    ],
    "{title: A, each: Lecture, due: 2027-03-24}": ["2027-03-24 is in the break `Recess` | choose another day"],
    "{title: A, each: Lecture, due: 1 week after}": [
        "`1 week after` for `flow` is 2027-02-15, in the break `Presidents' Day` | "
        "choose another moment, or leave `flow` out with except: [flow]",
        "`1 week after` for `talks-2` is 2027-03-22, in the break `Recess` | "
        "choose another moment, or leave `talks-2` out with except: [talks-2]",
    ],
    "{title: A, each: Lecture, due: next meeting}": [],
}


@pytest.mark.parametrize("assignment", IN_BREAKS)
def test_a_deadline_in_a_break(assignment: str, tmp_path: Path) -> None:
    trip = "    - {topic: Trip, id: trip, date: 2027-03-24, time: 9:00-12:00}\n    - {topic: Hackathon"
    mini = assign(tmp_path, f"- {assignment}", head=TERM.replace("    - {topic: Hackathon", trip))
    assert [f"{each.message} | {each.help}" for each in mini.diagnostics] == IN_BREAKS[assignment]
    assert {each.name for each in mini.diagnostics} <= {"due-in-break"}


def test_what_follows_a_deadline_in_a_break_is_not_reported_again(tmp_path: Path) -> None:
    mini = assign(
        tmp_path,
        """
        - {title: C, due: 1 day before b}
        - {title: A, due: 2027-03-23}
        - {title: B, due: 1 day after a}
        - {title: D, due: end of Recess}
        - {title: E, due: 1 day before d}
        """,
    )
    assert [each.span.text for each in mini.diagnostics] == ["2027-03-23", "1 day before d"]


def test_the_name_of_a_break_is_proposed_where_it_is_one(tmp_path: Path) -> None:
    for name in ('"Rest: all"', "Day off at 5 pm", "week 3", "intro", "Presidents' Day"):
        head = TERM.replace("name: Recess", f"name: {name}")
        (found,) = assign(tmp_path, "- {title: A, due: 2027-03-24}", head=head).diagnostics
        assert (found.name, found.help) == ("due-in-break", "choose another day")
