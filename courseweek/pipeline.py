"""The corridor: files → Course → Schedule → Plan → the files of the site, with diagnostics at each stage.

`outline_site` reads, dates and plans a course. `steps` renders and checks the rest, a little at a time: `build` and
`check` take all steps at once, `serve` answers requests between them. So there is one list of stages for all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import field, replace
from datetime import datetime
from functools import partial
from itertools import chain, islice

from courseweek.cache import Memory
from courseweek.checks.coming import check_coming
from courseweek.checks.output.calendars import check_calendars
from courseweek.checks.output.flaws import describe_site
from courseweek.checks.output.readback import Facts, describe_page, recall_facts
from courseweek.checks.output.selfcheck import check_facts
from courseweek.checks.passages import Passage, list_passages
from courseweek.checks.prose.walk import CourseFacts, check_passages
from courseweek.checks.site.files import check_files, check_layouts
from courseweek.checks.site.hidden_files import check_hidden_files
from courseweek.checks.site.linked_announcements import check_linked_announcements
from courseweek.checks.site.past_terms import check_past_file
from courseweek.checks.site.rules import check_pages
from courseweek.checks.site.scripts import Looker, Running, check_scripts
from courseweek.diagnostics import Diagnostic, Diagnostics
from courseweek.files.project import Project, theme_folder
from courseweek.files.stored import Content, read_whole
from courseweek.frozen import dataclass
from courseweek.model.course import Course
from courseweek.model.past_term import list_frozen_files
from courseweek.model.published import Published
from courseweek.outputs.assets import (
    LARGEST_HELD,
    MOST_HELD,
    THEME_FOLDER,
    check_linked_assets,
    explain_withheld_link,
    find_linked_assets,
    fit_copy,
    read_asset,
    read_assets,
)
from courseweek.outputs.calendars import take_written, write_beside
from courseweek.outputs.data import PATH as COURSE_JSON
from courseweek.outputs.exports import list_exports, list_rendered_exports
from courseweek.outputs.typeset import NotTypeset, export_document
from courseweek.outputs.unnamed import find_unnamed_assets
from courseweek.outputs.withheld import find_withheld_assets
from courseweek.plan.full_syllabus import find_full_syllabus
from courseweek.plan.plan import Plan, path_of_asset
from courseweek.plan.site import plan_site
from courseweek.published.changes import choose_published, find_changes, place_changes
from courseweek.read.course import read_course
from courseweek.read.remembered import Known
from courseweek.render.layouts.templates import Layouts
from courseweek.render.markdown.remarks import Findings
from courseweek.render.pages import RenderedPages, SiteRenderer
from courseweek.render.scribe import Scribe
from courseweek.render.sizes import TooLarge
from courseweek.schedule.focus import focus_on
from courseweek.schedule.schedule import schedule_course

PASSAGES = 20
"""Texts that are compared with the course in one step."""

Maker = Callable[[], Content | None]
"""Makes one file of a site; None where that fails."""


@dataclass(frozen=True, slots=True)
class Step:
    """How far a site is: what is being done, and for how many pages where these are counted."""

    stage: str
    done: int = 0
    total: int = 0

    def __str__(self) -> str:
        """Say it in a few words: "rendering 312 of 1,000 pages"."""
        return f"{self.stage} {self.done:,} of {self.total:,} pages" if self.total else self.stage


@dataclass(slots=True)
class Dependencies:
    """What a site is made from, and what earlier builds learned of files that are the same since.

    `facts` is what each page says, by its path, with the description that it was read from; `readable` are the files
    of the course that could be copied, and `scripts` is what a browser would run of each. `trusted` are the names of
    scripts that need no warning, None for those that the course names itself.
    """

    project: Project
    layouts: Layouts
    memory: Memory
    known: Known
    theme: Project
    facts: dict[str, tuple[str, Facts]] = field(default_factory=dict)
    readable: set[str] = field(default_factory=set)
    scripts: dict[str, Running | None] = field(default_factory=dict)
    trusted: frozenset[str] | None = None

    def renew_layouts(self) -> None:
        """Read the layouts again: some of them have changed."""
        self.layouts = Layouts(self.project.source, theme_folder(), self.memory)

    def read_facts(self, path: str, described: str) -> Facts:
        """Return what a rendered page says, read from its description."""
        kept = self.facts.get(path)
        if kept is None or kept[0] != described:
            kept = self.facts[path] = described, recall_facts(described)
        return kept[1]


def open_dependencies(project: Project, memory: Memory | None = None) -> Dependencies:
    """Return the dependencies of a course's sites; `memory` spares working out again what it knows."""
    memory = memory or Memory()
    layouts = Layouts(project.source, theme_folder(), memory)
    return Dependencies(project, layouts, memory, Known(memory), Project(theme_folder(), project.output))


