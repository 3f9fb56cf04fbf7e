"""Links to places on pages: those that are there, and what is said of the others."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.reported import SYLLABUS, report, show

FILES = {
    "readings.yaml": "intro: [{title: Lakehouse, id: lakehouse, url: 'https://example.org/l'}]\n",
    "content/projects.md": "# Projects\n\n## Ideas\n\n## Für Ältere\n\nText[^1].\n\n[^1]: A note.\n",
    "content/later.md": "---\ndraft: yes\n---\nText.\n",
    "assets/a.pdf": "x",
}

DEAD = {
    "[x](projects.html#idea)": (
        "[projects.html#idea] error[dead-anchor]: `projects.html#idea` leads nowhere: projects.html has no such place",
        "did you mean `projects.html#ideas`?",
    ),
    "[x](projects.md#idea)": (
        "[projects.md#idea] error[dead-anchor]: `projects.html#idea` leads nowhere: projects.html has no such place",
        "did you mean `projects.html#ideas`?",
    ),
    "## Own\n\n[x](#owm)": (
        "[#owm] error[dead-anchor]: `#owm` leads nowhere: page.html has no such place",
        "did you mean `#own`?",
    ),
    "[x](index.html#week-19)": (
        "[index.html#week-19] error[dead-anchor]: `index.html#week-19` leads nowhere: index.html has no such place",
        "the weeks run from week-1 to week-15",
    ),
    "[x](readings.html#lakehouse)": (
        "[readings.html#lakehouse] error[dead-anchor]: `readings.html#lakehouse` leads nowhere: readings.html has "
        "no such place",
        "did you mean `readings.html#reading-lakehouse`?",
    ),
    "[x](#bends)": (
        "[#bends] error[dead-anchor]: `#bends` leads nowhere: page.html has no such place",
        "did you mean `index.html#bends`?",
    ),
    "[x](#hw1)": (
        "[#hw1] error[dead-anchor]: `#hw1` leads nowhere: page.html has no such place",
        "did you mean `deadlines.html#assignment-hw1`?",
    ),
    '<a href="projects.html#zzzzzz">x</a>': (
        "[projects.html#zzzzzz] error[dead-anchor]: `projects.html#zzzzzz` leads nowhere: projects.html has no such "
        "place",
        "after `#`, write the id of a meeting, or a heading in lowercase with `-` between words",
    ),
}


@pytest.mark.parametrize("text", DEAD)
def test_a_link_to_no_place(text: str, tmp_path: Path) -> None:
    (found,) = report(tmp_path, {**FILES, "content/page.md": text})
    reported, help = DEAD[text]
    assert show(found).partition(" ")[2] == reported
    assert found.help == help


ALIVE = """\
## Own

[a](#own) [b](projects.html#ideas) [c](projects.md#für-ältere) [d](projects.html#f%C3%BCr-%C3%A4ltere) [e](#top) [f](#)
[g](index.html#week-15) [h](index.html#intro) [i](readings.html#reading-lakehouse) [j](deadlines.html#assignment-hw1)
[k](later.html#no-such) [l](https://example.org/#no-such) [m](assets/a.pdf#page=3) [n](projects.html#ideas:~:text=x)
[o](index.html#today) [p](course.json#no-such)
"""


def test_links_to_places_that_are_there(tmp_path: Path) -> None:
    found = report(tmp_path, {**FILES, "content/page.md": ALIVE})
    assert [each.name for each in found] == ["withheld-page"]


def test_the_same_of_the_texts_of_the_yaml_files(tmp_path: Path) -> None:
    syllabus = (
        SYLLABUS + "late_policy: See [x](projects.md#idea), [y](projects.md#ideas), [z](#week-3) and [w](#week-0).\n"
    )
    readings = FILES["readings.yaml"] + "bends: [{title: B, note: '[x](index.html#benss) [y](#bends)'}]\n"
    found = report(tmp_path, {**FILES, "readings.yaml": readings}, syllabus)
    assert [show(each) for each in found] == [
        "readings.yaml:2:31 [index.html#benss] error[dead-anchor]: `index.html#benss` leads nowhere: index.html has "
        "no such place",
        "syllabus.yaml:25:22 [projects.md#idea] error[dead-anchor]: "
        "`projects.md#idea` leads nowhere: projects.html has no such place",
        "syllabus.yaml:25:86 [#week-0] error[dead-anchor]: `#week-0` leads nowhere: index.html has no such place",
    ]


def test_a_place_in_a_announcement(tmp_path: Path) -> None:
    announcement = "## Rooms\n\n[x](#rooms) [y](#roams)\n"
    found = report(tmp_path, {"content/announcements/2027-01-20-a.md": announcement})
    assert [show(each) for each in found] == [
        "content/announcements/2027-01-20-a.md:3:17 [#roams] error[dead-anchor]: "
        "`#roams` leads nowhere: announcements.html has no such place"
    ]


# A mistake, what it is in the file, and the only error that is reported of it, whatever links to what it takes away.
LOST = {
    "a topic without a day": ("times: 11", "times: 12", "too-many-topics"),
    "a topic whose day is wrong": ("id: intro,", "id: intro, date: 2027-02-31,", "bad-date"),
    "a topic that can't be read": ("id: intro,", "id: intro, time: soon,", "bad-time"),
    "an assignment that can't be read": ("due: 2027-02-12", "due: 2027-02-31", "bad-date"),
}
LINKS = """\
[a](index.html#intro) [b](readings.html#reading-lakehouse) [c](index.html#last) [d](deadlines.html#assignment-hw1)
[e](index.html#bends-2)
"""


@pytest.mark.parametrize("name", LOST)
def test_a_link_to_what_an_error_took_away_is_not_another_error(name: str, tmp_path: Path) -> None:
    old, new, error = LOST[name]
    syllabus = SYLLABUS.replace("{topic: TBD, times: 12}", "{topic: TBD, times: 11}\n  - {topic: Last, id: last}")
    syllabus = syllabus.replace("85 hours before tbd-3", "2027-03-01").replace(old, new)
    found = report(tmp_path, {**FILES, "content/page.md": LINKS}, syllabus)
    assert [each.name for each in found if each.severity == "error"] == [error]
