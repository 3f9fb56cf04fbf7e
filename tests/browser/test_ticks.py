"""The boxes that students tick at readings: kept in the browser, counted for the week, saved and loaded."""

from __future__ import annotations

import json
import re
from datetime import datetime
from pathlib import Path

import pytest
from playwright.sync_api import Download, Page, Route, expect

from tests.browser.axe import axe_violations
from tests.browser.conftest import OpenPage, Serve
from tests.browser.test_choice import BLOCKED
from tests.browser.test_pages import LAYOUT_SHIFTS
from tests.browser.test_policy import WATCH
from tests.conftest import BuildSite
from tests.sites import ROOT, write_course

SYLLABUS = """
course: {title: Digital circuits, code: DC 1}
term:
  name: Spring 2027
  starts: 2027-02-01
  ends: 2027-02-26
  timezone: America/Chicago
  meets:
    - {days: [Tue, Fri], time: 12:00-13:00, place: Siebel 1404, kind: Lecture}
    - kind: Lab
      groups:
        - {name: A, day: Wednesday, time: 9:00-10:50}
        - {name: B, day: Thursday, time: 9:00-10:50}
schedule:
  Lecture: [{topic: Gates, id: gates}, {topic: Clocks, id: clocks, page: own}, {topic: Adders, id: adders}]
  Lab: [{topic: Tools, id: tools}]
"""
READINGS = """
gates:
  required:
    - {title: "Logic *and* gates", id: logic, url: https://example.edu/logic}
    - {title: Chapter 1, authors: A. Jones, id: jones-1}
    - "[One line](https://example.edu/line), as it was written"
  optional:
    - {title: A long history, url: https://example.edu/history}
clocks:
  required:
    - {title: Chapter 1, authors: B. Smith, id: smith-1}
    - {reuse: logic}
tools:
  required:
    - {title: The manual, url: https://example.edu/manual}
adders:
  required:
    - {title: Carry chains, url: https://example.edu/carry}
"""
FULL = "Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceeded'); }"
KEY = "courseweek:read:DC 1:Spring 2027"
FIRST_WEEK = datetime.fromisoformat("2027-02-04T18:00:00Z")
SECOND_WEEK = datetime.fromisoformat("2027-02-09T18:00:00Z")
WITHOUT_BOXES = (
    "[...document.querySelectorAll('.readings:not(.listing > ul) li')].filter((e) => !e.querySelector('.tick')).length"
)


def write(folder: Path, *, syllabus: str = SYLLABUS, readings: str = READINGS) -> Path:
    return write_course(
        folder, {"syllabus.yaml": syllabus, "readings.yaml": readings, "content/own.md": "# Clocks and more\n"}
    )


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("ticks") / "course")


def await_boxes(page: Page) -> None:
    expect(page.locator(".tick input").first).to_be_attached()


def kept(page: Page) -> dict[str, list[str]]:
    """Return what the browser keeps: the ids, each with its day and the sum of its address."""
    read: dict[str, list[str]] = json.loads(page.evaluate("(key) => localStorage[key] || '{}'", KEY))
    return read


def ticked(page: Page) -> set[str]:
    """Return the ids of the readings whose boxes are ticked; all boxes of a reading agree."""
    states: list[list[str]] = page.evaluate(
        "[...document.querySelectorAll('.tick input')].map((box) => [box.dataset.tick, String(box.checked)])"
    )
    on, off = ({id for id, state in states if state == which} for which in ("true", "false"))
    assert not on & off
    return on


def saved(download: Download) -> str:
    return Path(download.path()).read_text(encoding="utf-8")


@pytest.mark.parametrize("place", ["server", "disk"])
def test_each_reading_has_one_box_on_every_page(
    place: str, build_site: BuildSite, serve: Serve, open_page: OpenPage, course: Path
) -> None:
    site = build_site(course)
    page = open_page(
        serve(site) if place == "server" else site / "index.html", now=FIRST_WEEK, script=WATCH, fresh=True
    )
    for name, count in {
        "index.html": 8 + 3,
        "readings.html": 8,
        "syllabus.html": 8,
        "meetings/gates.html": 4,
        "meetings/clocks.html": 2,
    }.items():
        page.goto(serve(site) + name if place == "server" else (site / name).as_uri())
        await_boxes(page)
        expect(page.locator(".tick input")).to_have_count(count)
        assert page.evaluate(WITHOUT_BOXES) == 0
        assert page.evaluate("violations") == []
        assert axe_violations(page) == [], name
    expect(page.get_by_role("checkbox", name="Read: Chapter 1")).to_have_count(1)


