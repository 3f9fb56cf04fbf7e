"""Tables and their rows (GitHub Flavored Markdown, 4.10)."""

from __future__ import annotations

import re
from collections.abc import Callable

from courseweek.comments import drop_comments
from courseweek.regex import lazy_pattern
from courseweek.render.markdown.block_tree import Block
from courseweek.render.markdown.definitions import LinkDefinitions
from courseweek.render.markdown.formulas import FORMULA_IN_ROW
from courseweek.render.markdown.open_blocks import OpenBlocks

MOST_CELLS = 20_000
"""Cells that a table gets where its rows have fewer than its head; after that rows keep what they have."""

_TABLE_RULE = lazy_pattern(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_CELL_END = lazy_pattern(r"(?<!\\)\|")
_IN_ROW = lazy_pattern(FORMULA_IN_ROW)
_SIDES = {(False, False): "", (True, False): "left", (False, True): "right", (True, True): "center"}


def split_row(row: str, formula: Callable[[str, bool], str], cut: list[str]) -> list[str]:
    """Return the cells of a row. A formula that holds a `|` is made first: it ends no cell.

    GitHub ends a cell there all the same, unless it is `\\|`: `cut` gets the formulas that it would cut.
    """
    text = row.strip(" \t")
    if "$" in text:

        def take(match: re.Match[str]) -> str:
            if match["ticks"] or "|" not in match[0]:
                return match[0]
            if _CELL_END.search(match[0]):
                cut.append(match[0])
            return formula((match[2] or match[3]).replace("\\|", "|"), match[2] is not None)

        text = _IN_ROW.sub(take, text)
    if text.startswith("|"):
        text = text[1:]
    cells = _CELL_END.split(text)
    if len(cells) > 1 and not cells[-1].strip(" \t"):
        cells.pop()
    return [cell.strip(" \t").replace("\\|", "|") for cell in cells]


def align_columns(rule: str) -> tuple[str, ...]:
    """Return how the columns of a table are aligned by the rule below its head: `left`, `right`, `center` or empty."""
    cells = rule.strip(" \t").strip("|").split("|")
    return tuple(_SIDES[cell.strip(" \t").startswith(":"), cell.strip(" \t").endswith(":")] for cell in cells)


class TableReader(OpenBlocks):
    """Reads tables; `surplus` gets the rows with more cells than the head, `cut_formulas` what `split_row` finds."""

    def __init__(self, text: str, definitions: LinkDefinitions, formula: Callable[[str, bool], str]) -> None:
        """Take the text, and what makes a formula."""
        super().__init__(text, definitions, formula)
        self.surplus: list[str] = []
        self.cut_formulas: list[str] = []
        self._filled = 0

    def _row(self, container: Block, matched: Block) -> Block | None:
        """Take the line as the row of a table, if it is one; return the block to which it belongs else."""
        if container.kind == "table":
            if self._splice(self._next):
                self._look()
            self._fill_row(container, self._line[self._next :].rstrip(" \t"))
            return None
        if container.kind == "paragraph" and container.lines and self._line[self._next] in "|:-":
            return self._head(container)
        return container

    def _head(self, paragraph: Block) -> Block | None:
        """Make the last line of a paragraph the head of a table where this line is the rule below it (GFM 4.10)."""
        line = self._line
        if paragraph.checked or not _TABLE_RULE.match(line, self._next) or not ("|" in line or ":" in line):
            return paragraph
        self._look_for_comment(paragraph)
        written, _ = drop_comments(paragraph.lines[-1])
        aligned = align_columns(line[self._next :])
        cells = split_row(written, self.formula, self.cut_formulas)
        if len(cells) != len(aligned):
            paragraph.checked = True  # GitHub asks each paragraph once
            return paragraph
        paragraph.lines.pop()
        parent = paragraph.parent or self.document
        before = "\n".join(paragraph.lines).strip()
        self._searched = 0
        if before:  # in which GitHub looks for no definitions
            paragraph.lines, paragraph.open = [before], False
        else:
            parent.children.pop()
        table = Block("table", parent, self._at - 1)
        parent.children.append(table)
        self._tip = table
        table.aligned = aligned
        row = Block("row", table, self._at - 1)
        row.lines, row.open = cells, False
        table.children.append(row)
        return None

    def _fill_row(self, table: Block, written: str) -> None:
        text, _ = drop_comments(written)
        cells = split_row(text, self.formula, self.cut_formulas)
        width = len(table.aligned)
        if any(cell for cell in cells[width:]):
            self.surplus.append(written)
        missing = width - len(cells)
        if missing > 0 and self._filled < MOST_CELLS:
            self._filled += missing
            cells += [""] * missing
        row = Block("row", table, self._at)
        row.lines, row.open = cells[:width], False
        table.children.append(row)
