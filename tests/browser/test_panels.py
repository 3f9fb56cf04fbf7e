"""What the script writes into the panels of the home page: relative words, the reader's own time, office hours."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import OpenPage, Serve
from tests.browser.test_today import differences, every, turning_points
from tests.conftest import BuildSite
from tests.sites import write_course

# In Chicago, six hours behind UTC until 14 March, then five. A day with two meetings, an exam, a break, a window.
SYLLABUS = """
course: {title: Knots, code: KC 1}
term:
  starts: 2027-03-01
  ends: 2027-04-09
  timezone: America/Chicago
  meets:
    - {days: [Tue, Thu], time: 9:30-10:45, place: Siebel 1404, kind: Lecture, numbered: yes}
    - {day: Tue, time: 17:00-17:50, place: Siebel 0224, kind: Lab}
  breaks: {from: 2027-03-13, to: 2027-03-21, name: Spring break, description: Untie everything.}
staff:
  - {name: Ada, role: Instructor, office_hours: {days: [Mon, Tue], time: 13:00-15:00, place: Siebel 2}}
  - {name: Bo, role: Instructor, office_hours: {day: Tue, time: 16:00-18:00}}
schedule:
  Lecture:
    - {topic: Loops, id: loops, materials: {Slides: 'https://example.edu/loops'}}
    - {topic: Bends, id: bends, place: Lincoln 1000}
    - {topic: Hitches, id: hitches}
    - {topic: Midterm, id: midterm, exam: yes}
    - {topic: Braids, id: braids, times: rest}
  Lab:
    - {topic: Tie one, id: lab}
    - {topic: Tie two, id: lab-2}
    - {topic: Tie three, id: lab-3, times: rest}
assignments:
  - {title: Quiz, id: quiz, each: Lecture, due: start}
  - {title: Sheet, id: sheet, due: 2027-03-12}
  - {title: Essay, id: essay, milestones: [{title: Draft, due: 2027-03-26}, {title: Final text, due: 2027-04-02}]}
  - {title: Poster, id: poster, due: 2027-04-01}
  - {title: Final knot, id: knot, due: 2027-04-08}
events:
  - {name: Rope fair, date: 2027-03-03}
