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


def test_what_is_not_a_page(tmp_path: Path) -> None:
    files = {
        "content/a.md": "",
        "content/b.png": "",
        "content/.hidden": "",
        "content/c.MD": "",
    }
    mini = read_mini(tmp_path, SYLLABUS, files=files)
    assert mini.course is not None
    assert [each.name for each in mini.course.pages] == ["a"]
    assert mini.found == [
        "warning[not-a-page]: `content/b.png` is not a page and is left out",
        "warning[not-a-page]: `content/c.MD` is not a page and is left out",
    ]


# --- Notes ----------------------------------------------------------------------------------------------------


def test_notes_are_no_pages(tmp_path: Path) -> None:
    files = {
        "content/notes/one.md": "---\nreading: lakehouse\nauthor: Ada\n---\n# On *it*\ntext\n",
        "content/notes/deep/two.md": "---\nmeeting: intro\ntitle: Two\ndraft: yes\n---\n",
    }
    mini = read_mini(tmp_path, SYLLABUS, files=files)
    assert mini.found == []
    assert mini.course is not None
    assert mini.course.pages == ()
    assert [
        (note.page.name, note.page.title, note.reading, note.meeting, note.author, note.page.draft)
        for note in mini.course.notes
    ] == [
        ("notes/deep/two", "Two", None, "intro", None, True),
        ("notes/one", "On it", "lakehouse", None, "Ada", False),
    ]


WRONG_NOTES = {
    "---\nreading: a\nmeeting: b\n---\n": "note-of-nothing",
    "---\nreadng: a\n---\n": "unknown-key",
    "---\nreading: a\nnav: no\n---\n": "unknown-key",
}


@pytest.mark.parametrize("text", WRONG_NOTES)
def test_what_is_wrong_with_a_note(text: str, tmp_path: Path) -> None:
    mini = read_mini(tmp_path, SYLLABUS, files={"content/notes/n.md": text})
    (name, *_) = [each.name for each in mini.diagnostics]
    assert name == WRONG_NOTES[text]
    assert {each.span.file for each in mini.diagnostics} == {"content/notes/n.md"}


# --- Announcements --------------------------------------------------------------------------------------------


def test_announcements_are_dated_by_their_names_and_the_newest_is_first(tmp_path: Path) -> None:
    files = {
        "content/announcements/2027-01-20-welcome.md": "# Welcome\n\nHello.\n",
        "content/announcements/2027-02-01.md": "---\npublish_on: 2027-02-01 9:00\n---\nText.\n",
        "content/announcements/2027-01-25-room-change.md": "---\ndraft: yes\n---\nText.\n",
    }
    mini = read_mini(tmp_path, SYLLABUS, files=files)
    assert mini.found == []
    assert mini.course is not None
    assert [
        (each.on.isoformat(), each.page.title, each.page.draft, each.page.publish_at is not None)
        for each in mini.course.announcements
    ] == [
        ("2027-02-01", "2027 02 01", False, True),
        ("2027-01-25", "Room change", True, False),
        ("2027-01-20", "Welcome", False, False),
    ]


WRONG_ANNOUNCEMENTS = {
    "welcome.md": "error[bad-date]: the name of an announcement begins with its date",
    "2027-02-30-x.md": "error[bad-date]: there is no 30 February 2027",
    "2027-2-3-x.md": "error[bad-date]: the name of an announcement begins with its date",
}


@pytest.mark.parametrize("name", WRONG_ANNOUNCEMENTS)
def test_what_is_wrong_with_an_announcement(name: str, tmp_path: Path) -> None:
    mini = read_mini(tmp_path, SYLLABUS, files={f"content/announcements/{name}": "Text.\n"})
    assert mini.found == [WRONG_ANNOUNCEMENTS[name]]
