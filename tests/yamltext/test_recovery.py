"""After a fault in a file of YAML the rest of it is read on, and nothing is said of what may stand in the lost part."""

from __future__ import annotations

import pytest
import yaml

from courseweek.diagnostics import Diagnostics, Edit, Source
from courseweek.read import assignments, grading, links, people, presentations, readings, syllabus, term, topics
from courseweek.read.reading_lists import READINGS_GRAMMAR
from courseweek.read.syllabus import SYLLABUS_GRAMMAR
from courseweek.read.tables import fields
from courseweek.yamltext.document import Mapping, Node, Scalar, Sequence, is_whole, read_yaml
from courseweek.yamltext.draft import Draft
from courseweek.yamltext.entries import split_draft
from courseweek.yamltext.grammar import ANYTHING, Grammar, Kind
from courseweek.yamltext.recover import MOST_FAULTS


class AllKeys(Grammar):
    """The keys of all course files, wherever they are written."""

    keys = SYLLABUS_GRAMMAR.keys | READINGS_GRAMMAR.keys
    lists = READINGS_GRAMMAR.lists

    def value_of(self, key: str) -> Kind:
        """Return what the value of a key may be in the file that has it."""
        return (SYLLABUS_GRAMMAR if key in SYLLABUS_GRAMMAR.keys else READINGS_GRAMMAR).value_of(key)


ALL_KEYS = AllKeys(lambda: ANYTHING)


@pytest.fixture(params=["C", "Python"], autouse=True)
def loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "Python":
        monkeypatch.delattr(yaml, "CSafeLoader")


def read(text: str) -> tuple[Node | None, list[str]]:
    found = Diagnostics()
    node = read_yaml(Source("x.yaml", text), found, grammar=ALL_KEYS)
    return node, [f"{each.span.line}:{each.span.column} {each.name}" for each in found]


def show(node: Node | None) -> object:
    """Return the tree as plain values, lost keys as `key: ?`."""
    match node:
        case Scalar(text=text):
            return text
        case Sequence(items=items, whole=whole):
            return [*(show(each) for each in items), *([] if whole else ["?"])]
        case Mapping(entries=entries, lost=lost):
            return {key.text: show(value) for key, value in entries} | dict.fromkeys(lost, "?")
        case _:
            return None


