"""Annotations of a pull request: what GitHub's runner reads, and nothing that a contributor could make it read."""

from __future__ import annotations

import re
from urllib.parse import unquote

import pytest

from courseweek.diagnostics import Diagnostics, Source
from courseweek.report.github import LONGEST_SUMMARY, MOST_ANNOTATIONS, report_github, summarize_github

COMMAND = re.compile(r"::(error|warning|stop-commands|[0-9a-f]{64})( [^:]*)?::(.*)")


def commands(text: str) -> list[str]:
    """Return the commands of an output as the runner finds them: it trims a line, and obeys none while told to stop."""
    found: list[str] = []
    stopped = ""
    for line in text.split("\n"):
        match = COMMAND.match(line.lstrip())
        if match is None and not line.lstrip().startswith("::") and "##[" not in line:
            continue
        if stopped:
            stopped = "" if match and match[1] == stopped else stopped
            continue
        assert match is not None, f"a command that nobody meant: {line}"
        found.append(match[1])
        stopped = match[3] if match[1] == "stop-commands" else ""
    assert not stopped
    return found


def test_an_annotation_in_full() -> None:
    source = Source("readings.yaml", "intro:\n  - titel: A\n    url: B\n")
    found = Diagnostics()
    found.error(
        "unknown-key",
        "a reading has no key `titel`, 100% sure",
        source.span(11, 16),
        help="did you mean `title`?\nor not",
        other=(source.span(0, 5), "its list"),
    )
    assert report_github(found, "courses/a,b/") == (
        "::error file=courses/a%2Cb/readings.yaml,line=2,endLine=2,col=5,endColumn=10,title=unknown-key::"
        "a reading has no key `titel`, 100%25 sure%0Areadings.yaml:1:1: its list"
        "%0Ahelp: did you mean `title`?%0Aor not\n"
    )


def test_a_place_of_several_lines_has_no_columns() -> None:
    found = Diagnostics()
    found.warning("n", "m", Source("x.yaml", "ab\ncd").span(1, 4))
    assert report_github(found) == "::warning file=x.yaml,line=1,endLine=2,title=n::m\n"


def test_no_diagnostics_give_no_text() -> None:
    assert report_github([]) == ""


def test_ten_of_a_kind_are_annotations_and_the_rest_is_text() -> None:
    source = Source("x.yaml", "word\n" * 40)
    found = Diagnostics()
    for line in range(12):
        found.error("e", f"error {line}", source.span(line * 5, line * 5 + 4))
        found.warning("w", f"warning {line}", source.span(line * 5, line * 5 + 4))
    text = report_github(found)
    reported = commands(text)
    assert reported == ["error"] * MOST_ANNOTATIONS + ["warning"] * MOST_ANNOTATIONS + ["stop-commands"]
    rest = text.partition("::stop-commands::")[2]
    assert "\n4 more:\n" in rest
    assert re.findall(r": (?:error|warning)\[\w\]: (\w+ \d+)", rest) == [
        "error 10",
        "warning 10",
        "error 11",
        "warning 11",
    ]


HOSTILE = [
    "::error::x",
    "  ::set-output name=a::b",
    "##[add-path]/tmp",
    "a\r\n::error::x",
    "a\u2028::error::x",
    "%0A::error::x",
    "\t::stop-commands::x",
]


@pytest.mark.parametrize("words", HOSTILE)
def test_no_contributed_text_becomes_a_command(words: str) -> None:
    source = Source(f"{words}.yaml", f"{words}\n" * 30)
    found = Diagnostics()
    for number in range(14):
        place = source.span(number, number + 1)
        found.error("n", f"{words} {number}", place, help=f"write\n{words}", other=(place, words))
    text = report_github(found)
    assert commands(text) == ["error"] * MOST_ANNOTATIONS + ["stop-commands"]
    first = text.split("\n", 1)[0]
    assert "\r" not in text
    assert unquote(first.partition(" ")[0]) == "::error"
    assert re.match(r"::error file=[^:,]*,line=1,endLine=1,col=1,endColumn=2,title=n::", first)


def test_the_summary_keeps_its_fence() -> None:
    found = Diagnostics()
    found.error("n", "```` m", Source("x.yaml", "```\n</details>").span(0, 3))
    assert summarize_github(found, "1 error.") == (
        "## The course's files\n\n`````text\nx.yaml:1:1: error[n]: ```` m\n  |\n1 | ```\n  | ^^^\n`````\n\n1 error.\n"
    )
    assert summarize_github([], "Nothing is wrong.") == "## The course's files\n\nNothing is wrong.\n"


def test_a_long_summary_is_cut_and_says_so() -> None:
    found = Diagnostics()
    for file in range(6):  # of each file no more than 200 are told
        source = Source(f"x{file}.yaml", "word\n" * 150)
        for number in range(150):
            found.error("n", "m" * 1500 + str(number), source.span(number * 5, number * 5 + 4))
    text = summarize_github(found, "Much.")
    assert LONGEST_SUMMARY - 2000 < len(text) < LONGEST_SUMMARY + 200
    assert text.endswith("\n```\n\nThe report is too long to show here; the log of this step has all of it.\n\nMuch.\n")
