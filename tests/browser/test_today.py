"""Today, Next and this week: by the course's civil day, whatever the reader's zone, with the script and without."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page

from courseweek.cache import Memory
from courseweek.files.stored import read_whole
from courseweek.plan.plan import Plan
from courseweek.render.views.people import join_hours
from courseweek.schedule.events import end_event
from courseweek.schedule.exams import list_exam_dates
from courseweek.schedule.sittings import list_sittings
from tests.browser.conftest import OpenPage, Serve
from tests.browser.shown import Shown, read_picture, read_shown
from tests.conftest import BuildSite
from tests.sampling import some_slow
from tests.sites import COURSES, ROOT, follow_next, make_in_memory, write_course

LOS_ANGELES = ZoneInfo("America/Los_Angeles")
CHICAGO = ZoneInfo("America/Chicago")
COURSE = COURSES / "tuesday-thursday"
BUILT_ON = "2026-10-01"
LONGEST_TIMER = 2**31 - 1


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


class Case(NamedTuple):
    """A reader's zone and instant, and what the page must show. `today` is the day whose row holds `#today`."""

    zone: str
    now: str
    week: str | None
    marked: dict[str, str]
    current: str | None
    today: str | None
    headings: Sequence[str] = ()
    as_of: str = ""


PACIFIC = "America/Los_Angeles"
CASES = [
    Case(
        PACIFIC,
        "2026-08-20T19:00:00Z",
        None,
        {"2026-08-25": "Next"},
        None,
        "2026-08-25",
        ["Starts Tue 25 Aug"],
        "Thu 20 Aug 2026",
    ),
    Case(
        PACIFIC,
        "2026-08-26T05:30:00Z",
        "week-1",
        {"2026-08-25": "Today"},
        "2026-08-25",
        "2026-08-25",
        [],
        "Tue 25 Aug 2026",
    ),
    Case(
        PACIFIC,
        "2026-08-28T18:00:00Z",
        "week-1",
        {"2026-09-01": "Next"},
        "2026-08-25",
        "2026-08-25",
        [],
        "Fri 28 Aug 2026",
    ),
    Case(
        "Asia/Tokyo",
        "2026-08-25T21:30:00Z",
        "week-1",
        {"2026-08-25": "Today"},
        "2026-08-25",
        "2026-08-25",
        [],
        "Tue 25 Aug 2026",
    ),
    Case(
        "Pacific/Kiritimati",
        "2026-08-30T12:00:00Z",
        "week-1",
        {"2026-09-01": "Next"},
        "2026-08-25",
        "2026-08-25",
        [],
        "Sun 30 Aug 2026",
    ),
    Case(
        "Pacific/Honolulu",
        "2026-08-31T08:00:00Z",
        "week-2",
        {"2026-09-01": "Next"},
        "2026-09-01",
        "2026-09-01",
        [],
        "Mon 31 Aug 2026",
    ),
    Case(
        PACIFIC,
        "2026-11-02T07:59:59Z",
        "week-10",
        {"2026-11-03": "Next"},
        "2026-10-27",
        "2026-10-27",
        [],
        "Sun 1 Nov 2026",
    ),
    Case(
        PACIFIC,
        "2026-11-02T08:00:00Z",
        "week-11",
        {"2026-11-03": "Next"},
        "2026-11-03",
        "2026-11-03",
        [],
        "Mon 2 Nov 2026",
    ),
    Case(
        "Europe/London",
        "2026-11-25T12:00:00Z",
        "week-14",
        {"2026-11-26": "Next"},
        "2026-11-24",
        "2026-11-24",
        [],
        "Wed 25 Nov 2026",
    ),
    Case(
        PACIFIC,
        "2026-11-26T20:00:00Z",
        "week-14",
        {"2026-11-26": "Today"},
        "2026-11-26",
        "2026-11-26",
        [],
        "Thu 26 Nov 2026",
    ),
    Case(
        PACIFIC,
        "2026-12-09T08:00:00Z",
        "week-16",
        {},
        "2026-12-08",
        "2026-12-08",
        ["No more meetings"],
        "Wed 9 Dec 2026",
    ),
    Case(
        "Asia/Tokyo",
        "2026-12-14T07:59:59Z",
        "week-16",
        {},
        "2026-12-08",
        "2026-12-08",
        ["No more meetings"],
        "Sun 13 Dec 2026",
    ),
    Case(PACIFIC, "2026-12-14T08:00:00Z", None, {}, None, None, ["The term is over"], "Mon 14 Dec 2026"),
]
NAMES = [f"{case.zone} {case.now}" for case in CASES]


