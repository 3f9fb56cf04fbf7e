"""`new-term`: which bytes change, which dates move, what is refused, and when something is written."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from courseweek.commands.new_term import NewTermOptions, new_term
from courseweek.diagnostics import Source
from courseweek.model.origin import Origin
from courseweek.model.term import Term
from courseweek.roll.todo import CLEARABLE, KINDS
from courseweek.start.term_questions import guess_term_answer
from tests.sites import ROOT, Ran, read_tree, run_cli, write_course

BUILT, WRONG_FILES, WRONG_USAGE, FAILED = 0, 1, 2, 3
NEXT = ("--name", "Spring 2028", "--starts", "2028-01-24", "--ends", "2028-05-08")
HEAD = "course: Knots\n"
TAIL = "schedule:\n  - {topic: TBD, times: 13}\n"
TERM_2027 = "term: {name: Spring 2027, starts: 2027-01-25, ends: 2027-05-10, timezone: UTC, meets: {day: Monday}}\n"


def roll(course: Path, *flags: str | Path) -> Ran:
    """Run the command for spring 2028."""
    return run_cli("new-term", "--source", course, *NEXT, *flags)


def read(course: Path, name: str = "syllabus.yaml") -> str:
    return (course / name).read_bytes().decode("utf-8")


# The block of a term before, and what of it is another text afterwards.
LAYOUTS = {
    "block style": (
        """\
term:
  name: Spring 2027
  starts: 2027-01-25
  ends: 2027-05-10
  timezone: UTC
  meets: {day: Monday}
""",
        {"Spring 2027": "Spring 2028", "2027-01-25": "2028-01-24", "2027-05-10": "2028-05-08"},
    ),
    "comments, odd spaces and another order": (
        """\
# The term.
term:   # this block changes
    timezone: UTC      # ours

    ends:    2027-05-10   # a Monday
    # Comments stay 2027.
    starts:  2027-01-25
    name:    Spring 2027   # until 2027-05-10
    meets:   [{day: Monday}]
""",
        {
            "ends:    2027-05-10": "ends:    2028-05-08",
            "starts:  2027-01-25": "starts:  2028-01-24",
            "name:    Spring 2027": "name:    Spring 2028",
        },
    ),
    "on one line": (
        "term: {name: Spring 2027, starts: 2027-01-25, ends: 2027-05-10, timezone: UTC, meets: [{day: Mon}]}\n",
        {"Spring 2027": "Spring 2028", "2027-01-25": "2028-01-24", "2027-05-10": "2028-05-08"},
    ),
    "between braces on several lines": (
        """\
term: {
  name: "Spring 2027", starts: '2027-01-25',
  ends: 2027-05-10, timezone: UTC,  # ours
  meets: [{day: Monday}],
}
""",
        {"Spring 2027": "Spring 2028", "2027-01-25": "2028-01-24", "2027-05-10": "2028-05-08"},
    ),
    "quotes": (
        """\
term:
  "name": 'Spring 2027'
  'starts': "2027-01-25"
  ends: '2027-05-10'
  timezone: UTC
  meets: {day: Monday}
""",
        {"Spring 2027": "Spring 2028", "2027-01-25": "2028-01-24", "2027-05-10": "2028-05-08"},
    ),
    "dates in words": (
        """\
term:
  name: Spring 2027
  starts: Monday, Jan 25, 2027
  ends: 10th May 2027
  timezone: UTC
  meets: {day: Monday}
""",
        {"Spring 2027": "Spring 2028", "Jan 25, 2027": "Jan 24, 2028", "10th May 2027": "8th May 2028"},
    ),
    "a text over two lines": (
        """\
term:
  name:
    Spring
    2027
  starts: >-
    2027-01-25
  ends: |
    10 May 2027
  timezone: UTC
  meets: {day: Monday}
