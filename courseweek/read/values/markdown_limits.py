"""Markdown that takes its converter quadratic time: floods of marks, deep lists, endless tables."""

from __future__ import annotations

from courseweek.regex import lazy_pattern

MOST_IN_TEXT = 60
"""Opening brackets, and as many `<`, in a text of a YAML file: more are refused."""
MOST_IN_PARAGRAPH = 300
"""The same in one paragraph, list entry or row of a page."""
MOST_IN_PAGE = 5_000
"""The same in a page."""
MOST_MARKS = 20_000
"""Other marks (`*`, `_`, backtick, `$`, `&`, `\\`) in a page, or in all texts of a course's YAML files together."""
LARGEST_PAGE = 250_000
"""Characters in a page."""
LONGEST_PARAGRAPH = 20_000
"""Characters in one paragraph, list entry or row of a page."""
MOST_LINES = 10_000
"""Lines of a page."""
MOST_LINES_TOGETHER = 1_500
"""Lines of a page without an empty one between them."""
MOST_FOOTNOTES = 1_000
"""Footnotes of a page, and references to them."""
DEEPEST_LIST = 40
"""Spaces before a list entry of a page."""
DEEPEST_IN_LINE = 12
"""Lists and quotes that one line opens inside each other."""
LONGEST_FENCE = 200
"""Characters in the line that opens a block of code."""

_FLOOD = "[<"
_BLOCK_END = lazy_pattern(r"\n[ \t]*(?:\n|(?=[-*+|] )|(?=\d+\. ))")
# Each begins with the end of the line before: that is found quicker than `^`, which is tried at each character.
_DEEP = lazy_pattern(rf"\n[ \t]{{{DEEPEST_LIST + 1},}}(?:[-*+]|\d{{1,9}}[.)])[ \t]")
_DEEP_IN_LINE = lazy_pattern(
    rf"\n[ \t]{{0,{DEEPEST_LIST}}}(?:(?:[-*+]|\d{{1,9}}[.)])[ \t]{{1,8}}|>[ \t]{{0,8}}){{{DEEPEST_IN_LINE + 1},}}+"
)
_FENCE = lazy_pattern(rf"\n[ \t]{{0,{DEEPEST_LIST}}}(?:```|~~~)[^\n]{{{LONGEST_FENCE},}}")
_MARKS = lazy_pattern(r"\*+|_+|`+|\$+|\\.|&")
_EMPTY_LINE = lazy_pattern(r"\n[ \t]*(?=\n)")


def count_marks(text: str) -> int:
    """Return how many marks of Markdown a text holds; several of one kind in a row are one."""
    return sum(1 for _ in _MARKS.finditer(text))


def find_flood_in_text(text: str) -> tuple[int, str] | None:
    """Return where and why a YAML text is too much for Markdown, or None."""
    for mark in _FLOOD:
        if text.count(mark) > MOST_IN_TEXT:
            return text.find(mark), f"a text has at most {MOST_IN_TEXT} `{mark}`"
    return _find_depth(text)


def find_flood_in_page(text: str) -> tuple[int, str] | None:
    """Return where and why a page is too much for Markdown, or None."""
    if len(text) > LARGEST_PAGE:
        return 0, f"a page has at most {LARGEST_PAGE:,} characters"
    return _find_depth(text) or _find_brackets(text) or _find_lines(text) or _find_marks(text) or _find_length(text)


def _find_depth(text: str) -> tuple[int, str] | None:
    lines = f"\n{text}"  # so the index of a match in it is that of its line in the text
    if deep := _DEEP.search(lines):
        return deep.start(), f"a list entry is indented by at most {DEEPEST_LIST} spaces"
    if deep := _DEEP_IN_LINE.search(lines):
        return deep.start(), f"a line opens at most {DEEPEST_IN_LINE} lists and quotes inside each other"
    if ("```" in text or "~~~" in text) and (fence := _FENCE.search(lines)):
        return fence.start(), f"the line that opens a block of code has at most {LONGEST_FENCE} characters"
    return None


def _find_lines(text: str) -> tuple[int, str] | None:
    total = text.count("\n")
    if total > MOST_LINES:
        return 0, f"a page has at most {MOST_LINES:,} lines"
    if total <= MOST_LINES_TOGETHER:
        return None
    start = 0
    for end in (*(match.end() + 1 for match in _EMPTY_LINE.finditer(text)), len(text)):
        if text.count("\n", start, end) > MOST_LINES_TOGETHER:
            return start, f"at most {MOST_LINES_TOGETHER:,} lines may follow each other without an empty one"
        start = end
    return None


def _find_brackets(text: str) -> tuple[int, str] | None:
    for mark in _FLOOD:
        total = text.count(mark)
        if total > MOST_IN_PAGE:
            return text.find(mark), f"a page has at most {MOST_IN_PAGE:,} `{mark}`"
        if total <= MOST_IN_PARAGRAPH:
            continue
        start = 0
        for block in _BLOCK_END.split(text):
            if block.count(mark) > MOST_IN_PARAGRAPH:
                at = text.find(block, start)
                return max(at, 0), f"a paragraph has at most {MOST_IN_PARAGRAPH} `{mark}`"
            start += len(block)
    return None


def _find_marks(text: str) -> tuple[int, str] | None:
    if text.count("[^") > MOST_FOOTNOTES:
        return text.find("[^"), f"a page has at most {MOST_FOOTNOTES:,} footnotes and references to them"
    if len(text) > MOST_MARKS and count_marks(text) > MOST_MARKS:
        return 0, f"a page has at most {MOST_MARKS:,} of the marks `*`, `_`, `$`, `&`, `\\` and backticks"
    return None


def _find_length(text: str) -> tuple[int, str] | None:
    start = 0
    for block in _BLOCK_END.split(text) if len(text) > LONGEST_PARAGRAPH else ():
        if len(block) > LONGEST_PARAGRAPH:
            at = text.find(block, start)
            return max(at, 0), f"a paragraph has at most {LONGEST_PARAGRAPH:,} characters"
        start += len(block)
    return None
