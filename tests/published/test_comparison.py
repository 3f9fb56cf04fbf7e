"""What counts as a change, and in which words: a table of stories, each with what an instructor edits."""

from __future__ import annotations

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from courseweek.language.locale import Locale
from courseweek.published.comparison import compare_courses
from courseweek.published.normal_form import Misshapen
from courseweek.published.summary import summarize
from courseweek.published.typos import is_same_title
from courseweek.published.wording import LONGEST_TITLE, say_story
from tests.published.stories import READINGS, SYLLABUS, describe, say, sum_up

LOCKS = "  - Locks\n"
QUIZ = "  - {title: Quiz"
STORIES: dict[str, tuple[str, str, list[str], str]] = {
    "a day without class": (
        "  breaks:\n",
        "  breaks:\n    - {date: 2027-03-15, name: Snow day}\n",
        [
            "class: No class on Mon 15 Mar: Snow day; 6 classes move",
            "  Locks is now on Wed 17 Mar, 10:00 (was Mon 15 Mar, 10:00)",
            "  Field trip is now on Mon 22 Mar, 10:00 (was Wed 17 Mar, 10:00)",
            "  Recovery is now on Wed 24 Mar, 10:00 (was Mon 22 Mar, 10:00)",
            "  Replication is now on Mon 29 Mar, 10:00 (was Wed 24 Mar, 10:00)",
            "  Consensus is now on Wed 31 Mar, 10:00 (was Mon 29 Mar, 10:00)",
            "  Retrospect is now on Mon 5 Apr, 10:00 (was Wed 31 Mar, 10:00)",
            "  Quiz, Locks is now due Wed 17 Mar, 10:00 (was Mon 15 Mar, 10:00)",
            "  Quiz, Field trip is now due Mon 22 Mar, 10:00 (was Wed 17 Mar, 10:00)",
            "  Essay is now due Tue 23 Mar, 23:59 (was Sun 21 Mar, 23:59)",
            "  Quiz, Recovery is now due Wed 24 Mar, 10:00 (was Mon 22 Mar, 10:00)",
            "  Quiz, Replication is now due Mon 29 Mar, 10:00 (was Wed 24 Mar, 10:00)",
            "  Quiz, Consensus is now due Wed 31 Mar, 10:00 (was Mon 29 Mar, 10:00)",
            "  Quiz, Retrospect is now due Mon 5 Apr, 10:00 (was Wed 31 Mar, 10:00)",
        ],
        "1 day loses its class: 15 Mar; 6 meetings move: Locks 15 Mar → 17 Mar, Field trip 17 Mar → 22 Mar, Recovery "
        "22 Mar → 24 Mar and 3 more; 7 deadlines move",
    ),
    "a due date": (
        "due: 2027-03-02",
        "due: 2027-03-04",
        ["deadline: Homework 2 is now due Thu 4 Mar, 23:59 [Tue 2 Mar, 23:59]"],
        "1 deadline moves: Homework 2 2 Mar → 4 Mar",
    ),
    "the hour of a due date": (
        "due: 2027-03-02",
        "due: 2027-03-02 12:00",
        ["deadline: Homework 2 is now due Tue 2 Mar, 12:00 [Tue 2 Mar, 23:59]"],
        "1 deadline moves: Homework 2 2 Mar, 23:59 → 2 Mar, 12:00",
    ),
    "a step": (
        "due: 2027-03-10",
        "due: 2027-03-11",
        ["deadline: Project, Proposal is now due Thu 11 Mar, 23:59 [Wed 10 Mar, 23:59]"],
        "1 deadline moves: Project, Proposal 10 Mar → 11 Mar",
    ),
    "a due date to be decided": (
        "due: 2027-03-02",
        "due: TBD",
        ["deadline: Homework 2 has no date for now [Tue 2 Mar, 23:59]"],
        "1 deadline moves: Homework 2 2 Mar, 23:59 → undecided",
    ),
    "another topic on a day": (
        LOCKS,
        "  - {topic: Latches, id: locks}\n",
        ["class: New topic on Mon 15 Mar, 10:00: Latches [Locks]"],
        "1 title changes: Locks → Latches",
    ),
    "another topic with another id": (
        "  - Replication\n",
        "  - Sharding\n",
        ["class: New topic on Wed 24 Mar, 10:00: Sharding [Replication]"],
        "1 title changes: Replication → Sharding",
    ),
    "a typo, which also changes the id": ("  - Normalization", "  - Normalizattion", [], ""),
    "capital letters": ("  - Field trip", "  - field  Trip", [], ""),
    "a number": (
        "Homework 2,",
        "Homework 3,",
        ["deadline: Homework 2 is now called Homework 3"],
        "1 title changes: Homework 2 → Homework 3",
    ),
    "an id": ("  - Replication\n", "  - {topic: Replication, id: copies}\n", [], ""),
    "two topics that change places": (
        "  - Consensus\n  - Retrospect",
        "  - Retrospect\n  - Consensus",
        [
            "class: Consensus is now on Wed 31 Mar, 10:00 [Mon 29 Mar, 10:00]",
            "  Quiz, Consensus is now due Wed 31 Mar, 10:00 (was Mon 29 Mar, 10:00)",
            "class: Retrospect is now on Mon 29 Mar, 10:00 [Wed 31 Mar, 10:00]",
            "  Quiz, Retrospect is now due Mon 29 Mar, 10:00 (was Wed 31 Mar, 10:00)",
        ],
        "2 meetings move: Consensus 29 Mar → 31 Mar, Retrospect 31 Mar → 29 Mar; 2 deadlines move: Quiz, Consensus "
        "29 Mar → 31 Mar, Quiz, Retrospect 31 Mar → 29 Mar",
    ),
    "a topic that comes": (
        "  - Retrospect\n",
        "  - Sharding\n  - Retrospect\n",
        [
            "class: New: Sharding, Wed 31 Mar, 10:00",
            "class: Retrospect is now on Mon 5 Apr, 10:00 [Wed 31 Mar, 10:00]",
            "  Quiz, Retrospect is now due Mon 5 Apr, 10:00 (was Wed 31 Mar, 10:00)",
        ],
        "1 meeting moves: Retrospect 31 Mar → 5 Apr; 1 deadline moves: Quiz, Retrospect 31 Mar → 5 Apr; 1 new entry: "
        "Sharding",
    ),
    "a topic that goes": (
        "  - Retrospect\n",
        "",
        ["class: New topic on Wed 31 Mar, 10:00: To be announced [Retrospect]"],
        "1 title changes: Retrospect → To be announced",
    ),
    "a day outside of the pattern": (
        "  - Retrospect\n",
        "  - {topic: Retrospect, date: 2027-04-15}\n",
        [
            "class: Retrospect is now on Thu 15 Apr [Wed 31 Mar, 10:00]",
            "  Quiz, Retrospect is now due Thu 15 Apr, 0:00 (was Wed 31 Mar, 10:00)",
        ],
        "1 meeting moves: Retrospect 31 Mar → 15 Apr; 1 deadline moves: Quiz, Retrospect 31 Mar, 10:00 → 15 Apr, 00:00",
    ),
    "a topic to be decided": (
        "  - Retrospect\n",
        "  - {topic: Retrospect, date: TBD}\n",
        [
            "class: Retrospect has no date for now [Wed 31 Mar, 10:00]",
            "  Quiz, Retrospect has no date for now (was Wed 31 Mar, 10:00)",
        ],
        "1 meeting moves: Retrospect 31 Mar → undecided; 1 deadline moves: Quiz, Retrospect 31 Mar, 10:00 → undecided",
    ),
    "a topic of two days": (
        "  - Retrospect\n",
        "  - {topic: Retrospect, times: 2}\n",
        ["class: New topic on Mon 5 Apr, 10:00: Retrospect [To be announced]"],
        "1 title changes: To be announced → Retrospect",
    ),
    "a place": (
        "  - Retrospect\n",
        "  - {topic: Retrospect, place: Aula}\n",
        ["class: New place for Retrospect: Aula [Room 1]"],
        "1 place changes: Retrospect → Aula",
    ),
    "later by a quarter": (
        "  - Retrospect\n",
        "  - {topic: Retrospect, time: 10:15-11:45}\n",
        [
            "class: Retrospect is now on Wed 31 Mar, 10:15 [Wed 31 Mar, 10:00]",
            "  Quiz, Retrospect is now due Wed 31 Mar, 10:15 (was Wed 31 Mar, 10:00)",
        ],
        "1 meeting moves: Retrospect 31 Mar 10:00 → 10:15; 1 deadline moves: Quiz, Retrospect 31 Mar, 10:00 → "
        "31 Mar, 10:15",
    ),
    "longer by a quarter": (
        "  - Retrospect\n",
        "  - {topic: Retrospect, time: 10:00-11:45}\n",
        ["class: Retrospect is now on Wed 31 Mar, 10:00–11:45 [Wed 31 Mar, 10:00–11:30]"],
        "1 meeting moves: Retrospect 31 Mar until 11:30 → 11:45",
    ),
    "materials": (
        "  - Retrospect\n",
        "  - {topic: Retrospect, materials: {Slides: https://example.org/s, Code: https://example.org/c}}\n",
        ["class: New for Retrospect: Slides; Code"],
        "",
    ),
    "a new assignment": (
        QUIZ,
        "  - {title: Lab, due: 2027-03-12}\n" + QUIZ,
        ["deadline: New: Lab, due Fri 12 Mar, 23:59"],
        "1 new entry: Lab",
    ),
    "an assignment that goes": (
        "  - {title: Homework 2, id: hw2, due: 2027-03-02}\n",
        "",
        ["deadline: No longer in the course: Homework 2"],
        "1 entry is gone: Homework 2",
    ),
    "a step that goes": (
        ", {title: Report, due: 2027-04-09}",
        "",
        ["deadline: No longer in the course: Project, Report"],
        "1 entry is gone: Project, Report",
    ),
    "the day of an event": (
        "date: 2027-03-20",
        "date: 2027-03-21",
        ["event: Open day is now on Sun 21 Mar, 9:00 [Sat 20 Mar, 9:00]"],
        "1 event moves: Open day 20 Mar → 21 Mar",
    ),
    "the name and the place of an event": (
        "name: Open day, date: 2027-03-20, time: 9:00-12:00, place: Aula",
        "name: Open house, date: 2027-03-20, time: 9:00-12:00, place: Hall",
        ["event: Open day is now called Open house", "  New place for Open house: Hall (was Aula)"],
        "1 title changes: Open day → Open house; 1 place changes: Open house → Hall",
    ),
    "a new reading": (
        "  optional:\n",
        '  optional:\n    - {title: "CAP, twelve years later"}\n',
        ["reading: New optional reading for Locks: CAP, twelve years later"],
        "1 meeting has other readings: Locks",
    ),
    "a reading that is required now": (
        "  optional:\n",
        "",
        ["reading: Now required reading for Locks: Granularity of locks"],
        "1 meeting has other readings: Locks",
    ),
    "the id and the title of a reading": ("Granularity of locks, id: gray", "Granularity, id: gray-1975", [], ""),
    "readings of two classes": (
        "introduction:\n",
        "relations: [{title: Views}]\nnormalization: [{title: Forms}]\nintroduction:\n",
        [
            "reading: The readings of 2 classes change",
            "  New required reading for Relations: Views",
            "  New required reading for Normalization: Forms",
        ],
        "2 meetings have other readings: Relations, Normalization",
    ),
    "who teaches, and a description": (
        LOCKS,
        "  - {topic: Locks, lecturer: Ada, description: Bring a key.}\n",
        [],
        "",
    ),
}


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return describe(tmp_path_factory.mktemp("before"))


