"""The lock of a folder: a living owner keeps others out and is named, a dead one keeps nobody."""

from __future__ import annotations

import errno
import fcntl
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import courseweek.files.lock
from courseweek.files.lock import LOCK, Held, hold, is_signed
from tests.sites import ROOT, read_tree, run_cli, write_course

HOLDING = """
import sys
from pathlib import Path
from courseweek.files.lock import hold
with hold(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(courseweek.files.lock, "PATIENCE", 0.1)


@contextmanager
def held_by_another(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """Let another process hold the folder."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLDING, str(folder)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process


def test_nothing_is_left_of_it(tmp_path: Path) -> None:
    with hold(tmp_path):
        assert is_signed(tmp_path)
        assert (tmp_path / LOCK).read_text(encoding="ascii") == f"{os.getpid()} {os.uname().nodename}\n"
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(ZeroDivisionError), hold(tmp_path):
        raise ZeroDivisionError
    assert list(tmp_path.iterdir()) == []


def test_a_living_owner_is_named(tmp_path: Path) -> None:
    with held_by_another(tmp_path) as other:
        who = rf"^another build \(process {other.pid} on {os.uname().nodename}\) is writing to {tmp_path}$"
        with pytest.raises(Held, match=who), hold(tmp_path):
            pass
        assert other.stdin is not None
        other.stdin.close()
    with hold(tmp_path):
        pass


def test_a_build_says_whom_it_waited_for(tmp_path: Path) -> None:
    course = write_course(tmp_path / "course", {})
    assert run_cli("--source", course).code == 0
    before = read_tree(course / "_site")
    write_course(course, {"content/new.md": "# New\n"})
    with held_by_another(course / "_site") as other:
        ran = run_cli("--source", course)
        where = f"(process {other.pid} on {os.uname().nodename}) is writing to {course / '_site'}"
        expected = f"Nothing was published: another build {where}; build again when it is done.\n"
        assert (ran.code, ran.out, ran.err) == (3, "", expected)
        other.kill()
    assert {path: data for path, data in read_tree(course / "_site").items() if path != LOCK} == before
    assert run_cli("--source", course).code == 0
    assert not (course / "_site" / LOCK).exists()


def test_one_waits_for_the_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(courseweek.files.lock, "PATIENCE", 60)
    order = []
    began = threading.Event()

    def second() -> None:
        began.set()
        with hold(tmp_path):
            order.append("second")

    thread = threading.Thread(target=second)
    with hold(tmp_path):
        thread.start()
        began.wait()
        order.append("first")
    thread.join()
    assert order == ["first", "second"]
    assert list(tmp_path.iterdir()) == []


def test_many_at_once_are_one_after_the_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(courseweek.files.lock, "PATIENCE", 60)
    monkeypatch.setattr(courseweek.files.lock, "_PAUSE", 0.001)
    inside: list[int] = []
    most: list[int] = []

    def work(number: int) -> None:
        for _ in range(20):
            with hold(tmp_path):
                inside.append(number)
                most.append(len(inside))
                inside.remove(number)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(most), max(most)) == (120, 1)


def test_a_dead_owner_keeps_nobody(tmp_path: Path) -> None:
    with held_by_another(tmp_path) as other:
        other.send_signal(signal.SIGKILL)
        other.wait()
        assert is_signed(tmp_path)
    with hold(tmp_path):
        pass
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("owner", ["{pid} {machine}\n", "1 {machine}\n", "{pid} elsewhere\n", "", "\x00" * 9000])
def test_a_file_alone_is_no_lock(tmp_path: Path, owner: str) -> None:
    """After a restart, or in another container, the number in it may be that of a living process."""
    (tmp_path / LOCK).write_text(owner.format(pid=os.getpid(), machine=os.uname().nodename), encoding="utf-8")
    with hold(tmp_path):
        pass
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("text", ["", "12\n", "12 a b\n", "\x1b[31m 1\n", "1 \u202e\n", "9" * 400, "x" * 100_000])
def test_only_an_owner_is_named(tmp_path: Path, text: str) -> None:
    with hold(tmp_path):
        (tmp_path / LOCK).write_text(text, encoding="utf-8")
        with pytest.raises(Held, match=rf"^another build is writing to {tmp_path}$"), hold(tmp_path):
            pass


def test_a_process_that_was_forked_meanwhile_keeps_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It has the open file too, and the lock is of the file."""
    handles: list[int] = []
    monkeypatch.setattr(os, "close", handles.append)
    with hold(tmp_path):
        pass
    monkeypatch.undo()
    monkeypatch.setattr(courseweek.files.lock, "PATIENCE", 0.1)
    with hold(tmp_path):
        pass
    for handle in handles:
        os.close(handle)


@pytest.mark.parametrize("number", [errno.ENOLCK, errno.ENOTSUP, errno.ENOSYS, errno.EINVAL, errno.EBADF])
def test_a_file_system_without_locks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    def refuse(handle: int, how: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(fcntl, "flock", refuse)
    with hold(tmp_path), hold(tmp_path):
        pass
    assert list(tmp_path.iterdir()) == []


def test_it_survives_that_its_folder_goes(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    with hold(folder):
        (folder / LOCK).unlink()
        folder.rmdir()
    with pytest.raises(FileNotFoundError), hold(folder):
        pass


def test_no_link_is_followed(tmp_path: Path) -> None:
    (tmp_path / "precious").write_bytes(b"precious")
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / LOCK).symlink_to(tmp_path / "precious")
    with pytest.raises(OSError, match="symbolic links"), hold(folder):
        pass
    (folder / LOCK).unlink()
    os.mkfifo(folder / LOCK)
    with pytest.raises(OSError, match="not a regular file"), hold(folder):
        pass
    assert (tmp_path / "precious").read_bytes() == b"precious"
