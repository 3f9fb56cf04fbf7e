"""What the site consists of: its pages, parts, navigation and paths, seen in what is built."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.sites import SIX_LINES, Ran, read_tree, run_cli, write_course

WITH_READINGS = {
    "syllabus.yaml": SIX_LINES + "schedule: [One, Two, Three]\n",
    "readings.yaml": "one: [{title: A book}]\n",
}


def build(folder: Path, files: Mapping[str, str | bytes], *options: str) -> tuple[Ran, dict[str, str]]:
    """Build these files; return the run, and the pages by their path."""
    course = write_course(folder, files)
    ran = run_cli("--source", course, *(options or ("--today", "2027-02-01")))
    tree = read_tree(course / "_site") if (course / "_site").exists() else {}
    return ran, {path: data.decode("utf-8") for path, data in tree.items() if path.endswith(".html")}


def nav_of(html: str) -> list[str]:
    """Return the words of the navigation in order, after the course's name."""
    nav = html[html.index('<nav aria-label="Pages">') : html.index("</nav>")]
    return re.findall(r'<a href="[^>]*>([^<]*)</a>', nav)


def heads(ran: Ran) -> list[str]:
    return re.findall(r"^\S+:\d+:\d+: \w+\[.*", ran.err, re.MULTILINE)


# --- Which pages there are -----------------------------------------------------------------------------------


def test_six_lines_are_a_course(tmp_path: Path) -> None:
    ran, pages = build(tmp_path, {})
    assert (ran.code, ran.err) == (0, "")
    assert SIX_LINES.count("\n") == 6
    assert set(pages) == {"index.html", "syllabus.html", "404.html"}
    assert "<h1>A small course</h1>" in pages["index.html"]
    assert "<dd>Mondays</dd>" in pages["index.html"]
    assert pages["index.html"].count('id="today"') == 1


def test_readings_have_a_page_where_there_are_any(tmp_path: Path) -> None:
    ran, pages = build(tmp_path, WITH_READINGS)
    assert ran.code == 0
    meetings = {f"meetings/{name}.html" for name in ("one", "two", "three")}
    assert set(pages) == {"index.html", "readings.html", "syllabus.html", "calendar.html", "404.html", *meetings}
    assert "<h1>Readings</h1>" in pages["readings.html"]
    assert nav_of(pages["index.html"]) == ["Now", "Schedule", "Readings"]


def test_a_page_of_readings_keeps_its_text_above_the_list(tmp_path: Path) -> None:
    page = "---\ntitle: The papers\n---\n\nAll of them.\n"
    _, pages = build(tmp_path, {**WITH_READINGS, "content/readings.md": page})
    html = pages["readings.html"]
    assert "<h1>The papers</h1>" in html
    assert html.index("All of them.") < html.index("A book")
    assert nav_of(html) == ["Now", "Schedule", "The papers"]


def test_pages_in_folders_reach_the_others(tmp_path: Path) -> None:
    files = {"content/a/b/deep.md": "# Deep\n\n[up](../../top.md#x) [home](../../index.md)", "content/top.md": "## X\n"}
    ran, pages = build(tmp_path, files)
    assert (ran.code, ran.err) == (0, "")
    deep = pages["a/b/deep.html"]
    for link in ("../../assets/theme/style.css", "../../index.html", "../../top.html#x", "../../top.html"):
        assert f'href="{link}"' in deep


def test_a_page_of_its_own_for_what_is_not_found(tmp_path: Path) -> None:
    _, pages = build(tmp_path, {"content/404.md": "# Lost\n\nTry [home](index.html).\n"})
    assert "<h1>Lost</h1>" in pages["404.html"]
    assert "Try <a" in pages["404.html"]
    assert nav_of(pages["404.html"]) == ["Now", "Schedule"]


# --- Parts ---------------------------------------------------------------------------------------------------


def part_order(html: str, *marks: str) -> list[str]:
    places = {mark: html.index(mark) for mark in marks}
    return sorted(places, key=lambda mark: places[mark])


