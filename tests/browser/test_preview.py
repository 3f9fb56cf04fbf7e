"""The preview in a browser: what is saved is seen, errors stand on the last good page, and days can be chosen."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import axe_violations
from tests.browser.conftest import OpenPage
from tests.serve.running import Running, preview
from tests.sites import COURSES

LONG = "\n\n".join(f"Paragraph {number} of a long page." for number in range(80))
BROKEN = "---\nlayuot: page\n---\n# A long page\n\nBroken.\n"


@pytest.fixture
def course(tmp_path: Path) -> Path:
    folder = tmp_path / "course"
    shutil.copytree(COURSES / "everything", folder, ignore=shutil.ignore_patterns("_site", ".cache"))
    (folder / "content/long.md").write_text(f"# A long page\n\nFirst words.\n\n{LONG}\n", encoding="utf-8")
    (folder / "content/plans.md").write_text("---\npublish_on: 2027-03-14\n---\n# Plans\n\nSecret.\n", encoding="utf-8")
    (folder / "content/odd.md").write_text("---\nnav: no\n---\nWe meet on Friday, April 31.\n", encoding="utf-8")
    return folder


@pytest.fixture
def running(course: Path, tmp_path: Path) -> Iterator[Running]:
    with preview(course, tmp_path / "errors.txt") as started:
        yield started


def go(open_page: OpenPage, running: Running, path: str = "", **options: object) -> Page:
    """Open a page of the preview, and wait till its script listens."""
    page = open_page(f"{running.address}{path}", fresh=True, **options)  # type: ignore[arg-type]
    expect(page.locator("courseweek-preview")).to_have_attribute("data-listens", "")
    return page


def save(course: Path, name: str, text: str) -> None:
    """Save a file as editors do: written beside it, and renamed."""
    path = course / name
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.swp")
    beside.write_text(text, encoding="utf-8")
    beside.replace(path)


def test_a_saved_edit_is_seen_where_the_reader_was(course: Path, running: Running, open_page: OpenPage) -> None:
    page = go(open_page, running, "long.html")
    page.evaluate("scrollTo(0, 700)")
    for words in ("Second words.", "Third words."):
        save(course, "content/long.md", f"# A long page\n\n{words}\n\n{LONG}\n")
        expect(page.get_by_text(words)).to_have_count(1)
        expect(page.locator("courseweek-preview")).to_have_attribute("data-listens", "")
        page.wait_for_function("Math.abs(scrollY - 700) < 2")


def test_a_reload_keeps_what_was_unfolded(course: Path, running: Running, open_page: OpenPage) -> None:
    page = go(open_page, running, "readings.html")
    folded = page.locator("main details:not(.my-list *)").first
    if not folded.count():
        page = go(open_page, running)
        folded = page.locator("main details").first
    folded.locator("summary").click()
    syllabus = (course / "syllabus.yaml").read_text(encoding="utf-8")
    save(course, "syllabus.yaml", syllabus.replace("All about knots", "All about other knots", 1))
    expect(page).to_have_title(re.compile("other knots"))
    expect(folded).to_have_attribute("open", "")


def test_style_is_renewed_without_a_reload(course: Path, running: Running, open_page: OpenPage) -> None:
    page = go(open_page, running)
    page.evaluate("window.unloaded = false")
    for color in ("rgb(0, 128, 0)", "rgb(0, 0, 128)"):
        save(course, "assets/theme/style.css", f"h1 {{ color: {color}; }}\n")
        expect(page.locator("h1")).to_have_css("color", color)
    assert page.evaluate("window.unloaded") is False


def test_an_error_appears_on_the_last_good_page_and_goes(course: Path, running: Running, open_page: OpenPage) -> None:
    page = go(open_page, running, "long.html")
    page.evaluate("window.unloaded = false")
    trouble = page.get_by_role("alert")
    save(course, "content/long.md", BROKEN)
    expect(trouble).to_be_visible()
    expect(trouble).to_contain_text("The page below is the last good version.")
    expect(page.get_by_text("First words.")).to_have_count(1)
    reported = running.wait_for("1 error, 1 warning; still showing the last good version.\n")
    expect(trouble).to_contain_text("1 error, 1 warning")  # the rest of the course is checked a moment later
    shown = _lines("\n".join(page.locator(".found pre").all_inner_texts()))
    assert shown == _lines(reported.partition("1 error, 1 warning; still")[0])[-len(shown) :]
    assert shown[0].startswith("content/long.md:2:1: error[unknown-key]: ")
    page.keyboard.press("Escape")
    expect(trouble).to_be_hidden()
    again = page.get_by_role("button", name="1 error, 1 warning")
    expect(again).to_be_focused()
    again.press("Enter")
    expect(trouble).to_be_visible()
    assert page.evaluate("window.unloaded") is False
    save(course, "content/long.md", "# A long page\n\nMended.\n")
    expect(page.get_by_text("Mended.")).to_have_count(1)
    expect(trouble).to_have_count(0)


def _lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.splitlines() if line.strip()]


def test_an_error_elsewhere_comes_and_goes_without_a_reload(
    course: Path, running: Running, open_page: OpenPage
) -> None:
    page = go(open_page, running, "long.html")
    page.evaluate("window.unloaded = false")
    for text, count in (("[x](nowhere.md)\n", 1), ("[x](long.md)\n", 0)):
        save(course, "content/other.md", f"---\nnav: no\n---\n{text}")
        expect(page.get_by_role("alert")).to_have_count(count)
    assert page.evaluate("window.unloaded") is False


def test_the_site_is_seen_as_of_any_day_by_keyboard(running: Running, open_page: OpenPage) -> None:
    page = go(open_page, running)
    days = page.get_by_role("navigation", name="Days of the term")
    chosen = days.locator("[aria-current=date]")
    expect(chosen).to_have_accessible_name(re.compile("^Wed 10 Mar 2027"))
    expect(page.locator("tbody.this-week")).to_have_attribute("id", "week-3")
    chosen.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    expect(days.get_by_role("link", name=re.compile("^Thu 18 Mar 2027"))).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/_preview/2027-03-18/index.html")
    expect(page.locator("tbody.this-week")).to_have_attribute("id", "week-4")
    expect(chosen).to_have_accessible_name(re.compile("^Thu 18 Mar 2027"))
    expect(chosen).to_be_in_viewport()
    assert [link.get_attribute("tabindex") for link in days.get_by_role("link").all()].count("0") == 1
    page.get_by_role("link", name="Readings", exact=True).click()  # who follows a link stays on the day
    page.wait_for_url("**/_preview/2027-03-18/readings.html")
    page.get_by_role("link", name="Back to today").click()
    page.wait_for_url(f"{running.address}readings.html")


def test_what_is_withheld_is_marked(running: Running, open_page: OpenPage) -> None:
    page = go(open_page, running)
    link = page.get_by_role("link", name="Plans")
    expect(link).to_have_attribute("data-withheld", "from Sun 14 Mar")
    assert page.evaluate("getComputedStyle(document.querySelector('[data-withheld]'), '::after').content") != "none"
    link.click()
    expect(page.get_by_text("This page appears on Sun 14 Mar 2027")).to_be_visible()
    page.goto(f"{running.address}_preview/2027-03-15/plans.html")
    expect(page.get_by_text("Secret.")).to_be_visible()
    expect(page.locator("[data-withheld]")).to_have_count(0)


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), pytest.param(1280, "dark", marks=pytest.mark.slow)])
def test_all_of_it_is_accessible(
    course: Path, running: Running, open_page: OpenPage, width: int, scheme: Literal["light", "dark"]
) -> None:
    page = go(open_page, running, "plans.html", width=width, color_scheme=scheme)
    summary = page.locator(".warnings summary")
    summary.click()
    assert axe_violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for link in page.get_by_role("navigation", name="Days of the term").get_by_role("link").all()[:3]:
        box = link.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 24  # WCAG 2.2, 2.5.8
    save(course, "content/long.md", BROKEN)
    expect(page.get_by_role("alert")).to_be_visible()
    assert axe_violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.keyboard.press("Escape")
    assert axe_violations(page) == []


def test_a_course_without_any_good_site_says_so_and_comes(course: Path, tmp_path: Path, open_page: OpenPage) -> None:
    syllabus = (course / "syllabus.yaml").read_text(encoding="utf-8")
    save(course, "syllabus.yaml", "course: [\n")
    with preview(course, tmp_path / "errors.txt") as running:
        page = go(open_page, running, allow=["status of 500"])
        expect(page.get_by_role("heading", name="Nothing to show yet")).to_be_visible()
        assert axe_violations(page) == []
        save(course, "syllabus.yaml", syllabus)
        expect(page.get_by_role("heading", level=1)).to_have_text("All about knots")
        expect(page.get_by_role("alert")).to_have_count(0)
        open_page.close()  # before the server ends


def test_a_page_says_that_the_preview_has_ended(course: Path, tmp_path: Path, open_page: OpenPage) -> None:
    with preview(course, tmp_path / "errors.txt") as running:
        # The report on the rest of the course may just have come, and be asked for too late, as may what loads last.
        late = ["/_preview/report", "/readings.js", "/assets/theme/ticks."]
        page = go(open_page, running, allow=["WebSocket connection", *late])
    expect(page.locator("courseweek-preview").get_by_role("status")).to_have_text("The preview has ended.")


def test_a_script_of_an_asset_reads_no_draft(course: Path, running: Running, open_page: OpenPage) -> None:
    script = (
        "async function look() {\n"
        "  const said = [];\n"
        "  for (const path of ['/plans.html', '/assets/theme/style.css', 'http://e.invalid/']) {\n"
        "    try { said.push((await fetch(path, {mode: 'no-cors'})).status); } catch { said.push('refused'); }\n"
        "  }\n"
        "  try { said.push(window.open('/plans.html').document.title); } catch { said.push('refused'); }\n"
        "  document.body.textContent = said.join(' ');\n"
        "}\n"
        "look();\n"
    )
    save(course, "assets/demo.html", f"<!doctype html><title>Demo</title><body><script>{script}</script>")
    page = open_page(f"{running.address}assets/demo.html", fresh=True)
    expect(page.locator("body")).to_have_text("refused refused refused refused")
    # What it tried is on the console, and nothing was asked of another host.
    assert not [each for each in open_page.troubles if "another host" in each]
    open_page.troubles.clear()
