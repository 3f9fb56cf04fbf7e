"""Lists and keys with values mixed up, keys in the wrong place, and other words for them: one error for each cause.

What is reported of each mistake, the help, and the text after the fix, if one is offered.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from courseweek.diagnostics import Diagnostics
from courseweek.fixes import apply_fixes
from courseweek.read.tables.fields import Table
from courseweek.read.tables.synonyms import find_near_key, find_synonym
from tests.mini import date_mini

KEYS = """\
  starts: 2027-01-25
  ends: 2027-03-22
  timezone: America/Los_Angeles
  meets: {day: Monday, time: 13:00-16:00, place: Soda 405}
"""
TERM = f"course: ML\nterm:\n{KEYS}"
SCHEDULE = """\
schedule:
  - {topic: Intro, id: intro}
  - {topic: Big data, id: big-data}
  - {topic: Hardware, id: hardware}
  - {topic: TBD, times: 6}
"""
LISTED = "big-data:\n  - {title: A, id: a}\n"
Row = tuple[str, str | None, str | None]

# Below the schedule.
PARTS: dict[str, Row] = {
    "staff:\n  Ada Lovelace: Instructor\n  Bob Bo: TA\n": (
        "wrong-shape: a member of the staff must be an item of a list, with `Ada Lovelace` as its `name`",
        "write - {name: Ada Lovelace, role: Instructor}; likewise on 1 more line",
        "staff:\n  - {name: Ada Lovelace, role: Instructor}\n  - {name: Bob Bo, role: TA}\n",
    ),
    "staff: {Ada Lovelace: Instructor}\n": (
        "wrong-shape: a member of the staff must be an item of a list, with `Ada Lovelace` as its `name`",
        "write [{name: Ada Lovelace, role: Instructor}]",
        "staff: [{name: Ada Lovelace, role: Instructor}]\n",
    ),
    "staff:\n  - Ada Lovelace: Instructor\n  - Bob: TA\n": (
        "wrong-shape: `Ada Lovelace` is the `name` of a member of the staff, not a key",
        "write - {name: Ada Lovelace, role: Instructor}; likewise on 1 more line",
        "staff:\n  - {name: Ada Lovelace, role: Instructor}\n  - {name: Bob, role: TA}\n",
    ),
    "staff:\n  Instructor: Ada Lovelace\n  TAs: [Bob, Eve]\n": (
        "wrong-shape: a member of the staff must be an item of a list, with `Instructor` as its `role`",
        "write - {role: Instructor, name: Ada Lovelace}; likewise on 1 more line",
        ("staff:\n  - {role: Instructor, name: Ada Lovelace}\n  - {role: TA, name: Bob}\n  - {role: TA, name: Eve}\n"),
    ),
    "staff:\n  - Instructor: Ada Lovelace\n  - TAs: [Bob, Eve]\n": (
        "wrong-shape: `Instructor` is the `role` of a member of the staff, not a key",
        "write - {role: Instructor, name: Ada Lovelace}; likewise on 1 more line",
        ("staff:\n  - {role: Instructor, name: Ada Lovelace}\n  - {role: TA, name: Bob}\n  - {role: TA, name: Eve}\n"),
    ),
    "staff:\n  Instructor: Ada Lovelace\n  Teaching assistants:\n    - Bob\n    - Eve\n": (
        "wrong-shape: a member of the staff must be an item of a list, with `Instructor` as its `role`",
        "write - {role: Instructor, name: Ada Lovelace}; likewise on 1 more line",
        (
            "staff:\n"
            "  - {role: Instructor, name: Ada Lovelace}\n"
            "  - {role: Teaching assistant, name: Bob}\n"
            "  - {role: Teaching assistant, name: Eve}\n"
        ),
    ),
    "staff:\n  Ada Lovelace:\n    role: Instructor\n    email: a@b.edu\n  Bob Bo:\n    role: TA\n": (
        "wrong-shape: a member of the staff must be an item of a list, with `Ada Lovelace` as its `name`",
        ("write - name: Ada Lovelace, and its other keys below it, in the column of `name`; likewise on 1 more line"),
        ("staff:\n  - name: Ada Lovelace\n    role: Instructor\n    email: a@b.edu\n  - name: Bob Bo\n    role: TA\n"),
    ),
    "staff:\n  Ada Lovelace: {role: Instructor, email: a@b.edu}\n": (
        "wrong-shape: a member of the staff must be an item of a list, with `Ada Lovelace` as its `name`",
        "write - {name: Ada Lovelace, role: Instructor, email: a@b.edu}",
        "staff:\n  - {name: Ada Lovelace, role: Instructor, email: a@b.edu}\n",
    ),
    "staff:\n  Ada Lovelace:\n  Bob:\n": (
        "wrong-shape: a member of the staff must be an item of a list, with `Ada Lovelace` as its `name`",
        "write - {name: Ada Lovelace}; likewise on 1 more line",
        "staff:\n  - {name: Ada Lovelace}\n  - {name: Bob}\n",
    ),
    "staff: {Ada Lovelace, Bob}\n": (
        "wrong-shape: a member of the staff must be an item of a list, with `Ada Lovelace` as its `name`",
        "write [{name: Ada Lovelace}, {name: Bob}]",
        "staff: [{name: Ada Lovelace}, {name: Bob}]\n",
    ),
    "staff:\n  - name: Ada\n  - Bob Bo: TA\n": (
        "wrong-shape: `Bob Bo` is the `name` of a member of the staff, not a key",
        "write - {name: Bob Bo, role: TA}",
        "staff:\n  - name: Ada\n  - {name: Bob Bo, role: TA}\n",
    ),
    "staff: {ada: instructor}\n": (
        "wrong-shape: a member of the staff must be an item of a list, with `ada` as its `name`",
        "write [{name: ada, role: instructor}]",
        "staff: [{name: ada, role: instructor}]\n",
    ),
    "assignments:\n  Feb 8: HW1\n  Feb 15: HW2\n": (
        "wrong-shape: an assignment must be an item of a list, with `Feb 8` as its `due`",
        "write - {due: Feb 8, title: HW1}; likewise on 1 more line",
        "assignments:\n  - {due: Feb 8, title: HW1}\n  - {due: Feb 15, title: HW2}\n",
    ),
    "assignments:\n  HW1: Feb 8\n  HW2: Feb 15 at 17:00\n": (
        "wrong-shape: an assignment must be an item of a list, with `HW1` as its `title`",
        "write - {title: HW1, due: Feb 8}; likewise on 1 more line",
        "assignments:\n  - {title: HW1, due: Feb 8}\n  - {title: HW2, due: Feb 15 at 17:00}\n",
    ),
    "assignments:\n  - Feb 8: HW1\n  - HW2: week 3\n": (
        "wrong-shape: `Feb 8` is the `due` of an assignment, not a key",
        "write - {due: Feb 8, title: HW1}; likewise on 1 more line",
        "assignments:\n  - {due: Feb 8, title: HW1}\n  - {title: HW2, due: week 3}\n",
    ),
    "assignments:\n  HW1:\n    due: Feb 8\n  HW2:\n    due: Feb 15\n": (
        "wrong-shape: an assignment must be an item of a list, with `HW1` as its `title`",
        ("write - title: HW1, and its other keys below it, in the column of `title`; likewise on 1 more line"),
        "assignments:\n  - title: HW1\n    due: Feb 8\n  - title: HW2\n    due: Feb 15\n",
    ),
    "assignments:\n  - HW1:\n      due: Feb 8\n": (
        "wrong-shape: `HW1` is the `title` of an assignment, not a key",
        "write - title: HW1, and its other keys below it, in the column of `title`",
        None,
    ),
    "assignments:\n  - HW1:\n    due: Feb 8\n": (
        "wrong-shape: `HW1` is the `title` of an assignment, not a key",
        "write - title: HW1, and its other keys below it, in the column of `title`",
        "assignments:\n  - title: HW1\n    due: Feb 8\n",
    ),
    "assignments:\n  Feb 8: [HW1, HW2]\n": (
        "wrong-shape: an assignment must be an item of a list, with `Feb 8` as its `due`",
        "write - {due: Feb 8, title: HW1}",
        "assignments:\n  - {due: Feb 8, title: HW1}\n  - {due: Feb 8, title: HW2}\n",
    ),
    "assignments:\n  week 3: HW1\n": (
        "wrong-shape: an assignment must be an item of a list, with `week 3` as its `due`",
        "write - {due: week 3, title: HW1}",
        "assignments:\n  - {due: week 3, title: HW1}\n",
    ),
    "assignments:\n  - title: P\n    milestones: {Proposal: Feb 8, Report: week 5}\n": (
        "wrong-shape: a milestone must be an item of a list, with `Proposal` as its `title`",
        "write [{title: Proposal, due: Feb 8}, {title: Report, due: week 5}]",
        ("assignments:\n  - title: P\n    milestones: [{title: Proposal, due: Feb 8}, {title: Report, due: week 5}]\n"),
    ),
    "grading:\n  - Homework 40%\n  - Exam: 60%\n": (
        "wrong-shape: the parts of the grade have no `-` before them",
        "write Homework: 40%; likewise on 1 more line",
        "grading:\n  Homework: 40%\n  Exam: 60%\n",
    ),
    "grading: [Homework 40%, Exam 60%]\n": (
        "wrong-shape: the parts of the grade are written as names with weights",
        "write {Homework: 40%, Exam: 60%}",
        "grading: {Homework: 40%, Exam: 60%}\n",
    ),
    'grading: [Homework 40%, "Exam: 60%"]\n': (
        "wrong-shape: the parts of the grade are written as names with weights",
        "write {Homework: 40%, Exam: 60%}",
        "grading: {Homework: 40%, Exam: 60%}\n",
    ),
    "grading:\n  - name: Homework\n    weight: 40%\n  - name: Exam\n    weight: 60%\n": (
        "wrong-shape: the parts of the grade have no `-` before them",
        "write Homework: 40%; likewise on 1 more line",
        "grading:\n  Homework: 40%\n  Exam: 60%\n",
    ),
    "grading:\n  - Exam: 100%\n": (
        "wrong-shape: the parts of the grade have no `-` before them",
        "write Exam: 100%",
        "grading:\n  Exam: 100%\n",
    ),
    "grading:\n  40%: Homework\n  60%: Exam\n": (
        "wrong-shape: the parts of the grade are written as names with weights",
        "write Homework: 40%; likewise on 1 more line",
        "grading:\n  Homework: 40%\n  Exam: 60%\n",
    ),
    "grading: Homework 40%, Exam 60%\n": (
        "wrong-shape: the parts of the grade are written as names with weights",
        "write {Homework: 40%, Exam: 60%}",
        "grading: {Homework: 40%, Exam: 60%}\n",
    ),
    "grading:\n  - Homework\n  - Exam\n": (
        "wrong-shape: the parts of the grade have no `-` before them",
        "write Homework: and its weight, as in Homework: 40%",
        None,
    ),
    "grading:\n  - 40% Homework\n  - 60% Exam\n": (
        "wrong-shape: the parts of the grade have no `-` before them",
        "write Homework: 40%; likewise on 1 more line",
        "grading:\n  Homework: 40%\n  Exam: 60%\n",
    ),
    "staff:\n  - name: Ada\n    office_hours: {Monday: 14:00-15:00}\n": (
        "wrong-shape: office hours must be an item of a list, with `Monday` as its `day`",
        "write [{day: Monday, time: 14:00-15:00}]",
        "staff:\n  - name: Ada\n    office_hours: [{day: Monday, time: 14:00-15:00}]\n",
    ),
    "staff: Ada\n  - name: Bob\n": (
        "wrong-shape: `staff:` has both a text and a list",
        "delete the text, or write it as an item of the list: - Ada",
        None,
    ),
    "staff: Ada\n  role: Instructor\n": (
        "wrong-shape: `staff:` has both a text and keys of its own",
        "write\nstaff:\n  name: Ada",
        "staff:\n  name: Ada\n  role: Instructor\n",
    ),
    "staff:\n  - Ada Lovelace\n    role: Instructor\n    email: a@b.edu\n": (
        "missing-key: this line has no key, but the one below it has `role`",
        "write - name: Ada Lovelace",
        "staff:\n  - name: Ada Lovelace\n    role: Instructor\n    email: a@b.edu\n",
    ),
    "grading: Total 100%\n  Homework: 40%\n  Exam: 60%\n": (
        "wrong-shape: `grading:` has both a text and keys of its own",
        "delete the text, so that grading: ends its line",
        None,
    ),
    "assignments: HW1\n  due: Feb 8\n": (
        "wrong-shape: `assignments:` has both a text and keys of its own",
        "write\nassignments:\n  title: HW1",
        "assignments:\n  title: HW1\n  due: Feb 8\n",
    ),
    "assignments:\n  - HW1\n    due: Feb 8\n": (
        "missing-key: this line has no key, but the one below it has `due`",
        "write - title: HW1",
        "assignments:\n  - title: HW1\n    due: Feb 8\n",
    ),
    "staff:\n  name: [Ada, Bob]\n": (
        "wrong-shape: this must be text, not a list",
        'write "Ada, Bob", without brackets or `-`',
        None,
    ),
    "staff:\n  - name: Ada\n    title: Professor\n": (
        "unknown-key: a member of the staff has no key `title`",
        "write name: for the name, or role: for what the person does",
        None,
    ),
    "staff:\n  - name: Ada\n    office_hours: {Mon: 2-3 pm, Wed: 10-11}\n": (
        "wrong-shape: office hours must be an item of a list, with `Mon` as its `day`",
        "write [{day: Mon, time: 2-3 pm}, {day: Wed, time: 10-11}]",
        "staff:\n  - name: Ada\n    office_hours: [{day: Mon, time: 2-3 pm}, {day: Wed, time: 10-11}]\n",
    ),
    "assignments:\n  - title: HW1\n    due: Feb 8\n    points: 10\n": (
        "unknown-key: an assignment has no key `points`",
        "weights are under grading: of syllabus.yaml, as in {Homework: 40%, Project: 60%}",
        None,
    ),
    "assignments:\n  - title: HW1\n    date: Feb 8\n": (
        "unknown-key: an assignment has no key `date`",
        "did you mean `due`?",
        None,
    ),
    "assignments: HW1\n": (
        "wrong-shape: an assignment is written as keys with values",
        "its keys are `title`, `id`, `out` …; write {title: HW1}",
        None,
    ),
    "assignments:\n  - title: HW1\n    due: [Feb 8, Feb 15]\n": (
        "wrong-shape: this must be a moment such as 2027-02-20 or week 3, not a list",
        "write one of them, such as Feb 8",
        None,
    ),
    "assignments:\n  - title: HW1\n    due: {date: Feb 8, time: 17:00}\n": (
        "wrong-shape: this must be a moment such as 2027-02-20 or week 3, not a group of keys",
        "write one text, without keys",
        None,
    ),
    (
        "assignments:\n"
        "  Homeworks:\n"
        "    - title: HW1\n"
        "      due: Feb 8\n"
        "  Projects:\n"
        "    - title: P1\n"
        "      due: Feb 15\n"
    ): (
        "wrong-shape: an assignment must be an item of one list, and this one is below `Homeworks:`",
        "write all of them in one list, without `Homeworks:` and `Projects:`",
        None,
    ),
    "grading:\n  parts:\n    Homework: 40%\n    Exam: 60%\n": (
        "wrong-shape: the parts of the grade are directly under `grading:`, without `parts:`",
        "delete the line parts: and two spaces before each line below it",
        None,
    ),
    "grading:\n  Homework: 40%\n  Exam: 60%\n  Total: 100%\n": (
        "wrong-sum: the parts of the grade add up to 200%, not 100%",
        "40% + 60% + 100% = 200%, 100% too much",
        None,
    ),
    "late_policy:\n  days: 3\n": (
        "wrong-shape: this must be text in Markdown, not a group of keys",
        "write one text, without keys",
        None,
    ),
    "late_policy:\n  - Three late days\n  - No more\n": (
        "wrong-shape: this must be text in Markdown, not a list",
        'write "Three late days, No more", without brackets or `-`',
        None,
    ),
    "site:\n  nav: {About: about}\n": (
        "wrong-shape: this must be text, not a group of keys",
        "write one text, without keys",
        None,
    ),
    "site:\n  - accent: red\n": (
        "wrong-shape: site is written as keys with values, without `-`",
        "delete the `-` before each key",
        "site:\n  accent: red\n",
    ),
    "presentations:\n  - Lead\n  - Scribe\n": (
        "wrong-shape: presentations are written as keys with values",
        "its keys are `roles`, `group`, `each_student` …",
        None,
    ),
}
# In place of the schedule.
SCHEDULES: dict[str, Row] = {
    (
        "schedule: Topics\n"
        "  - {topic: Intro, id: intro}\n"
        "  - {topic: Big data, id: big-data}\n"
        "  - {topic: Hardware, id: hardware}\n"
        "  - {topic: TBD, times: 6}\n"
    ): (
        "wrong-shape: `schedule:` has both a text and a list",
        "delete the text, or write it as an item of the list: - Topics",
        None,
    ),
    "schedule:\n  - Intro\n    id: intro\n  - Big\n": (
        "missing-key: this line has no key, but the one below it has `id`",
        "write - topic: Intro",
        "schedule:\n  - topic: Intro\n    id: intro\n  - Big\n",
    ),
    "schedule:\n  - topic: Big\n    required:\n      - title: A\n": (
        "unknown-key: a topic has no key `required`",
        "readings are in readings.yaml, under the id of the topic",
        None,
    ),
    "schedule:\n  - topic: Big\n    optional: [A]\n": (
        "unknown-key: a topic has no key `optional`",
        "readings are in readings.yaml, under the id of the topic",
        None,
    ),
    "schedule:\n  topic: Intro\n  id: intro\n": (
        "wrong-shape: a topic must be an item of a list",
        "put `- ` before its first key, and indent the other keys to match",
        None,
    ),
    "schedule: {Intro, Big}\n": (
        "wrong-shape: a topic must be an item of a list, with `Intro` as its `topic`",
        "write [{topic: Intro}, {topic: Big}]",
        "schedule: [{topic: Intro}, {topic: Big}]\n",
    ),
    "schedule: Intro, Big data\n": (
        "wrong-shape: the schedule must be a list of topics",
        "write [Intro, Big data]",
        None,
    ),
    "schedule:\n  - topic: A\n    materials: https://a.example/s.pdf\n": (
        "wrong-shape: a link has a label and an address",
        "write {Slides: https://a.example/s.pdf}, with the words of the link before the colon",
        None,
    ),
    "schedule:\n  - topic: A\n    materials: [https://a.example/s.pdf]\n": (
        "wrong-shape: a link has a label and an address",
        "write {Slides: https://a.example/s.pdf}, with the words of the link before the colon",
        None,
    ),
    ("schedule:\n  - topic: A\n    materials:\n      - name: Slides\n        link: https://a.example/s.pdf\n"): (
        "missing-file: there is no file `assets/Slides`",
        "add the file, or fix the path; leave it empty while there is no file yet",
        None,
    ),
    (
        "schedule:\n"
        "  - topic: A\n"
        "    presenters:\n"
        "      - Lead: Ada\n"
        "      - Scribe: Bob\n"
        "presentations: {roles: [Lead, Scribe]}\n"
    ): (
        "wrong-shape: names by role are not a list: a role has no `-` before it",
        "write {Lead: Ada, Scribe: Bob}",
        (
            "schedule:\n"
            "  - topic: A\n"
            "    presenters:\n"
            "      {Lead: Ada, Scribe: Bob}\n"
            "presentations: {roles: [Lead, Scribe]}\n"
        ),
    ),
    "schedule:\n  - unit: Basics\n    topics:\n      - Intro\n": (
        "unknown-key: a unit has no key `topics`",
        "did you mean `meetings`?",
        None,
    ),
    "schedule:\n  - {week: 1, date: 2027-01-25, topic: Intro}\n": (
        "unknown-key: a topic has no key `week`",
        ("topics take the class days in the order of the file; to give one a fixed day, write date: and the day"),
        None,
    ),
    "schedule:\n  - 2027-01-25: Intro\n  - 2027-02-01: Big data\n": (
        "wrong-shape: `2027-01-25` is the `date` of a topic, not a key",
        "write - {date: 2027-01-25, topic: Intro}; likewise on 1 more line",
        "schedule:\n  - {date: 2027-01-25, topic: Intro}\n  - {date: 2027-02-01, topic: Big data}\n",
    ),
    "schedule:\n  - Week 1: Intro\n  - Week 2: Big data\n": (
        "wrong-shape: a topic gets its day by its place in the list, so `Week 1` does not go before it",
        "leave it out, as in - Intro",
        None,
    ),
    "schedule:\n  - Jan 25: Intro\n  - Feb 1: Big data\n    id: big-data\n": (
        "wrong-shape: `Jan 25` is the `date` of a topic, not a key",
        "write - {date: Jan 25, topic: Intro}; likewise on 1 more line",
        ("schedule:\n  - {date: Jan 25, topic: Intro}\n  - date: Feb 1\n    topic: Big data\n    id: big-data\n"),
    ),
    "schedule:\n  Jan 25: Intro\n  Feb 1: Big data\n": (
        "wrong-shape: a topic must be an item of a list, with `Jan 25` as its `date`",
        "write - {date: Jan 25, topic: Intro}; likewise on 1 more line",
        "schedule:\n  - {date: Jan 25, topic: Intro}\n  - {date: Feb 1, topic: Big data}\n",
    ),
    "schedule:\n  Week 1: Intro\n  Week 2: Big data\n": (
        "wrong-shape: a topic gets its day by its place in the list, so `Week 1` does not go before it",
        "begin each line with `- ` in place of its number, as in - Intro",
        None,
    ),
    "schedule:\n  Week 1: [Intro]\n  Week 2: [Big data, More]\n": (
        "wrong-shape: a topic gets its day by its place in the list, so `Week 1` does not go before it",
        "begin each line with `- ` in place of its number, as in - Intro",
        None,
    ),
    "schedule:\n  Week 1: {topic: Intro}\n  Week 2:\n    topic: Big data\n": (
        "wrong-shape: a topic gets its day by its place in the list, so `Week 1` does not go before it",
        "begin each line with `- ` in place of its number, as in - Intro",
        None,
    ),
    "schedule:\n  2027-01-25:\n    topic: Intro\n  2027-02-01:\n    topic: Big data\n": (
        "wrong-shape: a topic must be an item of a list, with `2027-01-25` as its `date`",
        ("write - date: 2027-01-25, and its other keys below it, in the column of `date`; likewise on 1 more line"),
        "schedule:\n  - date: 2027-01-25\n    topic: Intro\n  - date: 2027-02-01\n    topic: Big data\n",
    ),
    "schedule:\n  - Intro: 2027-01-25\n  - Big data: Feb 1\n": (
        "wrong-shape: `Intro` is the `topic` of a topic, not a key",
        "write - {topic: Intro, date: 2027-01-25}; likewise on 1 more line",
        "schedule:\n  - {topic: Intro, date: 2027-01-25}\n  - {topic: Big data, date: Feb 1}\n",
    ),
    "schedule:\n  - Overview: history\n": (
        "unquoted-colon: a topic that contains `: ` needs quotes",
        'write - "Overview: history"',
        None,
    ),
    "schedule:\n  - Week 1: Intro\n    id: intro\n  - topic: B\n": (
        "wrong-shape: a topic gets its day by its place in the list, so `Week 1` does not go before it",
        "leave it out, as in - {topic: Intro, id: intro}",
        None,
    ),
    "schedule: {Week 1: Intro, Week 2: Big data}\n": (
        "wrong-shape: a topic gets its day by its place in the list, so `Week 1` does not go before it",
        "leave it out, as in [Intro, Big data]",
        None,
    ),
    "schedule:\n  1: Intro\n  2: Big data\n": (
        "wrong-shape: a topic gets its day by its place in the list, so `1` does not go before it",
        "begin each line with `- ` in place of its number, as in - Intro",
        None,
    ),
    "schedule:\n  - 1: Intro\n  - 2: Big data\n": (
        "wrong-shape: a topic gets its day by its place in the list, so `1` does not go before it",
        "leave it out, as in - Intro",
        None,
    ),
    "schedule:\n  - week: 1\n    topic: Intro\n": (
        "unknown-key: a topic has no key `week`",
        ("topics take the class days in the order of the file; to give one a fixed day, write date: and the day"),
        None,
    ),
    "schedule:\n  - Intro:\n      id: intro\n  - Big data:\n      id: big-data\n": (
        "wrong-shape: `Intro` is the `topic` of a topic, not a key",
        ("write - topic: Intro, and its other keys below it, in the column of `topic`; likewise on 1 more line"),
        None,
    ),
    "schedule:\n  Intro:\n    id: intro\n  Big data:\n    id: big-data\n": (
        "wrong-shape: a topic must be an item of a list, with `Intro` as its `topic`",
        ("write - topic: Intro, and its other keys below it, in the column of `topic`; likewise on 1 more line"),
        "schedule:\n  - topic: Intro\n    id: intro\n  - topic: Big data\n    id: big-data\n",
    ),
}
# Above the schedule.
TERMS: dict[str, Row] = {
    (f"course: ML\nterm: Spring 2027\n{KEYS}"): (
        "wrong-shape: `term:` has both a text and keys of its own",
        "write\nterm:\n  name: Spring 2027",
        (f"course: ML\nterm:\n  name: Spring 2027\n{KEYS}"),
    ),
    (f"course: ML\n  code: CS 1\nterm:\n{KEYS}"): (
        "wrong-shape: `course:` has both a text and keys of its own",
        "write\ncourse:\n  title: ML",
        (f"course:\n  title: ML\n  code: CS 1\nterm:\n{KEYS}"),
    ),
    (f'course: "ML: a course"\n  code: CS 1\n  description: d\nterm:\n{KEYS}'): (
        "wrong-shape: `course:` has both a text and keys of its own",
        'write\ncourse:\n  title: "ML: a course"',
        (f'course:\n  title: "ML: a course"\n  code: CS 1\n  description: d\nterm:\n{KEYS}'),
    ),
    (
        "course: ML\n"
        "term:\n"
        "  starts: 2027-01-25\n"
        "  ends: 2027-03-22\n"
        "  timezone: America/Los_Angeles\n"
        "  meets: Monday\n"
        "    time: 13:00-16:00\n"
    ): (
        "wrong-shape: `meets:` has both a text and keys of its own",
        "write\nmeets:\n  day: Monday",
        (
            "course: ML\n"
            "term:\n"
            "  starts: 2027-01-25\n"
            "  ends: 2027-03-22\n"
            "  timezone: America/Los_Angeles\n"
            "  meets:\n"
            "    day: Monday\n"
            "    time: 13:00-16:00\n"
        ),
    ),
    (f"course: ML\nterm:\n{KEYS}  breaks: Spring\n    - date: 2027-02-15\n      name: X\n"): (
        "wrong-shape: `breaks:` has both a text and a list",
        "delete the text, so that breaks: ends its line",
        None,
    ),
    (f"course:\n  title: ML\n  repository: https://github.com/a/b\n    branch: main\nterm:\n{KEYS}"): (
        "wrong-shape: `repository:` has both a text and keys of its own",
        "write\nrepository:\n  url: https://github.com/a/b",
        (f"course:\n  title: ML\n  repository:\n    url: https://github.com/a/b\n    branch: main\nterm:\n{KEYS}"),
    ),
    (f'course: ML\nterm: "Spring 2027"\n{KEYS}'): (
        "wrong-shape: `term:` has both a text and keys of its own",
        'write\nterm:\n  name: "Spring 2027"',
        (f'course: ML\nterm:\n  name: "Spring 2027"\n{KEYS}'),
    ),
    (f"course: ML\nterm: Spring 2027   # next\n{KEYS}"): (
        "wrong-shape: `term:` has both a text and keys of its own",
        "write\nterm:\n  name: Spring 2027",
        (f"course: ML\nterm:\n  name: Spring 2027   # next\n{KEYS}"),
    ),
    (f"title: ML\nterm:\n{KEYS}"): (
        "unknown-key: syllabus.yaml has no key `title`",
        "`title` is a key of the course; write it under `course:`",
        None,
    ),
    ("course: ML\nstarts: 2027-01-25\nends: 2027-03-22\ntimezone: America/Los_Angeles\nmeets: {day: Monday}\n"): (
        "unknown-key: syllabus.yaml has no key `starts`",
        "write term: above `starts`, `ends`, `timezone` and `meets`, and two spaces before each of these",
        None,
    ),
    (f"name: ML\nterm:\n{KEYS}"): (
        "unknown-key: syllabus.yaml has no key `name`",
        "did you mean `course`?",
        None,
    ),
    (f"course: ML\ncode: CS 1\nterm:\n{KEYS}"): (
        "unknown-key: syllabus.yaml has no key `code`",
        "`code` is a key of the course; write it under `course:`",
        None,
    ),
    (
        "course: ML\n"
        "term:\n"
        "  starts: 2027-01-25\n"
        "  ends: 2027-03-22\n"
        "  timezone: America/Los_Angeles\n"
        "  meets: Mondays 1-4 pm\n"
    ): (
        "wrong-shape: an entry of the weekly pattern is written as keys with values",
        "its keys are `day`, `days`, `time` …; write {day: Mondays, time: 1-4 pm}",
        None,
    ),
    (f"course: ML\nterm:\n{KEYS}  breaks: 2027-02-15\n"): (
        "wrong-shape: a break is written as keys with values",
        "its keys are `date`, `from`, `to` …; write {date: 2027-02-15, name: …}",
        None,
    ),
    (f"course: ML\nterm:\n{KEYS}  breaks:\n    - name: X\n      dates: [2027-02-15, 2027-02-16]\n"): (
        "unknown-key: a break has no key `dates`",
        "did you mean `date`?",
        None,
    ),
    (f"course: ML\nterm:\n{KEYS}  breaks:\n    - name: X\n      date: Mar 8 - Mar 12\n"): (
        "bad-date: `Mar 8 - Mar 12` is more than one day",
        "give its first and its last day, as in from: 2027-03-08, to: 2027-03-12",
        None,
    ),
    (f"course:\n  - title: ML\n  - code: CS 1\nterm:\n{KEYS}"): (
        "wrong-shape: the course is written as keys with values, without `-`",
        "delete the `-` before each key",
        (f"course:\n  title: ML\n  code: CS 1\nterm:\n{KEYS}"),
    ),
    (
        "course: ML\n"
        "term:\n"
        "  - starts: 2027-01-25\n"
        "  ends: 2027-03-22\n"
        "  timezone: America/Los_Angeles\n"
        "  meets: {day: Monday, time: 13:00-16:00, place: Soda 405}\n"
    ): (
        "indent: the indent of this line doesn't match the lines before it",
        "to go with the line above, begin it in column 5: add 2 spaces before it",
        None,
    ),
    (
        "course: ML\n"
        "term:\n"
        "  - starts: 2027-01-25\n"
        "  - ends: 2027-03-22\n"
        "  - timezone: America/Los_Angeles\n"
        "  - meets: {day: Monday}\n"
    ): (
        "wrong-shape: the term is written as keys with values, without `-`",
        "delete the `-` before each key",
        (
            "course: ML\n"
            "term:\n"
            "  starts: 2027-01-25\n"
            "  ends: 2027-03-22\n"
            "  timezone: America/Los_Angeles\n"
            "  meets: {day: Monday}\n"
        ),
    ),
    (f"course:\n  title: ML\n  links:\n    - Zoom: https://zoom.us/j/1\n    - https://x.example\nterm:\n{KEYS}"): (
        "wrong-shape: a link has a label and an address",
        "write {Slides: https://x.example}, with the words of the link before the colon",
        None,
    ),
    (
        "course: ML\n"
        "term:\n"
        "  starts: first Monday\n"
        "  ends: 2027-03-22\n"
        "  timezone: America/Los_Angeles\n"
        "  meets: {day: Monday, time: 13:00-16:00, place: Soda 405}\n"
    ): (
        "bad-date: `first Monday` is not a date",
        "write a date such as 2027-02-15 or 15 Feb 2027",
        None,
    ),
    (
        "course: ML\n"
        "term:\n"
        "  starts: 2027-01-25\n"
        "  ends: 2027-03-22\n"
        "  timezone: Pacific\n"
        "  meets: {day: Monday, time: 13:00-16:00, place: Soda 405}\n"
    ): (
        "unknown-zone: `Pacific` is not a time zone",
        "did you mean America/Los_Angeles?",
        None,
    ),
    (f"course: ML\nterm:\n  - name: Spring\n    status: x\n{KEYS}"): (
        "indent: the indent of this line doesn't match the lines before it",
        "to go with the line above, begin it in column 5: add 2 spaces before it",
        None,
    ),
    (f"course: ML\nterm:\n{KEYS}  breaks: {{2027-02-15: Presidents' Day}}\n"): (
        "wrong-shape: a break must be an item of a list, with `2027-02-15` as its `date`",
        'write [{date: 2027-02-15, name: "Presidents\' Day"}]',
        (f'course: ML\nterm:\n{KEYS}  breaks: [{{date: 2027-02-15, name: "Presidents\' Day"}}]\n'),
    ),
    (f"course: ML\nterm:\n{KEYS}  breaks:\n    2027-02-15: Presidents' Day\n    Mar 8 - Mar 12: Spring break\n"): (
        "wrong-shape: a break must be an item of a list, with `2027-02-15` as its `date`",
        'write - {date: 2027-02-15, name: "Presidents\' Day"}; likewise on 1 more line',
        (
            "course: ML\n"
            "term:\n"
            f"{KEYS}"
            "  breaks:\n"
            '    - {date: 2027-02-15, name: "Presidents\' Day"}\n'
            "    - {from: Mar 8, to: Mar 12, name: Spring break}\n"
        ),
    ),
    (
        "course: ML\n"
        "term:\n"
        f"{KEYS}"
        "  breaks:\n"
        "    Presidents' Day: 2027-02-15\n"
        "    Spring break: {from: Mar 8, to: Mar 12}\n"
    ): (
        "wrong-shape: a break must be an item of a list, with `Presidents' Day` as its `name`",
        'write - {name: "Presidents\' Day", date: 2027-02-15}; likewise on 1 more line',
        (
            "course: ML\n"
            "term:\n"
            f"{KEYS}"
            "  breaks:\n"
            '    - {name: "Presidents\' Day", date: 2027-02-15}\n'
            "    - {name: Spring break, from: Mar 8, to: Mar 12}\n"
        ),
    ),
    (f"course: ML\nterm:\n{KEYS}  breaks:\n    - Feb 15: Presidents' Day\n"): (
        "wrong-shape: `Feb 15` is the `date` of a break, not a key",
        'write - {date: Feb 15, name: "Presidents\' Day"}',
        (f'course: ML\nterm:\n{KEYS}  breaks:\n    - {{date: Feb 15, name: "Presidents\' Day"}}\n'),
    ),
    (f"course: ML\nterm:\n{KEYS}  breaks:\n    Spring break: Mar 8 - Mar 12\n"): (
        "wrong-shape: a break must be an item of a list, with `Spring break` as its `name`",
        "write - {name: Spring break, from: Mar 8, to: Mar 12}",
        (f"course: ML\nterm:\n{KEYS}  breaks:\n    - {{name: Spring break, from: Mar 8, to: Mar 12}}\n"),
    ),
    (f"course: ML\nterm:\n{KEYS}  swaps: {{2027-02-16: Monday}}\n"): (
        "wrong-shape: a swap must be an item of a list, with `2027-02-16` as its `date`",
        "write [{date: 2027-02-16, follows: Monday}]",
        (f"course: ML\nterm:\n{KEYS}  swaps: [{{date: 2027-02-16, follows: Monday}}]\n"),
    ),
    (
        "course: ML\n"
        "term:\n"
        "  starts: 2027-01-25\n"
        "  ends: 2027-03-22\n"
        "  timezone: America/Los_Angeles\n"
        "  meets: {Monday: 13:00-16:00}\n"
    ): (
        "wrong-shape: an entry of the weekly pattern must be an item of a list, with `Monday` as its `day`",
        "write [{day: Monday, time: 13:00-16:00}]",
        (
            "course: ML\n"
            "term:\n"
            "  starts: 2027-01-25\n"
            "  ends: 2027-03-22\n"
            "  timezone: America/Los_Angeles\n"
            "  meets: [{day: Monday, time: 13:00-16:00}]\n"
        ),
    ),
    (
        "course: ML\n"
        "term:\n"
        "  starts: 2027-01-25\n"
        "  ends: 2027-03-22\n"
        "  timezone: America/Los_Angeles\n"
        "  meets: \n"
        "    Monday: 13:00-16:00\n"
        "    Wed: 1-2 pm\n"
    ): (
        "wrong-shape: an entry of the weekly pattern must be an item of a list, with `Monday` as its `day`",
        "write - {day: Monday, time: 13:00-16:00}; likewise on 1 more line",
        (
            "course: ML\n"
            "term:\n"
            "  starts: 2027-01-25\n"
            "  ends: 2027-03-22\n"
            "  timezone: America/Los_Angeles\n"
            "  meets: \n"
            "    - {day: Monday, time: 13:00-16:00}\n"
            "    - {day: Wed, time: 1-2 pm}\n"
        ),
    ),
    (
        "course: ML\n"
        "term:\n"
        "  starts: 2027-01-25\n"
        "  ends: 2027-03-22\n"
        "  timezone: America/Los_Angeles\n"
        "  meets: \n"
        "    Lecture: {day: Monday, time: 13:00-16:00}\n"
        "    Lab: Friday\n"
    ): (
        ("wrong-shape: an entry of the weekly pattern must be an item of a list, with `Lecture` as its `kind`"),
        "write - {kind: Lecture, day: Monday, time: 13:00-16:00}; likewise on 1 more line",
        (
            "course: ML\n"
            "term:\n"
            "  starts: 2027-01-25\n"
            "  ends: 2027-03-22\n"
            "  timezone: America/Los_Angeles\n"
            "  meets: \n"
            "    - {kind: Lecture, day: Monday, time: 13:00-16:00}\n"
            "    - {kind: Lab, day: Friday}\n"
        ),
    ),
    (
        "course: ML\n"
        "term:\n"
        "  starts: 2027-01-25\n"
        "  ends: 2027-03-22\n"
        "  timezone: America/Los_Angeles\n"
        "  meets: Monday 13:00-16:00\n"
    ): (
        "wrong-shape: an entry of the weekly pattern is written as keys with values",
        "its keys are `day`, `days`, `time` …; write {day: Monday, time: 13:00-16:00}",
        None,
    ),
}
# readings.yaml.
READINGS: dict[str, Row] = {
    "big-data:\n  - A paper\n    url: https://a.example\n": (
        "missing-key: this line has no key, but the one below it has `url`",
        "write - title: A paper",
        "big-data:\n  - title: A paper\n    url: https://a.example\n",
    ),
    "big-data: Papers\n  required:\n    - A\n": (
        "wrong-shape: `big-data:` has both a text and keys of its own",
        "delete the text, so that big-data: ends its line",
        None,
    ),
    "big-data:\n  required: Papers\n    - A\n": (
        "wrong-shape: `required:` has both a text and a list",
        "delete the text, or write it as an item of the list: - Papers",
        None,
    ),
    "big-data: Papers\n  - A\n": (
        "wrong-shape: `big-data:` has both a text and a list",
        "delete the text, or write it as an item of the list: - Papers",
        None,
    ),
    "big-data:\n  - title: A\n    links: https://a.example\n": (
        "wrong-shape: a link has a label and an address",
        "write {Slides: https://a.example}, with the words of the link before the colon",
        None,
    ),
    "big-data:\n  - title: A\n    authors: {first: Ada, last: Lovelace}\n": (
        "wrong-shape: this must be text, not a group of keys",
        "write one text, without keys",
        None,
    ),
    "big-data:\n  - title: [A, B]\n": (
        "wrong-shape: this must be text, not a list",
        'write "A, B", without brackets or `-`',
        None,
    ),
    "big-data:\n  - title: A\n    url: [https://a.example, https://b.example]\n": (
        "wrong-shape: this must be an address such as https://example.edu/, not a list",
        "write one of them, https://a.example, and the others under links: as in {Slides: https://…}",
        None,
    ),
    "big-data:\n  - title: A\n    pages: [1, 5]\n": (
        "wrong-shape: this must be text, not a list",
        'write "1, 5", without brackets or `-`',
        None,
    ),
    "big-data:\n  required:\n    - - title: A\n": (
        "wrong-shape: there are two `-` before this reading",
        "write - title: A",
        None,
    ),
    "big-data:\n  - required: A paper\n": (
        "wrong-shape: `required` names a list, so no `-` goes before it",
        "write required:",
        "big-data:\n  required: A paper\n",
    ),
    "big-data:\n  paper1:\n    title: A\n  paper2:\n    title: B\n": (
        "wrong-shape: a reading must be an item of a list, with `paper1` as its `id`",
        "write - id: paper1, and its other keys below it, in the column of `id`; likewise on 1 more line",
        "big-data:\n  - id: paper1\n    title: A\n  - id: paper2\n    title: B\n",
    ),
    "readings:\n  big-data:\n    - title: A\n  hardware:\n    # x\n    required:\n      - B\n": (
        "wrong-shape: the ids of meetings begin in column 1, and `readings` is not the id of a meeting",
        "delete the line readings: and 2 spaces before each line below it",
        "big-data:\n  - title: A\nhardware:\n  # x\n  required:\n    - B\n",
    ),
    "schedule:\n  big-data:\n    - title: A\n": (
        "wrong-shape: the ids of meetings begin in column 1, and `schedule` is not the id of a meeting",
        "delete the line schedule: and 2 spaces before each line below it",
        "big-data:\n  - title: A\n",
    ),
    "readings: {big-data: [A]}\n": (
        "wrong-shape: the ids of meetings begin in column 1, and `readings` is not the id of a meeting",
        "write each meeting's id in column 1, without readings: before it",
        None,
    ),
    "readings:\n  big-data: A\n": (
        "wrong-shape: the ids of meetings begin in column 1, and `readings` is not the id of a meeting",
        "delete the line readings: and 2 spaces before each line below it",
        "big-data: A\n",
    ),
    "readings:\n  - id: big-data\n    required: [A]\n": (
        "wrong-shape: readings.yaml must have a list for each meeting, under the meeting's id",
        "write big-data: in place of - id: big-data, and the lists below it",
        None,
    ),
    "readings:\n  - title: A\n": (
        "unknown-meeting: no meeting has the id `readings`",
        ("the meetings are `intro`, `big-data`, `hardware`, `tbd`, `tbd-2`, `tbd-3`, `tbd-4`, `tbd-5`, `tbd-6`"),
        None,
    ),
    "- title: A\n  url: https://a.example\n": (
        "wrong-shape: readings.yaml must have a list for each meeting, under the meeting's id",
        "write big-data: and the list below it",
        None,
    ),
    "- big-data:\n    - title: A\n- hardware:\n    - title: B\n": (
        "wrong-shape: readings.yaml must have a list for each meeting, under the meeting's id",
        "write big-data: without `-`, in column 1; likewise for 1 more meeting",
        "big-data:\n    - title: A\nhardware:\n    - title: B\n",
    ),
    "- big-data:\n  - title: A\n- hardware:\n  - title: B\n": (
        "wrong-shape: readings.yaml must have a list for each meeting, under the meeting's id",
        "write big-data: without `-`, in column 1; likewise for 1 more meeting",
        "big-data:\n  - title: A\nhardware:\n  - title: B\n",
    ),
    "- id: big-data\n  required:\n    - title: A\n": (
        "wrong-shape: readings.yaml must have a list for each meeting, under the meeting's id",
        "write big-data: in place of - id: big-data, and the lists below it",
        "big-data:\n  required:\n    - title: A\n",
    ),
    "- meeting: big-data\n  readings:\n    - title: A\n": (
        "wrong-shape: readings.yaml must have a list for each meeting, under the meeting's id",
        "write big-data: in place of - meeting: big-data, and delete readings:",
        "big-data:\n    - title: A\n",
    ),
    "- meeting: big-data\n  title: A\n": (
        "wrong-shape: readings.yaml must have a list for each meeting, under the meeting's id",
        "write big-data: and the list below it",
        None,
    ),
    "- week: 2\n  readings: [A]\n": (
        "wrong-shape: readings.yaml must have a list for each meeting, under the meeting's id",
        "write the id of the meeting, such as big-data:, in place of - week: 2",
        None,
    ),
    "- A paper\n- B paper\n": (
        "wrong-shape: readings.yaml must have a list for each meeting, under the meeting's id",
        "write big-data: and the list below it",
        None,
    ),
    "big-data:\n  required:\n    A title: https://a.example\n    B: https://b.example\n": (
        "wrong-shape: a title and its address are written as a link, as an item of a list",
        'write - "[A title](https://a.example)"; likewise on 1 more line',
        'big-data:\n  required:\n    - "[A title](https://a.example)"\n    - "[B](https://b.example)"\n',
    ),
    "big-data:\n  required: {A title: https://a.example}\n": (
        "wrong-shape: a title and its address are written as a link, as an item of a list",
        'write ["[A title](https://a.example)"]',
        'big-data:\n  required: ["[A title](https://a.example)"]\n',
    ),
    "big-data:\n  A title: https://a.example\n  B: https://b.example\n": (
        "wrong-shape: a title and its address are written as a link, as an item of a list",
        'write - "[A title](https://a.example)"; likewise on 1 more line',
        'big-data:\n  - "[A title](https://a.example)"\n  - "[B](https://b.example)"\n',
    ),
    "big-data:\n  A paper:\n    url: https://a.example\n": (
        "wrong-shape: a reading must be an item of a list, with `A paper` as its `title`",
        "write - title: A paper, and its other keys below it, in the column of `title`",
        "big-data:\n  - title: A paper\n    url: https://a.example\n",
    ),
    "big-data:\n  - A paper:\n      url: https://a.example\n": (
        "wrong-shape: `A paper` is the `title` of a reading, not a key",
        "write - title: A paper, and its other keys below it, in the column of `title`",
        None,
    ),
    "big-data:\n  - A paper:\n    url: https://a.example\n": (
        "wrong-shape: `A paper` is the `title` of a reading, not a key",
        "write - title: A paper, and its other keys below it, in the column of `title`",
        "big-data:\n  - title: A paper\n    url: https://a.example\n",
    ),
    "big-data:\n  required:\n    A paper:\n      url: https://a.example\n": (
        "wrong-shape: a reading must be an item of a list, with `A paper` as its `title`",
        "write - title: A paper, and its other keys below it, in the column of `title`",
        "big-data:\n  required:\n    - title: A paper\n      url: https://a.example\n",
    ),
    "big-data:\n  - https://a.example: A paper\n": (
        "unquoted-colon: a line that contains `: ` needs quotes",
        'write - "https://a.example: A paper"',
        None,
    ),
    "big-data:\n  - title: A very long\n  title that wraps\n    url: https://a.example\n": (
        "lonely-text: this line is neither `key: value` nor `- item`",
        (
            "if it continues `title` above, begin it in column 7 or further right; if it is an entry of its "
            "own, write - title: title that wraps in column 3; otherwise delete it"
        ),
        None,
    ),
    "big-data:\n  - title: A very long\n    title that wraps\n    url: https://a.example\n": (
        "lonely-text: this line is neither `key: value` nor `- item`",
        "if it continues `title` above, begin it in column 7 or further right; otherwise delete it",
        None,
    ),
    "big-data:\n  - title: A very long\n  note on graphs\n  - title: B\n": (
        "missing-colon: a `:` is missing after `note`",
        "write note: on graphs",
        None,
    ),
    "big-data:\n  -\n  title: A\n  url: https://a.example\n": (
        "indent: `title` is in column 3, and belongs under the `-` above in column 5",
        "begin it in column 5: add 2 spaces before it, and before the line below it",
        "big-data:\n  -\n    title: A\n    url: https://a.example\n",
    ),
    "big-data:\n  -\n title: A\n": (
        "indent: `title` is in column 2, and belongs under the `-` above in column 5",
        "begin it in column 5: add 3 spaces before it",
        "big-data:\n  -\n    title: A\n",
    ),
    "big-data:\n  - title: A\n    Optional: yes\n": (
        "unknown-key: a reading has no key `Optional`",
        "delete this line, and move the reading below `optional:` of its meeting",
        None,
    ),
    "big-data:\n  - title: A\n    required: true\n": (
        "unknown-key: a reading has no key `required`",
        "delete this line, and move the reading below `required:` of its meeting",
        None,
    ),
    "big-data:\n  - title: A\n    optional: false\n": (
        "unknown-key: a reading has no key `optional`",
        "delete this line, and move the reading below `required:` of its meeting",
        None,
    ),
    "big-data:\n  - title: A\n    optional:\n      - B\n": (
        "unknown-key: a reading has no key `optional`",
        "`optional` is a key of a reading list",
        None,
    ),
}
# A note.
NOTES: dict[str, Row] = {
    "+++\ntitle = 'N'\nmeeting = 'big-data'\n+++\nx\n": (
        "front-matter: front matter is written in YAML, not in TOML",
        "write it at the top of the file:\n---\ntitle: N\nmeeting: big-data\n---",
        "---\ntitle: N\nmeeting: big-data\n---\nx\n",
    ),
    '+++\ntitle = "N"\nreading = "a"\ndate = 2027-02-01\n+++\nx\n': (
        "front-matter: front matter is written in YAML, not in TOML",
        "write it at the top of the file:\n---\ntitle: N\nreading: a\ndate: 2027-02-01\n---",
        "---\ntitle: N\nreading: a\ndate: 2027-02-01\n---\nx\n",
    ),
    "---\ntitle: N\ndate: 2027-02-01\nmeeting: big-data\n---\nx\n": (
        "unknown-key: a note's front matter has no key `date`",
        "delete the line, or write publish_on: for when it appears",
        None,
    ),
    "---\ntitle: N\nmeetings: [big-data, hardware]\n---\nx\n": (
        "unknown-key: a note's front matter has no key `meetings`",
        "write meeting: and one id; for several, write a note for each",
        None,
    ),
    "---\ntitle: N\nreadings: [a]\n---\nx\n": (
        "unknown-key: a note's front matter has no key `readings`",
        "write reading: and one id; for several, write a note for each",
        None,
    ),
    '{"title": "N", "meeting": "big-data"}\n\nx\n': (
        "front-matter: front matter is written in YAML, not in JSON",
        "write it at the top of the file:\n---\ntitle: N\nmeeting: big-data\n---",
        "---\ntitle: N\nmeeting: big-data\n---\n\nx\n",
    ),
    "---\ntitle: N\nmeeting: {id: big-data}\n---\nx\n": (
        "wrong-shape: this must be the id of something else, such as big-data, not a group of keys",
        "write big-data, without id:",
        None,
    ),
    "---\ntitle: N\nabout: a\n---\nx\n": (
        "unknown-key: a note's front matter has no key `about`",
        "write reading: and the id of the reading, or meeting: and the id of the meeting",
        None,
    ),
}


def check(folder: Path, texts: dict[str, str], name: str, row: Row, lead: str = "", tail: str = "") -> None:
    """Hold what is found in a course to a row of a table: one mistake, which the fix leaves nothing of."""
    mini = date_mini(folder, texts["syllabus.yaml"], texts.get("readings.yaml"), texts)
    found = [each for each in mini.diagnostics if each.name != "open-days"]
    assert [(f"{each.name}: {each.message}", each.help) for each in found] == [row[:2]]
    assert bool(found[0].fix) == (row[2] is not None)
    if row[2] is not None:
        assert apply_fixes(mini.diagnostics)[name] == lead + row[2] + tail


@pytest.mark.parametrize("part", PARTS)
def test_parts_of_the_syllabus(part: str, tmp_path: Path) -> None:
    texts = {"syllabus.yaml": TERM + SCHEDULE + part}
    check(tmp_path, texts, "syllabus.yaml", PARTS[part], lead=TERM + SCHEDULE)


@pytest.mark.parametrize("schedule", SCHEDULES)
def test_the_schedule(schedule: str, tmp_path: Path) -> None:
    check(tmp_path, {"syllabus.yaml": TERM + schedule}, "syllabus.yaml", SCHEDULES[schedule], lead=TERM)


@pytest.mark.parametrize("term", TERMS)
def test_the_course_and_its_term(term: str, tmp_path: Path) -> None:
    check(tmp_path, {"syllabus.yaml": term + SCHEDULE}, "syllabus.yaml", TERMS[term], tail=SCHEDULE)


@pytest.mark.parametrize("lists", READINGS)
def test_readings(lists: str, tmp_path: Path) -> None:
    texts = {"syllabus.yaml": TERM + SCHEDULE, "readings.yaml": lists}
    check(tmp_path, texts, "readings.yaml", READINGS[lists])


@pytest.mark.parametrize("note", NOTES)
def test_notes(note: str, tmp_path: Path) -> None:
    texts = {"syllabus.yaml": TERM + SCHEDULE, "readings.yaml": LISTED, "content/notes/a.md": note}
    check(tmp_path, texts, "content/notes/a.md", NOTES[note])


# Keys that people write, by the table: the one that is suggested, if any.
NEAR = {
    ("the term", "begins"): "starts",
    ("the term", "end_date"): "ends",
    ("the term", "zone"): "timezone",
    ("the term", "semester"): "name",
    ("the term", "time"): None,
    ("the term", "tas"): None,
    ("the term", "comments"): None,
    ("the term", "state"): None,
    ("the term", "number"): None,
    ("an entry of the weekly pattern", "weekday"): "day",
    ("an entry of the weekly pattern", "room"): "place",
    ("an entry of the weekly pattern", "week"): "weeks",
    ("an entry of the weekly pattern", "paper"): None,
    ("an entry of the weekly pattern", "image"): None,
    ("an entry of the weekly pattern", "theme"): None,
    ("a break", "start"): "from",
    ("a break", "end_date"): "to",
    ("a break", "title"): "name",
    ("a break", "late"): None,
    ("a break", "state"): None,
    ("a break", "draft"): None,
    ("an assignment", "date"): "due",
    ("an assignment", "deadline"): "due",
    ("an assignment", "released"): "out",
    ("an assignment", "kind"): None,
    ("an assignment", "image"): None,
    ("an assignment", "module"): None,
    ("an assignment", "start"): "out",
    ("an assignment", "until"): "accepted_until",
    ("an assignment", "format"): None,
    ("an assignment", "percents"): None,
    ("a member of the staff", "phone"): "note",
    ("a member of the staff", "position"): "role",
    ("a member of the staff", "picture"): "photo",
    ("a member of the staff", "hours"): "office_hours",
    ("a member of the staff", "vacation"): None,
    ("a member of the staff", "volume"): None,
    ("a topic", "title"): "topic",
    ("a topic", "speaker"): "guests",
    ("a topic", "kynd"): "kind",
    ("a topic", "papres"): None,
    ("a topic", "hours"): None,
    ("a topic", "curve"): None,
    ("a topic", "late"): None,
    ("a topic", "format"): None,
    ("syllabus.yaml", "homework"): "assignments",
    ("syllabus.yaml", "grades"): "grading",
    ("syllabus.yaml", "tas"): "staff",
    ("syllabus.yaml", "policy"): "late_policy",
    ("syllabus.yaml", "slides"): None,
    ("syllabus.yaml", "footer"): None,
    ("syllabus.yaml", "theme"): None,
    ("syllabus.yaml", "submit"): None,
    ("a reading", "journal"): "venue",
    ("a reading", "author"): "authors",
    ("a reading", "date"): "year",
    ("a reading", "image"): None,
    ("a reading", "hours"): None,
    ("a reading", "license"): None,
    ("a note's front matter", "meting"): "meeting",
    ("a note's front matter", "released"): "publish_on",
    ("a note's front matter", "out"): None,
    ("a note's front matter", "duration"): None,
    ("a note's front matter", "deadline"): None,
}


@pytest.mark.parametrize(("what", "key"), NEAR)
def test_no_key_of_a_different_word_is_suggested(what: str, key: str) -> None:
    table = next(each for each in Table.all if each.what == what)
    near = find_synonym(key, table.by_key) or find_near_key(key, table.by_key, Diagnostics())
    assert near == NEAR[what, key]
