"""YAML's events into a tree of located texts: the only door to PyYAML.

Nothing is typed here: every scalar is the text that is in the file. Anchors, aliases, tags, merge keys and
a second document are refused where they are; depth and size are bounded (YAML 1.2.2, sections 3.2.2 and 6.8 to
7.1, say what they would mean). So is what YAML takes in another sense than a person would: a ` #` that cuts a
text, a `- ` that only continues the text above it.
"""

from __future__ import annotations

import re
from dataclasses import field, replace
from typing import Any, NoReturn

import yaml

from courseweek.diagnostics import Diagnostic, Edit, Span
from courseweek.frozen import dataclass
from courseweek.regex import lazy_pattern
from courseweek.yamltext.complaint import (
    LONGEST_QUOTED,
    SECOND_HELP,
    Complaint,
    Quoted,
    error_at,
    explain_escape,
    quote_text,
)
from courseweek.yamltext.draft import Draft
from courseweek.yamltext.slips.invisible import find_stray, without_strays
from courseweek.yamltext.slips.text_above import explain_text_above_list
from courseweek.yamltext.tree import Mapping, Node, Scalar, Sequence

DEEPEST = 24
"""Lists and mappings inside each other: more are refused."""
MOST_NODES = 50_000
"""Keys, texts, lists and mappings in one file: more are refused."""
MOST_ENTRIES = 2_000
"""Entries of one list, or keys of one mapping: more are refused."""
MERGE = "`<<` merges mappings in YAML, which is not supported here"
LONGEST_SCALAR = 200_000
"""Characters in one text, even a long list of pasted bullets: more are refused."""

