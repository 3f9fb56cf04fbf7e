"""Breaks of single kinds, breaks by their written days, named swaps: the rows that they make, and when these are on."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path

import pytest

from courseweek.model.meeting import Meeting
from courseweek.schedule.focus import focus_on
from tests.mini import Mini, date_mini, lines, term

KINDS = """
starts: 2027-01-25
ends: 2027-02-12
meets:
  - {days: [Tue, Thu], time: 9:30-10:45, kind: Lecture}
  - {days: [Wed, Fri], time: 11:00-12:00, kind: Discussion}
  - {kind: Lab, groups: [{name: A, day: Thu}, {name: B, day: Fri}]}
"""
TOPICS = "Lecture: [{topic: L, times: %d}]\nDiscussion: [{topic: D, times: %d}]\nLab: [{topic: E, times: %d}]"

CASES = {
    # break: discussions and labs held, rows in its days
    "one kind on one day": (
        "{date: 2027-02-05, name: Off, kind: Discussion}",
        (5, 3),
        """
        2 Tue 2027-02-02 L
        2 Wed 2027-02-03 D
        2 Thu 2027-02-04 L
        2 Fri 2027-02-05 [Off]
        """,
    ),
    "one kind in a week, by another case": (
        "{from: 2027-02-01, to: 2027-02-07, name: Off, kind: dIScussion}",
        (4, 3),
        """
        2 Tue 2027-02-02 L
        2 Wed 2027-02-03..05 [Off]
        2 Thu 2027-02-04 L
        """,
    ),
    "two kinds": (
        "{from: 2027-02-01, to: 2027-02-07, name: Off, kind: [Discussion, Lab]}",
        (4, 2),
        """
        2 Tue 2027-02-02 L
        2 Wed 2027-02-03..05 [Off]
        2 Thu 2027-02-04 L
        """,
    ),
    "a kind that has no class then": (
        "{from: 2027-02-01, to: 2027-02-03, name: Off, kind: Lab}",
        (6, 3),
        """
        2 Tue 2027-02-02 L
        2 Wed 2027-02-03 D
        2 Thu 2027-02-04 L
        2 Fri 2027-02-05 D
        """,
    ),
    "two breaks of one day, each of its kind": (
        "[{date: 2027-02-04, name: One, kind: Lecture},"
        " {from: 2027-02-04, to: 2027-02-05, name: Two, kind: [Lecture, Lab]}]",
        (6, 2),
        """
        2 Tue 2027-02-02 L
        2 Wed 2027-02-03 D
        2 Thu 2027-02-04 [One]
        2 Thu 2027-02-04..05 [Two]
        2 Fri 2027-02-05 D
        """,
    ),
    "one of a kind inside one of the whole course": (
        "[{date: 2027-02-05, name: Off, kind: Discussion}, {from: 2027-02-01, to: 2027-02-07, name: All}]",
        (4, 2),
        """
        2 Tue 2027-02-02..05 [All]
        2 Fri 2027-02-05 [Off]
        """,
    ),
}


def date_breaks(folder: Path, breaks: str, counts: tuple[int, int], lectures: int = 6) -> Mini:
    return date_mini(folder, term(f"{KINDS}\nbreaks: {breaks}", TOPICS % (lectures, *counts)))


@pytest.mark.parametrize("case", CASES)
def test_breaks_of_kinds(case: str, tmp_path: Path) -> None:
    breaks, counts, rows = CASES[case]
    lectures = 4 + sum(row.strip().endswith(" L") for row in lines(rows))
    mini = date_breaks(tmp_path, breaks, counts, lectures)
    assert mini.found == []
    week = [row for row in mini.dated.weeks[1].meetings if row.topic != "E"]
    assert [line for line, row in zip(mini.rows(), mini.dated.meetings, strict=True) if row in week] == [
        line.strip() for line in lines(rows)
    ]


def test_rows_of_one_day_have_ids_of_their_own(tmp_path: Path) -> None:
    breaks = "[{date: 2027-02-04, name: One, kind: Lecture}, {date: 2027-02-04, name: Two, kind: Lab}]"
    mini = date_breaks(tmp_path, breaks, (6, 3), lectures=5)
    assert [(row.id, row.kind) for row in mini.dated.meetings if row.pause] == [("break-2027-02-04", "Lecture")]
    breaks = "[{date: 2027-02-04, name: One, kind: Lecture}, {from: 2027-02-04, to: 2027-02-05, name: Two, kind: Lab}]"
    mini = date_breaks(tmp_path, breaks, (6, 2), lectures=5)
    assert [(row.id, row.kind) for row in mini.dated.meetings if row.pause] == [
        ("break-2027-02-04", "Lecture"),
        ("break-2027-02-04-2", "Lab"),
    ]


def days_of(row: Meeting) -> list[str]:
    """Return the days on which a row is today's, by its spans at noon."""
    zone = row.begins_at.tzinfo
    found = []
    for day in range(1, 29):
        noon = datetime.combine(date(2027, 2, day), time(20), zone)
        found += [str(day)] if any(begin <= noon < end for begin, end in row.spans) else []
    return found


