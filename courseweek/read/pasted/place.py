"""Where a reading belongs that is written in the place of pasted lines."""

from __future__ import annotations

from collections.abc import Sequence

from courseweek.frozen import dataclass
from courseweek.read.pasted.text_lines import TextLine


@dataclass(frozen=True, slots=True)
class Place:
    """The indent of the dash of a reading, and whether the list is pasted Markdown (`|`).

    It is `sure` if a reading can be written on these very lines.
    """

    indent: int
    markdown: bool = False
    sure: bool = True


def find_place(lines: Sequence[TextLine], first: int, last: int) -> Place | None:
    """Return the place for readings between two lines (the second is the one after them); None above all meetings."""
    above = [each for each in lines[:first] if not each.is_empty and not each.is_comment]
    below = next((each for each in lines[last:] if not each.is_empty and not each.is_comment), None)
    owner, dash, block = _climb(above)
    if owner is None:
        return None
    if dash is not None:
        # A key below that goes on with the reading above would become one of the new reading.
        inside = below is not None and not below.dashes and below.indent > dash.indent and not block
        return Place(dash.indent, block, not inside)
    if owner.opens_block:
        return Place(owner.indent + 2, markdown=True)
    if not owner.body.partition("#")[0].rstrip().endswith(":"):
        return Place(owner.indent + 2, sure=False)
    if below is not None and below.dashes and below.indent >= owner.indent and (owner.indent or below.indent):
        return Place(below.indent)
    if below is not None and below.indent > owner.indent:
        return Place(below.indent + 2, sure=False)
    return Place(owner.indent + 2)


def _climb(above: Sequence[TextLine]) -> tuple[TextLine | None, TextLine | None, bool]:
    """Return the key that owns the list which the last line above is in, the outermost dash of that list, if there is
    one, and whether it is a block of Markdown."""
    dash: TextLine | None = None
    owner: TextLine | None = None
    for line in reversed(above):
        if line.dashes and (dash is None or line.indent < dash.indent):
            dash, owner = line, None
        elif not line.dashes and line.has_key and owner is None and (dash is None or line.indent <= dash.indent):
            owner = line if dash is not None or line.indent == 0 or _is_list_name(line) else None
            if owner is not None and (owner.indent == 0 or _is_list_name(owner)):
                break
    if owner is None:
        return None, None, False
    return owner, dash, dash is not None and owner.opens_block


def _is_list_name(line: TextLine) -> bool:
    return line.body.partition(":")[0] in ("required", "optional")
