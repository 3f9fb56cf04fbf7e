"""What the layouts are given: words, links and marks, ready to be shown. Layouts compute and sort nothing."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class LinkView:
    """A link with its words; without `href` the words stand alone, `text` beside them. `note` says who can open it."""

    label: str
    href: str | None
    text: Markup | None = None
    note: str | None = None
    current: bool = False


@dataclass(frozen=True, slots=True)
class FactView:
    """A label with its values, as in "Instructors: …"."""

    label: str
    values: tuple[LinkView, ...]


@dataclass(frozen=True, slots=True)
class PersonView:
    """A person with what stands behind the name."""

    name: str
    href: str | None
    affiliation: str | None


@dataclass(frozen=True, slots=True)
class ReadingView:
    """A reading at a meeting. `line` replaces the rest where it was written as one line of Markdown."""

    id: str
    title: str
    href: str | None
    line: Markup | None
    authors: str | None
    facts: tuple[str, ...]
    note: Markup | None
    links: tuple[LinkView, ...]
    anchor: bool = False


@dataclass(frozen=True, slots=True)
class GroupView:
    """Readings under one heading, or under none."""

    heading: str | None
    readings: tuple[ReadingView, ...]


@dataclass(frozen=True, slots=True)
class RowView:
    """A row of the schedule: a meeting, or a break's days."""

    id: str
    href: str
    date: str
    day: str
    week: int | None
    begins: str
    finishes: str
    pause: bool
    marks: tuple[str, ...]
    marked: bool
    current: bool
    anchor: bool
    hours: str | None
    place: str | None
    place_href: str | None
    own_time: bool
    kind: str | None
    topic: str
    part: str | None
    tentative: bool
    page: str | None
    unit: str | None
    opens_unit: bool
    unit_description: Markup | None
    description: Markup | None
    guests: tuple[PersonView, ...]
    lecturer: str | None
    materials: tuple[LinkView, ...]
    required: tuple[GroupView, ...]
    optional: tuple[GroupView, ...]
    optional_count: int


@dataclass(frozen=True, slots=True)
class WeekView:
    """A week of the schedule, and its place in the ruler; one without rows has no `href`."""

    id: str
    label: str
    name: str
    href: str | None
    current: bool
    pause: bool
    begins: str
    finishes: str
    rows: tuple[RowView, ...]


@dataclass(frozen=True, slots=True)
class NowView:
    """What is on: at most two panels, each a heading with rows below it, as of the day of the build."""

    as_of: str
    follow_next: bool
    panels: tuple[PanelView, ...]


@dataclass(frozen=True, slots=True)
class PanelView:
    """A heading ("This week"), a line beside it ("Week 7 of 16"), and rows.

    A `notice` says why there is no such week; `anchor` is set where it is the place of `#today`.
    """

    heading: str
    aside: str | None
    notice: bool
    anchor: bool
    entries: tuple[EntryView, ...]


@dataclass(frozen=True, slots=True)
class EntryView:
    """A row in a panel; `mark` is "Today", "Next" or None, `read` whether its readings are listed."""

    row: RowView
    mark: str | None
    read: bool


@dataclass(frozen=True, slots=True)
class CourseView:
    """The course as each page names it."""

    title: str
    code: str | None
    name: str
    headline: str
    description: str | None
    language: str
    tentative: bool
    suggest: str | None


@dataclass(frozen=True, slots=True)
class PageView:
    """One page: where its neighbours are, seen from it, and what stands on it."""

    path: str
    title: str
    is_home: bool
    home: str
    style_sheet: str
    script: str | None
    nav: tuple[LinkView, ...]
    blocks: tuple[BlockView, ...]


@dataclass(frozen=True, slots=True)
class BlockView:
    """A stretch of prose, or the name of a part that the layout draws."""

    prose: Markup | None
    part: str | None


@dataclass(frozen=True, slots=True)
class ListingView:
    """The readings of one meeting on the page of readings, where each stands once with its anchor."""

    row: RowView
    required: tuple[GroupView, ...]
    optional: tuple[GroupView, ...]