def test_a_part_appears_where_it_is_placed(tmp_path: Path) -> None:
    text = "Above.\n\n[[schedule]]\n\nBetween.\n\n  [[ Readings ]]  \n\nBelow.\n"
    _, pages = build(tmp_path, {**WITH_READINGS, "content/index.md": text})
    order = part_order(
        pages["index.html"],
        'class="now"',
        "Above.",
        '<table aria-labelledby="page.schedule">',
        "Between.",
        'class="listings"',
        "Below.",
    )
    assert order == [
        'class="now"',
        "Above.",
        '<table aria-labelledby="page.schedule">',
        "Between.",
        'class="listings"',
        "Below.",
    ]
    # Placed here, the readings need no page of their own.
    assert "readings.html" not in pages
    assert nav_of(pages["index.html"]) == ["Now", "Schedule"]


def test_the_schedule_is_before_the_text_of_the_home_page_and_the_grading_after_it(tmp_path: Path) -> None:
    described = SIX_LINES.replace("A small course", "{title: A small course, description: About it.}")
    syllabus = f"{described}grading: {{Homework: 100%}}\n"
    _, pages = build(tmp_path, {"syllabus.yaml": syllabus, "content/index.md": "Own text.\n"})
    order = ['class="now"', 'id="page.schedule"', "<p>About it.", "Own text.", 'id="page.grading"', "<footer>"]
    assert part_order(pages["index.html"], *order) == order


@pytest.mark.parametrize("today", ["2026-12-01", "2027-02-01", "2027-12-24"])
def test_the_schedule_on_a_page_of_its_own(tmp_path: Path, today: str) -> None:
    """With the notice, the script and `#today` there, and the home page's card leading to it."""
    files = {**WITH_READINGS, "content/plan.md": "# The plan\n\n[[schedule]]\n"}
    ran, pages = build(tmp_path, files, "--today", today)
    assert (ran.code, ran.err) == (0, "")
    assert '<table aria-labelledby="page.schedule">' not in pages["index.html"]
    plan = pages["plan.html"]
    assert part_order(plan, "<h1>", 'class="now"', '<table aria-labelledby="page.schedule">') == [
        "<h1>",
        'class="now"',
        '<table aria-labelledby="page.schedule">',
    ]
    assert plan.count('id="today"') == 1
    assert plan.count('href="#today"') == (1 if today < "2027-12" else 0)  # the term is over then
    assert "today.js" in plan
    assert "today.js" not in pages["index.html"]
    assert 'href="plan.html#week-1"' in pages["index.html"]
    assert 'href="../plan.html#one"' in pages["meetings/one.html"]


@pytest.mark.parametrize("today", ["2026-12-01", "2027-02-01", "2027-12-24"])
@pytest.mark.parametrize(
    ("name", "text", "cards"),
    [
        ("index", "---\nlayout: page\n---\nText.\n", 1),
        ("index", "---\nlayout: note\n---\n[[schedule]]\n\n[[this-week]]\n", 1),
        ("index", "---\nlayout: '404'\n---\n[[this-week]]\n\n## Today\n", 1),
        ("index", "## Today\n", 1),
        ("plan", "---\nlayout: home\n---\n[[schedule]]\n", 1),
        ("plan", "---\nlayout: home\n---\n[[this-week]]\n\n[[schedule]]\n", 1),
        ("plan", "---\nlayout: home\n---\nText.\n", 0),
        ("plan", "[[this-week]]\n\n## Today\n", 1),
        ("notes/plan", "---\nmeeting: two\n---\n[[schedule]]\n", 1),
        ("notes/plan", "---\nmeeting: two\n---\n## Today\n\n[[schedule]]\n\n[[this-week]]\n", 1),
    ],
)
def test_what_is_on_is_once_on_each_page_with_the_schedule(
    tmp_path: Path, name: str, text: str, cards: int, today: str
) -> None:
    ran, pages = build(tmp_path, {**WITH_READINGS, f"content/{name}.md": text}, "--today", today)
    assert (ran.code, ran.err) == (0, "")
    for path, html in pages.items():
        assert html.count('class="now"') == (cards if path == f"{name}.html" else path == "index.html"), path
        assert html.count('id="today"') <= 1, path
        assert html.count('id="today"') == 1 or '<table aria-labelledby="page.schedule">' not in html, path


