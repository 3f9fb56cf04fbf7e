"""Links and large files in the preview: it shows what a build publishes, and refuses what that refuses."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from courseweek.diagnostics import Diagnostics
from courseweek.files.stored import StoredFile
from courseweek.pipeline import open_dependencies
from courseweek.serve.days import DayBuild
from courseweek.serve.sources import CachedProject
from tests.sites import write_course

SECRET = "the secret"


def build_day(course: Path) -> DayBuild:
    dependencies = open_dependencies(CachedProject(course, course / "_site"))
    build = DayBuild(dependencies, None, datetime(2027, 1, 26), 0)
    for _ in build.steps():
        pass
    return build


@pytest.fixture
def course(tmp_path: Path) -> Path:
    return write_course(tmp_path / "course", {".env": SECRET, "content/page.md": "# Page\n", "assets/kept.txt": "kept"})


@pytest.mark.parametrize("target", ["../.env", "../content/page.md", "../../course/.env"])
def test_no_link_is_served(target: str, course: Path) -> None:
    (course / "assets/e.txt").symlink_to(target)
    build = build_day(course)
    assert build.read("assets/e.txt") is None
    assert {each.name for each in build.found} <= {"hidden-file", "symbolic-link"}
    assert build.failed


def test_a_folder_that_became_a_link_is_not_entered(course: Path) -> None:
    (course / "assets/sub").mkdir()
    (course / "assets/sub/x.txt").write_text("open", encoding="utf-8")
    (course / ".secret").mkdir()
    (course / ".secret/x.txt").write_text(SECRET, encoding="utf-8")
    project = CachedProject(course, course / "_site")
    assert project.read_bytes("assets/sub/x.txt", Diagnostics()) == b"open"
    (course / "assets/sub").rename(course / "assets/old")
    (course / "assets/sub").symlink_to("../.secret")
    project.forget([course / "assets/sub"])
    assert project.read_bytes("assets/sub/x.txt", Diagnostics()) is None


def test_a_large_file_is_not_held(course: Path) -> None:
    with (course / "assets/film.bin").open("wb") as file:
        file.truncate(5_000_000)
    found = build_day(course).read("assets/film.bin")
    assert isinstance(found, StoredFile)
    assert found.size == sum(len(piece) for piece in found.pieces()) == 5_000_000
