"""The schedule as it is shown: weeks, rows, readings and links, as seen from one page."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime

from courseweek.files.paths import relative_link
from courseweek.model.course import is_carried
from courseweek.model.link import Link
from courseweek.model.meeting import DeadlineLine, Meeting, Week
from courseweek.model.page import Note
from courseweek.model.people import Guest
from courseweek.model.reading import Assigned, Group, Reading
from courseweek.model.sorting import natural_key
from courseweek.plan.plan import Plan, PlannedPage
from courseweek.render.views import words
from courseweek.render.views.assignments import DeadlineViews
from courseweek.render.views.board import view_presenters
from courseweek.render.views.layout_values import (
    ColumnsView,
    GroupView,
    LinkView,
    ListingView,
    PersonView,
    ReadingView,
    RowView,
    TitleView,
    WeekView,
)
from courseweek.render.views.links import ACCESS, is_address, view_link
from courseweek.render.views.texts import Texts
from courseweek.schedule.deadlines import NEVER
from courseweek.schedule.focus import Focus


class NotesOf:
    """The notes of a plan by what they are about."""

    def __init__(self, plan: Plan) -> None:
        """Take the plan."""
        self.readings: dict[str, list[Note]] = {}
        self.meetings: dict[str, list[Note]] = {}
        for note in plan.notes:
            by_id = self.readings if note.reading is not None else self.meetings
            by_id.setdefault(note.reading or note.meeting or "", []).append(note)


class Rows:
    """Makes the views of the schedule's weeks and rows on one page."""

    def __init__(self, plan: Plan, focus: Focus, page: PlannedPage, texts: Texts, notes: NotesOf) -> None:
        """Take the plan, what is on, the page with the rows, what renders its YAML texts, and the notes."""
        self.plan = plan
        self.focus = focus
        self.path = page.path
        scheduled = plan.page_with("schedule")
        self.target = scheduled.path if scheduled is not None else page.path
        self.texts = texts
        meets = plan.course.syllabus.term.meets
        self.usual = {(each.time, each.place) for each in meets}
        self.kinds = {each.kind for each in meets}
        self.notes = notes
        self.deadlines = DeadlineViews(plan, page.path)
        self.follow_next = plan.course.syllabus.site.highlight == "next meeting"

    def weeks(self) -> tuple[WeekView, ...]:
        """Return the weeks that have rows, in order."""
        last = max((week.number or 0 for week in self.plan.schedule.weeks), default=0)
        unit: str | None = None
        found = []
        for week in self.plan.schedule.weeks:
            rows: list[tuple[date, RowView]] = []
            for row in week.meetings:
                title = row.unit.title if row.unit is not None else None
                rows.append((row.on, self.row(week, row, opens_unit=title is not None and title != unit)))
                if row.pause is None:
                    unit = title
            rows += [(line.on, self._line(week, line)) for line in week.lines]
            rows.sort(key=lambda each: each[0])
            name = f"Week {week.number} of {last}" if week.number is not None else _name_of_week(week)
            found.append(self._week(week, name, tuple(view for _, view in rows)))
        return tuple(found)

    def _week(self, week: Week, name: str, rows: tuple[RowView, ...]) -> WeekView:
        return WeekView(
            id=week.id,
            label=str(week.number) if week.number is not None else "–",
            name=name,
            href=relative_link(self.path, self.target, week.id),
            current=self.focus.week is week,
            pause=all(row.pause or row.only_deadlines for row in rows),
            begins=_instant(week.begins_at),
            finishes=_instant(week.finishes_at),
            rows=rows,
        )

    def row(self, week: Week, row: Meeting, *, opens_unit: bool = False) -> RowView:
        """Return one row; the first of a unit carries the unit's title."""
        focus, topic = self.focus, row.written
        described = row.pause.description if row.pause else topic.description if topic and row.leads else None
        page = self.plan.page_named(topic.page.removesuffix(".md")) if topic and topic.page else None
        unit = row.unit
        optional = self.groups(row.optional)
        return RowView(
            id=row.id,
            href=relative_link(self.path, self.target, row.id),
            date=row.on.isoformat(),
            day=words.day_range(row.on, row.last_on),
            week=row.week,
            begins=_instant(row.begins_at),
            finishes=_instant(row.finishes_at),
            pause=row.pause is not None,
            marks=tuple(self._marks(week, row)),
            marked=row in focus.marked,
            current=focus.current is row and (focus.mark == "Today" or focus.week is not None),
            anchor=focus.current is row,
            hours=words.hours(row.time) if row.time else None,
            place="Online" if is_address(row.place) else row.place,
            place_href=row.place if is_address(row.place) else None,
            own_time=row.pause is None and (len(self.usual) > 1 or (row.time, row.place) not in self.usual),
            kind=self._kind(row),
            topic=row.topic,
            part=f"day {row.part[0]} of {row.part[1]}" if row.part else None,
            tentative=topic is not None and topic.status == "tentative",
            carried=topic is not None and is_carried(topic, self.plan.course),
            page=relative_link(self.path, page.path) if page is not None else None,
            unit=unit.title if unit else None,
            opens_unit=opens_unit,
            unit_description=self.texts.block(unit.description) if unit and unit.description and opens_unit else None,
            description=self.texts.block(described) if described else None,
            guests=tuple(_person(guest) for guest in topic.guests) if topic and row.leads else (),
            lecturer=topic.lecturer if topic else None,
            materials=tuple(self._material(link, at) for link, at in row.materials),
            required=self.groups(row.required),
            optional=optional,
            optional_count=sum(len(group.readings) for group in optional),
            presenters=view_presenters(row, self.plan.course.syllabus.presentations),
            deadlines=tuple(self.deadlines.view(each, beside=row.on) for each in row.deadlines),
            only_deadlines=False,
            notes=self._notes(meeting=row.id),
            suggest=self._suggest(row),
        )

    def _suggest(self, row: Meeting) -> str | None:
        """Return where the reading list of a row is edited in the web, at the line on which it begins."""
        repository, listed = self.plan.course.syllabus.repository, self.plan.course.reading_lists.get(row.id)
        if repository is None or listed is None:
            return None
        return repository.edit(listed.origin.span.file, listed.origin.span.line)

    def _material(self, link: Link, at: datetime | None) -> LinkView:
        """Return a material; one that is released later says from when."""
        if at is None or at <= self.plan.now:
            return view_link(link, self.texts)
        zone = self.plan.course.syllabus.term.zone
        from_when = f"from {words.short_day(at.astimezone(zone).date())}" if at < NEVER else "to come"
        # A preview leads there already.
        href = view_link(link, self.texts).href if self.plan.revealed is not None else None
        return LinkView(link.label, href, None, from_when)

    def _line(self, week: Week, line: DeadlineLine) -> RowView:
        """Return a line that holds only the deadlines of one day."""
        current = self.focus.current == line and self.focus.week is week
        return RowView(
            id="",
            href="",
            date=line.on.isoformat(),
            day=words.short_day(line.on),
            week=week.number,
            begins="",
            finishes="",
            marks=("This week",) if current and not self.follow_next else (),
            current=current,
            anchor=current,
            deadlines=tuple(self.deadlines.view(each, beside=line.on) for each in line.deadlines),
            only_deadlines=True,
        )

    def _marks(self, week: Week, row: Meeting) -> Iterable[str]:
        focus = self.focus
        if focus.week is week and row is week.meetings[0] and not self.follow_next:
            yield "This week"
        if focus.mark is not None and row in focus.marked:
            yield focus.mark

    def _kind(self, row: Meeting) -> str | None:
        """Return the kind if it matters: counted, one of several, or not the usual one."""
        if row.kind is not None and row.number is not None:
            return f"{row.kind} {row.number}"
        return row.kind if len(self.kinds) > 1 or row.kind not in self.kinds else None

    def groups(self, groups: tuple[Group, ...], anchored: set[str] | None = None) -> tuple[GroupView, ...]:
        """Return groups of readings; with `anchored`, each reading that is not in it yet gets its anchor."""
        found = []
        for group in groups:
            readings = []
            for each in group.assigned:
                anchor = anchored is not None and each.reading.id not in anchored
                if anchored is not None:
                    anchored.add(each.reading.id)
                readings.append(self._reading(each, anchor=anchor))
            found.append(GroupView(group.heading, tuple(readings)))
        return tuple(found)

    def _reading(self, assigned: Assigned, *, anchor: bool) -> ReadingView:
        reading = assigned.reading
        line = reading.markdown
        self.texts.scale.add(reading.title, reading.url, *reading.authors)
        return ReadingView(
            id=reading.id,
            title=reading.title,
            href=reading.url,
            line=self.texts.inline(line) if line is not None and not assigned.again else None,
            authors=", ".join(reading.authors) or None,
            facts=tuple(_facts(reading, assigned.pages)),
            note=self.texts.inline(assigned.note) if assigned.note else None,
            links=(*(view_link(link, self.texts) for link in reading.links), *self._notes(reading=reading.id)),
            anchor=anchor,
        )

    def _notes(self, *, reading: str | None = None, meeting: str | None = None) -> tuple[LinkView, ...]:
        """Return links to the notes about a reading or a meeting."""
        if reading is not None:
            about = self.notes.readings.get(reading, ())
        else:
            about = self.notes.meetings.get(meeting or "", ())
        self.texts.scale.add(*(note.author for note in about))
        return tuple(
            LinkView("notes", relative_link(self.path, f"{note.page.name}.html"), None, note.author) for note in about
        )

    def titles(self) -> tuple[TitleView, ...]:
        """Return all readings by title, each with where it is used."""
        uses: dict[str, list[LinkView]] = {}
        for row in self.plan.schedule.meetings:
            for groups, note in ((row.required, "required"), (row.optional, "optional")):
                for each in (each for group in groups for each in group.assigned):
                    label = f"week {row.week}" if row.week is not None else words.short_day(row.on)
                    link = LinkView(label, relative_link(self.path, self.target, row.id), None, note)
                    uses.setdefault(each.reading.id, []).append(link)
        readings = sorted(self.plan.schedule.readings, key=lambda each: (natural_key(each.title), each.id))
        return tuple(
            TitleView(LinkView(each.title, f"#reading-{each.id}"), tuple(uses[each.id]))
            for each in readings
            if each.id in uses
        )

    def listings(self, weeks: tuple[WeekView, ...]) -> tuple[ListingView, ...]:
        """Return the meetings that have readings, in order; a reading used twice has its anchor at the first."""
        anchored: set[str] = set()
        views = {row.id: row for week in weeks for row in week.rows}
        return tuple(
            ListingView(views[row.id], self.groups(row.required, anchored), self.groups(row.optional, anchored))
            for row in self.plan.schedule.meetings
            if row.required or row.optional
        )


