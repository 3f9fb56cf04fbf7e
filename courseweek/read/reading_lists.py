"""`readings.yaml`: a list of readings under each meeting's id."""

from __future__ import annotations

import re
from dataclasses import replace

from courseweek.diagnostics import Diagnostics, Edit, Source
from courseweek.frozen import dataclass
from courseweek.model.origin import Origin
from courseweek.model.reading import Entries, Reading, ReadingList, Reuse
from courseweek.read.pasted.example import find_commented_reading
from courseweek.read.reading_lines import read_bullets
from courseweek.read.readings import OPTIONAL, READING, READING_LIST, READINGS_FORM, REQUIRED, REUSE, read_entry
from courseweek.read.tables.fields import LABELLED_LINKS
from courseweek.read.tables.grammars import make_grammar
from courseweek.read.tables.reader import Reader, is_only_misspelled, leave_keyed
from courseweek.read.tables.shapes import (
    REFERENCE,
    one_line,
)
from courseweek.yamltext.document import Mapping, Node, Scalar, Sequence, is_readable, read_moved, read_yaml
from courseweek.yamltext.slips.glued import (
    explain_glued_key,
    is_written_with_colon,
    write_between_braces,
)

MOST_READINGS = 2_500
"""Readings of one course: more are refused."""
READINGS_GRAMMAR = make_grammar(lambda: READINGS_FORM, readings=True)


@dataclass(frozen=True, slots=True)
class Lists:
    """The reading lists by their meeting's id. `torn` says that YAML was broken, so that readings may be missing."""

    by_meeting: dict[str, ReadingList]
    torn: bool


def read_readings(source: Source, reader: Reader) -> Lists:
    """Return the reading lists; what is wrong is reported."""
    found = Diagnostics()
    commented = find_commented_reading(source)
    if commented is not None:
        reader.found.add(commented)
    trial = reader.again(found)
    root = read_yaml(source, found, memory=reader.memory, grammar=READINGS_GRAMMAR)
    torn, readable = found.errors > 0, is_readable(found)
    if isinstance(root, Mapping) and len(root.entries) == 1 and not torn:
        from courseweek.read.reading_shapes import find_wrapped, report_wrapped

        wrapped = find_wrapped(root)
        if isinstance(wrapped, Mapping):
            report_wrapped(root.entries[0][0], wrapped, trial)
            readable = False  # no line is in a wrong column but all of them
        root = wrapped or root
    lists = {} if root is None else _read_lists(root, trial)
    if found.errors and readable and not is_only_misspelled(found):
        # What is refused may be right but for a line in a wrong column.
        again = Diagnostics()
        second = reader.again(again)
        moved = read_moved(source, again, READINGS_GRAMMAR)
        others = {} if moved is None else _read_lists(moved, second)
        if moved is not None and again.errors <= found.errors:
            trial, lists = second, others
    reader.take_over(trial)
    return Lists(lists, torn)


def _read_lists(root: Node, reader: Reader) -> dict[str, ReadingList]:
    if not isinstance(root, Mapping):
        from courseweek.read.reading_shapes import report_listed_meetings

        report_listed_meetings(root, reader)
        return {}
    lists: dict[str, ReadingList] = {}
    total = 0
    for key, value in root.entries:
        if _report_at_margin(key, value, reader):
            reader.lose(value)
            continue
        meeting = REFERENCE.read(key, reader)
        if meeting is None:
            reader.lose(value)
            _read_list(key.text, key, value, reader)
            continue
        if meeting in lists:  # written with other code points, which nobody sees
            help = "keep one of the two, or combine them"
            other = (lists[meeting].origin.span, "the first one is here")
            reader.error("duplicate-key", f"`{meeting}` is written twice", key, help, other)
            reader.lose(value)
            continue
        lists[meeting] = _read_list(meeting, key, value, reader)
        total += sum(len(each.entries) for each in (*lists[meeting].required, *lists[meeting].optional))
        if total > MOST_READINGS:
            reader.error(
                "too-many",
                f"there are more than {MOST_READINGS:,} readings up to here",
                key,
                "split the course into several",
            )
            del lists[meeting]
            break
    return lists


def _read_list(meeting: str, key: Scalar, node: Node, reader: Reader) -> ReadingList:
    origin = Origin(key.span)
    if not isinstance(node, Mapping):
        return ReadingList(meeting, _read_body(node, reader, headings=False), (), origin)
    if _report_reading(node, reader) or _report_titles(node, reader) or _report_keyed(node, reader):
        return ReadingList(meeting, (), (), origin)
    node = _report_nested_meeting(node, meeting, reader)
    record = reader.record(node, READING_LIST)
    required = record[REQUIRED] if record is not None else None
    optional = record[OPTIONAL] if record is not None else None
    return ReadingList(
        meeting,
        _read_body(required, reader, headings=True) if required is not None else (),
        _read_body(optional, reader, headings=True) if optional is not None else (),
        origin,
    )


def _report_at_margin(key: Scalar, value: Node, reader: Reader) -> bool:
    """Return whether `required:` or a field of a reading is where ids of meetings belong; report it if so."""
    field = READING.by_key.get(key.text)
    # Links are never a text.
    labelled = field is not None and field.shape.what.startswith(LABELLED_LINKS)
    a_field = field is not None and not labelled and isinstance(value, Scalar) and not _is_list(value)
    if key.text not in READING_LIST.by_key and not a_field:
        return False
    message = f"`{key.text}` begins in column {key.span.column}, where only ids of meetings belong"
    help = f"put two spaces before {key.text}: and before each line of its list, so that it is under its meeting"
    if a_field:
        help = f"indent it as much as the key of its reading above: `    {key.text}: …`"
    reader.error("wrong-shape", message, key, help)
    return True


