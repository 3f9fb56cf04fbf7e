"""What the preview shows of each day: the course as it is, or the last good site with what is wrong."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from courseweek.diagnostics import Diagnostics
from courseweek.files.project import Project
from courseweek.files.stored import read_whole
from courseweek.pipeline import make_site
from courseweek.plan.parts import Part
from courseweek.serve.days import MOST_DAYS, DayCache, Snapshot
from courseweek.serve.strip import view_days
from courseweek.serve.urls import Address
from tests.sites import COURSES, POLICY, write_course

TODAY = datetime(2027, 3, 10)
BROKEN = "---\ndraft: perhaps\n---\n"


def never() -> datetime:
    raise AssertionError("the clock was asked")


def sites_of(course: Path, today: datetime = TODAY) -> DayCache:
    return DayCache(course, course / "_site", never, today)


def write(sites: DayCache, name: str, text: str | None) -> None:
    """Save or delete a file, and say so as the watcher does."""
    path = sites.project.source / name
    if text is None:
        path.unlink()
    else:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    sites.outdate([path])


def finish(sites: DayCache, day: datetime | None = None) -> Snapshot:
    """Make the whole of a day."""
    for _ in sites.show(day).build.steps():
        pass
    return sites.show(day)


def page(shown: Snapshot, path: str) -> str:
    assert shown.good is not None
    body = shown.good.read(path)
    assert isinstance(body, bytes)
    return body.decode("utf-8")


def test_the_last_good_site_stays_until_the_mistake_is_fixed(tmp_path: Path) -> None:
    sites = sites_of(write_course(tmp_path, {"content/a.md": "one"}))
    good = finish(sites)
    assert (good.failed, good.done, good.is_old, good.errors) == (False, True, False, 0)
    (tmp_path / "content/a.md").write_text(BROKEN, encoding="utf-8")
    assert "one" in page(sites.show(None), "a.html")  # nobody has said that it changed
    write(sites, "content/a.md", BROKEN)
    bad = sites.show(None)
    assert (bad.failed, bad.is_old, bad.errors) == (True, True, 1)
    assert "one" in page(bad, "a.html")
    assert finish(sites).errors == 1
    write(sites, "content/a.md", "two")
    fixed = sites.show(None)
    assert (fixed.failed, fixed.is_old, fixed.errors) == (False, False, 0)
    assert "two" in page(fixed, "a.html")


def test_an_error_that_only_the_whole_shows_brings_the_last_good_site_back(tmp_path: Path) -> None:
    sites = sites_of(write_course(tmp_path, {"content/a.md": "one"}))
    finish(sites)
    write(sites, "content/a.md", "[two](nowhere.md)")
    early = sites.show(None)
    assert (early.failed, early.done) == (False, False)
    assert "two" in page(early, "a.html")
    late = finish(sites)
    assert (late.failed, late.done, late.is_old) == (True, True, True)
    assert [each.name for each in late.found] == ["dead-link"]
    assert "one" in page(late, "a.html")


def test_a_layout_that_fails_shows_on_the_page_that_it_makes(tmp_path: Path) -> None:
    sites = sites_of(
        write_course(tmp_path, {"content/a.md": "---\nlayout: own\n---\none", "layouts/own.html": f"{POLICY}good"})
    )
    assert page(finish(sites), "a.html") == f"{POLICY}good"
    write(sites, "layouts/own.html", "{{ nothing.at.all }}")
    shown = sites.show(None)
    assert shown.good is not None
    assert shown.good.read("a.html") is None
    shown = sites.show(None)
    assert (shown.failed, shown.is_old) == (True, True)
    assert page(shown, "a.html") == f"{POLICY}good"
    write(sites, "layouts/own.html", f"{POLICY}better")
    assert page(sites.show(None), "a.html") == f"{POLICY}better"


def test_a_course_that_never_was_good_is_shown_as_far_as_it_can_be_rendered(tmp_path: Path) -> None:
    sites = sites_of(write_course(tmp_path, {"content/a.md": "[one](nowhere.md)"}))
    shown = finish(sites)
    assert (shown.failed, shown.is_old, shown.errors) == (True, False, 1)
    assert "one" in page(shown, "a.html")


def test_without_a_plan_there_is_only_what_is_wrong(tmp_path: Path) -> None:
    shown = sites_of(write_course(tmp_path, {"syllabus.yaml": "course: ["})).show(None)
    assert shown.good is None
    assert (shown.failed, shown.done, shown.is_old) == (True, True, False)
    assert shown.errors == 2


def test_a_day_that_was_never_good_shows_another(tmp_path: Path) -> None:
    sites = sites_of(write_course(tmp_path, {}))
    good = finish(sites)
    write(sites, "syllabus.yaml", "course: [")
    assert sites.show(datetime(2027, 4, 1)).good is good.good


def test_a_failure_of_the_builder_is_shown_and_passes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sites = sites_of(write_course(tmp_path, {"content/a.md": "one"}))
    good = finish(sites)

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("a screw is loose")

    for stage in ("courseweek.serve.days.outline_site", "courseweek.pipeline.check_facts"):
        with monkeypatch.context() as patch:
            patch.setattr(stage, fail)
            write(sites, "content/a.md", "one")
            shown = finish(sites)
        assert (shown.failed, shown.done, shown.is_old) == (True, True, True)
        assert shown.bug is not None
        assert shown.bug.endswith("RuntimeError: a screw is loose\n")
        assert page(shown, "a.html") == page(good, "a.html")
        write(sites, "content/a.md", "one")
        assert finish(sites).bug is None


def test_few_days_are_kept_and_each_is_as_of_itself(tmp_path: Path) -> None:
    sites = sites_of(write_course(tmp_path, {}))
    first = sites.show(None).build
    for number in range(1, MOST_DAYS + 2):
        day = datetime(2027, 3, number)
        shown = sites.show(day)
        assert sites.show(day).build is shown.build
        assert f"{day:%a} {day.day} Mar 2027" in page(shown, "index.html")
    assert len(sites.known) == MOST_DAYS
    assert sites.show(None).build is not first


TIMES = """
course: Knots
term:
  starts: 2027-03-08
  ends: 2027-03-19
  timezone: Asia/Kolkata
  meets:
    - {day: Wed, time: 9:00-10:00}
    - {kind: Lab, weeks: 2, groups: [{name: A, day: Mon, time: 9:00-10:00}, {name: B, day: Fri, time: 9:00-10:00}]}
