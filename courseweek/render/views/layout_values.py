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
class CountView:
    """How many announcements are of the last seven days, and the instants between which each of them is."""

    number: int
    spans: str


@dataclass(frozen=True, slots=True)
class NavView:
    """An entry of the navigation; that of the announcements has their `count` on the pages whose script renews it."""

    label: str
    href: str
    current: bool
    count: CountView | None = None


@dataclass(frozen=True, slots=True)
class PatternView:
    """When and where one kind of meeting takes place every week, each time or group as a line; a link if online."""

    label: str
    lines: tuple[LinkView, ...]


@dataclass(frozen=True, slots=True)
class ChoiceView:
    """What a student can choose: the `name` of the field, its `label`, what all of it is called, and the `values`."""

    name: str
    label: str
    all: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ScriptOfChoicesView:
    """The script that goes by what a student chose: its address, under which `key` it keeps that, and what it may be.

    Each line of `values` is the name of a choice and one of its values.
    """

    script: str
    key: str
    values: str


@dataclass(frozen=True, slots=True)
class EveryWeekView:
    """The weekly pattern, what a student can choose, and where to ask: the course's channels."""

    patterns: tuple[PatternView, ...]
    channels: tuple[LinkView, ...]
    choices: tuple[ChoiceView, ...] = ()


@dataclass(frozen=True, slots=True)
class PersonView:
    """A person with the details behind the name."""

    name: str
    href: str | None
    affiliation: str | None


@dataclass(frozen=True, slots=True)
class CitationView:
    """How a reading is cited: as a line of text, and as an entry of BibTeX.

    `coins` is the same for reference managers that look at the page, None where they could not be sure of it.
    """

    text: Markup
    bibtex: str
    coins: str | None


