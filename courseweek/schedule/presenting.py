"""The sign-up board: who holds which role at which meeting, what is open, who is short of the rule."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from courseweek.diagnostics import Diagnostics, Span
from courseweek.model.assignment import Series
from courseweek.model.gaps import Gaps
from courseweek.model.meeting import AnyMeeting
from courseweek.model.presenting import Board, Presentations, Presenter, Short, Slot
from courseweek.schedule.series import report_no_meeting, select_meetings

PresentersOf = dict[str, list[Presenter]]
"""Those of each meeting, by its id."""


def schedule_presentations(
    rules: Presentations | None, rows: Sequence[AnyMeeting], gaps: Gaps, found: Diagnostics
) -> tuple[list[AnyMeeting], Board]:
    """Return the rows with their presenters, and the board; breaches of the rules are warned about.

    What `gaps` hide was reported before.
    """
    held = _collect(rules, rows, gaps, found)
    with_presenters = [replace(row, presenters=tuple(held[row.id])) if row.id in held else row for row in rows]
    if rules is None:
        return with_presenters, Board((), ())
    order = [row for row in rows if row.pause is None]
    _check_groups(rules, order, held, found)
    _check_roles(rules, order, held, found)
    slots = [_slot(rules, row, held.get(row.id, [])) for row in _presented(rules, order, held, gaps, found)]
    return with_presenters, Board(tuple(slots), tuple(_short(rules, order, held)))


def _collect(rules: Presentations | None, rows: Sequence[AnyMeeting], gaps: Gaps, found: Diagnostics) -> PresentersOf:
    """Return all presenters by meeting; a name both at the meeting and in the file counts once."""
    held: PresentersOf = defaultdict(list)
    by_id = {row.id: row for row in rows if row.pause is None}
    for row in by_id.values():
        if row.written is not None and row.leads:
            for each in row.written.presenters:
                _hold(held, row.id, each, rules, gaps, found)
    for each in rules.listed if rules is not None else ():
        if each.meeting not in by_id and gaps.hide_meeting(each.meeting or ""):
            continue
        if each.meeting not in by_id:
            report_no_meeting(each.meeting or "", each.meeting_span or each.span, rows, found)
            continue
        _hold(held, each.meeting, each, rules, gaps, found)
    return dict(held)


def _hold(
    held: PresentersOf, meeting: str, presenter: Presenter, rules: Presentations | None, gaps: Gaps, found: Diagnostics
) -> None:
    roles = [role.name for role in rules.roles] if rules is not None else []
    if presenter.role is not None and roles and presenter.role not in roles:
        if presenter.role in gaps.ids:
            return
        near = found.suggest(presenter.role, roles)
        found.error(
            "unknown-role",
            f"no role is called `{presenter.role}`",
            presenter.role_span or presenter.span,
            help=f"did you mean `{near}`?" if near else "the roles are " + ", ".join(f"`{role}`" for role in roles),
        )
        return
    if not presenter.name:
        return  # a place that is open
    if not any((each.name, each.role) == (presenter.name, presenter.role) for each in held[meeting]):
        held[meeting].append(presenter)


def _check_groups(rules: Presentations, order: Sequence[AnyMeeting], held: PresentersOf, found: Diagnostics) -> None:
    """Warn of groups that are too large, once for all meetings of a topic whose presenters are written once."""
    if rules.group is None:
        return
    least, most = rules.group
    large: dict[Span, list[tuple[AnyMeeting, int]]] = defaultdict(list)
    for row in order:
        presenters = held.get(row.id, [])
        count = len({each.name for each in presenters})
        if count > most:
            large[presenters[-1].span].append((row, count))
    for place, meetings in large.items():
        count = max(students for _, students in meetings)
        at = f"`{meetings[0][0].id}`"
        if len(meetings) > 1:
            at = f"each of {len(meetings)} meetings, {at} to `{meetings[-1][0].id}`"
        whole = "one of them" if count - most == 1 else f"{count - most} of them"
        found.warning(
            "group-too-large",
            f"{count} students present at {at}; a group has {most if least == most else f'{least} to {most}'}",
            place,
            help=f"move {whole} to another meeting, or write group: {least}-{count}",
            other=(rules.origin.of("group"), "the rule is here"),
        )


def _check_roles(rules: Presentations, order: Sequence[AnyMeeting], held: PresentersOf, found: Diagnostics) -> None:
    """Warn of the same role twice, where there are enough roles to take another one."""
    if not rules.different or not rules.roles:
        return
    taken: dict[str, dict[str, tuple[AnyMeeting, Presenter]]] = defaultdict(dict)
    for row in order:
        for each in held.get(row.id, []):
            if each.role is None:
                continue
            before = taken[each.name].get(each.role)
            if before is not None and len(taken[each.name]) < len(rules.roles):
                free = next(role.name for role in rules.roles if role.name not in taken[each.name])
                found.warning(
                    "same-role",
                    f"`{each.name}` is {each.role} at `{row.id}` and already was at `{before[0].id}`",
                    each.span,
                    help=f"write another role here, such as {free}: the rule asks for a different one each time",
                    other=(before[1].span, "the first time is here"),
                )
            taken[each.name].setdefault(each.role, (row, each))


def _presented(
    rules: Presentations, order: list[AnyMeeting], held: PresentersOf, gaps: Gaps, found: Diagnostics
) -> list[AnyMeeting]:
    if rules.each is not None:
        before = found.errors
        chosen = {row.id for row in select_meetings(rules.each, order, gaps, found)}
        if found.errors == before and not any(gaps.hide_meeting(name) for name in rules.each.names):
            _check_chosen(rules.each, [row for row in order if row.id not in chosen], held, found)
    else:
        chosen = {row.id for row in order if row.required} or {row.id for row in order}
    return [row for row in order if row.id in chosen or held.get(row.id)]


def _check_chosen(each: Series, others: list[AnyMeeting], held: PresentersOf, found: Diagnostics) -> None:
    """Warn of presenters at meetings without a presentation, once for all meetings of a topic."""
    warned: set[Span] = set()
    for row in others:
        presenters = held.get(row.id, [])
        names = list(dict.fromkeys(each.name for each in presenters))
        place = presenters[0].meeting_span or presenters[0].span if presenters else None
        if place is None or place in warned:
            continue
        warned.add(place)
        one = len(names) == 1
        who = f"`{names[0]}` presents" if one else f"{len(names)} students present"
        found.warning(
            "no-presentation",
            f"{who} at `{row.id}`, which has no presentation",
            place,
            help=f"choose another meeting, delete the {'name' if one else 'names'}, or add {row.id} to each",
            other=(each.span, "these meetings have presentations"),
        )


def _slot(rules: Presentations, row: AnyMeeting, presenters: list[Presenter]) -> Slot:
    roles: list[str | None] = [role.name for role in rules.roles]
    if not roles or any(each.role is None for each in presenters):
        roles.append(None)
    return Slot(row.id, tuple((role, tuple(each.name for each in presenters if each.role == role)) for role in roles))


def _short(rules: Presentations, order: Sequence[AnyMeeting], held: PresentersOf) -> list[Short]:
    if rules.at_least is None:
        return []
    times: dict[str, list[str]] = defaultdict(list)
    for row in order:
        for name in dict.fromkeys(each.name for each in held.get(row.id, [])):
            times[name].append(next((each.role or "" for each in held[row.id] if each.name == name), ""))
    return [
        Short(name, len(roles), tuple(role for role in roles if role))
        for name, roles in sorted(times.items())
        if len(roles) < rules.at_least
    ]
