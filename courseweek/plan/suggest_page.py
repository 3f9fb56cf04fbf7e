"""The page on which people suggest a reading, begin a note or sign up to present: where it is.

It is `suggest.html`, or `contribute.html` where the course has a page `suggest` itself. With a page `contribute` too,
or without a repository or a meeting, it is not made.
"""

from __future__ import annotations

from courseweek.model.course import Course
from courseweek.model.meeting import Schedule
from courseweek.plan.plan import Plan, PlannedPage

LAYOUT = "suggest"
NAMES = ("suggest", "contribute")


def plan_suggest_page(course: Course, schedule: Schedule) -> list[PlannedPage]:
    """Return the page, if it has a name and the course has a repository and a meeting to suggest something for."""
    taken = {page.name.casefold() for page in course.pages}
    name = next((name for name in NAMES if name not in taken), None)
    if name is None or course.syllabus.repository is None:
        return []
    if all(row.written is None for row in schedule.all_meetings):
        return []
    title = course.syllabus.locale.gettext("Suggest a reading")
    return [PlannedPage(f"{name}.html", name, title, title, LAYOUT, False, (), None)]


def find_suggest_page(plan: Plan) -> PlannedPage | None:
    """Return the page in a plan."""
    return next((page for page in plan.pages if page.layout == LAYOUT and page.source is None), None)
