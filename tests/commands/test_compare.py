"""`compare`: what agrees with a learning-management system, what differs, and what either side lacks."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.lms.exports import blackboard, brightspace, calendar, canvas, canvas_event, moodle, utc
from tests.sites import run_cli, write_course

SYLLABUS = """\
course: {code: CS 101, title: Computer systems}
term:
  starts: 2027-01-25
  ends: 2027-05-10
  timezone: America/Los_Angeles
  meets: {day: Monday, time: 13:00-16:00}
schedule:
  - {topic: Introduction, id: intro}
  - {topic: Caches, id: caches}
  - {topic: Networks, id: networks}
  - {topic: Midterm, kind: Exam, date: 2027-03-08}
  - {topic: TBD, times: rest}
assignments:
  - {id: hw1, title: Homework 1, out: 2027-01-25, due: 2027-02-04}
  - {id: hw2, title: "Homework 2: Caches & paging", due: 2027-03-04}
  - title: Project
    id: project
    milestones: [{title: Proposal, due: 2027-02-26 17:00}, {title: Report, due: 2027-05-07 17:00}]
  - {title: Paper review, each: [caches, networks], due: 1 day before at 21:00}
"""

TASKS = (
    ("Homework 1", "2027-02-04 23:59"),
    ("Homework 2: Caches & paging", "2027-03-04 23:59"),
    ("Project proposal", "2027-02-26 17:00"),
    ("Project report", "2027-05-07 17:00"),
    ("Paper review 1", "2027-01-31 21:00"),
    ("Paper review 2", "2027-02-07 21:00"),
)
"""What is due in the course, under the names of another system."""
CODE = "[CS101-SP27]"


def as_days(*tasks: tuple[str, str]) -> list[tuple[str, str]]:
    """Return tasks as Canvas has them: a day where they are due at 23:59."""
    return [(title, moment.removesuffix(" 23:59")) for title, moment in tasks]


def named(phrase: str) -> list[tuple[str, str]]:
    """Return the tasks with a phrase around their names."""
    return [(phrase.format(title), moment) for title, moment in TASKS]


def moved(hours: int) -> list[tuple[str, str]]:
    """Return the tasks of a Moodle whose clock is some hours behind."""
    return [
        (f"{title} is due", f"{moment[:11]}{int(moment[11:13]) - hours:02}{moment[13:]}") for title, moment in TASKS
    ]


@dataclass(frozen=True)
class Case:
    """A calendar, what is said of it, the exit code, and the day of the comparison."""

    data: bytes
    said: str
    code: int
    today: str = "2027-01-20"


CASES = {
    "all agree in Canvas": Case(
        canvas(*as_days(*TASKS)),
        """\
Agree: 6
  Paper review: Caches          Sun 31 Jan, 21:00   there called “Paper review 1”
  Homework 1                    Thu 4 Feb, 23:59
  Paper review: Networks        Sun 7 Feb, 21:00   there called “Paper review 2”
  Project: Proposal             Fri 26 Feb, 17:00
  Homework 2: Caches & paging   Thu 4 Mar, 23:59
  Project: Report               Fri 7 May, 17:00

Canvas gives no time for 2 deadlines: it writes 23:59 as a day.
6 deadlines agree with lms.ics.
""",
        0,
    ),
    "Canvas has other names, another day, a day for another time, and lectures": Case(
        canvas(
            ("HW 1", "2027-02-04"),
            ("HW #2 - caches", "2027-03-02"),
            ("Project Proposal", "2027-02-26"),
            ("Extra credit", "2027-04-01"),
            more=[
                canvas_event("event-calendar-event-7", f"Lecture {CODE}", "2027-02-01 13:00", "RRULE:FREQ=WEEKLY"),
                canvas_event("event-calendar-event-8", f"Homework 1 help {CODE}", "2027-02-04 13:00"),
                canvas_event("event-assignment-9", "Cell lab [BIO 150]", "2027-03-07 13:00"),
            ],
        ),
        """\
Agree: 1
  Homework 1   Thu 4 Feb, 23:59

Differ: 2
  Project: Proposal             Fri 26 Feb, 17:00   there Fri 26 Feb: 6 h 59 min later
  Homework 2: Caches & paging   Thu 4 Mar, 23:59   there Tue 2 Mar: 2 days earlier   there called “HW #2 - caches”