@pytest.mark.slow
@pytest.mark.parametrize(
    "site", [ROOT, *sorted(each for each in (ROOT / "examples").iterdir() if each.is_dir())], ids=lambda site: site.name
)
def test_each_reading_of_the_examples_has_a_box(build_site: BuildSite, open_page: OpenPage, site: Path) -> None:
    built = build_site(site)
    page = open_page(built / "index.html", fresh=True)
    for path in sorted(built.rglob("*.html")):
        page.goto(path.as_uri())
        if page.locator(".readings li").count():
            await_boxes(page)
            assert page.evaluate(WITHOUT_BOXES) == 0, path


def test_a_tick_holds_on_all_pages_and_is_counted_for_the_week(
    build_site: BuildSite, serve: Serve, open_page: OpenPage, course: Path
) -> None:
    address = serve(build_site(course))
    page = open_page(address, now=FIRST_WEEK, fresh=True)
    count = page.locator(".this-week-list").get_by_role("status")
    # Gates, Clocks and Tools: one of them is read for two meetings, and what is optional does not count.
    expect(count).to_have_text("0 of 5 read")
    page.locator(".schedule").get_by_role("checkbox", name="Read: Logic *and* gates").first.check()
    expect(count).to_have_text("1 of 5 read")
    page.locator(".schedule summary").first.click()
    page.get_by_role("checkbox", name="Read: A long history").check()
    page.locator("#clocks").get_by_role("checkbox", name="Read: Chapter 1").check()
    expect(count).to_have_text("2 of 5 read")
    assert ticked(page) == {"logic", "a-long-history", "smith-1"}
    assert {id: on for id, (on, _) in kept(page).items()} == dict.fromkeys(ticked(page), "2027-02-04")
    page.goto(address + "meetings/gates.html")
    await_boxes(page)
    assert ticked(page) == {"logic", "a-long-history"}
    page.get_by_role("checkbox", name="Read: Logic *and* gates").press("Space")
    page.goto(address + "readings.html")
    await_boxes(page)
    assert ticked(page) == {"a-long-history", "smith-1"}
    expect(page.locator(".my-list summary")).to_have_text("My list: 2 of 7 read")


def test_the_count_follows_the_week_and_the_group(
    build_site: BuildSite, serve: Serve, open_page: OpenPage, course: Path
) -> None:
    page = open_page(serve(build_site(course)), now=FIRST_WEEK, fresh=True)
    count = page.locator(".read-count")
    expect(count).to_have_text("0 of 5 read")
    page.evaluate("document.querySelector('#tools').hidden = true; dispatchEvent(new Event('choice'))")
    expect(count).to_have_text("0 of 4 read")
    page.clock.set_fixed_time(SECOND_WEEK)
    page.evaluate("dispatchEvent(new Event('focus'))")
    expect(count).to_have_text("0 of 1 read")
    page.locator(".now").get_by_role("checkbox", name="Read: Carry chains").check()
    expect(count).to_have_text("1 of 1 read")
    page.clock.set_fixed_time(datetime.fromisoformat("2027-02-17T18:00:00Z"))
    page.evaluate("dispatchEvent(new Event('focus'))")
    expect(count).to_have_text("")
    assert ticked(page) == {"carry-chains"}


def test_ticks_alone_load_nothing_for_groups(
    build_site: BuildSite, serve: Serve, open_page: OpenPage, course: Path
) -> None:
    page = open_page(serve(build_site(course)), now=FIRST_WEEK, fresh=True)
    await_boxes(page)
    page.locator(".now").get_by_role("checkbox").first.check()
    assert list(page.evaluate("({...localStorage})")) == [KEY]
    page.reload()
    await_boxes(page)
    assert len(ticked(page)) == 1
    expect(page.locator("script[src$='chosen.js']")).to_have_count(0)


def test_ticks_survive_another_order_and_other_titles(
    build_site: BuildSite, serve: Serve, open_page: OpenPage, course: Path, tmp_path: Path
) -> None:
    page = open_page(serve(build_site(course)) + "readings.html", now=FIRST_WEEK, fresh=True)
    for title in ("Logic *and* gates", "The manual", "Chapter 1", "Carry chains"):
        page.get_by_role("checkbox", name=f"Read: {title}").first.check()
    storage = page.evaluate("({...localStorage})")
    other = READINGS.replace("Logic *and* gates", "Logic").replace("title: The manual", "title: A manual with an index")
    gates, clocks = other.index("gates:"), other.index("clocks:")
    moved = write(tmp_path / "moved", readings=other[clocks:] + other[gates:clocks])
    page = open_page(serve(build_site(moved)) + "readings.html", now=SECOND_WEEK, fresh=True)
    page.evaluate("(storage) => Object.assign(localStorage, storage)", storage)
    page.reload()
    await_boxes(page)
    assert ticked(page) == {"logic", "a-manual-with-an-index", "jones-1", "carry-chains"}
    page.get_by_role("checkbox", name="Read: A manual with an index").uncheck()
    page.reload()
    await_boxes(page)
    assert ticked(page) == {"logic", "jones-1", "carry-chains"}
    assert kept(page)["logic"][0] == "2027-02-04"