@dataclass(frozen=True, slots=True)
class ReadingView:
    """A reading at a meeting. `line` replaces the rest where it was written as one line of Markdown.

    `language` is that of its title, None where it is the course's. The names in `authors` and `facts` are isolated.
    `cite` is there on pages that say how to cite it.
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
    cite: CitationView | None = None


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
class MarkView:
    """The mark of what has changed: the link to the change, and the instant in UTC until which it is new."""

    href: str
    until: str


@dataclass(frozen=True, slots=True)
class DeadlineView:
    """A deadline; `day` is None where it is to be decided, `beside` says that the day is shown beside it.

    `owner` is the id of the assignment or exam. `word` is "due" or "out", for an exam "exam", "exam opens" or "exam
    due", and "event" for an event. `of` is the assignment's title where `title` is that of its milestone, or the
    meeting of a series ("for Hardware, Mon 8 Feb"); `of_href` leads to that meeting, and `of_row` says that it is the
    row in which it is shown. `at` is the instant in UTC, `iso` with the course's offset, and `minutes` (for the script)
    is how long after the begin of its week it is. `was` is when it was due before it was `moved` ("extended"),
    `accepted_until` until when late work is accepted. `href` leads to its description, `form` to where it is handed in.
    `changed` is the mark of what has changed in the last days.
    """

    id: str
    owner: str
    title: str
    word: str
    day: str | None
    hours: str | None
    at: str | None
    iso: str | None
    href: str | None
    tentative: bool
    carried: bool
    of: str | None = None
    of_href: str | None = None
    of_row: bool = False
    beside: bool = False
    was: InstantView | None = None
    moved: str | None = None
    accepted_until: InstantView | None = None
    form: str | None = None
    owed_by: str | None = None
    weight: str | None = None
    note: Markup | None = None
    label: str | None = None
    minutes: int | None = None
    changed: MarkView | None = None


@dataclass(frozen=True, slots=True)
class AgendaItemView:
    """A date of the agenda, and its `place` among all of them.

    `kind` is "out", "exam" or "event", None for work that is due, and `label` the same in the language of the page.
    `datetime` is its day, with its time and the course's offset if that is shown. For the script, `starts` and `ends`
    are instants in UTC, equal for a moment. Without a date, all three are None.
    """

    date: DeadlineView
    place: int
    kind: str | None
    label: str | None
    datetime: str | None
    starts: str | None
    ends: str | None


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
    owed_by: str | None = None


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
    """One office hour of the week; `place` is a link where it is online.

    For the script, `weekly` is its day of the week (0 is Sunday) and the minute of that day at which it begins.
    """

    day: str
    hours: str | None
    who: tuple[str, ...]
    place: LinkView | None
    note: Markup | None
    weekly: str | None = None


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
    """Which columns the schedule has beside date and topic, and how many it has in all."""

    materials: bool
    deadlines: bool
    count: int


@dataclass(frozen=True, slots=True)
class GroupTimeView:
    """When and where one group of a session meets. `day` is short in its week.

    One that is `canceled` has no class; `reason` is the name of the break that takes it, if one does. For the script,
    `choice` is that of the group, `place_of_day` that of its day among those of the row, and `sitting` its class in
    minutes from when that day begins.
    """

    name: str
    choice: str
    date: str
    day: str
    hours: str | None
    place: str | None
    place_href: str | None
    canceled: bool
    place_of_day: int | None
    sitting: str | None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class RowView:
    """A row of the schedule: a meeting, a break's days, or a line of deadlines (`only_deadlines`) or of an `event`.

    One without a `date` is a meeting that is not yet scheduled. `facts` are its kind and number, what is special about
    it, and who teaches or presents. `mark` is "Today", "Next" or None. `exam_dates` are for the script. `until` is the
    end of a window, `until_iso` the same with the course's offset. `groups` are those of a session, `spans` the
    instants between which it is today's, where these are several, and `days_apart` these days in words. `sittings` are
    its classes in minutes from when it begins ("570-645"). `whole_day` says that it begins and ends with its `date`,
    as the script computes it from the week. `suggest` is where a reading is suggested for the row.

    `own_hours` and `own_place` say whether these differ from what the row's kind has on that day of every week, and
    `usual_place` is where it would be then.

    `href` leads to the meeting's page, or to its row where it has none; `page` to its page, its topic's own one, or the
    address of an event, and is None where there is none. `has_page` says that the meeting has a page, where its
    description is. `changed` is the mark of what has changed in the last days.
    """

    id: str
    href: str
    date: str
    day: str
    week: int | None
    begins: str
    finishes: str
    pause: bool = False
    mark: str | None = None
    past: bool = False
    current: bool = False
    anchor: bool = False
    hours: str | None = None
    place: str | None = None
    place_href: str | None = None
    own_hours: bool = False
    own_place: bool = False
    usual_place: str | None = None
    kind: str | None = None
    topic: str = ""
    facts: tuple[str, ...] = ()
    page: str | None = None
    unit: str | None = None
    opens_unit: bool = False
    unit_description: Markup | None = None
    description: Markup | None = None
    guests: tuple[PersonView, ...] = ()
    materials: tuple[LinkView, ...] = ()
    required: tuple[GroupView, ...] = ()
    optional: tuple[GroupView, ...] = ()
    optional_count: int = 0
    deadlines: tuple[DeadlineView, ...] = ()
    only_deadlines: bool = False
    event: bool = False
    exam: bool = False
    exam_dates: tuple[DeadlineView, ...] = ()
    until: str | None = None
    until_iso: str | None = None
    notes: tuple[LinkView, ...] = ()
    announcements: tuple[LinkView, ...] = ()
    suggest: str | None = None
    groups: tuple[GroupTimeView, ...] = ()
    spans: str | None = None
    days_apart: str | None = None
    sittings: str | None = None
    changed: MarkView | None = None
    whole_day: bool = False
    has_page: bool = False


@dataclass(frozen=True, slots=True)
class MeetingView:
    """The page of a meeting. `in_schedule` leads to its row in the schedule.

    `starts` is the instant or day at which it begins, and `ends` the instant in UTC at which it is over; both are None
    for one that is not yet scheduled. `own_page` is that of its topic. `deadlines` are those for it and on its day;
    `together` are the meetings that share its day by reference, and `before` and `after` those beside it in time, each
    with its kind or day as the note. `notes` have their authors; `write_note` is where one is written in the web.
    `calendars` have the meeting alone: one, or one for each group that meets, by its name. `citations` lead to what is
    read, as files for reference managers.
    """

    row: RowView
    week: int | None
    in_schedule: str
    starts: str | None
    ends: str | None
    own_page: LinkView | None
    deadlines: tuple[DeadlineView, ...]
    together: tuple[LinkView, ...]
    notes: tuple[LinkView, ...]
    write_note: str | None
    before: LinkView | None
    after: LinkView | None
    calendars: tuple[CalendarView, ...] = ()
    citations: tuple[LinkView, ...] = ()


@dataclass(frozen=True, slots=True)
class CalendarView:
    """A file with events. `href` leads to it.

    `address` is what a calendar program subscribes to, and `webcal` and `google` open one that does; they are None
    where it is not known where the site is. `choice` is the group or scheme for which it is, as the script of choices
    names it.
    """

    name: str
    note: str | None
    href: str
    address: str | None = None
    webcal: str | None = None
    google: str | None = None
    choice: str | None = None


@dataclass(frozen=True, slots=True)
class CalendarSetView:
    """Calendars that are shown together, below a heading; `note` says which of them to take."""

    id: str
    heading: str
    note: str | None
    calendars: tuple[CalendarView, ...]


@dataclass(frozen=True, slots=True)
class SubjectView:
    """Something that people can suggest a reading for or write about: its id, its name, and its day or None."""

    id: str
    name: str
    day: str | None = None


@dataclass(frozen=True, slots=True)
class SuggestView:
    """What the page for suggestions shows; `data` is what its script goes by, as JSON.

    `form` is where an issue is filed, None for an unknown host; `editor` opens the file with the readings, and `create`
    a new note. `sample` are the lines of a reading. `roles` are those of presenters, and `presenters` is where a
    presenter signs up in a file, None where nobody does.
    """

    script: str
    data: str
    meetings: tuple[SubjectView, ...]
    readings: tuple[SubjectView, ...]
    form: str | None
    editor: str
    create: str | None
    sample: str
    roles: tuple[str, ...]
    presenters: str | None


@dataclass(frozen=True, slots=True)
class WeekView:
    """A week of the schedule, and its place in the ruler; one without rows has no `href`.

    `label` is its number, `name` "Week 8 of 17", `heading` "Week 8", and `days` "Mon 8 – Fri 12 Mar", None where
    all its rows are of one day. `mark` is "This week" or None. `counted` says that the name has the last week's number,
    and `seven_days` that it is over exactly seven days after it began: no clocks are changed in it. `time` is how long
    its required readings take ("About 3 h of reading"), and `bar` the width that shows it; None if they don't say it.
    """

    id: str
    label: str
    name: str
    heading: str
    days: str | None
    href: str | None
    current: bool
    mark: str | None
    pause: bool
    exam: bool
    begins: str
    finishes: str
    rows: tuple[RowView, ...]
    counted: bool = False
    seven_days: bool = False
    time: str | None = None
    bar: int | None = None


@dataclass(frozen=True, slots=True)
class NowView:
    """What is on: a `message` where there is not a week to show, and the rows.

    `anchor` says that the message is the place of `#today`, `is_over` that the term is over, so that nothing is marked
    any more: then the links `further` are shown. `words` are those of the script, `zone` is the course's time zone,
    and `clock` the cycle of its hours (`h23` or `h12`). `silent` is for the script too.
    """

    is_over: bool
    follow_next: bool
    message: str | None
    anchor: bool
    entries: tuple[EntryView, ...]
    further: tuple[LinkView, ...]
    words: str
    zone: str
    clock: str
    silent: tuple[SilentView, ...] = ()


@dataclass(frozen=True, slots=True)
class EntryView:
    """A row in the card; `mark` is "Today", "Next" or None, `over` says that the class has taken place."""

    row: RowView
    mark: str | None
    over: bool


@dataclass(frozen=True, slots=True)
class SilentView:
    """A break in words ("Spring break, until Sun 21 Mar"), and the instants between which it is on without a row."""

    text: str
    spans: str


@dataclass(frozen=True, slots=True)
class DueNextView:
    """What is due next, each with the meeting for which it is ("for Hardware") or None, and the link to all dates."""

    items: tuple[tuple[DeadlineView, str | None], ...]
    more: str | None


@dataclass(frozen=True, slots=True)
class ThisWeekView:
    """The rows of a week, each with whether it is over, and links to the week before it and the next one with class.

    Without a week, `aside` is None. `time` is how long its readings take, empty where they don't say it; None where no
    reading of the course does.
    """

    heading: str
    aside: str | None
    rows: tuple[tuple[RowView, bool], ...]
    before: str | None
    after: str | None
    time: str | None = None


@dataclass(frozen=True, slots=True)
class OfficeHourView:
    """One office hour of a week; `day` (0 is Sunday) and the minutes when it `starts` and `ends` are for the script."""

    day: int
    starts: int
    ends: int
    hour: HourView
    hidden: bool
    over: bool


@dataclass(frozen=True, slots=True)
class OfficeHoursView:
    """The office hours of one day, the others hidden, with the days on which there are any: (day, name, hidden).

    `free` are spans of days without any ("20891/20899"), counted from 1970 for the script. `more` leads to
    the whole week.
    """

    days: tuple[tuple[int, str, bool], ...]
    hours: tuple[OfficeHourView, ...]
    free: str
    more: str | None
    hidden: bool


@dataclass(frozen=True, slots=True)
class CourseView:
    """The course as each page names it; `zone` says whose time its times are.

    `language` is that of the course, `page_language` that of the page's own words, and `text_language` the first one
    where they differ. `direction` is `ltr` or `rtl`.
    """

    title: str
    code: str | None
    name: str
    headline: str
    description: str | None
    language: str
    zone: str
    tentative: bool
    suggest: str | None
    page_language: str = "en"
    text_language: str | None = None
    direction: str = "ltr"


@dataclass(frozen=True, slots=True)
class MetaView:
    """What a page says of itself where it is shared: in Open Graph, and the course in JSON-LD (`data`).

    `address` is where it is published, if the course says so, and `icon` the address of its icon.
    """

    title: str
    description: str | None
    address: str | None
    icon: str
    data: Markup | None


@dataclass(frozen=True, slots=True)
class CountdownView:
    """The script of a page with dates or office hours, and for it the course's time zone and the clock's cycle."""

    script: str
    zone: str
    clock: str


@dataclass(frozen=True, slots=True)
class PageView:
    """One page: where its neighbors are, seen from it, and what is on it.

    `heading` is its title as HTML, `has_today` says whether it has the place `#today`, and `edit` where its source is
    edited in the web, None where the course names no repository. The home page leads to the `full_syllabus`, and each
    page to the one with the `calendar`s, to the `feed` (its label is the whole address), to how to `follow` that, and
    to what has changed (`changes`), if there are any. The `script` keeps right what is on and loads `search`, the
    script of the search button, which other pages load themselves. That of `countdown` keeps right what is to come
    and adds the reader's own time, that of `choice` shows what a student chose, and `cite_script` copies citations.
    `suggest` is where a reading is suggested.
    """

    path: str
    title: str
    heading: Markup
    is_home: bool
    has_today: bool
    home: str
    style_sheets: tuple[str, ...]
    print_style: str
    script: str | None
    search: str
    edit: str | None
    meta: MetaView
    nav: tuple[NavView, ...]
    blocks: tuple[BlockView, ...]
    full_syllabus: LinkView | None = None
    countdown: CountdownView | None = None
    choice: ScriptOfChoicesView | None = None
    feed: LinkView | None = None
    follow: str | None = None
    changes: str | None = None
    calendar: LinkView | None = None
    cite_script: str | None = None
    suggest: str | None = None


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
    """What a note is about: a link to the meeting or to the reading's place in the list, and one to the reading."""

    link: LinkView
    author: str | None
    source: LinkView | None
    of_meeting: bool = False


