"""A second build: it tells that nothing has changed only where a build would make the very same site."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import courseweek.files.publish
from courseweek.cache import FOLDER
from courseweek.files.publish import FileCounts, publish_artifacts
from courseweek.render.layouts.templates import Layouts
from tests.sites import SIX_LINES, read_tree, run_cli, write_course

UNCHANGED = "; nothing has changed.\n"
FILES = {
    "syllabus.yaml": SIX_LINES + "schedule: [{topic: One, materials: {Slides: slides.pdf}}, Two, Three]\n",
    "readings.yaml": "one: [{title: A book}]\n",
    "content/a.md": "# A\n\nText.\n",
    "assets/slides.pdf": "slides",
}
DAY = "2027-01-26"


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a course that was built once, in an environment where something is kept between builds."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(1_800_000_000))  # Fri 15 Jan 2027, 08:00 UTC
    course = write_course(tmp_path / "course", FILES)
    ran = run_cli("--source", course)
    assert (ran.code, ran.err) == (0, "")
    assert UNCHANGED not in ran.out
    return course


def build(course: Path, *more: str) -> str:
    ran = run_cli("--source", course, *more)
    assert (ran.code, ran.err) == (0, "")
    return ran.out


def test_nothing_has_changed(course: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in course.rglob("*") if FOLDER not in path.parts}
    for _ in range(2):
        out = build(course)
        reported = r": 8 pages, 3 meetings, 1 reading, no warnings in \d+\.\d\d s"
        assert re.search(reported + re.escape(UNCHANGED) + "$", out), out
    assert {path: path.stat().st_mtime_ns for path in course.rglob("*") if FOLDER not in path.parts} == before


def write(name: str, text: str) -> Callable[[Path], None]:
    def change(course: Path) -> None:
        path = course / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    return change


def remove(name: str) -> Callable[[Path], None]:
    return lambda course: (course / name).unlink()


CHANGES: dict[str, Callable[[Path], None]] = {
    "what came from the last term": write("carryover.yaml", "# Nothing is left.\n"),
    "a reading": write("readings.yaml", "one: [{title: B book}]\n"),
    "a page": write("content/a.md", "# A\n\nOther.\n"),
    "a new page": write("content/b.md", "# B\n"),
    "a page less": remove("content/a.md"),
    "an asset": write("assets/slides.pdf", "other!"),
    "a layout": write(
        "layouts/page.html", "{% extends 'base.html' %}{% block main %}<h1>{{ page.title }}</h1>{% endblock %}"
    ),
    "a page of the site": write("_site/index.html", "spoilt"),
    "a page of the site is gone": remove("_site/a.html"),
    "an asset of the site": write("_site/assets/slides.pdf", "spoilt"),
    "the record": write("_site/.courseweek", "a.html\n"),
    "the whole site": lambda course: shutil.rmtree(course / "_site"),
    "the cache": lambda course: shutil.rmtree(course / FOLDER),
    "a damaged cache": write(f"{FOLDER}/memory.sqlite", "damage"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_what_has_changed_is_built(course: Path, tmp_path: Path, change: Callable[[Path], None]) -> None:
    change(course)
    assert UNCHANGED not in build(course)
    build(course, "--output", str(tmp_path / "clean"))
    assert read_tree(course / "_site") == read_tree(tmp_path / "clean")
    assert build(course).endswith(UNCHANGED)


def test_a_file_of_somebody_else_in_the_site_is_no_change(course: Path) -> None:
    write("_site/CNAME", "example.edu")(course)
    assert build(course).endswith(UNCHANGED)


def test_an_error_is_reported_each_time(course: Path) -> None:
    write("readings.yaml", "one: [{titel: A}]\n")(course)
    for _ in range(2):
        ran = run_cli("--source", course)
        assert ran.code == 1
        assert "error[unknown-key]" in ran.err


def test_a_warning_is_reported_each_time(course: Path) -> None:
    write("syllabus.yaml", SIX_LINES + "schedule: [One]\n")(course)
    first, second = (run_cli("--source", course) for _ in range(2))
    assert "warning[open-days]" in first.err
    assert second.err == first.err
    assert second.out.endswith(UNCHANGED)


def test_a_warning_is_refused_by_strict_after_a_build_without_it(course: Path) -> None:
    write("syllabus.yaml", SIX_LINES + "schedule: [One]\n")(course)
    assert run_cli("--source", course).code == 0
    ran = run_cli("--source", course, "--strict")
    assert (ran.code, ran.out) == (1, "")
    assert "warning[open-days]" in ran.err


def test_no_warning_is_reported_once_it_is_gone(course: Path) -> None:
    write("x.csv", "a\n")(course)
    assert "warning[misplaced]" in run_cli("--source", course).err
    (course / "x.csv").unlink()
    assert run_cli("--source", course).err == ""


def test_another_day_is_another_site(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(1_800_000_000 + 3_600))
    assert build(course).endswith(UNCHANGED)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(1_800_000_000 + 86_400))
    assert UNCHANGED not in build(course)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(1_800_000_000))
    assert UNCHANGED not in build(course), "the pages in the site are those of another day"


def test_a_day_that_was_asked_for(course: Path) -> None:
    assert UNCHANGED not in build(course, "--today", DAY)
    assert build(course, "--today", DAY).endswith(UNCHANGED)
    assert UNCHANGED not in build(course, "--today", f"{DAY}T12:00")
    assert UNCHANGED not in build(course)


def test_what_appears_next_is_reported_each_time(course: Path) -> None:
    write("content/later.md", "---\npublish_on: 2027-01-15 13:00\n---\n# Later\n")(course)
    first, second = build(course), build(course)
    line = "Next to appear: the page `Later`, 2027-01-15 at 13:00; build again then.\n"
    assert first.endswith(line)
    assert second.endswith(UNCHANGED + line)


def test_a_release_is_a_change(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write("content/later.md", "---\npublish_on: 2027-01-15 13:00\n---\n# Later\n")(course)
    build(course)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(1_800_000_000 + 5 * 3_600 - 1))
    assert not (course / "_site" / "later.html").exists()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(1_800_000_000 + 13 * 3_600))
    assert UNCHANGED not in build(course)
    assert (course / "_site" / "later.html").exists()


def test_a_cache_of_somebody_else_is_not_believed(
    course: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "stranger"))
    assert UNCHANGED not in build(course)


@pytest.mark.skipif(os.name != "posix", reason="links need rights there")
def test_nothing_is_said_of_a_course_with_links(course: Path) -> None:
    (course / "content" / "linked.md").symlink_to("a.md")
    build(course)
    assert UNCHANGED not in build(course)


def test_a_table_elsewhere_counts_too(course: Path) -> None:
    rules = "presentations: {roles: [Lead], presenters: tables/presenters.csv}\n"
    write("syllabus.yaml", FILES["syllabus.yaml"] + rules)(course)
    write("tables/presenters.csv", "name,meeting,role\nAda Lovelace,one,Lead\n")(course)
    build(course)
    write("tables/presenters.csv", "name,meeting,role\nAlan Turing,one,Lead\n")(course)
    build(course)
    assert "Alan Turing" in (course / "_site" / "index.html").read_text(encoding="utf-8")


def test_a_layout_that_is_saved_during_a_build_is_not_taken_for_the_one_before(
    course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was drawn with the one must not be remembered of the other."""
    one, other = (f"{{% extends 'base.html' %}}{{% block main %}}<h1>{word}</h1>{{% endblock %}}" for word in "12")
    build(course)
    write("layouts/page.html", one)(course)
    render = Layouts.render

    def save(self: Layouts, *given: Any, **values: Any) -> str | None:
        write("layouts/page.html", other)(course)
        return render(self, *given, **values)

    with monkeypatch.context() as patch:
        patch.setattr(Layouts, "render", save)
        ran = run_cli("--source", course)
    assert (ran.code, ran.err) == (0, "Files of the course changed during the build; build again.\n")
    write("layouts/page.html", one)(course)
    build(course)
    build(course, "--output", str(tmp_path / "clean"))
    assert read_tree(course / "_site") == read_tree(tmp_path / "clean")
    assert b"<h1>1</h1>" in (course / "_site" / "a.html").read_bytes()


