"""The tree of located texts that YAML is read into."""

from __future__ import annotations

import json
from typing import Any

from courseweek.diagnostics import Source, Span
from courseweek.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text. `style` is how it was written: plain (empty), `'`, `"`, `|` or `>`."""

    text: str
    span: Span
    style: str

    @property
    def empty(self) -> bool:
        """Whether nothing was written: `key:` and then no more."""
        return self.style == "" and not self.text

    def part(self, start: int, end: int) -> Span:
        """Return the place of `text[start:end]`, or of the whole text where escapes or folding moved it."""
        raw = self.span.text
        lead = 1 if self.style in ("'", '"') else 0
        if raw[lead : lead + len(self.text)] == self.text:
            return self.span.within(lead + start, lead + end)
        return self.span

    def lines(self) -> list[tuple[str, Span]]:
        """Return the lines of a `|` text, each with its own place; any other text is one line."""
        if self.style != "|":
            return [(self.text, self.span)]
        source = self.span.source
        at = source.text.find("\n", self.span.start)
        found = []
        for line in self.text.split("\n"):
            end = source.text.find("\n", at + 1) if at >= 0 else -1
            end = len(source.text) if end < 0 else end
            raw = source.text[at + 1 : end].removesuffix("\r")
            start = min(at + 1 + max(0, len(raw) - len(line)), end)
            found.append((line, source.span(start, at + 1 + len(raw))))
            at = end
        return found


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list; it is not `whole` if an item could not be read, which has been reported."""

    items: tuple[Node, ...]
    span: Span
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys with values, in the order of the file; a key written twice is here once, with its first value.

    `lost` are the keys whose values could not be read, which has been reported. The empty text among them says that
    there may be others.
    """

    entries: tuple[tuple[Scalar, Node], ...]
    span: Span
    lost: frozenset[str] = frozenset()

    def may_hold(self, key: str) -> bool:
        """Return whether this key may be in a part of the file that could not be read."""
        return key in self.lost or "" in self.lost


Node = Scalar | Sequence | Mapping


def is_whole(node: Node) -> bool:
    """Return whether all of what was written there could be read."""
    pending = [node]
    while pending:
        each = pending.pop()
        if isinstance(each, Sequence):
            if not each.whole:
                return False
            pending += each.items
        elif isinstance(each, Mapping):
            if each.lost:
                return False
            pending += [value for _, value in each.entries]
    return True


def write_tree(root: Node, start: int) -> str:
    """Return a whole tree as JSON, its places counted from the index `start` of its source."""

    def write(node: Node) -> object:
        place = [node.span.start - start, node.span.end - start]
        if isinstance(node, Scalar):
            return [*place, node.text, node.style]
        if isinstance(node, Sequence):
            return [*place, [write(item) for item in node.items]]
        return {"at": place, "entries": [[write(key), write(value)] for key, value in node.entries]}

    return json.dumps(write(root))


def recall_tree(answer: str, source: Source, start: int) -> Node:
    """Return the tree that `write_tree` wrote, as that of the same text at the index `start` of this source."""

    def recall(kept: Any) -> Node:
        if isinstance(kept, dict):
            entries = tuple((recall_scalar(key), recall(value)) for key, value in kept["entries"])
            return Mapping(entries, Span(source, start + kept["at"][0], start + kept["at"][1]))
        if len(kept) == 4:
            return recall_scalar(kept)
        begin, end, items = kept
        return Sequence(tuple(recall(item) for item in items), Span(source, start + begin, start + end))

    def recall_scalar(kept: Any) -> Scalar:
        begin, end, text, style = kept
        return Scalar(text, Span(source, start + begin, start + end), style)

    return recall(json.loads(answer))