Only here: 2
  Paper review      2 deadlines, Sun 31 Jan, 21:00 – Sun 7 Feb, 21:00
  Project: Report   Fri 7 May, 17:00

Only there: 1
  Extra credit   Thu 1 Apr

Canvas gives no time for 3 deadlines: it writes 23:59 as a day.
2 other entries there are not deadlines, such as classes and openings.
1 entry there is of BIO 150.
Compared with lms.ics: 2 differ, 3 are only here, 1 is only there, 1 agrees.
""",
        1,
    ),
    "Canvas has dates of sections beside those of all": Case(
        canvas(
            *as_days(*TASKS),
            more=[
                canvas_event("event-assignment-override-9", f"Homework 1 (Section 2) {CODE}", "2027-02-05 23:59"),
                canvas_event("event-assignment-override-8", f"Lab 9 (Section 2) {CODE}", "2027-02-05 23:59"),
            ],
        ),
        """\
Agree: 6
  Paper review: Caches          Sun 31 Jan, 21:00   there called “Paper review 1”
  Homework 1                    Thu 4 Feb, 23:59
  Paper review: Networks        Sun 7 Feb, 21:00   there called “Paper review 2”
  Project: Proposal             Fri 26 Feb, 17:00
  Homework 2: Caches & paging   Thu 4 Mar, 23:59
  Project: Report               Fri 7 May, 17:00

Only there: 1
  Lab 9   Fri 5 Feb, 23:59, for Section 2

Exceptions there: 1
  Homework 1   Fri 5 Feb, 23:59, for Section 2

Canvas gives no time for 2 deadlines: it writes 23:59 as a day.
Compared with lms.ics: 1 is only there, 6 agree.
""",
        1,
    ),
    "Canvas has dates of sections alone": Case(
        canvas(
            *as_days(*TASKS[2:]),
            more=[
                canvas_event("event-assignment-override-9", f"Homework 1 (Section 2) {CODE}", "2027-02-04 23:59"),
                canvas_event(
                    "event-assignment-override-8",
                    f"Homework 2: Caches & paging (Group (a)) {CODE}",
                    "2027-03-06 23:59",
                ),
            ],
        ),
        """\
Agree: 5
  Paper review: Caches     Sun 31 Jan, 21:00   there called “Paper review 1”
  Homework 1               Thu 4 Feb, 23:59   for Section 2
  Paper review: Networks   Sun 7 Feb, 21:00   there called “Paper review 2”
  Project: Proposal        Fri 26 Feb, 17:00
  Project: Report          Fri 7 May, 17:00

Differ: 1
  Homework 2: Caches & paging   Thu 4 Mar, 23:59   there Sat 6 Mar, 23:59, for Group (a): 2 days later

Compared with lms.ics: 1 differs, 5 agree.
""",
        1,
    ),
    "two sections are courses of their own": Case(
        canvas(
            *as_days(*TASKS),
            more=[
                canvas_event("event-assignment-1", "Homework 1 [CS 101 002]", "2027-02-04 23:59"),
                canvas_event("event-assignment-2", "Homework 2: Caches & paging [CS 101 002]", "2027-03-05 23:59"),
            ],
        ),
        """\
Agree: 6
  Paper review: Caches          Sun 31 Jan, 21:00   there called “Paper review 1”
  Homework 1                    Thu 4 Feb, 23:59
  Paper review: Networks        Sun 7 Feb, 21:00   there called “Paper review 2”
  Project: Proposal             Fri 26 Feb, 17:00
  Homework 2: Caches & paging   Thu 4 Mar, 23:59
  Project: Report               Fri 7 May, 17:00

Exceptions there: 1
  Homework 2: Caches & paging   Fri 5 Mar, 23:59, for CS 101 002

Canvas gives no time for 2 deadlines: it writes 23:59 as a day.
6 deadlines agree with lms.ics.
""",
        0,
    ),
    "all agree in Moodle, which has much else": Case(
        moodle(
            *named("{} is due"),
            ("Homework 1 is due to be graded", "2027-02-14 23:59"),
            ("Midterm opens", "2027-03-08 13:00"),
            ("Midterm closes", "2027-03-08 16:00"),
            ("Homework 2: Caches & paging - Override (Due date)", "2027-03-08 23:59", None),
            ("Homework 1 is due (extension)", "2027-02-08 23:59", None),
            ("Project proposal - Section B (Due date)", "2027-03-01 17:00"),
            ("Homework 1 should be completed", "2027-02-03 12:00"),
            ("Dentist", "2027-03-01 17:00", None),
            ("Winter break", "2027-03-01 17:00", "Site events"),
        ),
        """\