@dataclass(slots=True)
class Site:
    """A planned site and its files, each made when it is asked for.

    `makers` has each file of the site by its path. `artifacts` are the contents of files that are made and kept: after
    all steps these are all files, but in a preview not the assets. `rendered` are the pages with their links, `unnamed`
    the paths of assets that no page names; both are complete after all steps. `found` collects what is wrong, and
    `unused` says why what was public before is not compared with, if it is not.
    """

    dependencies: Dependencies
    plan: Plan
    found: Diagnostics
    renderer: SiteRenderer
    makers: dict[str, Maker]
    unused: str = ""
    artifacts: dict[str, Content] = field(default_factory=dict)
    rendered: RenderedPages = field(default_factory=lambda: RenderedPages({}, [], Findings(), {}))
    unnamed: tuple[str, ...] = ()

    @property
    def is_preview(self) -> bool:
        """Whether the site shows what is withheld, and so must not be published."""
        return self.plan.revealed is not None

    def __contains__(self, path: object) -> bool:
        """Return whether the site has a file at this path."""
        return path in self.makers

    def read(self, path: str) -> Content | None:
        """Return a file of the site, made now if it is not there yet; None where that fails, or there is none.

        A large file comes as the place where it is stored.
        """
        made = self.artifacts.get(path)
        if made is None and path in self.makers:
            made = self.makers[path]()
        return made


def make_site(
    project: Project,
    now: datetime,
    found: Diagnostics,
    memory: Memory | None = None,
    *,
    since: Published | None = None,
    previous: Published | None = None,
    scribe: Scribe | None = None,
    trusted: frozenset[str] | None = None,
    show: Callable[[Step], None] = lambda step: None,
) -> Site | None:
    """Return the site as of `now`, or None where the course could not be dated; nothing is written.

    A `now` without a zone is taken in the course's. All errors of all stages go to `found`; a site that comes with
    errors must not be published. `memory` spares working out again what it knows, `scribe` renders beside this
    process; neither changes anything. `since` and `previous` are what `outline_site` takes, `trusted` is what
    `Dependencies` has. `show` is called with each step.
    """
    show(Step("reading the course"))
    dependencies = open_dependencies(project, memory)
    dependencies.trusted = trusted
    site = outline_site(dependencies, now, found, since=since, previous=previous)
    if site is not None:
        for step in steps(site, scribe):
            show(step)
    return site


