"""The staff of a large course: it buries nothing on the home page, and its photos are of one size."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.axe import axe_violations
from tests.browser.conftest import OpenPage, Serve
from tests.browser.test_today import at
from tests.sites import run_cli, write_course

MANY = 52
NAMES = [f"Person {each} of a Long Family Name" for each in range(1, MANY + 1)]
ASSISTANTS = "".join(
    f"  - {{name: {name}, role: TA, office_hours: {{day: Mon, time: {8 + each % 12}:00-{9 + each % 12}:00}}}}\n"
    for each, name in enumerate(NAMES[2:])
)
SYLLABUS = f"""\
course: {{title: Principles and Techniques of Data Science, code: DS 100, institution: Example University}}
term:
  name: Spring 2027
  starts: 2027-01-25
  ends: 2027-05-10
  timezone: America/Los_Angeles
  meets:
    - {{days: [Tue, Thu], time: 11:00-12:20, kind: Lecture, place: Wheeler 150, numbered: yes}}
    - {{day: Wed, time: 10:00-11:00, kind: Discussion}}
    - {{days: [Mon, Fri], time: 9:00-11:00, kind: Lab}}
schedule:
  Lecture: [{{topic: Samples, times: 30}}]
  Discussion: [{{topic: Questions, times: 15}}]
  Lab: [{{topic: Notebooks, times: 31}}]
staff:
  - {{name: {NAMES[0]}, role: Instructor, photo: wide.svg, email: an.address.as.long@as.they.become.example.edu}}
  - {{name: {NAMES[1]}, role: Instructor, photo: high.svg, pronouns: she/her}}
{ASSISTANTS}office_hours:
  - {{day: Friday, time: 13:00-15:00, place: Warren 101, who: [{NAMES[2]}, {NAMES[3]}], note: Bring your *notebook*.}}
"""
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="{}" height="{}"><rect width="100%" height="100%"/></svg>'


@pytest.fixture
def large(open_page: OpenPage, serve: Serve, tmp_path: Path) -> Page:
    """Return the home page of a course with 52 people, on a phone, in the middle of the term."""
    files = {
        "syllabus.yaml": SYLLABUS,
        "assets/wide.svg": PICTURE.format(400, 100),
        "assets/high.svg": PICTURE.format(100, 400),
    }
    course = write_course(tmp_path / "course", files)
    ran = run_cli("--source", course, "--output", tmp_path / "site", "--today", "2027-03-10")
    assert (ran.code, ran.err) == (0, "")
    return open_page(serve(tmp_path / "site"), now=at("2027-03-10T20:00:00Z"), width=390)


def test_what_is_on_now_is_on_the_first_screen(large: Page) -> None:
    box = large.locator(".now").bounding_box()
    assert box is not None
    assert box["y"] < 500
    assert large.locator(".title").inner_text().count("Person") == 2
    assert large.locator(".title").get_by_text("and 50 more").get_attribute("href") == "staff.html"


def test_photos_have_one_size_and_the_page_its_width(large: Page) -> None:
    large.get_by_text("and 50 more").click()
    large.wait_for_load_state()
    sizes = large.locator(".cards :is(img, .photoless)").evaluate_all(
        "(all) => all.map((each) => [each.getBoundingClientRect().width, each.getBoundingClientRect().height])"
    )
    assert len(sizes) == MANY
    assert {tuple(each) for each in sizes} == {(88, 88)}
    names = large.locator(".cards h3").evaluate_all(
        "(all) => all.map((each) => each.getBoundingClientRect().x - each.closest('li').getBoundingClientRect().x)"
    )
    assert {round(each) for each in names} == {88 + 16}
    for size in ("", "200%"):
        large.evaluate("(size) => { document.documentElement.style.fontSize = size }", size)
        for width in (320, 390, 1280):
            large.set_viewport_size({"width": width, "height": 844})
            assert large.evaluate("document.documentElement.scrollWidth") <= width
        assert axe_violations(large) == []


def test_times_of_office_hours_are_on_one_line(large: Page) -> None:
    large.get_by_text("and 50 more").click()
    large.wait_for_load_state()
    heights = large.locator(".office-hours b").evaluate_all(
        "(all) => all.map((each) => each.offsetHeight / parseFloat(getComputedStyle(each).lineHeight))"
    )
    assert {round(each) for each in heights} == {1}


# A Monday and a Friday in Los Angeles; Europe changes its clocks two weeks after America, in March.
OWN_TIMES = {
    ("America/Los_Angeles", "2027-03-10T20:00:00Z"): {},
    ("America/New_York", "2027-03-10T20:00:00Z"): {
        "8:00–9:00": "11:00 your time",
        "13:00–15:00": "16:00 your time",
        "19:00–20:00": "22:00 your time",
    },
    ("Europe/Berlin", "2027-03-10T20:00:00Z"): {"13:00–15:00": "22:00 your time", "19:00–20:00": "Tue 3:00 your time"},
    ("Europe/Berlin", "2027-03-14T20:00:00Z"): {"13:00–15:00": "21:00 your time", "19:00–20:00": "Tue 3:00 your time"},
    ("Europe/Berlin", "2027-03-28T20:00:00Z"): {"13:00–15:00": "22:00 your time", "19:00–20:00": "Tue 4:00 your time"},
    ("Asia/Kolkata", "2027-01-01T20:00:00Z"): {"13:00–15:00": "Sat 2:30 your time", "8:00–9:00": "21:30 your time"},
}


@pytest.mark.parametrize(("timezone", "now"), OWN_TIMES)
def test_office_hours_have_the_readers_own_time(
    open_page: OpenPage, serve: Serve, tmp_path: Path, timezone: str, now: str
) -> None:
    course = write_course(
        tmp_path / "course",
        {"syllabus.yaml": SYLLABUS.replace(", photo: wide.svg", "").replace(", photo: high.svg", "")},
    )
    ran = run_cli("--source", course, "--output", tmp_path / "site", "--today", "2027-03-10")
    assert (ran.code, ran.err) == (0, "")
    page = open_page(serve(tmp_path / "site") + "staff.html", now=at(now), timezone=timezone)
    lines = page.locator(".office-hours b").evaluate_all(
        "(all) => all.map((each) => [each.firstChild.textContent.trim(), each.querySelector('.ago').textContent])"
    )
    found = {hours: own for hours, own in lines if own}
    expected = OWN_TIMES[timezone, now]
    assert {hours: found[hours] for hours in expected} == expected
    assert bool(found) is bool(expected)
