"""YAML in, a tree of located texts out."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from courseweek.cache import Memory
from courseweek.diagnostics import Diagnostics, Source
from courseweek.read.fault import quote_text
from courseweek.read.tree import Mapping, Node, Scalar, Sequence, is_whole, recall_tree, write_tree

if TYPE_CHECKING:
    from courseweek.yamltext.grammar import Kind

__all__ = ["Mapping", "Node", "Scalar", "Sequence", "is_readable", "is_whole", "quote_text", "read_moved", "read_yaml"]


def read_yaml(
    source: Source,
    found: Diagnostics,
    start: int = 0,
    end: int | None = None,
    memory: Memory | None = None,
    root: Callable[[], Kind] | None = None,
) -> Node | None:
    """Return the tree of the YAML between the indices `start` and `end`, or None: empty, or nothing could be read.

    All faults are reported; what could not be read is marked in the tree. `memory` spares reading a text again of
    which nothing had to be told.
    """
    end = len(source.text) if end is None else end
    text = source.text[start:end]
    answer = memory.recall("yaml", text) if memory is not None else None
    if answer is not None:
        return recall_tree(answer, source, start)
    # PyYAML, and what reads on after a fault, take longer to load than most files to read.
    from courseweek.read.piecewise import read_anew

    before = found.total
    tree, as_written = read_anew(source, found, start, end, root)
    if memory is not None and tree is not None and as_written and found.total == before and is_whole(tree):
        memory.remember("yaml", text, write_tree(tree, start))
    return tree


def is_readable(found: Diagnostics) -> bool:
    """Tell whether YAML could read a text, by what was reported of it; it can read a key that is written twice."""
    return all(each.severity == "warning" or each.name == "duplicate-key" for each in found)


def read_moved(source: Source, found: Diagnostics, root: Callable[[], Kind]) -> Node | None:
    """Return the tree of a text with each line in its column, or None where that is as it was.

    For a text that YAML can read and that is refused all the same: a line in a wrong column may be why.
    """
    from courseweek.read.piecewise import read_anew

    before = found.errors
    tree, as_written = read_anew(source, found, 0, len(source.text), root, doubtful=True)
    return None if as_written or found.errors == before else tree
