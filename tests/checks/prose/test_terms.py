"""What a new term leaves behind in texts: names of past terms, and announcements of them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from courseweek.checks.prose.term_names import find_term_names
from tests.checks.reported import SYLLABUS, report, show

SPRING = (
    SYLLABUS.replace("2027", "2028").replace("2028-01-25", "2028-01-24").replace("term:\n", "term:\n  name: NAME\n")
)


def in_term(name: str, starts: str = "2028-01-24", ends: str = "2028-05-07") -> str:
    text = SPRING.replace("NAME", name) if name else SPRING.replace("  name: NAME\n", "")
    return text.replace("2028-01-24", starts).replace("2028-05-07", ends)


def show_page(folder: Path, text: str, syllabus: str) -> list[tuple[str, str]]:
    """Return what is reported about a page, each with what its remedy says to write."""
    found = report(folder, {"content/page.md": text}, syllabus)
    return [(show(each).removeprefix("content/page.md:"), (each.help or "").partition(" here;")[0]) for each in found]


OVER = {
    "# Schedule, Spring 2027": ("1:13 [Spring 2027]", "Spring 2027", "Spring 2028"),
    "Fall 2026 schedule": ("1:1 [Fall 2026]", "Fall 2026", "Spring 2028"),
    "Welcome to Spring\n2027!": ("1:12 [Spring\n2027]", "Spring 2027", "Spring 2028"),
    "The course of the fall semester of 2027 begins.": (
        "1:19 [fall semester of 2027]",
        "fall semester of 2027",
        "Spring 2028",
    ),
    "Winter 2026/27": ("1:1 [Winter 2026/27]", "Winter 2026/27", "Spring 2028"),
    "WS 2026/27": ("1:1 [WS 2026/27]", "WS 2026/27", "Spring 2028"),
    "SoSe 2027": ("1:1 [SoSe 2027]", "SoSe 2027", "Spring 2028"),
    "Spring '27": ("1:1 [Spring '27]", "Spring '27", "Spring 2028"),
    "Semester 2, 2026": ("1:1 [Semester 2, 2026]", "Semester 2, 2026", "Spring 2028"),
    "2026 Semester 2": ("1:1 [2026 Semester 2]", "2026 Semester 2", "Spring 2028"),
    "Michaelmas term 2027": ("1:1 [Michaelmas term 2027]", "Michaelmas term 2027", "Spring 2028"),
    "Syllabus 2026/27": ("1:10 [2026/27]", "2026/27", "2027/28"),
    "Syllabus for 2026–2027": ("1:14 [2026–2027]", "2026–2027", "2027/28"),
    "# Final exam 2027": ("1:14 [2027]", "2027", "2028"),
    "## 2027 schedule": ("1:4 [2027]", "2027", "2028"),
    "In Spring 2027 lectures are recorded.": ("1:4 [Spring 2027]", "Spring 2027", "Spring 2028"),
    "![The poster of Spring 2027](https://e.org/a.png) Spring 2027": (
        "1:51 [Spring 2027]",
        "Spring 2027",
        "Spring 2028",
    ),
    "- Spring 2027: we start on Monday\n- The room is 405": ("1:3 [Spring 2027]", "Spring 2027", "Spring 2028"),
    "| Term | Spring 2027 |\n| --- | --- |": ("1:10 [Spring 2027]", "Spring 2027", "Spring 2028"),
}


@pytest.mark.parametrize("text", OVER)
def test_a_past_term_is_reported(text: str, tmp_path: Path) -> None:
    place, name, written = OVER[text]
    message = f"{place} warning[other-term]: `{name}` is over: the term is Spring 2028"
    assert show_page(tmp_path, text, in_term("Spring 2028")) == [(message, f"write {written}")]


RIGHT = [
    "# Spring 2028\n\nWelcome to spring 2028, and to 2027/28; the exam of 2028.",
    "It is offered again in Fall 2028, in Spring 2029 and in 2028/29.",
    "It was last taught in Spring 2027. Since Fall 2025 we use Rust. Slides from Spring 2027.",
    "In Spring 2027 we used Rust. In fall 2026 the law passed. Two versions: Spring 2027.",
    "## Past offerings\n\nWe list all of them.\n\n- Fall 2025 (Ada)\n",
    "Earlier terms:\n\n- Fall 2026\n- [Here](page.md), Fall 2026\n",
    "Spring 2027, Fall 2027 and Spring 2028",
    "- Fall 2025: Ada\n- Fall 2026: Bo",
    "© Spring 2027 Ada. Copyright Fall 2027.",
    "Spring 2019 and in 2019/20.",
    "The election of 2027, and a bare 2027. # 2027",
    "# The 2027 election",
    "`Spring 2027`, “Spring 2027” and [Spring 2027](https://example.org/) and https://e.org/2026/27/spring-2027",
    "IEEE Data Engineering Bulletin, Fall 2026. Proceedings of the Workshop, Spring 2027.",
    "2010-11, 2027-03, 2026.27, 12026/27, 2026/27/28, 2026-27-1, spring-2027, Spring 2027% of it",
    "Ada graduated in Spring 2027. He joined in Fall 2026. Students of Spring 2027 wrote it.",
]


@pytest.mark.parametrize("text", RIGHT)
def test_this_term_and_history_are_not(text: str, tmp_path: Path) -> None:
    assert show_page(tmp_path, text, in_term("Spring 2028")) == []


TERMS = [
    # The name of the term, when it starts and ends, what is over and what is not.
    ("Fall 2027", "2027-08-25", "2027-12-10", ["Spring 2027", "Fall 2026", "2026/27", "Summer 2027"], ["2027/28"]),
    ("Winter 2028", "2028-01-03", "2028-03-17", ["Winter 2027", "Fall 2027", "2026/27"], ["Winter 2028", "2027/28"]),
    ("WS 2027/28", "2027-10-18", "2028-02-11", ["WS 2026/27", "SS 2027", "SoSe 2027"], ["WS 2027", "WiSe 2027/28"]),
    ("SS 2028", "2028-04-17", "2028-07-21", ["WS 2027/28", "SS 2027"], ["WS 2028/29", "2027/28"]),
    ("Semester 2, 2027", "2027-08-11", "2027-11-12", ["Semester 2, 2026"], ["Spring 2027", "Semester 1, 2028"]),
    ("Autumn 2028", "2028-03-01", "2028-06-02", ["Spring 2027", "Autumn 2027"], ["Spring 2028", "Fall 2028"]),
    ("", "2028-01-24", "2028-05-07", ["Spring 2027", "Fall 2027"], ["Spring 2028", "Winter 2028"]),
]


@pytest.mark.parametrize(("name", "starts", "ends", "over", "right"), TERMS)
def test_terms_of_other_calendars(
    name: str, starts: str, ends: str, over: list[str], right: list[str], tmp_path: Path
) -> None:
    syllabus = f"course: X\nterm: {{name: '{name}', starts: {starts}, ends: {ends}, timezone: UTC}}\n"
    syllabus = syllabus if name else syllabus.replace("name: '', ", "")
    names = [*over, *right]
    files = {f"content/p{at}.md": f"# {text}\n" for at, text in enumerate(names)}
    found = report(tmp_path, files, syllabus)
    assert [names[int(each.span.file[9:-3])] for each in found if each.name == "other-term"] == over


ELSEWHERE: dict[str, tuple[Mapping[str, str], str, list[str]]] = {
    "the name of the term": (
        {},
        in_term("Spring 2027"),
        [
            "syllabus.yaml:3:9 [Spring 2027] warning[other-term]: `Spring 2027` is over: the term starts on 2028-01-24"
            " | write the name of this term here, or change its dates | syllabus.yaml:4 the term starts here"
        ],
    ),
    "the title of the course": (
        {},
        in_term("Spring 2028").replace("course: Knots", 'course: "Knots 101 (Spring 2027)"'),
        ["syllabus.yaml:1:21"],
    ),
    "a year at the end of it": (
        {},
        in_term("Spring 2028").replace("course: Knots", "course: Knots 2027"),
        ["syllabus.yaml:1:15"],
    ),
    "other years in it": (
        {},
        in_term("Spring 2028").replace("course: Knots", "course: {title: From 1945–2027 to the election of 2027}"),
        [],
    ),
    "its long form and its description": (
        {},
        in_term("Spring 2028").replace(
            "course: Knots", "course: {title: Knots 2026/27, description: Welcome to Spring 2027}"
        ),
        ["syllabus.yaml:1:23", "syllabus.yaml:1:56"],
    ),
    "the title in front matter": (
        {"content/page.md": "---\ntitle: Labs, Spring 2027\n---\nText.\n"},
        in_term("Spring 2028"),
        ["content/page.md:2:14"],
    ),
    "a topic": (
        {},
        in_term("Spring 2028").replace("topic: Introduction", 'topic: "Introduction, Spring 2027"'),
        ["syllabus.yaml:9:28"],
    ),
    "an announcement of this term": (
        {"content/announcements/2028-01-20-hi.md": "Welcome to Spring 2027.\n"},
        in_term("Spring 2028"),
        ["content/announcements/2028-01-20-hi.md:1:12"],
    ),
    "what is of its time": (
        {
            "content/announcements/2027-01-20-hi.md": "---\ndraft: yes\n---\nWelcome to Spring 2027.\n",
            "content/notes/a.md": "---\nmeeting: intro\n---\n# Notes, Spring 2027\n",
            "readings.yaml": "intro:\n  - {title: The Spring 2027 one, venue: Spring 2027, note: Read Spring 2027}\n",
        },
        in_term("Spring 2028"),
        [],
    ),
}


@pytest.mark.parametrize("case", ELSEWHERE)
def test_where_it_is_read(case: str, tmp_path: Path) -> None:
    files, syllabus, expected = ELSEWHERE[case]
    found = report(tmp_path, files, syllabus)
    assert {each.name for each in found} <= {"other-term"}
    shown = [
        f"{show(each)} | {each.help} | {each.other[0].file}:{each.other[0].line} {each.other[1]}"
        for each in found
        if each.other
    ]
    assert len(shown) == len(expected)
    assert all(line.startswith(part) for line, part in zip(shown, expected, strict=True)), shown


def test_an_announcement_long_before_the_term(tmp_path: Path) -> None:
    dates = ["2027-02-17", "2027-11-28", "2027-11-29", "2028-11-06", "2028-11-07"]
    files = {f"content/announcements/{day}-room.md": "The room is 405.\n" for day in dates}
    found = report(tmp_path, files, in_term("Spring 2028"))
    term = "the term starts (2028-01-24)"
    assert [(show(each).partition("announcements/")[2], each.help) for each in found] == [
        (
            "2027-02-17-room.md:1:1 [] warning[outside-term]: "
            f"the announcement of 2027-02-17 is more than eight weeks before {term}",
            "if its year is wrong, rename the file 2028-02-17-room.md; "
            "if it is from a past term, delete the file or write draft: yes in it",
        ),
        (
            "2027-11-28-room.md:1:1 [] warning[outside-term]: "
            f"the announcement of 2027-11-28 is more than eight weeks before {term}",
            "if it is from a past term, delete the file or write draft: yes in it",
        ),
        (
            "2028-11-07-room.md:1:1 [] warning[outside-term]: "
            "the announcement of 2028-11-07 is more than half a year after the term ends (2028-05-07)",
            "the term runs from 2028-01-24 to 2028-05-07",
        ),
    ]


def test_an_announcement_is_of_its_own_year(tmp_path: Path) -> None:
    # 30 April is a Friday in 2027 and a Sunday in 2028; the one after 15 December 2027 is that of 2028.
    text = "See you on Friday, April 30.\n"
    files = {f"content/announcements/{day}-a.md": text for day in ("2027-02-17", "2027-12-15", "2028-02-01")}
    found = [each for each in report(tmp_path, files, in_term("Spring 2028")) if each.name != "outside-term"]
    assert [(each.span.file[22:32], each.message, each.other and each.other[1]) for each in found] == [
        (
            "2027-12-15",
            "2028-04-30 is a Sunday, not a Friday",
            "the year comes from the announcement's own date, 2027-12-15",
        ),
        ("2028-02-01", "2028-04-30 is a Sunday, not a Friday", "the year comes from the term"),
    ]


def test_the_days_of_february_in_another_year(tmp_path: Path) -> None:
    files = {"content/announcements/2026-12-20-a.md": "Until February 29.\n"}
    found = [each for each in report(tmp_path, files, in_term("Spring 2028")) if each.name != "outside-term"]
    assert [each.message for each in found] == ["there is no 29 February in 2027"]


@pytest.mark.parametrize("text", ["Spring 2027", "the Spring 2027 class", "1999/2000", "AY 2099/00", "Lent term 2027"])
def test_names_of_terms(text: str) -> None:
    assert len(find_term_names(text)) == 1


BY_HAND = """\
course: Revolutions
term: {name: Spring 2028, starts: 2028-01-24, ends: 2028-05-08, timezone: America/New_York, meets: {day: Wed}}
schedule: [{topic: Introduction, id: intro}, {topic: TBD, times: 14}]
assignments:
  - {title: First homework, id: hw1, due: 2028-02-16, page: hw1}
  - title: First paper
    milestones: [{title: Draft, due: 2028-02-09}, {title: Final version, due: 2028-02-28}]
  - title: Second paper
    milestones: [{title: Draft, due: 2028-04-05}, {title: Final version, due: 2028-04-24}]
presentations: {each: [intro]}
"""


def test_what_a_term_that_was_rolled_by_hand_leaves_behind(tmp_path: Path) -> None:
    files = {
        "content/index.md": "# Revolutions, Spring 2027\n\nThe draft of the first paper is due on February 17.\n"
        "Hand in the final version of your first paper by March 3rd.\n",
        "content/hw1.md": "This is due Feb 15 at noon.\n",
        "content/announcements/2027-02-10-snow.md": "We do not meet on Wednesday, February 10.\n",
    }
    found = report(tmp_path, files, BY_HAND)
    assert [f"{each.span.file}:{each.span.line}: {each.name}: {each.message}" for each in found] == [
        "content/announcements/2027-02-10-snow.md:1: outside-term: "
        "the announcement of 2027-02-10 is more than eight weeks before the term starts (2028-01-24)",
        "content/hw1.md:1: other-deadline: `First homework` is due on Wed 16 Feb, not on 15 February",
        "content/index.md:1: other-term: `Spring 2027` is over: the term is Spring 2028",
        "content/index.md:3: other-deadline: `Draft` is due on Wed 9 Feb, not on 17 February",
        "content/index.md:4: other-deadline: `Final version` is due on Mon 28 Feb, not on 3 March",
    ]
