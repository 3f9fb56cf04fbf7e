"""What has changed, in a browser: its page, and the marks that the scripts take away after seven days."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Literal

import pytest

from tests.browser.axe import axe_violations
from tests.browser.conftest import OpenPage, Serve
from tests.changed import COURSE, build_changed, make_change

DEADLINE = make_change(
    "sheet", kind="deadline", ids=["sheet", "sheet-due"], text="Sheet is now due Fri 12 Mar, 23:59", was="Tue 9 Mar"
)
MARK = "a[data-until]:visible"
END = datetime.fromisoformat("2027-03-17T00:00:00-05:00")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    long = make_change("long", text=f"New: {'Donau' * 12}", ids=["gone"], details=["Loops: Tue 2 → Thu 4 Mar"] * 3)
    return build_changed(tmp_path_factory.mktemp("changed"), [make_change(ids=["bends"]), DEADLINE, long])


@pytest.fixture(scope="module")
def arabic(tmp_path_factory: pytest.TempPathFactory) -> Path:
    course = COURSE.replace("{title: Knots", "{language: ar, title: Knots")
    return build_changed(tmp_path_factory.mktemp("arabic"), [make_change()], {"syllabus.yaml": course})


@pytest.mark.parametrize("name", ["index", "meetings/bends", "deadlines"])
def test_the_script_takes_a_mark_away_after_seven_days(
    open_page: OpenPage, serve: Serve, site: Path, name: str
) -> None:
    page = open_page(f"{serve(site)}{name}.html", now=datetime.fromtimestamp(END.timestamp() - 1, END.tzinfo))
    if name != "meetings/bends":
        page.evaluate("document.querySelectorAll('details').forEach((each) => each.open = true)")
    before = page.locator(MARK).count()
    assert before > 0
    page.clock.set_fixed_time(END)
    page.evaluate("dispatchEvent(new Event('focus'))")
    assert page.locator(MARK).count() == 0


def test_the_card_has_the_mark_too(open_page: OpenPage, serve: Serve, site: Path) -> None:
    page = open_page(serve(site), now=datetime.fromisoformat("2027-03-03T12:00:00-06:00"))
    assert page.locator(f".now {MARK}").all_inner_texts() == ["Changed"]


def test_a_mark_leads_to_its_change(open_page: OpenPage, serve: Serve, site: Path) -> None:
    page = open_page(f"{serve(site)}meetings/bends.html", now=datetime.fromisoformat("2027-03-11T12:00:00-06:00"))
    page.locator(MARK).click()
    page.wait_for_url("**/changes.html#change-one")
    assert page.locator(":target").inner_text().split("\n\n") == ["Class", "Loops is now on Tue 9 Mar, 9:30"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 390, 1280])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_pages_are_accessible(
    open_page: OpenPage,
    serve: Serve,
    site: Path,
    arabic: Path,
    language: str,
    width: int,
    scheme: Literal["light", "dark"],
) -> None:
    address = serve(site if language == "en" else arabic)
    for name in ("changes", "index", "deadlines", "meetings/bends", "calendar"):
        page = open_page(
            f"{address}{name}.html",
            now=datetime.fromisoformat("2027-03-11T12:00:00-06:00"),
            width=width,
            color_scheme=scheme,
        )
        assert axe_violations(page) == [], name
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name


def test_paper_has_no_marks(open_page: OpenPage, serve: Serve, site: Path) -> None:
    page = open_page(serve(site), now=datetime.fromisoformat("2027-03-11T12:00:00-06:00"))
    page.emulate_media(media="print")
    shown = page.locator(f".date {MARK}").count()
    page.emulate_media(media="screen")
    assert shown == 0


def test_a_feed_reader_finds_the_address(open_page: OpenPage, serve: Serve, site: Path) -> None:
    page = open_page(f"{serve(site)}index.html")
    page.locator("footer a", has_text="Follow").click()
    page.wait_for_url("**/calendar.html#follow")
    section = page.locator("#follow")
    assert section.locator(".address").inner_text() == "https://www.Example.edu/~ropes/kc1/feed.xml"
    section.locator("a", has_text="What changed").click()
    page.wait_for_url("**/changes.html")