def _is_list(value: Scalar) -> bool:
    """Return whether a text is readings as lines of Markdown, which any meeting can have."""
    text = value.text.lstrip()
    return text.startswith("[") or (value.style in ("|", ">") and text.startswith(("- ", "* ", "+ ")))


def _report_nested_meeting(node: Mapping, owner: str, reader: Reader) -> Mapping:
    """Report each meeting inside another one; return the lists of the outer one."""
    kept = []
    for key, value in node.entries:
        inner = {each.text for each, _ in value.entries} if isinstance(value, Mapping) else set()
        if key.text in READING_LIST.by_key or not inner or not inner <= READING_LIST.by_key.keys():
            kept.append((key, value))
            continue
        reader.lose(value)
        reader.lost.add(key.text)
        out = key.span.column - 1
        message = f"`{key.text}` is inside `{owner}`, where only `required` and `optional` belong"
        help = f"if it is a meeting, begin it in column 1: delete {out} space{'s' if out > 1 else ''} before it"
        source, start = key.span.source, key.span.start - out
        lines = re.finditer(rf"^[ ]{{{out}}}", source.text[start : value.span.end], re.MULTILINE)
        fix = tuple(Edit(source.span(start + each.start(), start + each.end()), "") for each in lines)
        help += ", and before each line of its lists"
        reader.found.error("wrong-shape", message, key.span, help=help, fix=fix)
    return replace(node, entries=tuple(kept)) if len(kept) < len(node.entries) else node


def _report_reading(node: Mapping, reader: Reader) -> bool:
    """Return whether a mapping is a reading where a list of them is expected; report it if so."""
    keys = {key.text for key, _ in node.entries}
    if not keys or not keys <= READING.by_key.keys() | REUSE.by_key.keys():
        return False
    help = "put `- ` before its first key, and indent the other keys to match"
    reader.error("wrong-shape", "a reading must be an item of a list", node, help)
    return True


def _report_keyed(node: Mapping, reader: Reader) -> bool:
    """Return whether readings are keyed by their titles or ids; report it once if so."""
    keyed = all(isinstance(value, Mapping) for _, value in node.entries)
    own = any(key.text in READING_LIST.by_key for key, _ in node.entries)
    return keyed and not own and leave_keyed(node, reader, READING) is None


def _report_titles(node: Mapping, reader: Reader) -> bool:
    if not any(isinstance(value, Scalar) and value.text for _, value in node.entries):
        return False
    from courseweek.read.reading_shapes import report_keyed_titles

    return report_keyed_titles(node, reader)


def _read_body(node: Node, reader: Reader, *, headings: bool) -> tuple[Entries, ...]:
    if isinstance(node, Mapping):
        if not headings:
            help = "put `- ` before each reading below the heading"
            reader.error("wrong-shape", "a heading needs a list of readings below it", node, help)
            return ()
        known = _report_reading(node, reader) or _report_titles(node, reader) or _report_keyed(node, reader)
        return () if known else _read_headings(node, reader)
    if isinstance(node, Scalar):
        return () if node.empty else (Entries(None, tuple(read_bullets(node, reader, READING))),)
    found: list[Reading | Reuse] = []
    before: Node | None = None
    kept = leave_keyed(node, reader, READING)
    for item in kept.items if isinstance(kept, Sequence) else ():
        if not reader.is_split(item, before, READING):
            found += read_entry(item, reader)
        before = item
    return (Entries(None, tuple(found)),)


def _read_headings(node: Mapping, reader: Reader) -> tuple[Entries, ...]:
    found: list[Entries] = []
    for key, value in node.entries:
        if key.text in READING_LIST.by_key:
            reader.lose(value)
            message = f"`{key.text}` is inside a list, where it can't be a heading"
            help = "begin the lines required: and optional: of a meeting in the same column"
            reader.found.error("wrong-shape", message, key.span, help=help)
            continue
        if isinstance(value, Scalar) and value.empty and not is_written_with_colon(key):
            _report_lone_heading(key, node, reader)
            continue
        for entries in _read_body(value, reader, headings=False):
            found.append(Entries(one_line(key.text), entries.entries))
    return tuple(found)


def _report_lone_heading(key: Scalar, node: Mapping, reader: Reader) -> None:
    """Report a word in braces where headings with lists belong: `{X, Y}`, `{Background:X}`."""
    glued = explain_glued_key(key)
    if glued is not None:
        reader.found.add(glued[1])
        return
    alone = all(isinstance(value, Scalar) and value.empty for _, value in node.entries)
    reader.lose(key)
    if not alone:
        help = "put it into the list of its heading, between `[` and `]`"
        reader.found.error("comma", f"the comma ends the list before `{key.text}`", key.span, help=help)
    elif key is node.entries[0][0]:
        written = f"[{', '.join(write_between_braces(each.text) for each, _ in node.entries)}]"
        safe = "#" not in node.span.text and "…" not in written
        fix = (Edit(node.span, written),) if safe else ()
        message = "a list of readings goes between `[` and `]`"
        reader.found.error("wrong-shape", message, node.span.within(0, 1), help=f"write {written}", fix=fix)
