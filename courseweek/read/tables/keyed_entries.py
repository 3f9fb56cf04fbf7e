"""Entries of a list that are keyed by one of their values: `Ada Lovelace: Instructor` for a member of the staff.

    wrong:   staff:                          right:   staff:
               Ada Lovelace: Instructor                 - {name: Ada Lovelace, role: Instructor}

The `pairings` of a table say which two of its values people write so. A pairing holds only where both are such values,
and what is shown instead is the entry with its keys.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from courseweek.diagnostics import Diagnostics, Edit
from courseweek.frozen import dataclass
from courseweek.read.tables.fields import Pairing, Shape, Table
from courseweek.read.tables.reader import Reader, fits_line
from courseweek.read.tables.synonyms import find_synonym
from courseweek.read.values.ranges import split_range, split_timed
from courseweek.yamltext.document import Mapping, Node, Scalar, Sequence
from courseweek.yamltext.slips.glued import is_between_braces, split_glued, write_between_braces

_UNKNOWN = "…"


@dataclass(frozen=True, slots=True)
class _Keyed:
    """A key with a value that are two values of an entry.

    `others` are the entry's own keys, which are below; `listed` says that the entry has its `-`.
    """

    key: Scalar
    value: Node
    pairing: Pairing
    others: Mapping | None
    listed: bool


def take_keyed(node: Mapping | Sequence, reader: Reader, table: Table) -> Node | None:
    """Return what is left to read of a value where entries of `table` are expected; keyed entries are reported once.

    None where nothing is left.
    """
    found = list(_find_keyed(node, reader, table))
    if isinstance(node, Mapping) and not found and _report_groups(node, reader, table):
        return None
    if not found or (isinstance(node, Mapping) and len(found) < len(node.entries)):
        return node
    taken = {each.key.span for each in found}
    rest: Node | None = None
    if isinstance(node, Sequence):
        items = [item for item in node.items if not (isinstance(item, Mapping) and item.entries[0][0].span in taken)]
        rest = replace(node, items=tuple(items)) if items else None
    for each in found:
        reader.lose(each.key)
        reader.lose(each.value)
        if each.others is not None:
            reader.lose(each.others)
    _report(node, found, reader, table)
    return rest


def _report_groups(node: Mapping, reader: Reader, table: Table) -> bool:
    """Return whether entries are in several lists, each below a name; report it if so."""
    if any(key.text in table.by_key or not isinstance(value, Sequence) for key, value in node.entries):
        return False
    names = " and ".join(f"`{key.text}:`" for key, _ in node.entries[:2])
    message = f"{table.what} must be an item of one list, and this one is below `{node.entries[0][0].text}:`"
    reader.lose(node)
    help = f"write all of them in one list, without {names}" + (" and the like" if len(node.entries) > 2 else "")
    reader.found.error("wrong-shape", message, node.entries[0][0].span, help=help)
    return True


def _find_keyed(node: Mapping | Sequence, reader: Reader, table: Table) -> Iterator[_Keyed]:
    items = node.items if isinstance(node, Sequence) else ()
    pairs: list[tuple[Scalar, Node, Mapping | None]] = []
    if isinstance(node, Mapping):
        pairs = [(key, value, None) for key, value in node.entries]
    pairs += [(*item.entries[0], item) for item in items if isinstance(item, Mapping) and item.entries]
    for key, value, item in pairs:
        folded = key.text.casefold().replace(" ", "_")
        if folded in table.by_key or find_synonym(key.text, table.by_key):
            continue
        others = replace(item, entries=item.entries[1:]) if item is not None and len(item.entries) > 1 else None
        fitting = (each for each in table.pairings if _fits(each, key, value, others, reader, table))
        pairing = next(fitting, None)
        if pairing is not None:
            yield _Keyed(key, value, pairing, others, item is not None)


def _fits(pairing: Pairing, key: Scalar, value: Node, others: Mapping | None, reader: Reader, table: Table) -> bool:
    """Return whether a key and its value are what the pairing names."""
    empty = isinstance(value, Scalar) and value.empty
    named = {*pairing.keys, *(() if empty or isinstance(value, Mapping) else pairing.values)}
    if others is not None and any(each.text in named or each.text not in table.by_key for each, _ in others.entries):
        return False
    if split_glued(key.text) is not None or not _take(pairing.is_key, pairing.keys, key, reader):
        return False
    if isinstance(value, Sequence):
        return pairing.shared and bool(value.items) and others is None and not isinstance(value.items[0], Sequence)
    if isinstance(value, Mapping):
        inner = {each.text for each, _ in value.entries}
        return bool(inner) and others is None and inner <= table.by_key.keys() - named
    if empty:
        return others is not None or _is_complete(pairing, table)
    return bool(pairing.is_value is None or _take(pairing.is_value, pairing.values, value, reader))


def _is_complete(pairing: Pairing, table: Table) -> bool:
    """Return whether an entry can have the first value alone."""
    needed = {each.key for each in table.fields if each.required}
    return needed <= set(pairing.keys) and (not table.rules or pairing.first == table.fields[0].key)


def _take(shape: Shape[Any], keys: tuple[str, ...], text: Scalar, reader: Reader) -> list[str] | None:
    """Return the values of these keys that a text comes to; None where it is something else."""
    parts = _split_values(keys, text.text)
    if len(parts) != max(1, len(keys)) or not all(reader.takes(shape, replace(text, text=part)) for part in parts):
        return None
    read = [shape.read(replace(text, text=part), reader.again(Diagnostics())) for part in parts]
    return [value if isinstance(value, str) else part for part, value in zip(parts, read, strict=True)]


def _split_values(keys: tuple[str, ...], text: str) -> list[str]:
    """Return the values of these keys that a text holds: a day with its time, the ends of a range, or all of it."""
    if len(keys) < 2:
        return [text]
    return split_timed(text) if keys[-1] == "time" else split_range(text)


def write_pair(pairing: Pairing, key: Scalar, value: Scalar, reader: Reader) -> str | None:
    """Return two texts as the values that a pairing names, with their keys; None where they are something else."""
    firsts = _take(pairing.is_key, pairing.keys, key, reader) if pairing.keys else None
    if not firsts or not pairing.values or (pairing.is_value is None and len(firsts) == 1 and pairing.shared):
        return None
    if pairing.is_value is not None and not _take(pairing.is_value, pairing.values, value, reader):
        return None
    pairs = [*zip(pairing.keys, map(write_text, firsts), strict=False), *_list_pairs(pairing, value)]
    return ", ".join(f"{each}: {text}" for each, text in pairs)


def _report(node: Mapping | Sequence, found: list[_Keyed], reader: Reader, table: Table) -> None:
    first = found[0]
    written = [list(_write_entries(each, reader, table)) for each in found]
    edits = [_edit(each, entries) for each, entries in zip(found, written, strict=True)]
    shown = f"write {_show(first, written[0][0])}"
    more = len(found) - 1
    shown += f"; likewise on {more} more line{'s' if more > 1 else ''}" if more else ""
    braced = isinstance(node, Mapping) and is_between_braces(node)
    fix = tuple(edit for edit in edits if edit is not None)
    if braced:
        whole = f"[{', '.join(entry for entries in written for entry in entries)}]"
        shown = f"write {whole}" if len(whole) < 200 else shown
        fix = (Edit(node.span, whole),) if "\n" not in node.span.text and "#" not in node.span.text else ()
    sure = _UNKNOWN not in "".join(entry for entries in written for entry in entries)
    key = first.pairing.first
    # A week is a word that would be lost.
    fix = fix if key and sure and (braced or len(fix) == len(found)) else ()
    if not key:
        lead = "leave it out" if first.listed or braced else "begin each line with `- ` in place of its number"
        shown = f"{lead}, as in {shown.removeprefix('write ').partition('; ')[0]}"
        message = f"{table.what} gets its day by its place in the list, so `{first.key.text}` does not go before it"
    elif first.listed:
        message = f"`{first.key.text}` is the `{key}` of {table.what}, not a key"
    else:
        message = f"{table.what} must be an item of a list, with `{first.key.text}` as its `{key}`"
    place = first.key.span.source.span(first.key.span.start, first.value.span.end)
    place = place if "\n" not in place.text.strip() else first.key.span
    reader.found.error("wrong-shape", message, place.within(0, len(place.text.rstrip())), help=shown, fix=fix)


def _write_entries(each: _Keyed, reader: Reader, table: Table) -> Iterator[str]:
    """Yield the entries that a key with its value comes to, each between braces.

    What an entry of the table needs besides is left open.
    """
    pairing = each.pairing
    own = list(
        zip(pairing.keys, map(write_text, _take(pairing.is_key, pairing.keys, each.key, reader) or []), strict=False)
    )
    for value in each.value.items if isinstance(each.value, Sequence) else (each.value,):
        pairs = [*_list_pairs(pairing, value), *(() if each.others is None else _list_pairs(pairing, each.others))]
        if not own and [key for key, _ in pairs] == list(pairing.values):
            yield pairs[0][1]
        else:
            known = {key for key, _ in (*own, *pairs)}
            pairs += [(field.key, _UNKNOWN) for field in table.fields if field.required and field.key not in known]
            yield f"{{{', '.join(f'{key}: {text}' for key, text in [*own, *pairs])}}}"


def _list_pairs(pairing: Pairing, value: Node) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        yield from ((key.text, _write_value(inner)) for key, inner in value.entries)
    elif len(pairing.values) > 1 and isinstance(value, Scalar):
        yield from zip(pairing.values, map(write_text, _split_values(pairing.values, value.text)), strict=False)
    elif not (isinstance(value, Scalar) and value.empty):
        yield pairing.values[0], _write_value(value)


def _write_value(value: Node) -> str:
    if isinstance(value, Scalar):
        return write_text(value.text) if value.empty or fits_line(value) else _UNKNOWN
    return value.span.text if fits_line(value) and value.span.text[0] in "[{" else _UNKNOWN


def write_text(text: str) -> str:
    """Return a text on one line, as it is written between braces."""
    return write_between_braces(" ".join(text.split())) if text else text


def _keeps_lines(each: _Keyed) -> bool:
    """Return whether the entry's other keys are on lines below, where they can stay."""
    block = isinstance(each.value, Mapping) and not is_between_braces(each.value)
    alone = isinstance(each.value, Scalar) and each.value.empty and each.others is not None
    return block or (alone and not _is_in_braces(each))