Agree: 7
  Paper review: Caches          Sun 31 Jan, 21:00   there called “Paper review 1”
  Homework 1                    Thu 4 Feb, 23:59
  Paper review: Networks        Sun 7 Feb, 21:00   there called “Paper review 2”
  Project: Proposal             Fri 26 Feb, 17:00
  Homework 2: Caches & paging   Thu 4 Mar, 23:59
  Midterm                       Mon 8 Mar, 13:00
  Project: Report               Fri 7 May, 17:00

Exceptions there: 3
  Homework 2: Caches & paging   Mon 8 Mar, 23:59, for one student
  Homework 1                    Mon 8 Feb, 23:59, for one student
  Project: Proposal             Mon 1 Mar, 17:00, for Section B

4 other entries there are not deadlines, such as classes and openings.
1 entry there is of Site events.
7 deadlines agree with lms.ics.
""",
        0,
    ),
    "a quiz of an old Moodle ends when it is due": Case(
        calendar(
            ("METHOD:PUBLISH", "PRODID:-//Moodle Pty Ltd//NONSGML Moodle Version 2016052300//EN", "VERSION:2.0"),
            [
                [
                    "UID:5@moodle.example.edu/campus",
                    "SUMMARY:Homework 1",
                    f"DTSTART:{utc('2027-01-25 13:00')}",
                    f"DTEND:{utc('2027-02-04 23:59')}",
                    "CATEGORIES:CS 101",
                ],
                ["UID:6@moodle.example.edu/campus", "SUMMARY:Project report", f"DTSTART:{utc('2027-05-07 17:00')}"],
            ],
            end="\n",
            space="\t",
        ),
        """\
Agree: 2
  Homework 1        Thu 4 Feb, 23:59
  Project: Report   Fri 7 May, 17:00

Only here: 3
  Paper review                  2 deadlines, Sun 31 Jan, 21:00 – Sun 7 Feb, 21:00
  Project: Proposal             Fri 26 Feb, 17:00
  Homework 2: Caches & paging   Thu 4 Mar, 23:59

Compared with lms.ics: 4 are only here, 2 agree.
""",
        1,
    ),
    "a Moodle in a language that is not known": Case(
        moodle(*named("{} on määrä palauttaa")[:3], *named("Skal leveres: {}")[3:]),
        """\
Agree: 6
  Paper review: Caches          Sun 31 Jan, 21:00   there called “Skal leveres: Paper review 1”
  Homework 1                    Thu 4 Feb, 23:59   there called “Homework 1 on määrä palauttaa”
  Paper review: Networks        Sun 7 Feb, 21:00   there called “Skal leveres: Paper review 2”
  Project: Proposal             Fri 26 Feb, 17:00   there called “Project proposal on määrä palauttaa”
  Homework 2: Caches & paging   Thu 4 Mar, 23:59   there called “Homework 2: Caches & paging on määrä pa…”
  Project: Report               Fri 7 May, 17:00   there called “Skal leveres: Project report”

6 deadlines agree with lms.ics.
""",
        0,
    ),
    "all agree in Brightspace, which has when work is available": Case(
        brightspace(
            *named("{} - Due"),
            ("Homework 1 - Available", "2027-01-26 08:00"),
            ("Homework 1 - Availability Ends", "2027-02-06 08:00"),
            ("Quiz 1 - Availability Ends", "2027-02-16 08:00"),
        ),
        """\
Agree: 6
  Paper review: Caches          Sun 31 Jan, 21:00   there called “Paper review 1”
  Homework 1                    Thu 4 Feb, 23:59
  Paper review: Networks        Sun 7 Feb, 21:00   there called “Paper review 2”
  Project: Proposal             Fri 26 Feb, 17:00
  Homework 2: Caches & paging   Thu 4 Mar, 23:59
  Project: Report               Fri 7 May, 17:00

Only there: 1
  Quiz 1   Tue 16 Feb, 8:00

2 other entries there are not deadlines, such as classes and openings.
Compared with lms.ics: 1 is only there, 6 agree.
""",
        1,
    ),
    "all agree in Blackboard, which says nothing of courses": Case(
        blackboard(*TASKS, ("Participation", "2027-05-01 23:59")),
        """\