@pytest.mark.parametrize("name", ["index", "plan"])
@pytest.mark.parametrize(
    "part", ["this-week", "readings", "staff", "grading", "deadlines", "presentations", "announcements"]
)
def test_the_navigation_leads_to_a_part_where_it_is(tmp_path: Path, part: str, name: str) -> None:
    files = {
        "syllabus.yaml": f"""{SIX_LINES}schedule: [One, Two, Three]
assignments: [{{id: hw1, title: Sheet, due: week 2}}]
presentations: {{}}
grading: {{Homework: 100%}}
staff: Ada Example
site: {{nav: [schedule, {part}]}}
""",
        "readings.yaml": "one: [{title: A book}]\n",
        "content/announcements/2027-01-25.md": "Welcome.\n",
        f"content/{name}.md": f"Text.\n\n[[{part}]]\n",
    }
    ran, pages = build(tmp_path, files)
    assert (ran.code, ran.err) == (0, "")
    label = {"this-week": "Now", "deadlines": "Due", "announcements": "News"}.get(part, part.capitalize())
    led = f'<a href="{name}.html#page.{part}">{label}</a>'
    assert (led in pages["404.html"]) is (f"{name}.{part}" != "index.this-week")  # which opens the home page anyway
    assert f'id="page.{part}"' in pages[f"{name}.html"]


def test_the_navigation_passes_over_a_part_of_which_there_is_nothing(tmp_path: Path) -> None:
    syllabus = SIX_LINES + "site: {nav: [schedule, presentations, deadlines, readings]}\n"
    ran, pages = build(tmp_path, {"syllabus.yaml": syllabus, "content/plan.md": "[[presentations]]\n"})
    assert (ran.code, ran.err) == (0, "")
    assert nav_of(pages["index.html"]) == ["Schedule"]


def test_this_week_may_be_on_any_page(tmp_path: Path) -> None:
    files = {**WITH_READINGS, "content/week.md": "Now:\n\n[[this-week]]\n", "content/index.md": "[[this-week]]\n"}
    _, pages = build(tmp_path, files)
    assert 'href="meetings/two.html"' in pages["week.html"]
    assert "Built Mon 1 Feb 2027" in pages["index.html"]
    assert "Built" not in pages["week.html"]
    # The home page opens with it anyway, and once.
    assert pages["index.html"].count('class="now"') == 1


@pytest.mark.parametrize(
    "text",
    [
        "```\n[[schedule]]\n```\n",
        "~~~~ text\n~~~\n[[schedule]]\n~~~~\n",
        "    [[schedule]]\n",
        "See [[schedule]].\n",
        "`[[schedule]]`\n",
    ],
)
def test_code_and_running_text_place_no_part(tmp_path: Path, text: str) -> None:
    ran, pages = build(tmp_path, {"content/a.md": text})
    assert (ran.code, ran.err) == (0, "")
    assert "[[schedule]]" in pages["a.html"]
    assert '<table aria-labelledby="page.schedule">' not in pages["a.html"]


def test_a_comment_places_no_part(tmp_path: Path) -> None:
    text = "One.\n\n<!-- not yet:\n\n[[nothing]]\n[[schedule]]\n-->\n\nTwo.\n\n<!-- no end\n\n[[readings]]\n"
    ran, pages = build(tmp_path, {**WITH_READINGS, "content/a.md": text})
    assert ran.code == 0
    reported = "this comment is never closed, so nothing below it is shown"
    assert heads(ran) == [f"content/a.md:11:1: warning[open-comment]: {reported}"]
    assert '<table aria-labelledby="page.schedule">' not in pages["a.html"]
    assert "nothing" not in pages["a.html"]
    assert 'class="listings"' in pages["a.html"], "what does not end hides no part"


HIDING = {
    "text after a part": "<!-- a\n\n[[readings]]\n\nSECRET\n",
    "a comment in a line": "One <!-- a\n\n[[readings]]\n\nSECRET --> two.\n",
    "a comment in a list": "- One\n  <!-- a\n\n[[readings]]\n\nSECRET -->\n",
    "a comment in a heading": "# One <!-- a\n\nSECRET -->\n\nTwo.\n",
    "a comment in the title": "# One <!-- SECRET -->\n\nTwo.\n",
    "a comment in a heading below": "One\n\n## Two <!-- a\n\n[[readings]]\n\nSECRET -->\n",
}


@pytest.mark.parametrize("name", HIDING)
def test_what_a_comment_hides_is_on_no_page(name: str, tmp_path: Path) -> None:
    ran, pages = build(tmp_path, {**WITH_READINGS, "content/a.md": HIDING[name]})
    assert ran.code == 0
    assert not [path for path, html in pages.items() if "SECRET" in html]


