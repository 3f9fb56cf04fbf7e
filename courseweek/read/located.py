"""YAML in, a tree of located texts out: the only door to PyYAML.

Nothing is typed here: every scalar is the text that stands in the file. Anchors, aliases, tags, merge keys and a
second document are refused where they stand; depth and size are bounded (YAML 1.2.2, sections 3.2.2 and 6.8 to 7.1,
say what they would mean).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, NoReturn, cast

import yaml

from courseweek.diagnostics import Diagnostics, Source, Span
from courseweek.read.malformed import explain_malformed

DEEPEST = 24
"""Lists and mappings inside each other: more are refused."""
MOST_NODES = 200_000
"""Keys, texts, lists and mappings in one file: more are refused."""
LONGEST_TEXT = 20_000
"""Characters in one text: more are refused, since Markdown takes quadratic time on some."""

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufeff\ufffe\uffff]")
_COMMENT = re.compile(r"([ \t]*)(#[^\r\n]*)")


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text. `style` is how it was written: plain, `'`, `"`, `|` or `>`."""

    text: str
    span: Span
    style: str

    @property
    def empty(self) -> bool:
        """Whether nothing was written: `key:` and then no more."""
        return self.style == "" and not self.text

    def part(self, start: int, end: int) -> Span:
        """Return the place of `text[start:end]`, or of the whole text where escapes or folding moved it."""
        raw = self.span.text
        lead = 1 if self.style in ("'", '"') else 0
        if raw[lead : lead + len(self.text)] == self.text:
            return self.span.within(lead + start, lead + end)
        return self.span

    def lines(self) -> list[tuple[str, Span]]:
        """Return the lines of a `|` text, each with its own place; any other text is one line."""
        if self.style != "|":
            return [(self.text, self.span)]
        source = self.span.source
        at = source.text.find("\n", self.span.start)
        found = []
        for line in self.text.split("\n"):
            end = source.text.find("\n", at + 1)
            end = len(source.text) if end < 0 else end
            raw = source.text[at + 1 : end].removesuffix("\r")
            found.append((line, source.span(at + 1 + len(raw) - len(line), at + 1 + len(raw))))
            at = end
        return found


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list."""

    items: tuple[Node, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys with values, in the order of the file; a key written twice stands here once, as first written."""

    entries: tuple[tuple[Scalar, Node], ...]
    span: Span


Node = Scalar | Sequence | Mapping


class _Refused(Exception):
    """Reading can't go on; the reason has been reported."""


@dataclass(slots=True)
class _Open:
    """A list or mapping whose end has not come yet."""

    start: int
    mapping: bool
    children: list[Node] = field(default_factory=list)


def read_yaml(source: Source, found: Diagnostics, start: int = 0, end: int | None = None) -> Node | None:
    """Return the tree of the YAML between the indices `start` and `end`, or None: empty, or refused and reported."""
    builder = _Builder(source, found, start)
    text = source.text[start:end]
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        for event in yaml.parse(text, Loader=loader):
            builder.take(event)
    except _Refused:
        return None
    except yaml.YAMLError as error:
        _report_malformed(source, found, start, start + len(text), error)
        return None
    except RecursionError:
        found.error("too-deep", "lists or mappings stand too deep inside each other", source.whole())
        return None
    return builder.root


def _report_malformed(source: Source, found: Diagnostics, start: int, end: int, error: yaml.YAMLError) -> None:
    if isinstance(error, yaml.MarkedYAMLError):
        mark = error.problem_mark or error.context_mark
        index = start + (mark.index if mark else 0)
        context = start + error.context_mark.index if error.context_mark else index
        problem = f"{error.context or ''} {error.problem or ''}".strip()
    else:
        index = context = start + cast(int, getattr(error, "position", 0))
        problem = str(getattr(error, "reason", "unreadable"))
    found.add(explain_malformed(source, problem, min(index, end), min(context, end), start))


