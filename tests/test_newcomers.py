"""What newcomers write, mended by the edits of its diagnostics: the file is then what they meant, and right."""

from __future__ import annotations

from pathlib import Path

import pytest

from courseweek.fixes import apply_fixes
from tests.mini import date_mini

SYLLABUS = """\
course: Knots
term: {starts: 2027-01-25, ends: 2027-02-08, timezone: America/Los_Angeles, meets: {day: Monday}}
schedule: [{topic: Knots, id: knots}, {topic: Links, id: links}, {topic: Braids, id: braids}]
"""
MEANT = """\
knots:
  required:
    - title: Knots
      url: https://example.org/knots
    - title: Hitches
      url: https://example.org/hitches
  optional:
    - title: "Bends: a survey"
links:
  required:
    - title: Links
"""

# Each is what is meant with one place of it written otherwise: what should stand there, and what does.
SLIPS = {
    "a dash one too far out": ("    - title: Hitches\n      url", "   - title: Hitches\n     url"),
    "a dash two too far out": ("    - title: Hitches\n      url", "  - title: Hitches\n    url"),
    "a dash at the margin": ("    - title: Hitches\n      url", "- title: Hitches\n  url"),
    "a dash one too far in": ("    - title: Hitches\n      url", "     - title: Hitches\n       url"),
    "a dash four too far in": ("    - title: Hitches\n      url", "        - title: Hitches\n          url"),
    "a key below the dash": ("      url: https://example.org/hitches", "    url: https://example.org/hitches"),
    "a key four too far in": ("      url: https://example.org/hitches", "          url: https://example.org/hitches"),
    "a key at the margin": ("      url: https://example.org/hitches", "url: https://example.org/hitches"),
    "a tab before a key": ("      url: https://example.org/hitches", "\turl: https://example.org/hitches"),
    "tabs before an entry": ("    - title: Hitches\n      url", "\t- title: Hitches\n\t  url"),
    "a tab behind a dash": ("    - title: Hitches", "    -\ttitle: Hitches"),
    "a tab before a list's name": ("  optional:", "\toptional:"),
    "a list's name one too far in": ("  optional:", "   optional:"),
    "a list's name behind a dash": ("  required:\n    - title: Links", "  - required:\n    - title: Links"),
    "a list's name as an entry": ("  required:\n    - title: Links", "  - required\n    - title: Links"),
    "a list's name without a colon": ("  optional:", "  optional"),
    "a meeting one too far in": ("links:", " links:"),
    "a meeting with all its lines too far in": (
        "links:\n  required:\n    - title: Links",
        "  links:\n    required:\n      - title: Links",
    ),
    "a meeting without a colon": ("links:", "links"),
    "a text without its key": ("- title: Hitches", "- Hitches"),
    "a quoted text without its key": ('- title: "Bends: a survey"', '- title: "Bends: a survey'),
    "a colon in a title": ('"Bends: a survey"', "Bends: a survey"),
    "curly quotes around a title": ('"Bends: a survey"', "“Bends: a survey”"),
    "no blank behind a dash": ("- title: Hitches", "-title: Hitches"),
    "no blank behind a colon": ("title: Hitches", "title:Hitches"),
    "keys in bold print": ("title: Hitches\n      url:", "**title:** Hitches\n      **url:**"),
    "an equals sign": ("title: Hitches", "title = Hitches"),
    "a bullet": ("- title: Hitches", "• title: Hitches"),
    "no-break blanks": ("    - title: Hitches", "\u00a0\u00a0\u00a0\u00a0- title: Hitches"),
    "a question mark": ("- title: Hitches", "- ? title: Hitches"),
    "an address in angles": ("https://example.org/hitches", "<https://example.org/hitches>"),
    "an address in curly quotes": ("https://example.org/hitches", "“https://example.org/hitches”"),
    "two colons": ("title: Hitches", "title:: Hitches"),
    "two colons without a space": ("title: Hitches", "title::Hitches"),
    "two colons apart": ("title: Hitches", "title : : Hitches"),
    "a colon and an equals sign": ("title: Hitches", "title:= Hitches"),
    "two dashes at a key": ("- title: Hitches", "--title: Hitches"),
    "a dash and a colon": ("- title: Hitches", "-: title: Hitches"),
    "an address as a link": ("https://example.org/hitches", "[pdf](https://example.org/hitches)"),
    "an address as a tag": ("https://example.org/hitches", '<a href="https://example.org/hitches">pdf</a>'),
    "an address with an invisible character": ("https://example.org/hitches", "https://example.org/hitches\u200b"),
    "capitals": ("title: Hitches", "Title: Hitches"),
}


