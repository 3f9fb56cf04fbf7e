"""What builds today builds on every day: a course has one exit code, whatever appears meanwhile."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

from courseweek.cache import Memory
from courseweek.diagnostics import Diagnostics
from courseweek.files.project import Project
from courseweek.pipeline import make_site
from courseweek.plan.plan import Plan
from courseweek.schedule.releases import next_release
from tests.sampling import some_slow
from tests.sites import COURSES, ROOT, run_cli, write_course

AROUND = timedelta(days=21)
DAY = timedelta(days=1)
FOLDERS = [
    ROOT,
    *(path.parent for path in sorted((ROOT / "examples").glob("*/syllabus.yaml"))),
    *(path.parent for path in sorted(COURSES.glob("*/syllabus.yaml"))),
]
SAMPLED = 5
"""Days of a course in which nothing appears on a day of its own; the others are among the slow tests."""

Reported = frozenset[tuple[str, str, str, int, str]]


class Builder:
    """Builds one course on day after day; what its pages are drawn of is remembered."""

    def __init__(self, folder: Path) -> None:
        self.project = Project(folder, folder / "_site")
        self.memory = Memory()
        self.plan = self._make(datetime(2027, 1, 1))[0]
        self.term = self.plan.course.syllabus.term

    def _make(self, now: datetime) -> tuple[Plan, Reported]:
        found = Diagnostics()
        site = make_site(self.project, now, found, self.memory)
        assert site is not None
        return site.plan, frozenset(
            (each.severity, each.name, each.span.file, each.span.start, each.message) for each in found
        )

    def report(self, day: date) -> Reported:
        """Return what is told of the course on a day; a failure of the builder is raised."""
        return self._make(datetime.combine(day, time(12)))[1]

    def days(self) -> list[date]:
        """Return all days from three weeks before the term to three weeks after it."""
        first, last = self.term.starts - AROUND, self.term.ends + AROUND
        return [first + timedelta(days=number) for number in range((last - first).days + 1)]

    def releases(self) -> set[date]:
        """Return the days on which something appears."""
        found, at = set[date](), datetime(1990, 1, 1, tzinfo=self.term.zone)
        while (release := next_release(self.plan.course, self.plan.schedule, at)) is not None:
            at = release.at
            found.add(at.astimezone(self.term.zone).date())
        return found

    def dated(self) -> set[date]:
        """Return the days on which something is dated: besides those, deadlines, breaks and edges of weeks."""
        schedule = self.plan.schedule
        days = {each.at.astimezone(self.term.zone).date() for each in schedule.deadlines if each.at is not None}
        days |= {self.term.starts, self.term.ends, *(week.first_day for week in schedule.weeks)}
        days |= {each for pause in self.term.breaks for each in (pause.starts, pause.ends)}
        days |= {row.on for row in schedule.meetings}
        return days | self.releases()

    def with_neighbors(self, days: Iterable[date]) -> list[date]:
        """Return these days, with the one before and the one after each, as far as they are looked at."""
        near = {day + step * DAY for day in days for step in (-1, 0, 1)}
        return [day for day in self.days() if day in near]


def check_days(builder: Builder, days: Iterable[date]) -> None:
    """Hold a course to one exit code on these days, and to no warning that an earlier day has not."""
    before: Reported | None = None
    for day in days:
        reported = builder.report(day)
        errors = {each for each in reported if each[0] == "error"}
        assert not errors, (day, errors)
        assert before is None or reported <= before, (day, reported - before)
        before = reported


@pytest.mark.parametrize("folder", some_slow(FOLDERS, 5), ids=lambda folder: folder.name)
def test_one_exit_code_on_the_days_on_which_something_is_dated(folder: Path) -> None:
    builder = Builder(folder)
    days = builder.with_neighbors(builder.dated())
    appears = builder.with_neighbors(builder.releases())
    sample = days[:: max(1, len(days) // SAMPLED)]
    check_days(builder, sorted({*sample, *appears, days[-1]}))


@pytest.mark.slow
@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_one_exit_code_on_every_day(folder: Path) -> None:
    builder = Builder(folder)
    check_days(builder, builder.days())


SYLLABUS = """\
course: Knots
term: {starts: 2027-01-25, ends: 2027-05-10, timezone: America/Los_Angeles, meets: {day: Monday, time: 13:00-16:00}}
schedule: [{topic: One, id: one}, {topic: TBD, times: 15}]
"""
ANNOUNCEMENTS = {
    "content/announcements/2027-03-15-midterm.md": "# Midterm\n",
    "content/announcements/2027-05-01-final.md": "# Final\n\n## Rooms\n",
    "content/announcements/2027-04-01-drafted.md": "---\ndraft: yes\n---\n# Drafted\n",
}
FINAL, DRAFT = "announcements.html#2027-05-01-final", "announcements.html#2027-04-01-drafted"
LATER = "---\npublish_on: 2027-05-01\n---\n# Later\n\n## There\n"
RIGHT: dict[str, dict[str, str]] = {
    "a page": {"content/a.md": f"See the [notice]({FINAL}).\n"},
    "a place in it": {"content/a.md": f"See the [notice]({FINAL}.rooms).\n"},
    "a draft": {"content/a.md": f"See the [notice]({DRAFT}).\n"},
    "HTML": {"content/a.md": f"See the <a href='{FINAL}'>notice</a>.\n"},
    "a definition": {"content/a.md": f"See the [notice].\n\n[notice]: {FINAL}\n"},
    "an announcement": {"content/announcements/2027-02-01-first.md": "See [it](#2027-05-01-final).\n"},
    "a later announcement": {"content/announcements/2027-04-15-late.md": f"See [it]({FINAL}).\n"},
    "a note": {"content/notes/a.md": f"---\nmeeting: one\n---\nSee [it](../{FINAL}).\n"},
    "a note in YAML": {"readings.yaml": f"one: [{{title: Book, note: 'See [it]({FINAL}).'}}]\n"},
    "a draft in YAML": {"readings.yaml": f"one: [{{title: Book, note: 'See [it]({DRAFT}).'}}]\n"},
    "an own page of announcements": {
        "content/announcements.md": "# News\n\nAs in [it](#2027-05-01-final).\n",
        "content/a.md": f"See the [notice]({FINAL}).\n",
    },
    "announcements placed elsewhere": {
        "content/news.md": "[[announcements]]\n",
        "content/a.md": "See the [notice](news.md#2027-05-01-final).\n",
    },
    "a place on a later page": {"content/a.md": "See [it](later.md#there).\n", "content/later.md": LATER},
    "a note of a later day": {
        "content/a.md": "See [it](notes/n.md#there).\n",
        "content/notes/n.md": LATER.replace("---\n", "---\nmeeting: one\n", 1),
    },
    "the navigation": {
        "syllabus.yaml": SYLLABUS + "site: {nav: [index, later, announcements]}\n",
        "content/later.md": LATER,
    },
    "a page of a topic": {
        "syllabus.yaml": SYLLABUS.replace("id: one", "id: one, page: later"),
        "content/later.md": LATER,
    },
    "a material": {
        "syllabus.yaml": SYLLABUS.replace(
            "id: one", "id: one, materials: {label: Slides, url: s.pdf, publish_on: 2027-05-01}"
        ),
        "assets/s.pdf": "%PDF-1.7",
        "content/a.md": "See [it](assets/s.pdf).\n",
    },
}
WRONG: dict[str, tuple[dict[str, str], str]] = {
    "no place on a later page": (
        {"content/a.md": "See [it](later.md#nowhere).\n", "content/later.md": LATER},
        "content/a.md:1:10: error[dead-anchor]: `later.html#nowhere` leads nowhere: later.html has no such place",
    ),
    "no place on a later page, from YAML": (
        {"readings.yaml": "one: [{title: Book, note: 'See [it](later.md#nowhere).'}]\n", "content/later.md": LATER},
        "readings.yaml:1:37: error[dead-anchor]: `later.md#nowhere` leads nowhere: later.html has no such place",
    ),
    "no place in a later announcement": (
        {"content/a.md": f"See [it]({FINAL}.nowhere).\n"},
        "content/a.md:1:10: error[dead-anchor]: `announcements.html#2027-05-01-final.nowhere` leads nowhere: "
        "announcements.html has no such place",
    ),
    "a dead link on a later page": (
        {"content/later.md": LATER + "\n[Nothing](nothing.md)\n"},
        "content/later.md:8:11: error[dead-link]: `nothing.md` leads nowhere: this site has no such page or file",
    ),
    "a dead link in a later announcement": (
        {"content/announcements/2027-04-01-x.md": "[Nothing](nothing.md)\n"},
        "content/announcements/2027-04-01-x.md:1:11: error[dead-link]: `nothing.md` leads nowhere: this site has no "
        "such page or file",
    ),
    "a layout of a later page": (
        {"content/later.md": LATER.replace("---\n", "---\nlayout: nothing\n", 1)},
        "content/later.md:2:9: error[unknown-layout]: there is no layout `layouts/nothing.html`",
    ),
    "a time on a later page": (
        {"content/later.md": LATER + "\n<time datetime=2027-02-15>Tue 16 Feb</time>\n"},
        "content/later.md:8:7: error[self-check]: `Tue 16 Feb` is shown for 2027-02-15",
    ),
    "two pages of one path": (
        {"content/later.md": LATER, "content/Later.md": "# Now\n"},
        "content/later.md:1:1: error[same-path]: this page becomes later.html, which differs from Later.html only in"
        " case",
    ),
}
TODAYS = ("2027-01-10", "2027-03-10", "2027-03-15", "2027-04-30", "2027-05-01", "2027-05-30")


def build(folder: Path, files: dict[str, str]) -> list[tuple[int, list[str]]]:
    """Return for each day the exit code, and the first line of each diagnostic."""
    course = write_course(folder / "course", {"syllabus.yaml": SYLLABUS, **ANNOUNCEMENTS, **files})
    ran = [run_cli("--source", course, "--output", folder / "site", "--today", day) for day in TODAYS]
    return [
        (each.code, [line for line in each.err.splitlines() if ": error[" in line or ": warning[" in line])
        for each in ran
    ]


@pytest.mark.parametrize("name", some_slow(RIGHT, 3))
def test_a_link_to_what_comes_later_is_a_warning_until_then(tmp_path: Path, name: str) -> None:
    ran = build(tmp_path, RIGHT[name])
    assert {code for code, _ in ran} == {0}, ran
    draft = "a draft" in name
    silent = name in ("the navigation", "a page of a topic")
    for day, (_, reported) in zip(TODAYS, ran, strict=True):
        until = not silent and (draft or day < "2027-05-01")
        assert (len(reported) > 0) is until, (day, reported)
        assert all("warning[withheld-page]" in line for line in reported), (day, reported)


@pytest.mark.parametrize("name", some_slow(WRONG, 2))
def test_what_will_be_wrong_is_reported_today(tmp_path: Path, name: str) -> None:
    files, expected = WRONG[name]
    for code, reported in build(tmp_path, files):
        assert code == 1
        assert [line for line in reported if ": error[" in line] == [expected]
