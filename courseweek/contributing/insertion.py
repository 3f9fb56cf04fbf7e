"""The edits of `readings.yaml` that add a reading to the list of a meeting."""

from __future__ import annotations

from collections.abc import Iterable

from courseweek.contributing.entry import SuggestedReading
from courseweek.contributing.list_ends import find_list_end
from courseweek.diagnostics import Diagnostics, Edit, Source, Span
from courseweek.model.reading import ReadingList
from courseweek.read.carryover import trim_value
from courseweek.yamltext.document import Mapping, Node, Sequence, read_yaml


def find_insertion(
    source: Source, listed: ReadingList | None, meeting: str, entry: SuggestedReading, *, required: bool
) -> tuple[Edit, ...] | None:
    """Return the edits that add an entry to the list of a meeting, None where the list has another form.

    `source` is the whole file, `listed` the list of the meeting as it was read, if it has one.
    """
    end = find_list_end(source, listed, meeting, required=required)
    if end is None:
        return _insert_between_brackets(source, listed, entry.between_braces(), required=required)
    edits = [_insert_below(source, end.line, [*end.before, *entry.lines(end.indent)])]
    if end.first is not None:
        edits.insert(0, _insert_below(source, end.first_line, [end.first]))
    return tuple(edits)


def _insert_below(source: Source, number: int, lines: list[str]) -> Edit:
    """Return the edit that inserts lines below the one with this number; 0 is the top of the file."""
    line_end = "\r\n" if "\r\n" in source.text else "\n"
    at = 0
    for _ in range(number):
        at = source.text.find("\n", at) + 1 or len(source.text)
    is_open = at == len(source.text) and not source.text.endswith("\n") and number > 0
    text = line_end.join(lines)
    return Edit(source.span(at, at), f"{line_end}{text}" if is_open else f"{text}{line_end}")


def _insert_between_brackets(
    source: Source, listed: ReadingList | None, item: str, *, required: bool
) -> tuple[Edit, ...] | None:
    """Return the edits that add an item to a list in one piece between brackets, None for any other."""
    tree = read_yaml(source, Diagnostics())
    if listed is None or not isinstance(tree, Mapping):
        return None
    start = listed.origin.span.start
    body: Node | None = next((value for key, value in tree.entries if key.span.start == start), None)
    name = "required" if required else "optional"
    is_bare = not isinstance(body, Mapping)
    if isinstance(body, Mapping):
        named = {key.text: value for key, value in body.entries}
        if name not in named:
            is_braced = body.span.text.startswith("{")
            return (_append(body.span, named.values(), f"{name}: [{item}]"),) if is_braced else None
        body = named[name]
    if not isinstance(body, Sequence) or not body.span.text.startswith("["):
        return None
    if is_bare and not required:
        start, end = body.span.start, trim_value(body.span).end
        opened, closed = "{required: ", f", optional: [{item}]}}"
        return (Edit(source.span(start, start), opened), Edit(source.span(end, end), closed))
    return (_append(body.span, body.items, item),)


def _append(whole: Span, inner: Iterable[Node], item: str) -> Edit:
    """Return the edit that puts an item behind those between brackets or braces."""
    last = max((trim_value(each.span).end for each in inner), default=None)
    if last is None:
        return Edit(whole.within(1, 1), item)
    return Edit(whole.source.span(last, last), f", {item}")