RECOVERED = {
    "an entry": ('a: "b" c\nd: e\n', {"a": "?", "d": "e"}, ["1:6 early-quote"]),
    "an entry between others": ('a: b\nc: [d\ne: f\n', {"a": "b", "c": "?", "e": "f"}, ["2:4 unclosed-bracket"]),
    "an item": ('a:\n  - b\n  - "c" d\n  - e\n', {"a": ["b", "e", "?"]}, ["3:7 early-quote"]),
    "a key of an item": (
        'a:\n  - b: c\n    d: "e" f\n  - b: g\n',
        {"a": [{"b": "c", "d": "?"}, {"b": "g"}]},
        ["3:10 early-quote"],
    ),
    "an inner entry": (
        'a:\n  b:\n    - "c" d\n  e:\n    - f\n',
        {"a": {"b": "?", "e": ["f"]}},
        ["3:9 early-quote"],
    ),
    "two faults": ('a: "b" c\nd: e\nf: {g: h\ni: j\n', {"a": "?", "d": "e", "f": {"g": "h"}, "i": "j"}, [
        "1:6 early-quote", "3:4 unclosed-bracket",
    ]),
    "a sure remedy": ("a: b: c\nd: @e\n", {"a": "b: c", "d": "@e"}, ["1:5 unquoted-colon", "2:4 unquoted-start"]),
    "an unclosed quote": ('a: "b\nc: "d"\ne: f\n', {"a": "b", "c": "d", "e": "f"}, ["1:4 unclosed-quote"]),
    "a list at the margin": ('a:\n- "b" c\n- d\ne: f\n', {"a": ["d", "?"], "e": "f"}, ["2:5 early-quote"]),
    "a line that is nothing": ("a: b\nc\nd: e\n", {"a": "b", "d": "e", "": "?"}, ["2:1 lonely-text"]),
    "a conflict": (
        "a: b\n<<<<<<< HEAD\nc: d\n=======\nc: e\n>>>>>>> theirs\nf: g\n",
        {"a": "b", "c": "d", "f": "g", "": "?"},
        ["2:1 merge-conflict"],
    ),
    "a key twice over the parts": (
        'a: "b" c\nd: e\nd: f\n',
        {"a": "?", "d": "e"},
        ["1:6 early-quote", "3:1 duplicate-key"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", RECOVERED)
def test_what_is_read_on(name: str) -> None:
    text, tree, reported = RECOVERED[name]
    node, found = read(text)
    assert show(node) == tree
    assert found == reported


def test_what_could_be_read_keeps_its_places() -> None:
    node, _ = read('a: "b" c\n\n# note\nd:\n  - é: f\n    g: "h" i\n    k: l\n')
    assert isinstance(node, Mapping)
    item = node.entries[0][1]
    assert isinstance(item, Sequence)
    assert isinstance(item.items[0], Mapping)
    places = [(key.text, key.span.line, key.span.column) for key, _ in item.items[0].entries]
    assert places == [("é", 5, 5), ("k", 7, 5)]


def test_a_tree_knows_whether_it_is_whole() -> None:
    texts = {"a: {b: [c]}\n": True, 'a:\n  - b: "c" d\n    e: f\n': False, 'a:\n  - "b" c\n  - d\n': False}
    for text, whole in texts.items():
        node, _ = read(text)
        assert node is not None
        assert is_whole(node) is whole


def test_of_many_faults_the_first_are_reported() -> None:
    _, found = read("".join(f'a{n}: "b" c\n' for n in range(10_000)))
    assert len(found) == MOST_FAULTS + 1
    assert found[-1] == f"{MOST_FAULTS + 1}:8 too-many-faults"


def test_a_good_entry_after_many_is_read() -> None:
    text = 'a: "b" c\n' + "".join(f"b{n}: c\n" for n in range(3_000)) + "d: @e\n"
    node, found = read(text)
    assert found == ["1:6 early-quote", "3002:4 unquoted-start"]
    assert isinstance(node, Mapping)
    assert len(node.entries) == 3_001


VALID = [
    "a: |\n  • b\n  – c\n  1. d\nb: c\n",
    "a: >\n  title = b\n  url https://example.org\n",
    "a: 'b\n  • c\n  – d'\n",
    'a: "b\n\n  title = c"\nd: e\n',
    "a:\n  b and\n  – c\n",
    "a: b – c\n",
    "- “a” and “b”\n",
    "- 1. a\n- 2. b\n",
    "note:\n  1. a\n  2. b\n",
    "title: a = b\n",
    "a: \u00abb\u00bb\n",
    "a: b\u00a0c\n",
    "a: क्\u200dष \U0001f469\u200d\U0001f4bb ก\u200bข\n",
    "a: \u05d0\u200f b\n",
    "- title page of a book\n",
    "a: [b, • c]\n",
]


@pytest.mark.parametrize("text", VALID)
def test_what_is_meant_is_left_alone(text: str) -> None:
    assert read(text)[1] == []


FIXED = {
    "- \u00a0a\n": "-  a\n",
    "a:\n  • b\n  • c: d\n": "a:\n  - b\n  - c: d\n",
    "title = a: b\n": 'title: "a: b"\n',
    "- title: a\n  url https://example.org/\n": "- title: a\n  url: https://example.org/\n",
    "“title”: a\n": "title: a\n",
    "```yaml\na: b\n```\n": "a: b\n",
    "a: b: c\n": 'a: "b: c"\n',
    "a: 'b's c'\n": 'a: "b\'s c"\n',
    "a: @b\n": 'a: "@b"\n',
    "a:\n  -b\n  -c\n": "a:\n  - b\n  - c\n",
    "a:\n  - b: c\n  optional:\n    - d\n": "a:\n  required:\n  - b: c\n  optional:\n    - d\n",
    'a:\n  - title: "b", url: "c"\n': 'a:\n  - title: "b"\n    url: "c"\n',
    "a: x\u202ey\n": "a: xy\n",
    'a: {b: "c" d: e}\n': 'a: {b: "c", d: e}\n',
    "a:\n  - b: c\n    d: e\n    b: f\n": "a:\n  - b: c\n    d: e\n  - b: f\n",
}


@pytest.mark.parametrize("text", FIXED)
def test_a_fix_fixes_the_file(text: str) -> None:
    found = Diagnostics()
    source = Source("x.yaml", text)
    read_yaml(source, found, grammar=ALL_KEYS)
    edits = sorted((edit for each in found for edit in each.fix), key=lambda edit: edit.span.start)
    fixed = Draft(source, 0, len(text)).fix(edits)
    assert fixed is not None
    assert fixed.text == FIXED[text]
    assert read(fixed.text)[1] == []


def test_a_draft_knows_the_places_of_the_file() -> None:
    source = Source("x.yaml", "one two three")
    draft = Draft(source, 0, 13).fix([Edit(source.span(4, 7), "2"), Edit(source.span(8, 8), "+")])
    assert draft is not None
    assert draft.text == "one 2 +three"
    assert draft.span(4, 5).text == "two"
    assert draft.span(7, 12).text == "three"
    assert draft.part(6, 12).text == "+three"
    assert draft.fix([Edit(source.span(5, 6), "")]) is None


def test_a_file_falls_into_its_entries() -> None:
    text = "# about\na:\n- b\n- c\n\nd: e\n  f\n"
    assert [(each.key, text[each.start : each.end]) for each in split_draft(text)] == [
        ("a", "# about\na:\n- b\n- c\n\n"),
        ("d", "d: e\n  f\n"),
    ]
    assert split_draft("[a, b]\n") == []
    assert split_draft("") == []


def test_the_keys_of_the_grammars_are_those_of_the_tables() -> None:
    modules = (assignments, grading, links, people, presentations, readings, syllabus, term, topics)
    tables = [each for module in modules for each in vars(module).values() if isinstance(each, fields.Table)]
    assert {key for table in tables for key in table.by_key} <= SYLLABUS_GRAMMAR.keys | READINGS_GRAMMAR.keys
