"""Comments of HTML that hide lines of a Markdown text, whatever blocks begin and end in them."""

from __future__ import annotations

import re
from typing import Literal

from courseweek.comments import find_open_comment
from courseweek.render.markdown.block_tree import Block
from courseweek.render.markdown.line_cursor import LineCursor

CommentKind = Literal["across", "endless", "shown"]
"""One that ends behind the block in which it begins; one without an end that hides the rest; one that is text."""

COMMENT = "<!--"
_MOST_NOTED = 200


class Hidden(Exception):
    """A comment goes on behind the block that is being closed: reading goes on in the line where it ends."""


class CommentHider(LineCursor):
    """Has the lines of a text in `source`, at `_at` the one at hand, and passes over the comments in them."""

    def __init__(self, text: str) -> None:
        """Take the text without carriage returns."""
        super().__init__()
        self.source = text.split("\n")
        if not self.source[-1]:
            self.source.pop()
        self.strange_comments: list[tuple[CommentKind, str]] = []
        self._at = 0
        self._searched = 0  # how much of the paragraph at hand is known to hold no open comment
        # Else each comment without an end would look through all that follows.
        ends = [number for number, line in enumerate(self.source) if "-->" in line] if COMMENT in text else []
        self._last_end = ends[-1] if ends else -1

    def _note_comment(self, kind: CommentKind, words: str) -> None:
        if len(self.strange_comments) < _MOST_NOTED:
            self.strange_comments.append((kind, words))

    def _line_with_end(self, at: int) -> int:
        """Return which line from this one on holds the end of a comment; that behind the last one where none does."""
        if at > self._last_end:
            return len(self.source)
        return next((each for each in range(at, len(self.source)) if "-->" in self.source[each]), len(self.source))

    def _same_place(self) -> str:
        """Return what puts a line into the quotations and entries that are open at this place of the one at hand."""
        return re.sub(r"[^>\t]", " ", self._line[: self._next])

    def _all_inside(self, last: int) -> bool:
        """Return whether the lines to this one belong to the quotation or list in which the one at hand is."""
        lead = self._line[: self._next]
        quoted = ">" in lead
        for line in self.source[self._at + 1 : last + 1]:
            if quoted and not line.lstrip(" ").startswith(">"):
                return False
            if not quoted and line.strip() and len(line) - len(line.lstrip(" \t")) < min(self._next_column, 4):
                return False
        return True

    def _splice(self, start: int) -> bool:
        """Join the line at hand with the one where a comment ends that begins in it; return whether there is one."""
        if COMMENT not in self._line:
            return False
        opened = find_open_comment(self._line, start)
        if opened < 0:
            return False
        at = self._line_with_end(self._at + 1)
        if at >= len(self.source):
            self._note_comment("shown", self._line[opened:])
            return False
        self._note_comment("across", self._line[opened:])
        rest = self.source[at].partition("-->")[2]
        self._line = self._line[:opened] + rest
        self._at = at
        return self._splice(start) or True

    def _look_for_comment(self, block: Block) -> None:
        """Hide a comment that begins in this block of lines and ends behind it."""
        text = "\n".join(block.lines)
        if text.find(COMMENT, self._searched) < 0:
            return
        opened = find_open_comment(text, self._searched)
        if opened < 0:
            return
        number = text.count("\n", 0, opened)
        words = text[opened:].partition("\n")[0]
        at = block.numbers[number]
        end = words.find("-->", 4)
        if end >= 0:
            end += len(self.source[at]) - len(words)
        if end < 0:
            at = self._line_with_end(at + 1)
            end = self.source[at].find("-->") if at < len(self.source) else -1
        if end < 0:
            self._searched = len(text)
            self._note_comment("shown", words)
            return
        self._note_comment("across", words)
        block.lines = (text[:opened] + self.source[at][end + 3 :]).split("\n")
        block.numbers = [*block.numbers[:number], at]
        self._searched = opened
        self._at = at + 1
        raise Hidden
