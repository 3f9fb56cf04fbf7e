"""Dates beside text that runs from right to left: seen from left to right, in the order in which they are written."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import OpenPage, Serve
from tests.browser.test_today import at
from tests.sites import run_cli, write_course

SYLLABUS = """\
course: {title: Knots, institution: INSTITUTION, language: LANGUAGE}
term:
  starts: 2027-01-25
  ends: 2027-05-10
  timezone: Asia/Jerusalem
  meets: [{day: Monday, time: 13:00-16:00, place: INSTITUTION}, {day: Thursday, time: 9:00-10:00, place: Room 2}]
staff: [{name: INSTITUTION, role: Instructor, office_hours: [{day: Monday, time: 10:00-11:00, place: INSTITUTION}]}]
schedule:
  - {topic: INSTITUTION, guests: [{name: INSTITUTION, affiliation: 2nd floor}]}
  - {topic: Links, times: 30}
assignments: [{title: INSTITUTION, due: 2027-02-01 23:59}]
"""
# Each visible word of an element's text: its line, where it begins and ends on it, and the size of its letters.
PLACES = """(element) => {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT), places = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    for (const word of node.data.matchAll(/[A-Za-z0-9:–]+/g)) {
      const range = document.createRange();
      range.setStart(node, word.index);
      range.setEnd(node, word.index + word[0].length);
      const box = range.getClientRects()[0];
      if (box) places.push([word[0], box.top, box.left, box.right, box.height]);
    }
  }
  return places;
}"""


def check_order(page: Page, selector: str, text: str) -> None:
    """Look for the words of the text: each right behind the one before it, nothing between them, or further down."""
    wanted = text.split()
    for element in page.locator(selector).all():
        places: list[tuple[str, float, float, float, float]] = element.evaluate(PLACES)
        for start in range(len(places) - len(wanted) + 1):
            found = places[start : start + len(wanted)]
            if [each[0] for each in found] == wanted:
                for (_, above, _, end, size), (_, top, begin, _, _) in pairwise(found):
                    assert top > above + size / 2 or 0 <= begin - end < size, (text, places)
                return
    raise AssertionError(f"{text!r} is nowhere in {selector}")


@pytest.mark.parametrize("language", ["en", "he"])
@pytest.mark.parametrize("name", ["האוניברסיטה העברית", "جامعة القاهرة", "Technion – הטכניון, 1912"])
def test_no_date_is_torn(open_page: OpenPage, serve: Serve, tmp_path: Path, name: str, language: str) -> None:
    syllabus = SYLLABUS.replace("INSTITUTION", f'"{name}"').replace("LANGUAGE", language)
    course = write_course(tmp_path / "course", {"syllabus.yaml": syllabus})
    ran = run_cli("--source", course, "--output", tmp_path / "site", "--today", "2027-01-20")
    assert ran.code == 0, ran.err
    page = open_page(serve(tmp_path / "site"), now=at("2027-01-25T08:00:00Z"), width=390)
    assert page.locator(".now .as-of").count() == 0
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        check_order(page, ".headline", "25 Jan – 10 May 2027")
        check_order(page, ".every-week dd", "Mondays 13:00–16:00")
        check_order(page, ".now .eyebrow", "Mon 25 Jan")
        check_order(page, ".now .when", "13:00–16:00")
        check_order(page, ".due-next li", "Mon 1 Feb")
        check_order(page, ".schedule .people", "2nd floor")
        check_order(page, ".schedule .due", "23:59")
