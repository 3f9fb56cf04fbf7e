"""The reference of the command line holds the help texts as they are, and describes each option."""

from __future__ import annotations

import re

import pytest

from tests.docs.examples import COMMANDS, ROOT, blocks, comparison_of_block, documents, help_of_block, help_text, tables

COMMAND_LINE = ROOT / "docs" / "command-line.md"


def test_help_is_pasted() -> None:
    pasted = {
        block.info: (block.text, help_of_block(block)) for block in blocks(COMMAND_LINE) if "--help" in block.info
    }
    assert {"text courseweek --help", *(f"text courseweek {each} --help" for each in COMMANDS)} == set(pasted)
    for text, now in pasted.values():
        assert text == now, "run python scripts/paste.py"


def test_comparisons_are_pasted() -> None:
    pasted = [
        (block.text, now) for each in documents() for block in blocks(each) if (now := comparison_of_block(block))
    ]
    assert pasted
    for text, now in pasted:
        assert text == now, "run python scripts/paste.py"


@pytest.mark.parametrize(
    ("heading", "commands"),
    [
        ("Options", COMMANDS),
        ("Options of check", ("check",)),
        ("Options of serve", ("serve",)),
        ("Options of archive", ("archive",)),
        ("Options of compare", ("compare",)),
        ("Options of suggest", ("suggest",)),
        ("Options of new", ("new",)),
        ("Options of new-term", ("new-term",)),
    ],
)
def test_each_option_is_described(heading: str, commands: tuple[str, ...]) -> None:
    described = {word for row in tables(COMMAND_LINE)[heading] for word in re.findall(r"--?[a-z][a-z-]*", row[0])}
    helps = [help_text(*words) for words in ((), *((each,) for each in COMMANDS))]
    known = [set(re.findall(r"(?<![\w-])--?[a-z][a-z-]*", each)) for each in helps]
    common = {"--version"} | known[1] & known[2]
    special = set().union(*(known[1 + COMMANDS.index(each)] for each in commands)) - common
    assert described == (common if heading == "Options" else special)
