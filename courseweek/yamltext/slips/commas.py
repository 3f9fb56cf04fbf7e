"""Texts between braces that a comma has cut: `{title: Knots, links and braids}` names a title and an odd key."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import field

from courseweek.diagnostics import Diagnostic, Edit, Span
from courseweek.frozen import dataclass
from courseweek.yamltext.complaint import error_at, quote_text
from courseweek.yamltext.grammar import Kind
from courseweek.yamltext.tree import Mapping, Node, Scalar, Sequence


@dataclass(slots=True)
class Splits:
    """What is reported, the places of pieces that are not keys, the keys without a colon, and those with cut texts."""

    reported: list[Diagnostic] = field(default_factory=list)
    places: set[Span] = field(default_factory=set)
    meant: set[str] = field(default_factory=set)
    cut: set[Span] = field(default_factory=set)


def find_splits(
    node: Mapping, known: Collection[str], value_of: Callable[[str], Kind], takes: Callable[[str, Node], bool]
) -> Splits:
    """Return the texts of a mapping between braces that commas have cut, each reported with the whole of it in quotes.

    A piece is a key without a colon and a value behind an unquoted text; `known` are the keys that a mapping like
    this can have, and such a word with a colon is one. `value_of` says what the value of a key may be, and `takes`
    whether this very value can be read.
    """
    found = Splits()
    owner: tuple[Scalar, Node] | None = None
    pieces: list[Scalar] = []
    for key, value in (*node.entries, (None, None)):
        if key is not None and owner is not None and _is_piece(key, value, known) and _can_be_cut(owner[1]):
            pieces.append(key)
            continue
        if owner is not None and pieces:
            colons = [piece for piece in pieces if _lacks_colon(piece, known)]
            found.reported += [_explain_colon(piece) for piece in colons]
            if pieces[0] not in colons:
                texts = [piece for piece in pieces if piece not in colons]
                name, first = owner[0].text, owner[1]
                items = Sequence((first, *texts), first.span)
                listed = value_of(name).texts and takes(name, items)
                found.reported.append(_explain(owner, texts, listed=listed))
                found.cut.add(owner[0].span)
            found.places |= {piece.span for piece in pieces}
            found.meant |= {piece.text.partition(" ")[0] for piece in colons}
        named = key is not None and value is not None and (key.text in known or re.fullmatch("[a-z_]+", key.text))
        owner, pieces = ((key, value) if named and key is not None and value is not None else None), []
    return found


def _lacks_colon(piece: Scalar, known: Collection[str]) -> bool:
    """Return whether a piece is rather a key without its colon: `role Instructor`, not `links and braids`."""
    word, _, value = piece.text.partition(" ")
    return word in known and not value[:1].islower()


def _is_piece(key: Scalar, value: Node | None, known: Collection[str]) -> bool:
    if not isinstance(value, Scalar) or not value.empty or key.style:
        return False
    if key.text.partition(":")[0] in known and ":" in key.text:
        return False  # `venue:CIDR` lacks a space
    after = key.span.source.text[key.span.end : key.span.end + 200].lstrip()
    return after[:1] in (",", "}")


def _can_be_cut(value: Node) -> bool:
    return isinstance(value, Scalar) and not value.empty and value.style == ""


def _explain_colon(piece: Scalar) -> Diagnostic:
    word, _, value = piece.text.partition(" ")
    place = piece.part(0, len(word))
    gap = piece.part(len(word), len(word) + 1)
    help = f"write {word}: {value}" if value else f"write {word}: and its value, or put the text in quotes"
    fix = (Edit(gap, ": "),) if value else ()
    return error_at("missing-colon", f"a `:` is missing after `{word}`", place, help, fix)


def _explain(owner: tuple[Scalar, Node], pieces: list[Scalar], *, listed: bool) -> Diagnostic:
    key, value = owner
    source = value.span.source
    whole = source.span(value.span.start, pieces[-1].span.end)
    comma = source.text.find(",", value.span.end)
    written = f"[{whole.text}]" if listed else quote_text(whole.text)
    message = f"this comma ends the text of `{key.text}`"
    fix = (Edit(whole, written),) if "\n" not in whole.text else ()
    return error_at("comma", message, source.span(comma, comma + 1), f"write {key.text}: {written}", fix)
