"""The corridor: files → Course → Schedule → Plan → Artifacts → the published site, with diagnostics at each stage."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from courseweek.cache import Memory
from courseweek.checks.anchors import check_anchors
from courseweek.checks.formulas import check_formulas
from courseweek.checks.headings import check_headings
from courseweek.checks.images import check_images
from courseweek.checks.links import check_links
from courseweek.checks.lost import check_lost
from courseweek.checks.places import places_in_yaml
from courseweek.checks.prose import check_prose
from courseweek.checks.readings import check_readings
from courseweek.checks.selfcheck import check_output
from courseweek.diagnostics import Diagnostics
from courseweek.outputs.assets import THEME_FOLDER, make_assets
from courseweek.outputs.data import make_course_json
from courseweek.outputs.withheld import find_withheld_assets
from courseweek.plan import Plan, plan_site
from courseweek.project import Project, theme_folder
from courseweek.read.course import read_course
from courseweek.render.pages import DrawnPages, render_pages
from courseweek.render.templates import Layouts
from courseweek.schedule.focus import focus_on
from courseweek.schedule.meetings import schedule_course


@dataclass(frozen=True, slots=True)
class Site:
    """The whole site in memory: its plan, the bytes of each file by its path, and the pages with their links."""

    plan: Plan
    artifacts: Mapping[str, bytes]
    drawn: DrawnPages


def make_site(project: Project, now: datetime, found: Diagnostics, memory: Memory | None = None) -> Site | None:
    """Return the site as of `now`, or None where the course could not be dated; nothing is written.

    A `now` without a zone is taken in the course's. All errors of all stages go to `found`; a site that comes with
    errors must not be published. `memory` spares working out again what it knows, and changes nothing.
    """
    course = read_course(project, found)
    if course is None:
        return None
    schedule = schedule_course(course, found)
    zone = course.term.zone
    now = datetime.combine(now.date(), now.time(), zone) if now.tzinfo is None else now
    follow_next = course.site.highlight == "next meeting"
    theme = Project(theme_folder(), project.output)
    theme_assets = frozenset(f"{THEME_FOLDER}/{name}" for name in theme.files(f"assets/{THEME_FOLDER}", found))
    plan = plan_site(course, schedule, now, theme_assets, found)
    focus = focus_on(schedule, now, follow_next=follow_next)
    layouts = Layouts(project.source, theme.source, memory)
    drawn = render_pages(plan, focus, layouts, found, memory)
    yaml = places_in_yaml(course, schedule)
    for diagnostic in chain(
        check_links(plan, drawn, yaml, found),
        check_anchors(drawn, yaml),
        check_headings(drawn),
        check_images(drawn, yaml),
        check_formulas(drawn, yaml),
        check_lost(drawn, yaml),
        check_readings(schedule),
        check_prose(course, schedule),
    ):
        found.add(diagnostic)
    artifacts = make_assets(plan, project, theme, found)
    artifacts |= {path: html.encode("utf-8") for path, html in drawn.html.items()}
    artifacts["course.json"] = make_course_json(course, schedule, plan.notes)
    for path in find_withheld_assets(plan, artifacts):
        del artifacts[path]
    if not found.has_errors():  # what is wrong with the course explains what is wrong with the pages
        for diagnostic in check_output(plan, drawn, artifacts, layouts, tuple(found), memory):
            found.add(diagnostic)
    return Site(plan, artifacts, drawn)
