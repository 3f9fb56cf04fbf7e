"""Every remedy works: what each help says to write, and each fix, is followed in each example and broken course.

`KNOWN` are mistakes whose remedies once made it worse.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from courseweek.read import assignments, grading, people, readings, syllabus, term, topics
from courseweek.read.tables import fields
from tests.docs.examples import Course, complete, courses, documents
from tests.read import test_bare, test_free_keys, test_grading, test_groups, test_moments, test_readings
from tests.remedies import Looker, list_shown, maker_of, read_help, reader_of, try_remedies
from tests.schedule import test_deadlines
from tests.test_broken import FOLDERS
from tests.test_newcomers import GRADES, MEANT, SLIPS, SYLLABUS, UNFIXED
from tests.test_newcomers import READINGS as NEWCOMERS
from tests.test_remedies import READINGS as FIXED
from tests.test_remedies import SYLLABUS as FIXED_SYLLABUS
from tests.test_remedies import TERM, TOPICS

NEW_LINE = "\n"
BLOCK = "  starts: 2027-01-25\n  ends: 2027-02-08\n  timezone: Europe/London\n"
# Remedies of the reading of YAML that are still wrong.
PENDING_NAMES: set[str] = set()
# Broken on purpose in more than one way, so that the remedy of one fault is not enough.
OF_MORE_FAULTS = {
    ("list-name-behind-a-dash", "wrong-shape"),  # the next list has the same mistake
    ("misplaced-files", "misplaced"),  # the remedy is in another file
    ("keys-of-other-words", "unknown-key"),  # the value needs a label too
    ("topic-for-an-id", "bad-id"),  # the topic has another id
    ("yaml-broken-syllabus", "early-quote"),  # the text is not a date either
    ("url-as-a-link-without-quotes", "bad-address"),  # the words of the link are those of the title
}


SHARE = 4
"""The short run tries each so-many-th broken course and table, the slow one the others."""


def shares(cases: Sequence[object]) -> list[Any]:
    """Return a few of the cases, for the short run, and all others, for the slow one."""
    others = [each for at, each in enumerate(cases) if at % SHARE]
    return [pytest.param(cases[::SHARE], id="a few"), pytest.param(others, id="the others", marks=pytest.mark.slow)]


# The title is marked, and the whole entry is to be written anew.
OF_WHOLE_ENTRIES = {"duplicate-reading"}


def follow(name: str, look: Looker) -> list[str]:
    """Return what is wrong with the remedies for a course."""
    found = look({}).found
    assert found, name
    return [
        f"{name}: {complaint}"
        for each in found
        if (name, each.name) not in OF_MORE_FAULTS and each.name not in OF_WHOLE_ENTRIES
        for complaint in try_remedies(look, each)
    ]


def write(folder: Path, files: Mapping[str, str]) -> Looker:
    """Write a course and return what reads it."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    return reader_of(folder)


# What a help says, and what of it is to be written.
READ = {
    'write title: "Knots: a history"; so on 2 more lines': ['title: "Knots: a history"'],
    "write 2027-02-03 or 2027-03-02": ["2027-02-03", "2027-03-02"],
    "did you mean `title`?": ["title"],
    "did you mean 2027-02-15? the term goes from 2027-01-25 to 2027-02-22": ["2027-02-15"],
    'put the whole text in quotes: "*knots"': ['"*knots"'],
    "write 2:00-3:15 pm; if it is meant, write 2:00-3:15 am": ["2:00-3:15 pm", "2:00-3:15 am"],
    "write {reuse: roofline} here, or another title if it is not the same": ["{reuse: roofline}"],
    "write a date such as 2027-02-15 or 15 Feb 2027": [],
    "write topic: and the topic": [],
    "write braids (Mon, Feb 8, week 3)": ["braids"],
    "write hitch (Mon, Feb 8), braids (Wed, Feb 10, week 3) or book (“A; or B (2nd)”)": ["hitch", "braids", "book"],
    "write meeting: links, and another note about `braids`": ["meeting: links"],
    "write these lines at the top of the file:\n---\nreading: hitches\n---": ["---\nreading: hitches\n---"],
    "choose another id": [],
}