# Commands of LaTeX that begin with n; a line of prose seldom begins with one after `\n`.
_WITH_N = r"n(?:abla|eq?|eg|u|i|otin|exists|mid|leq|geq|parallel|onumber|ewline|ot(?=[=<>\\]))(?![A-Za-z])"
_LATEX = lazy_pattern(rf"(?<!\\)(?:\\\\)*(\\(?:[abefrtv][a-z]+|{_WITH_N}))")
# Without a formula around it: a tab or a return before a word.
_LOST_BACKSLASH = lazy_pattern(rf"(?<!\\)(?:\\\\)*(\\(?:[rt][A-Za-z]{{2,}}|{_WITH_N}))")
_CONTROL = lazy_pattern("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
_COMMENT = lazy_pattern(r"([ \t]*)(#[^\r\n]*)")
_OWNER = lazy_pattern(r"(?P<lead>[ ]*(?:-[ ]+)*)(?P<key>[^\s\"'#\[{:][^:#]*?):[ ]+")
_CONTINUED_DASH = lazy_pattern(r"\n[ \t]*(-)(?=[ \t]|[^\s-])")
# Escapes that name what can't be shown: \0 and the like, and those by number of which one may.
_ESCAPE = lazy_pattern(r"\\(?:[0abevfN]|x[01789][0-9A-Fa-f]|u(?:00[01789]|[dD][89A-Fa-f])[0-9A-Fa-f]+|U[0-9A-Fa-f]{8})")
_BIG_ESCAPE = lazy_pattern(r"\\U(?!0010|000)[0-9A-Fa-f]{8}")
# A tab at the end of a line or before a comment: the pure-Python loader stumbles over it.
_TABS = lazy_pattern(r"\t[ \t]*")
# YAML 1.1 ends a line at these, editors don't: to the parser they are spaces, and all columns stay.
_LINE_ENDS = {0x85: " ", 0x2028: " ", 0x2029: " "}


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a draft came to: its tree, what is to be reported of it, and the fault that ended the reading, if any.

    A fault that is `final` lies in the size of the text: reading it in parts would come to no good.
    """

    root: Node | None
    reported: tuple[Diagnostic, ...]
    fault: Diagnostic | None
    final: bool
    nodes: int


class _Stopped(Exception):
    """Reading can't go on, for the reason that it carries."""

    def __init__(self, reason: Diagnostic, *, final: bool = False) -> None:
        super().__init__(reason.name)
        self.reason = reason
        self.final = final


@dataclass(slots=True)
class _OpenNode:
    """A list or mapping whose end has not come yet."""

    start: int
    mapping: bool
    flow: bool
    children: list[Node] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Last:
    """The text that was read last, by its place in the draft."""

    span: Span
    style: str


def parse_draft(draft: Draft, most: int = MOST_NODES) -> Parsed:
    """Return what a draft comes to; the number of nodes is limited."""
    builder = _Builder(draft, most)
    text = _TABS.sub(_plain_spaces, draft.text.translate(_LINE_ENDS))
    fault, final = None, False
    try:
        _build(builder, text)
    except _Stopped as refused:
        from courseweek.yamltext.trial import keep_good_fix_of

        fault, final = keep_good_fix_of(draft, refused.reason), refused.final
    except yaml.YAMLError as error:
        # What explains mistakes is read in only where one was made.
        from courseweek.yamltext.slips.registry import explain_malformed

        ended = _fault_of(error, builder)
        deep = _find_depth(draft, text[: ended.index], most)
        fault, final = (deep, True) if deep is not None else (draft.settle(explain_malformed(ended)), False)
    except (ValueError, OverflowError):
        # The pure-Python loader passes an escape beyond the last code point on to chr().
        match = _BIG_ESCAPE.search(draft.text)
        fault = draft.settle(explain_escape(draft.as_source(), match.start() if match else 0))
    # A warning of the fault's own place says no more than it.
    comments = [each for each in builder.comments if fault is None or each.span.start != fault.span.start]
    root = builder.root if fault is None else None
    return Parsed(root, (*builder.reported, *comments), fault, final, builder.nodes)


def find_fault(draft: Draft) -> tuple[int, ...]:
    """Return where in the file the reading of a draft ends early, and where that begins in which it ends."""
    builder = _Builder(draft, MOST_NODES)
    try:
        _build(builder, _TABS.sub(_plain_spaces, draft.text.translate(_LINE_ENDS)))
    except _Stopped as refused:
        return (refused.reason.span.start,)
    except yaml.YAMLError as error:
        ended = _fault_of(error, builder)
        return (draft.locate(ended.index), draft.locate(ended.context))
    except (ValueError, OverflowError):
        return (draft.start,)
    return ()


def _build(builder: _Builder, text: str) -> None:
    """Give the events of a text to the builder.

    Raises `_Stopped` for what the builder does not take, and `yaml.YAMLError` for what the parser can't read.
    """
    for event in yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
        builder.take(event)


def _find_depth(draft: Draft, before: str, most: int) -> Diagnostic | None:
    """Return the refusal of too many lists inside each other, if the text before a parser's fault holds it.

    Some versions of libyaml bound the depth themselves. They look further ahead than they report events, so their
    fault comes before the builder has seen one bracket, and each version words it differently. So the words are not
    asked: what was read up to the fault is read again as if the file ended there, which brings its events.
    """
    if before.count("[") + before.count("{") <= DEEPEST:
        return None
    try:
        _build(_Builder(draft, most), before)
    except _Stopped as refused:
        return refused.reason if refused.reason.name == "too-deep" else None
    except yaml.YAMLError:
        pass
    return None


def _lost_backslash(scalar: Scalar, control: bool) -> Span | None:
    """Return the word whose backslash double quotes take, as that of `\\tau`, if one is certainly such a word.

    `control` says that an escape of the text stands for what can't be shown.
    """
    pattern = _LATEX if control or "$" in scalar.text else _LOST_BACKSLASH
    match = pattern.search(scalar.span.text)
    return scalar.span.within(*match.span(1)) if match is not None else None


def _plain_spaces(tabs: re.Match[str]) -> str:
    """Return as many spaces for tabs that end a line or come before a comment, other tabs as they are."""
    after = tabs.string[tabs.end() : tabs.end() + 1]
    return " " * len(tabs[0]) if after in {"", "\r", "\n", "#"} else tabs[0]


def _fault_of(error: yaml.YAMLError, builder: _Builder) -> Complaint:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    index = mark.index if mark is not None else getattr(error, "position", 0)
    before = getattr(error, "context_mark", None)
    context = before.index if before is not None else index
    words = (getattr(error, "context", None), getattr(error, "problem", None), getattr(error, "reason", None))
    source = builder.draft.as_source()
    length = len(builder.draft.text)
    last: Quoted | None = None
    if builder.last is not None:
        start, end, style = builder.last
        last = _Last(source.span(start, end), style)
    return Complaint(
        source=source,
        problem=" ".join(word for word in words if word),
        index=min(index, length),
        context=min(context, length),
        start=0,
        end=length,
        last=last,
        before=builder.draft.above(),
        after=builder.draft.below(),
        grammar=builder.draft.grammar,
    )


class _Builder:
    """Builds the tree from events with a stack of its own, so that depth costs no recursion."""

    def __init__(self, draft: Draft, most: int) -> None:
        self.draft = draft
        self.most = most
        self.reported: list[Diagnostic] = []
        self.comments: list[Diagnostic] = []
        self.root: Node | None = None
        self.last: tuple[int, int, str] | None = None
        self.stack: list[_OpenNode] = []
        self.nodes = 0
        self.documents = 0

    def span(self, event: Any) -> Span:
        return self.draft.span(event.start_mark.index, event.end_mark.index)

    def refuse(
        self,
        name: str,
        message: str,
        span: Span,
        help: str | None = None,
        *,
        final: bool = False,
        fix: tuple[Edit, ...] = (),
    ) -> NoReturn:
        raise _Stopped(Diagnostic("error", name, message, span, help, fix=fix), final=final)

    def take(self, event: Any) -> None:
        kind = type(event)
        if kind is yaml.ScalarEvent:
            self.check_properties(event)
            self.last = (event.start_mark.index, event.end_mark.index, event.style or "")
            self.add(self.scalar(event))
        elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
            self.check_properties(event)
            if len(self.stack) >= DEEPEST:
                message = f"lists and mappings are nested more than {DEEPEST} levels deep"
                help = "a text that begins with `[` or `{` needs quotes"
                self.refuse("too-deep", message, self.span(event), help, final=True)
            start = event.start_mark.index
            self.stack.append(_OpenNode(start, kind is yaml.MappingStartEvent, bool(event.flow_style)))
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            self.close(event.end_mark.index)
        elif kind is yaml.AliasEvent:
            self.refuse_alias(event)
        elif kind is yaml.DocumentStartEvent:
            self.documents += 1
            if self.documents > 1:
                message = "a second document starts here, but a file can have only one"
                self.refuse("second-document", message, self.span(event), SECOND_HELP)

    def refuse_alias(self, event: Any) -> NoReturn:
        span = self.span(event)
        merge = re.compile(r"[ \t]*(?:-[ ]+)*(<<):[ \t]*").fullmatch(
            self.draft.text, self.draft.text.rfind("\n", 0, event.start_mark.index) + 1, event.start_mark.index
        )
        if merge is not None:
            help = f"write out here what is under `{span.text[1:]}`"
            self.refuse("merge-key", MERGE, self.draft.span(merge.start(1), merge.end(1)), help)
        message = f"`{span.text}` at the start of a text means a reference in YAML and would not be shown"
        text, fix = self.quoted_rest(event.start_mark.index)
        self.refuse("alias", message, span, f"put the whole text in quotes: {text}", fix=fix)

    def quoted_rest(self, at: int) -> tuple[str, tuple[Edit, ...]]:
        """Return the rest of the line between quotes, and the edit that writes it so."""
        end = self.draft.text.find("\n", at)
        rest = self.draft.text[at : end if end >= 0 else len(self.draft.text)].strip()
        if (self.stack and self.stack[-1].flow) or rest.endswith(":") or not re.search(r"\s", rest):
            # A word alone may stand for what is below it.
            return quote_text(rest), ()
        return quote_text(rest), (Edit(self.draft.span(at, at + len(rest)), quote_text(rest)),)

    def check_properties(self, event: Any) -> None:
        """Refuse an anchor or a tag: each hides a word, so that `title: &c for short` would lose "&c"."""
        if event.anchor is None and event.tag is None:
            return
        sign, meaning = ("&", "an anchor") if event.anchor is not None else ("!", "a type")
        at = event.start_mark.index
        found = self.draft.text.find(sign, at)
        at = found if found >= 0 else at
        word = re.match(r"\S*", self.draft.text[at : at + 200])
        text = word[0] if word and word[0] else sign
        # One that is used further down is meant, and hides more than a word: nothing after it would be right.
        used = event.anchor is not None and f"*{event.anchor}" in self.draft.text
        quoted, fix = self.quoted_rest(at)
        self.refuse(
            "anchor" if sign == "&" else "tag",
            f"`{text}` at the start of a text means {meaning} in YAML and would not be shown",
            self.draft.span(at, at + len(text)),
            f"put the whole text in quotes: {quoted}" if not used else "write out in each place what it stands for",
            final=used,
            fix=() if used else fix,
        )

    def scalar(self, event: Any) -> Scalar:
        span = self.span(event)
        scalar = Scalar(event.value, span, event.style or "")
        bad = None if scalar.text.isprintable() else _CONTROL.search(scalar.text)
        if scalar.style == '"' and "\\" in scalar.span.text and (word := _lost_backslash(scalar, bad is not None)):
            message = f"`{word.text}` in double quotes is not read as written"
            self.reported.append(error_at("escape", message, word, f"use single quotes, or write `\\{word.text}`"))
            scalar = replace(scalar, text=_CONTROL.sub(" ", scalar.text))
        elif bad:
            self.report_control(scalar, bad[0])
        elif stray := find_stray(scalar):
            self.reported.append(stray)
            scalar = replace(scalar, text=without_strays(scalar.text))
        if len(scalar.text) > LONGEST_SCALAR:
            message = f"a text has more than {LONGEST_SCALAR:,} characters"
            self.refuse("too-long", message, self.draft.source.span(span.start, span.start + 1), final=True)
        if scalar.style == "":
            self.check_comment(scalar, event)
            self.check_continued(scalar, event)
        return scalar

    def report_control(self, scalar: Scalar, char: str) -> None:
        escape = _ESCAPE.search(scalar.span.text) if scalar.style == '"' else None
        at = scalar.span.text.find(char)
        if escape is not None and at < 0:
            at = escape.start()
        if "\ud800" <= char <= "\udfff":  # half a character, which only the pure-Python loader lets through
            self.reported.append(explain_escape(self.draft.source, scalar.span.start + max(at, 0)))
            return
        message = f"the control character U+{ord(char):04X} can't be shown on a page"
        place = scalar.span.within(at, escape.end() if escape and at == escape.start() else at + 1)
        self.reported.append(error_at("control-character", message, place if at >= 0 else scalar.span, "delete it"))

    def check_comment(self, scalar: Scalar, event: Any) -> None:
        """Warn where ` #` cut an unquoted text, unless it clearly is a comment: two spaces before, one after."""
        comment = _COMMENT.match(self.draft.text, event.end_mark.index)
        if comment is None:
            return
        before, words = comment[1], comment[2].rstrip()
        if (len(before) >= 2 or not scalar.text) and words[1:2] in ("", " ", "\t", "#"):
            return
        text = f"{scalar.text}{before}{words}".strip()
        message = f"YAML reads `{words}` as a comment, so it is not shown"
        place = self.draft.span(comment.start(2), comment.start(2) + len(words))
        help = (
            f"if it belongs to the text, write {quote_text(text)}; "
            "if it is a comment, put two spaces before `#` and one after it"
        )
        self.comments.append(Diagnostic("warning", "comment", message, place, help))

    def check_continued(self, scalar: Scalar, event: Any) -> None:
        """Report a `-` at the start of a line that only continues the text above it."""
        raw = self.draft.text[event.start_mark.index : event.end_mark.index]
        if "\n" not in raw or any(each.flow for each in self.stack):
            return
        dash = _CONTINUED_DASH.search(raw)
        begin = self.draft.text.rfind("\n", 0, event.start_mark.index) + 1
        lead = self.draft.text[begin : event.start_mark.index]
        if dash is not None and scalar.text[:1] == "-" and not lead.strip():
            place = scalar.span.within(0, 1)
            help = f"write - {scalar.text[1:].partition(' -')[0].strip()}"
            starts = re.finditer(r"(?:^|(?<=\n))[ \t]*-(?=[^\s-])", raw)
            ends = [event.start_mark.index + each.end() for each in starts]
            fix = tuple(Edit(self.draft.span(end, end), " ") for end in ends)
            self.refuse("missing-space", "a space is missing after `-`", place, help, fix=fix)
        elif dash is not None:
            start = event.start_mark.index + dash.start(1)
            owner = _OWNER.fullmatch(lead)
            end = event.start_mark.index + len(raw.partition("\n")[0].rstrip())
            text, margin = self.draft.span(event.start_mark.index, end), owner is not None and not owner["lead"]
            both = owner and explain_text_above_list(self.draft.grammar, owner["key"], text, at_margin=margin)
            if both:
                self.reported.append(both)
                return
            message = "this line only continues the text above it"
            help = "to begin a new item, give each `-` of the list the same indent; otherwise put the text in quotes"
            self.reported.append(error_at("indent", message, self.draft.span(start, start + 1), help))

    def add(self, node: Node) -> None:
        self.nodes += 1
        if self.nodes > self.most:
            message = f"the file holds more than {MOST_NODES:,} texts"
            place = self.draft.source.span(node.span.start, node.span.start + 1)
            self.refuse("too-many", message, place, final=True)
        if self.stack:
            opened = self.stack[-1]
            if len(opened.children) >= MOST_ENTRIES * (1 + opened.mapping):
                message = f"a list holds more than {MOST_ENTRIES:,} entries"
                place = self.draft.source.span(node.span.start, node.span.start + 1)
                self.refuse("too-many", message, place, final=True)
            opened.children.append(node)
        else:
            self.root = None if isinstance(node, Scalar) and node.empty else node

    def close(self, end: int) -> None:
        opened = self.stack.pop()
        if not opened.mapping:
            self.add(Sequence(tuple(opened.children), self.draft.span(opened.start, end)))
            return
        pairs: list[tuple[Scalar, Node]] = []
        for key, value in zip(opened.children[::2], opened.children[1::2], strict=True):
            if not isinstance(key, Scalar):
                self.refuse_list_as_key(key)
            self.check_key(key)
            pairs.append((key, value))
        entries, doubled = join_entries(pairs)
        self.reported += doubled
        self.add(Mapping(entries, self.draft.span(opened.start, end)))

    def refuse_list_as_key(self, key: Node) -> NoReturn:
        """Refuse `[Knots]: links`, which is a text, and what is behind a `?`."""
        source = key.span.source
        begin = source.text.rfind("\n", 0, key.span.start) + 1
        end = source.text.find("\n", key.span.start)
        text = source.text[key.span.start : end if end >= 0 else len(source.text)].strip()
        lead = re.fullmatch(r"[ ]*((?:-[ ]+)*)(\?[ ]+)?", source.text[begin : key.span.start])
        if lead is not None and lead[2]:
            place = source.span(key.span.start - len(lead[2]), key.span.start - len(lead[2]) + 1)
            gone = Edit(source.span(place.start, key.span.start), "")
            self.refuse("list-as-key", "a key doesn't begin with `?`", place, f"write {lead[1]}{text}", fix=(gone,))
        if lead is None or text.endswith(":") or key.span.text[:1] not in "[{":
            self.refuse("list-as-key", "a list can't be a key", key.span, "put the text in quotes")
        whole = Edit(source.span(key.span.start, key.span.start + len(text)), quote_text(text))
        fix = (whole,) if len(text) <= LONGEST_QUOTED and "#" not in text else ()
        self.refuse("list-as-key", "a list can't be a key", key.span, f"write {lead[1]}{quote_text(text)}", fix=fix)

    def check_key(self, key: Scalar) -> None:
        """Refuse a key that would not mean what it looks like."""
        if key.style != "":
            return
        if key.text == "<<":
            rest = self.draft.source.text[key.span.end : key.span.end + 200].partition("\n")[0]
            inner = re.fullmatch(r":[ \t]*\{(.{1,150})\}[ \t\r]*", rest)
            help = f"write the keys out: {inner[1].strip()}" if inner else "write the keys out"
            self.refuse("merge-key", MERGE, key.span, help)
        if re.match(r"-[A-Za-z_]", key.text):
            place = key.part(0, 1)
            fix = (Edit(Span(place.source, place.end, place.end), " "),)
            self.refuse("missing-space", "a space is missing after `-`", place, f"write - {key.text[1:]}:", fix=fix)


def join_entries(
    pairs: list[tuple[Scalar, Node]],
) -> tuple[tuple[tuple[Scalar, Node], ...], list[Diagnostic]]:
    """Return the entries of a mapping, of a key written twice the first, and what is reported of such keys.

    Where the first key comes again, an entry has lost its `- `: the keys after it are no mistake of their own.
    """
    entries: dict[str, tuple[Scalar, Node]] = {}
    reported: list[Diagnostic] = []
    for key, value in pairs:
        if key.text not in entries:
            entries[key.text] = (key, value)
            continue
        help = "keep one of the two; if a new entry of a list begins here, put `- ` before it"
        if not isinstance(value, Scalar) and not isinstance(entries[key.text][1], Scalar):
            help = "put the lines below it under the first one, and delete this line"
        other = (entries[key.text][0].span, "the first one is here")
        again = _begins_item(pairs[0][0], key) if key.text == pairs[0][0].text else None
        fix = () if again is None else (Edit(again, "- "),)
        message = f"`{key.text}` is written twice"
        reported.append(Diagnostic("error", "duplicate-key", message, key.span, help, other, fix))
        if fix:
            break
    return tuple(entries.values()), reported


def _begins_item(first: Scalar, key: Scalar) -> Span | None:
    """Return where a `- ` is missing before a key, if the first key of its item has one and there is room for it."""
    source = key.span.source
    lead = source.text[source.text.rfind("\n", 0, first.span.start) + 1 : first.span.start]
    before = source.text[source.text.rfind("\n", 0, key.span.start) + 1 : key.span.start]
    if before.strip(" ") or len(before) != len(lead) or not re.fullmatch(r" *- ", lead):
        return None
    return source.span(key.span.start - 2, key.span.start)
