"""Assignments and deadlines in words: a rule as its sentence, and each of its dates."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time

from courseweek.files.paths import relative_link
from courseweek.model.assignment import Assignment, Deadline
from courseweek.model.course import Course, is_carried
from courseweek.model.grading import Scheme, format_weight
from courseweek.model.meeting import AnyMeeting, Meeting, Schedule
from courseweek.model.slug import make_slug
from courseweek.plan.pages import pages_of_assignment
from courseweek.plan.plan import Plan
from courseweek.render.direction import isolate
from courseweek.render.views.changes import find_marks
from courseweek.render.views.layout_values import AssignmentView, DeadlineView, InstantView, MarkView
from courseweek.render.views.links import link_to_meeting, view_link
from courseweek.render.views.series_sentence import say_series
from courseweek.render.views.texts import Texts
from courseweek.render.views.words import count_minutes, utc_instant

_MIDNIGHT = time(0)


_MAPPED: list[tuple[Schedule, dict[str, AnyMeeting]]] = []
"""The schedule that was asked about last, and its meetings by id: each page asks."""


def _map_meetings(schedule: Schedule) -> dict[str, AnyMeeting]:
    for last, meetings in _MAPPED:
        if last is schedule:
            return meetings
    _MAPPED[:] = [(schedule, {row.id: row for row in schedule.all_meetings if row.pause is None})]
    return _MAPPED[0][1]


class DeadlineViews:
    """Makes the views of deadlines as seen from one page."""

    def __init__(self, plan: Plan, path: str) -> None:
        """Take the plan and the path of the page."""
        self.plan = plan
        self.path = path
        self._locale = plan.locale
        self._zone = plan.course.syllabus.term.zone
        self.marks = find_marks(plan, path)
        self._meetings = _map_meetings(plan.schedule)

    def view(
        self,
        deadline: Deadline,
        *,
        beside: date | None = None,
        since: datetime | None = None,
        texts: Texts | None = None,
    ) -> DeadlineView:
        """Return a deadline; one of a series says for which meeting it is, a milestone of which assignment.

        `beside` is the day of the row in which it is: neither that day nor the row's meeting is repeated; its minutes
        are counted from `since`. With `texts` a milestone has its note.
        """
        at = deadline.at.astimezone(self._zone) if deadline.at is not None else None
        assignment, milestone = deadline.assignment, deadline.milestone
        status = assignment.status or (milestone.status if milestone is not None else None)
        return DeadlineView(
            id=deadline.id,
            owner=assignment.id or "",
            title=deadline.title,
            of=self._of(deadline),
            of_href=self._link_to_meeting(deadline, beside),
            of_row=beside is not None and deadline.meeting is not None,
            word="out" if deadline.kind == "out" else "due",
            day=self._locale.short_day(at.date()) if at is not None else None,
            beside=at is not None and at.date() == beside,
            hours=self._locale.clock(at.time())
            if at is not None and (deadline.kind != "out" or at.time() != _MIDNIGHT)
            else None,
            at=utc_instant(at) if at is not None else None,
            minutes=count_minutes(at, since) if at is not None and since is not None else None,
            iso=at.isoformat() if at is not None else None,
            was=self._moment(deadline.was),
            moved=self._say_moved(deadline),
            accepted_until=self._moment(deadline.accepted_until),
            href=self._href(deadline),
            form=self._form(deadline),
            owed_by=assignment.owed_by,
            weight=milestone.weight if milestone is not None else None,
            note=texts.inline(milestone.note)
            if texts is not None and milestone is not None and milestone.note
            else None,
            tentative=status is not None,
            carried=is_carried(assignment, self.plan.course),
            changed=self._find_mark(deadline),
        )

    def _find_mark(self, deadline: Deadline) -> MarkView | None:
        """Return its mark: a change names a deadline, or an assignment that has no other one."""
        assignment = deadline.assignment
        only = deadline.kind != "out" and assignment.each is None and not assignment.milestones
        return self.marks.get(deadline.id) or (self.marks.get(assignment.id or "") if only else None)

    def _of(self, deadline: Deadline) -> str | None:
        """Return what a deadline is a part of: its assignment, or the meeting of its series."""
        if deadline.milestone is not None:
            return deadline.assignment.title
        row = self._meetings.get(deadline.meeting or "")
        if row is None:
            return None
        locale = self._locale
        if not isinstance(row, Meeting):
            return locale.gettext("for {meeting}", meeting=isolate(row.topic))
        day = locale.short_day(row.on)
        if row.topic.upper() == "TBD":
            return locale.gettext("for {day}", day=day)
        return locale.gettext("for {meeting}, {day}", meeting=isolate(row.topic), day=day)

    def _link_to_meeting(self, deadline: Deadline, beside: date | None) -> str | None:
        """Return the link to the meeting for which a deadline of a series is, unless it is in that meeting's row."""
        if beside is not None or deadline.meeting not in self._meetings:
            return None
        return link_to_meeting(deadline.meeting, self.plan, self.path)

    def _moment(self, moment: datetime | None) -> InstantView | None:
        if moment is None:
            return None
        at = moment.astimezone(self._zone)
        return InstantView(self._locale.moment(at), at.isoformat())

    def _say_moved(self, deadline: Deadline) -> str | None:
        """Return what happened to a deadline that is not when it was."""
        if deadline.was is None:
            return None
        if deadline.at is None:
            return self._locale.gettext("postponed")
        return self._locale.gettext("extended") if deadline.at > deadline.was else self._locale.gettext("moved up")

    def _href(self, deadline: Deadline) -> str | None:
        """Return where it is described: the milestone's address or page, else those of the assignment."""
        assignment, milestone = deadline.assignment, deadline.milestone
        of_step = (milestone.url or self.page(milestone.page)) if milestone is not None else None
        return of_step or self.page(assignment.page) or assignment.url

    def _form(self, deadline: Deadline) -> str | None:
        """Return where it is handed in: by the meeting's own form, or the assignment's."""
        if deadline.kind == "out":
            return None
        meeting = self._meetings.get(deadline.meeting or "")
        forms = meeting.written.forms if meeting is not None and meeting.written is not None else ()
        own = next((address for id, address, _ in forms if id == deadline.assignment.id), None)
        return own or deadline.assignment.form

    def page(self, name: str | None) -> str | None:
        """Return the link to another page of `content/` by its name, None where the site does not have it."""
        page = self.plan.page_named(name.removesuffix(".md")) if name is not None else None
        return relative_link(self.path, page.path) if page is not None and page.path != self.path else None


