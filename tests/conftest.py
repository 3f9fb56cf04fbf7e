"""What every test may use."""

from __future__ import annotations

import hashlib
import os
import signal
import sys
import tempfile
from collections.abc import Generator, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol

import pytest
from hypothesis import settings
from jinja2 import Environment

from courseweek.render.layouts.bounds import BoundedEnvironment
from tests.sites import run_cli

# The same examples in every run, and no failure because a machine is slow.
settings.register_profile("steady", derandomize=True, deadline=None, print_blob=True)
settings.load_profile("steady")

# What is compiled is kept, whatever the shell says: many tests start the program, and each would compile it again.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

PATIENCE = 300
"""How many seconds a test of the short run may take; a busy machine takes long."""
TOGETHER = (
    "tests/browser/",
    "tests/browsers/",
    "tests/crash/test_disk.py",
    "tests/commands/test_serve.py",
    "tests/outputs/test_exports.py",
    "tests/test_house.py",
)
"""Tests that share something that takes long to start: those of a folder or file run in one process, before others.

The browser's come first: they wait for it most of the time, while the other process works.
"""

LONG = ("tests/crash/", "tests/hostile/", "tests/fuzz/", "tests/yamltext/test_shifts.py")
"""What follows these: tests that take seconds each."""


def group_of(nodeid: str) -> str:
    """Return the folder or file of `TOGETHER` that a test is in; any other test is its own group."""
    return next((each for each in TOGETHER if nodeid.startswith(each)), nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Return what gives the groups to the processes, in the order in which they are collected."""
    from xdist.scheduler import LoadScopeScheduling

    config.option.loadscopereorder = False
    scheduling = LoadScopeScheduling(config, log)
    scheduling._split_scope = group_of
    return scheduling


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest, so that no process ends long before the other."""
    first = (*TOGETHER, *LONG)
    items.sort(key=lambda item: next((at for at, each in enumerate(first) if item.nodeid.startswith(each)), len(first)))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Let a test fail that waits for what never comes, and show where it waits."""
    if not hasattr(signal, "SIGALRM"):
        return (yield)
    seconds = 3600 if item.get_closest_marker("slow") else PATIENCE

    def give_up(*_: object) -> None:
        pytest.fail(f"the test has not ended after {seconds} seconds")

    signal.signal(signal.SIGALRM, give_up)
    signal.alarm(seconds)
    try:
        return (yield)
    finally:
        signal.alarm(0)


@pytest.fixture(scope="session")
def root() -> Path:
    """Return the top of the checkout."""
    return Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session", autouse=True)
def plain_environment() -> Iterator[Mapping[str, str]]:
    """Hide what a terminal or a CI service says about itself, so that output is the same everywhere.

    What it was before is returned, for the tools that look for what they have brought.
    """
    before = dict(os.environ)
    with pytest.MonkeyPatch.context() as patch:
        for name in ("CI", "GITHUB_ACTIONS", "NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE", "COLUMNS"):
            patch.delenv(name, raising=False)
        # No test leaves a cache in a course, or finds that of another: those about it name a place of their own.
        patch.setenv("XDG_CACHE_HOME", os.devnull)
        # A shell that starts the tests in the background lets all of them ignore Ctrl-C, which ends a preview.
        interrupted = signal.signal(signal.SIGINT, signal.default_int_handler)
        yield before
        signal.signal(signal.SIGINT, interrupted)


@pytest.fixture(scope="session", autouse=True)
def theme_compiled_once(root: Path) -> Iterator[None]:
    """Compile each layout of the theme once in a process: most of a small build is that, and it is always the same.

    The layouts that courses bring are compiled each time, and so are all in the processes that tests start.
    """
    compile_template, theme = Environment.compile, root / "layouts"
    known: dict[tuple[str, str | None, str | None], Any] = {}

    def compile_once(environment: Environment, source: str, name: str | None, filename: str | None) -> Any:
        own = not isinstance(environment, BoundedEnvironment) or filename is None or environment.is_own(filename)
        if own or not Path(filename or "").is_relative_to(theme):
            return compile_template(environment, source, name, filename)
        if (source, name, filename) not in known:
            known[source, name, filename] = compile_template(environment, source, name, filename)
        return known[source, name, filename]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Environment, "compile", compile_once)
        yield


class BuildSite(Protocol):
    """Builds a course as of a day and returns the folder of its site."""

    def __call__(self, course: Path, today: str = "2027-03-10") -> Path: ...


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder that all processes of this run have in common."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def build_site(shared: Path) -> BuildSite:
    """Build courses into folders of their own, each once in a run; whoever gets one must not change it."""
    built: dict[tuple[Path, str], Path] = {}

    def build(course: Path, today: str = "2027-03-10") -> Path:
        if (course, today) not in built:
            key = hashlib.sha256(f"{course} {today}".encode()).hexdigest()[:16]
            kept = shared / f"{course.name}-{key}"
            if not kept.exists():
                made = Path(tempfile.mkdtemp(dir=shared))
                ran = run_cli("--source", course, "--output", made / "site", "--today", today)
                assert ran.code == 0, ran.err
                # Another process may have been first.
                with suppress(OSError):
                    made.rename(kept)
            built[course, today] = kept / "site"
        return built[course, today]

    return build
