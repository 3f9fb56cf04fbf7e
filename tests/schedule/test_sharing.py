"""The remedy of `same-time`, followed to the letter in generated arrangements of topics: no other date moves."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest

from tests.mini import Mini, date_mini, term
from tests.sampling import some_slow

Entries = dict[str, list[dict[str, str]]]
PATTERNS = {
    "a class of each kind": "{days: [Mon, Wed], time: 9:00-10:00, kind: Lecture, numbered: yes}, "
    "{day: Wed, time: 9:30-11:00, kind: Lab}",
    "two lectures a day": "{day: Wed, time: 9:00-10:00, kind: Lecture}, {day: Wed, time: 14:00-15:00, kind: Lecture}, "
    "{day: Wed, time: 9:30-11:00, kind: Lab}",
    "labs in groups": "{days: [Mon, Wed], time: 9:00-10:00, kind: Lecture}, {kind: Lab, groups: "
    "[{name: A, day: Tue, time: 9:00-10:00}, {name: B, day: Wed, time: 9:00-10:00}]}",
}
FIRST = {
    "a dated lecture": {"topic": "One", "date": "2027-02-03"},
    "a dated lecture at a time": {"topic": "One", "date": "2027-02-03", "time": "9:00-10:30"},
    "an extra lecture": {"topic": "One", "date": "2027-02-05", "time": "9:00-10:00"},
    "an exam": {"topic": "One", "kind": "Exam", "date": "2027-02-03", "time": "9:00-12:00"},
    "a window": {"topic": "One", "kind": "Exam", "date": "2027-02-03", "time": "9:00-12:00", "until": "2027-02-05"},
    "a lecture at a time": {"topic": "One", "time": "9:15-10:15"},
    "two days": {"topic": "One", "date": "2027-02-03", "time": "9:00-10:30", "days": "2"},
}
SECOND = {
    "a dated lab": {"topic": "Two", "kind": "Lab", "date": "2027-02-03"},
    "a dated lab at a time": {"topic": "Two", "kind": "Lab", "date": "2027-02-03", "time": "9:30-10:30"},
    "an extra lab": {"topic": "Two", "kind": "Lab", "date": "2027-02-05", "time": "9:30-10:30"},
    "a dated lecture": {"topic": "Two", "kind": "Lecture", "date": "2027-02-03"},
    "a lecture at a time": {"topic": "Two", "kind": "Lecture", "time": "9:30-10:30"},
    "an extra meeting": {"topic": "Two", "kind": "Review", "date": "2027-02-03"},
    "a lab": {"topic": "Two", "kind": "Lab"},
}
PLACES = ((0, 0), (3, 1))
"""Before which lectures the first one is, and before which labs the second."""


def arrange(pattern: str) -> Iterator[tuple[str, Entries]]:
    """Yield arrangements of two topics among others: a name, and the topics of each list."""
    for (first, one), (second, other), (at, before), listed in product(
        FIRST.items(), SECOND.items(), PLACES, ("lists by kind", "one list", "one list, turned")
    ):
        if "groups" in PATTERNS[pattern] and other["kind"] == "Lab" and "time" in other:
            continue  # which group it is for must be said
        lectures = [{"topic": f"L{number}"} for number in range(1, 5)]
        labs = [{"topic": f"B{number}"} for number in range(1, 3)]
        lectures.insert(at, {"kind": "Lecture", **one})
        labs.insert(before, other)
        lists: Entries = {"Lecture": lectures, "Lab": labs}
        if listed != "lists by kind":
            kinds = ("Lecture", "Lab") if listed == "one list" else ("Lab", "Lecture")
            lists = {"": [{"kind": kind, **each} for kind in kinds for each in lists[kind]]}
        yield f"{pattern}, {first}, {second}, {at}-{before}, {listed}", lists


def write_topic(topic: dict[str, str]) -> str:
    pairs = ", ".join(f"{key}: {value}" for key, value in topic.items())
    return f"{{{pairs}}}" if len(topic) > 1 else topic["topic"]


def build(folder: Path, pattern: str, lists: Entries) -> Mini:
    def write(topics: list[dict[str, str]]) -> str:
        return "\n".join(f"- {write_topic(each)}" for each in topics)

    schedule = "\n".join(f"{kind}:\n{write(topics)}" if kind else write(topics) for kind, topics in lists.items())
    return date_mini(folder, term(f"starts: 2027-01-25\nends: 2027-02-12\nmeets: [{pattern}]", schedule))


def show_days(mini: Mini) -> list[tuple[str, str]]:
    return sorted((row.topic, str(row.on)) for row in mini.dated.meetings)


HELP = re.compile(
    r"if they share a class, (?:"
    r"write same_day: (?P<date>\S+) in place of (?:date:|the date of `(?P<dated>\w+)`)"
    r"|add same_day: (?P<add>\S+?)(?: to `(?P<added>\w+)`)?"
    r"|write {topic: (?P<short>\w+), same_day: (?P<id>\S+)}(?: in place of `\w+`)?"
    r"); otherwise give one of the two another day or time"
)


def follow(lists: Entries, message: str, help: str) -> tuple[str, Entries] | None:
    """Return the form of the remedy and the topics after it, or None where there is none."""
    match = HELP.fullmatch(help)
    if match is None:
        assert help == "give one of the two another day or time"
        return None
    form = next(key for key in ("date", "add", "id") if match[key])
    title = match["dated"] or match["added"] or match["short"] or message.split("`")[1]
    changed = {kind: [dict(each) for each in topics] for kind, topics in lists.items()}
    topic = next(each for topics in changed.values() for each in topics if each["topic"] == title)
    topic["same_day"] = match[form]
    if form == "date":
        del topic["date"]
    return form, changed


@pytest.mark.parametrize("pattern", some_slow(PATTERNS, 3))
def test_a_remedy_moves_nothing_else(pattern: str, tmp_path: Path) -> None:
    forms: Counter[str] = Counter()
    for name, lists in arrange(pattern):
        before = build(tmp_path, PATTERNS[pattern], lists)
        for each in before.diagnostics:
            followed = follow(lists, each.message, each.help or "") if each.name == "same-time" else None
            if followed is None:
                continue
            form, changed = followed
            forms[form] += 1
            after = build(tmp_path, PATTERNS[pattern], changed)
            assert show_days(after) == show_days(before), (name, each.help)
            left = Counter(before.found) - Counter([f"warning[same-time]: {each.message}"])
            assert Counter(after.found) <= left, (name, each.help, after.found)
    assert forms.keys() == {"date", "add", "id"}
    assert sum(forms.values()) > 100


@pytest.mark.parametrize(
    "topic",
    [
        "{topic: Exam prep, kind: Exam prep, date: 2027-01-26}",  # its kind is not in the pattern
        "{topic: With the lab, kind: Discussion, same_day: saws}",
    ],
)
def test_another_kind_without_a_time_does_not_take_the_only_class(topic: str, tmp_path: Path) -> None:
    entries = (
        "course: Knots\nterm:\n  starts: 2027-01-25\n  ends: 2027-02-05\n  timezone: UTC\n  meets:\n"
        "    - {day: Tue, time: 9-10, kind: Lecture}\n"
        "    - {kind: Lab, groups: [{name: A, day: Tue, time: 13-14}, {name: B, day: Tue, time: 14-15}]}\n"
        "    - {day: Wed, time: 10-11, kind: Discussion}\n"
    )
    lists = "schedule:\n  Lecture: [{topic: One, date: 2027-01-26}, Two]\n  Lab: [{topic: Saws, id: saws}, Files]\n"
    mini = date_mini(tmp_path, f"{entries}{lists}  Discussion: [{topic}, {{topic: TBD, times: rest}}]\n")
    assert [each.name for each in mini.diagnostics] == []
