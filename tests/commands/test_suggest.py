"""`suggest`: a reading from the form goes where it belongs, and what can't be added is said in a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from courseweek.contributing.issue_form import LIST, OPTIONAL, QUESTIONS, REQUIRED
from tests.contributing.forms import fill_form
from tests.sites import ROOT, Ran, run_cli, write_course

SYLLABUS = """\
course: {code: CS 101, title: Computer systems}
term: {starts: 2027-01-25, ends: 2027-05-10, timezone: America/Los_Angeles, meets: {day: Mon, time: 13:00-16:00}}
schedule:
  - {topic: Introduction, id: intro}
  - {topic: Caches, id: caches}
  - {topic: Networks, id: wired, days: 2}
  - {topic: Networks, id: wireless}
"""
ADDED = "Added “New” to the {} readings of intro (Mon, Jan 25, week 1).\n"


def suggest(folder: Path, issue: str | bytes, readings: str | None = None, *more: str) -> Ran:
    """Run the command over a small course with this list of readings."""
    files = {"syllabus.yaml": SYLLABUS, "issue.md": issue}
    if readings is not None:
        files["readings.yaml"] = readings
    write_course(folder, files)
    words = ("--source", folder, "--today", "2027-01-20", "--from-issue", folder / "issue.md")
    return run_cli("suggest", *words, *more)


def read_readings(folder: Path) -> str | None:
    path = folder / "readings.yaml"
    return path.read_bytes().decode("utf-8") if path.exists() else None


ITEM = '- title: "New"\n{}url: "https://example.org/new"\n'
FLOW = '{title: "New", url: "https://example.org/new"}'


@dataclass(frozen=True)
class List:
    """A file, and the same with the reading among the optional and among the required ones; None if that is refused."""

    before: str | None
    optional: str | None
    required: str | None


def place(before: str, indent: int, after: str = "") -> str:
    """Return a file with the reading at this indent, between two parts."""
    spaces = " " * indent
    return f"{before}{spaces}{ITEM.format(f'{spaces}  ')}{after}"


LISTS = {
    "no file": List(None, place("intro:\n  optional:\n", 4), place("intro:\n  required:\n", 4)),
    "only a comment": List("# c\n", place("# c\n\nintro:\n  optional:\n", 4), place("# c\n\nintro:\n  required:\n", 4)),
    "no list of the meeting": List(
        "caches:\n  - A\n",
        place("caches:\n  - A\n\nintro:\n  optional:\n", 4),
        place("caches:\n  - A\n\nintro:\n  required:\n", 4),
    ),
    "an empty list": List(
        "intro:\n\ncaches:\n  - A\n",
        place("intro:\n  optional:\n", 4, "\ncaches:\n  - A\n"),
        place("intro:\n  required:\n", 4, "\ncaches:\n  - A\n"),
    ),
    "a list without a name": List(
        "intro:\n  - A\n  # c\n\ncaches:\n  - B\n",
        place("intro:\n  required:\n  - A\n  # c\n  optional:\n", 4, "\ncaches:\n  - B\n"),
        place("intro:\n  - A\n  # c\n", 2, "\ncaches:\n  - B\n"),
    ),
    "a list in column 1": List("intro:\n- A\n", None, place("intro:\n- A\n", 0)),
    "required ones, with a text of several lines": List(
        "intro:\n  required:\n    - title: A\n      note: |\n        X\n        # y\n",
        place(
            "intro:\n  required:\n    - title: A\n      note: |\n        X\n        # y\n  optional:\n",
            4,
        ),
        place("intro:\n  required:\n    - title: A\n      note: |\n        X\n        # y\n", 4),
    ),
    "both, the second one empty": List(
        "intro:\n    optional:\n    - A\n    required:\n",
        place("intro:\n    optional:\n    - A\n", 4, "    required:\n"),
        place("intro:\n    optional:\n    - A\n    required:\n", 6),
    ),
    "headings": List(
        "intro:\n  optional:\n    One:\n      - A\n    Two:\n      - B\n",
        place("intro:\n  optional:\n    One:\n      - A\n    Two:\n      - B\n", 6),
        place("intro:\n  optional:\n    One:\n      - A\n    Two:\n      - B\n  required:\n", 4),
    ),
    "between brackets": List(
        "intro: [A]  # c\n",
        f"intro: {{required: [A], optional: [{FLOW}]}}  # c\n",
        f"intro: [A, {FLOW}]  # c\n",
    ),
    "empty brackets": List("intro: []\n", f"intro: {{required: [], optional: [{FLOW}]}}\n", f"intro: [{FLOW}]\n"),
    "in braces": List(
        "intro: {required: [A, ]}\n",
        f"intro: {{required: [A, ], optional: [{FLOW}]}}\n",
        f"intro: {{required: [A, {FLOW}, ]}}\n",
    ),
    "a name with brackets": List(
        "intro:\n  optional: [A]\n",
        f"intro:\n  optional: [A, {FLOW}]\n",
        place("intro:\n  optional: [A]\n  required:\n", 4),
    ),
    "a file in braces": List(
        "{intro: {optional: []}}\n",
        f"{{intro: {{optional: [{FLOW}]}}}}\n",
        f"{{intro: {{optional: [], required: [{FLOW}]}}}}\n",
    ),
    "lines of Markdown": List("intro: |\n  - [A](https://a.org)\n", None, None),
    "CR LF": List(
        "intro:\r\n  optional:\r\n    - A\r\n",
        place("intro:\n  optional:\n    - A\n", 4).replace("\n", "\r\n"),
        place("intro:\n  optional:\n    - A\n  required:\n", 4).replace("\n", "\r\n"),
    ),
}


@pytest.mark.parametrize("choice", [OPTIONAL, REQUIRED], ids=["optional", "required"])
@pytest.mark.parametrize("name", LISTS)
def test_the_reading_goes_where_it_belongs(name: str, choice: str, tmp_path: Path) -> None:
    case = LISTS[name]
    ran = suggest(tmp_path, fill_form(list=choice), case.before)
    wanted = case.optional if choice == OPTIONAL else case.required
    if wanted is None:
        assert (ran.code, ran.out, ran.err) == (
            1,
            "",
            "The list of intro in readings.yaml can't be added to. Add these lines by hand:\n"
            '    - title: "New"\n      url: "https://example.org/new"\n',
        )
        assert read_readings(tmp_path) == case.before
        return
    kind = "optional" if choice == OPTIONAL else "required"
    assert (ran.code, ran.out, ran.err) == (0, ADDED.format(kind), "")
    assert read_readings(tmp_path) == wanted


def test_the_last_line_may_have_no_end(tmp_path: Path) -> None:
    ran = suggest(tmp_path, fill_form(), "\ufeffintro:\n  optional:\n  - A")
    assert ran.code == 0
    assert read_readings(tmp_path) == "\ufeff" + place("intro:\n  optional:\n  - A\n", 2).rstrip("\n")


MEETINGS = {
    "caches": "caches (Mon, Feb 1, week 2)",
    "Caches": "caches (Mon, Feb 1, week 2)",
    "week 2": "caches (Mon, Feb 1, week 2)",
    "Feb 1": "caches (Mon, Feb 1, week 2)",
    "https://example.edu/cs101/index.html#caches": "caches (Mon, Feb 1, week 2)",
    "wireless": "wireless (Mon, Feb 22, week 5)",
}


@pytest.mark.parametrize("meeting", MEETINGS)
def test_a_meeting_is_found_by_what_people_call_it(meeting: str, tmp_path: Path) -> None:
    ran = suggest(tmp_path, fill_form(meeting=meeting))
    assert ran.out == f"Added “New” to the optional readings of {MEETINGS[meeting]}.\n"


ANSWERS = {
    "Slack": ({"address": "<https://a.org/x|A>"}, 'url: "https://a.org/x"'),
    "a DOI": ({"address": "doi:10.1145/3575693"}, 'url: "https://doi.org/10.1145/3575693"'),
    "quotes": ({"title": 'A "b" \\ c: # d'}, 'title: "A \\"b\\" \\\\ c: # d"'),
    "an expression": ({"title": "${{ x }} `id` $(id)"}, 'title: "${{ x }} `id` $(id)"'),
    "what reorders": ({"title": "a\u202eb"}, 'title: "ab"'),
    "fields from the page for suggestions": (
        {"why": "Short.\n\nauthors: S. Williams; Turing, Jr.\nvenue: CACM\nyear: 2009\npages: 1-9\nminutes: 20"},
        'minutes: 20\n      note: "Short."',
    ),
    "names from the page for suggestions": (
        {"why": "authors: S. Williams; Turing, Jr.\nvenue: CACM\nyear: 2009\n"},
        'authors: ["S. Williams", "Turing, Jr."]\n      venue: "CACM"\n      year: 2009',
    ),
    "words that look like a field": ({"why": "year: soon\nRead it."}, 'note: "year: soon Read it."'),
    "a note of several lines": (
        {"why": "Read *it*.\r\n\r\n### Address\r\nhttps://b.org"},
        'note: "Read *it*. ### Address https://b.org"',
    ),
}


@pytest.mark.parametrize("name", ANSWERS)
def test_an_answer_is_written_as_a_text(name: str, tmp_path: Path) -> None:
    changed, line = ANSWERS[name]
    ran = suggest(tmp_path, fill_form(**changed))
    assert (ran.code, ran.err) == (0, "")
    assert f" {line}\n" in (read_readings(tmp_path) or "")


def test_a_question_of_the_course_s_own_is_left_out(tmp_path: Path) -> None:
    issue = fill_form().replace(f"### {LIST}", f"### Your name\n\nAda\n\n### {LIST}").replace("\n", "\r\n")
    assert suggest(tmp_path, issue).code == 0
    assert read_readings(tmp_path) == LISTS["no file"].optional


REFUSED: dict[str, tuple[str | bytes, str]] = {
    "not a form": (
        "hello",
        "The question “Title” is missing: write `### Title` above its answer.\n"
        "The question “Address” is missing: write `### Address` above its answer.\n"
        "The question “Meeting” is missing: write `### Meeting` above its answer.\n",
    ),
    "a question twice": (
        fill_form(title="A\n\n### Address\n\nhttps://a.org"),
        "The question “Address” is there twice.\n",
    ),
    "no answer": (fill_form(title="_No response_"), "The question “Title” has no answer.\n"),
    "no address": (fill_form(address='""'), "The question “Address” has no answer.\n"),
    "another choice": (
        fill_form(list="Both"),
        "The answer to “For whom” is “Both”, which is not one of its choices.\n",
    ),
    "no meeting": (
        fill_form(meeting="Quantum \x1b[31mcomputing"),
        "No meeting is called “Quantum [31mcomputing”: write its topic, or its date.\n",
    ),
    "several meetings": (
        fill_form(meeting="Networks"),
        "“Networks” may be wired (Mon, Feb 8, week 3) or wireless (Mon, Feb 22, week 5): write which one.\n",
    ),
    "a long meeting": (
        fill_form(meeting="x" * 30_000),
        f"No meeting is called “{'x' * 80}…”: write its topic, or its date.\n",
    ),
    "a script": (
        fill_form(address="javascript:alert(1)"),
        "Address: a link can't begin with `javascript:`; use one of http:, https:, mailto:, tel:.\n",
    ),
    "no address yet": (
        fill_form(address="TBD"),
        "Address: `TBD` is not an address; delete the line, and write it when there is an address.\n",
    ),
    "a long title": (
        fill_form(title="x" * 20_001),
        "Title: this text has more than 20,000 characters; put it on a page of its own in content/.\n",
    ),
    "a long address": (
        fill_form(address='"' * 60_000),
        "Address: this text has more than 20,000 characters; put it on a page of its own in content/.\n",
    ),
    "a note full of brackets": (
        fill_form(why="[" * 100),
        "Why people should read it: a text has at most 60 `[`; shorten it, or make it a page.\n",
    ),
    "too much": (b"x" * 1_000_000, "The text is longer than 300,000 bytes.\n"),
    "another encoding": (b"### Title\n\n\xe9", "The text is not UTF-8.\n"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_can_t_be_added_is_said(name: str, tmp_path: Path) -> None:
    issue, said = REFUSED[name]
    ran = suggest(tmp_path, issue, "caches:\n  - A\n")
    assert (ran.code, ran.out, ran.err) == (1, "", said)
    assert read_readings(tmp_path) == "caches:\n  - A\n"


def test_no_line_is_a_command_of_the_runner(tmp_path: Path) -> None:
    ran = suggest(tmp_path, fill_form(title="x\n::error::y ##[error]z", meeting="::error::x ##[error]y"))
    assert ran.err == "No meeting is called “::error::x ##\\[error]y”: write its topic, or its date.\n"


def test_a_new_warning_is_shown(tmp_path: Path) -> None:
    ran = suggest(tmp_path, fill_form(address="http://localhost/x"))
    assert ran.code == 0
    assert "warning[doubtful-address]: `http://localhost/x` only works on your own computer" in ran.err


def test_a_course_with_an_error_is_fixed_first(tmp_path: Path) -> None:
    ran = suggest(tmp_path, fill_form(), "intro:\n  - titel: A\n")
    assert ran.code == 1
    assert "a reading has no key `titel`" in ran.err
    assert ran.err.endswith("Fix the course before a reading is added: 1 error.\n")


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    ran = suggest(tmp_path, fill_form(), "intro:\n  optional:\n    - A\n", "--dry-run")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines() == [
        "--- readings.yaml",
        "+++ readings.yaml (new)",
        "@@ -3,2 +3,4 @@",
        "     - A",
        '+    - title: "New"',
        '+      url: "https://example.org/new"',
        " ",
        "Nothing was written; this adds “New” to the optional readings of intro (Mon, Jan 25, week 1).",
    ]
    assert read_readings(tmp_path) == "intro:\n  optional:\n    - A\n"


def test_nothing_is_written_through_a_link(tmp_path: Path) -> None:
    write_course(tmp_path, {"elsewhere.yaml": "intro:\n  optional:\n    - A\n"})
    (tmp_path / "readings.yaml").symlink_to("elsewhere.yaml")
    ran = suggest(tmp_path, fill_form())
    assert (ran.code, ran.out, ran.err) == (3, "", "readings.yaml can't be written: it is a symbolic link.\n")
    assert (tmp_path / "elsewhere.yaml").read_text(encoding="utf-8") == "intro:\n  optional:\n    - A\n"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("none.md", "can't be read: No such file or directory"),
        (".", "is not a file"),
    ],
)
def test_a_file_that_can_t_be_read_is_wrong_usage(name: str, said: str, tmp_path: Path) -> None:
    write_course(tmp_path, {})
    path = tmp_path / name
    ran = run_cli("suggest", "--source", tmp_path, "--from-issue", path)
    assert (ran.code, ran.err) == (2, f"courseweek: {path} {said}\n")


@pytest.mark.parametrize("folder", [".github", "courseweek/start/templates/github"])
def test_the_questions_are_those_of_the_form(folder: str) -> None:
    text = (ROOT / folder / "ISSUE_TEMPLATE" / "reading.yml").read_text(encoding="utf-8")
    form = yaml.safe_load(text.replace("@reading_description@", "A"))
    fields = {each["attributes"]["label"]: each["attributes"] for each in form["body"] if "id" in each}
    assert tuple(fields) == QUESTIONS
    assert fields[LIST]["options"] == [OPTIONAL, REQUIRED]
