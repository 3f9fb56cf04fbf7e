"""YAML in, a tree of located texts out: the only door to PyYAML.

Nothing is typed here: every scalar is the text that stands in the file. Anchors, aliases, tags, merge keys and
a second document are refused where they stand; depth and size are bounded (YAML 1.2.2, sections 3.2.2 and 6.8 to
7.1, say what they would mean). So is what YAML takes in another sense than a person would: a ` #` that cuts a
text, a `- ` that only continues the text above it, a blank in the indent that is none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, NoReturn

import yaml

from courseweek.diagnostics import Diagnostic, Diagnostics, Source, Span
from courseweek.read.fault import SECOND_HELP, Fault, explain_escape, quote_text
from courseweek.read.malformed import explain_malformed

__all__ = ["Mapping", "Node", "Scalar", "Sequence", "quote_text", "read_yaml"]

DEEPEST = 24
"""Lists and mappings inside each other: more are refused."""
MOST_NODES = 50_000
"""Keys, texts, lists and mappings in one file: more are refused."""
MOST_ENTRIES = 2_000
"""Entries of one list, or keys of one mapping: more are refused."""
LONGEST_SCALAR = 200_000
"""Characters in one text, be it a long list of pasted bullets: more are refused."""

_LATEX = re.compile(r"(?<!\\)(?:\\\\)*\\[abefnrtv0][a-z]+")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
_COMMENT = re.compile(r"([ \t]*)(#[^\r\n]*)")
_ODD_BLANK = re.compile("[\u00a0\u2000-\u200b\u202f\u3000]+")
_CONTINUED_DASH = re.compile(r"\n[ \t]*(-)(?=[ \t]|[^\s-])")
# Escapes that name what can't be shown: \0 and the like, and those by number of which one may.
_ESCAPE = re.compile(r"\\(?:[0abevf]|x[01789][0-9A-Fa-f]|u(?:00[01789]|[dD][89A-Fa-f])[0-9A-Fa-f]+|U[0-9A-Fa-f]{8})")
_BIG_ESCAPE = re.compile(r"\\U(?!0010|000)[0-9A-Fa-f]{8}")
# A tab at the end of a line or before a comment: the pure-Python loader stumbles over it.
_TABS = re.compile(r"\t[ \t]*")
# YAML 1.1 ends a line at these, editors don't: to the parser they are blanks, and all columns stay.
_LINE_ENDS = {0x85: " ", 0x2028: " ", 0x2029: " "}


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text. `style` is how it was written: plain (empty), `'`, `"`, `|` or `>`."""

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
            end = source.text.find("\n", at + 1) if at >= 0 else -1
            end = len(source.text) if end < 0 else end
            raw = source.text[at + 1 : end].removesuffix("\r")
            start = min(at + 1 + max(0, len(raw) - len(line)), end)
            found.append((line, source.span(start, at + 1 + len(raw))))
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
    flow: bool
    children: list[Node] = field(default_factory=list)


def read_yaml(source: Source, found: Diagnostics, start: int = 0, end: int | None = None) -> Node | None:
    """Return the tree of the YAML between the indices `start` and `end`, or None: empty, or refused and reported."""
    builder = _Builder(source, found, start)
    text = _TABS.sub(_plain_blanks, source.text[start:end].translate(_LINE_ENDS))
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        for event in yaml.parse(text, Loader=loader):
            builder.take(event)
    except _Refused:
        builder.root = None
    except yaml.YAMLError as error:
        builder.refuse_malformed(explain_malformed(_fault_of(error, builder, text)))
    except (ValueError, OverflowError):
        # The pure-Python loader passes an escape beyond the last code point on to chr().
        match = _BIG_ESCAPE.search(text)
        builder.refuse_malformed(explain_escape(source, start + (match.start() if match else 0)))
    for comment in builder.comments:
        found.add(comment)
    return builder.root


def _plain_blanks(tabs: re.Match[str]) -> str:
    """Return as many blanks for tabs that end a line or stand before a comment, other tabs as they are."""
    after = tabs.string[tabs.end() : tabs.end() + 1]
    return " " * len(tabs[0]) if after in {"", "\r", "\n", "#"} else tabs[0]


def _fault_of(error: yaml.YAMLError, builder: _Builder, text: str) -> Fault:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    index = mark.index if mark is not None else getattr(error, "position", 0)
    before = getattr(error, "context_mark", None)
    context = before.index if before is not None else index
    words = (getattr(error, "context", None), getattr(error, "problem", None), getattr(error, "reason", None))
    start, end = builder.offset, builder.offset + len(text)
    return Fault(
        source=builder.source,
        problem=" ".join(word for word in words if word),
        index=min(start + index, end),
        context=min(start + context, end),
        start=start,
        end=end,
        last=builder.last,
    )