def view_columns(plan: Plan) -> ColumnsView:
    """Return which columns the course needs beside week, date and topic."""
    rows = plan.schedule.meetings
    return ColumnsView(
        lecturer=any(row.written is not None and row.written.lecturer for row in rows),
        presenters=any(row.presenters for row in rows),
        deadlines=any(each.at is not None for each in plan.schedule.deadlines),
    )


def _name_of_week(week: Week) -> str:
    return week.meetings[0].topic if week.meetings else f"Week of {words.short_day(week.monday)}"


def make_ruler(weeks: tuple[WeekView, ...], numbers: Iterable[int | None]) -> tuple[WeekView, ...]:
    """Return all weeks of the term in order: those given, with their numbers, and the numbered ones without rows."""
    found: list[WeekView] = []
    expected = 1
    for week, number in zip(weeks, numbers, strict=True):
        while number is not None and expected < number:
            found.append(WeekView("", str(expected), f"Week {expected}", None, False, True, "", "", ()))
            expected += 1
        expected = expected if number is None else number + 1
        found.append(week)
    return tuple(found)


def _facts(reading: Reading, pages: str | None) -> Iterable[str]:
    """Return the small type after a title: venue, year, award, kind, pages, access."""
    if reading.venue:
        yield reading.venue
    if reading.year is not None and not _says_year(reading.venue or "", reading.year):
        yield str(reading.year)
    if reading.award:
        yield reading.award
    if reading.kind and reading.kind.lower() != "paper":
        yield reading.kind
    if pages:
        yield pages
    if reading.access in ACCESS:
        yield ACCESS[reading.access]


def _says_year(venue: str, year: int) -> bool:
    return re.search(rf"\b{year}\b|['’]{year % 100:02d}\b", venue) is not None


def _instant(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _person(guest: Guest) -> PersonView:
    return PersonView(guest.name, guest.url, guest.affiliation)
