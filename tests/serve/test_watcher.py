"""No edit is lost: however an editor writes, whenever it does, and however many files change at once."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from courseweek.serve import watcher as watching
from courseweek.serve.watcher import YOUNG_LOOKS, Watcher, look_at
from tests.sites import write_course

FILES = {"readings.yaml": "", "content/a.md": "one", "layouts/page.html": "", "assets/x.css": "", "notes.txt": ""}


def watch(folder: Path) -> Watcher:
    course = write_course(folder / "course", FILES)
    return Watcher(course, write_course(folder / "theme", {"layouts/base.html": "", "assets/theme/style.css": ""}))


def names(changed: frozenset[Path], folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in changed)


def by_rename(course: Path) -> None:
    (course / "content" / ".a.md.swp").write_text("kept by the editor", encoding="utf-8")
    beside = course / "content" / ".a.md.new"
    beside.write_text("two", encoding="utf-8")
    beside.replace(course / "content" / "a.md")


def by_moving_aside(course: Path) -> None:
    page = course / "content" / "a.md"
    page.rename(course / "content" / "a.md~")
    page.write_text("two", encoding="utf-8")


def a_new_folder(course: Path) -> None:
    (course / "content" / "labs" / "deep").mkdir(parents=True)
    (course / "content" / "labs" / "deep" / "one.md").write_text("x", encoding="utf-8")


EDITS: dict[str, tuple[Callable[[Path], object], list[str]]] = {
    "in place": (lambda course: (course / "content/a.md").write_text("two", encoding="utf-8"), ["content/a.md"]),
    "by rename": (by_rename, ["content/a.md"]),
    "moved aside": (by_moving_aside, ["content/a.md"]),
    "a new folder": (a_new_folder, ["content/labs/deep/one.md"]),
    "deleted": (lambda course: (course / "content/a.md").unlink(), ["content/a.md"]),
    "renamed": (
        lambda course: (course / "content/a.md").rename(course / "content/b.md"),
        ["content/a.md", "content/b.md"],
    ),
    "a layout": (
        lambda course: (course / "layouts/page.html").write_text("x", encoding="utf-8"),
        ["layouts/page.html"],
    ),
    "an asset": (lambda course: (course / "assets/x.css").write_text("x", encoding="utf-8"), ["assets/x.css"]),
    "the syllabus": (lambda course: (course / "syllabus.yaml").write_text("", encoding="utf-8"), ["syllabus.yaml"]),
}


@pytest.mark.parametrize("edit", EDITS)
def test_an_edit_is_seen_once(tmp_path: Path, edit: str) -> None:
    watcher = watch(tmp_path)
    watcher.add({tmp_path / "course" / name: look_at(tmp_path / "course" / name) for name in ("syllabus.yaml",)})
    assert watcher.changed() == frozenset()
    make, expected = EDITS[edit]
    make(tmp_path / "course")
    assert names(watcher.changed(), tmp_path / "course") == expected
    assert watcher.changed() == frozenset()


def test_the_theme_is_looked_at_too(tmp_path: Path) -> None:
    watcher = watch(tmp_path)
    (tmp_path / "theme/assets/theme/style.css").write_text("x", encoding="utf-8")
    assert names(watcher.changed(), tmp_path / "theme") == ["assets/theme/style.css"]


@pytest.mark.parametrize(
    "name",
    [
        "_site/index.html",
        ".git/index",
        ".cache/links.json",
        "notes.txt",
        "content/.a.md.swp",
        "content/a.md~",
        "content/#a.md#",
        "content/4913",
        "content/a.md___jb_tmp___",
        "assets/.DS_Store",
    ],
)
def test_other_files_are_left_alone(tmp_path: Path, name: str) -> None:
    watcher = watch(tmp_path)
    path = tmp_path / "course" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("x", encoding="utf-8")
    assert watcher.changed() == frozenset()


def test_a_save_while_the_site_is_built_is_seen_by_the_next_look(tmp_path: Path) -> None:
    watcher = watch(tmp_path)
    page = tmp_path / "course/content/a.md"
    page.write_text("two", encoding="utf-8")
    assert watcher.changed()  # and now it is built
    page.write_text("three", encoding="utf-8")
    assert names(watcher.changed(), tmp_path / "course") == ["content/a.md"]
    assert watcher.changed() == frozenset()


def test_a_file_that_is_read_by_name_counts_as_it_was_before_it_was_read(tmp_path: Path) -> None:
    watcher = watch(tmp_path)
    table = tmp_path / "course/people/presenters.csv"
    table.parent.mkdir()
    table.write_text("name\n", encoding="utf-8")
    facts = look_at(table)
    table.write_text("name,meeting\n", encoding="utf-8")  # between the look and the end of the build
    watcher.add({table: facts, tmp_path / "course/none.csv": None})
    assert watcher.changed() == {table}
    (tmp_path / "course/none.csv").write_text("", encoding="utf-8")
    assert watcher.changed() == {tmp_path / "course/none.csv"}


def test_two_saves_in_one_tick_of_the_clock_are_two(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # A disk whose times and numbers never tell two saves of the same length apart.
    monkeypatch.setattr(watching, "_facts", lambda status: (status.st_size, 0, 0, 0))
    watcher = watch(tmp_path)
    page = tmp_path / "course/content/a.md"
    page.write_text("first", encoding="utf-8")
    assert watcher.changed() == {page}
    page.write_text("again", encoding="utf-8")
    assert watcher.changed() == {page}
    for _ in range(YOUNG_LOOKS + 1):
        assert watcher.changed() == frozenset()
    assert watcher.young == {}


def test_a_link_that_leads_nowhere_or_in_a_circle_is_no_trouble(tmp_path: Path) -> None:
    watcher = watch(tmp_path)
    content = tmp_path / "course/content"
    (content / "gone.md").symlink_to(content / "nothing.md")
    (content / "around").symlink_to(tmp_path / "course", target_is_directory=True)
    assert names(watcher.changed(), content) == ["around"]
    target = tmp_path / "elsewhere.md"
    target.write_text("one", encoding="utf-8")
    (content / "linked.md").symlink_to(target)
    assert names(watcher.changed(), content) == ["linked.md"]
    target.write_text("another", encoding="utf-8")
    assert names(watcher.changed(), content) == ["linked.md"]


@pytest.mark.skipif(sys.platform == "win32", reason="has no pipes and devices among its files")
@pytest.mark.parametrize("folder", ["content", "layouts", "assets"])
def test_what_never_ends_is_not_waited_for(tmp_path: Path, folder: str) -> None:
    watcher, there = watch(tmp_path), tmp_path / "course" / folder
    os.mkfifo(there / "pipe.md")
    (there / "zero.md").symlink_to("/dev/zero")
    (there / "large.md").write_bytes(b"")
    os.truncate(there / "large.md", 1 << 40)
    assert names(watcher.changed(), there) == ["large.md", "pipe.md", "zero.md"]
    assert watcher.changed() == frozenset()
    (there / "pipe.md").unlink()
    (there / "pipe.md").mkdir()
    assert names(watcher.changed(), there) == ["pipe.md"]
