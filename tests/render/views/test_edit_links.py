"""Links to the editor of the repository's host: on each page, at each reading list, at each notice."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.sites import read_tree, run_cli, write_course

SYLLABUS = """\
course:
  title: Knots
  {repository}
term:
  starts: 2027-01-25
  ends: 2027-02-08
  timezone: America/Los_Angeles
  meets: {{day: Monday, time: 13:00-16:00}}
schedule: [Introduction, Big data, Hardware]
assignments: [{{title: Homework, due: week 2}}]
"""
READINGS = """\
introduction:
  required: [{title: One}]

big-data:
  optional: [{title: Two}]
"""
FILES = {
    "readings.yaml": READINGS,
    "content/on paper.md": "# Paper\n",
    "content/notes/one.md": "---\nreading: one\n---\nText.\n",
    "content/announcements/2027-01-20-welcome.md": "Hello.\n",
}
TOP = "https://github.com/example/knots/edit/main/"


def links(page: bytes, words: str) -> list[str]:
    return re.findall(rf'<a[^>]* href="([^"]*)">{words}</a>', page.decode("utf-8"))


def build(folder: Path, repository: str, files: dict[str, str] = FILES) -> dict[str, bytes]:
    write_course(folder / "course", {"syllabus.yaml": SYLLABUS.format(repository=repository), **files})
    ran = run_cli("--source", folder / "course", "--output", folder / "site", "--today", "2027-02-01")
    assert ran.code == 0, ran.err
    return read_tree(folder / "site")


@pytest.fixture
def site(tmp_path: Path) -> dict[str, bytes]:
    return build(tmp_path, "repository: https://github.com/example/knots")


def test_each_page_opens_its_source(site: dict[str, bytes]) -> None:
    edited = {name: links(data, "Edit this page") for name, data in site.items() if name.endswith(".html")}
    assert edited == {
        "index.html": [f"{TOP}syllabus.yaml"],
        "readings.html": [f"{TOP}readings.yaml"],
        "calendar.html": [f"{TOP}syllabus.yaml"],
        "suggest.html": [f"{TOP}readings.yaml"],
        "deadlines.html": [f"{TOP}syllabus.yaml"],
        "syllabus.html": [f"{TOP}syllabus.yaml"],
        "announcements.html": [],
        "on paper.html": [f"{TOP}content/on%20paper.md"],
        "notes/one.html": [f"{TOP}content/notes/one.md"],
        "404.html": [],
        "meetings/introduction.html": [f"{TOP}syllabus.yaml#L9"],
        "meetings/big-data.html": [f"{TOP}syllabus.yaml#L9"],
        "meetings/hardware.html": [f"{TOP}syllabus.yaml#L9"],
    }


def test_the_home_page_opens_its_text_where_it_has_one(tmp_path: Path) -> None:
    made = build(tmp_path, "repository: https://github.com/example/knots", {"content/index.md": "Hello.\n"})
    assert links(made["index.html"], "Edit this page") == [f"{TOP}content/index.md"]
    assert links(made["index.html"], "Suggest a reading") == ["suggest.html"]


def test_each_reading_list_leads_to_the_page_for_suggestions(site: dict[str, bytes]) -> None:
    lists = ["suggest.html#introduction", "suggest.html#big-data"]
    assert links(site["readings.html"], "Suggest a reading") == lists
    assert links(site["index.html"], "Suggest a reading") == ["suggest.html", *lists]
    assert links(site["meetings/hardware.html"], "Suggest a reading") == ["../suggest.html#hardware"]


# The pages of a course, and where a reading is suggested: an own page of the name is left alone.
NAMES = {
    "one": ({"content/suggest.md": "# Ours\n"}, ["contribute.html#introduction", "contribute.html#big-data"]),
    "both": (
        {"content/suggest.md": "# Ours\n", "content/contribute.md": "# Ours too\n"},
        [f"{TOP}readings.yaml#L1", f"{TOP}readings.yaml#L4"],
    ),
}


@pytest.mark.parametrize("case", NAMES)
def test_a_page_of_the_course_keeps_its_name(tmp_path: Path, case: str) -> None:
    pages, lists = NAMES[case]
    made = build(tmp_path, "repository: https://github.com/example/knots", {**FILES, **pages})
    assert links(made["readings.html"], "Suggest a reading") == lists
    assert b"Ours" in made["suggest.html"]


HOSTS = {
    "GitHub": (
        "repository: https://github.com/example/knots",
        [f"{TOP}readings.yaml", "https://github.com/example/knots/issues/new?template=reading.yml",
         "https://github.com/example/knots/new/main/content/notes"],
    ),
    "GitLab": (
        "repository: https://gitlab.com/example/knots",
        ["https://gitlab.com/example/knots/-/edit/main/readings.yaml", "https://gitlab.com/example/knots/-/issues/new",
         "https://gitlab.com/example/knots/-/new/main"],
    ),
    "another host": ("repository: https://code.example.edu/knots", ["https://code.example.edu/knots"]),
}  # fmt: skip


@pytest.mark.parametrize("host", HOSTS)
def test_each_host_has_what_it_has_without_a_script(tmp_path: Path, host: str) -> None:
    repository, addresses = HOSTS[host]
    page = build(tmp_path, repository)["suggest.html"].decode("utf-8")
    static = page[page.index('<div class="without-script">') : page.index('<div class="suggesting"')]
    assert re.findall(r'<a href="([^"]*)">', static) == addresses


def test_a_announcement_opens_its_file(site: dict[str, bytes]) -> None:
    assert links(site["announcements.html"], "Edit") == [f"{TOP}content/announcements/2027-01-20-welcome.md"]


def test_without_a_repository_there_is_none(tmp_path: Path) -> None:
    for data in build(tmp_path, "").values():
        assert b"Edit this page" not in data
        assert b"Suggest a reading" not in data
