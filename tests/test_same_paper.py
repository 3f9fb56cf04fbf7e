"""Two readings that are one paper are warned about, however its address is spelled; other papers are not."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from courseweek.checks.site.readings import check_readings
from tests.mini import date_mini

SYLLABUS = """\
course: Knots
term: {starts: 2027-01-25, ends: 2027-02-08, timezone: America/Los_Angeles, meets: {day: Monday}}
schedule: [{topic: A, id: a}, {topic: B, id: b}, {topic: C, id: c}]
"""


def same(folder: Path, first: str, second: str) -> list[str]:
    mini = date_mini(folder, SYLLABUS, f"a: [{{title: One, {first}}}]\nb: [{{title: Two, {second}}}]\n")
    assert mini.found == []
    return [each.message for each in check_readings(mini.dated)]


SAME = [
    ("arxiv: 2005.14165", "url: https://arxiv.org/abs/2005.14165"),
    ("arxiv: 2005.14165", "url: https://arxiv.org/pdf/2005.14165v2.pdf"),
    ("arxiv: 2005.14165v1", "url: http://www.arxiv.org/pdf/2005.14165v2"),
    ("arxiv: 2005.14165", "doi: 10.48550/arXiv.2005.14165"),
    ("url: https://arxiv.org/html/2005.14165v4", "url: https://doi.org/10.48550/arXiv.2005.14165"),
    ("url: https://arxiv.org/abs/cs/0112017", "arxiv: cs/0112017"),
    ("doi: 10.1145/2723372.2742797", "url: http://dx.doi.org/10.1145/2723372.2742797"),
    ("doi: 10.1145/2723372.2742797", "url: https://dl.acm.org/doi/pdf/10.1145/2723372.2742797"),
    ("doi: 10.1145/ABC", "doi: https://doi.org/10.1145/abc"),
    ("url: https://example.org/x", "url: http://www.example.org/x/#page=2"),
    ("'doi': 10.1145/1, url: https://example.org/x", "doi: 10.1145/1, url: https://example.org/y"),
]


@pytest.mark.parametrize(("first", "second"), SAME)
def test_one_paper(first: str, second: str, tmp_path: Path) -> None:
    assert same(tmp_path, first, second) == ["`Two` is already listed"]


OTHER = [
    ("arxiv: 2005.14165", "arxiv: 2005.14166"),
    ("doi: 10.1145/1", "doi: 10.1145/12"),
    ("url: https://example.org/x?id=1", "url: https://example.org/x?id=2"),
    ("pages: 1-2", "pages: 1-2"),
]


@pytest.mark.parametrize(("first", "second"), OTHER)
def test_two_papers(first: str, second: str, tmp_path: Path) -> None:
    assert same(tmp_path, first, second) == []


def test_the_code_points_of_a_name_split_nobody_in_two(tmp_path: Path) -> None:
    composed, decomposed = (unicodedata.normalize(form, "Zoë") for form in ("NFC", "NFD"))
    assert composed != decomposed
    syllabus = SYLLABUS + (
        f"presentations: {{roles: [{composed}], each_student: {{at_least: 2}}, presenters: p.csv}}\n"
        f"assignments: [{{title: X, id: {composed}, due: week 1}}, {{title: Y, due: 1 day after {decomposed}}}]\n"
        f"grading: [{{scheme: {composed}, parts: {{Homework: 100%}}}}]\n"
    )
    syllabus = syllabus.replace("topic: A,", f"topic: A, presenters: {{{decomposed}: {composed}}},")
    table = f"name,meeting,role\n{decomposed},a,{composed}\n{decomposed},b,{decomposed}\n"
    mini = date_mini(tmp_path, syllabus, None, {"p.csv": table})
    assert mini.found == []
    board = mini.dated.board
    assert board is not None
    assert board.short == ()
    assert mini.row("a").presenters[0].name == mini.row("b").presenters[0].name == composed
    assert len(mini.row("a").presenters) == 1
