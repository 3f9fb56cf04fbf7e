"""From located texts to typed values: tables of fields, and the reader that applies them.

A `Table` says which keys a mapping can have. `Reader.record` reads a mapping by its table and reports unknown
keys (with the one that was probably meant), missing ones and values of the wrong shape, each at its place.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import field, replace
from typing import Any, ClassVar, Generic, TypeVar, cast
from zoneinfo import ZoneInfo

from courseweek.cache import Memory
from courseweek.diagnostics import Diagnostics, Edit, Span
from courseweek.frozen import dataclass
from courseweek.model.origin import Origin
from courseweek.model.slug import make_slug
from courseweek.read.floods import MOST_MARKS, count_marks, find_flood_in_text
from courseweek.read.fragments import NOTHING, JsonSchema
from courseweek.read.habits import explain_other_way, find_synonym, label_of
from courseweek.read.homes import find_home
from courseweek.read.moments import Window
from courseweek.yamltext.document import Mapping, Node, Scalar, Sequence, quote_text
from courseweek.yamltext.grammar import Kind
from courseweek.yamltext.slips.commas import find_splits
from courseweek.yamltext.slips.glued import explain_glued_entry, explain_swallowed_key, write_between_braces

MOST_REPEATED = 300
"""A remedy puts no longer text in quotes by itself."""

LABELLED_LINKS = "labels with addresses"
"""How the shapes of fields are called whose values are links by their labels."""

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Shape(Generic[T_co]):
    """What a value looks like (`what`, as in "a date such as 2027-02-15") and how it is read.

    `read` returns None after it has reported why it can't. `schema` is what an editor can check about such a value: it
    takes whatever `read` takes. `example` is a value that can be pasted.
    """

    what: str
    read: Callable[[Node, Reader], T_co | None]
    schema: JsonSchema = field(compare=False)
    example: str | None = None


@dataclass(frozen=True, slots=True)
class Field(Generic[T_co]):
    """One key of a table."""

    key: str
    shape: Shape[T_co]
    summary: str
    required: bool = False


class Table:
    """The keys that one kind of mapping can have; `what` names it in messages ("a reading").

    `rules` is what its JSON Schema says beyond them, such as that there must be one of two. `all` are the tables of
    the program: one may have the key that another one lacks.
    """

    all: ClassVar[list[Table]] = []

    def __init__(self, what: str, *fields: Field[Any], rules: JsonSchema | None = None) -> None:
        """Take the name for messages and the fields in the order of the reference."""
        self.what = what
        self.rules = rules or {}
        self.fields = fields
        self.by_key = {each.key: each for each in fields}
        Table.all.append(self)

    def value_of(self, key: str) -> Kind:
        """Return what the value of a key may be."""
        return Kind([self.by_key[key].shape.schema] if key in self.by_key else [], {})


def schema_of(table: Table) -> JsonSchema:
    """Return what takes a mapping by this table."""
    properties = {
        each.key: {"description": each.summary, "anyOf": [each.shape.schema, *([] if each.required else [NOTHING])]}
        for each in table.fields
    }
    return {
        "title": table.what,
        "type": "object",
        "properties": properties,
        "required": [each.key for each in table.fields if each.required],
        "additionalProperties": False,
        **table.rules,
    }


@dataclass(frozen=True, slots=True)
class Record:
    """The values of one mapping by the fields of its table, and their places."""

    values: dict[str, Any]
    origin: Origin
    strange: bool = False
    """Whether a key was written that the table doesn't have, or could not be read."""

    def __getitem__(self, wanted: Field[T]) -> T | None:
        """Return the value of this field, or None where it is absent, empty or was refused."""
        return cast("T | None", self.values.get(wanted.key))

    def need(self, wanted: Field[T]) -> T:
        """Return the value of a required field, which is there in a record that is `whole`."""
        return cast(T, self.values[wanted.key])

    def whole(self, *wanted: Field[Any]) -> bool:
        """Return whether each of these fields has a value."""
        return all(each.key in self.values for each in wanted)

    def lacks(self, *wanted: Field[Any]) -> bool:
        """Return whether one of these fields was written, or may have been, but has no value."""
        return self.strange or any(each.key in self.origin.fields and each.key not in self.values for each in wanted)