class _Builder:
    """Builds the tree from events with a stack of its own, so that depth costs no recursion."""

    def __init__(self, source: Source, found: Diagnostics, offset: int) -> None:
        self.source = source
        self.found = found
        self.offset = offset
        self.root: Node | None = None
        self.stack: list[_Open] = []
        self.nodes = 0
        self.documents = 0

    def span(self, event: Any) -> Span:
        return self.source.span(self.offset + event.start_mark.index, self.offset + event.end_mark.index)

    def refuse(self, name: str, message: str, span: Span, help: str | None = None) -> NoReturn:
        self.found.error(name, message, span, help=help)
        raise _Refused

    def take(self, event: Any) -> None:
        kind = type(event)
        if kind is yaml.ScalarEvent:
            self.check_properties(event)
            self.add(self.scalar(event))
        elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
            self.check_properties(event)
            if len(self.stack) >= DEEPEST:
                self.refuse("too-deep", f"more than {DEEPEST} lists or mappings stand inside each other", self.span(event))
            self.stack.append(_Open(self.offset + event.start_mark.index, kind is yaml.MappingStartEvent))
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            self.close(self.offset + event.end_mark.index)
        elif kind is yaml.AliasEvent:
            span = self.span(event)
            self.refuse(
                "alias",
                f"`{span.text}` at the start of a text means a reference in YAML",
                span,
                help="put the text in quotes; write out what it stands for",
            )
        elif kind is yaml.DocumentStartEvent:
            self.documents += 1
            if self.documents > 1:
                self.refuse("second-document", "`---` starts a second document; there is one in a file", self.span(event))

    def check_properties(self, event: Any) -> None:
        if event.anchor is not None:
            # An anchor hides a word: "title: &c for short" would lose "&c".
            text = f"&{event.anchor}"
            at = self.source.text.find(text, self.offset + event.start_mark.index)
            at = at if at >= 0 else self.offset + event.start_mark.index
            self.refuse(
                "anchor",
                f"`{text}` at the start of a text means an anchor in YAML and would not be shown",
                self.source.span(at, at + len(text)),
                help="put the whole text in quotes",
            )
        if event.tag is not None:
            at = self.offset + event.start_mark.index
            bang = self.source.text.find("!", at)
            at = bang if bang >= 0 else at
            word = re.match(r"\S*", self.source.text[at : at + 200])
            text = word[0] if word else "!"
            self.refuse(
                "tag",
                f"`{text}` at the start of a text means a type in YAML and would not be shown",
                self.source.span(at, at + len(text)),
                help="put the whole text in quotes",
            )

    def scalar(self, event: Any) -> Scalar:
        span = self.span(event)
        style = "" if event.style in (None, "") else event.style
        scalar = Scalar(event.value, span, style)
        bad = _CONTROL.search(scalar.text)
        if bad:
            self.found.error(
                "control-character",
                f"the control character U+{ord(bad[0]):04X} can't be shown on a page",
                span,
                help="delete it",
            )
        if len(scalar.text) > LONGEST_TEXT:
            self.refuse("too-long", f"a text has more than {LONGEST_TEXT:,} characters", self.source.span(span.start, span.start + 1))
        if style == "":
            self.check_comment(scalar)
        return scalar

    def check_comment(self, scalar: Scalar) -> None:
        """Warn where ` #` cut an unquoted text, unless it clearly is a comment: two blanks before, one after."""
        comment = _COMMENT.match(self.source.text, scalar.span.end)
        if comment is None:
            return
        before, words = comment[1], comment[2]
        if len(before) >= 2 and (len(words) == 1 or words[1] in " \t#"):
            return
        if not scalar.text and words[1:2] in (" ", ""):
            return  # "key: # words": nothing was written that could have been cut
        text = f"{scalar.text}{before}{words}".strip()
        self.found.warning(
            "comment",
            f"`{words.strip()}` is a comment to YAML and is not shown",
            self.source.span(comment.start(2), comment.end(2)),
            help=f'if it belongs to the text, use quotes: "{text}"; if it is a comment, put two blanks before `#` and one after',
        )

    def add(self, node: Node) -> None:
        self.nodes += 1
        if self.nodes > MOST_NODES:
            self.refuse("too-many", f"the file holds more than {MOST_NODES:,} texts", self.source.span(node.span.start, node.span.start + 1))
        if self.stack:
            self.stack[-1].children.append(node)
        else:
            self.root = None if isinstance(node, Scalar) and node.empty else node

    def close(self, end: int) -> None:
        opened = self.stack.pop()
        if not opened.mapping:
            span = self.source.span(opened.start, end)
            self.add(Sequence(tuple(opened.children), span))
            return
        entries: dict[str, tuple[Scalar, Node]] = {}
        for key, value in zip(opened.children[::2], opened.children[1::2], strict=True):
            if not isinstance(key, Scalar):
                self.refuse("list-as-key", "a list or mapping can't be a key", key.span, help="put the text in quotes")
            if key.text == "<<" and key.style == "":
                self.refuse("merge-key", "`<<` merges mappings in YAML, which is not done here", key.span, help="write the keys out")
            if key.text in entries:
                first = entries[key.text][0].span
                self.found.error(
                    "duplicate-key",
                    f"`{key.text}` is written twice",
                    key.span,
                    help="keep one of the two, or join them",
                    other=(first, "the first one is here"),
                )
                continue
            entries[key.text] = (key, value)
        self.add(Mapping(tuple(entries.values()), self.source.span(opened.start, end)))
