"""The rule of a series as a sentence, for each form of `each` and of a moment."""

from __future__ import annotations

from pathlib import Path

import pytest

from courseweek.language.locale import EN
from courseweek.render.views.series_sentence import say_series
from tests.mini import date_mini

COURSE = """
course: Knots
term:
  starts: 2027-01-25
  ends: 2027-02-26
  timezone: America/Los_Angeles
  meets:
    - {day: Monday, time: 13:00-16:00, kind: Lecture}
    - {day: Friday, time: 15:00-16:00, kind: Lab}
schedule:
  Lecture:
    - {topic: Intro, id: intro}
    - {topic: Ropes, id: ropes}
    - {topic: A < B, id: less}
    - {topic: Splices, id: splices}
    - {topic: Talks, id: talks}
  Lab:
    - {topic: Labs, id: practice, times: 5}
assignments:
"""
READINGS = "ropes: [{title: One}]\nless: [{title: Two}]\n"
LECTURES = "each: Lecture"

SENTENCES = {
    # Which meetings.
    "each: meeting, due: start": "Due at the start of every meeting.",
    "each: meeting with required readings, due: start": "Due at the start of every meeting with required readings.",
    f"{LECTURES}, due: start": "Due at the start of every lecture.",
    "each: [Lecture, Lab], due: end": "Due at the end of every lecture and every lab.",
    "each: ropes, due: start": "Due at the start of Ropes.",
    "each: [ropes, less], due: start": "Due at the start of each of Ropes and A &lt; B.",
    "each: [Lab, ropes], due: 1 day before": "Due 1 day before each lab and Ropes at 23:59.",
    # Which are left out.
    f"{LECTURES}, except: intro, due: start": "Due at the start of every lecture except the first.",
    f"{LECTURES}, except: [ropes, intro], due: start": "Due at the start of every lecture except the first two.",
    f"{LECTURES}, except: talks, due: start": "Due at the start of every lecture except the last.",
    f"{LECTURES}, except: [intro, talks], due: end": "Due at the end of every lecture except the first and the last.",
    f"{LECTURES}, except: [ropes, less], due: start": "Due at the start of every lecture except Ropes and A &lt; B.",
    f"{LECTURES}, except: [intro, less], due: start": "Due at the start of every lecture except Intro and A &lt; B.",
    f"{LECTURES}, except: intro, due: Friday after": "Due the Friday after each lecture at 23:59, except the first.",
    f"{LECTURES}, except: intro, due: 2027-02-20": "Due on Sat 20 Feb at 23:59 for every lecture except the first.",
    # When.
    f"{LECTURES}, due: start at 9:00": "Due on the day of every lecture at 9:00.",
    f"{LECTURES}, due: same day": "Due on the day of every lecture at 23:59.",
    f"{LECTURES}, due: 0 days after": "Due on the day of every lecture at 23:59.",
    f"{LECTURES}, due: 2 days after at noon": "Due 2 days after each lecture at 12:00.",
    f"{LECTURES}, due: 1 week before": "Due 1 week before each lecture at 23:59.",
    f"{LECTURES}, due: 24 hours after": "Due 24 hours after the end of every lecture.",
    f"{LECTURES}, due: an hour before": "Due 1 hour before the start of every lecture.",
    "each: Lab, due: Friday after at 17:00": "Due the Friday after each lab at 17:00.",
    f"{LECTURES}, due: Tuesday before": "Due the Tuesday before each lecture at 23:59.",
    f"{LECTURES}, due: next meeting": "Due at the start of the next meeting after each lecture.",
    f"{LECTURES}, due: next meeting at 9:00": "Due on the day of the next meeting after each lecture at 9:00.",
    f"{LECTURES}, due: week 3": "Due on Fri 12 Feb at 23:59 for every lecture.",
    f"{LECTURES}, due: TBD": "Due for every lecture, on dates to be decided.",
    LECTURES: "Due for every lecture, on dates to be decided.",
    # Which are due at another time.
    f"{LECTURES}, due: start, instead: {{ropes: 2027-02-03 9:00}}": (
        "Due at the start of every lecture; due for Ropes on Wed 3 Feb at 9:00."
    ),
    f"{LECTURES}, except: intro, due: Friday after, instead: {{less: TBD, ropes: 2027-02-03}}": (
        "Due the Friday after each lecture at 23:59, except the first; due for Ropes on Wed 3 Feb at 23:59 "
        "and due for A &lt; B on a date to be decided."
    ),
    f"{LECTURES}, out: 1 week before, due: start, instead: {{ropes: 2027-02-03}}": (
        "Due at the start of every lecture; out 1 week before it; due for Ropes on Wed 3 Feb at 23:59."
    ),
    "each: Lab, due: end, instead: {practice: TBD, practice-2: TBD, practice-3: TBD, practice-4: TBD}": (
        "Due at the end of every lab."
    ),
    # What else is in it.
    f"{LECTURES}, out: 1 week before, due: start": "Due at the start of every lecture; out 1 week before it.",
    f"{LECTURES}, out: start, due: 2 days after": "Due 2 days after each lecture at 23:59; out at its start.",
    f"{LECTURES}, out: 2027-01-25, due: start": "Due at the start of every lecture; out on Mon 25 Jan.",
    f"{LECTURES}, due: start, accepted_until: 2 days after": (
        "Due at the start of every lecture; late work is accepted until 2 days after it at 23:59."
    ),
    f"{LECTURES}, due: start, accepted_until: same day at 20:00": (
        "Due at the start of every lecture; late work is accepted until its day at 20:00."
    ),
    f"{LECTURES}, due: start, accepted_until: 2027-03-01": (
        "Due at the start of every lecture; late work is accepted until Mon 1 Mar at 23:59."
    ),
}


@pytest.mark.parametrize("written", SENTENCES)
def test_the_sentence_of_a_series(written: str, tmp_path: Path) -> None:
    mini = date_mini(tmp_path, f"{COURSE}  - {{title: Quiz, {written}}}\n", READINGS)
    assert mini.course is not None
    assert mini.found == []
    dated = mini.dated
    usual = mini.course.syllabus.term.due_time
    assert say_series(dated.assignments[0], dated.deadlines, dated.meetings, usual, EN) == SENTENCES[written]


def test_what_is_due_once_has_no_sentence(tmp_path: Path) -> None:
    mini = date_mini(tmp_path, f"{COURSE}  - {{title: Essay, due: 2027-02-20}}\n")
    assert mini.course is not None
    dated = mini.dated
    usual = mini.course.syllabus.term.due_time
    assert say_series(dated.assignments[0], dated.deadlines, dated.meetings, usual, EN) is None
