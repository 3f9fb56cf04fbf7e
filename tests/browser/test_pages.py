"""Each page, as its readers meet it: light and dark, narrow, enlarged, by keyboard, from the disk, on paper."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any, Literal
from urllib.parse import unquote, urldefrag, urljoin
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, Route

from tests.browser.axe import axe_violations
from tests.browser.conftest import OpenPage, Serve
from tests.conftest import BuildSite
from tests.sites import COURSES, ROOT

NOW = datetime.fromisoformat("2027-03-10T20:00:00Z")
"""In the week of 8 March 2027, when both courses below have a row that is on."""
SITES = {"whole": ROOT, "kinds": COURSES / "kinds", "everything": COURSES / "everything"}
EACH_SITE = pytest.mark.parametrize(
    "site", [site if site == "everything" else pytest.param(site, marks=pytest.mark.slow) for site in SITES]
)
"""The course that has everything, and the others with the slow tests."""
BASES = {"whole": "/", "kinds": "/knots/", "everything": "/"}
"""Where each is published: the links of a 404 page lead there, from addresses of any depth."""
PAGES = [
    *(
        ("whole", name)
        for name in (
            "index",
            "readings",
            "projects",
            "grading",
            "404",
            "notes/lakehouse",
            "presentations",
            "staff",
            "syllabus",
            "calendar",
        )
    ),
    *(
        ("kinds", name)
        for name in (
            "index",
            "readings",
            "deadlines",
            "colours",
            "labs/first",
            "week",
            "staff",
            "404",
            "syllabus",
            "calendar",
            "suggest",
        )
    ),
    ("whole", "meetings/hardware"),
    *(("kinds", f"meetings/{name}") for name in ("alexander", "midterm", "guest-talk")),
    *(("everything", f"meetings/{name}") for name in ("guild", "knots", "open-knot", "talks", "tangles-2")),
    *(
        ("everything", name)
        for name in (
            "index",
            "readings",
            "deadlines",
            "presentations",
            "staff",
            "notes/book",
            "notes/meeting",
            "404",
            "syllabus",
            "calendar",
        )
    ),
]
EXAMPLES = [
    (course.name, name)
    for course in sorted((ROOT / "examples").iterdir())
    for name in ("index", "deadlines", "presentations", "readings", "staff", "announcements", "syllabus")
    if course.name != "nus-cs6216-2024" or name in ("index", "deadlines", "staff", "announcements", "syllabus")
    if course.name != "umass-cs692s-fa20" or name not in ("announcements", "staff")
    if course.name not in ("history", "undergraduate") or name != "presentations"
]
"""The pages of the examples, which are shown all alike: looked at once, and the rest with the slow tests."""
each_page = pytest.mark.parametrize(
    ("site", "name"),
    [
        # One course has everything; the others come with the slow tests.
        pytest.param(site, name, id=f"{site}-{name}", marks=() if site == "everything" else pytest.mark.slow)
        for site, name in PAGES
    ],
)


def test_the_list_above_names_every_page(build_site: BuildSite) -> None:
    made = {
        (site, path.relative_to(folder).with_suffix("").as_posix())
        for site, course in SITES.items()
        for folder in [build_site(course)]
        for path in folder.rglob("*.html")
    }
    # Of the notes of the course at the top and of all meetings, which are all alike, some.
    assert {(site, name) for site, name in made if not _is_one_of_many(site, name)} == {
        (site, name) for site, name in PAGES if not _is_one_of_many(site, name)
    }
    assert set(PAGES) <= made


def _is_one_of_many(site: str, name: str) -> bool:
    return name.startswith("meetings/") or (site == "whole" and name.startswith("notes/"))


def address_of(serve: Serve, build_site: BuildSite, site: str, name: str = "index", today: str = "2027-03-10") -> str:
    return f"{serve(build_site(SITES[site], today), base=BASES[site])}{name}.html"


UNFOLD = "document.querySelectorAll('details').forEach((folded) => { folded.open = true; })"


def scroll_width(page: Page) -> tuple[int, int]:
    """Return how wide the page is, and how wide the window."""
    width, window = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    return width, window


def check_width(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    wide, window = scroll_width(page)
    assert wide <= window, f"{wide} > {window}: {overflowing(page)}"


def overflowing(page: Page) -> list[str]:
    found: list[str] = page.evaluate(
        "[...document.querySelectorAll('body *')].filter((e) => e.getBoundingClientRect().right > innerWidth)"
        ".map((e) => e.outerHTML.slice(0, 80))"
    )
    return found


# --- Everybody can read it -----------------------------------------------------------------------------------


@each_page
@pytest.mark.parametrize("scheme", ["light", pytest.param("dark", marks=pytest.mark.slow)])
def test_axe_finds_nothing_and_the_focus_is_seen(
    open_page: OpenPage, serve: Serve, build_site: BuildSite, site: str, name: str, scheme: Literal["light", "dark"]
) -> None:
    page = open_page(address_of(serve, build_site, site, name), now=NOW, color_scheme=scheme)
    check_focus(page)
    page.evaluate(UNFOLD)
    for width in (1280, 360, 320):
        check_width(page, width)
        # What depends on the width, the targets, does not depend on the colours.
        if width == 1280 or (width == 320 and scheme == "light"):
            assert axe_violations(page) == []


def check_example(open_page: OpenPage, serve: Serve, build_site: BuildSite, course: str, name: str) -> None:
    address = f"{serve(build_site(ROOT / 'examples' / course))}{name}.html"
    for scheme in ("light", "dark"):
        page = open_page(address, now=NOW, color_scheme=scheme)
        page.evaluate(UNFOLD)
        for width in (1280, 360, 320):
            check_width(page, width)
        assert axe_violations(page) == []


def test_an_example(open_page: OpenPage, serve: Serve, build_site: BuildSite) -> None:
    check_example(open_page, serve, build_site, "umass-cs692s-fa20", "deadlines")


@pytest.mark.slow
@pytest.mark.parametrize(("course", "name"), EXAMPLES, ids=[f"{course}-{name}" for course, name in EXAMPLES])
def test_each_page_of_the_examples(
    open_page: OpenPage, serve: Serve, build_site: BuildSite, course: str, name: str
) -> None:
    check_example(open_page, serve, build_site, course, name)


@each_page
def test_text_of_twice_the_size_fits_and_targets_are_large_enough(
    open_page: OpenPage, serve: Serve, build_site: BuildSite, site: str, name: str
) -> None:
    page = open_page(address_of(serve, build_site, site, name), now=NOW, width=360)
    assert small_targets(page) == []
    page.evaluate(UNFOLD)
    assert small_targets(page) == []
    page.evaluate(
        "(root) => { root.style.fontSize = 2 * parseFloat(getComputedStyle(root).fontSize) + 'px'; }",
        page.query_selector("html"),
    )
    check_width(page, 1280)
    check_width(page, 640)
    assert cut_off(page) == []


def cut_off(page: Page) -> list[str]:
    """Return what hides a part of its own text, less what is hidden from the eye on purpose."""
    found: list[str] = page.evaluate(
        "[...document.querySelectorAll('main *')].filter((e) => getComputedStyle(e).overflow === 'hidden'"
        " && !e.matches('.unseen, thead') && (e.scrollWidth > e.clientWidth || e.scrollHeight > e.clientHeight))"
        ".map((e) => e.outerHTML.slice(0, 80))"
    )
    return found


@EACH_SITE
def test_forced_colors_keep_the_week_marked(
    open_page: OpenPage, serve: Serve, build_site: BuildSite, site: str
) -> None:
    page = open_page(address_of(serve, build_site, site), now=NOW, forced_colors="active")
    assert page.evaluate("matchMedia('(forced-colors: active)').matches")
    assert axe_violations(page) == []
    border = "getComputedStyle(document.querySelector('.this-week th')).borderInlineStartWidth"
    assert page.evaluate(border) == "3px"
    assert page.locator(".this-week .mark").all_inner_texts() != []


def small_targets(page: Page) -> list[str]:
    """Return the targets that are smaller than 24 by 24 px and too near to others (WCAG 2.2, criterion 2.5.8)."""
    found: list[str] = page.evaluate(
        """() => {
          const text = ".prose p, .prose li, .prose td, .about, .note, .people, .materials, .every-week dd";
          const inText = (element) => element.closest(text);
          const targets = [...document.querySelectorAll("a[href], summary, button")]
            .map((element) => ({ element, box: element.getBoundingClientRect() }))
            .filter(({ element, box }) => element.checkVisibility() && box.width > 1 && box.right > 0);
          const middle = ({ box }) => [box.x + box.width / 2, box.y + box.height / 2];
          const small = ({ box }) => box.width < 24 || box.height < 24;
          const far = (point, { box }, least) => Math.hypot(
            Math.max(box.left - point[0], 0, point[0] - box.right),
            Math.max(box.top - point[1], 0, point[1] - box.bottom)) >= least;
          return targets.filter((one) => small(one) && !inText(one.element) && targets.some((other) =>
            other.element !== one.element && (!far(middle(one), other, 12) ||
              (small(other) && Math.hypot(middle(one)[0] - middle(other)[0], middle(one)[1] - middle(other)[1]) < 24))))
            .map(({ element, box }) => `${box.width}x${box.height} ${element.outerHTML.slice(0, 90)}`);
        }"""
    )
    return found


TABLE = "document.querySelector('.schedule table')"


@EACH_SITE
def test_the_schedule_is_one_table_at_each_width(
    open_page: OpenPage, serve: Serve, build_site: BuildSite, site: str
) -> None:
    """By the tree that screen readers get: the same rows and cells, empty ones too."""
    page = open_page(address_of(serve, build_site, site), now=NOW)
    trees = []
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 800})
        trees.append(table_tree(page))
    assert len(trees[0]) > 3
    assert trees[0] == trees[1]


def table_tree(page: Page) -> list[list[str]]:
    """Return the roles of the cells of each row of the schedule's body, as Chromium tells them."""
    session = page.context.new_cdp_session(page)
    found = session.send("Runtime.evaluate", {"expression": TABLE})["result"]["objectId"]
    nodes = session.send("Accessibility.queryAXTree", {"objectId": found})["nodes"]
    session.detach()
    by_id = {node["nodeId"]: node for node in nodes}

    def cells(node: dict[str, Any]) -> list[str]:
        found = []
        for child in (by_id[id] for id in node.get("childIds", []) if id in by_id):
            role = str(child["role"]["value"])
            found += [role] if role in {"cell", "gridcell", "rowheader", "columnheader"} else cells(child)
        return found

    return [cells(node) for node in nodes if node["role"]["value"] == "row"]


