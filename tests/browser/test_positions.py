"""Where the answers of the minute between two classes are on the home page, at eight instants of a term."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from tests.browser.conftest import OpenPage, Serve
from tests.conftest import BuildSite
from tests.sites import ROOT

COURSES = {"whole": ROOT, "undergraduate": ROOT / "examples" / "undergraduate"}
ZONES = {"whole": ZoneInfo("America/Los_Angeles"), "undergraduate": ZoneInfo("America/Chicago")}
INSTANTS = {
    "whole": {
        "before the term": "2027-01-10T12:00",
        "the morning of a class": "2027-03-08T08:00",
        "the evening of a class": "2027-03-08T20:00",
        "the day after": "2027-03-09T12:00",
        "a weekend": "2027-03-13T12:00",
        "a break": "2027-03-24T12:00",
        "the last week": "2027-05-05T12:00",
        "after the term": "2027-06-01T12:00",
    },
    "undergraduate": {
        "before the term": "2027-01-10T12:00",
        "the morning of a class": "2027-03-11T08:00",
        "the evening of a class": "2027-03-11T20:00",
        "the day after": "2027-03-10T12:00",
        "a weekend": "2027-03-06T12:00",
        "a break": "2027-03-17T12:00",
        "the day before an exam": "2027-03-08T12:00",
        "after the term": "2027-06-01T12:00",
    },
}
PANELS = ("now", "due-next", "this-week-list", "hours")
# By the width and height of the window: how far down each panel may begin.
FARTHEST = {
    (390, 844): {"now": 300, "due-next": 760},
    (1280, 900): dict.fromkeys(PANELS, 900),
}
TOPS = """() => Object.fromEntries(
  [...document.querySelectorAll(".panels section")]
    .filter((panel) => panel.getClientRects().length)
    .map((panel) => [panel.classList[0], panel.getBoundingClientRect().top + scrollY]))"""


def at(course: str, name: str) -> datetime:
    return datetime.fromisoformat(INSTANTS[course][name]).replace(tzinfo=ZONES[course])


CASES = [(course, name) for course, instants in INSTANTS.items() for name in instants]


@pytest.mark.parametrize("javascript", [True, False])
@pytest.mark.parametrize(("course", "name"), CASES)
def test_what_is_asked_for_most_is_on_the_first_screen(
    course: str, name: str, javascript: bool, open_page: OpenPage, serve: Serve, build_site: BuildSite
) -> None:
    """With the script a site that was built on another day, without it one of that day."""
    instant = INSTANTS[course][name]
    site = build_site(COURSES[course], *(() if javascript else (instant,)))
    found = {}
    for width, height in FARTHEST:
        address, now = f"{serve(site)}index.html", at(course, name)
        page = open_page(address, now=now, javascript=javascript, width=width, height=height)
        found[width, height] = page.evaluate(TOPS)
    low = {
        (size, panel): top
        for size, tops in found.items()
        for panel, top in tops.items()
        if top > FARTHEST[size].get(panel, top)
    }
    assert low == {}
    assert all("now" in tops for tops in found.values())


@pytest.mark.parametrize("course", COURSES)
def test_nothing_moves_while_the_page_loads(
    course: str, open_page: OpenPage, serve: Serve, build_site: BuildSite
) -> None:
    """Where the site was built on the same day, in the course's zone."""
    zone = ZONES[course].key
    instant = INSTANTS[course]["the day after"]
    address, now = f"{serve(build_site(COURSES[course], instant))}index.html", at(course, "the day after")
    for width, height in FARTHEST:
        tops = [
            open_page(address, now=now, javascript=javascript, timezone=zone, width=width, height=height).evaluate(TOPS)
            for javascript in (True, False)
        ]
        assert tops[0] == tops[1]
