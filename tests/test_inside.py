"""Nothing is read or written through a link that leaves the course's folder or the output."""

from __future__ import annotations

from pathlib import Path

from tests.sites import run_cli, write_course

SECRET = "nobody may publish this"


def secret(tmp_path: Path) -> Path:
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    (folder / "secret.md").write_text(SECRET, encoding="utf-8")
    return folder


def test_a_layout_is_not_read_through_a_link(tmp_path: Path) -> None:
    course = write_course(tmp_path / "course", {"layouts/readme.txt": ""})
    (course / "layouts" / "home.html").symlink_to(secret(tmp_path) / "secret.md")
    ran = run_cli("--source", course, "--today", "2027-03-10")
    assert ran.code == 1
    assert "error[outside]: `layouts/home.html` is outside the course's folder" in ran.err
    assert not (course / "_site").exists()


def test_a_folder_is_not_read_through_a_link(tmp_path: Path) -> None:
    course = write_course(tmp_path / "course", {})
    (course / "content").symlink_to(secret(tmp_path), target_is_directory=True)
    ran = run_cli("--source", course, "--today", "2027-03-10")
    assert ran.code == 1
    assert ran.err.count("error[") == 1
    assert "error[outside]: `content` is outside the course's folder" in ran.err


def test_nothing_is_written_through_a_folder_of_the_output(tmp_path: Path) -> None:
    course = write_course(tmp_path / "course", {})
    elsewhere = secret(tmp_path)
    (course / "_site").mkdir()
    (course / "_site" / "assets").symlink_to(elsewhere, target_is_directory=True)
    ran = run_cli("--source", course, "--today", "2027-03-10")
    assert ran.code == 2
    assert sorted(path.name for path in elsewhere.rglob("*")) == ["secret.md"]
