"""What a student chooses: the own group and the own section, kept in the browser."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from courseweek.cache import Memory
from courseweek.files.stored import read_whole
from tests.browser.axe import axe_violations
from tests.browser.conftest import OpenPage, Serve
from tests.conftest import BuildSite
from tests.sites import make_in_memory, write_course

GROUPS = {
    "A": "{name: A, day: Friday, time: 9:00-10:50, place: L416}",
    "B": "{name: B, day: Friday, time: 14:00-15:50, place: L417}",
    "C": "{name: C, day: Thursday, time: 14:00-15:50, place: L440, leader: D. Volkov}",
}
# On Fridays there is a lecture between the groups A and B; C is a day earlier.
SYLLABUS = """
course: {title: Digital circuits, code: DC 1}
term:
  name: Spring 2027
  starts: 2027-02-01
  ends: 2027-03-26
  timezone: America/Chicago
  meets:
    - {days: [Tue, Fri], time: 12:00-13:00, place: Siebel 1404, kind: Lecture, numbered: yes}
    - kind: Lab
      groups:
        - GROUPS
  breaks: {from: 2027-02-15, to: 2027-02-21, name: Winter break}
schedule:
  Lecture: [{topic: Gates, id: gates}, {topic: TBD, times: rest}]
  Lab:
    - {topic: Tools, id: tools, materials: {Sheet: 'https://example.edu/tools'}}
    - {topic: Soldering, id: soldering}
    - {topic: Clocks, id: clocks}
    - {topic: TBD, id: more, times: rest}
assignments:
  - {title: Sheet, id: sheet, due: 2027-02-11 23:59}
  - {title: Report, id: report, due: 2027-02-12 23:59}
  - {title: Essay, id: essay, due: 2027-03-05, for: Three credits}
  - {title: Talk, id: talk, due: 2027-02-11 22:00, for: One credit}
  - {title: Poster, id: poster, due: 2027-03-14, for: Three credits}
grading:
  - {scheme: One credit, parts: {Work: 100%}}
  - {scheme: Three credits, parts: {Work: 50%, Essay: 50%}}
