"""Building courses for the tests: through the command line, or in memory where the disk does not matter."""

from __future__ import annotations

import io
from collections.abc import Mapping
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from courseweek.cache import Memory
from courseweek.cli import main
from courseweek.diagnostics import Diagnostics
from courseweek.files.project import Project
from courseweek.pipeline import Site, make_site

ROOT = Path(__file__).resolve().parents[1]
POLICY = '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'">'
"""What the least layout begins with."""
COURSES = Path(__file__).parent / "courses"

SIX_LINES = (COURSES / "six-lines" / "syllabus.yaml").read_text(encoding="utf-8")


@dataclass(frozen=True)
class Ran:
    """What a run of the command line left: its exit code and both of its streams."""

    code: int
    out: str
    err: str


def run_cli(*arguments: str | Path) -> Ran:
    """Run the command line with these arguments, in this process."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        try:
            code = main([str(each) for each in arguments])
        except SystemExit as stopped:
            code = stopped.code if isinstance(stopped.code, int) else 1
    return Ran(code, out.getvalue(), err.getvalue())


def write_course(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write these files into a folder; without a syllabus among them it gets the six lines of the smallest one."""
    for name, content in {"syllabus.yaml": SIX_LINES, **files}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    return folder


def follow_next(course: Path, folder: Path) -> Path:
    """Copy a course and let the week's highlight follow the next meeting."""
    files = {
        path.relative_to(course).as_posix(): path.read_bytes()
        for path in course.rglob("*")
        if path.is_file() and "_site" not in path.parts
    }
    syllabus = files["syllabus.yaml"].decode("utf-8")
    head, _, options = syllabus.partition("\nsite:\n")
    files["syllabus.yaml"] = f"{head}\nsite:\n  highlight: next meeting\n{options}".encode()
    return write_course(folder, files)


def make_in_memory(course: Path, now: datetime, memory: Memory | None = None) -> Site:
    """Return the site of a course without errors as of `now`; what is remembered is not worked out again."""
    found = Diagnostics()
    site = make_site(Project(course, course / "_site"), now, found, memory)
    assert site is not None
    assert not found.has_errors(), [each.message for each in found]
    return site


def read_tree(folder: Path) -> dict[str, bytes]:
    """Return the bytes of all files below a folder by their path in it."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }
