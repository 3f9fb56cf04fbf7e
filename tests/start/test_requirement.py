"""Where the running program came from decides how a course gets it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from courseweek import __version__
from courseweek.start.requirement import choose_requirement, find_program
from tests.sites import ROOT
from tests.start.programs import record

COMMIT = "0123456789abcdef0123456789abcdef01234567"
WHEEL = re.compile(rf"\./vendor/courseweek-{re.escape(__version__)}\+c[0-9a-f]{{10}}-py3-none-any\.whl")


def clone(url: str, vcs: str = "git") -> dict[str, object]:
    return {"url": url, "vcs_info": {"vcs": vcs, "commit_id": COMMIT}}


NAMED = {
    "an index": (None, f"courseweek=={__version__}"),
    "a repository": (
        clone("https://git.example.edu/courseweek.git"),
        f"courseweek @ git+https://git.example.edu/courseweek.git@{COMMIT}",
    ),
    "a folder of a repository": (
        {**clone("https://git.example.edu/tools"), "subdirectory": "courseweek"},
        f"courseweek @ git+https://git.example.edu/tools@{COMMIT}#subdirectory=courseweek",
    ),
    "a repository with a password": (
        clone("https://ada:secret@git.example.edu/courseweek"),
        f"courseweek @ git+https://git.example.edu/courseweek@{COMMIT}",
    ),
}
CARRIED: dict[str, object] = {
    "a checkout": {"url": "file:///home/ada/courseweek", "dir_info": {"editable": True}},
    "a folder": {"url": "file:///home/ada/courseweek", "dir_info": {}},
    "a wheel file": {"url": "file:///home/ada/courseweek-1.0-py3-none-any.whl", "archive_info": {}},
    "an archive elsewhere": {"url": "https://example.edu/courseweek.tar.gz", "archive_info": {"hash": "sha256=0"}},
    "a repository that needs a key": clone("ssh://git@git.example.edu/courseweek"),
    "a repository on this computer": clone("file:///home/ada/courseweek"),
    "another kind of repository": clone("https://example.edu/courseweek", "hg"),
    "a record that is not JSON": "{",
    "a record of another shape": [],
}


@pytest.mark.parametrize("origin", NAMED)
def test_a_program_that_others_can_get_is_named(origin: str, tmp_path: Path) -> None:
    recorded, line = NAMED[origin]
    requirement = choose_requirement(record(tmp_path, recorded))
    assert requirement.line == line
    assert (requirement.wheel, requirement.sha256) == (None, None)
    assert set(requirement.files) == {"requirements.txt", "constraints.txt"}


@pytest.mark.parametrize("origin", CARRIED)
def test_any_other_program_is_carried(origin: str, tmp_path: Path) -> None:
    requirement = choose_requirement(record(tmp_path, CARRIED[origin]))
    assert WHEEL.fullmatch(requirement.line)
    assert requirement.line == f"./{requirement.wheel}"
    assert set(requirement.files) == {"requirements.txt", "constraints.txt", requirement.wheel}


def test_a_checkout_that_runs_beside_an_installed_program_is_carried(tmp_path: Path) -> None:
    assert WHEEL.fullmatch(choose_requirement(record(tmp_path, None, here=False)).line)


def test_a_checkout_that_is_not_installed_is_carried() -> None:
    assert choose_requirement(None) == choose_requirement(find_program())


def test_requirements_name_the_constraints_and_the_program() -> None:
    requirement = choose_requirement(None)
    text = requirement.files["requirements.txt"].decode()
    assert [line for line in text.splitlines() if not line.startswith("#")] == ["-c constraints.txt", requirement.line]


def test_constraints_are_the_versions_that_were_tested(tmp_path: Path) -> None:
    tested = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [
        line
        for line in choose_requirement(None).files["constraints.txt"].decode().splitlines()
        if not line.startswith("#")
    ]
    assert set(pins) <= set(tested)
    assert {"jinja2", "markupsafe", "livereload", "tornado"} <= {pin.partition("==")[0] for pin in pins}
    assert not {"pytest", "ruff"} & {pin.partition("==")[0] for pin in pins}


def test_constraints_go_by_what_the_installed_program_requires(tmp_path: Path) -> None:
    text = choose_requirement(record(tmp_path, None)).files["constraints.txt"].decode()
    assert [line.partition("==")[0] for line in text.splitlines() if not line.startswith("#")] == ["markupsafe"]
