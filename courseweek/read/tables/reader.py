"""From located texts to typed values: the reader that applies tables of fields.

`Reader.record` reads a mapping by its table and reports unknown keys (with the one that was probably meant), missing
ones and values of the wrong shape, each at its place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import field, replace
from typing import Any
from zoneinfo import ZoneInfo

from courseweek.cache import Memory
from courseweek.diagnostics import Diagnostics, Edit, Span
from courseweek.frozen import dataclass
from courseweek.language.language import ENGLISH, Language
from courseweek.model.origin import Origin
from courseweek.model.slug import make_slug
from courseweek.read.tables.fields import Record, Shape, T, Table
from courseweek.read.values.dates import Window
from courseweek.read.values.markdown_limits import MOST_MARKS, count_marks, find_flood_in_text
from courseweek.yamltext.document import Mapping, Node, Scalar, Sequence, quote_text
from courseweek.yamltext.slips.commas import find_splits
from courseweek.yamltext.slips.glued import explain_glued_entry, explain_glued_key, explain_swallowed_key, glued_key

_OF_NAMES = frozenset({"name", "title", "id", "text", "value", "label", "url", "link", "href", "date", "due", "day"})
"""Keys that say no more of a text than the key above them."""
MOST_REPEATED = 300
"""A remedy puts no longer text in quotes by itself."""


@dataclass(slots=True)
class Reader:
    """What reading a file needs besides its nodes: the collector, the term's days and zone, the assets.

    It remembers what could not be read: `lost` are the texts of it, which others may name, and `unsettled` says that
    the days of topics depend on it. `roles` are those that presenters may hold. `memory` spares what earlier builds
    read, `language` is the course's, in which dates and days can be written.
    """

    found: Diagnostics
    window: Window | None = None
    zone: ZoneInfo | None = None
    language: Language = ENGLISH
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

    def misses_year(self, text: str) -> bool:
        """Return whether a date takes its year from a term that can't be read, which has been reported."""
        return self.window is None and not re.search(r"\d{4}", text)

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
            from courseweek.read.tables.wrong_keys import report_no_mapping

            report_no_mapping(self, node, table)
            return None
        start = node.entries[0][0].span if node.entries else node.span
        values: dict[str, Any] = {}
        fields: dict[str, Span] = {}
        places: dict[str, Span] = {}
        written = {key.text for key, _ in node.entries}
        split = find_splits(
            node, table.by_key, table.value_of, lambda key, value: self.takes(table.by_key[key].shape, value)
        )
        meant = split.meant
        unknown: list[tuple[Scalar, Node]] = []
        for reported in split.reported:
            self.found.add(reported)
        for key, value in node.entries:
            known = table.by_key.get(key.text)
            if key.span in split.places:
                continue
            if known is None:
                unknown.append((key, value))
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
        meant |= self._report_unknown(unknown, table, written)
        for each in table.fields:
            if each.required and each.key not in values:
                self.lose(node)
            if each.required and each.key not in fields and each.key not in meant and not node.may_hold(each.key):
                from courseweek.read.tables.wrong_keys import report_missing

                report_missing(self, each, table, places.get(each.key, start), each.key in places)
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

    def _report_unknown(self, unknown: list[tuple[Scalar, Node]], table: Table, written: set[str]) -> set[str]:
        """Report keys that the table doesn't have; return those that were probably meant."""
        if not unknown:
            return set()
        from courseweek.read.tables.wrong_keys import report_unknown_keys

        return report_unknown_keys(self, unknown, table, written)

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

    def takes(self, shape: Shape[Any], node: Node) -> bool:
        """Return whether a value has this shape."""
        trial = replace(self, found=Diagnostics(), lost=set())
        return shape.read(node, trial) is not None and not trial.found.errors

    def find_cut_text(self, node: Mapping, table: Table) -> Span | None:
        """Return the place of a text without quotes whose colon made a mapping of it; None for one that has keys."""
        key, value = node.entries[0]
        if key.text in table.by_key or key.style or not isinstance(value, Scalar) or value.style or value.empty:
            return None
        from courseweek.read.tables.synonyms import find_near_key, is_key_elsewhere

        if find_near_key(key.text, table.by_key, self.found) or is_key_elsewhere(key.text):
            return None
        return key.span.source.span(key.span.start, value.span.end)

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
        self.found.error("empty", message, place, help="complete it, or delete the line")

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
        help = help or ("write one text, without keys" if isinstance(node, Mapping) else None)
        self.error("wrong-shape", f"this must be {what}, not {kind}", node, help)
        return None


