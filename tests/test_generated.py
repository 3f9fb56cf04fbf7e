"""A course that could be published is never stopped by the program's own checks, and has one verdict on all days."""

from __future__ import annotations

import unicodedata
from datetime import datetime, time
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest

from courseweek.diagnostics import Diagnostic, Diagnostics
from courseweek.files.project import Project
from courseweek.pipeline import Site, make_site
from tests.generated import Course
from tests.sites import write_course

SHORT, LONG = 40, 840
STEP = 10


class Reader(HTMLParser):
    """What another parser than the program's own finds on a page."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            elif name in ("href", "src"):
                self.links.append(value or "")


def build(folder: Path, now: datetime) -> tuple[Site | None, tuple[Diagnostic, ...]]:
    """Return the site of a course and what is told of it; whatever the builder raises fails the test."""
    found = Diagnostics()
    site = make_site(Project(folder, folder / "_site"), now, found)
    return site, tuple(found)


def check_place(each: Diagnostic, course: Course) -> None:
    """Hold a diagnostic to a place in a file of the course."""
    names = {unicodedata.normalize("NFC", name) for name in course.files}
    folders = {name.rpartition("/")[0] for name in names} | {"syllabus.yaml", "content", "assets"}
    file = each.span.file
    assert file in names or any(f"{folder}/".startswith(f"{file}/") for folder in folders), each
    assert not file.startswith("layouts/"), each
    assert 1 <= each.span.line <= each.span.source.text.count("\n") + 1, each


def check_site(site: Site) -> None:
    """Hold the pages of a site to rules that a browser has, read by a parser that is not the program's own."""
    for path, page in site.rendered.html.items():
        reader = Reader()
        reader.feed(page.decode("utf-8"))
        assert len(reader.ids) == len(set(reader.ids)), (path, sorted(reader.ids))
        assert all(id and not id.split()[1:] and id.strip() == id for id in reader.ids), (path, reader.ids)
        for link in reader.links:
            if ":" in link.partition("/")[0] or link.startswith("#"):
                continue
            target = unquote(link.partition("#")[0].partition("?")[0])
            parts: list[str] = path.split("/")[:-1]
            for piece in target.split("/"):
                parts = parts[:-1] if piece == ".." else parts if piece in ("", ".") else [*parts, piece]
            reached = "/".join(parts) or "index.html"
            there = reached in site.artifacts or reached in site.plan.withheld
            assert there or f"{reached}/index.html" in site.artifacts, (path, link)


def check_course(seed: int, folder: Path) -> None:
    course = Course(seed)
    try:
        write_course(folder, course.files)
    except (FileExistsError, NotADirectoryError, IsADirectoryError):
        return  # no disk can hold these names together
    verdicts = []
    for day in course.days:
        site, reported = build(folder, datetime.combine(day, time(12)))
        for each in reported:
            check_place(each, course)
        errors = [each for each in reported if each.severity == "error"]
        verdicts.append(sorted({(each.name, each.span.file, each.span.line) for each in errors}))
        if not errors:
            assert site is not None
            check_site(site)
    assert bool(verdicts[0]) == bool(verdicts[1]), verdicts


def check_courses(first: int, count: int, folder: Path) -> None:
    for seed in range(first, first + count):
        try:
            check_course(seed, folder / str(seed))
        except BaseException as error:
            raise AssertionError(f"the course of the number {seed}") from error


@pytest.mark.parametrize("first", range(0, SHORT, STEP))
def test_a_course_is_published_or_has_errors_with_places(tmp_path: Path, first: int) -> None:
    check_courses(first, STEP, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("first", range(SHORT, LONG, 40 * STEP))
def test_many_more_courses(tmp_path: Path, first: int) -> None:
    check_courses(first, 40 * STEP, tmp_path)