@pytest.mark.parametrize("story", STORIES)
def test_a_story(before: dict[str, Any], tmp_path: Path, story: str) -> None:
    old, new, said, summed = STORIES[story]
    assert (SYLLABUS + READINGS).count(old) == 1
    now = describe(tmp_path, SYLLABUS.replace(old, new), READINGS.replace(old, new))
    assert say(before, now) == said
    assert sum_up(before, now) == summed


def test_nothing_is_different_from_itself(before: dict[str, Any]) -> None:
    assert compare_courses(before, before) == ()


def test_a_day_without_class_is_taken_back(before: dict[str, Any], tmp_path: Path) -> None:
    now = describe(tmp_path, SYLLABUS.replace(*STORIES["a day without class"][:2]))
    assert say(now, before)[:2] == [
        "class: There is class on Mon 15 Mar after all; 6 classes move",
        "  Locks is now on Mon 15 Mar, 10:00 (was Wed 17 Mar, 10:00)",
    ]
    assert sum_up(now, before).startswith("1 day has class again: 15 Mar; 6 meetings move: Locks 17 Mar → 15 Mar, ")


# From the same first day in the same week, a break takes another class day, two in two weeks, or none.
LONGER = {
    "2027-03-10": (
        ["class: No class on Wed 10 Mar: Trip; 8 classes move"],
        "1 day loses its class: 10 Mar; 8 meetings move",
    ),
    "2027-03-15": (
        ["class: No class on Wed 10 Mar: Trip; 8 classes move", "class: No class on Mon 15 Mar: Trip"],
        "2 days lose their classes: 10 Mar, 15 Mar; 8 meetings move",
    ),
    "2027-03-09": ([], ""),
}