def test_code_in_a_list_places_no_part(tmp_path: Path) -> None:
    text = "- ```\n  [[schedule]]\n  ```\n- ```\n  open\n\n[[readings]]\n"
    ran, pages = build(tmp_path, {**WITH_READINGS, "content/a.md": text})
    assert (ran.code, ran.err) == (0, "")
    assert "[[schedule]]" in pages["a.html"]
    assert 'class="listings"' in pages["a.html"]


def test_an_unknown_part_is_an_error(tmp_path: Path) -> None:
    files = {"content/a.md": "One.\n\n[[shedule]]\n\n[[TODO]]\n", "content/b.md": "---\ntitle: B\n---\n [[staf]]\n"}
    ran, pages = build(tmp_path, files)
    assert (ran.code, pages) == (1, {})
    assert heads(ran) == [
        "content/a.md:3:1: error[unknown-part]: there is no part `[[shedule]]`",
        "content/a.md:5:1: error[unknown-part]: there is no part `[[TODO]]`",
        "content/b.md:4:2: error[unknown-part]: there is no part `[[staf]]`",
    ]
    assert "did you mean `[[schedule]]`?" in ran.err


# --- Navigation ----------------------------------------------------------------------------------------------

PAGES = {
    **WITH_READINGS,
    "content/zebra.md": "# Zebra\n",
    "content/alpha.md": "---\ntitle: Alpha & <b>\n---\n",
    "content/hidden.md": "---\nnav: no\n---\n# Hidden\n",
}


def with_site(site: str) -> dict[str, str]:
    return {**PAGES, "syllabus.yaml": PAGES["syllabus.yaml"] + f"site:\n  {site}\n"}


def test_the_navigation_by_default(tmp_path: Path) -> None:
    _, pages = build(tmp_path, PAGES)
    assert "hidden.html" in pages
    assert nav_of(pages["index.html"]) == ["Now", "Schedule", "Readings", "Alpha &amp; &lt;b&gt;", "Zebra"]


@pytest.mark.parametrize(
    ("nav", "words"),
    [
        ("[zebra, schedule]", ["Zebra", "Schedule"]),
        ("[index, hidden.md, readings.html]", ["Now", "Hidden", "Readings"]),
        ("[zebra, zebra]", ["Zebra"]),
        ("zebra", ["Zebra"]),
    ],
)
def test_the_navigation_as_written(tmp_path: Path, nav: str, words: list[str]) -> None:
    _, pages = build(tmp_path, with_site(f"nav: {nav}"))
    for html in pages.values():
        assert nav_of(html) == words


def test_the_page_itself_is_marked(tmp_path: Path) -> None:
    _, pages = build(tmp_path, PAGES)
    for path, words in {"zebra.html": "Zebra", "index.html": "Now", "readings.html": "Readings"}.items():
        assert re.findall(r'aria-current="page">([^<]*)', pages[path]) == [words]
    assert 'aria-current="page"' not in pages["404.html"]


def test_an_unknown_page_of_the_navigation_is_an_error(tmp_path: Path) -> None:
    ran, pages = build(tmp_path, with_site("nav: [schedule, zebre]"))
    assert (ran.code, pages) == (1, {})
    assert "error[unknown-page]: no page is called `zebre`" in ran.err
    assert "did you mean `zebra`?" in ran.err


# --- Drafts, and what comes later ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("front", "today", "shown"),
    [
        ("draft: yes", "2027-02-01", False),
        ("draft: no", "2027-02-01", True),
        ("publish_on: 2027-02-01", "2027-01-31T23:59:59", False),
        ("publish_on: 2027-02-01", "2027-02-01", True),
        ("publish_on: 2027-02-01 14:00", "2027-02-01T13:59", False),
        ("publish_on: 2027-02-01 14:00", "2027-02-01T14:00", True),
        ("publish_on: Feb 1", "2027-01-31", False),
    ],
)
def test_what_is_not_out_yet_is_withheld(tmp_path: Path, front: str, today: str, shown: bool) -> None:
    files = {"content/later.md": f"---\n{front}\n---\n# Later\n", "content/a.md": "[later](later.md)\n"}
    ran, pages = build(tmp_path, files, "--today", today)
    assert ran.code == 0
    assert ("later.html" in pages) is shown
    assert ("Later" in nav_of(pages["index.html"])) is shown
    warning = "content/a.md:1:9: warning[withheld-page]: `later.html` leads to something that is not published yet"
    assert heads(ran) == ([] if shown else [warning])


