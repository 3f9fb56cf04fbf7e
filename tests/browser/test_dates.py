"""Dates to come and past, kept right by the script: the lists as a build at that time makes them, and distances."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from courseweek.cache import Memory
from courseweek.files.stored import read_whole
from courseweek.schedule.agenda import list_agenda
from tests.browser.axe import axe_violations
from tests.browser.conftest import OpenPage, Serve
from tests.browser.test_today import at, every
from tests.conftest import BuildSite
from tests.schedule.test_agenda import SYLLABUS
from tests.sites import COURSES, ROOT, make_in_memory, run_cli, write_course

BUILT = "2027-01-20T12:00"
PICTURE = """(html) => {
  const page = html === null ? document : new DOMParser().parseFromString(html, "text/html");
  const agenda = page.querySelector(".agenda").cloneNode(true);
  for (const ago of agenda.querySelectorAll(".ago")) ago.remove();
  for (const folded of agenda.querySelectorAll(".later[hidden]")) folded.remove();
  return agenda.outerHTML.replace(/\\s+/g, " ").replace(/ ?(<[^>]*>) ?/g, "$1");
}"""


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_course(tmp_path_factory.mktemp("course"), {"syllabus.yaml": SYLLABUS})


@pytest.fixture(scope="module")
def site(course: Path) -> Path:
    ran = run_cli("--source", course, "--today", BUILT)
    assert ran.code == 0, ran.err
    return course / "_site"


def go_to(page: Page, now: datetime) -> None:
    page.clock.set_fixed_time(now)
    page.evaluate("dispatchEvent(new Event('focus'))")


# --- The build's lists and the script's are the same ---------------------------------------------------------


def turning_points(course: Path) -> list[datetime]:
    """Return instants around which the lists may change, from before the term on."""
    plan = make_in_memory(course, at("2020-01-01T00:00:00Z")).plan
    items = list_agenda(plan.schedule, plan.course.syllabus.term)
    bounds = sorted({bound.astimezone(UTC) for each in items for bound in (each.starts, each.ends) if bound})
    inside = [first + (last - first) / 2 for first, last in pairwise(bounds)]
    around = [bound - timedelta(seconds=1) for bound in bounds] + bounds + inside
    return sorted({*around, bounds[0] - timedelta(days=120), bounds[-1] + timedelta(days=120)})


def differences(page: Page, course: Path, path: str, instants: Sequence[datetime]) -> list[str]:
    """Return the instants, in order of time, for which the page differs from the page built at that time."""
    found, memory = list[str](), Memory()
    for now in instants:
        go_to(page, now)
        baked = read_whole(make_in_memory(course, now, memory).artifacts[path]).decode("utf-8")
        expected, shown = page.evaluate(PICTURE, baked), page.evaluate(PICTURE, None)
        found += [f"{now:%Y-%m-%dT%H:%M:%SZ}: baked {expected}, scripted {shown}"] if expected != shown else []
    return found


EACH_COURSE = pytest.mark.parametrize(
    ("folder", "path"),
    [
        ("agenda", "deadlines.html"),
        # The home page has both lists and a schedule, and the scripts of both.
        (COURSES / "everything", "index.html"),
        pytest.param(COURSES / "kinds", "deadlines.html", marks=pytest.mark.slow),
        pytest.param(ROOT / "examples" / "history", "deadlines.html", marks=pytest.mark.slow),
        pytest.param(ROOT / "examples" / "undergraduate", "deadlines.html", marks=pytest.mark.slow),
    ],
)


@EACH_COURSE
def test_the_script_moves_on_as_the_build_does(
    open_page: OpenPage, serve: Serve, build_site: BuildSite, course: Path, folder: Path | str, path: str
) -> None:
    source = course if folder == "agenda" else Path(folder)
    instants = turning_points(source)
    site = build_site(source, f"{instants[0]:%Y-%m-%dT%H:%M:%S}")
    page = open_page(serve(site) + path, now=instants[0], timezone="Asia/Tokyo")
    assert differences(page, source, path, instants if folder == "agenda" else every(instants, 40)) == []


@pytest.mark.parametrize("now", ["2027-02-05T12:00:00Z", "2027-02-11T23:30:00Z", "2027-06-01T12:00:00Z"])
def test_a_build_of_long_ago_is_right_at_once(
    open_page: OpenPage, serve: Serve, site: Path, course: Path, now: str
) -> None:
    page = open_page(serve(site) + "deadlines.html", now=at(now))
    assert differences(page, course, "deadlines.html", [at(now)]) == []


# --- Distances -----------------------------------------------------------------------------------------------

# An instant, and what is said of each date whose words are given.
DISTANCES = {
    "2027-01-20T20:00:00Z": {"Essay": "in 6 days", "Fair": "in 3 weeks", "Drop": "in 2 weeks", "Final": "in 4 weeks"},
    "2027-01-25T20:00:00Z": {"Quiz": "in 1 hour", "Essay": "tomorrow", "Plan": "in 9 days", "Report": ""},
    "2027-01-25T20:19:30Z": {"Quiz": "in 41 minutes"},
    "2027-01-25T20:59:30Z": {"Quiz": "in 1 minute"},
    "2027-01-25T21:01:00Z": {"Quiz": "in 7 days"},
    # Days are the course's, wherever the reader is.
    "2027-02-03T07:59:00Z": {"Plan": "tomorrow", "Test": "in 2 days"},
    "2027-02-03T08:00:00Z": {"Plan": "in 24 hours", "Test": "tomorrow", "Drop": "in 2 days"},
    "2027-02-04T08:30:00Z": {"Test": "in 9 hours", "Drop": "tomorrow"},
    "2027-02-04T17:30:00Z": {"Test": "now"},
    "2027-02-05T12:00:00Z": {"Drop": "today", "Test": "yesterday"},
    "2027-02-10T18:00:00Z": {"Fair": "now", "Drop": "5 days ago"},
    "2027-03-01T12:00:00Z": {"Fair": "3 weeks ago", "Final": "11 days ago"},
}


def distances(page: Page) -> dict[str, str]:
    """Return the words beside the first date of each name."""
    found: list[list[str]] = page.evaluate(
        "[...document.querySelectorAll('.agenda li')].map((line) => [line.querySelector('div').textContent,"
        " line.querySelector('.ago')?.textContent ?? ''])"
    )
    return {text.split()[0]: ago for text, ago in reversed(found)}


@pytest.mark.parametrize("timezone", ["America/Los_Angeles", "Pacific/Kiritimati"])
def test_distances_in_words(open_page: OpenPage, serve: Serve, site: Path, timezone: str) -> None:
    page = open_page(serve(site) + "deadlines.html", now=at("2027-01-20T20:00:00Z"), timezone=timezone)
    for now, expected in DISTANCES.items():
        go_to(page, at(now))
        page.evaluate("for (const folded of document.querySelectorAll('details')) folded.open = true")
        found = distances(page)
        assert {name: found[name].partition(" · ")[0] for name in expected} == expected, now


OWN_TIMES = {
    "America/Los_Angeles": {"Quiz": "tomorrow", "Test": "in 11 days", "Drop": "in 12 days"},
    "Asia/Tokyo": {
        "Quiz": "tomorrow · Tue 6:00 your time",
        "Test": "in 11 days · Fri 2:00 your time",
        "Essay": "in 2 days",  # it comes out on a day, without a time
        "Drop": "in 12 days",
    },
    "America/New_York": {"Quiz": "tomorrow · 16:00 your time", "Fair": "in 2 weeks · 13:00 your time"},
}


@pytest.mark.parametrize("timezone", OWN_TIMES)
def test_the_readers_own_time(open_page: OpenPage, serve: Serve, site: Path, timezone: str) -> None:
    page = open_page(serve(site) + "deadlines.html", now=at("2027-01-24T20:00:00Z"), timezone=timezone)
    found = distances(page)
    assert {name: found[name] for name in OWN_TIMES[timezone]} == OWN_TIMES[timezone]


MEETING = {
    "2027-02-01T20:00:00Z": "in 7 days",
    "2027-02-08T20:30:00Z": "in 30 minutes",
    "2027-02-08T21:30:00Z": "now",
    "2027-02-09T01:00:00Z": "4 hours ago",
    "2027-02-16T20:00:00Z": "8 days ago",
}


def test_the_page_of_a_meeting_says_how_far_away_it_is(open_page: OpenPage, serve: Serve, site: Path) -> None:
    page = open_page(serve(site) + "meetings/midterm.html", now=at("2027-02-01T20:00:00Z"), timezone="Asia/Tokyo")
    found = {}
    for now in MEETING:
        go_to(page, at(now))
        found[now] = page.locator(".title .ago").inner_text().partition(" · ")[0]
    assert found == MEETING


# --- The page stays open, and other states -------------------------------------------------------------------


def open_lists(page: Page) -> list[str]:
    found: list[str] = page.evaluate(
        "[...document.querySelectorAll('details[open]')].map((folded) => folded.className)"
    )
    return found


def test_a_page_left_open_moves_on_and_stays_unfolded(open_page: OpenPage, serve: Serve, site: Path) -> None:
    page = open_page(serve(site) + "deadlines.html", now=at("2027-01-25T20:59:30Z"), clock="running")
    page.click(".later summary")
    assert page.locator(".past").is_hidden()
    page.clock.run_for(31_000)
    assert open_lists(page) == ["later"]
    assert page.locator(".past li").count() == 1
    assert page.locator(".coming > li[data-of=quiz] > .at time").inner_text() == "Mon 1 Feb, 13:00"


def test_when_nothing_is_to_come_the_past_is_unfolded(open_page: OpenPage, serve: Serve, tmp_path: Path) -> None:
    text = SYLLABUS.replace("  - {topic: Oral, id: oral, kind: Exam, date: TBD}\n", "").replace(
        ", {title: Report, due: TBD}", ""
    )
    ran = run_cli("--source", write_course(tmp_path, {"syllabus.yaml": text}), "--today", BUILT)
    assert ran.code == 0, ran.err
    page = open_page(serve(tmp_path / "_site") + "deadlines.html", now=at("2027-06-01T12:00:00Z"))
    assert page.locator(".nothing").inner_text() == "Nothing is due any more."
    assert open_lists(page)[0] == "past"
    page.click(".past > summary")
    go_to(page, at("2027-06-01T13:00:00Z"))
    assert "past" not in open_lists(page)


STILL: dict[str, dict[str, Any]] = {
    "without JavaScript": {"javascript": False},
    "a clock that was never set": {"now": at("1970-01-02T00:00:00Z")},
}


@pytest.mark.parametrize("case", STILL)
def test_the_page_says_what_was_built(open_page: OpenPage, serve: Serve, site: Path, case: str) -> None:
    page = open_page(serve(site) + "deadlines.html", **STILL[case])
    assert "".join(page.locator(".agenda .ago").all_inner_texts()) == ""
    assert page.locator(".coming > li").count() == 11
    assert page.locator(".past li").count() == 0


def test_a_clock_that_is_set_later(open_page: OpenPage, serve: Serve, site: Path, course: Path) -> None:
    page = open_page(serve(site) + "deadlines.html", now=at("1970-01-02T00:00:00Z"))
    assert differences(page, course, "deadlines.html", [at("2027-02-05T12:00:00Z")]) == []


def test_a_past_term_has_no_clock(open_page: OpenPage, serve: Serve, site: Path, tmp_path: Path) -> None:
    html = (site / "deadlines.html").read_text(encoding="utf-8")
    frozen = html.replace("<main ", '<aside class="past-term">Past.</aside><main ')
    for path, data in {"deadlines.html": frozen.encode(), **_theme(site)}.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(data)
    page = open_page(serve(tmp_path) + "deadlines.html", now=at("2027-06-01T12:00:00Z"))
    assert "".join(page.locator(".ago").all_inner_texts()) == ""
    assert page.locator(".past li").count() == 0


def _theme(site: Path) -> dict[str, bytes]:
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.glob("assets/theme/*")}


@pytest.mark.parametrize("width", [320, 390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_is_accessible_and_keeps_its_width(
    open_page: OpenPage, serve: Serve, site: Path, width: int, scheme: Any
) -> None:
    page = open_page(
        serve(site) + "deadlines.html", now=at("2027-02-05T12:00:00Z"), width=width, color_scheme=scheme,
        timezone="Asia/Tokyo",
    )  # fmt: skip
    page.evaluate("for (const folded of document.querySelectorAll('details')) folded.open = true")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.evaluate("document.documentElement.style.fontSize = '212.5%'")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert axe_violations(page) == []
