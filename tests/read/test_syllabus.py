"""`syllabus.yaml` as values: short forms and full ones, and what its texts keep."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path

import pytest

from courseweek.diagnostics import MOST_REPORTED
from courseweek.language.replaced_words import OWN_WORDS
from courseweek.model.course import Course
from courseweek.model.repository import Repository
from tests.mini import Mini, read_mini, term

DATES = "starts: 2027-01-25\nends: 2027-05-10\nmeets: {day: Monday}"


def read(folder: Path, text: str, files: dict[str, str] | None = None) -> Course:
    mini = read_mini(folder, text, files=files)
    assert mini.found == []
    assert mini.course is not None
    return mini.course


def topics(folder: Path, schedule: str, files: dict[str, str] | None = None) -> Mini:
    return read_mini(folder, term(DATES, schedule), files=files)


def test_six_lines(tmp_path: Path) -> None:
    course = read(
        tmp_path, "course: Knots\nterm:\n  starts: 2027-01-25\n  ends: 2027-05-10\n  timezone: Asia/Kathmandu\n"
    )
    assert (
        course.syllabus.title,
        course.syllabus.language,
        course.syllabus.topic_lists,
        course.syllabus.term.meets,
    ) == ("Knots", "en", (), ())
    assert (course.syllabus.term.due_time, course.syllabus.term.timezone, course.syllabus.term.tentative) == (
        time(23, 59),
        "Asia/Kathmandu",
        False,
    )
    assert (course.syllabus.site.accent, course.syllabus.site.nav, course.syllabus.site.highlight) == (
        None,
        None,
        "this week",
    )


def test_a_course_in_full(tmp_path: Path) -> None:
    course = read(
        tmp_path,
        """
        course:
          code: KC 7
          title: Knots & <b>colours</b>
          institution: Example College
          language: de-CH
          url: https://example.edu/knots/
          repository: https://github.com/example/knots.git
          description: |
            What *this* is.

            And more.
          links:
            - Forum: https://example.org/forum
            - Office hours: "by *appointment*: write"
            - {Plan: plan.pdf, Chat: }
        term:
          name: Spring 2027
          starts: Mon 25 Jan 2027
          ends: May 10, 2027
          timezone: America/Los_Angeles
          due_time: 5 pm
          status: tentative
        site: {accent: "#ABC", nav: [schedule, readings], highlight: Next meeting}
        staff: [Ada Example, {name: Bo Example, role: Instructor, affiliation: Lab, url: https://example.edu/bo}]
        """,
        files={"assets/plan.pdf": "%PDF"},
    )
    assert (course.syllabus.code, course.syllabus.title, course.syllabus.language) == (
        "KC 7",
        "Knots & <b>colours</b>",
        "de-CH",
    )
    assert course.syllabus.repository == Repository("https://github.com/example/knots", "main", "", "github")
    assert course.syllabus.description == "What *this* is.\n\nAnd more."
    assert [(each.label, each.url, each.text, each.asset) for each in course.syllabus.links] == [
        ("Forum", "https://example.org/forum", None, False),
        ("Office hours", None, "by *appointment*: write", False),
        ("Plan", "plan.pdf", None, True),
        ("Chat", None, None, False),
    ]
    assert (course.syllabus.term.starts, course.syllabus.term.ends, course.syllabus.term.due_time) == (
        date(2027, 1, 25),
        date(2027, 5, 10),
        time(17),
    )
    assert course.syllabus.term.tentative
    nav = tuple(name for name, _ in course.syllabus.site.nav or ())
    assert (course.syllabus.site.accent, nav, course.syllabus.site.highlight) == (
        "#aabbcc",
        ("schedule", "readings"),
        "next meeting",
    )
    assert [(each.name, each.role, each.affiliation) for each in course.syllabus.staff] == [
        ("Ada Example", None, None),
        ("Bo Example", "Instructor", "Lab"),
    ]


TITLES = [
    "NO", "3.10", "0123", "2005.14160", "6.5840", "13:00", "__init__ and *stars*", "<b>bold</b>", "C# in depth",
    "it's 100% & more", "“Quoted”", "日本語 😀", "1e3", "null", "~", "a  b".replace("  ", "\u00a0"), "e\u0301",
]  # fmt: skip


@pytest.mark.parametrize("title", TITLES)
def test_texts_stay_as_they_are(title: str, tmp_path: Path) -> None:
    course = read(tmp_path, term(DATES, f"- {title}\n- {{topic: {title}, place: {title}, lecturer: {title}}}"))
    ((short, full),) = course.syllabus.topic_lists
    assert (short.title, full.title, full.place, *full.lecturers) == (title,) * 4


def test_a_title_is_one_line(tmp_path: Path) -> None:
    course = read(tmp_path, term(DATES, "- topic: Knots\n    and\n    links\n- topic: |\n    Braids\n    and more\n"))
    assert [topic.title for topic in course.syllabus.topic_lists[0]] == ["Knots and links", "Braids and more"]


def test_meets_breaks_and_swaps(tmp_path: Path) -> None:
    course = read(
        tmp_path,
        """
        course: Knots
        term:
          starts: 2026-12-01
          ends: 2027-02-20
          timezone: Europe/Berlin
          meets:
            - {day: Monday, time: 1 pm - 2:30 pm, place: "Room: 5", kind: Lecture, numbered: yes}
            - {days: [Tue, Thurs], weeks: "2-4, 6"}
            - {days: Wed and Fri, kind: Lab, weeks: odd}
          breaks:
            - {date: Dec 7, name: Storm}
            - {from: Mon Dec 21, to: 3 Jan, name: Holidays, numbered: no, description: Rest.}
          swaps: {date: Jan 5, follows: Mondays}
        """,
    )
    lecture, other, lab = course.syllabus.term.meets
    assert (lecture.days, lecture.place, lecture.kind, lecture.numbered) == ((0,), "Room: 5", "Lecture", True)
    assert lecture.time is not None
    assert (lecture.time.start, lecture.time.end) == (time(13), time(14, 30))
    assert (other.days, other.kind, other.numbered) == ((1, 3), None, False)
    assert other.weeks is not None
    assert other.weeks.numbers == {2, 3, 4, 6}
    assert (lab.days, lab.weeks.parity if lab.weeks else None) == ((2, 4), 1)
    storm, holidays = course.syllabus.term.breaks
    assert (storm.starts, storm.ends, storm.numbered) == (date(2026, 12, 7), date(2026, 12, 7), True)
    assert (holidays.starts, holidays.ends, holidays.numbered) == (date(2026, 12, 21), date(2027, 1, 3), False)
    assert [(each.date, each.follows) for each in course.syllabus.term.swaps] == [(date(2027, 1, 5), 0)]


def test_topics_in_full(tmp_path: Path) -> None:
    mini = topics(
        tmp_path,
        """
        - unit: Basics
          description: First.
          meetings:
            - topic: Knots
              id: Knots_1
              kind: Guest talk
              date: Feb 3
              time: 9:30-10:45 am
              place: https://example.zoom.us/j/1
              guests: [Gus Guest, {name: Hal Guest, affiliation: Elsewhere, url: https://example.org/hal}]
              materials: {Slides: [01.pdf, 01.pptx], Video: https://example.edu/v/1, Recording: }
              page: knots
              status: tentative
        - topic: Links
          materials:
            - {label: Solutions, url: 01.pdf, access: login}
            - Video: {url: https://example.edu/v/2, access: campus}
              Notes: ./assets/01.pdf
        """,
        {"assets/01.pdf": "%PDF", "assets/01.pptx": "PK"},
    )
    assert mini.found == []
    assert mini.course is not None
    ((knots, links),) = mini.course.syllabus.topic_lists
    assert (knots.id, knots.kind, knots.date, knots.status, knots.page) == (
        "Knots_1", "Guest talk", date(2027, 2, 3), "tentative", "knots",
    )  # fmt: skip
    assert knots.unit is not None
    assert (knots.unit.title, knots.unit.description, links.unit) == ("Basics", "First.", None)
    assert [(each.name, each.affiliation) for each in knots.guests] == [("Gus Guest", None), ("Hal Guest", "Elsewhere")]
    assert [(each.label, each.url, each.asset) for each in knots.materials] == [
        ("Slides (PDF)", "01.pdf", True),
        ("Slides (PPTX)", "01.pptx", True),
        ("Video", "https://example.edu/v/1", False),
        ("Recording", None, False),
    ]
    assert [(each.label, each.url, each.access) for each in links.materials] == [
        ("Solutions", "01.pdf", "login"),
        ("Video", "https://example.edu/v/2", "campus"),
        ("Notes", "01.pdf", None),
    ]


def test_a_link_that_is_released_later(tmp_path: Path) -> None:
    link = "{label: Solutions, url: 'https://example.org/s', publish_on: 24 hours after}"
    mini = topics(tmp_path, f"- {{topic: A, materials: [{link}]}}")
    assert mini.found == []
    assert mini.course is not None
    ((solutions,),) = [topic.materials for topic in mini.course.syllabus.topic_lists[0]]
    assert solutions.released is not None
    assert solutions.released.text == "24 hours after"


def test_presenters_and_forms(tmp_path: Path) -> None:
    forms = "{review: 'https://example.org/f', hw1: }"
    mini = topics(tmp_path, f"- {{topic: A, presenters: {{Lead: [Ada]}}, forms: {forms}}}\n- {{topic: B, forms: {{}}}}")
    assert mini.course is not None
    (first, second) = mini.course.syllabus.topic_lists[0]
    assert [(id, address) for id, address, _ in first.forms] == [("review", "https://example.org/f")]
    assert second.forms == ()


def test_a_topic_of_each_kind_knows_its_kind(tmp_path: Path) -> None:
    course = read(tmp_path, term(DATES, "Lecture: [A, {topic: B, kind: Exam}]\nLab:\n  - C\nEmpty:\n"))
    assert [[(each.title, each.kind) for each in topics] for topics in course.syllabus.topic_lists] == [
        [("A", "Lecture"), ("B", "Exam")],
        [("C", "Lab")],
    ]


MISTAKES = {
    "- {titel: A}": ["error[unknown-key]: a topic has no key `titel`"],
    "- {topik: A}": ["error[unknown-key]: a topic has no key `topik`"],
    "- {topic: A, id: 'a/b'}": ["error[bad-id]: an id has only letters, digits, `-` and `_`, but `a/b` contains `/`"],
    f"- {{topic: A, id: {'x' * 81}}}": ["error[bad-id]: an id has at most 80 characters"],
    "- {topic: A, days: 61}": ["error[bad-value]: `61` is not a number from 1 to 60"],
    "- {topic: A, days: 0}": ["error[bad-value]: `0` is not a number from 1 to 60"],
    "- {topic: A, status: final}": ["error[bad-value]: `final` is not tentative"],
    "- {topic: ''}": ["error[wrong-shape]: this is empty; it must be text"],
    f"- {'x' * 20_001}": ["error[too-long]: this text has more than 20,000 characters"],
    "- [A, B]": ["error[wrong-shape]: a topic is written as keys with values"],
    "- unit: U\n  meetings: [{unit: V, meetings: [A]}]": ["error[wrong-shape]: a unit can't be inside another unit"],
    "- unit: U\n  meetings: A": ["error[wrong-shape]: the meetings of a unit must be a list of topics"],
    "- {topic: A, materials: slides.pdf}": ["error[wrong-shape]: a link has a label and an address"],
    "- {topic: A, materials: [slides.pdf]}": ["error[wrong-shape]: a link has a label and an address"],
    "- {topic: A, materials: {url: x.pdf}}": ["error[missing-key]: a link needs `label`"],
    "- {topic: A, materials: {Slides: /etc/passwd}}": ["error[outside]: `/etc/passwd` is outside `assets/`"],
    "- {topic: A, materials: {Slides: 'ht\u200btps://example.org'}}": [
        "error[bad-address]: the address contains the invisible character U+200B"
    ],
    "- {topic: A, materials: {Slides: 'java\u00adscript:alert(1)'}}": [
        "error[bad-scheme]: a link can't begin with `javascript:`"
    ],
    "A": ["error[wrong-shape]: the schedule must be a list of topics"],
}  # fmt: skip


@pytest.mark.parametrize("schedule", MISTAKES)
def test_mistakes(schedule: str, tmp_path: Path) -> None:
    assert topics(tmp_path, schedule).found == MISTAKES[schedule]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (r"slides\01.pdf", (r"the path `slides\01.pdf` needs `/` between its folders", "write slides/01.pdf")),
        (
            r"assets\slides\01.pdf",
            (r"the path `assets\slides\01.pdf` needs `/` between its folders", "write slides/01.pdf"),
        ),
        (r"slides\02.pdf", (r"`slides\02.pdf` is outside `assets/`", "write the path as it is inside `assets/`")),
    ],
)
def test_a_path_as_windows_shows_it(written: str, said: tuple[str, str], tmp_path: Path) -> None:
    mini = read_mini(
        tmp_path,
        term(DATES, f"- {{topic: A, materials: {{Slides: '{written}'}}}}"),
        files={"assets/slides/01.pdf": "%PDF"},
    )
    assert [(each.message, each.help) for each in mini.diagnostics] == [said]


def test_without_a_term_its_dates_are_not_blamed(tmp_path: Path) -> None:
    mini = read_mini(
        tmp_path,
        "course: Knots\nterm: {starts: 2027-01-25, timezone: Europe/Berlin, breaks: [{date: Feb 3, name: X}]}\n"
        "schedule: [{topic: A, date: Feb 3}]\n",
        files={"content/a.md": "---\npublish_on: 2027-02-03\n---\n"},
    )
    assert mini.course is None
    assert mini.found == ["error[missing-key]: the term needs `ends`"]


def test_too_many_entries(tmp_path: Path) -> None:
    mini = read_mini(tmp_path, term(DATES + "\nbreaks: [" + "{date: Feb 3, name: X}, " * 201 + "]"))
    assert mini.found == ["error[too-many]: `breaks` has more than 200 entries"]


def test_thousands_of_unknown_keys_are_counted(tmp_path: Path) -> None:
    mini = read_mini(tmp_path, "course: Knots\n" + "".join(f"k{number}: v\n" for number in range(1_900)))
    assert mini.diagnostics.total == 1_901
    assert len(mini.found) == MOST_REPORTED + 1
    assert mini.found[-1] == "error[too-many]: 1,701 more errors and warnings in this file are not shown"


SITES = {
    "time: 12h": ("`12h` is not 24-hour or 12-hour", "did you mean `12-hour`?"),
    "words: {weeks: Session}": ("site words have no key `weeks`", "did you mean `week`?"),
    "words: {title: Session}": (
        "site words have no key `title`",
        f"its keys are {', '.join(f'`{key}`' for key in OWN_WORDS)}",
    ),
    "calendar_week: maybe": ("`maybe` is neither yes nor no", "write yes or no"),
}


@pytest.mark.parametrize("written", SITES)
def test_what_is_wrong_with_the_words_of_a_site(written: str, tmp_path: Path) -> None:
    mini = read_mini(tmp_path, term(DATES, "- Knots") + f"site: {{{written}}}\n")
    assert [(each.message, each.help) for each in mini.diagnostics] == [SITES[written]]


def test_the_clock_and_the_words_of_a_site(tmp_path: Path) -> None:
    site = "site: {time: 12-hour, words: {week: Session, staff: }, calendar_week: yes}"
    options = read(tmp_path, term(DATES, "- Knots") + site).syllabus.site
    assert (options.time, options.words, options.calendar_week) == ("12-hour", {"week": "Session"}, True)
