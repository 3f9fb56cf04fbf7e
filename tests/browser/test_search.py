"""The search: what it finds, how it is used, and that nothing of it is loaded before."""

from __future__ import annotations

from datetime import datetime
from html import escape
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.axe import axe_violations
from tests.browser.conftest import OpenPage, Serve
from tests.browser.test_policy import WATCH, violations
from tests.conftest import BuildSite
from tests.sites import COURSES, ROOT, run_cli, write_course

SYLLABUS = """
course:
  title: Programming languages
  description: All about syntax and semantics. We use Slack.
  url: https://example.edu/pl/
term:
  starts: 2027-01-25
  ends: 2027-03-12
  timezone: America/Chicago
  meets: [{days: [Mon, Wed], time: 9:30-10:45, place: Siebel 1404, kind: Lecture}]
  breaks: {date: 2027-02-15, name: Presidents' Day}
staff:
  - {name: Ada Lovelace, role: Instructor, office_hours: by appointment}
  - {name: Nguyễn Thị Minh, role: Teaching assistant}
schedule:
  - {topic: Attention is all you need, id: attention, lecturer: Ashish Vaswani}
  - {topic: Programming in C, id: c}
  - {topic: Programming in C++, id: cpp, guests: [{name: Bjarne Stroustrup}]}
  - {topic: 'Programming in C#', id: csharp}
  - {topic: 3D graphics, id: graphics}
  - {topic: Midterm, kind: exam}
  - {topic: 机器学习系统导论, id: chinese}
  - {topic: システムプログラミング, id: japanese}
  - {topic: 기계 학습, id: korean}
  - {topic: مقدمة في النحو, id: arabic}
  - {topic: '</script><img src=x onerror="ran = 1">', id: hostile}
  - {topic: "Line\\u2028separated", id: separated}
  - {topic: Later, times: rest}
assignments:
  - {title: Homework 1, due: 2027-02-03}
  - {title: Homework 2, due: 2027-02-10, note: Write a parser.}
events:
  - {name: Career fair, date: 2027-02-19, place: Union}
grading: {Homework: 60%, Exam: 40%}
"""
READINGS = """
attention:
  required:
    - {title: Spark SQL, id: spark, authors: [Matei Zaharia, Michael Armbrust], venue: SIGMOD, year: 2015}
  optional:
    - {title: Über die Straße, id: strasse, authors: [Łukasz Müller], language: de}
cpp:
  required:
    - {title: A tour of templates, id: tour}
"""
FILES = {
    "syllabus.yaml": SYLLABUS,
    "readings.yaml": READINGS,
    "content/projects.md": "# Projects\n\nWork in teams of *three*. <!-- Budget: perfidious. -->\n",
    "content/secret.md": "---\npublish_on: 2027-03-01\n---\n# Clandestine\n\nNot yet.\n",
    "content/notes/spark.md": "---\nreading: spark\nauthor: Grace Hopper\n---\n# On Spark\n\nIt has a *catalyst*.\n",
    "content/announcements/2027-01-26-room.md": "# A new room\n\nWe meet in Loomis.\n",
    "content/announcements/2027-03-01-later.md": "# Unannounced\n\nLater.\n",
}
# A query, the title of the first result, and what is below it.
QUERIES = {
    "spark": ("Spark SQL", "Reading · Week 1 · required · Zaharia and Armbrust · 2015"),
    "zaharia": ("Spark SQL", None),
    "zaharai": ("Spark SQL", None),
    "zahria": ("Spark SQL", None),
    "zahharia": ("Spark SQL", None),
    "zaha": ("Spark SQL", None),
    "matei sql": ("Spark SQL", None),
    "sigmod": ("Spark SQL", None),
    "attnetion": ("Attention is all you need", "Lecture · Week 1 · Mon 25 Jan"),
    "vaswani": ("Attention is all you need", None),
    "C": ("Programming in C", "Lecture · Week 1 · Wed 27 Jan"),
    "C++": ("Programming in C++", None),
    "programming c++": ("Programming in C++", None),
    "C#": ("Programming in C#", None),
    "3d": ("3D graphics", None),
    "stroustrup": ("Programming in C++", None),
    "midterm": ("Midterm", "Exam · Week 3 · Wed 10 Feb"),
    "exam": ("Midterm", None),
    "presidents": ("Presidents' Day", "no class · Week 4 · Mon 15 Feb"),
    "nguyen": ("Nguyễn Thị Minh", "Staff · Teaching assistant"),
    "nguyễn": ("Nguyễn Thị Minh", None),
    "lovelace": ("Ada Lovelace", "Staff · Instructor"),
    "office hours": ("Ada Lovelace", None),
    "strasse": ("Über die Straße", "Reading · Week 1 · optional · Müller"),
    "STRASSE": ("Über die Straße", None),
    "Straße": ("Über die Straße", None),
    "uber": ("Über die Straße", None),
    "muler": ("Über die Straße", None),
    "lukasz": ("Über die Straße", None),
    "学习": ("机器学习系统导论", None),
    "论": ("机器学习系统导论", None),
    "机器学习": ("机器学习系统导论", None),
    "lecture 学习": ("机器学习系统导论", None),
    "システム": ("システムプログラミング", None),
    "학습": ("기계 학습", None),
    "النحو": ("مقدمة في النحو", None),
    "مُقَدِّمة": ("مقدمة في النحو", None),
    "homework 2": ("Homework 2", "Assignment · due Wed 10 Feb, 23:59"),
    "parser": ("Homework 2", None),
    "career": ("Career fair", "Event · Fri 19 Feb · Union"),
    "teams": ("Projects", "Page"),
    "slack": ("Programming languages", "Page"),
    "grading": ("Grading", "Page"),
    "catalyst": ("On Spark", "Notes · Spark SQL · Grace Hopper"),
    "loomis": ("A new room", "Announcement · Tue 26 Jan 2027"),
    "onerror": ('</script><img src=x onerror="ran = 1">', None),
    "separated": ("Line separated", None),
    "spark unknownword": ("Spark SQL", None),
}
FINDS_NOTHING = (*("clandestine", "unannounced", "perfidious", "budget", "zz", "x" * 10_000, "zq " * 3_333, "!?", " "),)
# Where the first result of a query leads, from a page in a folder.
PLACES = {
    "spark": "readings.html#reading-spark",
    "attention": "meetings/attention.html",
    "presidents": "index.html#break-2027-02-15",
    "lovelace": "staff.html",
    "homework 2": "deadlines.html#assignment-homework-2",
    "career": "index.html#event-career-fair",
    "grading": "index.html#page.grading",
    "catalyst": "notes/spark.html",
    "loomis": "announcements.html#2027-01-26-room",
    "teams": "projects.html",
}
NOW = datetime.fromisoformat("2027-02-01T12:00:00-06:00")


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_course(tmp_path_factory.mktemp("search") / "course", FILES)