""",
        {"Spring\n    2027": "Spring 2028", "2027-01-25": "2028-01-24", "10 May 2027": "8 May 2028"},
    ),
    "without a name": (
        "term:\n  timezone: UTC\n  starts: 2027-01-25\n  ends: 2027-05-10\n  meets: {day: Monday}\n",
        {"  starts: 2027-01-25": "  name: Spring 2028\n  starts: 2028-01-24", "2027-05-10": "2028-05-08"},
    ),
    "without a name, on one line": (
        "term: {timezone: UTC, starts: 2027-01-25, ends: 2027-05-10, meets: {day: Monday}}\n",
        {"starts: 2027-01-25": "name: Spring 2028, starts: 2028-01-24", "2027-05-10": "2028-05-08"},
    ),
    "with an empty name": (
        "term:\n  name:   # soon\n  timezone: UTC\n  starts: 2027-01-25\n  ends: 2027-05-10\n  meets: {day: Mon}\n",
        {"name:   #": "name: Spring 2028   #", "2027-01-25": "2028-01-24", "2027-05-10": "2028-05-08"},
    ),
}


@pytest.mark.parametrize(("mark", "line_end"), [("", "\n"), ("\ufeff", "\r\n")], ids=["LF", "BOM and CRLF"])
@pytest.mark.parametrize("name", LAYOUTS)
def test_only_the_term_changes(name: str, mark: str, line_end: str, tmp_path: Path) -> None:
    block, changes = LAYOUTS[name]
    after = block
    for old, new in changes.items():
        assert after.count(old) == 1, old
        after = after.replace(old, new)
    before, after = ((mark + HEAD + text + TAIL).replace("\n", line_end) for text in (block, after))
    course = write_course(tmp_path, {"syllabus.yaml": before})
    ran = roll(course, "--yes")
    assert (ran.code, ran.err) == (BUILT, "")
    assert read(course) == after


NAMES = {
    "Spring 2028": "Spring 2028",
    "Spring 2028: seminar": '"Spring 2028: seminar"',
    "Spring #1": '"Spring #1"',
    '"Spring" 2028': "'\"Spring\" 2028'",
    "[Spring] {2028}": '"[Spring] {2028}"',
    "- Spring": '"- Spring"',
    "It's spring & 'summer'": "\"It's spring & 'summer'\"",
    "2028年春学期": "2028年春学期",
    "Spring 🌷 2028": "Spring 🌷 2028",
    "yes": "yes",
    "2028": "2028",
}


@pytest.mark.parametrize("name", NAMES)
def test_each_name_is_written_so_that_it_is_read(name: str, tmp_path: Path) -> None:
    course = write_course(tmp_path, {"syllabus.yaml": HEAD + LAYOUTS["block style"][0] + TAIL})
    ran = run_cli("new-term", "--source", course, "--name", name, *NEXT[2:], "--yes")
    assert (ran.code, ran.err) == (BUILT, "")
    assert f"\n  name: {NAMES[name]}\n" in read(course)


BREAKS = "- {date: Feb 21, name: Presidents' Day}\n- from: 2028-03-27\n  to: 2028-03-31\n  name: 'Spring: break'\n"
WRITTEN = (
    '{date: 2028-02-21, name: "Presidents\' Day"}',
    '{from: 2028-03-27, to: 2028-03-31, name: "Spring: break"}',
)
WITH_BREAKS = {
    "a list": (
        "  breaks:\n    - {date: 2027-02-15, name: Old}  # gone\n  # stays\n",
        "  breaks:\n    - {}\n    - {}\n  # stays\n",
    ),
    "a list in the column of its key": (
        "  breaks:\n  - date: 2027-02-15\n    name: Old\n  # stays\n",
        "  breaks:\n  - {}\n  - {}\n  # stays\n",
    ),
    "a list between brackets": (
        "  breaks: [{date: 2027-02-15, name: Old}]  # stays\n",
        "  breaks: [{}, {}]  # stays\n",
    ),
    "only one": (
        "  breaks:\n    date: 2027-02-15\n    name: Old\n",
        "  breaks:\n    - {}\n    - {}\n",
    ),
    "an empty key": ("  breaks:  # none yet\n", "  breaks:  # none yet\n    - {}\n    - {}\n"),
}


@pytest.mark.parametrize("name", WITH_BREAKS)
def test_new_breaks_replace_the_old_ones(name: str, tmp_path: Path) -> None:
    old, new = WITH_BREAKS[name]
    block, changes = LAYOUTS["block style"]
    course = write_course(tmp_path / "course", {"syllabus.yaml": HEAD + block + old + TAIL})
    (tmp_path / "breaks.yaml").write_text(BREAKS, encoding="utf-8")
    assert roll(course, "--breaks", tmp_path / "breaks.yaml", "--yes").code == BUILT
    for before, after in changes.items():
        block = block.replace(before, after)
    for line in WRITTEN:
        new = new.replace("{}", line, 1)
    assert read(course) == HEAD + block + new + TAIL


def test_breaks_are_added_to_a_term_without_any(tmp_path: Path) -> None:
    course = write_course(tmp_path / "course", {"syllabus.yaml": HEAD + LAYOUTS["block style"][0] + TAIL})
    (tmp_path / "breaks.yaml").write_text(BREAKS, encoding="utf-8")
    assert roll(course, "--breaks", tmp_path / "breaks.yaml", "--yes").code == BUILT
    lines = "".join(f"    - {line}\n" for line in WRITTEN)
    assert f"  ends: 2028-05-08\n  breaks:\n{lines}  timezone: UTC\n" in read(course)


def test_breaks_are_added_between_braces(tmp_path: Path) -> None:
    course = write_course(tmp_path / "course", {"syllabus.yaml": HEAD + LAYOUTS["on one line"][0] + TAIL})
    (tmp_path / "breaks.yaml").write_text(BREAKS, encoding="utf-8")
    assert roll(course, "--breaks", tmp_path / "breaks.yaml", "--yes").code == BUILT
    assert f"ends: 2028-05-08, breaks: [{', '.join(WRITTEN)}], timezone" in read(course)


def test_new_breaks_may_be_of_single_kinds(tmp_path: Path) -> None:
    text = dated("  - {topic: TBD, times: 14}\n").replace("{day: Monday}", "{day: Monday, kind: Lab}")
    course = write_course(tmp_path / "course", {"syllabus.yaml": text})
    breaks = "- {date: Feb 21, name: A, kind: lab}\n- {date: Feb 28, name: B, numbered: no, kind: [LAB, Lab]}\n"
    (tmp_path / "breaks.yaml").write_text(breaks, encoding="utf-8")
    ran = roll(course, "--breaks", tmp_path / "breaks.yaml", "--yes")
    assert ran.code == BUILT, ran.err
    written = read(course).partition("breaks:\n")[2].partition("schedule:")[0]
    assert written == (
        "    - {date: 2028-02-21, name: A, kind: [lab]}\n    - {date: 2028-02-28, name: B, numbered: no, kind: [Lab]}\n"
        "  timezone: UTC\n  meets: {day: Monday, kind: Lab}\n"
    )


def test_new_breaks_of_a_kind_that_no_meeting_has_write_nothing(tmp_path: Path) -> None:
    course = write_course(tmp_path / "course", {"syllabus.yaml": dated("  - {topic: TBD, times: 16}\n")})
    (tmp_path / "breaks.yaml").write_text("- {date: Feb 21, name: A, kind: Lab}\n", encoding="utf-8")
    before = read_tree(course)
    ran = roll(course, "--breaks", tmp_path / "breaks.yaml", "--yes")
    assert ran.code == WRONG_FILES
    assert "error[unknown-kind]: the weekly pattern has no kind `Lab`" in ran.err
    assert read_tree(course) == before


@pytest.mark.parametrize("place", ["/dev/zero", "."])
def test_breaks_that_are_no_file_are_not_read(place: str, tmp_path: Path) -> None:
    if not Path(place).exists():
        pytest.skip("this system has no such device")
    course = write_course(tmp_path / "course", {"syllabus.yaml": HEAD + LAYOUTS["block style"][0] + TAIL})
    before = read(course)
    ran = roll(course, "--breaks", place, "--yes")
    assert ran.code == WRONG_FILES
    assert f"error[unreadable]: `{place}` is not a file\n" in ran.err
    assert read(course) == before


def test_wrong_breaks_are_shown_at_their_place(tmp_path: Path) -> None:
    course = write_course(tmp_path / "course", {"syllabus.yaml": HEAD + LAYOUTS["block style"][0] + TAIL})
    (tmp_path / "breaks.yaml").write_text("- {date: 2028-02-30, name: Old}\n", encoding="utf-8")
    before = read_tree(course)
    ran = roll(course, "--breaks", tmp_path / "breaks.yaml", "--yes")
    assert ran.code == WRONG_FILES
    assert ran.err.startswith("breaks.yaml:1:10: error[bad-date]: there is no 30 February 2028\n")
    assert ran.err.endswith("The breaks can't be used: 1 error. Nothing was written.\n")
    assert read_tree(course) == before


# A date as it is written, and what it becomes. The term moves by 364 days.
FORMS = {
    "2027-02-16": "2028-02-15",
    "Feb 16": "Feb 15",
    "16 Feb": "15 Feb",
    "February 16, 2027": "February 15, 2028",
    "Tue Feb 16": "Tue Feb 15",
    "Tuesday, 16 February 2027": "Tuesday, 15 February 2028",
    "Tues. 16th Feb.": "Tue. 15th Feb.",
    "02 Mar": "29 Feb",
    "8 MAR 2027": "6 MAR 2028",
    "1st May": "29th Apr",
    "4 May": "2 May",
    "May 4th": "May 2nd",
    "2027-05-18": "2028-05-16",
    "2027-01-18": "2028-01-17",
}


@pytest.mark.parametrize("written", FORMS)
def test_dates_keep_their_form(written: str, tmp_path: Path) -> None:
    quoted = f'"{written}"' if "," in written else written
    text = f"schedule:\n  - {{topic: One, date: {quoted}}}\n  - {{topic: TBD, times: 13}}\nassignments:\n"
    text += f"  - {{title: Sheet, due: {quoted}}}\n  - title: Two\n    out: {written} 9:30\n    due: TBD\n"
    course = write_course(tmp_path, {"syllabus.yaml": HEAD + LAYOUTS["block style"][0] + text})
    before = read(course)
    ran = roll(course, "--yes")
    assert ran.code == BUILT, ran.err
    after = before.replace(written, FORMS[written])
    for old, new in LAYOUTS["block style"][1].items():
        after = after.replace(f": {old}\n", f": {new}\n", 1)
    assert read(course) == after


def test_the_first_number_is_the_day_in_other_languages(tmp_path: Path) -> None:
    head = "course: {title: Knoten, language: de}\n"
    text = (
        "schedule:\n  - {topic: Eins, date: 16.2.}\n  - {topic: Zwei, date: 16.03.2027}\n  - {topic: TBD, times: 13}\n"
    )
    course = write_course(tmp_path, {"syllabus.yaml": head + LAYOUTS["block style"][0] + text})
    assert roll(course, "--yes").code == BUILT
    assert "{topic: Eins, date: 15.2.}" in read(course)
    assert "{topic: Zwei, date: 14.03.2028}" in read(course)


def dated(schedule: str, more: str = "", ends: str = "2027-05-10") -> str:
    """Return a syllabus of Mondays in spring 2027 with these topics."""
    return (
        "course: Knots\n"
        f"term:\n  name: Spring 2027\n  starts: 2027-01-25\n  ends: {ends}\n  timezone: UTC\n"
        f"  meets: {{day: Monday}}\n{more}schedule:\n{schedule}"
    )


# What is written, the flags of the new term, and what the dates become, in their order.
MOVES = {
    "the same day of the same week": (
        dated("  - {topic: A, date: 2027-02-17}\n  - {topic: TBD, times: 16}\n"),
        ("2028-01-24", "2028-05-08"),
        ["2028-02-16"],
    ),
    "the weeks begin with the first class": (
        dated("  - {topic: A, date: 2027-02-17}\n  - {topic: TBD, times: 16}\n"),
        ("2028-01-26", "2028-05-15"),  # a Wednesday: the first Monday is in the week after it
        ["2028-02-23"],
    ),
    "breaks and swaps by the calendar": (
        dated(
            "  - {topic: A, date: 2027-03-31}\n  - {topic: TBD, times: 14}\n",
            "  breaks:\n    - {from: 2027-03-20, to: 2027-03-28, name: Rest, numbered: no}\n"
            "  swaps:\n    - {date: 2027-02-16, follows: Monday}\n",
        ),
        ("2028-01-24", "2028-05-08"),
        ["2028-03-18", "2028-03-26", "2028-02-15", "2028-03-29"],
    ),
    "weeks from Sunday on, counted from 0": (
        dated(
            "  - {topic: A, date: 2027-02-14}\n  - {topic: TBD, times: 15}\n",
            "  week_starts: Sunday\n  first_week: 0\n"
            "  breaks:\n    - {date: 2027-02-22, name: Rest, kind: Seminar}\n"
            "  swaps:\n    - {date: 2027-02-16, follows: Monday, name: Monday schedule}\n",
        ).replace("{day: Monday}", "{day: Monday, kind: Seminar}"),
        ("2028-01-24", "2028-05-08"),
        ["2028-02-21", "2028-02-15", "2028-02-13"],
    ),
    "after the term, as long after its end": (
        dated("  - {topic: Exam, date: 2027-05-19}\n  - {topic: TBD, times: 10}\n"),
        ("2028-01-24", "2028-04-10"),
        ["2028-04-19"],
    ),
    "before the term, as long before its start": (
        dated("  - {topic: Party, date: 2027-01-20}\n  - {topic: TBD, times: 16}\n"),
        ("2028-01-24", "2028-05-08"),
        ["2028-01-19"],
    ),
    "windows and events": (
        dated(
            "  - {topic: A, kind: Exam, date: 2027-02-17, until: 2027-02-19 17:00}\n  - {topic: TBD, times: 16}\n"
            "events:\n  - {name: Drop, date: 2027-02-05}\n  - {name: Fair, from: 2027-05-08, to: 2027-05-11}\n"
        ),
        ("2028-01-24", "2028-05-08"),
        ["2028-02-16", "2028-02-18", "2028-02-04", "2028-05-06", "2028-05-09"],
    ),
    "after the term, as many weeks after the last class": (
        dated("  - {topic: Exam, date: 2027-05-12}\n  - {topic: TBD, times: 15}\n", ends="2027-05-07"),
        ("2028-01-24", "2028-05-07"),
        ["2028-05-10"],
    ),
    "after the term, whatever the days between its last class and its end": (
        dated("  - {topic: Exam, date: 2027-05-12}\n  - {topic: TBD, times: 15}\n", ends="2027-05-07").replace(
            "Monday", "Thursday"
        ),
        ("2028-01-24", "2028-05-08"),  # a Monday: the last class is in the week before it
        ["2028-05-10"],
    ),
    "past the end of a shorter term, on its last day": (
        dated("  - {topic: A, date: 2027-05-05}\n  - {topic: TBD, times: 9}\n"),
        ("2028-01-24", "2028-04-06"),
        ["2028-04-06"],
    ),
    "when late work is accepted, and single meetings of a series": (
        dated(
            "  - {topic: A, id: a}\n  - {topic: TBD, times: 15}\n"
            "assignments:\n"
            "  - {title: B, due: 2027-03-01, was: 2027-02-22, accepted_until: 2027-03-03}\n"
            "  - {title: C, each: a, due: start, instead: {a: 2027-02-03 17:00}}\n"
            "  - title: D\n    was: 2027-02-22 # extended\n    due: 2027-02-24\n"
            "  - title: E\n    milestones: [{title: F, due: 2027-02-24, was: 2027-02-22, accepted_until: 2027-02-26}]\n"
        ),
        ("2028-01-24", "2028-05-08"),
        ["2028-02-28", "2028-03-01", "2028-02-02", "2028-02-23", "2028-02-23", "2028-02-25"],
    ),
    "releases of materials and pages": (
        dated(
            "  - {topic: A, materials: [{label: Key, url: 'https://a.org/', publish_on: 2027-03-01 17:00}]}\n"
            "  - {topic: TBD, times: 15}\n"
        ),
        ("2028-01-24", "2028-05-08"),
        ["2028-02-28"],
    ),
}


@pytest.mark.parametrize("name", MOVES)
def test_dates_move(name: str, tmp_path: Path) -> None:
    text, (starts, ends), days = MOVES[name]
    course = write_course(tmp_path, {"syllabus.yaml": text})
    ran = run_cli("new-term", "--source", course, "--name", "Next", "--starts", starts, "--ends", ends, "--yes")
    assert ran.code == BUILT, ran.err
    after = read(course).partition("meets:")[2]
    assert re.findall(r"\d{4}-\d\d-\d\d", after) == days


def test_due_dates_of_single_meetings_are_listed_and_cleared(tmp_path: Path) -> None:
    series = "  - {title: Review, each: [knots, bends], due: 1 day before, instead: {bends: TBD, knots: 2027-02-01}}\n"
    text = dated("  - {topic: Knots}\n  - {topic: Bends}\n  - {topic: TBD, times: 14}\n") + f"assignments:\n{series}"
    course = write_course(tmp_path, {"syllabus.yaml": text})
    ran = roll(course, "--yes", "--clear", "extensions")
    assert ran.code == BUILT, ran.err
    assert "  - {title: Review, each: [knots, bends], due: 1 day before}\n" in read(course)
    write_course(tmp_path, {"syllabus.yaml": text})
    listed = list_of(roll(course, "--dry-run"))
    assert "deadline `Review for knots`: Mon 2027-02-01 is now Mon 2028-01-31" in listed
    assert (
        "Due dates of single meetings, and notes beside moved deadlines (extensions): 1\n"
        "  syllabus.yaml:13:71: Review: bends TBD, knots 2028-01-31\n" in listed
    )


def test_the_note_of_a_moved_deadline_is_listed_with_it(tmp_path: Path) -> None:
    text = dated("  - {topic: TBD, times: rest}\n") + (
        "assignments:\n"
        "  - {title: B, due: 2027-03-01, was: 2027-02-22, note: Extended because of the storm.}\n"
        "  - {title: C, due: 2027-03-01, note: On paper.}\n"
        "  - title: D\n    milestones:\n"
        "      - title: E\n        due: 2027-03-01\n        was: 2027-02-22\n"
        "        note: |\n          One week\n          more.\n"
    )
    course = write_course(tmp_path, {"syllabus.yaml": text})
    listed = list_of(roll(course, "--dry-run")).partition("notes beside moved deadlines (extensions): 2\n")[2]
    assert re.findall(r"^  syllabus\.yaml:\S+: (.*)$", listed.partition("\n\n")[0], re.MULTILINE) == [
        "B: Extended because of the storm.",
        "D: E: One week more.",
    ]
    ran = roll(course, "--yes", "--clear", "extensions")
    assert ran.code == BUILT, ran.err
    assert read(course).partition("assignments:\n")[2] == (
        "  - {title: B, due: 2028-02-28}\n"
        "  - {title: C, due: 2028-02-28, note: On paper.}\n"
        "  - title: D\n    milestones:\n      - title: E\n        due: 2028-02-28\n"
    )


def test_dates_are_cleared(tmp_path: Path) -> None:
    schedule = (
        "  - {topic: A, kind: Exam, date: 2027-02-17, until: 2027-02-19 17:00}\n"
        '  - {topic: B, id: b, date: "2027-02-18"}\n'
        "  - {topic: TBD, times: rest}\n"
        "events:\n  - {name: Fair, from: 2027-05-03, to: 2027-05-04}\n"
        "assignments:\n"
        "  - {title: C, out: 2027-02-03, due: 2027-03-01 17:00, accepted_until: 2027-03-03}\n"
        "  - {title: D, each: b, due: start, instead: {b: 2027-02-20 17:00}}\n"
    )
    more = "  breaks:\n    - {from: 2027-03-20, to: 2027-03-28, name: Rest}\n"
    more += "  swaps:\n    - {date: 2027-02-16, follows: Monday}\n"
    course = write_course(tmp_path, {"syllabus.yaml": dated(schedule, more)})
    ran = roll(course, "--yes", "--clear", "dates")
    assert ran.code == BUILT, ran.err
    assert read(course).partition("meets:")[2] == (
        " {day: Monday}\n  breaks:\n  swaps:\nschedule:\n"
        "  - {topic: A, kind: Exam, date: TBD}\n"
        '  - {topic: B, id: b, date: "TBD"}\n'
        "  - {topic: TBD, times: rest}\n"
        "events:\n  - {name: Fair, from: 2028-05-01, to: 2028-05-02}\n"
        "assignments:\n"
        "  - {title: C, out: TBD, due: TBD}\n"
        "  - {title: D, each: b, due: start, instead: {b: TBD}}\n"
    )


def test_front_matter_moves_with_its_year_and_announcements_stay(tmp_path: Path) -> None:
    files = {
        "syllabus.yaml": dated("  - {topic: TBD, times: 16}\n"),
        "content/hints.md": "---\npublish_on: Mar 3 at 9:00\n---\nHints.\n",
        "content/old.md": "---\npublish_on: 2026-03-03\n---\nOld.\n",
        "content/announcements/2027-02-01-room.md": "---\npublish_on: 2027-02-01 08:00\n---\nRoom.\n",
    }
    course = write_course(tmp_path, files)
    assert roll(course, "--yes").code == BUILT
    assert read(course, "content/hints.md") == "---\npublish_on: 2028-03-01 09:00\n---\nHints.\n"
    for name in ("content/old.md", "content/announcements/2027-02-01-room.md"):
        assert read(course, name) == files[name]


def test_what_was_half_written_is_completed(tmp_path: Path) -> None:
    files = {
        "syllabus.yaml": dated("  - {topic: TBD, times: 16}\n"),
        "content/hints.md": "---\npublish_on: Mar 3\n---\nHints.\n",
    }
    course = write_course(tmp_path, files)
    assert roll(course, "--yes").out.endswith("Wrote content/hints.md, syllabus.yaml.\n")
    after = read_tree(course)
    write_course(course, {"syllabus.yaml": files["syllabus.yaml"]})  # as if the power had failed before it
    assert roll(course, "--yes").code == BUILT
    assert read_tree(course) == after


def test_twice_is_once(tmp_path: Path) -> None:
    course = write_course(tmp_path, {"syllabus.yaml": HEAD + LAYOUTS["block style"][0] + TAIL})
    roll(course, "--yes")
    after = read_tree(course)
    ran = roll(course, "--yes", "--keep", "tbd")
    assert (ran.code, ran.out) == (BUILT, "The term is already Spring 2028; there is nothing to write.\n")
    assert read_tree(course) == after


def test_a_dry_run_shows_the_change(tmp_path: Path) -> None:
    course = write_course(tmp_path, {"syllabus.yaml": HEAD + LAYOUTS["block style"][0] + TAIL})
    before = read_tree(course)
    ran = roll(course, "--dry-run", "--keep", "tbd")
    assert (ran.code, ran.err) == (BUILT, "")
    assert ran.out == (
        "--- syllabus.yaml\n"
        "+++ syllabus.yaml (next term)\n"
        "@@ -2,5 +2,5 @@\n"
        " term:\n"
        "-  name: Spring 2027\n"
        "-  starts: 2027-01-25\n"
        "-  ends: 2027-05-10\n"
        "+  name: Spring 2028\n"
        "+  starts: 2028-01-24\n"
        "+  ends: 2028-05-08\n"
        "   timezone: UTC\n"
        "Nothing was written: this was a dry run.\n"
    )
    assert read_tree(course) == before


# Flags, and what is said of them; nothing is written.
REFUSED = {
    "no terminal": (
        NEXT,
        "courseweek: add --yes to write the files without a terminal, or --dry-run to only show the changes\n",
    ),
    "the wrong way round": (
        ("--name", "Next", "--starts", "2028-05-08", "--ends", "2028-01-24", "--yes"),
        "courseweek: the term ends (2028-01-24) before it starts (2028-05-08)\n",
    ),
    "too long": (
        ("--name", "Next", "--starts", "2028-01-24", "--ends", "2030-04-05", "--yes"),
        "courseweek: the term has 802 days; the limit is 800\n",
    ),
    "no name": (
        ("--name", " ", "--starts", "2028-01-24", "--ends", "2028-05-08", "--yes"),
        "courseweek: a term's name is one line of at most 100 characters\n",
    ),
    "a name that can't be shown": (
        ("--name", "Spring\x1b[2J", "--starts", "2028-01-24", "--ends", "2028-05-08", "--yes"),
        "courseweek: a term's name is one line of at most 100 characters\n",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused(name: str, tmp_path: Path) -> None:
    flags, said = REFUSED[name]
    course = write_course(tmp_path, {"syllabus.yaml": HEAD + LAYOUTS["block style"][0] + TAIL})
    before = read_tree(course)
    ran = run_cli("new-term", "--source", course, *flags)
    assert (ran.code, ran.out, ran.err) == (WRONG_USAGE, "", said)
    assert read_tree(course) == before


@pytest.mark.parametrize("day", ["2028-02-30", "24 January", "01/24/2028", "soon"])
def test_a_day_that_is_not_a_date(day: str, tmp_path: Path) -> None:
    ran = run_cli("new-term", "--source", tmp_path, "--name", "Next", "--starts", day, "--ends", "2028-05-08")
    assert ran.code == WRONG_USAGE
    assert "courseweek new-term: error: argument --starts: " in ran.err


def test_missing_flags_are_named(tmp_path: Path) -> None:
    ran = run_cli("new-term", "--source", tmp_path, "--name", "Next")
    assert ran.code == WRONG_USAGE
    assert ran.err == (
        "courseweek: these options are missing, and there is no terminal to ask on:\n"
        "  --starts 2028-01-24                first day of the term\n"
        "  --ends 2028-05-08                  last day of classes\n"
    )


def reply(*lines: str) -> tuple[Callable[[str], str], list[str]]:
    """Return what types these lines and then hangs up, and what it was asked."""
    left, asked = list(lines), list[str]()

    def ask(question: str) -> str:
        asked.append(question)
        if not left:
            raise EOFError
        return left.pop(0)

    return ask, asked


UNKNOWN: dict[str, Any] = {"name": None, "starts": None, "ends": None}


def test_missing_flags_are_asked_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    course = write_course(tmp_path, {"syllabus.yaml": HEAD + TERM_2027 + TAIL})
    ask, asked = reply("x" * 101, "", "", "2027-05-08", "", "l", "y")
    assert new_term(options(course, **UNKNOWN, ask=ask)) == BUILT
    assert asked[:-2] == [
        "Name of the term [Spring 2028]: ",
        "Name of the term [Spring 2028]: ",
        "First day of the term [2028-01-24]: ",
        "Last day of classes [2028-05-08]: ",
        "Last day of classes [2028-05-08]: ",
    ]
    said = capsys.readouterr().out
    for line in (
        "The next term. Enter takes the answer in brackets; Ctrl-C stops, and nothing is written.\n",
        "  a term's name is one line of at most 100 characters; write a short name, such as Spring 2028\n",
        "  the term ends (2027-05-08) before it starts (2028-01-24); did you mean 2028-05-08?\n",
    ):
        assert line in said
    assert "{name: Spring 2028, starts: 2028-01-24, ends: 2028-05-08, " in read(course)


def test_only_what_is_missing_is_asked_for(tmp_path: Path) -> None:
    course = write_course(tmp_path, {"syllabus.yaml": HEAD + TERM_2027 + TAIL})
    ask, asked = reply("Fall '27", "")
    assert new_term(options(course, name=None, starts=date(2027, 8, 30), ends=None, ask=ask, dry_run=True)) == BUILT
    assert asked == ["Name of the term: ", "Last day of classes [2027-12-13]: "]


@pytest.mark.parametrize("stop", [EOFError, KeyboardInterrupt])
def test_stopping_a_question_writes_nothing(
    stop: type[BaseException], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    course = write_course(tmp_path, {"syllabus.yaml": HEAD + TERM_2027 + TAIL})
    before = read_tree(course)

    def ask(question: str) -> str:
        raise stop

    assert new_term(options(course, **UNKNOWN, ask=ask)) == WRONG_USAGE
    assert capsys.readouterr().err == "\nNothing was written.\n"
    assert read_tree(course) == before


def test_json_asks_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert new_term(options(tmp_path, **UNKNOWN, format="json", yes=True)) == WRONG_USAGE
    assert capsys.readouterr().err.startswith("courseweek: these options are missing:\n  --name ")


# A term, the day on which somebody asks, and the guesses of its next name and days.
GUESSES = {
    "the same term a year later": ("Spring 2027", "2027-01-25", "2027-05-07", "2027-06-01", "Spring 2028 2028-01-24"),
    "in the middle of the next one": ("Fall 2026", "2026-08-31", "2026-12-18", "2027-10-01", "Fall 2027 2027-08-30"),
    "years later": ("Spring 2021", "2021-01-19", "2021-05-07", "2026-11-30", "Spring 2027 2027-01-19"),
    "over the turn of the year": ("WS 2026/27", "2026-10-12", "2027-02-05", "2027-03-01", "WS 2027/28 2027-10-11"),
    "two whole years": ("2026-2027", "2026-09-01", "2027-06-30", "2027-07-01", "2027-2028 2027-08-31"),
    "the turn of the century": ("2098/99", "2098-10-13", "2099-02-05", "2099-03-01", "2099/00 2099-10-12"),
    "a leap day": ("Term 2028", "2028-02-29", "2028-06-06", "2028-07-01", "Term 2029 2029-02-27"),
    "a name without a year": ("Michaelmas", "2026-10-06", "2026-12-04", "2026-12-05", "None 2027-10-05"),
    "no name in America": (None, "2026-08-31", "2026-12-18", "2027-01-01", "Fall 2027 2027-08-30"),
}


@pytest.mark.parametrize("case", GUESSES)
def test_the_guess_is_the_same_term_of_a_later_year(case: str) -> None:
    name, starts, ends, today, expected = GUESSES[case]
    zone = "America/New_York" if name is None else "Europe/London"
    days = (date.fromisoformat(starts), date.fromisoformat(ends))
    term = Term(name, *days, ZoneInfo(zone), time(), (), (), (), False, Origin(Source("", "").whole()))
    guesses = [guess_term_answer(each, {}, term, date.fromisoformat(today)) for each in ("name", "starts")]
    assert " ".join(map(str, guesses)) == expected
    first = date.fromisoformat(expected[-10:])
    assert first.weekday() == term.starts.weekday()
    last = guess_term_answer("ends", {"starts": first.isoformat()}, term, date.fromisoformat(today))
    assert last == (first + (term.ends - term.starts)).isoformat()


# A course, the days of the new term, and the errors for which nothing is written.
STOPPED = {
    "errors before": (
        dated("  - {topic: A, dat: 2027-02-01}\n"),
        "2028-05-08",
        "error[unknown-key]",
        "Fix the course before its next term: 1 error",
    ),
    "more topics than days": (
        dated("  - {topic: TBD, times: 16}\n"),
        "2028-04-03",
        "error[too-many-topics]",
        "The next term can't be built: 1 error",
    ),
    "an id that is a day": (
        dated("  - A\nassignments:\n  - {title: B, due: end of open-2027-02-01}\n"),
        "2028-05-08",
        "error[unknown-anchor]",
        "The next term can't be built: 1 error",
    ),
}


@pytest.mark.parametrize("name", STOPPED)
def test_errors_stop_it(name: str, tmp_path: Path) -> None:
    text, ends, error, closing = STOPPED[name]
    course = write_course(tmp_path, {"syllabus.yaml": text})
    before = read_tree(course)
    ran = run_cli("new-term", "--source", course, *NEXT[:4], "--ends", ends, "--yes")
    assert (ran.code, ran.out) == (WRONG_FILES, "")
    assert error in ran.err
    assert ran.err.endswith(f"{closing}. Nothing was written.\n")
    assert read_tree(course) == before


def test_a_linked_file_is_not_written_through(tmp_path: Path) -> None:
    course = write_course(tmp_path / "course", {"syllabus.yaml": HEAD + LAYOUTS["block style"][0] + TAIL})
    (course / "syllabus.yaml").rename(course / "term.yaml")
    (course / "syllabus.yaml").symlink_to("term.yaml")
    before = read(course)
    ran = roll(course, "--yes")
    assert ran.code == FAILED
    assert "Writing failed: it is a symbolic link" in ran.err
    assert read(course) == before


def options(course: Path, answer: str = "", **others: object) -> NewTermOptions:
    """Return what the command line makes of a terminal of 100 columns on which somebody answers with this."""
    given: dict[str, object] = {
        "source": course,
        "output": course / "_site",
        "now": datetime(2027, 6, 1, tzinfo=UTC),
        "name": "Spring 2028",
        "starts": date(2028, 1, 24),
        "ends": date(2028, 5, 8),
        "breaks": None,
        "dry_run": False,
        "yes": False,
        "format": "text",
        "clear": frozenset(),
        "keep": frozenset(),
        "color": False,
        "width": 100,
        "ask": lambda question: answer,
    }
    return NewTermOptions(**{**given, **others})  # type: ignore[arg-type]


def test_old_and_new_are_beside_each_other(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    course = write_course(tmp_path, {"syllabus.yaml": HEAD + LAYOUTS["block style"][0] + TAIL})
    assert new_term(options(course, dry_run=True, keep=frozenset({"tbd"}))) == BUILT
    assert capsys.readouterr().out == (
        "syllabus.yaml\n"
        "   3   name: Spring 2027                         |    3   name: Spring 2028\n"
        "   4   starts: 2027-01-25                        |    4   starts: 2028-01-24\n"
        "   5   ends: 2027-05-10                          |    5   ends: 2028-05-08\n"
        "Nothing was written: this was a dry run.\n"
    )


@pytest.mark.parametrize(("answer", "written"), [("y", True), ("Yes", True), ("", False), ("n", False)])
def test_a_terminal_is_asked(answer: str, written: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    course = write_course(tmp_path, {"syllabus.yaml": HEAD + LAYOUTS["block style"][0] + TAIL})
    assert new_term(options(course, answer)) == BUILT
    assert ("name: Spring 2028" in read(course)) == written
    end = "Wrote syllabus.yaml.\n" if written else "Nothing was written.\n"
    assert capsys.readouterr().out.endswith(end)


def test_a_closed_terminal_says_no(tmp_path: Path) -> None:
    course = write_course(tmp_path, {"syllabus.yaml": HEAD + LAYOUTS["block style"][0] + TAIL})
    before = read_tree(course)

    def hang_up(question: str) -> str:
        raise EOFError

    assert new_term(options(course, ask=hang_up)) == BUILT
    assert read_tree(course) == before


EXAMPLES = {
    "top": ROOT,
    "history": ROOT / "examples" / "history",
    "nus": ROOT / "examples" / "nus-cs6216-2024",
    "umass": ROOT / "examples" / "umass-cs692s-fa20",
    "undergraduate": ROOT / "examples" / "undergraduate",
    "wisconsin": ROOT / "examples" / "wisconsin-cs839-sp22",
}
TERMS = {"undergraduate": ("--starts", "2028-01-18", "--ends", "2028-05-03")}
"""The next term of a course that has a topic for each class day: it must have as many."""


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_list_of_a_real_course(name: str) -> None:
    ran = roll(EXAMPLES[name], "--dry-run", *TERMS.get(name, ()))
    assert ran.code == BUILT
    listed = ran.out[ran.out.index("Before the term starts") :]
    kept = Path(__file__).parent / "todo" / f"{name}.txt"
    if os.environ.get("COURSEWEEK_REFRESH"):
        kept.write_text(listed, encoding="utf-8", newline="\n")
    assert listed == kept.read_text(encoding="utf-8")


FULL = {
    "syllabus.yaml": """\
