"""The corridor: files → Course → Schedule → Plan → Artifacts → the published site, with diagnostics at each stage."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import chain

from courseweek.cache import Memory
from courseweek.checks.output.readback import describe_page
from courseweek.checks.output.selfcheck import check_output
from courseweek.checks.prose.walk import check_prose
from courseweek.checks.site.files import check_files, check_layouts
from courseweek.checks.site.linked_announcements import check_linked_announcements
from courseweek.checks.site.rules import check_pages
from courseweek.checks.site.scripts import Looker, check_scripts
from courseweek.coming import check_coming
from courseweek.diagnostics import Diagnostic, Diagnostics
from courseweek.frozen import dataclass
from courseweek.outputs.assets import THEME_FOLDER, explain_withheld_link, find_linked_assets, make_assets
from courseweek.outputs.data import make_course_json
from courseweek.outputs.unnamed import find_unnamed_assets
from courseweek.outputs.withheld import find_withheld_assets
from courseweek.plan import Plan, plan_site
from courseweek.project import Project, theme_folder
from courseweek.read.course import read_course
from courseweek.read.known import Known
from courseweek.render.layouts.templates import Layouts
from courseweek.render.pages import RenderedPages, render_pages
from courseweek.render.scribe import Scribe
from courseweek.schedule.focus import Focus, focus_on
from courseweek.schedule.schedule import schedule_course
from courseweek.stored import Content


@dataclass(frozen=True, slots=True)
class Site:
    """The whole site in memory: its plan, the bytes of each file by its path, and the pages with their links.

    `unnamed` are the paths of assets that nothing of the site names.
    """

    plan: Plan
    artifacts: Mapping[str, Content]
    drawn: RenderedPages
    unnamed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outline:
    """A course that is read, dated and planned, with all that its pages are drawn of."""

    theme: Project
    plan: Plan
    focus: Focus
    layouts: Layouts


def make_site(
    project: Project,
    now: datetime,
    found: Diagnostics,
    memory: Memory | None = None,
    *,
    reveal: bool = False,
    scribe: Scribe | None = None,
) -> Site | None:
    """Return the site as of `now`, or None where the course could not be dated; nothing is written.

    A `now` without a zone is taken in the course's. All errors of all stages go to `found`; a site that comes with
    errors must not be published, nor one with `reveal`, which holds what is withheld as well. `memory` spares working
    out again what it knows, `scribe` draws beside this process; neither changes anything.
    """
    layouts = Layouts(project.source, theme_folder(), memory)
    outline = outline_site(project, now, found, layouts, memory, reveal=reveal)
    if outline is None:
        return None
    plan = outline.plan
    drawn = render_pages(plan, outline.focus, layouts, found, memory, describe_page, scribe)
    rules = (
        *check_pages(plan, drawn, found),
        check_prose(plan.course, plan.schedule),
        check_files(plan.course, project),
        check_linked_announcements(plan, project),
        check_layouts(project),
    )
    for diagnostic in chain.from_iterable(rules):
        found.add(diagnostic)
    artifacts = make_assets(plan, project, outline.theme, found)
    artifacts |= drawn.html
    artifacts["course.json"] = data = make_course_json(plan.course, plan.schedule, plan.notes)
    hidden = find_withheld_assets(plan, artifacts)
    for path, target in find_linked_assets(plan, project).items() if hidden else ():
        if (path in hidden) != (target in hidden) and not found.has_errors(path):
            found.add(explain_withheld_link(path, target))
    for path in hidden:
        del artifacts[path]
    for diagnostic in _check_assets(plan, artifacts, outline.theme):
        found.add(diagnostic)
    # What is wrong with what comes later would stop the build of that day.
    check_coming(outline.plan, drawn, project, layouts, found, check_pages, memory)
    if not found.has_errors():  # what is wrong with the course explains what is wrong with the pages
        for diagnostic in check_output(plan, drawn, frozenset(artifacts), data, layouts, tuple(found)):
            found.add(diagnostic)
    return Site(plan, artifacts, drawn, find_unnamed_assets(plan, artifacts))


def _check_assets(plan: Plan, artifacts: Mapping[str, Content], theme: Project) -> Iterator[Diagnostic]:
    """Yield a warning for each published asset of the course that a browser runs and nobody named."""
    own = {f"assets/{name}" for name in plan.course.assets} & artifacts.keys()
    look = Looker(artifacts.get, lambda path: theme.read_bytes(path, Diagnostics()))
    yield from check_scripts(own, plan.course.site.scripts, look)


def outline_site(
    project: Project,
    now: datetime,
    found: Diagnostics,
    layouts: Layouts,
    memory: Memory | None = None,
    *,
    reveal: bool = False,
    known: Known | None = None,
    before: Plan | None = None,
) -> Outline | None:
    """Return all of the site but its pages, or None where the course could not be dated.

    `known` spares reading files again that have not changed, else `memory` their YAML; an earlier plan, `before`,
    spares planning notes again.
    """
    course = read_course(project, found, known, memory)
    if course is None:
        return None
    schedule = schedule_course(course, found)
    zone = course.term.zone
    now = datetime.combine(now.date(), now.time(), zone) if now.tzinfo is None else now
    follow_next = course.site.highlight == "next meeting"
    theme = Project(theme_folder(), project.output)
    theme_assets = frozenset(f"{THEME_FOLDER}/{name}" for name in theme.files(f"assets/{THEME_FOLDER}", found))
    plan = plan_site(course, schedule, now, theme_assets, found, reveal=reveal, before=before)
    focus = focus_on(schedule, now, follow_next=follow_next)
    return Outline(theme, plan, focus, layouts)