def test_what_a_killed_build_left_is_a_change(course: Path) -> None:
    """Also where all that it was to make is there: its lock and its temporary files must go."""
    write("_site/.courseweek.lock", "1 elsewhere\n")(course)
    write("_site/assets/.courseweek-k1ll3d", "half a fi")(course)
    assert UNCHANGED not in build(course)
    assert list((course / "_site").rglob(".courseweek?*")) == []
    assert build(course).endswith(UNCHANGED)


def test_files_that_change_meanwhile_are_reported(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def save(*given: Any) -> FileCounts:
        write("readings.yaml", "one: [{title: B book}]\n")(course)
        return publish_artifacts(*given)

    write("content/a.md", "# A\n\nOther.\n")(course)
    with monkeypatch.context() as patch:
        patch.setattr(courseweek.files.publish, "publish_artifacts", save)
        ran = run_cli("--source", course)
    assert (ran.code, ran.err) == (0, "Files of the course changed during the build; build again.\n")
    assert UNCHANGED not in build(course)
    assert "B book" in (course / "_site" / "readings.html").read_text(encoding="utf-8")


@pytest.mark.skipif(sys.platform == "win32", reason="has no pipes among its files")
@pytest.mark.parametrize("name", [".courseweek", "index.html"])
def test_no_pipe_in_the_site_is_waited_for(course: Path, name: str) -> None:
    (course / "_site" / name).unlink()
    os.mkfifo(course / "_site" / name)
    ran = run_cli("--source", course)
    assert UNCHANGED not in ran.out
    assert "\nTraceback" not in ran.err


@pytest.mark.parametrize("name", ["_site", "_site/assets", "_site/assets/theme"])
def test_a_link_in_place_of_a_folder_of_the_site_is_refused_each_time(course: Path, tmp_path: Path, name: str) -> None:
    (course / name).rename(tmp_path / "elsewhere")
    (course / name).symlink_to(tmp_path / "elsewhere")
    ran = run_cli("--source", course)
    assert (ran.code, ran.out) == (2, "")
    assert f"{course / name} is a link" in ran.err


@pytest.mark.parametrize(
    "name", ["notes/x.md", "Notes/x.md", "x.md", "readings (1).yaml", "p.csv", "syllabus.yaml.txt"]
)
def test_a_file_that_does_nothing_is_reported_after_a_build_without_it(name: str, course: Path) -> None:
    write(name, "---\nmeeting: one\n---\nText.\n")(course)
    ran = run_cli("--source", course)
    assert ran.code == 0
    assert f"{name}:1:1: warning[misplaced]" in ran.err