schedule:
  - {topic: Tying, id: tying, kind: Lab}
  - {topic: Quiz, id: quiz, exam: yes, date: 2027-03-09, time: 9:20-9:50}
  - {topic: Take-home, id: home, kind: Exam, date: 2027-03-11, until: 2027-03-12 17:05}
  - {topic: Knots, id: knots, materials: [{label: Slides, url: "https://example.org/s", publish_on: 2027-03-10 10:10}]}
assignments: [{id: hw1, title: Sheet, out: 2027-03-09, due: 2027-03-13 23:59}]
events: [{name: Rope fair, from: 2027-03-13, to: 2027-03-14}]
"""
CHANGES_OF_TIME = (
    "03-08 00:00", "03-09 00:00", "03-09 09:20", "03-09 09:50", "03-10 00:00", "03-10 10:10", "03-11 00:00",
    "03-12 00:00", "03-12 17:05", "03-13 00:00", "03-13 23:59", "03-14 00:00",
)  # fmt: skip
"""When that site changes, in the course's zone: a day or an exam begins or ends, a link appears, a deadline is due."""


def test_without_a_chosen_day_the_clock_counts_until_the_site_is_another_one(tmp_path: Path) -> None:
    course = write_course(tmp_path, {"syllabus.yaml": TIMES})
    zone = ZoneInfo("Asia/Kolkata")
    now = datetime(2027, 3, 7, 23, 59, tzinfo=zone)
    sites = DayCache(course, course / "_site", lambda: now.astimezone(UTC), None)
    before = sites.show(None).build
    for written in CHANGES_OF_TIME:
        at = datetime.strptime(f"2027-{written}", "%Y-%m-%d %H:%M").replace(tzinfo=zone)
        now = at - timedelta(seconds=1)
        assert sites.show(None).build is before, written
        now = at
        made = sites.show(None).build
        assert made is not before, written
        assert made.now == now
        before = made


