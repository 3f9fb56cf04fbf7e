"""The sites of a preview: each day's is built when somebody looks at it, and the last good one is kept.

A day is planned at once and a page is rendered when it is asked for; the rest is built and checked afterwards. So the
answer to an edit takes as long as one page, and what is wrong elsewhere is reported a moment later.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from time import perf_counter

from courseweek.cache import Memory
from courseweek.diagnostics import Diagnostic, Diagnostics
from courseweek.files.stored import Content
from courseweek.frozen import dataclass
from courseweek.model.published import Published
from courseweek.pipeline import Dependencies, Site, open_dependencies, outline_site, steps
from courseweek.plan.plan import Plan
from courseweek.schedule.deadlines import NEVER
from courseweek.schedule.releases import next_change
from courseweek.serve.sources import CachedProject, forget_files

MOST_DAYS = 4
"""The number of days whose sites are kept."""


class DayBuild:
    """The site of one day, as of one version of its files. A failure of the builder itself is kept in `bug`.

    `version` counts the changes of the files before; `done` says that the whole site is made and checked. From `until`
    on it would be another one.
    """

    def __init__(
        self,
        dependencies: Dependencies,
        day: datetime | None,
        now: datetime,
        version: int,
        before: DayBuild | None = None,
        since: Published | None = None,
        previous: Published | None = None,
    ) -> None:
        """Read, date and plan the course; `now` without a zone is a time in the course's.

        `since` and `previous` are what `outline_site` takes.
        """
        self.dependencies = dependencies
        self.day, self.now, self.version = day, now, version
        self.found = Diagnostics()
        self.bug: str | None = None
        self.seconds = 0.0
        self.site: Site | None = None
        planned = before.plan if before is not None and before.site is not None else None
        with self._watched():
            self.site = outline_site(
                dependencies, now, self.found, reveal=True, before=planned, since=since, previous=previous
            )
        self.done = self.site is None
        self.until = next_change(self.plan.course, self.plan.schedule, self.plan.now) if self.site else NEVER

    @property
    def plan(self) -> Plan:
        """The plan of the site; there is one where there is a site."""
        assert self.site is not None
        return self.site.plan

    @property
    def failed(self) -> bool:
        """Whether an error is known by now."""
        return self.site is None or self.bug is not None or self.found.has_errors()

    def __contains__(self, path: object) -> bool:
        """Return whether the site has a file at this path."""
        return self.site is not None and path in self.site

    def read(self, path: str) -> Content | None:
        """Return a file of the site, made now if it is not there yet; None where that fails, which is reported."""
        made: Content | None = None
        if self.site is not None:
            with self._watched():
                made = self.site.read(path)
        return made

    def stop(self) -> None:
        """Render no more: the files have changed."""
        if self.site is not None:
            self.site.renderer.confirm()

    def steps(self) -> Iterator[None]:
        """Make and check the rest, a little at each step; then all that is wrong is in `found`."""
        if self.site is None or self.done:
            return
        with self._watched():
            for _ in steps(self.site):
                yield
            self.dependencies.memory.settle()
        self.done = True

    @contextmanager
    def _watched(self) -> Iterator[None]:
        """Keep a failure of the builder: it must not end the preview, and may be gone after the next edit."""
        began = perf_counter()
        try:
            yield
        except Exception:
            self.bug = traceback.format_exc()
        finally:
            self.seconds += perf_counter() - began


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What to show of one day: the site as it is now, or the last good one, and what is wrong.

    `good` is the site to show; None where the course never could be planned. `found` is what is wrong as far as it is
    known: all of it once `done`.
    """

    build: DayBuild
    good: DayBuild | None
    found: tuple[Diagnostic, ...]
    failed: bool
    done: bool

    @property
    def bug(self) -> str | None:
        """What failed in the builder itself, if anything did."""
        return self.build.bug

    @property
    def errors(self) -> int:
        """How many errors the course has."""
        return sum(1 for each in self.found if each.severity == "error")

    @property
    def warnings(self) -> int:
        """How many warnings the course has."""
        return len(self.found) - self.errors

    @property
    def is_old(self) -> bool:
        """Whether an earlier site is shown in place of the course as it is now."""
        return self.good is not None and self.good is not self.build


class DayCache:
    """Builds the site of a day, and keeps those of the days that were looked at last."""

    def __init__(
        self,
        source: Path,
        output: Path,
        clock: Callable[[], datetime],
        today: datetime | None,
        memory: Memory | None = None,
        since: Published | None = None,
        previous: Published | None = None,
    ) -> None:
        """Take the course's folders, the clock, and the day of the site at `/` if it is not the clock's.

        `since` is what is public when the preview starts, and `previous` what the output folder has.
        """
        self.project = CachedProject(source, output)
        self.dependencies = open_dependencies(self.project, memory)
        self.clock = clock
        self.today = today
        self.since, self.previous = since, previous
        self.version = 0
        self.known: dict[datetime | None, DayBuild] = {}
        self.good: dict[datetime | None, DayBuild] = {}
        self.old: list[DayBuild | None] = []

    def outdate(self, changed: Iterable[Path]) -> None:
        """Take in that these files have changed: each site is built again when somebody looks at it."""
        forget_files(self.dependencies, self.project, changed)
        for day, build in self.known.items():
            build.stop()
            if not build.failed:  # it may be the last good one soon
                self.old = [*self.old[-1:], self.good.pop(day, None)]
                self.good[day] = build
        self.version += 1

    def tidy(self) -> None:
        """Let go of outdated sites while nobody waits: the site of a large course is many objects."""
        self.old.clear()

    def show(self, day: datetime | None) -> Snapshot:
        """Return what to show of a day, planned again if the course has changed since."""
        build = before = self.known.pop(day, None)
        if build is None or build.version != self.version or self._is_past(build):
            now = day or self.today or self.clock()
            build = DayBuild(self.dependencies, day, now, self.version, before, self.since, self.previous)
        self.known[day] = build  # the last in order is the one that was looked at last
        while len(self.known) > MOST_DAYS:
            dropped = next(iter(self.known))
            del self.known[dropped]
            self.good.pop(dropped, None)
        return Snapshot(build, self._choose_good(build), tuple(build.found), build.failed, build.done)

    def _choose_good(self, build: DayBuild) -> DayBuild | None:
        """Return the site to show: this one, or the day's last good one, or that of the day that was good last."""
        if not build.failed:
            return build
        good = self.good.get(build.day) or next(reversed(self.good.values()), None)
        # Of a course that never was good, what can be rendered says more than nothing.
        return good or (build if build.site is not None else None)

    def _is_past(self, build: DayBuild) -> bool:
        """Return whether the site would be another one by now: a day has begun, or something is due or released."""
        if build.day is not None or self.today is not None:
            return False
        return not build.now <= self.clock() < build.until
