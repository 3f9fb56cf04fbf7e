"""Announcements at the top of the home page: by the civil day of the course, with the script and without."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import OpenPage, Serve
from tests.conftest import BuildSite
from tests.sites import COURSES, write_course

COURSE = COURSES / "everything"
BUILT_ON = "2027-03-01T09:00:00"
# In Los Angeles, which is eight hours behind UTC: the room for its seven days, then the welcome through its `until`.
DAYS = [
    ("2027-03-01T17:00:00Z", ["Mon 1 Mar: Room"]),
    ("2027-03-08T07:59:59Z", ["Mon 1 Mar: Room"]),
    ("2027-03-08T08:00:00Z", ["Sat 20 Feb: Welcome"]),
    ("2027-03-21T06:59:59Z", ["Sat 20 Feb: Welcome"]),
    ("2027-03-21T07:00:00Z", []),
]


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def shown(page: Page) -> list[str]:
    found = page.locator("main > .announced:visible").all_inner_texts()
    return [" ".join(each.split()) for each in found]


@pytest.mark.parametrize("timezone", ["Asia/Tokyo", "Pacific/Honolulu"])
def test_the_page_follows_the_clock(open_page: OpenPage, serve: Serve, build_site: BuildSite, timezone: str) -> None:
    page = open_page(serve(build_site(COURSE, BUILT_ON)), now=at(DAYS[0][0]), timezone=timezone)
    for now, expected in [*DAYS, *reversed(DAYS)]:
        page.clock.set_fixed_time(at(now))
        page.evaluate("dispatchEvent(new Event('focus'))")
        assert shown(page) == expected, now


@pytest.mark.parametrize(("now", "expected"), DAYS)
def test_the_build_says_the_same(
    open_page: OpenPage, serve: Serve, build_site: BuildSite, now: str, expected: list[str]
) -> None:
    local = at(now).astimezone(UTC) - timedelta(hours=8 if now < "2027-03-14" else 7)
    page = open_page(serve(build_site(COURSE, f"{local:%Y-%m-%dT%H:%M:%S}")), javascript=False)
    assert shown(page) == expected


def test_a_home_page_without_a_schedule_follows_the_clock_too(
    open_page: OpenPage, serve: Serve, build_site: BuildSite, tmp_path: Path
) -> None:
    folder = write_course(
        tmp_path,
        {
            "syllabus.yaml": (COURSE / "syllabus.yaml").read_text(encoding="utf-8"),
            "readings.yaml": "knots: [Knots]\nbraids: [Braids]\n",
            "assets/ada.png": "x",
            "content/index.md": "Hello.\n",
            "content/plan.md": "# Plan\n\n[[schedule]]\n",
            "content/announcements/2027-03-01-room.md": "Room 3.\n",
        },
    )
    page = open_page(serve(build_site(folder, BUILT_ON)), now=at(DAYS[0][0]))
    assert page.locator(".schedule").count() == 0
    assert shown(page) == ["Mon 1 Mar: Room"]
    page.clock.set_fixed_time(at(DAYS[2][0]))
    page.evaluate("dispatchEvent(new Event('focus'))")
    assert shown(page) == []
