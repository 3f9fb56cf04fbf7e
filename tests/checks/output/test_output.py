"""The output checks itself: layouts and texts that spoil a page are told, and a failure of the builder is its own."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from courseweek import pipeline
from tests.sites import ROOT, SIX_LINES, Ran, run_cli, write_course

SYLLABUS = """\
course: {title: Knots, url: https://example.edu/knots/}
term:
  starts: 2027-01-25
  ends: 2027-02-22
  timezone: America/Los_Angeles
  meets: {day: Monday, time: 13:00-16:00}
  breaks: {from: 2027-02-12, to: 2027-02-16, name: Recess}
schedule: [{topic: Introduction, id: intro}, {topic: Big data, days: 2}, {topic: Hardware}]
assignments: [{title: Homework, due: week 2 at 17:00}, {title: Report, due: 2027-03-01}]
"""
FILES = {
    "syllabus.yaml": SYLLABUS,
    "readings.yaml": "intro: [{title: One, url: https://example.org/one}]\n",
    "content/plan.md": "# Plan\n\n## First steps\n\nSee [below](#first-steps) and [the term](index.html#intro).\n",
}


def build(folder: Path, files: dict[str, str]) -> Ran:
    write_course(folder / "course", {**FILES, **files})
    return run_cli("--source", folder / "course", "--output", folder / "site", "--today", "2027-02-01", "--strict")


def change(layout: str, *changes: tuple[str, str]) -> dict[str, str]:
    """Return a layout of the course's own that differs from the built-in one in these words."""
    text = (ROOT / "layouts" / layout).read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return {f"layouts/{layout}": text}


SCHEDULE, MACROS = "parts/schedule.html", "parts/macros.html"
SPOILT = {
    "a wrong date": change(SCHEDULE, ('data-date="{{ row.date }}"', 'data-date="{{ row.begins[:8] }}02"')),
    "a wrong day shown": change(MACROS, ("{{ row.day or ", "{{ row.day | replace('25', '26') or ")),
    "a wrong hour shown": change(MACROS, ("(date.hours)", "(date.hours | replace('17:', '18:'))")),
    "a moment of another day": change(
        MACROS, ('<p class="when">', '<p class="when"><time datetime="2027-01-25">then</time> ')
    ),
    "a wrong week": change(SCHEDULE, ('data-date="{{ row.', 'data-week="{{ row.week + 1 }}" data-date="{{ row.')),
    "a row left out": change(SCHEDULE, (" in week.rows %}", ' in week.rows if row.id != "big-data" %}')),
    "a deadline left out": change(
        SCHEDULE, ("{% if row.deadlines %}", "{% if row.deadlines and not row.only_deadlines %}")
    ),
    "no place for today": change(SCHEDULE, ('{% if row.anchor %}<span id="today"></span>{% endif %}', "")),
    "a doubled id": change("page.html", ("<h1>", '<h1 id="page.main">')),
    "a dead link": change("404.html", ('<p class="headline">', '<p class="headline"><a href="start.html">Start</a> ')),
    "a link to no place": change(
        "parts/readings.html", ('<h3>{{ _("Required") }}</h3>', '<h3><a href="index.html#nowhere">Required</a></h3>')
    ),
    "an inline handler": change("page.html", ("<h1>", '<h1 onclick="alert(1)">')),
    "an inline script": change("base.html", ("</head>", "<script>\nalert(1)\n</script>\n</head>")),
    "a style in the page": change("base.html", ("</head>", "<style>p { color: red }</style>\n</head>")),
    "a scheme": change("404.html", ('<p class="headline">', '<p class="headline"><a href="file:///etc/passwd">x</a> ')),
}  # fmt: skip


REPORTED = {
    "a wrong date": [
        "layouts/parts/schedule.html:1:1: error[self-check]: `Mon 25 Jan` is shown for 2027-01-02",
        "help: show the value of datetime or, as the day of a row, of data-date; it is on line 106 of the "
        "generated index.html, and 3 more like it",
        "layouts/parts/schedule.html:21:206: error[self-check]: the row `intro` has the date 2027-01-02, but "
        "course.json has 2027-01-25",
        "help: show it as the built-in layout of this name does; it is on line 105 of the generated "
        "index.html, and 4 more like it",
    ],
    "a wrong day shown": [
        "layouts/parts/macros.html:2:23: error[self-check]: `Mon 26 Jan` is shown for 2027-01-25",
        "help: show the value of datetime or, as the day of a row, of data-date; it is on line 106 of the "
        "generated index.html",
    ],
    "a wrong hour shown": [
        "layouts/parts/macros.html:18:7: error[self-check]: `Mon 1 Feb, 18:00` is shown for 2027-02-01T17:00:00-08:00",
        "help: show the value of datetime or, as the day of a row, of data-date; it is on line 43 of the "
        "generated deadlines.html",
    ],
    "a moment of another day": [
        "layouts/parts/macros.html:2:17: error[self-check]: the row `big-data` of 2027-02-01 shows 2027-01-25",
        "help: show it as the built-in layout of this name does; it is on line 119 of the generated "
        "index.html, and 3 more like it",
    ],
    "a wrong week": [
        "layouts/parts/schedule.html:21:206: error[self-check]: the row `intro` has the week 2, but course.json has 1",
        "help: show it as the built-in layout of this name does; it is on line 105 of the generated "
        "index.html, and 4 more like it",
    ],
    "a row left out": [
        "layouts/parts/schedule.html:1:1: error[self-check]: `#today` leads nowhere: index.html has no such place",
        "help: fix the link; it is on line 20 of the generated index.html, and 1 more like it",
        "layouts/parts/schedule.html:21:206: error[self-check]: the schedule has no row for `big-data` "
        "(2027-02-01), which is in course.json",
        "help: show everything that the built-in layout of this name shows; it is on line 105 of the "
        "generated index.html",
        "layouts/parts/schedule.html:23:43: error[self-check]: the schedule has no element with the id `today`",
        "help: show everything that the built-in layout of this name shows; it is on line 105 of the "
        "generated index.html",
        "layouts/parts/schedule.html:39:33: error[self-check]: the schedule lacks the deadline "
        "`homework-due` of 2027-02-01T17:00:00-08:00, which is in course.json",
        "help: show everything that the built-in layout of this name shows; it is on line 105 of the "
        "generated index.html",
    ],
    "a deadline left out": [
        "layouts/parts/schedule.html:39:33: error[self-check]: the schedule lacks the deadline `report-due` "
        "of 2027-03-01T23:59:00-08:00, which is in course.json",
        "help: show everything that the built-in layout of this name shows; it is on line 105 of the "
        "generated index.html",
    ],
    "no place for today": [
        "layouts/parts/schedule.html:1:1: error[self-check]: `#today` leads nowhere: index.html has no such place",
        "help: fix the link; it is on line 20 of the generated index.html",
        "layouts/parts/schedule.html:21:206: error[self-check]: the schedule has no element with the id `today`",
        "help: show everything that the built-in layout of this name shows; it is on line 105 of the "
        "generated index.html",
    ],
    "a doubled id": [
        'layouts/page.html:5:1: error[self-check]: `<h1 id="page.main">` has the id `page.main`, which '
        "another element already has",
        "help: give one of the two elements another id; it is on line 36 of the generated deadlines.html, "
        "and 2 more like it",
    ],
    "a dead link": [
        "layouts/404.html:4:29: error[self-check]: `start.html` leads nowhere: this site has no such page or file",
        "help: fix the link; it is on line 34 of the generated 404.html",
    ],
    "a link to no place": [
        "layouts/parts/readings.html:17:13: error[self-check]: `index.html#nowhere` leads nowhere: "
        "index.html has no such place",
        "help: fix the link; it is on line 48 of the generated readings.html",
    ],
    "an inline handler": [
        'layouts/page.html:5:1: error[self-check]: `<h1 onclick="alert(1)">` has a script in the attribute `onclick`',
        "help: delete the attribute: a page runs only scripts in `assets/`; it is on line 36 of the "
        "generated deadlines.html, and 2 more like it",
    ],
    "an inline script": [
        "layouts/base.html:28:1: error[self-check]: `<script>` is an inline script",
        "help: move the script to a file in `assets/`, and name the file with src; it is on line 17 of the "
        "generated index.html, and 10 more like it",
    ],
    "a style in the page": [
        "layouts/base.html:28:1: error[self-check]: `<style>` is an inline style",
        "help: move the style to a file in `assets/`; it is on line 17 of the generated index.html, "
        "and 10 more like it",
    ],
    "a scheme": [
        'layouts/404.html:4:21: error[self-check]: `<a href="file:///etc/passwd">` has an address with the '
        "scheme `file:`",
        "help: use http:, https:, mailto: or tel: instead; it is on line 34 of the generated 404.html",
    ],
}


def reported(ran: Ran) -> list[str]:
    """Return the first and the last line of each diagnostic."""
    assert ran.code == 1
    return [line for line in ran.err.splitlines() if "]: " in line or line.startswith("help: ")]


@pytest.mark.parametrize("name", SPOILT)
def test_a_layout_that_spoils_a_page_is_reported(tmp_path: Path, name: str) -> None:
    assert reported(build(tmp_path, SPOILT[name])) == REPORTED[name]
    assert not (tmp_path / "site").exists()


def test_the_same_course_holds_without_them(tmp_path: Path) -> None:
    assert build(tmp_path, {}).code == 0


WRITTEN = {
    "a link to no heading": (
        {"content/plan.md": "# Plan\n\nSee [below](#nowhere).\n"},
        ["content/plan.md:3:13: error[dead-anchor]: `#nowhere` leads nowhere: plan.html has no such place"],
    ),
    "a link to no heading of another page": (
        {"content/more.md": "# More\n\nSee [the plan](plan.md#second-steps).\n"},
        [
            "content/more.md:3:16: error[dead-anchor]: `plan.html#second-steps` leads nowhere: plan.html has no "
            "such place"
        ],
    ),
    "a link of a text in YAML": (
        {"syllabus.yaml": SYLLABUS + "late_policy: See [the plan](plan.html#late).\n"},
        ["syllabus.yaml:10:29: error[dead-anchor]: `plan.html#late` leads nowhere: plan.html has no such place"],
    ),
    "an id that stands twice": (
        {"content/plan.md": '# Plan\n\n<h2 id="first-steps">A</h2>\n\n<h2 id="first-steps">B</h2>\n'},
        ["content/plan.md:5:5: error[duplicate-id]: the id `first-steps` is used twice on this page"],
    ),
    "a time that is another": (
        {"content/plan.md": '# Plan\n\nBy <time datetime="2027-02-15">Tue 16 Feb</time>.\n\n## First steps\n'},
        ["content/plan.md:3:10: error[self-check]: `Tue 16 Feb` is shown for 2027-02-15"],
    ),
    "a time of the home page, which the full syllabus shows too": (
        {"content/index.md": "# Home\n\nBy <time datetime='2027-02-15T10:00'>Mon 15 Feb, 9:00</time>.\n"},
        ["content/index.md:3:10: error[self-check]: `Mon 15 Feb, 9:00` is shown for 2027-02-15T10:00"],
    ),
    "times of the home page and of a page, which the full syllabus shows too": (
        {
            "syllabus.yaml": SYLLABUS + "site: {syllabus: [more]}\n",
            "content/index.md": "By <time datetime='2027-02-15'>Tue 16 Feb</time>.\n",
            "content/more.md": "By <time datetime='2027-02-16'>Mon 15 Feb</time>.\n",
        },
        [
            "content/index.md:1:10: error[self-check]: `Tue 16 Feb` is shown for 2027-02-15",
            "content/more.md:1:10: error[self-check]: `Mon 15 Feb` is shown for 2027-02-16",
        ],
    ),
}


ANNOUNCEMENT = "content/announcements/2027-01-26-news.md"
IDS: dict[str, tuple[dict[str, str], list[str]]] = {
    "without quotes": (
        {"content/plan.md": "<h2 id=a>A</h2>\n\n<h2 id=a>B</h2>\n"},
        ["content/plan.md:3:5: error[duplicate-id]: the id `a` is used twice on this page"],
    ),
    "in single quotes": (
        {"content/plan.md": "<h2 id='a'>A</h2>\n\n<a id='a'>B</a>\n"},
        ["content/plan.md:3:4: error[duplicate-id]: the id `a` is used twice on this page"],
    ),
    "in capitals and with spaces": (
        {"content/plan.md": "<H2 ID = 'a'>A</H2>\n\n<a\n  iD=\"a\">B</a>\n"},
        ["content/plan.md:4:3: error[duplicate-id]: the id `a` is used twice on this page"],
    ),
    "by entities": (
        {"content/plan.md": "<h2 id='a&amp;b'>A</h2>\n\n<h2 id='&#97;&b'>B</h2>\n"},
        ["content/plan.md:3:5: error[duplicate-id]: the id `a&b` is used twice on this page"],
    ),
    "in two Unicode forms": (
        {"content/plan.md": "<h2 id='\u00e9'>A</h2>\n\n<h2 id='e\u0301'>B</h2>\n"},
        ["content/plan.md:3:5: error[duplicate-id]: the id `\u00e9` is used twice on this page"],
    ),
    "of a heading": (
        {"content/plan.md": "## Labs\n\n<a id='labs'>B</a>\n"},
        ["content/plan.md:3:4: error[duplicate-id]: a heading or footnote on this page already has the id `labs`"],
    ),
    "of a heading below": (
        {"content/plan.md": "<a id='labs'>B</a>\n\n## Labs\n"},
        ["content/plan.md:1:4: error[duplicate-id]: a heading or footnote on this page already has the id `labs`"],
    ),
    "of a footnote": (
        {"content/plan.md": "A.[^1]\n\n<a id='fn:1'>B</a>\n\n[^1]: C.\n"},
        ["content/plan.md:3:4: error[duplicate-id]: a heading or footnote on this page already has the id `fn:1`"],
    ),
    "across a part": (
        {"content/plan.md": "<a id=a>A</a>\n\n[[grading]]\n\n<a id='a'>B</a>\n"},
        ["content/plan.md:5:4: error[duplicate-id]: the id `a` is used twice on this page"],
    ),
    "in an announcement": (
        {ANNOUNCEMENT: "# News\n\n<a id=a>A</a>\n\n<a ID='a'>B</a>\n"},
        [f"{ANNOUNCEMENT}:5:4: error[duplicate-id]: the id `a` is used twice on this page"],
    ),
    "in two announcements": (
        {ANNOUNCEMENT: "<a id=a>A</a>\n", ANNOUNCEMENT.replace("26", "27"): "<a id=a>A</a>\n"},
        [],
    ),
    "in code and in words": ({"content/plan.md": '<a id="a">A</a> and id="a" id="a", `<a id="a">`\n'}, []),
    "empty": (
        {"content/plan.md": '<a id="">A</a> <a id>B</a>\n'},
        [
            "content/plan.md:1:4: warning[bad-id]: this id is empty; it is left out",
            "content/plan.md:1:19: warning[bad-id]: this id is empty; it is left out",
        ],
    ),
    "of two words": (
        {"content/plan.md": '<a id="x y">A</a>\n', ANNOUNCEMENT: "<a id='x\ty'>A</a>\n"},
        [
            f"{ANNOUNCEMENT}:1:4: warning[bad-id]: the id `x y` contains a space; it is left out",
            "content/plan.md:1:4: warning[bad-id]: the id `x y` contains a space; it is left out",
        ],
    ),
    "of the layout": (
        {"content/plan.md": "<a id=page.main>A</a>\n"},
        ["content/plan.md:1:4: warning[reserved-id]: the page itself uses the id `page.main`, so it is left out here"],
    ),
    "of the schedule": (
        {"content/plan.md": "[[schedule]]\n\n<a id='intro'>A</a> <a id='today'>B</a>\n"},
        [
            "content/plan.md:3:4: warning[reserved-id]: the page itself uses the id `intro`, so it is left out here",
            "content/plan.md:3:24: warning[reserved-id]: the page itself uses the id `today`, so it is left out here",
        ],
    ),
    "of an announcement below": (
        {
            "content/plan.md": "[[announcements]]\n\n<a id='2027-01-26-news.a'>A</a>\n",
            ANNOUNCEMENT: "# News\n\n<a id=a>A</a>\n",
        },
        [
            "content/plan.md:3:4: warning[reserved-id]: the page itself uses the id `2027-01-26-news.a`, so it is "
            "left out here"
        ],
    ),
    "of two announcements": (
        {ANNOUNCEMENT.replace("news", "a b"): "A\n", ANNOUNCEMENT.replace("news", "a-b"): "A\n"},
        [
            "content/announcements/2027-01-26-a-b.md:1:1: error[duplicate-id]: this announcement and "
            "content/announcements/2027-01-26-a b.md both get the id `2027-01-26-a-b`"
        ],
    ),
    "of an announcement and a meeting": (
        {
            "content/plan.md": "[[announcements]]\n\n[[schedule]]\n",
            "syllabus.yaml": SYLLABUS.replace("id: intro", "id: 2027-01-26-news"),
            "readings.yaml": "",
            ANNOUNCEMENT: "# News\n",
        },
        [
            f"{ANNOUNCEMENT}:1:1: error[duplicate-id]: this announcement and the meeting `Introduction` both get the "
            "id `2027-01-26-news`",
        ],
    ),
    "of a time in another spelling": (
        {"content/plan.md": "By <time DateTime='2027-02-15'>Tue 16 Feb</time>.\n"},
        ["content/plan.md:1:10: error[self-check]: `Tue 16 Feb` is shown for 2027-02-15"],
    ),
}


@pytest.mark.parametrize("name", IDS)
def test_an_id_that_is_wrong_or_taken_is_reported(tmp_path: Path, name: str) -> None:
    files, expected = IDS[name]
    write_course(tmp_path / "course", {**FILES, "content/plan.md": "# Plan\n", **files})
    ran = run_cli("--source", tmp_path / "course", "--output", tmp_path / "site", "--today", "2027-02-01")
    assert ran.code == any(": error[" in line for line in expected), ran.err
    assert [line for line in ran.err.splitlines() if ": error[" in line or ": warning[" in line] == expected


EARLY = {
    "released before the first class": "assignments: [{title: HW1, out: 2027-01-24, due: 2027-02-01}]",
    "due before the first class": "assignments: [{title: HW0, due: 2027-01-22}, {title: HW1, due: 2027-02-12}]",
    "milestones": "assignments: [{title: P, milestones: [{title: A, due: 2027-01-22}, {title: B, due: 2027-02-12}]}]",
    "after the last class": "assignments: [{title: A, due: 2027-02-01}, {title: B, due: 2027-03-10}]",
    "a day of the first week": "assignments: [{title: A, due: week 1 Monday}, {title: B, due: 2027-02-10}]",
    "to be decided": "assignments: [{title: A, due: TBD}, {title: B, due: 2027-01-20}, {title: C, due: 2027-02-10}]",
    "one alone": "assignments: [{title: A, due: 2027-01-20}]",
}
TERMS = {
    "Mondays": "meets: {day: Monday, time: 13:00-16:00}",
    "Wednesdays": "meets: {day: Wednesday, time: 13:00-16:00}",
    "a break first": "meets: {day: Monday, time: 13:00-16:00}\n  breaks: {from: 2027-01-25, to: 2027-01-29, name: A}",
    "dated topics alone": "",
}
PLACED = {"at home": {}, "elsewhere": {"content/plan.md": "[[deadlines]]\n\n[[schedule]]\n\nText.\n"}}


@pytest.mark.parametrize("where", PLACED)
@pytest.mark.parametrize("term", TERMS)
@pytest.mark.parametrize("dates", EARLY)
def test_deadlines_may_come_before_the_first_class(tmp_path: Path, dates: str, term: str, where: str) -> None:
    topics = "[{topic: One, date: 2027-02-08}]" if not TERMS[term] else "[{topic: One}, {topic: TBD, times: 3}]"
    if not TERMS[term] and "week" in dates:
        topics = "[{topic: One, date: 2027-01-27}]"
    syllabus = f"""\
course: Knots
term:
  starts: 2027-01-25
  ends: 2027-02-22
  timezone: America/Los_Angeles
  {TERMS[term]}
schedule: {topics}
{EARLY[dates]}
"""
    files = {"syllabus.yaml": syllabus, "readings.yaml": "", "content/plan.md": "# Plan\n", **PLACED[where]}
    write_course(tmp_path / "course", files)
    ran = run_cli("--source", tmp_path / "course", "--output", tmp_path / "site", "--today", "2027-02-01")
    assert ran.code == 0, ran.err


@pytest.mark.parametrize("name", WRITTEN)
def test_a_text_that_spoils_a_page_is_reported(tmp_path: Path, name: str) -> None:
    files, expected = WRITTEN[name]
    ran = build(tmp_path, {"content/plan.md": "# Plan\n", **files})
    assert [line for line in reported(ran) if not line.startswith("help: ")] == expected


@pytest.mark.parametrize(
    "text",
    [
        "[top](#) [top](#top) [it](#plan%2Dit) [words](#:~:text=x) [home](index.html#intro) [me](plan.md#plan-it)",
        '<time datetime="2027-02-15">the third week</time> <time datetime="PT2H">Mon 1 Feb</time>',
        '<time datetime="2027-02-15">Mon 15 – Wed 17 Feb</time>'
        '<time datetime="2027-02-26">Fri 26 Feb – Mon 1 Mar</time>',
        "[data](course.json) [book](https://example.org/#nowhere) [not yet](later.html#there)",
    ],
)
def test_what_is_right_is_not_reported(tmp_path: Path, text: str) -> None:
    files = {
        "content/plan.md": f"# Plan\n\n## Plan it\n\n{text}\n",
        "content/later.md": "---\npublish_on: 2027-03-01\n---\nLater.\n\n## There\n",
    }
    write_course(tmp_path / "course", {**FILES, **files})
    ran = run_cli("--source", tmp_path / "course", "--output", tmp_path / "site", "--today", "2027-02-01")
    assert ran.code == 0, ran.err


def test_a_failure_of_the_builder_is_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    theme = tmp_path / "theme"
    for name in ("layouts", "assets/theme"):
        shutil.copytree(ROOT / name, theme / name)
    write_course(theme, change("page.html", ("<h1>", '<h1 onclick="alert(1)">')))
    monkeypatch.setattr(pipeline, "theme_folder", lambda: theme)
    ran = build(tmp_path, {})
    assert ran.code == 3
    said = ran.err.splitlines()
    at = said.index("courseweek.checks.output.selfcheck.SelfCheckError: the pages fail the self-check:")
    assert said[at + 1] == ('deadlines.html:36: `<h1 onclick="alert(1)">` has a script in the attribute `onclick`')
    assert said[-1].startswith("This is a bug in Courseweek, not in your course")
    assert not (tmp_path / "site").exists()


def test_a_layout_of_the_course_that_is_right_is_not_blamed(tmp_path: Path) -> None:
    assert build(tmp_path, change("parts/every-week.html", ("<dt>", "<dt>*"))).code == 0


def test_a_schedule_without_its_deadlines_holds(tmp_path: Path) -> None:
    files = change(SCHEDULE, ("{{ macros.deadlines(row.deadlines) }}", ""))
    assert build(tmp_path, files).code == 0


def test_files_that_differ_in_case_are_reported(tmp_path: Path) -> None:
    ran = build(tmp_path, {"assets/Plan.pdf": "1", "assets/plan.pdf": "2"})
    if len(list((tmp_path / "course" / "assets").iterdir())) == 1:
        return  # this disk holds only one of them
    assert reported(ran) == [
        "assets/plan.pdf:1:1: error[same-path]: this file and assets/Plan.pdf differ only in case",
        "help: rename one of the two",
    ]


def test_a_layout_without_the_places_of_its_page_is_reported(tmp_path: Path) -> None:
    """The home page links to the newest announcement, on a page whose layout shows none."""
    layout = "{% extends 'base.html' %}{% block main %}<h1>{{ page.title }}</h1>{% endblock %}\n"
    files = {"content/announcements/2027-01-25-news.md": "# News\n", "layouts/page.html": layout}
    folder = write_course(tmp_path, {"syllabus.yaml": SIX_LINES, **files})
    ran = run_cli("--source", folder, "--today", "2027-01-25")
    assert ran.err.splitlines()[0] == (
        "layouts/page.html:1:1: error[self-check]: announcements.html has no place `2027-01-25-news`, "
        "to which index.html links"
    )