@pytest.mark.parametrize("help", READ)
def test_what_a_help_says_to_write(help: str) -> None:
    assert read_help(help) == READ[help]


def test_most_remedies_are_followed() -> None:
    found = [each for folder in FOLDERS for each in reader_of(folder)({}).found]
    assert sum(bool(read_help(each.help or "")) for each in found) > len(found) / 2, (
        "read the new words of helps as well"
    )


@pytest.mark.parametrize("folders", shares(FOLDERS))
def test_the_remedies_of_broken_courses(folders: list[Path]) -> None:
    complaints = [each for folder in folders for each in follow(folder.name, reader_of(folder))]
    assert complaints == [], "\n".join(complaints)


EXAMPLES = [each for path in documents() for each in courses(path) if each.expected in ("broken", "warns")]


def follow_example(example: Course, folder: Path, *, made: bool) -> list[str]:
    """Return what is wrong with the remedies for an example, if it takes reading alone to find it, or `made` a site."""
    look = write(folder, complete(example.files))
    read = {each.name for each in look({}).found}
    shown = example.heading if example.document.name == "diagnostics.md" else None
    if (shown is not None and shown not in read) != made or not (read or made):
        return []
    return follow(example.name, maker_of(folder) if made else look)


def test_the_remedies_of_examples(tmp_path: Path) -> None:
    pairs = enumerate(EXAMPLES)
    complaints = [each for at, one in pairs for each in follow_example(one, tmp_path / str(at), made=False)]
    assert complaints == [], "\n".join(complaints)


@pytest.mark.slow
def test_the_remedies_of_examples_that_are_checked(tmp_path: Path) -> None:
    pairs = enumerate(EXAMPLES)
    complaints = [each for at, one in pairs for each in follow_example(one, tmp_path / str(at), made=True)]
    assert complaints == [], "\n".join(complaints)


TIMES = [*test_moments.REFUSED_DAYS, *test_moments.REFUSED_TIMES, *test_deadlines.WRONG, *test_deadlines.HELPS]
# The courses of the tables of newcomers' mistakes, refused moments and the like: their syllabus and their readings.
TABLES: list[tuple[str, str | None]] = [
    *((test_groups.write_labs(meets, "- Saws"), None) for meets in test_groups.MISTAKES),
    *((test_groups.write_change(keys), None) for keys in test_groups.CHANGES),
    *((SYLLABUS, MEANT.replace(right, wrong)) for right, wrong in SLIPS.values()),
    *((SYLLABUS, before) for before in [*(before for before, _ in NEWCOMERS.values()), *UNFIXED]),
    *((SYLLABUS + lines, None) for lines in GRADES),
    *((f"{TERM}{lines}\n", None) for lines in FIXED_SYLLABUS),
    *((test_free_keys.topic(lines), None) for lines in [*test_free_keys.AT_A_TOPIC, *test_free_keys.UNSURE]),
    *((f"{TERM}{TOPICS}{lines}\n", None) for lines in test_free_keys.SYLLABUS),
    *((f"{TERM}{TOPICS}grading: {parts}\n", None) for parts in test_grading.WRONG),
    *((TERM + TOPICS, f"a:\n  - {reading}\n") for reading in FIXED),
    *((TERM + TOPICS, f"a:\n{lines}\n") for lines in test_free_keys.READINGS),
    *((TERM + TOPICS, f"a:\n  {reading}\n") for reading in test_bare.FIXED),
    *((TERM + TOPICS, f"{text}\n") for text in test_readings.MISTAKES),
    *((f"{TERM}{TOPICS}assignments: [{{title: X, due: {str(due)!r}}}]\n", None) for due in TIMES),
    *((f"{TERM}schedule: [{{topic: A, time: {hours!r}}}, B, C]\n", None) for hours in test_moments.REFUSED_RANGES),
    *(
        (TERM.replace("day: Monday", f"day: {day!r}") + TOPICS, None)
        for day in [*test_moments.REFUSED_WEEKDAYS, *test_moments.REFUSED_SETS]
    ),
]