def check_shown(page: Page, case: Case) -> None:
    """Hold the page against the whole promise, with rows named by their `data-date`."""
    dates: dict[str, str] = page.evaluate(
        "Object.fromEntries([...document.querySelectorAll('tr[data-date]')].map((row) => [row.id, row.dataset.date]))"
    )
    shown = read_shown(page)
    assert shown.weeks == ([case.week] if case.week else [])
    assert {dates[row]: marks[-1] for row, marks in shown.marks.items() if row in shown.next} == case.marked
    assert [dates[row] for row in shown.current] == ([case.current] if case.current else [])
    assert [dates.get(place, place) for place in shown.anchors] == [case.today or "notice"]
    assert shown.headings == list(case.headings)
    check_words(page, shown, case)


def check_words(page: Page, shown: Shown, case: Case) -> None:
    """Each mark says in words what it is, and no row without the class wears one of the next."""
    assert page.locator("tbody.this-week tr.heading .mark").all_inner_texts() == ["This week"] * len(shown.weeks)
    assert [row for row, marks in shown.marks.items() if {"Today", "Next"} & {*marks}] == shown.next
    assert {word for marks in shown.marks.values() for word in marks} <= {"Today", "Next"}
    assert len(shown.next) == len(case.marked)


@pytest.mark.parametrize("case", some_slow(CASES, 3), ids=NAMES)
def test_the_script_marks_by_the_civil_day_of_the_course(
    open_page: OpenPage, serve: Serve, build_site: BuildSite, case: Case
) -> None:
    page = open_page(serve(build_site(COURSE, BUILT_ON)), now=at(case.now), timezone=case.zone)
    check_shown(page, case)


@pytest.mark.parametrize("case", some_slow(CASES, 3), ids=NAMES)
def test_the_build_bakes_the_same_answer_with_its_date(
    open_page: OpenPage, serve: Serve, build_site: BuildSite, case: Case
) -> None:
    local = at(case.now).astimezone(LOS_ANGELES)
    page = open_page(serve(build_site(COURSE, f"{local:%Y-%m-%dT%H:%M:%S}")), javascript=False, timezone=case.zone)
    check_shown(page, case)


def test_rows_and_weeks_have_the_instants_of_their_days(
    open_page: OpenPage, serve: Serve, build_site: BuildSite
) -> None:
    page = open_page(serve(build_site(COURSE, "2026-08-01")), now=at("2026-08-01T12:00:00Z"))
    monday = datetime(2026, 8, 24)
    assert instants(page, "tbody", "id") == [
        [f"week-{number + 1}", utc(monday + timedelta(weeks=number)), utc(monday + timedelta(weeks=number + 1))]
        for number in range(16)
    ]
    days = [monday + timedelta(weeks=week, days=day) for week in range(16) for day in (1, 3)][:-1]
    assert instants(page, "tr[data-date]", "data-date") == [
        [f"{day:%Y-%m-%d}", utc(day), utc(day + timedelta(days=1))] for day in days
    ]
    assert page.locator("tr#break-2026-11-26.break").inner_text().split("\n")[-1].strip() == "Thanksgiving"


