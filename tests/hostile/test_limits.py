"""What is too much is told where it begins, in the course's words."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from courseweek.diagnostics import MOST_REPORTED
from courseweek.serve.days import DayCache
from tests.hostile.floods import DAYS, HEAD, LONG, Files, of_layout, of_page, of_readings, of_syllabus
from tests.hostile.products import PRODUCTS
from tests.sites import run_cli, write_course

PRESENTERS = HEAD + "presentations: {presenters: p.csv}\nschedule:\n  - {topic: Bends, id: bends}\n"
TOO_MUCH = "this text would become more than 1,500,000 characters of HTML"
LIMITS: dict[str, tuple[Files, str]] = {
    "a large file": (
        of_readings("#" * 1_000_001),
        "readings.yaml:1:1: error[too-large]: `readings.yaml` is larger than 1,000,000 bytes",
    ),
    "a long list": (
        of_readings("bends: [" + "a," * 2_001 + "]"),
        "readings.yaml:1:4009: error[too-many]: a list holds more than 2,000 entries",
    ),
    "many texts": (
        of_readings("".join(f"m{n}: [" + "a," * 1_900 + "]\n" for n in range(30))),
        "readings.yaml:27:1101: error[too-many]: the file holds more than 50,000 texts",
    ),
    "many readings": (
        {
            "syllabus.yaml": HEAD + "schedule:\n  - {topic: Bends, id: bends}\n  - {topic: Hitches, id: hitches}\n",
            "readings.yaml": "bends:\n" + "- a\n" * 1_500 + "hitches:\n" + "- a\n" * 1_001,
        },
        "readings.yaml:1502:1: error[too-many]: there are more than 2,500 readings up to here",
    ),
    "marks in all texts": (
        of_readings("bends:\n" + "".join(f"- a{n} " + "*b* " * 900 + "\n" for n in range(20))),
        "readings.yaml:13:3: error[too-many]: the texts up to here contain more than 20,000 of the marks `*`, `_`, "
        "`$`, "
        "`&`, `\\` and backticks",
    ),
    "many topics": (
        of_syllabus("schedule:\n" + "".join(f"  K{k}:\n" + "    - T\n" * 501 for k in range(2))),
        "syllabus.yaml:1011:7: error[too-many]: a course has at most 1,000 topics",
    ),
    "many classes": (
        {"syllabus.yaml": LONG + "".join(f"    - {{days: {DAYS}, kind: K{n}}}\n" for n in range(5))},
        "syllabus.yaml:11:8: error[too-many]: the pattern up to here makes more than 4,000 classes in 115 weeks",
    ),
    "many deadlines": (
        {
            "syllabus.yaml": LONG
            + f"    - {{days: {DAYS}}}\nschedule:\n"
            + "  - {topic: TBD, times: 60}\n" * 13
            + "assignments:\n"
            + "".join(f"  - {{title: A{n}, each: meeting, due: 1 day before}}\n" for n in range(7))
        },
        "syllabus.yaml:28:6: error[too-many]: the course has more than 4,000 deadlines",
    ),
    "a long chain": (
        of_syllabus(
            "assignments:\n" + "".join(f"  - {{title: A, id: a{n}, due: 1 day after a{n + 1}}}\n" for n in range(60))
        ),
        "syllabus.yaml:59:30: error[too-many]: more than 50 moments depend on each other",
    ),
    "a large table": (
        {"syllabus.yaml": PRESENTERS, "p.csv": "name,meeting\n" + "\n" * 400_000},
        "p.csv:1:1: error[too-large]: the table of presenters has more than 400,000 characters",
    ),
    "many presenters": (
        {"syllabus.yaml": PRESENTERS, "p.csv": "name,meeting\n" + "Ada,bends\n" * 2_001},
        "p.csv:2002:1: error[too-many]: the table has more than 2,000 presenters",
    ),
    "many lines": (of_page("a\n\n" * 5_001), "content/page.md:1:1: error[too-many]: a page has at most 10,000 lines"),
    "lines together": (
        of_page("a\n\n" + "b\n" * 1_502),
        "content/page.md:3:1: error[too-many]: at most 1,500 lines may follow each other without an empty one",
    ),
    "a long paragraph": (
        of_page("a\n\n" + "b" * 20_001),
        "content/page.md:3:1: error[too-many]: a paragraph has at most 20,000 characters",
    ),
    "many marks": (
        of_page("*a* b\n\n" * 2 + ("*a* " * 2_000 + "\n\n") * 6),
        "content/page.md:1:1: error[too-many]: a page has at most 20,000 of the marks `*`, `_`, `$`, `&`, `\\` and "
        "backticks",
    ),
    "many footnotes": (
        of_page("a\n\n" + "[^1]\n\n" * 1_001),
        "content/page.md:3:1: error[too-many]: a page has at most 1,000 footnotes and references to them",
    ),
    "a deep line": (
        of_page("a\n\n" + "- " * 13 + "b"),
        "content/page.md:3:1: error[too-many]: a line opens at most 12 lists and quotes inside each other",
    ),
    "a long fence": (
        of_page("a\n\n```" + " " * 300 + "\n```\n"),
        "content/page.md:3:1: error[too-many]: the line that opens a block of code has at most 200 characters",
    ),
    "many pages of a part": (
        {"syllabus.yaml": HEAD, **{f"content/p{n:02}.md": "---\nnav: no\n---\n[[schedule]]\n" for n in range(13)}},
        "content/p12.md:1:1: error[too-many]: `[[schedule]]` is on 13 pages; the limit is 12",
    ),
    "many notes of a part": (
        {
            "syllabus.yaml": HEAD + "schedule: [{topic: One, date: 2027-02-01}]\n",
            **{f"content/notes/n{n:02}.md": "---\nmeeting: one\n---\n[[schedule]]\n" for n in range(13)},
        },
        "content/notes/n12.md:1:1: error[too-many]: `[[schedule]]` is on 13 pages; the limit is 12",
    ),
    "a long navigation": (
        {"syllabus.yaml": HEAD, **{f"content/p{n:03}.md": "a\n" for n in range(99)}},
        "content/p098.md:1:1: error[too-many]: the navigation has 101 pages; the limit is 100",
    ),
    "many lines of YAML": (
        of_readings("bends: a\n" + "\n" * 50_001),
        "readings.yaml:1:1: error[too-many]: more than 50,000 lines are too many",
    ),
    "many lines of front matter": (
        of_page("---\n" + "~~~\n\n" * 30_000 + "---\n"),
        "content/page.md:2:1: error[too-many]: more than 50,000 lines are too many",
    ),
    "long words of the navigation": (
        {"syllabus.yaml": HEAD, **{f"content/p{n:03}.md": f"# {'t' * 900}{n}\n" for n in range(30)}},
        "content/p010.md:1:1: error[too-long]: the navigation has more than 20,000 characters, and every page "
        "repeats it",
    ),
    "many days": (
        {"syllabus.yaml": HEAD.replace("day: Monday", "day: '" + "&a" * 60 + "'")},
        "syllabus.yaml:7:13: error[too-many]: more than 50 days are listed here",
    ),
    **{
        name: (
            PRODUCTS[name](),
            f"{place}: error[too-large]: {TOO_MUCH}",
        )
        for name, place in {
            "500 lists of 2,000 headings": "content/page.md:1:1",
            "a long definition": "content/page.md:1:1",
            "a long definition on twelve pages": "content/announcements/2027-02-01-a.md:1:1",
            "open marks with long titles": "content/page.md:1:1",
        }.items()
    },
    "long definitions in YAML": (
        PRODUCTS["long definitions in YAML"](),
        "readings.yaml:4:5: error[too-large]: this text would become more than 200,000 characters of HTML",
    ),
    "a long reading reused": (
        PRODUCTS["a long reading reused"](),
        "readings.yaml:2:18: error[too-large]: the page `readings.html` would have more than 5,000,000 characters of "
        "HTML",
    ),
    "a large layout": (
        of_layout("a" * 50_001),
        "layouts/page.html:1:1: error[too-large]: `layouts/page.html` is larger than 50,000 bytes",
    ),
}


@pytest.mark.parametrize("name", LIMITS)
def test_limit(name: str, tmp_path: Path) -> None:
    files, expected = LIMITS[name]
    ran = run_cli("--source", write_course(tmp_path / "course", files), "--today", "2027-03-10")
    assert ran.code == 1
    assert expected in ran.err.split("\n")


def test_what_is_not_shown_is_counted(tmp_path: Path) -> None:
    course = write_course(
        tmp_path, of_readings("bends:\n" + "".join(f"- {{title: a{n}, zzz: b}}\n" for n in range(MOST_REPORTED + 40)))
    )
    ran = run_cli("--source", course, "--today", "2027-03-10")
    assert ran.code == 1
    assert ran.err.count("error[unknown-key]") == MOST_REPORTED
    assert "readings.yaml:202:17: error[too-many]: 40 more errors and warnings in this file are not shown\n" in ran.err
    assert ran.err.endswith(f"Nothing was published: {MOST_REPORTED + 1} errors.\n")


def test_errors_count_even_where_nothing_is_reported(tmp_path: Path) -> None:
    warned = "bends:\n" + "".join(f"- b{n} #c\n" for n in range(MOST_REPORTED + 10)) + "- {title: a, zzz: b}\n"
    ran = run_cli("--source", write_course(tmp_path, of_readings(warned)), "--today", "2027-03-10")
    assert ran.code == 1
    assert ran.err.endswith("Nothing was published: 1 error.\n")


@pytest.mark.parametrize("name", ["a long definition", "a long reading reused", "99 long titles"])
def test_a_preview_says_the_same(name: str, tmp_path: Path) -> None:
    course = write_course(tmp_path / "course", PRODUCTS[name]())
    build = DayCache(course, tmp_path / "out", datetime.now, datetime(2027, 3, 10)).show(None).build
    for _ in build.steps():
        pass
    assert build.bug is None
    assert {each.name for each in build.found if each.severity == "error"} <= {"too-large", "too-long"}
    assert build.failed
