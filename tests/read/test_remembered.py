"""YAML that was read before is not read again: the same tree and the same words, whatever stands above it."""

from __future__ import annotations

from pathlib import Path

import pytest

from courseweek.cache import Memory
from courseweek.diagnostics import Diagnostic, Diagnostics, Source
from courseweek.yamltext import recover
from courseweek.yamltext.document import Node, read_yaml
from tests.sites import COURSES, ROOT

FILES = [
    path
    for folder in (ROOT, *sorted(COURSES.iterdir()), *sorted((ROOT / "tests" / "broken").iterdir()))
    for path in sorted(folder.glob("*.yaml"))
]


def read(text: str, memory: Memory | None, above: str = "") -> tuple[Node | None, list[Diagnostic], Source]:
    found, source = Diagnostics(), Source("x.yaml", above + text)
    return read_yaml(source, found, len(above), None, memory), list(found), source


def outline(node: object, source: Source, start: int) -> object:
    """Return a tree with its places counted from `start`, and without its source."""
    if isinstance(node, tuple):
        return [outline(each, source, start) for each in node]
    if not hasattr(node, "span"):
        return node
    assert node.span.source is source
    rest = [
        outline(getattr(node, name), source, start)
        for name in ("text", "style", "items", "entries")
        if hasattr(node, name)
    ]
    return type(node).__name__, node.span.start - start, node.span.end - start, rest


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_each_file_reads_the_same_again(path: Path) -> None:
    text = path.read_text(encoding="utf-8", errors="replace")
    memory = Memory()
    plain = read(text, None)
    first, again = read(text, memory), read(text, memory)
    assert outline(first[0], first[2], 0) == outline(again[0], again[2], 0) == outline(plain[0], plain[2], 0)
    reported = [
        [(each.name, each.message, each.span.start, each.span.end) for each in run[1]] for run in (plain, first, again)
    ]
    assert reported[0] == reported[1] == reported[2]


def test_it_is_not_parsed_again(monkeypatch: pytest.MonkeyPatch) -> None:
    memory = Memory()
    text = "a: 1\nb: ['x: y', \"\\u00e9\", {c: }]\nd: |\n  two\n  lines\n"
    before = read(text, memory)
    monkeypatch.setattr(recover, "read_again", lambda *_: pytest.fail("it was parsed again"))
    for above in ("", "---\n", "---\n\n# é\n"):
        again = read(text, memory, above)
        assert outline(again[0], again[2], len(above)) == outline(before[0], before[2], 0)
    with pytest.raises(pytest.fail.Exception):
        read(text + "e: 2\n", memory)


@pytest.mark.parametrize(
    "text", ["a: 1\na: 2\n", "a: b #1\n", "a:\tb: c\n", "a: [\n", "• a\n", "", "# no more\n", "a: 1\n b: 2\n"]
)
def test_what_was_reported_is_reported_again(text: str) -> None:
    memory = Memory()
    reported = [[each.message for each in read(text, memory)[1]] for _ in range(3)]
    assert reported[0] == reported[1] == reported[2]
