"""A build after the text of a note has changed: it makes that note alone only where the site is the same as ever."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

import courseweek.pipeline
from courseweek.cache import FOLDER
from courseweek.revision import mark_notes
from tests.sites import SIX_LINES, make_in_memory, read_tree, run_cli, write_course

NOTE = "---\nreading: {about}\nauthor: {author}\n---\n\n# {title}\n\n{text}\n"
TEXT = "Some words, and [the rules](../rules.md#late).\n\n## Half\n\nMore of [them](b.md#half).\n"
FILES: dict[str, str | bytes] = {
    "syllabus.yaml": SIX_LINES + "schedule: [{topic: One, materials: {Slides: slides.pdf}}, Two, Three]\n",
    "readings.yaml": "one: [{title: A book, id: book}, {title: Others, id: others}]\n",
    "content/rules.md": "# Rules\n\n## Late\n\nSee [b](notes/b.md), and [its half](notes/b.md#half).\n",
    "content/notes/a.md": NOTE.format(about="book", author="Ada", title="On *a* book", text=TEXT),
    "content/notes/b.md": NOTE.format(about="book", author="Bo", title="Another", text="## Half\n\n$x$\n"),
    "content/notes/c.md": NOTE.format(about="others", author="Cy", title="Others", text="```python\nprint(1)\n```\n"),
    "content/notes/m.md": "---\nmeeting: two\nauthor: Fi\n---\n\n# The second\n\nSome words.\n",
    "content/notes/parts.md": NOTE.format(about="others", author="Di", title="Parts", text="[[readings]]\n"),
    "content/notes/draft.md": "---\nreading: book\nauthor: Ed\ndraft: yes\n---\n\n![x](../assets/kept.png)\n",
    "assets/slides.pdf": "%PDF-",
    "assets/kept.png": b"\x89PNG\r\n\x1a\n",
    "assets/other.png": b"\x89PNG\r\n\x1a\n",
}
DAY = "2027-01-26"


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a course that was built once, in an environment where something is kept between builds."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))
    course = write_course(tmp_path / "course", FILES)
    ran = run_cli("--source", course, "--today", DAY)
    assert (ran.code, ran.err) == (0, "")
    return course


@pytest.fixture
def wholes(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list that grows with each making of a whole site."""
    made: list[str] = []
    make_site = courseweek.pipeline.make_site

    def note(*arguments: object, **named: object) -> object:
        made.append("whole")
        return make_site(*arguments, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(courseweek.pipeline, "make_site", note)
    return made


def build(course: Path) -> tuple[int, str, str]:
    ran = run_cli("--source", course, "--today", DAY)
    return ran.code, ran.out.partition("/_site: ")[2].partition(" in ")[0], ran.err


def build_again(
    course: Path, folder: Path, before: Path | None = None
) -> tuple[tuple[int, str, str], dict[str, bytes]]:
    """Return what a build says and makes of a copy of the course; of earlier builds it has the site `before` alone."""
    shutil.copytree(course, folder / "course", ignore=shutil.ignore_patterns("_site", FOLDER))
    if before is not None:
        shutil.copytree(before, folder / "course" / "_site")
    said = build(folder / "course")
    made = read_tree(folder / "course" / "_site") if (folder / "course" / "_site").is_dir() else {}
    shutil.rmtree(folder)
    return said, made


def edit(name: str, old: str, new: str) -> Callable[[Path], None]:
    def change(course: Path) -> None:
        path = course / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return change


A, B, C, M = (f"content/notes/{name}.md" for name in "abcm")
ALONE = {
    "words": edit(A, "Some words", "Other words"),
    "a new heading": edit(A, "## Half", "## New\n\n## Half"),
    "a link": edit(A, "Some", "[Some](c.md)"),
    "a link to a place": edit(A, "Some", "[Some](../index.html#one)"),
    "a link to a meeting": edit(A, "Some", "[Some](../meetings/two.html)"),
    "a link to a place on its page": edit(A, "Some", "[Some](../meetings/two.html#page.notes)"),
    "a note about a meeting": edit(M, "Some words", "Other words"),
    "code": edit(C, "print(1)", "print(2)"),
    "a formula": edit(B, "$x$", "$y$"),
}
WHOLE = {
    "the author": edit(A, "author: Ada", "author: Al"),
    "the title": edit(A, "# On *a* book", "# On a book"),
    "what it is about": edit(A, "reading: book", "reading: others"),
    "the title of a note about a meeting": edit(M, "# The second", "# The third"),
    "it becomes a draft": edit(A, "author: Ada", "author: Ada\ndraft: yes"),
    "a place that others link to": edit(B, "## Half", "## Whole"),
    "a part of the course": edit(C, "```python", "[[deadlines]]\n\n```python"),
    "a note with a part": edit("content/notes/parts.md", "[[readings]]", "Words.\n\n[[readings]]"),
    "a draft": edit("content/notes/draft.md", "kept", "other"),
    "an asset is named": edit(A, "Some words", "[Some words](../assets/other.png)"),
    "what only a draft names is named": edit(A, "Some words", "[Some words](../assets/kept.png)"),
    "a dead link": edit(A, "Some words", "[Some words](nowhere.md)"),
    "a dead place": edit(A, "rules.md#late", "rules.md#later"),
    "a link to itself": edit(A, "b.md#half", "#halves"),
    "a wrong date": edit(A, "Some words", "On Tuesday, 25 January 2027, some words"),
    "a heading skipped": edit(A, "## Half", "#### Half"),
    "an image without words": edit(A, "Some words", "![](../assets/other.png)"),
    "a formula that can't be read": edit(A, "Some words", "$\\frac{$"),
    "a page of the site is spoiled": lambda course: (
        edit(A, "Some words", "Other words")(course),
        edit("_site/notes/b.html", "Half", "")(course),
    )[0],
    "its own page is gone": lambda course: (
        edit(A, "Some words", "Other words")(course),
        (course / "_site/notes/a.html").unlink(),
    )[1],
    "a reading too": lambda course: (
        edit(A, "Some words", "Other words")(course),
        edit("readings.yaml", "A book", "B book")(course),
    )[1],
}


@pytest.mark.parametrize("change", ALONE.values(), ids=ALONE)
def test_only_the_note_is_made(course: Path, tmp_path: Path, wholes: list[str], change: Callable[[Path], None]) -> None:
    change(course)
    said = build(course)
    assert wholes == []
    assert (said, read_tree(course / "_site")) == build_again(course, tmp_path / "anew")
    wholes.clear()
    assert "nothing has changed" in run_cli("--source", course, "--today", DAY).out
    assert wholes == []


@pytest.mark.parametrize("change", WHOLE.values(), ids=WHOLE)
def test_the_whole_site_is_made(
    course: Path, tmp_path: Path, wholes: list[str], change: Callable[[Path], None]
) -> None:
    before = read_tree(course / "_site")
    change(course)
    shutil.copytree(course / "_site", tmp_path / "before")
    said = build(course)
    assert wholes == ["whole"]
    reported, made = build_again(course, tmp_path / "anew", tmp_path / "before")
    assert said == reported
    assert read_tree(course / "_site") == (made if said[0] == 0 else before)


def test_a_file_that_may_be_made_of_notes_leaves_nothing_out(tmp_path: Path) -> None:
    site = make_in_memory(write_course(tmp_path / "course", FILES), datetime(2027, 1, 26))
    assert mark_notes(site.plan, site.rendered, site.artifacts)
    assert not mark_notes(site.plan, site.rendered, {**site.artifacts, "search.json": b"{}"})


PIECES = (
    "Words.", "## Half", "## Late", "[b](b.md#half)", "[a](a.md)", "[r](../rules.md#late)", "`x`", "$x^2$", "- item",
    "![k](../assets/other.png)", "[[readings]]", "<b>bold", "> quote", "| a | b |\n| - | - |\n| 1 | 2 |",
    "[^1]\n\n[^1]: foot", "```python\nx = 1\n```", "# Title", "---",
)  # fmt: skip


def test_edits_by_chance(course: Path, tmp_path: Path) -> None:
    chance = random.Random(12)
    for turn in range(25):
        for name in chance.sample((A, B, C), chance.randint(1, 2)):
            path = course / name
            lines = path.read_text(encoding="utf-8").split("\n\n")
            at = chance.randint(0 if chance.random() < 0.1 else 2, len(lines))
            lines[at : at + chance.randint(0, 1)] = chance.sample(PIECES, chance.randint(0, 2))
            path.write_text("\n\n".join(lines), encoding="utf-8")
        before, said = read_tree(course / "_site"), build(course)
        reported, made = build_again(course, tmp_path / "anew")
        assert said == reported, turn
        assert read_tree(course / "_site") == (made if said[0] == 0 else before), turn
        if said[0] != 0:
            for name in (A, B, C):
                (course / name).write_bytes(str(FILES[name]).encode("utf-8"))


LOADED = """
import os, sys
from courseweek.cli import main
os.cpu_count = lambda: 1
assert main(["--source", sys.argv[1], "--today", sys.argv[2]]) == 0
print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""
"""Builds a course in one process of its own, and says which packages that has loaded."""
NOT_FOR_NOTES = {"bibtexparser", "icalendar", "livereload", "pylatexenc", "tornado", "typst", "urllib3"}
"""Libraries for files and commands that a note has no part in."""


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (edit(A, "Some words", "Other words"), set()),
        (edit("syllabus.yaml", "Two, Three", "Two, Four"), {"icalendar"}),
    ],
    ids=["a note", "a topic"],
)
def test_which_libraries_a_build_loads(course: Path, change: Callable[[Path], None], expected: set[str]) -> None:
    change(course)
    words = (sys.executable, "-c", LOADED, course, DAY)
    ran = subprocess.run(words, check=False, capture_output=True, text=True, encoding="utf-8")
    assert ran.returncode == 0, ran.stderr
    assert set(ran.stdout.splitlines()[-1].split()) & NOT_FOR_NOTES == expected
