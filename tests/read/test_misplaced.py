"""Files that do nothing where they are: each is a warning that says where it belongs, and nothing else is."""

from __future__ import annotations

from pathlib import Path

import pytest

from courseweek.diagnostics import Diagnostics
from courseweek.files.project import Project
from courseweek.read.course import read_course
from tests.mini import read_mini

TERM = """\
course: Knots
term: {starts: 2027-01-25, ends: 2027-02-08, timezone: America/Los_Angeles, meets: {day: Monday}}
schedule: [{topic: A, id: a}, {topic: B, id: b}, {topic: C, id: c}]
"""
NOTE = "---\nreading: x\n---\nText.\n"
PAGE = "---\ntitle: X\n---\nText.\n"
LIST = "a:\n  - X\n"

# A file beside the two of the course, and the start of the remedy.
ASTRAY = {
    "x.md": (NOTE, "move it to content/notes/x.md"),
    "y.md": ("---\r\nmeeting: a\r\n---\r\nText.\r\n", "move it to content/notes/y.md"),
    "about.md": (PAGE, "move it to content/about.md"),
    "policies.md": ("# Policies\n", "move it to content/policies.md; if it is not a page"),
    "README.markdown": (NOTE, "move it to content/notes/README.md"),
    "x.md.txt": (NOTE, "move it to content/notes/x.md"),
    "x.MD": (NOTE, "move it to content/notes/x.md"),
    "2027-01-26-welcome.md": ("Welcome.\n", "move it to content/announcements/2027-01-26-welcome.md"),
    "notes/x.md": (NOTE, "move it to content/notes/x.md"),
    "Notes/x.md": (NOTE, "move it to content/notes/x.md"),
    "note/x.md": (NOTE, "move it to content/notes/x.md"),
    "announcements/2027-01-26.md": ("Welcome.\n", "move it to content/announcements/2027-01-26.md"),
    "pages/about.md": ("# About\n", "move it to content/about.md"),
    "pages/x.md": (NOTE, "move it to content/notes/x.md"),
    "readings (1).yaml": (LIST, "move what is new in it into readings.yaml, and delete it"),
    "readings(2).yaml": (LIST, "move what is new in it into readings.yaml, and delete it"),
    "readings copy.yaml": (LIST, "move what is new in it into readings.yaml, and delete it"),
    "readings copy 2.yaml": (LIST, "move what is new in it into readings.yaml, and delete it"),
    "readings - Copy.yaml": (LIST, "move what is new in it into readings.yaml, and delete it"),
    "readings - Copy (2).yaml": (LIST, "move what is new in it into readings.yaml, and delete it"),
    "readings.yml": (LIST, "move what is new in it into readings.yaml, and delete it"),
    "Readings.yml": (LIST, "move what is new in it into readings.yaml, and delete it"),
    "reading.yaml": (LIST, "move what is new in it into readings.yaml, and delete it"),
    "readings.yaml.txt": (LIST, "move what is new in it into readings.yaml, and delete it"),
    "readings.txt": (LIST, "move what is new in it into readings.yaml, and delete it"),
    "syllabus.yaml.txt": (TERM, "move what is new in it into syllabus.yaml, and delete it"),
    "syllabus (1).yaml": (TERM, "move what is new in it into syllabus.yaml, and delete it"),
    "presenters.csv": ("name,meeting\nAda,a\n", "if it is the table of presenters, write presentations: {presenters: "),
    "sign-up 2027.csv": ("name,meeting\nAda,a\n", "if it is the table of presenters, write presentations: {presenter"),
    "presenters.xlsx": ("PK", "export it as presenters.csv, and write presentations: {presenters: presenters.csv}"),
    "Content/x.md": ("# X\n", "rename it content"),
    "Assets/x.txt": ("X\n", "rename it assets"),
    "robots.txt": ("User-agent: *\n", "move it to assets/root/"),
    "CNAME": ("knots.example.edu\n", "move it to assets/root/"),
    "favicon.ico": ("icon", "move it to assets/root/"),
    "security.txt": ("Contact: https://example.edu/\n", "move it to assets/root/.well-known/"),
    "content/Notes/x.md": (NOTE, "move it to content/notes/x.md"),
    "content/note/x.md": (NOTE, "move it to content/notes/x.md"),
    "content/x.md": (NOTE, "move it to content/notes/x.md"),
    "content/deep/x.md": ("---\nmeeting: a\n---\nText.\n", "move it to content/notes/deep/x.md"),
    "content/Announcements/2027-01-26-x.md": ("X.\n", "move it to content/announcements/2027-01-26-x.md"),
    "content/announcement/2027-01-26-x.md": ("X.\n", "move it to content/announcements/2027-01-26-x.md"),
    "content/notes/x.MD": (NOTE, "rename it x.md"),
    "content/notes/x.md.txt": (NOTE, "rename it x.md"),
    "content/notes/x.qmd": (NOTE, "rename it x.md"),
    "content/notes/x.txt": (NOTE, "if it is a page, rename it x.md; otherwise put it in assets/"),
    "content/notes/x": (NOTE, "if it is a page, rename it x.md; otherwise put it in assets/"),
    "content/notes/x.ipynb": ("{}", "export it as Markdown, to content/notes/x.md; or put it in assets/"),
    "content/notes/x.docx": ("PK", "write its text as Markdown, in content/notes/x.md; or put it in assets/"),
    "content/notes/x.pdf": ("%PDF-", "put it in assets/"),
    "content/notes/x.markdown": (NOTE, "give it a name that ends in .md"),
}