@pytest.mark.parametrize(
    ("zone", "carried"),
    [
        ("America/Los_Angeles", ["2027-03-15"]),  # the clocks change on the Sunday on which this week begins
        ("Asia/Kathmandu", []),
        ("Pacific/Pago_Pago", []),
        ("Pacific/Auckland", ["2027-03-01", "2027-03-08", "2027-03-15", "2027-03-22", "2027-03-29"]),
    ],
)
def test_rows_have_the_instants_of_their_days_in_every_zone(
    open_page: OpenPage, serve: Serve, build_site: BuildSite, tmp_path: Path, zone: str, carried: list[str]
) -> None:
    syllabus = f"""
course: Mondays
term:
  starts: 2027-03-01
  ends: 2027-03-31
  timezone: {zone}
  week_starts: Sunday
  meets: {{day: Monday, time: 10:00-12:00}}
schedule: [{{topic: A}}, {{topic: B}}, {{topic: C}}, {{topic: D}}, {{topic: E}}]
"""
    site = build_site(write_course(tmp_path / "course", {"syllabus.yaml": syllabus}))
    page = open_page(serve(site), now=at("2027-02-01T12:00:00Z"), timezone="Europe/Berlin")
    days = [datetime(2027, 3, 1, tzinfo=ZoneInfo(zone)) + timedelta(weeks=week) for week in range(5)]
    assert [begin for _, begin, _ in instants(page, "tr[data-date]", "data-date")] == [
        f"{day.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" for day in days
    ]
    assert [each for each, *_ in instants(page, "tr[data-from]", "data-date")] == carried


def instants(page: Page, selector: str, name: str) -> list[list[str]]:
    """Return an attribute of each element, and when the script says that it begins and ends."""
    found: list[list[str]] = page.eval_on_selector_all(
        selector,
        """(all, name) => all.map((each) => [each.getAttribute(name), ...each.spans.flat().map(
          (instant) => new Date(instant).toISOString().replace(".000", ""))])""",
        name,
    )
    return found


def utc(local: datetime) -> str:
    return f"{local.replace(tzinfo=LOS_ANGELES).astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


@pytest.mark.parametrize("javascript", [True, False])
@pytest.mark.parametrize("width", [1280, 360])
def test_the_link_jumps_to_today(
    open_page: OpenPage, serve: Serve, build_site: BuildSite, javascript: bool, width: int
) -> None:
    site = build_site(COURSE, "2026-11-03")
    page = open_page(serve(site), now=at("2026-11-03T20:00:00Z"), javascript=javascript, width=width)
    assert page.locator("#today").bounding_box() is None or not in_view(page)
    page.focus('a[href="#today"]')
    page.keyboard.press("Enter")
    page.wait_for_function("location.hash === '#today'")
    assert in_view(page)
    assert page.evaluate("document.getElementById('today').closest('tr').dataset.date") == "2026-11-03"


def test_an_address_that_ends_in_today_opens_there(open_page: OpenPage, serve: Serve, build_site: BuildSite) -> None:
    page = open_page(serve(build_site(COURSE, BUILT_ON)) + "#today", now=at("2026-11-26T20:00:00Z"))
    page.wait_for_function("document.readyState === 'complete'")
    assert in_view(page)


def in_view(page: Page) -> bool:
    seen: bool = page.evaluate(
        "(({top}) => top >= 0 && top < innerHeight)(document.getElementById('today').getBoundingClientRect())"
    )
    return seen


def test_dates_are_never_written_again(open_page: OpenPage, serve: Serve, build_site: BuildSite) -> None:
    words = "[...document.querySelectorAll('tbody time')].map((time) => time.textContent)"
    address = serve(build_site(COURSE, BUILT_ON))
    away = open_page(address, now=at("2026-09-14T20:00:00Z"), timezone="Asia/Tokyo", locale="ar-EG")
    baked = open_page(address, javascript=False)
    assert away.evaluate(words) == baked.evaluate(words)


# --- The page stays open ------------------------------------------------------------------------------------


def marks_by_date(page: Page) -> dict[str, str]:
    marks: dict[str, str] = page.evaluate(
        "Object.fromEntries([...document.querySelectorAll('tr.next')].map((row) =>"
        " [row.dataset.date, row.querySelector('.mark:last-child').textContent]))"
    )
    return marks


