"""Marks in a line of Markdown, found sooner: what a text has no sign of is not looked for in it.

The library tries each of its patterns on each text, which takes half of the time of a page. What comes out is the same,
as a test compares; should the library name its parts otherwise one day, its own way is gone.
"""

from __future__ import annotations

from typing import Any

from markdown import Markdown
from markdown.treeprocessors import InlineProcessor
from markdown.util import AtomicString

_SIGNS = {
    "backtick": "`",
    "formulas": "$",
    "escape": "\\",
    "footnote": "[^",
    "reference": "[",
    "link": "[",
    "image_link": "![",
    "image_reference": "![",
    "short_reference": "[",
    "short_image_ref": "![",
    "autolink": "<",
    "automail": "<",
    "linebreak": "  \n",
    "html": "<",
    "entity": "&",
}
"""What stands in each match of a pattern, by the pattern's name. Any other one is tried always."""


def skip_needless_patterns(converter: Markdown) -> None:
    """Teach a converter, all of whose patterns are registered, to try on a text only those that can match."""
    converter.treeprocessors.register(_Inline(converter), "inline", 20)


class _Inline(InlineProcessor):
    def __init__(self, converter: Markdown) -> None:
        super().__init__(converter)
        patterns = converter.inlinePatterns
        self.patterns = list(patterns)
        self.signs = [("", "")] * len(self.patterns)
        for name, sign in _SIGNS.items():
            if name in patterns:
                self.signs[patterns.get_index_for_name(name)] = (sign, sign)
        self.signs[patterns.get_index_for_name("em_strong")] = ("*", "_")

    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:  # noqa: N802, N803 - the library's
        """Return a text with a placeholder for each mark; the patterns come in turn, each until it fails."""
        if isinstance(data, AtomicString):
            return data
        apply: Any = self._InlineProcessor__applyPattern  # type: ignore[attr-defined]
        at, start = patternIndex, 0
        count = len(self.patterns)
        while at < count:
            matched = False
            sign, other = self.signs[at]
            if sign in data or other in data:
                data, matched, start = apply(self.patterns[at], data, at, start)
            if not matched:
                at, start = at + 1, 0
        return data