@dataclass(slots=True)
class Reader:
    """What reading a file needs besides its nodes: the collector, the term's days and zone, the assets.

    It remembers what could not be read: `lost` are the texts of it, which others may name, and `unsettled` says that
    the days of topics depend on it. `roles` are those that presenters may hold. `memory` spares what earlier builds
    read, `day_first` says that the course's language writes `8.5.2027` for 8 May.
    """

    found: Diagnostics
    window: Window | None = None
    zone: ZoneInfo | None = None
    day_first: bool = False
    assets: frozenset[str] = frozenset()
    lost: set[str] = field(default_factory=set)
    unsettled: bool = False
    marks: int = 0
    topics: int = 0
    roles: frozenset[str] = frozenset()
    memory: Memory | None = None

    def again(self, found: Diagnostics) -> Reader:
        """Return a reader that knows the same, and leaves this one as it is."""
        return replace(self, found=found, lost=set(self.lost))

    def take_over(self, other: Reader) -> None:
        """Take over what a reader that began as this one has found."""
        self.found.absorb(other.found)
        self.lost |= other.lost
        self.unsettled |= other.unsettled
        self.marks, self.topics = other.marks, other.topics

    def find_flood(self, text: str) -> str | None:
        """Return why a text is too much for Markdown, by itself or with those that were read before it; or None."""
        flood = find_flood_in_text(text)
        if flood is not None:
            return flood[1]
        self.marks += count_marks(text)
        if self.marks <= MOST_MARKS:
            return None
        return (
            f"the texts up to here contain more than {MOST_MARKS:,} of the marks `*`, `_`, `$`, `&`, `\\` and backticks"
        )

    def lose(self, node: Node) -> None:
        """Remember the texts of what can't be read: one may be the id by which other places name it."""
        if isinstance(node, Scalar):
            self.lost |= {node.text.strip(), make_slug(node.text)}
        elif isinstance(node, Sequence):
            for item in node.items:
                self.lose(item)
        else:
            for key, value in node.entries:
                self.lose(key)
                self.lose(value)

    def record(self, node: Node, table: Table) -> Record | None:
        """Read a mapping by its table; None, and reported, if it is not a mapping."""
        if not isinstance(node, Mapping):
            self._report_no_mapping(node, table)
            return None
        start = node.entries[0][0].span if node.entries else node.span
        values: dict[str, Any] = {}
        fields: dict[str, Span] = {}
        places: dict[str, Span] = {}
        written = {key.text for key, _ in node.entries}
        split = find_splits(node, table.by_key, table.value_of)
        meant = split.meant
        for reported in split.reported:
            self.found.add(reported)
        for key, value in node.entries:
            known = table.by_key.get(key.text)
            if key.span in split.places:
                continue
            if known is None:
                meant.add(self._report_unknown(key, value, table, written))
                continue
            places[known.key] = key.span
            if isinstance(value, Scalar) and value.empty:
                continue
            fields[known.key] = value.span
            if self._report_swallowed(key, value, table, written):
                continue
            read = known.shape.read(value, self) if key.span not in split.cut else None
            if read is not None:
                values[known.key] = read
            else:
                self.lose(value)
        for each in table.fields:
            if each.required and each.key not in values:
                self.lose(node)
            if each.required and each.key not in fields and each.key not in meant and not node.may_hold(each.key):
                self._report_missing(each, table, places.get(each.key, start), each.key in places)
        return Record(values, Origin(start, fields, places), bool(node.lost) or not written <= table.by_key.keys())

    def report_glued(self, node: Node, table: Table, *, sure: bool = False) -> bool:
        """Return whether a text is a mapping whose keys lack the space after their colons; report it if so.

        It is `sure` to be one where nothing but a mapping can be written.
        """
        if not isinstance(node, Scalar):
            return False
        needed = {each.key for each in table.fields if each.required}
        reported = explain_glued_entry(node, table.by_key, sure=sure, needed=needed)
        if reported is None:
            return False
        self.lose(node)
        self.found.add(reported)
        return True

    def _report_swallowed(self, key: Scalar, value: Node, table: Table, written: set[str]) -> bool:
        """Return whether a key's text runs into the next key, which lacks a space; report it if so."""
        if not isinstance(value, Scalar):
            return False
        reported = explain_swallowed_key(key, value, table.by_key.keys() - written)
        if reported is None:
            return False
        self.lose(value)
        self.found.add(reported)
        return True

    def _report_no_mapping(self, node: Node, table: Table) -> None:
        if self.report_glued(node, table, sure=True):
            return
        keys = ", ".join(f"`{each.key}`" for each in table.fields[:3])
        more = " …" if len(table.fields) > 3 else ""
        message = f"{table.what} is written as keys with values"
        self.error("wrong-shape", message, node, f"its keys are {keys}{more}{self._propose_keys(node, table)}")

    def _propose_keys(self, node: Node, table: Table) -> str:
        """Return how a text is written with the keys of a table: with the first key that can have it for its value."""
        if not isinstance(node, Scalar) or node.style not in ("", "'", '"') or not _fits_line(node):
            return ""
        # Nearly every text can be a name or a title, so these are asked last.
        fields = sorted(table.fields, key=lambda each: (each.shape.example is None, not each.required))
        fitting = next((each for each in fields if self.takes(each.shape, node)), None)
        if fitting is None:
            return ""
        others = [f"{each.key}: …" for each in table.fields if each.required and each is not fitting]
        # A rule asks for one of some keys, and the first of the table is one of them.
        others += ["…"] if table.rules and fitting is not table.fields[0] else []
        text = node.span.text if node.style else write_between_braces(node.text)
        return f"; write {{{', '.join([f'{fitting.key}: {text}', *others])}}}"

    def takes(self, shape: Shape[Any], node: Node) -> bool:
        """Return whether a value has this shape."""
        trial = replace(self, found=Diagnostics(), lost=set())
        return shape.read(node, trial) is not None and not trial.found.errors

    def _report_unknown(self, key: Scalar, value: Node, table: Table, written: set[str]) -> str:
        """Report a key that the table doesn't have; return the one that was probably meant, or an empty text."""
        self.lose(value)
        head, colon, tail = key.text.partition(":")
        if colon and tail and head in table.by_key:
            place = key.part(len(head), len(head) + 1)
            help = f"write {head}: {quote_text(tail)}"
            # In quotes, the colon may be meant, and the place may be that of all.
            fix = (Edit(place.within(1, 1), " "),) if place.text == ":" else ()
            self.found.error("missing-space", "a space is missing after `:`", place, help=help, fix=fix)
            return head
        free = [each for each in table.by_key if each not in written]
        spelled = next((each for each in free if _fold_key(each) == _fold_key(key.text)), None)
        other = explain_other_way(table.what, key.text)
        if not spelled and not other and self._report_label(key, value, table, free):
            return ""
        near = spelled or find_synonym(key.text, free)
        home = None if near or other else find_home(key.text, table, Table.all)
        near = near or (None if home else self.found.suggest(key.text, free))
        if not spelled and "url" in free and isinstance(value, Scalar) and _is_address(value.text):
            near, home = "url", None
        fix = (Edit(key.span, spelled),) if spelled is not None and key.span.text == key.text else ()
        known = ", ".join(f"`{each}`" for each in table.by_key)
        help = other or home or (f"did you mean `{near}`?" if near else f"its keys are {known}")
        self.found.error("unknown-key", f"{table.what} has no key `{key.text}`", key.span, help=help, fix=fix)
        return near or ""

    def _report_label(self, key: Scalar, value: Node, table: Table, free: list[str]) -> bool:
        """Return whether a key is the label of a link (`slides`), and so belongs in a links field; report it if so."""
        owner = next((each.key for each in table.fields if each.shape.what.startswith(LABELLED_LINKS)), None)
        label = label_of(key.text)
        if owner is None or label is None or not isinstance(value, Scalar) or not value.text:
            return False
        written = f"{{{label}: {write_between_braces(value.text)}}}"
        help = f"write {owner}: {written}" if owner in free else f"add {written[1:-1]} to {owner}:"
        place = key.span.source.span(key.span.start, value.span.end)
        plain = "\n" not in place.text and value.style in ("", "'", '"')
        fix = (Edit(place, f"{owner}: {written}"),) if owner in free and plain else ()
        self.found.error("unknown-key", f"{table.what} has no key `{key.text}`", key.span, help=help, fix=fix)
        return True

    def _report_missing(self, missing: Field[Any], table: Table, span: Span, empty: bool) -> None:
        what = f"`{missing.key}` of {table.what} is empty" if empty else f"{table.what} needs `{missing.key}`"
        example = missing.shape.example
        comment = re.compile(r":[ \t]*(#[^\r\n]*)").match(span.source.text, span.end) if empty else None
        if comment is not None:
            words = comment[1].rstrip()
            place = span.source.span(comment.start(1), comment.start(1) + len(words))
            self.found.withdraw("comment", place)
            help = f"` #` begins a comment; write {missing.key}: {quote_text(words)}"
            # With a space after the `#`, it may be meant as a comment.
            sure = words[1:2].isalnum() and len(words) < MOST_REPEATED
            fix = (Edit(place, quote_text(words)),) if sure else ()
            self.found.error("missing-key", what, span, help=help, fix=fix)
            return
        help = f"write {missing.key}: and {missing.summary}"
        if example:
            help += f", such as {example}"
        self.found.error("missing-key", what, span, help=help)

    def is_split(self, node: Node, before: Node | None, table: Table) -> bool:
        """Return whether an item of a list holds fields of the item before it; report it if so.

        An extra `- ` makes this: each field becomes an item of its own.
        """
        if not isinstance(node, Mapping) or not isinstance(before, Mapping):
            return False
        if not node.entries or not before.entries:
            return False
        if node.span.text.startswith("{"):
            return False  # no `-` of its own
        keys = {key.text for key, _ in node.entries}
        first = {key.text for key, _ in before.entries}
        needed = {each.key for each in table.fields if each.required}
        if not keys <= table.by_key.keys() or keys & needed or keys & first or not first <= table.by_key.keys():
            return False
        self.lose(node)
        key, owner = node.entries[0][0], before.entries[0][0]
        self.found.error(
            "split-entry",
            f"`{key.text}` is an entry of its own",
            key.span,
            help=f"if it belongs to `{owner.text}` above, delete the `-` and indent it like `{owner.text}`",
        )
        return True

    def report_empty(self, item: Scalar, table: Table) -> None:
        """Report an item of a list in which nothing was written."""
        span = item.span
        before = span.source.text.rfind("-", 0, span.start)
        place = span.source.span(before, before + 1) if before >= 0 else span
        message = f"this entry is empty; it must be {table.what}"
        self.found.error("empty", message, place, help="write it, or delete the line")

    def error(
        self,
        name: str,
        message: str,
        node: Node,
        help: str | None = None,
        other: tuple[Span, str] | None = None,
        fix: tuple[Edit, ...] = (),
    ) -> None:
        """Report an error at a node, which is lost by it; for a list or mapping at its first line."""
        self.lose(node)
        span = node.span
        if not isinstance(node, Scalar):
            end = span.source.text.find("\n", span.start, span.end)
            span = Span(span.source, span.start, end if end >= 0 else span.end)
        self.found.error(name, message, span, help=help, other=other, fix=fix)

    def scalar(self, node: Node, what: str, takes: Callable[[str], bool] | None = None) -> Scalar | None:
        """Return the node if it is a text that is not empty; otherwise report that `what` was expected.

        `takes` says which texts can be read there: no other is proposed, and none where it is unclear.
        """
        if isinstance(node, Scalar) and node.text.strip():
            return node
        if isinstance(node, Scalar):
            self.error("wrong-shape", f"this is empty; it must be {what}", node, "write it, or delete this")
            return None
        kind = "a list" if isinstance(node, Sequence) else "a group of keys"
        help = _propose_text(node, takes) if takes is not None else None
        self.error("wrong-shape", f"this must be {what}, not {kind}", node, help)
        return None


