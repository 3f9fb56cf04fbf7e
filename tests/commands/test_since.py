"""`--since`, and the line about what is different: what is public, what the output folder has, and neither."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from tests.published.stories import READINGS, SYLLABUS
from tests.sites import ROOT, Ran, read_tree, run_cli, write_course

DAY = "2027-03-05T12:00"
SNOW = ("  breaks:\n", "  breaks:\n    - {date: 2027-03-15, name: Snow day}\n")
MOVES = (
    "1 day loses its class: 15 Mar; 8 meetings move: Locks 15 Mar → 17 Mar, Field trip 17 Mar → 22 Mar, Recovery "
    "22 Mar → 24 Mar and 5 more; 9 deadlines move.\n"
)
WHOLE = SYLLABUS.replace("assignments:\n", "  - {topic: Review, times: rest}\nassignments:\n")
"""The course without open days, of which a warning would speak."""


class Term:
    """A course that is edited, built and published."""

    def __init__(self, folder: Path) -> None:
        """Write the course; nothing is published yet."""
        self.course = write_course(folder / "course", {"syllabus.yaml": WHOLE, "readings.yaml": READINGS})
        self.site, self.public = folder / "site", folder / "public.json"

    def edit(self, old: str, new: str) -> None:
        path = self.course / "syllabus.yaml"
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1
        path.write_text(text.replace(old, new), encoding="utf-8")

    def build(self, *more: str | Path, day: str = DAY, site: Path | None = None) -> Ran:
        """Build the site without `--since`."""
        ran = run_cli("--source", self.course, "--output", site or self.site, "--today", day, *more)
        assert ran.code == 0, ran.err
        return ran

    def publish(self, day: str = DAY, site: Path | None = None) -> Ran:
        """Build the site with what is public, and publish it."""
        ran = self.build("--since", self.public, day=day, site=site)
        self.public.write_bytes(((site or self.site) / "course.json").read_bytes())
        return ran

    def changes(self) -> list[dict[str, Any]]:
        """Return the changes that the site has."""
        return list(json.loads((self.site / "course.json").read_bytes())["changes"])


@pytest.fixture
def term(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Term:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))
    return Term(tmp_path)


def line_of(ran: Ran) -> str:
    """Return what is said after the line that begins with "Built" or "Checked"."""
    return re.sub(r"\A(?:Built|Checked).*\n", "", ran.out)


def test_the_story_of_a_subscriber(term: Term) -> None:
    """A class is canceled, that is taken back, and it is canceled again, all on one day: three entries, all new."""
    term.publish()
    assert term.changes() == []
    for step in (SNOW, SNOW[::-1], SNOW):
        term.edit(*step)
        term.publish()
    third, second, first = term.changes()
    assert [each["text"] for each in (first, second, third)] == [
        "No class on Mon 15 Mar: Snow day; 8 classes move",
        "There is class on Mon 15 Mar after all; 8 classes move",
        "No class on Mon 15 Mar: Snow day; 8 classes move",
    ]
    assert [each["at"] for each in (first, second, third)] == [
        "2027-03-05T11:00:00+00:00",
        "2027-03-05T11:00:01+00:00",
        "2027-03-05T11:00:02+00:00",
    ]
    assert first["id"] == "class-break-2027-03-15-20270305T110000Z"
    assert len({each["id"] for each in (first, second, third)}) == 3
    assert first["ids"][:3] == ["break-2027-03-15", "locks", "field-trip"]
    assert [each["href"] for each in (first, second)] == ["index.html#break-2027-03-15"] * 2
    assert first["details"][0] == "Locks is now on Wed 17 Mar, 10:00 (was Mon 15 Mar, 10:00)"
    term.publish(day="2027-03-04")  # the clock goes back; the changes stay as they are
    assert term.changes() == [third, second, first]
    schema = json.loads((ROOT / "schema" / "course.schema.json").read_text(encoding="utf-8"))
    Draft7Validator(schema).validate(json.loads((term.site / "course.json").read_bytes()))


def test_the_clock_may_be_behind_the_newest_change(term: Term) -> None:
    term.publish()
    term.edit("due: 2027-03-02", "due: 2027-03-12")
    term.publish()
    term.edit("due: 2027-03-12", "due: 2027-03-15")
    term.publish(day="2027-03-01")
    assert [each["at"] for each in term.changes()] == ["2027-03-05T11:00:01+00:00", "2027-03-05T11:00:00+00:00"]


def test_only_what_is_public_makes_news(term: Term) -> None:
    term.build()
    term.edit(*SNOW)
    assert line_of(term.build()) == MOVES
    assert term.changes() == []
    assert line_of(term.build("--strict", day="2027-03-06")) == ""


def test_changes_are_carried_forward_without_what_is_public(term: Term) -> None:
    term.publish()
    term.edit("due: 2027-03-02", "due: 2027-03-12")
    term.publish()
    (change,) = term.changes()
    assert (change["text"], change["was"]) == ("Homework 2 is now due Fri 12 Mar, 23:59", "Tue 2 Mar, 23:59")
    term.edit("due: 2027-03-12", "due: 2027-03-15")
    assert line_of(term.build()) == "1 deadline moves: Homework 2 12 Mar → 15 Mar.\n"
    assert term.changes() == [change]


def test_the_same_inputs_give_the_same_bytes(term: Term, tmp_path: Path) -> None:
    term.publish()
    term.edit(*SNOW)
    for name in ("one", "other"):
        term.build("--since", term.public, site=tmp_path / name)
    assert read_tree(tmp_path / "one") == read_tree(tmp_path / "other")
    term.build("--since", term.public)
    term.publish()
    term.publish()
    assert read_tree(term.site) == read_tree(tmp_path / "one")


def test_a_new_place_has_what_is_public_to_compare_with(term: Term, tmp_path: Path) -> None:
    term.publish()
    term.edit(*SNOW)
    assert line_of(term.build("--since", term.public, site=tmp_path / "new")) == MOVES


def test_a_build_that_changes_nothing_is_recognized(term: Term) -> None:
    unchanged = "; nothing has changed.\n"
    term.publish()
    assert unchanged not in term.publish().out  # there was no such file before
    assert unchanged in term.publish().out
    assert unchanged in term.build("--since", term.public).out
    assert unchanged not in term.build().out
    term.edit(*SNOW)
    assert unchanged not in term.publish().out
    assert unchanged not in term.publish().out  # what is public is another file now
    assert unchanged in term.publish().out


def other(text: str, **changed: Any) -> str:
    """Return the text of a `course.json` with other values in it."""
    content = json.loads(text)
    for key, value in changed.items():
        content[key] = {**content[key], **value}
    return json.dumps(content)


UNUSABLE = {
    "none": (None, "it doesn't exist"),
    "empty": ("", "it is empty"),
    "a page": ("<!doctype html>", "it is damaged"),
    "another file": ("{}", "it is not a course.json"),
    "another version": ('{"version": 1}', "it is of another version"),
    "another course": ({"course": {"code": "CS 2", "title": "Networks"}}, "it is of another course"),
    "another term": ({"term": {"name": "Spring 2026", "starts": "2026-03-01"}}, "it is of another term"),
    "a term that is over": ({"term": {"starts": "2026-03-01", "ends": "2026-04-01"}}, "it is of another term"),
}


@pytest.mark.parametrize("name", UNUSABLE)
def test_a_file_that_is_of_no_use_is_a_line(term: Term, name: str) -> None:
    content, why = UNUSABLE[name]
    plain = term.build("--strict", site=term.site.with_name("plain"))
    text = (term.site.with_name("plain") / "course.json").read_text(encoding="utf-8")
    if content is not None:
        term.public.write_text(content if isinstance(content, str) else other(text, **content), encoding="utf-8")
    for command, outcome in ((), "Built"), (("check",), "Checked"), ((), "nothing has changed"):
        ran = run_cli(
            *command, "--source", term.course, "--output", term.site, "--today", DAY, "--since", term.public, "--strict"
        )
        assert ran.code == plain.code == 0
        assert ran.err == f"--since {term.public} is not used: {why}.\n"
        assert outcome in ran.out
    assert read_tree(term.site) == read_tree(term.site.with_name("plain"))


def test_a_folder_is_not_read(term: Term) -> None:
    assert term.build("--since", term.course).err == f"--since {term.course} is not used: it is not a file.\n"


def test_a_new_term_begins_without_changes(term: Term) -> None:
    term.publish()
    term.edit("due: 2027-03-02", "due: 2027-03-12")
    term.publish()
    assert len(term.changes()) == 1
    text = (term.course / "syllabus.yaml").read_text(encoding="utf-8")
    (term.course / "syllabus.yaml").write_text(text.replace("2027-", "2028-"), encoding="utf-8")
    ran = term.build("--since", term.public, day="2028-03-01")
    assert ran.err.startswith(f"--since {term.public} is not used: it is of another term.\n")
    assert term.changes() == []
    assert line_of(ran) == ""


def test_what_the_output_folder_has_may_be_damaged(term: Term) -> None:
    term.build()
    expected = read_tree(term.site)
    for damage in (b"", b"{", b"[]", b'{"version": 2, "meetings": 1}'):
        (term.site / "course.json").write_bytes(damage)
        ran = term.build()
        assert (ran.err, line_of(ran)) == ("", "")
        assert read_tree(term.site) == expected


def test_a_check_says_what_is_different_and_changes_nothing(term: Term) -> None:
    term.publish()
    before = read_tree(term.site)
    term.edit(*SNOW)
    for more in ((), ("--since", term.public), ("--format", "github")):
        assert line_of(run_cli("check", "--source", term.course, "--output", term.site, "--today", DAY, *more)) == MOVES
    assert json.loads(run_cli("check", "--source", term.course, "--format", "json").out)["diagnostics"] == []
    assert read_tree(term.site) == before


def test_what_is_withheld_is_news_when_it_is_released(term: Term) -> None:
    term.edit("  - Locks\n", "  - {topic: Locks, materials: {Slides: {url: slides.pdf, publish_on: 2027-03-15}}}\n")
    write_course(term.course, {"syllabus.yaml": (term.course / "syllabus.yaml").read_bytes(), "assets/slides.pdf": "a"})
    term.publish()
    term.publish(day="2027-03-14")
    assert term.changes() == []
    ran = term.publish(day="2027-03-15")
    assert line_of(ran) == ""  # that was planned
    (change,) = term.changes()
    assert (change["text"], change["href"]) == ("New for Locks: Slides", "meetings/locks.html")


def test_a_change_of_what_is_gone_leads_nowhere(term: Term) -> None:
    term.publish()
    term.edit("date: 2027-03-20", "date: 2027-03-21")
    term.publish()
    assert term.changes()[0]["href"] == "index.html#event-open-day"
    text = (term.course / "syllabus.yaml").read_text(encoding="utf-8")
    (term.course / "syllabus.yaml").write_text(text.partition("events:")[0], encoding="utf-8")
    term.publish()
    assert [(each["text"], each["href"]) for each in term.changes()] == [
        ("No longer in the course: Open day", ""),
        ("Open day is now on Sun 21 Mar, 9:00", ""),
    ]


def test_a_note_alone_keeps_the_changes(term: Term, tmp_path: Path) -> None:
    note = term.course / "content" / "notes" / "n.md"
    note.parent.mkdir(parents=True)
    note.write_text("---\nmeeting: locks\n---\n\nOne.\n", encoding="utf-8")
    term.publish()
    term.edit("due: 2027-03-02", "due: 2027-03-12")
    term.publish()
    term.build("--since", term.public)
    note.write_text("---\nmeeting: locks\n---\n\nTwo.\n", encoding="utf-8")
    ran = term.build("--since", term.public)
    assert line_of(ran) == ""
    assert len(term.changes()) == 1
    term.build("--since", term.public, site=tmp_path / "clean")
    assert read_tree(term.site) == read_tree(tmp_path / "clean")


def test_the_language_of_the_course_and_that_of_the_command(term: Term) -> None:
    term.edit("title: Databases", "title: Datenbanken, language: de")
    term.publish()
    term.edit(*SNOW)
    assert line_of(term.publish()) == MOVES
    (change,) = term.changes()
    assert change["text"] == "Kein Termin am Mo., 15. März: Snow day; 8 Termine verschieben sich"
    assert change["details"][0] == "Locks: jetzt Mi., 17. März, 10:00 (bisher Mo., 15. März, 10:00)"