@pytest.mark.parametrize("tables", shares(TABLES))
def test_the_remedies_of_tables(tables: list[tuple[str, str | None]], tmp_path: Path) -> None:
    complaints: list[str] = []
    for at, (dated, listed) in enumerate(tables):
        files = {"syllabus.yaml": dated} | ({} if listed is None else {"readings.yaml": listed})
        look = write(tmp_path / str(at), files)
        if look({}).found:
            complaints += follow("\n".join(files.values()), look)
    assert complaints == [], "\n".join(complaints)


# What people write as a value, right or wrong, put into each field of each table.
VALUES = [
    "[A, B]", "[A]", "{A}", "{A, B}", "{a: b}", "A: B", "'22", "TBD", "none", "yes", "a b", "A, B", "**A**", "“x”",
    "www.example.org", "example.org/x", "paper.pdf", "https://example.org/a b.pdf", "<https://example.org>",
    "[https://example.org/a, https://example.org/b]", "X (https://example.org)", "[x](https://example.org)",
    "Ada <ada@example.org>", "ada at example.org", "(2022)", "40", "40 percent", "10 %", "1/3", "1, 2", "13-14",
    "3 pm", "3pm-4pm", "10am", "noon", "Feb 2", "2/3/27", "week 3", "Mon", "MW", "[Mon, Wed]", "Monday and Wednesday",
    "day after a", "2 days after a 5pm", "\n        - A\n        - B", "\n        a: b\n        c: d",
]  # fmt: skip
# A table, the course around a record of it, how far its keys are indented, and the keys that it has besides.
PLACES: list[tuple[fields.Table, str, int, dict[str, str]]] = [
    (readings.READING, "a:\n  required:\n    - {}\n", 6, {"title": "X"}),
    (topics.TOPIC, f"{TERM}schedule:\n  - {{}}\n  - topic: B\n    times: 2\n", 4, {"topic": "A", "id": "a"}),
    (
        assignments.ASSIGNMENT,
        f"{TERM}{TOPICS}assignments:\n  - {{}}\n",
        4,
        {"title": "A", "id": "h", "due": "week 1"},
    ),
    (people.STAFF, f"{TERM}{TOPICS}staff:\n  - {{}}\n", 4, {"name": "A"}),
    (grading.PART, f"{TERM}{TOPICS}grading:\n  Exam:\n    {{}}\n", 4, {"weight": "100%"}),
    (
        term.TERM,
        f"course: K\nterm:\n  {{}}\n{TOPICS}",
        2,
        {"starts": "2027-01-25", "ends": "2027-02-08", "timezone": "Europe/London"},
    ),
    (term.PATTERN, f"course: K\nterm:\n{BLOCK}  meets:\n    - {{}}\n{TOPICS}", 6, {"day": "Mon"}),
    (term.BREAK, f"course: K\nterm:\n{BLOCK}  breaks:\n    - {{}}\n{TOPICS}", 6, {"name": "X", "date": "2027-02-01"}),
    (syllabus.COURSE, f"course:\n  {{}}\n{TERM.partition(NEW_LINE)[2]}{TOPICS}", 2, {"title": "X"}),
]


def courses_of_values() -> Iterator[dict[str, str]]:
    """Yield a course for each value in each field."""
    for table, around, indent, needed in PLACES:
        for each in table.fields:
            for value in VALUES:
                lines = [f"{key}: {text}" for key, text in {**needed, each.key: value}.items()]
                # Braces are those of topics, too.
                text = around.replace("{}", f"\n{' ' * indent}".join(lines))
                syllabus_only = {"syllabus.yaml": text}
                listed = {"syllabus.yaml": TERM + TOPICS, "readings.yaml": text}
                yield listed if table is readings.READING else syllabus_only


def follow_values(step: int, folder: Path) -> list[str]:
    """Return what is wrong with the remedies for every so many values."""
    complaints: list[str] = []
    for at, files in enumerate(courses_of_values()):
        if at % step:
            continue
        look = write(folder / str(at), files)
        for each in look({}).found:
            if each.name not in PENDING_NAMES:
                complaints += try_remedies(look, each)
    return complaints


def test_the_remedies_of_some_values(tmp_path: Path) -> None:
    complaints = follow_values(41, tmp_path)
    assert complaints == [], "\n".join(complaints)


