"""A past term in a browser: nothing in it is today or next, and it and the current term lead to each other."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.browser.axe import axe_violations
from tests.browser.conftest import OpenPage, Serve
from tests.browser.shown import read_shown
from tests.sites import COURSES, run_cli, write_course

COURSE = COURSES / "tuesday-thursday"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the site of a course with the past term `fa26`."""
    files = {path.relative_to(COURSE).as_posix(): path.read_bytes() for path in COURSE.rglob("*") if path.is_file()}
    course = write_course(tmp_path_factory.mktemp("course"), files)
    assert run_cli("archive", "fa26", "--source", course).code == 0
    ran = run_cli("build", "--source", course, "--today", "2026-10-01")
    assert ran.code == 0, ran.err
    return course / "_site"


@pytest.mark.parametrize("javascript", [True, False], ids=["with the script", "without"])
def test_nothing_is_marked_in_a_past_term(open_page: OpenPage, serve: Serve, site: Path, javascript: bool) -> None:
    ends = json.loads((site / "course.json").read_text(encoding="utf-8"))["past_terms"][0]["ends"]
    for later in (timedelta(days=-60), timedelta(days=8), timedelta(days=400)):  # also before it is over
        now = datetime.fromisoformat(ends).replace(tzinfo=UTC) + later
        page = open_page(f"{serve(site)}fa26/index.html", now=now, javascript=javascript)
        shown = read_shown(page)
        assert (shown.weeks, shown.next, shown.marks, shown.current) == ([], [], {}, [])
        assert shown.headings == ["The term is over"]
        assert page.get_by_role("link", name="Jump to today").count() == 0


def test_a_past_term_and_the_current_one_lead_to_each_other(open_page: OpenPage, serve: Serve, site: Path) -> None:
    page = open_page(f"{serve(site)}index.html")
    page.get_by_role("region", name="Past terms").get_by_role("link").click()
    assert page.url == f"{serve(site)}fa26/index.html"
    page.get_by_role("complementary", name="Past term").get_by_role("link", name="Go to the current term").click()
    assert page.url == f"{serve(site)}index.html"


@pytest.mark.parametrize("path", ["index.html", "fa26/index.html"])
def test_both_are_accessible(open_page: OpenPage, serve: Serve, site: Path, path: str) -> None:
    assert axe_violations(open_page(f"{serve(site)}{path}")) == []
