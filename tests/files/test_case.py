"""Disks that take `Labs.html` and `labs.html` for one file, as those of Windows and of most Macs do."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from courseweek.files.publish import RECORD, publish_artifacts
from tests.sites import read_tree, run_cli, write_course


@pytest.fixture
def disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder on such a disk: each name leads to what differs from it only in case, and keeps its own."""
    listdir, rename = os.listdir, os.rename

    def find(path: Any) -> Any:
        if not isinstance(path, str | Path) or not Path(path).is_relative_to(tmp_path):
            return path
        found = str(tmp_path)
        for part in Path(path).relative_to(tmp_path).parts:
            names = listdir(found) if real["isdir"](found) else []
            near = [part] if part in names else [name for name in names if name.casefold() == part.casefold()]
            found = f"{found}/{near[0] if near else part}"
        return found

    real: dict[str, Callable[..., Any]] = {"isdir": lambda path: (real["stat"](path).st_mode & 0o170000) == 0o040000}

    def wrap(name: str) -> None:
        real[name] = getattr(os, name)
        monkeypatch.setattr(os, name, lambda path=".", *rest, **named: real[name](find(path), *rest, **named))

    for name in ("stat", "lstat", "open", "unlink", "mkdir", "rmdir", "listdir", "scandir", "chmod"):
        wrap(name)

    def move(source: Any, target: Any) -> None:
        rename(find(source), find(target))
        if Path(find(target)).name != Path(target).name:
            rename(find(target), Path(find(target)).with_name(Path(target).name))

    monkeypatch.setattr(os, "rename", move)
    monkeypatch.setattr(os, "replace", move)
    return tmp_path


def names_in(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


def published(output: Path) -> dict[str, bytes]:
    return {path: data for path, data in read_tree(output).items() if path != RECORD}


def test_the_disk_is_such_a_disk(disk: Path) -> None:
    (disk / "Labs").mkdir()
    assert (disk / "labs").samefile(disk / "LABS")
    (disk / "labs").rename(disk / "labS")
    assert names_in(disk) == ["labS"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Labs.html", "labs.html"),
        ("Labs/First.html", "labs/first.html"),
        ("assets/Slides/01.PDF", "assets/slides/01.pdf"),
    ],
)
@pytest.mark.parametrize("data", [b"the same", b"other"])
def test_a_new_name_that_differs_in_case_is_no_new_file(disk: Path, before: str, after: str, data: bytes) -> None:
    course, output = write_course(disk / "course", {}), disk / "site"
    publish_artifacts({"index.html": b"home", before: b"the same"}, output, course)
    for _ in range(2):
        publish_artifacts({"index.html": b"home", after: data}, output, course)
        assert published(output) == {"index.html": b"home", after: data}


def test_a_page_whose_file_is_renamed_stays(disk: Path) -> None:
    course = write_course(disk / "course", {"content/Labs.md": "# Labs\n"})
    assert run_cli("--source", course, "--today", "2027-02-01").code == 0
    (course / "content" / "Labs.md").rename(course / "content" / "labs.md")
    for _ in range(2):
        ran = run_cli("--source", course, "--today", "2027-02-01")
        assert (ran.code, ran.err) == (0, "")
        assert "labs.html" in names_in(course / "_site")
        assert "Labs.html" not in names_in(course / "_site")


def test_where_case_matters_both_are_files(tmp_path: Path) -> None:
    course, output = write_course(tmp_path / "course", {}), tmp_path / "site"
    publish_artifacts({"Labs.html": b"one"}, output, course)
    publish_artifacts({"labs.html": b"two"}, output, course)
    assert published(output) == {"labs.html": b"two"}


@pytest.mark.parametrize("name", ["syllabus.yaml", "readings.yaml"])
def test_a_file_that_only_such_a_disk_finds_is_to_be_renamed(disk: Path, name: str) -> None:
    course = write_course(disk / "course", {"readings.yaml": "{}\n"})
    (course / name).rename(course / name.capitalize())
    ran = run_cli("--source", course, "--today", "2027-02-01")
    wrong = name.capitalize()
    said = f"{wrong}:1:1: warning[misplaced]: `{wrong}` is not read on computers where case matters\n"
    assert (ran.code, ran.err) == (0, f"{said}help: rename it {name}\n\n")
