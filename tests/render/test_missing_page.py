"""The page in place of a missing one: it lists the pages of the navigation."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.sites import run_cli, write_course

SYLLABUS = """\
course: {title: Knots}
term: {starts: 2027-01-25, ends: 2027-02-05, timezone: Europe/London, meets: {day: Monday}}
schedule: [{topic: Bends, times: 2}]
"""
ROOTS = {"": "", ", url: https://example.edu/cs/knots/": "/cs/knots/"}


@pytest.mark.parametrize("url", ROOTS)
def test_a_missing_page_leads_to_the_others(url: str, tmp_path: Path) -> None:
    syllabus = SYLLABUS.replace("Knots}", f"Knots{url}}}") + "site: {nav: [knots, index]}\n"
    files = {"syllabus.yaml": syllabus, "content/knots.md": "# All knots\n\nText.\n"}
    ran = run_cli("--source", write_course(tmp_path, files), "--today", "2027-01-26")
    assert (ran.code, ran.err) == (0, "")
    page = (tmp_path / "_site" / "404.html").read_text(encoding="utf-8")
    listed = re.findall(r'<li><a href="([^"]*)">(.*?)</a></li>', page.partition("<main ")[2])
    root = ROOTS[url]
    assert listed[:2] == [(f"{root}index.html", "Knots"), (f"{root}knots.html", "All knots")]


def test_a_text_of_the_course_replaces_the_list(tmp_path: Path) -> None:
    files = {"syllabus.yaml": SYLLABUS, "content/404.md": "# Lost\n\nGo home.\n"}
    ran = run_cli("--source", write_course(tmp_path, files), "--today", "2027-01-26")
    assert (ran.code, ran.err) == (0, "")
    page = (tmp_path / "_site" / "404.html").read_text(encoding="utf-8")
    assert "Go home." in page
    assert "<li>" not in page.partition("<main ")[2]