FIRST_LINES = """[...document.querySelectorAll('.listing .readings > li')].map(item => {
    const line = document.createRange();
    line.selectNode(document.createTreeWalker(item, NodeFilter.SHOW_TEXT).nextNode());
    return line.getClientRects()[0].left - item.getBoundingClientRect().left;
})"""


def test_readings_begin_in_one_column(open_page: OpenPage, serve: Serve, build_site: BuildSite) -> None:
    """A link within the page is a box of its own, which a hanging indent must not move once more."""
    page = open_page(address_of(serve, build_site, "whole", "readings"), now=NOW)
    assert page.locator(".readings > li > a[href^='#reading-']").count()
    lefts = page.evaluate(FIRST_LINES)
    assert max(lefts) - min(lefts) < 1


# --- By keyboard alone ---------------------------------------------------------------------------------------


def focused(page: Page) -> dict[str, Any]:
    state: dict[str, Any] = page.evaluate(
        "(() => { const e = document.activeElement, s = getComputedStyle(e), b = e.getBoundingClientRect();"
        " return {tag: e.localName, text: e.textContent.trim(), href: e.getAttribute('href'),"
        " outline: s.outlineStyle, width: parseFloat(s.outlineWidth), left: b.left, bottom: b.bottom, top: b.top}; })()"
    )
    return state


