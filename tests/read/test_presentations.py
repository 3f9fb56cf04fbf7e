"""The rules for presenters, and the table of presenters as spreadsheets export it."""

from __future__ import annotations

from pathlib import Path

import pytest

from courseweek.model.presenting import Presentations
from tests.mini import Mini, read_mini, term

HEAD = term("starts: 2027-01-25\nends: 2027-02-01\nmeets: {day: Monday}", "- {topic: A, id: a}\n- {topic: B, id: b}")


def rules(mini: Mini) -> Presentations:
    assert mini.course is not None
    assert mini.course.syllabus.presentations is not None
    return mini.course.syllabus.presentations


def read_csv(folder: Path, data: str | bytes, name: str = "presenters.csv") -> Mini:
    (folder / name).write_bytes(data.encode("utf-8") if isinstance(data, str) else data)
    return read_mini(folder, HEAD + f"presentations: {{presenters: {name}}}\n")


ROWS = [("Ada", "a", "Lead"), ("Grace Hopper", "b", None)]
FILES: dict[str, str | bytes] = {
    "plain": "name,meeting,role\nAda,a,Lead\nGrace Hopper,b,\n",
    "no line end": "name,meeting,role\nAda,a,Lead\nGrace Hopper,b,",
    "crlf": "name,meeting,role\r\nAda,a,Lead\r\nGrace Hopper,b,\r\n",
    "lone cr": "name,meeting,role\rAda,a,Lead\rGrace Hopper,b,\r",
    "semicolons": "name;meeting;role\nAda;a;Lead\nGrace Hopper;b;\n",
    "semicolons after a line of blanks": "\nname;meeting;role\nAda;a;Lead\nGrace Hopper;b;\n",
    "byte order mark": b"\xef\xbb\xbfname,meeting,role\nAda,a,Lead\nGrace Hopper,b,\n",
    "tabs": "name\tmeeting\trole\nAda\ta\tLead\nGrace Hopper\tb\t\n",
    "a line for a spreadsheet": "sep=;\r\nname;meeting;role\r\nAda;a;Lead\r\nGrace Hopper;b;\r\n",
    "a line for a spreadsheet in quotes": '"sep=,"\nname,meeting,role\nAda,a,Lead\nGrace Hopper,b,\n',
    "quoted": '"name","meeting","role"\n"Ada","a","Lead"\n"Grace\nHopper",b,""\n',
    "order and case": "Role, Meeting ,NAME\nLead,a,Ada\n,b,  Grace   Hopper \n",
    "without roles in a row": "name,meeting,role\nAda,a,Lead\nGrace Hopper,b\n",
    "open slots and empty rows": "name,meeting,role\nAda,a,Lead\n,a,Scribe\n\n,,\nGrace Hopper,b,\n",
}


@pytest.mark.parametrize("file", FILES)
def test_a_table(file: str, tmp_path: Path) -> None:
    mini = read_csv(tmp_path, FILES[file])
    assert mini.found == []
    assert [(each.name, each.meeting, each.role) for each in rules(mini).listed if each.name] == ROWS


@pytest.mark.parametrize("file", ["plain", "crlf", "byte order mark", "semicolons"])
def test_places_in_the_table(file: str, tmp_path: Path) -> None:
    first, second = rules(read_csv(tmp_path, FILES[file])).listed
    assert (first.span.line, first.span.column, first.span.text) == (2, 1, "Ada")
    assert first.meeting_span is not None
    assert first.role_span is not None
    assert (first.meeting_span.line, first.meeting_span.column, first.role_span.text) == (2, 5, "Lead")
    assert (second.span.line, second.span.text) == (3, "Grace Hopper")


def test_a_table_without_the_column_of_roles(tmp_path: Path) -> None:
    mini = read_csv(tmp_path, "meeting,name\na,Ada\n")
    assert mini.found == []
    assert [(each.name, each.role) for each in rules(mini).listed] == [("Ada", None)]


@pytest.mark.parametrize("text", ["", "\n\n", "name,meeting,role\n"])
def test_an_empty_table(text: str, tmp_path: Path) -> None:
    mini = read_csv(tmp_path, text)
    assert (mini.found, rules(mini).listed) == ([], ())