def view_assignments(plan: Plan, texts: Texts, *, of_page: str | None = None) -> tuple[AssignmentView, ...]:
    """Return the assignments with their rules and dates, in the order of the syllabus.

    With `of_page` they are only those that this page describes, and series have their dates too.
    """
    views = DeadlineViews(plan, texts.path)
    chosen = plan.schedule.assignments
    if of_page is not None:
        chosen = tuple(each for each in chosen if of_page in pages_of_assignment(each))
    return tuple(_view_assignment(each, views, texts, whole=of_page is not None) for each in chosen)


def _view_assignment(assignment: Assignment, views: DeadlineViews, texts: Texts, *, whole: bool) -> AssignmentView:
    plan = views.plan
    deadlines = [each for each in plan.schedule.deadlines if each.assignment is assignment]
    usual = plan.course.syllabus.term.due_time
    dated = whole or assignment.each is None
    return AssignmentView(
        id=assignment.id,
        title=assignment.title,
        href=views.page(assignment.page) or assignment.url,
        form=assignment.form,
        sentence=say_series(assignment, deadlines, plan.schedule.all_meetings, usual, plan.locale),
        facts=tuple(_facts(assignment, plan.course)),
        note=texts.inline(assignment.note) if assignment.note else None,
        materials=tuple(view_link(link, texts) for link in assignment.materials),
        deadlines=tuple(views.view(each, texts=texts) for each in deadlines) if dated else (),
        owed_by=assignment.owed_by,
    )


def _facts(assignment: Assignment, course: Course) -> list[str]:
    found: list[str] = []
    locale = course.syllabus.locale
    if assignment.owed_by:
        found.append(assignment.owed_by)
    if weight := _find_weight(assignment, course.syllabus.grading):
        found.append(locale.gettext("{weight} of the grade", weight=weight))
    if assignment.group:
        found.append(locale.gettext("groups of {size}", size=isolate(assignment.group.replace("-", "–"))))
    if assignment.counts:
        one, number = assignment.counts.endswith(" 1"), isolate(assignment.counts)
        found.append(locale.ngettext("{number} counts", "{number} count", 1 if one else 2, number=number))
    if assignment.status:
        found.append(locale.gettext("tentative"))
    if is_carried(assignment, course):
        found.append(locale.gettext("from last term, may change"))
    return found


def _find_weight(assignment: Assignment, schemes: Sequence[Scheme]) -> str | None:
    """Return the weight of the part of the grade that is called like an assignment; None where schemes differ."""
    own = [each for each in schemes if assignment.owed_by in (None, each.name)]
    parts = [part for scheme in own for part in scheme.parts if make_slug(part.name) == make_slug(assignment.title)]
    weights = {part.weight for part in parts}
    weight = weights.pop() if len(weights) == 1 and len(parts) == len(own) else None
    return format_weight(weight) if weight is not None else None