@pytest.fixture(scope="module")
def site(course: Path) -> Path:
    ran = run_cli("--source", course, "--today", "2027-02-01")
    assert ran.code == 0, ran.err
    return course / "_site"


def open_search(page: Page) -> Locator:
    """Open the search by its button and return its field."""
    page.get_by_role("button", name="Search").click()
    field = page.get_by_role("searchbox", name="Search this course")
    expect(field).to_be_focused()
    return field


def results(page: Page) -> Locator:
    return page.get_by_role("dialog").get_by_role("listitem")


def ask(page: Page, query: str) -> None:
    """Ask for something and wait for the answer."""
    page.get_by_role("searchbox").fill("")
    expect(results(page)).to_have_count(0)
    page.get_by_role("searchbox").fill(query)


@pytest.mark.parametrize("served", [True, False], ids=["served", "from the disk"])
def test_each_query_finds_what_is_meant(open_page: OpenPage, serve: Serve, site: Path, served: bool) -> None:
    page = open_page(serve(site, base="/pl/") + "index.html" if served else site / "index.html", script=WATCH)
    open_search(page)
    found = {}
    for query, (_, line) in QUERIES.items():
        ask(page, query)
        first = results(page).first
        title, below = first.locator("bdi").first.inner_text(), first.locator(".small").inner_text()
        found[query] = (title, below if line is not None else None)
    assert found == QUERIES
    assert page.evaluate("window.ran") is None
    assert violations(page) == []


def test_what_is_not_there_is_not_found(open_page: OpenPage, serve: Serve, site: Path) -> None:
    page = open_page(serve(site) + "index.html")
    open_search(page)
    for query in FINDS_NOTHING:
        ask(page, "spark")
        expect(results(page).first).to_be_visible()
        page.get_by_role("searchbox").fill(query)
        expect(results(page)).to_have_count(0)


def test_results_lead_to_their_places_from_any_page(open_page: OpenPage, serve: Serve, site: Path) -> None:
    address = serve(site, base="/pl/")
    for name in ("index.html", "meetings/cpp.html", "404.html"):
        page = open_page(address + name)
        open_search(page)
        found = {}
        for query in PLACES:
            ask(page, query)
            found[query] = results(page).first.get_by_role("link").get_attribute("href")
        assert found == {query: address + place for query, place in PLACES.items()}