def test_a_page_left_open_overnight_moves_on(open_page: OpenPage, serve: Serve, build_site: BuildSite) -> None:
    page = open_page(serve(build_site(COURSE, BUILT_ON)), now=at("2026-08-26T06:59:30Z"), clock="running")
    assert marks_by_date(page) == {"2026-08-25": "Today"}
    page.clock.run_for(31_000)
    assert marks_by_date(page) == {"2026-08-27": "Next"}
    page.clock.fast_forward("24:00:00")
    assert marks_by_date(page) == {"2026-08-27": "Today"}
    assert read_shown(page).anchors == ["order"]


def sleep_till_monday(open_page: OpenPage, serve: Serve, build_site: BuildSite) -> Page:
    """Return a page that was open on Friday and has not noticed yet that it is Monday."""
    page = open_page(serve(build_site(COURSE, BUILT_ON)), now=at("2026-08-28T18:00:00Z"), clock="running")
    page.clock.set_system_time(at("2026-08-31T16:00:00Z"))
    assert read_shown(page).weeks == ["week-1"]
    return page


def test_after_a_sleep_the_page_needs_a_minute_at_most(
    open_page: OpenPage, serve: Serve, build_site: BuildSite
) -> None:
    page = sleep_till_monday(open_page, serve, build_site)
    page.clock.run_for(60_000)
    assert read_shown(page).weeks == ["week-2"]


@pytest.mark.parametrize(
    "event",
    [
        "document.dispatchEvent(new Event('visibilitychange'))",
        "dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))",
    ],
    ids=["visible again", "back-forward cache"],
)
def test_a_page_that_comes_back_is_right_at_once(
    open_page: OpenPage, serve: Serve, build_site: BuildSite, event: str
) -> None:
    page = sleep_till_monday(open_page, serve, build_site)
    page.evaluate(event)
    assert read_shown(page).weeks == ["week-2"]
    assert read_shown(page).current == ["replication"]


DELAYS = (
    "const set = setTimeout; window.delays = [];"
    "window.setTimeout = (run, delay, ...rest) => { delays.push(delay); return set(run, delay, ...rest); }"
)


@pytest.mark.parametrize("now", ["2026-04-25T12:00:00Z", "1970-01-02T00:00:00Z", "2026-10-01T12:00:00Z"])
def test_no_timer_runs_longer_than_a_timer_can(
    open_page: OpenPage, serve: Serve, build_site: BuildSite, now: str
) -> None:
    page = open_page(serve(build_site(COURSE, BUILT_ON)), now=at(now), script=DELAYS)
    delays: list[float] = page.evaluate("delays")
    assert delays
    assert all(0 <= delay <= LONGEST_TIMER for delay in delays)


def test_a_clock_that_was_never_set_leaves_the_dated_answer(
    open_page: OpenPage, serve: Serve, build_site: BuildSite
) -> None:
    page = open_page(serve(build_site(COURSE, "2026-08-28")), now=at("1970-01-02T00:00:00Z"))
    shown = read_shown(page)
    assert shown.weeks == ["week-1"]
    assert marks_by_date(page) == {"2026-09-01": "Next"}
    page.clock.set_fixed_time(at("2026-09-08T16:00:00Z"))
    page.evaluate("dispatchEvent(new Event('focus'))")
    assert marks_by_date(page) == {"2026-09-08": "Today"}


# --- Days that are odd ---------------------------------------------------------------------------------------

CAIRO = """
course: Friday class
term:
  starts: 2026-04-17
  ends: 2026-05-01
  timezone: Africa/Cairo
  meets: {day: Friday, time: 10:00-12:00}
schedule: [{topic: One, id: one}, {topic: Two, id: two}, {topic: Three, id: three}]
"""


