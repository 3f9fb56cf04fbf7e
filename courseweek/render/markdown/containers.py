"""The blocks that hold other blocks: quotations, the entries of lists, and footnotes."""

from __future__ import annotations

from collections.abc import Callable

from courseweek.regex import lazy_pattern
from courseweek.render.markdown.block_tree import Block
from courseweek.render.markdown.definitions import LinkDefinitions
from courseweek.render.markdown.open_blocks import OpenBlocks

DEEPEST = 60
"""Quotations, lists and entries inside each other: what would open more of them is text."""

_BULLET = lazy_pattern(r"[*+-](?=[ \t]|$)")
_NUMBER = lazy_pattern(r"(\d{1,9})([.)])(?=[ \t]|$)")
_NOTE = lazy_pattern(r"\[\^([^\]\s]{1,200})\]:[ \t]*")
_TASK = lazy_pattern(r"\[([ xX])\](?=[ \t])[ \t]?")


class ContainerReader(OpenBlocks):
    """Opens containers, and says whether they go on in a line."""

    def __init__(self, text: str, definitions: LinkDefinitions, formula: Callable[[str, bool], str]) -> None:
        """Take the text, and what makes a formula."""
        super().__init__(text, definitions, formula)
        self.notes: dict[str, Block] = {}

    def _quote(self, container: Block, matched: Block) -> Block | None:
        if container.depth > DEEPEST:
            return None
        block = self._begin("quote", container, matched)
        self._quote_goes_on()
        return block

    def _item_goes_on(self, block: Block) -> bool:
        if self._indent >= block.indent:
            self._advance(block.indent)
            return True
        if self._empty and block.children:
            self._go_to_next()
            return True
        return False

    def _quote_goes_on(self) -> bool:
        if self._indent > 3 or not self._line.startswith(">", self._next):
            return False
        self._go_to_next()
        self._offset += 1
        self._column += 1
        if self._line[self._offset : self._offset + 1] in (" ", "\t"):
            self._advance(1)
        return True

    def _note(self, container: Block, matched: Block) -> Block | None:
        match = _NOTE.match(self._line, self._next)
        if match is None or container.depth > DEEPEST:
            return None
        block = self._begin("note", container, matched)
        block.fence = match[1]
        self.notes.setdefault(match[1].casefold(), block)
        self._go_to_next()
        self._advance(match.end() - match.start())
        return block

    def _item(self, container: Block, matched: Block) -> Block | None:
        line, at = self._line, self._next
        bullet = _BULLET.match(line, at)
        number = _NUMBER.match(line, at) if bullet is None else None
        marker = bullet or number
        if marker is None:
            return None
        if container.kind == "paragraph" and (
            (number is not None and int(number[1]) != 1) or not line[marker.end() :].strip(" \t")
        ):
            return None  # it would take a line of text that begins with a number for a list
        if container.depth > DEEPEST:
            return None
        sign = bullet[0] if bullet is not None else number[2] if number is not None else ""
        indent = self._indent
        holder = container
        if holder.kind != "list" or holder.bullet != sign:
            holder = self._begin("list", container, matched)
            holder.bullet = sign
            holder.start = int(number[1]) if number is not None else None
        item = self._begin("item", holder, matched)
        self._go_to_next()
        self._advance(len(marker[0]))
        offset, column, partial = self._offset, self._column, self._partial
        while self._column - column <= 5 and self._line[self._offset : self._offset + 1] in (" ", "\t"):
            self._advance(1)
        width = self._column - column
        if width >= 5 or width < 1 or self._offset >= len(line):
            self._offset, self._column, self._partial = offset, column, partial
            if width > 0:
                self._advance(1)
            width = 1
        item.indent = indent + len(marker[0]) + width
        # GitHub looks for tasks in lists that begin their line.
        task = None if line[:at].strip(" \t") else _TASK.match(line, self._offset)
        if task is not None:
            item.task = task[1].lower()
            self._offset = task.end()
            self._column += task.end() - task.start()
        return item
