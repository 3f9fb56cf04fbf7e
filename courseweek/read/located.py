"""YAML in, a tree of located texts out."""

from __future__ import annotations

from courseweek.cache import Memory
from courseweek.diagnostics import Diagnostics, Source
from courseweek.read.fault import quote_text
from courseweek.read.tree import Mapping, Node, Scalar, Sequence, is_whole, recall_tree, write_tree

__all__ = ["Mapping", "Node", "Scalar", "Sequence", "is_whole", "quote_text", "read_yaml"]


def read_yaml(
    source: Source, found: Diagnostics, start: int = 0, end: int | None = None, memory: Memory | None = None
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
    root, as_written = read_anew(source, found, start, end)
    if memory is not None and root is not None and as_written and found.total == before and is_whole(root):
        memory.remember("yaml", text, write_tree(root, start))
    return root