def test_the_strip_names_what_is_on_each_day(tmp_path: Path) -> None:
    shown = sites_of(write_course(tmp_path, {"syllabus.yaml": TIMES})).show(None)
    assert shown.good is not None
    days = view_days(shown.good.plan, Address(None, "index.html"))
    assert [each.name for each in days if ":" in each.name] == [
        "Tue 9 Mar 2027: Quiz",
        "Wed 10 Mar 2027: Knots",
        "Thu 11 Mar 2027: Take-home",
        "Fri 12 Mar 2027: Take-home",
        "Sat 13 Mar 2027: Rope fair, Sheet is due",
        "Sun 14 Mar 2027: Rope fair",
        "Mon 15 Mar 2027: Tying",
        "Wed 17 Mar 2027: To be announced",
        "Fri 19 Mar 2027: Tying",
    ]


EDITS: dict[str, tuple[str, str | None]] = {
    "a note": ("content/notes/n.md", "---\nmeeting: knots\n---\nAnother text with *marks*.\n"),
    "a note with a part": ("content/notes/n.md", "---\nmeeting: knots\n---\n[[staff]]\n"),
    "a note's title": ("content/notes/n.md", "---\nmeeting: knots\ntitle: Other\n---\nx\n"),
    "a note that goes": ("content/notes/n.md", None),
    "a note that comes": ("content/notes/deep/m.md", "---\nmeeting: tangles\n---\nx\n"),
    "a page": ("content/plans.md", "# Other plans\n\n[[staff]]\n"),
    "the home page": ("content/index.md", "Hello.\n"),
    "a notice": ("content/announcements/2027-03-01-out.md", "Out, **again**.\n"),
    "the readings": ("readings.yaml", "knots:\n  - {title: Another, id: one}\n"),
    "the syllabus": (
        "syllabus.yaml",
        "course: Other knots\nterm:\n  starts: 2027-01-25\n  ends: 2027-05-07\n  timezone: America/New_York\n"
        "  meets: {day: Tuesday, time: 13:00-14:00}\nschedule:\n  - {topic: Knots, id: knots}\n"
        "  - {topic: Tangles, id: tangles}\nsite: {accent: '#800000'}\n",
    ),
    "a layout": ("layouts/note.html", "{% extends 'base.html' %}{% block main %}own{% endblock %}"),
    "the style": ("assets/theme/style.css", "p { color: red }\n"),
    "an asset": ("assets/data.csv", "a,b\n"),
}


@pytest.mark.parametrize("edit", EDITS)
def test_what_was_made_of_an_edit_is_what_a_new_preview_makes(tmp_path: Path, edit: str) -> None:
    syllabus = (COURSES / "six-lines/syllabus.yaml").read_text(encoding="utf-8").split("schedule:")[0]
    files = {
        "syllabus.yaml": f"{syllabus}schedule:\n  - {{topic: Knots, id: knots}}\n  - {{topic: Tangles, id: tangles}}\n",
        "readings.yaml": "knots:\n  - {title: One, id: one, url: 'https://a.example/1'}\n",
        "content/plans.md": "# Plans\n\nSome day.\n",
        "content/notes/n.md": "---\nmeeting: knots\n---\nA note with [a link](../plans.md).\n",
        "content/notes/o.md": "---\nreading: one\n---\nAnother.\n",
        "content/announcements/2027-03-01-out.md": "Out.\n",
    }
    sites = sites_of(write_course(tmp_path, files))
    finish(sites)
    name, text = EDITS[edit]
    write(sites, name, text)
    edited, fresh = finish(sites), finish(sites_of(tmp_path))
    assert edited.good is not None
    assert fresh.good is not None
    assert [each.message for each in edited.found] == [each.message for each in fresh.found]
    paths = [*(each.path for each in fresh.good.plan.pages), *fresh.good.plan.assets, "course.json"]
    assert [each.path for each in edited.good.plan.pages] == [each.path for each in fresh.good.plan.pages]
    assert edited.good.plan.assets == fresh.good.plan.assets
    for path in paths:
        assert edited.good.read(path) == fresh.good.read(path), path


def test_what_is_shown_is_what_a_build_makes_where_nothing_is_withheld(tmp_path: Path) -> None:
    course = COURSES / "everything"
    found = Diagnostics()
    built = make_site(Project(course, tmp_path / "_site"), TODAY, found)
    shown = finish(sites_of(course))
    assert built is not None
    assert shown.good is not None
    assert built.plan.withheld == {"changes.html"}  # which comes with the first change
    assert sorted(each.message for each in shown.found) == sorted(each.message for each in found)
    assert all(path in shown.good for path in built.artifacts)
    assert {path: shown.good.read(path) for path in built.artifacts} == built.artifacts