def _propose_text(node: Sequence | Mapping, takes: Callable[[str], bool]) -> str | None:
    """Return how a list or a mapping is written as the one text that is expected; None where that is not known."""
    if isinstance(node, Mapping):
        key, value = node.entries[0] if len(node.entries) == 1 else (None, None)
        if key is None or value is None:
            return None
        if isinstance(value, Scalar) and value.empty and fits_line(node) and node.span.text.startswith("{"):
            return f"write {key.span.text}, without braces" if takes(key.text) else None
        if isinstance(value, Scalar) and fits_line(value) and key.text.casefold() in _OF_NAMES and takes(value.text):
            return f"write {value.span.text}, without {key.span.text}:"
        if not fits_line(node):
            return None
        sure = isinstance(value, Scalar) and not node.span.text.startswith("{") and takes(node.span.text)
        return f"if it is text, put it in quotes: {quote_text(node.span.text)}" if sure else None
    texts = [item.text for item in node.items if isinstance(item, Scalar)]
    if len(texts) != len(node.items) or not texts or not takes(texts[0]):
        return None
    if len(texts) == 1:
        return f"write {node.items[0].span.text}, without brackets or `-`" if fits_line(node.items[0]) else None
    if is_address(texts[0]):
        return f"write one of them, {node.items[0].span.text}, and the others under links: as in {{Slides: https://…}}"
    whole = ", ".join(texts)
    if re.search(r"[\r\n]", whole) or len(whole) > MOST_REPEATED:
        return None
    if not takes(whole):
        return f"write one of them, such as {node.items[0].span.text}"
    return f"write {quote_text(whole)}, without brackets or `-`"


def list_entries(node: Mapping, reader: Reader) -> Iterator[tuple[Scalar, Node]]:
    """Yield the entries of a mapping whose keys the author chooses; a key with its value glued to it is reported."""
    for key, value in node.entries:
        glued = explain_glued_key(key) if glued_key(key, value) else None
        if glued is None:
            yield key, value
        else:
            reader.lose(key)
            reader.found.add(glued[1])


def read_items(
    node: Node | None, reader: Reader, read: Callable[[Node, Reader], T | None], table: Table
) -> tuple[T, ...]:
    """Read each item of a list by `read`; a single value is a list of one."""
    node = leave_keyed(node, reader, table)
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


def leave_keyed(node: Node | None, reader: Reader, table: Table) -> Node | None:
    """Return the value less those of its entries that are keyed by one of their values, which are reported."""
    firsts = [node] if isinstance(node, Mapping) else node.items if isinstance(node, Sequence) else []
    strange = (each for each in firsts if isinstance(each, Mapping) and each.entries)
    if isinstance(node, Scalar | None) or all(each.entries[0][0].text in table.by_key for each in strange):
        return node
    from courseweek.read.tables.keyed_entries import take_keyed

    return take_keyed(node, reader, table)


def is_only_misspelled(found: Diagnostics) -> bool:
    """Return whether all errors are of keys that are near to right ones, so that no line is in a wrong column."""
    errors = [each for each in found if each.severity == "error"]
    return all(each.name == "unknown-key" and (each.help or "").startswith("did you mean") for each in errors)


def is_address(text: str) -> bool:
    """Return whether a text is an address of the web."""
    return re.match(r"https?://\S+$", text) is not None


def fits_line(node: Node) -> bool:
    """Return whether the value is one short line that a message can repeat."""
    return not re.search(r"[\r\n]", node.span.text) and 0 < len(node.span.text) <= 120
