"""The schedule as it is shown: weeks, rows, readings and links, as seen from one page."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from courseweek.files.paths import relative_link
from courseweek.language.locale import Locale
from courseweek.model.course import is_carried
from courseweek.model.link import Link
from courseweek.model.meeting import (
    AnyMeeting,
    DeadlineLine,
    EventLine,
    GroupMeeting,
    Meeting,
    UndatedMeeting,
    Week,
    is_exam_kind,
)
from courseweek.model.page import Announcement, Note
from courseweek.model.people import Guest
from courseweek.model.reading import Assigned, Group, Reading
from courseweek.model.sorting import natural_key
from courseweek.model.term import Pattern
from courseweek.plan.plan import Plan, PlannedPage
from courseweek.published.citations.works import Bibliography
from courseweek.render.direction import isolate, isolate_each
from courseweek.render.views import words
from courseweek.render.views.assignments import DeadlineViews
from courseweek.render.views.board import view_presenters
from courseweek.render.views.citations import is_citable, view_citation
from courseweek.render.views.dates import view_exam_date
from courseweek.render.views.layout_values import (
    CitationView,
    ColumnsView,
    DeadlineView,
    GroupTimeView,
    GroupView,
    LinkView,
    ListingView,
    PersonView,
    ReadingView,
    RowView,
    TitleView,
    WeekView,
)
from courseweek.render.views.links import is_address, link_to_meeting, link_to_reading, link_to_suggest, view_link
from courseweek.render.views.notes import link_to_announcement
from courseweek.render.views.reading_facts import list_facts, name_people
from courseweek.render.views.texts import Texts
from courseweek.render.views.workloads import find_scale, measure_bar, say_time
from courseweek.schedule.deadlines import NEVER
from courseweek.schedule.events import end_event
from courseweek.schedule.exams import dates_of_exam
from courseweek.schedule.focus import Focus, Mark
from courseweek.schedule.instants import begin_day
from courseweek.schedule.own_choices import name_choice
from courseweek.schedule.sittings import list_sittings


class NotesOf:
    """The notes of a plan by what they are about, and its announcements by their meetings."""

    def __init__(self, plan: Plan) -> None:
        """Take the plan."""
        self.readings: dict[str, list[Note]] = {}
        self.meetings: dict[str, list[Note]] = {}
        for note in plan.notes:
            by_id = self.readings if note.reading is not None else self.meetings
            by_id.setdefault(note.reading or note.meeting or "", []).append(note)
        self.announcements: dict[str, list[Announcement]] = {}
        for announcement in plan.announcements:
            if announcement.meeting is not None and announcement not in plan.to_come:
                self.announcements.setdefault(announcement.meeting, []).append(announcement)


class Rows:
    """Makes the views of the schedule's weeks and rows on one page."""

    def __init__(
        self,
        plan: Plan,
        focus: Focus,
        page: PlannedPage,
        texts: Texts,
        notes: NotesOf,
        bibliography: Bibliography | None = None,
    ) -> None:
        """Take the plan, what is on, the page with the rows, what renders its YAML texts, and the notes.

        With the `bibliography`, the page says how readings are cited that it shows in full: each where it is first.
        """
        self.plan = plan
        self.focus = focus
        self.path = page.path
        scheduled = plan.page_with("schedule")
        self.target = scheduled.path if scheduled is not None else page.path
        self.texts = texts
        self.full = page.meeting is not None
        self.locale = plan.locale
        self.meets = plan.course.syllabus.term.meets
        self.kinds = {each.kind for each in self.meets}
        self.notes = notes
        self.bibliography = bibliography
        self.deadlines = DeadlineViews(plan, page.path)
        self.marks = self.deadlines.marks
        self.follow_next = plan.course.syllabus.site.highlight == "next meeting"
        self.most_minutes = find_scale(plan)

    def weeks(self) -> tuple[WeekView, ...]:
        """Return the weeks that have rows, in order."""
        unit: str | None = None
        found = []
        for week in self.plan.schedule.weeks:
            rows: list[tuple[date, RowView]] = []
            for row in week.meetings:
                title = row.unit.title if row.unit is not None else None
                rows.append((row.on, self.row(week, row, opens_unit=title is not None and title != unit)))
                unit = title or unit
            rows += [(line.on, self._line(week, line)) for line in week.lines]
            rows += [(line.on, self._event(week, line)) for line in week.events]
            rows.sort(key=lambda each: each[0])
            found.append(self._week(week, tuple(view for _, view in rows)))
        return tuple(found)

    def _week(self, week: Week, rows: tuple[RowView, ...]) -> WeekView:
        numbered, locale = week.number is not None, self.locale
        first, last = _days_of_week(week)
        time = say_time(week, locale)
        return WeekView(
            id=week.id,
            label=str(week.number) if numbered else "–",
            name=_name_of_week(week, self.plan.schedule.last_week, locale),
            counted=_is_counted(week, self.plan.schedule.last_week),
            heading=locale.gettext("Week {number}", number=week.number) if numbered else _name_by_day(week, locale),
            days=_join_days(
                locale.day_range(first, last) if numbered and first < last else None,
                self._calendar_week(week),
            ),
            href=relative_link(self.path, self.target, week.id),
            current=self.focus.week is week,
            mark=locale.gettext("This week") if self.focus.week is week and not self.follow_next else None,
            pause=all(row.pause or not row.begins for row in rows),
            exam=any(row.exam for row in rows),
            begins=words.utc_instant(week.begins_at),
            finishes=words.utc_instant(week.finishes_at),
            seven_days=_passes(week.begins_at, week.finishes_at) == timedelta(days=7),
            rows=rows,
            time=time,
            bar=measure_bar(week, self.most_minutes) if time is not None else None,
        )

    def _calendar_week(self, week: Week) -> str | None:
        """Return the number of a week in the calendar where the course shows it: that of its Thursday (ISO 8601)."""
        if not self.plan.course.syllabus.site.calendar_week:
            return None
        thursday = week.first_day + timedelta((3 - week.first_day.weekday()) % 7)
        return self.locale.gettext("calendar week {number}", number=thursday.isocalendar().week)

    def row(self, week: Week, row: Meeting, *, opens_unit: bool = False) -> RowView:
        """Return one row; the first of a unit carries the unit's title."""
        focus, unit = self.focus, row.unit
        exams = dates_of_exam(row) if row.exam else ()
        usual = self._usual(row)
        moved = usual is not None and usual.place != row.place
        return replace(
            self._meeting(row),
            date=row.on.isoformat(),
            day=name_day(row, self.locale),
            week=row.week,
            begins=words.utc_instant(row.begins_at),
            finishes=words.utc_instant(row.finishes_at),
            pause=row.pause is not None,
            mark=name_mark(focus.mark, self.locale) if row in focus.marked else None,
            past=row.finishes_at <= focus.now,
            current=focus.current is row and (focus.mark == "Today" or focus.week is not None),
            anchor=focus.current is row,
            hours=words.hours(row.time, self.locale) if row.time and not row.groups else None,
            until=self.locale.moment(row.until) if row.until else None,
            until_iso=row.until.isoformat() if row.until else None,
            exam_dates=tuple(view_exam_date(each, self.plan, self.path, week.begins_at) for each in exams),
            own_hours=usual is None or usual.time != row.time,
            own_place=usual is None or moved,
            usual_place=_name_place(usual.place, self.locale) if usual is not None and moved else None,
            groups=tuple(self._group(each, row) for each in row.groups),
            spans=words.utc_spans(row.days_apart) or None,
            days_apart="|".join(map(self.locale.short_day, row.days)) if row.groups and row.days_apart else None,
            sittings=_count_minutes(row),
            whole_day=_is_whole_day(week, row),
            opens_unit=opens_unit,
            unit_description=self.texts.block(unit.description) if unit and unit.description and opens_unit else None,
            deadlines=self._dates(week, row),
        )

    def _dates(self, week: Week, row: Meeting | DeadlineLine) -> tuple[DeadlineView, ...]:
        """Return the deadlines beside a row of a week; where groups meet on several days, with the day of each."""
        view, since = self.deadlines.view, week.begins_at
        dates = (view(each, beside=row.on, since=since) for each in row.deadlines)
        is_apart = isinstance(row, Meeting) and row.groups and row.days_apart
        return tuple(replace(each, beside=False) if is_apart else each for each in dates)

    def _group(self, group: GroupMeeting, row: Meeting) -> GroupTimeView:
        """Return when and where a group meets, or by which break it does not."""
        near = group.on - row.on < timedelta(days=7)
        breaks = self.plan.course.syllabus.term.breaks
        taken = (each.name for each in breaks if each.starts <= group.on <= each.ends and each.takes(row.kind))
        return GroupTimeView(
            name=group.name,
            choice=f"{name_choice(row.kind)} {group.name}",
            date=group.on.isoformat(),
            day=self.locale.short_weekday(group.on.weekday()) if near else self.locale.short_day(group.on),
            hours=words.hours(group.time, self.locale) if group.time else None,
            place=_name_place(group.place, self.locale),
            place_href=group.place if is_address(group.place) else None,
            canceled=group.canceled,
            place_of_day=None if group.canceled else row.days.index(group.on),
            sitting=_count_minutes_of_group(group, self.plan.course.syllabus.term.zone),
            reason=next(taken, None) if group.canceled else None,
        )

    def _usual(self, row: Meeting) -> Pattern | None:
        """Return what the weekly pattern has for a row; None outside it, or where it has several such classes."""
        if row.extra or row.pause is not None:
            return None
        that_day = [each for each in self.meets if row.on.weekday() in each.days]
        of_kind = [each for each in that_day if each.kind == row.kind] or that_day
        return of_kind[0] if len(of_kind) == 1 else None

    def undated(self) -> tuple[RowView, ...]:
        """Return the meetings whose date is to be decided, in the order of the syllabus."""
        return tuple(map(self.undated_row, self.plan.schedule.undated))

    def undated_row(self, row: UndatedMeeting) -> RowView:
        """Return a meeting whose date is to be decided."""
        return self._meeting(row)

    def _meeting(self, row: AnyMeeting) -> RowView:
        """Return what a meeting or a break has whatever its day."""
        topic = row.written
        described = row.pause.description if row.pause else topic.description if topic and row.leads else None
        optional = self.groups(row.optional)
        place = None if row.groups else row.place
        return RowView(
            id=row.id,
            href=link_to_meeting(row.id, self.plan, self.path),
            date="",
            day="",
            week=None,
            begins="",
            finishes="",
            place=_name_place(place, self.locale),
            place_href=place if is_address(place) else None,
            kind=self._kind(row),
            exam=row.exam,
            topic=words.hold_numbers(row.topic),
            page=self._page(row),
            has_page=not self.plan.place_of_meeting(row.id)[1],
            unit=row.unit.title if row.unit else None,
            description=self.texts.block(described) if described else None,
            facts=tuple(self._facts(row)),
            guests=tuple(_person(guest) for guest in topic.guests) if topic and row.leads else (),
            materials=tuple(self._material(link, at) for link, at in row.materials),
            required=self.groups(row.required),
            optional=optional,
            optional_count=sum(len(group.readings) for group in optional),
            notes=self._notes(meeting=row.id),
            announcements=tuple(
                link_to_announcement(each, self.plan, self.path) for each in self.notes.announcements.get(row.id, ())
            ),
            suggest=self._suggest(row),
            changed=self.marks.get(row.id),
        )

    def _page(self, row: AnyMeeting) -> str | None:
        """Return the link to a meeting's page or, without one and on that page itself, to its topic's own."""
        path, place = self.plan.place_of_meeting(row.id)
        if not place and path != self.path:
            return relative_link(self.path, path)
        own = row.written.page if row.written else None
        page = self.plan.page_named(own.removesuffix(".md")) if own else None
        return relative_link(self.path, page.path) if page is not None else None

    def _facts(self, row: AnyMeeting) -> Iterator[str]:
        """Yield what the line below a topic says: kind and number, what is special, who teaches or presents."""
        topic, locale = row.written, self.locale
        if row.exam and not is_exam_kind(row.kind):
            yield locale.gettext("Exam")
        if kind := self._kind(row):
            yield isolate(kind)
        if isinstance(row, Meeting) and row.part:
            yield locale.gettext("day {number} of {last}", number=row.part[0], last=row.part[1])
        if isinstance(row, Meeting) and row.swap:
            yield isolate(row.swap)
        if topic is not None and topic.status == "tentative":
            yield locale.gettext("tentative")
        if topic is not None and is_carried(topic, self.plan.course):
            yield locale.gettext("from last term, may change")
        if topic is not None and topic.lecturers:
            yield isolate_each(topic.lecturers, locale.comma)
        for role in view_presenters(row, self.plan.course.syllabus.presentations):
            names = isolate_each(role.names, locale.comma)
            yield locale.gettext("{role}: {names}", role=isolate(role.name), names=names) if role.name else names

    def _suggest(self, row: AnyMeeting) -> str | None:
        """Return where a reading is suggested for a row: on the page for that, or where its list is edited."""
        if row.written is not None and (href := link_to_suggest(self.plan, self.path, row.id)) is not None:
            return href
        repository, listed = self.plan.course.syllabus.repository, self.plan.course.reading_lists.get(row.id)
        if repository is None or listed is None:
            return None
        return repository.edit(listed.origin.span.file, listed.origin.span.line)

    def _material(self, link: Link, at: datetime | None) -> LinkView:
        """Return a material; one that is released later says from when."""
        if at is None or at <= self.plan.now:
            return view_link(link, self.texts)
        zone = self.plan.course.syllabus.term.zone
        if at < NEVER:
            from_when = self.locale.gettext("from {day}", day=self.locale.short_day(at.astimezone(zone).date()))
        else:
            from_when = self.locale.gettext("to come")
        # A preview leads there already.
        href = view_link(link, self.texts).href if self.plan.revealed is not None else None
        return LinkView(link.label, href, None, from_when)

    def _line(self, week: Week, line: DeadlineLine) -> RowView:
        """Return a line that holds only the deadlines of one day; it is past when the last of them is."""
        current = self.focus.current == line and self.focus.week is week
        due = [each.at for each in line.deadlines if each.at is not None and each.kind != "out"]
        ends_at = max(due or [each.at for each in line.deadlines if each.at is not None])
        return RowView(
            id="",
            href="",
            date=line.on.isoformat(),
            day=self.locale.short_day(line.on),
            week=week.number,
            begins="",
            finishes="" if due else words.utc_instant(ends_at),
            past=ends_at <= self.focus.now,
            current=current,
            anchor=current,
            deadlines=self._dates(week, line),
            only_deadlines=True,
        )

    def _event(self, week: Week, line: EventLine) -> RowView:
        """Return a line that shows an event."""
        event = line.event
        current = self.focus.current == line and self.focus.week is week
        ends_at = end_event(event, self.plan.course.syllabus.term.zone)
        return RowView(
            id=line.id,
            href=relative_link(self.path, self.target, line.id),
            date=event.starts.isoformat(),
            day=self.locale.day_range(event.starts, event.ends),
            week=week.number,
            begins="",
            finishes=words.utc_instant(ends_at),
            past=ends_at <= self.focus.now,
            current=current,
            anchor=current,
            hours=words.hours(event.time, self.locale) if event.time else None,
            place=_name_place(event.place, self.locale),
            place_href=event.place if is_address(event.place) else None,
            own_hours=True,
            own_place=True,
            topic=words.hold_numbers(event.name),
            page=event.url,
            description=self.texts.block(event.note) if event.note else None,
            event=True,
            changed=self.marks.get(event.id),
        )

    def _kind(self, row: AnyMeeting) -> str | None:
        """Return the kind if it matters: that of an exam or a break, counted, one of several, or not the usual one."""
        if not isinstance(row, Meeting) or row.pause is not None or (row.exam and is_exam_kind(row.kind)):
            return row.kind
        if row.kind is not None and row.number is not None:
            return f"{row.kind} {row.number}"
        return row.kind if len(self.kinds) > 1 or row.kind not in self.kinds else None

    def groups(self, groups: tuple[Group, ...], anchored: set[str] | None = None) -> tuple[GroupView, ...]:
        """Return groups of readings; with `anchored`, all names, and an anchor for each that is not in it yet."""
        found = []
        for group in groups:
            readings = []
            for each in group.assigned:
                anchor = anchored is not None and each.reading.id not in anchored
                if anchored is not None:
                    anchored.add(each.reading.id)
                readings.append(self._reading(each, anchor=anchor, full=self.full or anchored is not None))
            found.append(GroupView(group.heading, tuple(readings)))
        return tuple(found)

    def _reading(self, assigned: Assigned, *, anchor: bool, full: bool) -> ReadingView:
        reading = assigned.reading
        line = reading.markdown
        self.texts.scale.add(reading.title, reading.url, *reading.authors, *reading.editors)
        return ReadingView(
            id=reading.id,
            title=reading.title,
            href=link_to_reading(reading, self.path),
            language=reading.language,
            line=self.texts.inline(line) if line is not None and not assigned.again else None,
            authors=name_people(reading.authors, self.plan.locale, full=full),
            facts=tuple(list_facts(reading, assigned.pages, self.plan.locale, full=full)),
            note=self.texts.inline(assigned.note) if assigned.note else None,
            links=(
                *(view_link(link, self.texts) for link in reading.links),
                *self._notes(reading=reading.id),
                *self._write_note(reading.id),
            ),
            anchor=anchor,
            cite=self._cite(reading) if anchor or self.full else None,
        )

    def _cite(self, reading: Reading) -> CitationView | None:
        if self.bibliography is None:
            return None
        work = self.bibliography.work(reading)
        view = view_citation(work, self.locale) if is_citable(work) else None
        if view is not None:
            self.texts.scale.add(view.text, view.bibtex, view.coins)
        return view

    def _notes(self, *, reading: str | None = None, meeting: str | None = None) -> tuple[LinkView, ...]:
        """Return links to the notes about a reading or a meeting."""
        if reading is not None:
            about = self.notes.readings.get(reading, ())
        else:
            about = self.notes.meetings.get(meeting or "", ())
        self.texts.scale.add(*(note.author for note in about))
        return tuple(
            LinkView(
                self.locale.gettext("notes"), relative_link(self.path, f"{note.page.name}.html"), None, note.author
            )
            for note in about
        )

    def _write_note(self, reading: str) -> Iterator[LinkView]:
        """Yield the link by which a note about a reading is written, on pages that say more than the schedule."""
        href = link_to_suggest(self.plan, self.path, f"about.{reading}") if self.bibliography is not None else None
        if href is not None:
            yield LinkView(self.locale.gettext("Write a note"), href)

    def titles(self) -> tuple[TitleView, ...]:
        """Return all readings by title, each with where it is used."""
        uses: dict[str, list[LinkView]] = {}
        required, optional = self.locale.gettext("required"), self.locale.gettext("optional")
        for row in self.plan.schedule.all_meetings:
            for groups, note in ((row.required, required), (row.optional, optional)):
                for each in (each for group in groups for each in group.assigned):
                    label = _name_week(row, self.locale)
                    link = LinkView(label, link_to_meeting(row.id, self.plan, self.path), None, note)
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
        views = {row.id: row for week in weeks for row in week.rows} | {row.id: row for row in self.undated()}
        return tuple(
            ListingView(views[row.id], self.groups(row.required, anchored), self.groups(row.optional, anchored))
            for row in self.plan.schedule.all_meetings
            if row.required or row.optional
        )