@pytest.mark.parametrize("end", LONGER)
def test_a_break_that_gets_longer_says_which_days_lose_their_classes(tmp_path: Path, end: str) -> None:
    def trip(ends: str) -> dict[str, Any]:
        written = f"  breaks:\n    - {{from: 2027-03-08, to: {ends}, name: Trip}}\n"
        return describe(tmp_path / ends, SYLLABUS.replace("  breaks:\n", written))

    short, long = trip("2027-03-08"), trip(end)
    stories, line = LONGER[end]
    assert [each for each in say(short, long) if not each.startswith(" ")] == stories
    assert sum_up(short, long).startswith(line)
    back = [each.replace("No class on", "There is class on").replace(": Trip", " after all") for each in stories]
    assert [each for each in say(long, short) if not each.startswith(" ")] == back


def test_a_class_that_leaves_the_week_of_a_break_is_not_of_the_break(tmp_path: Path) -> None:
    trip = SYLLABUS.replace("  breaks:\n", "  breaks:\n    - {date: 2027-03-08, name: Trip}\n")
    later = trip.replace("[Monday, Wednesday]", "[Monday, Thursday]")
    said = say(describe(tmp_path / "trip", trip), describe(tmp_path / "later", later))
    assert not [each for each in said if "No class" in each]