@pytest.mark.parametrize("name", ["index.html", "readings.html", "notes/spark.html"])
def test_nothing_is_loaded_before_it_is_used(open_page: OpenPage, serve: Serve, site: Path, name: str) -> None:
    page = open_page(serve(site, base="/pl/") + "404.html", fresh=True)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(urlsplit(request.url).path.rpartition("/")[2]))
    page.goto(serve(site, base="/pl/") + name)
    expect(page.get_by_role("button", name="Search")).to_be_visible()
    page.wait_for_load_state("networkidle")
    late = {"search.css", "minisearch.js", "search.js", "search-dialog.js"}
    assert not late & {*asked}
    assert asked.count("finder.js") == 1
    before = len(asked)
    open_search(page)
    assert sorted(asked[before:]) == sorted(late)
    page.keyboard.press("Escape")
    open_search(page)
    assert len(asked) == before + len(late)


def test_without_javascript_there_is_no_search(open_page: OpenPage, serve: Serve, site: Path) -> None:
    page = open_page(serve(site) + "index.html", javascript=False)
    assert page.get_by_role("button", name="Search").count() == 0
    assert page.locator("dialog, input[type=search]").count() == 0


@pytest.mark.parametrize("name", ["index", "readings", "meetings/attention"])
def test_paper_has_neither_the_button_nor_the_navigation(
    open_page: OpenPage, serve: Serve, site: Path, name: str
) -> None:
    page = open_page(f"{serve(site)}{name}.html", now=NOW)
    expect(page.get_by_role("button", name="Search")).to_be_visible()
    page.emulate_media(media="print")
    shown = page.locator(".masthead").is_visible()
    page.emulate_media(media="screen")
    assert not shown


def test_what_could_not_be_loaded_is_asked_for_again(open_page: OpenPage, serve: Serve, site: Path) -> None:
    page = open_page(serve(site) + "index.html", allow=["ERR_FAILED"], fresh=True)
    page.route("**/search.js", lambda route: route.abort())
    with page.expect_event("requestfailed"):
        page.get_by_role("button", name="Search").click()
    page.unroute_all()
    open_search(page)
    ask(page, "spark")
    expect(results(page).first).to_contain_text("Spark SQL")


def test_pressed_again_while_a_part_fails(open_page: OpenPage, serve: Serve, site: Path) -> None:
    page = open_page(serve(site) + "index.html", allow=["ERR_FAILED"], fresh=True)
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/search.js", hold, times=1)
    with page.expect_request("**/search.js"):
        page.get_by_role("button", name="Search").click()
    page.get_by_role("button", name="Search").click()
    held[0].abort()
    expect(page.get_by_role("searchbox", name="Search this course")).to_be_focused()


def test_by_keyboard(open_page: OpenPage, serve: Serve, site: Path) -> None:
    page = open_page(serve(site) + "projects.html")
    button = page.get_by_role("button", name="Search")
    button.focus()
    page.keyboard.press("/")
    field = page.get_by_role("searchbox")
    expect(field).to_be_focused()
    page.keyboard.type("programming/")
    expect(field).to_have_value("programming/")
    links = page.get_by_role("dialog").get_by_role("link")
    expect(links.first).to_contain_text("Programming")
    for key, at in (("ArrowDown", 0), ("ArrowDown", 1), ("Tab", 2), ("ArrowUp", 1), ("ArrowUp", 0)):
        page.keyboard.press(key)
        expect(links.nth(at)).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(field).to_be_focused()
    page.keyboard.press("Escape")  # a field of this type is emptied first
    if page.get_by_role("dialog").count():
        page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(button).to_be_focused()
    page.keyboard.press("Enter")
    field.fill("catalyst")
    page.keyboard.press("Enter")
    page.wait_for_url("**/notes/spark.html")


def test_a_result_on_the_same_page_closes_the_search(open_page: OpenPage, serve: Serve, site: Path) -> None:
    page = open_page(serve(site) + "index.html")
    open_search(page)
    ask(page, "career")
    results(page).first.get_by_role("link").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert page.url.endswith("index.html#event-career-fair")


FIELD = """(html) => {
  document.querySelector("main").insertAdjacentHTML("beforeend", html);
  document.querySelector("main").lastElementChild.focus();
}"""


