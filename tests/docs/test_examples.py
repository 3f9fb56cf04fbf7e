"""The examples of the documentation build, or are refused with the words below them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from courseweek.cli import main
from tests.docs.examples import ROOT, Course, blocks, build, complete, courses, documents, printed

FOLDERS = sorted(path.parent for path in (ROOT / "examples").glob("*/syllabus.yaml"))
COURSES = [course for document in documents() for course in courses(document)]
LANGUAGES = re.compile(
    r"sh|powershell|text( courseweek.* --help| crontab| sftp| publish\.cmd)?|toml \S+\.toml|json|html|css"
    r"|text courseweek compare \S+\.ics"
    r"|yaml \S+\.ya?ml( .+)?|markdown content/\S+\.md( .+)?|csv presenters\.csv( .+)?"
    r"|html (layouts|assets)/\S+\.html( .+)?"
)


@pytest.mark.parametrize("course", COURSES, ids=lambda course: course.name)
def test_example(course: Course, tmp_path: Path) -> None:
    built = build(complete(course.files), tmp_path / "it")
    if course.expected == "broken" or course.expected == "warns":
        assert built.code == (1 if course.expected == "broken" else 0), built.said
        assert course.said is not None, "a ```text block below it shows what the tool says"
        assert printed(course.document, built.said) == course.said.text
        return
    names = re.findall(r"^\S+:\d+:\d+: \w+\[(.+?)\]", built.said, re.MULTILINE)
    assert built.code == 0, built.said
    assert set(names) <= {"open-days"}, built.said
    if course.expected == "same":
        assert course.before is not None, "there is no example before it under this heading"
        assert built.files == build(complete(course.before.files), tmp_path / "before").files


@pytest.mark.parametrize("document", documents(), ids=lambda path: path.name)
def test_each_block_says_what_it_is(document: Path) -> None:
    wrong = [f"line {block.line}: {block.info}" for block in blocks(document) if not LANGUAGES.fullmatch(block.info)]
    assert wrong == []


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.name)
def test_example_course(folder: Path, tmp_path: Path) -> None:
    """The course of `examples/` builds without a warning, by the line that its README gives."""
    line = re.search(r"`python build\.py (.+)`", (folder / "README.md").read_text(encoding="utf-8"))
    assert line is not None, "its README says how to build it"
    words = line[1].split()
    assert words[:2] == ["--source", folder.relative_to(ROOT).as_posix()]
    output = tmp_path / "site"
    assert main(["--source", str(folder), *words[2:], "--strict", "--output", str(output)]) == 0
    assert (output / "index.html").exists()


def test_there_are_examples_of_each_sort() -> None:
    files = {file for course in COURSES for file in course.files}
    assert {"syllabus.yaml", "readings.yaml"} <= files
    assert {course.expected for course in COURSES} == {None, "broken", "warns", "same"}
    assert {course.document for course in COURSES} >= {ROOT / "README.md", ROOT / "CONTRIBUTING.md"}