WRONG_TABLES = {
    "name,meeting,role\nHopper, Grace,a,Lead\n": "presenters.csv:2:17: error[surplus-cell]: "
    "this row has 4 cells, but the table has 3 columns",
    "name,meeting,Name\nAda,a,Bo\n": "presenters.csv:1:14: error[duplicate-key]: there are two columns `name`",
    "sep=;\nname;meeting;day\n": "presenters.csv:2:14: warning[unknown-key]: the column `day` is ignored",
    "name,role\nAda,Lead\n": "presenters.csv:1:1: error[missing-key]: the table of presenters needs a column `meeting`",
    "student,meeting\nAda,a\n": "presenters.csv:1:1: warning[unknown-key]: the column `student` is ignored",
    "name,meeting,date\nAda,a,1 May\n": "presenters.csv:1:14: warning[unknown-key]: the column `date` is ignored",
    "name,meeting,role\nAda,,Lead\n": "presenters.csv:2:1: error[missing-key]: `Ada` has no meeting",
    'name,meeting,role\n"Ada"x,a,Lead\n': "presenters.csv:2:5: error[malformed]: the text ends at this quote, but "
    "more follows",
    'name,meeting,role\nAda,a,"Lead\n': "presenters.csv:2:7: error[malformed]: a quote in this row is never closed",
}


@pytest.mark.parametrize("text", WRONG_TABLES)
def test_what_is_wrong_with_a_table(text: str, tmp_path: Path) -> None:
    mini = read_csv(tmp_path, text)
    first = next(iter(mini.diagnostics))
    place = f"{first.span.file}:{first.span.line}:{first.span.column}"
    assert f"{place}: {mini.found[0]}" == WRONG_TABLES[text]


WRONG_FILES = {
    "gone.csv": "error[missing-file]: there is no file `gone.csv`",
    "../up.csv": "error[outside]: `../up.csv` is outside the course's folder",
    "/etc/passwd": "error[outside]: `/etc/passwd` is outside the course's folder",
}


@pytest.mark.parametrize("name", WRONG_FILES)
def test_no_such_file(name: str, tmp_path: Path) -> None:
    mini = read_mini(tmp_path, HEAD + f"presentations: {{presenters: {name}}}\n")
    assert mini.found == [WRONG_FILES[name]]
    (found,) = mini.diagnostics
    assert (found.span.file, found.span.text) == ("syllabus.yaml", name)


def test_the_rules(tmp_path: Path) -> None:
    text = """
presentations:
  roles: [Lead, Reviewer, {name: Scribe, note: may be asked to fill in}]
  group: 2-3
  each_student: {at_least: 3, roles: different}
  sign_up: https://example.edu/sheet
  note: Twenty minutes, then *questions*.
"""
    mini = read_mini(tmp_path, HEAD + text)
    assert mini.found == []
    found = rules(mini)
    assert [(role.name, role.note) for role in found.roles] == [
        ("Lead", None),
        ("Reviewer", None),
        ("Scribe", "may be asked to fill in"),
    ]
    assert (found.group, found.at_least, found.different) == ((2, 3), 3, True)
    assert (found.sign_up, found.note) == ("https://example.edu/sheet", "Twenty minutes, then *questions*.")


@pytest.mark.parametrize(("text", "group"), [("2", (2, 2)), ("2-3", (2, 3)), ("1–2", (1, 2)), ("1 to 4", (1, 4))])
def test_the_size_of_a_group(text: str, group: tuple[int, int], tmp_path: Path) -> None:
    assert rules(read_mini(tmp_path, HEAD + f"presentations: {{group: {text}}}\n")).group == group


WRONG_RULES = {
    "group: 3-2": "error[bad-value]: `3-2` is not a group size",
    "group: some": "error[bad-value]: `some` is not a group size",
    "group: 0": "error[bad-value]: `0` is not a group size",
    "each_student: {at_least: often}": "error[bad-value]: `often` is not a number from 1 to 99",
    "each_student: {roles: same}": "error[bad-value]: `same` is not different or any",
    "rolls: [Lead]": "error[unknown-key]: presentations have no key `rolls`",
    "sign_up: sheet": None,
}


@pytest.mark.parametrize("text", WRONG_RULES)
def test_what_is_wrong_with_the_rules(text: str, tmp_path: Path) -> None:
    mini = read_mini(tmp_path, HEAD + f"presentations: {{{text}}}\n")
    assert len(mini.found) == 1
    assert WRONG_RULES[text] in (None, *mini.found)


PRESENTERS = {
    "Ada": [("Ada", None)],
    "[Ada, ' Bo  Li ']": [("Ada", None), ("Bo Li", None)],
    "{Lead: [Ada, Bo], Scribe: Cy, Reviewer: }": [("Ada", "Lead"), ("Bo", "Lead"), ("Cy", "Scribe")],
}


@pytest.mark.parametrize("text", PRESENTERS)
def test_presenters_at_a_meeting(text: str, tmp_path: Path) -> None:
    mini = read_mini(tmp_path, HEAD.replace("id: a}", f"id: a, presenters: {text}}}"))
    assert mini.found == []
    assert mini.course is not None
    found = mini.course.syllabus.topic_lists[0][0].presenters
    assert [(each.name, each.role) for each in found] == PRESENTERS[text]
