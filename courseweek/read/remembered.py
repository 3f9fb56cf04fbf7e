"""What reading a file came to, by its text: a preview reads again only what has changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

from courseweek.cache import Memory
from courseweek.diagnostics import Diagnostic, Diagnostics, Source
from courseweek.frozen import dataclass
from courseweek.read.syllabus import Opened, read_syllabus
from courseweek.read.tables.reader import Reader
from courseweek.read.values.markdown_limits import MOST_MARKS

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Kept:
    """The value of a file, for which text and which reader it is, and what reading it did to the reader."""

    text: str
    read: Callable[[Source, Reader], Any]
    before: Reader
    value: Any
    reported: tuple[Diagnostic, ...]
    lost: frozenset[str]
    unsettled: bool
    marks: int
    topics: int


class Known:
    """Files as read before. The result is the same as if each were read again."""

    def __init__(self, memory: Memory | None = None) -> None:
        """Know nothing yet of the files, but what `memory` holds of their texts."""
        self._memory = memory
        self._kept: dict[str, _Kept] = {}
        self._opened: tuple[str, frozenset[str], Opened, tuple[Diagnostic, ...]] | None = None
        self._assets: frozenset[str] = frozenset()

    def recall_assets(self, assets: frozenset[str]) -> frozenset[str]:
        """Return the same set of assets as before if it is equal, so that nobody compares it again."""
        if assets != self._assets:
            self._assets = assets
        return self._assets

    def open(self, source: Source, found: Diagnostics, assets: frozenset[str]) -> Opened:
        """Return what the syllabus says, and a reader for the other files."""
        kept = self._opened
        if kept is not None and kept[0] == source.text and kept[1] is assets and not found.has_errors(source.name):
            _, _, opened, reported = kept
            for each in reported:
                found.add(each)
        else:
            begun = _begin(found, source)
            opened = read_syllabus(source, found, assets, self._memory)
            reported = tuple(found.found[begun[0] :])
            self._opened = (source.text, assets, opened, reported) if _is_whole(found, begun, reported) else None
        reader = opened.reader
        return replace(opened, reader=replace(reader, found=found, lost=set(reader.lost)))

    def read(self, source: Source, reader: Reader, read: Callable[[Source, Reader], T]) -> T:
        """Return what `read` makes of a file."""
        found = reader.found
        kept = self._kept.get(source.name)
        if kept is not None and kept.read is read and _fits(kept, source, reader):
            for each in kept.reported:
                found.add(each)
            reader.lost |= kept.lost
            reader.unsettled |= kept.unsettled
            reader.marks += kept.marks
            reader.topics += kept.topics
            value: T = kept.value
            return value
        begun, before = _begin(found, source), replace(reader, lost=set(reader.lost), unsettled=False)
        was_unsettled, reader.unsettled = reader.unsettled, False
        value = read(source, reader)
        reported = tuple(found.found[begun[0] :])
        if _is_whole(found, begun, reported) and reader.marks <= MOST_MARKS:
            self._kept[source.name] = _Kept(
                text=source.text,
                read=read,
                before=before,
                value=value,
                reported=reported,
                lost=frozenset(reader.lost - before.lost),
                unsettled=reader.unsettled,
                marks=reader.marks - before.marks,
                topics=reader.topics - before.topics,
            )
        else:
            self._kept.pop(source.name, None)
        reader.unsettled |= was_unsettled
        return value


def _fits(kept: _Kept, source: Source, reader: Reader) -> bool:
    """Return whether reading the file would give the same: same file, term, language and assets."""
    before = kept.before
    return (
        kept.text == source.text
        and before.assets is reader.assets
        and (before.zone is reader.zone or before.zone == reader.zone)
        and before.language == reader.language
        and (before.window is reader.window or before.window == reader.window)
        and reader.marks + kept.marks <= MOST_MARKS
        and not reader.found.has_errors(source.name)
    )


def _begin(found: Diagnostics, source: Source) -> tuple[int, int, bool]:
    return len(found.found), found.total, found.has_errors(source.name)


def _is_whole(found: Diagnostics, begun: tuple[int, int, bool], reported: tuple[Diagnostic, ...]) -> bool:
    """Return whether all reports since can be repeated: a file may have too many faults, or earlier ones."""
    return not begun[2] and found.total - begun[1] == len(reported)
