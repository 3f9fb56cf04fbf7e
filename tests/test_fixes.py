"""Edits put into texts, and the difference shown."""

from __future__ import annotations

from courseweek.diagnostics import Diagnostic, Edit, Source
from courseweek.fixes import apply_fixes, report_difference

SOURCE = Source("x.yaml", "a: 1\r\nb: 2 # kept\nc: 3")


def fixed(*edits: tuple[int, int, str]) -> Diagnostic:
    fix = tuple(Edit(SOURCE.span(start, end), text) for start, end, text in edits)
    return Diagnostic("error", "n", "m", fix[0].span, fix=fix)


def test_edits_change_only_their_place() -> None:
    texts = apply_fixes([fixed((9, 10, "two")), fixed((0, 1, "A"), (3, 4, "one"))])
    assert texts == {"x.yaml": "A: one\r\nb: two # kept\nc: 3"}


def test_nothing_to_fix() -> None:
    assert apply_fixes([Diagnostic("error", "n", "m", SOURCE.whole())]) == {}


def test_edits_that_touch_wait_for_the_next_round() -> None:
    assert apply_fixes([fixed((0, 1, "A")), fixed((1, 2, ";"))]) == {"x.yaml": "A: 1\r\nb: 2 # kept\nc: 3"}
    # All edits of one mistake wait with it.
    assert apply_fixes([fixed((0, 2, "A")), fixed((1, 2, ";"), (9, 10, "4"))]) == {"x.yaml": "A 1\r\nb: 2 # kept\nc: 3"}


def test_the_difference_shows_lines_and_no_control_characters() -> None:
    before = {"x.yaml": "a\n\u202eb\nc\nd\ne"}
    after = {"x.yaml": "a\nB\nc\nd\ne"}
    assert report_difference(before, after) == (
        "--- x.yaml\n+++ x.yaml (fixed)\n@@ -1,3 +1,3 @@\n a\n-\\u202eb\n+B\n c\n"
    )
    assert report_difference({}, {"x.yaml": "a\nb\n"}) == "--- /dev/null\n+++ x.yaml (fixed)\n@@ -0,0 +1,2 @@\n+a\n+b\n"
    assert "\x1b[31m-" not in report_difference(before, after)
    assert "\x1b[32m+B\x1b[0m" in report_difference(before, after, color=True)
