"""Where the lines of a new reading go in `readings.yaml`, and which lines are needed above them.

A list of items in lines of its own can be added to. One between brackets, in braces or below a `|` has no place: its
file has to be edited by hand.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from courseweek.diagnostics import Source
from courseweek.frozen import dataclass
from courseweek.model.reading import ReadingList
from courseweek.regex import lazy_pattern

INDENT = 2
"""Spaces by which a list is indented below its meeting, and its items below its name, where there are none yet."""
_NAME = lazy_pattern(r""" *(["']?)(?:required|optional)\1[ \t]*:[ \t]*(?:#.*)?\r?""")
_OPEN = lazy_pattern(r"[ \t]*:[ \t]*(?:#.*)?\r?")
_ITEM = lazy_pattern(r" *-(?: |\r?$)")
_EMPTY = lazy_pattern(r"[ \t]*\r?")
_COMMENT = lazy_pattern(r"[ \t]*#")
_PLAIN_ID = lazy_pattern(r"[a-z][a-z0-9-]*")


@dataclass(frozen=True, slots=True)
class ListEnd:
    """A place for a new item: below the line `line` (0 is the top of the file), its dash after `indent` spaces.

    `before` are the lines that go above the item, and `first` is the line with `required:` that goes below the line
    `first_line`: a list without a name needs one as soon as there is a second list.
    """

    line: int
    indent: int
    before: tuple[str, ...] = ()
    first: str | None = None
    first_line: int = 0


def find_list_end(source: Source, listed: ReadingList | None, meeting: str, *, required: bool) -> ListEnd | None:
    """Return the place for a reading of a meeting, of which `listed` is the list; None if it has no place.

    `source` is the whole file. Without a list, the meeting gets one at the end of the file.
    """
    lines = _split_lines(source.text)
    name = "required" if required else "optional"
    if listed is None:
        return _place_at_end(lines, meeting, name)
    span = listed.origin.span
    if span.column != 1 or _OPEN.fullmatch(lines[span.line - 1], len(span.text)) is None:
        return None
    block = _find_block(lines, span.line)
    content = [number for number in block if _is_content(lines[number - 1])]
    if not content:
        return ListEnd(span.line, 2 * INDENT, (f"{' ' * INDENT}{name}:",))
    indent = _count_spaces(lines[content[0] - 1])
    if _ITEM.match(lines[content[0] - 1]):
        return _place_in_bare_list(block, span.line, indent, required=required)
    names = [each for each in content if _count_spaces(lines[each - 1]) == indent and not _ITEM.match(lines[each - 1])]
    for number, after in zip(names, [*names[1:], block[-1] + 1], strict=True):
        if lines[number - 1].partition(":")[0].strip(" \t\"'") == name:
            body = [each for each in block if number < each < after]
            is_open = _NAME.fullmatch(lines[number - 1]) is not None
            return _place_below_name(lines, number, body, indent) if is_open else None
    return ListEnd(block[-1], indent + INDENT, (f"{' ' * indent}{name}:",))


@lru_cache(maxsize=2)  # a course has one such file, and many meetings
def _split_lines(text: str) -> tuple[str, ...]:
    return tuple(text.split("\n"))


@lru_cache(maxsize=2)
def _find_end(lines: tuple[str, ...]) -> int | None:
    """Return the number of the last line with content or a comment; None where no meeting can follow it."""
    content = [line for line in lines if _is_content(line)]
    if content and (content[0][0] in " \t{[-" or any(line.startswith("...") for line in content)):
        return None
    return max((number for number, line in enumerate(lines, 1) if not _EMPTY.fullmatch(line)), default=0)


def _place_at_end(lines: tuple[str, ...], meeting: str, name: str) -> ListEnd | None:
    """Return the place of a meeting without a list: the end of a file in which meetings are in lines of their own."""
    last = _find_end(lines)
    if last is None:
        return None
    key = meeting if _PLAIN_ID.fullmatch(meeting) else f'"{meeting}"'
    return ListEnd(last, 2 * INDENT, (*([""] if last else []), f"{key}:", f"{' ' * INDENT}{name}:"))


def _place_in_bare_list(block: list[int], key_line: int, indent: int, *, required: bool) -> ListEnd | None:
    """Return the place in a list right below its meeting, whose readings are required."""
    if required:
        return ListEnd(block[-1], indent)
    if indent == 0:
        return None  # no name of a list fits above items in column 1
    spaces = " " * indent
    return ListEnd(block[-1], indent + INDENT, (f"{spaces}optional:",), f"{spaces}required:", key_line)


def _place_below_name(lines: Sequence[str], number: int, body: list[int], indent: int) -> ListEnd | None:
    """Return the place in the list that the name on the line `number` has, with or without headings in it."""
    content = [each for each in body if _is_content(lines[each - 1])]
    if not content:
        return ListEnd(number, indent + INDENT)
    column = _count_spaces(lines[content[0] - 1])
    if not _ITEM.match(lines[content[0] - 1]):
        heads = [
            each for each in content if _count_spaces(lines[each - 1]) == column and not _ITEM.match(lines[each - 1])
        ]
        heading = heads[-1]
        below = next((each for each in content if each > heading), None)
        if below is None or not _ITEM.match(lines[below - 1]):
            return None
        column = _count_spaces(lines[below - 1])
    return ListEnd(body[-1], column)


def _find_block(lines: Sequence[str], key_line: int) -> list[int]:
    """Return the numbers of the lines that belong to the key on a line, up to the last that is not empty."""
    block: list[int] = []
    end = 0
    for number in range(key_line + 1, len(lines) + 1):
        line = lines[number - 1]
        inside = line[:1] in (" ", "\t") or _ITEM.match(line) is not None
        if not (inside or line.startswith("#") or _EMPTY.fullmatch(line)):
            break
        block.append(number)
        end = len(block) if inside and not _EMPTY.fullmatch(line) else end
    return block[:end]


def _is_content(line: str) -> bool:
    return not _EMPTY.fullmatch(line) and not _COMMENT.match(line)


def _count_spaces(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
