"""The converter: Python-Markdown's frame, in which blocks and lines are read as GitHub reads them.

Of the library it uses the passage from text to tree to HTML, and the list of headings with their ids.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any
from xml.etree.ElementTree import Element, ElementTree, SubElement

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.treeprocessors import Treeprocessor
from markdown.util import Registry

from courseweek.comments import drop_comments
from courseweek.regex import lazy_pattern
from courseweek.render.markdown.block_tree import Block
from courseweek.render.markdown.blocks import BlockReader
from courseweek.render.markdown.definitions import LinkDefinitions
from courseweek.render.markdown.entities import put_characters
from courseweek.render.markdown.footnotes import Footnotes
from courseweek.render.markdown.hidden_comments import CommentKind
from courseweek.render.markdown.html_writer import write_html
from courseweek.render.markdown.mathml import Formulas
from courseweek.render.markdown.own_classes import OWN
from courseweek.render.markdown.pieces import RAW, append_text
from courseweek.render.markdown.remarks import Findings, RemarkKind
from courseweek.render.markdown.spans import LineReader

_WORD = lazy_pattern(r"[\w#+.-]+")
_COMMENTS: dict[CommentKind, RemarkKind] = {
    "across": "across-comment",
    "endless": "endless-comment",
    "shown": "shown-comment",
}
_ALERT = lazy_pattern(r"\[!(note|tip|important|warning|caution)\][ \t]*(?:\n|$)", re.IGNORECASE)


class Dialect(Markdown):
    """Converts one text after the other; what it finds in each goes to `findings`."""

    def __init__(self, formulas: Formulas, *, raw_html: bool) -> None:
        """Take what collects formulas; without `raw_html` HTML is text, and there are no footnotes."""
        self.formulas = formulas
        self.raw_html = raw_html
        self.findings = Findings()
        self.unique = 0
        super().__init__(output_format="html")
        self.serializer = write_html

    def build_parser(self) -> Dialect:
        """Put the readers of blocks and of lines into the places of the library's own."""
        self.preprocessors = Registry()
        self.parser = _Blocks(self)
        self.inlinePatterns = Registry()
        self.treeprocessors = Registry()
        self.treeprocessors.register(_Lines(self), "inline", 20)
        self.postprocessors = Registry()
        return self

    def begin(self, findings: Findings) -> None:
        """Forget the last text; what is found in the next one goes to `findings`."""
        self.reset()
        self.formulas.begin(findings)
        self.findings = findings