def view_columns(plan: Plan) -> ColumnsView:
    """Return which columns the course needs beside date and topic: no column for what only one row has."""
    rows, noted = plan.schedule.meetings, {note.meeting for note in plan.notes}
    materials = sum(bool(row.materials) or row.id in noted for row in rows) > 1
    lines = sum(len(week.lines) for week in plan.schedule.weeks)
    deadlines = lines + sum(bool(row.deadlines) for row in rows) > 1
    return ColumnsView(materials, deadlines, 2 + materials + deadlines)


def name_mark(mark: Mark | None, locale: Locale) -> str | None:
    """Return the mark of a row in words."""
    if mark is None:
        return None
    return locale.gettext("Today") if mark == "Today" else locale.gettext("Next")


def name_day(row: Meeting, locale: Locale) -> str:
    """Return the day of a row in words: that on which a window opens, or all days of a break as written."""
    if row.pause is not None:
        return locale.day_range(row.pause.starts, row.pause.ends)
    return locale.day_range(row.on, row.last_on if row.until is None else row.on)


def _name_week(row: AnyMeeting, locale: Locale) -> str:
    if not isinstance(row, Meeting):
        return locale.gettext("TBD")
    if row.week is None:
        return locale.short_day(row.on)
    return locale.gettext("week {number}", number=row.week)


