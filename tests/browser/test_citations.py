"""How a reading is cited on its pages: shown without a script, copied with one, from a server and from the disk."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.axe import axe_violations
from tests.browser.conftest import OpenPage, Serve
from tests.conftest import BuildSite
from tests.sites import ROOT

HISTORY = ROOT / "examples" / "history"
ENTRY = "@article{what-is-the-history-of-books,\n  title = {What Is the History of Books?},"
NO_CLIPBOARD = "Object.defineProperty(navigator, 'clipboard', {value: undefined})"
NO_COPY = f"{NO_CLIPBOARD}; document.execCommand = () => false"


@pytest.mark.parametrize(
    ("before", "said"),
    [("", "Copied"), (NO_CLIPBOARD, "Copied"), (NO_COPY, "Selected: copy it with the keyboard")],
    ids=["clipboard", "without clipboard", "selected only"],
)
@pytest.mark.parametrize("place", ["server", "disk"])
def test_a_citation_is_copied_or_selected(
    place: str, before: str, said: str, build_site: BuildSite, serve: Serve, open_page: OpenPage
) -> None:
    site = build_site(HISTORY)
    page = open_page(serve(site) + "readings.html" if place == "server" else site / "readings.html")
    if before:
        page.evaluate(before)
    cite = page.locator("details.cite").first
    cite.locator("summary").click()
    button = cite.get_by_role("button", name="Copy")
    button.click()
    expect(cite.get_by_role("status")).to_have_text(said)
    assert page.evaluate("String(getSelection())").startswith(ENTRY)
    assert axe_violations(page) == []
    cite.locator("summary").click()
    cite.locator("summary").click()
    expect(cite.locator("button")).to_have_count(1)


def test_without_a_script_a_citation_is_there(build_site: BuildSite, open_page: OpenPage) -> None:
    page = open_page(build_site(HISTORY) / "meetings" / "reading.html", javascript=False)
    cite = page.locator("details.cite").first
    cite.locator("summary").click()
    expect(cite.locator("pre")).to_contain_text(ENTRY)
    expect(cite.locator("button")).to_have_count(0)


def test_an_open_citation_fits_a_small_screen(build_site: BuildSite, open_page: OpenPage) -> None:
    page = open_page(build_site(HISTORY) / "readings.html", width=320)
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    expect(page.locator(".cite button").last).to_be_attached()
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_paper_has_no_citations(build_site: BuildSite, open_page: OpenPage) -> None:
    page = open_page(build_site(HISTORY) / "readings.html")
    page.emulate_media(media="print")
    expect(page.locator(".cite").first).to_be_hidden()
    expect(page.get_by_text("For reference managers")).to_be_hidden()
