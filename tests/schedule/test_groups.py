"""Sessions of parallel groups: their days, rows and moments, against a term that was dated by hand."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from courseweek.diagnostics import Diagnostics
from courseweek.files.project import Project
from courseweek.model.meeting import Meeting, Schedule
from courseweek.read.course import read_course
from courseweek.schedule.focus import focus_on
from courseweek.schedule.schedule import schedule_course
from tests.mini import date_mini, term
from tests.sites import COURSES


def show_groups(row: Meeting) -> str:
    """Return each group as `NAME MONTH-DAY HOUR PLACE`, a canceled one as `NAME MONTH-DAY -`."""
    shown = []
    for each in row.groups:
        hours = f"{each.time.start:%H} {each.place}" if each.time else "?"
        shown.append(f"{each.name} {each.on:%m-%d} {'-' if each.canceled else hours}")
    return ", ".join(shown)


def rows_of(folder: Path, meets: str, topics: str, more: str = "", ends: str = "2027-02-21") -> list[str]:
    lines = f"starts: 2027-01-25\nends: {ends}\nmeets: {meets}\n{more}"
    mini = date_mini(folder, term(lines, topics))
    assert [each for each in mini.found if "open-days" not in each] == []
    return [
        f"{row.on:%m-%d} [{row.topic}]" if row.pause else f"{row.id}: {show_groups(row) or f'{row.on:%m-%d} alone'}"
        for row in mini.dated.meetings
        if not row.id.startswith("open-")
    ]


@pytest.fixture(scope="module")
def labs() -> Schedule:
    folder, found = COURSES / "labs", Diagnostics()
    course = read_course(Project(folder, folder / "_site"), found)
    assert course is not None
    schedule = schedule_course(course, found)
    assert not found.total
    return schedule


# Found with a calendar and a pencil, not with the program.
BY_HAND = {
    "first-steps": (1, 1, "A 01-29 09 L416, B 01-29 11 L416, C 01-28 14 L440"),
    "soldering": (2, 2, "A 02-05 09 L500, B 02-05 11 L416, C 02-04 15 L440"),
    "clocks": (3, 3, "A 02-09 09 L416, B 02-09 11 L416, C 02-11 14 L440"),
    "tbd-lab": (4, 4, "A 02-19 09 L416, B 02-19 11 L416, C 02-18 14 L440"),
    "tbd-lab-2": (5, 5, "A 02-26 09 L416, B 02-26 11 L416, C 02-25 14 L440"),
    "tbd-lab-3": (6, 6, "A 03-05 09 L416, B 03-05 11 L416, C 03-04 14 L440"),
    "tbd-lab-4": (7, 7, "A 03-12 09 L416, B 03-12 11 L416, C 03-11 14 L440"),
    "tbd-lab-5": (9, 8, "A 03-26 09 L416, B 03-26 11 L416, C 03-25 14 L440"),
    "tbd-lab-6": (10, 9, "A 04-02 -, B 04-02 -, C 04-01 14 L440"),
    "tbd-lab-7": (11, 10, "A 04-09 09 L416, B 04-09 11 L416, C 04-08 14 L440"),
    "tbd-lab-8": (12, 11, "A 04-16 09 L416, B 04-16 11 L416, C 04-15 14 L440"),
    "tbd-lab-9": (13, 12, "A 04-22 09 L416, B 04-22 11 L416"),
    "tbd-lab-10": (13, 13, "A 04-23 09 L416, B 04-23 11 L416, C 04-22 -"),
    "tbd-lab-11": (14, 14, "A 04-30 09 L416, B 04-30 11 L416, C 04-29 14 L440"),
    "posters": (15, 15, "A 05-07 09 L416, B 05-07 11 L416, C 05-06 14 L440"),
    "tbd-lab-12": (16, 16, "A 05-14 09 L416, B 05-14 11 L416, C 05-13 14 L440"),
    "lab-exam": (16, 17, ""),
}


def test_a_whole_term(labs: Schedule) -> None:
    rows = [row for row in labs.meetings if row.kind == "Lab"]
    assert {row.id: (row.week, row.number, show_groups(row)) for row in rows} == BY_HAND
    assert [row.id for row in rows] == list(BY_HAND)
    assert [(row.id, row.on.isoformat(), row.last_on.isoformat()) for row in labs.meetings if row.pause] == [
        ("break-2027-03-15", "2027-03-15", "2027-03-19")
    ]


def test_instants_follow_the_clock_change(labs: Schedule) -> None:
    by_id = {row.id: row for row in labs.meetings}
    starts = {id: [each.starts_at and each.starts_at.isoformat() for each in by_id[id].groups] for id in BY_HAND}
    assert starts["tbd-lab-4"] == [f"2027-03-{day}:00:00-06:00" for day in ("12T09", "12T11", "11T14")]
    assert starts["tbd-lab-5"] == [f"2027-03-{day}:00:00-05:00" for day in ("26T09", "26T11", "25T14")]
    assert starts["tbd-lab-6"] == [None, None, "2027-04-01T14:00:00-05:00"]


def test_a_row_has_what_its_groups_have_in_common(labs: Schedule) -> None:
    by_id = {row.id: row for row in labs.meetings}
    common = {id: (by_id[id].starts_at and f"{by_id[id].starts_at:%m-%d %H}", by_id[id].place) for id in BY_HAND}
    assert common["clocks"] == (None, None)
    assert common["tbd-lab-6"] == ("04-01 14", "L440")
    assert common["tbd-lab-9"] == (None, "L416")


def test_spans_are_the_days_on_which_a_group_meets(labs: Schedule) -> None:
    by_id = {row.id: row for row in labs.meetings}
    shown = {id: [f"{begin:%m-%dT%H}/{end:%m-%dT%H}" for begin, end in by_id[id].spans] for id in BY_HAND}
    assert shown["clocks"] == ["02-09T06/02-10T06", "02-11T06/02-12T06"]
    assert shown["tbd-lab-6"] == ["04-01T05/04-02T05"]
    assert by_id["tbd-lab-6"].days_apart == ()
    row = by_id["clocks"]
    assert (row.begins_at, row.finishes_at) == (row.spans[0][0], row.spans[1][1])


def test_what_is_on_between_the_days_of_a_session(labs: Schedule) -> None:
    begin = next(row for row in labs.meetings if row.id == "clocks").begins_at
    found = []
    for day in range(-1, 4):
        focus = focus_on(labs, begin + timedelta(days=day, hours=1))
        found.append((focus.mark, *(row.id for row in focus.marked), "then", *(row.id for row in focus.following)))
    assert found == [
        ("Today", "tbd-2", "then", "clocks"),
        ("Today", "clocks", "then", "clocks"),
        ("Next", "clocks", "then", "tbd-3"),
        ("Today", "clocks", "then", "tbd-3"),
        ("Next", "tbd-3", "then", "tbd-lab"),
    ]


def test_moments_go_from_the_first_group_to_the_last(labs: Schedule) -> None:
    due = {each.id: each.at and each.at.isoformat() for each in labs.deadlines}
    assert due["report-soldering"] == "2027-02-05T12:50:00-06:00"
    assert due["report-clocks"] == "2027-02-11T15:50:00-06:00"
    assert due["report-tbd-lab-6"] == "2027-04-01T15:50:00-05:00"
    assert due["preparation-due"] == "2027-02-03T23:59:00-06:00"


TWO = "{kind: Lab, groups: [{name: A, day: Fri, time: 9-10, place: X}, {name: B, day: Thu, time: 14-15, place: Y}]}"
TWICE = "{groups: [{name: A, days: [Mon, Wed], time: 9-10}, {name: B, days: [Tue, Thu], time: 9-10}]}"
T_3 = "t-3: A 02-01 09 None, B 02-02 09 None"
SESSIONS = {
    "twice a week": (
        TWICE,
        "- {topic: T, times: 3}",
        "",
        ["t: A 01-25 09 None, B 01-26 09 None", "t-2: A 01-27 09 None, B 01-28 09 None", T_3],
    ),
    "a lost day keeps its place in the pattern": (
        TWICE,
        "- {topic: T, times: 3}",
        "breaks: {date: 2027-01-25, name: Late}",
        ["t: A 01-25 -, B 01-26 09 None", "t-2: A 01-27 09 None, B 01-28 09 None", T_3],
    ),
    "a break of one group": (
        TWO,
        "- {topic: T, times: 2}",
        "breaks: {date: 2027-01-28, name: Off}",
        ["t: A 01-29 09 X, B 01-28 -", "t-2: A 02-05 09 X, B 02-04 14 Y"],
    ),
    "a break of all groups": (
        TWO,
        "- {topic: T, times: 2}",
        "breaks: {from: 2027-01-28, to: 2027-02-04, name: Off}",
        ["01-28 [Off]", "t: A 02-05 09 X, B 02-04 -", "t-2: A 02-12 09 X, B 02-11 14 Y"],
    ),
    "two breaks take all groups": (
        TWO,
        "- {topic: T, times: 1}",
        "breaks: [{date: 2027-01-28, name: One}, {date: 2027-01-29, name: Two}]",
        ["01-28 [One]", "01-29 [Two]", "t: A 02-05 09 X, B 02-04 14 Y"],
    ),
    "a swap moves a lost day": (
        TWO,
        "- {topic: T, times: 2}",
        "breaks: {date: 2027-01-29, name: Off}\nswaps: {date: 2027-01-26, follows: Friday}",
        ["t: A 01-26 09 X, B 01-28 14 Y", "t-2: A 02-05 09 X, B 02-04 14 Y"],
    ),
    "a swap that moves the lost day of all": (
        "{day: Fri, groups: [{name: A, time: 9-10, place: X}, {name: B, time: 14-15, place: Y}]}",
        "- {topic: T, times: 2}",
        "breaks: {date: 2027-01-29, name: Off}\nswaps: {date: 2027-01-26, follows: Friday}",
        ["t: A 01-26 09 X, B 01-26 14 Y", "01-29 [Off]", "t-2: A 02-05 09 X, B 02-05 14 Y"],
    ),
    "a swap takes the day of one group": (
        TWO,
        "- {topic: T, times: 2}",
        "swaps: {date: 2027-01-28, follows: Monday}",
        ["t: A 01-29 09 X, B 01-28 -", "t-2: A 02-05 09 X, B 02-04 14 Y"],
    ),
    "a swap takes the day of all": (
        "{day: Fri, groups: [{name: A, time: 9-10, place: X}, {name: B, time: 14-15, place: Y}]}",
        "- {topic: T, times: 1}",
        "swaps: {date: 2027-01-29, follows: Monday}",
        ["01-29 [Follows Monday]", "t: A 02-05 09 X, B 02-05 14 Y"],
    ),
    "a swap between two days of a group": (
        TWICE,
        "- {topic: T, times: 3}",
        "swaps: {date: 2027-01-28, follows: Tuesday}",
        ["t: A 01-25 09 None, B 01-26 09 None", "t-2: A 01-27 09 None, B 01-28 09 None", T_3],
    ),
    "weeks of groups": (
        TWO.replace("place: X", "weeks: even").replace("place: Y", "weeks: '1, 2'"),
        "- {topic: T, times: 3}",
        "",
        ["t: B 01-28 14 None", "t-2: A 02-05 09 None, B 02-04 14 None", "t-3: A 02-19 09 None"],
    ),
    "a group in the weeks of the break": (
        TWO.replace("place: X", "weeks: even"),
        "- {topic: T, times: 1}",
        "breaks: {date: 2027-01-28, name: Off}",
        ["01-28 [Off]", "t: A 02-05 09 None, B 02-04 14 Y"],
    ),
    "a date takes the session that has a group on it": (
        TWO,
        "- T\n- {topic: D, date: 2027-01-29}\n- {topic: E, date: 2027-02-11}",
        "",
        ["d: A 01-29 09 X, B 01-28 14 Y", "t: A 02-05 09 X, B 02-04 14 Y", "e: A 02-12 09 X, B 02-11 14 Y"],
    ),
    "a date without a group is an extra meeting": (
        TWO,
        "- T\n- {topic: D, date: 2027-02-01, kind: Lab}\n- {topic: E, date: 2027-01-29, time: 13-14}",
        "",
        ["t: A 01-29 09 X, B 01-28 14 Y", "e: 01-29 alone", "d: 02-01 alone"],
    ),
    "a topic changes single groups": (
        TWO,
        "- {topic: T, groups: {a: {place: Z}, B: {date: 2027-01-25, time: 8-9}}}\n- U",
        "",
        ["t: A 01-29 09 Z, B 01-25 08 Y", "u: A 02-05 09 X, B 02-04 14 Y"],
    ),
    "a group that a break took gets a date": (
        TWO,
        "- {topic: T, groups: {B: {date: 2027-02-01}}}",
        "breaks: {date: 2027-01-28, name: Off}",
        ["t: A 01-29 09 X, B 02-01 14 Y"],
    ),
    "several days and a shared one": (
        TWO,
        "- {topic: T, days: 2, groups: {A: {place: Z}}}\n- {topic: U, same_day: yes}",
        "",
        ["t: A 01-29 09 Z, B 01-28 14 Y", "t-2: A 02-05 09 X, B 02-04 14 Y", "u: A 02-05 09 X, B 02-04 14 Y"],
    ),
    "another entry at the same time": (
        f"[{TWO}, {{day: Fri, time: 9-10, kind: Lecture}}]",
        "Lab: [{topic: T, date: 2027-01-29}]\nLecture: [L]",
        "",
        ["t: A 01-29 09 X, B 01-28 14 Y", "l: 01-29 alone"],
    ),
}


@pytest.mark.parametrize("case", SESSIONS)
def test_sessions(case: str, tmp_path: Path) -> None:
    meets, topics, more, expected = SESSIONS[case]
    assert rows_of(tmp_path, meets, topics, more) == expected


def test_a_day_before_the_term_keeps_its_place(tmp_path: Path) -> None:
    meets = "{groups: [{name: A, days: [Mon, Wed]}, {name: B, days: [Thu, Fri]}]}"
    mini = date_mini(tmp_path, term(f"starts: 2027-01-27\nends: 2027-01-31\nmeets: {meets}", "- {topic: T, times: 2}"))
    days = [[f"{each.name} {each.on:%m-%d}" for each in row.groups] for row in mini.dated.meetings]
    assert days == [["A 01-27", "B 01-29"], ["B 01-28"]]


def test_week_moments_know_the_days_of_all_groups(tmp_path: Path) -> None:
    lines = f"starts: 2027-01-25\nends: 2027-01-31\nmeets: {TWO}"
    mini = date_mini(tmp_path, term(lines, "- T") + "assignments: [{title: W, due: week 1}]\n")
    assert [str(each.at)[:10] for each in mini.dated.deadlines] == ["2027-01-29"]


def test_an_extra_meeting_at_the_time_of_one_group(tmp_path: Path) -> None:
    lines = f"starts: 2027-01-25\nends: 2027-01-31\nmeets: [{TWO}, {{day: Mon, kind: Talk}}]"
    topics = "Lab: [T]\nTalk: [{topic: Exam, date: 2027-01-29, time: 9-11}]"
    mini = date_mini(tmp_path, term(lines, topics))
    assert [each for each in mini.found if "same-time" in each] == [
        "warning[same-time]: `Exam` and `T` are at the same time on 2027-01-29"
    ]


PARALLEL = {
    "[{day: Fri, time: 9-10, kind: Lab, place: A}, {day: Fri, time: 11-12, kind: lab, weeks: 2-4}]": (
        "{kind: Lab, groups: [{name: A, day: Friday, time: 9:00-10:00, place: A}, "
        "{name: B, day: Friday, time: 11:00-12:00, weeks: 2-4}]}"
    ),
    "[{day: Fri, kind: Lab, weeks: '1, 3'}, {days: [Wed, Fri], kind: Lab, numbered: yes, place: 'a, b'}]": (
        "{kind: Lab, numbered: yes, groups: [{name: A, day: Friday, weeks: [1, 3]}, "
        '{name: B, days: [Wednesday, Friday], place: "a, b"}]}'
    ),
    "[{day: Fri, time: 9-10, kind: Lab}, {day: Thu, time: 9-10, kind: Lab}]": None,
    "[{day: Fri, time: 9-10, kind: Lab}, {day: Fri, time: 9-10, kind: Talk}]": None,
    "[{day: Fri, time: 9-10, kind: Lab, weeks: odd}, {day: Fri, time: 9-10, kind: Lab, weeks: even}]": None,
    "[{day: Fri, time: 9-10}, {day: Fri, time: 13-14}]": None,
}


@pytest.mark.parametrize("meets", PARALLEL)
def test_entries_of_one_kind_on_one_day(meets: str, tmp_path: Path) -> None:
    """The groups that are shown can be written, and leave nothing to report."""
    lines = "starts: 2027-01-25\nends: 2027-02-21\nmeets: "
    found = [each for each in date_mini(tmp_path, term(lines + meets)).diagnostics if each.name == "same-kind"]
    written = PARALLEL[meets]
    if written is None:
        assert found == []
        return
    assert [each.help for each in found] == [
        f"if they are groups with one topic, write {written} in place of these entries; "
        "otherwise give each its own kind"
    ]
    mini = date_mini(tmp_path, term(lines + written))
    assert mini.found == []
    assert mini.course is not None
    assert len(mini.course.syllabus.term.meets[0].groups) == 2
