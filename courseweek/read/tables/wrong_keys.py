"""What is reported of a mapping by its table: unknown keys, missing keys, and a value that is not a mapping."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from courseweek.diagnostics import Edit, Span
from courseweek.read.tables.fields import LABELLED_LINKS, Field, Table
from courseweek.read.tables.homes import find_home
from courseweek.read.tables.keyed_entries import write_pair
from courseweek.read.tables.reader import MOST_REPEATED, Reader, fits_line, is_address
from courseweek.read.tables.synonyms import (
    ENDS_OF_TIME,
    explain_other_way,
    find_near_key,
    find_synonym,
    fold_key,
    label_of,
)
from courseweek.regex import lazy_pattern
from courseweek.yamltext.document import Mapping, Node, Scalar, Sequence, quote_text
from courseweek.yamltext.slips.glued import write_between_braces

_GAP = lazy_pattern(r"(?:\s*[,:;–—]|\s+-)?\s+(?:(?:due|on|at|from)\s+)?")
_CLOCK = lazy_pattern(r"\d{1,2}(?::\d{2})?(?: ?[ap]\.?m\.?)?", re.IGNORECASE)
_ENDS = frozenset(
    {"start", "starts", "begin", "begins", "from", "end", "ends", "to", "until", "start_time", "end_time"}
)
_MOST_GAPS = 12
"""Words of a text that are looked at for two values."""


def report_no_mapping(reader: Reader, node: Node, table: Table) -> None:
    """Report a value that is not a mapping, and how its text is written under a key."""
    if reader.report_glued(node, table, sure=True):
        return
    if isinstance(node, Sequence) and _report_dashes(reader, node, table):
        return
    keys = ", ".join(f"`{each.key}`" for each in table.fields[:3])
    more = " …" if len(table.fields) > 3 else ""
    message = f"{table.what} {table.is_} written as keys with values"
    reader.error("wrong-shape", message, node, f"its keys are {keys}{more}{_propose_keys(reader, node, table)}")


def _report_dashes(reader: Reader, node: Sequence, table: Table) -> bool:
    """Return whether each key of a mapping follows a `-`; report it if so."""
    edits = []
    for item in node.items:
        if not isinstance(item, Mapping) or not {key.text for key, _ in item.entries} <= table.by_key.keys():
            return False
        source, start = item.span.source, item.span.start
        begin = source.text.rfind("\n", 0, start) + 1
        dash = re.fullmatch(r"[ ]*(-[ ]+)", source.text[begin:start])
        if dash is None:
            return False
        edits.append(Edit(source.span(begin + dash.start(1), start), ""))
    single = all(isinstance(item, Mapping) and len(item.entries) == 1 for item in node.items)
    message = f"{table.what} {table.is_} written as keys with values, without `-`"
    fix = tuple(edits) if edits and single else ()
    reader.error("wrong-shape", message, node, "delete the `-` before each key", fix=fix)
    return True


def _propose_keys(reader: Reader, node: Node, table: Table) -> str:
    """Return how a text is written with the keys of a table: with the first key that can have it for its value."""
    if not isinstance(node, Scalar) or node.style not in ("", "'", '"') or not fits_line(node):
        return ""
    pair = _split_text(reader, node, table)
    if pair is not None:
        return f"; write {{{', '.join([pair, *_list_missing(pair, table)])}}}"
    # Nearly every text can be a name or a title, so these are asked last.
    fields = [each for each in table.fields if each.key != "id"]  # a text alone is a title, or a name
    fields = sorted(fields, key=lambda each: (each.shape.example is None, not each.required))
    fitting = next((each for each in fields if reader.takes(each.shape, node)), None)
    if fitting is None:
        return ""
    others = [f"{each.key}: …" for each in table.fields if each.required and each is not fitting]
    # A rule asks for one of some keys, and the first of the table is one of them.
    others += ["…"] if table.rules and fitting is not table.fields[0] else []
    text = node.span.text if node.style else write_between_braces(node.text)
    return f"; write {{{', '.join([f'{fitting.key}: {text}', *others])}}}"


def _list_missing(pair: str, table: Table) -> list[str]:
    """Return the required keys that are not in a text with two keys, each without its value."""
    return [f"{each.key}: …" for each in table.fields if each.required and f"{each.key}: " not in pair]


def _split_text(reader: Reader, node: Scalar, table: Table) -> str | None:
    """Return the two values of `HW1 due Feb 8` or `Monday 13:00-16:00` with their keys, by the table's pairings."""
    text = node.text.strip()
    gaps = [each.span() for each in _GAP.finditer(text)][:_MOST_GAPS]
    for pairing in sorted(table.pairings, key=lambda each: -len(each.keys + each.values)):
        for start, end in gaps:
            first, second = text[:start], text[end:]
            found = write_pair(pairing, replace(node, text=first), replace(node, text=second), reader)
            if found is not None:
                return found
    return None