def tab_to(page: Page, tag: str, text: str, most: int = 400) -> dict[str, Any]:
    for _ in range(most):
        page.keyboard.press("Tab")
        state = focused(page)
        if state["tag"] == tag and state["text"] == text:
            return state
    raise AssertionError(f"Tab never came to {tag} {text!r}")


def test_the_skip_link_is_first_and_skips(open_page: OpenPage, serve: Serve, build_site: BuildSite) -> None:
    page = open_page(serve(build_site(ROOT)), now=NOW)
    page.keyboard.press("Tab")
    state = focused(page)
    assert state["text"] == "Skip to the content"
    assert state["left"] >= 0
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_the_jump_link_moves_the_keyboard_too(open_page: OpenPage, serve: Serve, build_site: BuildSite) -> None:
    page = open_page(serve(build_site(COURSES / "kinds")), now=NOW)
    tab_to(page, "a", "Jump to today")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    # The next stop after today's row, or one in it: never the top of the page again.
    row = "document.getElementById('today').closest('tr')"
    assert page.evaluate(
        f"{row}.contains(document.activeElement) ||"
        f" {row}.compareDocumentPosition(document.activeElement) === Node.DOCUMENT_POSITION_FOLLOWING"
    )


def test_optional_readings_unfold_and_fold(open_page: OpenPage, serve: Serve, build_site: BuildSite) -> None:
    page = open_page(serve(build_site(COURSES / "kinds")), now=NOW)
    folded = page.locator("#what details")
    reading = folded.get_by_role("link", name="Topology")
    assert not reading.is_visible()
    tab_to(page, "summary", "2 optional")
    for key, is_open in (("Enter", True), ("Enter", False), ("Space", True), ("Space", False)):
        page.keyboard.press(key)
        assert folded.evaluate("folded => folded.open") is is_open
        assert reading.is_visible() is is_open


