"""How much is made of what is written: texts, pages and the site are bounded while they are rendered.

What is read is bounded by `read/`. But a link of a definition repeats its address, a list of headings all headings,
`reuse` a whole reading, and the navigation each title on each page: so what is made is counted as well, where it can
be before it is made.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Callable, Iterable
from functools import cache
from operator import attrgetter
from typing import Any

from markupsafe import Markup

from courseweek.diagnostics import Span
from courseweek.frozen import names_of
from courseweek.model.course import Course

LARGEST_OF_TEXT = 1_500_000
"""Characters of HTML that Markdown makes of one text of a page."""
LARGEST_OF_YAML = 200_000
"""Characters of HTML that it makes of one text of a YAML file."""
LARGEST_HTML = 5_000_000
"""Characters of a page as HTML, and of all that its layout is given."""
LARGEST_SITE = 30_000_000
"""Bytes of all pages of a site together."""
SITE_OF_PAGE = 50_000
"""Bytes that each page brings to that."""
HELP_FOR_TEXT = "shorten what it repeats, such as the address of a link that is used often, or split it"
_LEAST = 40
"""Characters that a value counts at least, for what surrounds it on the page."""
_LONG = 200
"""Shorter texts are not to blame for the size of a page."""
_COUNTED = frozenset({str, Markup})
_FOUND_BY = 60
"""Characters of a text that are enough to find it in its file."""


class TooLarge(Exception):
    """More would be made than is allowed; `words` are of the text that has the greatest part in it, if one is known."""

    def __init__(self, message: str, help: str, words: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.help = help
        self.words = words


class Tally:
    """What is made of one text, counted piece by piece."""

    def __init__(self, most: int) -> None:
        """Take the number of characters that may be made."""
        self.most = most
        self.made = 0

    def clear(self) -> None:
        """Begin with the next text."""
        self.made = 0

    def add(self, characters: int) -> None:
        """Count what is made; raise `TooLarge` where it is too much."""
        self.made += characters
        if self.made > self.most:
            raise self._too_large()

    def check(self, made: str) -> str:
        """Return what was made of all of the text; raise `TooLarge` where it is too long."""
        if len(made) > self.most:
            raise self._too_large()
        return made

    def _too_large(self) -> TooLarge:
        return TooLarge(
            f"this text would become more than {self.most:,} characters of HTML",
            HELP_FOR_TEXT,
        )


class Scale:
    """What the layout of one page is given, counted while it is made."""

    def __init__(self, path: str) -> None:
        """Take the path of the page."""
        self.path = path
        self.weight = 0
        self._parts: Counter[str] = Counter()

    def add(self, *texts: str | None) -> None:
        """Count texts that a page shows; raise `TooLarge` where they are too much for it."""
        for text in texts:
            size = len(text or "") + _LEAST
            self.weight += size
            if size > _LONG and text is not None:
                self._parts[text] += size
        if self.weight > LARGEST_HTML:
            raise self.too_large()

    def weigh(self, *values: Any, known: int = 0) -> None:
        """Count all texts in values such as views, lists and mappings, each as often as it is there.

        `known` is the weight of what is shown besides.
        """
        self.weight = known
        waiting: list[Any] = list(values)
        while waiting:
            value = waiting.pop()
            kind: Any = type(value)
            if kind in _COUNTED:
                size = len(value)
                self.weight += size
                if size > _LONG:
                    self._parts[value] += size
                    if self.weight > LARGEST_HTML:
                        raise self.too_large()
            elif (open_up := _opener(kind)) is not None:
                waiting += open_up(value)
        if self.weight > LARGEST_HTML:
            raise self.too_large()

    def too_large(self) -> TooLarge:
        """Return the error of this page."""
        words = self._parts.most_common(1)[0][0] if self._parts else ""
        return page_too_large(self.path, words)


def page_too_large(path: str, words: str = "") -> TooLarge:
    """Return the error of a page with too much on it."""
    help = "shorten what it repeats" if words else "shorten it, or split it into several pages"
    return TooLarge(f"the page `{path}` would have more than {LARGEST_HTML:,} characters of HTML", help, words)


@cache
def _opener(kind: Any) -> Callable[[Any], Iterable[Any]] | None:
    """Return what gives all values in one of this kind; None for a kind that holds no texts."""
    if issubclass(kind, str):
        return lambda value: (str.__str__(value),)
    if issubclass(kind, tuple | list | frozenset):
        return iter
    if issubclass(kind, dict):
        return dict.values
    names = names_of(kind)
    if len(names) < 2:
        return (lambda value: (getattr(value, names[0]),)) if names else None
    return attrgetter(*names)


def join_page(path: str, pieces: Iterable[str]) -> str:
    """Return a page of its pieces; raise `TooLarge` before it is longer than a page may be."""
    made, length = [], 0
    for piece in pieces:
        length += len(piece)
        if length > LARGEST_HTML:
            raise page_too_large(path)
        made.append(piece)
    return "".join(made)


def most_of_site(pages: int) -> int:
    """Return how many bytes this many pages may have together."""
    return LARGEST_SITE + SITE_OF_PAGE * pages


def find_words(course: Course, words: str) -> Span | None:
    """Return where a text that was read or made of one appears first in the YAML files, or None."""
    sources = {course.syllabus.origin.span.file: course.syllabus.origin.span.source}
    for each in course.reading_lists.values():
        sources[each.origin.span.file] = each.origin.span.source
    pieces = re.split(r"[<>\n]", html.unescape(words[:10_000]))
    looked_for = max(pieces, key=len).strip()[:_FOUND_BY]
    for source in sources.values():
        at = source.text.find(looked_for) if looked_for else -1
        if at >= 0:
            return source.span(at, at + len(looked_for))
    return None