"""
READINGS = "loops: [{title: The Loop, url: 'https://example.edu/loop'}]\nbends: [The Bend]\n"


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    files = {
        "syllabus.yaml": SYLLABUS,
        "readings.yaml": READINGS,
        "content/announcements/2027-03-01-room.md": "Room 3.\n",
        "content/announcements/2027-03-03-rope.md": "Bring rope.\n",
    }
    return write_course(tmp_path_factory.mktemp("panels"), files)


@pytest.fixture
def home(open_page: OpenPage, serve: Serve, build_site: BuildSite, course: Path) -> Page:
    return open_page(serve(build_site(course, "2027-03-02")), now=at("2027-03-02T12:00"), timezone="America/Chicago")


def at(text: str) -> datetime:
    """Return an instant by the time in Chicago."""
    return datetime.fromisoformat(f"{text}{'-06:00' if text < '2027-03-14T02' else '-05:00'}")


def read(page: Page, now: str, selector: str) -> list[str]:
    page.clock.set_fixed_time(at(now))
    page.evaluate("dispatchEvent(new Event('focus'))")
    return [" ".join(text.split()) for text in page.locator(f"{selector}:visible").all_inner_texts()]


# What stands above each entry of the card, and its topic; one that is over comes last.
ENTRIES = {
    "2027-02-20T12:00": ["Next Tue 2 Mar in 10 days: Loops", "Next Tue 2 Mar in 10 days: Tie one"],
    "2027-02-10T12:00": ["Next Tue 2 Mar in 3 weeks: Loops", "Next Tue 2 Mar in 3 weeks: Tie one"],
    "2027-03-01T23:00": ["Next Tue 2 Mar tomorrow: Loops", "Next Tue 2 Mar tomorrow: Tie one"],
    "2027-03-02T07:00": [
        "Today Tue 2 Mar in 3 hours: Loops",
        "Today Tue 2 Mar in 10 hours: Tie one",
        "Thu 4 Mar in 2 days: Bends",
    ],
    "2027-03-02T09:10": [
        "Today Tue 2 Mar in 20 minutes: Loops",
        "Today Tue 2 Mar in 8 hours: Tie one",
        "Thu 4 Mar in 2 days: Bends",
    ],
    "2027-03-02T09:30": [
        "Today Tue 2 Mar now, until 10:45: Loops",
        "Today Tue 2 Mar in 8 hours: Tie one",
        "Thu 4 Mar in 2 days: Bends",
    ],
    "2027-03-02T10:45": [
        "Today Tue 2 Mar in 6 hours: Tie one",
        "Thu 4 Mar in 2 days: Bends",
        "Today Tue 2 Mar over: Loops",
    ],
    "2027-03-02T17:50": [
        "Thu 4 Mar in 2 days: Bends",
        "Today Tue 2 Mar over: Loops",
        "Today Tue 2 Mar over: Tie one",
    ],
    "2027-03-03T00:00": ["Next Thu 4 Mar tomorrow: Bends"],
    # The name of a break with its dates as written, and the next class.
    "2027-03-12T12:00": [
        "Next Sat 13 – Sun 21 Mar: Spring break",
        "Tue 23 Mar in 11 days: Braids",
        "Tue 23 Mar in 11 days: Tie three",
    ],
    # A day of it in a week in which it takes no class: its name is above.
    "2027-03-13T12:00": ["Tue 23 Mar in 10 days: Braids", "Tue 23 Mar in 10 days: Tie three"],
    "2027-03-20T12:00": [
        "Today Sat 13 – Sun 21 Mar: Spring break",
        "Tue 23 Mar in 3 days: Braids",
        "Tue 23 Mar in 3 days: Tie three",
    ],
    "2027-04-20T12:00": [],
}


def test_what_is_on_says_in_how_long(home: Page) -> None:
    for now, expected in [*ENTRIES.items(), *reversed(ENTRIES.items())]:
        above, topics = read(home, now, ".now .eyebrow"), read(home, now, ".now .entry h2")
        assert [f"{words}: {topic}" for words, topic in zip(above, topics, strict=True)] == expected, now


def test_an_entry_has_what_a_student_needs(home: Page) -> None:
    assert read(home, "2027-03-02T09:00", ".now .entry:first-of-type > *") == [
        "Today Tue 2 Mar in 30 minutes",
        "Loops",
        "9:30–10:45 Siebel 1404",
        "Lecture 1",
        "Read before class",
        "The Loop",
        "Due",
        "Quiz 9:30",
        "Slides",
    ]
    # What is over keeps its materials.
    assert read(home, "2027-03-02T18:00", ".now .over:nth-of-type(2) > *") == [
        "Today Tue 2 Mar over",
        "Loops",
        "Slides",
    ]
    # A place that is not the usual one.
    assert read(home, "2027-03-03T12:00", ".now .when") == ["9:30–10:45 Lincoln 1000 not Siebel 1404"]
    assert read(home, "2027-03-16T12:00", ".now .about") == ["Untie everything."]


def test_the_time_of_a_reader_elsewhere(open_page: OpenPage, serve: Serve, build_site: BuildSite, course: Path) -> None:
    address = serve(build_site(course, "2027-03-02"))
    for zone, card, due in (
        ("America/Chicago", [], []),
        ("America/Menominee", [], []),
        ("Europe/Berlin", ["16:30 your time", "Wed 0:00 your time", "16:30 your time"], ["16:30 your time"]),
        ("Asia/Tokyo", ["Wed 0:30 your time", "Wed 8:00 your time", "Fri 0:30 your time"], ["Wed 0:30 your time"]),
    ):
        page = open_page(address, now=at("2027-03-02T09:00"), timezone=zone)
        assert read(page, "2027-03-02T09:00", ".now .own") == card
        assert read(page, "2027-03-02T09:00", ".due-next .own")[:1] == due


# Each assignment once, at most four, always with the next exam.
DUE_NEXT = {
    "2027-03-02T09:00": [
        "Tue 2 Mar in 30 minutes Quiz 9:30 for Loops",
        "Thu 11 Mar in 9 days Midterm Exam 9:30–10:45",
        "Fri 12 Mar in 10 days Sheet 23:59",
        "Fri 26 Mar in 3 weeks Draft (Essay) 23:59",
    ],
    "2027-03-11T09:30": [
        "Fri 12 Mar tomorrow Sheet 23:59",
        "Tue 23 Mar in 12 days Quiz 9:30 for Braids",
        "Fri 26 Mar in 2 weeks Draft (Essay) 23:59",
        "Thu 1 Apr in 3 weeks Poster 23:59",
    ],
    "2027-03-27T00:00": [
        "Tue 30 Mar in 3 days Quiz 9:30 for Braids",
        "Thu 1 Apr in 5 days Poster 23:59",
        "Fri 2 Apr in 6 days Final text (Essay) 23:59",
        "Thu 8 Apr in 12 days Final knot 23:59",
    ],
    "2027-04-08T23:59": [],
}


def test_what_is_due_next(home: Page) -> None:
    for now, expected in [*DUE_NEXT.items(), *reversed(DUE_NEXT.items())]:
        assert read(home, now, ".due-next li") == expected, now
        assert home.locator(".due-next").is_visible() is bool(expected)


WEEK = {
    "2027-03-03T12:00": (
        "This week Week 1 of 6",
        [
            "past: Tue 2 Mar Loops 9:30–10:45 Lecture 1 Slides",
            "past: Tue 2 Mar Tie one 17:00–17:50 Lab",
            "Wed 3 Mar Rope fair",
            "Thu 4 Mar Bends 9:30–10:45 Lecture 2",
        ],
        ["Next class week #week-2"],
    ),
    "2027-03-04T00:00": (
        "This week Week 1 of 6",
        [
            "past: Tue 2 Mar Loops 9:30–10:45 Lecture 1 Slides",
            "past: Tue 2 Mar Tie one 17:00–17:50 Lab",
            "past: Wed 3 Mar Rope fair",
            "Thu 4 Mar Bends 9:30–10:45 Lecture 2",
        ],
        ["Next class week #week-2"],
    ),
    "2027-03-10T12:00": (
        "This week Week 2 of 6",
        [
            "past: Tue 9 Mar Hitches 9:30–10:45 Lecture 3",
            "past: Tue 9 Mar Tie two 17:00–17:50 Lab",
            "Thu 11 Mar Midterm 9:30–10:45 Exam · Lecture 4",
        ],
        ["Previous week #week-1", "Next class week #week-4"],
    ),
}


def test_this_week(home: Page) -> None:
    for now, (heading, expected, links) in [*WEEK.items(), *reversed(WEEK.items())]:
        assert read(home, now, ".this-week-list h2") == [heading]
        lines = read(home, now, ".this-week-list li")
        past = home.locator(".this-week-list li").evaluate_all("all => all.map((each) => each.className === 'past')")
        assert [f"past: {line}" if gone else line for line, gone in zip(lines, past, strict=True)] == expected, now
        found = home.locator(".this-week-list .more a:visible")
        assert [f"{each.inner_text()} {each.get_attribute('href')}" for each in found.all()] == links
    assert read(home, "2027-04-20T12:00", ".this-week-list") == []


HOURS = {
    "2027-02-20T12:00": ("Office hours Monday in 9 days", ["13:00–15:00 Ada Siebel 2"]),
    "2027-03-01T12:10": ("Office hours Monday in 50 minutes", ["13:00–15:00 Ada Siebel 2"]),
    "2027-03-01T14:00": ("Office hours Monday now", ["13:00–15:00 Ada Siebel 2"]),
    "2027-03-01T15:00": ("Office hours Tuesday tomorrow", ["13:00–15:00 Ada Siebel 2", "16:00–18:00 Bo"]),
    "2027-03-02T15:30": ("Office hours Tuesday in 30 minutes", ["past: 13:00–15:00 Ada Siebel 2", "16:00–18:00 Bo"]),
    # The two weeks on either side of a break.
    "2027-03-09T18:00": ("Office hours Monday in 13 days", ["13:00–15:00 Ada Siebel 2"]),
    "2027-03-15T12:00": ("Office hours Monday in 7 days", ["13:00–15:00 Ada Siebel 2"]),
    "2027-04-06T17:59": ("Office hours Tuesday now", ["past: 13:00–15:00 Ada Siebel 2", "16:00–18:00 Bo"]),
}


def test_office_hours_of_today_or_the_next_day_that_has_any(home: Page) -> None:
    for now, (heading, expected) in [*HOURS.items(), *reversed(HOURS.items())]:
        assert read(home, now, "section.hours h2") == [heading], now
        lines = read(home, now, "section.hours li")
        past = home.locator("section.hours li:visible").evaluate_all(
            "all => all.map((each) => each.className === 'past')"
        )
        assert [f"past: {line}" if gone else line for line, gone in zip(lines, past, strict=True)] == expected, now
    assert read(home, "2027-04-06T18:00", "section.hours") == []


NEWS = {
    "2027-02-28T12:00": [],
    "2027-03-01T12:00": ["1"],
    "2027-03-03T12:00": ["2"],
    "2027-03-08T12:00": ["1"],
    "2027-03-10T12:00": [],
}


def test_the_count_of_news_follows_the_clock(
    open_page: OpenPage, serve: Serve, build_site: BuildSite, course: Path
) -> None:
    page = open_page(serve(build_site(course, "2027-03-04")), now=at("2027-03-04T12:00"))
    for now, expected in [*NEWS.items(), *reversed(NEWS.items())]:
        assert read(page, now, ".count") == expected, now


def test_the_number_of_the_week_follows_the_clock(home: Page) -> None:
    assert read(home, "2027-03-10T12:00", ".week-of") == ["· Week 2 of 6"]
    assert read(home, "2027-03-17T12:00", ".week-of") == ["· Week 3 of 6"]


def test_the_script_renders_the_panels_that_the_build_bakes(home: Page, course: Path) -> None:
    instants = turning_points(course)
    assert differences(home, course, [*every(instants, 12), *reversed(every(instants, 5))]) == []


@pytest.mark.slow
def test_the_script_renders_the_panels_at_every_turn(home: Page, course: Path) -> None:
    assert differences(home, course, turning_points(course)) == []


def test_words_are_renewed_without_losing_the_place_of_the_keyboard(
    open_page: OpenPage, serve: Serve, build_site: BuildSite, course: Path
) -> None:
    address = serve(build_site(course, "2027-03-02"))
    page = open_page(address, now=at("2027-03-02T09:00:30"), timezone="America/Chicago", clock="running")
    page.focus(".entry h2 a")
    page.clock.run_for(60_000)
    assert page.locator(".now .relative").first.inner_text() == "in 29 minutes"
    assert page.evaluate("document.activeElement.closest('h2')?.textContent") == "Loops"


def test_after_the_term_the_card_leads_on(home: Page) -> None:
    assert read(home, "2027-04-20T12:00", ".now .notice") == ["The term is over"]
    assert read(home, "2027-04-20T12:00", ".now .further a") == ["Readings"]
    assert read(home, "2027-04-01T12:00", ".now .further a") == []


def test_the_readers_own_time_moves_no_line(
    open_page: OpenPage, serve: Serve, build_site: BuildSite, course: Path, tmp_path: Path
) -> None:
    """Each line of what is due has the height that it was baked with, however long its title is."""
    words = ["Written", "report", "on", "the", "measured", "behavior", "of", "replicas"]
    titles = [" ".join(words[: each + 1]) for each in range(len(words))]
    written = (course / "syllabus.yaml").read_text(encoding="utf-8").partition("assignments:")[0]
    due = "".join(f"  - {{title: {title}, due: 2027-03-{each + 3:02}}}\n" for each, title in enumerate(titles))
    folder = write_course(tmp_path / "course", {"syllabus.yaml": f"{written}assignments:\n{due}"})
    heights = "(all) => all.map((each) => each.getBoundingClientRect().height)"
    for day in ("2027-03-03", "2027-03-07"):
        address = serve(build_site(folder, day))
        for width in (360, 390):
            baked = open_page(address, width=width, javascript=False).locator(".due-next li")
            for zone in ("America/Chicago", "Asia/Tokyo"):
                page = open_page(address, width=width, now=at(f"{day}T00:00"), timezone=zone)
                assert (page.locator(".due-next .own").count() > 0) is (zone == "Asia/Tokyo")
                assert page.locator(".due-next li").evaluate_all(heights) == baked.evaluate_all(heights)