course:
  title: Knots
  links:
    - Forum: https://forum.example.org/knots-27
term:
  name: Spring 2027
  starts: 2027-01-25
  ends: 2027-05-10
  timezone: UTC
  meets: {day: Monday, place: https://berkeley.zoom.us/j/123}
  breaks:
    - {date: 2027-02-15, name: Holiday}
    - {date: 2027-03-01, name: "Canceled: the room is flooded"}  # sorry
    - date: 2027-03-08
      name: Class is cancelled
staff:
  - {name: Joy, role: Instructor}
  - Kit
  - name: Lou
    photo: lou.svg
    office_hours:
      - {days: [Tue, Thu], time: 14-15, place: Dock 3}
      - by appointment
schedule:
  - topic: Bends
    id: bends
    lecturer: Clifford Ashley
    guests: [{name: Ada}, {name: Bo}]  # by e-mail
    presenters:
      - Cy
      - Di
  - {topic: Hitches, id: hitches, presenters: [Ed], guests: {name: Flo}, forms: {review: https://forms.gle/x}}
  - {topic: TBD, times: 11}
assignments:
  - id: review
    title: Review
    each: [bends, hitches]
    due: 1 day before
    form: https://example.org/form
  - {title: Poll, due: 2027-02-03, url: https://doodle.com/poll/1}
presentations:
  each: meeting
  sign_up: https://docs.google.com/spreadsheets/d/1
  presenters: presenters.csv
office_hours:
  - {day: Friday, time: 9:00-10:30, place: Room 2, who: [Joy, Kit]}
""",
    "assets/lou.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
    "presenters.csv": 'name,meeting\nGil,hitches\n"Ho, Ann",bends\n,bends\n',
    "content/index.md": (
        "The course of spring 2027 begins soon. The draft is due on February 17.\n\n[[schedule]]\n\n"
        "Rooms are TBA; `TBD` in code is not. Ask in [the forum](https://forum.example.org/knots-27).\n"
    ),
    "content/notes/bowline.md": "---\nmeeting: bends\nauthor: Ida\n---\nThe bowline.\n",
    "content/announcements/2027-02-01-room.md": "The room has changed.\n",
    "content/announcements/2027-02-02-later.md": "---\ntitle: Later\ndraft: no\n---\nLater.\n",
    "content/announcements/2027-02-03-never.md": "---\ndraft: yes\n---\nNever.\n",
}

LISTED = """\
Before the term starts, decide about these:

Dates that moved with the term (dates): 4
  syllabus.yaml:12:14: break `Holiday`: Mon 2027-02-15 is now Mon 2028-02-14
  syllabus.yaml:13:14: break `Canceled: the room is flooded`: Mon 2027-03-01 is now Mon 2028-02-28
  syllabus.yaml:14:13: break `Class is cancelled`: Mon 2027-03-08 is now Mon 2028-03-06
  syllabus.yaml:40:24: deadline `Poll`: Wed 2027-02-03 is now Wed 2028-02-02

Dates without a year that are on another day of the week now (weekdays): 1
  content/index.md:1:60: 17 February was a Wednesday and is now a Thursday

Staff, with their photos (staff): 3
  syllabus.yaml:17:12: Joy, Instructor
  syllabus.yaml:18:5: Kit
  syllabus.yaml:19:11: Lou, photo lou.svg

Guests (guests): 2
  syllabus.yaml:28:13: Bends: Ada, Bo
  syllabus.yaml:32:61: Hitches: Flo

Lecturers (lecturers): 1
  syllabus.yaml:27:15: Bends: Clifford Ashley

Presenters (presenters): 4
  presenters.csv:2:1: hitches: Gil
  presenters.csv:3:2: bends: Ho, Ann
  syllabus.yaml:30:7: Bends: Cy, Di
  syllabus.yaml:32:47: Hitches: Ed

Office hours (office-hours): 2
  syllabus.yaml:22:7: Lou: Tue, Thu 14:00-15:00, Dock 3; by appointment
  syllabus.yaml:46:57: Joy, Kit: Fri 9:00-10:30, Room 2

Sign-up sheets (sign-up): 1
  syllabus.yaml:43:12: https://docs.google.com/spreadsheets/d/1

Forms (forms): 3
  syllabus.yaml:32:81: Hitches: review https://forms.gle/x
  syllabus.yaml:39:11: Review: https://example.org/form
  syllabus.yaml:40:41: Poll: https://doodle.com/poll/1

Links to online meetings (meeting-links): 1
  syllabus.yaml:10:31: https://berkeley.zoom.us/j/123

Channels of the course (channels): 2
  content/index.md:5:57: https://forum.example.org/knots-27
  syllabus.yaml:4:14: Forum: https://forum.example.org/knots-27

Announcements (announcements): 2
  content/announcements/2027-02-01-room.md:1:1: Room (2027-02-01)
  content/announcements/2027-02-02-later.md:2:8: Later (2027-02-02)

Still to be decided (tbd): 2
  content/index.md:5:11: Rooms are TBA; `TBD` in code is not. Ask in [the foru…
  syllabus.yaml:33:13: - {topic: TBD, times: 11}

Canceled classes among the breaks (cancellations): 2
  syllabus.yaml:13:32: Canceled: the room is flooded
  syllabus.yaml:15:13: Class is cancelled

The last term's name or year in texts (old-term): 1
  content/index.md:1:15: The course of spring 2027 begins soon. The draft is due on Februa…

Notes by last term's students (notes): 1
  content/notes/bowline.md:1:1: Bowline by Ida

"""
DRY = "Nothing was written: this was a dry run.\n"
CLEARED = ",".join(CLEARABLE)


def list_of(ran: Ran) -> str:
    return ran.out[ran.out.index("Before the term starts") :]


def test_each_kind_is_listed(tmp_path: Path) -> None:
    course = write_course(tmp_path, FULL)
    assert list_of(roll(course, "--dry-run")) == LISTED + DRY
    kinds = set(re.findall(r" \((\S+)\): \d+\n", LISTED))
    assert kinds | {"releases", "extensions"} == set(KINDS)


def test_kinds_are_kept(tmp_path: Path) -> None:
    course = write_course(tmp_path, FULL)
    kinds = sorted(KINDS.keys() - {"guests"})
    ran = roll(course, "--dry-run", "--keep", ",".join(kinds))
    assert list_of(ran).count("\n  ") == 2
    assert "Guests (guests): 2" in ran.out


def test_kinds_are_cleared(tmp_path: Path) -> None:
    course = write_course(tmp_path, FULL)
    ran = roll(course, "--yes", "--clear", CLEARED)
    # The classes of the breaks take place: days without a topic are all that is new.
    assert (ran.code, re.findall(r"\w+\[(\S+)\]", ran.err)) == (BUILT, ["open-days"])
    assert read(course, "presenters.csv") == 'name,meeting\n,hitches\n"",bends\n,bends\n'
    assert read(course, "content/notes/bowline.md").startswith("---\ndraft: yes\nmeeting: bends\n")
    room = read(course, "content/announcements/2027-02-01-room.md")
    assert room == "---\ndraft: yes\n---\nThe room has changed.\n"
    later = read(course, "content/announcements/2027-02-02-later.md")
    assert later == "---\ntitle: Later\ndraft: yes\n---\nLater.\n"
    assert (
        read(course)
        == """\
course:
  title: Knots
  links:
    - Forum:
term:
  name: Spring 2028
  starts: 2028-01-24
  ends: 2028-05-08
  timezone: UTC
  meets: {day: Monday, place: https://berkeley.zoom.us/j/123}
  breaks:
staff:
schedule:
  - topic: Bends
    id: bends
  - {topic: Hitches, id: hitches}
  - {topic: TBD, times: 11}
assignments:
  - id: review
    title: Review
    each: [bends, hitches]
    due: 1 day before
  - {title: Poll, due: TBD}
presentations:
  each: meeting
  sign_up:
  presenters: presenters.csv
office_hours:
"""
    )
    kinds = re.findall(r"\((\S+)\): \d", list_of(ran))
    assert kinds == ["weekdays", "meeting-links", "channels", "tbd", "old-term"]


@pytest.mark.parametrize(
    ("flags", "said"),
    [
        (("--clear", "guest"), "argument --clear: 'guest' is not one of dates, staff, guests, lecturers, presenters, "),
        (("--clear", "tbd"), "argument --clear: 'tbd' is not one of dates, staff, guests, "),
        (("--keep", "guests,,"), "argument --keep: '' is not one of dates, "),
    ],
)
def test_unknown_kinds(flags: tuple[str, str], said: str, tmp_path: Path) -> None:
    ran = roll(tmp_path, *flags)
    assert ran.code == WRONG_USAGE
    assert said in ran.err


def test_the_list_as_json(tmp_path: Path) -> None:
    course = write_course(tmp_path, FULL)
    ran = roll(course, "--dry-run", "--format", "json", "--keep", "presenters")
    document = json.loads(ran.out)
    assert (document["version"], document["changed"]) == (1, ["carryover.yaml", "syllabus.yaml"])
    assert {each["kind"] for each in document["todo"]} == KINDS.keys() - {"presenters", "releases", "extensions"}
    assert document["todo"][0] == {
        "kind": "dates",
        "text": "break `Holiday`: Mon 2027-02-15 is now Mon 2028-02-14",
        "file": "syllabus.yaml",
        "line": 12,
        "column": 14,
        "end_line": 12,
        "end_column": 24,
        "before": "2027-02-15",
        "day": "2028-02-14",
        "clearable": True,
    }


def answers(*lines: str) -> Callable[[str], str]:
    """Return what answers the questions with these lines, and with `later` after them but for the last question."""
    left = list(lines)
    return lambda question: "y" if question.startswith("Write ") else left.pop(0) if left else "l"


def test_items_are_settled_one_by_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    course = write_course(tmp_path, FULL)
    # Dates: each; the first one is typed, the others are kept. Weekdays and staff: later. Guests: each; keep, clear.
    ask = answers("e", "t", "2028-02-21", "k", "k", "k", "l", "l", "e", "k", "c", "c")
    assert new_term(options(course, ask=ask)) == BUILT
    after = read(course)
    assert "{date: 2028-02-21, name: Holiday}" in after
    assert "guests: [{name: Ada}, {name: Bo}]  # by e-mail" in after
    assert "Flo" not in after
    assert "lecturer" not in after
    said = list_of(Ran(0, capsys.readouterr().out, ""))
    assert "Guests" not in said
    assert "(dates)" not in said
    left = ["bends:", "  presenters", "hitches:", "  presenters", "  forms", "review:", "  form", "poll:", "  url"]
    left += STAFF
    assert lines_of_carryover(course) == left


# What is typed for the guests of the second topic and the presenters of the first one (a list below its key), the two
# places afterwards, and which of these are still open.
TYPED = {
    "lists": (
        ["[{name: Jo}]", "[Gil, Ho]"],
        "    presenters: [Gil, Ho]\n  - {",
        "guests: [{name: Jo}], forms",
        ["  guests", "  presenters"],
    ),
    "after what can't be read": (
        ["Jo, Ko", "[Jo", "Jo", "[Gil]"],
        "    presenters: [Gil]\n  - {",
        "guests: Jo, forms",
        ["  guests", "  presenters"],
    ),
    "nothing": (
        ["", ""],
        "    presenters:\n      - Cy\n      - Di\n  - {",
        "guests: {name: Flo}, forms",
        ["  guests", "  presenters", "  presenters", "  guests"],
    ),
}


@pytest.mark.parametrize("case", TYPED)
def test_lists_are_typed_again(case: str, tmp_path: Path) -> None:
    typed, first, second, left = TYPED[case]
    course = write_course(
        tmp_path, {name: FULL[name] for name in ("syllabus.yaml", "presenters.csv", "assets/lou.svg")}
    )
    lines = [*typed, "y"]

    def press(question: str) -> str:
        if question.startswith(("Guests", "Presenters")):
            return "e"
        return "t" if question.startswith(("  Hitches: Flo\n", "  Bends: Cy, Di\n")) else "l"

    assert new_term(options(course, ask=lambda question: lines.pop(0), press=press)) == BUILT
    assert lines == []
    after = read(course)
    assert first in after
    assert second in after
    carried = lines_of_carryover(course)
    assert ([each for each in carried if each in ("  presenters", "  guests")]) == left


def test_what_can_t_be_typed_says_where_it_is(tmp_path: Path) -> None:
    course = write_course(tmp_path, FULL)
    keep = frozenset(KINDS.keys() - {"staff"})
    press, asked = reply("e", "c", "K", "later")
    assert new_term(options(course, ask=lambda question: "y", press=press, keep=keep)) == BUILT
    assert asked[1] == (
        "  Joy, Instructor (to change it, edit syllabus.yaml:17:12 later)\n  [k]eep, [c]lear, [l]ater? "
    )
    assert "staff:\n  - Kit\n  - name: Lou\n" in read(course)


def test_a_wrong_answer_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    course = write_course(tmp_path, FULL)
    before = read_tree(course)
    assert new_term(options(course, ask=answers("e", "t", "2028-02-31"))) == WRONG_FILES
    said = capsys.readouterr().err
    assert "there is no 31 February 2028" in said
    assert said.endswith("The next term can't be built with that: 1 error. Nothing was written.\n")
    assert read_tree(course) == before


def test_three_terms(tmp_path: Path) -> None:
    course = write_course(tmp_path, FULL)
    terms = (
        ("Fall 2027", "2027-08-30", "2027-12-13"),
        ("Spring 2028", "2028-01-24", "2028-05-08"),
        ("Spring 2027", "2027-01-25", "2027-05-10"),
    )
    for name, starts, ends in terms:
        flags = ("--name", name, "--starts", starts, "--ends", ends, "--yes")
        assert run_cli("new-term", "--source", course, *flags).code == BUILT
        assert run_cli("check", "--source", course).code == BUILT
    (course / "carryover.yaml").unlink()
    assert read_tree(course) == read_tree(write_course(tmp_path / "first", FULL))


def test_a_disk_that_refuses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = {name: FULL[name] for name in ("syllabus.yaml", "presenters.csv", "assets/lou.svg")}
    files["content/hints.md"] = "---\npublish_on: 2027-03-03\n---\nHints.\n"
    course = write_course(tmp_path, files)
    before = read_tree(course)
    replace = Path.replace

    def refuse(path: Path, target: Path) -> Path:
        if target.name == "syllabus.yaml":
            raise OSError(28, "No space left on device", str(target))
        return replace(path, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", refuse)
        ran = roll(course, "--yes")
    said = f"Writing failed: No space left on device ({course / 'syllabus.yaml'}). Nothing was written.\n"
    assert (ran.code, ran.err) == (FAILED, said)
    assert read_tree(course) == before
    assert roll(course, "--yes").code == BUILT
    assert read(course, "content/hints.md") == "---\npublish_on: 2028-03-01\n---\nHints.\n"
    assert read_tree(course).keys() == {*before, "carryover.yaml"}


def test_a_file_that_is_read_only_stays(tmp_path: Path) -> None:
    course = write_course(tmp_path, {"syllabus.yaml": HEAD + TERM_2027 + TAIL})
    before = read_tree(course)
    (course / "syllabus.yaml").chmod(0o444)
    ran = roll(course, "--yes")
    said = f"Writing failed: it is read-only ({course / 'syllabus.yaml'}). Nothing was written.\n"
    assert (ran.code, ran.err) == (FAILED, said)
    assert read_tree(course) == before


def test_new_warnings_are_shown(tmp_path: Path) -> None:
    files = {
        "syllabus.yaml": dated("  - {topic: Knots, times: 16}\n"),
        "content/announcements/2027-02-01-room.md": "Room.\n",
    }
    course = write_course(tmp_path, files)
    ran = roll(course, "--dry-run")
    assert ran.err.startswith("content/announcements/2027-02-01-room.md:1:1: warning[outside-term]: ")
    assert roll(course, "--dry-run", "--clear", "announcements").err == ""


def lines_of_carryover(course: Path) -> list[str]:
    """Return the lines of `carryover.yaml` without comments and without the sums of the texts."""
    text = read(course, "carryover.yaml")
    return [re.sub(r": [0-9a-f]{8}$", "", line) for line in text.splitlines() if not line.startswith("#")]


STAFF = ["staff/joy:", "  name", "staff/kit:", "  name", "staff/lou:", "  name", "  office_hours"]
OPEN = ["bends:", "  lecturer", "  guests", "  presenters", "hitches:", "  presenters", "  guests", "  forms"]
OPEN += ["review:", "  form", "poll:", "  due", "  url", *STAFF]


def test_what_nobody_looked_at_is_carried_over(tmp_path: Path) -> None:
    course = write_course(tmp_path, FULL)
    assert roll(course, "--yes", "--clear", "announcements").code == BUILT
    assert lines_of_carryover(course) == OPEN
    ran = run_cli("check", "--source", course)
    assert "; 13 lines of carryover.yaml to confirm.\n" in ran.out
    assert run_cli("build", "--source", course).code == BUILT
    assert (course / "_site" / "index.html").read_text(encoding="utf-8").count("from last term, may change") >= 3
    data = json.loads((course / "_site" / "course.json").read_text(encoding="utf-8"))
    assert data["carried_over"] == ["bends", "hitches", "poll", "review"]


@pytest.mark.parametrize("folder", ["schema/", "../../schema/", ""])
def test_a_carryover_names_its_schema_as_the_syllabus_does(folder: str, tmp_path: Path) -> None:
    line = f"# yaml-language-server: $schema={folder}syllabus.schema.json\n"
    course = write_course(tmp_path, {**FULL, "syllabus.yaml": f"{line}\n{FULL['syllabus.yaml']}"})
    assert roll(course, "--yes").code == BUILT
    assert read(course, "carryover.yaml").startswith(line.replace("syllabus.schema", "carryover.schema"))


def test_what_was_settled_is_not_carried_over(tmp_path: Path) -> None:
    course = write_course(tmp_path, FULL)
    roll(course, "--yes", "--keep", "guests,lecturers,forms", "--clear", "presenters")
    assert lines_of_carryover(course) == ["poll:", "  due", *STAFF]


def test_lines_are_confirmed_by_a_person(tmp_path: Path) -> None:
    course = write_course(tmp_path, FULL)
    roll(course, "--yes")
    carryover = read(course, "carryover.yaml")
    first, rest = carryover.split("hitches:\n")
    files = {
        "carryover.yaml": f"{first}hitches:\n" + rest.partition("\n")[2],  # its presenters are right
        "syllabus.yaml": read(course).replace("Clifford Ashley", "Des Pawson"),
    }
    write_course(course, files)
    assert "; 11 lines of carryover.yaml to confirm.\n" in run_cli("check", "--source", course).out
    roll(course, "--yes", "--keep", "forms")  # in the same term, what was confirmed stays so
    left = ["bends:", "  guests", "  presenters", "hitches:", "  guests", "poll:", "  due", *STAFF]
    assert lines_of_carryover(course) == left
    (course / "carryover.yaml").unlink()
    assert "carryover" not in run_cli("check", "--source", course).out


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        ("", BUILT, ""),
        ("# Nothing is left.\n", BUILT, ""),
        ("unknown:\n  guests: 00000000\nbends:\n", BUILT, ""),
        ("- bends\n", WRONG_FILES, "carryover.yaml:1:1: error[wrong-shape]: `carryover.yaml` has ids with keys"),
        ("bends: [guests]\n", WRONG_FILES, "carryover.yaml:1:8: error[wrong-shape]: `carryover.yaml` has ids with"),
        ("bends: {guests: [1]}\n", BUILT, ""),
        ("bends: {guests: 1\n", WRONG_FILES, "carryover.yaml:"),
    ],
)
def test_a_carryover_by_hand(text: str, code: int, said: str, tmp_path: Path) -> None:
    course = write_course(tmp_path, {"carryover.yaml": text})
    ran = run_cli("check", "--source", course)
    assert ran.code == code
    assert ran.err.startswith(said)
    assert "to confirm" not in ran.out


def test_the_old_site_is_kept_first(tmp_path: Path) -> None:
    course = write_course(tmp_path, {"syllabus.yaml": HEAD + TERM_2027 + TAIL})
    tried = roll(course, "--archive", "sp27", "--dry-run")
    assert (tried.code, (course / "archive").exists()) == (BUILT, False)
    assert "Would archive Spring 2027 in archive/sp27/" in tried.out
    rolled = roll(course, "--archive", "sp27", "--yes")
    assert rolled.code == BUILT, rolled.err
    assert "Spring 2027" in (course / "archive" / "sp27" / "index.html").read_text(encoding="utf-8")
    assert "name: Spring 2028" in read(course)


@pytest.mark.parametrize(("name", "code"), [("_sp", WRONG_FILES), ("assets", WRONG_FILES)])
def test_no_file_changes_where_the_old_site_is_not_kept(name: str, code: int, tmp_path: Path) -> None:
    course = write_course(tmp_path, {"syllabus.yaml": HEAD + TERM_2027 + TAIL})
    before = read_tree(course)
    ran = roll(course, "--archive", name, "--yes")
    assert ran.code == code
    assert "Nothing was archived: a past term can't be called" in ran.err
    assert ran.err.endswith("The files of the course are unchanged.\n")
    assert read_tree(course) == before


def test_json_stays_json_where_the_old_site_is_kept(tmp_path: Path) -> None:
    course = write_course(tmp_path, {"syllabus.yaml": HEAD + TERM_2027 + TAIL})
    ran = roll(course, "--archive", "sp27", "--yes", "--format", "json")
    assert json.loads(ran.out)["version"] == 1
    assert "Archived Spring 2027" in ran.err


def test_a_course_goes_through_three_terms(tmp_path: Path) -> None:
    """From nothing: start it, roll it twice with its sites kept, and each site is what its data says."""
    course = tmp_path / "course"
    answers = ("--title", "Knots", "--starts", "2027-01-25", "--ends", "2027-05-10", "--days", "Mon,Wed")
    place = ("--time", "10:00-11:30", "--place", "Room 1", "--timezone", "America/New_York", "--from", "undergraduate")
    assert run_cli("new", course, *answers, *place).code == BUILT
    first = json.loads(_build(course)["course.json"])
    for archive, term in (("a", ("2028-01-24", "2028-05-08")), ("b", ("2029-01-22", "2029-05-07"))):
        flags = ("--name", f"Spring {term[0][:4]}", "--starts", term[0], "--ends", term[1])
        ran = run_cli("new-term", "--source", course, *flags, "--archive", archive, "--yes")
        assert ran.code == BUILT, ran.err
    site = _build(course)
    last = json.loads(site["course.json"])
    assert (last["term"]["name"], last["term"]["starts"]) == ("Spring 2029", "2029-01-22")
    assert [each["id"] for each in last["meetings"]] == [each["id"] for each in first["meetings"]]
    weekdays = [[date.fromisoformat(each["date"]).weekday() for each in data["meetings"]] for data in (first, last)]
    assert weekdays[0] == weekdays[1]
    assert [each["url"] for each in last["past_terms"]] == ["b/index.html", "a/index.html"]
    assert json.loads(site["a/course.json"])["term"]["starts"] == "2027-01-25"
    assert json.loads(site["b/course.json"])["term"]["starts"] == "2028-01-24"


def _build(course: Path) -> dict[str, bytes]:
    ran = run_cli("build", "--source", course, "--today", "2029-01-25")
    assert ran.code == BUILT, ran.err
    return read_tree(course / "_site")


def test_a_difference_in_a_long_line_is_seen(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = dated("  - {topic: A long title of a topic that fills its half of the line, id: a, date: 2027-02-17}\n")
    course = write_course(tmp_path, {"syllabus.yaml": text})
    assert new_term(options(course, dry_run=True)) == BUILT
    line = next(each for each in capsys.readouterr().out.splitlines() if each.startswith("   9 "))
    assert line == "   9 …id: a, date: 2027-02-17}                   |    9 …id: a, date: 2028-02-16}"


def test_comments_are_not_in_the_list(tmp_path: Path) -> None:
    schedule = 'schedule:  # TBD\n  # TBD: more\n  - {topic: "A # TBD", id: a}  # "TBD"\n  - {topic: TBD, times: 12}\n'
    course = write_course(tmp_path, {"syllabus.yaml": HEAD + TERM_2027 + schedule})
    ran = roll(course, "--dry-run", "--format", "json")
    assert [each["line"] for each in json.loads(ran.out)["todo"] if each["kind"] == "tbd"] == [5, 5, 6]


def test_an_answer_that_is_not_offered_is_asked_again(tmp_path: Path) -> None:
    course = write_course(tmp_path, {"syllabus.yaml": HEAD + TERM_2027 + TAIL})
    asked: list[str] = []
    given = iter(["huh", "3", "keep", "y"])

    def ask(question: str) -> str:
        asked.append(question)
        return next(given)

    assert new_term(options(course, ask=ask)) == BUILT
    assert asked[1:3] == ["  Press one of these letters: [k]eep, [l]ater? "] * 2
    assert "name: Spring 2028" in read(course)


def test_groups_keep_their_place_in_the_week(tmp_path: Path) -> None:
    """A date of a single group moves like that of its topic, and its leader is somebody to ask about."""
    groups = "[{name: A, day: Friday, leader: D. Volkov, place: L416}, {name: B, day: Thursday}]"
    text = (
        "course: Knots\n"
        "term:\n  starts: 2027-01-25\n  ends: 2027-05-10\n  timezone: UTC\n"
        f"  meets: {{kind: Lab, groups: {groups}}}\n"
        "schedule:\n  - {topic: Saws, groups: {B: {date: 2027-01-27}}}\n  - {topic: TBD, times: 14}\n"
    )
    course = write_course(tmp_path, {"syllabus.yaml": text})
    ran = roll(course, "--yes", "--clear", "lecturers")
    assert "topic `Saws (B)`: Wed 2027-01-27 is now Wed 2028-01-26" in ran.out
    assert "groups: [{name: A, day: Friday, place: L416}, {name: B, day: Thursday}]" in read(course)
    assert "groups: {B: {date: 2028-01-26}}" in read(course)


def test_past_terms_are_listed_in_all_forms(tmp_path: Path) -> None:
    files = {
        "syllabus.yaml": dated("  - {topic: Knots, times: 16}\n").replace("course: Knots", "course: Knots of 2027"),
        "content/index.md": "Spring '27 is over. SoSe 2027 too. So is 2026/27, and spring 2027. Spring 2028 is not.\n",
    }
    course = write_course(tmp_path, files)
    ran = roll(course, "--dry-run")
    items = re.findall(r"^  (content/index\.md:1:\d+|syllabus\.yaml:1:\d+): ", list_of(ran), re.MULTILINE)
    assert items == [*(f"content/index.md:1:{at}" for at in (1, 21, 42, 55)), "syllabus.yaml:1:18"]
    assert "other-term" not in ran.err


def test_shared_hours_go_with_a_person(tmp_path: Path) -> None:
    course = write_course(tmp_path, FULL)
    ran = roll(course, "--yes", "--clear", "staff")
    assert ran.code == BUILT
    assert "Kit" not in read(course)
    assert read(course).endswith("office_hours:\n")
