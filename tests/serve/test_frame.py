"""What is put around a page: at the right place of any page, escaped, and with each withheld place marked."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from courseweek.serve.days import DayCache, Snapshot
from courseweek.serve.frame import PageFrame, hold_clock
from courseweek.serve.urls import Address
from tests.sites import write_course

NOW = datetime(2027, 3, 10, tzinfo=UTC)
HOME = Address(None, "index.html")
SOCKET = "ws://127.0.0.1:8000/_preview/socket"
HEAD = '<link rel="stylesheet" href="/_preview/page.css"><script src="/_preview/preview.js" defer></script>'


def show(folder: Path, files: dict[str, str]) -> Snapshot:
    course = write_course(folder, files)
    sites = DayCache(course, course / "_site", lambda: NOW, datetime(2027, 3, 10))
    for _ in sites.show(None).build.steps():
        pass
    return sites.show(None)


def wrap(page: str, shown: Snapshot, address: Address = HOME) -> str:
    return PageFrame().wrap(page.encode(), shown, address, "v-1", SOCKET).decode()


@pytest.mark.parametrize(
    "page",
    [
        "<!doctype html><html><head><title>x</title>|</head><body><p>x¦</body></html>",
        "<!doctype html><title>x</title></HEAD ><p>&lt;/body> x</BODY\n>",
        "<!doctype html><title>x</title><p>x",
        "<pre></body></pre></body>",
        "",
    ],
)
def test_the_frame_finds_its_place(tmp_path: Path, page: str) -> None:
    bare = page.replace("|", "").replace("¦", "")
    dressed = wrap(bare, show(tmp_path, {}))
    assert dressed.count(HEAD) == 1
    assert dressed.count("<courseweek-preview>") == 1
    frame = re.search(r"<courseweek-preview>[\s\S]*</courseweek-preview>", dressed)
    assert frame is not None
    assert dressed.replace(HEAD, "|" if "|" in page else "").replace(frame[0], "¦" if "¦" in page else "") == page


def test_links_to_what_is_withheld_are_marked_wherever_they_are(tmp_path: Path) -> None:
    shown = show(
        tmp_path,
        {
            "content/plans.md": "---\ndraft: yes\n---\nx\n",
            "content/labs/one.md": "---\npublish_on: 2027-03-14T09:00\n---\nx\n",
            "content/two.md": "---\npublish_on: 2027-04-01\n---\nx\n",
            "content/announcements/2027-05-01-may.md": "x\n",
        },
    )
    page = (
        '<a class="a" href="plans.html">1</a><a href="./labs/one.html?q#f">2</a><a href="two.html">3</a>'
        '<a href="index.html">4</a><a href="https://a.example/plans.html">5</a><abbr href="plans.html">6</abbr>'
        '<a title="a>b" href="plans.html">7</a>'
    )
    dressed = wrap(page, shown)
    assert re.findall(r'<(\w+) data-withheld="([^"]*)"', dressed) == [
        ("a", "draft"),
        ("a", "from Sun 14 Mar, 9:00"),
        ("a", "from Thu 1 Apr"),
    ]
    inner = wrap('<a href="../plans.html">1</a><a href="plans.html">2</a>', shown, Address(None, "labs/one.html"))
    assert inner.startswith('<a data-withheld="draft" href="../plans.html">1</a><a href="plans.html">2</a>')
    assert "This page appears on Sun 14 Mar 2027, 9:00" in inner
    announcements = wrap('<article id="2027-05-01-may"><p id="x">', shown, Address(None, "announcements.html"))
    assert announcements.startswith('<article data-withheld="from Sat 1 May" id="2027-05-01-may"><p id="x">')


def test_nothing_of_a_course_is_markup_in_the_frame(tmp_path: Path) -> None:
    shown = show(tmp_path, {"syllabus.yaml": 'course: [{"<script>alert(1)</script>": "\x1b[31m"}]\n'})
    assert shown.good is None
    page = PageFrame().render_alone(shown, HOME, "v-1").decode()
    assert "<script>alert" not in page
    assert shown.errors
    shown.build.bug = "Traceback: <script>alert(2)</script>"
    assert "<script>alert" not in PageFrame().render_report(shown, HOME, "v-1").decode()


def test_the_report_is_that_of_the_terminal(tmp_path: Path) -> None:
    shown = show(tmp_path, {"content/a.md": "---\ndraft: perhaps\n---\n"})
    report = PageFrame().render_report(shown, HOME, "v-1").decode()
    text = re.sub(r"<[^>]*>", "", report)
    assert "content/a.md:2:8: error[" in text
    assert "2 | draft: perhaps\n  |        ^^^^^^^\n" in text
    assert '<pre class="lines"><b class="quiet">' in report  # no line of a file is broken
    assert 'role="alert"' in report
    assert "1 error\n" in text


def test_each_day_of_the_term_leads_to_the_same_page(tmp_path: Path) -> None:
    shown = show(tmp_path, {})
    dressed = wrap("", shown, Address(datetime(2027, 3, 10), "a b.html"))
    days = re.findall(r'href="/_preview/(\d{4}-\d\d-\d\d)/a%20b\.html"( aria-current="date")?', dressed)
    assert shown.good is not None
    term = shown.good.plan.course.syllabus.term
    assert days[0][0] <= term.starts.isoformat()
    assert days[-1][0] >= term.ends.isoformat()
    assert len(days) % 7 == 0
    assert [day for day, current in days if current] == []  # the day of the site lies after this term
    assert '<a class="back" href="/a%20b.html">' in dressed


SUNDAYS = """\
course: Knots
term:
  starts: 2027-03-02
  ends: 2027-03-23
  timezone: UTC
  week_starts: Sunday
  first_week: 0
  meets: [{day: Tue, kind: Lecture}, {days: [Wed, Fri], kind: Lab}]
  breaks:
    - {from: 2027-03-13, to: 2027-03-21, name: Recess}
    - {from: 2027-03-03, to: 2027-03-05, name: No lab, kind: Lab}
schedule: {Lecture: [{topic: L, times: 3}], Lab: [{topic: E, times: 2}]}
"""


def test_weeks_and_breaks_in_the_strip(tmp_path: Path) -> None:
    dressed = wrap("", show(tmp_path, {"syllabus.yaml": SUNDAYS}))
    weeks = re.findall(r'<span class="week" aria-hidden="true">(.*?)</span><a href="/_preview/(.*?)/', dressed)
    assert weeks == [
        ("Feb · week 0", "2027-02-28"),
        ("Mar · week 1", "2027-03-07"),
        ("Mar · week 2", "2027-03-14"),
        ("Mar · week 3", "2027-03-21"),
    ]
    lost = re.findall(r'<li class="[^"]*pause[^"]*">.*?title="(.*?)"', dressed)
    assert lost == [
        "Wed 3 Mar 2027: No lab",
        "Fri 5 Mar 2027: No lab",
        *(f"{day} Mar 2027: Recess" for day in ("Sat 13", "Sun 14", "Mon 15", "Tue 16", "Wed 17")),
        *(f"{day} Mar 2027: Recess" for day in ("Thu 18", "Fri 19", "Sat 20", "Sun 21")),
    ]


def test_a_held_clock_comes_before_the_script() -> None:
    assert hold_clock(b"x();", datetime(2027, 3, 10, tzinfo=UTC)) == b"Date.now = () => 1804636800000;\nx();"
