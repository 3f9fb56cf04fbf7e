"""On paper: the home page is a sheet for the wall, and the full syllabus has all that is to be read."""

from __future__ import annotations

import io
import unicodedata
from datetime import datetime

import pytest
from playwright.sync_api import Page
from pypdf import PdfReader

from tests.browser.conftest import OpenPage, Serve
from tests.conftest import BuildSite
from tests.sites import COURSES, ROOT

NOW = datetime.fromisoformat("2027-03-10T20:00:00Z")
"""In the week of 8 March 2027, when these courses have a row that is on."""
SITES = {"whole": ROOT, "undergraduate": ROOT / "examples/undergraduate", "everything": COURSES / "everything"}
each_site = pytest.mark.parametrize("site", SITES)
MOST_SHEETS = 2
"""Sheets on which 50 meetings are."""


def print_page(page: Page, paper: str = "A4") -> list[str]:
    """Return the text of each sheet."""
    return [sheet.extract_text() for sheet in PdfReader(io.BytesIO(page.pdf(format=paper))).pages]


def missing_from(text: str, words: list[str]) -> list[str]:
    """Return which words are not in a squeezed text; what this machine may have no font for can't be read back."""
    return [each for each in words if each.isascii() and squeeze(each) not in text]


def squeeze(text: str) -> str:
    """Return a text without spaces and ligatures: where lines break on paper does not matter."""
    return "".join(unicodedata.normalize("NFKC", text).split())


@pytest.mark.parametrize("javascript", [True, False])
@each_site
def test_the_home_page_is_a_sheet_for_the_wall(
    open_page: OpenPage, serve: Serve, build_site: BuildSite, site: str, javascript: bool
) -> None:
    page = open_page(serve(build_site(SITES[site])), now=NOW, javascript=javascript)
    topics = page.locator(".schedule tbody .topic").all_text_contents()
    assert len(topics) >= 8
    readings = page.locator(".schedule .readings a, .now .readings a").all_text_contents()
    for paper in ("A4", "Letter"):
        sheets = print_page(page, paper)
        assert len(sheets) <= MOST_SHEETS
        text = squeeze("".join(sheets))
        assert missing_from(text, topics) == []
        shown = [each for each in readings if squeeze(each) in text and not any(each in topic for topic in topics)]
        assert shown == []
        for absent in ("Skiptothecontent", "Jumptotoday", "Suggestareading", "Editthispage", "Timesare", "Handin"):
            assert absent not in text


@each_site
def test_a_meeting_is_one_line_with_its_date_its_kind_and_what_is_due(
    open_page: OpenPage, serve: Serve, build_site: BuildSite, site: str
) -> None:
    page = open_page(serve(build_site(SITES[site])), now=NOW)
    page.emulate_media(media="print")
    heights: list[float] = page.evaluate(
        "[...document.querySelectorAll('.schedule tbody tr:not(.heading)')].map((row) => row.offsetHeight)"
    )
    assert min(heights) <= 20  # pixels, of one line
    assert sum(heights) / len(heights) <= 30
    hidden = page.evaluate(
        "[...document.querySelectorAll('.schedule tbody tr:not(.line)')]"
        ".filter((row) => row.querySelector('.topic, th')?.getClientRects().length === 0).length"
    )
    assert hidden == 0


def test_exams_and_deadlines_are_bold(open_page: OpenPage, serve: Serve, build_site: BuildSite) -> None:
    page = open_page(serve(build_site(SITES["undergraduate"])), now=NOW)
    page.emulate_media(media="print")
    weight = "(element) => getComputedStyle(element).fontWeight"
    assert page.locator("tr.exam .topic").first.evaluate(weight) == "700"
    assert page.locator(".schedule li.due").first.evaluate(weight) == "700"
    assert page.locator("tr:not(.exam) .topic").first.evaluate(weight) == "400"
    assert page.locator(".schedule li.out").first.evaluate(weight) == "400"


@each_site
def test_the_full_syllabus_has_each_reading_with_its_address_and_no_navigation(
    open_page: OpenPage, serve: Serve, build_site: BuildSite, site: str
) -> None:
    page = open_page(f"{serve(build_site(SITES[site]))}syllabus.html", now=NOW)
    cites, addresses = page.locator("cite").all_text_contents(), page.locator("a.address").all_text_contents()
    assert addresses
    sheets = print_page(page)
    text = squeeze("".join(sheets))
    assert missing_from(text, [*cites, *addresses]) == []
    assert [each for each in addresses if text.count(squeeze(each)) > sum(each in other for other in addresses)] == []
    for absent in ("Skiptothecontent", "AsMarkdown", "Editthispage"):
        assert absent not in text


@pytest.mark.parametrize("paper", ["A4", "Letter"])
@each_site
def test_no_sheet_ends_with_a_heading(
    open_page: OpenPage, serve: Serve, build_site: BuildSite, site: str, paper: str
) -> None:
    page = open_page(f"{serve(build_site(SITES[site]))}syllabus.html", now=NOW)
    headings = {squeeze(each) for each in page.locator("h1, h2, h3, h4, .row > .small").all_text_contents()}
    sheets = print_page(page, paper)
    for number, sheet in enumerate(sheets, 1):
        lines = [squeeze(line) for line in sheet.splitlines() if line.strip()]
        assert str(number) in (lines[0], lines[-1])  # the number of the sheet
        last = [line for line in lines if line != str(number)][-1]
        begun = [heading for heading in headings if heading.startswith(last)]
        assert begun == [] or number == len(sheets)  # the last meeting may have a title alone
