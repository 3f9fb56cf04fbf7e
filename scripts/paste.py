"""Paste what the tool says into the documentation: help texts, messages, comparisons, the table of names.

    python scripts/paste.py

Run it when a message, an option or an example has changed, and read what it changed before you commit it.
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.docs.entries import write_table
from tests.docs.examples import (
    ROOT,
    Block,
    blocks,
    build,
    comparison_of_block,
    complete,
    courses,
    documents,
    help_of_block,
    printed,
)


def paste(document: Path, block: Block, text: str) -> bool:
    """Put the text into a fenced block; tell whether that changed it."""
    if block.text == text:
        return False
    lines = document.read_text(encoding="utf-8").splitlines(keepends=True)
    lines[block.line : block.line + block.text.count("\n")] = [text]
    document.write_text("".join(lines), encoding="utf-8", newline="\n")
    return True


def paste_all(document: Path) -> int:
    """Renew the pasted blocks of one document and return how many changed; the last comes first."""
    wanted: list[tuple[Block, str]] = []
    for course in courses(document):
        if course.said is not None:
            with TemporaryDirectory() as folder:
                said = build(complete(course.files), Path(folder)).said
                wanted.append((course.said, printed(document, said)))
    for block in blocks(document):
        if (text := help_of_block(block) or comparison_of_block(block)) is not None:
            wanted.append((block, text))
    wanted.sort(key=lambda pair: -pair[0].line)
    return sum(paste(document, block, text) for block, text in wanted)


if __name__ == "__main__":
    for each in documents():
        if changed := paste_all(each):
            print(f"{each.relative_to(ROOT)}: {changed} renewed")
    if write_table():
        print("docs/diagnostics.md: the table of names renewed")