def _days_of_week(week: Week) -> tuple[date, date]:
    """Return the first and the last day of a week on which it has a row."""
    last_day = week.first_day + timedelta(days=6)
    days = [line.on for line in week.lines] + [line.on for line in week.events]
    for row in week.meetings:
        days += (row.on, row.last_on) if row.pause is None else (row.pause.starts, row.pause.ends)
    return max(min(days), week.first_day), min(max(days), last_day)


def _name_of_week(week: Week, last: int | None, locale: Locale) -> str:
    """Return "Week 3 of 17"; a week after the last one of the term is not "of" it."""
    if _is_counted(week, last):
        return locale.gettext("Week {number} of {last}", number=week.number, last=last)
    if week.number is not None:
        return locale.gettext("Week {number}", number=week.number)
    return week.meetings[0].topic if week.meetings else _name_by_day(week, locale)


def _is_counted(week: Week, last: int | None) -> bool:
    return week.number is not None and last is not None and week.number <= last


def _join_days(*parts: str | None) -> str | None:
    return " · ".join(part for part in parts if part is not None) or None


def _name_by_day(week: Week, locale: Locale) -> str:
    return locale.gettext("Week of {day}", day=locale.short_day(week.first_day))


def make_ruler(
    weeks: tuple[WeekView, ...], numbers: Iterable[int | None], lowest: int, locale: Locale
) -> tuple[WeekView, ...]:
    """Return all weeks of the term in order: those given, with their numbers, and the numbered ones without rows.

    `lowest` is the number of the first week.
    """
    found: list[WeekView] = []
    expected = lowest
    for week, number in zip(weeks, numbers, strict=True):
        while number is not None and expected < number:
            name = locale.gettext("Week {number}", number=expected)
            found.append(WeekView("", str(expected), name, name, None, None, False, None, True, False, "", "", ()))
            expected += 1
        expected = expected if number is None else number + 1
        found.append(week)
    return tuple(found)


