"""A place in a line of Markdown, in columns: a tab goes on to the next multiple of four (CommonMark 0.31, 2.2)."""

from __future__ import annotations

from courseweek.regex import lazy_pattern

_NOT_SPACE = lazy_pattern(r"[^ \t]")


class LineCursor:
    """Goes through one line after the other.

    Up to `_offset`, which is in `_column`, the line at hand is read; `_next` is the first character behind it that is
    not a space, `_indent` columns away. `_empty` says that there is none, `_partial` that a tab is used up in part.
    """

    def __init__(self) -> None:
        """Begin before the first line."""
        self._line = ""
        self._offset = self._column = self._indent = self._next = self._next_column = 0
        self._partial = self._empty = False

    def _begin_line(self, line: str) -> None:
        """Go to the start of a line."""
        self._line = line
        self._offset = self._column = 0
        self._partial = False
        self._look()

    def _look(self) -> None:
        """Find the next character that is not a space."""
        line, offset = self._line, self._offset
        found = _NOT_SPACE.search(line, offset)
        if found is None:
            self._next, self._empty = len(line), True
        else:
            self._next, self._empty = found.start(), False
        if "\t" in line[offset : self._next]:
            column = self._column
            for character in line[offset : self._next]:
                column += 4 - column % 4 if character == "\t" else 1
            self._next_column = column
        else:
            self._next_column = self._column + self._next - offset
        self._indent = self._next_column - self._column

    def _advance(self, columns: int) -> None:
        """Go on by this many columns; a tab may be used in part."""
        line = self._line
        if "\t" not in line:
            step = min(columns, len(line) - self._offset)
            self._offset += step
            self._column += step
            return
        while columns > 0 and self._offset < len(line):
            width = 4 - self._column % 4 if line[self._offset] == "\t" else 1
            self._partial = width > columns
            step = min(width, columns)
            self._column += step
            self._offset += 0 if self._partial else 1
            columns -= step

    def _go_to_next(self) -> None:
        self._offset, self._column, self._partial = self._next, self._next_column, False

    def _rest(self) -> str:
        """Return what is left of the line."""
        if self._partial:
            return " " * (4 - self._column % 4) + self._line[self._offset + 1 :]
        return self._line[self._offset :]
