"""The page on which students take the course's dates into their own calendars: where it is.

It is `calendar.html`, or `subscribe.html` where the course has a page `calendar` itself. With a page `subscribe` too,
it is not made.
"""

from __future__ import annotations

from collections.abc import Iterable

from courseweek.model.course import Course
from courseweek.plan.plan import CALENDAR_ENDING, Plan, PlannedPage

LAYOUT = "calendar"
NAMES = ("calendar", "subscribe")


def name_calendar_page(course: Course) -> str | None:
    """Return the name of the page, the first that is not the name of a page of the course, a draft included."""
    taken = {page.name.casefold() for page in course.pages}
    return next((name for name in NAMES if name not in taken), None)


def plan_calendar_page(course: Course, exports: Iterable[str]) -> list[PlannedPage]:
    """Return the page, if it has a name and the site has calendars."""
    name, title = name_calendar_page(course), course.syllabus.locale.gettext("Add to your calendar")
    if name is None or not any(path.endswith(CALENDAR_ENDING) for path in exports):
        return []
    return [PlannedPage(f"{name}.html", name, title, title, LAYOUT, False, (), None)]


def find_calendar_page(plan: Plan) -> PlannedPage | None:
    """Return the page in a plan."""
    return next((page for page in plan.pages if page.layout == LAYOUT and page.source is None), None)
