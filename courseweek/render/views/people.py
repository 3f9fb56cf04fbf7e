"""Staff as cards."""

from __future__ import annotations

from markupsafe import Markup

from courseweek.files.paths import relative_link
from courseweek.model.people import OfficeHours, Staff
from courseweek.plan.plan import Plan, path_of_asset
from courseweek.render.direction import isolate
from courseweek.render.views import words
from courseweek.render.views.layout_values import LinkView, StaffView
from courseweek.render.views.links import is_address
from courseweek.render.views.texts import Texts


def view_staff(plan: Plan, texts: Texts) -> tuple[StaffView, ...]:
    """Return the staff as cards, in the order of the syllabus."""
    return tuple(_view(each, texts) for each in plan.course.syllabus.staff)


def _view(staff: Staff, texts: Texts) -> StaffView:
    return StaffView(
        name=staff.name,
        href=staff.url,
        facts=tuple(fact for fact in (staff.role, staff.affiliation) if fact),
        email=staff.email,
        photo=relative_link(texts.path, path_of_asset(staff.photo)) if staff.photo else None,
        office_hours=tuple(_view_hours(each) for each in staff.office_hours),
        note=texts.inline(staff.note) if staff.note else None,
    )


def _view_hours(office: OfficeHours) -> LinkView:
    if office.text is not None:
        return LinkView(office.text, None)
    parts = [words.weekdays(office.days)]
    if office.time is not None:
        parts.append(words.hours(office.time))
    if office.place is not None and not is_address(office.place):
        parts.append(isolate(office.place))
    return LinkView(Markup(", ").join(parts), office.place if is_address(office.place) else None)