def test_many_classes_that_change_are_one_story(before: dict[str, Any], tmp_path: Path) -> None:
    now = describe(tmp_path, SYLLABUS.replace("place: Room 1", "place: Room 2"))
    assert say(before, now)[:2] == ["class: 10 classes change", "  New place for Introduction: Room 2 (was Room 1)"]
    (story,) = compare_courses(before, now)
    assert story.ids == tuple(
        each["id"] for each in now["meetings"] if not each["break"] and each["topic"] != "To be announced"
    )


def test_a_topic_that_fills_the_term_is_neither_new_nor_gone(tmp_path: Path) -> None:
    filled = SYLLABUS.replace("assignments:\n", "  - {topic: Review, times: rest}\nassignments:\n")
    filled = filled.replace("except: [introduction]", "except: [introduction, review]")
    before = describe(tmp_path / "before", filled.replace(", except: [introduction, review]", ""))
    shorter = filled.replace("  breaks:\n", "  breaks:\n    - {date: 2027-03-15, name: Snow day}\n")
    now = describe(tmp_path / "now", shorter.replace(", except: [introduction, review]", ""))
    assert say(before, now)[0] == "class: No class on Mon 15 Mar: Snow day; 8 classes move"
    assert not [line for line in say(before, now) if "No longer" in line or "New" in line]


GROUPS = """
course: Circuits
term:
  starts: 2027-03-01
  ends: 2027-03-26
  timezone: Europe/Berlin
  meets:
    - kind: Lab
      groups:
        - {name: A, day: Tuesday, time: 9-11, place: L 1}
        - {name: B, day: Thursday, time: 9-11, place: L 1}
schedule:
  - {topic: Tools, kind: Lab}
  - {topic: Gates, kind: Lab}
"""


def test_groups(tmp_path: Path) -> None:
    before = describe(tmp_path / "before", GROUPS, "")
    moved = GROUPS.replace("day: Thursday, time: 9-11, place: L 1", "day: Friday, time: 9-11, place: L 2")
    assert say(before, describe(tmp_path / "moved", moved, ""))[:2] == [
        "class: Tools, B is now on Fri 5 Mar, 9:00 [Thu 4 Mar, 9:00]",
        "  New place for Tools, B: L 2 (was L 1)",
    ]
    lost = describe(
        tmp_path / "lost", GROUPS.replace("  meets:\n", "  breaks: [{date: 2027-03-04, name: Holiday}]\n  meets:\n"), ""
    )
    assert say(before, lost) == ["class: No class for Tools, B"]
    assert say(lost, before) == ["class: There is class for Tools, B after all"]
    assert sum_up(before, lost) == "1 group has no class: Tools, B"


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("starts", "2028-03-01"),
        ("name", "Spring 2028"),
    ],
)
def test_another_term_is_no_change(before: dict[str, Any], key: str, value: str) -> None:
    now = deepcopy(before)
    now["term"] |= {key: value, "starts": "2028-03-01", "ends": "2028-04-16"}
    now["meetings"] = []
    assert compare_courses(before, now) == ()


def test_a_term_that_begins_a_day_later_is_the_same(before: dict[str, Any]) -> None:
    now = deepcopy(before)
    now["term"]["starts"] = "2027-03-02"
    now["meetings"][0]["place"] = "Aula"
    assert say(before, now) == ["class: New place for Introduction: Aula [Room 1]"]


def test_another_course_is_no_change(before: dict[str, Any]) -> None:
    now = deepcopy(before)
    now["course"] |= {"code": "CS 2", "title": "Networks"}
    now["meetings"] = []
    assert compare_courses(before, now) == ()