@pytest.mark.parametrize(
    "field",
    [
        "<input aria-label='x'>",
        "<textarea aria-label='x'></textarea>",
        "<select aria-label='x'><option>/</option></select>",
        "<div contenteditable='true' tabindex='0'>x</div>",
    ],
)
def test_the_key_is_left_to_a_field(open_page: OpenPage, serve: Serve, site: Path, field: str) -> None:
    page = open_page(serve(site) + "projects.html")
    expect(page.get_by_role("button", name="Search")).to_be_visible()
    page.evaluate(FIELD, field)
    page.keyboard.press("/")
    page.evaluate("document.activeElement.blur()")
    for keys in ("Control+/", "Alt+/", "Meta+/"):
        page.keyboard.press(keys)
    assert page.locator("head script[src*=search-dialog]").count() == 0
    page.keyboard.press("/")
    expect(page.get_by_role("dialog")).to_be_visible()


def test_the_key_can_be_switched_off(open_page: OpenPage, serve: Serve, site: Path) -> None:
    page = open_page(serve(site) + "projects.html", fresh=True)
    open_search(page)
    page.get_by_role("checkbox", name="Open the search with the key /").uncheck()
    page.keyboard.press("Escape")
    page.reload()
    expect(page.get_by_role("button", name="Search")).to_be_visible()
    page.keyboard.press("/")
    assert page.locator("head script[src*=search-dialog]").count() == 0
    open_search(page)
    page.get_by_role("checkbox").check()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.keyboard.press("/")
    expect(page.get_by_role("dialog")).to_be_visible()


def test_the_status_says_how_many_there_are(open_page: OpenPage, serve: Serve, site: Path) -> None:
    page = open_page(serve(site) + "index.html")
    open_search(page)
    status = page.get_by_role("dialog").get_by_role("status")
    expect(status).to_have_text("")
    for query, said in {
        "catalyst": "1 result",
        "homework": "3 results",
        "qqqq": "No results",
        "catalyst qqqq": "No result has all of these words. 1 result",
        "": "",
    }.items():
        page.get_by_role("searchbox").fill(query)
        expect(status).to_have_text(said)


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("color_scheme", ["light", "dark"])
def test_the_search_is_accessible(open_page: OpenPage, serve: Serve, site: Path, color_scheme: str, width: int) -> None:
    page = open_page(serve(site) + "index.html", width=width, color_scheme=color_scheme)  # type: ignore[arg-type]
    expect(page.get_by_role("button", name="Search")).to_be_visible()
    assert axe_violations(page) == []
    open_search(page)
    ask(page, "programming")
    expect(results(page).first).to_be_visible()
    assert axe_violations(page) == []


@pytest.mark.parametrize("name", ["index.html", "meetings/cpp.html"])
def test_nothing_is_wider_than_a_narrow_screen(open_page: OpenPage, serve: Serve, site: Path, name: str) -> None:
    page = open_page(serve(site) + name, width=320)
    open_search(page)
    ask(page, "programming")
    expect(results(page).first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert page.evaluate("document.querySelector('dialog').scrollWidth <= document.querySelector('dialog').clientWidth")


def test_an_arabic_course_is_searched_in_arabic(open_page: OpenPage, serve: Serve, tmp_path: Path) -> None:
    syllabus = SYLLABUS.replace("course:\n", "course:\n  language: ar\n")
    course = write_course(tmp_path / "course", {"syllabus.yaml": syllabus})
    ran = run_cli("--source", course, "--today", "2027-02-01")
    assert ran.code == 0, ran.err
    page = open_page(serve(course / "_site") + "index.html", width=320)
    page.get_by_role("button", name="بحث").click()
    page.get_by_role("searchbox").fill("النحو")
    expect(results(page).first).to_contain_text("مقدمة في النحو")
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert axe_violations(page) == []


def test_every_result_of_a_whole_course_leads_somewhere(
    open_page: OpenPage, serve: Serve, build_site: BuildSite
) -> None:
    for folder in (ROOT, COURSES / "everything", COURSES / "kinds"):
        site = build_site(folder)
        page = open_page(site / "index.html")
        open_search(page)
        hrefs: list[str] = page.evaluate("courseSearch.documents.map((each) => each.href)")
        assert len(hrefs) > 10
        places = [unquote(href).partition("#") for href in hrefs]
        assert [path for path, _, _ in places if not (site / path).is_file()] == []
        pages = {path: (site / path).read_text(encoding="utf-8") for path, _, _ in places}
        assert [(path, id) for path, _, id in places if id and f' id="{escape(id)}"' not in pages[path]] == []
