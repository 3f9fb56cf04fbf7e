"""Readings: what is read for a meeting, required or optional."""

from __future__ import annotations

from dataclasses import field

from courseweek.frozen import dataclass
from courseweek.model.link import Access, Link
from courseweek.model.origin import Origin


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading. `id` is empty until the schedule has given it one, unless it was written.

    `url` is an address, or the path of a file in `assets/` (then `asset` is true). `book` is the one that it is a part
    of, `minutes` how long it takes to read. `language` is that of its title, a tag of BCP 47.

    `markdown` is the line as its contributor wrote it where one line of Markdown is the whole reading;
    `title` and `url` are then those of its first link.
    """

    title: str
    origin: Origin = field(compare=False)
    id: str = ""
    url: str | None = None
    authors: tuple[str, ...] = ()
    venue: str | None = None
    year: int | None = None
    award: str | None = None
    doi: str | None = None
    arxiv: str | None = None
    pages: str | None = None
    note: str | None = None
    access: Access | None = None
    links: tuple[Link, ...] = ()
    kind: str | None = None
    book: str | None = None
    editors: tuple[str, ...] = ()
    publisher: str | None = None
    edition: str | None = None
    minutes: int | None = None
    language: str | None = None
    asset: bool = False
    markdown: str | None = None


@dataclass(frozen=True, slots=True)
class Reuse:
    """The same reading again, by its id, with a note and pages of its own."""

    id: str
    note: str | None
    pages: str | None
    origin: Origin = field(compare=False)


@dataclass(frozen=True, slots=True)
class Entries:
    """The entries under one heading of a list as written; the heading is None for those under none."""

    heading: str | None
    entries: tuple[Reading | Reuse, ...]


@dataclass(frozen=True, slots=True)
class ReadingList:
    """What `readings.yaml` says under one meeting's id."""

    meeting: str
    required: tuple[Entries, ...]
    optional: tuple[Entries, ...]
    origin: Origin = field(compare=False)


@dataclass(frozen=True, slots=True)
class Assigned:
    """A reading as it is assigned at one meeting: with the note and pages that hold there.

    `again` is true where the reading was described at another meeting and is reused here. `origin` is that of the
    entry.
    """

    reading: Reading
    note: str | None
    pages: str | None
    again: bool
    origin: Origin = field(compare=False)


@dataclass(frozen=True, slots=True)
class Group:
    """Assigned readings under one heading; the heading is None for those under none."""

    heading: str | None
    assigned: tuple[Assigned, ...]
