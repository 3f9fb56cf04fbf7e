"""The blocks of a Markdown text as GitHub reads them: quotations, lists, code, tables, headings, paragraphs.

The text is read line by line as CommonMark 0.31 lays it down (appendix, "A parsing strategy"), with the tables of
GitHub Flavored Markdown (4.10), its footnotes, and formulas on lines of their own. Unlike GitHub a comment of HTML ends
at its `-->` wherever that is: what an author has hidden is hidden, whatever is around it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Literal

from courseweek.comments import drop_comments, find_open_comment
from courseweek.regex import lazy_pattern
from courseweek.render.markdown.block_tree import CONTAINERS, Block, BlockKind, is_tight
from courseweek.render.markdown.cells import align_columns, split_row
from courseweek.render.markdown.definitions import LinkDefinitions
from courseweek.render.markdown.html_blocks import ends_block, list_kinds
from courseweek.render.markdown.line_cursor import LineCursor

CommentKind = Literal["across", "endless", "shown"]
"""One that ends behind the block in which it begins; one without an end that hides the rest; one that is text."""

DEEPEST = 60
"""Quotations, lists and entries inside each other: what would open more of them is text."""
MOST_CELLS = 20_000
"""Cells that a table gets where its rows have fewer than its head; after that rows keep what they have."""

_HEADING = lazy_pattern(r"(#{1,6})(?:[ \t]+|$)")
_FENCE = lazy_pattern(r"`{3,}+(?!.*`)|~{3,}+")
_FENCE_END = lazy_pattern(r"(`{3,}|~{3,})[ \t]*$")
_UNDERLINE = lazy_pattern(r"(?:=+|-+)[ \t]*$")
_RULE = lazy_pattern(r"(?:(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}|(?:-[ \t]*){3,})$")
_BULLET = lazy_pattern(r"[*+-](?=[ \t]|$)")
_NUMBER = lazy_pattern(r"(\d{1,9})([.)])(?=[ \t]|$)")
_NOTE = lazy_pattern(r"\[\^([^\]\s]{1,200})\]:[ \t]*")
_TASK = lazy_pattern(r"\[([ xX])\](?=[ \t])[ \t]?")
_MAY_START = frozenset("#`~*_-+=<>[|:$\\0123456789")
_COMMENT = "<!--"
_MOST_NOTED = 200
_TABLE_RULE = lazy_pattern(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_QUOTE_MARKS = lazy_pattern(r"[ \t]*(?:>[ \t]?)*")


class _Hidden(Exception):
    """A comment goes on behind the block that is being closed: reading goes on in the line where it ends."""


class BlockReader(LineCursor):
    """Reads one text. `formula` returns what replaces a formula on lines of its own."""

    def __init__(
        self, text: str, definitions: LinkDefinitions, formula: Callable[[str, bool], str], *, html: bool, notes: bool
    ) -> None:
        """Take the text without carriage returns; without `html` all of it is text, without `notes` no footnotes."""
        super().__init__()
        self.source = text.split("\n")
        if not self.source[-1]:
            self.source.pop()
        self.definitions = definitions
        self.formula = formula
        self.html = html
        self.with_notes = notes
        self.document = Block("document", None, 0)
        self.notes: dict[str, Block] = {}
        self.surplus: list[str] = []
        self.strange_comments: list[tuple[CommentKind, str]] = []
        self.cut_formulas: list[str] = []
        self._tip = self.document
        self._at = 0
        self._searched = 0  # how much of the paragraph at hand is known to hold no open comment
        self._filled = 0
        self._never: set[str] = set()
        # Else each comment without an end would look through all that follows.
        ends = [number for number, line in enumerate(self.source) if "-->" in line] if _COMMENT in text else []
        self._last_end = ends[-1] if ends else -1

    def read(self) -> Block:
        """Return the document."""
        while True:
            try:
                while self._at < len(self.source):
                    self._take(self.source[self._at])
                    self._at += 1
                while self._tip is not self.document:
                    self._close(self._tip)
                self._close(self.document)
                return self.document
            except _Hidden:
                continue

    # --- one line ---------------------------------------------------------------------------------------------------

    def _take(self, line: str) -> None:
        self._begin_line(line)
        matched, done = self._match()
        if done:
            return
        container = self._open_blocks(matched)
        if container is not None:
            self._add(container, matched)
            return
        block: Block | None = self._tip
        while block is not None:
            block.blank_after = False
            block = block.parent

    # --- blocks that go on ------------------------------------------------------------------------------------------

    def _match(self) -> tuple[Block, bool]:
        """Return the innermost open block that goes on in this line, and whether the line is used up."""
        container = self.document
        while container.children and container.children[-1].open:
            block = container.children[-1]
            self._look()
            goes_on = self._goes_on(block)
            if goes_on is None:
                return container, True
            if not goes_on:
                return container, False
            container = block
        return container, False

    def _goes_on(self, block: Block) -> bool | None:
        """Return whether an open block goes on in this line; None where the line ends it and is used up."""
        kind = block.kind
        if kind == "paragraph":
            return not self._blank
        if kind == "list":
            return True
        if kind == "item":
            return self._item_goes_on(block)
        if kind == "quote":
            return self._quote_goes_on()
        if kind == "code":
            return self._fence_goes_on(block) if block.fence else self._code_goes_on()
        if kind == "html":
            return not (self._blank and block.html_kind >= 6)
        if kind == "table":
            return not self._blank
        if kind == "note":
            if self._indent >= 4:
                self._advance(4)
                return True
            return self._blank
        return False

    def _item_goes_on(self, block: Block) -> bool:
        if self._indent >= block.indent:
            self._advance(block.indent)
            return True
        if self._blank and block.children:
            self._go_to_next()
            return True
        return False

    def _quote_goes_on(self) -> bool:
        if self._indent > 3 or not self._line.startswith(">", self._next):
            return False
        self._go_to_next()
        self._offset += 1
        self._column += 1
        if self._line[self._offset : self._offset + 1] in (" ", "\t"):
            self._advance(1)
        return True

    def _fence_goes_on(self, block: Block) -> bool | None:
        if self._indent <= 3 and self._line.startswith(block.fence, self._next):
            end = _FENCE_END.match(self._line, self._next)
            if end is not None:
                self._close(block)
                return None
        left = block.level
        while left > 0 and self._line[self._offset : self._offset + 1] in (" ", "\t"):
            self._advance(1)
            left -= 1
        return True

    def _code_goes_on(self) -> bool:
        if self._indent >= 4:
            self._advance(4)
            return True
        if self._blank:
            self._go_to_next()
            return True
        return False

    # --- blocks that begin ------------------------------------------------------------------------------------------

    def _open_blocks(self, matched: Block) -> Block | None:
        """Open the blocks that begin in this line; return that to which the rest belongs, None if nothing is left."""
        container = matched
        if container.kind in ("code", "html"):
            return container
        while True:
            self._look()
            if self._blank:
                return container
            if self._indent >= 4:
                if self._tip.kind != "paragraph" or not self._tip.open:
                    container = self._begin("code", container, matched)
                    self._advance(4)
                    return container
                return container
            character = self._line[self._next]
            if character not in _MAY_START:
                return self._row(container, matched)
            opened, done = self._open(character, container, matched)
            if done:
                return None
            if opened is None:
                return self._row(container, matched)
            container = opened
            if container.kind not in CONTAINERS:
                return container
            if container.task is not None:  # what follows is text, whatever it begins with
                self._look()
                return container

    def _open(self, character: str, container: Block, matched: Block) -> tuple[Block | None, bool]:
        """Return the block that this character opens, if any, and whether the line is used up."""
        if character == ">":
            if self._is_too_deep(container):
                return None, False
            block = self._begin("quote", container, matched)
            self._quote_goes_on()
            return block, False
        if character == "#":
            return None, self._heading(container, matched)
        if character in "`~":
            return self._fence(container, matched), False
        if character == "<":
            return self._html(container, matched)
        if character in "=-" and container.kind == "paragraph" and _UNDERLINE.match(self._line, self._next):
            return None, self._underline(container)
        if character in "*_-" and _RULE.match(self._line, self._next):
            self._begin("rule", container, matched)
            self._close(self._tip)
            return None, True
        if character == "[" and self.with_notes and (note := self._note(container, matched)) is not None:
            return note, False
        if character in "*+-0123456789":
            return self._item(container, matched), False
        if character in "$\\" and self._formula(container, matched):
            return None, True
        return None, False

    def _is_too_deep(self, container: Block) -> bool:
        depth = 0
        block: Block | None = container
        while block is not None:
            depth += 1
            block = block.parent
        return depth > DEEPEST

    def _heading(self, container: Block, matched: Block) -> bool:
        match = _HEADING.match(self._line, self._next)
        if match is None:
            return False
        if self._splice(match.end()):
            match = _HEADING.match(self._line, self._next)
            if match is None:
                return False
        block = self._begin("heading", container, matched)
        block.level = len(match[1])
        text, _ = drop_comments(self._line[match.end() :])
        block.lines = [_without_hashes(text)]
        self._close(block)
        return True

    def _fence(self, container: Block, matched: Block) -> Block | None:
        match = _FENCE.match(self._line, self._next)
        if match is None:
            return None
        block = self._begin("code", container, matched)
        block.fence = match[0]
        block.level = self._indent
        block.lines = [self._line[match.end() :].strip(" \t")]
        self._offset = len(self._line)
        return block

    def _html(self, container: Block, matched: Block) -> tuple[Block | None, bool]:
        if self._line.startswith(_COMMENT, self._next):
            return None, self._comment(container, matched)
        if not self.html:
            return None, False
        for kind in list_kinds(self._line, self._next):
            if kind == 7 and (container.kind == "paragraph" or (self._tip.kind == "paragraph" and self._tip.open)):
                continue
            block = self._begin("html", container, matched)
            block.html_kind = kind
            return block, False
        return None, False

    def _comment(self, container: Block, matched: Block) -> bool:
        """Pass over a comment, to the end of the text where it has none; what follows it in its line is HTML."""
        at, line = self._at, self._line
        end = line.find("-->", self._next + 2)
        inside = container.kind != "document"
        if end < 0:
            at = self._line_with_end(at + 1)
            line = self.source[at] if at < len(self.source) else ""
            end = line.find("-->")
        if end < 0:
            self._note_comment("endless", self._line[self._next :])
            rest = ""
        else:
            if inside and at > self._at and not self._all_inside(at):
                self._note_comment("across", self._line[self._next :])
            rest = line[end + 3 :]
        if not self.html and rest.strip():
            self._at = at
            self.source[at] = self._same_place() + rest
            raise _Hidden
        block = self._begin("html", container, matched)
        self._at = at
        if rest.strip():
            text, left = drop_comments(rest)
            if left >= 0:
                self.source[at] = self._same_place() + text[left:]
                block.lines = [text[:left]]
                self._close(block)
                raise _Hidden
            block.lines = [text]
        self._close(block)
        return True

    def _note_comment(self, kind: CommentKind, words: str) -> None:
        if len(self.strange_comments) < _MOST_NOTED:
            self.strange_comments.append((kind, words))

    def _line_with_end(self, at: int) -> int:
        """Return which line from this one on holds the end of a comment; that behind the last one where none does."""
        if at > self._last_end:
            return len(self.source)
        return next((each for each in range(at, len(self.source)) if "-->" in self.source[each]), len(self.source))

    def _same_place(self) -> str:
        """Return what puts a line into the quotations and entries that are open at this place of the one at hand."""
        return re.sub(r"[^>\t]", " ", self._line[: self._next])

    def _all_inside(self, last: int) -> bool:
        """Return whether the lines to this one belong to the quotation or list in which the one at hand is."""
        lead = self._line[: self._next]
        quoted = ">" in lead
        for line in self.source[self._at + 1 : last + 1]:
            if quoted and not line.lstrip(" ").startswith(">"):
                return False
            if not quoted and line.strip() and len(line) - len(line.lstrip(" \t")) < min(self._next_column, 4):
                return False
        return True

    def _underline(self, container: Block) -> bool:
        self._look_for_comment(container)
        rest = self.definitions.take_from("\n".join(container.lines))
        if not rest:
            container.lines = []
            return False
        container.kind = "heading"
        container.level = 1 if self._line[self._next] == "=" else 2
        container.lines = [rest.strip()]
        container.open = False
        self._tip = container.parent or self.document
        self._searched = 0
        return True

    def _note(self, container: Block, matched: Block) -> Block | None:
        match = _NOTE.match(self._line, self._next)
        if match is None or self._is_too_deep(container):
            return None
        block = self._begin("note", container, matched)
        block.fence = match[1]
        self.notes.setdefault(match[1].casefold(), block)
        self._go_to_next()
        self._advance(match.end() - match.start())
        return block

    def _item(self, container: Block, matched: Block) -> Block | None:
        line, at = self._line, self._next
        bullet = _BULLET.match(line, at)
        number = _NUMBER.match(line, at) if bullet is None else None
        marker = bullet or number
        if marker is None:
            return None
        if container.kind == "paragraph" and (
            (number is not None and int(number[1]) != 1) or not line[marker.end() :].strip(" \t")
        ):
            return None  # it would take a line of text that begins with a number for a list
        if self._is_too_deep(container):
            return None
        sign = bullet[0] if bullet is not None else number[2] if number is not None else ""
        indent = self._indent
        holder = container
        if holder.kind != "list" or holder.bullet != sign:
            holder = self._begin("list", container, matched)
            holder.bullet = sign
            holder.start = int(number[1]) if number is not None else None
        item = self._begin("item", holder, matched)
        self._go_to_next()
        self._advance(len(marker[0]))
        offset, column, partial = self._offset, self._column, self._partial
        while self._column - column <= 5 and self._line[self._offset : self._offset + 1] in (" ", "\t"):
            self._advance(1)
        width = self._column - column
        if width >= 5 or width < 1 or self._offset >= len(line):
            self._offset, self._column, self._partial = offset, column, partial
            if width > 0:
                self._advance(1)
            width = 1
        item.indent = indent + len(marker[0]) + width
        # GitHub looks for tasks in lists that begin their line.
        task = None if line[:at].strip(" \t") else _TASK.match(line, self._offset)
        if task is not None:
            item.task = task[1].lower()
            self._offset = task.end()
            self._column += task.end() - task.start()
        return item

    def _formula(self, container: Block, matched: Block) -> bool:
        """Take a formula on lines of its own, `$$ … $$` or `\\[ … \\]`, as one line of a paragraph."""
        opening = self._line[self._next : self._next + 2]
        if opening not in ("$$", "\\["):
            return False
        closing = "$$" if opening == "$$" else "\\]"
        if closing in self._never:
            return False
        text = self._line[self._next + 2 :]
        at, lines = self._at, []
        quoted = ">" in self._line[: self._next]
        while closing not in text:
            at += 1
            if at >= len(self.source):
                self._never.add(closing)  # else each other one would look through all that follows
                return False
            lines.append(text)
            text = self.source[at]
            if quoted:
                marks = _QUOTE_MARKS.match(text)
                text = text[marks.end() :] if marks is not None else text
        before, _, after = text.partition(closing)
        latex = "\n".join([*lines, before])
        if after.strip() or not latex.strip():
            return False
        if container.kind == "paragraph" or (self._tip.kind == "paragraph" and self._tip.open and container is matched):
            self._append(self._tip, self.formula(latex, True))
        else:
            self._append(self._begin("paragraph", container, matched), self.formula(latex, True))
        self._at = at
        return True

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

    # --- text -------------------------------------------------------------------------------------------------------

    def _add(self, container: Block, matched: Block) -> None:
        """Add what is left of the line to the block to which it belongs."""
        tip = self._tip
        if container is matched and tip is not matched and tip.kind == "paragraph" and tip.open and not self._blank:
            self._append(tip, self._line[self._next :])  # the quotation or list goes on without its mark
            return
        self._close_to(container, matched)
        if self._blank and container.children:
            container.children[-1].blank_after = True
        blank = self._blank and not (
            container.kind == "quote"
            or (container.kind == "code" and container.fence)
            or (container.kind == "item" and not container.children and container.first == self._at)
        )
        block: Block | None = container
        while block is not None:
            block.blank_after = blank
            block = block.parent
        kind = container.kind
        if kind in ("code", "html"):
            if not (kind == "code" and container.fence and container.first == self._at):
                self._append(container, self._rest())
            if kind == "html":
                self._end_html(container)
        elif kind == "paragraph":
            self._append(container, self._line[self._next :])
        elif not self._blank and kind in CONTAINERS:
            self._append(self._begin("paragraph", container, container), self._line[self._next :])

    def _append(self, block: Block, line: str) -> None:
        block.lines.append(line)
        block.numbers.append(self._at)

    def _end_html(self, block: Block) -> None:
        if ends_block(block.html_kind, block.lines[-1]):
            self._close(block)

    def _begin(self, kind: BlockKind, container: Block, matched: Block) -> Block:
        """Open a block in this one, closing what can't go on beside it."""
        self._close_to(container, matched)
        while container.kind not in CONTAINERS or (container.kind == "list" and kind != "item"):
            self._close(container)
            container = container.parent or self.document
        block = Block(kind, container, self._at)
        container.children.append(block)
        self._tip = block
        return block

    def _close_to(self, container: Block, matched: Block) -> None:
        """Close the open blocks that did not go on in this line."""
        if self._tip is container or container is not matched:
            return
        while self._tip is not matched:
            self._close(self._tip)

    def _close(self, block: Block) -> None:
        kind = block.kind
        if kind == "paragraph":
            self._look_for_comment(block)
            self._searched = 0
            text = self.definitions.take_from("\n".join(block.lines))
            block.lines = [text.strip(" \t\n")] if text.strip() else []
        elif kind == "html":
            self._look_for_comment(block)
            self._searched = 0
        elif kind == "code":
            self._end_code(block)
        elif kind == "list":
            block.tight = is_tight(block)
        block.open = False
        self._tip = block.parent or self.document

    @staticmethod
    def _end_code(block: Block) -> None:
        if block.fence:
            block.fence, *block.lines = block.lines
        else:
            while block.lines and not block.lines[-1].strip(" \t"):
                block.lines.pop()

    # --- comments ---------------------------------------------------------------------------------------------------

    def _splice(self, start: int) -> bool:
        """Join the line at hand with the one where a comment ends that begins in it; return whether there is one."""
        if _COMMENT not in self._line:
            return False
        opened = find_open_comment(self._line, start)
        if opened < 0:
            return False
        at = self._line_with_end(self._at + 1)
        if at >= len(self.source):
            self._note_comment("shown", self._line[opened:])
            return False
        self._note_comment("across", self._line[opened:])
        rest = self.source[at].partition("-->")[2]
        self._line = self._line[:opened] + rest
        self._at = at
        return self._splice(start) or True

    def _look_for_comment(self, block: Block) -> None:
        """Hide a comment that begins in this block of lines and ends behind it."""
        text = "\n".join(block.lines)
        if text.find(_COMMENT, self._searched) < 0:
            return
        opened = find_open_comment(text, self._searched)
        if opened < 0:
            return
        number = text.count("\n", 0, opened)
        words = text[opened:].partition("\n")[0]
        at = block.numbers[number]
        end = words.find("-->", 4)
        if end >= 0:
            end += len(self.source[at]) - len(words)
        if end < 0:
            at = self._line_with_end(at + 1)
            end = self.source[at].find("-->") if at < len(self.source) else -1
        if end < 0:
            self._searched = len(text)
            self._note_comment("shown", words)
            return
        self._note_comment("across", words)
        block.lines = (text[:opened] + self.source[at][end + 3 :]).split("\n")
        block.numbers = [*block.numbers[:number], at]
        self._searched = opened
        self._at = at + 1
        raise _Hidden


def _without_hashes(heading: str) -> str:
    """Return the words of a heading without the `#` that may close it: `C#` ends in a sharp (CommonMark 0.31, 4.2)."""
    words = heading.strip(" \t")
    bare = words.rstrip("#")
    return bare.rstrip(" \t") if not bare or bare[-1] in " \t" else words