class _Builder:
    """Builds the tree from events with a stack of its own, so that depth costs no recursion."""

    def __init__(self, source: Source, found: Diagnostics, offset: int) -> None:
        self.source = source
        self.found = found
        self.offset = offset
        self.root: Node | None = None
        self.last: Scalar | None = None
        self.comments: list[Diagnostic] = []
        self.stack: list[_Open] = []
        self.nodes = 0
        self.documents = 0

    def span(self, event: Any) -> Span:
        return self.source.span(self.offset + event.start_mark.index, self.offset + event.end_mark.index)

    def refuse(self, name: str, message: str, span: Span, help: str | None = None) -> NoReturn:
        self.found.error(name, message, span, help=help)
        raise _Refused

    def refuse_malformed(self, explained: Diagnostic) -> None:
        """Report why the file can't be read; a warning of the same place says no more than that."""
        self.root = None
        self.comments = [each for each in self.comments if each.span.start != explained.span.start]
        self.found.add(explained)

    def take(self, event: Any) -> None:
        kind = type(event)
        if kind is yaml.ScalarEvent:
            self.check_properties(event)
            self.last = self.scalar(event)
            self.add(self.last)
        elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
            self.check_properties(event)
            if len(self.stack) >= DEEPEST:
                message = f"more than {DEEPEST} lists or mappings stand inside each other"
                self.refuse("too-deep", message, self.span(event), "a text that begins with `[` or `{` needs quotes")
            start = self.offset + event.start_mark.index
            self.stack.append(_Open(start, kind is yaml.MappingStartEvent, bool(event.flow_style)))
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            self.close(self.offset + event.end_mark.index)
        elif kind is yaml.AliasEvent:
            self.refuse_alias(event)
        elif kind is yaml.DocumentStartEvent:
            self.documents += 1
            if self.documents > 1:
                message = "a second document starts here, and there is one in a file"
                self.refuse("second-document", message, self.span(event), SECOND_HELP)

    def refuse_alias(self, event: Any) -> NoReturn:
        span = self.span(event)
        message = f"`{span.text}` at the start of a text means a reference in YAML and would not be shown"
        help = f"put the whole text in quotes: {quote_text(self.rest_of_line(span.start))}"
        self.refuse("alias", message, span, help)

    def rest_of_line(self, at: int) -> str:
        end = self.source.text.find("\n", at)
        return self.source.text[at : end if end >= 0 else len(self.source.text)].strip()

    def check_properties(self, event: Any) -> None:
        """Refuse an anchor or a tag: each hides a word, so that `title: &c for short` would lose "&c"."""
        if event.anchor is None and event.tag is None:
            return
        sign, meaning = ("&", "an anchor") if event.anchor is not None else ("!", "a type")
        at = self.offset + event.start_mark.index
        found = self.source.text.find(sign, at)
        at = found if found >= 0 else at
        word = re.match(r"\S*", self.source.text[at : at + 200])
        text = word[0] if word and word[0] else sign
        self.refuse(
            "anchor" if sign == "&" else "tag",
            f"`{text}` at the start of a text means {meaning} in YAML and would not be shown",
            self.source.span(at, at + len(text)),
            f"put the whole text in quotes: {quote_text(self.rest_of_line(at))}",
        )

    def scalar(self, event: Any) -> Scalar:
        span = self.span(event)
        scalar = Scalar(event.value, span, event.style or "")
        if bad := _CONTROL.search(scalar.text):
            self.report_control(scalar, bad[0])
        if len(scalar.text) > LONGEST_SCALAR:
            message = f"a text has more than {LONGEST_SCALAR:,} characters"
            self.refuse("too-long", message, self.source.span(span.start, span.start + 1))
        if scalar.style == '"' and "$" in scalar.text and (latex := _LATEX.search(scalar.span.text)):
            message = f"`{latex[0]}` in double quotes is not read as written"
            place = scalar.span.within(latex.start(), latex.end())
            self.found.error("escape", message, place, help=f"use single quotes, or write `\\{latex[0]}`")
        if scalar.style == "":
            self.check_comment(scalar)
            self.check_continued(scalar)
        return scalar

    def report_control(self, scalar: Scalar, char: str) -> None:
        escape = _ESCAPE.search(scalar.span.text) if scalar.style == '"' else None
        at = scalar.span.text.find(char)
        if escape is not None and at < 0:
            at = escape.start()
        if "\ud800" <= char <= "\udfff":  # half a character, which only the pure-Python loader lets through
            self.found.add(explain_escape(self.source, scalar.span.start + max(at, 0)))
            return
        message = f"the control character U+{ord(char):04X} can't be shown on a page"
        place = scalar.span.within(at, escape.end() if escape and at == escape.start() else at + 1)
        self.found.error("control-character", message, place if at >= 0 else scalar.span, help="delete it")

    def check_comment(self, scalar: Scalar) -> None:
        """Warn where ` #` cut an unquoted text, unless it clearly is a comment: two blanks before, one after."""
        comment = _COMMENT.match(self.source.text, scalar.span.end)
        if comment is None:
            return
        before, words = comment[1], comment[2].rstrip()
        if (len(before) >= 2 or not scalar.text) and words[1:2] in ("", " ", "\t", "#"):
            return
        text = f"{scalar.text}{before}{words}".strip()
        message = f"`{words}` is a comment to YAML and is not shown"
        place = self.source.span(comment.start(2), comment.start(2) + len(words))
        help = (
            f"if it belongs to the text, write {quote_text(text)}; "
            "if it is a comment, put two blanks before `#` and one after it"
        )
        self.comments.append(Diagnostic("warning", "comment", message, place, help))

    def check_continued(self, scalar: Scalar) -> None:
        """Report a `-` at the start of a line that only continues the text above it."""
        if "\n" not in scalar.span.text or any(each.flow for each in self.stack):
            return
        dash = _CONTINUED_DASH.search(scalar.span.text)
        begin = self.source.text.rfind("\n", 0, scalar.span.start) + 1
        lead = self.source.text[begin : scalar.span.start]
        if dash is not None and scalar.text[:1] == "-" and not lead.strip():
            place = scalar.span.within(0, 1)
            help = f"write - {scalar.text[1:].partition(' -')[0].strip()}"
            self.refuse("missing-space", "a blank is missing after `-`", place, help)
        elif dash is not None:
            place = scalar.span.within(dash.start(1), dash.end(1))
            message = "this line only continues the text above it"
            help = "to begin a new item, give each `-` of the list the same indent; else put the text in quotes"
            self.found.error("indent", message, place, help=help)

    def add(self, node: Node) -> None:
        self.nodes += 1
        if self.nodes > MOST_NODES:
            message = f"the file holds more than {MOST_NODES:,} texts"
            self.refuse("too-many", message, self.source.span(node.span.start, node.span.start + 1))
        if self.stack:
            opened = self.stack[-1]
            if len(opened.children) >= MOST_ENTRIES * (1 + opened.mapping):
                message = f"a list holds more than {MOST_ENTRIES:,} entries"
                self.refuse("too-many", message, self.source.span(node.span.start, node.span.start + 1))
            opened.children.append(node)
        else:
            self.root = None if isinstance(node, Scalar) and node.empty else node

    def close(self, end: int) -> None:
        opened = self.stack.pop()
        if not opened.mapping:
            self.add(Sequence(tuple(opened.children), self.source.span(opened.start, end)))
            return
        entries: dict[str, tuple[Scalar, Node]] = {}
        for key, value in zip(opened.children[::2], opened.children[1::2], strict=True):
            if not isinstance(key, Scalar):
                self.refuse("list-as-key", "a list can't be a key", key.span, "put the text in quotes")
            self.check_key(key)
            if key.text in entries:
                self.found.error(
                    "duplicate-key",
                    f"`{key.text}` is written twice",
                    key.span,
                    help="keep one of the two; if a new entry of a list begins here, put `- ` before it",
                    other=(entries[key.text][0].span, "the first one is here"),
                )
                continue
            entries[key.text] = (key, value)
        self.add(Mapping(tuple(entries.values()), self.source.span(opened.start, end)))

    def check_key(self, key: Scalar) -> None:
        """Refuse a key that would not mean what it looks like."""
        if key.style != "":
            return
        if key.text == "<<":
            help = "write the keys out"
            self.refuse("merge-key", "`<<` merges mappings in YAML, which is not done here", key.span, help)
        if blank := _ODD_BLANK.match(key.text):
            message = f"the blank before `{key.text[blank.end() :]}` is no ordinary one (U+{ord(key.text[0]):04X})"
            self.refuse("indent-character", message, key.part(0, blank.end()), "delete it and indent with blanks")
        if re.match(r"-[A-Za-z_]", key.text):
            help = f"write - {key.text[1:]}:"
            self.refuse("missing-space", "a blank is missing after `-`", key.part(0, 1), help)
