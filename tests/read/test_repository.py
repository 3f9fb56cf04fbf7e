"""The repository: its short and full forms, and where a file of it is edited."""

from __future__ import annotations

from pathlib import Path

import pytest

from courseweek.model.repository import Repository
from tests.mini import read_mini

TERM = "term: {starts: 2027-01-25, ends: 2027-05-10, timezone: America/Los_Angeles}\n"
GITHUB = "https://github.com/example/cs294"


def read(folder: Path, written: str) -> tuple[Repository | None, list[str]]:
    mini = read_mini(folder, f"course:\n  title: Knots\n  repository: {written}\n{TERM}")
    assert mini.course is not None
    return mini.course.syllabus.repository, mini.found


@pytest.mark.parametrize(
    ("written", "edited"),
    [
        (GITHUB, f"{GITHUB}/edit/main/content/a%20b.md#L12"),
        (f"{GITHUB}.git", f"{GITHUB}/edit/main/content/a%20b.md#L12"),
        ("https://gitlab.com/group/sub/cs294/", "https://gitlab.com/group/sub/cs294/-/edit/main/content/a%20b.md#L12"),
        ("https://gitlab.example.edu/cs294", "https://gitlab.example.edu/cs294/-/edit/main/content/a%20b.md#L12"),
        ("https://notgitlab.example.edu/cs294", "https://notgitlab.example.edu/cs294"),
        ("https://codeberg.org/example/cs294", "https://codeberg.org/example/cs294"),
        (f"{{url: {GITHUB}, branch: spring/2027 #1}}", f"{GITHUB}/edit/spring/2027%20%231/content/a%20b.md#L12"),
        (f"{{url: {GITHUB}, folder: /courses/öl/}}", f"{GITHUB}/edit/main/courses/%C3%B6l/content/a%20b.md#L12"),
        ("{url: https://git.example.edu/a/b, host: GitLab}", "https://git.example.edu/a/b/-/edit/main/content/a%20b.md#L12"),
        ("{url: https://git.example.edu/a/b, host: github}", "https://git.example.edu/a/b/edit/main/content/a%20b.md#L12"),
    ],
)  # fmt: skip
def test_where_a_file_is_edited(tmp_path: Path, written: str, edited: str) -> None:
    quoted = written.replace("spring/2027 #1", '"spring/2027 #1"')
    repository, found = read(tmp_path, quoted)
    assert found == []
    assert repository is not None
    assert repository.edit("content/a b.md", 12) == edited


def test_without_a_line_the_file_is_opened_at_its_top() -> None:
    assert Repository(GITHUB, host="github").edit("readings.yaml") == f"{GITHUB}/edit/main/readings.yaml"


@pytest.mark.parametrize(
    ("written", "reported"),
    [
        ("{branch: main}", "error[missing-key]: a repository needs `url`"),
        (f"{{url: {GITHUB}, host: bitbucket}}", "error[bad-value]: `bitbucket` is not github or gitlab"),
        (f"{{url: {GITHUB}, folder: ../other}}", "error[bad-value]: `../other` is not a folder in the repository"),
        (f"{{url: {GITHUB}, folder: a//b}}", "error[bad-value]: `a//b` is not a folder in the repository"),
        (f"{{url: {GITHUB}, brunch: main}}", "error[unknown-key]: a repository has no key `brunch`"),
        ("http://github.com/a/b", "error[bad-address]: the repository's address begins with https://"),
    ],
)
def test_what_is_not_a_repository(tmp_path: Path, written: str, reported: str) -> None:
    assert read(tmp_path, written)[1] == [reported]
