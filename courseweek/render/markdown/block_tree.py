"""The blocks of a Markdown text as a tree."""

from __future__ import annotations

from typing import Literal

BlockKind = Literal[
    "document", "quote", "list", "item", "note", "paragraph", "heading", "rule", "code", "html", "table", "row"
]

CONTAINERS = frozenset(("document", "quote", "list", "item", "note"))
"""The kinds of blocks that hold other blocks."""


class Block:
    """A block of a text: what holds other blocks has them in `children`, any other its lines in `lines`."""

    __slots__ = (
        "aligned",
        "blank_line_after",
        "bullet",
        "checked",
        "children",
        "depth",
        "fence",
        "first",
        "html_kind",
        "indent",
        "kind",
        "level",
        "lines",
        "numbers",
        "open",
        "parent",
        "start",
        "task",
        "tight",
    )  # fmt: skip

    def __init__(self, kind: BlockKind, parent: Block | None, first: int) -> None:
        self.kind = kind
        self.parent = parent
        self.depth: int = 1 if parent is None else parent.depth + 1
        self.first = first  # the line that opens it
        self.children: list[Block] = []
        self.lines: list[str] = []
        self.numbers: list[int] = []  # of its lines in the text
        self.open = True
        self.blank_line_after = False
        self.checked = False
        self.tight = True
        self.level = 0  # of a heading; of code, what is cut off from each line
        self.fence = ""  # of code: what opened it, and later its language; of a footnote: its name
        self.html_kind = 0
        self.indent = 0  # of a list's entry: of what belongs to it
        self.bullet = ""
        self.start: int | None = None  # of a list: its first number
        self.task: str | None = None  # of a list's entry: `x`, or a space
        self.aligned: tuple[str, ...] = ()  # of a table: how each column is aligned

    def mark_blank_line(self, *, after: bool) -> None:
        """Note for this block and those around it whether the line behind it is empty."""
        block: Block | None = self
        while block is not None:
            block.blank_line_after = after
            block = block.parent


def is_tight(holder: Block) -> bool:
    """Return whether a list has no empty lines between its entries and their blocks (CommonMark 0.31, 5.3)."""
    last = holder.children[-1] if holder.children else None
    for item in holder.children:
        if item is not last and _ends_with_blank_line(item):
            return False
        for place, block in enumerate(item.children):
            if (item is not last or place + 1 < len(item.children)) and _ends_with_blank_line(block):
                return False
    return True


def _ends_with_blank_line(block: Block) -> bool:
    """Return whether an empty line follows a block or the last block in it."""
    while True:
        if block.blank_line_after:
            return True
        if block.kind not in ("list", "item") or block.checked or not block.children:
            return False
        block.checked = True
        block = block.children[-1]
