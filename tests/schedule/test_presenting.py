"""The sign-up board: who holds which role where, what is open, and which rules are broken."""

from __future__ import annotations

from pathlib import Path
from textwrap import indent

import pytest

from tests.mini import Mini, date_mini, lines

HEAD = """
course: Knots
term:
  starts: 2027-01-25
  ends: 2027-02-22
  timezone: Europe/Berlin
  meets: {day: Monday, time: 13:00-16:00}
  breaks: {date: 2027-02-15, name: Carnival}
schedule:
  - {topic: A, id: a, presenters: ONE}
  - {topic: B, id: b, presenters: TWO}
  - {topic: C, id: c, kind: Papers, days: 2}
"""
READINGS = "b: [{title: One}]\n"


def present(folder: Path, rules: str, one: str = "", two: str = "", csv: str | None = None) -> Mini:
    syllabus = HEAD.replace("ONE", one).replace("TWO", two)
    if rules:
        syllabus += "presentations:\n" + indent("\n".join(lines(rules)), "  ") + "\n"
    files = {} if csv is None else {"presenters.csv": csv}
    return date_mini(folder, syllabus, READINGS, files)


def slots(mini: Mini) -> list[str]:
    """Return the board's rows as `MEETING ROLE=NAMES …`."""
    board = mini.dated.board
    assert board is not None
    return [
        " ".join([slot.meeting, *(f"{role or '-'}={'+'.join(names)}" for role, names in slot.held)])
        for slot in board.slots
    ]


ADA_AT_A = "`Ada` presents at `a`, which has no presentation"
EACH = {
    # By default those with required readings, and wherever someone presents.
    "roles: [Lead, Scribe]": ["a Lead=Ada Scribe=", "b Lead= Scribe="],
    "{roles: [Lead], each: meeting}": ["a Lead=Ada", "b Lead=", "c Lead=", "c-2 Lead="],
    "{roles: [Lead], each: Papers}": ["a Lead=Ada", "c Lead=", "c-2 Lead="],
    "{roles: [Lead], each: [b]}": ["a Lead=Ada", "b Lead="],
    "{roles: [Lead, {name: Scribe, note: 'May be asked.'}]}": ["a Lead=Ada Scribe=", "b Lead= Scribe="],
}


@pytest.mark.parametrize("rules", EACH)
def test_the_slots(rules: str, tmp_path: Path) -> None:
    mini = present(tmp_path, rules, "{Lead: Ada}")
    leaves_out = rules in ("{roles: [Lead], each: Papers}", "{roles: [Lead], each: [b]}")
    assert mini.found == [f"warning[no-presentation]: {ADA_AT_A}"] * leaves_out
    assert slots(mini) == EACH[rules]


def test_without_roles_all_are_in_one_column(tmp_path: Path) -> None:
    mini = present(tmp_path, "group: 2-3", "[Ada, Bo]")
    assert mini.found == []
    assert slots(mini) == ["a -=Ada+Bo", "b -="]


def test_a_name_without_a_role_beside_roles(tmp_path: Path) -> None:
    mini = present(tmp_path, "roles: [Lead]", "[Ada]")
    assert slots(mini) == ["a Lead= -=Ada", "b Lead="]


def test_without_rules_the_presenters_are_at_their_meeting(tmp_path: Path) -> None:
    mini = present(tmp_path, "", "{Lead: [Ada, Grace], Anything: [Bo]}")
    assert mini.found == []
    assert [(each.name, each.role) for each in mini.row("a").presenters] == [
        ("Ada", "Lead"),
        ("Grace", "Lead"),
        ("Bo", "Anything"),
    ]
    assert mini.dated.board is not None
    assert mini.dated.board.slots == ()


def test_the_file_adds_to_the_meetings_and_counts_once(tmp_path: Path) -> None:
    csv = "name,meeting,role\nAda,a,Lead\nBo,a,Lead\nCy,c-2,\n"
    mini = present(tmp_path, "{roles: [Lead], presenters: presenters.csv}", "{Lead: Ada}", csv=csv)
    assert mini.found == []
    assert slots(mini) == ["a Lead=Ada+Bo", "b Lead=", "c-2 Lead= -=Cy"]


