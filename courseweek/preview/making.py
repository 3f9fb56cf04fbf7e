"""The site of one day while it is made: planned at once, a page drawn when it is asked for, the whole checked after.

So the answer to an edit takes as long as one page, and what is wrong with any other is told a moment later.
"""

from __future__ import annotations

import traceback
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import field
from datetime import datetime
from itertools import islice
from pathlib import Path
from time import perf_counter

from courseweek.cache import Memory
from courseweek.checks.output.flaws import describe_site
from courseweek.checks.output.readback import Facts, describe_page, recall_facts
from courseweek.checks.output.selfcheck import check_facts
from courseweek.checks.passages import list_passages
from courseweek.checks.prose.walk import check_passages
from courseweek.checks.site.files import check_files, check_layouts
from courseweek.checks.site.linked_announcements import check_linked_announcements
from courseweek.checks.site.rules import check_pages
from courseweek.checks.site.scripts import Looker, check_scripts
from courseweek.diagnostics import Diagnostics, Source
from courseweek.frozen import dataclass
from courseweek.outputs.assets import LARGEST_HELD, check_linked_assets, read_asset
from courseweek.outputs.data import make_course_json
from courseweek.pipeline import Outline, outline_site
from courseweek.plan import Plan, PlannedPage
from courseweek.preview.kept import KeptProject
from courseweek.project import Project
from courseweek.read.known import Known
from courseweek.render.layouts.templates import Layouts
from courseweek.render.pages import RenderedPages, SiteRenderer
from courseweek.stored import Content

DATA = "course.json"
PASSAGES = 20
"""So many texts are held against the course in one step."""


@dataclass(slots=True)
class Workshop:
    """What all makings share: the files as they were read, the layouts, and what earlier ones worked out."""

    project: KeptProject
    theme: Path
    memory: Memory
    known: Known = field(default_factory=Known)
    facts: dict[str, tuple[str, Facts]] = field(default_factory=dict)
    layouts: Layouts = field(init=False)

    def __post_init__(self) -> None:
        """Open the layouts."""
        self.layouts = Layouts(self.project.source, self.theme, self.memory)

    def forget(self, changed: Iterable[Path]) -> None:
        """Read these files anew when they are needed."""
        changed = tuple(changed)
        self.project.forget(changed)
        if any(path.is_relative_to(folder) for path in changed for folder in self.layouts.folders):
            self.layouts = Layouts(self.project.source, self.theme, self.memory)

    def read_facts(self, path: str, described: str) -> Facts:
        """Return what a drawn page says, of its description."""
        kept = self.facts.get(path)
        if kept is None or kept[0] != described:
            kept = self.facts[path] = described, recall_facts(described)
        return kept[1]


