"""The links and images in a line of Markdown, and the references to footnotes (CommonMark 0.31, 6.3 and 6.4)."""

from __future__ import annotations

import re
from collections.abc import Callable
from xml.etree.ElementTree import Element

from courseweek.regex import lazy_pattern
from courseweek.render.markdown.definitions import LONGEST_NAME, LinkDefinitions, pass_space, read_address, read_title
from courseweek.render.markdown.emphasis import pair_runs
from courseweek.render.markdown.pieces import CLOSE_LINK, RAW, Bracket, ElementBuilder, Pieces, Run

_SPACED = lazy_pattern(r"\((?:https?|mailto):[^\s()<>\"']*+[ \t]+[^\s()<>\"']+\)", re.IGNORECASE)
_NAME = lazy_pattern(r"\[((?:[^\[\]\\]|\\.){0,999}+)\]", re.DOTALL)


class LinkReader:
    """Opens and closes the brackets of a line; `broken` gets the words of links whose addresses contain spaces."""

    def __init__(self, definitions: LinkDefinitions, note: Callable[[str], Element | None]) -> None:
        """Take what the text defines, and what makes the reference to a footnote, None if it does not exist."""
        self.definitions = definitions
        self.note = note
        self.broken: list[str] = []

    def _begin(self, text: str) -> None:
        """Go to the start of the text of a block."""
        self._text = text
        self._pieces: Pieces = []
        self._runs: list[Run] = []
        self._brackets: list[Bracket] = []

    def _put(self, text: str) -> None:
        if text:
            self._pieces.append(text)

    def _open_bracket(self, sign: str, at: int) -> int:
        end = at + (2 if sign == "!" else 1)
        bracket = Bracket(image=sign == "!", source=end, at=len(self._pieces), runs=len(self._runs))
        self._pieces.append(bracket)
        self._brackets.append(bracket)
        return end

    def _close_bracket(self, at: int) -> int:
        if not self._brackets:
            self._put("]")
            return at + 1
        bracket = self._brackets.pop()
        if not bracket.active:
            if (end := self._footnote(bracket, at)) is not None:
                return end
            self._put("]")
            return at + 1
        link = self._find_link(bracket, at)
        if link is None:
            if (end := self._footnote(bracket, at)) is not None:
                return end
            if _SPACED.match(self._text, at + 1):
                self.broken.append(self._text[bracket.source : at])
            self._put("]")
            return at + 1
        target, title, end = link
        self._pair(bracket.runs)
        href = target.replace(" ", "%20")
        if bracket.image:
            inner = self._pieces[bracket.at + 1 :]
            del self._pieces[bracket.at :]
            holder = Element("span")
            ElementBuilder(holder).build(inner)
            element = Element("img", {"alt": _words_of(holder), "src": href})
        else:
            element = Element("a", {"href": href})
            bracket.element = element
            self._pieces.append(CLOSE_LINK)
            for each in self._brackets:
                if not each.image:
                    each.active = False
        if title is not None:
            element.set("title", title)
        if bracket.image:
            self._pieces.append(element)
        return end

    def _footnote(self, bracket: Bracket, at: int) -> int | None:
        text = self._text
        if not text.startswith("^", bracket.source) or at - bracket.source < 2:
            return None
        reference = self.note(text[bracket.source + 1 : at])
        if reference is None:
            return None
        del self._pieces[bracket.at :]
        del self._runs[bracket.runs :]
        if bracket.image:
            self._pieces.append("!")
        self._pieces.append(reference)
        return at + 1

    def _find_link(self, bracket: Bracket, at: int) -> tuple[str, str | None, int] | None:
        """Return address, title and end of the link whose words end at this `]`."""
        text = self._text
        if text.startswith("(", at + 1) and (inline := _read_inline(text, at + 2)) is not None:
            return inline
        end = at + 1
        name = _NAME.match(text, end)
        if name is not None and name[1]:
            end = name.end()
            written = name[1]
        else:
            if name is not None:
                end = name.end()
            written = text[bracket.source : at]
            if "[" in written and re.search(r"(?<!\\)\[", written):
                return None
        if not written.strip() or len(written) > LONGEST_NAME:
            return None
        found = self.definitions.find(written)
        return (*found, end) if found is not None else None

    def _pair(self, first: int) -> None:
        """Pair the runs from this one on, and forget them."""
        pair_runs(self._runs[first:])
        del self._runs[first:]


def _read_inline(text: str, at: int) -> tuple[str, str | None, int] | None:
    """Return address, title and end of `(address "title")`, of which the `(` is right before this place."""
    start = pass_space(text, at)
    address = read_address(text, start)
    if address is None:
        return None
    target, end = address
    after = pass_space(text, end)
    title: str | None = None
    if after > end and (found := read_title(text, after)) is not None:
        title, end = found
        after = pass_space(text, end)
    return (target, title, after + 1) if text.startswith(")", after) else None


def _words_of(element: Element) -> str:
    """Return what can be read of an element: its text, and that of its images."""
    words = [(element.get("alt") or "") if element.tag == "img" else "" if element.tag == RAW else element.text or ""]
    for child in element:
        words += [_words_of(child), child.tail or ""]
    return "".join(words)
