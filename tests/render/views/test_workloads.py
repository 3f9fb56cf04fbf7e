"""How long the readings of a week take: beside the week, in the panel, and in the full syllabus as table and plot."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

import pytest

from courseweek.files.stored import read_whole
from courseweek.language.locale import Locale
from tests.sites import ROOT, make_in_memory, write_course

NOW = datetime(2027, 2, 3, 12)
SYLLABUS = """\
course: {title: Knots, language: LANGUAGE}
term:
  starts: 2027-01-25
  ends: 2027-02-14
  timezone: America/New_York
  meets: [{days: [Mon, Thu], time: 9:00-10:00}]
schedule: [{topic: A, id: a}, {topic: B, id: b}, {topic: C, id: c}, {topic: D, id: d}, {topic: E, id: e}, F]
"""
READINGS = """\
a:
  required: [{title: One, id: one, pages: 1-40}, {title: Two, minutes: 45}]
  optional: [{title: Three, minutes: 20}, Four]
b: [{reuse: one}]
c: [{title: Five, minutes: 30}, Six]
e: [Seven]
"""
NOT_SAID = "a: [One, {title: Two, pages: ch. 3}]\n"


def make(folder: Path, readings: str = READINGS, language: str = "en", limit: str = "") -> dict[str, str]:
    syllabus = SYLLABUS.replace("LANGUAGE", language).replace("term:\n", f"term:\n{limit}")
    return show(write_course(folder, {"syllabus.yaml": syllabus, "readings.yaml": readings}))


def show(course: Path, now: datetime = NOW) -> dict[str, str]:
    artifacts = make_in_memory(course, now).artifacts
    return {name: read_whole(artifacts[name]).decode() for name in ("index.html", "syllabus.html", "syllabus.md")}


def test_each_week_says_how_long_its_readings_take(tmp_path: Path) -> None:
    home = make(tmp_path)["index.html"]
    weeks = re.findall(r'id="(week-\d)".*?<tr class="heading">(.*?)</tr>', home, re.DOTALL)
    bar = '<svg width="{}" height="8" fill="currentColor" aria-hidden="true">'
    assert {name: re.findall(r'<small class="time">(.*?) (<svg [^>]*>)', text) for name, text in weeks} == {
        "week-1": [("About 2.5 h of reading", bar.format(60))],
        "week-2": [("About 30 min for 1 of 2 readings", bar.format(12))],
        "week-3": [],
    }
    assert re.findall(r'<h2 id="page.week">.*<small class="time">(.*)</small></h2>', home) == [
        "About 30 min for 1 of 2 readings"
    ]


def test_the_bars_are_shorter_below_a_limit(tmp_path: Path) -> None:
    home = make(tmp_path, limit="  weekly_hours: 5\n")["index.html"]
    assert re.findall(r'<svg width="(\d+)"', home) == ["30", "6"]


def test_a_course_whose_readings_say_nothing_shows_nothing(tmp_path: Path) -> None:
    made = make(tmp_path, NOT_SAID)
    assert 'class="time"' not in made["index.html"]
    assert "<svg" not in made["index.html"] + made["syllabus.html"]
    assert "Reading by week" not in made["syllabus.html"] + made["syllabus.md"]


def test_the_full_syllabus_has_a_table(tmp_path: Path) -> None:
    made = make(tmp_path)
    assert made["syllabus.md"].split("## Reading by week\n\n")[1].split("\n\n## ")[0].splitlines() == [
        "Times are estimates: the minutes that a reading gives, or else 2.5 minutes a page.",
        "",
        "| Week | Readings | Required | Optional |",
        "| --- | --- | --- | --- |",
        "| Week 1 (Mon 25 – Thu 28 Jan) | 4 | 2.5 h | 15 min (1 of 2) |",
        "| Week 2 (Mon 1 – Thu 4 Feb) | 2 | 30 min (1 of 2) | – |",
        "| Week 3 (Mon 8 – Thu 11 Feb) | 1 | – | – |",
    ]
    table = re.search(
        r'<table class="list times" aria-labelledby="page.reading-time">.*?</table>', made["syllabus.html"], re.DOTALL
    )
    assert table is not None
    table_text = re.sub("<small>(.*?)</small>", r"(\1)", table[0].replace("<bdi>", "").replace("</bdi>", ""))
    rows = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in table_text.split("<tr>")[1:]]
    written = [line.strip("| ").split(" | ") for line in made["syllabus.md"].splitlines() if line.startswith("| ")]
    assert rows == [written[0], *written[2:]]


def read_plot(made: dict[str, str]) -> tuple[list[tuple[int, ...]], list[str], list[str]]:
    """Return the columns as (x, y, width, height), the texts, and the dashed lines."""
    plot = re.search(
        r'<svg class="plot" role="img" aria-labelledby="page.reading-time".*?</svg>', made["syllabus.html"], re.DOTALL
    )
    assert plot is not None
    columns = re.findall(r'<rect x="(\d+)" y="(\d+)" width="(\d+)" height="(\d+)"', plot[0])
    dashed = re.findall(r'<path d="([^"]*)"[^>]*dasharray', plot[0])
    return [tuple(map(int, each)) for each in columns], re.findall(r"<text[^>]*>(.*?)</text>", plot[0]), dashed


def test_the_full_syllabus_has_a_plot(tmp_path: Path) -> None:
    made = make(tmp_path)
    columns, texts, dashed = read_plot(made)
    assert texts == ["0 h", "1 h", "2 h", "3 h", "1", "2", "3"]
    assert dashed == []
    assert "Dashed" not in made["syllabus.html"]
    # 145 of 180 minutes and 20 optional ones on top of them, 30 minutes, nothing.
    assert columns == [(43, 29, 10, 89), (43, 17, 10, 12), (63, 100, 10, 18), (83, 118, 10, 0)]


def test_the_plot_has_the_limit(tmp_path: Path) -> None:
    made = make(tmp_path, limit="  weekly_hours: 6\n")
    _, texts, dashed = read_plot(made)
    assert texts == ["0 h", "2 h", "4 h", "6 h", "1", "2", "3"]
    assert dashed == ["M38 8H98"]
    assert "Dashed: the limit of 6 h a week." in made["syllabus.html"]


def test_the_plot_runs_from_right_to_left(tmp_path: Path) -> None:
    columns, _, _ = read_plot(make(tmp_path, language="ar"))
    assert [x for x, *_ in columns] == [45, 45, 25, 5]


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_columns_begin_behind_the_longest_label(tmp_path: Path, language: str) -> None:
    columns, texts, _ = read_plot(make(tmp_path, "a: [{title: One, minutes: 45}]\n", language))
    longest = max(len(text) for text in texts[:4])
    assert columns[0][0] >= 6 * longest, texts


LANGUAGES = {
    "en-US": ("45 min", "1 h", "2.5 h"),
    "de": ("45 Min.", "1 Std.", "2,5 Std."),
    "es": ("45 min", "1 h", "2,5 h"),
    "fr": ("45 min", "1 h", "2,5 h"),
    "zh-Hans": ("45分钟", "1小时", "2.5小时"),
    "ar": ("45 د", "1 س", "2.5 س"),
}


@pytest.mark.parametrize("tag", LANGUAGES)
def test_a_time_is_written_as_its_language_does(tag: str) -> None:
    assert tuple(map(Locale(tag).duration, (45, 60, 150))) == LANGUAGES[tag]


def test_an_example_has_figures() -> None:
    made = show(ROOT / "examples" / "history", datetime(2027, 3, 10, 12))
    assert made["index.html"].count('<small class="time">') == 14
