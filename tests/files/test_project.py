"""Reading a course's files: inside its folder, as text, within limits, whatever lies there."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from courseweek.diagnostics import Diagnostics
from courseweek.files import project as rooms
from courseweek.files.project import Project, theme_folder
from courseweek.files.text_encoding import decode_text


def read(folder: Path, name: str) -> tuple[str | None, list[str]]:
    found = Diagnostics()
    source = Project(folder, folder / "_site").read_text(name, found)
    return source.text if source is not None else None, [f"{each.name}: {each.message}" for each in found]


def test_text(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes("\ufeffé\r\n😀\n".encode())
    assert read(tmp_path, "a.md") == ("é\r\n😀\n", [])


def test_what_is_not_there_is_nothing(tmp_path: Path) -> None:
    assert read(tmp_path, "a.md") == (None, [])
    assert read(tmp_path, "no/folder/a.md") == (None, [])


ENCODINGS = {
    "latin-1": ("ok\nN\u00f6\n".encode("latin-1"), (2, 2), "the file is not UTF-8: it has the byte 0xF6 here"),
    "cut off": ("ok é".encode()[:-1], (1, 4), "the file is not UTF-8: it has the byte 0xC3 here"),
    "behind a BOM": (b"\xef\xbb\xbfa\n b\xff", (2, 3), "the file is not UTF-8: it has the byte 0xFF here"),
    "a surrogate": (b"a\xed\xa0\x80", (1, 2), "the file is not UTF-8: it has the byte 0xED here"),
    "UTF-16": ("title".encode("utf-16"), (1, 1), "the file is saved as UTF-16"),
    "a NUL": (b"a\n\x00b", (2, 1), "the control character U+0000 can't be shown on a page"),
    "an escape": (b"ab\x1b[0m", (1, 3), "the control character U+001B can't be shown on a page"),
    "a next line": ("a\u0085b".encode(), (1, 2), "the control character U+0085 can't be shown on a page"),
}


@pytest.mark.parametrize("case", ENCODINGS)
def test_what_is_not_text(case: str) -> None:
    data, place, message = ENCODINGS[case]
    found = Diagnostics()
    assert decode_text("x.yaml", data, found) is None
    assert [((each.span.line, each.span.column), each.message) for each in found] == [(place, message)]


def test_paths_that_lead_out(tmp_path: Path) -> None:
    course = tmp_path / "course"
    course.mkdir()
    (tmp_path / "secret.md").write_text("secret", encoding="utf-8")
    (tmp_path / "course-2").mkdir()
    (tmp_path / "course-2" / "a.md").write_text("other", encoding="utf-8")
    (course / "link.md").symlink_to(tmp_path / "secret.md")
    (course / "folder").symlink_to(tmp_path)
    for name in ("link.md", "../secret.md", "folder/secret.md", "../course-2/a.md", str(tmp_path / "secret.md")):
        assert read(course, name) == (None, [f"outside: `{name}` is outside the course's folder"])


def test_links_inside_are_followed(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("text", encoding="utf-8")
    (tmp_path / "b.md").symlink_to("a.md")
    assert read(tmp_path, "b.md") == ("text", [])


def test_links_that_lead_nowhere(tmp_path: Path) -> None:
    (tmp_path / "gone.md").symlink_to("nothing.md")
    (tmp_path / "loop.md").symlink_to("loop.md")
    assert read(tmp_path, "gone.md") == (None, ["unreadable: `gone.md` is a link to a missing file"])
    assert read(tmp_path, "loop.md") == (None, ["unreadable: `loop.md` can't be read: its links form a circle"])


def test_what_is_not_a_file(tmp_path: Path) -> None:
    (tmp_path / "folder.md").mkdir()
    os.mkfifo(tmp_path / "pipe.md")
    for name in ("folder.md", "pipe.md"):
        assert read(tmp_path, name) == (None, [f"not-a-file: `{name}` is not a file"])


def test_a_file_that_is_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rooms, "LARGEST_TEXT", 10)
    (tmp_path / "a.md").write_bytes(b"x" * 11)
    assert read(tmp_path, "a.md") == (None, ["too-large: `a.md` is larger than 10 bytes"])


@pytest.mark.parametrize("name", ["a\x00b", "x" * 5000])
def test_names_that_are_not_allowed(name: str, tmp_path: Path) -> None:
    text, reported = read(tmp_path, name)
    assert text is None
    assert [each.split(":")[0] for each in reported] == ["unreadable"]


def files(folder: Path, name: str = "assets") -> tuple[tuple[str, ...], list[str]]:
    found = Diagnostics()
    return Project(folder, folder / "_site").files(name, found), [f"{each.name}: {each.message}" for each in found]


def test_files_are_sorted_and_hidden_ones_left_out(tmp_path: Path) -> None:
    for name in ("b/z.pdf", "b/a.pdf", "a.pdf", "é.pdf", ".hidden/x", "b/.hidden"):
        path = tmp_path / "assets" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"")
    assert files(tmp_path) == (("a.pdf", "b/a.pdf", "b/z.pdf", "é.pdf"), [])


def test_no_folder_holds_no_files(tmp_path: Path) -> None:
    assert files(tmp_path) == ((), [])
    (tmp_path / "assets").write_bytes(b"")
    assert files(tmp_path) == ((), ["unreadable: `assets` can't be read: Not a directory"])


def test_a_linked_folder_is_not_entered(tmp_path: Path) -> None:
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets" / "loop").symlink_to(tmp_path)
    assert files(tmp_path) == (("loop",), [])


def test_names_that_are_not_text(tmp_path: Path) -> None:
    (tmp_path / "assets").mkdir()
    for name in (b"ok", b"b\xffd", b"a\nb"):
        (tmp_path / "assets" / os.fsdecode(name)).write_bytes(b"")
    assert files(tmp_path) == (
        ("ok",),
        [
            "bad-name: the file name `a\ufffdb` contains unprintable characters",
            "bad-name: the file name `b\ufffdd` contains unprintable characters",
        ],
    )


def test_too_many_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rooms, "MOST_FILES", 2)
    (tmp_path / "assets").mkdir()
    for name in "abc":
        (tmp_path / "assets" / name).write_bytes(b"")
    assert files(tmp_path) == ((), ["too-many: `assets` contains more than 2 files"])


def test_the_theme_is_found() -> None:
    assert (theme_folder() / "layouts").is_dir()


def help_of(folder: Path, name: str) -> str | None:
    """Return the remedy for a file that can't be read."""
    found = Diagnostics()
    Project(folder, folder / "_site").read_text(name, found)
    (wrong,) = found
    return wrong.help


def test_each_refusal_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rooms, "LARGEST_TEXT", 10)
    course = tmp_path / "course"
    (course / "folder.md").mkdir(parents=True)
    (course / "large.md").write_bytes(b"x" * 11)
    (course / "gone.md").symlink_to("nothing.md")
    (course / "loop.md").symlink_to("loop.md")
    (tmp_path / "secret.md").write_bytes(b"x")
    (course / "out.md").symlink_to(tmp_path / "secret.md")
    names = ("folder.md", "large.md", "gone.md", "loop.md", "out.md", "large.md/x.md")
    assert {name: help_of(course, name) for name in names} == {
        "folder.md": "rename or delete what has this name, then add the file",
        "large.md": "divide it",
        "gone.md": "replace the link with the file, or delete it",
        "loop.md": "replace the links with the file",
        "out.md": "it is a link to another place on this computer: replace it with a copy",
        "large.md/x.md": "this must be a folder: rename the file",
    }
