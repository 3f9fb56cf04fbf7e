"""Office hours and the people who hold them: what is read, and what each mistake is said to be."""

from __future__ import annotations

from pathlib import Path

import pytest

from courseweek.diagnostics import Diagnostics
from courseweek.fixes import apply_fixes
from tests.mini import date_mini

TERM = """\
course: {title: Knots}
term: {starts: 2027-01-25, ends: 2027-02-08, timezone: America/Los_Angeles, meets: {day: Monday}}
schedule: [{topic: Knots, id: knots}, {topic: Links, id: links}, {topic: Braids, id: braids}]
"""
STAFF = """\
staff:
  - Ada Lovelace
  - {name: Bo Example, office_hours: [{day: Fri, time: 9:00-10:00}, by appointment]}
  - Cy Example
"""
READ = {
    "{day: Mon, time: 10-11, who: Ada Lovelace}": ["0 10:00 Ada Lovelace"],
    "{days: [Wed, Mon], who: [Cy Example, Ada Lovelace]}": [
        "0 - Cy Example, Ada Lovelace",
        "2 - Cy Example, Ada Lovelace",
    ],
    "[{day: Tue, time: 9-10, who: [Bo Example]}, {day: Tue, time: 8-9, who: [Cy  Example]}]": [
        "1 08:00 Cy Example",
        "1 09:00 Bo Example",
    ],
    "{day: Mon-Wed, days: Fri, time: 2-3 pm, who: [Ada Lovelace, Ada Lovelace]}": [
        "0 14:00 Ada Lovelace",
        "1 14:00 Ada Lovelace",
        "2 14:00 Ada Lovelace",
        "4 14:00 Ada Lovelace",
    ],
}
# What is written under office_hours:, what is said of it, the remedy, and what a fix makes of it.
MISTAKES: dict[str, tuple[str, str | None, str | None]] = {
    "{day: Mon, time: 10-11, who: [Ada Lovelace, Ida]}": (
        "error[unknown-person]: no one in staff: is called `Ida`",
        "add this person to staff:, or name one of `Ada Lovelace`, `Bo Example`, `Cy Example`",
        None,
    ),
    "{day: Mon, time: 10-11, who: Ada}": (
        "error[unknown-person]: no one in staff: is called `Ada`",
        "did you mean `Ada Lovelace`?",
        None,
    ),
    "{day: Mon, time: 10-11, who: ada lovelace}": (
        "error[unknown-person]: no one in staff: is called `ada lovelace`",
        "did you mean `Ada Lovelace`?",
        None,
    ),
    "{day: Mon, time: 10-11, who: Bo Exmaple}": (
        "error[unknown-person]: no one in staff: is called `Bo Exmaple`",
        "did you mean `Bo Example`?",
        None,
    ),
    "{day: Mon, time: 10-11, who: 'Ada Lovelace, Bo Example'}": (
        "error[unknown-person]: no one in staff: is called `Ada Lovelace, Bo Example`",
        "write [Ada Lovelace, Bo Example]",
        "{day: Mon, time: 10-11, who: [Ada Lovelace, Bo Example]}",
    ),
    "{day: Mon, time: 10-11, who: Ada Lovelace and Bo Example}": (
        "error[unknown-person]: no one in staff: is called `Ada Lovelace and Bo Example`",
        "write [Ada Lovelace, Bo Example]",
        "{day: Mon, time: 10-11, who: [Ada Lovelace, Bo Example]}",
    ),
    "{day: Mon, time: 10-11, who: ['Ada Lovelace, Bo Example']}": (
        "error[unknown-person]: no one in staff: is called `Ada Lovelace, Bo Example`",
        "write Ada Lovelace, Bo Example",
        None,
    ),
    "{day: Mon, time: 3:30-2:00, who: Ada Lovelace}": (
        "error[ends-before-start]: it ends (02:00) before it starts (03:30)",
        "write 2:00-3:30",
        None,
    ),
    "{day: Mon, time: 2-3, who: Ada Lovelace}": (
        "warning[doubtful-time]: `2-3` begins at night",
        "write 2:00-3:00 pm; if it is right, write 2:00-3:00 am",
        None,
    ),
    "{day: Mon, time: 10-11}": (
        "error[missing-key]: shared office hours need `who`",
        "write who: and the names of those who hold them, as in staff:",
        None,
    ),
    "{day: Mon, time: 10-11, who: }": (
        "error[missing-key]: `who` of shared office hours is empty",
        "write who: and the names of those who hold them, as in staff:",
        None,
    ),
    "{day: Mon, time: 10-11, who: []}": (
        "error[wrong-shape]: this list has no name",
        "write the names of people in staff:",
        None,
    ),
    "{day: Mon, time: 10-11, who: {Ada Lovelace, Bo Example}}": (
        "error[wrong-shape]: this must be a list of names, not a group of keys",
        "write [Ada Lovelace, Bo Example]",
        "{day: Mon, time: 10-11, who: [Ada Lovelace, Bo Example]}",
    ),
    "{day: Mon, time: 10-11, names: [Ada Lovelace]}": (
        "error[unknown-key]: shared office hours have no key `names`",
        "did you mean `who`?",
        None,
    ),
    "{time: 10-11, who: Ada Lovelace}": (
        "error[missing-key]: shared office hours need `day` or `days`",
        "write day: and a day of the week, such as Monday",
        None,
    ),
    "{day: Mon, from: 10:00, who: Ada Lovelace}": (
        "error[unknown-key]: shared office hours have no key `from`",
        "write time: with both ends, as in 13:00-16:00",
        None,
    ),
    "{Monday: 10-11}": (
        "error[wrong-shape]: shared office hours must be an item of a list, with `Monday` as its `day`",
        "write [{day: Monday, time: 10-11, who: …}]",
        None,
    ),
    "\n  Monday: 10-11\n  Tuesday: 11-12": (
        "error[wrong-shape]: shared office hours must be an item of a list, with `Monday` as its `day`",
        "write - {day: Monday, time: 10-11, who: …}; likewise on 1 more line",
        None,
    ),
    "{Ada Lovelace: {day: Mon, time: 10-11}}": (
        "error[wrong-shape]: shared office hours must be an item of a list, with `Ada Lovelace` as its `who`",
        "write [{who: Ada Lovelace, day: Mon, time: 10-11}]",
        "[{who: Ada Lovelace, day: Mon, time: 10-11}]",
    ),
    "Monday 10-11": (
        "error[wrong-shape]: shared office hours are written as keys with values",
        "its keys are `day`, `days`, `time` …; write {day: Monday, time: 10-11, who: …}",
        None,
    ),
    "[by appointment]": (
        "error[wrong-shape]: shared office hours have a day and names, and `by appointment` is a text",
        "write it as office_hours: under the name of a person in staff:",
        None,
    ),
    "[{day: Mon, time: 9-10, who: Ada Lovelace}, {day: Mon, time: 9:00-10:00, who: [Cy Example, Ada Lovelace]}]": (
        "warning[same-hours]: `Ada Lovelace` has these office hours twice",
        "delete one of them, or change its day or time",
        None,
    ),
    "{days: [Thu, Fri], time: 9-10, who: [Ada Lovelace, Bo Example]}": (
        "warning[same-hours]: `Bo Example` has these office hours twice",
        "delete one of them, or change its day or time",
        None,
    ),
}
OF_A_PERSON: dict[str, tuple[str, str, str | None]] = {
    "pronouns: [she, her]": ("error[wrong-shape]: this must be text, not a list", "write she/her", "pronouns: she/her"),
    "pronouns:\n      - they\n      - them": (
        "error[wrong-shape]: this must be text, not a list",
        "write they/them",
        None,
    ),
    "office_hours: {day: Mon, who: Ada}": (
        "error[unknown-key]: office hours have no key `who`",
        "hours that several people share are under office_hours: of syllabus.yaml, outside of staff:",
        None,
    ),
    "office_hours: {time: 10-11}": (
        "error[missing-key]: office hours need `day` or `days`",
        "write day: and a day of the week, such as Monday",
        None,
    ),
}


