"""The report's very text: the line, the caret, what can't be shown, long lines, wide letters."""

from __future__ import annotations

import pytest

from courseweek.diagnostics import Diagnostics, Source
from courseweek.report.text import WIDEST, printable, report_text


def one(text: str, start: int, end: int, message: str = "m") -> str:
    found = Diagnostics()
    found.error("n", message, Source("x.yaml", text).span(start, end))
    return report_text(found)


def test_a_diagnostic_in_full() -> None:
    text = "".join(f"line {number}\n" for number in range(1, 12))
    source = Source("folder/x.yaml", text)
    found = Diagnostics()
    found.warning("b-name", "second", source.span(77, 79), help="do this\nand that")
    found.error("a-name", "first", source.span(0, 4), other=(source.span(7, 11), "the other is here"))
    assert report_text(found) == (
        "folder/x.yaml:1:1: error[a-name]: first\n"
        "  |\n"
        "1 | line 1\n"
        "  | ^^^^\n"
        "folder/x.yaml:2:1: the other is here\n"
        "  |\n"
        "2 | line 2\n"
        "  | ^^^^\n"
        "\n"
        "folder/x.yaml:11:7: warning[b-name]: second\n"
        "   |\n"
        "11 | line 11\n"
        "   |       ^\n"
        "help: do this\n"
        "      and that\n"
    )


def test_no_diagnostics_give_no_text() -> None:
    assert report_text([]) == ""


def test_files_and_places_are_in_order() -> None:
    found = Diagnostics()
    later, first = Source("b.yaml", "abc"), Source("a.yaml", "abc")
    for source, start in ((later, 0), (first, 2), (first, 0)):
        found.error("n", "m", source.span(start, start + 1))
    heads = [line for line in report_text(found).split("\n") if "error" in line]
    assert heads == ["a.yaml:1:1: error[n]: m", "a.yaml:1:3: error[n]: m", "b.yaml:1:1: error[n]: m"]


def test_the_caret_ends_with_the_line() -> None:
    assert one("ab cd\nef", 3, 8).split("\n")[3] == "  |    ^^"
    assert one("ab\r\ncd", 1, 4).split("\n")[3] == "  |  ^"
    assert one("ab", 2, 2).split("\n")[3] == "  |   ^"


def test_an_empty_line_is_not_shown() -> None:
    assert one("a\n\nb", 2, 2) == "x.yaml:2:1: error[n]: m\n"


def test_the_caret_is_below_wide_letters() -> None:
    lines = one("日本 é\u0301x", 3, 6).split("\n")
    assert lines[2:4] == ["1 | 日本 é\u0301x", "  |      ^^"]
    assert one("日本", 1, 2).split("\n")[3] == "  |   ^^"


def test_a_tab_is_one_space() -> None:
    assert one("\tab", 1, 3).split("\n")[2:4] == ["1 |  ab", "  |  ^^"]


def test_what_would_move_a_terminal_is_an_escape() -> None:
    reported = one("a\x1b[31m\u202eb\u2028c\xa0d", 1, 2, "of `\x1b]0;title\x07` and \u2066this\u2069")
    assert reported.split("\n")[0] == "x.yaml:1:2: error[n]: of `\\x1b]0;title\\x07` and \\u2066this\\u2069"
    assert reported.split("\n")[2:4] == ["1 | a\\x1b[31m\\u202eb\\u2028c␣d", "  |  ^^^^"]


@pytest.mark.parametrize("command", ["##[add-mask]a", "##vso[task.x]a", "##teamcity[x]"])
def test_no_command_of_a_ci_system_is_in_a_line(command: str) -> None:
    reported = one(f"a {command} # ## b", 0, 1, f"m {command}")
    assert command not in reported
    assert f"1 | a ##\\{command[2:]} # ## b" in reported


def test_a_line_in_a_message_is_no_line() -> None:
    assert one("a", 0, 1, "x\ny: error[z]: w").split("\n")[0] == "x.yaml:1:1: error[n]: x\\x0ay: error[z]: w"


def test_a_long_line_is_a_window() -> None:
    text = "x" * 500 + "HERE" + "y" * 500
    lines = one(text, 500, 504).split("\n")
    assert len(lines[2]) == len("1 | ……") + WIDEST
    assert lines[2].startswith("1 | …x")
    assert lines[2].endswith("y…")
    column = lines[3].index("^")
    assert lines[2][column : column + 4] == "HERE"
    assert lines[3].count("^") == 4


def test_the_ends_of_a_long_line() -> None:
    text = "ab" + "x" * 500 + "yz"
    start, end = one(text, 0, 2).split("\n"), one(text, 502, 504).split("\n")
    assert start[2].startswith("1 | abx")
    assert start[3] == "  | ^^"
    assert end[2].endswith("xyz")
    assert end[3].index("^") == len(end[2]) - 2


def test_printable_keeps_what_people_write() -> None:
    for text in ("plain", "é 日本 😀", "ह\u200dिं", "a\u200cb", "“quoted” – dash…"):
        assert printable(text) == text
