"""Fixes to press: the patch is one that `git apply` takes, and the summary has the lines to copy."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.sites import SIX_LINES, Ran, read_tree, run_cli, write_course

TOPICS = SIX_LINES + "schedule: [One, Two, Three]\n"
GLUED = "one:\n  - {title: A, venue:CIDR}\n"
FIXED = "one:\n  - {title: A, venue: CIDR}\n"
MARK = b"\xef\xbb\xbf"
CASES: dict[str, tuple[str, Mapping[str, bytes], Mapping[str, bytes]]] = {
    "a slip": ("", {"readings.yaml": GLUED.encode()}, {"readings.yaml": FIXED.encode()}),
    "a line end of Windows and a mark": (
        "",
        {"readings.yaml": MARK + GLUED.replace("\n", "\r\n").encode()},
        {"readings.yaml": MARK + FIXED.replace("\n", "\r\n").encode()},
    ),
    "no line end": ("", {"readings.yaml": GLUED.rstrip("\n").encode()}, {"readings.yaml": FIXED.rstrip("\n").encode()}),
    "a subfolder with a space": ("courses/ml 2", {"readings.yaml": GLUED.encode()}, {"readings.yaml": FIXED.encode()}),
    "a folder with signs": ('a "b"\tü', {"readings.yaml": GLUED.encode()}, {"readings.yaml": FIXED.encode()}),
    "two files, one with a name of other letters": (
        "",
        {"readings.yaml": GLUED.encode(), "content/über uns.md": b"# A\n\n| a |\n| --- |\n| $|x|$ |\n"},
        {"readings.yaml": FIXED.encode(), "content/über uns.md": b"# A\n\n| a |\n| --- |\n| $\\|x\\|$ |\n"},
    ),
    "characters of Unicode beside it": (
        "",
        {"readings.yaml": "one:\n  - {title: Ä 课程 🎓, venue:CIDR}\n".encode()},
        {"readings.yaml": "one:\n  - {title: Ä 课程 🎓, venue: CIDR}\n".encode()},
    ),
}


def write_patch(folder: Path, course: Path, *more: str | Path) -> Ran:
    return run_cli("check", "--source", course, "--patch", folder / "fixes.patch", "--today", "2027-03-05", *more)


@pytest.mark.parametrize("case", CASES)
def test_git_applies_the_patch(case: str, tmp_path: Path) -> None:
    git = shutil.which("git")
    if git is None:
        pytest.skip("Git is not installed")
    subfolder, files, expected = CASES[case]
    repository = tmp_path / "repository"
    course = write_course(repository / subfolder, {"syllabus.yaml": TOPICS, **files})
    subprocess.run([git, "init", "--quiet", repository], check=True, capture_output=True)
    before = read_tree(course)
    ran = write_patch(tmp_path, course)
    assert read_tree(course) == before
    assert "\nWrote fixes.patch: `git apply fixes.patch` makes the fixes.\n" in ran.out + ran.err
    patch = tmp_path / "fixes.patch"
    subprocess.run([git, "apply", "--check", patch], cwd=repository, check=True, capture_output=True)
    subprocess.run([git, "apply", patch], cwd=repository, check=True, capture_output=True)
    assert {name: (course / name).read_bytes() for name in expected} == dict(expected)
    assert {name for name, data in read_tree(course).items() if before.get(name) != data and ".git/" not in name} == {
        *expected
    }
    again = write_patch(tmp_path, course)
    assert again.code == 0
    assert "There is nothing to fix, so no patch is written.\n" in again.out
    assert not patch.exists()


REFUSED = {
    "another file": (b"mine\n", "fixes.patch is already there, and is not a patch"),
    "no folder": (None, "gone/fixes.patch can't be written: its folder doesn't exist"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_only_a_patch_is_replaced(case: str, tmp_path: Path) -> None:
    data, why = REFUSED[case]
    course = write_course(tmp_path / "course", {"syllabus.yaml": TOPICS, "readings.yaml": GLUED})
    where = tmp_path if data is not None else tmp_path / "gone"
    if data is not None:
        (where / "fixes.patch").write_bytes(data)
    ran = write_patch(where, course)
    assert (ran.code, ran.out, ran.err) == (2, "", f"courseweek: {tmp_path}/{why}\n")
    assert data is None or (where / "fixes.patch").read_bytes() == data


def test_fixing_and_a_patch_exclude_each_other(tmp_path: Path) -> None:
    assert write_patch(tmp_path, write_course(tmp_path / "course", {}), "--fix").code == 2


def test_the_summary_has_the_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    summary = tmp_path / "summary.md"
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    text = "one:\n  - {title: A, venue:CIDR}\n  - {title: ```` b, venue:SOSP}\n"
    course = write_course(tmp_path / "course", {"syllabus.yaml": TOPICS, "readings.yaml": text})
    run_cli("check", "--source", course, "--format", "github", "--today", "2027-03-05")
    assert summary.read_text(encoding="utf-8").startswith(
        "## Fixes\n\nreadings&#46;yaml, lines 2 to 3:\n\n`````yaml\n"
        '  - {title: A, venue: CIDR}\n  - {title: "```` b", venue: SOSP}\n`````\n\n## The course\'s files\n'
    ), summary.read_text(encoding="utf-8")


def test_lines_that_can_not_be_shown_are_in_the_patch_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    summary = tmp_path / "summary.md"
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    text = "one:\n  - {title: A\u00ad, venue:CIDR}\n"
    course = write_course(tmp_path / "course", {"syllabus.yaml": TOPICS, "readings.yaml": text})
    run_cli("check", "--source", course, "--format", "github", "--today", "2027-03-05")
    assert summary.read_text(encoding="utf-8").startswith(
        "## Fixes\n\nreadings&#46;yaml, line 2: these lines are in the patch only, as they can't be shown here.\n"
    ), summary.read_text(encoding="utf-8")
