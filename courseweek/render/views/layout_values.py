"""What the layouts are given: words, links and marks, ready to be shown. Layouts compute and sort nothing."""

from __future__ import annotations

from markupsafe import Markup

from courseweek.frozen import dataclass


@dataclass(frozen=True, slots=True)
class LinkView:
    """A link with its words; without `href`, only words, with `text` beside them. `note` says who can open it."""

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
    """A person with the details behind the name."""

    name: str
    href: str | None
    affiliation: str | None


@dataclass(frozen=True, slots=True)
class ReadingView:
    """A reading at a meeting. `line` replaces the rest where it was written as one line of Markdown.

    `language` is that of its title, None where it is the course's. The names in `authors` and `facts` are isolated.
    """

    id: str
    title: str
    href: str | None
    language: str | None
    line: Markup | None
    authors: Markup | None
    facts: tuple[Markup, ...]
    note: Markup | None
    links: tuple[LinkView, ...]
    anchor: bool = False


@dataclass(frozen=True, slots=True)
class GroupView:
    """Readings under one heading, or under none."""

    heading: str | None
    readings: tuple[ReadingView, ...]


@dataclass(frozen=True, slots=True)
class InstantView:
    """A day and a time in words, and the instant in ISO 8601 with the course's offset."""

    text: str
    iso: str


@dataclass(frozen=True, slots=True)
class DeadlineView:
    """A deadline; `day` is None where it is to be decided, `beside` says that the day is shown beside it.

    `word` is "due" or "out", for an exam "exam", "exam opens" or "exam due", and "event" for an event; `label` is the
    same in the language of the page. `of` is the assignment's title where `title` is that of its milestone, or the
    meeting of a series ("for Hardware, Mon 8 Feb"); `of_row` says that this meeting is the row in which it is shown.
    `at` is the instant in UTC for the script, `iso` with the course's offset. `was` is when it was due before it was
    `moved` ("extended"), `accepted_until` until when late work is accepted. `href` leads to its description, `form` to
    where it is handed in.
    """

    id: str
    title: str
    word: str
    day: str | None
    hours: str | None
    at: str | None
    iso: str | None
    href: str | None
    tentative: bool
    carried: bool
    label: str
    of: str | None = None
    of_row: bool = False
    beside: bool = False
    was: InstantView | None = None
    moved: str | None = None
    accepted_until: InstantView | None = None
    form: str | None = None
    owed_by: str | None = None
    weight: str | None = None
    note: Markup | None = None


@dataclass(frozen=True, slots=True)
class AgendaItemView:
    """A date of the agenda, and its `place` among all of them.

    `datetime` is its day, with its time and the course's offset if that is shown. For the script, `starts` and `ends`
    are instants in UTC, equal for a moment, and `of` is the id of its assignment. Without a date, these are None but
    for `of`.
    """

    date: DeadlineView
    place: int
    datetime: str | None
    starts: str | None
    ends: str | None
    of: str | None


@dataclass(frozen=True, slots=True)
class AgendaEntryView:
    """A date to come; the first one of a series has the `later` ones."""

    item: AgendaItemView
    later: tuple[AgendaItemView, ...]


@dataclass(frozen=True, slots=True)
class AgendaView:
    """All dates: those to come in order of time, and those that are past, the last to end first."""

    coming: tuple[AgendaEntryView, ...]
    past: tuple[AgendaItemView, ...]


@dataclass(frozen=True, slots=True)
class AssignmentView:
    """An assignment with its rule as a sentence and, on its own page or where it is not a series, its dates."""

    id: str
    title: str
    href: str | None
    form: str | None
    sentence: str | None
    facts: tuple[str, ...]
    note: Markup | None
    materials: tuple[LinkView, ...]
    deadlines: tuple[DeadlineView, ...]


@dataclass(frozen=True, slots=True)
class PartView:
    """A part of a grade at its depth in the scheme; an `alternative` is one of several worth the same whole."""

    name: str
    weight: str
    depth: int
    alternative: bool
    note: Markup | None


@dataclass(frozen=True, slots=True)
class SchemeView:
    """A grading scheme as the rows of a table."""

    name: str | None
    note: Markup | None
    parts: tuple[PartView, ...]


@dataclass(frozen=True, slots=True)
class PeopleView:
    """Who is named under the course's title, and a link to the others ("and 11 more")."""

    names: tuple[LinkView, ...]
    more: LinkView | None


@dataclass(frozen=True, slots=True)
class HourView:
    """One office hour of the week; `place` is a link where it is online."""

    day: str
    hours: str | None
    who: tuple[str, ...]
    place: LinkView | None
    note: Markup | None


@dataclass(frozen=True, slots=True)
class DayOfHoursView:
    """A day of the week with office hours, in order of time."""

    name: str
    rows: tuple[HourView, ...]


@dataclass(frozen=True, slots=True)
class HoursView:
    """The office hours of the week by day and time: all `rows`, and the same by their `days`."""

    rows: tuple[HourView, ...]
    days: tuple[DayOfHoursView, ...]


@dataclass(frozen=True, slots=True)
class StaffView:
    """One of those who teach, as a card; `office_hours` are those in words, `address` is the email as it is shown.

    Where any card has a photo, one without is `photoless`: it keeps the place of one.
    """

    name: str
    href: str | None
    pronouns: str | None
    facts: tuple[str, ...]
    email: str | None
    address: Markup | None
    photo: str | None
    photoless: bool
    office_hours: tuple[str, ...]
    note: Markup | None