def check_focus(page: Page, most: int = 16) -> None:
    """Go along the first stops of the Tab key: each is in view and has its outline."""
    stops = page.locator("a[href]:visible, summary:visible").count()
    for _ in range(min(stops, most)):
        page.keyboard.press("Tab")
        state = focused(page)
        assert state["outline"] == "solid", state
        assert state["width"] >= 2, state
        assert state["bottom"] > 0, state
        assert state["top"] < 800, state


# --- Links ---------------------------------------------------------------------------------------------------


@EACH_SITE
@pytest.mark.parametrize("today", ["2027-03-10", pytest.param("2027-12-24", marks=pytest.mark.slow)])
def test_every_link_works_from_the_disk(open_page: OpenPage, build_site: BuildSite, site: str, today: str) -> None:
    folder = build_site(SITES[site], today)
    inside = folder.as_uri() + "/"
    ids: dict[str, set[str]] = {}
    wanted: dict[str, str] = {}
    page = open_page(folder / "index.html", javascript=False, allow=["/knots/"])
    for file in sorted(folder.rglob("*.html")):
        address = file.as_uri()
        page.goto(address)
        ids[address] = set(page.evaluate("[...document.querySelectorAll('[id]')].map((element) => element.id)"))
        links: list[str] = page.evaluate(
            "[...document.querySelectorAll('[href], [src]')]"
            ".map((element) => element.getAttribute('href') ?? element.getAttribute('src'))"
        )
        if file.name == "404.html":
            links = [link for link in links if not link.startswith(BASES["kinds"])]
        wanted |= {urljoin(address, link): f"{file.name}: {link}" for link in links}
    local = {target: link for target, link in wanted.items() if target.startswith("file:")}
    assert len(local) > 20
    assert [link for target, link in local.items() if not leads_somewhere(target, inside, ids)] == []


