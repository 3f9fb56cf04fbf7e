"""The pieces of a line of Markdown, and what elements hold when they are built from pieces."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from courseweek.render.markdown.bare_addresses import find_mail

DEEPEST = 40
"""Marks inside each other: what would open more of them is text."""

Pieces = list["str | Element | Run | Bracket"]


class Run:
    """A run of one of the signs that emphasize; what it opens and closes is found when all runs are known."""

    __slots__ = ("at", "can_close", "can_open", "closes", "count", "left", "opens", "sign")

    def __init__(self, sign: str, count: int, *, can_open: bool, can_close: bool, at: int) -> None:
        self.sign = sign
        self.count = count  # as written
        self.left = count
        self.can_open = can_open
        self.can_close = can_close
        self.at = at  # among the pieces
        self.closes = 0
        self.opens: list[str] = []


class Bracket:
    """A `[` or `![` that may open a link or an image, and what it has become."""

    __slots__ = ("active", "at", "element", "image", "runs", "shown", "source")

    def __init__(self, *, image: bool, source: int, at: int, runs: int) -> None:
        self.image = image
        self.source = source  # where what it holds begins in the text
        self.at = at
        self.runs = runs  # how many runs there are before it
        self.active = True
        self.shown = "![" if image else "["
        self.element: Element | None = None


RAW = "raw"
"""The tag of an element whose text is HTML as it was written."""
CLOSE_LINK = Element("close")


class ElementBuilder:
    """Builds what an element holds from pieces in their order."""

    def __init__(self, element: Element) -> None:
        self.open = [element]
        self.skipped = 0

    def build(self, pieces: Pieces) -> None:
        """Put the pieces into the element."""
        text: list[str] = []
        for piece in pieces:
            if isinstance(piece, str):
                text.append(piece)
                continue
            if isinstance(piece, Run) and not piece.closes and not piece.opens:
                text.append(piece.sign * piece.left)
                continue
            if isinstance(piece, Bracket) and piece.element is None:
                text.append(piece.shown)
                continue
            if text:
                self.add_text("".join(text))
                text = []
            if isinstance(piece, Run):
                self._add_run(piece)
            elif isinstance(piece, Bracket):
                if piece.element is not None:
                    self._start(piece.element)
            elif piece is CLOSE_LINK:
                self._end()
            else:
                self.open[-1].append(piece)
        if text:
            self.add_text("".join(text))

    def _add_run(self, run: Run) -> None:
        for _ in range(run.closes):
            self._end()
        if run.left:
            self.add_text(run.sign * run.left)
        for tag in reversed(run.opens):
            self._start(Element(tag))

    def _start(self, element: Element) -> None:
        if len(self.open) > DEEPEST:
            self.skipped += 1
            return
        if element.tag == "strong" == self.open[-1].tag:  # which says no more than one of them
            self.open.append(self.open[-1])
            return
        self.open[-1].append(element)
        self.open.append(element)

    def _end(self) -> None:
        if self.skipped:
            self.skipped -= 1
        elif len(self.open) > 1:
            self.open.pop()

    def add_text(self, text: str) -> None:
        """Add a text, with the addresses of mail in it as links where it is in none."""
        if "@" in text and not any(each.tag == "a" for each in self.open):
            at = 0
            for start, end, target in find_mail(text):
                append_text(self.open[-1], text[at:start])
                link = Element("a", {"href": target})
                link.text = text[start:end]
                self.open[-1].append(link)
                at = end
            text = text[at:]
        append_text(self.open[-1], text)


def append_text(holder: Element, text: str) -> None:
    """Add a text behind all that an element holds."""
    if not text:
        return
    if len(holder):
        holder[-1].tail = (holder[-1].tail or "") + text
    else:
        holder.text = (holder.text or "") + text
