"""`new-term` and `archive` on a machine that fails: each file is old or new, and the next run makes it good."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest

from courseweek.files.lock import LOCK, hold
from tests.crash.machine import Ended, Machine, Run
from tests.sites import SIX_LINES, read_tree, run_cli, write_course

BUILT, WRONG_USAGE, FAILED = 0, 2, 3
FILES = {
    "syllabus.yaml": SIX_LINES.replace("term:\n", "term:\n  name: Spring 2027\n")
    + "schedule: [{topic: One, guests: [Ada]}, Two, Three]\nassignments: [{title: Essay, due: 2027-02-05}]\n",
    "content/later.md": "---\npublish_on: 2027-02-03\n---\n# Later\n\nText.\n",
    "content/announcements/2027-01-26-hello.md": "# Hello\n\nText.\n",
}
TERM = ("--name", "Spring 2028", "--starts", "2028-01-24", "--ends", "2028-02-07")
ROLL = ("new-term", *TERM, "--yes", "--clear", "announcements")
COMMANDS = {
    "new-term": ROLL,
    "archive": ("archive", "sp27"),
    "new-term --archive": (*ROLL, "--archive", "sp27"),
}
INTERRUPTED = "An earlier `new-term` or `archive` was interrupted. Each file is whole, old or new."


def run(machine: Machine, course: Path, words: tuple[str, ...], **how: int | bool) -> Ended:
    (ended,) = machine.run(Run(str(course), words=words, **how))  # type: ignore[arg-type]
    return ended


def start(folder: Path) -> Path:
    """Return a course as it was before the command."""
    shutil.rmtree(folder, ignore_errors=True)
    return write_course(folder, FILES)


def choose_moments(writes: int, last: int) -> list[int]:
    """Return some moments all over the writes, and as many of the last ones, when files take their places."""
    return sorted({*range(1, writes + 1, max(1, writes // last)), *range(max(1, writes - last), writes + 1)})


@pytest.mark.parametrize("last", [2, pytest.param(6, marks=pytest.mark.slow)])
@pytest.mark.parametrize("name", COMMANDS)
def test_killed_while_writing(name: str, last: int, machine: Machine, tmp_path: Path) -> None:
    course = start(tmp_path / "course")
    old = read_tree(course)
    whole = run(machine, course, COMMANDS[name], writing=True)
    assert whole.code == BUILT, whole.err
    new = read_tree(course)
    assert LOCK not in new
    for moment in choose_moments(whole.writes, last):
        start(course)
        ended = run(machine, course, COMMANDS[name], writing=True, kill_at=moment)
        assert ended.code == -9
        for path, data in read_tree(course).items():
            if ".courseweek" not in path:
                assert data in (old.get(path), new.get(path)), (moment, path)
        again = run(machine, course, COMMANDS[name])
        if name == "archive" and again.code == WRONG_USAGE:
            assert "archive/sp27/ is already there" in again.err
        else:
            assert again.code == BUILT, (moment, again.err)
        assert not (course / LOCK).exists()
        if again.err:
            assert again.err.startswith(INTERRUPTED) or "outside-term" in again.err
        assert read_tree(course) == new, moment


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize("largest", [1, 60, 200])
def test_out_of_space(name: str, largest: int, machine: Machine, tmp_path: Path) -> None:
    course = start(tmp_path / "course")
    before = read_tree(course)
    ended = run(machine, course, COMMANDS[name], largest=largest)
    assert ended.code == FAILED or (ended.code, name) == (1, "new-term --archive")
    assert "File too large (" in ended.err
    assert read_tree(course) == before


@pytest.mark.skipif(sys.platform != "linux", reason="rights are given up by a call of Linux")
@pytest.mark.parametrize("folder", ["", "content"])
def test_a_folder_that_is_read_only(folder: str, machine: Machine, tmp_path: Path) -> None:
    course = start(tmp_path / "course")
    before = read_tree(course)
    (course / folder).chmod(0o555)
    ended = run(machine, course, ROLL, plain=True)
    (course / folder).chmod(0o755)
    assert ended.code == FAILED
    lines = ended.err.splitlines()
    assert [line for line in lines if "Permission denied (" in line] == lines[-1:]
    assert lines[-1].startswith("Writing failed: " if folder else "Nothing was written: ")
    assert read_tree(course) == before


@pytest.mark.parametrize("name", COMMANDS)
def test_two_at_once(name: str, tmp_path: Path) -> None:
    course = start(tmp_path / "course")
    before = read_tree(course)
    with hold(course):
        ran = run_cli(*COMMANDS[name], "--source", course)
        dry = run_cli(*COMMANDS[name], "--source", course, "--dry-run")
    what = "archived" if name == "archive" else "written"
    who = f"another `new-term` or `archive` (process {os.getpid()} on {os.uname().nodename})"
    said = f"Nothing was {what}: {who} is writing to {course}; try again when it is done.\n"
    assert (ran.code, ran.out, ran.err) == (FAILED, "", said)
    assert dry.code == BUILT
    assert read_tree(course) == before