@pytest.mark.parametrize(
    ("course", "row", "begins", "before"),
    [
        # Midnight is skipped: the day begins at 01:00, the instant at which the day before it ends.
        ("weekend", "tbd-3", "2026-09-06T04:00:00Z", {"2026-09-05": "Hoy"}),
        ("cairo", "two", "2026-04-23T22:00:00Z", {"2026-04-24": "Next"}),
        ("new-year", "opening", "2026-12-13T18:15:00Z", {"2026-12-14": "Next"}),
    ],
)
def test_a_day_begins_at_its_first_instant(
    open_page: OpenPage,
    serve: Serve,
    build_site: BuildSite,
    tmp_path_factory: pytest.TempPathFactory,
    course: str,
    row: str,
    begins: str,
    before: dict[str, str],
) -> None:
    folder = COURSES / course
    if course == "cairo":
        folder = write_course(tmp_path_factory.mktemp("cairo"), {"syllabus.yaml": CAIRO})
    page = open_page(serve(build_site(folder)), now=at(begins) - timedelta(seconds=1), timezone="Asia/Kathmandu")
    assert instants(page, f"tr[id='{row}']", "id")[0][1] == begins
    assert marks_by_date(page) == before
    page.clock.set_fixed_time(at(begins))
    page.evaluate("dispatchEvent(new Event('focus'))")
    assert read_shown(page).next == [row]
    assert read_shown(page).marks[row][-1] == ("Hoy" if course == "weekend" else "Today")


@pytest.mark.parametrize(
    ("course", "now", "week", "next_rows", "headings"),
    [
        # A meeting held inside a break goes before the break's row, which spans the days from Monday to Wednesday.
        ("kinds", "2027-03-10T17:00:00Z", "week-6", ["guest-talk"], []),
        ("kinds", "2027-03-09T17:00:00Z", "week-6", ["break-2027-03-08"], []),
        # The class of another weekday, on the date of the swap.
        ("kinds", "2027-02-18T17:00:00Z", "week-3", ["crossings", "review-session"], []),
        # Both meetings of one day wear the mark.
        ("kinds", "2027-03-03T17:00:00Z", "week-5", ["to-be-decided-4", "midterm"], []),
        ("recess", "2024-09-26T03:00:00Z", "week-of-2024-09-23", ["break-2024-09-23"], []),
        ("recess", "2024-09-24T03:00:00Z", "week-of-2024-09-23", ["break-2024-09-23"], []),
        ("odd-weeks", "2026-10-07T10:00:00Z", None, ["tbd-2"], ["No class this week, next: Mon 12 Oct"]),
        (
            "odd-weeks",
            "2026-10-21T10:00:00Z",
            None,
            ["break-2026-10-26"],
            ["No class this week, next: Mon 9 Nov"],
        ),
        # A break's row says "Today" on all days of the break, in each week anew.
        ("new-year", "2026-12-27T18:14:59Z", "week-2", ["break-2026-12-24"], []),
        ("new-year", "2026-12-27T18:15:00Z", "week-3", ["break-2026-12-28"], []),
        ("new-year", "2027-01-02T12:00:00Z", "week-3", ["break-2026-12-28"], []),
        ("new-year", "2027-01-03T00:00:00Z", "week-3", ["over-2"], []),
        # On a day of a break without a row, what is on names it.
        ("sundays", "2027-03-13T20:00:00Z", "week-1", ["break-2027-03-14"], ["Spring break, until Sun 21 Mar"]),
        ("sundays", "2027-04-16T20:00:00Z", None, ["break-2027-04-25"], ["Research weeks, until Sun 25 Apr"]),
        ("sundays", "2027-03-03T20:00:00Z", "week-0", ["break-2027-03-03"], []),
    ],
)
def test_other_courses(
    open_page: OpenPage,
    serve: Serve,
    build_site: BuildSite,
    course: str,
    now: str,
    week: str | None,
    next_rows: list[str],
    headings: list[str],
) -> None:
    page = open_page(serve(build_site(COURSES / course)), now=at(now))
    shown = read_shown(page)
    assert shown.weeks == ([week] if week else [])
    assert shown.next == next_rows
    assert shown.headings == headings


