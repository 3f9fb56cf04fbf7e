"""What comes later is checked today: what is wrong with it would stop the build of the day on which it appears.

So a course has one verdict on all days. Pages, notes and announcements with a later date are drawn as they will be once
all of that is published, and held to all rules with the pages that link to them; drafts, which no day publishes, are
left alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from courseweek.cache import Memory
from courseweek.checks.output import describe_made
from courseweek.checks.readback import describe_page, recall_facts
from courseweek.checks.selfcheck import check_facts
from courseweek.diagnostics import Diagnostic, Diagnostics
from courseweek.outputs.assets import read_asset
from courseweek.outputs.data import make_course_json
from courseweek.parts import Part
from courseweek.paths import resolve_link
from courseweek.plan import Plan, PlannedPage, plan_site
from courseweek.project import Project, theme_folder
from courseweek.render.markup import Links
from courseweek.render.pages import Drawing, DrawnPages
from courseweek.render.prose import PageLinks
from courseweek.render.templates import Layouts
from courseweek.schedule.focus import focus_on
from courseweek.schedule.releases import last_release

Rules = Callable[[Plan, DrawnPages, Diagnostics], Iterator[Iterator[Diagnostic]]]
"""What pages are held to."""


def check_coming(
    plan: Plan,
    drawn: DrawnPages,
    project: Project,
    layouts: Layouts,
    found: Diagnostics,
    rules: Rules,
    memory: Memory | None = None,
) -> None:
    """Report what will be wrong with a site once all that has a date is published; nothing where nothing is to come.

    `drawn` are the pages of today, and `memory` keeps those of which there is none yet.
    """
    last = last_release(plan.course, plan.schedule, plan.now)
    if last is None:
        return
    assets = frozenset(path.removeprefix("assets/") for path in plan.assets)
    coming = plan_site(plan.course, plan.schedule, last, assets, found)
    _check_assets(coming, plan, project, found)
    today = {page.path: page for page in plan.pages}
    new = [page for page in coming.pages if not _stays(page, today.get(page.path), coming, plan)]
    later = _draw(coming, new, today, layouts, found, memory)
    stretches = [*_concerned(drawn, new, plan, coming), *later.prose]
    later.yaml.add(drawn.yaml)
    whole = DrawnPages({**drawn.html, **later.html}, stretches, later.yaml, {**drawn.described, **later.described})
    for rule in rules(coming, whole, found):
        for diagnostic in rule:
            found.add(diagnostic)
    if not found.has_errors():
        _check_whole(coming, whole, later, layouts, found)


def _stays(page: PlannedPage, today: PlannedPage | None, coming: Plan, plan: Plan) -> bool:
    """Tell whether a page has the same texts today."""
    if today is None or (today.source, today.blocks, today.layout) != (page.source, page.blocks, page.layout):
        return False
    return coming.announcements == plan.announcements or Part("announcements") not in page.blocks


def _draw(
    coming: Plan,
    new: list[PlannedPage],
    today: Mapping[str, PlannedPage],
    layouts: Layouts,
    found: Diagnostics,
    memory: Memory | None,
) -> DrawnPages:
    """Return the pages that are new then. A page that there is today is remembered as it is today."""
    follow_next = coming.course.site.highlight == "next meeting"
    focus = focus_on(coming.schedule, coming.now, follow_next=follow_next)
    pages = DrawnPages({}, [], Links(), {})
    layouts.begin_site()
    for known in (False, True):
        some = [page for page in new if (page.path in today) is known]
        if some:
            drawing = Drawing(coming, focus, layouts, found, None if known else memory, describe_page)
            made = drawing.finish(some)
            pages.html.update(made.html)
            pages.prose.extend(made.prose)
            pages.yaml.add(made.yaml)
            pages.described.update(made.described)
    return pages


def _concerned(drawn: DrawnPages, new: list[PlannedPage], plan: Plan, coming: Plan) -> Iterator[PageLinks]:
    """Yield the texts of all other pages of today that link to what changes."""
    paths = {page.path for page in new}
    changed = paths | (plan.paths - coming.paths)
    texts: dict[str, list[PageLinks]] = {}
    for each in drawn.prose:
        if each.page.path not in paths:
            texts.setdefault(each.page.path, []).append(each)
    for path, stretches in texts.items():
        if any(resolve_link(path, target) in changed for each in stretches for target in each.links.targets):
            yield from stretches


def _check_assets(coming: Plan, plan: Plan, project: Project, found: Diagnostics) -> None:
    """Read the files that appear later: one may be too large, or unreadable."""
    theme = Project(theme_folder(), project.output)
    for path in sorted({*coming.assets} - {*plan.assets}):
        read_asset(path, coming, project, theme, found)


def _check_whole(coming: Plan, whole: DrawnPages, later: DrawnPages, layouts: Layouts, found: Diagnostics) -> None:
    """Hold the new pages to the course, as those of today are before they are published."""
    data = make_course_json(coming.course, coming.schedule, coming.notes)
    made = describe_made(coming, (*whole.html, *coming.assets, "course.json"), data)
    facts = {path: recall_facts(described) for path, described in later.described.items()}
    for diagnostic in check_facts(coming, whole, facts, made, layouts, tuple(found)):
        found.add(diagnostic)
