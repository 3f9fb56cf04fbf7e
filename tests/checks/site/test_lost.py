"""What is written and not shown is told: cells beside the table, links that nobody follows, HTML that is left out."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.reported import report, report_page, show

CELLS = "warning[lost-cell]: this row has more cells than its table's first row; the extra cells are not shown"
REPORTED = {
    "a | b\n--|--\n1 | 2 | 3": [f"3:1 [1 | 2 | 3] {CELLS}"],
    "> a | b\n> --|--\n> 1 | `2\\|2` | $x\\|y$ | 3": [f"3:1 [> 1 | `2\\|2` | $x\\|y$ | 3] {CELLS}"],
    "text\n\n[Note]: bring-laptops": [
        "3:1 [[Note]: bring-laptops] warning[unused-link]: no link uses `[Note]`, so this line is not shown"
    ],
    "- x\n\n    [1]: https://example.org": [
        "3:5 [[1]: https://example.org] warning[unused-link]: no link uses `[1]`, so this line is not shown"
    ],
    "text\n\n[^1]: note": ["3:1 [[^1]] error[unused-footnote]: nothing on this page refers to the footnote `[^1]`"],
    "a[^1] b[^two] `[^3]` \\[^4]\n\n[^1]: note": [
        "1:8 [[^two]] warning[unwritten-footnote]: this page has no footnote `[^two]`, so the mark is shown as typed"
    ],
    "a <iframe src='#top'></iframe> b": [
        "1:3 [<iframe src='#top'>] warning[left-out]: `<iframe>` isn't allowed on a page and is left out"
    ],
}


@pytest.mark.parametrize("text", REPORTED)
def test_what_is_reported(text: str, tmp_path: Path) -> None:
    assert report_page(tmp_path, text) == REPORTED[text]


RIGHT = [
    "a | b\n--|--\n1 | 2 |\n1\n`a \\| b` | 2",
    "See [a], [b][], [the C][C] and ![d][d d].\n\n[a]: https://example.org\n[b]: https://example.org/b\n"
    "[c]: https://example.org/c\n[D D]: https://example.org/d.png",
    "```\na | b\n--|--\n1 | 2 | 3\n\n[1]: https://example.org\n<script>\n```",
    "`<iframe>` and vector<int> and <your name>.",
    "Text[^1].\n\n[^1]: note",
]


@pytest.mark.parametrize("text", RIGHT)
def test_what_is_right(text: str, tmp_path: Path) -> None:
    assert report_page(tmp_path, text) == []


def test_texts_of_the_yaml_files_are_looked_at_too(tmp_path: Path) -> None:
    readings = "intro:\n  - title: A\n    note: |\n      a | b\n      --|--\n      1 | 2 | 3\n\n      [Note]: bring\n"
    assert [show(each) for each in report(tmp_path, {"readings.yaml": readings})] == [
        f"readings.yaml:6:7 [1 | 2 | 3] {CELLS}",
        "readings.yaml:8:7 [[Note]: bring] warning[unused-link]: no link uses `[Note]`, so this line is not shown",
    ]
