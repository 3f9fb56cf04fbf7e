"""The preview while it runs: an edit is shown at once, the site is checked afterwards, and open pages are notified.

All of it runs in one loop. Long work is done in slices, between which requests are answered. So there are no locks, and
a new edit ends the work that it outdates.
"""

from __future__ import annotations

import asyncio
import gc
import secrets
from collections.abc import Callable, Iterable
from dataclasses import field
from datetime import datetime
from pathlib import Path
from time import perf_counter
from typing import Protocol

from courseweek.files.stored import Content
from courseweek.frozen import dataclass
from courseweek.plan.plan import STYLE_SHEET
from courseweek.serve.days import MOST_DAYS, DayBuild, DayCache, Snapshot
from courseweek.serve.frame import REPORT, PageFrame
from courseweek.serve.origin_check import OriginCheck
from courseweek.serve.strip import DayView, view_days
from courseweek.serve.urls import Address
from courseweek.serve.watcher import Watcher

PAUSE = 0.02
"""Seconds between two looks at the files; more if a look takes long, so that looking takes a sixteenth of one core."""
LONGEST_PAUSE = 1.0
STEP = 0.01
"""Seconds between two looks while files are still being written: a checkout writes many."""
MOST_STEPS = 5
SLICE = 0.004
"""Seconds of work between which requests are answered."""
TURNS = 6
"""Turns of the loop that a request takes, from its connection to its answer."""
PATIENCE = 0.15
"""Seconds after which open pages show an edit even if the site is not checked yet."""
MOST_DELIVERED = 200

Delivered = tuple[bytes, tuple[DayView, ...]]
"""What an answer showed: the page of the site, and the strip of days."""


class OpenPage(Protocol):
    """A page that is open in a browser: the address that it shows, and its version."""

    address: Address | None
    version: str

    def notify(self, path: str) -> None:
        """Say that a file has changed; `*` asks to reload the page."""


