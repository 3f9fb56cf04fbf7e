"""The remedy of `same-time`, followed to the letter in generated arrangements of topics: no other date moves."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest

from tests.mini import Mini, date_mini, term

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
PLACES = ((0, 0), (1, 2), (4, 0))
"""Before which lectures the first one is, and before which labs the second."""


def arrange() -> Iterator[tuple[str, str, Entries]]:
    """Yield arrangements: a name, the weekly pattern, and the topics of each list."""
    for (name, pattern), (first, one), (second, other), (at, before), listed in product(
        PATTERNS.items(), FIRST.items(), SECOND.items(), PLACES, ("lists by kind", "one list", "one list, turned")
    ):
        if "groups" in pattern and other["topic"] == "Two" and "time" in other and other["kind"] == "Lab":
            continue  # which group it is for must be said
        lectures = [{"topic": f"L{number}"} for number in range(1, 5)]
        labs = [{"topic": f"B{number}"} for number in range(1, 3)]
        lectures.insert(at, {"kind": "Lecture", **one})
        labs.insert(before, other)
        lists: Entries = {"Lecture": lectures, "Lab": labs}
        if listed != "lists by kind":
            pieces = [[{"kind": kind, **each} for each in topics] for kind, topics in lists.items()]
            lists = {"": sum(pieces if listed == "one list" else pieces[::-1], [])}
        yield f"{name}, {first}, {second}, {at}-{before}, {listed}", pattern, lists


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


def follow(lists: Entries, message: str, help: str) -> Entries | None:
    """Return the topics after the remedy, or None where it has none."""
    match = HELP.fullmatch(help)
    if match is None:
        assert help == "give one of the two another day or time"
        return None
    title = match["dated"] or match["added"] or match["short"] or message.split("`")[1]
    id = match["date"] or match["add"] or match["id"]
    changed: Entries = {}
    for kind, topics in lists.items():
        changed[kind] = []
        for each in topics:
            wanted = each["topic"] == title
            kept = {key: value for key, value in each.items() if not (wanted and match["date"] and key == "date")}
            changed[kind].append(kept | ({"same_day": id} if wanted else {}))
    return changed


@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_remedy_moves_nothing_else(pattern: str, tmp_path: Path) -> None:
    followed = 0
    for name, written, lists in arrange():
        if written != PATTERNS[pattern]:
            continue
        before = build(tmp_path, written, lists)
        for each in before.diagnostics:
            changed = follow(lists, each.message, each.help or "") if each.name == "same-time" else None
            if changed is None:
                continue
            followed += 1
            after = build(tmp_path, written, changed)
            assert show_days(after) == show_days(before), (name, each.help)
            left = Counter(before.found) - Counter([f"warning[same-time]: {each.message}"])
            assert Counter(after.found) <= left, (name, each.help, after.found)
    assert followed > 50
