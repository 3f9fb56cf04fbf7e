"""`constraints.txt`: a version for each package, and one that pyproject.toml allows."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.test_house import ROOT, TEST_LINE
from tests.test_workflows import WORKFLOWS
from tests.workflow import read

LINES = [
    line for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines() if not line.startswith("#")
]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
REQUIREMENTS = [
    Requirement(each)
    for each in (
        *PROJECT["build-system"]["requires"],
        *PROJECT["project"]["dependencies"],
        *(line for lines in PROJECT["project"]["optional-dependencies"].values() for line in lines),
    )
]
PINS = {name: version for name, _, version in (line.partition("==") for line in LINES)}
# They are about the program: `test` runs the command of the README, and `drift` leaves the versions out on purpose.
OF_THE_PROGRAM = {"test", "drift", "release"}


def needs(name: str) -> set[str]:
    """Return the packages that a pinned one needs on this machine; none if another version of it is installed."""
    try:
        found = distribution(name)
    except PackageNotFoundError:
        return set()
    if found.version != PINS[name]:
        return set()
    needed = [Requirement(each) for each in found.requires or ()]
    return {
        canonicalize_name(each.name) for each in needed if each.marker is None or each.marker.evaluate({"extra": ""})
    }


def test_each_line_is_a_name_and_a_version() -> None:
    assert [line for line in LINES if not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*==[0-9][0-9a-z.]*", line)] == []
    assert list(PINS) == sorted(PINS)
    assert len(PINS) == len(LINES)


@pytest.mark.parametrize("requirement", REQUIREMENTS, ids=lambda each: each.name)
def test_each_package_has_a_version_that_is_allowed(requirement: Requirement) -> None:
    assert requirement.specifier.contains(PINS[canonicalize_name(requirement.name)])


def test_what_the_packages_need_has_a_version_too() -> None:
    assert {name: missing for name in PINS if (missing := needs(name) - set(PINS))} == {}


@pytest.mark.parametrize(
    "path", [path for path in WORKFLOWS if path.stem not in OF_THE_PROGRAM], ids=lambda each: each.stem
)
def test_a_course_is_checked_and_published_with_these_versions(path: Path) -> None:
    installs = [line for line in read(path.read_text(encoding="utf-8")).commands() if "pip install" in line]
    assert installs == ["pip install -e . -c constraints.txt"]


def test_one_workflow_goes_without_them_by_the_clock() -> None:
    drift = read((ROOT / ".github" / "workflows" / "drift.yml").read_text(encoding="utf-8"))
    assert "schedule" in drift.events
    assert drift.commands() == [TEST_LINE.replace(" -c constraints.txt", "")]
