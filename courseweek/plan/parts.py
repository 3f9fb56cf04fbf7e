"""The parts of a course on a page, and a page's text split around them."""

from __future__ import annotations

import re
from typing import Literal

from courseweek.comments import find_open_comment
from courseweek.diagnostics import Diagnostics, Span, suggest
from courseweek.frozen import dataclass
from courseweek.language.locale import noted
from courseweek.model.course import Course
from courseweek.model.page import Page
from courseweek.regex import lazy_pattern

PartName = Literal[
    "schedule", "this-week", "readings", "staff", "grading", "deadlines", "presentations", "announcements", "changes"
]
PARTS: tuple[PartName, ...] = (
    "schedule",
    "this-week",
    "readings",
    "staff",
    "grading",
    "deadlines",
    "presentations",
    "announcements",
    "changes",
)
TITLES = {
    "schedule": noted("Schedule"),
    "readings": noted("Readings"),
    "deadlines": noted("Deadlines"),
    "presentations": noted("Presentations"),
    "staff": noted("Staff"),
    "grading": noted("Grading"),
    "announcements": noted("Announcements"),
    "changes": noted("What changed"),
}
"""What the parts of a course are called."""
_LABELS = {**TITLES, "this-week": noted("Now"), "deadlines": noted("Due"), "announcements": noted("News")}
"""The same in one word, for the navigation."""
# Four spaces before it make a line of Markdown code.
_PART_LINE = lazy_pattern(r" {0,3}\[\[([^\[\]\r\n]*)\]\][ \t]*")
_FENCE = lazy_pattern(r" {0,3}(`{3,}|~{3,})")
_FENCE_IN_ENTRY = lazy_pattern(r"( {0,3}(?:(?:[-*+]|\d{1,9}[.)]) {1,3}){1,4})(`{3,}|~{3,})")
_COMMENT = lazy_pattern(r" {0,3}<!--")


@dataclass(frozen=True, slots=True)
class Prose:
    """A stretch of Markdown and its place."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Part:
    """A place where a part of the course is rendered."""

    name: PartName


Block = Prose | Part


def label_of_part(part: str, course: Course) -> str:
    """Return what the navigation calls a part of the course, in one word."""
    syllabus = course.syllabus
    if part == "staff" and (syllabus.office_hours or any(each.office_hours for each in syllabus.staff)):
        return syllabus.locale.gettext("Hours")
    return syllabus.locale.gettext(_LABELS[part])


def whole_page(page: Page) -> Prose:
    """Return all of a page's text as one stretch."""
    return Prose(page.text, page.body)


def place_card(blocks: tuple[Block, ...], *, opens: bool) -> tuple[Block, ...]:
    """Return the blocks with what is on now once: above the schedule, unless the page places it elsewhere itself.

    The message of a week without class, which is the place of `#today` then, is nowhere else. A page of which the
    layout `opens` with it has it there.
    """
    if opens:
        return tuple(block for block in blocks if block != Part("this-week"))
    if Part("schedule") not in blocks or Part("this-week") in blocks:
        return blocks
    at = blocks.index(Part("schedule"))
    return (*blocks[:at], Part("this-week"), *blocks[at:])


def split_page(page: Page, found: Diagnostics) -> tuple[Block, ...]:
    """Split a page's text at the lines that hold only `[[a part]]`, outside fenced code and comments."""
    if "[[" not in page.text:
        return tuple(_prose(page, 0, len(page.text)))
    blocks: list[Block] = []
    start = at = commented = inside = 0
    hidden = len(page.text)
    fence = ""
    for line in page.text.splitlines(keepends=True):
        opening = _FENCE.match(line)
        if fence and inside and line.strip() and len(line) - len(line.lstrip(" ")) < inside:
            fence = ""  # the list's entry has ended, and its code with it
        if at < commented:
            pass
        elif fence:
            fence = "" if opening and opening[1].startswith(fence) and not line.strip(" \t\r\n`~") else fence
        elif opening:
            fence, inside = opening[1], 0
        elif entry := _FENCE_IN_ENTRY.match(line):
            fence, inside = entry[2], len(entry[1])
        elif "<!--" in line and (_COMMENT.match(line) or find_open_comment(line) >= 0):
            commented = page.text.find("-->", at)
            if commented < 0 and _COMMENT.match(line):  # parts have their place all the same, the text is hidden
                hidden = min(hidden, at)
        elif match := _PART_LINE.fullmatch(line.rstrip("\r\n")):
            part = _part_of(match, page.body.within(at, at + len(line.rstrip("\r\n"))), found)
            blocks += _prose(page, start, at) if start <= hidden else []
            if part is not None and Part(part) not in blocks:
                blocks.append(Part(part))
            start = at + len(line)
        at += len(line)
    blocks += _prose(page, start, at) if start <= hidden else []
    return tuple(blocks)


def _prose(page: Page, start: int, end: int) -> list[Block]:
    text = page.text[start:end]
    return [Prose(text, page.body.within(start, end))] if text.strip() else []


def _part_of(match: re.Match[str], line: Span, found: Diagnostics) -> PartName | None:
    word = match[1].strip().lower()
    span = line.within(match.start(1) - 2, match.end(1) + 2)
    for part in PARTS:
        if part == word:
            return part
    near = suggest(word, PARTS)
    listed = ", ".join(f"[[{part}]]" for part in PARTS)
    found.error(
        "unknown-part",
        f"there is no part `[[{match[1]}]]`",
        span,
        help=f"did you mean `[[{near}]]`?" if near else f"the parts are {listed}",
    )
    return None
