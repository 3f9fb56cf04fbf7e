"""Files that another program has open, as Windows refuses them: tried again for a short time, then named."""

from __future__ import annotations

import errno
import os
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from courseweek.diagnostics import Diagnostics
from courseweek.files import sharing
from courseweek.files.lock import hold
from courseweek.files.project import Project
from courseweek.files.publish import publish_artifacts
from courseweek.files.stored import NotAFile, open_plain
from tests.sites import read_tree, run_cli, write_course

ACCESS_DENIED, SHARING_VIOLATION, LOCK_VIOLATION = 5, 32, 33
SITE = {"index.html": b"<p>one</p>", "labs/first.html": b"<p>lab</p>", "old.html": b"old"}
NEXT = {"index.html": b"<p>two</p>", "labs/first.html": b"<p>lab 1</p>"}


@pytest.fixture(autouse=True)
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Return the seconds that were waited, of which none pass."""
    waited: list[float] = []
    monkeypatch.setattr("courseweek.files.sharing.time.sleep", waited.append)
    return waited


def refuse(times: int, code: int | None, act: Callable[..., Any]) -> Callable[..., Any]:
    """Return the function as it is where each file that it is called for is in use for so many attempts."""
    tried: Counter[str] = Counter()

    def refused(path: Any, *rest: Any, **named: Any) -> Any:
        tried[os.fspath(path)] += 1
        if tried[os.fspath(path)] <= times:
            error = PermissionError(errno.EACCES, "The file is in use", os.fspath(path))
            if code is not None:
                error.winerror = code  # type: ignore[attr-defined]
            raise error
        return act(path, *rest, **named)

    return refused


def hold_open(monkeypatch: pytest.MonkeyPatch, times: int, code: int) -> None:
    """Let each rename and each removal fail so many times."""
    for name in ("replace", "unlink"):
        monkeypatch.setattr(Path, name, refuse(times, code, getattr(Path, name)))


@pytest.mark.parametrize("code", [ACCESS_DENIED, SHARING_VIOLATION, LOCK_VIOLATION])
@pytest.mark.parametrize("times", [1, len(sharing.PAUSES)])
def test_a_file_that_is_open_for_a_moment_holds_nothing_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, waits: list[float], times: int, code: int
) -> None:
    course, output = write_course(tmp_path / "course", {}), tmp_path / "site"
    publish_artifacts(SITE, output, course)
    hold_open(monkeypatch, times, code)
    publish_artifacts(NEXT, output, course)
    monkeypatch.undo()
    assert {path: data for path, data in read_tree(output).items() if ".courseweek" not in path} == NEXT
    # Two pages and the record were replaced, and a page removed.
    assert waits == [*sharing.PAUSES[:times]] * 4


def test_a_file_that_stays_open_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, waits: list[float]) -> None:
    course, output = write_course(tmp_path / "course", {}), tmp_path / "site"
    assert run_cli("--source", course, "--output", output, "--today", "2027-02-01").code == 0
    (course / "content").mkdir()
    (course / "content" / "a.md").write_text("# A\n", encoding="utf-8")
    replace = Path.replace

    def hold_page(path: Path, target: Path) -> Path:
        return (
            refuse(99, SHARING_VIOLATION, replace)(path, target) if target.name == "a.html" else replace(path, target)
        )

    monkeypatch.setattr(Path, "replace", hold_page)
    ran = run_cli("--source", course, "--output", output, "--today", "2027-02-01")
    assert (ran.code, ran.out) == (3, "")
    assert ran.err == f"Publishing failed: The file is in use ({output / 'a.html'}).\n"
    assert waits == [*sharing.PAUSES]


def test_where_open_files_are_in_nobody_s_way_nothing_is_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, waits: list[float]
) -> None:
    course = write_course(tmp_path / "course", {})
    monkeypatch.setattr(Path, "replace", refuse(1, None, Path.replace))
    with pytest.raises(OSError, match="The file is in use"):
        publish_artifacts(SITE, tmp_path / "site", course)
    assert waits == []


def test_a_fix_waits_for_an_editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, waits: list[float]) -> None:
    course = write_course(tmp_path, {"readings.yaml": "one: []\n"})
    hold_open(monkeypatch, 2, SHARING_VIOLATION)
    Project(course, course / "_site").write_texts({"readings.yaml": "two: []\n"})
    assert (course / "readings.yaml").read_text(encoding="utf-8") == "two: []\n"
    assert waits == [*sharing.PAUSES[:2]]


# What opens files by their handles says on Windows only that it may not.
def test_reading_and_locking_wait_on_windows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, waits: list[float]
) -> None:
    course = write_course(tmp_path, {"readings.yaml": "one: []\n"})
    monkeypatch.setattr(sharing, "_IS_WINDOWS", True)
    monkeypatch.setattr(os, "open", refuse(3, None, os.open))
    found = Diagnostics()
    text = Project(course, course / "_site").read_text("readings.yaml", found)
    assert text is not None
    assert (text.text, found.found) == ("one: []\n", [])
    with hold(course):
        pass
    assert len(waits) == 2 + 3  # reading looks first whether it is a folder, which takes an attempt


def test_a_folder_is_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, waits: list[float]) -> None:
    monkeypatch.setattr(sharing, "_IS_WINDOWS", True)
    monkeypatch.setattr(os, "open", refuse(99, None, os.open))
    with pytest.raises(NotAFile):
        open_plain(str(tmp_path))
    assert waits == []
