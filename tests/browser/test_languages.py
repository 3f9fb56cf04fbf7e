"""An Arabic course from right to left: narrow, enlarged, read aloud; and each language on a phone."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page

from courseweek.language.locale import Locale
from tests.browser.axe import axe_violations
from tests.browser.conftest import OpenPage, Serve
from tests.browser.test_pages import UNFOLD, check_width, cut_off
from tests.conftest import BuildSite
from tests.language.test_pages import EVERYTHING, translate
from tests.sites import COURSES, write_course

NOW = datetime.fromisoformat("2027-02-21T06:30:00Z")
"""An hour before class on a Sunday."""
ARABIC = COURSES / "arabic"
PAGES = ("index", "readings", "deadlines", "staff", "announcements", "404")


@pytest.mark.parametrize("name", [PAGES[0], *(pytest.param(name, marks=pytest.mark.slow) for name in PAGES[1:])])
def test_an_arabic_page_fits_a_phone(open_page: OpenPage, serve: Serve, build_site: BuildSite, name: str) -> None:
    page = open_page(f"{serve(build_site(ARABIC))}{name}.html", now=NOW, timezone="Africa/Cairo", width=360)
    assert page.evaluate("[document.documentElement.dir, getComputedStyle(document.body).direction]") == ["rtl", "rtl"]
    page.evaluate(UNFOLD)
    for width in (360, 320):
        check_width(page, width)
        assert beyond_the_left(page) == []
        assert cut_off(page) == []
    assert axe_violations(page) == []


def beyond_the_left(page: Page) -> list[str]:
    """Return what begins left of the window: a page from right to left overflows there, and nobody can scroll to it."""
    found: list[str] = page.evaluate(
        "[...document.querySelectorAll('main *, footer *')].filter((e) => e.getBoundingClientRect().left < 0"
        " && e.checkVisibility() && !e.closest('.unseen, thead')).map((e) => e.outerHTML.slice(0, 80))"
    )
    return found


ENGLISH = (
    "This week",
    "Today",
    "Next",
    "Due next",
    "Read before class",
    "your time",
    " now",
    " days",
    "tomorrow",
    "over",
)
"""Words of the panels and of their script."""


@pytest.mark.parametrize(
    "tag", ["de", *(pytest.param(tag, marks=pytest.mark.slow) for tag in ("fr", "es", "zh", "ar"))]
)
def test_the_script_speaks_the_language(open_page: OpenPage, serve: Serve, tag: str, tmp_path: Path) -> None:
    site = tmp_path / "site"
    write_course(site, translate(EVERYTHING, tag, tmp_path / "course"))
    later = datetime.fromisoformat("2027-03-08T21:30:00Z")
    page = open_page(f"{serve(site)}index.html", now=later, timezone="Europe/Berlin", width=390)
    shown = page.locator(".panels").inner_text()
    assert [word for word in ENGLISH if word in shown] == []
    assert Locale(tag).gettext("Today") in shown
    check_width(page, 320)
