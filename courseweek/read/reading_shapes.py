"""Readings in another form than a list under each meeting's id: all of them below one key, or in one list.

wrong:   readings:                right:   big-data:
           big-data:                         - title: X
             - title: X

wrong:   - id: big-data           right:   big-data:
           required: [X]                     required: [X]
"""

from __future__ import annotations

import re

from courseweek.diagnostics import Edit, Span
from courseweek.model.slug import make_slug
from courseweek.read.readings import READING, READING_LIST, REUSE
from courseweek.read.tables.reader import Reader, is_address
from courseweek.read.values.bare_addresses import find_bare, fix_line
from courseweek.regex import lazy_pattern
from courseweek.yamltext.document import Mapping, Node, Scalar, Sequence
from courseweek.yamltext.slips.glued import is_between_braces

_WRAPPERS = frozenset(
    {"readings", "reading", "reading_list", "reading_lists", "schedule", "meetings", "topics", "lists"}
)
_IDS = frozenset({"id", "meeting", "topic", "class", "lecture", "session", "week", "date"})
_LISTS = frozenset({"readings", "papers", "reading", "list"})
_FIELDS = READING.by_key.keys() | REUSE.by_key.keys()
_DASH = lazy_pattern(r"[ ]*(-[ ]+)")
MESSAGE = "readings.yaml must have a list for each meeting, under the meeting's id"


def find_wrapped(root: Node) -> Mapping | Sequence | None:
    """Return the lists of all meetings where they are below one key, such as `readings:`; None where they are not."""
    if not isinstance(root, Mapping) or len(root.entries) != 1:
        return None
    key, value = root.entries[0]
    if key.text.casefold() not in _WRAPPERS or isinstance(value, Scalar):
        return None
    if isinstance(value, Sequence):
        whole = all(isinstance(item, Mapping) and item.entries and _write_meeting(item) for item in value.items)
        return value if value.items and whole else None
    own = any(each.text in {*_FIELDS, *READING_LIST.by_key} for each, _ in value.entries)
    return None if own or not value.entries else value


def report_wrapped(key: Scalar, value: Mapping, reader: Reader) -> None:
    """Report a key above the lists of all meetings."""
    source = key.span.source
    begin, end = source.text.rfind("\n", 0, key.span.start) + 1, source.text.find("\n", key.span.end) + 1
    by = value.span.column - 1
    message = f"the ids of meetings begin in column 1, and `{key.text}` is not the id of a meeting"
    help = f"delete the line {key.text}: and {by} space{'s' if by > 1 else ''} before each line below it"
    fix: tuple[Edit, ...] = ()
    if is_between_braces(value) or key.span.column > 1:
        help = f"write each meeting's id in column 1, without {key.text}: before it"
    elif re.fullmatch(r":[ \t\r]*\n", source.text[key.span.end : end]):
        lines = re.finditer(rf"^[ ]{{1,{by}}}", source.text[end : value.span.end], re.MULTILINE)
        rest = [Edit(source.span(end + each.start(), end + each.end()), "") for each in lines]
        fix = (Edit(source.span(begin, end), ""), *rest)
    reader.found.error("wrong-shape", message, key.span, help=help, fix=fix)


def report_listed_meetings(root: Node, reader: Reader) -> None:
    """Report a list where ids of meetings with lists are expected, and show what the first of its items is then."""
    items = root.items if isinstance(root, Sequence) else ()
    found = [_write_meeting(item) for item in items if isinstance(item, Mapping) and item.entries]
    shown = next((each[0] for each in found if each is not None), None)
    if shown is None or len(found) < len(items):
        reader.error("wrong-shape", MESSAGE, root, "write big-data: and the list below it")
        return
    edits = [edit for each in found if each is not None for edit in each[1]]
    sure = all(each is not None and each[1] for each in found)
    more = len(found) - 1
    help = f"write {shown}" + (f"; likewise for {more} more meeting{'s' if more > 1 else ''}" if more else "")
    reader.error("wrong-shape", MESSAGE, root, help, fix=tuple(edits) if sure else ())


def _write_meeting(item: Mapping) -> tuple[str, list[Edit]] | None:
    """Return how a meeting is written that is an item of a list, and the edits if they are sure."""
    (key, value), rest = item.entries[0], item.entries[1:]
    if key.text in _FIELDS - _IDS or key.text in READING_LIST.by_key:
        return None
    source = key.span.source
    begin = source.text.rfind("\n", 0, key.span.start) + 1
    dash = _DASH.fullmatch(source.text[begin : key.span.start])
    if not rest and not (isinstance(value, Scalar) and not value.empty):
        cut = [Edit(source.span(begin, key.span.start), "")] if dash is not None and dash[0].startswith("-") else []
        return f"{key.text}: without `-`, in column 1", cut
    names = [each.text for each, _ in rest]
    if key.text not in _IDS or not isinstance(value, Scalar) or value.empty or not rest:
        return None
    listed = len(names) == 1 and names[0] in _LISTS
    if not listed and not set(names) <= READING_LIST.by_key.keys():
        return None
    name = value.text.strip() if re.fullmatch(r"\d*[^\W\d][\w-]*", value.text.strip()) else make_slug(value.text)
    if not re.search(r"[^\W\d]", name) or key.text in ("week", "date"):
        return f"the id of the meeting, such as big-data:, in place of - {key.text}: {value.text.strip()}", []
    shown = f"{name}: in place of - {key.text}: {name}"
    shown += f", and delete {names[0]}:" if listed else ", and the lists below it"
    if dash is None or not dash[0].startswith("-"):
        return shown, []
    edits = [Edit(source.span(begin, value.span.end), f"{name}:")]
    if listed:
        line = _line_of(rest[0][0].span)
        alone = re.fullmatch(rf"[ ]*{names[0]}:[ \t\r]*\n?", line.text)
        edits = [*edits, Edit(line, "")] if alone else []
    return shown, edits


def _line_of(span: Span) -> Span:
    """Return the whole line of a place, with its line end."""
    text = span.source.text
    end = text.find("\n", span.end) + 1
    return span.source.span(text.rfind("\n", 0, span.start) + 1, end or len(text))


def report_keyed_titles(node: Mapping, reader: Reader) -> bool:
    """Return whether a mapping is titles with their addresses where a list of readings is expected; report it if so."""
    edits = []
    for key, value in node.entries:
        if not isinstance(value, Scalar) or not is_address(value.text) or key.text in {*_FIELDS, *READING_LIST.by_key}:
            return False
        place = key.span.source.span(key.span.start, value.span.end)
        bare = find_bare(place.text) if not key.style else None
        if bare is None:
            return False
        edits.append(Edit(place, f"- {fix_line(bare, place.text, place, block=False)[0]}"))
    if not edits:
        return False
    more = len(edits) - 1
    help = f"write {edits[0].text}" + (f"; likewise on {more} more line{'s' if more > 1 else ''}" if more else "")
    message = "a title and its address are written as a link, as an item of a list"
    reader.lose(node)
    whole = f"[{', '.join(edit.text.removeprefix('- ') for edit in edits)}]"
    plain = "\n" not in node.span.text and "#" not in node.span.text
    fix = tuple(edits)
    if is_between_braces(node):
        help, fix = f"write {whole}", (Edit(node.span, whole),) if plain else ()
    reader.found.error("wrong-shape", message, edits[0].span, help=help, fix=fix)
    return True