def _propose_text(node: Sequence | Mapping, takes: Callable[[str], bool]) -> str | None:
    """Return how a list or a mapping is written as the one text that is expected; None where that is not known."""
    if isinstance(node, Mapping):
        key, value = node.entries[0] if len(node.entries) == 1 else (None, None)
        if key is None or value is None or not _fits_line(node):
            return None
        if isinstance(value, Scalar) and value.empty and node.span.text.startswith("{"):
            return f"write {key.span.text}, without braces" if takes(key.text) else None
        sure = isinstance(value, Scalar) and not node.span.text.startswith("{") and takes(node.span.text)
        return f"if it is text, put it in quotes: {quote_text(node.span.text)}" if sure else None
    texts = [item.text for item in node.items if isinstance(item, Scalar)]
    if len(texts) != len(node.items) or not texts or not takes(texts[0]):
        return None
    if len(texts) == 1:
        return f"write {node.items[0].span.text}, without brackets or `-`" if _fits_line(node.items[0]) else None
    if _is_address(texts[0]):
        return f"write one of them, {node.items[0].span.text}, and the others under links: as in {{Slides: https://…}}"
    whole = ", ".join(texts)
    if re.search(r"[\r\n]", whole) or len(whole) > MOST_REPEATED:
        return None
    if not takes(whole):
        return f"write one of them, such as {node.items[0].span.text}"
    return f"write {quote_text(whole)}, without brackets or `-`"


def _fold_key(key: str) -> str:
    """Return a key in the form in which only its spelling differs: case, and what joins its words."""
    return re.sub(r"[-_ ]+", "_", key.strip()).casefold()


def read_items(
    node: Node | None, reader: Reader, read: Callable[[Node, Reader], T | None], table: Table
) -> tuple[T, ...]:
    """Read each item of a list by `read`; a single value is a list of one."""
    if node is None:
        return ()
    values: list[T] = []
    before: Node | None = None
    for item in node.items if isinstance(node, Sequence) else (node,):
        if isinstance(item, Scalar) and item.empty:
            reader.report_empty(item, table)
        elif not reader.report_glued(item, table) and not reader.is_split(item, before, table):
            value = read(item, reader)
            values += [] if value is None else [value]
        before = item
    return tuple(values)


def _is_address(text: str) -> bool:
    return re.match(r"https?://\S+$", text) is not None


def _fits_line(node: Node) -> bool:
    """Return whether the value is one short line that a message can repeat."""
    return not re.search(r"[\r\n]", node.span.text) and 0 < len(node.span.text) <= 120
