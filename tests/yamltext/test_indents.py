"""Lines in a wrong column: what is reported, and what the fix makes of the text."""

from __future__ import annotations

from pathlib import Path

import pytest

from courseweek.diagnostics import Diagnostics, Source
from courseweek.fixes import apply_fixes
from courseweek.read.reading_lists import READINGS_GRAMMAR
from courseweek.read.syllabus import SYLLABUS_GRAMMAR
from courseweek.yamltext.document import read_yaml
from courseweek.yamltext.lines import lex_lines
from courseweek.yamltext.outline import Retrace, find_misfits
from courseweek.yamltext.slips.indents import find_moves
from tests.sites import COURSES, ROOT

# Readings, the one report, and what is fixed. Lines of the text are numbered from 1.
READINGS = {
    "a key of its list's owner, in the column of the dashes": (
        "knots:\n  required:\n    - title: One\n    optional:\n    - title: Two\n",
        "4:5 `optional` is in column 5, and the keys beside it are in column 3",
        "knots:\n  required:\n    - title: One\n  optional:\n    - title: Two\n",
    ),
    "a dash one too far in": (
        "knots:\n    - title: One\n      url: https://example.org/1\n     - title: Two\n      url: https://example.org/2\n",
        "4:6 this `-` is in column 6, and the others of its list are in column 5",
        "knots:\n    - title: One\n      url: https://example.org/1\n    - title: Two\n      url: https://example.org/2\n",
    ),
    "a meeting too far in": (
        "knots:\n  - title: One\n  links:\n    required:\n      - title: Two\n    optional:\n      - title: Three\n",
        "3:3 `links` is in column 3, and the keys beside it are in column 1",
        None,
    ),
}


@pytest.mark.parametrize("case", READINGS)
def test_readings_are_held_to_their_grammar(case: str) -> None:
    text, report, fixed = READINGS[case]
    found = Diagnostics()
    read_yaml(Source("readings.yaml", text), found, grammar=READINGS_GRAMMAR)
    assert [f"{each.span.line}:{each.span.column} {each.message}" for each in found] == [report]
    if fixed is not None:
        assert apply_fixes(found) == {"readings.yaml": fixed}


# What is below a term, the one report, and what is fixed.
BELOW_TEXTS = {
    "a key one too far in, below a text": (
        "late_policy: |\n  Late.\n\n site:\n  accent: red\n",
        "4:2 `site` is in column 2, and the keys beside it are in column 1",
        "late_policy: |\n  Late.\n\nsite:\n  accent: red\n",
    ),
    "a key of an entry, below a text": (
        "assignments:\n  - title: A\n    note: |\n      Late.\n      Later.\n     due: week 2\n",
        "6:6 `due` is in column 6, and the keys beside it are in column 5",
        "assignments:\n  - title: A\n    note: |\n      Late.\n      Later.\n    due: week 2\n",
    ),
    "words that are no key": (
        "late_policy: |\n  Late.\n in short: no\n",
        "3:2 this line is in column 2, and the text below `|` is in column 3",
        "late_policy: |\n  Late.\n  in short: no\n",
    ),
}


@pytest.mark.parametrize("case", BELOW_TEXTS)
def test_a_line_below_a_text_is_a_key_if_one_is_missing_beside_it(case: str) -> None:
    text, report, fixed = BELOW_TEXTS[case]
    found = Diagnostics()
    read_yaml(Source("syllabus.yaml", text), found, grammar=SYLLABUS_GRAMMAR)
    assert [f"{each.span.line}:{each.span.column} {each.message}" for each in found] == [report]
    assert apply_fixes(found) == {"syllabus.yaml": fixed}


def test_a_key_far_below_the_top_of_a_file_is_moved() -> None:
    topics = "\n".join(f"  - Topic {number}" for number in range(200))
    text = f"course: K\nterm: {{}}\nschedule:\n{topics}\n late_policy: |\n  Late.\n"
    found = Diagnostics()
    read_yaml(Source("syllabus.yaml", text), found, grammar=SYLLABUS_GRAMMAR)
    assert apply_fixes(found) == {"syllabus.yaml": text.replace(" late_policy", "late_policy")}


# What is no matter of columns is left to others.
LEFT = [
    "knots:\n  recommended:\n    - title: One\n",
    "knots:\n  required:\n    - titel: One\n      url: https://example.org/1\n",
    "knots:\n  required:\n    - link: https://example.org/1\n      conference: CIDR\n",
    "knots:\n  required:\n  required:\n    - title: One\n",
]


@pytest.mark.parametrize("text", LEFT)
def test_other_misfits_move_nothing(text: str) -> None:
    assert find_moves(text, READINGS_GRAMMAR.root) == []


COURSE_FILES = sorted(
    path
    for folder in (ROOT, *(ROOT / "examples").iterdir(), *COURSES.iterdir())
    for path in (folder / "syllabus.yaml", folder / "readings.yaml")
    if path.exists()
)


@pytest.mark.parametrize("path", COURSE_FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_what_is_right_fits_its_grammar(path: Path) -> None:
    assert (
        find_misfits(
            lex_lines(path.read_text(encoding="utf-8")),
            (READINGS_GRAMMAR if path.name == "readings.yaml" else SYLLABUS_GRAMMAR).root,
        )
        == []
    )


@pytest.mark.parametrize("path", COURSE_FILES[:3], ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_what_a_move_changes_is_counted_as_in_a_whole_walk(path: Path) -> None:
    root = (READINGS_GRAMMAR if path.name == "readings.yaml" else SYLLABUS_GRAMMAR).root
    lines = lex_lines(path.read_text(encoding="utf-8"))[:150]
    middle = len(lines) // 2
    lines[middle] = lines[middle].moved(1)
    retrace = Retrace(lines, root)
    assert retrace.count == len(find_misfits(lines, root))
    for number, line in enumerate(lines):
        for by in (-2, -1, 1, 2) if not (line.empty or line.inside) else ():
            changed = [line.moved(by)]
            count, _ = retrace.count_with(changed, number)
            whole = len(find_misfits([*lines[:number], *changed, *lines[number + 1 :]], root))
            assert count == whole or min(count, whole) > retrace.count