def _is_whole_day(week: Week, row: Meeting) -> bool:
    """Return whether a row lasts 24 hours and begins on its date as `today.js` computes it: whole days after its week.

    Rows with groups always carry their instants.
    """
    if row.groups or _passes(row.begins_at, row.finishes_at) != timedelta(days=1):
        return False
    midnight = datetime(row.on.year, row.on.month, row.on.day, tzinfo=UTC)
    days = _passes(week.begins_at, midnight) / timedelta(days=1)
    return _passes(week.begins_at, row.begins_at) == timedelta(days=math.floor(days + 0.5))


def _passes(begin: datetime, end: datetime) -> timedelta:
    """Return the time between two instants, whatever the clocks do."""
    return end.astimezone(UTC) - begin.astimezone(UTC)


def _count_minutes(row: Meeting) -> str | None:
    """Return the classes of a row in minutes from the instant at which it begins: "570-645 660-735"."""
    spans = ((words.count_minutes(at, row.begins_at) for at in sitting) for sitting in list_sittings(row))
    return " ".join("-".join(map(str, span)) for span in spans) or None


def _count_minutes_of_group(group: GroupMeeting, zone: ZoneInfo) -> str | None:
    """Return the class of a group in minutes from the instant at which its day begins; None without a time."""
    if group.starts_at is None or group.ends_at is None:
        return None
    begins = begin_day(group.on, zone)
    return "-".join(str(words.count_minutes(each, begins)) for each in (group.starts_at, group.ends_at))


def _name_place(place: str | None, locale: Locale) -> str | None:
    """Return a place in words; that of an address is online."""
    if place is None:
        return None
    return locale.gettext("Online") if is_address(place) else words.hold_place(place)


def _person(guest: Guest) -> PersonView:
    return PersonView(guest.name, guest.url, guest.affiliation)
