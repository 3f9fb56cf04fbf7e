"""The blocks of a Markdown text as GitHub reads them: quotations, lists, code, tables, headings, paragraphs.

The text is read line by line as CommonMark 0.31 lays it down (appendix, "A parsing strategy"), with the tables of
GitHub Flavored Markdown (4.10), its footnotes, and formulas on lines of their own. Unlike GitHub a comment of HTML ends
at its `-->` wherever that is: what an author has hidden is hidden, whatever is around it.
"""

from __future__ import annotations

from collections.abc import Callable

from courseweek.comments import drop_comments
from courseweek.regex import lazy_pattern
from courseweek.render.markdown.block_tree import CONTAINERS, Block
from courseweek.render.markdown.containers import ContainerReader
from courseweek.render.markdown.definitions import LinkDefinitions
from courseweek.render.markdown.hidden_comments import COMMENT, Hidden
from courseweek.render.markdown.html_blocks import ends_block, list_kinds
from courseweek.render.markdown.tables import TableReader

_HEADING = lazy_pattern(r"(#{1,6})(?:[ \t]+|$)")
_FENCE = lazy_pattern(r"`{3,}+(?!.*`)|~{3,}+")
_FENCE_END = lazy_pattern(r"(`{3,}|~{3,})[ \t]*$")
_UNDERLINE = lazy_pattern(r"(?:=+|-+)[ \t]*$")
_RULE = lazy_pattern(r"(?:(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}|(?:-[ \t]*){3,})$")
_MAY_START = frozenset("#`~*_-+=<>[|:$\\0123456789")
_QUOTE_MARKS = lazy_pattern(r"[ \t]*(?:>[ \t]?)*")


class BlockReader(ContainerReader, TableReader):
    """Reads one text. `formula` returns what replaces a formula on lines of its own."""

    def __init__(
        self, text: str, definitions: LinkDefinitions, formula: Callable[[str, bool], str], *, html: bool, notes: bool
    ) -> None:
        """Take the text without carriage returns; without `html` all of it is text, without `notes` no footnotes."""
        super().__init__(text, definitions, formula)
        self.html = html
        self.with_notes = notes
        self._never: set[str] = set()

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
            except Hidden:
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
        else:
            self._tip.mark_blank_line(after=False)

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
            return not self._empty
        if kind == "list":
            return True
        if kind == "item":
            return self._item_goes_on(block)
        if kind == "quote":
            return self._quote_goes_on()
        if kind == "code":
            return self._fence_goes_on(block) if block.fence else self._code_goes_on()
        if kind == "html":
            return not (self._empty and block.html_kind >= 6)
        if kind == "table":
            return not self._empty
        if kind == "note":
            if self._indent >= 4:
                self._advance(4)
                return True
            return self._empty
        return False

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
        if self._empty:
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
            if self._empty:
                return container
            if self._indent >= 4:
                if self._tip.kind != "paragraph" or not self._tip.open:
                    container = self._begin("code", container, matched)
                    self._advance(4)
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
            return self._quote(container, matched), False
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
        if self._line.startswith(COMMENT, self._next):
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
            raise Hidden
        block = self._begin("html", container, matched)
        self._at = at
        if rest.strip():
            text, left = drop_comments(rest)
            if left >= 0:
                self.source[at] = self._same_place() + text[left:]
                block.lines = [text[:left]]
                self._close(block)
                raise Hidden
            block.lines = [text]
        self._close(block)
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

    # --- text -------------------------------------------------------------------------------------------------------

    def _add(self, container: Block, matched: Block) -> None:
        """Add what is left of the line to the block to which it belongs."""
        tip = self._tip
        if container is matched and tip is not matched and tip.kind == "paragraph" and tip.open and not self._empty:
            self._append(tip, self._line[self._next :])  # the quotation or list goes on without its mark
            return
        self._close_to(container, matched)
        if self._empty and container.children:
            container.children[-1].blank_line_after = True
        after = self._empty and not (
            container.kind == "quote"
            or (container.kind == "code" and container.fence)
            or (container.kind == "item" and not container.children and container.first == self._at)
        )
        container.mark_blank_line(after=after)
        kind = container.kind
        if kind in ("code", "html"):
            if not (kind == "code" and container.fence and container.first == self._at):
                self._append(container, self._rest())
            if kind == "html":
                self._end_html(container)
        elif kind == "paragraph":
            self._append(container, self._line[self._next :])
        elif not self._empty and kind in CONTAINERS:
            self._append(self._begin("paragraph", container, container), self._line[self._next :])

    def _end_html(self, block: Block) -> None:
        if ends_block(block.html_kind, block.lines[-1]):
            self._close(block)


def _without_hashes(heading: str) -> str:
    """Return the words of a heading without the `#` that may close it: `C#` ends in a sharp (CommonMark 0.31, 4.2)."""
    words = heading.strip(" \t")
    bare = words.rstrip("#")
    return bare.rstrip(" \t") if not bare or bare[-1] in " \t" else words
