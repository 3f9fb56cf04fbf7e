"""Groups, exams, events, office hours, moved deadlines and books as people write them at first.

Each case is one mistake: one error, one place, and a remedy. A fix leaves the course without errors.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from courseweek.fixes import apply_fixes
from tests.mini import date_mini
from tests.remedies import assert_remedy_works, maker_of, reader_of
from tests.sites import write_course

TERM = """\
course: {title: Knots}
term:
  starts: 2027-01-25
  ends: 2027-02-19
  timezone: America/Chicago
"""
LAB = """\
  meets:
    - kind: Lab
      place: L416
"""
LECTURE = "  meets: {day: Monday, time: 13:00-16:00}\n"
STAFF = "staff: [{name: Ada Lovelace}, {name: Bo Example}]\n"
SCHEDULE = "schedule: [{topic: Knots, id: knots}, {topic: Rest, times: 3}]\n"
TIME = "write time: with both ends, as in 13:00-16:00"
MOVED = "write the new date after due:, and the old one after was:"

# The lines of the groups, the message and the remedy.
GROUPS = {
    "      groups: {A: Friday 9:00-10:50, B: Mon 2-3 pm}\n": (
        "a group must be an item of a list, with `A` as its `name`",
        "write [{name: A, day: Friday, time: 9:00-10:50}, {name: B, day: Mon, time: 2-3 pm}]",
    ),
    "      day: Friday\n      groups:\n        A: 9:00-10:50\n        B: 11:00-12:50\n": (
        "a group must be an item of a list, with `A` as its `name`",
        "write - {name: A, time: 9:00-10:50}; likewise on 1 more line",
    ),
    "      groups:\n        - A: Friday 9:00-10:50\n        - B: Friday 11:00-12:50\n": (
        "`A` is the `name` of a group, not a key",
        "write - {name: A, day: Friday, time: 9:00-10:50}; likewise on 1 more line",
    ),
    "      groups: [{group: A, day: Mon}, {name: B, day: Tue}]\n": (
        "a group has no key `group`",
        "did you mean `name`?",
    ),
    "      groups: [{id: A, day: Mon}, {name: B, day: Tue}]\n": ("a group has no key `id`", "did you mean `name`?"),
    "      groups: [{label: A, day: Mon}, {name: B, day: Tue}]\n": (
        "a group has no key `label`",
        "did you mean `name`?",
    ),
    "      groups: [{name: A, day: Mon, tutor: Bo}, {name: B, day: Tue}]\n": (
        "a group has no key `tutor`",
        "did you mean `leader`?",
    ),
    "      groups: [{name: A, day: Mon, lecturer: Bo}, {name: B, day: Tue}]\n": (
        "a group has no key `lecturer`",
        "did you mean `leader`?",
    ),
    "      groups: [{name: A, day: Mon, start: 9:00, end: 10:50}, {name: B, day: Tue}]\n": (
        "a group has no key `start`",
        TIME,
    ),
    "      groups: [{name: A, day: Mon, kind: Lab, numbered: yes}, {name: B, day: Tue}]\n": (
        "a group has no key `kind`",
        "it is the same for all groups: write it in the entry, beside groups:",
    ),
    "      groups: [{name: A, day: Mon 9:00-10:50}, {name: B, day: Tue}]\n": (
        "`Mon 9:00-10:50` is a day with a time",
        "write Mon; the time has a key of its own, as in time: 9:00-10:50",
    ),
    "      groups: [{name: A, day: Mon, time: Mon 9:00-10:50}, {name: B, day: Tue}]\n": (
        "`Mon 9:00-10:50` is a day with a time",
        "write 9:00-10:50; the day has a key of its own, as in day: Mon",
    ),
    "      day: Friday\n      groups:\n        | Group | Day |\n        |---|---|\n        | A | Fri |\n": (
        "a Markdown table is not a list of entries",
        "write an entry for each row, such as - name: with its text, and below it day:; likewise on 2 more lines",
    ),
}


def check(folder: Path, text: str, case: tuple[str, str]) -> None:
    """Look for exactly one error with this message and this remedy; where it has a fix, the fix leaves none."""
    diagnostics = date_mini(folder, text).diagnostics
    (found,) = (each for each in diagnostics if each.severity == "error")
    assert (found.message, found.help) == case
    assert_remedy_works(reader_of(folder), found)
    if found.fix:
        after = date_mini(folder, apply_fixes([found])["syllabus.yaml"])
        assert [each for each in after.diagnostics if each.severity == "error"] == []


@pytest.mark.parametrize("lines", GROUPS)
def test_groups(lines: str, tmp_path: Path) -> None:
    check(tmp_path, f"{TERM}{LAB}{lines}schedule: [{{topic: TBD, times: 4}}]\n", GROUPS[lines])


TOPICS = {
    "{exam: Midterm, kind: Exam}": ("the title of an exam goes after `topic`", "write topic: Midterm"),
    "{exam: Midterm, date: 2027-02-01}": (
        "the title of an exam goes after `topic`",
        "write topic: Midterm; exam: yes is a key of its own",
    ),
    "{topic: Midterm, final: yes}": ("a topic has no key `final`", "did you mean `exam`?"),
    "{topic: Midterm, test: yes}": ("a topic has no key `test`", "did you mean `exam`?"),
    "{topic: Midterm, date: 2027-02-01, through: 2027-02-05}": (
        "a topic has no key `through`",
        "did you mean `until`?",
    ),
    "{topic: Midterm, undated: yes}": ("a topic has no key `undated`", "a day to be decided is date: TBD"),
    "{topic: Midterm, start: 9:00, end: 10:00}": ("a topic has no key `start`", TIME),
    "{topic: Midterm, from: 2027-02-01, until: 2027-02-05}": (
        "a topic has no key `from`",
        "a window of days has `date` and `until`",
    ),
    "{topic: Midterm, date: 2027-02-01 to 2027-02-05}": (
        "`2027-02-01 to 2027-02-05` is more than one day",
        "give its first and its last day, as in date: 2027-02-01, until: 2027-02-05",
    ),
    "{topic: Midterm, date: 1-5 Feb}": (
        "`1-5 Feb` is more than one day",
        "give its first and its last day, as in date: 2027-02-01, until: 2027-02-05",
    ),
    "{topic: Midterm, date: 2027-02-01 9:00-10:00}": (
        "`2027-02-01 9:00-10:00` is a day with a time",
        "write 2027-02-01; the time has a key of its own, as in time: 9:00-10:00",
    ),
    "{topic: Midterm, date: 2027-02-01, until: 17:00}": (
        "`17:00` is a time without a day",
        "write the day before it, such as 2027-02-15 17:00",
    ),
    "{topic: Midterm, date: 2027-02-01, until: 2027-02-05 17:00 CST}": (
        "a time has no time zone here: it is in that of the course",
        "write 2027-02-05 17:00",
    ),
    **{
        f"{{topic: Midterm, date: {word}}}": (f"`{word}` is not a date", "write TBD; the date can follow later")
        for word in ("unknown", "later", "n/a", "none", "not yet set", "(TBD)", "–", "offen", "à définir", "待定")
    },
}


@pytest.mark.parametrize("topic", TOPICS)
def test_topics(topic: str, tmp_path: Path) -> None:
    schedule = f"schedule: [{topic}, {{topic: Rest, times: 3}}]\n"
    check(tmp_path, f"{TERM}{LECTURE}{schedule}", TOPICS[topic])


OTHERS = {
    "events: [{name: Fair, start: 10:00, end: 12:00, date: 2027-02-05}]\n": ("an event has no key `start`", TIME),
    "events: [{what: Fair, date: 2027-02-05}]\n": ("an event has no key `what`", "did you mean `name`?"),
    "events: [{name: Fair, date: Feb 5-8}]\n": (
        "`Feb 5-8` is more than one day",
        "give its first and its last day, as in from: 2027-02-05, to: 2027-02-08",
    ),
    "events: [{name: Fair, date: TBA}]\n": (
        "`TBA` is not a date",
        "write the date, or leave this out until it is known",
    ),
    "events:\n  Fair: 2027-02-05 to 2027-02-08\n": (
        "an event must be an item of a list, with `Fair` as its `name`",
        "write - {name: Fair, from: 2027-02-05, to: 2027-02-08}",
    ),
    "events:\n  2027-02-05 to 2027-02-08: Fair\n": (
        "an event must be an item of a list, with `2027-02-05 to 2027-02-08` as its `from`",
        "write - {from: 2027-02-05, to: 2027-02-08, name: Fair}",
    ),
    "events:\n  Fair: 2027-02-05 10:00-12:00\n": (
        "an event must be an item of a list, with `Fair` as its `name`",
        "write - {name: Fair, date: 2027-02-05, time: 10:00-12:00}",
    ),
    "office_hours:\n  Ada Lovelace: Monday 14:00-16:00\n": (
        "shared office hours must be an item of a list, with `Ada Lovelace` as its `who`",
        "write - {who: Ada Lovelace, day: Monday, time: 14:00-16:00}",
    ),
    "office_hours: [{day: Monday, staff: Ada Lovelace}]\n": (
        "shared office hours have no key `staff`",
        "did you mean `who`?",
    ),
    "office_hours: [{day: Monday, who: Ada Lovelace, zoom: https://example.zoom.us/j/1}]\n": (
        "shared office hours have no key `zoom`",
        "write the address after place:",
    ),
    "office_hours: [{date: 2027-02-01, day: Monday, who: Ada Lovelace, until: 2027-02-08}]\n": (
        "shared office hours have no key `date`",
        "office hours are the same each week; say in note: what differs",
    ),
    "consultations: [{day: Monday, who: Ada Lovelace}]\n": (
        "syllabus.yaml has no key `consultations`",
        "did you mean `office_hours`?",
    ),
    **{
        f"assignments: [{{title: Sheet, due: 2027-02-12, {key}: 2027-02-10}}]\n": (
            f"an assignment has no key `{key}`",
            "did you mean `was`?",
        )
        for key in ("extended_from", "old_due", "original_due", "previously", "was_due")
    },
    **{
        f"assignments: [{{title: Sheet, due: 2027-02-12, {key}: 2027-02-15}}]\n": (
            f"an assignment has no key `{key}`",
            "did you mean `accepted_until`?",
        )
        for key in ("late", "late_until", "late_deadline", "cutoff", "closes", "grace_period")
    },
    **{
        f"assignments: [{{title: Sheet, due: 2027-02-12, {key}: 2027-02-15}}]\n": (
            f"an assignment has no key `{key}`",
            MOVED,
        )
        for key in ("extended", "extended_to", "extension", "moved_to")
    },
    "assignments: [{title: Quiz, each: meeting, due: start, instead: {knots: {due: 2027-02-01}}}]\n": (
        "this must be a moment such as 2027-02-20 or week 3, not a group of keys",
        "write 2027-02-01, without due:",
    ),
    "assignments: [{title: Quiz, each: meeting, due: start, except: {knots: 2027-02-01}}]\n": (
        "`except` has ids of meetings alone",
        "to move the deadline of a meeting, write instead: in place of except:, as in {big-data: 2027-03-01}",
    ),
}


@pytest.mark.parametrize("lines", OTHERS)
def test_other_parts(lines: str, tmp_path: Path) -> None:
    check(tmp_path, f"{TERM}{LECTURE}{STAFF}{SCHEDULE}{lines}", OTHERS[lines])


READINGS = {
    "collection: Societies": "did you mean `in`?",
    "edited_by: Jack Goody": "did you mean `editors`?",
    "press: Springer": "did you mean `publisher`?",
    "reading_time: 90": "did you mean `minutes`?",
    "chapter: 3": "did you mean `pages`?",
    "pp: 1-52": "did you mean `pages`?",
    "translator: Ann Example": "write it in note:",
    "isbn: 978-3-16": "write it in note:",
}


@pytest.mark.parametrize("field", READINGS)
def test_books(field: str, tmp_path: Path) -> None:
    lists = f"knots: [{{title: Knots, {field}}}]\n"
    (found,) = date_mini(tmp_path, f"{TERM}{LECTURE}{SCHEDULE}", lists).diagnostics
    assert (found.name, found.help) == ("unknown-key", READINGS[field])


def test_an_event_that_is_listed_twice(tmp_path: Path) -> None:
    events = "events: [{name: Fair, date: 2027-02-05}, {name: Fair, date: 2027-02-06}, {name: Fair, date: 5 Feb}]\n"
    assert date_mini(tmp_path, f"{TERM}{LECTURE}{SCHEDULE}{events}").found == [
        "warning[same-name]: the event `Fair` is listed twice"
    ]


def test_a_group_with_its_change_on_one_line(tmp_path: Path) -> None:
    meets = "  meets: {kind: Lab, day: Friday, groups: [{name: A, time: 9:00-10:50}, {name: B, time: 11:00-12:50}]}\n"
    schedule = "schedule:\n  - topic: Knots\n    groups:\n      A: place: L500\n  - {topic: Rest, times: 3}\n"
    check(
        tmp_path,
        f"{TERM}{meets}{schedule}",
        (
            "keys with values on the line of another key belong between `{` and `}`",
            "write A: {place: L500}",
        ),
    )


def test_an_announcement_that_appears_after_its_last_day(tmp_path: Path) -> None:
    text = "---\ntitle: News\nuntil: 2027-02-10\npublish_on: 2027-02-12\n---\n\nText.\n"
    mini = date_mini(tmp_path, f"{TERM}{LECTURE}{SCHEDULE}", files={"content/announcements/2027-02-01-news.md": text})
    assert mini.found == [
        "warning[no-effect]: the home page never shows it: it appears on 2027-02-12, after 2027-02-10"
    ]


def test_a_file_of_a_line_without_its_folder(tmp_path: Path) -> None:
    files = {"assets/goody.pdf": "%PDF-1.4", "readings.yaml": "knots: ['[Literacy](goody.pdf)']\n"}
    write_course(tmp_path, {"syllabus.yaml": f"{TERM}{LECTURE}{SCHEDULE}", **files})
    (found,) = maker_of(tmp_path)({}).found
    assert (found.name, found.help) == ("bad-address", "write assets/goody.pdf")


def test_a_list_that_names_the_meetings_of_moved_deadlines(tmp_path: Path) -> None:
    quiz = "assignments: [{title: Quiz, each: meeting, due: start, instead: [{meeting: knots, due: 2027-02-01}]}]\n"
    mini = date_mini(tmp_path, f"{TERM}{LECTURE}{SCHEDULE}{quiz}")
    assert [each.help for each in mini.diagnostics] == ["write {knots: 2027-02-01}"]
    assert date_mini(tmp_path, apply_fixes(mini.diagnostics)["syllabus.yaml"]).found == []