def _is_in_braces(each: _Keyed) -> bool:
    return each.key.span.source.text[: each.key.span.start].rstrip(" ")[-1:] in ("{", "[", ",")


def _show(each: _Keyed, entry: str) -> str:
    """Return an entry as it is shown; one with keys below it by its first lines."""
    first = f"{each.pairing.first}: {write_text(each.key.text)}"
    if _keeps_lines(each) and len(each.pairing.keys) == 1:
        return f"- {first}, and its other keys below it, in the column of `{each.pairing.first}`"
    whole = _UNKNOWN not in entry or (isinstance(each.value, Scalar) and fits_line(each.value))
    return f"- {entry}" if whole else f"- {first}, and its other keys below it"


def _edit(each: _Keyed, entries: list[str]) -> Edit | None:
    """Return the edit that writes an entry with its keys; None where that takes more than its own lines."""
    source, start = each.key.span.source, each.key.span.start
    above = source.text[source.text.rfind("\n", 0, start) + 1 : start]
    colon = source.text.find(":", each.key.span.end) + 1
    if _keeps_lines(each):
        deeper = isinstance(each.value, Mapping)
        if len(each.pairing.keys) != 1 or (deeper and (each.listed or each.value.span.column != len(above) + 3)):
            return None
        mark = "" if each.listed else "- "
        return Edit(source.span(start, colon), f"{mark}{each.pairing.first}: {write_text(each.key.text)}")
    if _UNKNOWN in "".join(entries):
        return None
    end = each.value.span.end if each.value.span.text else colon
    place = source.span(start, start + len(source.text[start:end].rstrip()))
    if each.others is not None:
        pairs = [*each.pairing.keys, *each.pairing.values]
        if len(pairs) > 2 or not isinstance(each.value, Scalar) or each.value.empty or _is_in_braces(each):
            return None
        texts = (each.key.text, each.value.text)[-len(pairs) :]
        lines = (f"{key}: {write_text(text)}" for key, text in zip(pairs, texts, strict=True))
        return Edit(place, f"\n{' ' * len(above)}".join(lines))
    if each.listed and len(entries) > 1 and not re.fullmatch(r"[ ]*-[ ]+", above):
        return None
    lead, mark = (above, "") if each.listed else (" " * len(above), "- ")
    return Edit(place, f"\n{lead}".join(f"{mark}{entry}" for entry in entries))