@pytest.mark.parametrize("written", READ)
def test_shared_hours(written: str, tmp_path: Path) -> None:
    mini = date_mini(tmp_path, f"{TERM}{STAFF}office_hours: {written}\n")
    assert mini.found == []
    assert mini.course is not None
    shared = mini.course.syllabus.office_hours
    listed = [
        f"{day} {hours.time.start:%H:%M} {', '.join(hours.who)}" if hours.time else f"{day} - {', '.join(hours.who)}"
        for hours in sorted(shared, key=lambda each: str(each.time))
        for day in hours.days
    ]
    assert listed == READ[written]


@pytest.mark.parametrize("written", MISTAKES)
def test_a_mistake_in_shared_hours(written: str, tmp_path: Path) -> None:
    lead = f"{TERM}{STAFF}office_hours: "
    mini = date_mini(tmp_path, f"{lead}{written}\n")
    (found,) = mini.diagnostics
    said, help, fixed = MISTAKES[written]
    assert (mini.found, found.help) == ([said], help)
    check_fix(mini.diagnostics, tmp_path, None if fixed is None else f"{lead}{fixed}\n")


@pytest.mark.parametrize("written", OF_A_PERSON)
def test_a_mistake_about_a_person(written: str, tmp_path: Path) -> None:
    lead = f"{TERM}staff:\n  - name: Ada\n    "
    mini = date_mini(tmp_path, f"{lead}{written}\n")
    (found,) = mini.diagnostics
    said, help, fixed = OF_A_PERSON[written]
    assert (mini.found, found.help) == ([said], help)
    check_fix(mini.diagnostics, tmp_path, None if fixed is None else f"{lead}{fixed}\n")


@pytest.mark.parametrize("place", ["term: {", "course: {"])
def test_shared_hours_under_another_key(place: str, tmp_path: Path) -> None:
    text = TERM.replace(place, f"{place}office_hours: {{day: Mon, who: Ada Lovelace}}, ", 1)
    (found,) = date_mini(tmp_path, f"{text}{STAFF}").diagnostics
    assert found.message == f"the {place[:-3]} has no key `office_hours`"
    assert found.help == "write office_hours: at the start of a line of its own, outside of term: and course:"


def test_hours_without_staff(tmp_path: Path) -> None:
    mini = date_mini(tmp_path, f"{TERM}office_hours: {{day: Mon, time: 9-10, who: Ada}}\n")
    assert mini.found == ["error[unknown-person]: no one in staff: is called `Ada`"]
    assert mini.diagnostics.found[0].help == "add this person to staff:"


@pytest.mark.parametrize("staff", ["{nam: Ada}", "[{name: Ada, email: a}, Bo]", "[Ada"])
def test_who_is_not_looked_for_in_a_staff_that_cannot_be_read(staff: str, tmp_path: Path) -> None:
    mini = date_mini(tmp_path, f"{TERM}office_hours: {{day: Mon, who: Ada}}\nstaff: {staff}\n")
    assert [each.name for each in mini.diagnostics if each.name == "unknown-person"] == []
    assert len(mini.found) == 1


def check_fix(found: Diagnostics, folder: Path, expected: str | None) -> None:
    """Hold the text that a fix makes to what is expected; None where there is no fix."""
    after = apply_fixes(found).get("syllabus.yaml")
    assert after == expected
    assert after is None or date_mini(folder / "fixed", after).found == []
