"""What the page shows of weeks, breaks and swaps, and what its card says around a break."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.sites import read_tree, run_cli, write_course

SYLLABUS = """\
course: Knots
term:
  starts: 2027-03-01
  ends: 2027-04-09
  timezone: America/Los_Angeles
  week_starts: Sunday
  first_week: 0
  meets:
    - {days: [Tue, Thu], time: 9:30-10:45, kind: Lecture, weeks: "0-3, 5"}
    - {day: Fri, time: 11:00-12:00, kind: Discussion, weeks: 0-3}
  breaks:
    - {from: 2027-03-13, to: 2027-03-21, name: Spring break}
    - {date: 2027-03-05, name: No discussion, kind: Discussion}
    - {from: 2027-03-28, to: 2027-04-03, name: Easter}
    - {date: 2027-03-06, name: Open day}
  swaps: [{date: 2027-03-10, follows: Tuesday, name: Tuesday schedule}]
schedule:
  Lecture: [{topic: Knots, times: 9}]
  Discussion: [{topic: Exercises, times: 2}]
  Exam: [{topic: Final, date: 2027-04-13}]
"""


def build(folder: Path, day: str) -> str:
    """Return the home page as it is on a day."""
    course = write_course(folder / "course", {"syllabus.yaml": SYLLABUS})
    ran = run_cli("--source", course, "--output", folder / "site", "--today", f"2027-{day}")
    assert (ran.code, ran.err) == (0, "")
    return read_tree(folder / "site")["index.html"].decode("utf-8")


def show(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)).strip()


CARDS = {
    "03-02": "Today Tue 2 Mar Knots | Thu 4 Mar Knots | This week Week 0 of 5",
    "03-06": "Open day, Sat 6 Mar | Next Tue 9 Mar Knots | This week Week 0 of 5",
    "03-12": "Today Fri 12 Mar Exercises | Sat 13 – Sun 21 Mar Spring break | Tue 23 Mar Knots | This week Week 1 of 5",
    "03-13": "Spring break, until Sun 21 Mar | Tue 23 Mar Knots | This week Week 1 of 5",
    "03-14": "Today Sat 13 – Sun 21 Mar Spring break | Tue 23 Mar Knots | This week Week 2 of 5",
    "03-20": "Today Sat 13 – Sun 21 Mar Spring break | Tue 23 Mar Knots | This week Week 2 of 5",
    "03-21": "Spring break, until Sun 21 Mar | Next Tue 23 Mar Knots | This week Week 3 of 5",
    "03-28": "Easter, until Sat 3 Apr | Next Tue 6 Apr Knots | This week",
    "04-12": "Next Tue 13 Apr Final | This week Week 6",
}


@pytest.mark.parametrize("day", CARDS)
def test_the_card_names_the_break_and_the_next_class(day: str, tmp_path: Path) -> None:
    html = build(tmp_path, day)
    message, *entries = html[html.index('<section class="now"') :].partition("</section>")[0].split('<div class="entry')
    shown = [show(each.partition(">")[2].partition("</h2>")[0]) for each in (message, *entries)]
    week = html[html.index('<h2 id="page.week">') :].partition("</h2>")[0]
    assert " | ".join([each for each in shown if each] + [show(week)]) == CARDS[day]


def row_of(html: str, id: str) -> str:
    return html[html.index(f'<tr id="{id}"') :].partition("</tr>")[0]


def test_rows_of_breaks_and_swaps(tmp_path: Path) -> None:
    html = build(tmp_path, "03-02")
    spring = row_of(html, "break-2027-03-16")
    assert 'data-date="2027-03-16" data-from="2027-03-14T08:00:00Z" data-to="2027-03-21T07:00:00Z"' in spring
    assert show(spring).endswith("Sat 13 – Sun 21 Mar Spring break")
    assert show(row_of(html, "break-2027-03-05")).endswith("Fri 5 Mar No discussion Discussion")
    assert "Lecture · Tuesday schedule" in show(row_of(html, "knots-4"))
    assert 'id="break-2027-03-10"' not in html  # no class is lost on this Wednesday


def test_weeks_are_named_and_counted_from_their_first_day(tmp_path: Path) -> None:
    html = build(tmp_path, "03-02")
    weeks = re.findall(r'id="(week-[^"]+)" data-from="([^"]+)"(?: data-to="[^"]+")?(?: data-name="([^"]+)")?>', html)
    assert weeks == [
        ("week-0", "2027-02-28T08:00:00Z", ""),  # the script says "Week 0 of 5"
        ("week-1", "2027-03-07T08:00:00Z", ""),
        ("week-2", "2027-03-14T08:00:00Z", ""),
        ("week-3", "2027-03-21T07:00:00Z", ""),
        ("week-5", "2027-04-04T07:00:00Z", ""),
        ("week-6", "2027-04-11T07:00:00Z", "Week 6"),
    ]
    assert "|Week {number} of 5&#34;" in html or '|Week {number} of 5"' in html
    ruler = html[html.index('<nav class="ruler"') :].partition("</nav>")[0]
    assert show(ruler) == "0 1 2 3 4 5 6"


def test_the_days_of_a_break_without_a_row_are_for_the_script(tmp_path: Path) -> None:
    html = build(tmp_path, "03-02")
    silent = re.findall(r'<p class="silent" data-spans="([^"]+)" hidden>([^<]+)</p>', html)
    assert silent == [
        (
            "2027-03-13T08:00:00Z/2027-03-14T08:00:00Z 2027-03-21T07:00:00Z/2027-03-22T07:00:00Z",
            "Spring break, until Sun 21 Mar",
        ),
        ("2027-03-28T07:00:00Z/2027-04-04T07:00:00Z", "Easter, until Sat 3 Apr"),
        ("2027-03-06T08:00:00Z/2027-03-07T08:00:00Z", "Open day, Sat 6 Mar"),
    ]


def test_a_group_without_a_class_names_the_break(tmp_path: Path) -> None:
    lab = "    - {kind: Lab, groups: [{name: A, day: Mon}, {name: B, day: Tue}, {name: C, day: Wed}]}\n  breaks:\n"
    text = SYLLABUS.replace("  breaks:\n", lab).replace(
        "schedule:\n", "schedule:\n  Lab: [{topic: Saws, id: saws}, {topic: TBD, times: rest}]\n"
    )
    text = text.replace("  breaks:\n", "  breaks:\n    - {date: 2027-03-01, name: Q&A day}\n")
    ran = run_cli("--source", write_course(tmp_path / "course", {"syllabus.yaml": text}), "--output", tmp_path / "site")
    assert ran.code == 0, ran.err
    groups = row_of((tmp_path / "site" / "index.html").read_text(encoding="utf-8"), "saws").partition("</ul>")[0]
    assert show(groups).endswith("A: no class (Q&amp;A day) B Tue C Wed")