RULES = {
    "group: 2": ("[Ada, Bo, Cy]", "", ["warning[group-too-large]: 3 students present at `a`; a group has 2"]),
    "group: 2-3": (
        "[Ada, Bo, Cy, Di, Ed]",
        "",
        ["warning[group-too-large]: 5 students present at `a`; a group has 2 to 3"],
    ),
    # One name in two roles is one student.
    "{roles: [X, Y, Z], group: 1 to 2}": ("{X: Ada, Y: Ada, Z: Bo}", "", []),
    "{roles: [X, Y], each_student: {roles: different}}": (
        "{X: Ada}",
        "{X: Ada}",
        ["warning[same-role]: `Ada` is X at `b` and already was at `a`"],
    ),
    "{roles: [X, Y], each_student: {roles: any}}": ("{X: Ada}", "{X: Ada}", []),
    # There is no other role left.
    "{roles: [X], each_student: {roles: different}}": ("{X: Ada}", "{X: Ada}", []),
    "roles: [Lead, Scribe]": ("{Led: Ada}", "", ["error[unknown-role]: no role is called `Led`"]),
    "{roles: [Lead], each: b}": (
        "[Ada]",
        "",
        [f"warning[no-presentation]: {ADA_AT_A}"],
    ),
    "{roles: [X, Y], each: [b]}": (
        "{X: [Ada, Bo], Y: Ada}",
        "Cy",
        ["warning[no-presentation]: 2 students present at `a`, which has no presentation"],
    ),
    "{roles: [Lead], each: meeting}": ("[Ada]", "", []),
    "{each: [b, Exam]}": ("[Ada]", "", ["error[unknown-series]: no meeting has the kind or id `Exam`"]),
    "{roles: [Lead], each: Exam}": ("", "", ["error[unknown-series]: no meeting has the kind or id `Exam`"]),
}


@pytest.mark.parametrize("rules", RULES)
def test_rules(rules: str, tmp_path: Path) -> None:
    one, two, expected = RULES[rules]
    assert present(tmp_path, rules, one, two).found == expected


def test_places_and_remedies(tmp_path: Path) -> None:
    csv = 'name,meeting,role\n"Ada",aa,Lead\nBo,b,Leed\n'
    mini = present(tmp_path, "{roles: [Lead], presenters: presenters.csv}", "{Zzz: Cy}", csv=csv)
    assert [
        (each.name, f"{each.span.file}:{each.span.line}:{each.span.column}", each.span.text, each.help)
        for each in mini.diagnostics
    ] == [
        ("unknown-role", "syllabus.yaml:9:36", "Zzz", "the roles are `Lead`"),
        ("unknown-meeting", "presenters.csv:2:7", "aa", "did you mean `a`?"),
        ("unknown-role", "presenters.csv:3:6", "Leed", "did you mean `Lead`?"),
    ]


def test_who_is_short_of_the_rule(tmp_path: Path) -> None:
    mini = present(
        tmp_path,
        "{roles: [X, Y], each_student: {at_least: 2}}",
        "{X: [Zoe, Ada], Y: [Ada]}",
        "{Y: [Ada, Bo]}",
    )
    assert mini.found == []
    assert mini.dated.board is not None
    assert [(each.name, each.times, each.roles) for each in mini.dated.board.short] == [
        ("Bo", 1, ("Y",)),
        ("Zoe", 1, ("X",)),
    ]


def reported(mini: Mini) -> list[str]:
    """Return what is told of groups."""
    return [
        f"{each.span.line}:{each.span.column}: {each.message}; {each.help}"
        for each in mini.diagnostics
        if "group" in each.name
    ]


def test_a_topic_of_many_meetings_is_reported_once(tmp_path: Path) -> None:
    mini = present(tmp_path, "group: 1-2", "[Ada, Bo, Cy], times: 2")
    assert reported(mini) == [
        "9:45: 3 students present at each of 2 meetings, `a` to `a-2`; a group has 1 to 2; "
        "move one of them to another meeting, or write group: 1-3",
    ]


def test_a_table_is_reported_at_each_meeting(tmp_path: Path) -> None:
    csv = "name,meeting\n" + "".join(f"{name},{meeting}\n" for meeting in "ab" for name in ("Ada", "Bo", "Cy", "Di"))
    mini = present(tmp_path, "{group: 2, presenters: presenters.csv}", csv=csv)
    help = "move 2 of them to another meeting, or write group: 2-4"
    assert reported(mini) == [
        f"5:1: 4 students present at `a`; a group has 2; {help}",
        f"9:1: 4 students present at `b`; a group has 2; {help}",
    ]


def test_presenters_at_meetings_without_a_presentation(tmp_path: Path) -> None:
    csv = "name,meeting,role\nAda,a,\nBo,a,\nCy,c,\nDi,b,\n,c-2,\n"
    mini = present(tmp_path, "{each: [b], presenters: presenters.csv}", "[]", csv=csv)
    assert [(each.span.line, each.span.text, each.help, each.other and each.other[1]) for each in mini.diagnostics] == [
        (2, "a", "choose another meeting, delete the names, or add a to each", "these meetings have presentations"),
        (4, "c", "choose another meeting, delete the name, or add c to each", "these meetings have presentations"),
    ]
