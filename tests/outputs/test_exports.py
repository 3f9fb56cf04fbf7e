"""An output that is added as the guide says, in one file and one line, is built, served and checked."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.serve.running import preview
from tests.sites import ROOT, SIX_LINES, write_course

TOPICS = '''
"""`topics.txt`: the topics of the meetings, one on a line."""

from __future__ import annotations

from collections.abc import Callable

from courseweek.model.course import Course
from courseweek.model.meeting import Schedule
from courseweek.plan.plan import Plan


def export_topics(course: Course, schedule: Schedule) -> dict[str, Callable[[Plan], bytes]]:
    """Return the topics of a course that has meetings, with their maker."""
    return {"topics.txt": make_topics} if schedule.meetings else {}


def make_topics(plan: Plan) -> bytes:
    """Return the topics as UTF-8."""
    return "".join(f"{row.topic}\\n" for row in plan.schedule.meetings).encode()
'''
REGISTRY = "courseweek/outputs/exports.py"
LINE = "EXPORTS: tuple[Export, ...] = (\n    export_course,"
IMPORT = "from courseweek.outputs.data import export_course\n"


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy the program and add an output to the copy."""
    top = tmp_path_factory.mktemp("checkout")
    for folder in ("courseweek", "layouts", "assets"):
        shutil.copytree(ROOT / folder, top / folder)
    (top / "courseweek/outputs/topics.py").write_text(TOPICS, encoding="utf-8")
    registry = (top / REGISTRY).read_text(encoding="utf-8")
    for old, new in (
        (LINE, f"{LINE} export_topics,"),
        (IMPORT, f"from courseweek.outputs.topics import export_topics\n{IMPORT}"),
    ):
        assert old in registry
        registry = registry.replace(old, new)
    (top / REGISTRY).write_text(registry, encoding="utf-8")
    return top


@pytest.fixture
def course(tmp_path: Path) -> Path:
    return write_course(
        tmp_path / "course",
        {
            "syllabus.yaml": SIX_LINES + "schedule: [One, Two, Three]\n",
            "content/index.md": "Read [the topics](topics.txt).\n",
        },
    )


def run(checkout: Path, *arguments: str | Path) -> tuple[int, str]:
    """Run a command of the copy; return its exit code and what it says on standard error."""
    words = [sys.executable, "-m", "courseweek", *map(str, arguments), "--today", "2027-01-26"]
    ran = subprocess.run(words, cwd=checkout, capture_output=True, encoding="utf-8", env=environment(), check=False)
    return ran.returncode, ran.stderr


def environment() -> dict[str, str]:
    """Return the environment without what would put another checkout first."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}


def test_a_new_output_is_checked_and_published(checkout: Path, course: Path) -> None:
    assert run(checkout, "check", "--source", course) == (0, "")
    assert run(checkout, "build", "--source", course) == (0, "")
    assert (course / "_site/topics.txt").read_bytes().startswith(b"One\nTwo\nThree\n")
    assert b'href="topics.txt"' in (course / "_site/index.html").read_bytes()


def test_a_new_output_is_served(checkout: Path, course: Path, tmp_path: Path) -> None:
    with preview(course, tmp_path / "errors.txt", checkout=checkout) as running:
        answer = running.ask("/topics.txt")
        assert (answer.status, answer.headers["Content-Type"]) == (200, "text/plain; charset=utf-8")
        assert running.out.readline().endswith(", no warnings.\n")
        assert running.read_errors() == ""
        assert run(checkout, "build", "--source", course)[0] == 0
        assert answer.body == (course / "_site/topics.txt").read_bytes()


def test_a_link_to_an_output_that_the_course_does_not_have_is_dead(checkout: Path, course: Path) -> None:
    (course / "syllabus.yaml").write_text(SIX_LINES, encoding="utf-8")
    code, said = run(checkout, "check", "--source", course)
    assert code == 1
    assert "content/index.md:1:19: error[dead-link]: " in said
