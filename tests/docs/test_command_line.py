"""The reference of the command line holds the help text as it is."""

from __future__ import annotations

import re

from courseweek.cli import make_parser
from tests.docs.examples import ROOT, blocks, help_text, tables

COMMAND_LINE = ROOT / "docs" / "command-line.md"
HELP = "The help text"


def test_help_is_pasted() -> None:
    (pasted,) = [block.text for block in blocks(COMMAND_LINE) if block.heading == HELP and block.info == "text"]
    assert pasted == help_text(), "run python scripts/paste.py"


def test_each_option_is_described() -> None:
    described = {word for row in tables(COMMAND_LINE)["Options"] for word in re.findall(r"--?[a-z]+", row[0])}
    known = {option for action in make_parser()._actions for option in action.option_strings}
    assert described == known