def outline_site(
    dependencies: Dependencies,
    now: datetime,
    found: Diagnostics,
    *,
    reveal: bool = False,
    before: Plan | None = None,
    since: Published | None = None,
    previous: Published | None = None,
    adapt: Callable[[Course], Course] = lambda course: course,
) -> Site | None:
    """Return the site as of `now`, read, dated and planned, or None where the course could not be dated.

    `reveal` plans a preview, which shows what is withheld too. An earlier plan, `before`, spares planning notes again.
    `since` is what is public: what is different now becomes a change. `previous` is what the output folder has, which
    is carried forward where nothing public is known. `adapt` changes the course before it is dated.
    """
    project, theme, layouts = dependencies.project, dependencies.theme, dependencies.layouts
    course = read_course(project, found, dependencies.known)
    if course is None:
        return None
    course = adapt(course)
    schedule = schedule_course(course, found)
    now = now.replace(tzinfo=course.syllabus.term.zone) if now.tzinfo is None else now
    theme_assets = frozenset(f"{THEME_FOLDER}/{name}" for name in theme.files(f"assets/{THEME_FOLDER}", found))
    exports = list_exports(course, schedule) | export_document(course, project.source)
    exports |= list_rendered_exports(course, schedule, layouts, dependencies.memory)
    published, unused = choose_published(course, since, previous) if since or previous else (None, "")
    plan = plan_site(
        course,
        schedule,
        now,
        theme_assets,
        found,
        exports=frozenset(exports),
        reveal=reveal,
        before=before,
        changes=find_changes(course, schedule, now, published),
        published=published,
    )
    if plan.changes:
        plan = replace(plan, changes=place_changes(plan))
    focus = focus_on(schedule, now, follow_next=course.syllabus.site.highlight == "next meeting")
    layouts.begin_site()
    layouts.report_unused(found)
    renderer = SiteRenderer(plan, focus, layouts, found, dependencies.memory, describe_page)
    makers: dict[str, Maker] = {path: partial(_read_asset, path, plan, dependencies) for path in plan.assets}
    makers |= {page.path: partial(renderer.render, page) for page in plan.pages}
    makers |= {path: partial(_export, maker, plan, renderer) for path, maker in exports.items()}
    return Site(dependencies, plan, found, renderer, makers, unused)


def _read_asset(path: str, plan: Plan, dependencies: Dependencies) -> Content | None:
    """Return an asset; what is wrong with it is reported by the step that reads all of them."""
    return read_asset(path, plan, dependencies.project, dependencies.theme, Diagnostics(), held=LARGEST_HELD)


def _export(maker: Callable[[Plan], bytes], plan: Plan, renderer: SiteRenderer) -> bytes | None:
    """Return an export, or None where it can't be made, which is reported."""
    try:
        return maker(plan)
    except TooLarge as error:
        renderer.report(find_full_syllabus(plan) or plan.pages[0], error)
    except NotTypeset as error:
        renderer.found.error("no-pdf", error.message, plan.course.syllabus.site.origin.of("pdf"), help=error.help)
    return None


def steps(site: Site, scribe: Scribe | None = None) -> Iterator[Step]:
    """Make and check all of a site, a little at each step; then all that is wrong is in `site.found`.

    Between two steps any file of the site can be read. `scribe` renders beside this process.
    """
    yield from _render(site, scribe)
    yield from _check_texts(site)
    yield from _make_files(site)
    if not site.is_preview:
        _withhold_assets(site)
        yield Step("checking")
    yield from _check_scripts(site)
    if not site.is_preview:
        # An error in what appears later would stop the build of that day.
        of = site.dependencies
        check_coming(site.plan, site.rendered, of.project, of.layouts, site.found, check_pages, of.memory)
        yield Step("checking")
    if not site.found.has_errors():  # the errors of a course explain those of its pages
        yield from _check_output(site)
    if not site.is_preview:
        site.unnamed = find_unnamed_assets(site.plan, site.artifacts)


def _render(site: Site, scribe: Scribe | None) -> Iterator[Step]:
    """Render the pages that nobody has asked for yet; a preview does so alone, and can stop after each."""
    pages, ahead = site.plan.pages, 0
    if scribe is not None and not site.found.has_errors():
        write_beside(site.plan, scribe)
    for ahead in () if site.is_preview else site.renderer.render_ahead(scribe):
        yield Step("rendering", ahead, len(pages))
    for done, page in enumerate(pages, 1):
        site.renderer.render(page)
        yield Step("rendering", max(done, ahead), len(pages))
    if scribe is not None:
        take_written(scribe)
    site.rendered = site.renderer.finish()
    site.artifacts |= site.rendered.html
    yield Step("checking")


