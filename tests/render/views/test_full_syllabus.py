"""`syllabus.html`: the whole course as one document, the same on every day."""

from __future__ import annotations

import json
import re
from datetime import datetime, timedelta
from pathlib import Path
from textwrap import dedent

import pytest

from courseweek.checks.output.readback import read_back
from courseweek.diagnostics import Diagnostics
from courseweek.files.project import Project
from courseweek.pipeline import make_site
from tests.conftest import BuildSite
from tests.sites import COURSES, ROOT, make_in_memory, write_course

NOW = datetime(2027, 3, 1, 12)
COURSE = """\
    course: {title: Knots, code: KC 8}
    term:
      starts: 2027-02-22
      ends: 2027-03-01
      timezone: America/New_York
      meets: [{day: Monday, time: 9:00-10:00}]
    schedule: [{topic: One, id: one}, {topic: Two, id: two}]
    site: {syllabus: [rules, labs/first.md]}
    """
PAGES = {
    "content/index.md": """\
        ## How

        See [how](#how), [one](#one), [today](#today), [rules](rules.md#late).[^1]

        [^1]: A.
        """,
    "content/rules.md": "# The *rules*\n\n## Late\n\nBack to [late](#late).[^1]\n\n[^1]: B.\n\n[[grading]]\n\n## How\n",
    "content/labs/first.md": """\
        ---
        title: Lab
        ---
        # One

        ## Late

        [home](../index.md), [rules](../rules.md), [up](#late)
        """,
    "readings.yaml": """\
        one:
          required: [{id: book, title: A book, authors: [Ann Lee, Bo Li, Cy Fox], url: "https://example.org/book"}]
          optional: ["[Line](https://example.org/line) by Di"]
        two: {optional: [{reuse: book, pages: 1-5}]}
        """,
}


def show(folder: Path, files: dict[str, str], now: datetime = NOW) -> str:
    site = make_in_memory(write_course(folder, {name: dedent(text) for name, text in files.items()}), now)
    page = site.artifacts["syllabus.html"]
    assert isinstance(page, bytes)
    return page.decode("utf-8")


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> str:
    return show(tmp_path_factory.mktemp("course"), {"syllabus.yaml": COURSE, **PAGES})


def headings(page: str) -> list[str]:
    found = re.findall(r"<h([1-6])[^>]*>(.*?)</h", page)
    return [f"{level} {re.sub('<.*?>', '', words)}" for level, words in found]


def test_its_parts_are_in_order_with_the_texts_of_pages_below_their_titles(page: str) -> None:
    assert headings(page) == [
        "1 Knots",
        "2 Every week",
        "2 How",
        "2 Reading by week",
        "2 Schedule",
        "3 Week 1",
        "4 Mon 22 Feb One",
        "3 Week 2",
        "4 Mon 1 Mar Two",
        "2 The rules",
        "3 Late",
        "3 How",
        "2 Lab",
        "3 One",
        "4 Late",
    ]
    assert '<p class="headline">KC 8 · ' in page


def test_a_link_leads_to_a_place_of_its_text_or_to_the_page_that_has_it(page: str) -> None:
    links = re.findall(r'<a href="([^"]*)">(how|one|today|rules|late|home|up)</a>', page)
    assert [f"{words} {link}" for link, words in links] == [
        "how #page.text-0.how",
        "one index.html#one",
        "today index.html#today",
        "rules rules.html#late",
        "late #page.text-1.late",
        "home index.html",
        "rules rules.html",
        "up #page.text-2.late",
    ]
    ids = read_back(page.encode()).ids
    assert len(ids) == len(set(ids))
    assert {"page.text-0.fn:1", "page.text-1.fn:1"} <= set(ids)


def test_each_reading_is_there_in_full_and_its_address_is_shown_once(page: str) -> None:
    assert page.count("Ann Lee, Bo Li, Cy Fox") == 2
    assert page.count(">https://example.org/book<") == 1
    assert "pp. 1–5" in page
    assert '<a href="https://example.org/line">Line</a> by Di' in page
    assert "<details" not in page


@pytest.mark.parametrize("name", ["whole", "everything", "labs", "recess"])
def test_it_is_the_same_on_every_day(build_site: BuildSite, name: str) -> None:
    course = ROOT if name == "whole" else COURSES / name
    starts = json.loads((build_site(course) / "course.json").read_text(encoding="utf-8"))["term"]["starts"]
    first = datetime.fromisoformat(starts) + timedelta(days=120)  # when all is published
    made = [make_in_memory(course, first + timedelta(days=day)) for day in (0, 3, 400)]
    for path in ("syllabus.html", "syllabus.md"):
        assert len({site.artifacts[path] for site in made}) == 1
    assert b"today" not in made[0].artifacts["syllabus.html"]  # type: ignore[operator]


def test_nothing_of_notes_and_announcements_is_in_it(build_site: BuildSite) -> None:
    page = (build_site(COURSES / "everything") / "syllabus.html").read_text(encoding="utf-8")
    assert "notes/" not in page
    assert "announce" not in page.partition("<main")[2]


def report(folder: Path, names: str, files: dict[str, str] | None = None) -> list[str]:
    syllabus = COURSE.replace("[rules, labs/first.md]", names)
    course = write_course(folder, {"syllabus.yaml": dedent(syllabus), **(files or PAGES)})
    found = Diagnostics()
    make_site(Project(course, course / "_site"), NOW, found)
    return [f"{each.span.line}:{each.span.column} {each.name}: {each.message}; {each.help}" for each in found]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ("[rules, rules.html, index, labs/first]", []),
        ("[ruels]", ["8:19 unknown-page: there is no page `content/ruels.md`; did you mean `rules`?"]),
        ("[policies.md]", ["8:19 unknown-page: there is no page `content/policies.md`; add the file, or fix the name"]),
        ("rules", []),
    ],
)
def test_the_names_of_pages(tmp_path: Path, names: str, expected: list[str]) -> None:
    files = {name: dedent(text) for name, text in PAGES.items()}
    assert report(tmp_path, names, files) == expected


def test_a_page_of_later_may_be_named(tmp_path: Path) -> None:
    files = {name: dedent(text) for name, text in PAGES.items()}
    files["content/labs/first.md"] = "---\npublish_on: 2027-03-05\n---\nLater.\n"
    assert report(tmp_path, "[labs/first]", files) == []


def test_a_file_that_takes_its_name_is_an_error(tmp_path: Path) -> None:
    files = {name: dedent(text) for name, text in PAGES.items()}
    assert report(tmp_path, "[]", {**files, "assets/root/syllabus.md": "x"}) == [
        "1:1 same-path: this file becomes syllabus.md, but the site already has syllabus.md; rename or delete the file"
    ]


def test_the_navigation_can_name_it(tmp_path: Path) -> None:
    files = {"syllabus.yaml": COURSE.replace("site: {", "site: {nav: [schedule, syllabus], "), **PAGES}
    assert '<li><a href="syllabus.html" aria-current="page">Syllabus</a></li>' in show(tmp_path, files)