class Making:
    """The site of a day, as of one turn of its files. What fails in the builder itself is kept in `bug`.

    `turn` counts the changes of the files before; `done` tells that the whole was drawn and checked.
    """

    def __init__(
        self, workshop: Workshop, day: datetime | None, now: datetime, turn: int, before: Making | None = None
    ) -> None:
        """Read, date and plan the course; `now` without a zone is a time in the course's."""
        self.workshop = workshop
        self.day, self.now, self.turn = day, now, turn
        self.found = Diagnostics()
        self.bug: str | None = None
        self.done = False
        self.seconds = 0.0
        self.outline: Outline | None = None
        self._pages: dict[str, PlannedPage] = {}
        self._drawing: SiteRenderer | None = None
        with self._watched():
            self.outline = outline_site(
                workshop.project,
                now,
                self.found,
                workshop.layouts,
                reveal=True,
                known=workshop.known,
                before=before.plan if before is not None and before.outline is not None else None,
            )
            if self.outline is not None:
                workshop.layouts.begin_site()
                plan, focus, layouts = self.outline.plan, self.outline.focus, self.outline.layouts
                self._pages = {page.path: page for page in plan.pages}
                self._drawing = SiteRenderer(plan, focus, layouts, self.found, workshop.memory, describe_page)
        self.done = self.outline is None

    @property
    def plan(self) -> Plan:
        """The plan of the site; there is one where there is an outline."""
        assert self.outline is not None
        return self.outline.plan

    @property
    def failed(self) -> bool:
        """Whether an error is known by now."""
        return self.outline is None or self.bug is not None or self.found.has_errors()

    def __contains__(self, path: object) -> bool:
        """Tell whether the site has a file at this path."""
        if self.outline is None:
            return False
        return path in self._pages or path in self.plan.assets or path == DATA

    def read(self, path: str) -> Content | None:
        """Return a file of the site, drawn or read now; None where that fails, which is reported.

        A large one comes as the place where it is stored.
        """
        made: Content | None = None
        if self.outline is not None and self._drawing is not None:
            with self._watched():
                made = self._make(path, self.outline, self._drawing)
        return made

    def _make(self, path: str, outline: Outline, drawing: SiteRenderer) -> Content | None:
        if path in self._pages:
            return drawing.render(self._pages[path])
        if path == DATA:
            return self._make_data()
        project = self.workshop.project
        return read_asset(path, outline.plan, project, outline.theme, Diagnostics(), held=LARGEST_HELD)

    def leave(self) -> None:
        """Have no more drawn: the files have changed."""
        if self._drawing is not None:
            self._drawing.confirm()

    def steps(self) -> Iterator[None]:
        """Draw what is not drawn and check the whole, a little at each step; what is wrong is in `found` then."""
        if self.outline is None or self._drawing is None or self.done:
            return
        with self._watched():
            yield from self._work(self.outline, self._drawing)
        self.done = True

    def _work(self, outline: Outline, drawing: SiteRenderer) -> Iterator[None]:
        plan, found, workshop = outline.plan, self.found, self.workshop
        for page in plan.pages:
            drawing.render(page)
            yield
        drawn = drawing.finish()
        yield
        for rule in check_pages(plan, drawn, found):
            for diagnostic in rule:
                found.add(diagnostic)
            yield
        passages = list_passages(plan.course, plan.schedule)
        while some := tuple(islice(passages, PASSAGES)):
            for diagnostic in check_passages(some, plan.course, plan.schedule):
                found.add(diagnostic)
            yield
        linked = check_linked_announcements(plan, workshop.project)
        for diagnostic in (*check_files(plan.course, workshop.project), *check_layouts(workshop.project), *linked):
            found.add(diagnostic)
        yield
        yield from self._check_assets(plan, outline.theme)
        yield from self._check_scripts(plan, outline.theme)
        if not found.has_errors():
            yield from self._check_whole(drawn)
        workshop.memory.settle()

    def _check_assets(self, plan: Plan, theme: Project) -> Iterator[None]:
        """Read each asset that was not read before: it may be gone, or too large."""
        project = self.workshop.project
        for diagnostic in check_linked_assets(plan, project):
            self.found.add(diagnostic)
        yield
        for path in plan.assets:
            if path in project.sound:
                continue
            if read_asset(path, plan, project, theme, self.found) is not None:
                project.sound.add(path)
            elif not self.found.has_errors(path):
                self.found.error("missing-file", f"`{path}` is gone", Source(path, "").whole())
            yield

    def _check_scripts(self, plan: Plan, theme: Project) -> Iterator[None]:
        """Search each asset that a build would publish for scripts, if it was not searched before."""
        named, known = plan.course.site.scripts, self.workshop.project.running
        own = sorted(f"assets/{name}" for name in plan.course.assets - named)
        own = [path for path in own if path not in plan.withheld]
        look = Looker(
            lambda path: read_asset(path, plan, self.workshop.project, theme, Diagnostics()),
            lambda path: theme.read_bytes(path, Diagnostics()),
        )
        for path in own:
            if path not in known:
                known[path] = look(path)
                yield
        for diagnostic in check_scripts(own, named, known.get):
            self.found.add(diagnostic)

    def _check_whole(self, drawn: RenderedPages) -> Iterator[None]:
        """Read the pages back as a build does before it publishes them."""
        pages: dict[str, Facts] = {}
        for path, described in drawn.described.items():
            pages[path] = self.workshop.read_facts(path, described)
            yield
        made = describe_site(self.plan, (*drawn.html, *self.plan.assets, DATA), self._make_data())
        yield
        for diagnostic in check_facts(self.plan, drawn, pages, made, self.workshop.layouts, tuple(self.found)):
            self.found.add(diagnostic)

    def _make_data(self) -> bytes:
        return make_course_json(self.plan.course, self.plan.schedule, self.plan.notes)

    @contextmanager
    def _watched(self) -> Iterator[None]:
        """Keep a failure of the builder: it must not end the preview, and may go with the next edit."""
        began = perf_counter()
        try:
            yield
        except Exception:
            self.bug = traceback.format_exc()
        finally:
            self.seconds += perf_counter() - began