Agree: 6
  Paper review: Caches          Sun 31 Jan, 21:00   there called “Paper review 1”
  Homework 1                    Thu 4 Feb, 23:59
  Paper review: Networks        Sun 7 Feb, 21:00   there called “Paper review 2”
  Project: Proposal             Fri 26 Feb, 17:00
  Homework 2: Caches & paging   Thu 4 Mar, 23:59
  Project: Report               Fri 7 May, 17:00

Only there: 1
  Participation   Sat 1 May, 23:59

Blackboard does not say to which course an entry belongs.
Compared with lms.ics: 1 is only there, 6 agree.
""",
        1,
    ),
    "the file is of last year": Case(
        canvas(*((title, moment.replace("2027", "2026")) for title, moment in TASKS)),
        """\
lms.ics is of another term: its deadlines are about a year earlier than ours.
""",
        1,
    ),
    "the clock there is another": Case(
        moodle(*moved(3)[1:], ("Homework 1 is due", "2027-02-03 20:59")),
        """\
Differ: 1
  Homework 1   Thu 4 Feb, 23:59   there Wed 3 Feb, 20:59: 1 day 3 h earlier

5 deadlines there are 3 h earlier: the time zone there is not America/Los_Angeles.
Compared with lms.ics: 6 differ.
""",
        1,
    ),
    "the clock there does not change in March": Case(
        moodle(
            *((title, moment.replace("20:59", "21:59") if "03-04" in moment else moment) for title, moment in moved(3))
        ),
        """\
6 deadlines there are 3 h earlier or 2 h earlier: the time zone there is not America/Los_Angeles.
Compared with lms.ics: 6 differ.
""",
        1,
    ),
    "the first minute of the next day": Case(
        moodle(*named("{} is due")[1:], ("Homework 1 is due", "2027-02-05 00:00")),
        """\
Agree: 5
  Paper review: Caches          Sun 31 Jan, 21:00   there called “Paper review 1”
  Paper review: Networks        Sun 7 Feb, 21:00   there called “Paper review 2”
  Project: Proposal             Fri 26 Feb, 17:00
  Homework 2: Caches & paging   Thu 4 Mar, 23:59
  Project: Report               Fri 7 May, 17:00

Agree, with the date of the next day there: 1
  Homework 1   Thu 4 Feb, 23:59   there Fri 5 Feb, 0:00

6 deadlines agree with lms.ics.
""",
        0,
    ),
    "a Moodle of one week": Case(
        moodle(("Homework 2: Caches & paging is due", "2027-03-04 23:59"), ("Project meeting", "2027-03-02 12:00")),
        """\
Agree: 1
  Homework 2: Caches & paging   Thu 4 Mar, 23:59

All entries there are of Mon 1 – Sun 7 Mar, as in Moodle's export of one week. Export all, to compare all.
5 deadlines of other days are not compared.
1 other entry there is not a deadline, such as classes and openings.
1 deadline agrees with lms.ics.
""",
        0,
        "2027-03-02",
    ),
    "a Moodle of the next 60 days": Case(
        moodle(*named("{} is due")[:3], *named("{} is due")[4:]),
        """\
Agree: 5
  Paper review: Caches          Sun 31 Jan, 21:00   there called “Paper review 1”
  Homework 1                    Thu 4 Feb, 23:59
  Paper review: Networks        Sun 7 Feb, 21:00   there called “Paper review 2”
  Project: Proposal             Fri 26 Feb, 17:00
  Homework 2: Caches & paging   Thu 4 Mar, 23:59

1 deadline is not compared: an export leaves out what is long past or far away.
5 deadlines agree with lms.ics.
""",
        0,
    ),
    "what is past is not exported": Case(
        canvas(*as_days(*TASKS[1:4])),
        """\
Agree: 3
  Project: Proposal             Fri 26 Feb, 17:00
  Homework 2: Caches & paging   Thu 4 Mar, 23:59
  Project: Report               Fri 7 May, 17:00

Canvas gives no time for 1 deadline: it writes 23:59 as a day.
3 deadlines are not compared: an export leaves out what is long past or far away.
3 deadlines agree with lms.ics.
""",
        0,
        "2027-03-01",
    ),
    "two tasks of one name": Case(
        canvas(("Homework 1", "2027-02-11"), *as_days(*TASKS)),
        """\