@dataclass(frozen=True, slots=True)
class AnnouncementView:
    """A dated announcement. `heading` is its title as HTML, `meeting` the one that it is about."""

    id: str
    title: str
    heading: Markup
    day: str
    date: str
    text: Markup
    edit: str | None
    meeting: LinkView | None = None


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
class ChangeView:
    """A change of the course: its sentence, and what it is about in a word (`kind`). `details` are its parts."""

    id: str
    kind: str
    text: str
    href: str | None
    details: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChangesOfDayView:
    """The changes of one day, the newest first."""

    day: str
    date: str
    changes: tuple[ChangeView, ...]


@dataclass(frozen=True, slots=True)
class TitleView:
    """A reading in the list by title, with the meetings that use it and whether it is required there."""

    reading: LinkView
    uses: tuple[LinkView, ...]


@dataclass(frozen=True, slots=True)
class ChapterView:
    """The text of a page in the full syllabus, and its title as HTML, None for the home page."""

    id: str
    heading: Markup | None
    text: Markup


@dataclass(frozen=True, slots=True)
class WorkloadRow:
    """A week, how many readings it has, and how long those take that are required or optional; None if unknown."""

    week: str
    days: str | None
    readings: int
    required: str | None
    optional: str | None


@dataclass(frozen=True, slots=True)
class BarView:
    """The column of a week in a plot: its label, and the top and the height of its two parts."""

    label: str
    middle: int
    x: int
    width: int
    required: tuple[int, int]
    optional: tuple[int, int]


