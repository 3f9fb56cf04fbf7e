"""Who is named under the course's title, the page of the staff, and where a kind of meeting takes place."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.sites import read_tree, run_cli, write_course

TERM = """\
course: {title: Knots}
term: {starts: 2027-01-25, ends: 2027-02-05, timezone: Europe/London, meets: MEETS}
schedule: [{topic: Knots, times: 2}]
"""
ONE = "{day: Monday, time: 13:00-16:00}"
# The staff, and the line under the title; None where there is no page of the staff.
LINES = {
    "": ("", False),
    "Ada": ("Ada", False),
    "[Ada, Bo]": ("Ada, Bo", False),
    "[Ada, Bo, Cy]": ("Ada, Bo <and 1 more>", True),
    "{name: Ada, role: Instructor}": ("Ada", True),
    "{name: Ada, url: https://example.org/}": ("<Ada>", True),
    "[{name: Ada, role: Instructor}, {name: Bo, role: TA}]": ("Ada <and 1 more>", True),
    "[{name: Ada, role: Instructor}, {name: Bo, role: TA}, {name: Cy, role: Instructor}]": (
        "Ada, Cy <and 1 more>",
        True,
    ),
    "[Ada, {name: Bo, pronouns: she/her}]": ("Ada, Bo", True),
    "[{name: Ada, role: A}, Bo, Cy, Di, Ed, Flo, Gus, Hal, Ida, Jo, Kit, Lu, Max]": ("Ada <and 12 more>", True),
}


def build(folder: Path, syllabus: str, files: Mapping[str, str | bytes] | None = None) -> dict[str, str]:
    """Return the pages of a course by path, of which nothing was said."""
    course = write_course(folder / "course", {"syllabus.yaml": syllabus, **(files or {})})
    ran = run_cli("--source", course, "--output", folder / "site", "--today", "2027-01-26")
    assert (ran.code, ran.err) == (0, "")
    tree = read_tree(folder / "site")
    return {path: data.decode("utf-8") for path, data in tree.items() if path.endswith(".html")}


def with_meets(meets: str) -> str:
    return TERM.replace("MEETS", meets)


def shown(html: str) -> str:
    """Return the words of a piece of a page, each link in `<>`."""
    html = re.sub(r"<a [^>]*>(.*?)</a>", r"[\1]", html)
    text = re.sub(r"<[^>]+>", " ", html).replace("[", "<").replace("]", ">")
    return re.sub(r"\s+", " ", text).strip()


@pytest.mark.parametrize("staff", LINES)
def test_who_is_named_under_the_title(staff: str, tmp_path: Path) -> None:
    pages = build(tmp_path, with_meets(ONE) + f"staff: {staff}\n")
    home = pages["index.html"]
    head = home[home.index("<h1>") : home.index('class="now"')]
    line = re.search(r'<p class="headline">(.*?)</p>', head)
    expected, has_page = LINES[staff]
    assert line is not None
    assert shown(line[1]) == " · ".join(filter(None, ("25 Jan – 5 Feb 2027", expected, "Week 1 of 2")))
    assert ("staff.html" in pages, ">Staff</a>" in home) == (has_page, has_page)
    assert ('href="staff.html">and' in head) is ("more" in expected)


PLACED = {
    "index": "#page.staff",
    "people": "people.html#page.staff",
    "staff": "staff.html",
}


@pytest.mark.parametrize("name", PLACED)
def test_the_link_leads_to_where_the_staff_is(name: str, tmp_path: Path) -> None:
    files = {f"content/{name}.md": "---\ntitle: Who we are\n---\nAsk us.\n\n[[staff]]\n"}
    pages = build(tmp_path, with_meets(ONE) + "staff: [Ada, Bo, Cy]\n", files)
    assert f'<a href="{PLACED[name]}">and 1 more</a>' in pages["index.html"]
    assert pages[f"{name}.html"].count('id="page.staff"') == 1
    assert ("staff.html" in pages) is (name == "staff")


def test_a_text_above_the_staff(tmp_path: Path) -> None:
    files = {"content/staff.md": "# Teaching team\n\nAsk us anything.\n"}
    syllabus = with_meets(ONE) + "staff: {name: Ada, role: TA}\nsite: {nav: [staff, schedule]}\n"
    pages = build(tmp_path, syllabus, files)
    page = pages["staff.html"]
    assert page.index("Ask us anything") < page.index('id="page.staff"')
    assert re.findall(r'<li><a href="(\S+)"[^>]*>(.*?)</a></li>', page) == [
        ("staff.html", "Teaching team"),
        ("index.html#page.schedule", "Schedule"),
    ]


HOURS = """\
staff:
  - {name: Ada, role: Instructor, pronouns: she/her, photo: ada.png, office_hours: [{day: Tue, time: 9-10}, by e-mail]}
  - {name: Bo, office_hours: {days: [Mon, Tue], time: 11-12, place: Room 2}}