Agree: 6
  Paper review: Caches          Sun 31 Jan, 21:00   there called “Paper review 1”
  Homework 1                    Thu 4 Feb, 23:59
  Paper review: Networks        Sun 7 Feb, 21:00   there called “Paper review 2”
  Project: Proposal             Fri 26 Feb, 17:00
  Homework 2: Caches & paging   Thu 4 Mar, 23:59
  Project: Report               Fri 7 May, 17:00

Only there: 1
  Homework 1   Thu 11 Feb

Canvas gives no time for 2 deadlines: it writes 23:59 as a day.
Compared with lms.ics: 1 is only there, 6 agree.
""",
        1,
    ),
    "the numbers are kept, and the order is not": Case(
        canvas(
            ("Assignment 2", "2027-03-05"),
            ("Quiz 1", "2027-02-04"),
            ("Initial project pitch", "2027-02-26 17:00"),
            ("Paper review: Networks", "2027-02-09 21:00"),
            ("Paper review: Caches", "2027-01-31 21:00"),
        ),
        """\
Agree: 1
  Paper review: Caches   Sun 31 Jan, 21:00

Differ: 2
  Paper review: Networks        Sun 7 Feb, 21:00   there Tue 9 Feb, 21:00: 2 days later
  Homework 2: Caches & paging   Thu 4 Mar, 23:59   there Fri 5 Mar: 1 day later   there called “Assignment 2”

Only here: 3
  Homework 1          Thu 4 Feb, 23:59
  Project: Proposal   Fri 26 Feb, 17:00
  Project: Report     Fri 7 May, 17:00

Only there: 2
  Quiz 1                  Thu 4 Feb
  Initial project pitch   Fri 26 Feb, 17:00

Canvas gives no time for 1 deadline: it writes 23:59 as a day.
Compared with lms.ics: 2 differ, 3 are only here, 2 are only there, 1 agrees.
""",
        1,
    ),
    "a course of another name, by a title that is ours alone": Case(
        canvas(("Homework 2: Caches & paging", "2027-03-04"), ("Homework 1", "2027-02-11"), code="COMPSCI 101 LEC"),
        """\
Agree: 1
  Homework 2: Caches & paging   Thu 4 Mar, 23:59

Differ: 1
  Homework 1   Thu 4 Feb, 23:59   there Thu 11 Feb: 7 days later

Only here: 3
  Paper review        2 deadlines, Sun 31 Jan, 21:00 – Sun 7 Feb, 21:00
  Project: Proposal   Fri 26 Feb, 17:00
  Project: Report     Fri 7 May, 17:00

Canvas gives no time for 2 deadlines: it writes 23:59 as a day.
Compared with lms.ics: 1 differs, 4 are only here, 1 agrees.
""",
        1,
    ),
    "texts that would do something to a terminal or a log": Case(
        moodle(
            *named("{} is due"),
            ("\x1b[31mred \u202e##[error]y \x07 is due", "2027-04-05 12:00"),
            ("::error::x is due", "2027-04-06 12:00"),
            (f"{'x' * 10_000} is due", "2027-04-07 12:00"),
            (f"{'作业' * 30} is due", "2127-04-07 12:00"),
        ),
        """\
Agree: 6
  Paper review: Caches          Sun 31 Jan, 21:00   there called “Paper review 1”
  Homework 1                    Thu 4 Feb, 23:59
  Paper review: Networks        Sun 7 Feb, 21:00   there called “Paper review 2”
  Project: Proposal             Fri 26 Feb, 17:00
  Homework 2: Caches & paging   Thu 4 Mar, 23:59
  Project: Report               Fri 7 May, 17:00

