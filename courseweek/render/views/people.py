"""The staff: who is named under the title, the office hours of the week, and everybody as a card."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby

from markupsafe import Markup, escape

from courseweek.files.paths import relative_link
from courseweek.model.people import Staff, WeeklyHour, list_weekly_hours
from courseweek.plan.pages import MOST_UNDER_TITLE
from courseweek.plan.plan import Plan, path_of_asset
from courseweek.render.views import words
from courseweek.render.views.layout_values import DayOfHoursView, HoursView, HourView, LinkView, PeopleView, StaffView
from courseweek.render.views.links import is_address
from courseweek.render.views.texts import Texts


def view_people(plan: Plan, path: str) -> PeopleView | None:
    """Return the people of the first role, as the page at `path` names them under the course's title."""
    staff = plan.course.syllabus.staff
    if not staff:
        return None
    named = [each for each in staff if each.role == staff[0].role][:MOST_UNDER_TITLE]
    others = len(staff) - len(named)
    page = plan.page_with("staff")
    place = relative_link(path, page.path, "" if page.name == "staff" else "page.staff") if page is not None else None
    more = LinkView(plan.locale.ngettext("and {count} more", "and {count} more", others), place) if others else None
    return PeopleView(tuple(LinkView(each.name, each.url) for each in named), more)


def view_staff(plan: Plan, texts: Texts) -> tuple[StaffView, ...]:
    """Return the staff as cards, in the order of the syllabus."""
    staff = plan.course.syllabus.staff
    with_photos = any(each.photo for each in staff)
    return tuple(_view(each, texts, photoless=with_photos and not each.photo) for each in staff)


def view_hours(plan: Plan, texts: Texts) -> HoursView | None:
    """Return all office hours that have a day, by day and time; None where there are none."""
    hours = join_hours(plan)
    if not hours:
        return None
    rows = tuple(view_hour(each, texts) for each in hours)
    days = tuple(DayOfHoursView(name, tuple(some)) for name, some in groupby(rows, key=lambda each: each.day))
    return HoursView(rows, days)


def join_hours(plan: Plan) -> tuple[WeeklyHour, ...]:
    """Return all office hours that have a day, by the days of the course's week and time; those at once are one."""
    syllabus = plan.course.syllabus
    joined: dict[object, WeeklyHour] = {}
    for each in list_weekly_hours(syllabus.staff, syllabus.office_hours):
        at = (each.day, each.time, each.place, each.note)
        who = joined[at].who if at in joined else ()
        joined[at] = replace(each, who=tuple(dict.fromkeys((*who, *each.who))))
    first = syllabus.term.week_starts
    return tuple(sorted(joined.values(), key=lambda each: (each.day - first) % 7))


def _view(staff: Staff, texts: Texts, *, photoless: bool) -> StaffView:
    return StaffView(
        name=staff.name,
        href=staff.url,
        pronouns=staff.pronouns,
        facts=tuple(fact for fact in (staff.role, staff.affiliation) if fact),
        email=staff.email,
        address=_break_address(staff.email) if staff.email else None,
        photo=relative_link(texts.path, path_of_asset(staff.photo)) if staff.photo else None,
        photoless=photoless,
        office_hours=tuple(each.text for each in staff.office_hours if each.text is not None),
        note=texts.inline(staff.note) if staff.note else None,
    )


def view_hour(hour: WeeklyHour, texts: Texts) -> HourView:
    """Return an office hour as the page of these texts shows it."""
    locale, online = texts.plan.locale, is_address(hour.place)
    return HourView(
        day=locale.weekday(hour.day),
        hours=words.hours(hour.time, locale) if hour.time is not None else None,
        who=hour.who,
        place=LinkView(
            locale.gettext("Online") if online else words.hold_place(hour.place), hour.place if online else None
        )
        if hour.place
        else None,
        note=texts.inline(hour.note) if hour.note else None,
        weekly=f"{(hour.day + 1) % 7} {hour.time.start.hour * 60 + hour.time.start.minute}" if hour.time else None,
    )


def _break_address(email: str) -> Markup:
    """Return a mail address as HTML that may be broken between its parts, and nowhere else while there is room."""
    return Markup(str(escape(email)).replace("@", "@<wbr>").replace(".", "<wbr>."))
