"""What every test may use."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import pytest
from hypothesis import settings

from tests.sites import run_cli

# The same examples in every run, and no failure because a machine is slow.
settings.register_profile("steady", derandomize=True, deadline=None, print_blob=True)
settings.load_profile("steady")


@pytest.fixture(scope="session")
def root() -> Path:
    """Return the top of the checkout."""
    return Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session", autouse=True)
def plain_environment() -> Iterator[None]:
    """Hide what a terminal or a CI service says about itself, so that output is the same everywhere."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("CI", "GITHUB_ACTIONS", "NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE", "COLUMNS"):
            patch.delenv(name, raising=False)
        # No test leaves a cache in a course, or finds that of another: those about it name a place of their own.
        patch.setenv("XDG_CACHE_HOME", os.devnull)
        yield


class BuildSite(Protocol):
    """Builds a course as of a day and returns the folder of its site."""

    def __call__(self, course: Path, today: str = "2027-03-10") -> Path: ...


@pytest.fixture(scope="session")
def build_site(tmp_path_factory: pytest.TempPathFactory) -> BuildSite:
    """Build courses into folders of their own, each once in a session; whoever gets one must not change it."""
    built: dict[tuple[Path, str], Path] = {}

    def build(course: Path, today: str = "2027-03-10") -> Path:
        if (course, today) not in built:
            output = tmp_path_factory.mktemp(course.name) / "site"
            ran = run_cli("--source", course, "--output", output, "--today", today)
            assert ran.code == 0, ran.err
            built[course, today] = output
        return built[course, today]

    return build