@dataclass(frozen=True, slots=True)
class PlotView:
    """A plot of hours by week, as a picture of some width and height.

    Lines run from `from_x` to `to_x`; their labels begin at `start`. `marks` are the lines of hours with their labels,
    `base` is where the labels of the weeks are, and `limit` the line of the most hours that a week should have.
    """

    width: int
    height: int
    start: int
    from_x: int
    to_x: int
    base: int
    marks: tuple[tuple[int, str], ...]
    limit: int | None
    limit_text: str | None
    bars: tuple[BarView, ...]


@dataclass(frozen=True, slots=True)
class WorkloadView:
    """How long the readings of each week take, as a table and as a plot, at `rate` minutes a page."""

    rows: tuple[WorkloadRow, ...]
    plot: PlotView
    rate: str


@dataclass(frozen=True, slots=True)
class FullSyllabusView:
    """The whole course as one document, beside what other pages show of it too.

    `weeks` and `undated` have each reading with all names, and its address where it appears first. `home` is the text
    of the home page, `chapters` are those of the pages that `site.syllabus` names. `markdown` leads to the same as
    Markdown, `pdf` as a PDF, or None. `workload` is how long the readings take, None if they don't
    say it.
    """

    home: ChapterView | None
    chapters: tuple[ChapterView, ...]
    dates: tuple[DeadlineView, ...]
    weeks: tuple[WeekView, ...]
    undated: tuple[RowView, ...]
    markdown: str
    pdf: str | None
    workload: WorkloadView | None = None