SPANS = {
    "all its written days in its week": (
        "{from: 2027-02-01, to: 2027-02-07, name: Off}",
        [["1", "2", "3", "4", "5", "6", "7"]],
    ),
    "in each of its weeks": (
        "{from: 2027-02-03, to: 2027-02-10, name: Off}",
        [["3", "4", "5", "6", "7"], ["8", "9", "10"]],
    ),
    "of single kinds, the class days lost": (
        "{from: 2027-02-01, to: 2027-02-07, name: Off, kind: Discussion}",
        [["3", "5"]],
    ),
}


@pytest.mark.parametrize("case", SPANS)
def test_the_days_on_which_a_break_is_on(case: str, tmp_path: Path) -> None:
    breaks, days = SPANS[case]
    mini = date_breaks(tmp_path, breaks, (6, 3))
    rows = [row for row in mini.dated.meetings if row.pause]
    assert [days_of(row) for row in rows] == days


def test_a_deadline_may_be_in_a_break_of_single_kinds(tmp_path: Path) -> None:
    breaks = "breaks: [{date: 2027-02-05, name: Off, kind: Discussion, numbered: yes}]"
    work = "assignments: [{title: Essay, due: 2027-02-05}, {title: Draft, due: end of Off}]"
    mini = date_mini(tmp_path, term(f"{KINDS}\n{breaks}", TOPICS % (6, 5, 3)) + work)
    assert mini.found == []
    assert [f"{each.at:%m-%d %H:%M}" for each in mini.dated.deadlines] == ["02-05 23:59", "02-05 23:59"]


def test_a_week_that_only_lacks_a_kind_is_counted(tmp_path: Path) -> None:
    meets = "meets: {day: Mon, kind: Lecture}"
    breaks = "breaks: {date: 2027-02-01, name: Off, kind: Lecture, numbered: no}"
    mini = date_mini(tmp_path, term(f"starts: 2027-01-25\nends: 2027-02-08\n{meets}\n{breaks}", "- A\n- B"))
    assert mini.rows() == ["1 Mon 2027-01-25 A", "2 Mon 2027-02-01 [Off]", "3 Mon 2027-02-08 B"]
    assert mini.found == ["warning[no-effect]: a week with a break of single kinds is always counted"]


SWAPS = {
    "the row of the lost class, and the class": (
        "{date: 2027-02-03, follows: Thursday, name: Thursday schedule}",
        ["[Thursday schedule]", "L (Thursday schedule)", "E (Thursday schedule)"],
    ),
    "without a name": ("{date: 2027-02-03, follows: Thursday}", ["[Follows Thursday]", "L", "E"]),
}


@pytest.mark.parametrize("case", SWAPS)
def test_a_swap_may_have_a_name(case: str, tmp_path: Path) -> None:
    swap, rows = SWAPS[case]
    topics = "Lecture: [{topic: L, times: 7}]\nDiscussion: [{topic: D, times: 5}]\nLab: [{topic: E, times: 4}]"
    mini = date_mini(tmp_path, term(f"{KINDS}\nswaps: {swap}", topics))
    shown = [
        f"[{row.topic}]" if row.pause else row.topic + (f" ({row.swap})" if row.swap else "")
        for row in mini.dated.meetings
        if date(2027, 2, 3) in row.days
    ]
    assert (mini.found, sorted(shown)) == ([], sorted(rows))


RECESS = """
starts: 2027-03-01
ends: 2027-05-07
meets: {days: [Tue, Thu], time: 9:30-10:45, weeks: "1-4, 7-9"}
breaks:
  - {from: 2027-03-13, to: 2027-03-21, name: Spring break}
  - {from: 2027-03-24, to: 2027-03-31, name: Holidays}
  - {from: 2027-04-01, to: 2027-04-13, name: Retreat}
"""

ON = {
    # day: what is marked, the silent break, what follows
    "03-11": ("Today l-4", None, "[Spring break] l-5"),
    "03-12": ("Next [Spring break]", None, "l-5"),
    "03-13": ("Next [Spring break]", "Spring break", "l-5"),
    "03-14": ("Next [Spring break]", "Spring break", "l-5"),
    "03-15": ("Today [Spring break]", None, "l-5"),
    "03-21": ("Today [Spring break]", None, "l-5"),
    "03-22": ("Next l-5", None, "[Holidays] l-6"),
    "03-24": ("Today [Holidays]", None, "l-6"),
    "03-29": ("Next [Retreat]", "Holidays", "l-6"),
    "04-01": ("Next [Retreat]", "Retreat", "l-6"),
    "04-11": ("Next [Retreat]", "Retreat", "l-6"),
    "04-12": ("Today [Retreat]", None, "l-6"),
    "04-14": ("Next l-6", None, "l-7"),
}


@pytest.mark.parametrize("day", ON)
def test_what_is_on_around_breaks(day: str, tmp_path: Path) -> None:
    mini = date_mini(tmp_path, term(RECESS, "- {topic: L, times: 10}"))
    focus = focus_on(mini.dated, datetime.fromisoformat(f"2027-{day}T12:00:00-07:00"))

    def name(rows: tuple[Meeting, ...]) -> str:
        return " ".join(f"[{row.topic}]" if row.pause else row.id for row in rows)

    pause = focus.pause.name if focus.pause is not None else None
    assert (f"{focus.mark} {name(focus.marked)}", pause, name(focus.following)) == ON[day]
