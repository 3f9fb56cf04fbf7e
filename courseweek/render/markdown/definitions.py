"""What links go by, `[name]: address "title"`, and the pieces of links (CommonMark 0.31, 4.7 and 6.3)."""

from __future__ import annotations

import re

from courseweek.regex import lazy_pattern
from courseweek.render.markdown.entities import put_characters
from courseweek.render.sizes import Tally

LONGEST_NAME = 999
_MOST_PARENTHESES = 32

_NAME = lazy_pattern(r" {0,3}\[((?:[^\[\]\\]|\\.){1,999}+)\]:", re.DOTALL)
_SPACE = lazy_pattern(r"[ \t]*+(?:\n[ \t]*+)?")
_ANGLED = lazy_pattern(r"<((?:[^<>\n\\]|\\.)*+)>")
_TITLE = lazy_pattern(r"\"((?:[^\"\\]|\\.)*+)\"|'((?:[^'\\]|\\.)*+)'|\(((?:[^()\\]|\\.)*+)\)", re.DOTALL)
_LINE_END = lazy_pattern(r"[ \t]*+(?:\n|$)")
_BARE = lazy_pattern(r"[^\\()\x00-\x20\x7f]++|\\[!-/:-@\[-`{-~]?|[()]")
_BLANK_LINE = lazy_pattern(r"\n[ \t]*\n")


class LinkDefinitions:
    """The definitions of a text by the names of their links in lower case; `used` are those that a link goes by.

    What links repeat of them goes to `tally`.
    """

    def __init__(self, tally: Tally) -> None:
        self.tally = tally
        self.known: dict[str, tuple[str, str | None]] = {}
        self.used: set[str] = set()
        self.written: dict[str, str] = {}

    def find(self, name: str) -> tuple[str, str | None] | None:
        """Return the address and title of a name, if it is known."""
        key = same_name(name)
        found = self.known.get(key)
        if found is not None:
            self.used.add(key)
            self.tally.add(sum(len(part) for part in found if part))
        return found

    def unused(self) -> list[str]:
        """Return the names that no link goes by."""
        return [self.written[name] for name in self.known if name not in self.used]

    def take_from(self, paragraph: str) -> str:
        """Take the definitions that a paragraph begins with; return the rest of it."""
        at = 0
        while paragraph.startswith("[", len(paragraph) - len(paragraph[at:].lstrip(" "))):
            end = self._take(paragraph, at)
            if end is None:
                break
            at = end
        return paragraph[at:]

    def _take(self, text: str, at: int) -> int | None:
        name = _NAME.match(text, at)
        if name is None or not name[1].strip():
            return None
        space = _SPACE.match(text, name.end())
        place = space.end() if space is not None else name.end()
        address = read_address(text, place)
        if address is None or (address[1] == place):
            return None
        target, end = address
        title: str | None = None
        line_end = _LINE_END.match(text, end)
        space = _SPACE.match(text, end)
        if space is not None and space.end() > end and (found := read_title(text, space.end())) is not None:
            after = _LINE_END.match(text, found[1])
            if after is not None:
                title, line_end = found[0], after
        if line_end is None:
            return None
        key = same_name(name[1])
        if key not in self.known:
            self.known[key] = (target, title)
            self.written[key] = name[1].strip().lower()
        return line_end.end()


def same_name(name: str) -> str:
    """Return what is equal for two names of one link."""
    return " ".join(name.split()).casefold()


def read_address(text: str, at: int) -> tuple[str, int] | None:
    """Return the address of a link at this place and where it ends, if there is one; it may be empty."""
    if text.startswith("<", at):
        angled = _ANGLED.match(text, at)
        return (put_characters(angled[1]), angled.end()) if angled is not None else None
    depth, end = 0, at
    while (piece := _BARE.match(text, end)) is not None:
        if piece[0] == "(":
            depth += 1
            if depth > _MOST_PARENTHESES:
                return None
        elif piece[0] == ")":
            if depth == 0:
                break
            depth -= 1
        end = piece.end()
    return (put_characters(text[at:end]), end) if depth == 0 else None


def read_title(text: str, at: int) -> tuple[str, int] | None:
    """Return the title of a link at this place and where it ends, if there is one."""
    title = _TITLE.match(text, at)
    if title is None:
        return None
    words = next(each for each in title.groups() if each is not None)
    return None if _BLANK_LINE.search(words) else (put_characters(words), title.end())


def pass_space(text: str, at: int) -> int:
    """Return the end of the spaces allowed between the pieces of a link."""
    space = _SPACE.match(text, at)
    return space.end() if space is not None else at
