"""The calendars: which there are, what is in them as a program that is not ours reads it, and how events change."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from courseweek.diagnostics import Diagnostics
from courseweek.files.project import Project
from courseweek.files.stored import read_whole
from courseweek.model.published import Published
from courseweek.outputs.data import make_course_json
from courseweek.outputs.exports import list_exports
from courseweek.pipeline import Site, make_site
from courseweek.plan.plan import Plan
from courseweek.published.events import clean
from tests.conftest import BuildSite
from tests.sites import COURSES, ROOT, make_in_memory, write_course

EXAMPLES = [path.parent for path in sorted((ROOT / "examples").glob("*/syllabus.yaml"))]
WHOLE = [ROOT, *EXAMPLES, *(path.parent for path in sorted(COURSES.glob("*/syllabus.yaml")))]
NOW = datetime(2027, 1, 11, 9, 20, 30, tzinfo=UTC)
TITLES = {
    "two-lines": ('"One\\r\\nATTENDEE:mailto:a@example.edu"', "One ATTENDEE:mailto:a@example.edu"),
    "end": ('"END:VCALENDAR"', "END:VCALENDAR"),
    "separator": ('"a\\u2028b\\u2029c"', "a b c"),
    "accents": ("é" * 90, "é" * 90),
    "faces": ("😀" * 60, "😀" * 60),
    "line": ("x" * 75, "x" * 75),
    "escapes": ('"a;b,c\\\\d\\\\n: \\"e\\""', 'a;b,c\\d\\n: "e"'),
    "colon": ('":"', ":"),
    "long": ("y" * 10_000, "y" * 499 + "…"),
}
"""Titles of topics as they are written in YAML, and as a calendar has them."""
HOSTILE = f"""
course: {{title: "Knots, bends; \\\\ and\\u2028hitches", url: "https://example.edu/knots/"}}
term: {{starts: 2027-01-25, ends: 2027-05-07, timezone: America/Santiago, meets: {{days: [Mon, Wed], time: 9-10}}}}
staff: [{{name: "A;B", office_hours: [{{day: Mon, time: 9-10, place: "C,D"}}]}}]
events: [{{name: "END:VEVENT", date: 2027-02-01, note: "BEGIN:VALARM"}}]
schedule:
{"".join(f"  - {{topic: {written}, id: {id}}}{chr(10)}" for id, (written, _) in TITLES.items())}
assignments: [{{title: "STATUS:CANCELLED", due: 2027-04-03 23:59}}]
"""
LABS = """
course: {title: Digital circuits, code: DC 1}
term:
  starts: 2027-01-25
  ends: 2027-03-26
  timezone: America/Chicago
  meets:
    - {days: [Tue, Thu], time: 12:00-13:00, place: Siebel 1404, kind: Lecture}
    - kind: Lab
      groups:
        - {name: A, day: Friday, time: 9:00-10:50, place: L416}
        - {name: a!, day: Friday, time: 11:00-12:50, place: L417}
        - {name: "★", day: Thursday, time: 14:00-15:50}
  breaks:
    - {from: 2027-02-15, to: 2027-02-19, name: Winter break}
    - {date: 2027-03-05, name: No lab, kind: Lab}
    - {date: 2027-03-09, name: Power outage}
schedule:
  Lecture: [{topic: Gates, id: gates}, {topic: TBD, times: rest}]
  Lab: [{topic: Tools, id: tools}, {topic: TBD, times: rest}]
assignments:
  - {title: Essay, due: 2027-03-02, for: Three credits, accepted_until: 2027-03-05 12:00}
  - {title: Poster, due: 2027-03-03, for: One credit}
  - {title: Sheet, due: TBD, out: 2027-02-01}
grading:
  - {scheme: Three credits, parts: {Essay: 100%}}
  - {scheme: One credit, parts: {Poster: 100%}}
