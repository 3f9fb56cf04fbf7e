"""What has changed: its page, the marks at rows and dates, and the links to it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from tests.changed import COURSE, build_changed, make_change
from tests.sites import run_cli, write_course

MARK = re.compile(r'<a class="changed" href="([^"]*)" data-until="([^"]*)">Changed</a>')


def list_shown(page: str) -> list[str]:
    """Return each heading, sentence and detail of the changes on a page, with the address to which it leads."""
    part = page.partition('id="page.changes"')[2].partition("</main>")[0]
    found = re.findall(r"<(?:h2|p(?: class=\"small\")?|li)>(?:<time[^>]*>|<a href=\"([^\"]*)\">)?([^<\n]+)", part)
    return [f"{text} -> {href}" if href else text for href, text in found]


def list_marked(page: str) -> list[str]:
    """Return the last two words before each mark of a page."""
    words = re.sub(r"<[^>]*>", " ", MARK.sub("@@", page)).split("@@")
    return [" ".join(before.split()[-2:]) for before in words[:-1]]


def test_the_page_has_the_newest_day_first(tmp_path: Path) -> None:
    changes = [
        make_change("a", at="2027-03-11T04:00:00+00:00", was="Thu 4 Mar, 9:30"),  # still the 10th in Chicago
        make_change("b", kind="deadline", ids=["sheet"], text="Sheet is now due Fri 12 Mar, 23:59"),
        make_change("c", kind="event", ids=["fair"], text="New: Rope fair", at="2027-03-02T12:00:00+00:00"),
        make_change("d", kind="reading", ids=["bends"], text="New required reading for Bends: Ashley", at="2027-03-02"),
        make_change("e", ids=["gone"], text="No longer in the course: Hitches", at="2027-03-01T12:00:00Z"),
    ]
    changes[3]["at"] = "2027-03-02T11:00:00+00:00"
    changes[0]["details"] = ["Bends is now on Thu 11 Mar, 9:30", "Quiz, Loops is now due Tue 9 Mar, 9:30"]
    page = (build_changed(tmp_path, changes) / "changes.html").read_text(encoding="utf-8")
    assert list_shown(page) == [
        "Wed 10 Mar 2027",
        "Class",
        "Loops is now on Tue 9 Mar, 9:30 (was Thu 4 Mar, 9:30) -> meetings/loops.html",
        "Bends is now on Thu 11 Mar, 9:30",
        "Quiz, Loops is now due Tue 9 Mar, 9:30",
        "Deadline",
        "Sheet is now due Fri 12 Mar, 23:59 -> deadlines.html#assignment-sheet",
        "Tue 2 Mar 2027",
        "Event",
        "New: Rope fair -> index.html#event-fair",
        "Reading",
        "New required reading for Bends: Ashley -> meetings/bends.html",
        "Mon 1 Mar 2027",
        "Class",
        "No longer in the course: Hitches",
    ]
    assert "<title>What changed – Knots</title>" in page
    assert 'id="change-a"' in page


# The ids that a change names, the page, and the words before each of its marks there.
MARKS: dict[str, tuple[dict[str, Any], dict[str, list[str]]]] = {
    "a class": (make_change(), {"index": ["Siebel 1404"], "meetings/loops": ["Siebel 1404"], "meetings/bends": []}),
    "an exam": (
        make_change(ids=["midterm"]),
        {"index": ["Siebel 1404"], "meetings/midterm": ["Siebel 1404"], "deadlines": ["Midterm Exam"]},
    ),
    "without a date": (make_change(ids=["splices"]), {"index": [], "meetings/splices": ["yet scheduled"]}),
    "a reading": (make_change(kind="reading"), {"index": ["Siebel 1404"], "meetings/loops": ["Siebel 1404"]}),
    "a deadline": (
        make_change(kind="deadline", ids=["sheet", "sheet-due"]),
        {"index": ["Sheet 23:59", "Sheet 23:59"], "deadlines": ["23:59 Sheet", "Mar, 23:59"], "meetings/loops": []},
    ),
    "an assignment": (make_change(kind="deadline", ids=["sheet"]), {"deadlines": ["23:59 Sheet", "Mar, 23:59"]}),
    "a step": (
        make_change(kind="deadline", ids=["essay", "essay-draft"]),
        {"deadlines": ["Draft (Essay)", "Mar, 23:59"]},
    ),
    "one of a series": (
        make_change(kind="deadline", ids=["quiz", "quiz-bends"]),
        {"meetings/bends": ["Mar 9:30"], "meetings/loops": [], "deadlines": ["Mar )"]},
    ),
    "an event": (make_change(kind="event", ids=["fair"]), {"index": ["3 Mar"], "deadlines": ["fair Event"]}),
    "several at once": (
        make_change(ids=["loops", "bends", "quiz", "quiz-loops"]),
        {"meetings/loops": ["Siebel 1404", "Mar 9:30"], "meetings/bends": ["Lincoln 1000"]},
    ),
    "nothing that is there": (make_change(ids=["gone"]), {"index": [], "deadlines": [], "meetings/loops": []}),
}


@pytest.mark.parametrize("name", MARKS)
def test_what_has_changed_is_marked(tmp_path: Path, name: str) -> None:
    change, expected = MARKS[name]
    site = build_changed(tmp_path, [change])
    pages = {each: (site / f"{each}.html").read_text(encoding="utf-8") for each in expected}
    assert {each: list_marked(page) for each, page in pages.items()} == expected
    for each, page in pages.items():
        up = "../" * each.count("/")
        assert set(MARK.findall(page)) <= {(f"{up}changes.html#change-one", "2027-03-17T05:00:00Z")}
    for other in ("syllabus.html", "changes.html", "404.html"):
        assert MARK.findall((site / other).read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(("today", "marked"), [("2027-03-16T23:59", True), ("2027-03-17", False)])
def test_a_mark_is_there_for_seven_days(tmp_path: Path, today: str, *, marked: bool) -> None:
    site = build_changed(tmp_path, [make_change()], today=today)
    assert bool(list_marked((site / "index.html").read_text(encoding="utf-8"))) == marked
    assert len(list_shown((site / "changes.html").read_text(encoding="utf-8"))) == 3


def test_the_newest_change_of_a_thing_is_marked(tmp_path: Path) -> None:
    older = make_change("old", at="2027-03-08T12:00:00+00:00", ids=["loops", "bends"])
    site = build_changed(tmp_path, [older, make_change("new")])
    marks = MARK.findall((site / "index.html").read_text(encoding="utf-8"))
    assert marks == [
        ("changes.html#change-new", "2027-03-17T05:00:00Z"),
        ("changes.html#change-old", "2027-03-15T05:00:00Z"),
    ]


def read_footer(site: Path, path: str) -> str:
    return (site / path).read_text(encoding="utf-8").partition("<footer>")[2]


def test_every_other_page_leads_to_the_changes(tmp_path: Path) -> None:
    site = build_changed(tmp_path, [make_change()])
    for path, href in {
        "index.html": "changes.html",
        "meetings/loops.html": "../changes.html",
        "404.html": "/~ropes/kc1/changes.html",
    }.items():
        assert f'<a href="{href}">What changed</a>' in read_footer(site, path)
    assert "What changed" not in read_footer(site, "changes.html")


def test_without_changes_there_is_no_page(tmp_path: Path) -> None:
    site = build_changed(tmp_path, [])
    assert not (site / "changes.html").exists()
    assert "What changed" not in read_footer(site, "index.html")


# Pages of the course's own, what the navigation names; the path of the page of changes, and what else it has.
PLACES: dict[str, tuple[dict[str, str], str, str]] = {
    "its own text": ({"content/changes.md": "We tell you here.\n"}, "changes.html", "<p>We tell you here.</p>"),
    "its own title": ({"content/changes.md": "# News of the ropes\n"}, "changes.html", "<h1>News of the ropes</h1>"),
    "elsewhere": ({"content/plan.md": "# Plan\n\n[[changes]]\n"}, "plan.html", "<h1>Plan</h1>"),
    "in a note": ({"content/notes/a.md": "---\nmeeting: loops\n---\n\n[[changes]]\n"}, "changes.html", "<h1>What"),
}


@pytest.mark.parametrize("name", PLACES)
def test_a_course_says_where_the_changes_are(tmp_path: Path, name: str) -> None:
    files, path, words = PLACES[name]
    site = build_changed(tmp_path, [make_change()], files)
    page = (site / path).read_text(encoding="utf-8")
    assert words in page
    assert list_shown(page) == ["Wed 10 Mar 2027", "Class", "Loops is now on Tue 9 Mar, 9:30 -> meetings/loops.html"]
    fragment = "" if path == "changes.html" else "#page.changes"
    assert f'<a href="{path}{fragment}">What changed</a>' in read_footer(site, "index.html")
    assert [href for href, _ in MARK.findall((site / "index.html").read_text(encoding="utf-8"))] == [
        f"{path}#change-one"
    ]


def test_a_page_of_the_course_says_that_nothing_has_changed(tmp_path: Path) -> None:
    site = build_changed(tmp_path, [], {"content/changes.md": "[[changes]]\n", "content/index.md": "[x](changes.md)\n"})
    assert "<p>No changes yet.</p>" in (site / "changes.html").read_text(encoding="utf-8")
    assert "What changed" not in read_footer(site, "index.html")


NAV = "site: {nav: [schedule, changes, deadlines]}\n"


def list_nav(site: Path) -> list[str]:
    html = (site / "404.html").read_text(encoding="utf-8").partition("<nav")[2].partition("</nav>")[0]
    return re.findall(r"<li><a href=[^>]*>([^<]+)</a>", html)


@pytest.mark.parametrize(
    ("files", "changes", "expected"),
    [
        ({}, [make_change()], ["Now", "Schedule", "Due"]),
        ({"syllabus.yaml": COURSE + NAV}, [make_change()], ["Schedule", "What changed", "Due"]),
        ({"syllabus.yaml": COURSE + NAV}, [], ["Schedule", "Due"]),
        ({"content/changes.md": "# Changes\n"}, [make_change()], ["Now", "Schedule", "Due"]),
        ({"content/changes.md": "---\nnav: yes\n---\n\n# Changes\n"}, [], ["Now", "Schedule", "Due", "Changes"]),
    ],
)
def test_the_navigation_has_the_changes_if_the_course_says_so(
    tmp_path: Path, files: dict[str, str], changes: list[dict[str, Any]], expected: list[str]
) -> None:
    assert list_nav(build_changed(tmp_path, changes, files)) == expected


def test_a_link_to_the_changes_comes_too_early(tmp_path: Path) -> None:
    course = write_course(tmp_path, {"syllabus.yaml": COURSE, "content/index.md": "[x](changes.md)\n"})
    ran = run_cli("--source", course, "--today", "2027-03-11")
    assert ran.code == 0
    assert ran.err == (
        "content/index.md:1:5: warning[withheld-page]: `changes.html` leads to something that is not published yet\n"
        "  |\n"
        "1 | [x](changes.md)\n"
        "  |     ^^^^^^^^^^\n"
        "help: remove the link until the first change appears\n\n"
    )


HOSTILE = [
    "<script>alert(1)</script> & \"quotes\" 'single' ]]> <![CDATA[x]]>",
    "\u202egnp.exe\u202c \u2068 \u05d0\u05d1\u05d2 \u2028 line",
    "{{ 7 * 7 }} {% raw %} %s {0}",
    "x" * 4_000,
]


def test_no_text_of_a_change_does_harm(tmp_path: Path) -> None:
    changes = [make_change(f"{n} <b>&{n}", text=text, was=text, details=[text]) for n, text in enumerate(HOSTILE)]
    page = (build_changed(tmp_path, changes) / "changes.html").read_text(encoding="utf-8")
    assert "<script>alert" not in page
    assert "<b>" not in page
    assert "{{ 7 * 7 }}" in page
    assert page.count('<li id="change-') == len(HOSTILE)
