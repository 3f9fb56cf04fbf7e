"""YAML in, a tree of located texts out."""

from __future__ import annotations

from functools import partial

from courseweek.cache import AnswerKind, Memory
from courseweek.diagnostics import Diagnostics, Source
from courseweek.yamltext.complaint import quote_text
from courseweek.yamltext.grammar import NO_GRAMMAR, Grammar
from courseweek.yamltext.tree import Mapping, Node, Scalar, Sequence, is_whole, recall_tree, write_tree

__all__ = [
    "FLAGS",
    "Mapping",
    "Node",
    "Scalar",
    "Sequence",
    "is_readable",
    "is_whole",
    "quote_text",
    "read_moved",
    "read_yaml",
]

FLAGS = {"yes": True, "true": True, "on": True, "y": True, "no": False, "false": False, "off": False, "n": False}
"""What is yes or no in YAML, in lower case."""


def read_yaml(
    source: Source,
    found: Diagnostics,
    start: int = 0,
    end: int | None = None,
    memory: Memory | None = None,
    grammar: Grammar = NO_GRAMMAR,
) -> Node | None:
    """Return the tree of the YAML between the indices `start` and `end`, or None: empty, or nothing could be read.

    All faults are reported; what could not be read is marked in the tree. `memory` spares reading a text again of
    which nothing had to be reported.
    """
    end = len(source.text) if end is None else end
    text = source.text[start:end]
    kind = AnswerKind[Node]("yaml", partial(write_tree, start=start), partial(recall_tree, source=source, start=start))
    known = memory.recall(kind, text) if memory is not None else None
    if known is not None:
        return known
    # PyYAML, and what reads on after a fault, take longer to load than most files to read.
    from courseweek.yamltext.recover import read_again

    before = found.total
    tree, as_written = read_again(source, found, start, end, grammar)
    if memory is not None and tree is not None and as_written and found.total == before and is_whole(tree):
        memory.keep(kind, text, tree)
    return tree


def is_readable(found: Diagnostics) -> bool:
    """Return whether YAML could read a text, by what was reported of it; it can read a key that is written twice."""
    return all(each.severity == "warning" or each.name == "duplicate-key" for each in found)


def read_moved(source: Source, found: Diagnostics, grammar: Grammar) -> Node | None:
    """Return the tree of a text with each line in its column, or None where that is as it was.

    For a text that YAML can read and that is refused all the same: a line in a wrong column may be why.
    """
    from courseweek.yamltext.recover import read_again

    before = found.errors
    tree, as_written = read_again(source, found, 0, len(source.text), grammar, doubtful=True)
    return None if as_written or found.errors == before else tree
