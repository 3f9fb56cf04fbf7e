"""How long the readings of this week take: in the panel as the clock goes on, and in the full syllabus."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Page

from tests.browser.axe import axe_violations
from tests.browser.conftest import OpenPage, Serve
from tests.browser.test_pages import check_width
from tests.conftest import BuildSite
from tests.sites import ROOT, write_course

SYLLABUS = """\
course: {title: Knots}
term:
  starts: 2027-01-25
  ends: 2027-02-28
  timezone: UTC
  meets: [{day: Tuesday, time: 9:00-10:00}]
  breaks: [{from: 2027-02-15, to: 2027-02-19, name: Recess}]
schedule: [{topic: A, id: a}, {topic: B, id: b}, {topic: C, id: c}, D]
site: {highlight: this week}
"""
READINGS = """\
a: [{title: One, pages: 1-40}]
b: [Two]
c: [{title: Three, minutes: 30}, Four]
"""
WEEKS = {
    "2027-01-26": "This week Week 1 of 5 About 1.5 h of reading",
    "2027-02-03": "This week Week 2 of 5",
    "2027-02-14": "This week Week 3 of 5 About 30 min for 1 of 2 readings",
    "2027-02-16": "This week Week 4 of 5",
    "2027-01-27": "This week Week 1 of 5 About 1.5 h of reading",
}


def test_the_panel_follows_the_clock(open_page: OpenPage, serve: Serve, build_site: BuildSite, tmp_path: Path) -> None:
    course = write_course(tmp_path, {"syllabus.yaml": SYLLABUS, "readings.yaml": READINGS})
    page = open_page(serve(build_site(course, "2027-01-20")), now=datetime(2027, 1, 20, 12, tzinfo=UTC))
    assert not page.locator(".this-week-list").is_visible()
    for day, heading in WEEKS.items():
        page.clock.set_fixed_time(datetime.fromisoformat(f"{day}T12:00+00:00"))
        page.evaluate("dispatchEvent(new Event('focus'))")
        assert read_heading(page) == heading
        still = open_page(serve(build_site(course, day)), javascript=False)
        assert read_heading(still) == heading


def read_heading(page: Page) -> str:
    return " ".join((page.locator("[id='page.week']").text_content() or "").split())


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_plot_can_be_read(
    open_page: OpenPage, serve: Serve, build_site: BuildSite, scheme: Literal["light", "dark"]
) -> None:
    address = f"{serve(build_site(ROOT / 'examples' / 'history'))}syllabus.html"
    page = open_page(address, color_scheme=scheme)
    for width in (1280, 360, 320):
        check_width(page, width)
    assert axe_violations(page) == []
    plot = page.get_by_role("img", name="Reading by week")
    assert plot.is_visible()
    assert page.get_by_role("table", name="Reading by week").get_by_role("row").count() == 14
    page.emulate_media(forced_colors="active")
    assert plot.evaluate("(plot) => getComputedStyle(plot).fill") == page.locator("body").evaluate(
        "(body) => getComputedStyle(body).color"
    )