def leads_somewhere(target: str, inside: str, ids: dict[str, set[str]]) -> bool:
    """Tell whether a link stays in the site and leads to a file, and to an element of it where it names one."""
    path, fragment = urldefrag(target)
    if not path.startswith(inside) or not Path(unquote(path.removeprefix("file://"))).is_file():
        return False
    return not fragment or unquote(fragment) in ids[path]


@EACH_SITE
def test_it_works_below_any_folder_of_a_server(
    open_page: OpenPage, serve: Serve, build_site: BuildSite, site: str
) -> None:
    page = open_page(serve(build_site(SITES[site]), base="/spring/course/"), now=NOW)
    page.click("nav >> text=Readings")
    assert page.url.endswith("/spring/course/readings.html")
    page.click("h2 a >> nth=1")
    assert "/spring/course/meetings/" in page.url
    page.click(".headline a")
    assert "/spring/course/index.html#" in page.url
    assert read_shown_week(page) == page.locator("tbody.this-week").get_attribute("id")


def read_shown_week(page: Page) -> str | None:
    return page.evaluate("document.querySelector('[aria-current=\"date\"]').closest('tbody').id")  # type: ignore[no-any-return]


# --- Without what a browser may lack -------------------------------------------------------------------------


def test_without_a_style_sheet_the_page_reads_in_order(
    open_page: OpenPage, serve: Serve, build_site: BuildSite
) -> None:
    address = address_of(serve, build_site, "kinds")
    page = open_page(address, now=NOW, allow=[".css", "net::ERR_FAILED"])
    page.route("**/*.css", lambda route: route.abort())
    page.goto(address)
    text = page.inner_text("body")
    order = [
        "Skip to the content",
        "Readings",
        "Knots & <b>colours</b>",
        "and 2 more",
        "This week",
        "Guest talk",
        "Welcome",
        "Schedule",
        "What is a knot?",
        "The knot book",
        "Linking numbers",
        "Spring break",
        "After the schedule.",
    ]
    places: list[int] = []
    for words in order:
        places.append(text.index(words, places[-1] if places else 0))
    assert places == sorted(places)


LAYOUT_SHIFTS = """
window.shifts = [];
new PerformanceObserver((list) => shifts.push(...list.getEntries().map((entry) => entry.value)))
  .observe({type: "layout-shift", buffered: true});
"""


ZONES = {"whole": "America/Los_Angeles", "kinds": "America/New_York", "everything": "America/Los_Angeles"}


@EACH_SITE
@pytest.mark.parametrize(
    ("width", "timezone", "most"),
    [
        (1280, "UTC", 0),
        (1280, None, 0),
        (360, None, 0),
        (360, "UTC", 0),
    ],
)
def test_nothing_moves_when_the_script_takes_over(
    open_page: OpenPage, serve: Serve, build_site: BuildSite, site: str, width: int, timezone: str | None, most: float
) -> None:
    now = f"{NOW.astimezone(ZoneInfo(ZONES[site])):%Y-%m-%dT%H:%M}"
    address = address_of(serve, build_site, site, "index", now)
    page = open_page(
        address.replace("index", "404"), now=NOW, width=width, script=LAYOUT_SHIFTS, timezone=timezone or ZONES[site]
    )
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/today.js", hold)
    # The page is painted as it was baked before the script comes, as on a slow line.
    page.goto(address, wait_until="commit")
    page.wait_for_selector(".as-of")
    page.wait_for_timeout(200)
    for route in held:
        route.continue_()
    page.wait_for_selector(".now .relative:not(:empty)")
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    page.wait_for_timeout(100)
    assert sum(page.evaluate("shifts")) <= most
