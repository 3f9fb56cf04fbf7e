"""The course: everything that was read, still undated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Literal

from courseweek.diagnostics import Span
from courseweek.frozen import dataclass
from courseweek.language.formats import Clock
from courseweek.language.locale import Locale
from courseweek.model.assignment import Assignment
from courseweek.model.event import Event
from courseweek.model.gaps import NO_GAPS, Gaps
from courseweek.model.grading import Scheme
from courseweek.model.link import Link
from courseweek.model.meeting import Topic
from courseweek.model.origin import Origin
from courseweek.model.page import Announcement, Note, Page
from courseweek.model.past_term import PastTerm
from courseweek.model.people import SharedHours, Staff
from courseweek.model.presenting import Presentations
from courseweek.model.reading import ReadingList
from courseweek.model.repository import Repository
from courseweek.model.slug import make_slug
from courseweek.model.term import Term

Highlight = Literal["this week", "next meeting"]
"""What is marked as current."""


@dataclass(frozen=True, slots=True)
class SiteOptions:
    """How the site looks: `accent` is `#rrggbb` or None.

    `nav` are the names of pages in order, each with its place, None for the default. `scripts` are the files of
    `assets/` that may run in a browser, by their names there. `time` is the clock of the pages, None for the usual one
    of the language, and `words` are the course's own for some of a page's, by their keys. With `calendar_week`, weeks
    have their number in the calendar too. `meeting_pages` says whether meetings have pages. `syllabus` are the names of
    the pages whose texts are in the full syllabus, each with its place, `pdf` says whether it is a PDF as
    well, and `fonts` are files of `assets/` for what no font of the computer has.
    """

    origin: Origin = field(compare=False)
    accent: str | None = None
    nav: tuple[tuple[str, Span], ...] | None = None
    highlight: Highlight = "this week"
    scripts: frozenset[str] = frozenset()
    meeting_pages: bool = True
    syllabus: tuple[tuple[str, Span], ...] = ()
    time: Clock | None = None
    words: Mapping[str, str] = field(default_factory=dict)
    calendar_week: bool = False
    pdf: bool = False
    fonts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Syllabus:
    """What `syllabus.yaml` says: the course, its term, its people and its topics.

    `topic_lists` are the lists of the schedule with units flattened: one, or one for each kind.
    """

    title: str
    term: Term
    site: SiteOptions
    origin: Origin = field(compare=False)
    code: str | None = None
    institution: str | None = None
    description: str | None = None
    language: str = "en"
    url: str | None = None
    repository: Repository | None = None
    links: tuple[Link, ...] = ()
    staff: tuple[Staff, ...] = ()
    office_hours: tuple[SharedHours, ...] = ()
    topic_lists: tuple[tuple[Topic, ...], ...] = ()
    assignments: tuple[Assignment, ...] = ()
    presentations: Presentations | None = None
    grading: tuple[Scheme, ...] = ()
    late_policy: str | None = None
    events: tuple[Event, ...] = ()

    @property
    def locale(self) -> Locale:
        """How pages are written in the course's language."""
        return Locale(self.language, self.site.time, tuple(sorted(self.site.words.items())))


@dataclass(frozen=True, slots=True)
class Course:
    """A course as its files say it.

    `reading_lists` go by the id of their meeting. `assets` are the course's own files, by their path in `assets/`.
    `past_terms` come with the latest first.
    """

    syllabus: Syllabus
    reading_lists: Mapping[str, ReadingList]
    pages: tuple[Page, ...]
    notes: tuple[Note, ...]
    announcements: tuple[Announcement, ...]
    assets: frozenset[str]
    past_terms: tuple[PastTerm, ...] = ()
    gaps: Gaps = NO_GAPS
    """What is missing because it could not be read."""
    carried: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """What came from the last term and is not confirmed: the keys of topics and assignments by id, those of a person by
    `staff/` and an id."""


def is_carried(part: Topic | Assignment, course: Course) -> bool:
    """Return whether something about a topic or an assignment came from the last term and is not confirmed."""
    return bool(course.carried) and (part.id or make_slug(part.title)) in course.carried