"""


SELECT = "select[name='group-lab']"


def write(folder: Path, *groups: str, without: str = "nobody") -> Path:
    """Write the course with these groups, and without the work of the students of a scheme."""
    listed = "\n        - ".join(GROUPS[each] for each in groups)
    lines = [line for line in SYLLABUS.replace("GROUPS", listed).splitlines() if f"for: {without}" not in line]
    return write_course(folder, {"syllabus.yaml": "\n".join(lines)})


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("choice") / "all", *GROUPS)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


# What a page shows, less what only the script writes and less what else is due on the days of a row.
READ = """(html) => {
  const page = html === null ? document : new DOMParser().parseFromString(html, "text/html");
  const text = (element) => element.textContent.replace(/\\s+/g, "");
  const texts = (selector) => [...page.querySelectorAll(selector)].map((element) => {
    const copied = element.cloneNode(true);
    for (const each of copied.querySelectorAll(".entry ul.due")) each.previousElementSibling.remove();
    copied.querySelectorAll("[hidden], .relative, .own, .entry ul.due, .day ~ .day").forEach((each) => each.remove());
    return text(copied);
  });
  const rows = [...page.querySelectorAll("tr[data-date]")].filter((row) => row.dataset.date);
  return {
    card: texts(".now"),
    due: texts(".due-next:not([hidden]) li"),
    week: texts(".this-week-list:not([hidden]) li"),
    rows: rows.map((row) => [row.id, row.className, text(row.cells[0]), row.getAttribute("aria-current")]),
    anchors: [...page.querySelectorAll('[id="today"]')].map((each) => each.closest("[id]:not(#today)").id),
  };
}"""
# In the second week, around the break, and after the last lab; a day begins at 6:00 in UTC.
INSTANTS = [
    "2027-01-20T12:00:00Z",
    "2027-02-10T18:00:00Z",
    "2027-02-11T05:59:00Z",
    "2027-02-11T06:00:00Z",
    "2027-02-11T20:30:00Z",
    "2027-02-11T22:00:00Z",
    "2027-02-12T05:59:00Z",
    "2027-02-12T06:00:00Z",
    "2027-02-12T17:00:00Z",
    "2027-02-12T20:30:00Z",
    "2027-02-12T22:30:00Z",
    "2027-02-13T06:00:00Z",
    "2027-02-17T18:00:00Z",
    "2027-03-04T18:00:00Z",
    "2027-03-26T18:00:00Z",
    "2027-04-20T18:00:00Z",
]


# The script comes when a choice is first made.
AWAIT = """() => {
  const is = (script) => script.src?.endsWith("chosen.js");
  window.loaded ??= [...document.scripts].some(is) ? Promise.resolve() : new Promise((resolve) =>
    document.addEventListener("load", ({ target }) => is(target) && resolve(), true));
}"""


def choose(page: Page, name: str, value: str) -> None:
    page.evaluate(AWAIT)
    page.select_option(f"select[name='{name}']", value)
    page.evaluate("window.loaded")


@pytest.mark.parametrize(
    ("group", "section"), [("A", ""), ("B", "Three credits"), ("C", "One credit"), ("", "Three credits")]
)
def test_a_choice_shows_what_a_course_without_the_others_shows(
    open_page: OpenPage, serve: Serve, build_site: BuildSite, course: Path, tmp_path: Path, group: str, section: str
) -> None:
    other = {"Three credits": "One credit", "One credit": "Three credits"}.get(section, "nobody")
    only = write(tmp_path / "only", *(group or GROUPS), without=other)
    page = open_page(serve(build_site(course)), now=at(INSTANTS[0]), fresh=True)
    choose(page, "group-lab", group)
    choose(page, "section", section)
    memory = Memory()
    found: dict[str, Any] = {}
    for instant in [*INSTANTS, *reversed(INSTANTS[::3])]:
        page.clock.set_fixed_time(at(instant))
        page.evaluate("dispatchEvent(new Event('focus'))")
        baked = read_whole(make_in_memory(only, at(instant), memory).artifacts["index.html"]).decode("utf-8")
        expected, scripted = page.evaluate(READ, baked), page.evaluate(READ, None)
        found |= {(instant, key): (expected[key], scripted[key]) for key in expected if expected[key] != scripted[key]}
    assert found == {}


def test_all_groups_come_back(open_page: OpenPage, serve: Serve, build_site: BuildSite, course: Path) -> None:
    page = open_page(serve(build_site(course)), now=at("2027-02-11T18:00:00Z"), fresh=True)
    whole = page.evaluate(READ, None)
    html = "[...document.querySelectorAll('.schedule, .panels')].map((each) => each.innerHTML)"
    before = page.evaluate(html)
    choose(page, "group-lab", "B")
    choose(page, "section", "One credit")
    assert page.evaluate(READ, None) != whole
    choose(page, "group-lab", "")
    choose(page, "section", "")
    assert page.evaluate(READ, None) == whole
    assert len(page.evaluate(html)) == len(before)


def test_a_choice_is_kept_under_course_term_and_kind(
    open_page: OpenPage, serve: Serve, build_site: BuildSite, course: Path
) -> None:
    address = serve(build_site(course))
    page = open_page(address, now=at("2027-02-12T18:00:00Z"), fresh=True)
    choose(page, "group-lab", "C")
    choose(page, "section", "One credit")
    assert page.evaluate("({...localStorage})") == {
        "courseweek:DC 1:Spring 2027:group-lab": "C",
        "courseweek:DC 1:Spring 2027:section": "One credit",
    }
    page.reload()
    assert page.input_value(SELECT) == "C"
    assert page.locator("#soldering .groups li:visible").all_inner_texts() == ["C Thu 14:00–15:50 L440"]
    assert page.locator(".schemes caption:visible").all_inner_texts() == ["One credit"]
    assert page.locator("#soldering .when").inner_text().startswith("Thu 11 Feb")
    page.goto(address + "deadlines.html")
    assert page.locator(".past li:visible").all_inner_texts() != []
    assert page.locator(".agenda li:not([hidden])").count() == 3
    assert page.locator(".nothing").is_visible() == (page.locator(".coming li:not([hidden])").count() == 0)
    assert page.locator(".assignment h3:visible").all_inner_texts() == ["Sheet", "Report", "Talk"]
    page.goto(address + "meetings/soldering.html")
    lines = page.locator(".groups li")
    assert [line.split()[0] for line in lines.all_inner_texts()] == ["C", "A", "B"]
    assert page.locator(".groups [aria-current=true]").all_inner_texts() == [lines.first.inner_text()]


def test_a_choice_that_is_no_more_is_ignored(
    open_page: OpenPage, serve: Serve, build_site: BuildSite, course: Path
) -> None:
    address = serve(build_site(course))
    page = open_page(address, now=at("2027-02-12T18:00:00Z"), fresh=True)
    page.evaluate("localStorage['courseweek:DC 1:Spring 2027:group-lab'] = 'Z'")
    for name in ("index.html", "meetings/soldering.html"):
        page.goto(address + name)
        assert page.locator("main .groups li:visible").count() >= 3
    page.goto(address)
    assert page.input_value(SELECT) == ""


BLOCKED = {
    "blocked": "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('', 'Security'); }})",
    "full": "const full = new Proxy({}, {set() { throw new DOMException('', 'QuotaExceeded'); }});"
    "Object.defineProperty(window, 'localStorage', {value: full})",
}


@pytest.mark.parametrize("script", BLOCKED.values(), ids=BLOCKED)
def test_storage_that_is_blocked_loses_the_choice_and_nothing_else(
    open_page: OpenPage, serve: Serve, build_site: BuildSite, course: Path, script: str
) -> None:
    page = open_page(serve(build_site(course)), now=at("2027-02-12T18:00:00Z"), script=script, fresh=True)
    choose(page, "group-lab", "A")
    assert page.locator("#soldering .groups li:visible").all_inner_texts() == ["A Fri 9:00–10:50 L416"]


def test_another_page_of_the_course_follows(
    open_page: OpenPage, serve: Serve, build_site: BuildSite, course: Path
) -> None:
    address = serve(build_site(course))
    page = open_page(address, now=at("2027-02-12T18:00:00Z"), fresh=True)
    other = page.context.new_page()
    other.goto(address)
    choose(other, "group-lab", "B")
    page.wait_for_function("document.querySelector('select').value === 'B'")
    assert page.locator("#soldering .groups li:visible").count() == 1


def test_by_keyboard_and_for_all(open_page: OpenPage, serve: Serve, build_site: BuildSite, course: Path) -> None:
    page = open_page(serve(build_site(course)), now=at("2027-02-12T18:00:00Z"), width=390, fresh=True)
    select = page.get_by_label("My group")
    select.focus()
    page.keyboard.press("B")
    assert select.input_value() == "B"
    assert page.evaluate("document.activeElement.name") == "group-lab"
    assert page.get_by_label("My section").locator("option").all_inner_texts() == [
        "All sections",
        "One credit",
        "Three credits",
    ]
    assert select.bounding_box()["height"] >= 24  # type: ignore[index]
    assert axe_violations(page) == []


def test_without_the_script_all_is_there(
    open_page: OpenPage, serve: Serve, build_site: BuildSite, course: Path
) -> None:
    page = open_page(serve(build_site(course)), javascript=False)
    assert page.locator("select:visible").count() == 0
    assert page.locator("#soldering .groups li:visible").count() == 3


def test_a_section_is_chosen_where_nothing_is_every_week(
    open_page: OpenPage, serve: Serve, build_site: BuildSite, tmp_path: Path
) -> None:
    """The course names no days of the week and no links, so the home page has no "Every week"."""
    term = "term: {starts: 2027-02-01, ends: 2027-03-26, timezone: America/Chicago}\n"
    dated = "schedule: [{topic: Gates, date: 2027-02-10}]\n"
    rest = SYLLABUS.partition("assignments:")[2]
    syllabus = "course: {title: Digital circuits, code: DC 2}\n" + term + dated + "assignments:" + rest
    address = serve(build_site(write_course(tmp_path / "course", {"syllabus.yaml": syllabus})))
    page = open_page(address, now=at("2027-02-12T18:00:00Z"), fresh=True)
    assert page.get_by_text("Every week").count() == 0
    page.get_by_label("My section").wait_for()
    choose(page, "section", "One credit")
    assert page.locator(".schemes caption:visible").all_inner_texts() == ["One credit"]
    assert axe_violations(page) == []
    page.reload()
    assert page.get_by_label("My section").input_value() == "One credit"
    for path in ("index.html", "syllabus.html"):
        plain = open_page(address + path, javascript=False)
        assert plain.locator("select:visible").count() == 0
        assert plain.locator(".schemes caption:visible").all_inner_texts() == ["One credit", "Three credits"]


def test_without_a_choice_there_is_no_script(tmp_path: Path) -> None:
    text = SYLLABUS.partition("assignments:")[0].replace("GROUPS", GROUPS["A"])
    site = make_in_memory(write_course(tmp_path, {"syllabus.yaml": text}), at("2027-02-12T18:00:00Z"))
    html = read_whole(site.artifacts["index.html"]).decode("utf-8")
    assert "choice" not in html
    assert "<select" not in html