def test_a_withheld_page_goes_from_the_site(tmp_path: Path) -> None:
    build(tmp_path, {"content/a.md": "# A\n"})
    _, pages = build(tmp_path, {"content/a.md": "---\ndraft: yes\n---\n# A\n"})
    assert set(pages) == {"index.html", "syllabus.html", "404.html"}


# --- Paths and links -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("names", "message"),
    [
        (("Projects", "projects"), "content/projects.md:1:1: error[same-path]: this page becomes projects.html,"),
        (("Index",), "content/Index.md:1:1: error[same-path]: this page becomes Index.html,"),
        (("READINGS",), "content/READINGS.md:1:1: error[same-path]: this page becomes READINGS.html,"),
        (("Straße", "STRASSE"), "content/Straße.md:1:1: error[same-path]: this page becomes Straße.html,"),
        (("index.html/a",), "content/index.html/a.md:1:1: error[same-path]: "),
        (("assets/theme/style.css/a",), "content/assets/theme/style.css/a.md:1:1: error[same-path]: "),
    ],
)
def test_no_two_pages_share_a_path(tmp_path: Path, names: tuple[str, ...], message: str) -> None:
    files = {f"content/{name}.md": "Text.\n" for name in names}
    ran, pages = build(tmp_path, {**WITH_READINGS, **files})
    assert (ran.code, pages) == (1, {})
    assert next(head for head in heads(ran) if "error" in head).startswith(message)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("[a](gone.html)", "1:5"),
        ("[a](gone.md#x)", "1:5"),
        ("Text.\n\n![a](pictures/gone.png)", "3:6"),
        ("[a](../up.html)", "1:5"),
        ("[a](/readings.html)", "1:5"),
        ("[a](Readings.html)", "1:5"),
        ("[a]\n\n[a]: gone.html", "3:6"),
        ('<a href="gone.html">a</a>', "1:10"),
    ],
)
def test_a_dead_link_is_an_error_at_its_place(tmp_path: Path, text: str, place: str) -> None:
    ran, pages = build(tmp_path, {**WITH_READINGS, "content/a.md": text})
    assert (ran.code, pages) == (1, {})
    assert [head.split(": ")[:2] for head in heads(ran)] == [[f"content/a.md:{place}", "error[dead-link]"]]


def test_links_that_lead_somewhere(tmp_path: Path) -> None:
    text = (
        "[a](b.md) [b](b.html#top) [c](./b.md?x=1) [d](#here) [e](course.json) [f](assets/file%20one.pdf)"
        " [g](https://example.org/a.md) [h](mailto:a@example.org) ![i](assets/p.png)\n\n## Here\n"
    )
    files = {"content/a.md": text, "content/b.md": "# B\n", "assets/file one.pdf": "%PDF", "assets/p.png": "PNG"}
    ran, pages = build(tmp_path, files)
    assert (ran.code, ran.err) == (0, "")
    found = re.findall(r'(?:href|src)="([^"]*)"', pages["a.html"][pages["a.html"].index('class="prose"') :])
    assert found == [
        "b.html",
        "b.html#top",
        "./b.html?x=1",
        "#here",
        "course.json",
        "assets/file%20one.pdf",
        "https://example.org/a.md",
        "mailto:a@example.org",
        "assets/p.png",
    ]


def test_a_topic_links_its_page(tmp_path: Path) -> None:
    syllabus = (
        SIX_LINES
        + "site: {meeting_pages: no}\nschedule: [{topic: One, page: labs/one}, {topic: Two, page: labs/on}, Three]\n"
    )
    files = {"syllabus.yaml": syllabus, "content/labs/one.md": "# One\n"}
    ran, pages = build(tmp_path, files)
    assert (ran.code, pages) == (1, {})
    assert heads(ran) == ["syllabus.yaml:8:61: error[unknown-page]: there is no page `content/labs/on.md`"]
    ran, pages = build(tmp_path, {**files, "syllabus.yaml": syllabus.replace("labs/on}", "labs/one}")})
    assert ran.code == 0
    schedule = pages["index.html"][pages["index.html"].index('<table aria-labelledby="page.schedule">') :]
    assert schedule.count('<h3 class="topic"><a href="labs/one.html">') == 2