@pytest.mark.slow
def test_the_remedies_of_all_values(tmp_path: Path) -> None:
    complaints = follow_values(1, tmp_path)
    assert complaints == [], "\n".join(complaints)


READING = "    - title: X\n"
# What people write in a list of readings, whose remedy once made it worse.
KNOWN_READINGS = {
    "a bullet behind a key": f"{READING}      authors: - Tri Dao\n",
    "a bullet behind a title": "    - title: - FlashAttention\n",
    "a link without a dash": "    [X](https://example.org/x)\n",
    "a file as an address": f"{READING}      url: paper.pdf\n",
    "a file of assets as an address": '    - "[X](knot.pdf)"\n',
    "two addresses": f"{READING}      url: https://example.org/a.pdf https://example.org/b.pdf\n",
    "two addresses with and": f"{READING}      url: https://example.org/a.pdf and https://example.org/b.pdf\n",
    "a space in the scheme": f"{READING}      url: https ://example.org/a.pdf\n",
    "a space behind the scheme": f"{READING}      url: https:// example.org/a.pdf\n",
    "keys in one line": "    - title: X url: https://example.org/x\n",
    "keys in one line with a comma": "    - title: X, url: https://example.org/x\n",
    "quotes that belong to a title": '    - title: "Why Should I Trust You?": Explaining the Predictions\n',
    "quotes at the start of a title": '    - title: "Zero-shot": a study\n',
    "a title and its address": "    - X: https://example.org/x\n",
    "an item of a list in HTML": '    <li><a href="https://example.org/x">X</a></li>\n',
    "an item of a list in HTML behind a dash": '    - <li><a href="https://example.org/x">X</a></li>\n',
    "a bullet behind links": f"{READING}      links: - Video https://example.org/v\n",
    "a link of Markdown as links": f"{READING}      links: [Slides](https://example.org/s)\n",
    "links as text": f"{READING}      links: Slides: https://example.org/s\n",
    "an address as links": f"{READING}      links: https://example.org/s\n",
    "a word and an address as links": f"{READING}      links: Video https://example.org/v\n",
    "an address without https as links": f"{READING}      links: [www.example.org/v]\n",
    "a year with an apostrophe": f"{READING}      year: '22\n",
    "a year of BibTeX": f"{READING}      year: {{2022}},\n",
    "a year in braces": f"{READING}      year: {{2022}}\n",
    "a year in parentheses": f"{READING}      year: (2022)\n",
    "a year with a dot": f"{READING}      year: 2022.\n",
    "a year with its month": f"{READING}      year: May 2022\n",
    "a year of two digits": f"{READING}      year: 22\n",
    "authors of CSL": f"{READING}      authors: [{{family: Dao, given: Tri}}]\n",
    "a doi behind its name": f"{READING}      doi: DOI 10.1145/3458817.3476209\n",
    "a doi of an old address": f"{READING}      doi: dx.doi.org/10.1145/3458817.3476209\n",
    "a doi in the address of a publisher": f"{READING}      doi: https://dl.acm.org/doi/10.1145/3458817.3476209\n",
    "a doi of a file": f"{READING}      doi: https://dl.acm.org/doi/pdf/10.1145/3458817.3476209\n",
    "a doi with a year": f"{READING}      doi: 10.1145/3458817.3476209, 2021\n",
    "a doi of arXiv": f"{READING}      arxiv: 10.48550/arXiv.2205.14135\n",
    "the stamp of arXiv": f"{READING}      arxiv: 'arXiv:2205.14137v2 [cs.LG]'\n",
    "the stamp of arXiv without quotes": f"{READING}      arxiv: arXiv:2205.14137v2 [cs.LG]\n",
    "a subject behind a number": f"{READING}      arxiv: 2205.14141 (cs)\n",
    "abs before a number": f"{READING}      arxiv: abs/2205.14141\n",
    "arxiv.org without https": f"{READING}      arxiv: arxiv.org/abs/2205.14141\n",
    "ar5iv": f"{READING}      arxiv: https://ar5iv.org/html/2205.14141\n",
    "Hugging Face": f"{READING}      arxiv: https://huggingface.co/papers/2205.14141\n",
    "a number of arXiv as an address": f"{READING}      url: arXiv:2205.14136\n",
    "a bare number of arXiv as an address": f"{READING}      url: 2205.14137\n",
    "a number of arXiv behind its name": f"{READING}      url: arxiv 2205.14137\n",
    "the stamp of arXiv as an address": f"{READING}      url: arXiv:2205.14137v2 [cs.LG]\n",
    "an address in an extension": f"{READING}      url: chrome-extension://efaid/https://example.org/a.pdf\n",
    "an address behind view-source": f"{READING}      url: view-source:https://example.org/a\n",
    "an invisible character": f"{READING}      url: https://exam\u200bple.org/a\n",
    "a ligature": '    - title: "E\ufb03cient: a \ufb01rst look"\n',
    "an address as a file": f"{READING}      url: assets/paper.pdf\n",
    "an address from the top": f"{READING}      url: /papers/x.pdf\n",
    "no address yet": f"{READING}      url: TBD\n",
    "an address with a stop": f"{READING}      url: https://example.org/a.\n",
    "a key of a list in front of a text": "    - required: - title: Y\n",
}
# The whole of readings.yaml.
KNOWN_FILES = {
    "a reading behind its meeting": "a: - title: X\n",
    "keys behind a meeting": "a: title: X, url: https://example.org/x\n",
    "one entry behind a list": "a:\n  required: - X\n",
    "a text in brackets": "a:\n  - [Braids]\n",
}
# What people write in syllabus.yaml below the term.
KNOWN_SYLLABUS = {
    "presenters as text": "schedule:\n  - topic: A\n    presenters: Lead: Ada\n  - {topic: B, times: 2}\n",
    "presenters as a list": "schedule:\n  - topic: A\n    presenters:\n      - Lead: Ada\n  - {topic: B, times: 2}\n",
    "presenters behind a dash": "schedule:\n  - topic: A\n    presenters: - Lead: Ada\n  - {topic: B, times: 2}\n",
    "materials as text": "schedule:\n  - topic: A\n    materials: Slides: https://x.org/s\n  - {topic: B, times: 2}\n",
    "materials behind a dash": "schedule:\n  - topic: A\n    materials: - https://x.org/s\n  - {topic: B, times: 2}\n",
    "a schedule by dates": "schedule:\n  2027-01-25: A\n  2027-02-01: B\n  2027-02-08: C\n",
    "a schedule by short dates": "schedule:\n  Jan 25: A\n  Feb 1: B\n  Feb 8: C\n",
    "a schedule by weeks": "schedule:\n  week 1: A\n  week 2: B\n  week 3: C\n",
    "a day after": f"{TOPICS}assignments: [{{title: X, due: day after a at 5 pm}}]\n",
    "a week after": f"{TOPICS}assignments: [{{title: X, due: week after a}}]\n",
    "a list as a moment": f"{TOPICS}assignments: [{{title: X, due: [week 1, week 2]}}]\n",
    "no id": f"{TOPICS}assignments: [{{title: X, due: 2 days after}}]\n",
    "a list as a person": f"{TOPICS}staff: [[Ada, Bo]]\n",
    "a grade as text": f"{TOPICS}grading: Exam\n",
    "two meetings of one day": "schedule:\n  - topic: A\n    same_day: [A, B]\n",
    "a text as a meeting": "schedule:\n  - topic: A\n    same_day: A: B\n",
    "an apostrophe before a meeting": "schedule:\n  - topic: A\n    same_day: '22\n",
    "a text after a meeting in quotes": 'schedule:\n  - topic: A\n    same_day: "a" b\n',
    "a change of no group": "schedule:\n  - topic: A\n    groups: {a: b}\n",
    "a flag behind the title of an exam": "schedule:\n  - A\n  - Midterm exam: yes\n  - B\n",
    "a flag behind the title of an exam, with a date": (
        "schedule:\n  - A\n  - Final exam: yes\n    date: 2027-02-08\n  - B\n"
    ),
    "a flag behind the title of an exam in braces": "schedule: [A, {Midterm exam: yes, time: 9-10}, B]\n",
    "a date in brackets that is open": "schedule: [A, {topic: B, date: [TBD]}, C, D]\n",
    "a mark for an open date": "schedule: [A, {topic: B, date: ?}, C, D]\n",
    "pronouns in braces": f"{TOPICS}staff: [{{name: Ada, pronouns: she, her}}]\n",
    "keys in German": "schedule:\n  - titel: A\n    ort: Hall\n  - {topic: B, raum: Hall}\n  - C\n",
    "no old date": f"{TOPICS}assignments: [{{title: X, due: week 2, was: none}}]\n",
    "two days before": f"{TOPICS}assignments: [{{title: X, due: MW before b}}]\n",
}
DAYS = "starts: 2027-01-25, ends: 2027-02-08, timezone: Europe/London"
KNOWN_TERMS = {
    "the name of a term": "term: Spring 2027\n",
    "a term without its dates": "term: {timezone: America/Chicago, meets: {day: Monday}}\n",
    "a term without anything": "term: {meets: {day: Monday}}\n",
    "two days of a term": "term: 2027-01-25 to 2027-05-10\n",
    "weeks from several days": f"term: {{{DAYS}, week_starts: MW, meets: {{day: Mon}}}}\n",
    "weeks from one of two days": f"term: {{{DAYS}, week_starts: Monday and Wednesday, meets: {{day: Mon}}}}\n",
    "weeks from a misspelled day": f"term: {{{DAYS}, week_starts: Tuseday, meets: {{day: Mon}}}}\n",
    "an entry of the pattern as text": f"term: {{{DAYS}, meets: Mon}}\n",
    "a break as text": f"term: {{{DAYS}, meets: {{day: Mon}}, breaks: [2027-02-01]}}\n",
}
KNOWN_NOTES = {
    "a list as an author": "---\nmeeting: a\nauthor: [Ada Lovelace, Alan Turing]\n---\nText\n",
}


