"""Headings go down one level at a time and have words (WCAG 2.2, criterion 1.3.1; techniques H42 and G141).

The page's title is level 1. A page that uses that level itself is rendered with its headings one level lower.

Passing: `## Projects` and below it `### Ideas`; `# One` and `# Two` on one page.
Failing: `### Ideas` right below the title, `#### Ideas` below `## Projects`, `##` alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from courseweek.comments import hide_code
from courseweek.diagnostics import Diagnostic, Span
from courseweek.plan.parts import Part
from courseweek.regex import lazy_pattern
from courseweek.render.pages import PageText, RenderedPages

_HEADING = lazy_pattern(
    r"^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+){0,4}(?P<marks>#{1,6})(?=[ \t\r\n]|$)[^\r\n]*"
    r"|^(?P<under>[^\r\n]+)\r?\n(?P<rule>=+|-+)[ \t]*\r?$|<h(?P<tag>[1-6])\b[^<>]*>[^\r\n]*",
    re.MULTILINE | re.IGNORECASE,
)


def check_headings(rendered: RenderedPages) -> Iterator[Diagnostic]:
    """Yield a warning for each heading of a page or announcement that skips a level, and for each that is empty."""
    texts: dict[str, list[PageText]] = {}
    for each in rendered.prose:
        if each.findings.headings:
            texts.setdefault(each.prose.file, []).append(each)
    for stretches in texts.values():
        # Where the text itself has headings of level 1, all are shown one level lower.
        shift = int(any(level == 1 for each in stretches for level, _ in each.findings.headings))
        if not _is_odd(stretches, shift):
            continue  # their places are not needed
        last = 1
        for stretch in stretches:
            if _follows_part(stretch):
                last = max(last, 2)  # the heading of the part
            for level, words, span in _placed(stretch):
                if not words:
                    yield Diagnostic(
                        "warning", "empty-heading", "this heading is empty", span, "write the heading, or delete it"
                    )
                if level + shift > last + 1:
                    yield _skip(level, last - shift, words, span)
                last = level + shift


def _is_odd(stretches: list[PageText], shift: int) -> bool:
    """Return whether a heading may be empty or skip a level."""
    levels = [level + shift for each in stretches for level, _ in each.findings.headings]
    empty = any(not words for each in stretches for _, words in each.findings.headings)
    return empty or any(level > before + 1 for before, level in zip([1, *levels], levels, strict=False))


def _follows_part(stretch: PageText) -> bool:
    before = None
    for block in stretch.page.blocks:
        if isinstance(before, Part) and not isinstance(block, Part) and block.span == stretch.prose:
            return True
        before = block
    return False


def _placed(stretch: PageText) -> Iterator[tuple[int, str, Span]]:
    """Yield level, words and place of each heading: those in the text are the rendered ones, in order."""
    text = stretch.prose.text
    found = list(_HEADING.finditer(hide_code(text)))
    at = 0
    for level, words in stretch.findings.headings:
        place = next((place for place in range(at, len(found)) if _level(found[place]) == level), None)
        if place is None:
            yield level, words, stretch.prose.within(0, 0)
            continue
        at = place + 1
        match = found[place]
        start = match.start("under" if match["under"] else "marks" if match["marks"] else 0)
        end = match.end("under" if match["under"] else 0)
        yield level, words, stretch.prose.within(start, start + len(text[start:end].rstrip()))


def _level(match: re.Match[str]) -> int:
    if match["marks"]:
        return len(match["marks"])
    return (1 if match["rule"][0] == "=" else 2) if match["rule"] else int(match["tag"])


def _skip(level: int, last: int, words: str, span: Span) -> Diagnostic:
    above = f"the one above it is level {last}" if last > 1 else "only the page's title is above it"
    marks = "#" * (last + 1)
    message = f"this heading is level {level}, but {above}"
    return Diagnostic("warning", "heading-skip", message, span, f"write {marks} {words}".rstrip())
