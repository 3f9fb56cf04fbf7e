"""Groups as they are read: what is wrong with those of an entry and with what a topic changes, to the letter."""

from __future__ import annotations

from pathlib import Path

import pytest

from courseweek.model.meeting import GroupChange
from courseweek.model.origin import Origin
from tests.mini import Mini, date_mini, term

THURSDAY = "{name: B, day: Thu, time: 14:00-15:00}"
GOOD = f"{{kind: Lab, groups: [{{name: A, day: Fri, time: 9-10}}, {THURSDAY}]}}"
EXAMPLE = "[{name: A, time: 9:00-10:50}, {name: B, time: 11:00-12:50}]"
MISTAKES = {
    f"{{groups: [{{day: Fri, time: 9-10}}, {THURSDAY}]}}": (
        "error[missing-key]: a group needs `name`",
        "write name: and what the group is called, such as A",
    ),
    f"{{groups: [{{name: b, day: Fri}}, {THURSDAY}]}}": (
        "error[same-name]: the group `B` is listed twice",
        "delete or rename one of them",
    ),
    f"{{groups: [{{name: A, time: 9-10}}, {THURSDAY}]}}": (
        "error[missing-key]: the group `A` needs `day`",
        "write day: and a day of the week, such as Friday",
    ),
    f"{{day: Wed, groups: [{{name: A, days: [Tue, Fri]}}, {THURSDAY}]}}": (
        "error[contradiction]: each group has its own `days`, so `day` of the entry applies to none",
        "delete `day` here, or from the groups that meet as it says",
    ),
    f"{{day: Wed, time: 9-10, groups: [{{name: A, time: 8-9}}, {THURSDAY}]}}": (
        "error[contradiction]: each group has its own `time`, so `time` of the entry applies to none",
        "delete `time` here, or from the groups that meet as it says",
    ),
    f"{{day: Fridy, groups: [{{name: A}}, {THURSDAY}]}}": (
        "error[bad-day]: `Fridy` is not a day of the week",
        "did you mean Friday?",
    ),
    "{groups: {A: {day: Fri, time: 9-10}, B: {day: Thu}}}": (
        "error[wrong-shape]: a group must be an item of a list, with `A` as its `name`",
        "write [{name: A, day: Fri, time: 9-10}, {name: B, day: Thu}]",
    ),
    "{groups: {a: {day: Fri}, 2: {day: Thu}}}": (
        "error[wrong-shape]: a group must be an item of a list, with `a` as its `name`",
        "write [{name: a, day: Fri}, {name: 2, day: Thu}]",
    ),
    "{groups: {Tuesday group: Tue, B: Thu}}": (
        "error[wrong-shape]: a group must be an item of a list, with `Tuesday group` as its `name`",
        "write [{name: Tuesday group, day: Tue}, {name: B, day: Thu}]",
    ),
    "{day: Fri, groups: []}": ("error[wrong-shape]: this list has no group", f"write {EXAMPLE}, or delete groups:"),
    "{groups: []}": (
        "error[wrong-shape]: this list has no group",
        "write [{name: A, day: Friday, time: 9:00-10:50}, {name: B, day: Friday, time: 11:00-12:50}], "
        "or delete groups:",
    ),
    "{day: Fri, groups: A}": (
        "error[wrong-shape]: groups must be a list",
        f"write a list such as {EXAMPLE}, or delete groups:",
    ),
    "{day: Fri, groups: [A, B]}": (
        "error[wrong-shape]: a group is written as keys with values",
        "write [{name: A, …}, {name: B, …}]",
    ),
    "{kind: Lab, groups: }": (
        "error[missing-key]: an entry of the weekly pattern needs `day` or `days`",
        "write day: and a day of the week, such as Monday",
    ),
    f"{{groups: [{THURSDAY}]}}": (
        "warning[no-effect]: `B` is the only group, so it needs no `groups`",
        "add the other groups, or write its day, time and place in the entry",
    ),
    f"{{groups: [{{name: A, day: Fri, leader: [Ada, Bo]}}, {THURSDAY}]}}": (
        "error[wrong-shape]: this must be text, not a list",
        'write "Ada, Bo", without brackets or `-`',
    ),
    f"{{groups: [{{name: A, day: Fri, room: L4}}, {THURSDAY}]}}": (
        "error[unknown-key]: a group has no key `room`",
        "did you mean `place`?",
    ),
    f"{{groups: [{{name: A, day: Fri, ta: Bo}}, {THURSDAY}]}}": (
        "error[unknown-key]: a group has no key `ta`",
        "did you mean `leader`?",
    ),
    f"{{day: Fri, sections: [{{name: A}}, {THURSDAY}]}}": (
        "error[unknown-key]: an entry of the weekly pattern has no key `sections`",
        "did you mean `groups`?",
    ),
    "{day: Thu, time: 9-10, place: L4, groups: [{name: A}, {name: B}]}": (
        "warning[same-time]: the groups `A` and `B` have the same day, time and place",
        "change the day, time or place of one",
    ),
    f"{{groups: [{', '.join(['{}'] * 101)}]}}": (
        "error[too-many]: an entry has at most 100 groups",
        "give some of them an entry with another kind",
    ),
}
CHANGES = {
    "groups: [A, B]": (
        "error[wrong-shape]: `groups` of a topic must be names of groups, each with what changes",
        "write the changes by group, such as {A: {place: L500}}",
    ),
    "groups: {A: L500}": (
        "error[wrong-shape]: a change for a group is written as keys with values",
        "its keys are `date`, `time`, `place`; write {place: L500}",
    ),
    "groups: {A: {}}": (
        "error[empty]: nothing changes for the group `A`",
        "write {place: L500}, or delete this",
    ),
    "groups: {A: {place: L1}, a: {place: L2}}": (
        "error[same-name]: the group `a` is listed twice",
        "delete or rename one of them",
    ),
    "groups: {A: {place: L1}, A: {place: L2}}": (
        "error[duplicate-key]: `A` is written twice",
        "put the lines below it under the first one, and delete this line",
    ),
    "times: 2, groups: {A: {date: 2027-01-30}}": (
        "error[contradiction]: a topic that makes several rows can't give a group a date",
        "delete the date of the group, or write a topic for each row",
    ),
    "groups: {A: {leader: Bo}}": (
        "error[unknown-key]: a change for a group has no key `leader`",
        "`leader` is a key of a group; write it under `groups:` of `meets:` of `term:`",
    ),
    "groups: {A:{place: L9}}": (
        "error[missing-space]: a space is missing after `:`",
        "write `: ` where a key ends; a text that contains a `:` needs quotes here",
    ),
    "groups: {C: {place: L9}}": ("error[unknown-group]: no group of `Lab` is called `C`", "the groups are A and B"),
    "kind: Talk, date: 2027-01-27, groups: {A: {place: L9}}": (
        "error[unknown-group]: `X` takes no class with groups",
        "delete groups:, or change the kind or the date of the topic",
    ),
    "groups: {A: {date: 2027-08-01}}": (
        "error[outside-term]: `X` for the group `A` (2027-08-01) is more than five weeks after the term ends "
        "(2027-01-31)",
        "the term runs from 2027-01-25 to 2027-01-31; change the date or the term",
    ),
    "time: 9-10": (
        "error[contradiction]: `X` meets in groups, so `time` must say for which group",
        "write groups: {A: {time: 9-10}}; name each group that changes",
    ),
    "date: 2027-01-29, time: 9-10, place: L9": (
        "error[contradiction]: `X` meets in groups, so `time` and `place` must say for which group",
        "write groups: {A: {time: 9-10, place: L9}} in place of both; name each group that changes",
    ),
    "place: L9, groups: {A: {time: 8-9}}": (
        "error[contradiction]: `X` meets in groups, so `place` must say for which group",
        "move place into groups:; name each group that changes",
    ),
    "date: 2027-01-29, place: L9": (
        "error[contradiction]: `X` meets in groups, so `place` must say for which group",
        "write groups: {A: {place: L9}}; name each group that changes",
    ),
}


