"""PyYAML's two loaders: the same courses build, and the same faults are told at the same lines."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from courseweek.diagnostics import Diagnostics, Source
from courseweek.yamltext.document import read_yaml
from tests.mini import date_mini
from tests.test_broken import FOLDERS, report

# What the loader in Python takes and the other does not.
LOOSER = {"yaml-colon-before-brace"}


@pytest.fixture
def in_python(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(yaml, "CSafeLoader")


@pytest.mark.usefixtures("in_python")
@pytest.mark.parametrize("folder", [each for each in FOLDERS if each.name not in LOOSER], ids=lambda path: path.name)
def test_broken_courses_are_reported_alike(folder: Path) -> None:
    assert report(folder) == (folder / "expected.txt").read_text(encoding="utf-8")


@pytest.mark.usefixtures("in_python")
def test_the_repositorys_own_course_builds(root: Path, tmp_path: Path) -> None:
    syllabus = (root / "syllabus.yaml").read_text(encoding="utf-8")
    readings = (root / "readings.yaml").read_text(encoding="utf-8")
    mini = date_mini(tmp_path, syllabus, readings)
    assert mini.found == []
    assert len(mini.dated.meetings) == 16


ONLY_C = {
    "a: {Video: https://example.org/watch?v=1}\n": (
        "1:37 unquoted-question",
        'write Video: "https://example.org/watch?v=1"',
    ),
    "a:\tb\n": ("1:3 stray-tab", "write a space in its place"),
    "a: one\ttwo\n": ("1:7 stray-tab", "write a space in its place"),
}


@pytest.mark.parametrize("text", ONLY_C)
def test_where_the_one_in_python_is_stricter_it_says_so(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    found = Diagnostics()
    assert read_yaml(Source("x.yaml", text), found) is not None
    assert list(found) == []
    monkeypatch.delattr(yaml, "CSafeLoader")
    read_yaml(Source("x.yaml", text), found)
    assert found.has_errors()
    assert [(f"{each.span.line}:{each.span.column} {each.name}", each.help) for each in found] == [ONLY_C[text]]


def test_a_remedy_that_repeats_the_text_reads_back_as_the_text() -> None:
    """What a `help:` line says to write between quotes is YAML for the very words."""
    reported = "\n".join((folder / "expected.txt").read_text(encoding="utf-8") for folder in FOLDERS)
    quoted = re.findall(r"^help: write (?:- )?(?:\w+: )?([\"'].*[\"'])$", reported, re.MULTILINE)
    assert len(quoted) > 10
    for text in quoted:
        found = Diagnostics()
        node = read_yaml(Source("x.yaml", f"- {text}\n"), found)
        assert node is not None, text
        assert list(found) == []