# Groups on Tuesday and Thursday, with a day between, and on Thursday and Friday.
GROUPS = {
    "2027-02-08T18:00:00Z": ("tbd-2", "Today"),
    "2027-02-09T05:59:59Z": ("tbd-2", "Today"),
    "2027-02-09T06:00:00Z": ("clocks", "Today"),
    "2027-02-10T06:00:00Z": ("clocks", "Next"),
    "2027-02-11T05:59:59Z": ("clocks", "Next"),
    "2027-02-11T06:00:00Z": ("clocks", "Today"),
    "2027-02-12T06:00:00Z": ("tbd-3", "Next"),
    "2027-03-03T18:00:00Z": ("tbd-lab-3", "Next"),
    "2027-03-04T18:00:00Z": ("tbd-lab-3", "Today"),
    "2027-03-05T18:00:00Z": ("tbd-lab-3", "Today"),
    "2027-03-06T05:59:59Z": ("tbd-lab-3", "Today"),
    "2027-03-06T06:00:00Z": ("tbd-6", "Next"),
}


def test_marks_follow_the_clock_through_weeks_with_groups(
    open_page: OpenPage, serve: Serve, build_site: BuildSite
) -> None:
    page = open_page(serve(build_site(COURSES / "labs")), now=at("2027-01-01T12:00:00Z"), timezone="Asia/Tokyo")
    found = {}
    for now in GROUPS:
        page.clock.set_fixed_time(at(now))
        page.evaluate("dispatchEvent(new Event('focus'))")
        shown = read_shown(page)
        found[now] = (*shown.next, *shown.marks[shown.next[0]][-1:])
    assert found == GROUPS


# A lab whose groups meet on Thursday afternoon and in the morning and at noon of Friday.
DISTANCES_OF_GROUPS = {
    "2027-03-03T18:00:00Z": "Next Thu 4 – Fri 5 Mar tomorrow",
    "2027-03-04T18:00:00Z": "Today Thu 4 – Fri 5 Mar in 2 hours",
    "2027-03-04T21:00:00Z": "Today Thu 4 – Fri 5 Mar now, until 15:50",
    # Nothing that is on another day is said of today.
    "2027-03-04T21:50:00Z": "Today Thu 4 – Fri 5 Mar",
    "2027-03-05T06:00:00Z": "Today Thu 4 – Fri 5 Mar in 9 hours",
    "2027-03-05T16:50:00Z": "Today Thu 4 – Fri 5 Mar in 10 minutes",
    "2027-03-05T21:50:00Z": "Today Thu 4 – Fri 5 Mar over",
}


def test_distances_agree_with_the_mark(open_page: OpenPage, serve: Serve, build_site: BuildSite) -> None:
    page = open_page(serve(build_site(COURSES / "labs")), now=at("2027-01-01T12:00:00Z"), timezone="America/Chicago")
    found = {}
    for now in DISTANCES_OF_GROUPS:
        page.clock.set_fixed_time(at(now))
        page.evaluate("dispatchEvent(new Event('focus'))")
        entry = page.locator(".now .entry").filter(has=page.locator("[href*='tbd-lab-3']"))
        found[now] = " ".join(entry.locator(".eyebrow").inner_text().split())
    assert found == DISTANCES_OF_GROUPS


PAST_LINES = """
course: Mondays
term:
  starts: 2027-03-01
  ends: 2027-03-31
  timezone: America/Chicago
  meets: {day: Monday, time: 10:00-12:00}
schedule: [{topic: A}, {topic: B}, {topic: C}, {topic: D}, {topic: E}]
assignments:
  - {title: Sheet, id: sheet, due: 2027-03-02 9:00}
  - {title: Report, id: report, due: 2027-03-02 18:00}
  - {title: Poster, id: poster, due: 2027-03-16, out: 2027-03-04 8:00}
"""


def test_lines_of_deadlines_are_gray_when_the_last_of_them_is_past(
    open_page: OpenPage, serve: Serve, build_site: BuildSite, tmp_path: Path
) -> None:
    folder = write_course(tmp_path / "course", {"syllabus.yaml": PAST_LINES})
    page = open_page(serve(build_site(folder, "2027-02-01")), now=at("2027-02-01T12:00:00Z"))
    lines = "(all) => all.map((each) => each.querySelector('.day').textContent)"
    for now, past in {
        "2027-03-02T15:00:00Z": [],
        "2027-03-02T23:59:59Z": [],
        "2027-03-03T00:00:00Z": ["Tue 2 Mar"],
        "2027-03-04T14:00:00Z": ["Tue 2 Mar", "Thu 4 Mar"],
        "2027-02-01T12:00:00Z": [],
    }.items():
        page.clock.set_fixed_time(at(now))
        page.evaluate("dispatchEvent(new Event('focus'))")
        assert page.locator(".line.past").evaluate_all(lines) == past
        baked = open_page(
            serve(build_site(folder, f"{at(now).astimezone(CHICAGO):%Y-%m-%dT%H:%M:%S}")), javascript=False
        )
        assert baked.locator(".line.past").evaluate_all(lines) == past


