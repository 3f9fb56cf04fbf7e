"""The rows of tables (GitHub Flavored Markdown, 4.10)."""

from __future__ import annotations

import re
from collections.abc import Callable

from courseweek.regex import lazy_pattern
from courseweek.render.markdown.formulas import FORMULA_IN_ROW

_CELL_END = lazy_pattern(r"(?<!\\)\|")
_IN_ROW = lazy_pattern(FORMULA_IN_ROW)


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


_SIDES = {(False, False): "", (True, False): "left", (False, True): "right", (True, True): "center"}
