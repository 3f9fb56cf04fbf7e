"""Which topic falls on which day: tables of terms, with the rows that they make."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.mini import date_mini, lines, term

TUE_THU = """
    starts: 2027-01-26
    ends: 2027-02-11
    meets: {days: [Tue, Thu], time: 9:30-10:45}
"""

CASES = {
    "one day a week": (
        "starts: 2027-01-25\nends: 2027-02-08\nmeets: {day: Monday}",
        "- A\n- B\n- C",
        """
        1 Mon 2027-01-25 A
        2 Mon 2027-02-01 B
        3 Mon 2027-02-08 C
        """,
    ),
    "the pattern's first day comes after the first day": (
        "starts: 2027-01-24\nends: 2027-02-04\nmeets: {day: Wed}",
        "- A\n- B",
        "1 Wed 2027-01-27 A\n2 Wed 2027-02-03 B",
    ),
    "several days in one entry": (
        TUE_THU,
        "- A\n- B\n- C\n- {topic: TBD, times: 3}",
        """
        1 Tue 2027-01-26 A
        1 Thu 2027-01-28 B
        2 Tue 2027-02-02 C
        2 Thu 2027-02-04 TBD
        3 Tue 2027-02-09 TBD
        3 Thu 2027-02-11 TBD
        """,
    ),
    "several entries without a kind share one line": (
        "starts: 2027-01-25\nends: 2027-02-05\nmeets: [{day: Friday, time: 9:00-10:00}, {day: Mon, time: 14:00-15:00}]",
        "- A\n- B\n- C\n- D",
        """
        1 Mon 2027-01-25 A
        1 Fri 2027-01-29 B
        2 Mon 2027-02-01 C
        2 Fri 2027-02-05 D
        """,
    ),
    "two classes of one day in order of time": (
        "starts: 2027-01-25\nends: 2027-01-25\nmeets: [{day: Mon, time: 14:00-15:00}, {day: Mon, time: 9:00-10:00}]",
        "- A\n- B",
        "1 Mon 2027-01-25 A\n1 Mon 2027-01-25 B",
    ),
    "a break takes a class day": (
        TUE_THU + "    breaks: {date: 2027-02-02, name: Storm}",
        "- A\n- B\n- C\n- D\n- E",
        """
        1 Tue 2027-01-26 A
        1 Thu 2027-01-28 B
        2 Tue 2027-02-02 [Storm]
        2 Thu 2027-02-04 C
        3 Tue 2027-02-09 D
        3 Thu 2027-02-11 E
        """,
    ),
    "a break has one row for each week, dated by the first day lost": (
        TUE_THU + "    breaks: [{from: 2027-01-27, to: 2027-02-07, name: Recess}]",
        "- A\n- B\n- C",
        """
        1 Tue 2027-01-26 A
        1 Thu 2027-01-28 [Recess]
        2 Tue 2027-02-02..04 [Recess]
        3 Tue 2027-02-09 B
        3 Thu 2027-02-11 C
        """,
    ),
    "a break that takes no class day has no row": (
        TUE_THU + "    breaks: [{date: 2027-02-03, name: Nothing}, {from: 2027-02-12, to: 2027-02-28, name: After}]",
        "- {topic: A, times: 6}",
        """
        1 Tue 2027-01-26 A
        1 Thu 2027-01-28 A
        2 Tue 2027-02-02 A
        2 Thu 2027-02-04 A
        3 Tue 2027-02-09 A
        3 Thu 2027-02-11 A
        """,
    ),
    "of two breaks on one day the first one has the row": (
        TUE_THU + "    breaks: [{from: 2027-02-01, to: 2027-02-07, name: Recess}, {date: 2027-02-04, name: Holiday}]",
        "- {topic: A, times: 4}",
        """
        1 Tue 2027-01-26 A
        1 Thu 2027-01-28 A
        2 Tue 2027-02-02..04 [Recess]
        3 Tue 2027-02-09 A
        3 Thu 2027-02-11 A
        """,
    ),
    "the first day of the pattern counts though a break takes it": (
        TUE_THU + "    breaks: [{from: 2027-01-26, to: 2027-01-28, name: Delay}]",
        "- {topic: A, times: 4}",
        """
        1 Tue 2027-01-26..28 [Delay]
        2 Tue 2027-02-02 A
        2 Thu 2027-02-04 A
        3 Tue 2027-02-09 A
        3 Thu 2027-02-11 A
        """,
    ),
    "even weeks": (
        "starts: 2027-01-25\nends: 2027-02-20\nmeets: {day: Mon, weeks: even}",
        "- A\n- B",
        "2 Mon 2027-02-01 A\n4 Mon 2027-02-15 B",
    ),
    "odd weeks": (
        "starts: 2027-01-25\nends: 2027-02-20\nmeets: {day: Mon, weeks: odd}",
        "- A\n- B",
        "1 Mon 2027-01-25 A\n3 Mon 2027-02-08 B",
    ),
    "a range of weeks, and single ones": (
        "starts: 2027-01-25\nends: 2027-03-14\nmeets: [{day: Mon, weeks: 2-3}, {day: Fri, weeks: [1, 6]}]",
        "- {topic: A, times: 4}",
        """
        1 Fri 2027-01-29 A
        2 Mon 2027-02-01 A
        3 Mon 2027-02-08 A
        6 Fri 2027-03-05 A
        """,
    ),
    "a recess leaves its week out of the count": (
        """
        starts: 2024-08-12
        ends: 2024-10-04
        meets: {day: Tuesday}
        breaks: [{from: 2024-09-21, to: 2024-09-29, name: Recess, numbered: no}]
        """,
        "- {topic: A, times: 7}",
        """
        1 Tue 2024-08-13 A
        2 Tue 2024-08-20 A
        3 Tue 2024-08-27 A
        4 Tue 2024-09-03 A
        5 Tue 2024-09-10 A
        6 Tue 2024-09-17 A
        - Tue 2024-09-24 [Recess]
        7 Tue 2024-10-01 A
        """,
    ),
    "a week that loses only one of its days keeps its number": (
        TUE_THU + "    breaks: [{date: 2027-02-02, name: Storm, numbered: no}]",
        "- {topic: A, times: 5}",
        """
        1 Tue 2027-01-26 A
        1 Thu 2027-01-28 A
        2 Tue 2027-02-02 [Storm]
        2 Thu 2027-02-04 A
        3 Tue 2027-02-09 A
        3 Thu 2027-02-11 A
        """,
    ),
    "a swap: the Thursday loses its class and takes Monday's": (
        """
        starts: 2027-02-01
        ends: 2027-02-12
        meets: [{day: Monday, kind: Lecture}, {day: Thursday, kind: Lab}]
        swaps: [{date: 2027-02-04, follows: Monday}]
        """,
        "Lecture: [A, B, C]\nLab: [X]",
        """
        1 Mon 2027-02-01 A
        1 Thu 2027-02-04 [Follows Monday]
        1 Thu 2027-02-04 B
        2 Mon 2027-02-08 C
        2 Thu 2027-02-11 X
        """,
    ),
    "a swap between days of one kind loses nothing": (
        """
        starts: 2027-02-01
        ends: 2027-02-05
        meets: [{day: Mon, time: 9:00-10:00}, {day: Thu, time: 14:00-15:00}]
        swaps: {date: 2027-02-04, follows: Monday}
        """,
        "- A\n- B",
        "1 Mon 2027-02-01 A\n1 Thu 2027-02-04 B",
    ),
    "a swap to a day without class": (
        TUE_THU + "    swaps: [{date: 2027-02-04, follows: Monday}]",
        "- {topic: A, times: 5}",
        """
        1 Tue 2027-01-26 A
        1 Thu 2027-01-28 A
        2 Tue 2027-02-02 A
        2 Thu 2027-02-04 [Follows Monday]
        3 Tue 2027-02-09 A
        3 Thu 2027-02-11 A
        """,
    ),
    "a swap inside a break": (
        TUE_THU + "    swaps: [{date: 2027-02-04, follows: Tuesday}]\n    breaks: {date: 2027-02-04, name: Storm}",
        "- {topic: A, times: 5}",
        """
        1 Tue 2027-01-26 A
        1 Thu 2027-01-28 A
        2 Tue 2027-02-02 A
        2 Thu 2027-02-04 [Storm]
        3 Tue 2027-02-09 A
        3 Thu 2027-02-11 A
        """,
    ),
    "a dated topic takes the class of its day, the others flow around it": (
        TUE_THU,
        "- A\n- B\n- {topic: Midterm, kind: Exam, date: 2027-01-28}\n- {topic: C, times: 3}",
        """
        1 Tue 2027-01-26 A
        1 Thu 2027-01-28 Midterm
        2 Tue 2027-02-02 B
        2 Thu 2027-02-04 C
        3 Tue 2027-02-09 C
        3 Thu 2027-02-11 C
        """,
    ),
    "an extra meeting takes no class day": (
        TUE_THU,
        "- {topic: Talk, date: Jan 27}\n- {topic: A, times: 6}",
        """
        1 Tue 2027-01-26 A
        1 Wed 2027-01-27 Talk
        1 Thu 2027-01-28 A
        2 Tue 2027-02-02 A
        2 Thu 2027-02-04 A
        3 Tue 2027-02-09 A
        3 Thu 2027-02-11 A
        """,
    ),
    "a topic whose own time misses the class is an extra meeting": (
        TUE_THU,
        "- {topic: Dinner, date: 2027-01-28, time: 18:00-20:00}\n- {topic: A, times: 6}",
        """
        1 Tue 2027-01-26 A
        1 Thu 2027-01-28 A
        1 Thu 2027-01-28 Dinner
        2 Tue 2027-02-02 A
        2 Thu 2027-02-04 A
        3 Tue 2027-02-09 A
        3 Thu 2027-02-11 A
        """,
    ),
    "a topic whose own time meets the class takes it": (
        TUE_THU,
        "- {topic: Long, date: 2027-01-28, time: 10:30-12:00}\n- {topic: A, times: 5}",
        """
        1 Tue 2027-01-26 A
        1 Thu 2027-01-28 Long
        2 Tue 2027-02-02 A
        2 Thu 2027-02-04 A
        3 Tue 2027-02-09 A
        3 Thu 2027-02-11 A
        """,
    ),
    "times that only touch do not meet": (
        TUE_THU,
        "- {topic: After, date: 2027-01-28, time: 10:45-12:00}\n- {topic: A, times: 6}",
        """
        1 Tue 2027-01-26 A
        1 Thu 2027-01-28 A
        1 Thu 2027-01-28 After
        2 Tue 2027-02-02 A
        2 Thu 2027-02-04 A
        3 Tue 2027-02-09 A
        3 Thu 2027-02-11 A
        """,
    ),
    "a dated topic may lie inside a break, and in the weeks around the term": (
        TUE_THU + "    breaks: {from: 2027-02-01, to: 2027-02-05, name: Recess}",
        """
        - {topic: Welcome, date: 2027-01-12}
        - {topic: A, times: 4}
        - {topic: Retreat, date: 2027-02-04}
        - {topic: Final, date: 2027-03-18}
        """,
        """
        - Tue 2027-01-12 Welcome
        1 Tue 2027-01-26 A
        1 Thu 2027-01-28 A
        2 Tue 2027-02-02..04 [Recess]
        2 Thu 2027-02-04 Retreat
        3 Tue 2027-02-09 A
        3 Thu 2027-02-11 A
        8 Thu 2027-03-18 Final
        """,
    ),
    "a topic shares the day of the one before it": (
        "starts: 2027-01-25\nends: 2027-02-01\nmeets: {day: Mon}",
        "- A\n- {topic: B, same_day: yes}\n- {topic: C, same_day: yes}\n- {topic: D, same_day: no}",
        """
        1 Mon 2027-01-25 A
        1 Mon 2027-01-25 B
        1 Mon 2027-01-25 C
        2 Mon 2027-02-01 D
        """,
    ),
    "it shares the last of several days, and a fixed date": (
        "starts: 2027-01-25\nends: 2027-02-08\nmeets: {day: Mon}",
        """
        - {topic: A, days: 2}
        - {topic: B, same_day: yes}
        - {topic: X, date: Feb 3}
        - {topic: Y, same_day: yes}
        - C
        """,
        """
        1 Mon 2027-01-25 A
        2 Mon 2027-02-01 A
        2 Mon 2027-02-01 B
        2 Wed 2027-02-03 X
        2 Wed 2027-02-03 Y
        3 Mon 2027-02-08 C
        """,
    ),
    "a dated topic over several days takes the class days after its date": (
        TUE_THU,
        "- {topic: P, date: 2027-02-04, days: 2}\n- {topic: Q, date: 2027-02-09}\n- {topic: A, times: 3}",
        """
        1 Tue 2027-01-26 A
        1 Thu 2027-01-28 A
        2 Tue 2027-02-02 A
        2 Thu 2027-02-04 P
        3 Tue 2027-02-09 Q
        3 Thu 2027-02-11 P
        """,
    ),
    "kinds have lines of their own, a strange kind goes by the first": (
        """
        starts: 2027-01-25
        ends: 2027-02-05
        meets: [{day: Mon, kind: Lecture}, {day: Fri, kind: Lab}]
        """,
        "- A\n- {topic: X, kind: lab}\n- {topic: Y, kind: Lab}\n- {topic: Quiz, kind: Exam}",
        """
        1 Mon 2027-01-25 A
        1 Fri 2027-01-29 X
        2 Mon 2027-02-01 Quiz
        2 Fri 2027-02-05 Y
        """,
    ),
    "a kind without a topic has no rows": (
        "starts: 2027-01-25\nends: 2027-02-05\nmeets: [{day: Mon, kind: Lecture}, {day: Fri, kind: Lab}]",
        "- A\n- B",
        "1 Mon 2027-01-25 A\n2 Mon 2027-02-01 B",
    ),
    "units are flattened": (
        "starts: 2027-01-25\nends: 2027-02-08\nmeets: {day: Mon}",
        "- A\n- unit: Basics\n  meetings:\n    - B\n    - {topic: C, same_day: yes}\n- D",
        """
        1 Mon 2027-01-25 A
        2 Mon 2027-02-01 B
        2 Mon 2027-02-01 C
        3 Mon 2027-02-08 D
        """,
    ),
    "without a pattern every topic has a date": (
        "starts: 2027-01-25\nends: 2027-03-08",
        "- {topic: Last, date: Mar 8}\n- {topic: First, date: Feb 3}\n- {topic: Then, date: 2027-02-15}",
        """
        1 Wed 2027-02-03 First
        3 Mon 2027-02-15 Then
        6 Mon 2027-03-08 Last
        """,
    ),
    "across New Year": (
        "starts: 2026-12-21\nends: 2027-01-08\nmeets: {day: Fri}\nbreaks: {from: 24 Dec, to: 3 Jan, name: Holidays}",
        "- {topic: Party, date: Dec 23}\n- {topic: A, date: Jan 8}",
        """
        1 Wed 2026-12-23 Party
        1 Fri 2026-12-25 [Holidays]
        2 Fri 2027-01-01 [Holidays]
        3 Fri 2027-01-08 A
        """,
    ),
    "on a leap day": (
        "starts: 2028-02-21\nends: 2028-03-07\nmeets: {day: Tue}",
        "- A\n- {topic: Leap, date: Feb 29}\n- B",
        "1 Tue 2028-02-22 A\n2 Tue 2028-02-29 Leap\n3 Tue 2028-03-07 B",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_rows(case: str, tmp_path: Path) -> None:
    term_lines, schedule, expected = CASES[case]
    mini = date_mini(tmp_path, term(term_lines, schedule))
    assert mini.rows() == [line.strip() for line in lines(expected)]
    assert mini.found == []


def test_of_two_topics_of_one_date_the_second_is_an_extra_meeting(tmp_path: Path) -> None:
    pattern = term(
        "starts: 2027-01-25\nends: 2027-01-25\nmeets: {day: Mon}",
        "- {topic: A, date: 2027-01-25}\n- {topic: B, date: 2027-01-25}",
    )
    mini = date_mini(tmp_path, pattern)
    assert mini.rows() == ["1 Mon 2027-01-25 A", "1 Mon 2027-01-25 B"]
    assert mini.row("b").extra
    assert mini.found == ["warning[same-time]: `B` and `A` both take the only class on 2027-01-25"]


REPORTS = {
    "days left over": (
        "- A",
        [
            "warning[open-days]: 5 class days have no topic yet: "
            "2027-01-28, 2027-02-02, 2027-02-04, 2027-02-09, 2027-02-11"
        ],
    ),
    "one day left over": ("- {topic: A, times: 5}", ["warning[open-days]: 1 class day has no topic yet: 2027-02-11"]),
    "too many topics": (
        "- {topic: A, times: 5}\n- B\n- C\n- D",
        ["error[too-many-topics]: no class day is left for `C`: the term has 6 class days"],
    ),
    "a topic over too many days": (
        "- {topic: A, days: 7}",
        ["error[too-many-topics]: no class day is left for `A`: the term has 6 class days"],
    ),
    "a date too early": (
        "- {topic: A, times: 6}\n- {topic: X, date: 2027-01-11}",
        ["error[outside-term]: `X` (2027-01-11) is more than two weeks before the term starts (2027-01-26)"],
    ),
    "a date too late": (
        "- {topic: A, times: 6}\n- {topic: X, date: 2027-03-19}",
        ["error[outside-term]: `X` (2027-03-19) is more than five weeks after the term ends (2027-02-11)"],
    ),
    "a day to share that there is not": (
        "- {topic: X, same_day: yes}\n- {topic: A, times: 6}",
        ["error[no-day-to-share]: `X` shares the day of the topic before it, but it is the first topic"],
    ),
}


@pytest.mark.parametrize("case", REPORTS)
def test_what_does_not_fit(case: str, tmp_path: Path) -> None:
    schedule, expected = REPORTS[case]
    assert date_mini(tmp_path, term(TUE_THU, schedule)).found == expected


@pytest.mark.parametrize(
    ("schedule", "help"),
    [
        ("- {topic: A, times: 5}\n- B\n- C\n- D", "lower times: 5 of `A` in line 8 to 3, or end the term later"),
        ("- A\n- {topic: TBD, times: 8}\n- Z", "lower times: 8 of `TBD` in line 9 to 4, or end the term later"),
        (
            "- A\n- B\n- C\n- D\n- E\n- {topic: TBD, times: 2}\n- Z",
            "delete `TBD` in line 13, or end the term later",
        ),
        (
            "- A\n- B\n- C\n- D\n- E\n- {topic: TBD, times: 2}\n- Y\n- Z",
            "delete or combine topics, share a day with same_day: yes, or end the term later",
        ),
        ("- A\n- {topic: TBD, times: 3}\n- Z", "add topics, or raise times: 3 of `TBD` in line 9 to 4"),
        ("- A", "add topics after this one; a topic `TBD` with `times: rest` marks days as open"),
    ],
)
def test_it_says_how_many_days_are_open(tmp_path: Path, schedule: str, help: str) -> None:
    found = date_mini(tmp_path, term(TUE_THU, schedule)).diagnostics
    assert [each.help for each in found] == [help]


def test_each_line_reports_its_first_topic_left_over(tmp_path: Path) -> None:
    mini = date_mini(
        tmp_path,
        term(
            "starts: 2027-01-25\nends: 2027-01-29\nmeets: [{day: Mon, kind: Lecture}, {day: Fri, kind: Lab}]",
            "Lecture: [A, B, C]\nLab: [X, Y]",
        ),
    )
    assert mini.found == [
        "error[too-many-topics]: no class day is left for `B`: the term has 1 class day of kind Lecture",
        "error[too-many-topics]: no class day is left for `Y`: the term has 1 class day of kind Lab",
    ]


def test_without_a_pattern_a_topic_needs_a_date(tmp_path: Path) -> None:
    dates = "starts: 2027-01-25\nends: 2027-03-08"
    mini = date_mini(tmp_path, term(dates, "- A\n- {topic: B, date: Feb 3, days: 2}"))
    assert mini.found == [
        "error[no-date]: day 2 of `B` needs a date: the term has no weekly pattern",
        "error[no-date]: `A` needs a date: the term has no weekly pattern",
    ]


def test_a_slip_in_a_kind_is_reported_and_a_label_is_not(tmp_path: Path) -> None:
    mini = date_mini(
        tmp_path,
        term(
            "starts: 2027-01-25\nends: 2027-02-08\nmeets: {day: Mon, kind: Lecture}",
            "- {topic: A, kind: Lectures}\n- {topic: B, kind: Guest lecture}\n- {topic: C, kind: LECTURE}",
        ),
    )
    assert mini.found == ["warning[unknown-kind]: the weekly pattern has no kind `Lectures`"]
    assert [row.kind for row in mini.dated.meetings] == ["Lectures", "Guest lecture", "Lecture"]


def test_open_days_are_meetings_of_their_kind(tmp_path: Path) -> None:
    mini = date_mini(
        tmp_path,
        term(
            "starts: 2027-01-25\nends: 2027-02-01\nmeets: {day: Mon, kind: Lecture, numbered: yes, place: Hall}", "- A"
        ),
    )
    row = mini.row("open-2027-02-01")
    assert (row.topic, row.kind, row.number, row.place) == ("To be announced", "Lecture", 2, "Hall")
    assert mini.found == ["warning[open-days]: 1 class day has no topic yet: 2027-02-01"]


def test_a_course_without_topics_has_no_rows(tmp_path: Path) -> None:
    mini = date_mini(
        tmp_path, term("starts: 2027-01-25\nends: 2027-02-01\nmeets: {day: Mon}\nbreaks: {date: 2027-02-01, name: X}")
    )
    assert mini.rows() == []
    assert mini.found == []
