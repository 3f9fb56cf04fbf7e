"""The memory between two builds: it keeps what it was told, believes nobody else, and never fails."""

from __future__ import annotations

import errno
import os
import sqlite3
import stat
import sys
from pathlib import Path

import pytest

from courseweek.cache import FOLDER, MOST_FORGOTTEN, Memory, read_secret

SECRET = b"s" * 32


def keep(course: Path, answers: dict[str, str], secret: bytes = SECRET, program: str = "1") -> None:
    memory = Memory(program, course / FOLDER, secret)
    for question, answer in answers.items():
        memory.remember("text", question, answer)
    memory.settle()
    memory.close()


def recall(course: Path, question: str, secret: bytes | None = SECRET, program: str = "1") -> str | None:
    memory = Memory(program, course / FOLDER, secret)
    answer = memory.recall("text", question)
    memory.close()
    return answer


def file_of(course: Path) -> Path:
    return course / FOLDER / "memory.sqlite"


def test_an_answer_is_there_for_the_next_build(tmp_path: Path) -> None:
    keep(tmp_path, {"a": "ä\n" * 5000, "b": ""})
    assert recall(tmp_path, "a") == "ä\n" * 5000
    assert recall(tmp_path, "b") == ""
    assert recall(tmp_path, "c") is None
    assert sorted(path.name for path in tmp_path.rglob("*")) == [".cache", "memory.sqlite"]


def test_another_kind_program_or_key_is_another_question(tmp_path: Path) -> None:
    keep(tmp_path, {"a": "1"})
    assert recall(tmp_path, "a", program="2") is None
    assert recall(tmp_path, "a", secret=b"t" * 32) is None
    memory = Memory("1", tmp_path / FOLDER, SECRET)
    assert memory.recall("page", "a") is None
    memory.close()


def test_without_a_key_nothing_is_kept(tmp_path: Path) -> None:
    memory = Memory("1", tmp_path / FOLDER, None)
    memory.remember("text", "a", "1")
    assert memory.recall("text", "a") == "1"
    memory.settle()
    assert list(tmp_path.iterdir()) == []


def test_a_forged_answer_is_not_believed(tmp_path: Path) -> None:
    keep(tmp_path, {"a": "1", "b": "2"})
    with sqlite3.connect(file_of(tmp_path)) as file:
        rows = file.execute("SELECT question, seal, answer FROM memory").fetchall()
        file.execute("UPDATE memory SET answer = ?, seal = ? WHERE question = ?", (rows[1][2], rows[1][1], rows[0][0]))
    file.close()
    assert {recall(tmp_path, "a"), recall(tmp_path, "b")} in ({None, "1"}, {None, "2"})


@pytest.mark.parametrize("damage", [b"", b"no database", b"SQLite format 3\0" + b"\0" * 400])
def test_a_damaged_file_is_made_again(tmp_path: Path, damage: bytes) -> None:
    keep(tmp_path, {"a": "1"})
    file_of(tmp_path).write_bytes(damage)
    assert recall(tmp_path, "a") is None
    keep(tmp_path, {"a": "1"})
    assert recall(tmp_path, "a") == "1"


def test_each_cut_and_each_flipped_byte_is_survived(tmp_path: Path) -> None:
    keep(tmp_path, {"a": "1" * 3000})
    whole = file_of(tmp_path).read_bytes()
    for at in range(0, len(whole), 97):
        for damaged in (whole[:at], whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1 :]):
            file_of(tmp_path).write_bytes(damaged)
            assert recall(tmp_path, "a") in (None, "1" * 3000)
            keep(tmp_path, {"b": "2"})


@pytest.mark.parametrize("place", ["folder", "file"])
def test_nothing_is_written_through_a_link(tmp_path: Path, place: str) -> None:
    course, elsewhere = tmp_path / "course", tmp_path / "elsewhere"
    course.mkdir()
    elsewhere.mkdir()
    if place == "folder":
        (course / FOLDER).symlink_to(elsewhere)
    else:
        (course / FOLDER).mkdir()
        file_of(course).symlink_to(elsewhere / "memory.sqlite")
    keep(course, {"a": "1"})
    assert list(elsewhere.iterdir()) == []


def test_a_file_where_the_folder_should_be(tmp_path: Path) -> None:
    (tmp_path / FOLDER).write_bytes(b"mine")
    keep(tmp_path, {"a": "1"})
    assert recall(tmp_path, "a") is None
    assert (tmp_path / FOLDER).read_bytes() == b"mine"


def test_a_folder_that_takes_no_file(tmp_path: Path) -> None:
    file_of(tmp_path).mkdir(parents=True)
    keep(tmp_path, {"a": "1"})
    assert recall(tmp_path, "a") is None


@pytest.mark.skipif(sys.platform == "win32", reason="has no such rights")
def test_a_folder_of_somebody_else(tmp_path: Path) -> None:
    keep(tmp_path, {"q": "a"})
    (tmp_path / FOLDER).chmod(0)
    try:
        keep(tmp_path, {"q": "b"})
        assert recall(tmp_path, "q") in (None, "b")  # which an administrator may read
    finally:
        (tmp_path / FOLDER).chmod(0o755)


def test_what_many_builds_did_not_ask_for_goes(tmp_path: Path) -> None:
    keep(tmp_path, {str(number): "x" for number in range(MOST_FORGOTTEN)})
    keep(tmp_path, {"new": "y"})
    assert recall(tmp_path, "0") == "x"
    keep(tmp_path, {"newer": "z"})
    assert (recall(tmp_path, "0"), recall(tmp_path, "new"), recall(tmp_path, "newer")) == (None, None, "z")