def fix(readings: str, folder: Path, syllabus: str = SYLLABUS) -> tuple[str, str]:
    """Return readings and syllabus after all rounds of mending."""
    texts = {"readings.yaml": readings, "syllabus.yaml": syllabus}
    for _ in range(8):
        fixed = apply_fixes(date_mini(folder, texts["syllabus.yaml"], texts["readings.yaml"]).diagnostics)
        if not fixed:
            break
        texts |= fixed
    return texts["readings.yaml"], texts["syllabus.yaml"]


def test_what_is_meant_is_right(tmp_path: Path) -> None:
    assert date_mini(tmp_path, SYLLABUS, MEANT).found == []


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_is_fixed_to_what_is_meant(slip: str, tmp_path: Path) -> None:
    right, wrong = SLIPS[slip]
    assert MEANT.count(right) == 1
    written = MEANT.replace(right, wrong)
    found = date_mini(tmp_path, SYLLABUS, written).diagnostics
    assert found.found, "it is told"
    assert len({each.span.line for each in found}) <= 1 + wrong.count("\n"), "nothing is told of other lines"
    assert fix(written, tmp_path)[0] == MEANT


# What is written, and what it becomes.
READINGS = {
    "two keys on one line, and more below": (
        "knots:\n  - title: A B url: https://example.org/a\n    authors: - C D\n    year: 2020\n",
        "knots:\n  - title: A B\n    url: https://example.org/a\n    authors:\n      - C D\n    year: 2020\n",
    ),
    "readings above the name of their list": (
        "knots:\n    - title: A\n  required:\n    - title: B\n",
        "knots:\n  required:\n    - title: A\n    - title: B\n",
    ),
    "an entry below pasted Markdown": (
        "knots: |\n  - [A](https://example.org/a)\n- title: B\n  url: https://example.org/b\n",
        "knots: |\n  - [A](https://example.org/a)\n  - [B](https://example.org/b)\n",
    ),
    "a title that is a comment": ("knots:\n  - title: #HowTo\n", 'knots:\n  - title: "#HowTo"\n'),
    "bullets with tabs": (
        "knots:\n  required:\n    - A\n•\tB\n•\tC\nlinks: [L]\n",
        "knots:\n  required:\n    - A\n    - B\n    - C\nlinks: [L]\n",
    ),
    "a list as a key": ("knots:\n  - [A]: b\n", 'knots:\n  - "[A]: b"\n'),
    "a bracket too many": ("knots: [A, B]]\n", "knots: [A, B]\n"),
    "a comma too many": ("knots: [, A, B]\n", "knots: [A, B]\n"),
    "a brace that is not closed": (
        "knots:\n  - {title: A, url: https://example.org/a\n  - B\n",
        "knots:\n  - {title: A, url: https://example.org/a}\n  - B\n",
    ),
    "a link in HTML": (
        'knots:\n  - <a href="https://example.org/a">A</a> at length\n',
        'knots:\n  - "[A](https://example.org/a) at length"\n',
    ),
    "a link in HTML in pasted Markdown": (
        'knots: |\n  - <a href="https://example.org/a">A</a>\n',
        "knots: |\n  - [A](https://example.org/a)\n",
    ),
    "an ellipsis": ("knots:\n  - title: … and on: A\n", 'knots:\n  - title: "… and on: A"\n'),
}


@pytest.mark.parametrize("case", READINGS)
def test_readings_are_fixed(case: str, tmp_path: Path) -> None:
    before, after = READINGS[case]
    assert fix(before, tmp_path)[0] == after
    assert date_mini(tmp_path, SYLLABUS, after).found == []


GRADES = {
    "grading:\n  - Project: 60%\n  - Exam: 40%\n": "grading:\n  Project: 60%\n  Exam: 40%\n",
}


@pytest.mark.parametrize("lines", GRADES)
def test_grades_are_fixed(lines: str, tmp_path: Path) -> None:
    assert fix(MEANT, tmp_path, SYLLABUS + lines)[1] == SYLLABUS + GRADES[lines]


# Where more than one thing can be meant, the file stays as it is.
UNFIXED = [
    "knots:\n  required:\n    - title: A\n\n  - title: B\nlinks:\n  - title: C\n",
    "knots:\n  - title: A\n    | A | B |\n    | - | - |\n",
    "knots:\n  - title: A\n    url: https://example.org/a\n    Read this first.\n",
    "knots:\n  required:\n    - title: A\n  required:\n    - title: B\n",
    "knots: |\n  - title: A\n    url: https://example.org/a\n",
    "knots:\n  - title: A\n    url: https://example.org/a (PDF)\n",
    "knots:\n  <<: *links\n",
]


@pytest.mark.parametrize("readings", UNFIXED)
def test_what_is_not_sure_stays(readings: str, tmp_path: Path) -> None:
    mini = date_mini(tmp_path, SYLLABUS, readings)
    assert mini.found
    assert fix(readings, tmp_path)[0] == readings
