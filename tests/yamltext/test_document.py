"""YAML as located texts: nothing is typed, everything knows its place, with either of PyYAML's loaders."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
import yaml

from courseweek.diagnostics import Diagnostics, Source
from courseweek.yamltext.document import Mapping, Node, Scalar, Sequence, read_yaml


@pytest.fixture(params=["C", "Python"], autouse=True)
def loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Run each test with the C loader and, as where there is none, with the one in Python."""
    if request.param == "Python":
        monkeypatch.delattr(yaml, "CSafeLoader")
    else:
        assert hasattr(yaml, "CSafeLoader")
    return str(request.param)


def read(text: str) -> tuple[Node | None, list[str]]:
    found = Diagnostics()
    node = read_yaml(Source("x.yaml", text), found)
    reported = [f"{each.span.line}:{each.span.column} {each.severity}[{each.name}] {each.span.text}" for each in found]
    return node, reported


def texts(node: Node | None) -> list[Scalar]:
    """Return all keys and values in order."""
    match node:
        case Scalar():
            return [node]
        case Sequence(items=items):
            return [each for item in items for each in texts(item)]
        case Mapping(entries=entries):
            return [each for key, value in entries for each in (key, *texts(value))]
        case _:
            return []


UNTYPED = [
    "13:00", "no", "NO", "yes", "3.10", "0123", "0x1F", "1e3", "2005.14160", "6.5840", "2027-02-30", "null", "~", "on",
    "1_000", ".inf", "12:30:45", "+1", "C#", "a#b", "it's", "a: b".replace(": ", ":"), "100%", "x*y*z", "a & b", "-1",
]  # fmt: skip


@pytest.mark.parametrize("text", UNTYPED)
def test_a_text_is_what_is_written(text: str) -> None:
    for source in (f"key: {text}\n", f"- {text}\n", f"{{key: {text}, other: x}}\n", f"{text}: value\n"):
        node, found = read(source)
        assert text in [each.text for each in texts(node)], source
        assert found == []


def test_empty_files_are_nothing() -> None:
    for text in ("", "\n", "# only a comment\n", "---\n", "\r\n\r\n"):
        assert read(text) == (None, [])


def test_an_empty_value_differs_from_an_empty_text() -> None:
    node, _ = read('a:\nb: ""\nc: [x, ""]\n')
    assert [(each.text, each.empty) for each in texts(node)] == [
        ("a", False), ("", True), ("b", False), ("", False), ("c", False), ("x", False), ("", False),
    ]  # fmt: skip


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_lines_and_columns(end: str) -> None:
    text = end.join(["a: one", "b:", "  - 'two'", '  - {c: "three", d: f o u r}', "  - |", "    five", "    six", ""])
    node, found = read(text)
    assert found == []
    places = [(each.text, each.span.line, each.span.column) for each in texts(node)]
    assert places == [
        ("a", 1, 1), ("one", 1, 4), ("b", 2, 1), ("two", 3, 5), ("c", 4, 6), ("three", 4, 9), ("d", 4, 18),
        ("f o u r", 4, 21), ("five\nsix\n", 5, 5),
    ]  # fmt: skip


def test_columns_count_code_points() -> None:
    node, _ = read("𝒳: 😀 e\u0301\n  \n日本: [ä, 🎓, z]\n")
    places = [(each.text, each.span.line, each.span.column, each.span.text) for each in texts(node)]
    assert places == [
        ("𝒳", 1, 1, "𝒳"), ("😀 e\u0301", 1, 4, "😀 e\u0301"),
        ("日本", 3, 1, "日本"), ("ä", 3, 6, "ä"), ("🎓", 3, 9, "🎓"), ("z", 3, 12, "z"),
    ]  # fmt: skip


@pytest.mark.parametrize("odd", ["\u2028", "\u2029"])
def test_what_only_yaml_takes_for_a_line_end_is_a_space(odd: str) -> None:
    node, found = read(f"a: x{odd}y\nb: 'x{odd}y'\nc: |\n  x{odd}y\nd: z\n")
    assert found == []
    assert [(each.text, each.span.line) for each in texts(node)] == [
        ("a", 1), ("x y", 1), ("b", 2), ("x y", 2), ("c", 3), ("x y\n", 3), ("d", 5), ("z", 5),
    ]  # fmt: skip


