"""Whatever stands in the files, reading and dating end without a traceback, and every place lies in its file."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from courseweek.diagnostics import Diagnostics
from courseweek.files.project import Project
from courseweek.read.course import READINGS_FILE, SYLLABUS_FILE, read_course
from courseweek.report.text import report_text
from courseweek.schedule.schedule import schedule_course

ROOT = Path(__file__).parents[2]
SYLLABUS = (ROOT / SYLLABUS_FILE).read_text(encoding="utf-8")
READINGS = (ROOT / READINGS_FILE).read_text(encoding="utf-8")
PIECES = st.sampled_from(
    [
        ": ", ":", " #", "- ", "-", "\n", "\n  ", '"', "'", "[", "]", "{", "}", ",", "|", ">", "@", "*", "&", "!", "%",
        "`", "?", "\t", "\r", "\u00a0", "\u2028", "---\n", "...\n", "<<: ", "~", "\\",
        '"\\ud800"', '"\\UFFFFFFFF"', "é",
        "😀", "“", "\x00", "days: 60", "date: 2/15/27", "weeks: odd", "same_day: yes", "0", "9999-99-99", "24:00",
    ]
)  # fmt: skip


def check(folder: Path, syllabus: str, readings: str) -> None:
    (folder / SYLLABUS_FILE).write_bytes(syllabus.encode("utf-8", "surrogatepass"))
    (folder / READINGS_FILE).write_bytes(readings.encode("utf-8", "surrogatepass"))
    found = Diagnostics()
    course = read_course(Project(folder, folder / "_site"), found)
    if course is not None:
        # Dated even where something is wrong: that may be asked for too.
        schedule_course(course, found)
    for each in found:
        assert 0 <= each.span.start <= each.span.end <= len(each.span.source.text) + 1
    assert "\x1b" not in report_text(found)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("any")


@given(syllabus=st.text(max_size=200), readings=st.text(max_size=200))
@settings(max_examples=150)
def test_any_text(folder: Path, syllabus: str, readings: str) -> None:
    check(folder, syllabus, readings)


@st.composite
def mutated(pick: st.DrawFn, text: str) -> str:
    """Return the text with a few pieces put in or taken out."""
    for _ in range(pick(st.integers(1, 4))):
        at = pick(st.integers(0, len(text)))
        gone = pick(st.integers(0, 6))
        text = text[:at] + pick(PIECES) + text[at + gone :]
    return text


@pytest.mark.parametrize("examples", [20, pytest.param(60, marks=pytest.mark.slow)])
@pytest.mark.parametrize("loader", ["C", "Python"])
def test_mutated_files(loader: str, examples: int, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if loader == "Python":
        monkeypatch.delattr(yaml, "CSafeLoader")

    @given(mutated(SYLLABUS), mutated(READINGS[:3000]))
    @settings(max_examples=examples)
    def run(syllabus: str, readings: str) -> None:
        check(folder, syllabus, readings)

    run()
