"""After an error: what else is wrong is told in the same run, and nothing of which the error is the cause."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.mini import date_mini
from tests.sites import run_cli, write_course

TERM = """\
course: Knots
term:
  starts: 2027-01-25
  ends: 2027-02-08
  timezone: America/Los_Angeles
  meets: {day: Monday, time: 13:00-16:00}
"""
TOPICS = "schedule: [{topic: A, id: a}, {topic: B, id: b}, {topic: C, id: c}]\n"
TOO_LATE = "assignments: [{title: Poster, due: week 30}]\n"
WEEK_TOO_LATE = "error[unknown-week]: week 30 has no class day"

# A part that is wrong, and what is told of it; a deadline that can't be dated is told as well.
PARTS = {
    "the title": ("course: {titel: Knots}\n" + TERM.partition("\n")[2], "error[unknown-key]: the course has no key"),
    "the course's links": (
        TERM.replace("course: Knots", "course: {title: Knots, links: {Chat: 'ftp://x'}}"),
        "error[bad-scheme]: a link can't begin with `ftp:`",
    ),
    "staff": (TERM + "staff: [{nam: Ada}]\n", "error[unknown-key]: a member of the staff has no key `nam`"),
    "grading": (TERM + "grading: {Reviews: 20}\n", "error[bad-weight]: `20` is not a weight"),
    "the late policy": (TERM + "late_policy: [a, b]\n", "error[wrong-shape]: this must be text in Markdown"),
    "the site": (TERM + "site: {accent: blue}\n", "error[bad-value]: `blue` is not a color"),
    "presentations": (TERM + "presentations: {group: x}\n", "error[bad-value]: `x` is not a group size"),
    "YAML of grading": (TERM + "grading: {A: 50%, A: 50%}\n", "error[duplicate-key]: `A` is written twice"),
}


@pytest.mark.parametrize("part", PARTS)
def test_an_error_does_not_stop_dating(part: str, tmp_path: Path) -> None:
    syllabus, reported = PARTS[part]
    found = date_mini(tmp_path, syllabus + TOPICS + TOO_LATE).found
    assert len(found) == 2
    assert found[0].startswith(reported)
    assert found[1] == WEEK_TOO_LATE


# What stops dating: nothing of the deadline is told.
STOPS = {
    "a date of the term": TERM.replace("2027-02-08", "8 Feb") + TOPICS,
    "its zone": TERM.replace("America/Los_Angeles", "Pacific") + TOPICS,
    "its pattern": TERM.replace("Monday", "Mo") + TOPICS,
    "a break": TERM + "  breaks: {date: 2027-02-30, name: Recess}\n" + TOPICS,
    "the schedule": TERM + "schedule: Introduction\n",
    "the list of a kind": TERM + "schedule: {Lecture: Introduction}\n",
    "YAML of the schedule": TERM + "schedule:\n  - {topic: A, topic: B}\n",
    "a part written twice": TERM + TOPICS + "schedule: []\n",
}


@pytest.mark.parametrize("part", STOPS)
def test_what_stops_dating(part: str, tmp_path: Path) -> None:
    mini = date_mini(tmp_path, STOPS[part] + TOO_LATE)
    assert mini.course is None
    assert len(mini.found) == 1
    assert WEEK_TOO_LATE not in mini.found


# A topic that can't be read takes its class day; those after it keep theirs.
SUBSTITUTE_TOPICS = {
    "- Overview: goals and rules": "error[unquoted-colon]: a topic that contains `: ` needs quotes",
    "- {id: b}": "error[missing-key]: a topic needs `topic`",
    "- {topic: }": "error[missing-key]: `topic` of a topic is empty",
    "- {topic: [a, b]}": "error[wrong-shape]: this must be text, not a list",
    "- {topic: B, id: my b}": "error[bad-id]: an id has only letters, digits, `-` and `_`, but `my b` contains a space",
    "- {topic: B, plaec: x}": "error[unknown-key]: a topic has no key `plaec`",
    "- {topic: B, guests: [{nam: Ada}]}": "error[unknown-key]: a guest has no key `nam`",
    "- unit: [a, b]\n    meetings: [B]": "error[wrong-shape]: this must be text, not a list",
}


@pytest.mark.parametrize("topic", SUBSTITUTE_TOPICS)
def test_a_substitute_keeps_the_place(topic: str, tmp_path: Path) -> None:
    mini = date_mini(tmp_path, TERM + f"schedule:\n  - A\n  {topic}\n  - {{topic: C, id: c}}\n")
    assert mini.found == [SUBSTITUTE_TOPICS[topic]]
    assert mini.row("c").on.isoformat() == "2027-02-08"


def test_a_substitute_is_counted(tmp_path: Path) -> None:
    found = date_mini(tmp_path, TERM + "schedule: [A, {id: b}, C, D]\n").found
    assert found == [
        "error[missing-key]: a topic needs `topic`",
        "error[too-many-topics]: no class day is left for `D`: the term has 3 class days",
    ]


# How many days these take is not known, so nothing is told of too many or too few, nor of what hangs on their days.
UNSETTLED = {
    "{topic: B, days: many}": "error[bad-value]: `many` is not a number from 1 to 60",
    "{topic: B, id: b, date: 2027-02-30}": "error[bad-date]: there is no 30 February 2027",
    "{topic: B, same_day: perhaps}": "error[unknown-meeting]: there is no meeting with the id `perhaps`",
    "{topic: B, dat: 2027-03-01}": "error[unknown-key]: a topic has no key `dat`",
    "[a, b]": "error[wrong-shape]: a topic is written as keys with values",
}


@pytest.mark.parametrize("topic", UNSETTLED)
@pytest.mark.parametrize("others", ["A", "A, C, D", "A, C, D, E"])
def test_days_that_are_not_settled(topic: str, others: str, tmp_path: Path) -> None:
    assert date_mini(tmp_path, TERM + f"schedule: [{topic}, {others}]\n").found == [UNSETTLED[topic]]


def test_a_date_is_reported_beside_days_that_are_not_settled(tmp_path: Path) -> None:
    syllabus = TERM + "schedule: [{topic: B, days: many}, {topic: Exam, date: 2027-09-01}]\n" + TOO_LATE
    assert date_mini(tmp_path, syllabus).found == [
        "error[bad-value]: `many` is not a number from 1 to 60",
        "error[outside-term]: `Exam` (2027-09-01) is more than five weeks after the term ends (2027-02-08)",
        WEEK_TOO_LATE,
    ]


def test_a_topic_whose_date_cannot_be_read_needs_no_other(tmp_path: Path) -> None:
    plain = TERM.replace("  meets: {day: Monday, time: 13:00-16:00}\n", "")
    found = date_mini(tmp_path, plain + "schedule: [{topic: A, date: 2027-02-30}, B]\n").found
    assert found == [
        "error[bad-date]: there is no 30 February 2027",
        "error[no-date]: `B` needs a date: the term has no weekly pattern",
    ]


# Two files, and all that is told: what names a thing that could not be read is not told again.
CAUSES = {
    "an id of a topic": (
        TERM + "schedule: [{topic: A, id: my a}, B, C]\n",
        "my-a: Some book\n",
        ["error[bad-id]: an id has only letters, digits, `-` and `_`, but `my a` contains a space"],
    ),
    "a key of a topic": (
        TERM + "schedule: [{topic: A, di: knots}, B, C]\n",
        "knots: Some book\n",
        ["error[unknown-key]: a topic has no key `di`"],
    ),
    "a title with a colon": (
        TERM + "schedule:\n  - Overview: goals\n  - B\n  - C\n",
        "overview-goals: Some book\n",
        ["error[unquoted-colon]: a topic that contains `: ` needs quotes"],
    ),
    "an assignment": (
        TERM + TOPICS + "assignments: [{id: hw1, titel: X}, {title: Y, due: 2 days after hw1}]\n",
        "",
        ["error[unknown-key]: an assignment has no key `titel`"],
    ),
    "assignments in broken YAML": (
        TERM + TOPICS + "assignments: [{id: hw1, title: X, id: hw2}, {title: Y, due: 2 days after hw2}]\n",
        "",
        ["error[duplicate-key]: `id` is written twice"],
    ),
    "the moment of an assignment": (
        TERM + TOPICS + "assignments: [{id: hw1, title: X, due: soon}, {title: Y, due: 2 days after hw1}]\n",
        "",
        ["error[bad-moment]: `soon` is not a moment"],
    ),
    "the series of an assignment": (
        TERM + TOPICS + "assignments: [{title: X, each: {a: b}, due: Tuesday before}]\n",
        "",
        ["error[wrong-shape]: this must be kinds or ids of meetings, not a group of keys"],
    ),
    "a scheme": (
        TERM + TOPICS + "grading: [{scheme: Long, part: {A: 100%}}]\nassignments: [{title: X, for: Long}]\n",
        "",
        ["error[unknown-key]: a grading scheme has no key `part`"],
    ),
    "a form": (
        TERM
        + "schedule: [{topic: A, forms: {hw: 'https://example.org'}}, B, C]\n"
        + "assignments: [{titel: X, id: hw}]\n",
        "",
        ["error[unknown-key]: an assignment has no key `titel`"],
    ),
    "a role": (
        TERM
        + "schedule: [{topic: A, presenters: {Lead: Ada}}, B, C]\n"
        + "presentations: {roles: [{nam: Lead}, Scribe]}\n",
        "",
        ["error[unknown-key]: a role has no key `nam`"],
    ),
    "a reading": (
        TERM + TOPICS,
        "a: [{titel: X, id: x}]\nb: [{reuse: x}]\n",
        ["error[unknown-key]: a reading has no key `titel`"],
    ),
    "fields below an empty item": (
        f"{TERM}{TOPICS}staff:\n  - {{}}\n  - email: ada@example.org\n",
        "",
        ["error[missing-key]: a member of the staff needs `name`"] * 2,
    ),
    "a list under no id": (
        TERM + TOPICS,
        "big data: [{title: X, id: x}]\nb: [{reuse: x}]\n",
        ["error[unknown-meeting]: no meeting has the id `big data`"],
    ),
    "a list of readings twice": (
        TERM + TOPICS,
        "a: [{title: X, id: x}]\na: [{title: Y, id: y}]\nb: [{reuse: y}]\n",
        ["error[duplicate-key]: `a` is written twice"],
    ),
    "required readings": (
        TERM + TOPICS + "assignments: [{title: X, each: meeting with required readings, due: same day}]\n",
        "a: [{titel: X, id: x}]\n",
        ["error[unknown-key]: a reading has no key `titel`"],
    ),
    "readings in broken YAML": (
        TERM + TOPICS + "assignments: [{title: X, each: meeting with required readings, due: same day}]\n",
        "a: [{title: X, id: x}\n",
        ["error[unclosed-bracket]: this `[` is never closed"],
    ),
}


@pytest.mark.parametrize("cause", CAUSES)
def test_each_cause_is_reported_once(cause: str, tmp_path: Path) -> None:
    syllabus, readings, reported = CAUSES[cause]
    assert date_mini(tmp_path, syllabus, readings or None).found == reported


def test_what_names_nothing_is_reported_beside_what_cannot_be_read(tmp_path: Path) -> None:
    syllabus = TERM + "schedule: [{topic: A, id: my a}, {topic: B, id: b}, C]\n"
    assert date_mini(tmp_path, syllabus, "my-a: X\nbb: Y\n").found == [
        "error[bad-id]: an id has only letters, digits, `-` and `_`, but `my a` contains a space",
        "error[unknown-meeting]: no meeting has the id `bb`",
    ]


def test_notes_of_what_cannot_be_read(tmp_path: Path) -> None:
    notes = {
        "content/notes/one.md": "---\nreading: x\n---\nOne.\n",
        "content/notes/two.md": "---\nmeeting: my-a\n---\nTwo.\n",
        "content/notes/three.md": "---\nreading: [x\n---\nThree.\n",
        "content/notes/four.md": "Four.\n",
    }
    mini = date_mini(tmp_path, TERM + "schedule: [{topic: A, id: my a}, B, C]\n", "b: [{id: x}]\n", notes)
    assert sorted(mini.found) == [
        "error[bad-id]: an id has only letters, digits, `-` and `_`, but `my a` contains a space",
        "error[missing-key]: a reading needs `title`",
        "error[note-of-nothing]: a note names either the reading or the meeting that it is about",
        "error[unclosed-bracket]: this `[` is never closed",
    ]


def test_the_pages_are_checked_after_an_error(tmp_path: Path) -> None:
    course = write_course(
        tmp_path,
        {
            "syllabus.yaml": TERM
            + "schedule: [{id: a}, {topic: B, page: labs}, C]\nsite: {nav: [schedule, zebre, nots, zebra]}\n",
            "content/zebra.md": "See [B](bee.html), [one](notes/one.html) and [two](two.html).\n",
            "content/notes/one.md": "Nothing at the top.\n",
            "content/two.md": b"\xff\xfe\x00",
        },
    )
    ran = run_cli("--source", course, "--today", "2027-01-25")
    assert ran.code == 1
    assert not (course / "_site").exists()
    assert [line for line in ran.err.splitlines() if "error[" in line] == [
        "content/notes/one.md:1:1: error[note-of-nothing]: a note names either the reading or the meeting that it is "
        "about",
        "content/two.md:1:1: error[encoding]: the file is saved as UTF-16",
        "content/zebra.md:1:9: error[dead-link]: `bee.html` leads nowhere: this site has no such page or file",
        "syllabus.yaml:7:13: error[missing-key]: a topic needs `topic`",
        "syllabus.yaml:7:38: error[unknown-page]: there is no page `content/labs.md`",
        "syllabus.yaml:8:24: error[unknown-page]: no page is called `zebre`",
        "syllabus.yaml:8:31: error[unknown-page]: no page is called `nots`",
    ]
