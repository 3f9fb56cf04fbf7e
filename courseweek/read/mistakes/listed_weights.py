"""Parts of the grade that are not written as names with weights: a list of them, or all of them in one text.

wrong:   grading:              right:   grading:
           - Homework 40%                 Homework: 40%
           - Exam: 60%                    Exam: 60%
"""

from __future__ import annotations

import re
from collections.abc import Callable

from courseweek.diagnostics import Edit
from courseweek.read.tables.reader import Reader
from courseweek.regex import lazy_pattern
from courseweek.yamltext.document import Mapping, Node, Scalar, Sequence
from courseweek.yamltext.slips.glued import is_between_braces, write_after_key, write_between_braces

_NUMBER = r"(?:\d{1,3} ?[x×*] ?)?\d{1,3}(?:[.,]\d{1,4})? ?(?:%|per ?cent|pct\.?|points?|pts?\.?)"
_BEHIND = lazy_pattern(rf"(?P<name>.*?[^\s:=(–—-])\s*[:=(–—-]*\s*(?P<weight>{_NUMBER})\)?", re.IGNORECASE)
_BEFORE = lazy_pattern(rf"(?P<weight>{_NUMBER})\s*[:=–—-]*\s*(?:for |of )?(?P<name>\S.*)", re.IGNORECASE)
_NAMES = frozenset({"name", "title", "part", "item", "component", "category", "type", "what"})
_WEIGHTS = frozenset({"weight", "percent", "percentage", "share", "points", "value", "worth"})
_DASH = lazy_pattern(r"[ ]*(-[ ]+)")

Weighed = tuple[str, str]
"""The name of a part, and its weight as it is written here."""
ReadWeight = Callable[[str], str | None]
"""Takes a text and returns the weight that it means, or None if it is not one."""


def report_listed_weights(node: Node, reader: Reader, owned: frozenset[str], take: ReadWeight) -> bool:
    """Return whether a value of `grading:` is parts of the grade in another form; report it once if so.

    The `owned` keys are those of a grading scheme, which is an item of a list. `take` reads a weight.
    """
    if isinstance(node, Scalar):
        parts = [_split_text(text, take) for text in re.split(r"[,;\n]+ *(?:and )?| and ", node.text.strip(" ,;.\n"))]
        return not node.style and _report_whole(node, parts, reader)
    if isinstance(node, Mapping):
        parts = [_read_entry(key, value, take, turned=True) for key, value in node.entries]
        return (is_between_braces(node) and _report_whole(node, parts, reader)) or _report_lines(node, parts, reader)
    if any(isinstance(item, Mapping) and owned & {key.text for key, _ in item.entries} for item in node.items):
        return False
    parts = [_read_item(item, take) for item in node.items]
    if not any(parts) and all(isinstance(item, Scalar) for item in node.items) and node.items:
        name = write_between_braces(node.items[0].span.text.split("\n")[0])
        reader.error("wrong-shape", _describe(node), node, f"write {name}: and its weight, as in {name}: 40%")
        return True
    return _report_whole(node, parts, reader) if node.span.text.startswith("[") else _report_lines(node, parts, reader)


def _describe(node: Node) -> str:
    if isinstance(node, Sequence) and not node.span.text.startswith("["):
        return "the parts of the grade have no `-` before them"
    return "the parts of the grade are written as names with weights"


def _report_whole(node: Node, parts: list[Weighed | None], reader: Reader) -> bool:
    pairs = [part for part in parts if part is not None]
    if not pairs or len(pairs) < len(parts):
        return False
    written = f"{{{', '.join(f'{write_between_braces(name)}: {weight}' for name, weight in pairs)}}}"
    plain = "#" not in node.span.text and "\n" not in node.span.text.rstrip()
    place = node.span.within(0, len(node.span.text.rstrip()))
    reader.error("wrong-shape", _describe(node), node, f"write {written}", fix=(Edit(place, written),) if plain else ())
    return True


def _report_lines(node: Mapping | Sequence, parts: list[Weighed | None], reader: Reader) -> bool:
    """Report parts on lines of their own, with the edit of each line; of a right part only the `-` goes."""
    pairs = [part for part in parts if part is not None]
    if not pairs or len(pairs) < len(parts):
        return False
    lines = [f"{write_after_key(name)}: {weight}" for name, weight in pairs]
    spans = [item.span for item in node.items] if isinstance(node, Sequence) else []
    if isinstance(node, Mapping):
        spans = [key.span.source.span(key.span.start, value.span.end) for key, value in node.entries]
    edits = []
    for span, line in zip(spans, lines, strict=True):
        begin = span.source.text.rfind("\n", 0, span.start) + 1
        dash = _DASH.fullmatch(span.source.text[begin : span.start])
        start = begin + dash.start(1) if dash is not None else span.start
        edits.append(Edit(span.source.span(start, span.start + len(span.text.rstrip())), line))
    more = len(lines) - 1
    help = f"write {lines[0]}" + (f"; likewise on {more} more line{'s' if more > 1 else ''}" if more else "")
    reader.lose(node)
    first = edits[0].span
    place = first.within(0, 1) if isinstance(node, Sequence) else first
    reader.found.error("wrong-shape", _describe(node), place, help=help, fix=tuple(edits))
    return True


def _read_item(item: Node, take: ReadWeight) -> Weighed | None:
    if isinstance(item, Scalar):
        return _split_text(item.text, take)
    if not isinstance(item, Mapping):
        return None
    if len(item.entries) == 1:
        return _read_entry(*item.entries[0], take, turned=False) or _read_entry(*item.entries[0], take, turned=True)
    texts = {key.text.casefold(): value.text for key, value in item.entries if isinstance(value, Scalar)}
    names, weights = texts.keys() & _NAMES, texts.keys() & _WEIGHTS
    if len(names) != 1 or len(weights) != 1 or len(item.entries) != 2:
        return None
    weight = take(texts[weights.pop()].strip())
    return None if weight is None else (texts[names.pop()], weight)


def _read_entry(key: Scalar, value: Node, take: ReadWeight, *, turned: bool) -> Weighed | None:
    """Return a key with its weight; `turned`, a weight with the name behind it."""
    if not isinstance(value, Scalar):
        return None
    name, weight = (value.text, take(key.text.strip())) if turned else (key.text, take(value.text.strip()))
    if turned and weight is not None and ("%" not in weight or take(name.strip()) is not None):
        return None
    return None if weight is None or not name.strip() else (" ".join(name.split()), weight)


def _split_text(text: str, take: ReadWeight) -> Weighed | None:
    """Return the name and the weight of `Homework 40%` and `40% Homework`."""
    match = _BEHIND.fullmatch(text.strip()) or _BEFORE.fullmatch(text.strip())
    weight = take(match["weight"].strip()) if match is not None else None
    return None if match is None or weight is None else (" ".join(match["name"].split()), weight)
