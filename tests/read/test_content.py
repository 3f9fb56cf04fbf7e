"""Pages of `content/`: front matter, titles, and what is no page."""

from __future__ import annotations

from pathlib import Path

import pytest

from courseweek.model.page import Page
from tests.mini import read_mini, term

SYLLABUS = term("starts: 2027-01-25\nends: 2027-05-10\nmeets: {day: Monday}", zone="Europe/Berlin")


def page(folder: Path, text: str, name: str = "lab-one.md") -> Page:
    mini = read_mini(folder, SYLLABUS)
    path = folder / "content" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())
    mini = read_mini(folder, SYLLABUS)
    assert mini.found == []
    assert mini.course is not None
    (found,) = mini.course.pages
    return found


TITLES = {
    "---\ntitle: 'A: b'\n---\n# Other\ntext": ("A: b", True, "# Other\ntext"),
    "# The *big* `one`\ntext": ("The big one", True, "text"),
    "\n# Heading #\n\ntext": ("Heading", True, "\ntext"),
    "text\n# Later\n": ("Lab one", False, "text\n# Later\n"),
    "---\r\nnav: no\r\n---\r\ntext\r\n": ("Lab one", False, "text\r\n"),
    "---\nnav: no\n...\ntext": ("Lab one", False, "text"),
    "---\n---\ntext": ("Lab one", False, "text"),
    "---\nnav: no\n---": ("Lab one", False, ""),
    "--- no fence\ntext": ("Lab one", False, "--- no fence\ntext"),
    "": ("Lab one", False, ""),
    "\ufeff# BOM\ntext": ("BOM", True, "text"),
}


@pytest.mark.parametrize("text", TITLES)
def test_titles(text: str, tmp_path: Path) -> None:
    found = page(tmp_path, text)
    assert (found.title, found.titled, found.text) == TITLES[text]
    assert found.body.text == found.text


def test_front_matter(tmp_path: Path) -> None:
    text = "---\nlayout: wide\nnav: no\ndraft: yes\npublish_on: Feb 20 at 5 pm\n---\nx"
    found = page(tmp_path, text, "labs/one.md")
    assert (found.name, found.title, found.layout, found.in_nav, found.draft) == (
        "labs/one",
        "One",
        "wide",
        False,
        True,
    )
    assert found.publish_at is not None
    assert found.publish_at.isoformat() == "2027-02-20T17:00:00+01:00"
    assert found.body.line == 7


def test_what_is_no_page(tmp_path: Path) -> None:
    files = {
        "content/a.md": "",
        "content/b.png": "",
        "content/.hidden": "",
        "content/notes/n.md": "",
        "content/c.MD": "",
    }
    mini = read_mini(tmp_path, SYLLABUS, files=files)
    assert mini.course is not None
    assert [each.name for each in mini.course.pages] == ["a"]
    assert mini.found == [
        "warning[not-a-page]: `content/b.png` is no page and is left out",
        "warning[not-a-page]: `content/c.MD` is no page and is left out",
        "warning[not-yet]: `content/notes/` is known, but this version does not show it",
    ]