def test_another_term_begins_with_its_own_ticks(
    build_site: BuildSite, serve: Serve, open_page: OpenPage, course: Path, tmp_path: Path
) -> None:
    page = open_page(serve(build_site(course)) + "readings.html", now=FIRST_WEEK, fresh=True)
    page.get_by_role("checkbox").first.check()
    storage = page.evaluate("({...localStorage})")
    later = write(tmp_path / "later", syllabus=SYLLABUS.replace("name: Spring 2027", "name: Fall 2027"))
    page = open_page(serve(build_site(later)) + "readings.html", now=FIRST_WEEK, fresh=True)
    page.evaluate("(storage) => Object.assign(localStorage, storage)", storage)
    page.reload()
    await_boxes(page)
    assert ticked(page) == set()
    page.get_by_role("checkbox").first.check()
    assert sorted(page.evaluate("({...localStorage})")) == ["courseweek:read:DC 1:Fall 2027", KEY]


@pytest.mark.parametrize("script", [*BLOCKED.values(), FULL], ids=[*BLOCKED, "full for a tick"])
def test_without_storage_ticks_last_as_long_as_the_page(
    build_site: BuildSite, serve: Serve, open_page: OpenPage, course: Path, script: str
) -> None:
    page = open_page(serve(build_site(course)), now=FIRST_WEEK, script=script, fresh=True)
    await_boxes(page)
    page.locator(".now").get_by_role("checkbox").first.check()
    page.locator(".now").get_by_role("checkbox").last.check()
    page.evaluate("dispatchEvent(new Event('pageshow'))")
    assert len(ticked(page)) == 2
    expect(page.locator(".read-count")).to_have_text("2 of 5 read")


@pytest.mark.parametrize(
    ("garbage", "read"),
    [
        ("{", set()),
        ("null", set()),
        ("[]", set()),
        ('"text"', set()),
        ("7", set()),
        ('{"logic": true, "jones-1": ["yesterday", ""], "smith-1": [], "__proto__": ["2027-02-01"]}', set()),
        (
            '{"logic": ["2027-02-01"], "jones-1": [["2027-02-02"], {}], "nobody": ["2027-02-01", "x"]}',
            {"logic"},
        ),
    ],
)
def test_garbage_in_the_storage_is_ignored(
    build_site: BuildSite, serve: Serve, open_page: OpenPage, course: Path, garbage: str, read: set[str]
) -> None:
    page = open_page(serve(build_site(course)) + "readings.html", now=FIRST_WEEK, fresh=True)
    page.evaluate("([key, garbage]) => { localStorage[key] = garbage; }", [KEY, garbage])
    page.reload()
    await_boxes(page)
    assert ticked(page) == read
    page.get_by_role("checkbox", name="Read: Carry chains").check()
    page.reload()
    await_boxes(page)
    assert ticked(page) == {*read, "carry-chains"}


def test_two_tabs_agree(build_site: BuildSite, serve: Serve, open_page: OpenPage, course: Path) -> None:
    address = serve(build_site(course))
    page = open_page(address, now=FIRST_WEEK, fresh=True)
    other = page.context.new_page()
    other.goto(address + "readings.html")
    other.get_by_role("checkbox", name="Read: The manual").check()
    expect(page.locator("#tools").get_by_role("checkbox")).to_be_checked()
    page.locator("#tools").get_by_role("checkbox").uncheck()
    expect(other.get_by_role("checkbox", name="Read: The manual")).not_to_be_checked()


def test_a_page_with_other_readings_gets_no_wrong_boxes(
    build_site: BuildSite, serve: Serve, open_page: OpenPage, course: Path
) -> None:
    site = build_site(course)
    page = open_page(serve(site) + "404.html", now=FIRST_WEEK, fresh=True)
    script = (site / "readings.js").read_text(encoding="utf-8")
    later = re.sub(r'"adders",\[\d+\]', '"adders",[0]', re.sub(r'"tools",\[(\d+)\]', r'"tools",[\1,0]', script))
    assert len(later) > len(script)
    page.route("**/readings.js", lambda route: route.fulfill(body=later, content_type="text/javascript"))
    page.goto(serve(site))
    await_boxes(page)
    expect(page.locator("#gates .tick")).to_have_count(4)
    expect(page.locator(":is(#adders, #tools) .tick")).to_have_count(0)


