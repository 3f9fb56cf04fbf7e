"""A disk that is full, or that nothing may be written to: the site stays as it was, and one line says why."""

from __future__ import annotations

import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from courseweek.cache import FOLDER
from tests.crash.machine import Machine
from tests.crash.sites import State, differ, make_states, put
from tests.sites import ROOT, SIX_LINES, read_tree, run_cli, write_course


@pytest.fixture(scope="module")
def states(machine: Machine, tmp_path_factory: pytest.TempPathFactory) -> tuple[State, State]:
    return make_states(machine, tmp_path_factory.mktemp("states"), 12)


@pytest.fixture
def course(machine: Machine, states: tuple[State, State], tmp_path: Path) -> Path:
    """Return a course whose site is that of the first state, while its files are those of the second."""
    course = tmp_path / "course"
    put(course, states[0])
    assert machine.build(course).code == 0
    put(course, states[1])
    return course


def sizes_of(state: State) -> Iterator[int]:
    """Yield limits below which the files of the site fail to be written one after the other."""
    sizes = sorted({len(data) for data in state.site.values()})
    yield from (1, sizes[0] - 1, sizes[len(sizes) // 2] - 1, sizes[-1] - 1)


@pytest.mark.parametrize("number", range(4))
def test_out_of_space(machine: Machine, states: tuple[State, State], course: Path, number: int) -> None:
    """What is too large for the disk is here what is too large for a file, since nothing can be mounted in a test."""
    before = read_tree(course / "_site")
    ended = machine.build(course, largest=list(sizes_of(states[1]))[number])
    assert (ended.code, ended.out) == (3, "")
    assert ended.err.startswith(f"Nothing was published: File too large ({course / '_site'}")
    assert ended.err.count("\n") == 1
    assert differ(course / "_site", before) == []
    assert machine.build(course).code == 0
    assert differ(course / "_site", states[1].site) == []


def test_out_of_space_for_the_first_site(machine: Machine, states: tuple[State, State], tmp_path: Path) -> None:
    put(tmp_path, states[0])
    assert machine.build(tmp_path, largest=max(sizes_of(states[0]))).code == 3
    assert not (tmp_path / "_site").exists()
    assert machine.build(tmp_path).code == 0
    assert differ(tmp_path / "_site", states[0].site) == []


def test_no_space_for_what_is_remembered(
    machine: Machine, states: tuple[State, State], course: Path, tmp_path: Path
) -> None:
    """The site matters more: it is published, and the next build works out again what was not kept."""
    (course / FOLDER / "memory.sqlite").unlink()
    words = [" ".join(str(number * page) for number in range(900)) for page in range(100, 116)]
    more = {f"content/more-{page}.md": f"# {page}\n\n{text}\n" for page, text in enumerate(words)}
    write_course(course, {"syllabus.yaml": states[1].files["syllabus.yaml"], **more})
    shutil.copytree(course, tmp_path / "copy")
    assert machine.build(tmp_path / "copy").code == 0
    largest = max(len(data) for data in read_tree(tmp_path / "copy" / "_site").values())
    ended = machine.build(course, largest=largest)
    assert (ended.code, ended.err) == (0, "")
    site = read_tree(course / "_site")
    assert (course / FOLDER / "memory.sqlite").stat().st_size <= largest
    for _ in range(2):
        ended = machine.build(course)
        assert ended.code == 0
        assert differ(course / "_site", site) == []
    assert "nothing has changed" in ended.out
    assert (course / FOLDER / "memory.sqlite").stat().st_size > largest


# Where root may do all, rights are given up in the process that builds; that is a call of Linux alone.
needs_refusal = pytest.mark.skipif(sys.platform != "linux", reason="nothing else takes its rights from root")


@needs_refusal
@pytest.mark.parametrize("folder", [".", "assets", "part-3"])
def test_a_folder_that_takes_no_file(machine: Machine, states: tuple[State, State], course: Path, folder: str) -> None:
    locked = course / "_site" / folder
    before = read_tree(course / "_site")
    locked.chmod(stat.S_IRUSR | stat.S_IXUSR)
    ended = machine.build(course, plain=True)
    locked.chmod(0o755)
    assert (ended.code, ended.out) == (3, "")
    assert ended.err.startswith(f"Nothing was published: Permission denied ({locked}")
    assert ended.err.count("\n") == 1
    assert differ(course / "_site", before) == []
    assert machine.build(course, plain=True).code == 0
    assert differ(course / "_site", states[1].site) == []


@needs_refusal
def test_a_course_that_may_only_be_read(machine: Machine, states: tuple[State, State], tmp_path: Path) -> None:
    course = tmp_path / "course"
    put(course, states[0])
    course.chmod(0o555)
    ended = machine.build(course, plain=True)
    assert (ended.code, ended.err) == (3, f"Nothing was published: Permission denied ({course / '_site'}).\n")
    ended = machine.build(course, tmp_path / "out", plain=True)
    course.chmod(0o755)
    assert (ended.code, ended.err) == (0, "")
    assert differ(tmp_path / "out", states[0].site) == []


@needs_refusal
@pytest.mark.parametrize("name", [FOLDER, f"{FOLDER}/memory.sqlite"])
def test_a_cache_that_may_only_be_read(machine: Machine, states: tuple[State, State], course: Path, name: str) -> None:
    (course / name).chmod(0o555)
    ended = machine.build(course, plain=True)
    (course / name).chmod(0o755)
    assert (ended.code, ended.err) == (0, "")
    assert differ(course / "_site", states[1].site) == []


@needs_refusal
@pytest.mark.parametrize("name", ["content/both.md", "assets/large.txt", "syllabus.yaml"])
def test_a_source_that_may_not_be_read(machine: Machine, course: Path, name: str) -> None:
    before = read_tree(course / "_site")
    (course / name).chmod(0)
    ended = machine.build(course, plain=True)
    (course / name).chmod(0o644)
    assert ended.code == 1
    assert f"{name}:1:1: error[unreadable]: `{name}` can't be read: Permission denied" in ended.err
    assert differ(course / "_site", before) == []


@pytest.mark.parametrize("where", ["file", "file/below/it"])
def test_a_file_where_a_folder_should_be(tmp_path: Path, where: str) -> None:
    """That not even root can write to."""
    course = write_course(tmp_path / "course", {})
    (tmp_path / "file").write_bytes(b"mine")
    ran = run_cli("--source", course, "--output", tmp_path / where)
    assert (ran.code, ran.out) in {(2, ""), (3, "")}
    assert ran.err.startswith("Nothing was published: ")
    assert ran.err.count("\n") == 1
    assert (tmp_path / "file").read_bytes() == b"mine"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a device that is always full")
@pytest.mark.parametrize("stream", ["stdout", "stderr"])
def test_a_log_on_a_full_disk(tmp_path: Path, stream: str) -> None:
    course = write_course(tmp_path / "course", {"syllabus.yaml": SIX_LINES + "schedule: [One]\n"})
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        ran = subprocess.run(
            [sys.executable, "-m", "courseweek", "--source", course],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=full if stream == "stdout" else subprocess.PIPE,
            stderr=full if stream == "stderr" else subprocess.PIPE,
            encoding="utf-8",
            check=False,
        )
    assert ran.returncode == 3
    assert not ran.stdout
    if ran.stderr is not None:
        assert ran.stderr.endswith("\nNo more output can be written: No space left on device.\n")
        assert "Traceback" not in ran.stderr