def test_groups_are_there_without_the_script_and_in_print(
    open_page: OpenPage, serve: Serve, build_site: BuildSite
) -> None:
    page = open_page(serve(build_site(COURSES / "labs", "2027-03-31")), javascript=False)
    page.emulate_media(media="print")
    lines = page.locator("tr[id='tbd-lab-6'] .groups li")
    assert lines.all_inner_texts() == [
        "A: no class (Good Friday)",
        "B: no class (Good Friday)",
        "C Thu 14:00–15:50 L440",
    ]
    assert [each.get_attribute("data-for") for each in lines.all()] == ["group-lab A", "group-lab B", "group-lab C"]
    assert page.locator(".now .groups li").all_inner_texts() == lines.all_inner_texts()
    assert page.get_attribute("tr[id='tbd-lab-6']", "data-spans") is None


# --- The build's answer and the script's are the same ---------------------------------------------------------


def turning_points(course: Path) -> list[datetime]:
    """Return instants around which the answer may change: a second before and at each bound, and far off."""
    plan = make_in_memory(course, at("2027-01-01T00:00:00Z")).plan
    schedule = plan.schedule
    bounds = {bound for week in schedule.weeks for bound in (week.begins_at, week.finishes_at)}
    bounds |= {bound for row in schedule.meetings for span in row.spans for bound in span}
    bounds |= {bound for each in schedule.silent for span in each.spans for bound in span}
    bounds |= {deadline.at.astimezone(UTC) + timedelta(seconds=1) for deadline in schedule.deadlines if deadline.at}
    bounds |= {each.at.astimezone(UTC) + timedelta(seconds=1) for each in list_exam_dates(schedule) if each.at}
    bounds |= {bound for row in schedule.meetings for sitting in list_sittings(row) for bound in sitting}
    bounds |= {end_event(each, plan.course.syllabus.term.zone).astimezone(UTC) for each in schedule.events}
    bounds |= ends_of_office_hours(plan)
    ordered = sorted(bounds)
    inside = [first + (last - first) / 2 for first, last in pairwise(ordered)]
    around = [bound - timedelta(seconds=1) for bound in ordered] + ordered + inside
    return sorted({*around, ordered[0] - timedelta(days=120), ordered[-1] + timedelta(days=120)})


def ends_of_office_hours(plan: Plan) -> set[datetime]:
    """Return when the office hours of the first two weeks end."""
    syllabus = plan.course.syllabus
    days = [syllabus.term.starts + timedelta(days=each) for each in range(14)]
    return {
        datetime.combine(day, hour.time.end, syllabus.term.zone).astimezone(UTC)
        for day in days
        for hour in join_hours(plan)
        if hour.time is not None and hour.day == day.weekday()
    }


def differences(page: Page, course: Path, instants: Sequence[datetime]) -> list[str]:
    """Return the instants for which the page, at that time, differs from the page built at that time."""
    found, memory = list[str](), Memory()
    for now in instants:
        page.clock.set_fixed_time(now)
        page.evaluate("dispatchEvent(new Event('focus'))")
        baked = read_whole(make_in_memory(course, now, memory).artifacts["index.html"]).decode("utf-8")
        scripted = read_picture(page)
        found += [f"{now:%Y-%m-%dT%H:%M:%SZ}: {why}" for why in unequal(read_picture(page, baked), scripted)]
    return found


def unequal(baked: dict[str, Any], scripted: dict[str, Any]) -> list[str]:
    assert baked.keys() == scripted.keys()
    return [f"{key}: baked {baked[key]}, scripted {scripted[key]}" for key in baked if baked[key] != scripted[key]]


