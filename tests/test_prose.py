"""What prose may and may not do on its page: its ids, its links, its images, its formulas."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.sites import run_cli, write_course

SYLLABUS = """\
course: Knots
term: {starts: 2027-01-25, ends: 2027-02-08, timezone: Europe/Berlin, meets: {day: Mon}}
schedule: [{topic: Knots, times: 3}]
"""


def build(folder: Path, files: dict[str, str]) -> tuple[int, str, Path]:
    course = write_course(folder / "course", {"syllabus.yaml": SYLLABUS, **files})
    ran = run_cli("--source", course, "--today", "2027-03-10")
    return ran.code, ran.err, course / "_site"


def test_headings_take_no_id_of_the_schedule(tmp_path: Path) -> None:
    code, _, site = build(tmp_path, {"content/index.md": '## Today\n\n## Week 1\n\n<a id="today">x</a>\n'})
    assert code == 0
    ids = re.findall(r' id="([^"]*)"', (site / "index.html").read_text(encoding="utf-8"))
    assert len(ids) == len(set(ids))
    assert ids.count("today") == 1


WRONG = {
    "[A](https://exa mple.org/)": "error[bad-address]: the address of the link `A` isn't valid",
    "[A](<https://a.org:99999/x>)": "error[bad-address]: the address of the link `A` isn't valid",
    "![](assets/a.png)": "error[missing-alt]: this image has no alternative text",
    "<img src='assets/a.png'>": "error[missing-alt]: this image has no alternative text",
    "So $\\frac{a$ is.": "error[formula]: `{` is not closed",
}


@pytest.mark.parametrize("text", WRONG)
def test_what_is_wrong_is_reported(text: str, tmp_path: Path) -> None:
    code, err, _ = build(tmp_path, {"content/page.md": f"{text}\n", "assets/a.png": "x"})
    assert code == 1
    assert "content/page.md:1:" in err
    assert WRONG[text] in err


def test_the_same_is_reported_for_a_text_of_a_yaml_file(tmp_path: Path) -> None:
    readings = "knots:\n  - {title: A, note: 'See $\\frac{a$ and ![](assets/a.png)'}\n"
    code, err, _ = build(tmp_path, {"readings.yaml": readings, "assets/a.png": "x"})
    assert code == 1
    assert "readings.yaml:2:" in err
    assert "error[formula]" in err
    assert "error[missing-alt]" in err


def test_latex_in_double_quotes_is_refused(tmp_path: Path) -> None:
    code, err, _ = build(tmp_path, {"readings.yaml": 'knots:\n  - {title: "The $\\nabla$ of it"}\n'})
    assert code == 1
    assert "readings.yaml:2:19: error[escape]: `\\nabla` in double quotes is not read as written" in err


def test_a_part_in_the_navigation(tmp_path: Path) -> None:
    syllabus = f"""\
{SYLLABUS}\
grading: {{Homework: 40%, Exam: 60%}}
site: {{nav: [schedule, readings, grading]}}
"""
    code, err, site = build(tmp_path, {"syllabus.yaml": syllabus})
    assert (code, err) == (0, "")
    page = (site / "index.html").read_text(encoding="utf-8")
    assert re.findall(r'<li><a href="([^"]*)"', page)[:2] == ["#page.schedule", "#page.grading"]
    assert 'id="page.grading"' in page


def test_the_same_reading_twice_is_reported(tmp_path: Path) -> None:
    readings = "knots:\n  - {title: Knots, url: 'https://a.org/1'}\n  - {title: Knots, url: 'https://b.org/2'}\n"
    code, err, _ = build(tmp_path, {"readings.yaml": readings})
    assert code == 0
    assert "warning[duplicate-reading]: `Knots` is listed under another address" in err


def test_announcements_share_a_page_and_no_id(tmp_path: Path) -> None:
    announcement = "## Rooms\n\nMoved[^1], see [above](#rooms).\n\n[^1]: To the attic.\n"
    files = {f"content/announcements/2027-01-{day}-a.md": announcement for day in (20, 21)}
    code, err, site = build(tmp_path, files)
    assert (code, err) == (0, "")
    page = (site / "announcements.html").read_text(encoding="utf-8")
    ids = re.findall(r' id="([^"]*)"', page)
    assert len(ids) == len(set(ids))
    assert {"2027-01-20-a.rooms", "2027-01-21-a.rooms"} <= set(ids)
    assert set(re.findall(r' href="#([^"]*)"', page)) <= set(ids)


def test_a_link_of_a_yaml_text_to_what_is_withheld_warns(tmp_path: Path) -> None:
    syllabus = SYLLABUS + "late_policy: See [the draft](draft.md).\n"
    code, err, _ = build(tmp_path, {"syllabus.yaml": syllabus, "content/draft.md": "---\ndraft: yes\n---\nText.\n"})
    assert code == 0
    assert "warning[withheld-page]: `draft.md` leads to something that is not published yet" in err
    assert "content/draft.md:2:8: the page is a draft" in err
    assert "help: remove the link until it is written; then delete draft: yes there" in err