"""
ONE = """
course: {{title: Knots, url: {url}}}
term: {{starts: 2027-01-25, ends: 2027-05-07, timezone: {zone}, meets: {{day: Mon, time: "{time}"}}}}
schedule: [{{topic: Bends, id: bends}}, {{topic: Hitches, id: hitches}}]
assignments: [{{title: Sheet, id: sheet, due: {due}}}]
"""


def write_one(
    folder: Path, zone: str = "UTC", due: str = "2027-02-01", time: str = "9-10", url: str = "https://example.edu/a"
) -> Path:
    return write_course(folder, {"syllabus.yaml": ONE.format(zone=zone, due=due, time=time, url=url)})


def read_calendar(data: bytes) -> dict[str, Any]:
    """Return the events of a calendar by UID, as icalendar reads them; each UID once."""
    events: list[Any] = icalendar.Calendar.from_ical(data).walk("VEVENT")
    found = {str(each["UID"]): each for each in events}
    assert len(found) == len(events)
    return found


def calendars_of(site: Site) -> dict[str, bytes]:
    """Return the calendars of a site by path."""
    return {path: read_whole(data) for path, data in sorted(site.artifacts.items()) if path.endswith(".ics")}


def make(folder: Path, syllabus: str, now: datetime = NOW, files: Mapping[str, str] | None = None) -> dict[str, bytes]:
    """Return the calendars of a course with this syllabus."""
    return calendars_of(make_in_memory(write_course(folder, {"syllabus.yaml": syllabus, **(files or {})}), now))


def expect(course: Mapping[str, Any]) -> Counter[tuple[Any, ...]]:
    """Return the kinds and times of all events that `course.json` has, but for breaks and office hours."""
    found: Counter[tuple[Any, ...]] = Counter()
    for each in course["meetings"]:
        if each["break"] or each["date"] is None:
            continue
        for some in [group for group in each["groups"] if not group["cancelled"]] or [each]:
            found["meeting", *span(some["start"], each["until"] or some["end"], some["date"], some["date"])] += 1
    for each in course["deadlines"]:
        if each["at"] is not None and each["kind"] != "out":
            found["deadline", instant(each["at"]), None] += 1
    for each in course["events"]:
        found["event", *span(each["start"], each["end"], each["date"], each["end_date"])] += 1
    return found


def span(start: str | None, end: str | None, first: str, last: str) -> tuple[Any, Any]:
    if start is None:
        return date.fromisoformat(first), instant(end) if end else date.fromisoformat(last) + timedelta(days=1)
    return instant(start), instant(end or "")


def instant(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def times(event: Any) -> tuple[Any, Any]:
    return event["DTSTART"].dt, event["DTEND"].dt if "DTEND" in event else None


def check_lines(data: bytes) -> None:
    """Hold a file to RFC 5545 by its lines alone, and to what is never in one."""
    assert data.endswith(b"END:VCALENDAR\r\n")
    assert data.count(b"\r\n") == data.count(b"\n") == data.count(b"\r")
    for line in data.split(b"\r\n"):
        assert len(line) <= 75
        line.decode("utf-8")
    names = {line.partition(":")[0] for line in data.decode().replace("\r\n ", "").split("\r\n")[:-1]}
    empty = [line for line in data.decode().replace("\r\n ", "").split("\r\n")[:-1] if line.endswith(":")]
    assert not {each.partition(":")[0] for each in empty} - {"SUMMARY"}
    assert {each.partition(";")[0] for each in names} <= {
        *("BEGIN", "END", "VERSION", "PRODID", "CALSCALE", "METHOD", "NAME", "X-WR-CALNAME", "X-WR-CALDESC"),
        *("REFRESH-INTERVAL", "X-PUBLISHED-TTL", "UID", "DTSTAMP", "LAST-MODIFIED", "SEQUENCE", "DTSTART", "DTEND"),
        *("SUMMARY", "LOCATION", "DESCRIPTION", "URL", "TRANSP"),
    }
    assert {each for each in names if ";" in each} <= {
        *("DTSTART;VALUE=DATE", "DTEND;VALUE=DATE", "REFRESH-INTERVAL;VALUE=DURATION")
    }


def check_site(calendars: Mapping[str, bytes], course: Mapping[str, Any]) -> None:
    """Hold each event of all calendars against `course.json`."""
    zone = course["term"]["timezone"]
    listed = {path: read_calendar(data) for path, data in calendars.items()}
    everything = {**listed.get("calendar.ics", {}), **listed.get("office-hours.ics", {})}
    expected = expect(course)
    kinds = ("meeting", "deadline", "event")
    found = Counter(
        (kind, *times(each)) for uid, each in everything.items() if (kind := uid.partition("-")[0]) in kinds
    )
    windows = {each["date"]: each["until"] for each in course["meetings"] if each["until"] and not each["start"]}
    for first, until in windows.items():  # without a time it begins with its day
        begins = datetime.combine(date.fromisoformat(first), datetime.min.time(), ZoneInfo(zone))
        expected["meeting", begins.astimezone(UTC), instant(until)] += expected.pop(
            ("meeting", date.fromisoformat(first), instant(until))
        )
    assert found == expected
    breaks = [times(each) for uid, each in everything.items() if uid.startswith("break-")]
    for each in course["meetings"]:
        if each["break"]:
            assert any(first <= date.fromisoformat(each["date"]) < end for first, end in breaks), each["id"]
    blocks: dict[str, bytes] = {}
    for path, data in calendars.items():
        check_lines(data)
        assert listed[path], path
        for block in data.split(b"BEGIN:VEVENT\r\n")[1:]:
            uid = block.replace(b"\r\n ", b"").partition(b"UID:")[2].partition(b"\r\n")[0].decode()
            event_lines = block.partition(b"END:VEVENT\r\n")[0]
            assert blocks.setdefault(uid, event_lines) == event_lines
    for uid, event in everything.items():
        remembered = course["memory"]["events"][uid]
        changed = datetime.fromisoformat(remembered["changed_at"])
        assert event["DTSTAMP"].dt == event["LAST-MODIFIED"].dt == changed
        assert event["SEQUENCE"] == remembered["sequence"]
        timed = isinstance(event["DTSTART"].dt, datetime)
        if not timed or not uid.startswith("meeting-"):
            assert event["TRANSP"] == "TRANSPARENT"
        if timed:
            assert event["DTSTART"].dt.utcoffset() == timedelta(0)
            assert event["DESCRIPTION"].splitlines()[0].endswith(f"{zone.removeprefix('Etc/')})")
    assert {uid for some in listed.values() for uid in some} == set(everything)


@pytest.mark.parametrize("course", WHOLE, ids=lambda path: path.name)
def test_each_event_is_one_of_course_json(build_site: BuildSite, course: Path) -> None:
    site = build_site(course)
    calendars = {path.relative_to(site).as_posix(): path.read_bytes() for path in sorted(site.rglob("*.ics"))}
    made = json.loads((site / "course.json").read_bytes())
    assert ("calendar.ics" in calendars) == bool(made["meetings"] or made["events"])
    check_site(calendars, made)


@pytest.mark.parametrize("syllabus", [HOSTILE, LABS], ids=["hostile", "labs"])
def test_each_event_of_a_course_with_everything(tmp_path: Path, syllabus: str) -> None:
    site = make_in_memory(write_course(tmp_path, {"syllabus.yaml": syllabus}), NOW)
    check_site(calendars_of(site), json.loads(read_whole(site.artifacts["course.json"])))


@pytest.mark.parametrize("id", TITLES)
def test_titles_that_would_be_more_than_a_title(tmp_path: Path, id: str) -> None:
    made = make(tmp_path, HOSTILE)
    event = read_calendar(made["calendar.ics"])[f"meeting-{id}.2027-01-25@example.edu/knots"]
    assert event["SUMMARY"] == TITLES[id][1]
    assert read_calendar(made[f"meetings/{id}.ics"])[event["UID"]] == event
    whole: Any = icalendar.Calendar.from_ical(made["calendar.ics"])
    assert whole["NAME"] == whole["X-WR-CALNAME"] == r"Knots\, bends\; \\ and hitches"
    assert [each.name for each in whole.walk() if each.name not in ("VEVENT", "VCALENDAR")] == []


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("a\r\nb\x00\x0bc\x85d\x7fe\tf", "a b c de f"),
        ("\u202ea\u2066b\u2069\ufeff", "ab"),
        (" \n ", ""),
        ("\x00", ""),
        ("👩\u200d💻 \u200fא", "👩\u200d💻 \u200fא"),
    ],
)
def test_a_text_is_one_line(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


def test_a_long_title_is_folded_between_letters(tmp_path: Path) -> None:
    lines = make(tmp_path, HOSTILE)["meetings/accents.ics"].split(b"\r\n")
    first = next(at for at, line in enumerate(lines) if line.startswith(b"SUMMARY:"))
    assert [len(line) for line in lines[first : first + 3]] == [74, 75, 41]
    assert "".join(line.decode().removeprefix(" ") for line in lines[first : first + 3]) == f"SUMMARY:{'é' * 90}"


@pytest.mark.parametrize(
    ("zone", "due", "at"),
    [
        # The hour from 23:00 on comes twice; the first one is meant.
        ("America/Santiago", "2027-04-03 23:59", "2027-04-04T02:59:00+00:00"),
        ("America/Santiago", "2027-04-05 23:59", "2027-04-06T03:59:00+00:00"),
        ("Africa/Cairo", "2026-10-29 23:59", "2026-10-29T20:59:00+00:00"),
        # In the month of Ramadan the clocks are an hour back.
        ("Africa/Casablanca", "2025-02-20 23:59", "2025-02-20T22:59:00+00:00"),
        ("Africa/Casablanca", "2025-03-20 23:59", "2025-03-20T23:59:00+00:00"),
        ("Africa/Casablanca", "2025-04-10 23:59", "2025-04-10T22:59:00+00:00"),
        # The clocks change by half an hour.
        ("Australia/Lord_Howe", "2027-04-03 23:59", "2027-04-03T12:59:00+00:00"),
        ("Australia/Lord_Howe", "2027-04-04 01:45", "2027-04-03T14:45:00+00:00"),
        ("Australia/Lord_Howe", "2027-04-04 23:59", "2027-04-04T13:29:00+00:00"),
        ("Asia/Kathmandu", "2027-04-04 23:59", "2027-04-04T18:14:00+00:00"),
    ],
)
def test_deadlines_are_at_their_instants(tmp_path: Path, zone: str, due: str, at: str) -> None:
    day = date.fromisoformat(due[:10])
    starts, ends = day - timedelta(days=70), day + timedelta(days=50)
    syllabus = ONE.format(zone=zone, due=due, time="9-10", url="https://example.edu/a")
    made = make(tmp_path, syllabus.replace("2027-01-25", str(starts)).replace("2027-05-07", str(ends)))
    event = read_calendar(made["deadlines.ics"])[f"deadline-sheet-due.{starts}@example.edu/a"]
    assert event["DTSTART"].dt == datetime.fromisoformat(at)
    assert "DTEND" not in event
    assert event["TRANSP"] == "TRANSPARENT"
    assert event["SUMMARY"] == "Due: Sheet"


def test_an_event_as_it_is_written(tmp_path: Path) -> None:
    files = {"readings.yaml": "bends:\n  required: [{title: 'On bends, I', authors: [Ada Byron, Bo Li, Cy Orr]}]\n"}
    made = make(
        tmp_path,
        ONE.format(zone="America/Los_Angeles", due="TBD", time="13-16", url="https://example.edu/a/"),
        files=files,
    )
    assert made["meetings/bends.ics"].decode().split("\r\n") == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Courseweek//Courseweek//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        "SUMMARY:Bends",
        "DTSTART:20270125T210000Z",
        "DTEND:20270126T000000Z",
        "DTSTAMP:20270111T092030Z",
        "UID:meeting-bends.2027-01-25@example.edu/a",
        "SEQUENCE:3697040",
        "DESCRIPTION:Mon 25 Jan\\, 13:00–16:00 (Pacific time\\, America/Los_Angeles",
        " )\\nRequired:\\n- On bends\\, I (Byron et al.)\\nhttps://example.edu/a/meeting",
        " s/bends.html",
        "LAST-MODIFIED:20270111T092030Z",
        "TRANSP:OPAQUE",
        "URL:https://example.edu/a/meetings/bends.html",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]
    assert "deadlines.ics" not in made
    calendar: Any = icalendar.Calendar.from_ical(made["calendar.ics"])
    assert calendar["REFRESH-INTERVAL"].dt == timedelta(hours=6)
    assert str(calendar["X-PUBLISHED-TTL"]) == "PT6H" or calendar["X-PUBLISHED-TTL"].to_ical() == b"PT6H"


def test_the_calendars_of_groups_and_schemes(tmp_path: Path) -> None:
    made = make(tmp_path, LABS)
    named = {path: str(icalendar.Calendar.from_ical(data).get("NAME")) for path, data in made.items()}
    assert {path: name for path, name in named.items() if not path.startswith("meetings/")} == {
        "calendar-common.ics": "DC 1: For all groups",
        "calendar-lab-a-2.ics": "DC 1: Lab group a!",
        "calendar-lab-a.ics": "DC 1: Lab group A",
        "calendar-lab-group.ics": "DC 1: Lab group ★",
        "calendar.ics": "DC 1",
        "deadlines-one-credit.ics": "DC 1: Deadlines: One credit",
        "deadlines-three-credits.ics": "DC 1: Deadlines: Three credits",
        "deadlines.ics": "DC 1: Deadlines",
        "meetings.ics": "DC 1: Meetings",
    }
    assert [path for path in made if "tools" in path] == [
        *("meetings/tools.a-2.ics", "meetings/tools.a.ics", "meetings/tools.group.ics")
    ]
    titles = {path: [str(each["SUMMARY"]) for each in read_calendar(data).values()] for path, data in made.items()}
    assert titles["meetings/tools.a.ics"] == ["Tools (A)"]
    assert set(titles["calendar-lab-a.ics"]) == {"Tools (A)", "TBD (A)"}
    assert [each for each in titles["calendar.ics"] if "Tools" in each] == ["Tools (A)", "Tools (a!)", "Tools (★)"]
    assert not any("(" in each for each in titles["calendar-common.ics"] if "Lab" not in each)
    assert titles["deadlines-one-credit.ics"] == ["Due: Poster"]
    assert titles["deadlines.ics"] == ["Due: Essay", "Due: Poster"]
    events = read_calendar(made["calendar.ics"])
    assert "meeting-tools-a.2027-01-25@dc-1" in events
    essay = events["deadline-essay-due.2027-01-25@dc-1"]
    assert essay["DESCRIPTION"].splitlines() == [
        "Tue 2 Mar, 23:59 (Central time, America/Chicago)",
        "Three credits",
        "accepted until Fri 5 Mar, 12:00",
    ]
    assert "URL" not in essay


def test_breaks_are_whole_days(tmp_path: Path) -> None:
    made = read_calendar(make(tmp_path, LABS)["meetings.ics"])
    breaks = {str(each["SUMMARY"]): times(each) for uid, each in made.items() if uid.startswith("break-")}
    assert breaks == {
        "No class: Winter break": (date(2027, 2, 15), date(2027, 2, 20)),
        "No class (Lab): No lab": (date(2027, 3, 5), date(2027, 3, 6)),
        "No class: Power outage": (date(2027, 3, 9), date(2027, 3, 10)),
    }


def test_office_hours_of_each_week(tmp_path: Path) -> None:
    syllabus = LABS + "staff: [{name: Ada, office_hours: [{days: [Mon, Tue], time: 9-10, place: R 2}]}]\n"
    made = read_calendar(make(tmp_path, syllabus)["office-hours.ics"])
    assert {str(each["SUMMARY"]) for each in made.values()} == {"Office hours: Ada"}
    days = [each["DTSTART"].dt.astimezone(UTC).date() for each in made.values()]
    lost = {date(2027, 2, 15), date(2027, 2, 16), date(2027, 3, 9)}
    weeks = [date(2027, 1, 25) + timedelta(weeks=week, days=day) for week in range(9) for day in (0, 1)]
    assert days == [each for each in weeks if each not in lost]
    assert "hours-ada-2027-01-25.2027-01-25@dc-1" in made
    # A day after the clocks changed is at the same local time.
    assert made["hours-ada-2027-03-15.2027-01-25@dc-1"]["DTSTART"].dt == datetime(2027, 3, 15, 14, tzinfo=UTC)


def test_three_hundred_events(tmp_path: Path) -> None:
    topics = "".join(
        f"  - {{topic: 'Topic {number}: {'ü' * (number % 70)}', id: t{number}}}\n" for number in range(300)
    )
    syllabus = f"""
