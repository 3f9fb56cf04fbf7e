"""What a row holds besides its day: time, place, kind, number, part, and the instants of its civil days."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from courseweek.model.meeting import Meeting
from courseweek.schedule.instants import begin_day, finish_day
from tests.mini import Mini, date_mini, term

MONDAYS = "starts: 2027-01-25\nends: 2027-02-08\nmeets: {day: Mon, time: 13:00-16:00, place: Soda 405, kind: Lecture}"


def date_schedule(folder: Path, schedule: str, lines: str = MONDAYS, zone: str = "America/Los_Angeles") -> Mini:
    return date_mini(folder, term(lines, schedule, zone))


def hours(row: Meeting) -> str | None:
    return f"{row.time.start:%H:%M}-{row.time.end:%H:%M}" if row.time else None


def test_own_time_and_place_hold_for_their_day_only(tmp_path: Path) -> None:
    mini = date_schedule(tmp_path, "- {topic: A, time: 9:00-10:00, place: Hall}\n- B\n- {topic: C, place: Lab}")
    assert [(hours(row), row.place) for row in mini.dated.meetings] == [
        ("09:00-10:00", "Hall"),
        ("13:00-16:00", "Soda 405"),
        ("13:00-16:00", "Lab"),
    ]


def test_of_several_days_the_first_has_the_topics_own_time_and_place(tmp_path: Path) -> None:
    mini = date_schedule(tmp_path, "- {topic: A, days: 2, time: 9:00-10:00, place: Hall}\n- B")
    assert [(row.id, hours(row), row.place, row.part, row.leads) for row in mini.dated.meetings][:2] == [
        ("a", "09:00-10:00", "Hall", (1, 2), True),
        ("a-2", "13:00-16:00", "Soda 405", (2, 2), False),
    ]


def test_each_row_of_times_has_the_topics_own_time_and_leads(tmp_path: Path) -> None:
    mini = date_schedule(tmp_path, "- {topic: A, times: 2, place: Hall}\n- B")
    assert [(row.place, row.part, row.leads) for row in mini.dated.meetings][:2] == [("Hall", None, True)] * 2


def test_a_dated_topic_takes_time_and_place_of_its_class(tmp_path: Path) -> None:
    mini = date_schedule(
        tmp_path,
        "- {topic: A, date: 2027-02-01}\n- {topic: B, date: Feb 3}\n- {topic: C, date: Feb 8, time: 18:00-19:00}",
    )
    rows = {row.topic: (hours(row), row.place, row.extra) for row in mini.dated.meetings if row.written}
    assert rows == {
        "A": ("13:00-16:00", "Soda 405", False),
        "B": (None, None, True),
        "C": ("18:00-19:00", None, True),
    }


def test_a_shared_day_shares_time_and_place(tmp_path: Path) -> None:
    mini = date_schedule(
        tmp_path,
        "- A\n- {topic: B, same_day: yes}\n- {topic: C, same_day: yes, time: 15:00-16:00, place: Roof}\n"
        "- {topic: X, date: Feb 3, time: 9:00-10:00, place: Hall}\n- {topic: Y, same_day: yes}\n- {topic: Z, times: 2}",
    )
    rows = {row.topic: (hours(row), row.place, row.extra) for row in mini.dated.meetings}
    assert rows["B"] == ("13:00-16:00", "Soda 405", False)
    assert rows["C"] == ("15:00-16:00", "Roof", False)
    assert rows["Y"] == ("09:00-10:00", "Hall", True)


def test_kind_is_written_or_that_of_the_class_or_none(tmp_path: Path) -> None:
    mini = date_schedule(
        tmp_path,
        "- A\n- {topic: B, kind: Exam}\n- {topic: C, kind: lecture}\n- {topic: D, date: Feb 3}\n"
        "- {topic: E, date: Feb 4, kind: Picnic}",
    )
    kinds = {row.topic: row.kind for row in mini.dated.meetings}
    assert kinds == {"A": "Lecture", "B": "Exam", "C": "Lecture", "D": None, "E": "Picnic"}


def test_without_a_kind_in_the_pattern_a_kind_is_null(tmp_path: Path) -> None:
    mini = date_schedule(
        tmp_path,
        "- A\n- {topic: B, kind: Exam}",
        "starts: 2027-01-25\nends: 2027-02-01\nmeets: {day: Mon, numbered: yes}",
    )
    assert [(row.kind, row.number) for row in mini.dated.meetings] == [(None, 1), ("Exam", None)]


def test_numbers_count_a_numbered_kind_in_order_of_time(tmp_path: Path) -> None:
    mini = date_schedule(
        tmp_path,
        """
        - A
        - {topic: B, same_day: yes}
        - {topic: Quiz, kind: Exam}
        - {topic: Extra, kind: Lecture, date: Feb 5}
        - {topic: Talk, date: Feb 6}
        - {topic: X, kind: Lab}
        """,
        """
        starts: 2027-01-25
        ends: 2027-02-08
        meets: [{day: Mon, kind: Lecture, numbered: yes}, {day: Tue, kind: Lab}]
        """,
    )
    assert [(row.topic, row.number) for row in mini.dated.meetings] == [
        ("A", 1),
        ("B", 1),
        ("X", None),
        ("Quiz", None),
        ("To be announced", None),
        ("Extra", 2),
        ("Talk", None),
        ("To be announced", 3),
    ]


def test_lists_by_kind(tmp_path: Path) -> None:
    mini = date_schedule(
        tmp_path,
        "Lecture: [A, B]\nLab:\n  - X\n  - {topic: Y, kind: Exam, date: Feb 3}",
        "starts: 2027-01-25\nends: 2027-02-02\nmeets: [{day: Mon, kind: Lecture}, {day: Tue, kind: Lab, weeks: 2}]",
    )
    assert [(row.topic, row.kind) for row in mini.dated.meetings] == [
        ("A", "Lecture"),
        ("B", "Lecture"),
        ("X", "Lab"),
        ("Y", "Exam"),
    ]


def test_units_and_status_stay_with_their_topics(tmp_path: Path) -> None:
    mini = date_schedule(
        tmp_path,
        "- A\n- unit: Basics\n  description: First *things*.\n  meetings: [{topic: B, status: tentative}]\n- C",
    )
    rows = mini.dated.meetings
    assert [row.unit.title if row.unit else None for row in rows] == [None, "Basics", None]
    assert [row.written.status if row.written else "" for row in rows] == [None, "tentative", None]


def test_instants_of_a_class_and_of_its_day(tmp_path: Path) -> None:
    row = date_schedule(tmp_path, "- {topic: A, times: 3}").row("a")
    assert row.starts_at is not None
    assert row.ends_at is not None
    assert row.starts_at.isoformat() == "2027-01-25T13:00:00-08:00"
    assert row.ends_at.isoformat() == "2027-01-25T16:00:00-08:00"
    assert row.begins_at == datetime(2027, 1, 25, 8, tzinfo=UTC)
    assert row.finishes_at == datetime(2027, 1, 26, 8, tzinfo=UTC)


def test_weeks_begin_on_monday_and_have_ids(tmp_path: Path) -> None:
    mini = date_schedule(
        tmp_path,
        "- {topic: Hello, date: Jan 20}\n- {topic: A, times: 3}",
        "starts: 2027-01-27\nends: 2027-02-12\nmeets: {day: Wed}\nbreaks: {date: 2027-02-03, name: X, numbered: no}\n"
        "swaps: {date: 2027-02-12, follows: Wed}",
    )
    weeks = [(week.id, week.number, week.first_day, len(week.meetings)) for week in mini.dated.weeks]
    assert weeks == [
        ("week-of-2027-01-18", None, date(2027, 1, 18), 1),
        ("week-1", 1, date(2027, 1, 25), 1),
        ("week-of-2027-02-01", None, date(2027, 2, 1), 1),
        ("week-2", 2, date(2027, 2, 8), 2),
    ]
    first = mini.dated.weeks[1]
    assert (first.begins_at, first.finishes_at) == (
        datetime(2027, 1, 25, 8, tzinfo=UTC),
        datetime(2027, 2, 1, 8, tzinfo=UTC),
    )


def test_a_breaks_row_spans_its_days_in_the_week(tmp_path: Path) -> None:
    mini = date_schedule(
        tmp_path,
        "- A",
        "starts: 2027-01-25\nends: 2027-02-05\nmeets: {days: [Mon, Wed]}\n"
        "breaks: {from: 2027-01-26, to: 2027-02-04, name: Recess, description: 'No *class*.'}",
    )
    row = mini.row("break-2027-02-01")
    assert (row.topic, row.on, row.last_on) == ("Recess", date(2027, 2, 1), date(2027, 2, 3))
    assert (row.begins_at, row.finishes_at) == (
        datetime(2027, 2, 1, 8, tzinfo=UTC),
        datetime(2027, 2, 5, 8, tzinfo=UTC),
    )
    assert row.pause is not None
    assert row.pause.description == "No *class*."
    assert (row.kind, row.number, row.starts_at, row.written) == (None, None, None, None)


DAYS = {
    # zone, day: its first instant, and that of the day after it
    ("America/Los_Angeles", "2027-03-14"): ("2027-03-14T08:00", "2027-03-15T07:00"),
    ("America/Los_Angeles", "2027-11-07"): ("2027-11-07T07:00", "2027-11-08T08:00"),
    # The clock goes from 24:00 to 1:00: the day begins at 1:00.
    ("America/Santiago", "2022-09-11"): ("2022-09-11T04:00", "2022-09-12T03:00"),
    ("Africa/Cairo", "2024-04-26"): ("2024-04-25T22:00", "2024-04-26T21:00"),
    # The clock goes from 24:00 back to 23:00: the day before has 25 hours.
    ("Africa/Cairo", "2024-10-31"): ("2024-10-30T21:00", "2024-10-31T22:00"),
    ("America/Santiago", "2022-04-02"): ("2022-04-02T03:00", "2022-04-03T04:00"),
    # From 0:01 back to 23:01 of the day before: a day begins when its first minute does.
    ("America/St_Johns", "2006-10-29"): ("2006-10-29T02:30", "2006-10-30T03:30"),
    ("Asia/Kathmandu", "2027-01-25"): ("2027-01-24T18:15", "2027-01-25T18:15"),
    # There was no 30 December 2011 in Samoa.
    ("Pacific/Apia", "2011-12-29"): ("2011-12-29T10:00", "2011-12-30T10:00"),
    ("Pacific/Apia", "2011-12-30"): ("2011-12-30T10:00", "2011-12-30T10:00"),
    ("Pacific/Apia", "2011-12-31"): ("2011-12-30T10:00", "2011-12-31T10:00"),
}


@pytest.mark.parametrize(("zone", "day"), DAYS)
def test_a_day_begins_and_ends(zone: str, day: str) -> None:
    place, on = ZoneInfo(zone), date.fromisoformat(day)
    began, finished = (datetime.fromisoformat(each).replace(tzinfo=UTC) for each in DAYS[zone, day])
    assert begin_day(on, place) == began
    assert finish_day(on, place) == finished


@pytest.mark.parametrize("zone", ["America/Santiago", "Africa/Cairo", "Pacific/Apia", "America/St_Johns", "Asia/Gaza"])
def test_days_follow_each_other_without_a_gap(zone: str) -> None:
    place = ZoneInfo(zone)
    for ordinal in range(date(2009, 1, 1).toordinal(), date(2013, 1, 1).toordinal(), 3):
        on = date.fromordinal(ordinal)
        began = begin_day(on, place)
        assert finish_day(date.fromordinal(ordinal - 1), place) == began
        assert (began - timedelta(seconds=1)).astimezone(place).date() < on
        assert began.astimezone(place).date() >= on


def test_a_class_at_a_skipped_or_repeated_time_is_reported(tmp_path: Path) -> None:
    mini = date_schedule(
        tmp_path,
        "- {topic: A, times: 3}\n- {topic: Night, date: 2026-10-25, time: 1:30-2:30 am}\n- {topic: B, times: 28}",
        "starts: 2026-03-22\nends: 2026-10-18\nmeets: {day: Sunday, time: 2:30-4:00 am}",
        "Europe/Berlin",
    )
    assert mini.found == [
        "warning[clock-change]: 02:30 on 2026-03-29 is skipped by a clock change in Europe/Berlin",
        "warning[clock-change]: 02:30 on 2026-10-25 is repeated by a clock change in Europe/Berlin",
    ]
    skipped = mini.row("a-2").starts_at
    assert skipped is not None
    assert skipped.isoformat() == "2026-03-29T02:30:00+01:00"
    repeated = mini.row("night").ends_at
    assert repeated is not None
    assert repeated.isoformat() == "2026-10-25T02:30:00+02:00"


def test_a_class_on_a_day_that_does_not_exist_is_reported(tmp_path: Path) -> None:
    mini = date_schedule(
        tmp_path,
        "- {topic: A, times: 2}",
        "starts: 2011-12-23\nends: 2011-12-30\nmeets: {day: Fri, time: 13:00-14:00}",
        "Pacific/Apia",
    )
    assert mini.found == [
        f"warning[clock-change]: {at} on 2011-12-30 is skipped by a clock change in Pacific/Apia"
        for at in (time(13).strftime("%H:%M"), "14:00")
    ]