class _Blocks(BlockParser):
    """Reads the blocks of a text into a tree. The lines in them wait until all blocks are known."""

    md: Dialect

    def parseDocument(self, lines: Iterable[str]) -> Any:  # noqa: N802 - the library's name
        """Return the tree of a text."""
        self.definitions = LinkDefinitions(self.md.formulas.tally)
        self._waiting: list[tuple[Element, str]] = []
        formulas = self.md.formulas
        text = "\n".join(lines)
        reader = BlockReader(
            text,
            self.definitions,
            lambda latex, display: formulas.add(latex, display=display),
            html=self.md.raw_html,
            notes=self.md.raw_html,
        )
        self.root = Element(self.md.doc_tag)
        self._fill(self.root, reader.read().children)
        self.notes = reader.notes
        for row in reader.surplus:
            self.md.findings.note("surplus-row", row)
        for kind, words in reader.strange_comments:
            self.md.findings.note(_COMMENTS[kind], words)
        for formula in reader.cut_formulas:
            self.md.findings.note("cut-formula", formula)
        return ElementTree(self.root)

    def read_lines(self, reader: LineReader) -> None:
        """Fill the elements whose lines wait."""
        waiting, self._waiting = self._waiting, []
        for element, text in waiting:
            reader.fill(element, text)

    def fill_note(self, element: Element, note: Block, reader: LineReader) -> None:
        """Put the blocks of a footnote into an element."""
        self._fill(element, note.children)
        self.read_lines(reader)

    def _fill(self, element: Element, blocks: list[Block], *, tight: bool = False) -> None:
        element.text = (element.text or "") + "\n"
        for block in blocks:
            made = self._make(element, block, tight=tight)
            if made is not None:
                made.tail = "\n"

    def _make(self, parent: Element, block: Block, *, tight: bool) -> Element | None:
        kind = block.kind
        if kind == "paragraph":
            return self._paragraph(parent, block, tight=tight)
        if kind == "heading":
            return self._wait(SubElement(parent, f"h{block.level}"), block.lines[0])
        if kind == "list":
            return self._list(parent, block)
        if kind == "code":
            return self._code(parent, block)
        if kind == "quote":
            return self._quote(parent, block)
        if kind == "html":
            return self._html(parent, block)
        if kind == "table":
            return self._table(parent, block)
        return SubElement(parent, "hr") if kind == "rule" else None

    def _wait(self, element: Element, text: str) -> Element:
        self._waiting.append((element, text))
        return element

    def _paragraph(self, parent: Element, block: Block, *, tight: bool) -> Element | None:
        if not block.lines:
            return None
        if not tight:
            return self._wait(SubElement(parent, "p"), block.lines[0])
        # An entry holds its own words: this stretch keeps them until they are read.
        return self._wait(SubElement(parent, _STRETCH), block.lines[0])

    def _list(self, parent: Element, block: Block) -> Element:
        made = SubElement(parent, "ul" if block.start is None else "ol")
        if block.start not in (None, 1):
            made.set("start", str(block.start))
        made.text = "\n"
        for item in block.children:
            entry = SubElement(made, "li")
            entry.tail = "\n"
            if item.task is not None:
                entry.set("class", f"{OWN}task")
                entry.text = self.md.formulas.add_task(done=item.task == "x") + " "
            first = item.children[0].kind if item.children else ""
            self._fill(entry, item.children, tight=block.tight)
            if block.tight and first == "paragraph":
                entry.text = (entry.text or "")[:-1]
            if not item.children:
                entry.text = (entry.text or "")[:-1]
        return made

    def _code(self, parent: Element, block: Block) -> Element:
        text = "".join([f"{line}\n" for line in block.lines])
        words = put_characters(block.fence).split()
        if words and words[0].lower() == "math":
            made = SubElement(parent, "p")
            made.text = self.md.formulas.add(text, display=True)
            return made
        made = SubElement(parent, "pre")
        code = SubElement(made, "code")
        code.text = text
        word = _WORD.search(words[0].strip("{}.")) if words else None
        if word is not None:
            code.set("class", f"language-{word[0]}")
        return made

    def _quote(self, parent: Element, block: Block) -> Element:
        made = SubElement(parent, "blockquote")
        first = block.children[0] if block.children else None
        if parent is self.root and first is not None and first.kind == "paragraph" and first.lines:
            alert = _ALERT.match(first.lines[0])
            rest = first.lines[0][alert.end() :].strip() if alert is not None else ""
            if alert is not None and (rest or len(block.children) > 1):
                first.lines = [rest] if rest else []
                made.set("class", f"{OWN}alert")
                label = SubElement(SubElement(made, "p"), "strong")
                label.text = alert[1].capitalize()
                made[0].tail = "\n"
                self._fill(made, block.children)
                return made
        self._fill(made, block.children)
        return made

    def _html(self, parent: Element, block: Block) -> Element | None:
        if block.html_kind in (3, 4, 5):  # of which a browser shows nothing
            return None
        text = "\n".join(block.lines)
        text, _ = drop_comments(text) if "<!--" in text else (text, -1)
        if not text.strip():
            return None
        made = SubElement(parent, RAW)
        made.text = text
        return made

    def _table(self, parent: Element, block: Block) -> Element:
        made = SubElement(parent, "table")
        holder = SubElement(made, "thead")
        for place, row in enumerate(block.children):
            if place == 1:
                holder = SubElement(made, "tbody")
            line = SubElement(holder, "tr")
            holder.text = line.text = line.tail = "\n"
            for cell, side in zip(row.lines, block.aligned, strict=False):
                each = self._wait(SubElement(line, "td" if place else "th"), cell)
                each.tail = "\n"
                if side:
                    each.set("class", f"{OWN}align-{side}")
        made.text = "\n"
        for part in made:
            part.tail = "\n"
        return made


_STRETCH = "stretch"


class _Lines(Treeprocessor):
    """Reads the lines that wait, and puts the footnotes below the text."""

    md: Dialect

    def run(self, root: Element) -> None:
        """Fill the tree."""
        blocks = self.md.parser
        if not isinstance(blocks, _Blocks):
            return
        notes = Footnotes(blocks.notes, self.md.unique)
        formulas = self.md.formulas
        lines = LineReader(
            blocks.definitions,
            lambda latex, display: formulas.add(latex, display=display),
            notes.refer,
            html=self.md.raw_html,
        )
        blocks.read_lines(lines)
        notes.add_to(root, lambda entry, note: blocks.fill_note(entry, note, lines))
        for name in blocks.definitions.unused():
            self.md.findings.note("unused-definition", name)
        for words in lines.broken:
            self.md.findings.note("unreadable-link", words)
        _dissolve(root)


def _dissolve(root: Element) -> None:
    """Put what stretches hold into the entries in which they are."""
    for holder in list(root.iter("li")):
        if not any(child.tag == _STRETCH for child in holder):
            continue
        children = list(holder)
        lead = holder.text or ""
        for child in children:
            holder.remove(child)
        holder.text = lead
        for child in children:
            if child.tag != _STRETCH:
                holder.append(child)
                continue
            append_text(holder, child.text or "")
            for inner in list(child):
                holder.append(inner)
            last = child is children[-1]
            append_text(holder, "" if last else child.tail or "")