EACH_COURSE = pytest.mark.parametrize(
    "course", ["kinds", "recess", "odd-weeks", "weekend", "new-year", "everything", "labs", "sundays", "whole"]
)
EACH_HIGHLIGHT = pytest.mark.parametrize("highlight", ["this week", "next meeting"])


def course_with(course: str, highlight: str, folder: Path) -> Path:
    """Return the folder of a mini course, or of the one at the top, with this highlight."""
    source = ROOT if course == "whole" else COURSES / course
    return follow_next(source, folder / course) if highlight == "next meeting" else source


def every(instants: Sequence[datetime], count: int) -> Sequence[datetime]:
    """Return about so many of the instants, of each sort: the sorts alternate by three."""
    step = max(1, len(instants) // count)
    return instants[:: step + 1 if step % 3 == 0 else step]


@pytest.mark.parametrize(
    ("course", "highlight"),
    [
        ("recess", "next meeting"),
        ("everything", "this week"),
        ("labs", "this week"),
        ("sundays", "this week"),
        pytest.param("sundays", "next meeting", marks=pytest.mark.slow),
        pytest.param("everything", "next meeting", marks=pytest.mark.slow),
        pytest.param("recess", "this week", marks=pytest.mark.slow),
    ],
)
def test_the_script_renders_what_the_build_bakes(
    open_page: OpenPage, serve: Serve, build_site: BuildSite, tmp_path: Path, course: str, highlight: str
) -> None:
    folder = course_with(course, highlight, tmp_path)
    instants = turning_points(folder)
    page = open_page(serve(build_site(folder)), now=instants[-1])
    # Backwards too: what the script left behind from a later day must not show.
    assert differences(page, folder, [*every(instants, 6), *reversed(every(instants, 3))]) == []


@pytest.mark.slow
@EACH_HIGHLIGHT
@EACH_COURSE
def test_the_script_renders_what_the_build_bakes_at_every_turn(
    open_page: OpenPage, serve: Serve, build_site: BuildSite, tmp_path: Path, course: str, highlight: str
) -> None:
    folder = course_with(course, highlight, tmp_path)
    instants = turning_points(folder)
    page = open_page(serve(build_site(folder)), now=instants[-1])
    assert differences(page, folder, instants) == []


def test_what_is_due_next(open_page: OpenPage, serve: Serve, build_site: BuildSite) -> None:
    """Around a deadline, and in the weeks after the last class that hold a deadline or nothing."""
    folder = ROOT / "examples" / "umass-cs692s-fa20"
    instants = [
        at(text)
        for text in (
            "2020-08-20T12:00:00-04:00",
            "2020-09-08T23:58:59-04:00",
            "2020-09-08T23:59:00-04:00",
            "2020-09-08T23:59:01-04:00",
            "2020-09-20T23:59:30-04:00",
            "2020-11-18T11:15:01-05:00",
            "2020-11-25T12:00:00-05:00",
            "2020-12-02T12:00:00-05:00",
            "2020-12-04T23:59:01-05:00",
            "2020-12-08T12:00:00-05:00",
        )
    ]
    page = open_page(serve(build_site(folder, "2020-09-01")), now=instants[0], timezone="Europe/London")
    assert differences(page, folder, instants) == []
    assert due_next(page) == []
    for now, expected in DUE_NEXT.items():
        page.clock.set_fixed_time(at(now))
        page.evaluate("dispatchEvent(new Event('focus'))")
        assert due_next(page) == expected, now


# In New York; the reader is in London.
DUE_NEXT = {
    "2020-09-09T03:58:59Z": [
        "Tue 8 Sep in 1 minute Paper reviews 23:59 for Efficient Training II Wed 4:59 your time",
        "Sun 20 Sep in 12 days Problem identified (Course project) 23:59 · 3-credit section, tentative"
        " Mon 4:59 your time",
    ],
}


def due_next(page: Page) -> list[str]:
    """Return what is due next, as it is read."""
    return [" ".join(text.split()) for text in page.locator(".due-next li:visible").all_inner_texts()]
