"""Assets: the theme's and the course's, and what the first visit weighs."""

from __future__ import annotations

import gzip
import re
import shutil
from pathlib import Path

import pytest

from courseweek.outputs.compact_copies import compact
from courseweek.plan.plan import (
    CHOICE_SCRIPT,
    CHOSEN_SCRIPT,
    CITE_SCRIPT,
    DATES_SCRIPT,
    FINDER_SCRIPT,
    ICON,
    MORE_STYLE,
    PRINT_STYLE,
    SCRIPT,
    SEARCH,
    SEARCH_DIALOG,
    SEARCH_STYLE,
    STYLE_SHEET,
    SUGGEST_SCRIPT,
)
from courseweek.published.citations.citation_files import FORMATS
from courseweek.render.accent import make_tokens
from tests.conftest import BuildSite
from tests.sites import COURSES, ROOT, run_cli, write_course

ONE_ROUND_TRIP = 14_000
"""Bytes that a server sends at once (ten segments, RFC 6928), with room for its headers."""
REPOSITORY = "https://github.com/example/cs294"


def weigh_first_visit(build_site: BuildSite, folder: Path, course: Path, repository: str | None) -> dict[str, int]:
    """Return the compressed bytes of a home page and of what it loads at once.

    With a repository, each reading list has a link to its editor. The style for paper waits until all else is there.
    """
    if repository is not None:
        for each in ("content", *(("assets",) if course != ROOT else ())):
            shutil.copytree(course / each, folder / each)
        shutil.copy(course / "readings.yaml", folder)
        syllabus = (course / "syllabus.yaml").read_text(encoding="utf-8")
        changed = syllabus.replace("course:\n", f"course:\n  repository: {repository}\n", 1)
        (folder / "syllabus.yaml").write_text(changed, encoding="utf-8")
        course = folder
    site = build_site(course)
    home = (site / "index.html").read_text(encoding="utf-8")
    loaded = re.findall(r'<link rel="stylesheet" href="([^"]*)">|<script src="([^"]*)"', home)
    names = ["index.html", *(style or script for style, script in loaded)]
    assert MORE_STYLE not in names
    return {name: len(gzip.compress((site / name).read_bytes(), compresslevel=9)) for name in names}


@pytest.mark.parametrize("repository", [None, REPOSITORY])
def test_the_first_visit_fits_into_one_round_trip(
    build_site: BuildSite, tmp_path: Path, repository: str | None
) -> None:
    weights = weigh_first_visit(build_site, tmp_path, ROOT, repository)
    assert {STYLE_SHEET, SCRIPT} < set(weights)
    assert sum(weights.values()) <= ONE_ROUND_TRIP, weights


@pytest.mark.parametrize(("repository", "bytes"), [(None, 15_912), (REPOSITORY, 16_236)])
def test_the_first_visit_of_a_large_course_does_not_grow(
    build_site: BuildSite, tmp_path: Path, repository: str | None, bytes: int
) -> None:
    weights = weigh_first_visit(build_site, tmp_path, ROOT / "examples" / "undergraduate", repository)
    assert {STYLE_SHEET, SCRIPT, CHOICE_SCRIPT} < set(weights)
    assert sum(weights.values()) <= bytes, weights


def test_the_style_sheet_opens_with_the_accent(build_site: BuildSite) -> None:
    theme = compact((ROOT / STYLE_SHEET).read_bytes())
    for course, accent in ((ROOT, "#003262"), (COURSES / "kinds", "#ffcc00"), (COURSES / "recess", None)):
        assert (build_site(course) / STYLE_SHEET).read_bytes() == make_tokens(accent).css().encode("utf-8") + theme


def test_the_files_of_a_course_are_published_as_they_are(build_site: BuildSite) -> None:
    course = COURSES / "kinds"
    site = build_site(course)
    names = [path.relative_to(course) for path in (course / "assets").rglob("*") if path.is_file()]
    assert len(names) == 2
    for name in names:
        assert (site / name).read_bytes() == (course / name).read_bytes()


def test_pages_ask_for_nothing_else(build_site: BuildSite) -> None:
    published = {path.relative_to(build_site(ROOT)).as_posix() for path in files_of(build_site(ROOT))}
    pages = {name for name in published if name.endswith(".html")}
    others = {
        ICON,
        STYLE_SHEET,
        SUGGEST_SCRIPT,
        MORE_STYLE,
        PRINT_STYLE,
        SCRIPT,
        CHOICE_SCRIPT,
        CHOSEN_SCRIPT,
        CITE_SCRIPT,
        DATES_SCRIPT,
        FINDER_SCRIPT,
        SEARCH_DIALOG,
        SEARCH_STYLE,
        SEARCH,
        "assets/theme/minisearch.js",
        "course.json",
        "syllabus.md",
        ".courseweek",
    }
    calendars = {f"{name}.ics" for name in ("calendar", "meetings")}
    calendars |= {f"{name.removesuffix('.html')}.ics" for name in pages if name.startswith("meetings/")}
    stems = {"readings", *(name.removesuffix(".html") for name in pages if name.startswith("meetings/"))}
    others |= {f"{stem}.{end}" for stem in stems for end in FORMATS} & published
    assert published - pages == others | calendars


def files_of(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


# What systems and editors leave beside the files of a course, and what only looks like it.
LEFT_BY_SYSTEMS = (
    "Thumbs.db",
    "slides/thumbs.db",
    "ehthumbs.db",
    "desktop.ini",
    ".DS_Store",
    "._lecture.pdf",
    "__MACOSX/lecture.pdf",
    "Icon\r",
    "~$lecture.pptx",
    ".~lock.lecture.odp#",
    "lecture.pdf~",
    "#lecture.tex#",
    ".lecture.tex.swp",
    "lecture.tex.swp",
    "lecture.tex.swo",
    "$RECYCLE.BIN/x.pdf",
)
PUBLISHED = ("lecture.pdf", "a~b.pdf", "c#.txt", "thumbs.db.zip", "desktop.init", "swp", "notes (1).pdf")


@pytest.mark.parametrize("name", LEFT_BY_SYSTEMS)
def test_what_systems_and_editors_leave_is_not_published(name: str, tmp_path: Path) -> None:
    course = write_course(tmp_path / "course", {f"assets/{name}": b"x", "assets/kept.txt": b"x"})
    ran = run_cli("--source", course, "--today", "2027-01-26")
    assert (ran.code, ran.err) == (0, "")
    made = [path.name for path in (course / "_site/assets").rglob("*") if "theme" not in path.parts and path.is_file()]
    assert made == ["kept.txt"]


@pytest.mark.parametrize("name", PUBLISHED)
def test_what_only_looks_like_it_is_published(name: str, tmp_path: Path) -> None:
    course = write_course(tmp_path / "course", {f"assets/{name}": b"x"})
    assert run_cli("--source", course, "--today", "2027-01-26").code == 0
    assert (course / "_site/assets" / name).read_bytes() == b"x"
