"""The calendars that students can take into their own: on the page for that, and on the page of a meeting."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote, urlsplit

from courseweek.files.paths import relative_link
from courseweek.model.link import SUBSCRIBED
from courseweek.model.meeting import Meeting
from courseweek.plan.plan import Plan
from courseweek.published.calendars import CalendarFile, list_calendars, name_single_meeting
from courseweek.render.direction import isolate_plain
from courseweek.render.views.layout_values import CalendarSetView, CalendarView
from courseweek.schedule.own_choices import SECTION, name_choice

_GOOGLE = "https://calendar.google.com/calendar/r?cid="


def view_calendars(plan: Plan, path: str) -> tuple[CalendarSetView, ...]:
    """Return all calendars of a course as seen from the page at `path`, in sets of which there is at least one."""
    _ = plan.locale.gettext
    calendars = [each for each in list_calendars(plan.course, plan.schedule) if each.path in plan.exports]

    def pick(id: str, heading: str, note: str | None, of: Iterable[str]) -> CalendarSetView:
        return CalendarSetView(id, heading, note, tuple(_view(each, plan, path) for each in calendars if each.of in of))

    whole = _("Classes, deadlines, exams and breaks.")
    if any(each.of == "group" for each in calendars):
        whole = _("Classes of all groups, deadlines, exams and breaks.")
    own = _("Instead of the whole course, take “For all groups” and your own group.")
    sets = (
        pick("whole", _("The whole course"), whole, ("all",)),
        pick("group", _("Your group"), own, ("common", "group")),
        pick("part", _("Only a part"), None, ("meetings", "deadlines", "hours")),
        pick("section", _("Your section"), _("Deadlines and exams"), ("scheme",)),
    )
    return tuple(each for each in sets if each.calendars)


def view_single_meeting(row: Meeting, plan: Plan, path: str) -> tuple[CalendarView, ...]:
    """Return the calendars with one meeting alone, as seen from the page at `path`."""
    return tuple(
        CalendarView(each.name, None, relative_link(path, each.path), choice=_name_choice(each))
        for each in name_single_meeting(row)
        if each.path in plan.exports
    )


def _view(calendar: CalendarFile, plan: Plan, path: str) -> CalendarView:
    name = _name(calendar, plan)
    href, url = relative_link(path, calendar.path), plan.course.syllabus.url
    if url is None:
        return CalendarView(name, None, href, choice=_name_choice(calendar))
    address = f"{url.rstrip('/')}/{quote(calendar.path)}"
    parts = urlsplit(address)
    # Google takes only an address that is encrypted.
    google = _GOOGLE + quote(address, safe="") if parts.scheme == "https" else None
    webcal = parts._replace(scheme=SUBSCRIBED).geturl()
    return CalendarView(name, None, href, address, webcal, google, _name_choice(calendar))


def _name(calendar: CalendarFile, plan: Plan) -> str:
    """Return the name for a heading, where words of the page and of the course are isolated from each other."""
    _ = plan.locale.gettext
    if calendar.of == "scheme":
        return _("Deadlines: {scheme}", scheme=isolate_plain(calendar.value))
    if calendar.of == "group" and calendar.kind:
        return _("{kind} group {group}", kind=isolate_plain(calendar.kind), group=isolate_plain(calendar.group or ""))
    if calendar.of == "group":
        return _("Group {group}", group=isolate_plain(calendar.group or ""))
    return calendar.name or isolate_plain(plan.course.syllabus.code or plan.course.syllabus.title)


def _name_choice(calendar: CalendarFile) -> str | None:
    """Return the choice of the reader to which a calendar belongs, as `choice.js` names it."""
    if calendar.group is not None:
        return f"{name_choice(calendar.kind)} {calendar.group}"
    return f"{SECTION} {calendar.value}" if calendar.of == "scheme" else None
