"""The sign-up board: who presents what, what is open, who is still short of the rule."""

from __future__ import annotations

from courseweek.language.locale import Locale
from courseweek.model.meeting import AnyMeeting, Meeting
from courseweek.model.presenting import Presentations, Presenter
from courseweek.plan.plan import Plan
from courseweek.render.direction import isolate, isolate_each
from courseweek.render.views.layout_values import BoardView, RoleView, SlotView
from courseweek.render.views.links import link_to_meeting
from courseweek.render.views.texts import Texts


def view_presenters(row: AnyMeeting, rules: Presentations | None) -> tuple[RoleView, ...]:
    """Return who presents at a meeting, by role in the order of the rules."""
    by_role: dict[str | None, list[Presenter]] = {role.name: [] for role in rules.roles} if rules is not None else {}
    for each in row.presenters:
        by_role.setdefault(each.role, []).append(each)
    return tuple(RoleView(role, None, tuple(each.name for each in held)) for role, held in by_role.items() if held)


def view_board(plan: Plan, texts: Texts) -> BoardView | None:
    """Return the board, or None for a course without presentations."""
    rules, board = plan.course.syllabus.presentations, plan.schedule.board
    if rules is None or board is None:
        return None
    rows = {row.id: row for row in plan.schedule.all_meetings}
    columns = list(dict.fromkeys(role for slot in board.slots for role, _ in slot.held))
    slots = tuple(
        SlotView(
            day=_name_day(rows[slot.meeting], plan),
            topic=rows[slot.meeting].topic,
            href=link_to_meeting(slot.meeting, plan, texts.path),
            cells=tuple(dict(slot.held).get(column, ()) for column in columns),
        )
        for slot in board.slots
    )
    return BoardView(
        rules=tuple(_rules(rules, plan.locale)),
        note=texts.block(rules.note) if rules.note else None,
        roles=tuple(RoleView(role.name, role.note, ()) for role in rules.roles if role.note),
        sign_up=rules.sign_up,
        columns=tuple(column or plan.locale.gettext("Presenters") for column in columns),
        slots=slots,
        short=tuple(_short(each.name, each.times, each.roles, rules.at_least, plan.locale) for each in board.short),
    )


def _name_day(row: AnyMeeting, plan: Plan) -> str:
    return plan.locale.short_day(row.on) if isinstance(row, Meeting) else plan.locale.gettext("TBD")


def _short(name: str, times: int, roles: tuple[str, ...], at_least: int | None, locale: Locale) -> str:
    name = isolate(name)
    if not roles:
        return locale.gettext("{name}: {times} of {needed}", name=name, times=times, needed=at_least)
    held = isolate_each(roles, locale.comma)
    return locale.gettext("{name}: {times} of {needed} ({roles})", name=name, times=times, needed=at_least, roles=held)


def _rules(rules: Presentations, locale: Locale) -> list[str]:
    """Return the rules as sentences."""
    found = []
    if rules.at_least is not None and rules.different:
        found.append(
            locale.ngettext(
                "Each student presents at least once, in a different role each time.",
                "Each student presents at least {count} times, in a different role each time.",
                rules.at_least,
            )
        )
    elif rules.at_least is not None:
        found.append(
            locale.ngettext(
                "Each student presents at least once.", "Each student presents at least {count} times.", rules.at_least
            )
        )
    if rules.group is not None:
        least, most = rules.group
        if least != most:
            found.append(
                locale.gettext("A presentation is given by {least} to {most} students.", least=least, most=most)
            )
        else:
            found.append(
                locale.ngettext(
                    "One student gives a presentation.", "A presentation is given by {count} students.", most
                )
            )
    return found
