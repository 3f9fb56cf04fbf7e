"""An entry: the lines that are written, and that the reader reads back what was typed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from courseweek.contributing.entry import SuggestedReading
from courseweek.contributing.field_rules import KEYS, clean_text
from courseweek.diagnostics import Diagnostics, Source
from courseweek.yamltext.document import Mapping, Scalar, Sequence, read_yaml

FULL = SuggestedReading(
    title='A "quoted" \\ title: # {x}',
    authors=("Ada Lovelace", "O'Neil, B."),
    venue="CIDR 2021",
    year=2021,
    url="https://example.org/a",
    pages="1–10",
    minutes=40,
    note="*Read* it",
)


def test_the_keys_are_in_the_order_of_the_page() -> None:
    assert tuple(key for key, _ in FULL.fields()) == KEYS


def test_the_lines_of_all_fields() -> None:
    assert FULL.lines(4) == [
        '    - title: "A \\"quoted\\" \\\\ title: # {x}"',
        '      authors: ["Ada Lovelace", "O\'Neil, B."]',
        '      venue: "CIDR 2021"',
        "      year: 2021",
        '      url: "https://example.org/a"',
        '      pages: "1–10"',
        "      minutes: 40",
        '      note: "*Read* it"',
    ]


def test_what_is_empty_is_not_written() -> None:
    assert SuggestedReading(title="A").lines(0) == ['- title: "A"']
    assert SuggestedReading(title="A", url="https://a.org").between_braces() == '{title: "A", url: "https://a.org"}'


def read_title(text: str) -> str:
    """Return the title that YAML reads in a list of one item."""
    found = Diagnostics()
    tree = read_yaml(Source("readings.yaml", text), found)
    assert not found.found, [each.message for each in found]
    assert isinstance(tree, Sequence)
    (item,) = tree.items
    assert isinstance(item, Mapping)
    ((_, title),) = item.entries
    assert isinstance(title, Scalar)
    return title.text


HOSTILE = [
    '"',
    "\\",
    '\\"',
    "# x",
    "a: b",
    "${{ secrets.X }}",
    "`id`",
    "- x",
    "? x",
    "|",
    ">",
    "%YAML 1.2",
    "@x",
    "&a *a !t",
    "no",
    "null",
    "2005.14160",
    "---",
    "...",
    "🎓",
    "\u202eabc",
    "a\x85b\u2028c\x00d\x1b[31m",
    "a\r\nb\tc",
    "\ufeffx",
    "\\x41\\u0041\\n",
    "'",
    "[a, b], {c: d}",
]


@pytest.mark.parametrize("typed", HOSTILE)
def test_what_is_typed_is_read_back(typed: str) -> None:
    entry = SuggestedReading(title=clean_text(typed))
    assert read_title("\n".join(entry.lines(2))) == entry.title
    assert read_title(f"[{entry.between_braces()}]") == entry.title


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=60))
def test_whatever_is_typed_is_read_back(typed: str) -> None:
    entry = SuggestedReading(title=clean_text(typed))
    assert read_title("\n".join(entry.lines(2))) == entry.title