@dataclass(slots=True)
class Preview:
    """What the requests and the watching share.

    `report` shows on the terminal what came of an edit, `report_bug` a failure of the preview itself; `pages` gives the
    pages that are open in a browser.
    """

    cache: DayCache
    watcher: Watcher
    origin_check: OriginCheck
    report: Callable[[Snapshot], None]
    report_bug: Callable[[Exception], None]
    pages: Callable[[], Iterable[OpenPage]]
    frame: PageFrame
    started: str = field(default_factory=lambda: secrets.token_hex(4))
    last: datetime | None = None
    work: asyncio.Task[None] | None = None
    wanted: list[datetime | None] = field(default_factory=list)
    reported: int = -1
    changed: set[Path] = field(default_factory=set)
    accent: str | None = None
    delivered: dict[Address, Delivered] = field(default_factory=dict)

    def version(self, snapshot: Snapshot) -> str:
        """Return the version by which a page knows whether it is the latest: it may have missed a message."""
        return f"{self.started}-{snapshot.build.version}-{int(snapshot.done)}"

    def look(self, day: datetime | None, *, fresh: bool = True) -> Snapshot:
        """Return what to show of a day; a `fresh` look takes in what was saved a moment ago."""
        if fresh:
            self.catch_up()
            self.last = day
        snapshot = self._show(day)
        if not snapshot.done and day not in self.wanted:
            self._begin()
        return snapshot

    def read(self, snapshot: Snapshot, path: str) -> tuple[Snapshot, Content | None]:
        """Return a file of the site that is shown; that of the last good site if rendering finds an error."""
        if snapshot.good is None:
            return snapshot, None
        body = snapshot.good.read(path)
        if body is None and not snapshot.is_old:
            snapshot = self._show(snapshot.build.day)
            body = snapshot.good.read(path) if snapshot.good is not None and path in snapshot.good else None
        return snapshot, body

    def deliver(self, snapshot: Snapshot, address: Address, body: bytes) -> None:
        """Remember what a page shows, to know later whether it has changed."""
        self.delivered.pop(address, None)
        self.delivered[address] = body, self._strip(snapshot, address)
        while len(self.delivered) > MOST_DELIVERED:
            del self.delivered[next(iter(self.delivered))]

    def catch_up(self) -> float:
        """Take in what has changed since the look before, if anything; return how many seconds the look took."""
        began = perf_counter()
        changed = self.watcher.changed()
        took = perf_counter() - began
        if changed:
            self.changed |= changed
            self.cache.outdate(changed)
            self._begin()
        return took

    async def watch(self) -> None:
        """Catch up until the preview ends; a failure is reported and does not end it."""
        self._begin()
        pause = PAUSE
        while True:
            await asyncio.sleep(pause)
            try:
                pause = min(LONGEST_PAUSE, max(PAUSE, 16 * self.catch_up()))
            except Exception as error:
                self.report_bug(error)
                pause = LONGEST_PAUSE

    def _show(self, day: datetime | None) -> Snapshot:
        snapshot = self.cache.show(day)
        self.watcher.add(self.cache.project.asked)
        self.cache.project.asked.clear()
        return snapshot

    def _begin(self) -> None:
        """Begin to build the wanted days, and stop work that an edit has outdated."""
        if self.work is not None:
            self.work.cancel()
        days = [page.address.day for page in self.pages() if page.address is not None]
        self.wanted = list(dict.fromkeys([self.last, *days]))[:MOST_DAYS]
        self.work = asyncio.get_running_loop().create_task(self._finish())

    async def _finish(self) -> None:
        """Build the days that are looked at, report on the first, and notify the open pages."""
        try:
            await self._settle()
            patience = perf_counter() + PATIENCE
            for day in tuple(self.wanted):
                patience = await self._build(self._show(day).build, patience)
                snapshot = self._show(day)
                if snapshot.build.version != self.reported:
                    self.reported = snapshot.build.version
                    self.report(snapshot)
            self._notify_pages()
        except Exception as error:
            self.report_bug(error)
        self.wanted = []
        self.cache.tidy()
        if not gc.get_freeze_count():
            # What is in memory now stays: looking through it for garbage again and again would delay answers.
            gc.collect()
            gc.freeze()

    async def _settle(self) -> None:
        """Wait until no more files are written, or a moment has passed."""
        for _ in range(MOST_STEPS if self.changed else 0):
            await asyncio.sleep(STEP)
            more = self.watcher.changed()
            if not more:
                break
            self.changed |= more
            self.cache.outdate(more)

    async def _build(self, build: DayBuild, patience: float) -> float:
        """Take all steps of a build in slices; return until when the open pages can wait."""
        began = perf_counter()
        for _ in build.steps():
            now = perf_counter()
            if now > patience:
                self._notify_pages()
                patience = float("inf")
            if now > began + SLICE:
                for _ in range(TURNS):
                    await asyncio.sleep(0)
                began = perf_counter()
        return patience

    def _notify_pages(self) -> None:
        """Notify each open page of what it has to reload, if anything."""
        sheets, others = self._changed_assets()
        for page in tuple(self.pages()):
            if page.address is None:
                continue
            snapshot = self._show(page.address.day)
            if others or self._shows_other(snapshot, page.address):
                page.notify("*")
                continue
            for sheet in sheets:
                page.notify(sheet)
            if page.version != self.version(snapshot):
                page.version = self.version(snapshot)
                page.notify(REPORT)

    def _changed_assets(self) -> tuple[tuple[str, ...], bool]:
        """Return the style sheets that have changed since open pages were notified, and whether other assets have."""
        roots = (self.cache.project.source, self.cache.dependencies.theme.source)
        names = {
            path.relative_to(root).as_posix() for path in self.changed for root in roots if path.is_relative_to(root)
        }
        self.changed.clear()
        assets = {name for name in names if name.startswith("assets/")}
        sheets = {name for name in assets if name.endswith(".css")}
        snapshot = self._show(self.last)
        accent = repr(snapshot.good.plan.course.syllabus.site.accent) if snapshot.good is not None else None
        if self.accent not in (None, accent):
            sheets.add(STYLE_SHEET)  # which opens with it
        self.accent = accent
        return tuple(sorted(sheets)), bool(assets - sheets)

    def _shows_other(self, snapshot: Snapshot, address: Address) -> bool:
        """Return whether this address shows something else than when it was delivered."""
        before = self.delivered.get(address)
        snapshot, body = self.read(snapshot, address.path)
        return before is None or body is None or before != (body, self._strip(snapshot, address))

    def greet(self, page: OpenPage) -> None:
        """Notify a page that has just connected of what it missed on its way."""
        if page.address is None:
            return
        snapshot = self._show(page.address.day)
        if page.version == self.version(snapshot):
            return
        same_files = f"{self.started}-{snapshot.build.version}-"
        if not page.version.startswith(same_files) or self._shows_other(snapshot, page.address):
            page.notify("*")
        else:
            page.version = self.version(snapshot)
            page.notify(REPORT)

    def _strip(self, snapshot: Snapshot, address: Address) -> tuple[DayView, ...]:
        return view_days(snapshot.good.plan, address) if snapshot.good is not None else ()


def open_preview(
    cache: DayCache,
    origin_check: OriginCheck,
    report: Callable[[Snapshot], None],
    report_bug: Callable[[Exception], None],
    pages: Callable[[], Iterable[OpenPage]],
) -> Preview:
    """Return the preview of these days; it looks at the files for the first time before anything is read."""
    watcher = Watcher(cache.project.source, cache.dependencies.theme.source)
    return Preview(cache, watcher, origin_check, report, report_bug, pages, PageFrame(cache.dependencies.memory))
