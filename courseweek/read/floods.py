"""Markdown that takes its converter quadratic time: floods of marks, deep lists, endless tables."""

from __future__ import annotations

import re

MOST_IN_TEXT = 60
"""Opening brackets, and as many `<`, in a text of a YAML file: more are refused."""
MOST_IN_PARAGRAPH = 300
"""The same in one paragraph, list entry or row of a page."""
MOST_IN_PAGE = 5_000
"""The same in a page."""
LARGEST_PAGE = 250_000
"""Characters in a page."""
DEEPEST_LIST = 40
"""Blanks before a list entry of a page."""

_FLOOD = "[<"
_BLOCK_END = re.compile(r"\n[ \t]*(?:\n|(?=[-*+|] )|(?=\d+\. ))")
_DEEP = re.compile(rf"^[ \t]{{{DEEPEST_LIST + 1},}}(?:[-*+]|\d+[.)])[ \t]", re.MULTILINE)


def find_flood_in_text(text: str) -> tuple[int, str] | None:
    """Return where and why a YAML text is too much for Markdown, or None."""
    for mark in _FLOOD:
        if text.count(mark) > MOST_IN_TEXT:
            return text.find(mark), f"a text holds at most {MOST_IN_TEXT} `{mark}`"
    return None


def find_flood_in_page(text: str) -> tuple[int, str] | None:
    """Return where and why a page is too much for Markdown, or None."""
    if len(text) > LARGEST_PAGE:
        return 0, f"a page has at most {LARGEST_PAGE:,} characters"
    if deep := _DEEP.search(text):
        return deep.start(), f"a list entry stands at most {DEEPEST_LIST} blanks deep"
    for mark in _FLOOD:
        total = text.count(mark)
        if total > MOST_IN_PAGE:
            return text.find(mark), f"a page holds at most {MOST_IN_PAGE:,} `{mark}`"
        if total <= MOST_IN_PARAGRAPH:
            continue
        start = 0
        for block in _BLOCK_END.split(text):
            if block.count(mark) > MOST_IN_PARAGRAPH:
                at = text.find(block, start)
                return max(at, 0), f"a paragraph holds at most {MOST_IN_PARAGRAPH} `{mark}`"
            start += len(block)
    return None