def _check_texts(site: Site) -> Iterator[Step]:
    """Check the rendered pages, the texts behind them and the files beside them."""
    plan, project, found = site.plan, site.dependencies.project, site.found
    passages, facts = list_passages(plan.course, plan.schedule), CourseFacts(plan.course, plan.schedule)
    rules: Iterable[Iterable[Diagnostic]] = chain(
        check_pages(plan, site.rendered, found),
        (check_passages(some, facts) for some in _divide(passages)),
        (
            check_files(plan.course, project),
            check_hidden_files(project),
            check_linked_announcements(plan, project),
            check_layouts(project),
        ),
    )
    for rule in rules:
        for diagnostic in rule:
            found.add(diagnostic)
        yield Step("checking")


def _make_files(site: Site) -> Iterator[Step]:
    """Read the assets and make the exports. A preview does not keep assets: it only sees that they can be read."""
    plan, of, found = site.plan, site.dependencies, site.found
    for diagnostic in check_linked_assets(plan, of.project):
        found.add(diagnostic)
    names = {path: plan.copies.get(path, path) for path in plan.assets}
    wanted = [path for path in plan.assets if not (site.is_preview and names[path] in of.readable)]
    frozen = list_frozen_files(plan.course.past_terms)
    for path, content in read_assets(wanted, plan, of.project, of.theme, found, 0 if site.is_preview else MOST_HELD):
        changed = [*check_past_file(path, names[path], content, frozen[path])] if path in frozen else []
        for diagnostic in changed:
            found.add(diagnostic)
        if not changed:
            of.readable.add(names[path])
        if not site.is_preview:
            site.artifacts[path] = content
        yield Step("reading assets")
    for path in sorted(plan.exports):
        if path.endswith(".ics") and found.has_errors():
            continue  # nothing can be wrong with a calendar, and thousands of events take seconds
        made = site.makers[path]()
        if made is not None:
            site.artifacts[path] = made
        yield Step("exporting")


def _withhold_assets(site: Site) -> None:
    """Take out the assets that only withheld pages name."""
    hidden = find_withheld_assets(site.plan, site.artifacts)
    for path, target in find_linked_assets(site.plan, site.dependencies.project).items() if hidden else ():
        if (path in hidden) != (target in hidden) and not site.found.has_errors(path):
            site.found.add(explain_withheld_link(path, target))
    for path in hidden:
        del site.artifacts[path], site.makers[path]


def _check_scripts(site: Site) -> Iterator[Step]:
    """Warn of each asset of the course that would be published, that a browser runs, and that nobody named."""
    course, of = site.plan.course, site.dependencies
    paths = {f"assets/{name}": path_of_asset(name) for name in sorted(course.assets)}
    own = [name for name, path in paths.items() if path in site and path not in site.plan.withheld]
    trusted = course.syllabus.site.scripts if of.trusted is None else of.trusted

    def read_theme(path: str) -> bytes | None:
        data = of.theme.read_bytes(path, Diagnostics())
        return fit_copy(path, data, site.plan) if data is not None else None

    look = Looker(lambda name: site.read(paths[name]), read_theme)
    for path in own:
        if path.removeprefix("assets/") not in trusted and path not in of.scripts:
            of.scripts[path] = look(path)
            yield Step("checking")
    for diagnostic in check_scripts(own, trusted, of.scripts.get):
        site.found.add(diagnostic)


def _check_output(site: Site) -> Iterator[Step]:
    """Read the pages back, and compare what they say with each other and with `course.json`."""
    pages: dict[str, Facts] = {}
    for path, described in site.rendered.described.items():
        pages[path] = site.dependencies.read_facts(path, described)
        yield Step("reading back", len(pages), len(site.rendered.described))
    exports = {path: read_whole(site.artifacts[path]) for path in site.plan.exports}
    check_calendars(exports, exports[COURSE_JSON])
    made = describe_site(site.plan, site.makers, exports[COURSE_JSON])
    yield Step("checking")
    for diagnostic in check_facts(site.plan, site.rendered, pages, made, site.dependencies.layouts, tuple(site.found)):
        site.found.add(diagnostic)


def _divide(passages: Iterator[Passage]) -> Iterator[tuple[Passage, ...]]:
    while some := tuple(islice(passages, PASSAGES)):
        yield some
