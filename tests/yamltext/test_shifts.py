"""Every line of the repository's courses moved by one or two spaces, and every entry of a list moved as a block.

Where that makes a file unreadable or refused: one error, on the moved line, whose help does not name the column that
the line is already in, and a fix that restores the file or is not offered.
"""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from courseweek.diagnostics import Diagnostic, Diagnostics
from courseweek.files.project import Project
from courseweek.fixes import apply_fixes
from courseweek.read.course import read_course
from courseweek.schedule.schedule import schedule_course
from tests.sites import COURSES, ROOT

FILES = (
    "syllabus.yaml",
    "readings.yaml",
    "examples/history/syllabus.yaml",
    "examples/nus-cs6216-2024/syllabus.yaml",
    "examples/umass-cs692s-fa20/syllabus.yaml",
    "examples/undergraduate/syllabus.yaml",
    "examples/wisconsin-cs839-sp22/syllabus.yaml",
    *(str((COURSES / name).relative_to(ROOT)) for name in ("everything/syllabus.yaml", "kinds/readings.yaml")),
)
SAMPLE = 97
"""The short run tries each so-many-th shift."""
PARTS = 4
"""In so many parts the slow run tries the shifts of a file, side by side."""
LEAST_WELL = 0.98
"""The share of shifts that have one well-placed error."""


@dataclass(frozen=True)
class Shift:
    """A file with one of its lines, or one of its entries, moved by some columns."""

    file: str
    line: int
    by: int
    block: bool
    text: str
    first: str

    def __str__(self) -> str:
        what = "entry" if self.block else "line"
        return f"{self.file}:{self.line} {what} {self.by:+d}: {self.first.strip()[:50]}"


def indent_of(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def list_shifts(file: str) -> Iterator[Shift]:
    lines = (ROOT / file).read_text(encoding="utf-8").split("\n")
    for at, line in enumerate(lines):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        end = at + 1
        while end < len(lines) and (not lines[end].strip() or indent_of(lines[end]) > indent_of(line)):
            end += 1
        for by in (1, 2, -1, -2):
            if indent_of(line) + by < 0:
                continue
            for block in (False, True) if line.lstrip().startswith("- ") and end > at + 1 else (False,):
                stop = end if block else at + 1
                moved = [
                    " " * (indent_of(each) + by) + each.lstrip(" ") if each.strip() else each for each in lines[at:stop]
                ]
                text = "\n".join([*lines[:at], *moved, *lines[stop:]])
                yield Shift(file, at + 1, by, block, text, moved[0])


def load(text: str) -> object:
    try:
        return yaml.load(text, Loader=yaml.CBaseLoader)
    except yaml.YAMLError:
        return None


class Bench:
    """Reads courses whose files are changed one at a time, in a folder of their own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.usual: dict[str, set[str]] = {}
        self.opened: str | None = None

    def read(self, file: str, text: str) -> list[Diagnostic]:
        """Return what is reported of the course when its file has this text, beyond what is reported of it as it is."""
        source = (ROOT / file).parent
        here = self.folder / source.name
        if self.opened != str(source):
            shutil.rmtree(here, ignore_errors=True)
            here.mkdir(parents=True)
            for name in ("syllabus.yaml", "readings.yaml", "content", "assets", "presenters.csv"):
                if (source / name).is_dir():
                    shutil.copytree(source / name, here / name)
                elif (source / name).exists():
                    shutil.copy(source / name, here / name)
            self.opened = str(source)
            self.usual[self.opened] = {str(each) for each in self.check(here)}
        name = Path(file).name
        right = (here / name).read_bytes()
        (here / name).write_text(text, encoding="utf-8", newline="")
        found = [each for each in self.check(here) if str(each) not in self.usual[self.opened]]
        (here / name).write_bytes(right)
        return found

    def check(self, here: Path) -> list[Diagnostic]:
        found = Diagnostics()
        course = read_course(Project(here, here / "_site"), found)
        if course is not None:
            schedule_course(course, found)
        return list(found)


def judge(shift: Shift, bench: Bench) -> tuple[str, str]:
    """Return what became of a shift in a word, and the reports."""
    right = (ROOT / shift.file).read_text(encoding="utf-8")
    if load(shift.text) == load(right):
        return "the same", ""
    found = [each for each in bench.read(shift.file, shift.text) if each.severity == "error"]
    shown = "; ".join(f"{each.span.file}:{each.span.line} {each.name}: {each.message} | {each.help}" for each in found)
    if not found:
        return "taken as it is written", ""
    fixed = apply_fixes(found).get(Path(shift.file).name)
    if fixed is not None and fixed != right:
        return ("the fix gives the same data" if load(fixed) == load(right) else "WRONG FIX"), shown
    if len(found) > 1:
        return "several errors", shown
    if found[0].span.line != shift.line or found[0].span.file != Path(shift.file).name:
        return "on another line", shown
    named = re.search(r"begin it in column (\d+)", found[0].help or "")
    if named is not None and int(named[1]) == indent_of(shift.first) + 1:
        return "names its own column", shown
    return "well", shown


def count_shifts(shifts: list[Shift], folder: Path) -> tuple[Counter[str], list[str]]:
    bench = Bench(folder)
    counts: Counter[str] = Counter()
    notes = []
    for shift in shifts:
        word, shown = judge(shift, bench)
        counts[word] += 1
        if word not in ("well", "the same", "taken as it is written"):
            notes.append(f"{word}: {shift}\n    {shown}")
    return counts, notes


def check_counts(counts: Counter[str], notes: list[str]) -> None:
    refused = counts.total() - counts["the same"] - counts["taken as it is written"]
    assert counts["WRONG FIX"] == 0, "\n".join(notes)
    assert counts["names its own column"] == 0, "\n".join(notes)
    assert counts["well"] >= LEAST_WELL * refused, "\n".join(notes)


def test_a_shifted_line_is_reported_once_at_its_place(tmp_path: Path) -> None:
    shifts = [each for file in FILES for each in list_shifts(file)][::SAMPLE]
    check_counts(*count_shifts(shifts, tmp_path))


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("file", FILES)
def test_each_shifted_line_is_reported_once_at_its_place(file: str, part: int, tmp_path: Path) -> None:
    check_counts(*count_shifts(list(list_shifts(file))[part::PARTS], tmp_path))