def test_two_builds_at_once_both_go_on(tmp_path: Path) -> None:
    one, other = Memory("1", tmp_path / FOLDER, SECRET), Memory("1", tmp_path / FOLDER, SECRET)
    assert (one.recall("text", "a"), other.recall("text", "b")) == (None, None)
    blocking = sqlite3.connect(file_of(tmp_path))
    blocking.execute("BEGIN EXCLUSIVE")
    one.remember("text", "a", "1")
    one.settle()
    assert one.recall("text", "a") == "1"
    blocking.rollback()
    blocking.close()
    other.remember("text", "b", "2")
    other.settle()
    one.close()
    other.close()
    assert (recall(tmp_path, "a"), recall(tmp_path, "b")) == (None, "2")


def test_the_key_is_made_once_and_is_private(tmp_path: Path) -> None:
    folder = tmp_path / "state" / "courseweek"
    secret = read_secret(folder)
    assert secret is not None
    assert len(secret) == 32
    assert read_secret(folder) == secret
    if os.name == "posix":
        assert stat.S_IMODE((folder / "key").stat().st_mode) == 0o600


def test_a_key_that_can_not_be_kept(tmp_path: Path) -> None:
    (tmp_path / "state").write_bytes(b"a file")
    assert read_secret(tmp_path / "state") is None
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "key").write_bytes(b"short")
    assert read_secret(tmp_path / "other") is None


def test_a_key_for_which_the_disk_has_no_room_is_made_later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(count: int) -> bytes:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as full:
        full.setattr(os, "urandom", refuse)
        assert read_secret(tmp_path) is None
    assert read_secret(tmp_path) is not None


@pytest.mark.skipif(sys.platform == "win32", reason="has no pipes and devices among its files")
@pytest.mark.parametrize("kind", ["pipe", "device", "folder"])
def test_a_key_that_is_not_a_file_has_no_answer(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "key"
    {"pipe": os.mkfifo, "device": lambda it: it.symlink_to("/dev/zero"), "folder": Path.mkdir}[kind](path)
    assert read_secret(tmp_path) is None


def test_a_file_that_another_build_holds_is_waited_for_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(tmp_path, {str(number): "x" for number in range(50)})
    memory = Memory("1", tmp_path / FOLDER, SECRET)
    assert memory.recall("text", "0") == "x"
    waits: list[bytes] = []
    blocking = sqlite3.connect(file_of(tmp_path))
    blocking.execute("BEGIN EXCLUSIVE")
    read = Memory._read

    def wait(self: Memory, file: sqlite3.Connection, key: bytes) -> str | None:
        waits.append(key)
        return read(self, file, key)

    monkeypatch.setattr(Memory, "_read", wait)
    assert [memory.recall("text", str(number)) for number in range(1, 50)] == [None] * 49
    assert len(waits) == 1
    memory.close()
    # Nor is it thrown away for that.
    assert recall(tmp_path, "0") is None
    blocking.rollback()
    blocking.close()
    assert recall(tmp_path, "0") == "x"


SCHEMA = "CREATE TABLE memory (question BLOB PRIMARY KEY, seal BLOB, answer BLOB) WITHOUT ROWID"
FOREIGN = {
    "another table": "CREATE TABLE memory (a, b)",
    "another table of its name": "CREATE TABLE memory (question, seal, answer, more)",
    "a view that never ends": "CREATE VIEW memory AS WITH RECURSIVE n(question, seal, answer) AS"
    " (SELECT 1, 1, 1 UNION ALL SELECT question + 1, 1, 1 FROM n) SELECT * FROM n",
    "a trigger": f"{SCHEMA}; CREATE TRIGGER t AFTER INSERT ON memory BEGIN DELETE FROM memory; END",
    "a table beside it": f"{SCHEMA}; CREATE TABLE other (a)",
    "nothing": "CREATE TABLE a (b); DROP TABLE a",
}


@pytest.mark.parametrize("name", FOREIGN)
def test_a_database_of_somebody_else_is_made_again(tmp_path: Path, name: str) -> None:
    (tmp_path / FOLDER).mkdir()
    file = sqlite3.connect(file_of(tmp_path))
    file.executescript(FOREIGN[name])
    file.close()
    assert recall(tmp_path, "a") is None
    keep(tmp_path, {"a": "1"})
    assert recall(tmp_path, "a") == "1"


def test_a_journal_that_can_not_be_written(tmp_path: Path) -> None:
    """Where the journal goes lies a folder, which not even root can write to: as on a full or read-only disk."""
    keep(tmp_path, {"a": "1"})
    file_of(tmp_path).with_name("memory.sqlite-journal").mkdir()
    keep(tmp_path, {"b": "2"})
    assert recall(tmp_path, "b") is None
    file_of(tmp_path).with_name("memory.sqlite-journal").rmdir()
    assert recall(tmp_path, "a") == "1"


def test_a_journal_of_a_killed_build_is_no_obstacle(tmp_path: Path) -> None:
    keep(tmp_path, {"a": "1"})
    file_of(tmp_path).with_name("memory.sqlite-journal").write_bytes(os.urandom(4096))
    assert recall(tmp_path, "a") in (None, "1")
    keep(tmp_path, {"b": "2"})
    assert recall(tmp_path, "b") == "2"
