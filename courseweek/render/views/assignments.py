"""Assignments and deadlines in words: a rule as its sentence, and each of its dates."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from markupsafe import Markup, escape

from courseweek.diagnostics import Span
from courseweek.files.paths import relative_link
from courseweek.model.assignment import Assignment, Deadline, Series
from courseweek.model.course import is_carried
from courseweek.model.meeting import Meeting
from courseweek.plan.plan import Plan
from courseweek.render.direction import isolate, isolate_each
from courseweek.render.views import words
from courseweek.render.views.layout_values import AssignmentView, DeadlineView
from courseweek.render.views.links import view_link
from courseweek.render.views.texts import Texts

_WORD = {"out": "out", "due": "due", "milestone": "due"}


def view_deadline(
    deadline: Deadline,
    plan: Plan,
    path: str,
    *,
    beside: date | None = None,
    named: bool = False,
    texts: Texts | None = None,
) -> DeadlineView:
    """Return a deadline as seen from the page at `path`.

    `beside` is the day shown beside it, whose date is not repeated. With `named` a deadline
    of a series says of which meeting it is, with `texts` a milestone has its note.
    """
    zone = plan.course.syllabus.term.zone
    at = deadline.at.astimezone(zone) if deadline.at is not None else None
    assignment, milestone = deadline.assignment, deadline.milestone
    status = assignment.status or (milestone.status if milestone is not None else None)
    return DeadlineView(
        id=deadline.id,
        title=deadline.title,
        of=_of(deadline, plan) if named or milestone is not None else None,
        word=_WORD[deadline.kind],
        day=words.short_day(at.date()) if at is not None else None,
        beside=at is not None and at.date() == beside,
        hours=words.clock(at.time())
        if at is not None and (deadline.kind != "out" or at.time() != datetime.min.time())
        else None,
        at=words.utc_instant(at) if at is not None else None,
        iso=at.isoformat() if at is not None else None,
        href=_href(deadline, plan, path),
        owed_by=assignment.owed_by,
        weight=milestone.weight if milestone is not None else None,
        note=texts.inline(milestone.note) if texts is not None and milestone is not None and milestone.note else None,
        tentative=status is not None,
        carried=is_carried(assignment, plan.course),
    )


def _of(deadline: Deadline, plan: Plan) -> str | None:
    """Return what a deadline is a part of: its assignment, or the meeting of its series."""
    if deadline.milestone is not None:
        return deadline.assignment.title
    row = next((each for each in plan.schedule.meetings if each.id == deadline.meeting), None)
    return isolate_each((row.topic, words.short_day(row.on)), ", ") if row is not None else None


def _href(deadline: Deadline, plan: Plan, path: str) -> str | None:
    """Return where one goes for it: the meeting's own form, the form, the page, the address."""
    assignment, milestone = deadline.assignment, deadline.milestone
    meeting = next((row for row in plan.schedule.meetings if row.id == deadline.meeting), None)
    forms: tuple[tuple[str, str, Span], ...] = ()
    if meeting is not None and meeting.written is not None:
        forms = meeting.written.forms
    own = next((address for id, address, _ in forms if id == assignment.id), None)
    if milestone is not None:
        return (
            milestone.url or _page(milestone.page, plan, path) or assignment.form or _page(assignment.page, plan, path)
        )
    return own or assignment.form or _page(assignment.page, plan, path) or assignment.url


def _page(name: str | None, plan: Plan, path: str) -> str | None:
    page = plan.page_named(name.removesuffix(".md")) if name is not None else None
    return relative_link(path, page.path) if page is not None else None


def view_assignments(plan: Plan, texts: Texts) -> tuple[AssignmentView, ...]:
    """Return the assignments with their sentences, in the order of the syllabus."""
    return tuple(_view_assignment(each, plan, texts) for each in plan.schedule.assignments)


def _view_assignment(assignment: Assignment, plan: Plan, texts: Texts) -> AssignmentView:
    deadlines = [each for each in plan.schedule.deadlines if each.assignment is assignment]
    path = texts.path
    page = _page(assignment.page, plan, path)
    return AssignmentView(
        id=assignment.id,
        title=assignment.title,
        href=page or assignment.url,
        form=assignment.form,
        sentence=_sentence(assignment, plan.schedule.meetings),
        facts=tuple(_facts(assignment)),
        note=texts.inline(assignment.note) if assignment.note else None,
        materials=tuple(view_link(link, texts) for link in assignment.materials),
        deadlines=tuple(view_deadline(each, plan, path, texts=texts) for each in deadlines if assignment.each is None),
    )


def _facts(assignment: Assignment) -> list[str]:
    found: list[str] = []
    if assignment.owed_by:
        found.append(assignment.owed_by)
    if assignment.group:
        found.append(Markup("groups of {}").format(isolate(assignment.group.replace("-", "–"))))
    if assignment.counts:
        counts = "counts" if assignment.counts.endswith(" 1") else "count"
        found.append(Markup("{} {}").format(isolate(assignment.counts), counts))
    if assignment.status:
        found.append("tentative")
    return found


def _sentence(assignment: Assignment, meetings: Sequence[Meeting]) -> str | None:
    """Return a series' rule as a sentence: "For each meeting with required readings: due Tuesday before at 23:59."."""
    if assignment.each is None:
        return None
    parts = []
    if assignment.out is not None:
        parts.append(Markup("out {}").format(isolate(assignment.out.text)))
    parts.append(Markup("due {}").format(isolate(assignment.due.text) if assignment.due is not None else "TBD"))
    topics = {row.id: row.topic for row in meetings}
    skipped = _join([topics.get(id, id) for id, _ in assignment.skipped])
    except_ = Markup(", except {}").format(skipped) if skipped else ""
    series = _series(assignment.each, topics)
    return Markup("For each {}{}: {}.").format(series, except_, Markup(", ").join(parts))


def _series(series: Series, topics: dict[str, str]) -> str:
    if series.select != "named":
        return isolate(series.text.lower())
    if all(name in topics for name in series.names):
        return Markup("of {}").format(_join([topics[name] for name in series.names]))
    return Markup("meeting of kind {}").format(_join(list(series.names)))


def _join(names: list[str]) -> Markup:
    """Return "A, B and C", each of them isolated."""
    return Markup(words.join_words([escape(isolate(name)) for name in names]))  # as text: it joins what is HTML already
