"""Headings: one level at a time under the page's title, none empty; links with words."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

import pytest

from courseweek.files.stored import read_whole
from tests.checks.reported import SYLLABUS, report, report_page, show
from tests.sites import make_in_memory, write_course

REPORTED = {
    "Text.\n\n### Ideas ###": "3:1 [### Ideas ###] warning[heading-skip]: "
    "this heading is level 3, but only the page's title is above it",
    "# Title\n\n## A\n\n#### B": "5:1 [#### B] warning[heading-skip]: "
    "this heading is level 4, but the one above it is level 2",
    "A\n---\n\n```text\n#### no\n```\n\n<h4>B</h4>": "8:1 [<h4>B</h4>] warning[heading-skip]: "
    "this heading is level 4, but the one above it is level 2",
    "# T\n\n# One\n\n### Two": "5:1 [### Two] warning[heading-skip]: "
    "this heading is level 3, but only the page's title is above it",
    "## A\n\n##\n\nText.": "3:1 [##] warning[empty-heading]: this heading is empty",
    "[[schedule]]\n\n#### A": "3:1 [#### A] warning[heading-skip]: "
    "this heading is level 4, but the one above it is level 2",
    "[a](#top) [](index.html)": "1:14 [index.html] error[empty-link]: this link has no words",
    "[![ ](assets/a.png)](index.html) <a href='index.html'><b> </b></a>": "1:22 [index.html] error[empty-link]: "
    "this link has no words",
}


@pytest.mark.parametrize("text", REPORTED)
def test_what_is_reported(text: str, tmp_path: Path) -> None:
    write_course(tmp_path, {"assets/a.png": "x"})
    assert [each for each in report_page(tmp_path, text) if "missing-alt" not in each] == [REPORTED[text]]


RIGHT = [
    "## A\n\n### B\n\n#### C\n\n## D",
    "# T\n\n# One\n\n## Two\n\n# Three",
    "[[schedule]]\n\n### A\n\n[[staff]]\n\n### B",
    "## ![a](assets/a.png)\n\n### $x$\n\n[![a](assets/a.png)](index.html) <a id='x'></a>",
    "Text[^1].\n\n[^1]: Note.",
]


@pytest.mark.parametrize("text", RIGHT)
def test_what_is_right(text: str, tmp_path: Path) -> None:
    write_course(tmp_path, {"assets/a.png": "x"})
    assert report_page(tmp_path, text) == []


def test_the_remedy_has_the_level_that_is_meant(tmp_path: Path) -> None:
    found = report(tmp_path, {"content/page.md": "# T\n\n# A\n\n### B\n", "content/x.md": "#### C *c*\n"})
    assert [each.help for each in found] == ["write ## B", "write ## C c"]


def test_a_announcement_has_headings_of_its_own(tmp_path: Path) -> None:
    announcement = "content/announcements/2027-01-20-a.md"
    found = report(tmp_path, {announcement: "## A\n\n#### B\n", announcement.replace("20-a", "21-b"): "### C\n"})
    assert [show(each).partition(":")[0] for each in found] == [announcement, announcement.replace("20-a", "21-b")]


RENDERED = {
    "# T\n\n## A\n": ["1 T", "2 A"],
    "---\ntitle: T\n---\n# T\n\n## A\n": ["1 T", "2 A"],
    "---\ntitle: T\n---\n# U\n\n## A\n": ["1 T", "2 U", "3 A"],
    "# T\n\n# A\n\n## B\n\n###### C\n": ["1 T", "2 A", "3 B", "6 C"],
    "# The $x$ of `y` & *z*\n": [
        "1 The <math><mi>x</mi></math> of <code>y</code> &amp; <em>z</em>",
    ],
    "---\ntitle: The $x$ of *z*\n---\n": ["1 The $x$ of *z*"],
}


@pytest.mark.parametrize("text", RENDERED)
def test_what_is_rendered(text: str, tmp_path: Path) -> None:
    assert headings(tmp_path, {"content/page.md": text}, "page.html") == RENDERED[text]


def test_the_first_heading_of_the_home_page_stays(tmp_path: Path) -> None:
    assert headings(tmp_path / "a", {"content/index.md": "# Welcome\n\n## A\n"}, "index.html")[:4] == [
        "1 Knots",
        "2 Schedule",
        "2 Welcome",
        "3 A",
    ]
    assert headings(tmp_path / "b", {"content/index.md": "# Knots\n\n## A\n"}, "index.html")[:3] == [
        "1 Knots",
        "2 Schedule",
        "2 A",
    ]


def test_the_title_of_a_announcement_is_above_its_headings(tmp_path: Path) -> None:
    files = {"content/announcements/2027-01-20-a.md": "# The $x$\n\n## A\n\n### B\n"}
    assert headings(tmp_path, files, "announcements.html") == [
        "1 Announcements",
        "2 The <math><mi>x</mi></math>",
        "3 A",
        "4 B",
    ]


def headings(folder: Path, files: dict[str, str], path: str) -> list[str]:
    fillers = {"content/intro.md": "", "content/hw1.md": ""}
    course = write_course(folder, {"syllabus.yaml": SYLLABUS, **fillers, **files})
    html = read_whole(make_in_memory(course, datetime(2027, 3, 10)).artifacts[path]).decode()
    found = re.findall(r"<h([1-6])[^>]*>(.*?)</h\1>", html, re.DOTALL)
    # Those of the parts of the course are left out: they hold links or small print, or stand by themselves.
    return [
        f"{level} {words}"
        for level, words in found
        if not re.search("<a |<small|^(?:Next|Due next|Every week)$", words)
    ]
