"""The report as JSON: its whole shape, and that it is plain ASCII."""

from __future__ import annotations

import json

from courseweek.diagnostics import Diagnostics, Edit, Source
from courseweek.report.json import report_json


def test_the_whole_shape() -> None:
    source = Source("a.yaml", "one\ntwo\n")
    found = Diagnostics()
    place = source.span(4, 7)
    found.warning("b", "second", place, other=(source.span(0, 3), "first here"), fix=(Edit(place, "zwei"),))
    found.error("a", "erst\u202e", source.whole(), help="do it")
    text = report_json(found)
    assert text.isascii()
    assert text.endswith("}\n")
    assert json.loads(text) == {
        "version": 1,
        "errors": 1,
        "warnings": 1,
        "diagnostics": [
            {
                "severity": "error",
                "name": "a",
                "message": "erst\u202e",
                "file": "a.yaml",
                "line": 1,
                "column": 1,
                "end_line": 1,
                "end_column": 1,
                "help": "do it",
                "other": None,
                "fix": [],
            },
            {
                "severity": "warning",
                "name": "b",
                "message": "second",
                "file": "a.yaml",
                "line": 2,
                "column": 1,
                "end_line": 2,
                "end_column": 4,
                "help": None,
                "other": {
                    "message": "first here",
                    "file": "a.yaml",
                    "line": 1,
                    "column": 1,
                    "end_line": 1,
                    "end_column": 4,
                },
                "fix": [{"file": "a.yaml", "line": 2, "column": 1, "end_line": 2, "end_column": 4, "text": "zwei"}],
            },
        ],
    }


def test_nothing_is_an_empty_list() -> None:
    assert json.loads(report_json([])) == {"version": 1, "errors": 0, "warnings": 0, "diagnostics": []}


def test_no_command_of_a_ci_system_is_in_the_document() -> None:
    found = Diagnostics()
    found.error("n", "a ##[add-mask]b", Source("x.yaml", "a").span(0, 1))
    text = report_json(found)
    assert "##" not in text
    assert json.loads(text)["diagnostics"][0]["message"] == "a ##[add-mask]b"