@pytest.mark.parametrize("name", ASTRAY)
def test_a_file_that_does_nothing_is_reported_where_it_belongs(name: str, tmp_path: Path) -> None:
    text, remedy = ASTRAY[name]
    mini = read_mini(tmp_path, TERM, LIST, {name: text})
    place = name.partition("/")[0] if remedy.startswith("rename it ") and not name.startswith("content") else name
    assert [(each.severity, each.span.file) for each in mini.diagnostics] == [("warning", place)]
    (reported,) = mini.diagnostics
    assert reported.name in ("misplaced", "not-a-page")
    assert (reported.help or "").startswith(remedy)


# What a repository holds besides a course, and what the course names.
AT_HOME = (
    "README.md",
    "readme.md",
    "README.de.md",
    "CONTRIBUTING.md",
    "LICENSE",
    "LICENSE.md",
    "CHANGELOG.md",
    "CODE_OF_CONDUCT.md",
    "AGENTS.md",
    "docs/format.md",
    "docs/notes/x.md",
    "examples/course/readings (1).yaml",
    "tests/x.md",
    "node_modules/notes/x.md",
    ".github/x.md",
    "venv/notes/x.md",
    "_site/x.md",
    "notes/README.md",
    "notes/x.pdf",
    "Makefile",
    "pyproject.toml",
    "requirements.txt",
    "mkdocs.yml",
    "readings-2026.yaml",
    ".readings.yaml.swp",
    "readings.yaml~",
    "x.md~",
    "~$x.md",
    "content/.DS_Store",
    "content/Thumbs.db",
    "content/x.md~",
    "content/~$x.docx",
    "content/Notes/about.md",
    "content/week/x.md",
)


@pytest.mark.parametrize("name", AT_HOME)
def test_what_else_a_repository_holds_is_left_alone(name: str, tmp_path: Path) -> None:
    assert read_mini(tmp_path, TERM, LIST, {name: "Text.\n"}).found == []


def test_a_table_that_is_named_is_at_home(tmp_path: Path) -> None:
    syllabus = TERM + "presentations: {presenters: sign-up.csv}\n"
    table = "name,meeting\nAda,a\n"
    assert read_mini(tmp_path, syllabus, LIST, {"sign-up.csv": table}).found == []
    reported = read_mini(tmp_path, syllabus, LIST, {"presenters.csv": table}).found
    assert reported == ["warning[misplaced]: `presenters.csv` is not read: no key names it"]


def test_a_file_under_another_name_is_to_be_renamed(tmp_path: Path) -> None:
    (reported,) = read_mini(tmp_path, TERM, files={"readings (1).yaml": LIST}).diagnostics
    assert reported.help == "rename it readings.yaml"


@pytest.mark.parametrize(
    "name",
    ["syllabus.yaml.txt", "syllabus.yml.txt", "syllabus.txt", "syllabus.yml", "syllabus (1).yaml", "Syllabus.yaml"],
)
def test_without_a_syllabus_the_file_that_may_be_one_is_named(name: str, tmp_path: Path) -> None:
    mini = read_mini(tmp_path, TERM)
    (tmp_path / "syllabus.yaml").rename(tmp_path / name)
    found = Diagnostics()
    read_course(Project(tmp_path, tmp_path / "_site"), found)
    (reported,) = found
    assert (reported.name, reported.help) == ("missing-file", f"rename {name} to syllabus.yaml")
    assert mini.found == []


def test_of_many_files_of_a_folder_some_are_named(tmp_path: Path) -> None:
    mini = read_mini(tmp_path, TERM, LIST, {f"notes/n{number:02}.md": NOTE for number in range(13)})
    helps = [each.help for each in mini.diagnostics]
    assert len(helps) == 10
    assert helps[-1] == "move it to content/notes/n09.md; likewise with 3 more in this folder"


def test_a_link_at_the_top_is_not_followed(tmp_path: Path) -> None:
    outside = tmp_path.parent / "outside.md"
    outside.write_text(NOTE)
    course = tmp_path / "course"
    course.mkdir()
    (course / "x.md").symlink_to(outside)
    (course / "notes").symlink_to(tmp_path.parent)
    assert read_mini(course, TERM, LIST).found == []


def test_a_folder_with_almost_the_name_of_the_top_is_reported(tmp_path: Path) -> None:
    mini = read_mini(tmp_path, TERM, LIST, {"assets/Root/robots.txt": "User-agent: *\n"})
    assert mini.found == [
        "warning[misplaced]: files of `assets/Root/` don't get to the top of the site",
    ]
    assert [(each.span.file, each.help) for each in mini.diagnostics] == [("assets/Root", "rename it assets/root")]