def report_unknown_keys(
    reader: Reader, unknown: list[tuple[Scalar, Node]], table: Table, written: set[str]
) -> set[str]:
    """Report the keys that the table doesn't have; return those that were probably meant.

    Several that belong under the same key, which is not there, are one mistake.
    """
    far = [key.text for key, _ in unknown if not table.apart and _is_far(key.text, table, written)]
    homes = {key: find_home(key, table)[1] for key in far}
    outer = next((home for home in homes.values() if home in table.by_key.keys() - written), None)
    together = [(key, value) for key, value in unknown if outer and homes.get(key.text) == outer]
    meant = set()
    if outer is not None and len(together) > 1:
        for _, value in together:
            reader.lose(value)
        names = [f"`{key.text}`" for key, _ in together]
        first = together[0][0]
        message = f"{table.what} {table.has} no key `{first.text}`"
        help = f"write {outer}: above {', '.join(names[:-1])} and {names[-1]}, and two spaces before each of these"
        reader.found.error("unknown-key", message, first.span, help=help)
        meant.add(outer)
        unknown = [each for each in unknown if each not in together]
    # Those that are written in one way here, such as `start` and `end` of a time, are one mistake.
    ways: dict[str, Scalar] = {}
    for key, value in list(unknown):
        way = _explain_way(table, key, value)
        if way is not None and ways.setdefault(way, key) is not key:
            reader.lose(key)
            reader.lose(value)
            unknown.remove((key, value))
    return meant | {_report_unknown(reader, key, value, table, written) for key, value in unknown}


def _explain_way(table: Table, key: Scalar, value: Node) -> str | None:
    """Return how what a key means is written in a table in another way, or None."""
    timed = "time" in table.by_key and isinstance(value, Scalar) and _CLOCK.fullmatch(value.text.strip())
    if timed and fold_key(key.text) in _ENDS:
        return ENDS_OF_TIME
    return explain_other_way(table.what, key.text)


def _is_far(key: str, table: Table, written: set[str]) -> bool:
    """Return whether a key is no other spelling or word for one of the table."""
    return not (find_synonym(key, table.by_key.keys() - written) or explain_other_way(table.what, key))


def _report_unknown(reader: Reader, key: Scalar, value: Node, table: Table, written: set[str]) -> str:
    """Report a key that the table doesn't have; return the one that was probably meant, or an empty text."""
    reader.lose(value)
    head, colon, tail = key.text.partition(":")
    if colon and tail and head in table.by_key:
        place = key.part(len(head), len(head) + 1)
        help = f"write {head}: {quote_text(tail)}"
        # In quotes, the colon may be meant, and the place may be that of all.
        fix = (Edit(place.within(1, 1), " "),) if place.text == ":" else ()
        reader.found.error("missing-space", "a space is missing after `:`", place, help=help, fix=fix)
        return head
    free = [each for each in table.by_key if each not in written]
    spelled = next((each for each in free if fold_key(each) == fold_key(key.text)), None)
    other = _explain_way(table, key, value)
    if not spelled and not other and _report_label(reader, key, value, table, free):
        return ""
    near = spelled or find_synonym(key.text, free)
    home, outer = (None, None) if near or other or table.apart else find_home(key.text, table)
    near = near or (None if home else find_near_key(key.text, free, reader.found))
    if not spelled and "url" in free and isinstance(value, Scalar) and is_address(value.text):
        near, home, outer = "url", None, None
    fix = (Edit(key.span, spelled),) if spelled is not None and key.span.text == key.text else ()
    known = ", ".join(f"`{each}`" for each in table.by_key)
    help = other or home or (f"did you mean `{near}`?" if near else f"its keys are {known}")
    reader.found.error("unknown-key", f"{table.what} {table.has} no key `{key.text}`", key.span, help=help, fix=fix)
    return near or outer or ""


def _report_label(reader: Reader, key: Scalar, value: Node, table: Table, free: list[str]) -> bool:
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
    reader.found.error("unknown-key", f"{table.what} {table.has} no key `{key.text}`", key.span, help=help, fix=fix)
    return True


def report_missing(reader: Reader, missing: Field[Any], table: Table, span: Span, empty: bool) -> None:
    """Report a required key that is not there or `empty`."""
    what = f"`{missing.key}` of {table.what} is empty" if empty else f"{table.what} {table.needs} `{missing.key}`"
    example = missing.shape.example
    comment = re.compile(r":[ \t]*(#[^\r\n]*)").match(span.source.text, span.end) if empty else None
    if comment is not None:
        words = comment[1].rstrip()
        place = span.source.span(comment.start(1), comment.start(1) + len(words))
        reader.found.withdraw("comment", place)
        help = f"` #` begins a comment; write {missing.key}: {quote_text(words)}"
        # With a space after the `#`, it may be meant as a comment.
        sure = words[1:2].isalnum() and len(words) < MOST_REPEATED
        fix = (Edit(place, quote_text(words)),) if sure else ()
        reader.found.error("missing-key", what, span, help=help, fix=fix)
        return
    help = f"write {missing.key}: and {missing.summary}"
    if example:
        help += f", such as {example}"
    reader.found.error("missing-key", what, span, help=help)