def test_what_is_withheld_is_there_with_its_day(tmp_path: Path) -> None:
    files = {
        "content/plans.md": "---\ndraft: yes\n---\nSome day.\n\n[[schedule]]\n",
        "content/later.md": "---\npublish_on: 2027-03-14T09:00\n---\nLater.\n",
        "content/past.md": "---\npublish_on: 2027-03-01\n---\nNow.\n",
        "content/notes/n.md": "---\nmeeting: knots\ndraft: yes\n---\nA note.\n",
        "content/announcements/2027-03-01-out.md": "Out.\n",
        "content/announcements/2027-04-01-april.md": "April.\n",
        "assets/s.pdf": "x",
        "syllabus.yaml": (COURSES / "six-lines/syllabus.yaml").read_text(encoding="utf-8").split("schedule:")[0]
        + "schedule:\n  - {topic: Knots, id: knots, materials: [{label: S, url: s.pdf, publish_on: 24 hours after},"
        " {label: X, url: 'https://a.example/x', publish_on: 2027-03-01}]}\n  - Tangles\n",
    }
    course = write_course(tmp_path, files)
    shown = finish(sites_of(course, datetime(2027, 1, 1)))
    assert [each.message for each in shown.found if each.severity == "error"] == []
    assert shown.good is not None
    revealed = shown.good.plan.revealed
    assert revealed is not None
    assert {place: at and f"{at:%d %b %H:%M}" for place, at in sorted(revealed.items())} == {
        "announcements.html": "01 Mar 00:00",
        "announcements.html#2027-03-01-out": "01 Mar 00:00",
        "announcements.html#2027-04-01-april": "01 Apr 00:00",
        "assets/s.pdf": "26 Jan 23:59",
        "later.html": "14 Mar 09:00",
        "notes/n.html": None,
        "past.html": "01 Mar 00:00",
        "plans.html": None,
    }
    assert all(place in shown.good for place in revealed if "#" not in place)
    assert '<a href="https://a.example/x">X <small>from ' in page(shown, "index.html")
    published = make_site(Project(course, course / "_site"), datetime(2027, 1, 1), Diagnostics())
    assert published is not None
    assert published.plan.revealed is None
    assert published.artifacts.keys().isdisjoint(revealed)
    assert "a.example" not in read_whole(published.artifacts["index.html"]).decode("utf-8")
    # Where a draft places a part of the course, students still find it where it was.
    for plan in (published.plan, shown.good.plan):
        scheduled = plan.page_with("schedule")
        assert scheduled is not None
        assert scheduled.path == "index.html"


def test_a_preview_warns_of_a_link_to_what_is_withheld_as_a_build_does(tmp_path: Path) -> None:
    files = {
        "content/plans.md": "---\ndraft: yes\n---\nSome day.\n",
        "content/a.md": "[plans](plans.md)\n",
    }
    course = write_course(tmp_path, files)
    found = Diagnostics()
    make_site(Project(course, course / "_site"), TODAY, found)
    reported = [(each.name, each.message) for each in found]
    assert ("withheld-page", "`plans.html` leads to something that is not published yet") in reported
    assert [(each.name, each.message) for each in finish(sites_of(course)).found] == reported


@pytest.mark.parametrize("part", ["schedule", "staff", "readings", "deadlines"])
@pytest.mark.parametrize("name", ["index", "readings", "deadlines", "plans"])
def test_a_draft_that_places_a_part_shows_it_once(tmp_path: Path, name: str, part: str) -> None:
    files: dict[str, str | bytes] = {
        "syllabus.yaml": (COURSES / "everything/syllabus.yaml").read_bytes(),
        "readings.yaml": "knots: [A book on knots]\n",
        "assets/ada.png": b"",
        f"content/{name}.md": f"---\ndraft: yes\n---\nSome day.\n\n[[{part}]]\n",
    }
    shown = finish(sites_of(write_course(tmp_path, files)))
    assert (shown.bug, shown.errors) == (None, 0)
    for planned in shown.build.plan.pages:
        parts = [block for block in planned.blocks if isinstance(block, Part)]
        assert len(parts) == len(set(parts)), planned.path
    assert page(shown, f"{name}.html").count(f'id="page.{part}"') == 1
