"""What appears later is checked today: an error in it would stop the build of the day on which it appears.

So a course has one verdict on all days. Pages, notes and announcements with a later date are rendered as they will be
once all of that is published. They are checked by all rules, with the pages that link to them. Drafts, which are
published on no day, are left alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain

from courseweek.cache import Memory
from courseweek.checks.output.flaws import describe_site
from courseweek.checks.output.readback import describe_page, recall_facts
from courseweek.checks.output.selfcheck import check_facts
from courseweek.checks.places import Places, Turns
from courseweek.checks.site.links import withheld, withheld_announcement
from courseweek.diagnostics import Diagnostic, Diagnostics
from courseweek.files.paths import resolve_link
from courseweek.files.project import Project, theme_folder
from courseweek.outputs.assets import read_asset
from courseweek.outputs.data import make_course_json
from courseweek.plan.parts import Part
from courseweek.plan.plan import Plan, PlannedPage, announcement_at, path_of_asset
from courseweek.plan.site import plan_site
from courseweek.render.layouts.templates import Layouts
from courseweek.render.markdown.remarks import Findings
from courseweek.render.pages import PageText, RenderedPages, SiteRenderer
from courseweek.schedule.focus import focus_on
from courseweek.schedule.releases import hold_back, last_release, release_announcement

Rules = Callable[[Plan, RenderedPages, Diagnostics], Iterator[Iterator[Diagnostic]]]
"""The rules for pages."""


def check_coming(
    plan: Plan,
    rendered: RenderedPages,
    project: Project,
    layouts: Layouts,
    found: Diagnostics,
    rules: Rules,
    memory: Memory | None = None,
) -> None:
    """Report what will be wrong with a site once everything with a date is published; nothing if nothing is to come.

    `rendered` are the pages of today, and `memory` keeps the pages that do not exist yet.
    """
    last = last_release(plan.course, plan.schedule, plan.now)
    if last is None:
        return
    assets = frozenset(path.removeprefix("assets/") for path in plan.assets if path not in plan.copies)
    coming = plan_site(
        plan.course,
        plan.schedule,
        last,
        assets,
        found,
        exports=plan.exports,
        changes=plan.changes,
        published=plan.published,
    )
    _check_assets(coming, plan, project, found)
    today = {page.path: page for page in plan.pages}
    new = [page for page in coming.pages if not _is_same(page, today.get(page.path), coming, plan)]
    later = _render(coming, new, today, layouts, found, memory)
    stretches = [*_linking(rendered, new, plan, coming), *later.prose]
    later.yaml.add(rendered.yaml)
    whole = RenderedPages(
        {**rendered.html, **later.html}, stretches, later.yaml, {**rendered.described, **later.described}
    )
    for diagnostic in chain(_link_too_early(plan, later.prose), chain.from_iterable(rules(coming, whole, found))):
        found.add(diagnostic)
    if not found.has_errors():
        _check_whole(coming, whole, later, layouts, found)


def _is_same(page: PlannedPage, today: PlannedPage | None, coming: Plan, plan: Plan) -> bool:
    """Return whether a page has the same texts today."""
    if today is None or (today.source, today.blocks, today.layout) != (page.source, page.blocks, page.layout):
        return False
    return coming.announcements == plan.announcements or Part("announcements") not in page.blocks


def _render(
    coming: Plan,
    new: list[PlannedPage],
    today: Mapping[str, PlannedPage],
    layouts: Layouts,
    found: Diagnostics,
    memory: Memory | None,
) -> RenderedPages:
    """Return the pages that are new then. A page that exists today is remembered as it is today."""
    follow_next = coming.course.syllabus.site.highlight == "next meeting"
    focus = focus_on(coming.schedule, coming.now, follow_next=follow_next)
    pages = RenderedPages({}, [], Findings(), {})
    layouts.begin_site()
    for known in (False, True):
        some = [page for page in new if (page.path in today) is known]
        if some:
            renderer = SiteRenderer(coming, focus, layouts, found, None if known else memory, describe_page)
            made = renderer.finish(some)
            pages.html.update(made.html)
            pages.prose.extend(made.prose)
            pages.yaml.add(made.yaml)
            pages.described.update(made.described)
    return pages


def _linking(rendered: RenderedPages, new: list[PlannedPage], plan: Plan, coming: Plan) -> Iterator[PageText]:
    """Yield the texts of all other pages of today that link to what changes."""
    paths = {page.path for page in new}
    changed = paths | (plan.paths - coming.paths)
    texts: dict[str, list[PageText]] = {}
    for each in rendered.prose:
        if each.page.path not in paths:
            texts.setdefault(each.page.path, []).append(each)
    for path, stretches in texts.items():
        if any(resolve_link(path, target) in changed for each in stretches for target in each.findings.targets):
            yield from stretches


def _link_too_early(plan: Plan, texts: Iterable[PageText]) -> Iterator[Diagnostic]:
    """Yield the warnings of later days: about texts that appear before what they link to.

    So no day brings a new warning, and with `--strict` no build fails on a day on which nobody changed anything.
    """
    course, zone = plan.course, plan.course.syllabus.term.zone
    pages = [each for each in (*course.pages, *(note.page for note in course.notes)) if not each.draft]
    releases = {each.page.body.file: release_announcement(each, zone) for each in plan.to_come}
    appear = {page.body.file: page.publish_at for page in pages} | releases
    opened = {f"{page.name}.html": page.publish_at for page in pages}
    opened |= {path_of_asset(name): at for name, at in hold_back(course, plan.schedule, plan.now).items()}
    for each in texts:
        appears = appear.get(each.prose.file) or plan.now
        places, turns = Places((each.prose,)), Turns()
        for target in each.findings.targets:
            path = resolve_link(each.page.path, target)
            if path is None:
                continue
            at = opened.get(path)
            if at is not None and at > max(appears, plan.now):
                yield withheld(path, target, turns.take(places.links(target)), plan)
            elif (path or each.page.path) == plan.announcements_path:
                announcement = announcement_at(target.partition("#")[2], plan.to_come)
                if announcement is None or announcement.page.body.source is each.prose.source:
                    continue
                out = releases[announcement.page.body.file]
                if out is not None and out > max(appears, plan.now):
                    yield withheld_announcement(announcement, target, turns.take(places.links(target)))


def _check_assets(coming: Plan, plan: Plan, project: Project, found: Diagnostics) -> None:
    """Read the files that appear later: one may be too large, or unreadable."""
    theme = Project(theme_folder(), project.output)
    for path in sorted({*coming.assets} - {*plan.assets}):
        read_asset(path, coming, project, theme, found)


def _check_whole(
    coming: Plan, whole: RenderedPages, later: RenderedPages, layouts: Layouts, found: Diagnostics
) -> None:
    """Compare the new pages with the course, as the pages of today are compared before they are published."""
    made = describe_site(coming, (*whole.html, *coming.assets, *coming.exports), make_course_json(coming))
    facts = {path: recall_facts(described) for path, described in later.described.items()}
    for diagnostic in check_facts(coming, whole, facts, made, layouts, tuple(found)):
        found.add(diagnostic)