def test_a_lone_carriage_return_ends_no_line_in_a_place() -> None:
    node, _ = read("a: b\rc: d\r")
    assert [(each.text, each.span.line, each.span.column) for each in texts(node)] == [
        ("a", 1, 1), ("b", 1, 4), ("c", 1, 6), ("d", 1, 9),
    ]  # fmt: skip


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_lines_of_a_block_know_their_places(end: str) -> None:
    text = end.join(["a: |  # pasted", "    - one", "", "      two", "b: c"])
    node, _ = read(text)
    block = texts(node)[1]
    places = [(line, span.line, span.column, span.text) for line, span in block.lines() if line]
    assert places == [("- one", 2, 5, "- one"), ("  two", 4, 5, "  two")]


def test_parts_of_a_text_know_their_places() -> None:
    node, _ = read("a: 'one two'\nb: \"on\\u0065 two\"\n")
    _, quoted, _, escaped = texts(node)
    assert quoted.part(4, 7).text == "two"
    assert (quoted.part(4, 7).line, quoted.part(4, 7).column) == (1, 9)
    assert escaped.part(4, 7) == escaped.span


def test_a_range_of_a_file_is_read_with_places_in_the_file() -> None:
    source = Source("p.md", "---\ntitle: X\nnav: [\n---\ntext")
    found = Diagnostics()
    node = read_yaml(source, found, 4, 13)
    assert [(each.text, each.span.line) for each in texts(node)] == [("title", 2), ("X", 2)]
    read_yaml(source, found, 4, 20)
    assert [(each.name, each.span.line, each.span.column) for each in found] == [("unclosed-bracket", 3, 6)]


COMMENTS = {
    "a: b  # meant\n": [],
    "a: b\t\t# meant\n": [],
    "a: b  ## meant\n": [],
    "a: b  #\n": [],
    "a: # meant\n  - b\n": [],
    "a:  # meant\n": [],
    "# meant\na: b\n#also meant\n": [],
    "a: 'b' #one blank after quotes\n": [],
    "a: [b, c] # one blank\n": [],
    "a: b#c\n": [],
    "a: C# in depth #1\n": ["1:16 warning[comment] #1"],
    "a: b # one blank before\r\n": ["1:6 warning[comment] # one blank before"],
    "a: b  #none after\n": ["1:7 warning[comment] #none after"],
    "a: #003262\n": ["1:4 warning[comment] #003262"],
    "a:   #003262\n": ["1:6 warning[comment] #003262"],
    "- one #1\n- two\n": ["1:7 warning[comment] #1"],
    "{a: b, c: d} # one\n": [],
    "[a #1\n, b]\n": ["1:4 warning[comment] #1"],
}


@pytest.mark.parametrize("text", COMMENTS)
def test_comments_that_cut_a_text(text: str) -> None:
    assert read(text)[1] == COMMENTS[text]


def test_the_remedy_of_a_cut_text_can_be_pasted() -> None:
    found = Diagnostics()
    read_yaml(Source("x.yaml", 'a: Say "hi" #1\n'), found)
    (reported,) = found
    assert reported.help is not None
    assert reported.help.startswith("if it belongs to the text, write 'Say \"hi\" #1';")


REFUSED = {
    "a: &b c\n": ["1:4 error[anchor] &b"],
    "- &b\n  c: d\n": ["1:3 error[anchor] &b"],
    "a: *b\n": ["1:4 error[alias] *b"],
    "a: !!int 3\n": ["1:4 error[tag] !!int"],
    "a: !important x\n": ["1:4 error[tag] !important"],
    "- !!python/object/apply:os.system [echo]\n": ["1:3 error[tag] !!python/object/apply:os.system"],
    "a:\n  <<: {b: c}\n": ["2:3 error[merge-key] <<"],
    "[a, b]: c\n": ["1:1 error[list-as-key] [a, b]"],
    "a: b\n---\nc: d\n": ["2:1 error[second-document] ---"],
    "a: b\n...\nc: d\n": ["2:1 error[second-document] ..."],
    "a: b\nc: d\na: e\n": ["3:1 error[duplicate-key] a"],
    "a: \"x\\x07y\"\n": ["1:6 error[control-character] \\x07"],
    "a: \"x\\0y\"\n": ["1:6 error[control-character] \\0"],
    "a: \"\\e[31m\"\n": ["1:5 error[control-character] \\e"],
    "a: \"\\u009b\"\n": ["1:5 error[control-character] \\u009b"],
    "a: x\ufeffy\n": ["1:5 error[control-character] \ufeff"],
    "a: \"\\ud800\"\n": ["1:5 error[bad-escape] \\ud800"],
    "a: \"\\U00110000\"\n": ["1:5 error[bad-escape] \\U00110000"],
    "a: \"C:\\dir\"\n": ["1:7 error[bad-escape] \\d"],
    "a:\n\u00a0\u00a0b: c\n": ["2:1 error[indent-character] \u00a0\u00a0"],
    "- a\n  - b\n": ["2:3 error[indent] -"],
    "a:\n  -b\n  -c\n": ["2:3 error[missing-space] -"],
    "a:\n  -b: c\n": ["2:3 error[missing-space] -"],
}  # fmt: skip


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_refused(text: str) -> None:
    assert read(text)[1] == REFUSED[text]


