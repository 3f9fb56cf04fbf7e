"""How a review is written: within limits, and inert on a terminal and in Markdown."""

from __future__ import annotations

import pytest

from courseweek.report.inert import write_block, write_inert
from courseweek.review.effect import LONGEST_SUMMARY, MOST_EFFECTS, Effect, Review, ShownRow

INERT = {
    "marks": ("*a* _b_ `c` ~d~", "&#42;a&#42; &#95;b&#95; &#96;c&#96; &#126;d&#126;"),
    "a heading": ("# a", "&#35; a"),
    "a list": ("- a", "&#45; a"),
    "a numbered list": ("1. a", "1&#46; a"),
    "HTML": ("<b>&amp;", "&#60;b&#62;&#38;amp&#59;"),
    "a link": ("[a](b)", "&#91;a&#93;&#40;b&#41;"),
    "a person": ("@ada", "&#64;\u2060ada"),
    "an issue": ("#1", "&#35;\u20601"),
    "an emoji": (":tada:", "&#58;\u2060tada&#58;"),
    "an address": ("https://a.b", "https&#58;\u2060&#47;&#47;a&#46;b"),
    "an address without a scheme": ("www.a.b", "www\u2060&#46;a&#46;b"),
    "a time": ("10:00", "10&#58;00"),
    "an expression": ("${{ a }}", "&#36;&#123;&#123; a &#125;&#125;"),
    "line ends": ("a\r\n\n# b", "a&#92;x0d&#92;x0a&#92;x0a&#35; b"),
    "a direction": ("a\u202eb", "a&#92;u202eb"),
    "spaces before": ("    a", "a"),
    "letters": ("Ä 课程 🎓, it's", "Ä 课程 🎓, it's"),
}


@pytest.mark.parametrize("case", INERT)
def test_text_is_inert(case: str) -> None:
    text, expected = INERT[case]
    assert write_inert(text) == expected


def test_a_block_ends_where_it_should() -> None:
    assert write_block("a\n````\nb\n", "yaml") == "`````yaml\na\n````\nb\n`````\n"


def test_no_line_on_a_terminal_is_a_command() -> None:
    review = Review((Effect("a\n::error::b", ("::error::c",), (ShownRow("::error::d", "##[error]e"),)),))
    assert review.format_text() == (
        "Your change:\n- a\\x0a::error::b\n  - ::error::c\n    \\::error::d · ##\\[error]e\n"
    )


def test_a_row_is_a_quotation_in_the_summary() -> None:
    review = Review(
        (Effect("A reading", ("venue: a → b",), (ShownRow("*Title*", "2022"), ShownRow("Other"))), Effect("More"))
    )
    assert review.format_markdown() == (
        "## Your change\n\n- A reading\n  - venue&#58; a → b\n\n"
        "  > **&#42;Title&#42;** · 2022\n\n\n  > **Other**\n\n- More\n"
    )


def test_only_so_much_is_shown() -> None:
    details = tuple(f"detail {number}" for number in range(MOST_EFFECTS + 5))
    review = Review(tuple(Effect(f"effect {number}", details) for number in range(MOST_EFFECTS + 7)))
    lines = review.format_text().splitlines()
    assert len(lines) == 1 + MOST_EFFECTS * (MOST_EFFECTS + 2) + 1
    assert lines[MOST_EFFECTS + 2] == "  - 5 more"
    assert lines[-1] == "- 7 more"
    long = Review(tuple(Effect("x" * 300, ("*" * 300,) * 100) for _ in range(50))).format_markdown()
    assert len(long) < LONGEST_SUMMARY + 100
    assert long.endswith("&#42;\n\nThe rest is in the log of this step.\n")
