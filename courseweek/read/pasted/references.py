"""References as papers and search engines show them, in a known style, and a title in quotes."""

from __future__ import annotations

from collections.abc import Sequence

from courseweek.model.slug import make_slug
from courseweek.read.pasted.citation import write_text
from courseweek.read.pasted.styles import read_reference
from courseweek.read.pasted.text_lines import Pasted, TextLine, is_key
from courseweek.regex import lazy_pattern

MOST_REFERENCE_LINES = 8
"""Lines that one reference is wrapped over."""
_START = lazy_pattern(r"(?:\[\d{1,3}\]|\d{1,3}[.)]|[•*])[ ]+\S|[^\W\d_]")
_BOX = lazy_pattern(r"(?P<style>MLA|APA|Chicago|Harvard|Vancouver)(?:[ \t]+(?P<text>\S.*))?")
_TITLE = lazy_pattern(r"[“‘](?P<title>[^“”‘]+)[”’][.,]?")


def find_reference(lines: Sequence[TextLine], at: int) -> Pasted | None:
    """Return the reference that begins on a line, or None: one that YAML takes as one text is left alone."""
    first = lines[at]
    if not _START.match(first.body) or is_key(first):
        return None
    text = ""
    best: Pasted | None = None
    for count in range(1, MOST_REFERENCE_LINES + 1):
        if at + count > len(lines):
            break
        line = lines[at + count - 1]
        if line.is_empty or (count > 1 and (line.dashes or line.is_entry or line.is_comment or is_key(line))):
            break
        if count > 1 and best is not None and read_reference(line.body) is not None:
            break
        text = f"{text} {line.body}".strip()
        read = read_reference(text) if _is_refused(lines, at, count, text) else None
        if read is not None:
            best = Pasted("citation", "a reference", count, (read[0],), sure=read[1])
    return best


def _is_refused(lines: Sequence[TextLine], at: int, count: int, text: str) -> bool:
    """Return whether YAML refuses the lines as one item, so that they can't be meant as they are."""
    column = lines[at].column
    outside = any(each.indent < column for each in lines[at + 1 : at + count])
    return not lines[at].dashes or text[0] in "[*" or ": " in text or " #" in text or outside


def find_cite_box(lines: Sequence[TextLine], at: int) -> Pasted | None:
    """Return the work that the box of Google Scholar cites in several styles, or None."""
    works = []
    styles: set[str] = set()
    end = place = at
    while place < len(lines) and (match := _BOX.fullmatch(lines[place].body)) and match["style"] not in styles:
        styles.add(match["style"])
        text, place = match["text"], place + 1
        while place < len(lines) and not text and lines[place].is_empty:
            place += 1
        if not text and place < len(lines):
            text, place = lines[place].body, place + 1
        read = read_reference(text or "")
        if read is not None:
            works.append(read[0])
        end = place
        while place < len(lines) and lines[place].is_empty:
            place += 1
    if not works:
        return None
    agree = len({(make_slug(each.title), each.year) for each in works}) == 1
    return Pasted("citation", "the cite box of Google Scholar", end - at, (works[0],), agree)


def find_quoted_title(lines: Sequence[TextLine], at: int) -> Pasted | None:
    """Return a title in curly quotes without a dash before it, or None."""
    match = _TITLE.fullmatch(lines[at].body)
    if match is None or lines[at].dashes:
        return None
    help = f"write - title: {write_text(match['title'])}"
    return Pasted("citation", "a title in quotes", 1, sure=False, rewritten=(), help=help)