Only there: 4
  \\x1b[31mred \\u202e##\\[error]y \\x07         Mon 5 Apr, 12:00
  \\::error::x                                 Tue 6 Apr, 12:00
  xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…   Wed 7 Apr, 12:00
  作业作业作业作业作业作业作业作业作业作…    Mon 7 Apr 2127, 12:00

Compared with lms.ics: 4 are only there, 6 agree.
""",
        1,
    ),
    "a calendar of no system that is known": Case(
        calendar(
            ("VERSION:2.0", "PRODID:-//Example//EN"),
            [
                ["UID:1", "SUMMARY:Due: Homework 1", "DTSTART;VALUE=DATE:20270204"],
                ["UID:2", "SUMMARY:Project proposal is due", "DTSTART:20270226T170000"],
                ["UID:3", "SUMMARY:Project report", "DTSTART;TZID=Nowhere/Land:20270507T170000"],
                ["UID:4", "SUMMARY:Homework 2: Caches & paging", "DTSTART;TZID=Pacific Standard Time:20270304T235900"],
                ["UID:5", "SUMMARY:Paper review", f"DTSTART:{utc('2027-01-31 21:00')}", "STATUS:CONFIRMED"],
                ["UID:6", "SUMMARY:Paper review", f"DTSTART:{utc('2027-02-07 21:00')}", "STATUS:CANCELLED"],
                ["UID:7", "SUMMARY:No date"],
                ["UID:8", "SUMMARY:Bad date", "DTSTART:2027-02-31"],
            ],
        ),
        """\
Agree: 5
  Paper review: Caches          Sun 31 Jan, 21:00
  Homework 1                    Thu 4 Feb, 23:59
  Project: Proposal             Fri 26 Feb, 17:00
  Homework 2: Caches & paging   Thu 4 Mar, 23:59
  Project: Report               Fri 7 May, 17:00

Only here: 1
  Paper review: Networks   Sun 7 Feb, 21:00

The file has no time for 1 deadline, so only the day is compared.
2 entries there have no date.
Compared with lms.ics: 1 is only here, 5 agree.
""",
        1,
    ),
}


@pytest.fixture
def course(tmp_path: Path) -> Path:
    return write_course(tmp_path / "course", {"syllabus.yaml": SYLLABUS})


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_what_is_said(course: Path, tmp_path: Path, case: Case) -> None:
    path = tmp_path / "lms.ics"
    path.write_bytes(case.data)
    ran = run_cli("compare", path, "--source", course, "--today", case.today)
    assert (ran.out, ran.err, ran.code) == (case.said, "", case.code)


UNFIT = {
    "web page": (
        b"<!DOCTYPE html><html><title>Log in</title>",
        "is a web page, perhaps one to sign in: open the address of the calendar where you are signed in",
    ),
    "web page without a doctype": (
        b"\n <HTML>",
        "is a web page, perhaps one to sign in: open the address of the calendar where you are signed in",
    ),
    "expired address": (
        b"Invalid authentication\n",
        "says that its address has expired: copy the address of the calendar from Moodle again",
    ),
    "no export": (b"no export", "says that your Moodle does not export calendars"),
    "PDF": (b"%PDF-1.7\n", "is a PDF"),
    "packed": (b"PK\x03\x04rest", "is packed: unpack it, and compare the .ics file in it"),
    "empty": (b"", "is empty"),
    "spaces": (b"\xef\xbb\xbf \r\n", "is empty"),
    "bytes": (bytes(range(256)) * 9, "is not a calendar: it does not begin with BEGIN:VCALENDAR"),
    "no calendar": (b"BEGIN:VCARD\r\nEND:VCARD\r\n", "is not a calendar: it does not begin with BEGIN:VCALENDAR"),
    "cut off": (canvas(*TASKS)[:400], "is cut off: the calendar in it does not end"),
    "not closed": (
        b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nEND:VCALENDAR\r\n",
        "is cut off: the calendar in it does not end",
    ),
    "damaged": (b"BEGIN:VCALENDAR\nfoo\nEND:VCALENDAR\n", "is damaged: it does not follow the format of calendars"),
    "too large": (canvas(*TASKS) + b" " * 5_000_000, "is larger than 5,000,000 bytes"),
    "too many": (canvas(*[("Essay", "2027-03-01")] * 5_001), "has more than 5,000 entries"),
    "no entries": (canvas(), "has no entries with a date"),
    "no entries in Moodle": (
        moodle(),
        "has no entries with a date; in Moodle, export all courses and the custom range",
    ),
    "another course": (
        canvas(("Cells", "2027-02-03"), ("Homework 1", "2027-02-14"), code="BIO 150"),
        "is of another course: its entries are of BIO 150, and nothing in it is due in CS 101 Computer systems",
    ),
    "a course whose code only looks like ours": (
        canvas(("Homework 1", "2027-02-14"), code="ICS 101"),
        "is of another course: its entries are of ICS 101, and nothing in it is due in CS 101 Computer systems",
    ),
    "another course, of which the system does not say": (
        blackboard(("Cells", "2027-02-03 12:00")),
        "is of another course, and nothing in it is due in CS 101 Computer systems",
    ),
}


@pytest.mark.parametrize(("data", "why"), UNFIT.values(), ids=UNFIT)
def test_files_that_cannot_be_compared(course: Path, tmp_path: Path, data: bytes, why: str) -> None:
    path = tmp_path / "lms.ics"
    path.write_bytes(data)
    ran = run_cli("compare", path, "--source", course, "--today", "2027-01-20")
    assert (ran.out, ran.err, ran.code) == ("", f"courseweek: {path} {why}\n", 2)


def test_names_that_are_not_files(course: Path, tmp_path: Path) -> None:
    address = "https://canvas.example.edu/feeds/calendars/user_x.ics"
    for name, why in (
        (address, "is an address: save the calendar as a file first, and compare that"),
        (tmp_path, "is not a file"),
        (tmp_path / "gone.ics", "can't be read: No such file or directory"),
        ("a\0b", "can't be read: its name is not valid"),
    ):
        ran = run_cli("compare", name, "--source", course)
        assert (ran.out, ran.err, ran.code) == (
            "",
            f"courseweek: {str(name).replace(chr(0), chr(92) + 'x00')} {why}\n",
            2,
        )


def test_a_course_with_errors_is_not_compared(tmp_path: Path) -> None:
    course = write_course(tmp_path / "course", {"syllabus.yaml": SYLLABUS.replace("2027-02-04", "2027-02-31")})
    path = tmp_path / "lms.ics"
    path.write_bytes(canvas(*TASKS))
    ran = run_cli("compare", path, "--source", course)
    assert (ran.out, ran.code) == ("", 1)
    assert ran.err.startswith("syllabus.yaml:14:")
    assert ran.err.endswith("\nFix the course before it is compared: 1 error.\n")


def test_nothing_is_written_without_a_table(course: Path, tmp_path: Path) -> None:
    path = tmp_path / "lms.ics"
    path.write_bytes(canvas(*TASKS))
    before = {each: each.read_bytes() for each in tmp_path.rglob("*") if each.is_file()}
    run_cli("compare", path, "--source", course)
    assert {each: each.read_bytes() for each in tmp_path.rglob("*") if each.is_file()} == before


def test_the_table_has_what_to_enter(course: Path, tmp_path: Path) -> None:
    path, table = tmp_path / "lms.ics", tmp_path / "table.csv"
    path.write_bytes(
        canvas(
            ("HW 1", "2027-02-04"),
            ("HW 2", "2027-03-02 12:00"),
            ('=HYPERLINK("http://example.org", "x")', "2027-04-01"),
            ("Project report", "2027-05-08 00:00"),
        )
    )
    for _ in range(2):  # an own table is replaced
        ran = run_cli("compare", path, "--source", course, "--csv", table, "--today", "2027-01-20")
        assert ran.code == 1
        assert ran.out.endswith(f"\nWrote {table}.\n")
    text = table.read_bytes().decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(text, newline=""))) == [
        ["Title", "Due date", "Due time", "Compared", "Title there", "Date there", "Time there"],
        ["Paper review: Caches", "2027-01-31", "21:00", "enter", "", "", ""],
        ["Homework 1", "2027-02-04", "23:59", "agrees", "HW 1", "2027-02-04", ""],
        ["Paper review: Networks", "2027-02-07", "21:00", "enter", "", "", ""],
        ["Project: Proposal", "2027-02-26", "17:00", "enter", "", "", ""],
        ["Homework 2: Caches & paging", "2027-03-04", "23:59", "change", "HW 2", "2027-03-02", "12:00"],
        ["", "", "", "only there", '\'=HYPERLINK("http://example.org", "x")', "2027-04-01", ""],
        ["Project: Report", "2027-05-07", "17:00", "change", "Project report", "2027-05-08", "00:00"],
    ]


def test_no_other_file_is_replaced_by_the_table(course: Path, tmp_path: Path) -> None:
    path = tmp_path / "lms.ics"
    path.write_bytes(canvas(*TASKS))
    for table, why in (
        (course / "syllabus.yaml", "is already there, and is not a table of this command: choose another name"),
        (path, "is already there, and is not a table of this command: choose another name"),
        (tmp_path, "is already there, and is not a table of this command: choose another name"),
        (tmp_path / "gone" / "table.csv", "can't be written: its folder doesn't exist"),
    ):
        ran = run_cli("compare", path, "--source", course, "--csv", table)
        assert (ran.out, ran.err, ran.code) == ("", f"courseweek: {table} {why}\n", 2)
    assert (course / "syllabus.yaml").read_text(encoding="utf-8") == SYLLABUS
    assert path.read_bytes() == canvas(*TASKS)


def test_the_last_minute_of_a_day_with_a_repeated_hour(tmp_path: Path) -> None:
    syllabus = """\
course: Astronomy
term: {starts: 2027-03-01, ends: 2027-07-01, timezone: America/Santiago, meets: {day: Monday}}
schedule: [{topic: Stars, times: rest}]
assignments: [{title: Homework 1, due: 2027-04-03}, {title: Homework 2, due: 2027-05-03}]
"""
    course, path = write_course(tmp_path / "course", {"syllabus.yaml": syllabus}), tmp_path / "lms.ics"
    for first in ("DTSTART:20270404T025900Z", "DTSTART;VALUE=DATE:20270403"):
        events = [
            ["UID:event-assignment-1", "SUMMARY:Homework 1", first],
            ["UID:event-assignment-2", "SUMMARY:Homework 2", "DTSTART;VALUE=DATE:20270503"],
        ]
        path.write_bytes(calendar(("VERSION:2.0",), events))
        ran = run_cli("compare", path, "--source", course)
        assert (ran.code, ran.out.splitlines()[:3]) == (
            0,
            ["Agree: 2", "  Homework 1   Sat 3 Apr, 23:59", "  Homework 2   Mon 3 May, 23:59"],
        ), first


def test_deadlines_to_be_decided_and_a_series_that_moved(tmp_path: Path) -> None:
    syllabus = """\
course: Astronomy
term: {starts: 2027-03-01, ends: 2027-04-12, timezone: UTC, meets: {day: Monday}}
schedule: [{topic: Stars, times: rest}]
assignments:
  - {title: Essay, due: TBD}
  - {title: Sketch, due: TBD}
  - {title: Log, each: meeting, due: start}
"""
    course, path = write_course(tmp_path / "course", {"syllabus.yaml": syllabus}), tmp_path / "lms.ics"
    days = (4, 11, 18, 25)
    logs = [[f"UID:{day}", f"SUMMARY:Log {day} is due", f"DTSTART:202703{day:02}T000000Z"] for day in days]
    essay = ["UID:1", "SUMMARY:Essay is due", "DTSTART:20270405T120000Z"]
    path.write_bytes(calendar(("PRODID:-//Moodle Pty Ltd//NONSGML Moodle//EN",), [*logs, essay]))
    ran = run_cli("compare", path, "--source", course, "--today", "2027-03-01")
    assert (
        ran.out
        == """\
Differ: 5
  Log: Stars   Mon 1 Mar, 0:00   there Thu 4 Mar, 0:00: 3 days later   there called “Log 4”
  Log: Stars   Mon 8 Mar, 0:00   there Thu 11 Mar, 0:00: 3 days later   there called “Log 11”
  Log: Stars   Mon 15 Mar, 0:00   there Thu 18 Mar, 0:00: 3 days later   there called “Log 18”
  Log: Stars   Mon 22 Mar, 0:00   there Thu 25 Mar, 0:00: 3 days later   there called “Log 25”
  Essay        to be decided   there Mon 5 Apr, 12:00

Only here: 3
  Log: Stars   Mon 29 Mar, 0:00
  Log: Stars   Mon 5 Apr, 0:00
  Log: Stars   Mon 12 Apr, 0:00

Compared with lms.ics: 5 differ, 3 are only here.
"""
    )


def test_any_damage_to_a_file_ends_in_a_sentence(course: Path, tmp_path: Path) -> None:
    path = tmp_path / "lms.ics"
    whole = moodle(*named("{} is due")[:2])
    for place in range(0, len(whole), 61):
        for damage in (b"", b"\n", b"\x00", b":", b";", b'"', b"\xff", b"BEGIN:VEVENT\n"):
            path.write_bytes(whole[:place] + damage + whole[place + 1 :])
            ran = run_cli("compare", path, "--source", course)
            assert ran.code in (0, 1, 2), ran.err
            assert "Traceback" not in ran.err, (place, damage)