office_hours:
  - {day: Tuesday, time: 8-9, place: https://example.org/room, who: [Bo, Ada], note: Bring *rope*.}
  - {day: Monday, who: Ada}
  - {day: Monday, time: 11-12, place: Room 2, who: Ada}
"""


def test_the_hours_of_the_week(tmp_path: Path) -> None:
    png = (Path(__file__).parents[2] / "courses" / "everything" / "assets" / "ada.png").read_bytes()
    page = build(tmp_path, with_meets(ONE) + HOURS, {"assets/ada.png": png})["staff.html"]
    hours = page[page.index('id="page.hours"') : page.index("<h2>")]
    days = re.findall(r"<h3>(.*?)</h3>(.*?)</section>", hours, re.DOTALL)
    assert {day: [shown(each) for each in re.findall(r"<li>(.*?)</li>", list)] for day, list in days} == {
        "Monday": ["11:00–12:00 Bo, Ada Room 2", "Ada"],
        "Tuesday": ["8:00–9:00 Bo, Ada <Online> Bring rope .", "9:00–10:00 Ada", "11:00–12:00 Bo Room 2"],
    }
    cards = page[page.index('class="cards"') :]
    assert shown(cards[: cards.index("</ul>")].partition(">")[2]) == "Ada she/her Instructor Office hours: by e-mail Bo"
    assert (cards.count("<img "), cards.count('class="photoless"')) == (1, 1)


def test_an_address_breaks_between_its_parts(tmp_path: Path) -> None:
    page = build(tmp_path, with_meets(ONE) + "staff: {name: Ada, email: ada.k@cs.example.edu}\n")["staff.html"]
    assert '<a href="mailto:ada.k@cs.example.edu">ada<wbr>.k@<wbr>cs<wbr>.example<wbr>.edu</a>' in page


# The weekly pattern, and what the home page says of it.
EVERY_WEEK = {
    "{day: Monday, place: Room 5}": {"When": ["Mondays, Room 5"]},
    "[{day: Mon, kind: A, place: Room 5}, {day: Tue, kind: B, place: Room 5}]": {
        "A": ["Mondays, Room 5"],
        "B": ["Tuesdays, Room 5"],
    },
    "[{day: Mon, kind: Lecture, place: Wheeler 150}, {day: Tue, kind: Lab}, {day: Wed, kind: Discussion}]": {
        "Lecture": ["Mondays, Wheeler 150"],
        "Lab": ["Tuesdays"],
        "Discussion": ["Wednesdays"],
    },
    "[{day: Mon, kind: A, place: Room 5}, {day: Tue, kind: A, place: Room 6}]": {
        "A": ["Mondays, Room 5", "Tuesdays, Room 6"],
    },
    "[{day: Mon, time: 9-10, kind: A}, {day: Tue, kind: B}, {day: Thu, time: 11-12, kind: A}]": {
        "A": ["Mondays, 9:00–10:00; Thursdays, 11:00–12:00"],
        "B": ["Tuesdays"],
    },
    "[{days: Mon-Fri, time: 9-12, weeks: 1}, {days: Mon-Fri, time: 9-12, weeks: 2}]": {
        "When": ["Mondays to Fridays, 9:00–12:00, weeks 1–2"],
    },
    "[{day: Mon, weeks: odd}, {day: Mon, weeks: even}]": {"When": ["Mondays, odd weeks; Mondays, even weeks"]},
    "[{day: Mon, kind: A, place: https://example.org/}, {day: Tue, kind: B}]": {
        "A": ["<Mondays, online>"],
        "B": ["Tuesdays"],
    },
    "{kind: Lab, groups: [{name: A, day: Fri, time: 9-10, place: L4, leader: Bo}, {name: B, day: Thu, place: L5}]}": {
        "Lab": ["A: Fridays, 9:00–10:00, L4, Bo", "B: Thursdays, L5"],
    },
}


@pytest.mark.parametrize("meets", EVERY_WEEK)
def test_what_is_every_week_is_said_once(meets: str, tmp_path: Path) -> None:
    course = write_course(tmp_path / "course", {"syllabus.yaml": with_meets(meets)})
    assert run_cli("--source", course, "--output", tmp_path / "site", "--today", "2027-01-26").code == 0
    home = read_tree(tmp_path / "site")["index.html"].decode("utf-8")
    section = home[home.index('class="every-week"') :].partition("</section>")[0].replace("\N{NO-BREAK SPACE}", " ")
    patterns = section.partition('class="choice"')[0]
    kinds = re.findall(r"<dt>([^<]*)</dt>(.*?)</div>", patterns, re.DOTALL)
    assert {dt: [shown(each) for each in re.findall(r"<dd>(.*?)</dd>", dds)] for dt, dds in kinds} == EVERY_WEEK[meets]
