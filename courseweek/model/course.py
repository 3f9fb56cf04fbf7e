"""The course: everything that was read, still undated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Literal

from courseweek.diagnostics import Span
from courseweek.frozen import dataclass
from courseweek.model.assignment import Assignment
from courseweek.model.gaps import NO_GAPS, Gaps
from courseweek.model.grading import Scheme
from courseweek.model.link import Link
from courseweek.model.meeting import Topic
from courseweek.model.origin import Origin
from courseweek.model.page import Announcement, Note, Page
from courseweek.model.people import Staff
from courseweek.model.presenting import Presentations
from courseweek.model.reading import ReadingList
from courseweek.model.repository import Repository
from courseweek.model.term import Term


@dataclass(frozen=True, slots=True)
class SiteOptions:
    """How the site looks: `accent` is `#rrggbb` or None.

    `nav` are the names of pages in order, each with its place, None for the default. `scripts` are the files of
    `assets/` that may run in a browser, by their names there.
    """

    accent: str | None
    nav: tuple[tuple[str, Span], ...] | None
    highlight: Literal["this week", "next meeting"]
    scripts: frozenset[str]
    origin: Origin = field(compare=False)


@dataclass(frozen=True, slots=True)
class Syllabus:
    """What `syllabus.yaml` says: the course, its term, its people and its topics.

    `topic_lists` are the lists of the schedule with units flattened: one, or one for each kind.
    """

    title: str
    code: str | None
    institution: str | None
    description: str | None
    language: str
    url: str | None
    repository: Repository | None
    links: tuple[Link, ...]
    term: Term
    staff: tuple[Staff, ...]
    topic_lists: tuple[tuple[Topic, ...], ...]
    assignments: tuple[Assignment, ...]
    presentations: Presentations | None
    grading: tuple[Scheme, ...]
    late_policy: str | None
    site: SiteOptions
    origin: Origin = field(compare=False)


@dataclass(frozen=True, slots=True)
class Course:
    """A course as its files say it.

    `reading_lists` go by the id of their meeting. `assets` are the course's own files, by their path in `assets/`.
    """

    syllabus: Syllabus
    reading_lists: Mapping[str, ReadingList]
    pages: tuple[Page, ...]
    notes: tuple[Note, ...]
    announcements: tuple[Announcement, ...]
    assets: frozenset[str]
    gaps: Gaps = NO_GAPS
    """What is missing because it could not be read."""