@dataclass(frozen=True, slots=True)
class RoleView:
    """A role and who holds it."""

    name: str | None
    note: str | None
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SlotView:
    """One meeting of the sign-up board: a cell for each column."""

    day: str
    topic: str
    href: str
    cells: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class BoardView:
    """The sign-up board: rules in words, roles, meetings by roles, and who is short of the rule."""

    rules: tuple[str, ...]
    note: Markup | None
    roles: tuple[RoleView, ...]
    sign_up: str | None
    columns: tuple[str, ...]
    slots: tuple[SlotView, ...]
    short: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ColumnsView:
    """Which columns the schedule has beside week, date and topic."""

    lecturer: bool
    presenters: bool
    deadlines: bool


@dataclass(frozen=True, slots=True)
class GroupTimeView:
    """When and where one group of a session meets; one that is `canceled` has no class."""

    name: str
    date: str
    day: str
    hours: str | None
    place: str | None
    place_href: str | None
    canceled: bool


@dataclass(frozen=True, slots=True)
class RowView:
    """A row of the schedule: a meeting, a break's days, or a line of deadlines (`only_deadlines`) or of an `event`.

    One without a `date` is a meeting that is not yet scheduled. `exam_word` is the word for an `exam` whose kind does
    not say that it is one, and `exam_dates` are for the script. `until` is the end of a window, `until_iso` the same
    with the course's offset. `swap` is the name of the swap by which it takes place. `groups` are those of a session,
    and `spans` the instants between which it is today's, where these are several. `suggest` is where the row's reading
    list is edited in the web.
    """

    id: str
    href: str
    date: str
    day: str
    week: int | None
    begins: str
    finishes: str
    pause: bool = False
    marks: tuple[str, ...] = ()
    marked: bool = False
    current: bool = False
    anchor: bool = False
    hours: str | None = None
    place: str | None = None
    place_href: str | None = None
    own_time: bool = False
    kind: str | None = None
    topic: str = ""
    part: str | None = None
    swap: str | None = None
    tentative: bool = False
    carried: bool = False
    page: str | None = None
    unit: str | None = None
    opens_unit: bool = False
    unit_description: Markup | None = None
    description: Markup | None = None
    guests: tuple[PersonView, ...] = ()
    lecturers: tuple[str, ...] = ()
    materials: tuple[LinkView, ...] = ()
    required: tuple[GroupView, ...] = ()
    optional: tuple[GroupView, ...] = ()
    optional_count: int = 0
    presenters: tuple[RoleView, ...] = ()
    deadlines: tuple[DeadlineView, ...] = ()
    only_deadlines: bool = False
    event: bool = False
    exam: bool = False
    exam_word: str | None = None
    exam_dates: tuple[DeadlineView, ...] = ()
    until: str | None = None
    until_iso: str | None = None
    notes: tuple[LinkView, ...] = ()
    announcements: tuple[LinkView, ...] = ()
    suggest: str | None = None
    groups: tuple[GroupTimeView, ...] = ()
    spans: str | None = None


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
    """What is on: a few panels, each a heading with rows below it, as of the day of the build.

    `is_over` says that the term is over, so that nothing is marked any more. `silent` is for the script.
    """

    as_of: str
    is_over: bool
    follow_next: bool
    panels: tuple[PanelView, ...]
    due: tuple[DeadlineView, ...]
    silent: tuple[SilentView, ...] = ()


@dataclass(frozen=True, slots=True)
class SilentView:
    """A break in words ("Spring break, until Sun 21 Mar"), and the instants between which it is on without a row."""

    text: str
    spans: str


@dataclass(frozen=True, slots=True)
class PanelView:
    """A heading ("This week"), a line beside it ("Week 7 of 16"), and rows.

    A `notice` says why there is not a week to show; `anchor` is set where it is the place of `#today`.
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
class CountdownView:
    """The script of a page with dates to come, and the name of the course's time zone."""

    script: str
    zone: str


@dataclass(frozen=True, slots=True)
class PageView:
    """One page: where its neighbors are, seen from it, and what is on it.

    `heading` is its title as HTML, `edit` where its source is edited in the web, None where the course names no
    repository. The `script` keeps right what is on, that of `countdown` what is to come.
    """

    path: str
    title: str
    heading: Markup
    is_home: bool
    home: str
    style_sheet: str
    script: str | None
    edit: str | None
    nav: tuple[LinkView, ...]
    blocks: tuple[BlockView, ...]
    countdown: CountdownView | None = None


@dataclass(frozen=True, slots=True)
class BlockView:
    """A stretch of prose, or the name of a part that the layout renders."""

    prose: Markup | None
    part: str | None


@dataclass(frozen=True, slots=True)
class ListingView:
    """The readings of one meeting on the page of readings, where each appears once with its anchor."""

    row: RowView
    required: tuple[GroupView, ...]
    optional: tuple[GroupView, ...]


@dataclass(frozen=True, slots=True)
class AboutView:
    """What a note is about: the words before it ("Notes on"), and a link to the reading or meeting."""

    link: LinkView
    author: str | None
    source: LinkView | None


@dataclass(frozen=True, slots=True)
class AnnouncementView:
    """A dated announcement. `heading` is its title as HTML."""

    id: str
    title: str
    heading: Markup
    day: str
    date: str
    text: Markup
    edit: str | None


@dataclass(frozen=True, slots=True)
class HeadlineView:
    """A link to an announcement on the home page; `begins` and `finishes` are the instants between which it is current.

    The newest one that is current is shown, the others are `hidden`.
    """

    link: LinkView
    day: str
    date: str
    begins: str
    finishes: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class TitleView:
    """A reading in the list by title, with the meetings that use it and whether it is required there."""

    reading: LinkView
    uses: tuple[LinkView, ...]