def known_courses() -> dict[str, dict[str, str]]:
    """Return the known courses by their names."""
    whole = {"syllabus.yaml": TERM + TOPICS, "assets/knot.pdf": "%PDF-1.7\n"}
    return {
        **{name: {**whole, "readings.yaml": f"a:\n  required:\n{each}"} for name, each in KNOWN_READINGS.items()},
        **{name: {**whole, "readings.yaml": each} for name, each in KNOWN_FILES.items()},
        **{name: {"syllabus.yaml": TERM + each} for name, each in KNOWN_SYLLABUS.items()},
        **{name: {"syllabus.yaml": f"course: Knots\n{each}{TOPICS}"} for name, each in KNOWN_TERMS.items()},
        **{name: {**whole, "content/notes/n.md": each} for name, each in KNOWN_NOTES.items()},
    }


KNOWN = known_courses()
# Remedies that come from the reading of YAML, and are still wrong.
PENDING_YAML: list[str] = []
# What the course shows after a remedy.
SHOWN = {
    "a bullet behind a key": "Tri Dao",
    "a bullet behind a title": "FlashAttention",
    "a link of Markdown as links": "Slides",
    "a list as an author": "Ada Lovelace and Alan Turing",
    "a reading behind its meeting": "X",
    "a title and its address": "https://example.org/x",
    "an item of a list in HTML": "https://example.org/x",
    "keys behind a meeting": "https://example.org/x",
    "keys in one line": "https://example.org/x",
    "presenters as text": "Lead",
    "presenters behind a dash": "Lead",
    "quotes at the start of a title": '"Zero-shot": a study',
    "quotes that belong to a title": '"Why Should I Trust You?": Explaining the Predictions',
}


@pytest.mark.parametrize("name", [each for each in KNOWN if each not in PENDING_YAML])
def test_a_known_remedy(name: str, tmp_path: Path) -> None:
    look = write(tmp_path, KNOWN[name])
    complaints = follow(name, look)
    assert complaints == [], "\n".join(complaints)
    if name in SHOWN:
        outcomes = [shown for each in look({}).found for shown in list_shown(look, each)]
        assert outcomes
        assert all(SHOWN[name] in shown for shown in outcomes)
