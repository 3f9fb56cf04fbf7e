"""The calendars as ical.js reads them, which Thunderbird uses too, and the page on which students take them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import icalendar
import pytest

from tests.browser.axe import axe_violations
from tests.browser.conftest import OpenPage, Serve
from tests.conftest import BuildSite
from tests.outputs.test_calendars import HOSTILE, LABS, WHOLE
from tests.sites import write_course

ICAL_JS = Path(__file__).parents[1] / "vendored" / "ical.js" / "ical.es5.min.cjs"
READ = """(text) => new ICAL.Component(ICAL.parse(text)).getAllSubcomponents("vevent").map((component) => {
  const event = new ICAL.Event(component);
  const time = (name) => {
    const value = component.getFirstPropertyValue(name);
    return value && (value.isDate ? value.toString() : value.toJSDate().toISOString().slice(0, 19) + "Z");
  };
  const texts = ["summary", "location", "description", "url", "transp"];
  const numbers = event.sequence;
  const names = component.getAllProperties().map((each) => each.name).sort();
  return [event.uid, time("dtstart"), time("dtend"), time("last-modified"), numbers, names,
    ...texts.map((name) => component.getFirstPropertyValue(name))];
})"""


def read_by_icalendar(data: bytes) -> list[list[Any]]:
    """Return the same of each event, as icalendar reads it."""
    events: list[Any] = icalendar.Calendar.from_ical(data).walk("VEVENT")
    texts = ("SUMMARY", "LOCATION", "DESCRIPTION", "URL", "TRANSP")
    return [
        [
            str(event["UID"]),
            *(write_time(event[name].dt) if name in event else None for name in ("DTSTART", "DTEND", "LAST-MODIFIED")),
            event["SEQUENCE"],
            sorted(name.lower() for name in event),
            *(str(event[name]) if name in event else None for name in texts),
        ]
        for event in events
    ]


def write_time(when: datetime | date) -> str:
    return f"{when.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" if isinstance(when, datetime) else when.isoformat()


@pytest.fixture(scope="module")
def courses(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Return the folders of all courses, and of two that have everything."""
    made = tmp_path_factory.mktemp("calendars")
    own = {"hostile": HOSTILE, "labs": LABS}
    return [*WHOLE, *(write_course(made / name, {"syllabus.yaml": text}) for name, text in own.items())]


def test_two_readers_agree_on_each_event(open_page: OpenPage, build_site: BuildSite, courses: list[Path]) -> None:
    page = open_page("about:blank", timezone="America/Santiago", fresh=True)
    page.add_script_tag(content=ICAL_JS.read_text(encoding="utf-8"))
    read = 0
    for course in courses:
        for path in sorted(build_site(course).rglob("*.ics")):
            found = page.evaluate(READ, path.read_bytes().decode("utf-8"))
            assert found == read_by_icalendar(path.read_bytes()), path
            read += len(found)
    assert read > 1_000


def place(folder: Path, url: str = "https://example.edu/dc") -> Path:
    """Write the course with groups and schemes at an address; nowhere without one."""
    placed = LABS.replace("code: DC 1}", f"code: DC 1, url: {url}}}") if url else LABS
    return write_course(folder, {"syllabus.yaml": placed})


LINKS = "main => [...main.querySelectorAll('.calendars a')].map((a) => [a.textContent, a.getAttribute('href')])"


def test_what_the_page_offers(open_page: OpenPage, build_site: BuildSite, tmp_path: Path) -> None:
    page = open_page(build_site(place(tmp_path)) / "calendar.html")
    links = page.eval_on_selector("main", LINKS)
    assert links[:3] == [
        ["Apple Calendar", "webcal://example.edu/dc/calendar.ics"],
        [
            "Google Calendar",
            "https://calendar.google.com/calendar/r?cid=https%3A%2F%2Fexample.edu%2Fdc%2Fcalendar.ics",
        ],
        ["File", "calendar.ics"],
    ]
    files = [href for label, href in links if label == "File"]
    assert files == [
        *("calendar.ics", "calendar-common.ics", "calendar-lab-a.ics", "calendar-lab-a-2.ics"),
        *("calendar-lab-group.ics", "meetings.ics", "deadlines.ics"),
        *("deadlines-three-credits.ics", "deadlines-one-credit.ics"),
    ]
    assert page.locator("code.address").all_text_contents() == [f"https://example.edu/dc/{name}" for name in files]
    headings = ["The whole course", "Your group", "Only a part", "Your section", "Follow"]
    assert page.locator("h2").all_text_contents() == headings
    assert "Google looks for changes once or twice a day." in page.locator(".ways").inner_text()


def test_without_an_address_there_are_only_files(open_page: OpenPage, build_site: BuildSite, tmp_path: Path) -> None:
    page = open_page(build_site(place(tmp_path, url="")) / "calendar.html")
    assert {label for label, _ in page.eval_on_selector("main", LINKS)} == {"File"}
    assert page.locator("code.address, .ways").count() == 0
    assert "does not follow later changes" in page.locator("main").inner_text()


def test_only_a_secure_address_is_for_google(open_page: OpenPage, build_site: BuildSite, tmp_path: Path) -> None:
    page = open_page(build_site(place(tmp_path, "http://example.edu/dc/")) / "calendar.html")
    links = page.eval_on_selector("main", LINKS)
    assert {label for label, _ in links} == {"Apple Calendar", "File"}
    assert links[0][1] == "webcal://example.edu/dc/calendar.ics"


def test_only_the_own_group_and_section_are_shown(
    open_page: OpenPage, serve: Serve, build_site: BuildSite, tmp_path: Path
) -> None:
    address = serve(build_site(place(tmp_path)))
    page = open_page(address, fresh=True)
    page.select_option("select[name='group-lab']", "a!")
    page.select_option("select[name='section']", "One credit")
    page.goto(f"{address}calendar.html")
    shown = page.locator(".calendars h3:visible").all_text_contents()
    assert shown == ["DC 1", "For all groups", "Lab group a!", "Meetings", "Deadlines", "Deadlines: One credit"]
    page.goto(f"{address}meetings/tools.html")
    links = page.locator(".adds a:visible")
    assert links.all_text_contents() == ["Add group a! to your calendar"]
    assert links.first.get_attribute("href") == "tools.a-2.ics"


@pytest.mark.parametrize("color_scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["calendar.html", "meetings/tools.html"])
def test_the_page_is_accessible_and_narrow(
    open_page: OpenPage, build_site: BuildSite, tmp_path: Path, name: str, color_scheme: Any
) -> None:
    long = "https://example.edu/" + "a-very-long-name-of-a-course/" * 5
    page = open_page(build_site(place(tmp_path, long)) / name, width=320, color_scheme=color_scheme)
    assert axe_violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_in_arabic_the_addresses_run_from_left_to_right(open_page: OpenPage, build_site: BuildSite) -> None:
    course = next(each for each in WHOLE if each.name == "arabic")
    page = open_page(build_site(course) / "calendar.html", width=320)
    assert page.locator("h1").inner_text() == "أضف إلى تقويمك"
    assert axe_violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
