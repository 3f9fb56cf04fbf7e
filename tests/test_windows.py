"""Windows, as far as another system can play it: what POSIX alone has is gone, and files are locked by byte ranges."""

from __future__ import annotations

import errno
import fcntl
import os
import sys
import threading
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import courseweek.files.lock
from courseweek.cache import AnswerKind, Memory
from courseweek.files.lock import LOCK, Held, hold, is_signed
from tests.sites import read_tree, run_cli, write_course

COURSE: dict[str, str | bytes] = {
    "content/a.md": "# A\n\n[Slides](assets/slides/01.pdf)\n",
    "content/notes/n.md": "---\nmeeting: one\ntitle: N\n---\n\nText.\n",
    "assets/slides/01.pdf": b"%PDF-1.7\n" * 20_000,
    "layouts/parts/every-week.html": "<p>Facts</p>\n",
    "syllabus.yaml": "course: Knots\n"
    "term: {starts: 2027-01-25, ends: 2027-02-01, timezone: America/Los_Angeles, meets: {day: Monday, time: 13-16}}\n"
    "schedule: [{topic: One, id: one, materials: {Slides: slides/01.pdf}}, Two]\n",
}
ONLY_POSIX = (
    *(
        "fork",
        "forkpty",
        "uname",
        "umask",
        "getuid",
        "geteuid",
        "getgid",
        "mkfifo",
        "mknod",
        "chown",
        "fchmod",
        "killpg",
    ),
    *("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_DIRECTORY", "openpty", "setsid", "getpgid", "sched_getaffinity"),
)
ONLY_POSIX_MODULES = ("fcntl", "resource", "pwd", "grp", "termios", "pty", "tty")

KIND = AnswerKind[str]("kind", str, str)


def lock_bytes(handle: int, mode: int, length: int) -> None:
    """Lock or unlock a file as `msvcrt.locking` does; another's lock is an error that the caller waits for."""
    assert length == 1
    assert os.lseek(handle, 0, os.SEEK_CUR) > 1_000_000, "the text of the file stays readable"
    try:
        fcntl.flock(handle, fcntl.LOCK_UN if mode == MSVCRT.LK_UNLCK else fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise PermissionError(errno.EACCES, "Permission denied") from None


def open_files() -> set[str]:
    """Return the files that this process has open, where the system says so."""
    found = set()
    for handle in Path("/proc/self/fd").glob("*"):
        with suppress(OSError):
            found.add(os.readlink(handle))  # noqa: PTH115
    return found


MSVCRT = SimpleNamespace(LK_UNLCK=0, LK_NBLCK=2, locking=lock_bytes)


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take away what Windows lacks, and give what it has instead."""
    real = os.open

    def open_file(path: Any, flags: int, *rest: int) -> int:
        if os.path.isdir(path):  # noqa: PTH112
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return real(path, flags, *rest)

    def refuse_open(act: Callable[..., None]) -> Callable[..., None]:
        def refused(*paths: Any, **named: Any) -> None:
            for path in paths:
                if os.path.realpath(path) in open_files():
                    error = PermissionError(errno.EACCES, "The file is in use", str(path))
                    error.winerror = 32  # type: ignore[attr-defined]
                    raise error
            act(*paths, **named)

        return refused

    monkeypatch.setattr(sys, "platform", "win32")
    for name in ("unlink", "remove", "rename", "replace"):
        monkeypatch.setattr(os, name, refuse_open(getattr(os, name)))
    monkeypatch.setattr(os, "open", open_file)
    for name in ONLY_POSIX:
        monkeypatch.delattr(os, name, raising=False)
    for module in ONLY_POSIX_MODULES:
        monkeypatch.setitem(sys.modules, module, None)
    monkeypatch.setitem(sys.modules, "msvcrt", MSVCRT)


def test_the_site_is_the_same(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    courses = [write_course(tmp_path / name / "course", COURSE) for name in ("here", "there")]
    usual = run_cli("--source", courses[0], "--today", "2027-01-26")
    assert (usual.code, usual.err) == (0, "")
    request.getfixturevalue("windows")
    for change in ("", "# More\n"):
        if change:
            for course in courses:
                write_course(course, {**COURSE, "content/notes/n.md": f"{COURSE['content/notes/n.md']!s}{change}"})
            assert run_cli("--source", courses[0], "--today", "2027-01-26").code == 0
        ran = run_cli("--source", courses[1], "--today", "2027-01-26")
        assert (ran.code, ran.err) == (0, "")
        made = read_tree(courses[1] / "_site")
        # An open file can't be removed there, so the lock stays, empty.
        assert made.pop(LOCK) == b""
        usual_site = read_tree(courses[0] / "_site")
        usual_site.pop(LOCK, None)
        assert made == usual_site


def test_check_and_fix(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    course = write_course(tmp_path, {**COURSE, "readings.yaml": "one:\n  - title:Book\n"})
    run_cli("check", "--source", course)  # loads what belongs to this system
    request.getfixturevalue("windows")
    assert run_cli("check", "--source", course, "--today", "2027-01-26").code == 1
    assert run_cli("check", "--fix", "--source", course, "--today", "2027-01-26").code == 0
    assert (course / "readings.yaml").read_text(encoding="utf-8") == "one:\n  - title: Book\n"


@pytest.mark.usefixtures("windows")
def test_one_build_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(courseweek.files.lock, "PATIENCE", 0.1)
    with hold(tmp_path):
        assert is_signed(tmp_path)
        owner = rf"^another build \(process {os.getpid()} on this-machine\) is writing to "
        with pytest.raises(Held, match=owner), hold(tmp_path):
            pass
    assert not is_signed(tmp_path)
    with hold(tmp_path):
        pass


@pytest.mark.usefixtures("windows")
def test_one_waits_for_the_other(tmp_path: Path) -> None:
    held, order = threading.Event(), list[str]()

    def wait() -> None:
        held.wait()
        with hold(tmp_path):
            order.append("second")

    thread = threading.Thread(target=wait)
    thread.start()
    with hold(tmp_path):
        held.set()
        order.append("first")
    thread.join()
    assert order == ["first", "second"]


@pytest.mark.usefixtures("windows")
def test_a_file_that_is_open_is_not_removed(tmp_path: Path) -> None:
    """The fixture does what Windows does."""
    if not open_files():
        pytest.skip("the system does not say which files are open")
    with (tmp_path / "a").open("wb"), pytest.raises(PermissionError):
        (tmp_path / "a").unlink()
    (tmp_path / "a").unlink()


@pytest.mark.usefixtures("windows")
def test_a_damaged_cache_is_replaced(tmp_path: Path) -> None:
    for damaged in (False, True):
        for path in tmp_path.iterdir():
            path.write_bytes(b"SQLite format 3\0" + b"damaged" * 2_000)
        with closing(Memory("program", tmp_path, b"key" * 10)) as memory:
            assert memory.recall(KIND, "question") is None
            memory.keep(KIND, "question", "answer")
            memory.settle()
        with closing(Memory("program", tmp_path, b"key" * 10)) as memory:
            assert memory.recall(KIND, "question") == "answer", damaged
