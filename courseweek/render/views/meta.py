"""What a page says of itself in its head: its preview where it is shared, its icon, the course for search engines."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

from markupsafe import Markup

from courseweek.files.paths import relative_link
from courseweek.language.locale import Locale
from courseweek.model.course import Course, Syllabus
from courseweek.model.meeting import AnyMeeting, Meeting
from courseweek.plan.plan import ICON, Plan, PlannedPage
from courseweek.render.direction import isolate_plain
from courseweek.render.views import words
from courseweek.render.views.layout_values import MetaView
from courseweek.render.views.links import is_address
from courseweek.render.views.meeting_pages import name_kind

_OWN_ICONS = ("favicon.svg", "favicon.png", "favicon.ico")
_MODES = {(False,): "Onsite", (True,): "Online", (False, True): "Blended"}
"""By whether the places of a course are online."""


class MetaViews:
    """Makes what the pages of a plan say of themselves."""

    def __init__(self, plan: Plan, rows: Mapping[str, AnyMeeting], description: str | None) -> None:
        """Take the plan, its meetings by their ids, and the description of the course as plain text."""
        self.plan = plan
        syllabus = plan.course.syllabus
        self._rows = rows
        self._description = description
        self._name = syllabus.code or syllabus.title
        self._base = f"{syllabus.url.rstrip('/')}/" if syllabus.url is not None else None
        self._icon = next((name for name in _OWN_ICONS if name in plan.paths), ICON)

    def view(self, page: PlannedPage, root: str) -> MetaView:
        """Return what a page says of itself; `root` is what comes before its links."""
        is_home, row = page.path == "index.html", self._rows.get(page.meeting or "")
        description = self._description if row is None else " · ".join(_describe(row, self.plan.locale))
        names = (page.title,) if is_home else (page.title, self._name)
        return MetaView(
            title=" – ".join(map(isolate_plain, names)),
            description=description,
            address=None if self._base is None else self._base + ("" if is_home else quote(page.path)),
            icon=root + relative_link(page.path, self._icon),
            data=_describe_course(self.plan.course, self._description) if is_home else None,
        )


def _describe(row: AnyMeeting, locale: Locale) -> Iterator[str]:
    """Yield the kind of a meeting, when it is, and where."""
    kind = name_kind(row)
    if kind is not None:
        yield isolate_plain(kind)
    if isinstance(row, Meeting):
        day = locale.dated_day(row.on)
        yield f"{day}, {words.hours(row.time, locale)}" if row.time is not None and not row.groups else day
    if row.place is not None and not row.groups:
        yield isolate_plain(row.place)


def _describe_course(course: Course, description: str | None) -> Markup:
    """Return the course in the words of schema.org, as JSON that can be inside of a `<script>`."""
    syllabus = course.syllabus
    institution = {"@type": "CollegeOrUniversity", "name": syllabus.institution} if syllabus.institution else None
    content = {
        "@context": "https://schema.org",
        "@type": "Course",
        "name": syllabus.title,
        "courseCode": syllabus.code,
        "description": description,
        "url": syllabus.url,
        "provider": institution,
        "hasCourseInstance": _describe_term(syllabus),
    }
    written = json.dumps(_without_none(content), ensure_ascii=False, separators=(",", ":"))
    return Markup(written.replace("<", "\\u003c"))


def _describe_term(syllabus: Syllabus) -> dict[str, Any]:
    term = syllabus.term
    patterns = [each for entry in term.meets for each in entry.groups or (entry,)]
    online = {is_address(each.place) for each in patterns if each.place is not None}
    taught = [each for each in syllabus.staff if each.role == syllabus.staff[0].role]
    return _without_none(
        {
            "@type": "CourseInstance",
            "name": term.name,
            "startDate": term.starts.isoformat(),
            "endDate": term.ends.isoformat(),
            "courseMode": _MODES.get(tuple(sorted(online))),
            "instructor": [{"@type": "Person", "name": each.name} for each in taught] or None,
        }
    )


def _without_none(content: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in content.items() if value is not None}
