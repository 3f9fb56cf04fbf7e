"""Announcements about meetings and on the home page: what is read, where it is shown, and that nothing is early."""

from __future__ import annotations

import json
import re
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from courseweek.files.stored import read_whole
from tests.mini import date_mini
from tests.sites import make_in_memory, write_course

SYLLABUS = """
course: Knots
term: {starts: 2027-01-25, ends: 2027-05-10, timezone: America/Los_Angeles, meets: {day: Monday}}
schedule: [{topic: Bends, id: bends}, {topic: Hitches, id: hitches}, {topic: Splices, id: splices, times: 14}]
"""
LOS_ANGELES = ZoneInfo("America/Los_Angeles")
UNTIL = {
    "": "2027-02-01",
    "until: 2027-01-26": "2027-01-26",
    "until: 2027-02-25": "2027-02-25",
    "until: Feb 3": "2027-02-03",
    "until: Wed, Feb 3": "2027-02-03",
    "until:": "2027-02-01",
}


@pytest.mark.parametrize("line", UNTIL)
def test_its_last_day(line: str, tmp_path: Path) -> None:
    files = {"content/announcements/2027-01-26-a.md": f"---\ntitle: A\n{line}\n---\nText.\n"}
    mini = date_mini(tmp_path, SYLLABUS, None, files)
    assert mini.found == []
    assert mini.course is not None
    (found,) = mini.course.announcements
    assert found.last_day == date.fromisoformat(UNTIL[line])


def test_a_date_without_a_year_is_of_the_year_of_the_announcement(tmp_path: Path) -> None:
    """One of the last term, which stays in the folder, is no error in the next."""
    files = {"content/announcements/2026-09-01-a.md": "---\nmeeting: sailing\nuntil: Sep 5\n---\nText.\n"}
    next_term = SYLLABUS.replace("2027-01-25", "2027-08-25").replace("2027-05-10", "2027-12-31")
    mini = date_mini(tmp_path, next_term, None, files)
    assert [each for each in mini.found if "error" in each] == []


FILES = {
    "syllabus.yaml": SYLLABUS,
    "content/announcements/2027-02-01-old.md": "---\nuntil: 2027-02-20\nmeeting: hitches\n---\n# Old news\n",
    "content/announcements/2027-02-03-new.md": "# Fresh news\n",
    "content/announcements/2027-02-03-draft.md": "---\ndraft: yes\nmeeting: hitches\n---\n# Never\n",
    "content/announcements/2027-02-09-late.md": "---\nmeeting: hitches\npublish_on: 2027-02-12\n---\n# Later\n",
}
HOME = {
    "2027-02-01": ["Old news"],
    "2027-02-03": ["Fresh news", "(Old news)"],
    "2027-02-10": ["Old news"],
    "2027-02-12": ["Later", "(Old news)"],
    "2027-02-21": [],
}


@pytest.mark.parametrize("day", HOME)
def test_the_home_page_and_the_data(day: str, tmp_path: Path) -> None:
    now = datetime.fromisoformat(day).replace(hour=12, tzinfo=LOS_ANGELES)
    made = make_in_memory(write_course(tmp_path, FILES), now).artifacts
    home = read_whole(made["index.html"]).decode("utf-8")
    top = re.findall(r'<p class="announced" [^>]*?Z"( hidden)?>.*?<a [^>]*>(.*?)</a>', home)
    assert [f"({title})" if hidden else title for hidden, title in top] == HOME[day]
    published = [("2027-02-12", "Later"), ("2027-02-03", "Fresh news"), ("2027-02-01", "Old news")]
    listed = json.loads(read_whole(made["course.json"]))["announcements"]
    assert [each["title"] for each in listed] == [title for on, title in published if on <= day]
    row = home[home.index('<tr id="hitches"') :].partition("</tr>")[0]
    about = [title for on, title in published if on <= day and title != "Fresh news"]
    assert re.findall(r"announcements.html#[^>]*>(.*?)</a>", row) == about
    assert (">Read before class<" in home, "Never" in home) == (False, False)


def test_the_data_of_an_announcement(tmp_path: Path) -> None:
    made = make_in_memory(write_course(tmp_path, FILES), datetime(2027, 2, 2, tzinfo=LOS_ANGELES)).artifacts
    assert json.loads(read_whole(made["course.json"]))["announcements"] == [
        {"id": "2027-02-01-old", "date": "2027-02-01", "title": "Old news", "meeting": "hitches", "until": "2027-02-20"}
    ]