def test_of_a_key_written_twice_the_first_holds() -> None:
    node, _ = read("a: b\na: c\n")
    assert [each.text for each in texts(node)] == ["a", "b"]


FLOODS = {
    "deep lists": ("[" * 100_000, "too-deep"),
    "deep mappings": ("{a: " * 50_000, "too-deep"),
    "deep blocks": ("".join("  " * depth + "a:\n" for depth in range(300)), "too-deep"),
    "deep dashes": ("- " * 5_000, "too-deep"),
    "an alias bomb": ("a: &a [x, x]\n" + "".join(f"b{n}: [*a, *a]\n" for n in range(1_000)), "anchor"),
    "many texts": ("[" + "a," * 150_000 + "]", "too-many"),
    "a long text": ("a: " + "x" * 300_000, "too-long"),
    "a long text on many lines": ("a: |\n" + "  xxxxxxxxx\n" * 40_000, "too-long"),
}


@pytest.mark.parametrize("flood", FLOODS)
def test_depth_and_size_are_bounded(flood: str) -> None:
    text, name = FLOODS[flood]
    node, found = read(text)
    assert node is None
    assert [re.sub(r".*\[([\w-]+)\].*", r"\1", each.split("\n")[0][:60]) for each in found] == [name]


DEEP = {
    "lists": "[" * 2_000,
    "closed lists": "[" * 2_000 + "x" + "]" * 2_000,
    "mappings": "{a: " * 2_000,
    "both": "- {a: [" * 1 + "{b: [" * 1_000,
    "in a text": 'required:\n  - title: "[[ [[ [["\n    authors: ' + "[" * 2_000 + "\n    year: 2022\n",
}


@pytest.mark.parametrize("limit", [30, 1_000])
@pytest.mark.parametrize("deep", DEEP)
def test_a_parser_with_a_bound_of_its_own_changes_no_word(
    deep: str, limit: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Versions of PyYAML differ in whether they bound the depth, where, and in how they say so."""
    expected, plain = read(DEEP[deep]), yaml.parse

    def bounded(text: str, **options: Any) -> Iterator[yaml.Event]:
        depth = 0
        for index, char in enumerate(text):
            depth += (char in "[{") - (char in "]}")
            if depth > limit:
                yield yaml.StreamStartEvent()
                mark = yaml.Mark("x.yaml", index, 0, index, None, 0)
                raise yaml.scanner.ScannerError(None, None, "no such words were ever said", mark)
        yield from plain(text, **options)

    monkeypatch.setattr(yaml, "parse", bounded)
    assert read(DEEP[deep]) == expected
    assert [re.sub(r".*\[([\w-]+)\].*", r"\1", each.split("\n")[0][:60]) for each in expected[1]] == ["too-deep"]


def test_brackets_in_a_text_are_not_depth() -> None:
    node, found = read("a: '" + "[" * 100 + "'\nb: @c\n")
    assert [each.partition(" ")[2] for each in found] == ["error[unquoted-start] @"]
    assert texts(node)[1].text == "[" * 100


def test_as_deep_as_it_may_be() -> None:
    node, found = read("[" * 24 + "x" + "]" * 24)
    assert [each.text for each in texts(node)] == ["x"]
    assert found == []
