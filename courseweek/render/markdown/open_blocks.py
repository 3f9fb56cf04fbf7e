"""The tree of blocks while it grows: which block is open, what closes it, and what it then holds."""

from __future__ import annotations

from collections.abc import Callable

from courseweek.render.markdown.block_tree import CONTAINERS, Block, BlockKind, is_tight
from courseweek.render.markdown.definitions import LinkDefinitions
from courseweek.render.markdown.hidden_comments import CommentHider


class OpenBlocks(CommentHider):
    """The tree in `document`; `_tip` is the innermost block that is open. Definitions of links go to `definitions`."""

    def __init__(self, text: str, definitions: LinkDefinitions, formula: Callable[[str, bool], str]) -> None:
        """Take the text without carriage returns, and what makes a formula of LaTeX, displayed or in a line."""
        super().__init__(text)
        self.formula = formula
        self.definitions = definitions
        self.document = Block("document", None, 0)
        self._tip = self.document

    def _append(self, block: Block, line: str) -> None:
        block.lines.append(line)
        block.numbers.append(self._at)

    def _begin(self, kind: BlockKind, container: Block, matched: Block) -> Block:
        """Open a block in this one, closing what can't go on beside it."""
        self._close_to(container, matched)
        while container.kind not in CONTAINERS or (container.kind == "list" and kind != "item"):
            self._close(container)
            container = container.parent or self.document
        block = Block(kind, container, self._at)
        container.children.append(block)
        self._tip = block
        return block

    def _close_to(self, container: Block, matched: Block) -> None:
        """Close the open blocks that did not go on in this line."""
        if self._tip is container or container is not matched:
            return
        while self._tip is not matched:
            self._close(self._tip)

    def _close(self, block: Block) -> None:
        kind = block.kind
        if kind == "paragraph":
            self._look_for_comment(block)
            self._searched = 0
            text = self.definitions.take_from("\n".join(block.lines))
            block.lines = [text.strip(" \t\n")] if text.strip() else []
        elif kind == "html":
            self._look_for_comment(block)
            self._searched = 0
        elif kind == "code":
            self._end_code(block)
        elif kind == "list":
            block.tight = is_tight(block)
        block.open = False
        self._tip = block.parent or self.document

    @staticmethod
    def _end_code(block: Block) -> None:
        if block.fence:
            block.fence, *block.lines = block.lines
        else:
            while block.lines and not block.lines[-1].strip(" \t"):
                block.lines.pop()