def write_labs(meets: str, topics: str) -> str:
    return term(f"starts: 2027-01-25\nends: 2027-01-31\nmeets: {meets}", topics)


def write_change(keys: str) -> str:
    return write_labs(GOOD, f"- {{topic: X, {keys}}}" + ("\n- Saws" if "Talk" in keys else ""))


def date_labs(folder: Path, meets: str, topics: str) -> Mini:
    return date_mini(folder, write_labs(meets, topics))


def found_first(mini: Mini) -> tuple[str, str | None]:
    found = [each for each in mini.diagnostics if each.name != "too-many-topics"]
    assert len(found) == 1, mini.found
    return f"{found[0].severity}[{found[0].name}]: {found[0].message}", found[0].help


@pytest.mark.parametrize("meets", MISTAKES)
def test_mistakes_in_an_entry(meets: str, tmp_path: Path) -> None:
    assert found_first(date_labs(tmp_path, meets, "- Saws")) == MISTAKES[meets]


@pytest.mark.parametrize("keys", CHANGES)
def test_mistakes_in_a_topic(keys: str, tmp_path: Path) -> None:
    assert found_first(date_mini(tmp_path, write_change(keys))) == CHANGES[keys]


def test_an_entry_says_what_holds_for_its_groups(tmp_path: Path) -> None:
    meets = (
        "{kind: Lab, day: Fri, time: 9-10, place: L4, weeks: odd, groups: ["
        "{name: A}, {name: B, day: Thu, leader: Bo}, {name: C, time: 8-9, place: L5, weeks: 1}]}"
    )
    course = date_labs(tmp_path, meets, "- Saws").course
    assert course is not None
    (entry,) = course.syllabus.term.meets
    assert [
        (each.name, each.days, str(each.time and each.time.start), each.place, each.leader) for each in entry.groups
    ] == [
        ("A", (4,), "09:00:00", "L4", None),
        ("B", (3,), "09:00:00", "L4", "Bo"),
        ("C", (4,), "08:00:00", "L5", None),
    ]
    assert [each.weeks is not None and each.weeks.parity for each in entry.groups] == [1, 1, None]
    assert (entry.days, entry.time, entry.place, entry.weeks) == ((3, 4), None, None, None)


def test_a_change_compares_by_what_it_says() -> None:
    origin = Origin.__new__(Origin)
    assert GroupChange("A", origin, place="L4") == GroupChange("A", origin, place="L4")
    assert GroupChange("A", origin).is_of("a")