@pytest.mark.parametrize("key", ["meetings", "events", "assignments", "deadlines", "readings"])
def test_a_part_that_an_older_file_lacks_is_not_news(before: dict[str, Any], key: str) -> None:
    older = {name: value for name, value in before.items() if name != key}
    assert compare_courses(older, before) == ()
    assert compare_courses(before, older) == ()


SAME = {
    ("Inheritance", "Inheritence"): True,
    ("Normalization", "Normalizattion"): True,
    ("Dynamic programming", "Dynamic programing"): True,
    ("Dynamic programming", "Dynamic progarmming"): True,
    ("Scheduling, part one", "Scheduilng, part one"): True,
    ("scheduling", "Scheduling"): True,
    ("Café culture", "Cafe\u0301 culture"): True,
    ("Part I", "Part II"): False,
    ("Lab 1", "Lab 2"): False,
    ("Experiment1", "Experiment2"): False,
    ("Nitrate", "Nitrite"): False,
    ("symmetric keys", "asymmetric keys"): False,
    ("Scheduling one", "Schedulinga two"): False,
    ("Inheritence mistakes", "Inheritance mistaken"): False,
    ("Transactions", "Transactional"): False,
    ("Locks", "Locks and latches"): False,
    ("", ""): True,
}


@pytest.mark.parametrize("titles", SAME)
def test_a_typo_is_no_other_title(titles: tuple[str, str]) -> None:
    assert is_same_title(*titles) is SAME[titles]
    assert is_same_title(*reversed(titles)) is SAME[titles]


SAID = {
    "en-US": "Homework 2 is now due Thu, Mar 4, 11:59 PM",
    "de": "Homework 2: Abgabe jetzt Do., 4. März, 23:59",
    "fr": "Homework 2 : désormais à rendre jeu. 4 mars, 23:59",
    "es": "Homework 2: entrega ahora jue, 4 mar, 23:59",
    "zh-Hans": "Homework 2：截止时间改为3月4日周四 23:59",
    "fi": "Homework 2 is now due Thu 4 Mar, 23:59",
}


@pytest.mark.parametrize("tag", SAID)
def test_the_language_of_the_course(before: dict[str, Any], tmp_path: Path, tag: str) -> None:
    now = describe(tmp_path, SYLLABUS.replace("due: 2027-03-02", "due: 2027-03-04"))
    (story,) = compare_courses(before, now)
    assert say_story(story, Locale(tag))[0] == SAID[tag]


def test_a_title_in_another_direction_keeps_to_itself(before: dict[str, Any]) -> None:
    now = deepcopy(before)
    now["meetings"][0]["topic"] = "مقدمة"
    assert say(before, now) == ["class: New topic on Mon 1 Mar, 10:00: \u2068مقدمة\u2069 [Introduction]"]
    assert "\u2068Introduction\u2069" in say(before, now, "ar")[0]


HOSTILE = {
    "a\r\nb\x00c": "a b c",
    "\u202egnirts": "gnirts",
    "a\u2028b\u2066c\ufffe": "a b c",
    "</script>]]>&{title}": "</script>]]>&{title}",
    "x" * 10_000: "x" * (LONGEST_TITLE - 1) + "…",
}


@pytest.mark.parametrize("title", HOSTILE)
def test_a_title_is_one_part_of_one_line(before: dict[str, Any], title: str) -> None:
    now = deepcopy(before)
    now["meetings"][0]["place"] = title
    assert say(before, now) == [f"class: New place for Introduction: {HOSTILE[title]} [Room 1]"]


ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from(["2027-03-01", "0001-01-01"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


def places_in(value: object, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return where something is in a value."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for key, each in inner for place in places_in(each, (*path, key)))]


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_any_change_of_the_file_is_compared_or_refused(before: dict[str, Any], data: st.DataObject) -> None:
    now = deepcopy(before)
    places = places_in(before)[1:]
    for _ in range(data.draw(st.integers(1, 4))):
        *way, last = data.draw(st.sampled_from(places))
        holder: Any = now
        try:
            for key in way:
                holder = holder[key]
            holder[last] = data.draw(ANY_JSON | st.sampled_from([holder[last], "2027-03-08", "locks"]))
        except (KeyError, IndexError, TypeError):
            continue
    for one, other in ((before, now), (now, before), (now, now)):
        try:
            stories = compare_courses(one, other)
        except Misshapen:
            continue
        said = [say_story(story, Locale(tag)) for story in stories for tag in ("en", "ar")]
        json.dumps([said, summarize(stories)], ensure_ascii=False).encode("utf-8", "surrogatepass")
        assert one is not other or not stories