@pytest.mark.parametrize("place", ["server", "disk"])
def test_a_list_is_saved_and_loaded_in_another_browser(
    place: str, build_site: BuildSite, serve: Serve, open_page: OpenPage, course: Path, tmp_path: Path
) -> None:
    site = build_site(course)
    address = serve(site) + "readings.html" if place == "server" else site / "readings.html"
    page = open_page(address, now=FIRST_WEEK, script=WATCH, fresh=True)
    page.get_by_role("checkbox", name="Read: Logic *and* gates").first.check()
    page.get_by_role("checkbox", name="Read: The manual").check()
    page.locator(".my-list summary").click()
    assert axe_violations(page) == []
    with page.expect_download() as text:
        page.get_by_role("button", name="Save as text").click()
    assert text.value.suggested_filename == "my-readings.md"
    assert saved(text.value) == (
        "# Readings – Digital circuits\n"
        "\n## Gates\n\n"
        "- [x] Logic \\*and\\* gates <https://example.edu/logic> (2027-02-04)\n"
        "- [ ] Chapter 1\n"
        "- [ ] One line <https://example.edu/line>\n"
        "- [ ] A long history <https://example.edu/history>\n"
        "\n## Tools\n\n"
        "- [x] The manual <https://example.edu/manual> (2027-02-04)\n"
        "\n## Clocks\n\n"
        "- [ ] Chapter 1\n"
        "- [x] Logic \\*and\\* gates <https://example.edu/logic> (2027-02-04)\n"
        "\n## Adders\n\n"
        "- [ ] Carry chains <https://example.edu/carry>\n"
    )
    with page.expect_download() as ticks:
        page.get_by_role("button", name="Save for another browser").click()
    assert ticks.value.suggested_filename == "my-readings.json"
    file = tmp_path / "my-readings.json"
    file.write_text(saved(ticks.value), encoding="utf-8")
    assert json.loads(file.read_text(encoding="utf-8")) == {"courseweek": KEY, "read": kept(page)}
    assert page.evaluate("violations") == []

    other = open_page(address, now=SECOND_WEEK, fresh=True)
    other.get_by_role("checkbox", name="Read: The manual").check()
    other.get_by_role("checkbox", name="Read: Carry chains").check()
    other.locator(".my-list summary").click()
    load(other, file)
    expect(other.locator(".my-list").get_by_role("status")).to_have_text("The list is loaded.")
    expect(other.locator(".my-list summary")).to_have_text("My list: 3 of 7 read")
    # A list adds, and of two days the first one counts.
    assert {id: on for id, (on, _) in kept(other).items()} == {
        "logic": "2027-02-04",
        "the-manual": "2027-02-04",
        "carry-chains": "2027-02-09",
    }


def load(page: Page, file: Path) -> None:
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Load a saved list").click()
    chooser.value.set_files(file)


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "null",
        "[]",
        '{"read": {"logic": ["2027-02-01", ""]}}',
        '{"courseweek": "courseweek:read:DC 1:Fall 2027", "read": {"logic": ["2027-02-01", ""]}}',
        json.dumps({"courseweek": KEY, "read": {"logic": ["2027-02-01", ""]}, "more": "x" * 1_000_000}),
    ],
    ids=["nothing", "half", "null", "list", "no course", "another term", "too large"],
)
def test_a_file_that_is_no_list_is_refused(
    build_site: BuildSite, serve: Serve, open_page: OpenPage, course: Path, tmp_path: Path, content: str
) -> None:
    page = open_page(serve(build_site(course)) + "readings.html", now=FIRST_WEEK, fresh=True)
    page.locator(".my-list summary").click()
    (tmp_path / "list.json").write_text(content, encoding="utf-8")
    load(page, tmp_path / "list.json")
    expect(page.locator(".my-list").get_by_role("status")).to_have_text(
        "This file is not a list saved from this course and term."
    )
    assert ticked(page) == set()
    assert kept(page) == {}