course: Knots
term: {{starts: 2027-01-04, ends: 2028-02-25, timezone: UTC, meets: {{days: Mon-Fri, time: 9-10}}}}
schedule:
{topics}"""
    made = make(tmp_path, syllabus)
    check_lines(made["calendar.ics"])
    events = read_calendar(made["calendar.ics"])
    assert [str(events[f"meeting-t{n}.2027-01-04@knots"]["SUMMARY"]) for n in range(300)] == [
        f"Topic {n}: {'ü' * (n % 70)}".strip() for n in range(300)
    ]


def plan_of(site: Site, now: datetime, published: Mapping[str, Any] | None = None) -> Plan:
    return replace(site.plan, now=now, published=Published(published) if published is not None else None)


def remake(folder: Path, syllabus: str, now: datetime, published: Mapping[str, Any] | None) -> tuple[Any, bytes]:
    """Return `course.json` and the calendar of a course, with what was published before."""
    site = make_in_memory(write_course(folder, {"syllabus.yaml": syllabus}), now)
    plan = plan_of(site, now, published)
    return json.loads(make_course_json(plan)), list_exports(plan.course, plan.schedule)["calendar.ics"](plan)


LATER = NOW + timedelta(days=30)


def test_what_stays_the_same_has_the_same_bytes_on_a_later_day(tmp_path: Path) -> None:
    course, first = remake(tmp_path, LABS, NOW, None)
    again, later = remake(tmp_path, LABS, LATER, course)
    assert (again, later) == (course, first)


def test_a_moved_class_keeps_its_uid_and_grows(tmp_path: Path) -> None:
    course, first = remake(tmp_path, LABS, NOW, None)
    moved = LABS.replace("topic: Gates, id: gates", "topic: Gates, id: gates, date: 2027-02-02")
    changed, later = remake(tmp_path, moved, LATER, course)
    uid = "meeting-gates.2027-01-25@dc-1"
    before, after = read_calendar(first)[uid], read_calendar(later)[uid]
    assert (before["DTSTART"].dt.day, after["DTSTART"].dt.day) == (26, 2)
    assert after["SEQUENCE"] - before["SEQUENCE"] == 30 * 24 * 60
    assert after["LAST-MODIFIED"].dt == LATER
    assert "STATUS" not in after
    tools = "meeting-tools-a.2027-01-25@dc-1"
    assert read_calendar(first)[tools] == read_calendar(later)[tools]
    assert [each["changed_at"] for each in changed["meetings"] if each["id"] in ("gates", "tools")] == [
        *("2027-01-11T03:20:30-06:00", "2027-02-10T03:20:30-06:00")
    ]
    # Twice within a minute, or with a clock that was set back, it still grows.
    undone, last = remake(tmp_path, LABS, NOW, changed)
    assert read_calendar(last)[uid]["SEQUENCE"] == after["SEQUENCE"] + 1
    assert read_calendar(last)[uid]["LAST-MODIFIED"].dt == LATER + timedelta(seconds=1)
    # Without the memory it grows by the clock.
    _, lost = remake(tmp_path, LABS, LATER + timedelta(minutes=5), None)
    assert read_calendar(lost)[uid]["SEQUENCE"] > read_calendar(last)[uid]["SEQUENCE"]
    assert undone["memory"]["base"] == "dc-1"


def test_the_end_of_uids_stays_when_the_address_changes(tmp_path: Path) -> None:
    course, first = remake(tmp_path, LABS, NOW, None)
    placed = LABS.replace("code: DC 1}", "code: DC 1, url: https://example.edu/dc}")
    _, later = remake(tmp_path, placed, LATER, course)
    assert set(read_calendar(first)) == set(read_calendar(later))
    assert all(uid.endswith("@example.edu/dc") for uid in read_calendar(remake(tmp_path, placed, LATER, None)[1]))


def test_a_new_order_changes_no_uid(tmp_path: Path) -> None:
    one = "{topic: Gates, id: gates, date: 2027-02-02}"
    two = "{topic: Clocks, id: clocks, date: 2027-02-09}"
    first = LABS.replace("{topic: Gates, id: gates}", f"{one}, {two}")
    second = LABS.replace("{topic: Gates, id: gates}", f"{two}, {one}")
    made = [make(tmp_path / name, syllabus)["calendar.ics"] for name, syllabus in (("a", first), ("b", second))]
    assert read_calendar(made[0]) == read_calendar(made[1])


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
UID = "meeting-bends.2027-01-25@example.edu/a"
ENTRY = st.fixed_dictionaries(
    {}, optional={"digest": JSON, "sequence": st.integers() | JSON, "changed_at": st.text() | JSON}
)
MEMORY = st.fixed_dictionaries({}, optional={"base": JSON, "events": JSON | st.fixed_dictionaries({UID: ENTRY | JSON})})


@pytest.fixture(scope="module")
def one_site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return make_in_memory(write_one(tmp_path_factory.mktemp("one")), NOW)


@given(memory=MEMORY | JSON)
def test_any_memory_is_data_from_outside(one_site: Site, memory: Any) -> None:
    plan = plan_of(one_site, NOW, {"memory": memory})
    data = list_exports(plan.course, plan.schedule)["calendar.ics"](plan)
    check_lines(data)
    for event in read_calendar(data).values():
        assert 0 <= event["SEQUENCE"] < 2**31


@pytest.mark.parametrize(
    "entry",
    [
        {"digest": "x", "sequence": 2**31 - 1, "changed_at": "2027-01-01T00:00:00+00:00"},
        {"digest": "x", "sequence": -5, "changed_at": "2027-01-01T00:00:00+00:00"},
        {"digest": "x", "sequence": True, "changed_at": "2027-01-01T00:00:00+00:00"},
        {"digest": "x", "sequence": 5, "changed_at": "9999-12-31T23:59:59+00:00"},
        {"digest": "x", "sequence": 5, "changed_at": "2027-01-01T00:00:00"},
        {"digest": "x", "sequence": 5, "changed_at": "soon"},
        {"digest": "x"},
        [],
    ],
)
def test_a_memory_of_another_shape_is_ignored(one_site: Site, entry: Any) -> None:
    def calendar(published: Mapping[str, Any] | None) -> bytes:
        plan = plan_of(one_site, NOW, published)
        return list_exports(plan.course, plan.schedule)["calendar.ics"](plan)

    assert calendar({"memory": {"events": {UID: entry}}}) == calendar(None)


def test_a_course_without_dates_has_no_calendar(tmp_path: Path) -> None:
    syllabus = "course: Knots\nterm: {starts: 2027-01-25, ends: 2027-05-07, timezone: UTC}\n"
    site = make_in_memory(write_course(tmp_path, {"syllabus.yaml": syllabus}), NOW)
    assert calendars_of(site) == {}
    assert "calendar.html" not in site.artifacts
    assert b"Add to your calendar" not in read_whole(site.artifacts["index.html"])


def test_no_page_for_meetings_no_calendar_for_one(tmp_path: Path) -> None:
    made = make(tmp_path, LABS + "site: {meeting_pages: no}\n")
    assert [path for path in made if "/" in path] == []


def test_a_file_of_the_course_may_not_have_the_name_of_a_calendar(tmp_path: Path) -> None:
    course = write_one(tmp_path)
    write_course(
        course,
        {
            "syllabus.yaml": (course / "syllabus.yaml").read_text(encoding="utf-8"),
            "assets/root/meetings/bends.ics": "x",
        },
    )
    found = Diagnostics()
    make_site(Project(course, course / "_site"), NOW, found)
    assert [each.message for each in found if each.severity == "error"] == [
        "this file becomes meetings/bends.ics, but the site already has meetings/bends.ics"
    ]
