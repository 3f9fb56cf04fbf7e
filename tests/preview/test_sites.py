"""What the preview shows of each day: the course as it is, or the last good site with what is wrong."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from courseweek.diagnostics import Diagnostics
from courseweek.pipeline import make_site
from courseweek.preview import sites as making
from courseweek.preview.sites import MOST_DAYS, Shown, Sites, changed_files
from courseweek.project import Project
from tests.sites import COURSES, write_course

TODAY = datetime(2027, 3, 10)
BROKEN = "---\ndraft: perhaps\n---\n"


def never() -> datetime:
    raise AssertionError("the clock was asked")


def sites_of(course: Path) -> Sites:
    return Sites(course, course / "_site", never, TODAY)


def page(shown: Shown, path: str) -> str:
    assert shown.good is not None
    return shown.good.artifacts[path].decode("utf-8")


def test_the_last_good_site_stays_till_the_mistake_is_mended(tmp_path: Path) -> None:
    course = write_course(tmp_path, {"content/a.md": "one"})
    sites = sites_of(course)
    good = sites.show(None)
    assert (good.failed, good.errors) == (False, 0)
    (course / "content/a.md").write_text(BROKEN, encoding="utf-8")
    assert sites.show(None) is good  # nobody has said that it changed
    sites.outdate()
    bad = sites.show(None)
    assert (bad.failed, bad.errors) == (True, 1)
    assert bad.good is good.good
    assert changed_files(good, bad) == frozenset()
    (course / "content/a.md").write_text("two", encoding="utf-8")
    sites.outdate()
    mended = sites.show(None)
    assert (mended.failed, mended.errors) == (False, 0)
    assert changed_files(bad, mended) == frozenset({"a.html"})


def test_without_any_good_site_there_is_only_what_is_wrong(tmp_path: Path) -> None:
    shown = sites_of(write_course(tmp_path, {"syllabus.yaml": "course: ["})).show(None)
    assert shown.good is None
    assert shown.failed
    assert shown.errors == 1
    assert changed_files(None, shown) is None


def test_a_day_that_was_never_good_shows_another(tmp_path: Path) -> None:
    course = write_course(tmp_path, {})
    sites = sites_of(course)
    good = sites.show(None)
    (course / "syllabus.yaml").write_text("course: [", encoding="utf-8")
    sites.outdate()
    assert sites.show(datetime(2027, 4, 1)).good is good.good


def test_a_failure_of_the_builder_is_shown_and_passes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sites = sites_of(write_course(tmp_path, {}))
    good = sites.show(None)

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("a screw is loose")

    with monkeypatch.context() as patch:
        patch.setattr(making, "make_site", fail)
        sites.outdate()
        shown = sites.show(None)
    assert shown.failed
    assert shown.bug is not None
    assert shown.bug.endswith("RuntimeError: a screw is loose\n")
    assert shown.good is good.good
    sites.outdate()
    assert sites.show(None).bug is None


def test_few_days_are_kept_and_each_is_as_of_itself(tmp_path: Path) -> None:
    sites = sites_of(write_course(tmp_path, {}))
    first = sites.show(None)
    for number in range(1, MOST_DAYS + 2):
        day = datetime(2027, 3, number)
        shown = sites.show(day)
        assert sites.show(day) is shown
        assert f"{day:%a} {day.day} Mar 2027" in page(shown, "index.html")
    assert len(sites.known) == MOST_DAYS
    assert sites.show(None) is not first


def test_without_a_chosen_day_the_clock_counts_by_the_hour(tmp_path: Path) -> None:
    course = write_course(tmp_path, {})
    now = datetime(2027, 3, 10, 23, 10, tzinfo=UTC)
    sites = Sites(course, course / "_site", lambda: now, None)
    shown = sites.show(None)
    now += timedelta(minutes=40)
    assert sites.show(None) is shown
    now += timedelta(minutes=40)
    later = sites.show(None)
    assert later is not shown
    assert later.now == now


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
    sites = Sites(course, course / "_site", never, datetime(2027, 1, 1))
    shown = sites.show(None)
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
    assert revealed.keys() - {"announcements.html#2027-03-01-out", "announcements.html#2027-04-01-april"} <= set(
        shown.good.artifacts
    )
    assert '<a href="https://a.example/x">X</a> (from ' in page(shown, "index.html")
    published = make_site(Project(course, course / "_site"), datetime(2027, 1, 1), Diagnostics())
    assert published is not None
    assert published.plan.revealed is None
    assert published.artifacts.keys().isdisjoint(revealed)
    assert "a.example" not in published.artifacts["index.html"].decode("utf-8")
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
    shown = sites_of(course).show(None)
    told = [(each.name, each.message) for each in found]
    assert ("withheld-page", "`plans.html` leads to what is not published yet") in told
    assert [(each.name, each.message) for each in shown.found] == told