def test_hostile_entries_of_a_list_are_left_out(
    build_site: BuildSite, serve: Serve, open_page: OpenPage, course: Path, tmp_path: Path
) -> None:
    page = open_page(serve(build_site(course)) + "readings.html", now=FIRST_WEEK, script=WATCH, fresh=True)
    page.locator(".my-list summary").click()
    read = {
        "logic": ["2027-02-01", "<img src=x onerror=alert(1)>" * 100],
        "jones-1": ["2027-02-01T00:00", ""],
        "smith-1": "2027-02-01",
        "odd": [{"toString": 1}, "x"],
        "odder": ["2027-02-01", {"toString": 1}],
        "x" * 301: ["2027-02-01", ""],
        **{f"many-{number}": ["2027-02-01", ""] for number in range(6_000)},
    }
    file = tmp_path / "list.json"
    content = json.dumps({"courseweek": KEY, "read": read})
    file.write_text(content[:-2] + ', "__proto__": ["2027-02-01", ""]}}', encoding="utf-8")
    load(page, file)
    expect(page.locator(".my-list").get_by_role("status")).to_have_text("The list is loaded.")
    assert ticked(page) == {"logic"}
    assert len(kept(page)) == 5_000
    assert len(kept(page)["logic"][1]) == 300
    assert page.evaluate("violations") == []
    assert page.locator("main img").count() == 0


PLACES = """() => [...document.querySelectorAll(".tick")].filter((label) => label.checkVisibility()).map((label) => {
  const style = getComputedStyle(label.parentNode);
  const [box, input, line] = [label, label.firstChild, label.parentNode].map((each) => each.getBoundingClientRect());
  const isRtl = style.direction === "rtl";
  return {
    size: [box.width, box.height], top: Math.round(box.top - line.top),
    start: isRtl ? line.right - input.right : input.left - line.left,
    room: parseFloat(style.paddingInlineStart) - (isRtl ? line.right - input.left : input.right - line.left),
    inside: box.left >= 0 && box.right <= document.documentElement.clientWidth,
  };
})"""


PAGES = ("index.html", "readings.html", "syllabus.html", "meetings/gates.html")


@pytest.fixture(scope="module")
def in_language(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return the course in languages of both directions."""
    folder = tmp_path_factory.mktemp("directions")
    return {
        each: write(folder / each, syllabus=SYLLABUS.replace("code: DC 1", f"code: DC 1, language: {each}"))
        for each in ("en", "ar")
    }


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("width", [320, 1280])
def test_boxes_are_large_enough_in_their_place_and_move_nothing(
    build_site: BuildSite,
    serve: Serve,
    open_page: OpenPage,
    in_language: dict[str, Path],
    language: str,
    width: int,
    name: str,
) -> None:
    address = serve(build_site(in_language[language]))
    zone = "America/Chicago"
    page = open_page(
        address + "404.html", now=FIRST_WEEK, width=width, height=3000, timezone=zone, script=LAYOUT_SHIFTS, fresh=True
    )
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/ticks.js", hold)
    with page.expect_request("**/ticks.js"):
        page.goto(address + name, wait_until="commit")
    page.wait_for_timeout(200)
    before = page.evaluate("shifts.length")
    for route in held:
        route.continue_()
    await_boxes(page)
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    page.wait_for_timeout(100)
    assert page.evaluate("shifts.length") == before
    places = page.evaluate(PLACES)
    assert places
    for place in places:
        assert place == {"size": [24, 24], "top": place["top"], "start": -1, "room": 5, "inside": True}
        assert abs(place["top"]) <= 2
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert axe_violations(page) == []


def test_boxes_are_seen_in_the_dark_and_in_forced_colors(
    build_site: BuildSite, serve: Serve, open_page: OpenPage, course: Path
) -> None:
    address = serve(build_site(course)) + "readings.html"
    dark = open_page(address, now=FIRST_WEEK, color_scheme="dark", fresh=True)
    dark.get_by_role("checkbox").first.check()
    assert axe_violations(dark) == []
    forced = open_page(address, now=FIRST_WEEK, forced_colors="active", fresh=True)
    box = forced.get_by_role("checkbox").first
    box.focus()
    forced.keyboard.press("Space")
    expect(box).to_be_checked()
    assert box.evaluate("(each) => getComputedStyle(each).outlineStyle") == "solid"


def test_paper_has_no_boxes(build_site: BuildSite, serve: Serve, open_page: OpenPage, course: Path) -> None:
    page = open_page(serve(build_site(course)) + "readings.html", now=FIRST_WEEK, fresh=True)
    await_boxes(page)
    page.emulate_media(media="print")
    expect(page.locator(".tick").first).to_be_hidden()
    expect(page.locator(".my-list")).to_be_hidden()
    page.emulate_media(media="screen")


def test_without_the_script_there_are_none(build_site: BuildSite, open_page: OpenPage, course: Path) -> None:
    page = open_page(build_site(course) / "readings.html", javascript=False)
    expect(page.locator("input, .my-list > *")).to_have_count(0)
