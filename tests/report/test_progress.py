"""The line that shows how far a command is: after a while, not too often, and gone at the end."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import datetime

import pytest

from courseweek import terminal
from courseweek.diagnostics import Diagnostics
from courseweek.files.project import Project
from courseweek.pipeline import Step, make_site
from courseweek.report.progress import Progress
from tests.sites import COURSES


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_nothing_is_shown_in_the_first_second() -> None:
    stream, clock = io.StringIO(), Clock()
    with Progress(stream, clock) as progress:
        clock.now += 0.99
        progress.show("rendering")
    assert stream.getvalue() == ""


def test_one_line_is_written_again_and_cleared_at_the_end() -> None:
    stream, clock = io.StringIO(), Clock()
    with Progress(stream, clock) as progress:
        clock.now += 1
        progress.show(Step("rendering", 312, 1000))
        progress.show(Step("rendering", 313, 1000))
        clock.now += 0.1
        progress.show(Step("rendering", 314, 1000))
        clock.now += 0.1
        progress.show(Step("checking"))
    lines = ("rendering 312 of 1,000 pages", "rendering 314 of 1,000 pages", "checking", "")
    assert stream.getvalue() == "".join(f"\r\x1b[K{line}" for line in lines)


def test_the_line_is_cleared_after_a_failure_and_begins_again() -> None:
    stream, clock = io.StringIO(), Clock()
    progress = Progress(stream, clock)

    def fail() -> None:
        with progress:
            clock.now += 1
            progress.show("one")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    with progress:
        progress.show("two")
    assert stream.getvalue() == "\r\x1b[Kone\r\x1b[K"


def test_a_terminal_that_is_gone_ends_nothing() -> None:
    class Gone(io.StringIO):
        def write(self, text: str) -> int:
            raise OSError(5, "Input/output error")

    clock = Clock()
    with Progress(Gone(), clock) as progress:
        clock.now += 1
        progress.show("rendering")


def test_without_a_terminal_nothing_is_shown() -> None:
    with Progress() as progress:
        progress.show("rendering")


@pytest.mark.parametrize(
    ("stream", "environment", "shown"),
    [
        (Terminal(), {}, True),
        (Terminal(), {"CI": "true"}, False),
        (Terminal(), {"TERM": "dumb"}, False),
        (io.StringIO(), {}, False),
    ],
)
def test_progress_is_for_terminals_that_somebody_looks_at(
    monkeypatch: pytest.MonkeyPatch, stream: io.StringIO, environment: dict[str, str], shown: bool
) -> None:
    for name in ("CI", "TERM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert (terminal.open_progress(stream) is not None) is shown


def test_the_steps_of_a_site_count_its_pages() -> None:
    course = COURSES / "everything"
    shown: list[Step] = []
    site = make_site(Project(course, course / "_site"), datetime(2027, 3, 10), Diagnostics(), show=shown.append)
    assert site is not None
    pages = len(site.plan.pages)
    assert str(shown[0]) == "reading the course"
    rendering = [step.done for step in shown if step.stage == "rendering"]
    assert rendering == sorted(rendering)
    assert (rendering[-1], {step.total for step in shown if step.stage == "rendering"}) == (pages, {pages})
    assert list(_stages(shown)) == [
        "reading the course",
        "rendering",
        "checking",
        "reading assets",
        "exporting",
        "checking",
        "reading back",
        "checking",
    ]


def _stages(steps: list[Step]) -> Iterator[str]:
    """Yield the stages in order, each once until another begins."""
    before = ""
    for step in steps:
        if step.stage != before:
            yield step.stage
        before = step.stage
